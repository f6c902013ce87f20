"""The report for the QA Sub Committee and the action plan, pre-filled from accepted returns.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "A report detailing systemic findings will be
made available for the QA Sub Committee"; "Each audit will feed into the current action plan".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from audit_kit.acts.papers import theme_of
from audit_kit.acts.scanning import remember_own_texts
from audit_kit.domain import outputs
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind, concerns
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.action_plan import action_plan
from audit_kit.stages.analyse import analyse
from audit_kit.stages.report import report_content

if TYPE_CHECKING:
    from audit_kit.office.author_sections import Section


def accepted_returns(kit: Kit, session: AuditSession) -> tuple[AnonymisedReturn, ...]:
    """Every accepted return of a session, without names, in the order of cases and agencies."""
    accepted = [p for p in kit.progress(session.ref).values() if p.state is AuditState.ACCEPTED]
    found = (kit.vault.get(f"returns/{p.audit.file_stem(p.round)}", AnonymisedReturn) for p in accepted)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.audit))


def write_report(kit: Kit, session_ref: str) -> tuple[Output, ...]:
    """Write the Word draft, and the action plan in Word and Excel, from the same findings.

    UsageProblem when no return was accepted yet: a report of nothing would read as one of no findings.
    """
    from audit_kit.office.action_plan_files import write_action_plan_document, write_action_plan_workbook
    from audit_kit.office.report_document import write_report as write_document

    session = kit.session(session_ref)
    returns = accepted_returns(kit, session)
    if not returns:
        raise UsageProblem(
            f"No return of {session_ref} has been accepted yet.",
            not_happened="No report was written.",
            next_step=f"See audit-kit status {session_ref} for what waits for the reviewer.",
        )
    theme = theme_of(kit, session)
    progress = tuple(kit.progress(session_ref).values())
    analysis = analyse(session, theme, returns, progress, kit.config.deep_dives)
    board, today, head = kit.config.board.name, kit.clock.today(), kit.journal.head()[:12]
    content = report_content(
        analysis, session, theme, board=board, written_on=today,
        concerns=concerns(kit.journal.events(session_ref)), chain_head=head,
    )  # fmt: skip
    draft = outputs.report(f"{session_ref}_report_DRAFT.docx")
    plan = action_plan(analysis, session, board=board, written_on=today, chain_head=head)
    template, authored = kit.template("audit_report.docx"), _written_by_the_author(kit, draft)
    document = write_document(template, content, authored)
    # what its author wrote is not the kit's own wording: it is looked through in full when the report comes back
    remember_own_texts(kit, session_ref, draft, write_document(template, content, None) if authored else document)
    files = (
        Output(draft, document),
        Output(
            outputs.report(f"{session_ref}_action-plan.docx"),
            write_action_plan_document(kit.template("action_plan.docx"), plan),
        ),
        Output(outputs.report(f"{session_ref}_action-plan.xlsx"), write_action_plan_workbook(plan)),
    )
    written = kit.event(EventKind.REPORT_WRITTEN, session_ref, codes=(("returns", str(len(returns))),))
    kit.carry_out(f"report:{session_ref}:{written.at.isoformat()}", [written], files)
    return files


def _written_by_the_author(kit: Kit, draft: str) -> Mapping[str, Section] | None:
    """What the author has written in the draft that lies in the outbox: it is kept when the draft is made anew.

    AuditKitError when there is one that can't be read: it is not overwritten.
    """
    from audit_kit.office.author_sections import author_sections

    try:
        return author_sections((kit.folders.outbox / draft).read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, BadZipFile, SyntaxError):  # no package, or no XML in it
        raise AuditKitError(
            "The earlier draft in outbox/reports can't be read as a Word document.",
            not_happened="It was not overwritten, and no new draft was written.",
            next_step="Move it away, or put back a version that Word opens, and run the command again.",
        ) from None
