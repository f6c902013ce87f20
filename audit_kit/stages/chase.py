"""Chasing: which rung of the ladder of reminders each audit has reached, and what its mail says.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "there will be an obligation on all agencies to
review their involvement with the case within a defined time period".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from audit_kit.domain.ladder import AUDITOR, CHAIR, EXECUTIVE, HEAD, Rung
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.states import AuditState
from audit_kit.domain.working_days import add_working_days


@dataclass(frozen=True)
class Reminder:
    """One mail that is due now: to whom, and for which audits of one agency."""

    agency: str
    rung: Rung
    audits: tuple[AuditProgress, ...]


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


def text_for(reminder: Reminder) -> str:
    """The name of the text: friendly before the day, plainer with each rung after it."""
    rung = reminder.rung
    if rung.days <= 0:
        return "reminder before the day" if rung.days else "reminder on the day"
    late = {AUDITOR: "the auditor", HEAD: "the head", EXECUTIVE: "the Executive", CHAIR: "the Executive"}
    return f"reminder to {late.get(rung.to, 'the lead')}"


def line_for(one: AuditProgress) -> str:
    """The name of the text that says what is owed of one audit."""
    form = {AuditState.ASKED: "reminder: form owed", AuditState.SENT_BACK: "reminder: round owed"}
    return form.get(one.state, "reminder: tool owed")


def reminded_on(reminder: Reminder) -> str:
    """The days on which reminders of these due dates went out: "5 November, 10 November"."""
    days = {past.on for one in reminder.audits for past in one.chased if past.due == one.due}
    return ", ".join(f"{day.day} {day:%B}" for day in sorted(days))
