"""Agencies have "an obligation to review their involvement with the case within a defined time period"; audits
are "returned if they are not sufficiently robust, or comprehensive". The Board's team sees at any time where
each one stands, and who must act next."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from audit_kit.domain.overview import Actor, Tone
from audit_kit.domain.overview_json import as_json
from audit_kit.domain.progress import AuditProgress, ConcernProgress
from audit_kit.domain.references import AuditRef
from audit_kit.domain.session import AskedAgency, AuditSession, Case, Lead, SessionDates
from audit_kit.domain.states import AuditState, ConcernState
from audit_kit.domain.step_days import StepDays
from audit_kit.stages.overview import overview
from audit_kit.stages.reached import Reached

TODAY = date(2026, 11, 10)
LEAD = Lead("Agency lead", "lead@agencies.example.org")
SESSION = AuditSession(
    ref="2026-A2-NEG", theme="neglect", theme_title="Neglect", why_chosen="A review", source="Review",
    approved_by="QA Sub Committee", approved_on=date(2026, 9, 1), minute_ref="4.2", kloes=("N1",),
    cases=(Case("H1", "Child in need", "mix", ("CSC-H", "MPS")), Case("C1", "Child protection", "mix", ("MPS",))),
    agencies=(
        AskedAgency("CSC-H", "Hackney Children & Families Service", ("child",), LEAD),
        AskedAgency("MPS", "Metropolitan Police", ("child",), LEAD),
    ),
    engagement=(),
    dates=SessionDates(
        date(2025, 9, 2), date(2026, 9, 1), date(2026, 9, 28), date(2026, 10, 5), date(2026, 10, 6), date(2026, 11, 3),
        date(2026, 12, 1), date(2026, 12, 29), date(2027, 1, 12), date(2027, 1, 26),
    ),
)  # fmt: skip
H1_CSC, H1_MPS, C1_MPS = (AuditRef(SESSION.ref, *pair) for pair in (("H1", "CSC-H"), ("H1", "MPS"), ("C1", "MPS")))

MEETING = Reached(meeting_on=date(2026, 12, 3), meeting_cases=("H1",))
DRAFTED = replace(MEETING, drafted_on=date(2026, 12, 15))
CONFIRMED = replace(DRAFTED, confirmed_on=date(2026, 12, 29))


def standing(audit: AuditRef, state: AuditState, due: date | None = date(2026, 11, 20), **more) -> AuditProgress:
    given = {"since": datetime(2026, 11, 6, 10, tzinfo=UTC), "item": "a" * 64, "round": 1} | more
    return AuditProgress(audit=audit, state=state, due=due, **given)


def seen(*progress: AuditProgress, concerns=(), today: date = TODAY, **more):
    return overview(SESSION, {one.audit: one for one in progress}, concerns, today, **more)


def line_of(state: AuditState, due: date | None = date(2026, 11, 20), today: date = TODAY, **more):
    return seen(standing(H1_MPS, state, due, **more), today=today).line("H1", "MPS")


def a_concern(state: ConcernState = ConcernState.RAISED, **more) -> ConcernProgress:
    given = ConcernProgress(
        "risk:" + "ab12cd34" * 8, SESSION.ref, "H1", "MPS", state, datetime(2026, 11, 8, 9, tzinfo=UTC), "Same day",
        "Risk to the child", datetime(2026, 11, 8, 9, tzinfo=UTC),
    )  # fmt: skip
    return replace(given, **more)


def test_everything_is_said_in_one_sentence():
    found = seen(
        standing(H1_CSC, AuditState.ACCEPTED),
        standing(H1_MPS, AuditState.AWAITED, date(2026, 11, 3)),
        standing(C1_MPS, AuditState.SENT_BACK),
        concerns=(a_concern(),),
    )

    assert found.summary == "1 of 3 returns in, 1 sent back, 1 late, 1 concern open"


def test_nothing_wrong_is_said_in_words_too():
    found = seen(*(standing(ref, AuditState.NO_INVOLVEMENT) for ref in (H1_CSC, H1_MPS, C1_MPS)))

    assert found.summary == "3 of 3 returns in, none sent back, none late, no concerns open"


@pytest.mark.parametrize(
    ("state", "is_in"),
    [("asked", False), ("awaited", False), ("sent back", False), ("set aside", True), ("with the reviewer", True),
     ("accepted", True), ("no involvement", True)],
)  # fmt: skip
def test_a_nil_return_counts_as_much_as_a_full_one_and_one_sent_back_does_not(state, is_in):
    assert line_of(AuditState(state)).is_in is is_in


def test_an_audit_that_was_planned_but_never_asked_for_has_its_line():
    line = seen(standing(H1_CSC, AuditState.ACCEPTED)).line("C1", "MPS")

    assert (line.state_name, line.words, line.late) == ("not asked yet", "Not asked yet", False)
    assert line.next.command == "audit-kit notify 2026-A2-NEG"


def test_an_audit_that_left_the_plan_is_still_shown():
    left = AuditRef(SESSION.ref, "H9", "GP")

    found = seen(standing(left, AuditState.AWAITED))

    assert (found.line("H9", "GP").agency, len(found.audits)) == ("GP", 4)


def test_audits_of_another_session_are_not_counted():
    other = standing(AuditRef("2026-A1-DA", "H1", "MPS"), AuditState.AWAITED)

    assert [str(line.audit) for line in seen(other).audits] == [
        "2026-A2-NEG/H1/CSC-H", "2026-A2-NEG/H1/MPS", "2026-A2-NEG/C1/MPS",
    ]  # fmt: skip


# --- late is worked out -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "late", "days"),
    [
        (date(2026, 11, 20), False, 0),  # Friday, the day it is due
        (date(2026, 11, 21), True, 0),  # Saturday
        (date(2026, 11, 23), True, 1),
        (date(2026, 11, 27), True, 5),
    ],
)
def test_lateness_is_worked_out_in_working_days(today, late, days):
    line = line_of(AuditState.AWAITED, today=today)

    assert (line.late, line.late_days) == (late, days)


def test_bank_holidays_and_closed_days_make_nobody_later():
    due = standing(H1_MPS, AuditState.AWAITED, date(2026, 12, 23))
    after_christmas = date(2026, 12, 30)

    assert seen(due, today=after_christmas).line("H1", "MPS").late_days == 3
    assert (
        seen(due, today=after_christmas, days=StepDays(closed_on=(date(2026, 12, 24),))).line("H1", "MPS").late_days
        == 2
    )


def test_the_words_say_how_late():
    assert line_of(AuditState.AWAITED, date(2026, 11, 3)).words == "Tool awaited, late by 5 working days"
    assert line_of(AuditState.AWAITED, date(2026, 11, 9)).words == "Tool awaited, late by 1 working day"


@pytest.mark.parametrize("state", ["with the reviewer", "set aside", "accepted", "no involvement"])
def test_what_lies_with_the_board_is_not_late_for_the_agency(state):
    line = line_of(AuditState(state), date(2026, 1, 5))

    assert (line.late, line.due) == (False, None)


def test_what_fell_due_on_friday_is_late_on_saturday_by_no_working_day_yet():
    line = line_of(AuditState.AWAITED, date(2026, 11, 20), today=date(2026, 11, 21))

    assert line.words == "Tool awaited, late since the last working day"


@pytest.mark.parametrize(
    ("state", "due", "tone"),
    [
        ("asked", 20, "waiting"),
        ("asked", 9, "late"),
        ("awaited", 20, "waiting"),
        ("awaited", 9, "late"),
        ("sent back", 20, "back"),
        ("sent back", 9, "late"),
        ("set aside", 9, "ours"),
        ("with the reviewer", 9, "ours"),
        ("accepted", 9, "done"),
        ("no involvement", 9, "quiet"),
    ],
)
def test_every_state_has_its_tone_and_what_is_late_stands_out(state, due, tone):
    assert line_of(AuditState(state), date(2026, 11, due)).tone == tone


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("asked", "Asked whether involved"),
        ("awaited", "Tool awaited"),
        ("sent back", "Sent back"),
        ("set aside", "Set aside"),
        ("with the reviewer", "With the reviewer"),
        ("accepted", "Accepted"),
        ("no involvement", "Not involved"),
    ],
)
def test_every_state_is_said_in_words(state, words):
    assert line_of(AuditState(state)).words == words


def test_the_latest_stand_first():
    found = seen(
        standing(H1_CSC, AuditState.AWAITED, date(2026, 11, 9)),
        standing(H1_MPS, AuditState.SENT_BACK, date(2026, 11, 3)),
        standing(C1_MPS, AuditState.AWAITED, date(2026, 11, 12)),
    )

    assert [str(line.audit) for line in found.late] == ["2026-A2-NEG/H1/MPS", "2026-A2-NEG/H1/CSC-H"]


# --- who must act next --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("progress", "who", "what", "command"),
    [
        ({"state": AuditState.ASKED}, "the agency", "Return the involvement form", ""),
        ({"state": AuditState.ASKED, "involved": True}, "the Board's team", "Send the audit tool",
         "audit-kit issue 2026-A2-NEG"),
        ({"state": AuditState.AWAITED}, "the agency", "Return the audit tool", ""),
        ({"state": AuditState.SENT_BACK, "round": 2}, "the agency",
         "Put right what the letter asks, and return round 2", ""),
        ({"state": AuditState.SET_ASIDE, "open_doubts": 3}, "the Board's team",
         "Decide the words in doubt, in the case's review workbook (outbox/team/restricted)",
         "audit-kit password TEAM --session 2026-A2-NEG"),
        ({"state": AuditState.SET_ASIDE}, "the Board's team",
         "Read the set-aside note in outbox/team and do what it says", ""),
        ({"state": AuditState.WITH_REVIEWER}, "the reviewer", "Read it, then accept it or send it back",
         "audit-kit accept 2026-A2-NEG/H1/MPS"),
        ({"state": AuditState.WITH_REVIEWER, "flags": ("V18", "V27")}, "the reviewer",
         "Read it (the checks point out V18 V27), then accept it or send it back",
         "audit-kit accept 2026-A2-NEG/H1/MPS"),
        ({"state": AuditState.WITH_REVIEWER, "item": ""}, "the reviewer",
         "Reopened without a return: agree with the agency how it answers", ""),
        ({"state": AuditState.ACCEPTED}, "nobody", "On file", ""),
        ({"state": AuditState.NO_INVOLVEMENT}, "nobody", "Nothing: it had no involvement", ""),
    ],
)  # fmt: skip
def test_every_state_says_who_must_do_what_and_how(progress, who, what, command):
    step = line_of(**progress).next

    assert (step.who.value, step.what, step.command) == (who, what, command)


def test_what_is_planned_for_a_later_day_says_so():
    early = overview(SESSION, {}, (), date(2026, 9, 20))

    assert early.to_do[0].what == "Send the letters and identity slips, planned for 28 September 2026"


def test_an_agency_that_said_it_was_involved_waits_for_the_team_and_is_not_late():
    line = line_of(AuditState.ASKED, date(2026, 10, 5), involved=True)

    assert (line.words, line.late, line.tone) == ("Involved, tool to go out", False, Tone.OURS)


def test_a_return_sent_back_twice_says_so():
    assert line_of(AuditState.SENT_BACK, sent_back_times=2, round=3).words == "Sent back twice"


def test_words_in_doubt_are_counted_and_not_shown():
    assert line_of(AuditState.SET_ASIDE, open_doubts=1).words == "Set aside: 1 word in doubt"


def test_like_things_are_put_together_and_the_late_are_reminded_at_once():
    found = seen(
        standing(H1_CSC, AuditState.WITH_REVIEWER),
        standing(H1_MPS, AuditState.AWAITED, date(2026, 11, 3)),
        standing(C1_MPS, AuditState.AWAITED, date(2026, 11, 3)),
        reached=MEETING,
    )

    assert [(thing.by, thing.about, thing.command, thing.since_days) for thing in found.to_do] == [
        ("The Board's team", "MPS", "audit-kit remind", 5),
        ("The reviewer", "H1 CSC-H", "audit-kit accept 2026-A2-NEG/H1/CSC-H", 2),
        ("Metropolitan Police", "H1, C1", "", 5),
    ]


def test_what_an_agency_owes_by_different_days_is_told_apart():
    found = seen(
        standing(H1_MPS, AuditState.AWAITED, date(2026, 11, 20)),
        standing(C1_MPS, AuditState.AWAITED, date(2026, 11, 24)),
    )

    assert [(thing.about, thing.due) for thing in found.to_do if thing.who is Actor.AGENCY] == [
        ("H1", date(2026, 11, 20)), ("C1", date(2026, 11, 24)),
    ]  # fmt: skip


def test_one_command_for_several_audits_is_told_once():
    found = seen(
        standing(H1_CSC, AuditState.SET_ASIDE, open_doubts=2, since=datetime(2026, 11, 9, 10, tzinfo=UTC)),
        standing(H1_MPS, AuditState.ACCEPTED),
        standing(C1_MPS, AuditState.SET_ASIDE, open_doubts=1, since=datetime(2026, 11, 3, 10, tzinfo=UTC)),
        reached=MEETING,
    )

    assert [(thing.about, thing.since_days) for thing in found.to_do] == [("H1 CSC-H, C1 MPS", 5)]


def test_the_teams_own_things_come_first_then_the_reviewers_and_what_waits_longest_before_the_rest():
    long, short = datetime(2026, 11, 2, 10, tzinfo=UTC), datetime(2026, 11, 9, 10, tzinfo=UTC)

    found = seen(
        standing(H1_CSC, AuditState.WITH_REVIEWER, since=short),
        standing(H1_MPS, AuditState.WITH_REVIEWER, since=long),
        standing(C1_MPS, AuditState.SET_ASIDE, since=short),
        reached=MEETING,
    )

    assert [(thing.by, thing.about) for thing in found.to_do] == [
        ("The Board's team", "C1 MPS"), ("The reviewer", "H1 MPS"), ("The reviewer", "H1 CSC-H"),
    ]  # fmt: skip


def test_on_the_day_itself_nothing_is_planned_for_later():
    assert overview(SESSION, {}, (), date(2026, 9, 28)).to_do[0].what == "Send the letters and identity slips"


ALL_DONE = tuple(standing(ref, AuditState.ACCEPTED) for ref in (H1_CSC, H1_MPS, C1_MPS))


def test_nothing_is_left_to_do_when_all_is_done_and_the_lessons_are_confirmed():
    assert seen(*ALL_DONE, today=date(2026, 12, 30), reached=CONFIRMED).to_do == ()


@pytest.mark.parametrize(
    ("day", "came", "command"),
    [
        (date(2026, 11, 10), Reached(), "audit-kit meeting 2026-A2-NEG"),  # every audit is done
        (date(2026, 12, 1), Reached(), "audit-kit meeting 2026-A2-NEG"),  # also on the day that was planned for it
        (date(2026, 12, 3), MEETING, None),  # on its day it is held
        (date(2026, 12, 4), MEETING, "audit-kit report 2026-A2-NEG"),
        (date(2026, 12, 2), Reached(), "audit-kit report 2026-A2-NEG"),  # that day passed without a meeting
        (date(2026, 12, 28), DRAFTED, None),  # the committee has it
        (date(2026, 12, 29), DRAFTED, "audit-kit sign-off 2026-A2-NEG --minute REF"),
        (date(2027, 1, 27), Reached(), None),  # the session is over
    ],
)
def test_the_team_is_told_of_the_meeting_the_report_and_the_committees_word_when_it_is_their_turn(day, came, command):
    found = seen(*ALL_DONE, today=day, reached=came)

    assert [thing.command for thing in found.to_do] == [command] * (command is not None)


def test_while_audits_are_open_the_meeting_is_called_for_from_when_invitations_must_go_out():
    waits = standing(H1_MPS, AuditState.AWAITED, date(2026, 11, 30))
    commands = [
        [
            thing.command
            for thing in seen(
                waits, standing(H1_CSC, AuditState.ACCEPTED), standing(C1_MPS, AuditState.ACCEPTED), today=day
            ).to_do
        ]
        for day in (date(2026, 11, 9), date(2026, 11, 10))
    ]

    assert commands == [[""], ["audit-kit meeting 2026-A2-NEG", ""]]  # 15 working days before


def test_what_is_past_the_committees_day_without_a_draft_is_late():
    (on_the_day,) = seen(*ALL_DONE, today=date(2026, 12, 29), reached=MEETING).to_do
    (thing,) = seen(*ALL_DONE, today=date(2026, 12, 30), reached=MEETING).to_do

    assert (on_the_day.tone, thing.tone) == (Tone.OURS, Tone.LATE)
    assert (thing.due, thing.by) == (date(2026, 12, 29), "The Board's team")


def test_a_session_is_folded_away_only_once_its_last_date_has_passed():
    days = (date(2026, 12, 30), date(2027, 1, 26), date(2027, 1, 27))

    assert [seen(*ALL_DONE, today=day, reached=CONFIRMED).is_finished for day in days] == [False, False, True]
    assert not seen(*ALL_DONE, concerns=(a_concern(),), today=days[-1]).is_finished


# --- counts -------------------------------------------------------------------------------------------------


def test_states_are_counted_also_those_that_none_is_in():
    found = seen(standing(H1_CSC, AuditState.ACCEPTED), standing(H1_MPS, AuditState.SENT_BACK))

    assert found.states == (
        ("not asked yet", 1), ("asked", 0), ("awaited", 0), ("sent back", 1), ("set aside", 0),
        ("with the reviewer", 0), ("accepted", 1), ("no involvement", 0),
    )  # fmt: skip


def test_every_agency_and_every_case_has_its_own_counts():
    found = seen(
        standing(H1_CSC, AuditState.ACCEPTED),
        standing(H1_MPS, AuditState.SET_ASIDE),
        standing(C1_MPS, AuditState.SENT_BACK, date(2026, 11, 9)),
    )

    assert (found.whole.audits, found.whole.is_in, found.whole.ours, found.whole.done) == (3, 2, 1, 1)
    police, first_case = found.agencies[1], found.cases[0]
    assert (police.name, police.audits, police.is_in, police.ours, police.sent_back, police.late) == (
        "Metropolitan Police", 2, 1, 1, 1, 1,
    )  # fmt: skip
    assert (first_case.ref, first_case.audits, first_case.is_in, first_case.done) == ("H1", 2, 2, 1)


# --- concerns ---------------------------------------------------------------------------------------------------


def test_an_open_concern_comes_before_everything_else():
    found = seen(standing(H1_CSC, AuditState.SET_ASIDE), concerns=(a_concern(),))

    first = found.to_do[0]
    assert (first.by, first.what, first.about) == (
        "Metropolitan Police", "Acknowledge it, by telephone", "Concern ab12cd34: H1, Metropolitan Police",
    )  # fmt: skip
    assert (first.command, first.since_days, first.tone) == ("audit-kit concern acknowledge ab12cd34", 2, Tone.URGENT)


@pytest.mark.parametrize(
    ("state", "who", "command"),
    [
        ("raised", "the agency", "audit-kit concern acknowledge ab12cd34"),
        ("acknowledged", "the agency", "audit-kit concern respond ab12cd34"),
        ("response received", "the Board's team", "audit-kit concern assure ab12cd34"),
        ("passed up a level", "the Board's team", "audit-kit concern respond ab12cd34"),
        ("assurance accepted", "nobody", ""),
    ],
)
def test_a_concern_is_followed_to_its_assurance(state, who, command):
    (line,) = seen(concerns=(a_concern(ConcernState(state)),)).concerns

    assert (line.next.who.value, line.next.command) == (who, command)
    assert line.is_open is (state != "assurance accepted")


def test_what_the_team_must_do_about_a_concern_is_not_put_down_to_the_agency():
    found = seen(concerns=(a_concern(ConcernState.RESPONDED),))

    assert (found.to_do[0].by, found.to_do[0].name) == ("The Board's team", "")


def test_a_concern_that_a_person_raised_keeps_its_whole_key():
    (line,) = seen(concerns=(a_concern(key="raised:2026-11-08-1"),)).concerns

    assert line.next.command == "audit-kit concern acknowledge 2026-11-08-1"


def test_an_accepted_audit_with_an_open_concern_is_still_marked():
    found = seen(standing(H1_MPS, AuditState.ACCEPTED), concerns=(a_concern(),))

    assert found.line("H1", "MPS").concern_open
    assert not found.line("H1", "CSC-H").concern_open
    assert not found.is_finished


def test_a_concern_of_which_nobody_knows_the_case_is_shown_and_is_the_teams():
    (line,) = seen(concerns=(a_concern(session="", case="", agency=""),)).concerns

    assert (line.about, line.next.who) == ("An unknown case", Actor.TEAM)


def test_a_concern_of_another_session_is_not_shown():
    assert seen(concerns=(a_concern(session="2026-A1-DA"),)).concerns == ()


def test_the_most_urgent_concern_stands_first_and_those_with_assurance_last():
    found = seen(
        concerns=(
            a_concern(key="done", state=ConcernState.ASSURED, urgency="Now (999 or within the hour)"),
            a_concern(key="days", urgency="Within three working days"),
            a_concern(key="odd", urgency=""),
            a_concern(key="day", urgency="Same day"),
        )
    )

    assert [line.key for line in found.concerns] == ["odd", "day", "days", "done"]


# --- dates and JSON -----------------------------------------------------------------------------------------------


def test_the_dates_of_the_session_are_listed_and_the_next_is_marked():
    found = seen()

    assert [(line.what, line.when) for line in found.dates] == [
        ("Letters and identity slips go out", "Passed"),
        ("Involvement forms are due", "Passed"),
        ("Audit tools go out", "Passed"),
        ("Audit tools are due", "Passed"),
        ("Multi-agency meeting", "In 15 working days; not arranged yet"),
        ("QA Sub Committee", "In 33 working days; no draft yet"),
        ("Executive", "In 42 working days"),
        ("Board", "In 52 working days"),
    ]
    assert found.next_date.what == "Multi-agency meeting"


def test_a_date_is_next_on_its_own_day_and_none_is_after_the_last():
    assert (seen(today=date(2027, 1, 12)).next_date.when, seen(today=date(2027, 1, 27)).next_date) == ("Today", None)


def test_what_came_of_meeting_and_report_stands_beside_their_dates():
    drafted = Reached(date(2026, 12, 3), ("H1", "C1"), date(2026, 12, 20))
    confirmed = replace(drafted, confirmed_on=date(2026, 12, 28))

    said = [
        {line.what: line.when for line in seen(today=date(2026, 12, 29), reached=one).dates}
        for one in (drafted, confirmed)
    ]

    assert said[0]["Multi-agency meeting"] == "Passed; arranged for 3 December 2026, cases H1, C1"
    assert said[0]["QA Sub Committee"] == "Today; draft of 20 December 2026, not confirmed yet"
    assert said[1]["QA Sub Committee"] == "Today; lessons and actions confirmed, signed off on 28 December 2026"


def test_once_the_lessons_are_confirmed_the_executive_is_next_before_its_day_too():
    done = [standing(one, AuditState.ACCEPTED) for one in (H1_CSC, H1_MPS, C1_MPS)]

    stages = [
        seen(*done, today=date(2026, 12, 20), reached=one).stage
        for one in (Reached(), Reached(confirmed_on=date(2026, 12, 18)))
    ]

    assert stages == ["Report to the QA Sub Committee next", "Executive next"]


def test_other_programs_get_the_same_under_stable_keys():
    told = as_json(seen(standing(H1_MPS, AuditState.SENT_BACK, round=2, rules=("V14",)), concerns=(a_concern(),)))

    assert list(told) == [
        "session", "theme", "today", "summary", "stage", "warnings", "counts", "agencies", "cases", "audits", "concerns", "dates", "to_do",
    ]  # fmt: skip
    assert told["audits"][1] == {
        "audit": "2026-A2-NEG/H1/MPS", "case": "H1", "agency": "MPS", "agency_name": "Metropolitan Police",
        "state": "sent back", "words": "Sent back", "round": 2, "due": "2026-11-20", "late": False,
        "late_working_days": 0, "waiting_working_days": 2, "sent_back_times": 0, "rules": ["V14"], "flags": [],
        "open_doubts": 0, "received_on": None, "concern_open": True, "allocated": False, "reminded": [],
        "next": {"who": "the agency", "what": "Put right what the letter asks, and return round 2", "command": ""},
    }  # fmt: skip
    received = as_json(seen(standing(H1_MPS, AuditState.ACCEPTED, received_on=date(2026, 11, 2))))
    assert received["audits"][1]["received_on"] == "2026-11-02"
    assert json.loads(json.dumps(told)) == told


def test_nobody_is_named():
    told = json.dumps(as_json(seen(standing(H1_MPS, AuditState.AWAITED), concerns=(a_concern(),))))

    assert "Agency lead" not in told
    assert "@" not in told
