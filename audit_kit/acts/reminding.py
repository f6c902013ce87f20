"""Chasing: a mail draft for every audit that is late, worked out from due dates whenever it is asked for.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "there will be an obligation on all agencies to
review their involvement with the case within a defined time period".
"""

from __future__ import annotations

from audit_kit.acts.papers import asked_agency
from audit_kit.domain import outputs
from audit_kit.domain.letters import MailDraft
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import AuditProgress, EventKind
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.domain.working_days import in_words
from audit_kit.kit import Kit


def remind(kit: Kit, session_ref: str = "") -> tuple[str, ...]:
    """Write one mail draft for each agency that is late, naming all that it owes. Gives the agencies' codes.

    Asked again on the same day, it writes nothing new.
    """
    chased = []
    for session in (kit.session(session_ref),) if session_ref else kit.sessions():
        late = [one for one in kit.progress(session.ref).values() if one.is_late(kit.clock.today())]
        for code in dict.fromkeys(one.audit.agency for one in late):
            batch = f"remind:{session.ref}:{code}:{kit.clock.today()}"
            if not kit.journal.is_decided(batch):
                _remind(kit, session, code, [one for one in late if one.audit.agency == code], batch)
                chased.append(code)
    return tuple(chased)


def _remind(kit: Kit, session: AuditSession, code: str, late: list[AuditProgress], batch: str) -> None:
    from audit_kit.office import mail

    lead, board, today = asked_agency(session, code).lead, kit.config.board, kit.clock.today()
    owed = "\n".join(f"  {one.audit}: {_what(one)}, due {in_words(one.due)}" for one in late if one.due)
    text = (
        f"We are still waiting for the following from your agency:\n\n{owed}\n\nIs anything in the way? If the auditor can't "
        f"finish, please allocate the audit to somebody else, or ask us for more time with the reason ({board.email}). "
        f"Without your part, the picture of these children stays incomplete.\n\nIf anything worries you today, ring "
        f"{board.urgent_phone}."
    )
    draft = mail.draft(MailDraft((lead.email,), f"{session.ref} {code} – still awaited", text))
    events = [
        kit.event(EventKind.REMINDED, session.ref, one.audit.case, code, round=one.round) for one in late
    ]  # fmt: skip
    name = f"{session.ref}_{code}_reminder_{today.isoformat()}.eml"
    kit.carry_out(batch, events, [Output(outputs.for_agency(code, name), draft)])


def _what(progress: AuditProgress) -> str:
    return {
        AuditState.ASKED: "involvement form",
        AuditState.SENT_BACK: "audit tool that was sent back",
    }.get(progress.state, "audit tool")
