"""What the returns of a case say of one another: contact with a nil agency, an auditor named as a worker, copied text.

What is needed for it is kept sealed, case by case, so that no return is read again for each new one. Whichever
return came first, what they say of each other is told in the same pass.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": agencies review "their involvement with the
case"; no audit is completed by the case holder or the line manager with casework responsibility.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit_kit.acts.cross_papers import conflict_draft, look_again_drafts, risk_draft
from audit_kit.domain.progress import AuditProgress, EventKind
from audit_kit.domain.queries import Level, Query
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn, AuditReturn, RosterEntry
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.kit import Kit
from audit_kit.stages.likeness import Sketch, candidates, sketches_of
from audit_kit.stages.reconcile import ContactTold, contacts_told
from audit_kit.stages.rules import Desk, LikeText
from audit_kit.stages.rules_independence import auditors_now_named


@dataclass(frozen=True, slots=True)
class Said:
    """What later returns of a session are compared with: sketches of a case's texts, and the contact that is told of."""

    sketches: tuple[Sketch, ...]
    contacts: tuple[ContactTold, ...]


def contact_told_by(kit: Kit, audit: AuditRef) -> tuple[str, ...]:
    """The agencies whose chronology tells of contact with this one in the review period."""
    return tuple(told.by for told in _contacts(kit, audit) if told.agency == audit.agency)


def like_texts(kit: Kit, session: AuditSession, desk: Desk) -> tuple[tuple[str, LikeText], ...]:
    """Texts of other returns of the session that may be copies of this one's, by answer reference."""
    audit = desk.audit_return.audit
    others = [
        sketch
        for case in session.cases
        for sketch in _said(kit, session.ref, case.ref).sketches
        if (sketch.case, sketch.agency) != (audit.case, audit.agency)
    ]
    found = []
    for mine, other in candidates(sketches_of(audit.case, audit.agency, desk.narratives), others):
        kept = _newest(kit, AuditRef(session.ref, other.case, other.agency))
        if kept is not None:
            found.append((mine.ref, LikeText(other.case, other.agency, kept.answer(other.ref))))
    return tuple(found)


def keep_for_others(kit: Kit, desk: Desk) -> None:
    """Seal what later returns are compared with: sketches of the texts, and the contact that is told of."""
    audit = desk.audit_return.audit
    kept = _said(kit, audit.session, audit.case)
    sketches = sketches_of(audit.case, audit.agency, desk.narratives)
    told = contacts_told(desk, _called(kit, audit)) if desk.involved else ()
    said = Said(
        (*(one for one in kept.sketches if one.agency != audit.agency), *sketches),
        (*(one for one in kept.contacts if one.by != audit.agency), *told),
    )
    if said != kept:
        kit.vault.put(_place_of(audit.session, audit.case), said, Said)


def tell_others(kit: Kit, audit_return: AuditReturn, named_now: tuple[RosterEntry, ...]) -> tuple[str, ...]:
    """Point out in other audits of the case what this return says of them. Gives a sentence for each."""
    audit = audit_return.audit
    roster = kit.vault.get(f"roster/{audit.session}/{audit.case}", tuple[RosterEntry, ...]) or ()
    sentences = list(contradict_nil_answers(kit, audit.session, (audit.case,)))
    for auditor, part in auditors_now_named(roster, named_now):
        other = kit.progress(audit.session).get(AuditRef(audit.session, audit.case, auditor.agency))
        if other is not None and other.item:  # before its return came, the check of that return finds it
            sentences += _question_independence(kit, other, part, audit.agency)
    return tuple(sentences)


def contradict_nil_answers(kit: Kit, session_ref: str, cases: Iterable[str]) -> tuple[str, ...]:
    """V07: point out each "not involved" of these cases of which another chronology tells contact. Done once for each pair."""
    sentences = []
    for case in cases:
        progress = kit.progress(session_ref)
        for told in _contacts(kit, AuditRef(session_ref, case, "")):
            nil = progress.get(AuditRef(session_ref, case, told.agency))
            batch = f"contradicted:{session_ref}/{case}/{told.agency}:{told.by}"
            if nil is None or nil.state is not AuditState.NO_INVOLVEMENT or kit.journal.is_decided(batch):
                continue
            event = kit.event(
                EventKind.FLAGGED, session_ref, case, told.agency, round=nil.round,
                codes=(("flags", "V07"), ("told by", told.by), ("events", str(told.events))),
            )  # fmt: skip
            kit.carry_out(batch, [event], look_again_drafts(kit, nil, told))
            sentences.append(
                f"{nil.audit}: answered with no involvement, but the chronology of {told.by} tells of contact. "
                f"Drafts to both are in outbox."
            )
    return tuple(sentences)


