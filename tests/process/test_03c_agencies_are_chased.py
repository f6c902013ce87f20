"""There will be an obligation on all agencies to review their involvement with the case within a defined time period.

Around each due date the agency is reminded up a ladder: friendly before it, to somebody higher after it. The kit writes
drafts; each rung once.
"""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, date, datetime
from email import policy
from email.message import EmailMessage

import pytest
from everywhere import places_with
from mini import CHILD, SESSION, Mini
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.domain.ladder import STANDARD, Chased, Rung
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState
from audit_kit.stages.chase import next_rung, reminders_due

AUDIT = AuditRef(SESSION, "H1", "GP")
DUE = date(2026, 11, 5)  # a Thursday


def owed(**more) -> AuditProgress:
    issued = datetime(2026, 10, 8, 9, tzinfo=UTC)
    given = AuditProgress(AUDIT, AuditState.AWAITED, 1, DUE, issued, due_set=issued.date())
    return replace(given, **more)


def rungs(today: date, *audits: AuditProgress, closed_on=()) -> list[int]:
    return [one.rung.days for one in reminders_due(audits or [owed()], STANDARD, today, closed_on)]


def chased(days: int, to: str = "lead", due: date = DUE, on: date = DUE) -> Chased:
    return Chased(Rung(days, to), due, on)


# --- which rung is due --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 10, 21), []),
        (date(2026, 10, 22), [-10]),
        (date(2026, 10, 29), [-5]),
        (date(2026, 11, 3), [-2]),
        (date(2026, 11, 5), [0]),
        (date(2026, 11, 6), [1]),
        (date(2026, 11, 7), [1]),  # a Saturday: nothing new
        (date(2026, 11, 10), [3]),
        (date(2026, 11, 12), [5]),
        (date(2026, 11, 19), [10]),
        (date(2027, 3, 1), [10]),
    ],
)
def test_the_ladder_is_climbed_in_working_days(today, expected):
    assert rungs(today) == expected


def test_bank_holidays_and_days_on_which_nobody_works_are_left_out():
    before_christmas = owed(due=date(2026, 12, 24))

    assert rungs(date(2026, 12, 28), before_christmas) == [0]  # Boxing Day is kept on the Monday
    assert rungs(date(2026, 12, 29), before_christmas) == [1]
    assert rungs(date(2026, 12, 29), before_christmas, closed_on=[date(2026, 12, 29)]) == [0]


def test_after_days_without_a_run_only_the_highest_rung_is_written():
    assert rungs(date(2026, 11, 12)) == [5]


def test_each_rung_is_written_once():
    assert rungs(date(2026, 11, 6), owed(chased=(chased(1, on=date(2026, 11, 6)),))) == []
    assert rungs(date(2026, 11, 10), owed(chased=(chased(1, on=date(2026, 11, 6)),))) == [3]


def test_more_time_begins_the_ladder_anew():
    extended = owed(due=date(2026, 11, 26), due_set=date(2026, 11, 12), chased=(chased(5, on=date(2026, 11, 12)),))

    assert rungs(date(2026, 11, 12), extended) == []  # ten days before it is today: that they were told today
    assert rungs(date(2026, 11, 19), extended) == [-5]
    assert rungs(date(2026, 11, 27), extended) == [1]


def test_nobody_is_reminded_of_what_went_out_today():
    sent_back = owed(state=AuditState.SENT_BACK, since=datetime(2026, 11, 5, 9, tzinfo=UTC), due=date(2026, 11, 12),
                     due_set=date(2026, 11, 5), round=2)  # fmt: skip

    assert rungs(date(2026, 11, 5), sent_back) == []
    assert rungs(date(2026, 11, 10), sent_back) == [-2]


@pytest.mark.parametrize(
    "state", [AuditState.WITH_REVIEWER, AuditState.ACCEPTED, AuditState.NO_INVOLVEMENT, AuditState.SET_ASIDE]
)
def test_who_has_answered_is_not_reminded(state):
    assert rungs(date(2026, 11, 19), owed(state=state)) == []


def test_an_agency_gets_one_mail_for_all_that_it_owes_on_a_rung():
    other = owed(audit=AuditRef(SESSION, "H2", "GP"))

    (one,) = reminders_due([owed(), other], STANDARD, date(2026, 11, 6))

    assert [audit.audit.case for audit in one.audits] == ["H1", "H2"]


def test_the_next_reminder_can_be_foretold():
    assert next_rung(owed(), STANDARD, date(2026, 11, 6)) == (Rung(3, "lead"), date(2026, 11, 10))
    assert next_rung(owed(), STANDARD, date(2026, 11, 20)) is None


# --- what is written ----------------------------------------------------------------------------------------------


