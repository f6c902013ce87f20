"""Escalation: a notice to the agency's head and to the Board manager, in the same pass, by reference only.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": concerns about immediate risk or unsafe
practice are "escalated to the respective agencies for a response and assurance".
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from audit_kit.acts.papers import asked_agency, letterhead
from audit_kit.domain import outputs
from audit_kit.domain.concern import ConcernAnswers
from audit_kit.domain.letters import EscalationNotice, MailDraft
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.scales import NO, NOT_KNOWN, URGENCIES, YES, chosen
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.escalate import Risk, kind_of, risk_of, urgency_of
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText

_ACKNOWLEDGE = {URGENCIES[0]: "within the hour", URGENCIES[1]: "today", URGENCIES[2]: "within one working day"}


def escalate(kit: Kit, item: Item, book: WorkbookText, done: Pass) -> None:
    """Pass on what the concern sheet of any readable form says, whatever else is wrong with the form.

    A form without a concern sheet (a plan, a review workbook) says nothing about risk. Done once for each
    content, however often it comes.
    """
    from audit_kit.office.forms import read_concern, tool_identity

    answers = read_concern(book)
    if not answers.found:
        return
    risk = risk_of(answers)
    if risk is Risk.NONE:
        return
    _raise(kit, item, tool_identity(book).audit, answers, risk, done)


def tell_of_unreadable(kit: Kit, item: Item, done: Pass) -> None:
    """Tell the Board manager at once that something came which can't be read: it may hold a concern."""
    notice = _notice(
        kit,
        item,
        None,
        ConcernAnswers(),
        "A file came that could not be read, so nobody knows yet whether it raises a concern",
    )
    codes = (("key", f"risk:{item.sha}"), ("urgency", urgency_of(ConcernAnswers())))
    event = kit.event(EventKind.UNREADABLE, item=item.sha, codes=codes)
    _send(kit, item, event, notice, done, to_agency=False)
    done.say(
        f"A file could not be read ({item.sha[:8]}). The Board manager is told, since it may hold a concern.",
        for_a_person=True,
    )


def raise_by_hand(kit: Kit, audit: AuditRef, kind: str, urgency: str, reason: str) -> str:
    """Raise a concern that came by telephone or in talk: the same notices as from a form, and its key.

    UsageProblem for an audit that nobody was asked for. What was said is kept sealed and is in no notice.
    """
    if audit not in kit.progress(audit.session):
        raise UsageProblem(
            f"{kit.session(audit.session).ref} has no audit {audit}.",
            not_happened="No notice was written.",
            next_step=f"Name one that audit-kit status {audit.session} shows, or telephone the Board manager now.",
        )
    from audit_kit.acts.inbox import Pass

    now = kit.clock.now()
    told = hashlib.sha256(f"{audit}|{now.isoformat()}|{reason}".encode()).hexdigest()
    item = Item(told, now)
    codes = (("key", f"risk:{told}"), ("kind", kind), ("urgency", urgency))
    event = kit.event(
        EventKind.CONCERN_RAISED, audit.session, audit.case, audit.agency, codes=codes, note=kit.vault.keep_note(reason)
    )  # fmt: skip
    answers = ConcernAnswers(kind=kind, urgency=urgency)
    notice = _notice(kit, item, audit, answers, "A concern was raised by word of mouth")
    done = Pass()
    _send(kit, item, event, notice, done, to_agency=True)
    return f"The concern about {audit} is raised ({told[:8]}). Notices are in outbox/urgent: send them now."


