"""Two audit sessions will take place each year. A report and action plan is presented at the next QA sub-group.

Every date is worked back from the QA Sub Committee. What can't be done in time is pointed out, in the plan and afterwards.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar
from mini import PLANNED, RETURNED, SESSION, Mini, a_plan, an_installation
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.acts.planning import form_for
from audit_kit.demo import agencies
from audit_kit.domain.overview import by_year
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.references import AuditRef
from audit_kit.domain.session import SessionDates
from audit_kit.domain.states import AuditState
from audit_kit.domain.step_days import StepDays
from audit_kit.stages.timetable import behind, too_short

DATES = SessionDates(
    date(2025, 10, 1), date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 8), date(2026, 10, 8), date(2026, 11, 5),
    date(2026, 12, 3), date(2027, 1, 14), date(2027, 2, 4), date(2027, 3, 11),
)  # fmt: skip


def standing(state: AuditState, due: date = date(2026, 11, 5), case: str = "H1") -> AuditProgress:
    return AuditProgress(AuditRef(SESSION, case, "GP"), state, 1, due, datetime(2026, 10, 8, tzinfo=UTC))


def words(found) -> str:
    return " ".join(warning.words for warning in found)


# --- as planned ---------------------------------------------------------------------------------------------------


def test_a_plan_with_time_enough_is_not_remarked_on():
    assert too_short(DATES, StepDays()) == ()


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"involvement_due": date(2026, 10, 6)}, "involvement_due", "gives 3 working days to answer the involvement form; 5 are usual"),
        ({"issued": date(2026, 10, 22)}, "due", "gives 10 working days to complete the audit tool; 20 are usual"),
        ({"meeting": date(2026, 11, 19)}, "meeting", "gives 10 working days from the returns to the multi-agency meeting"),
        ({"qa_committee": date(2026, 12, 10)}, "qa_committee", "gives 5 working days from the meeting to the QA Sub Committee"),
    ],
)  # fmt: skip
def test_a_step_that_gets_too_little_time_is_pointed_out(change, field, said):
    (warning,) = too_short(replace(DATES, **change), StepDays())

    assert (warning.field, said in warning.words) == (field, True)


def test_christmas_counts_for_nothing():
    over_christmas = replace(DATES, meeting=date(2026, 12, 21), qa_committee=date(2027, 1, 11))

    assert "gives 12 working days from the meeting" in words(too_short(over_christmas, StepDays()))


# --- as it stands -------------------------------------------------------------------------------------------------


def test_letters_that_have_not_gone_out_in_time():
    assert behind(DATES, (), 3, StepDays(), date(2026, 10, 1)) == ()
    assert "Letters have not gone out for 3 audits; involvement forms are due in 3 working days" in words(
        behind(DATES, (), 3, StepDays(), date(2026, 10, 5))
    )


def test_tools_that_have_not_gone_out_in_time():
    asked = standing(AuditState.ASKED)

    assert behind(DATES, (asked,), 1, StepDays(), date(2026, 10, 8)) == ()
    assert "The tools of 1 audit have not gone out; they are due in 12 working days" in words(
        behind(DATES, (asked,), 1, StepDays(), date(2026, 10, 20))
    )


def test_more_time_that_reaches_beyond_the_meeting():
    extended = standing(AuditState.AWAITED, date(2026, 12, 9))

    assert words(behind(DATES, (extended,), 1, StepDays(), date(2026, 11, 9))) == (
        "Due only after the multi-agency meeting: H1 GP."
    )


def test_returns_that_can_no_longer_be_reviewed_before_the_meeting():
    waiting = (standing(AuditState.WITH_REVIEWER), standing(AuditState.SENT_BACK, case="H2"))

    assert behind(DATES, waiting, 2, StepDays(), date(2026, 11, 20)) == ()
    assert "2 audits are not settled, and the multi-agency meeting is in 3 working days" in words(
        behind(DATES, waiting, 2, StepDays(), date(2026, 11, 30))
    )


# --- where it is shown --------------------------------------------------------------------------------------------


def dropped_plan(mini: Mini, change: dict[str, str]) -> list[str]:
    with mini.on(PLANNED) as kit:
        fresh, answers = a_plan(kit)
        theme = kit.bank.theme("neglect")
        assert theme is not None
        mini.drop("plan.xlsx", agencies.typed_into(fresh, form_for(kit, theme), {**answers, **change}))
        return process.work_through_inbox(kit, lambda seconds: None).sentences


def test_a_plan_that_is_too_tight_stands_and_says_so_everywhere(tmp_path):
    mini = an_installation(tmp_path / "kit")

    said = dropped_plan(mini, {"session.qa_committee.answer": "2026-12-10"})

    assert any("stands: " in sentence for sentence in said)
    assert any("too little time. The plan gives" in sentence for sentence in said)
    assert "Too little time" in (mini.outbox / "status.html").read_text(encoding="utf-8")
    glance = [
        cell
        for row in load_workbook(mini.outbox / "tracker.xlsx")["At a glance"].iter_rows(values_only=True)
        for cell in row
        if cell
    ]
    assert any(str(cell).startswith("Too little time. The plan gives") for cell in glance)
    calendar = Calendar.from_ical((mini.outbox / "team/calendar.ics").read_bytes())
    noted = [one for one in calendar.walk("VEVENT") if "The plan gives" in str(one.get("DESCRIPTION", ""))]
    assert [str(one["SUMMARY"]) for one in noted] == [f"{SESSION}: Multi-agency meeting"]


def test_status_without_a_session_shows_the_year(mini):
    with mini.on(RETURNED) as kit:
        (seen,) = process.overviews(kit)
    other = replace(seen, session="2026-A1-DA", theme="Domestic abuse", stage="Closed: actions are followed up")
    before = replace(seen, session="2025-A2-MH")

    years = by_year((seen, other, before), 2)

    assert seen.stage == "Audit tools awaited (6 of 6)"
    assert [(year.words, [one.session for one in year.sessions]) for year in years] == [
        ("2026: 2 of 2 sessions planned", ["2026-A1-DA", SESSION]),
        ("2025: 1 of 2 sessions planned", ["2025-A2-MH"]),
    ]


@pytest.mark.parametrize(
    ("state", "today", "stage"),
    [
        (AuditState.WITH_REVIEWER, RETURNED, "Being reviewed (1 of 6)"),
        (AuditState.AWAITED, RETURNED, "Audit tools awaited (1 of 6)"),
        (AuditState.ACCEPTED, date(2026, 11, 30), "Multi-agency meeting next"),
        (AuditState.ACCEPTED, date(2026, 12, 20), "Report to the QA Sub Committee next"),
        (AuditState.ACCEPTED, date(2027, 1, 15), "Executive next"),
        (AuditState.ACCEPTED, date(2027, 3, 12), "Closed: actions are followed up"),
    ],
)
def test_each_session_has_its_stage(mini, state, today, stage):
    from audit_kit.stages.overview import overview

    with mini.on(RETURNED) as kit:
        session, progress = kit.session(SESSION), kit.progress(SESSION)
    rest = {ref: replace(one, state=AuditState.ACCEPTED) for ref, one in progress.items()}
    first = next(iter(rest))

    assert overview(session, {**rest, first: replace(rest[first], state=state)}, (), today).stage == stage


def test_two_sessions_that_are_open_at_once_are_both_shown(mini):
    with mini.on(RETURNED) as kit:
        session = kit.session(SESSION)
        from audit_kit.domain.session import AuditSession

        kit.vault.put(
            "sessions/2026-A1-DA", replace(session, ref="2026-A1-DA", theme_title="Domestic abuse"), AuditSession
        )
        process.write_overview(kit)

    page = (mini.outbox / "status.html").read_text(encoding="utf-8")
    assert "2026: 2 of 2 sessions planned" in page
    glance = [
        row[0]
        for row in load_workbook(mini.outbox / "tracker.xlsx")["At a glance"].iter_rows(
            min_row=5, max_row=9, values_only=True
        )
    ]
    assert glance[:4] == [
        "2026: 2 of 2 sessions planned",
        "Session",
        "2026-A1-DA, Domestic abuse",
        f"{SESSION}, Neglect",
    ]
