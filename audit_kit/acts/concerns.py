"""Escalation: a notice to the agency's head and to the Board manager, in the same pass, by reference only.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": concerns about immediate risk or unsafe
practice are "escalated to the respective agencies for a response and assurance".
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from audit_kit.acts.assurance import about
from audit_kit.acts.concern_forms import file_stem, form_beside
from audit_kit.acts.mailing import mail_draft, mail_part
from audit_kit.acts.papers import asked_agency, letterhead
from audit_kit.domain import outputs
from audit_kit.domain.check_code import is_genuine
from audit_kit.domain.concern import ConcernAnswers
from audit_kit.domain.concern_form import AGENCY, BOARD, told_form
from audit_kit.domain.letters import EscalationNotice
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import ConcernProgress, Event, EventKind, concerns
from audit_kit.domain.references import AuditRef
from audit_kit.domain.scales import NO, NOT_KNOWN, URGENCIES, YES, chosen
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.escalate import Risk, kind_of, risk_of, urgency_of
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from pathlib import Path

    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText

#: from which form → the text that says what happened
_RAISED = {
    "tool": "concern raised: audit tool", "involvement": "concern raised: involvement form",
    "concern": "concern raised: told", "feedback": "concern raised: family",
}  # fmt: skip
_ACKNOWLEDGE = {URGENCIES[0]: "within the hour", URGENCIES[1]: "today", URGENCIES[2]: "within one working day"}


@dataclass(frozen=True)
class _Whose:
    """Whose concern it is, as far as a form says; the case of an involvement form's is not known."""

    session: str = ""
    case: str = ""
    agency: str = ""

    @property
    def reference(self) -> str:
        """As a notice says it: ``2026-A2-NEG/H3/MPS``; "" when nobody knows."""
        return "/".join(part for part in (self.session, self.case, self.agency) if part)


def escalate(kit: Kit, item: Item, book: WorkbookText, done: Pass) -> None:
    """Pass on what the concern sheet of any readable form says, whatever else is wrong with the form.

    A form without a concern sheet (a plan, a review workbook) says nothing about risk. Done once for each
    content, however often it comes.
    """
    from audit_kit.office.forms import form_kind, read_concern

    answers = read_concern(book)
    if not answers.found:
        return
    risk = risk_of(answers)
    if risk is not Risk.NONE:
        form = form_kind(book) or ""
        _raise(kit, item, _whose(kit, book, form), answers, risk, form, done)


def _whose(kit: Kit, book: WorkbookText, form: str) -> _Whose:
    """Whose concern a form raises: by its reference, by what the agency's involvement form is marked with, as told."""
    from audit_kit.office.forms import mark_of, read_answers, tool_identity

    audit = tool_identity(book).audit
    if form == "concern":
        with suppress(AuditKitError):  # a damaged sheet holds nothing up: the Board manager is told alone
            audit = AuditRef.parse(read_answers(book, told_form()).answers.get("told.audit.answer", ""))
    if audit is not None and audit in kit.progress(audit.session):
        return _Whose(audit.session, audit.case, audit.agency)
    session, agency = mark_of(book, "audit_kit_session"), mark_of(book, "audit_kit_agency")
    asked = form == "involvement" and any(audit.agency == agency for audit in kit.progress(session))
    return _Whose(session, "", agency) if asked else _Whose()


def tell_of_unreadable(kit: Kit, item: Item, done: Pass) -> None:
    """Tell the Board manager at once that something came which can't be read: it may hold a concern.

    From whom, as far as it can be known: by the check code that the kit wrote into it, else by what it was called.
    """
    proved = _proved(kit, item)
    named = None if proved else _named(kit, item)
    from_whom = f"; by its check code it is the return of {proved}" if proved else ""
    from_whom = from_whom or (f"; it was called like the return of {named}" if named else "")
    _tell_of_unread(kit, item, item.sha, proved, named, done)
    done.say(
        f"A file could not be read ({item.sha[:8]}){from_whom}. {_NOTICE_TO_SEND}, since it may hold a concern.",
        for_a_person=True,
    )


