"""The deadlines of a session as calendar entries: an agency's own, and the whole calendar of the Board's team.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": involvement is reviewed "within a defined time period".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from audit_kit.domain.deadlines import Deadline
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.references import AuditRef
from audit_kit.domain.session import AuditSession, SessionDates
from audit_kit.domain.states import AuditState
from audit_kit.domain.step_days import StepDays
from audit_kit.domain.working_days import in_words
from audit_kit.stages.timetable import too_short

#: the dates of a session in their order, each with what happens on it
STEPS = (
    ("notified", "Letters and identity slips go out"),
    ("involvement_due", "Involvement forms are due"),
    ("issued", "Audit tools go out"),
    ("due", "Audit tools are due"),
    ("meeting", "Multi-agency meeting"),
    ("qa_committee", "QA Sub Committee"),
    ("executive", "Executive"),
    ("board", "Board"),
)


def agency_deadlines(
    session: AuditSession, agency: str, progress: Mapping[AuditRef, AuditProgress]
) -> tuple[Deadline, ...]:
    """What one agency still owes: its involvement form, then each tool. Nothing of any other agency."""
    own = [one for ref, one in progress.items() if ref.agency == agency and ref.session == session.ref]
    return (*_involvement(session, agency, own), *(_tool(one) for one in own if _awaits_tool(one)))


def team_deadlines(
    session: AuditSession, progress: Mapping[AuditRef, AuditProgress], days: StepDays
) -> tuple[Deadline, ...]:
    """The session's dates, and every audit that is due on a day of its own because it was extended or sent back.

    A date to which a step can't be done in the usual time says so.
    """
    short = {warning.field: warning.words for warning in too_short(session.dates, days)}
    dates = tuple(
        Deadline(
            f"{session.ref}/{field}", 0, _day(session.dates, field), f"{session.ref}: {words}", short.get(field, "")
        )
        for field, words in STEPS
    )
    own_days = (one for one in progress.values() if _awaits_tool(one) and one.due != session.dates.due)
    return (*dates, *(_tool(one) for one in own_days))


def _day(dates: SessionDates, field: str) -> date:
    day: date = getattr(dates, field)
    return day


def _involvement(session: AuditSession, agency: str, own: list[AuditProgress]) -> Iterator[Deadline]:
    """One entry for the form, which asks about all cases at once; the last day counts if one was extended."""
    asked = [one for one in own if one.state is AuditState.ASKED and one.is_owed and one.due]
    if asked:
        cases = ", ".join(one.audit.case for one in asked)
        yield Deadline(
            f"{session.ref}/{agency}/involvement",
            sum(one.due_moves for one in own),
            max(one.due for one in asked if one.due),
            f"{session.ref} {agency}: involvement form due",
            f"Did your service know these families in the review period? Cases {cases}. It takes two minutes.",
        )


def _awaits_tool(one: AuditProgress) -> bool:
    return one.state in (AuditState.AWAITED, AuditState.SENT_BACK) and one.due is not None


def _tool(one: AuditProgress) -> Deadline:
    assert one.due is not None
    round_ = f", round {one.round}" if one.round > 1 else ""
    return Deadline(
        str(one.audit), one.due_moves, one.due, f"{one.audit}: audit tool due{round_}",
        f"The audit tool of case {one.audit.case}{round_} is due on {in_words(one.due)}.",
    )  # fmt: skip
