"""The report for the QA Sub Committee and the action plan, pre-filled from accepted returns.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "A report detailing systemic findings will be
made available for the QA Sub Committee"; "Each audit will feed into the current action plan".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from audit_kit.acts.engaging import engagement
from audit_kit.acts.feedback import voices
from audit_kit.acts.papers import theme_of
from audit_kit.acts.scanning_by_hand import remember_own_texts
from audit_kit.acts.small_forms import SIGN_OFF, form_written
from audit_kit.domain import outputs
from audit_kit.domain.actions import ActionPlan
from audit_kit.domain.findings import DeepDive, Disagreement
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind, concerns
from audit_kit.domain.report import ReportContent
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.domain.sign_off import SignOff, WrittenReport, change_in_words, is_signed_off
from audit_kit.domain.sign_off_form import sign_off_form
from audit_kit.domain.states import AuditState
from audit_kit.domain.summary import BoardSummary
from audit_kit.domain.text_document import TextDocument
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.action_plan import action_plan
from audit_kit.stages.analyse import analyse
from audit_kit.stages.feedback import heard_of
from audit_kit.stages.report import report_content
from audit_kit.stages.report_sources import sources
from audit_kit.stages.summary import board_summary
from audit_kit.stages.words import day

if TYPE_CHECKING:
    from audit_kit.office.author_sections import Section
    from audit_kit.office.word_package import Properties

SIGN_OFF_FORM = "sign-off"


@dataclass(frozen=True)
class Paper:
    """One of the papers that are confirmed together, as a draft and as the final version."""

    draft: str
    final: str


def papers_of(session: str) -> tuple[Paper, Paper, Paper, Paper]:
    """Where the report, the action plan, its workbook and the page for the Executive and the Board lie in the outbox."""
    first, second, third, fourth = (
        Paper(outputs.report(f"{session}_{stem}_DRAFT.{kind}"), outputs.report(f"{session}_{stem}.{kind}"))
        for stem, kind in (("report", "docx"), ("action-plan", "docx"), ("action-plan", "xlsx"), ("summary", "docx"))
    )
    return first, second, third, fourth


def form_place(session: str) -> str:
    """Where the form lies on which the team says that the committee confirmed the drafts."""
    return outputs.for_team(f"{session}_sign-off.xlsx")


@dataclass(frozen=True)
class Drafts:
    """What was written, and what a person should know about it, a sentence each."""

    files: tuple[Output, ...]
    told: tuple[str, ...]


def accepted_returns(kit: Kit, session: AuditSession) -> tuple[AnonymisedReturn, ...]:
    """Every accepted return of a session, without names, in the order of cases and agencies."""
    accepted = [p for p in kit.progress(session.ref).values() if p.state is AuditState.ACCEPTED]
    found = (kit.vault.get(f"returns/{p.audit.file_stem(p.round)}", AnonymisedReturn) for p in accepted)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.audit))


@dataclass(frozen=True)
class Drawn:
    """What a report and a plan of today would say, and of which returns."""

    content: ReportContent
    plan: ActionPlan
    returns: tuple[str, ...]
    sources: TextDocument
    proposed: tuple[DeepDive, ...]  # for the multi-agency meeting
    apart: tuple[Disagreement, ...]


def drawn(kit: Kit, session: AuditSession) -> Drawn:
    """The report and the plan as the accepted returns give them now, as values; nothing is written."""
    returns, theme = accepted_returns(kit, session), theme_of(kit, session)
    said = [voice for case in session.cases for voice in voices(kit, session.ref, case.ref)]
    heard = heard_of(engagement(kit, session).values(), said)
    analysis = analyse(
        session, theme, returns, tuple(kit.progress(session.ref).values()), kit.config.deep_dives, heard=heard
    )  # fmt: skip
    board, today, head = kit.config.board.name, kit.clock.today(), kit.journal.head()[:12]
    content = report_content(
        analysis, session, theme, board=board, written_on=today,
        concerns=concerns(kit.journal.events(session.ref)), chain_head=head,
    )  # fmt: skip
    plan = action_plan(analysis, session, board=board, written_on=today, chain_head=head)
    named = tuple(f"{one.audit.case}/{one.audit.agency} r{one.round}" for one in returns)
    return Drawn(content, plan, named, sources(analysis, plan), analysis.deep_dives, analysis.disagreements)


def write_report(kit: Kit, session_ref: str) -> Drafts:
    """Write the Word draft, the action plan in Word and Excel and the page for the Board, from the same findings.

    What an author wrote in the titled sections is kept; a draft that somebody changed elsewhere is kept beside the
    new one. UsageProblem when no return was accepted yet (a report of nothing would read as one of no findings),
    and when the report was signed off and nothing that it rests on has changed since.
    """
    session = kit.session(session_ref)
    new = drawn(kit, session)
    if not new.returns:
        raise UsageProblem(
            f"No return of {session_ref} has been accepted yet.",
            not_happened="No report was written.",
            next_step=f"See audit-kit status {session_ref} for what waits for the reviewer.",
        )
    changed = _changed_since_sign_off(kit, session_ref, new)
    aside = _kept_aside(kit, session_ref)
    files, written = _written(kit, session_ref, new)
    kit.vault.put(f"written/{session_ref}", written, WrittenReport)
    event = kit.event(EventKind.REPORT_WRITTEN, session_ref, codes=(("returns", str(len(new.returns))),))
    kit.carry_out(f"report:{session_ref}:{event.at.isoformat()}", [event], (*aside, *files))
    told = [
        f"It was changed by hand where nothing is kept, so the earlier one lies beside it: outbox/{one.path}."
        for one in aside
    ]
    return Drafts(files, (*changed, *told))


def written_report(kit: Kit, session: str) -> WrittenReport | None:
    """The newest draft of a session's report, as the kit wrote it."""
    return kit.vault.get(f"written/{session}", WrittenReport)