def tell_of_too_large(kit: Kit, path: Path, done: Pass) -> None:
    """The same of a file that is larger than any that is taken: nothing of it is read, and it stays in the inbox."""
    try:
        look = path.lstat()
    except OSError:  # it is gone again
        return
    # no digest of what it holds, and none of its name: both would have to be read or kept
    mark = hashlib.sha256(f"{look.st_dev}|{look.st_ino}|{look.st_size}|{look.st_mtime_ns}".encode()).hexdigest()
    called = AuditRef.in_file_name(path.name)
    named = called if called and called in kit.progress(called.session) else None
    _tell_of_unread(kit, Item(mark, kit.clock.now()), "", None, named, done)
    from_whom = f"; it is called like the return of {named}" if named else ""
    done.say(f"It could not be read ({mark[:8]}){from_whom}. {_NOTICE_TO_SEND}, since it may hold a concern.")


def _tell_of_unread(
    kit: Kit, item: Item, kept_as: str, proved: AuditRef | None, named: AuditRef | None, done: Pass
) -> None:  # fmt: skip
    """The notice of what can't be read. ``kept_as``: the content in the store, "" when it is not there."""
    whose = _Whose(proved.session, proved.case, proved.agency) if proved else _Whose()
    called = mail_part(kit, "concern unknown: called like", audit=str(named)) if named else ""
    situation = mail_part(kit, "concern unknown: not read", called_like=called)
    notice = _notice(kit, item, whose, ConcernAnswers(), situation)
    codes = [("key", f"risk:{item.sha}"), ("urgency", urgency_of(ConcernAnswers()))]
    codes += [("named", str(named))] if named else []
    event = kit.event(EventKind.UNREADABLE, whose.session, whose.case, whose.agency, item=kept_as, codes=tuple(codes))
    _send(kit, item, event, notice, done, to_agency=False)


def _proved(kit: Kit, item: Item) -> AuditRef | None:
    """The audit whose check code the kit wrote into this file, if it can be seen without opening the file."""
    from audit_kit.office.whose_file import properties_of

    said = properties_of(kit.vault.staged(item.sha) or b"")
    audit, number = AuditRef.parse(said.get("audit_kit_audit", "")), said.get("audit_kit_round", "")
    if audit is None or audit not in kit.progress(audit.session) or not number.isdecimal():
        return None
    return audit if is_genuine((said.get("audit_kit_code", ""),), kit.tool_secret, audit, int(number)) else None


def _named(kit: Kit, item: Item) -> AuditRef | None:
    """The audit that the file was called like when it came, if there is such an audit."""
    came = (event for event in kit.journal.events() if event.kind is EventKind.RECEIVED and event.item == item.sha)
    audit = AuditRef.parse(next((event.code("named") for event in came), ""))
    return audit if audit and audit in kit.progress(audit.session) else None


def raise_from_family(kit: Kit, item: Item, session: str, case: str, *, not_safe: bool, done: Pass) -> None:
    """Tell the Board manager that a family's feedback form may tell of risk: no agency, since nobody knows whose it is."""
    answers = ConcernAnswers(any=YES, safe_now=NO if not_safe else NOT_KNOWN)
    _raise(kit, item, _Whose(session, case, ""), answers, Risk.CONCERN, "feedback", done)


