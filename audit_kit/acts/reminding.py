"""Chasing: mail drafts up the ladder of reminders, worked out from due dates whenever the kit runs.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "there will be an obligation on all agencies to
review their involvement with the case within a defined time period".
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from audit_kit.acts.mailing import mail_draft, mail_part
from audit_kit.acts.papers import asked_agency
from audit_kit.acts.unmoved import look_at_what_moved
from audit_kit.domain import outputs
from audit_kit.domain.ladder import CHAIR, EXECUTIVE, HEAD, WHOM
from audit_kit.domain.mail_texts import MAIL_TEXTS
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import AuditProgress, EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.domain.working_days import in_words
from audit_kit.kit import Kit
from audit_kit.stages import chase as ladder

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass


def remind(kit: Kit, session_ref: str = "") -> tuple[str, ...]:
    """Write the reminders that are due: one mail draft for each agency and rung. Gives a sentence for each.

    Each rung is written once for a due date, however often this is asked; more time begins the ladder anew.
    """
    waiting, said = _waiting_for_us(kit), list[str]()
    if session_ref:
        return _of_session(kit, kit.session(session_ref), waiting)

    def look(session: AuditSession) -> bool:
        written = _of_session(kit, session, waiting)
        said.extend(written)
        return not written

    def beside(session: AuditSession) -> object:
        return kit.clock.today(), frozenset(audit for audit in waiting if audit.session == session.ref)

    look_at_what_moved(kit, "reminders", look, beside)
    return tuple(said)


def _of_session(kit: Kit, session: AuditSession, waiting: frozenset[AuditRef]) -> tuple[str, ...]:
    """The reminders of one session that are due. ``waiting``: audits for which nobody is chased."""
    said = []
    audits = kit.progress(session.ref)
    owed = [one for audit, one in audits.items() if audit not in waiting]
    days = (kit.clock.today(), kit.config.calendar.closed_on)
    for reminder in ladder.reminders_due(owed, kit.config.calendar.ladder(), *days):
        _write(kit, session, reminder, audits)
        cases = ", ".join(one.audit.case for one in reminder.audits)
        said.append(
            f"Reminder for {session.ref} {reminder.agency} ({cases}), to {WHOM[reminder.rung.to]}: "
            f"{reminder.rung.when}. The draft is in outbox/agencies/{reminder.agency}."
        )
    return tuple(said)


def _waiting_for_us(kit: Kit) -> frozenset[AuditRef]:
    """The audits of which a return has come that waits for something on our own side: nobody is chased for those."""
    open_now = {item.sha for item in kit.journal.open_items()}
    held = [event for event in kit.journal.events() if event.kind is EventKind.HELD_UP] if open_now else []
    return frozenset(
        AuditRef(event.session, event.case, event.agency) for event in held if event.item in open_now and event.agency
    )


def chase(kit: Kit, done: Pass) -> bool:
    """The same at the end of each pass over the inbox. Gives whether anything was written."""
    said = remind(kit)
    for sentence in said:
        done.say(sentence)
    return bool(said)


def next_reminder(kit: Kit, session_ref: str = "") -> date | None:
    """The day on which the next reminder falls due if nothing comes in; None when nobody owes anything."""
    calendar, today = kit.config.calendar, kit.clock.today()
    coming = (
        ladder.next_rung(one, calendar.ladder(), today, calendar.closed_on)
        for one in kit.progress(session_ref).values()
    )
    return min((found[1] for found in coming if found), default=None)


def _write(
    kit: Kit, session: AuditSession, reminder: ladder.Reminder, audits: dict[AuditRef, AuditProgress]
) -> None:  # fmt: skip
    code, rung, today = reminder.agency, reminder.rung, kit.clock.today()
    draft = mail_draft(
        kit, ladder.text_for(reminder), _addresses(kit, session, reminder), (), **_words(kit, session, reminder, audits)
    )
    events = [
        kit.event(
            EventKind.REMINDED, session.ref, one.audit.case, code, round=one.round,
            codes=(("rung", str(rung.days)), ("to", rung.to), ("was due", one.due.isoformat() if one.due else "")),
        )
        for one in reminder.audits
    ]  # fmt: skip
    cases = "+".join(one.audit.case for one in reminder.audits)
    name = f"{session.ref}_{code}_reminder_{today.isoformat()}_{_file_word(rung.days)}_{cases}.eml"
    batch = f"remind:{session.ref}:{code}:{cases}:{rung.days}:{today}"
    kit.carry_out(batch, events, [Output(outputs.for_agency(code, name), draft)])


def _words(
    kit: Kit, session: AuditSession, reminder: ladder.Reminder, audits: dict[AuditRef, AuditProgress]
) -> dict[str, str]:
    owed = "\n".join(_owed(kit, one) for one in reminder.audits)
    words = {"session": session.ref, "code": reminder.agency, "owed": owed}
    if "answered" not in MAIL_TEXTS[ladder.text_for(reminder)].words:
        return words
    days = ladder.reminded_on(reminder)
    cases = dict.fromkeys(one.audit.case for one in reminder.audits)
    return words | {
        "agency": asked_agency(session, reminder.agency).name,
        "answered": "\n".join(_answered(kit, audits, case) for case in cases),
        "reminded_before": mail_part(kit, "reminder: sent before", days=days) if days else "",
    }


def _file_word(days: int) -> str:
    return "due-today" if not days else f"{abs(days)}-{'before' if days < 0 else 'after'}"


def _owed(kit: Kit, one: AuditProgress) -> str:
    """What the agency owes of one audit, by reference only."""
    said = {"audit": str(one.audit), "due": in_words(one.due) if one.due else ""}
    name = ladder.line_for(one)
    if "nobody named" in MAIL_TEXTS[name].words:
        said["nobody_named"] = "" if one.allocated else mail_part(kit, "reminder: nobody named")
    if "round" in MAIL_TEXTS[name].words:
        said["round"] = str(one.round)
    return mail_part(kit, name, **said)


def _answered(kit: Kit, audits: dict[AuditRef, AuditProgress], case: str) -> str:
    """What is missing from the picture of a child: how many agencies have answered, nil answers included, and were asked."""
    own = [one for ref, one in audits.items() if ref.case == case]
    waiting = (AuditState.ASKED, AuditState.AWAITED, AuditState.SENT_BACK)
    came = sum(one.state not in waiting for one in own)
    return mail_part(kit, "reminder: answered so far", case=case, have_answered=str(came), were_asked=str(len(own)))


def _addresses(kit: Kit, session: AuditSession, reminder: ladder.Reminder) -> tuple[str, ...]:
    """The lead at first; the agency's head, the Executive and the chair by their rungs, the Board manager with them."""
    agency, board = asked_agency(session, reminder.agency), kit.config.board
    higher = {HEAD: agency.head or agency.lead, EXECUTIVE: board.executive, CHAIR: board.independent_chair}
    if reminder.rung.to not in higher:
        return (agency.lead.email,)
    found = (higher[reminder.rung.to], board.manager)
    return tuple(dict.fromkeys(one.email for one in found if one is not None))