def signed_off(kit: Kit, session: str) -> SignOff | None:
    """The session's newest sign-off, if there was one; a newer draft may have been written since."""
    events = [event for event in kit.journal.events(session) if event.kind is EventKind.SIGNED_OFF]
    return kit.vault.get(sign_off_place(session, events[-1].code("draft")), SignOff) if events else None


def sign_off_place(session: str, mark: str) -> str:
    """Where in the store the sign-off of a draft lies."""
    return f"signed-off/{session}/{mark}"


def told_of_sign_off(kit: Kit, session: str) -> str:
    """What whoever changes a return must know when its report is signed off; "" when it isn't."""
    if not is_signed_off(kit.journal.events(session)):
        return ""
    return f" The report of {session} is signed off and stays as it is: audit-kit report {session} writes a draft with this change."


def _changed_since_sign_off(kit: Kit, session: str, new: Drawn) -> tuple[str, ...]:
    """What a person must know who writes a draft of what was signed off; UsageProblem when there is nothing new."""
    sign_off = signed_off(kit, session)
    if sign_off is None:
        return ()
    confirmed = f"{session} was signed off on {day(sign_off.signed_on)} (minute {sign_off.minute})"
    if not sign_off.draft.says_the_same_as(new.content):
        changes = change_in_words(sign_off.draft.returns, new.returns)
        return (f"{confirmed}; since then the data have changed. {changes} The final papers were left as they are.",)
    if is_signed_off(kit.journal.events(session)):
        raise UsageProblem(
            f"{confirmed}, and nothing that its report rests on has changed since.",
            not_happened="No draft was written.",
            next_step="The final report and action plan are in outbox/reports.",
        )
    return ()


def _written(kit: Kit, session: str, new: Drawn) -> tuple[tuple[Output, ...], WrittenReport]:
    """The drafts, the sign-off form and the sources as files, and what is remembered of them."""
    from audit_kit.office.action_plan_document import write_action_plan_document
    from audit_kit.office.action_plan_workbook import write_action_plan_workbook
    from audit_kit.office.author_sections import around
    from audit_kit.office.report_document import report_properties
    from audit_kit.office.report_document import write_report as write_document
    from audit_kit.office.summary_document import write_summary

    report, plan, workbook, page = papers_of(session)
    template, authored = kit.template("audit_report.docx"), _written_by_the_author(kit, report)
    document = write_document(template, new.content, authored)
    # what its author wrote is not the kit's own wording: it is looked through in full when the report comes back
    own = write_document(template, new.content, None) if authored else document
    remember_own_texts(kit, session, report.draft, own)
    written = WrittenReport(new.content, new.plan, new.returns, around(document))
    document = with_pages(kit, document, report_properties(new.content))
    summary = draft_page(new.content, kit.session(session), key_messages_in(authored or {}))
    files = (
        Output(report.draft, document),
        Output(plan.draft, write_action_plan_document(kit.template("action_plan.docx"), new.plan)),
        Output(workbook.draft, write_action_plan_workbook(new.plan)),
        Output(page.draft, write_summary(kit.template("board_summary.docx"), summary)),
        Output(form_place(session), _form(kit, session, written)),
        _sources_paper(kit, session, new),
    )
    return files, written