def raise_by_hand(kit: Kit, audit: AuditRef, kind: str, urgency: str, reason: str) -> str:
    """Raise a concern that came by telephone or in conversation: the same notices as from a form, and its key.

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
    situation = mail_part(kit, _RAISED["concern"])
    notice = _notice(kit, item, _Whose(audit.session, audit.case, audit.agency), answers, situation)
    done = Pass()
    _send(kit, item, event, notice, done, to_agency=True)
    return f"The concern about {audit} is raised ({told[:8]}). Notices are in outbox/urgent: send them now."


def _raise(
    kit: Kit, item: Item, whose: _Whose, answers: ConcernAnswers, risk: Risk, form: str, done: Pass
) -> None:  # fmt: skip
    # by word of mouth, this form is all there is of it: its words are kept as those given to the command are
    told = "\n".join((answers.what, answers.told, answers.done)).strip() if form == "concern" else ""
    codes = (("key", f"risk:{item.sha}"), ("kind", kind_of(answers)), ("urgency", urgency_of(answers)))
    kind = EventKind.CONCERN_RAISED if risk is Risk.CONCERN else EventKind.CONCERN_UNKNOWN
    event = kit.event(
        kind, whose.session, whose.case, whose.agency, item=item.sha, codes=codes, note=kit.vault.keep_note(told)
    )  # fmt: skip
    if risk is Risk.CONCERN:
        notice = _notice(kit, item, whose, answers, mail_part(kit, _RAISED.get(form, _RAISED["tool"])))
        # the agency is told only when we know which one it is; else the Board manager alone, at once
        _send(kit, item, event, notice, done, to_agency=bool(whose.agency))
        done.say(
            f"URGENT: a concern was raised about {whose.reference or 'an unknown case'}. Notices are in outbox/urgent: send them now.",
            for_a_person=True,
        )
    else:
        notice = _notice(kit, item, whose, answers, mail_part(kit, "concern unknown: not answered"))
        _send(kit, item, event, notice, done, to_agency=False)
        done.say(
            f"The risk question of {whose.reference or 'a return'} is unanswered. {_NOTICE_TO_SEND}.",
            for_a_person=True,
        )


def _notice(kit: Kit, item: Item, whose: _Whose, answers: ConcernAnswers, situation: str) -> EscalationNotice:
    urgency = urgency_of(answers)
    agency = asked_agency(kit.session(whose.session), whose.agency).name if whose.agency else "not known"
    return EscalationNotice(
        head=letterhead(kit),
        reference=whose.reference or f"not known (file {item.sha[:8]})",
        case=whose.case or "not known",
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
    """Write the notices, the form to answer each by, and their mail drafts, and record the concern: one decision."""
    (concern,) = concerns([event])
    files = _drafted(kit, concern, notice, BOARD, kit.config.board.manager.email, done)
    if to_agency:
        agency = asked_agency(kit.session(event.session), event.agency)
        to_head = replace(notice, addressed_to="Head of agency")
        files += _drafted(kit, concern, to_head, AGENCY, (agency.head or agency.lead).email, done)
    kit.carry_out(f"risk:{item.sha}", [event], files)


def _drafted(
    kit: Kit, concern: ConcernProgress, notice: EscalationNotice, whose: str, address: str, done: Pass
) -> list[Output]:  # fmt: skip
    """The notice, its form and its mail draft. A template that can't be used holds up no escalation: the mail goes without."""
    from audit_kit.office import letters

    stem = f"{file_stem(concern)}_{_READERS[whose]}"
    files = [(f"{stem}_form.xlsx", form_beside(kit, concern, whose))]
    try:
        files.insert(0, (f"{stem}.docx", letters.escalation_notice(kit.template("escalation_notice.docx"), notice)))
    except AuditKitError as problem:
        done.say(f"{problem.sentence()} The urgent mail draft was written without its notice.", for_a_person=True)
    draft = mail_draft(
        kit, _MAILS[whose], (address,), files, about=about(kit, concern),
        situation=notice.situation, reference=notice.reference, kind=notice.kind, urgency=notice.urgency,
        received=notice.received, child_safe_now=notice.child_safe_now, acknowledge=notice.acknowledge_by,
    )  # fmt: skip
    return [*(Output(outputs.urgent(name), data) for name, data in files), Output(outputs.urgent(f"{stem}.eml"), draft)]


#: the kit sends no mail: nobody is told until somebody sends the draft
_NOTICE_TO_SEND = "A notice to the Board manager, with its mail draft, is in outbox/urgent: send it now"
_READERS = {BOARD: "board-manager", AGENCY: "head-of-agency"}
_MAILS = {BOARD: "concern to the Board manager", AGENCY: "concern to the agency"}


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{in_words(local.date())}, {local:%H:%M}"