def reminders(mini: Mini, code: str = "GP") -> dict[str, EmailMessage]:
    found = sorted((mini.outbox / "agencies" / code).glob("*_reminder_*.eml"))
    return {path.name: email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in found}


def words_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def test_every_pass_over_the_inbox_writes_what_is_due(mini):
    done = mini.run(date(2026, 11, 10))

    (message,) = reminders(mini).values()
    assert (message["To"], message["Subject"]) == ("gp@agencies.example.org", f"{SESSION} GP – still awaited")
    assert "give the audit to somebody else who can do it now" in words_of(message)
    assert all(
        f"{SESSION}/{case}/GP: audit tool, due Thursday 5 November 2026" in words_of(message)
        for case in ("H1", "H2", "C1")
    )
    assert any(
        "Reminder for 2026-A2-NEG GP (H1, H2, C1), to the agency lead" in sentence for sentence in done.sentences
    )
    mini.run(date(2026, 11, 10))
    assert len(reminders(mini)) == 1


@pytest.mark.parametrize(
    ("day", "to", "words"),
    [
        (date(2026, 10, 29), ("gp@agencies.example.org",), "A friendly reminder of what is due soon"),
        (date(2026, 11, 5), ("gp@agencies.example.org",), "Is anything in the way?"),
        (date(2026, 11, 6), ("gp@agencies.example.org",), "Please pass this on to the auditor"),
        (date(2026, 11, 12), ("gp@agencies.example.org", "board.manager@chscb.example.org"), "H1: 0 of 2 agencies have answered"),
        (date(2026, 11, 19), ("executive@chscb.example.org", "board.manager@chscb.example.org"), "take it up with the agency"),
    ],
)  # fmt: skip
def test_each_rung_has_its_readers_and_its_words(mini, day, to, words):
    mini.run(day)

    (message,) = reminders(mini).values()
    assert tuple(address.strip() for address in message["To"].split(",")) == to
    assert words in words_of(message)


def test_who_was_chased_when_is_in_the_tracker_and_in_the_history(mini):
    mini.run(date(2026, 11, 6))
    mini.run(date(2026, 11, 12))

    tracker = load_workbook(mini.outbox / "tracker.xlsx")
    audits = {row[0]: row for row in tracker["Audits"].iter_rows(min_row=5, values_only=True)}
    assert "2 times; last 12 Nov 2026, the head of the agency, 5 working days after it was due" in audits[str(AUDIT)]
    rounds = [row for row in tracker["Rounds"].iter_rows(min_row=5, values_only=True) if row[0] == str(AUDIT)]
    assert [row[3] for row in rounds] == ["Asked", "Involvement confirmed", "Tool issued", "Reminded", "Reminded"]
    with mini.on(date(2026, 11, 12)) as kit:
        told = [line.in_words() for line in process.history_of(kit, AUDIT)]
    assert "the auditor, through the lead, 1 working day after it was due" in told[-2]


def test_an_extension_shifts_the_ladder(mini):
    mini.run(date(2026, 11, 10))
    with mini.on(date(2026, 11, 10)) as kit:
        for case in ("H1", "H2", "C1"):
            process.extend(kit, AuditRef(SESSION, case, "GP"), date(2026, 11, 24), "The auditor is ill.")
    mini.run(date(2026, 11, 12))
    assert len(reminders(mini)) == 1

    mini.run(date(2026, 11, 20))

    assert "due Tuesday 24 November 2026" in words_of(list(reminders(mini).values())[-1])


def test_the_command_writes_the_same_and_says_when_the_next_is_due(mini):
    with mini.on(date(2026, 11, 6)) as kit:
        assert len(process.remind(kit, SESSION)) == 2
        assert process.remind(kit, SESSION) == ()
        assert process.next_reminder(kit, SESSION) == date(2026, 11, 10)


def test_the_ladder_is_the_boards_own(mini):
    text = mini.config.read_text()
    start, end = text.index("  reminders:\n"), text.index("# How long each step of an urgent concern")
    mini.config.write_text(f"{text[:start]}  reminders:\n    - {{days: 2, to: chair}}\n\n{text[end:]}")
    mini.run(date(2026, 11, 6))
    assert reminders(mini) == {}

    mini.run(date(2026, 11, 9))

    (message,) = reminders(mini).values()
    assert message["To"].startswith("chair@chscb.example.org")


def test_a_reminder_names_nobody_of_the_family_or_of_the_roster(mini):
    mini.run(date(2026, 11, 12))

    roster = tuple(mini.good(case, "GP")["auditor.name.answer"] for case in ("H1", "H2", "C1"))
    assert places_with((*CHILD.split(), *roster), mini.outbox / "agencies", ("restricted",)) == []
