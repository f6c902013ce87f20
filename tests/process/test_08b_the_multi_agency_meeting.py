"""Three cases are selected for deep-dive work and a multi-agency meeting scheduled with agency leads and front-line
staff to review the practice and agree findings and recommendations.

This meeting will be independently chaired by a member of CHSCB to ensure scrutiny, rigor and challenge of all partners.
"""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from mini import CHILD, RETURNED, SESSION, Mini, a_copy_of, with_two_accepted
from promises import words_of

from audit_kit import process
from audit_kit.acts.meetings import Arrangement, meeting_of
from audit_kit.demo.agencies import typed_into
from audit_kit.domain.meeting_form import (
    CHAIR,
    CHAIR_AGENCY,
    DAY,
    MEMBER,
    NO_AGENCY,
    PLACE,
    REASON,
    START,
    chosen_ref,
    meeting_form,
)
from audit_kit.domain.progress import EventKind
from audit_kit.errors import UsageProblem
from audit_kit.office.package_texts import texts_of
from audit_kit.stages.words import enumerated

TOLD = Arrangement(
    ("H1", "H2", "C1"), "2026-12-03", "10:00", "Room 102", "lay member of the Board", NO_AGENCY, True, "weak and strong"
)


@pytest.fixture(scope="module")
def module_ready(audited: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """HVSN's audits of H1 and H2 are accepted; GP's are still awaited."""
    return with_two_accepted(audited, tmp_path_factory.mktemp("ready") / "kit")


@pytest.fixture
def ready(module_ready: Mini, tmp_path: Path) -> Mini:
    return a_copy_of(module_ready, tmp_path / "kit")


@pytest.fixture(scope="module")
def arranged(module_ready: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A meeting that was arranged, to be looked at only."""
    mini = a_copy_of(module_ready, tmp_path_factory.mktemp("arranged") / "kit")
    mini.said += arrange(mini)
    return mini


def arrange(mini: Mini, **changed: object) -> tuple[str, ...]:
    with mini.on(RETURNED) as kit:
        return process.arrange_meeting(kit, SESSION, replace(TOLD, **changed))


def papers(mini: Mini, pattern: str) -> str:
    return "\n".join(words_of(mini.outbox / path) for path in mini.in_outbox(pattern))


def times(mini: Mini, path: str) -> list[tuple[str, str, int]]:
    entries = Calendar.from_ical((mini.outbox / path).read_bytes()).walk("VEVENT")
    return [(str(e["summary"]), e["dtstart"].dt.isoformat(), int(e["sequence"])) for e in entries]


# -- the form ----------------------------------------------------------------------------------------------


def test_the_form_proposes_cases_from_what_was_accepted_and_says_why(ready):
    with ready.on(RETURNED) as kit:
        form = process.write_meeting_form(kit, SESSION)

    assert form.path == f"team/{SESSION}_meeting.xlsx"
    assert "Proposed: " in papers(ready, form.path)


def test_without_an_accepted_return_there_is_nothing_to_propose(mini):
    with mini.on(RETURNED) as kit, pytest.raises(UsageProblem, match="so no case can be proposed"):
        process.write_meeting_form(kit, SESSION)


def test_the_form_in_the_inbox_does_the_same_as_the_command(ready):
    with ready.on(RETURNED) as kit:
        blank = process.write_meeting_form(kit, SESSION).data
        session = kit.session(SESSION)
        form = meeting_form({c.ref: c.tier for c in session.cases}, [a.code for a in session.agencies], {})
    answers = {
        DAY: "2026-12-03", START: "10.00", PLACE: "Room 102", CHAIR: "lay member", CHAIR_AGENCY: NO_AGENCY, MEMBER: "Yes",
        REASON: "weak and strong", **{chosen_ref(case): "Yes" for case in ("H1", "H2", "C1")},
    }  # fmt: skip
    ready.drop("meeting.xlsx", typed_into(blank, form, answers))

    ready.run()

    with ready.on(RETURNED) as kit:
        meeting = meeting_of(kit, SESSION)
        kinds = [event.kind for event in kit.journal.events(SESSION)]
    assert meeting is not None
    assert (meeting.day, meeting.cases) == (date(2026, 12, 3), ("H1", "H2", "C1"))
    assert kinds.count(EventKind.MEETING_ARRANGED) == 1
    assert list(ready.inbox.glob("*.xlsx")) == []


def test_a_form_that_leaves_something_out_is_set_aside_with_what_is_missing(ready):
    with ready.on(RETURNED) as kit:
        blank = process.write_meeting_form(kit, SESSION).data
    ready.drop("meeting.xlsx", blank)

    ready.run()

    assert any("The time can't be read. The place is not given." in sentence for sentence in ready.said)
    assert ready.in_outbox("agencies/*/*_meeting*") == []


# -- who is invited ----------------------------------------------------------------------------------------


def test_agencies_that_audited_a_chosen_case_are_invited_each_for_its_own(arranged):
    assert arranged.in_outbox("agencies/*/*_meeting.docx") == [
        f"agencies/GP/{SESSION}_GP_meeting.docx", f"agencies/HVSN/{SESSION}_HVSN_meeting.docx",
    ]  # fmt: skip
    assert arranged.said[-1].startswith(f"The multi-agency meeting of {SESSION} is on Thursday 3 December 2026")


def test_names_of_agencies_that_hold_a_comma_are_told_apart():
    assert (
        enumerated(["Adult mental health, ELFT", "Housing", "Police"])
        == "Adult mental health, ELFT; Housing; and Police"
    )
    assert enumerated(["Housing", "Police"]) == "Housing and Police"


def test_an_agency_that_did_not_know_the_family_is_not_invited(audited, tmp_path):
    mini = a_copy_of(audited, tmp_path / "kit")

    with mini.on(RETURNED) as kit:
        states = {ref: one.state for ref, one in kit.progress(SESSION).items()}
    arrange(mini)

    for audit, state in states.items():
        told = papers(mini, f"agencies/{audit.agency}/*_meeting.docx")
        assert (audit.case in told) is (state.value != "no involvement"), audit


def test_the_letter_asks_for_front_line_staff_and_says_how_the_time_goes(arranged):
    letter = papers(arranged, f"agencies/HVSN/{SESSION}_HVSN_meeting.docx")

    assert "bring the staff who worked with the family" in letter
    assert "learning, not blame" in letter
    assert "Room 102" in letter
    assert "Thursday 3 December 2026" in letter


def test_the_mail_draft_carries_letter_and_calendar_and_is_not_sent(arranged):
    draft = email.message_from_bytes((arranged.outbox / f"agencies/HVSN/{SESSION}_HVSN_meeting.eml").read_bytes())

    assert draft["X-Unsent"] == "1"
    assert [part.get_filename() for part in draft.walk() if part.get_filename()] == [
        f"{SESSION}_HVSN_meeting.docx", f"{SESSION}_HVSN_meeting.ics",
    ]  # fmt: skip


def test_the_calendar_holds_each_case_at_its_own_time_in_london(arranged):
    assert times(arranged, f"agencies/HVSN/{SESSION}_HVSN_meeting.ics")[:2] == [
        (f"{SESSION}: multi-agency meeting, case H1", "2026-12-03T10:00:00+00:00", 0),
        (f"{SESSION}: multi-agency meeting, case H2", "2026-12-03T11:45:00+00:00", 0),
    ]


def test_arranged_anew_the_entries_move_and_a_case_that_left_is_told(ready):
    arrange(ready)

    with ready.on(date(2026, 11, 7)) as kit:
        again = process.arrange_meeting(kit, SESSION, replace(TOLD, day="2026-12-10", start="13:00"))

    assert times(ready, f"agencies/HVSN/{SESSION}_HVSN_meeting.ics")[0][1:] == ("2026-12-10T13:00:00+00:00", 1)
    assert len(again) == 1


# -- the independent chair ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"chair_agency": "HVSN"}, "The chair's agency, HVSN, audited H1, H2"),
        ({"chair_is_member": False}, "The chair is not a member of the Board"),
        ({"chair": " "}, "The chair is not given"),
        ({"chair_agency": "XYZ"}, "The chair's agency is none of this session"),
        ({"cases": ("H1", "H2")}, "Two cases chosen"),
        ({"cases": ("H1", "H2", "H9")}, "One of the cases is none of this session"),
        ({"day": "2026-11-01"}, "The day is past"),
        ({"day": "soon"}, "The day is no whole date"),
        ({"start": "ten"}, "The time can't be read"),
        ({"place": ""}, "The place is not given"),
        ({"reason": ""}, "has a reason"),
    ],
)
def test_without_an_independent_chair_and_all_that_is_needed_nobody_is_invited(ready, changed, why):
    with pytest.raises(UsageProblem, match=why):
        arrange(ready, **changed)

    assert ready.in_outbox("agencies/*/*_meeting*") == []
    with ready.on(RETURNED) as kit:
        assert meeting_of(kit, SESSION) is None


def test_the_chairs_brief_says_why_each_case_was_chosen_and_who_comes(arranged):
    brief = papers(arranged, f"team/{SESSION}_meeting_chair.docx")

    assert "Why this case: " in brief
    assert "Case H1, 10:00 to 11:30" in brief
    assert "Health visiting and school nursing" in brief


def test_why_is_kept_sealed_and_the_journal_says_which_cases(arranged):
    with arranged.on(RETURNED) as kit:
        event = next(e for e in kit.journal.events(SESSION) if e.kind is EventKind.MEETING_ARRANGED)
        assert kit.vault.note(event.note) == "weak and strong"

    assert event.code("cases") == "H1 H2 C1"


# -- what leaves -------------------------------------------------------------------------------------------


def test_no_paper_of_the_meeting_names_a_family(arranged):
    assert CHILD.split()[0] not in papers(arranged, "**/*meeting*")


def test_a_place_that_names_the_child_holds_the_papers_back(ready):
    arrange(ready, place=f"at the home of {CHILD}")

    assert ready.in_outbox("**/*_meeting*.docx") == []


def test_a_calendar_of_many_lines_is_looked_through_at_once():
    # an .ics begins like the headers of a mail; its lines must not be tried in every combination
    many = b"BEGIN:VCALENDAR\r\n" + b"TZNAME:GMT\r\n" * 60 + b"LOCATION:Room 102\r\nEND:VCALENDAR\r\n"

    assert any("Room 102" in found.text for found in texts_of("a.ics", many))