def tell_of_risk(kit: Kit, anonymised: AnonymisedReturn, queries: Iterable[Query]) -> tuple[str, ...]:
    """V00: the Board manager is told at once where words of risk stand outside the concern sheet. Once for a round."""
    places = tuple(query.place for query in queries if query.level is Level.FAST_LANE)
    if not places:
        return ()
    audit = anonymised.audit
    event = kit.event(
        EventKind.FLAGGED, audit.session, audit.case, audit.agency, round=anonymised.round, codes=(("flags", "V00"),)
    )
    kit.carry_out(f"risk words:{audit}:{anonymised.round}", [event], [risk_draft(kit, audit, anonymised.round, places)])
    return (
        f"URGENT: words of immediate risk may stand in {audit} outside its concern sheet. A draft is in outbox/urgent.",
    )


def tell_of_conflict(kit: Kit, anonymised: AnonymisedReturn, conflicts: Iterable[Query]) -> None:
    """V11: the Board manager is told of every conflict, with what the agency says it did about it. Once for a round."""
    conflicts = tuple(conflicts)
    if not conflicts:
        return
    says = tuple(query.request.rpartition(" – ")[2] for query in conflicts)  # what stands behind the request
    sent_back = any(query.sends_back for query in conflicts)
    audit = anonymised.audit
    event = kit.event(
        EventKind.FLAGGED, audit.session, audit.case, audit.agency, round=anonymised.round, codes=(("flags", "V11"),)
    )
    mitigation = anonymised.answer("conflict.what") or anonymised.answer("auditor.name.blank")
    step = "independence: sent back" if sent_back else "independence: to decide"
    draft = conflict_draft(kit, audit, anonymised.round, says, mitigation, next_step=step)
    kit.carry_out(f"conflict:{audit}:{anonymised.round}", [event], [draft])


def _question_independence(kit: Kit, other: AuditProgress, part: str, by: str) -> list[str]:
    batch = f"independence:{other.audit}:{other.round}:{by}"
    if kit.journal.is_decided(batch):
        return []
    audit = other.audit
    event = kit.event(
        EventKind.FLAGGED, audit.session, audit.case, audit.agency, round=other.round,
        codes=(("flags", "V11"), ("told by", by)),
    )  # fmt: skip
    kept = _newest(kit, audit)
    mitigation = kept.answer("conflict.what") if kept else ""
    says = (f"the auditor is named as {part} in the return of {by} for this case",)
    kit.carry_out(batch, [event], [conflict_draft(kit, audit, other.round, says, mitigation, by)])
    return [f"{audit}: its auditor is now named as {part} in the return of {by}. The Board manager has a draft."]


def _contacts(kit: Kit, audit: AuditRef) -> tuple[ContactTold, ...]:
    return _said(kit, audit.session, audit.case).contacts


def _said(kit: Kit, session: str, case: str) -> Said:
    """What the returns of a case said so far."""
    kept = kit.vault.get(_place_of(session, case), Said)
    if kept is not None:
        return kept
    return Said(  # kept apart before 0.4
        kit.vault.get(f"sketches/{session}/{case}", tuple[Sketch, ...]) or (),
        kit.vault.get(f"contacts/{session}/{case}", tuple[ContactTold, ...]) or (),
    )


def _place_of(session: str, case: str) -> str:
    return f"said/{session}/{case}"


def _called(kit: Kit, audit: AuditRef) -> dict[str, tuple[str, ...]]:
    """The agencies asked about the case → how people call them."""
    case = kit.session(audit.session).case(audit.case)
    asked = case.agencies if case else ()
    return {
        agency.code: (*(named.name for named in agency.names), *agency.known_as)
        for agency in kit.config.agencies
        if agency.code in asked
    }


def _newest(kit: Kit, audit: AuditRef) -> AnonymisedReturn | None:
    """The newest return of an audit without names, None when none was read."""
    kept = (kit.vault.get(f"returns/{audit.file_stem(number)}", AnonymisedReturn) for number in range(9, 0, -1))
    return next((found for found in kept if found is not None), None)
