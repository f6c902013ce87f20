"""Destroy what is past its time: one data key a case, then the rest of what is sealed about it.

A case about which there is a complaint, a review or a court case is held: it is kept until somebody lifts that.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime

from audit_kit.acts.reasons import require_reason
from audit_kit.destroying import PURGE, PURGE_ITEM
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import is_case_ref, is_session_ref
from audit_kit.domain.retention import held_cases, of_no_case
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit


@dataclass(frozen=True)
class PastItsTime:
    """A case such as ``2026-A2-NEG/H3``, the last day on which it was to be kept, and whether it is held all the same."""

    case: str
    kept_until: date
    held: bool


def past_their_time(kit: Kit) -> tuple[PastItsTime, ...]:
    """The cases whose time is up and that were not purged yet, in the order of sessions.

    UsageProblem while the Board has not decided how long they are kept: there is no silent default.
    """
    months = _months(kit)
    ends = ((session, months_after(session.dates.board, months)) for session in kit.sessions())
    held = held_cases(kit.journal.events())
    return tuple(
        PastItsTime(f"{session.ref}/{case.ref}", end, f"{session.ref}/{case.ref}" in held)
        for session, end in ends
        if end < kit.clock.today()
        for case in session.cases
        if not kit.journal.is_decided(f"{PURGE}{session.ref}/{case.ref}")
    )


def of_no_case_past_their_time(kit: Kit) -> tuple[str, ...]:
    """Received contents that belong to no case and came so many months ago, by their SHA-256. UsageProblem as above."""
    months = _months(kit)
    day = kit.clock.today()
    before = months_after(day, -months)
    return of_no_case(kit.journal.events(), datetime(before.year, before.month, before.day, tzinfo=UTC))


def purge_of_no_case(kit: Kit, sha: str) -> None:
    """Destroy what is kept of such a content. It is journalled first: stopped anywhere, the next run finishes it."""
    batch = f"{PURGE_ITEM}{sha}"
    event = kit.event(EventKind.ITEM_PURGED, item=sha)
    kit.journal.decided(batch, [event], [], closes_item=sha, rehearsal=kit.clock.rehearsal is not None)
    kit.destroy(batch)


def _months(kit: Kit) -> int:
    if not kit.config.retention.case_months:
        raise UsageProblem(
            "How long a case is kept has not been decided.",
            where="config.yaml, retention → case_months",
            not_happened="Nothing was purged.",
            next_step="Enter the number of months after the session's Board meeting that the Board has decided.",
        )
    return kit.config.retention.case_months


def purge(kit: Kit, case: str) -> None:
    """Destroy what is sealed about a case. It is journalled first: stopped anywhere, the next run finishes it.

    UsageProblem for a case that is held, or whose time is not up.
    """
    due = {one.case: one for one in past_their_time(kit)}
    if case not in due or due[case].held:
        raise UsageProblem(
            f"{case} is held." if case in due else f"{case} is not past its time, or was purged before.",
            not_happened="Nothing was purged.",
            next_step="See audit-kit purge --dry-run.",
        )
    session, _, ref = case.partition("/")
    batch = f"{PURGE}{case}"
    event = kit.event(EventKind.CASE_PURGED, session, ref)
    kit.journal.decided(batch, [event], [], rehearsal=kit.clock.rehearsal is not None)
    kit.destroy(batch)


def hold(kit: Kit, case: str, reason: str, *, lift: bool = False) -> str:
    """Keep a case whatever its time, or let it be purged again; a sentence. UsageProblem when that changes nothing."""
    session, _, ref = case.partition("/")
    require_reason(reason, "A hold", "Nothing was changed.")
    if not is_session_ref(session) or not is_case_ref(ref):
        raise UsageProblem(
            "That is no reference of a case.",
            not_happened="Nothing was changed.",
            next_step="Write session and case, such as 2026-A2-NEG/H3; audit-kit status shows them.",
        )
    if kit.session(session).case(ref) is None or kit.journal.is_decided(f"{PURGE}{case}"):
        raise UsageProblem(
            f"{session} has no case {ref}, or it was purged.",
            not_happened="Nothing was changed.",
            next_step="Give session and case, such as 2026-A2-NEG/H3.",
        )
    if lift is not (case in held_cases(kit.journal.events())):
        raise UsageProblem(
            f"{case} is {'not held' if lift else 'held already'}.",
            not_happened="Nothing was changed.",
            next_step="See audit-kit purge --dry-run.",
        )
    kind = EventKind.HOLD_LIFTED if lift else EventKind.HOLD_PLACED
    event = kit.event(kind, session, ref, note=kit.vault.keep_note(reason))
    kit.carry_out(f"hold:{case}:{event.at.isoformat()}", [event])
    return f"{case} may be purged again." if lift else f"{case} is held: nothing of it is purged until that is lifted."


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