def draft_page(content: ReportContent, session: AuditSession, messages: tuple[str, ...]) -> BoardSummary:
    """The page for the Executive and the Board as a draft; ``messages``: the author's, if there are any."""
    return board_summary(content, session.dates, messages=messages, status=content.status)


def key_messages_in(sections: Mapping[str, Section]) -> tuple[str, ...]:
    """The report's key messages as its author has put them, a line each; none where nobody has touched them."""
    section = sections.get("key_messages")
    return tuple(line.strip() for line in section.text.split("\n") if line.strip()) if section else ()


def with_pages(kit: Kit, report: bytes, properties: Properties) -> bytes:
    """The report with page numbers in its contents, where the configuration wants them and they are sure."""
    from audit_kit.office.page_numbers import with_page_numbers

    return with_page_numbers(report, properties, kit.folders.store).data if kit.config.page_numbers else report


def _sources_paper(kit: Kit, session: str, new: Drawn) -> Output:
    """Which returns stand behind the draft: beside it for the team, never in it, because agencies read it."""
    from audit_kit.office.document_copy import CopyCover, write_document_copy

    cover = CopyCover(
        f"Sources of the report, {session}",
        kit.config.board.name,
        kit.clock.today(),
        "For the Board's team alone, not for the committee: who knew a family is as good as its name.",
    )
    return Output(outputs.for_team(f"{session}_report-sources.docx"), write_document_copy(new.sources, cover))


def _form(kit: Kit, session: str, written: WrittenReport) -> bytes:
    from audit_kit.office.laid_out_form import FormCover

    cover = FormCover(
        kind=SIGN_OFF_FORM,
        title="Sign-off of report and action plan",
        board=kit.config.board.name,
        reference=session,
        marks={"audit_kit_session": session, "audit_kit_draft": written.mark},
    )
    words = {"draft of": day(written.content.written_on), "committee on": day(written.content.committee_on)}
    return form_written(kit, SIGN_OFF, sign_off_form(), cover, words)


def kept_beside(path: str, data: bytes) -> Output:
    """A file of the outbox under a second name, so that what replaces it destroys nothing."""
    stem, _, kind = path.rpartition(".")
    return Output(f"{stem}_earlier-{hashlib.sha256(data).hexdigest()[:8]}.{kind}", data)


def changed_by_hand(kit: Kit, path: str) -> bytes | None:
    """What lies there, when it is not what the kit last wrote there."""
    data = in_outbox(kit, path)
    newest = {output.path: output.sha for output in kit.journal.outputs()}
    return None if data is None or hashlib.sha256(data).hexdigest() == newest.get(path) else data


def _kept_aside(kit: Kit, session: str) -> tuple[Output, ...]:
    """The drafts in which people wrote what writing them again would not keep."""
    from audit_kit.office.author_sections import around

    before, report, kept = written_report(kit, session), papers_of(session)[0], []
    for paper in papers_of(session):
        if (data := changed_by_hand(kit, paper.draft)) is None:
            continue
        # in the report the author's sections are kept: only what was written elsewhere would be lost
        if paper != report or before is None or around(data) != before.around:
            kept.append(kept_beside(paper.draft, data))
    return tuple(kept)


def in_outbox(kit: Kit, path: str) -> bytes | None:
    """What lies there now, None when nothing does."""
    try:
        return (kit.folders.outbox / path).read_bytes()
    except FileNotFoundError:
        return None


def _written_by_the_author(kit: Kit, report: Paper) -> Mapping[str, Section] | None:
    """What the author has written in the draft, or in the final version of an earlier one: it is kept.

    AuditKitError when there is one that can't be read: it is not overwritten.
    """
    from audit_kit.office.author_sections import author_sections

    found = in_outbox(kit, report.draft)
    found = in_outbox(kit, report.final) if found is None else found
    if found is None:
        return None
    try:
        return author_sections(found)
    except (ValueError, KeyError, BadZipFile, SyntaxError):  # no package, or no XML in it
        raise AuditKitError(
            "The earlier draft in outbox/reports can't be read as a Word document.",
            not_happened="It was not overwritten, and no new draft was written.",
            next_step="Move it away, or put back a version that Word opens, and run the command again.",
        ) from None
