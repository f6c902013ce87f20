"""This information is escalated to the respective agencies for a response and assurance.

A concern has a clock by its urgency. When it runs out, whoever must act is chased, on every run of the kit, until
the Board is assured; and it can be passed up.
"""

from __future__ import annotations

import email
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from everywhere import places_with
from mini import RETURNED, SESSION, Mini, an_installation
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.acts.inbox import Pass
from audit_kit.domain.clock import Clock
from audit_kit.domain.progress import ConcernProgress
from audit_kit.domain.references import AuditRef
from audit_kit.domain.scales import CONCERN_KINDS, URGENCIES
from audit_kit.domain.states import ConcernState
from audit_kit.errors import UsageProblem
from audit_kit.kit import opened
from audit_kit.office.document import text_of
from audit_kit.office.word_package import opened as opened_word
from audit_kit.stages.concern_clock import ConcernLimits, due_at, run_out

LONDON = ZoneInfo("Europe/London")
NOW, SAME_DAY, THREE_DAYS = URGENCIES
AUDIT = AuditRef(SESSION, "H1", "GP")
RAISED = datetime(2026, 11, 6, 10, 0, tzinfo=UTC)  # a Friday


def concern(urgency: str, since: datetime = RAISED, **more) -> ConcernProgress:
    given = ConcernProgress(
        "risk:ab", SESSION, "H1", "GP", ConcernState.RAISED, since, urgency, "Unsafe practice", since
    )
    return replace(given, **more)


# --- when the next step is due ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("urgency", "since", "due"),
    [
        (NOW, RAISED, RAISED + timedelta(hours=1)),
        (SAME_DAY, RAISED, datetime(2026, 11, 6, 17, tzinfo=UTC)),
        (SAME_DAY, datetime(2026, 11, 6, 16, 30, tzinfo=UTC), datetime(2026, 11, 6, 18, 30, tzinfo=UTC)),
        (SAME_DAY, datetime(2026, 7, 3, 9, tzinfo=UTC), datetime(2026, 7, 3, 16, tzinfo=UTC)),  # summer time
        (THREE_DAYS, RAISED, datetime(2026, 11, 11, 17, tzinfo=UTC)),  # Monday, Tuesday, Wednesday
        ("no word of the list", RAISED, RAISED + timedelta(hours=1)),
    ],
)
def test_the_clock_follows_the_urgency(urgency, since, due):
    assert due_at(concern(urgency, since), ConcernLimits(), LONDON) == due


def test_the_limits_are_the_boards_own():
    limits = ConcernLimits(now_hours=4, same_day_until=time(12), working_days=1)

    assert due_at(concern(NOW), limits, LONDON) == RAISED + timedelta(hours=4)
    assert due_at(concern(SAME_DAY), limits, LONDON) == datetime(2026, 11, 6, 12, tzinfo=UTC)
    assert due_at(concern(THREE_DAYS), limits, LONDON) == datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgency", "hours", "reminded", "chased"),
    [
        (NOW, 1, 0, False), (NOW, 1.1, 0, True), (NOW, 1.1, 1, False), (NOW, 2.1, 1, True), (NOW, 2.1, 2, False),
        (SAME_DAY, 6, 0, False), (SAME_DAY, 8, 0, True), (SAME_DAY, 30, 1, False), (SAME_DAY, 32, 1, True),
    ],
)  # fmt: skip
def test_it_is_chased_once_for_each_time_that_the_clock_runs_out(urgency, hours, reminded, chased):
    late = run_out([concern(urgency, reminded=reminded)], ConcernLimits(), RAISED + timedelta(hours=hours), LONDON)

    assert bool(late) == chased


def test_nobody_is_chased_about_a_concern_with_assurance():
    closed = concern(NOW, state=ConcernState.ASSURED)

    assert run_out([closed], ConcernLimits(), RAISED + timedelta(days=9), LONDON) == ()


def test_the_most_urgent_is_chased_first():
    both = [concern(THREE_DAYS, key="risk:b"), concern(NOW, key="risk:a")]

    late = run_out(both, ConcernLimits(), RAISED + timedelta(days=30), LONDON)

    assert [one.concern.key for one in late] == ["risk:a", "risk:b"]