def _raise(kit: Kit, item: Item, audit: AuditRef | None, answers: ConcernAnswers, risk: Risk, done: Pass) -> None:
    known = audit is not None and audit in kit.progress(audit.session)
    where = audit if known and audit else None
    codes = (("key", f"risk:{item.sha}"), ("kind", kind_of(answers)), ("urgency", urgency_of(answers)))
    kind = EventKind.CONCERN_RAISED if risk is Risk.CONCERN else EventKind.CONCERN_UNKNOWN
    event = kit.event(
        kind,
        where.session if where else "",
        where.case if where else "",
        where.agency if where else "",
        item=item.sha,
        codes=codes,
    )
    if risk is Risk.CONCERN:
        notice = _notice(kit, item, where, answers, "A completed audit tool raises a concern")
        # the agency is told only when we know which one it is; else the Board manager alone, at once
        _send(kit, item, event, notice, done, to_agency=where is not None)
        done.say(
            f"URGENT: a concern was raised about {where or 'an unknown case'}. Notices are in outbox/urgent.",
            for_a_person=True,
        )
    else:
        notice = _notice(kit, item, where, answers, "The question about immediate risk was left unanswered")
        _send(kit, item, event, notice, done, to_agency=False)
        done.say(
            f"The risk question of {where or 'a return'} is unanswered. The Board manager is told.", for_a_person=True
        )


def _notice(kit: Kit, item: Item, audit: AuditRef | None, answers: ConcernAnswers, situation: str) -> EscalationNotice:
    urgency = urgency_of(answers)
    agency = asked_agency(kit.session(audit.session), audit.agency).name if audit else "not known"
    return EscalationNotice(
        head=letterhead(kit),
        reference=str(audit) if audit else f"not known (file {item.sha[:8]})",
        case=audit.case if audit else "not known",
        agency=agency,
        addressed_to="Board manager",
        kind=kind_of(answers),
        urgency=urgency,
        received=_moment(item.received),
        child_safe_now=chosen(answers.safe_now, (YES, NO, NOT_KNOWN)) or "Not stated",
        situation=situation,
        acknowledge_by=_ACKNOWLEDGE[urgency],
    )


def _send(kit: Kit, item: Item, event: Event, notice: EscalationNotice, done: Pass, *, to_agency: bool) -> None:
    """Write the notices and their mail drafts, and record the concern: one decision, made once."""
    stem = f"{event.session}_{event.case}_{event.agency}_{item.sha[:8]}" if event.case else f"unknown_{item.sha[:8]}"
    files = _drafted(kit, event, notice, f"{stem}_board-manager", kit.config.board.manager.email, done)
    if to_agency:
        agency = asked_agency(kit.session(event.session), event.agency)
        to_head = replace(notice, addressed_to="Head of agency")
        files += _drafted(kit, event, to_head, f"{stem}_head-of-agency", (agency.head or agency.lead).email, done)
    kit.carry_out(f"risk:{item.sha}", [event], files)


def _drafted(
    kit: Kit, event: Event, notice: EscalationNotice, stem: str, address: str, done: Pass
) -> list[Output]:  # fmt: skip
    """The notice and its mail draft. A template that can't be used holds up no escalation: the mail goes without."""
    from audit_kit.office import letters, mail

    try:
        letter = letters.escalation_notice(kit.template("escalation_notice.docx"), notice)
    except AuditKitError as problem:
        done.say(f"{problem.sentence()} The urgent mail draft was written without its attachment.", for_a_person=True)
        letter = None
    name = f"{stem}.docx"
    subject = (
        f"URGENT: {event.session} {event.case} {event.agency}" if event.case else "URGENT: a return that needs a look"
    )
    text = (
        f"{notice.situation}.\n\nReference: {notice.reference}. Kind: {notice.kind}. Urgency: {notice.urgency}. "
        f"Received: {notice.received}. Child safe now: {notice.child_safe_now}.\n\nPlease acknowledge this "
        f"{notice.acknowledge_by}, by telephone to {notice.head.urgent_phone}. Details by telephone or a secure channel only."
    )
    draft = mail.draft(MailDraft((address,), subject, text, ((name, letter),) if letter else ()))
    written = [Output(outputs.urgent(name), letter)] if letter else []
    return [*written, Output(outputs.urgent(f"{stem}.eml"), draft)]


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{in_words(local.date())}, {local:%H:%M}"
