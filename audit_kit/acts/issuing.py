"""Second step to the agencies: one personalised audit tool per agency and case, each with a mail draft.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": agencies complete "the CHSCB multi-agency
audit tools that have been agreed for use in Hackney and in the City".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from audit_kit.acts.bringing_forward import keep_open_actions, open_actions
from audit_kit.acts.calendars import agency_calendar, deadline_attached
from audit_kit.acts.mailing import mail_draft
from audit_kit.acts.papers import asked_agency, freshly_compiled_tool, tool_cover
from audit_kit.domain import outputs
from audit_kit.domain.brought_forward import OpenAction
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.references import AuditRef, area_of
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.domain.working_days import in_words
from audit_kit.kit import Kit

if TYPE_CHECKING:
    from audit_kit.office.tool_workbook import CompiledTool

_AT_ONCE = 8  # tools of one agency that are decided together: as many as a session has, so that memory stays flat


@dataclass(frozen=True)
class Issued:
    """What ``issue`` did: tools written now, and audits whose involvement nobody has answered yet."""

    tools: int
    unanswered: tuple[AuditRef, ...]


def issue(kit: Kit, session_ref: str, *, unanswered_too: bool = False) -> Issued:
    """Write the audit tools of every audit that is asked for and whose agency was involved.

    With ``involvement_check: none``, or ``unanswered_too``, also of those whose involvement form hasn't come
    back. What was issued before is left alone.
    """
    session = kit.session(session_ref)
    everyone = unanswered_too or kit.config.calendar.involvement_check == "none"
    asked = [progress for progress in kit.progress(session_ref).values() if progress.state is AuditState.ASKED]
    ready = [progress.audit for progress in asked if progress.involved or everyone]
    keep_open_actions(kit, session, ready)
    for code in dict.fromkeys(audit.agency for audit in ready):
        _issue_all_of(kit, session, [audit for audit in ready if audit.agency == code])
    return Issued(len(ready), tuple(progress.audit for progress in asked if not (progress.involved or everyone)))


def _issue_all_of(kit: Kit, session: AuditSession, audits: list[AuditRef]) -> None:
    """One agency's tools. What was compiled for them is gone before the next agency's is."""
    events = [_issued(kit, audit, session.dates.due) for audit in audits]
    calendar = agency_calendar(kit, session, audits[0].agency, events)
    compiled = _compiled(kit, session, audits)
    for at in range(0, len(events), _AT_ONCE):
        is_last = at + _AT_ONCE >= len(events)
        _issue_to(kit, session, events[at : at + _AT_ONCE], compiled, calendar if is_last else ())


def _compiled(kit: Kit, session: AuditSession, audits: list[AuditRef]) -> dict[AuditRef, CompiledTool]:
    """The compiled tool of each of one agency's audits: one for all that are asked alike, and gone with the agency."""
    alike: dict[tuple[str, tuple[OpenAction, ...]], list[AuditRef]] = {}
    for audit in audits:
        alike.setdefault((area_of(audit.case), open_actions(kit, audit)), []).append(audit)
    return {
        audit: tool
        for same in alike.values()
        for tool in [freshly_compiled_tool(kit, session, same[0])]
        for audit in same
    }


def _issue_to(
    kit: Kit,
    session: AuditSession,
    events: list[Event],
    compiled: Mapping[AuditRef, CompiledTool],
    calendar: tuple[Output, ...],
) -> None:
    """Some of one agency's tools: decided together, since they go out together."""
    due, code = session.dates.due, events[0].agency
    files = [output for event in events for output in _tool_and_draft(kit, session, event, due, compiled)]
    # named after the cases as well: the tools of those who answer later are another decision
    cases = "+".join(event.case for event in events)
    kit.carry_out(f"issue:{session.ref}:{code}:{cases}", events, [*files, *calendar])


def issue_anew(kit: Kit, session: AuditSession, audit: AuditRef, due: date, note: str) -> None:
    """Write the tool of an audit that was answered with no involvement, since it is asked for after all."""
    event = _issued(kit, audit, due, note)
    calendar = agency_calendar(kit, session, audit.agency, [event])
    compiled = {audit: freshly_compiled_tool(kit, session, audit)}
    files = [*_tool_and_draft(kit, session, event, due, compiled), *calendar]
    kit.carry_out(f"issue:{audit}:{event.at.isoformat()}", [event], files)


def _issued(kit: Kit, audit: AuditRef, due: date, note: str = "") -> Event:
    codes = (("due", due.isoformat()),)
    return kit.event(EventKind.ISSUED, audit.session, audit.case, audit.agency, round=1, codes=codes, note=note)


def _tool_and_draft(
    kit: Kit, session: AuditSession, issued: Event, due: date, compiled: Mapping[AuditRef, CompiledTool]
) -> list[Output]:
    audit = AuditRef(issued.session, issued.case, issued.agency)
    data = compiled[audit].personalise(tool_cover(kit, session, audit, 1, due))
    name = f"{audit.file_stem(1)}.xlsx"
    draft = _draft(kit, session, audit, due, ((name, data), *deadline_attached(kit, session, issued)))
    return [
        Output(outputs.for_agency(audit.agency, name), data),
        Output(outputs.for_agency(audit.agency, f"{audit.file_stem(1)}.eml"), draft),
    ]


def _draft(kit: Kit, session: AuditSession, audit: AuditRef, due: date, files: tuple[tuple[str, bytes], ...]) -> bytes:
    to = (asked_agency(session, audit.agency).lead.email,)
    return mail_draft(kit, "audit tool", to, files, audit=str(audit), case=audit.case, due=in_words(due))