# --- the kit at work ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class At(Clock):
    """A clock that stands still."""

    moment: datetime = RAISED

    def now(self) -> datetime:
        return self.moment


@contextmanager
def kit_at(mini: Mini, hours: float):
    with opened(mini.config, At(RETURNED, RAISED + timedelta(hours=hours)), "test") as kit:
        yield kit


def raised(mini: Mini, urgency: str = NOW, reason: str = "told by telephone") -> str:
    with kit_at(mini, 0) as kit:
        sentence = process.raise_concern(kit, AUDIT, CONCERN_KINDS[0], urgency, reason)
    return sentence.split("(")[1].split(")")[0]


def run_at(mini: Mini, hours: float) -> Pass:
    with kit_at(mini, hours) as kit:
        return process.one_pass(kit)


def drafts(mini: Mini):
    paths = sorted((mini.outbox / "urgent").glob("*overdue*.eml"))
    return [email.message_from_bytes(path.read_bytes()) for path in paths]


def test_a_concern_told_by_word_of_mouth_goes_out_as_from_a_form(mini):
    key = raised(mini)

    assert len(mini.in_outbox(f"urgent/*{key}*.eml")) == 2
    assert len(mini.in_outbox(f"urgent/*{key}*.docx")) == 2


def test_what_was_said_is_in_no_notice(mini):
    raised(mini, reason="Wilhelmina said Frobisher hit her")
    run_at(mini, 5)

    assert places_with(("Wilhelmina", "Frobisher"), mini.outbox) == []


def test_nobody_can_raise_one_about_an_audit_that_there_is_not(mini):
    with kit_at(mini, 0) as kit, pytest.raises(UsageProblem, match="No notice was written"):
        process.raise_concern(kit, AuditRef(SESSION, "H1", "NHS"), CONCERN_KINDS[0], NOW, "told")


def test_when_the_hour_is_over_the_agencys_head_and_the_board_manager_are_chased(mini):
    raised(mini)

    early, late = run_at(mini, 0.5), run_at(mini, 1.5)

    assert not any("overdue" in sentence for sentence in early.sentences)
    assert sum("overdue" in sentence for sentence in late.sentences) == 1
    (draft,) = drafts(mini)
    assert "board.manager@chscb.example.org" in draft["To"]
    assert "gp" in draft["To"]
    assert "H1" in draft["Subject"]


def test_a_blank_risk_question_is_chased_with_the_board_manager_and_never_with_the_agency(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"concern.any.answer": None}))
    with kit_at(mini, 0) as kit:
        process.work_through_inbox(kit, lambda seconds: None)
    run_at(mini, 400)

    with kit_at(mini, 400) as kit:
        (line,) = process.concern_lines(kit)
    assert [draft["To"] for draft in drafts(mini)] == ["board.manager@chscb.example.org"]
    assert line["With"] == "the Board's team"


def test_the_same_run_again_chases_nobody_twice(mini):
    raised(mini)
    run_at(mini, 1.5)

    again = run_at(mini, 1.6)

    assert len(drafts(mini)) == 1
    assert again.for_a_person == 0


def test_after_a_weekend_without_a_run_it_is_chased_once_and_then_by_the_hour_again(mini):
    raised(mini)
    run_at(mini, 1.5)

    monday = [run_at(mini, hours) for hours in (72.5, 72.6, 72.7)]
    assert len(drafts(mini)) == 2
    assert [sum("overdue" in sentence for sentence in done.sentences) for done in monday] == [1, 0, 0]

    run_at(mini, 73.5)
    assert len(drafts(mini)) == 3


def test_a_clock_that_was_ahead_for_a_while_silences_nobody(mini):
    raised(mini)
    for hours in (1.5, 24 * 365, 1.6, 2.5):
        run_at(mini, hours)

    assert len(drafts(mini)) == 3


