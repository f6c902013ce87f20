"""Mail drafts about what returns say of one another: to the agencies concerned, to the team, to the Board manager."""

from __future__ import annotations

from audit_kit.acts.mailing import mail_draft, mail_part
from audit_kit.acts.papers import asked_agency
from audit_kit.domain import outputs
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.references import AuditRef
from audit_kit.kit import Kit
from audit_kit.stages.reconcile import ContactTold
from audit_kit.stages.words import day


def look_again_drafts(kit: Kit, nil: AuditProgress, told: ContactTold) -> list[Output]:
    """To the agency that answered nil, to the one that tells of contact, and to the team: by reference only."""
    audit, session, board = nil.audit, kit.session(nil.audit.session), kit.config.board
    silent, teller = asked_agency(session, audit.agency), asked_agency(session, told.by)
    events = f"{told.events} event{'s' if told.events != 1 else ''}"
    window = f"{day(session.dates.window_start)} to {day(session.dates.window_end)}"
    said = {"audit": str(audit), "events": events}
    stem = f"{audit.file_stem(nil.round)}_contact-told-by-{told.by}"
    to_silent = mail_draft(
        kit,
        "contact told: to who answered nil",
        (silent.lead.email,),
        (),
        case=audit.case,
        teller=teller.name,
        period=window,
        **said,
    )
    to_teller = mail_draft(
        kit, "contact told: to who tells of it", (teller.lead.email,), (), case=audit.case, agency=silent.name, **said
    )
    to_team = mail_draft(
        kit, "contact told: to the team", (board.email,), (), code=audit.agency, teller_code=told.by, **said
    )
    return [
        Output(outputs.for_agency(audit.agency, f"{stem}.eml"), to_silent),
        Output(outputs.for_agency(told.by, f"{stem}.eml"), to_teller),
        Output(outputs.for_team(f"{stem}.eml"), to_team),
    ]


def risk_draft(kit: Kit, audit: AuditRef, round_number: int, places: tuple[str, ...]) -> Output:
    """To the Board manager: where to look first, without a word of what stands there."""
    to, listed = (kit.config.board.manager.email,), "\n".join(f"  - {place}" for place in places)
    name = f"{audit.file_stem(round_number)}_words-of-risk.eml"
    return Output(outputs.urgent(name), mail_draft(kit, "words of risk", to, audit=str(audit), places=listed))


def conflict_draft(
    kit: Kit,
    audit: AuditRef,
    round_number: int,
    says: tuple[str, ...],
    mitigation: str,
    by: str = "",
    *,
    next_step: str = "independence: to decide",
) -> Output:
    """To the Board manager: whose independence is in question, why, and what the agency did about it.

    ``by``: what tells this draft from others of the round; ``next_step``: the text of what is to be done now.
    """
    answer = (
        mail_part(kit, "independence: their answer", their_words=mitigation) if mitigation else
        mail_part(kit, "independence: no answer")
    )  # fmt: skip
    draft = mail_draft(
        kit, "independence", (kit.config.board.manager.email,), audit=str(audit), what_they_say=answer,
        reasons="\n".join(f"  - {one}" for one in says), what_next=mail_part(kit, next_step, audit=str(audit)),
    )  # fmt: skip
    name = f"{audit.file_stem(round_number)}_independence{f'_{by}' if by else ''}.eml"
    return Output(outputs.for_team(name), draft)
