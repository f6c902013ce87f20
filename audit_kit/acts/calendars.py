"""Deadlines as calendar files: an agency's beside its mail drafts, each one's own attached to its draft, the team's."""

from __future__ import annotations

from collections.abc import Iterable

from audit_kit.domain import outputs
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event, audits
from audit_kit.domain.references import AuditRef
from audit_kit.domain.session import AuditSession
from audit_kit.kit import Kit
from audit_kit.stages.calendars import agency_deadlines, team_deadlines

TEAM_CALENDAR = outputs.for_team("calendar.ics")


def agency_calendar(kit: Kit, session: AuditSession, code: str, about_to: Iterable[Event] = ()) -> tuple[Output, ...]:
    """The agency's deadlines in this session, as they are once these events have happened; nothing when it owes nothing."""
    from audit_kit.office.calendar_file import write_calendar

    happened = (event for event in kit.journal.events(session.ref) if event.agency == code)
    progress = audits((*happened, *about_to))
    deadlines = agency_deadlines(session, code, progress)
    if not deadlines:
        return ()
    name = f"{session.ref}_{code}_deadlines.ics"
    data = write_calendar(deadlines, f"{session.ref} {code}", kit.config.board.email, kit.clock.now())
    return (Output(outputs.for_agency(code, name), data),)


def attached(calendar: tuple[Output, ...]) -> tuple[tuple[str, bytes], ...]:
    """The calendar as an attachment to a mail draft."""
    return tuple((output.path.rpartition("/")[2], output.data) for output in calendar)


def deadline_attached(kit: Kit, session: AuditSession, about_to: Event) -> tuple[tuple[str, bytes], ...]:
    """The deadline of the audit that this event is about, once it has happened, as an attachment to the mail about it.

    That one alone: a file of a single entry opens as an appointment, one of several as another calendar; and a draft
    is as large for the hundredth case as for the first.
    """
    from audit_kit.office.calendar_file import write_calendar

    audit = AuditRef(about_to.session, about_to.case, about_to.agency)
    known = kit.progress(session.ref).get(audit)
    progress = audits((about_to,), {audit: known} if known else {})
    deadlines = agency_deadlines(session, audit.agency, progress)
    data = write_calendar(deadlines, str(audit), kit.config.board.email, about_to.at)
    return ((f"{audit.file_stem(progress[audit].round)}_deadline.ics", data),) if deadlines else ()


def team_calendar(kit: Kit) -> bytes:
    """The dates of every session, and every audit with a day of its own."""
    from audit_kit.office.calendar_file import write_calendar

    days = kit.config.calendar.step_days()
    deadlines = [one for session in kit.sessions() for one in team_deadlines(session, kit.progress(session.ref), days)]
    board = kit.config.board
    return write_calendar(deadlines, f"{board.short_name} case audits", board.email, kit.clock.now())