def test_an_answer_starts_the_clock_anew(mini):
    key = raised(mini)
    with kit_at(mini, 0.9) as kit:
        process.record_concern(kit, "acknowledge", key, "the head rang back")

    run_at(mini, 1.5)
    assert drafts(mini) == []

    run_at(mini, 2.1)
    (draft,) = drafts(mini)
    assert "there is no response yet" in " ".join(str(part.get_payload()) for part in draft.walk()).replace("=\n", "")


def test_passed_up_it_is_chased_with_the_executive_and_then_with_the_chair(mini):
    key = raised(mini)
    for hours, address in ((1, "executive@chscb.example.org"), (3, "chair@chscb.example.org")):
        with kit_at(mini, hours) as kit:
            process.record_concern(kit, "pass-up", key, "no answer")
        before = len(drafts(mini))
        run_at(mini, hours + 1.1)
        assert len(drafts(mini)) == before + 1
        assert any(address in draft["To"] for draft in drafts(mini))


def test_assurance_ends_it(mini):
    key = raised(mini)
    with kit_at(mini, 0.2) as kit:
        for verb in ("acknowledge", "respond", "assure"):
            process.record_concern(kit, verb, key, "done")

    run_at(mini, 200)

    assert drafts(mini) == []


def test_the_register_stands_in_word_and_in_excel_by_reference_only(mini):
    key = raised(mini, SAME_DAY)
    with kit_at(mini, 30) as kit:
        process.write_overview(kit)
        lines = process.concern_lines(kit)

    word = text_of(opened_word((mini.outbox / "urgent/concern-register.docx").read_bytes()).element.body)
    sheet = load_workbook(mini.outbox / "urgent/concern-register.xlsx")["Table 1"]
    assert key in word
    assert [cell.value for cell in sheet[2]][:4] == [key, f"{SESSION} H1 GP", "Risk to the child", SAME_DAY]
    assert (lines[0]["Overdue"], lines[0]["With"]) == ("yes", "the head of the agency")


def test_a_pass_that_only_chased_brings_the_register_and_the_status_page_up_to_date(mini):
    key = raised(mini)
    with kit_at(mini, 0) as kit:
        process.write_overview(kit)
    papers = (mini.outbox / "urgent/concern-register.xlsx", mini.outbox / "status.html")
    before = [paper.read_bytes() for paper in papers]

    run_at(mini, 1.5)

    assert [row[8].value for row in load_workbook(papers[0])["Table 1"].iter_rows(min_row=2)] == ["yes"]
    assert [paper.read_bytes() != old for paper, old in zip(papers, before, strict=True)] == [True, True]
    assert key in papers[1].read_text(encoding="utf-8")


def test_the_team_is_told_to_ask_about_a_blank_risk_question_and_nobody_waits_for_an_agency_that_was_not_told(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"concern.any.answer": None}))
    with kit_at(mini, 0) as kit:
        process.work_through_inbox(kit, lambda seconds: None)
        (seen,) = process.overviews(kit)

    (line,) = seen.concerns
    assert (line.next.who, line.next.what) == (
        "the Board's team",
        "Ask the agency whether there is a risk, by telephone: it left the question blank",
    )
    assert "Acknowledge it, by telephone" not in (mini.outbox / "status.html").read_text(encoding="utf-8")


def test_a_concern_that_stands_with_the_executive_is_not_shown_as_the_agencys(mini):
    key = raised(mini)
    with kit_at(mini, 0.2) as kit:
        process.record_concern(kit, "pass-up", key, "no answer")
        process.record_concern(kit, "acknowledge", key, "the Executive member rang")
        (seen,) = process.overviews(kit)

    assert [line.next.who for line in seen.concerns] == ["the Board's team"]


def test_a_file_that_cannot_be_read_stands_in_the_register_before_any_session_does(tmp_path):
    fresh = an_installation(tmp_path / "kit")
    fresh.drop("return.xlsx", b"no workbook at all")

    fresh.run()

    assert fresh.in_outbox("urgent/concern-register.*") == [
        "urgent/concern-register.docx",
        "urgent/concern-register.xlsx",
    ]
