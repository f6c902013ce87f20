"""Chasing: which rung of the ladder of reminders each audit has reached, and what its mail says.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "there will be an obligation on all agencies to
review their involvement with the case within a defined time period".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audit_kit.domain.ladder import AUDITOR, CHAIR, EXECUTIVE, HEAD, Rung
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.states import AuditState
from audit_kit.domain.working_days import add_working_days, in_words

BEFORE, ON_THE_DAY, LATE = "due soon", "due today", "still awaited"


@dataclass(frozen=True)
class Reminder:
    """One mail that is due now: to whom, and for which audits of one agency."""

    agency: str
    rung: Rung
    audits: tuple[AuditProgress, ...]


@dataclass(frozen=True)
class Wording:
    """What a reminder needs to know besides: the Board's contacts and how far each case is."""

    agency: str  # its name
    mailbox: str
    urgent_phone: str
    answered: Mapping[str, tuple[int, int]]  # case → how many of its agencies have answered, and how many were asked


def reminders_due(
    audits: Iterable[AuditProgress], ladder: Sequence[Rung], today: date, closed_on: Iterable[date] = ()
) -> tuple[Reminder, ...]:
    """The reminders to write today: for each agency and rung one, naming all that it owes.

    After days without a run only the highest rung that was reached is written, never all that were missed. A rung that
    lies before the day on which the due date was given is left out: nobody is reminded of what they got today.
    """
    closed = frozenset(closed_on)
    found: dict[tuple[str, Rung], list[AuditProgress]] = {}
    for one in audits:
        rung = _rung_reached(one, ladder, today, closed)
        if rung is not None:
            found.setdefault((one.audit.agency, rung), []).append(one)
    return tuple(Reminder(agency, rung, tuple(owed)) for (agency, rung), owed in found.items())


def _rung_reached(one: AuditProgress, ladder: Sequence[Rung], today: date, closed_on: frozenset[date]) -> Rung | None:
    if not one.is_owed or one.due is None:
        return None
    began = max(one.since.date(), one.due_set or one.since.date())
    reached = [rung for rung in ladder if began < add_working_days(one.due, rung.days, closed_on) <= today]
    highest = max(reached, key=lambda rung: rung.days, default=None)
    climbed = [past.rung.days for past in one.chased if past.due == one.due and past.on >= one.since.date()]
    return None if highest is None or max(climbed, default=highest.days - 1) >= highest.days else highest


def next_rung(
    one: AuditProgress, ladder: Sequence[Rung], today: date, closed_on: Iterable[date] = ()
) -> tuple[Rung, date] | None:
    """The rung that comes next for this audit and its day; None when it owes nothing or the ladder has ended."""
    if not one.is_owed or one.due is None:
        return None
    days = ((rung, add_working_days(one.due, rung.days, closed_on)) for rung in ladder)
    return next(((rung, day) for rung, day in days if day > today), None)


# --- what the mail says -------------------------------------------------------------------------------------------


def subject(reminder: Reminder) -> str:
    """References and what it is about: ``2026-A2-NEG MPS – still awaited``."""
    session = reminder.audits[0].audit.session
    return f"{session} {reminder.agency} – {_about(reminder.rung)}"


def text(reminder: Reminder, wording: Wording) -> str:
    """The whole mail, by reference only: friendly before the day, plainer with each rung after it."""
    rung = reminder.rung
    owed = "\n".join(f"  {_line(one)}" for one in reminder.audits)
    ring = f"If anything worries you today, ring {wording.urgent_phone}."
    parts = [_opening(rung, wording), owed, _request(rung, wording)]
    if rung.days >= 1 and rung.to in (HEAD, EXECUTIVE, CHAIR):
        parts += [_effect(reminder, wording), _told_before(reminder)]
    return "\n\n".join(filter(None, (*parts, ring)))


def _about(rung: Rung) -> str:
    return BEFORE if rung.days < 0 else LATE if rung.days else ON_THE_DAY


def _line(one: AuditProgress) -> str:
    form = {AuditState.ASKED: "involvement form", AuditState.SENT_BACK: f"audit tool, round {one.round}"}
    due = f", due {in_words(one.due)}" if one.due else ""
    nobody = "; we have not heard who does it" if one.state is not AuditState.ASKED and not one.allocated else ""
    return f"{one.audit}: {form.get(one.state, 'audit tool')}{due}{nobody}"


def _opening(rung: Rung, wording: Wording) -> str:
    if rung.days < 0:
        return "A friendly reminder of what is due soon. Thank you if it is on its way."
    if not rung.days:
        return "The following is due today. Thank you if it is on its way."
    if rung.to == AUDITOR:
        return "Please pass this on to the auditor to whom you gave the work. We are still waiting for:"
    if rung.to in (HEAD, EXECUTIVE, CHAIR):
        return f"The Board is still waiting for an answer from {wording.agency}:"
    return "We are still waiting for the following from your agency:"


def _request(rung: Rung, wording: Wording) -> str:
    more_time = f"ask us for more time, with the reason ({wording.mailbox})"
    if rung.days <= 0:
        return f"Is anything in the way? If the auditor can't finish, give the audit to somebody else, or {more_time}."
    if rung.to == AUDITOR:
        return (
            f"Is anything in the way? If you can't finish in the next two days, tell your lead today, or {more_time}."
        )
    if rung.to == HEAD:
        return "Please see to it that the audit is done, by somebody else if need be, and tell us by when."
    if rung.to in (EXECUTIVE, CHAIR):
        return "The lead and the head of the agency were written to before. Please take it up with the agency."
    return f"Please give the audit to somebody else who can do it now, and tell us to whom; or {more_time}."


def _effect(reminder: Reminder, wording: Wording) -> str:
    """What the missing answer means for the picture of each child."""
    lines = []
    for case in dict.fromkeys(one.audit.case for one in reminder.audits):
        answered, asked = wording.answered[case]
        lines.append(f"  {case}: {answered} of {asked} agencies have answered")
    return "Without this part, the picture of these children stays incomplete:\n" + "\n".join(lines)


def _told_before(reminder: Reminder) -> str:
    days = {past.on for one in reminder.audits for past in one.chased if past.due == one.due}
    return (
        f"Reminders went to the agency on {', '.join(f'{day.day} {day:%B}' for day in sorted(days))}." if days else ""
    )
