"""What an agency gets when its audit is accepted: a receipt, its own actions, and a note for the practitioners involved.

Each holds the agency's own words after anonymising and nothing of any other agency.

Source: Multi-Agency Case Audit Process (Sept 2017): "Case specific actions are progressed by single agencies"
(Approach); "The learning from audits will be fed back to staff members/clinicians" (Confidentiality and consent).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from audit_kit.acts.mailing import mail_draft, mail_part
from audit_kit.acts.papers import asked_agency, letterhead, tool_of
from audit_kit.acts.purging import months_after
from audit_kit.domain import outputs
from audit_kit.domain.letters import AcceptanceReceipt, AgencyActionLine, AgencyActions, PractitionerNote
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.domain.working_days import in_words
from audit_kit.kit import Kit


def acceptance_papers(
    kit: Kit, session: AuditSession, progress: AuditProgress, anonymised: AnonymisedReturn
) -> list[Output]:
    """The receipt, the list of actions if the agency set any, the note if there is anything to tell, and one mail draft."""
    from audit_kit.office import letters

    audit, agency = progress.audit, asked_agency(session, progress.audit.agency)
    stem = audit.file_stem(progress.round)
    papers = [(f"{stem}_receipt.docx", _receipt(kit, session, progress))]
    told = {
        "head": letterhead(kit),
        "audit": str(audit),
        "case": audit.case,
        "agency": agency.name,
        "lead": agency.lead.name,
    }
    actions = tuple(_action_lines(anonymised))
    if actions:
        listed = AgencyActions(**told, accepted_on=kit.clock.today(), actions=actions)  # type: ignore[arg-type]
        papers.append((f"{stem}_actions.docx", letters.agency_actions(kit.template("agency_actions.docx"), listed)))
    note = PractitionerNote(
        **told,  # type: ignore[arg-type]
        theme=session.theme_title,
        strengths=tuple(_learnt(kit, session, anonymised, "strength", "good")),
        improvements=tuple(_learnt(kit, session, anonymised, "improvement", "improve")),
        actions=tuple(f"{line.what} ({', '.join(filter(None, (line.owner, line.due)))})" for line in actions),
    )
    if note.strengths or note.improvements or note.actions:
        papers.append((f"{stem}_note.docx", letters.practitioner_note(kit.template("practitioner_note.docx"), note)))
    has_note = len(papers) > 1 + bool(actions)
    draft = mail_draft(
        kit, "accepted", (agency.lead.email,), papers, audit=str(audit),
        with_its_actions=mail_part(kit, "accepted: actions") if actions else "",
        with_a_note=mail_part(kit, "accepted: note") if has_note else "",
    )  # fmt: skip
    files = (*papers, (f"{stem}_receipt.eml", draft))
    return [Output(outputs.for_agency(audit.agency, name), data) for name, data in files]


def _receipt(kit: Kit, session: AuditSession, progress: AuditProgress) -> bytes:
    from audit_kit.office import letters

    audit, agency, months = (
        progress.audit,
        asked_agency(session, progress.audit.agency),
        kit.config.retention.case_months,
    )
    kept = f"until {in_words(months_after(session.dates.board, months))}" if months else (
        "for as long as the Board’s retention schedule says"
    )  # fmt: skip
    return letters.acceptance_receipt(
        kit.template("acceptance_receipt.docx"),
        AcceptanceReceipt(
            head=letterhead(kit),
            audit=str(audit),
            case=audit.case,
            agency=agency.name,
            lead=agency.lead.name,
            round=progress.round,
            accepted_on=kit.clock.today(),
            item=progress.item,
            kept=kept,
        ),
    )


def _action_lines(anonymised: AnonymisedReturn) -> Iterator[AgencyActionLine]:
    for number, row in enumerate((row for row in anonymised.rows("action") if row.get("what")), start=1):
        yield AgencyActionLine(
            number,
            row["what"],
            row.get("outcome", ""),
            row.get("owner", ""),
            _day(row.get("due", "")),
            row.get("measure", ""),
        )


def _day(text: str) -> str:
    """A date as it is kept, written for people; what is no whole date stays as the agency wrote it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"


def _learnt(
    kit: Kit, session: AuditSession, anonymised: AnonymisedReturn, finding: str, field: str
) -> Iterator[str]:  # fmt: skip
    """What the agency found overall, then question by question: ``Plan and drift: the plan had three dates``."""
    yield from filter(None, (anonymised.answer(f"{finding}.{number}") for number in (1, 2, 3)))
    for question in tool_of(kit, session, anonymised.audit).sheet("questions").questions:
        if text := anonymised.answers.get(f"{question.ref}.{field}", ""):
            yield f"{question.wording}: {text}"
