"""Destroy what is past its time: one data key a case, then the rest of what is sealed about it."""

from __future__ import annotations

import calendar
from datetime import date

from audit_kit.domain.progress import EventKind
from audit_kit.errors import UsageProblem
from audit_kit.kit import PURGE, Kit


def due_for_purge(kit: Kit) -> tuple[tuple[str, date], ...]:
    """The cases whose time is up, such as ``2026-A2-NEG/H3``, each with the day on which it was.

    UsageProblem while the Board has not decided how long they are kept: there is no silent default.
    """
    months = kit.config.retention.case_months
    if not months:
        raise UsageProblem(
            "How long a case is kept has not been decided.",
            where="config.yaml, retention → case_months",
            not_happened="Nothing was purged.",
            next_step="Enter the number of months after the session's Board meeting that the Board has decided.",
        )
    ends = ((session, months_after(session.dates.board, months)) for session in kit.sessions())
    return tuple(
        (f"{session.ref}/{case.ref}", end)
        for session, end in ends
        if end < kit.clock.today()
        for case in session.cases
        if not kit.journal.is_decided(f"{PURGE}{session.ref}/{case.ref}")
    )


def purge(kit: Kit, case: str) -> None:
    """Destroy what is sealed about a case. It is journalled first: stopped anywhere, the next run finishes it."""
    session, _, ref = case.partition("/")
    batch = f"{PURGE}{case}"
    event = kit.event(EventKind.CASE_PURGED, session, ref)
    kit.journal.decided(batch, [event], [], rehearsal=kit.clock.rehearsal is not None)
    kit.destroy(batch)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
