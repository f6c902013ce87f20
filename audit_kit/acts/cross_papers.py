"""Mail drafts about what returns say of one another: to the agencies concerned, to the team, to the Board manager."""

from __future__ import annotations

from audit_kit.acts.papers import asked_agency
from audit_kit.domain import outputs
from audit_kit.domain.letters import MailDraft
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.references import AuditRef
from audit_kit.kit import Kit
from audit_kit.stages.reconcile import ContactTold
from audit_kit.stages.words import day


def look_again_drafts(kit: Kit, nil: AuditProgress, told: ContactTold) -> list[Output]:
    """To the agency that answered nil, to the one that tells of contact, and to the team: by reference only."""
    from audit_kit.office import mail

    audit, session, board = nil.audit, kit.session(nil.audit.session), kit.config.board
    silent, teller = asked_agency(session, audit.agency), asked_agency(session, told.by)
    events = f"{told.events} event{'s' if told.events != 1 else ''}"
    window = f"{day(session.dates.window_start)} to {day(session.dates.window_end)}"
    ring = f"If anything worries you today, ring {board.urgent_phone}."
    to_silent = (
        f"Thank you for your answer about case {audit.case}: no involvement. A nil answer is worth as much as a full "
        f"return, so we check that the picture fits.\n\nThe chronology of {teller.name} tells of contact with your service in the review "
        f"period ({window}): {events}. Nothing has been changed in your answer. Please look again, "
        "also under earlier addresses and spellings on the identity slip, and tell us which is right:\n\n"
        "  - you were involved: we send you the audit tool;\n  - the contact was with another service, or never reached "
        f"you: tell us what you found.\n\n{ring}"
    )
    to_teller = (
        f"Your chronology for case {audit.case} has {events} of contact with {silent.name} in the review period. "
        "That service answered that it was not involved.\n\nPlease check which team or person of theirs it was, and whether "
        f"what you shared arrived. Nothing has been changed in your return. A short answer to this mail is enough; please "
        f"use roles, not names.\n\n{ring}"
    )
    to_team = (
        f"{audit} was answered with no involvement. The chronology of {told.by} tells of contact with {audit.agency}: "
        f"{events} in the review period.\n\nBoth agencies have a draft in outbox/agencies. If the service was involved after "
        f"all: audit-kit reopen {audit} --reason ...; its tool goes out. If not, nothing needs to be done."
    )
    stem = f"{audit.file_stem(nil.round)}_contact-told-by-{told.by}"
    subject = f"{audit} – no involvement, and contact told by another agency"
    drafts = (
        (outputs.for_agency(audit.agency, f"{stem}.eml"), silent.lead.email, to_silent),
        (outputs.for_agency(told.by, f"{stem}.eml"), teller.lead.email, to_teller),
        (outputs.for_team(f"{stem}.eml"), board.email, to_team),
    )
    return [Output(path, mail.draft(MailDraft((address,), subject, text))) for path, address, text in drafts]


def risk_draft(kit: Kit, audit: AuditRef, round_number: int, places: tuple[str, ...]) -> Output:
    """To the Board manager: where to look first, without a word of what stands there."""
    from audit_kit.office import mail

    manager, listed = kit.config.board.manager, "\n".join(f"  - {place}" for place in places)
    text = (
        f"A return of {audit} may tell of immediate risk outside the sheet Immediate concern:\n\n{listed}\n\nThe agency raised "
        "no concern by it, and nobody has been told but you. Please read these answers now, or ring the agency; if it is a "
        f"concern, record it with audit-kit concern raise. Details by telephone or a secure channel only."
    )
    name = f"{audit.file_stem(round_number)}_words-of-risk.eml"
    return Output(outputs.urgent(name), mail.draft(MailDraft((manager.email,), f"URGENT: {audit} – please read", text)))


def conflict_draft(
    kit: Kit,
    audit: AuditRef,
    round_number: int,
    says: tuple[str, ...],
    mitigation: str,
    by: str = "",
    *,
    sent_back: bool = False,
    next_step: str = "",
) -> Output:
    """To the Board manager: whose independence is in question, why, and what the agency did about it.

    ``by``: what tells this draft from others of the round; ``next_step``: instead of accepting or sending back.
    """
    from audit_kit.office import mail

    manager = kit.config.board.manager
    why = "\n".join(f"  - {one}" for one in says)
    answer = (
        f"What the agency says about it, names taken out:\n\n  {mitigation}" if mitigation else
        "The agency has said nothing about it yet."
    )  # fmt: skip
    next_step = next_step or (
        "The return went back to the agency with this question; you need to do nothing until it answers." if sent_back else
        f"Nothing was decided for you. Once it can be decided: audit-kit accept {audit}, or audit-kit send-back {audit} --reason ..."
    )  # fmt: skip
    text = (
        f"The independence of the auditor of {audit} is in question:\n\n{why}\n\n{answer}\n\nNo audit is completed by the case "
        f"holder or the line manager with casework responsibility. {next_step}"
    )
    name = f"{audit.file_stem(round_number)}_independence{f'_{by}' if by else ''}.eml"
    draft = mail.draft(MailDraft((manager.email,), f"{audit} – independence of the auditor", text))
    return Output(outputs.for_team(name), draft)
