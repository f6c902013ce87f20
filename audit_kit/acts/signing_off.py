"""Sign-off: the QA Sub Committee has confirmed the lessons and actions, and the drafts become the final papers.

The final papers are the drafts as they lie in the outbox, with everything that people wrote in them; only what
makes them drafts is taken away. Done by command or by a form in the inbox, once for each draft.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": a report is made available "for the QA Sub
Committee to consider further and confirm the lessons and actions required".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.disseminating import blank_form
from audit_kit.acts.reasons import require_reason
from audit_kit.acts.reporting import (
    Paper,
    changed_by_hand,
    drawn,
    form_place,
    in_outbox,
    kept_beside,
    key_messages_in,
    papers_of,
    sign_off_place,
    signed_off,
    with_pages,
    written_report,
)
from audit_kit.domain.actions import SYSTEM
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import is_session_ref
from audit_kit.domain.report import ActionLine
from audit_kit.domain.scales import YES, chosen
from audit_kit.domain.session import AuditSession
from audit_kit.domain.sign_off import SignOff, WrittenReport, change_in_words, is_signed_off, minute_ref
from audit_kit.domain.sign_off_form import CONFIRMED, MINUTE, REASON, sign_off_form
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.summary import board_summary
from audit_kit.stages.words import day, enumerated
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText

_NOT = "Nothing was signed off."


@dataclass(frozen=True)
class SignedOff:
    """What was written, a sentence a line, and whether somebody should look at something."""

    sentences: tuple[str, ...]
    for_a_person: bool


def sign_off(kit: Kit, session_ref: str, minute: str, reason: str, *, item: Item | None = None) -> SignedOff:
    """Record that the committee confirmed the drafts, and write their final versions. Each draft is signed off once.

    ``item`` is the form by which it was done, if any. UsageProblem when there is no draft, when it is signed off
    already, or without a minute or a reason; AuditKitError when a draft is missing or not settled yet (comments,
    tracked changes, a name). Nothing is changed then.
    """
    session, draft = kit.session(session_ref), _draft(kit, session_ref)
    confirmed = SignOff(_minute(minute), kit.clock.today(), draft)
    require_reason(reason, "A sign-off", _NOT)
    finals, left_out = _final_papers(kit, session, confirmed)
    replaced = [
        kept_beside(one.path, before) for one in finals if (before := in_outbox(kit, one.path)) not in (None, one.data)
    ]
    event = kit.event(
        EventKind.SIGNED_OFF, session_ref, item=item.sha if item else "", note=kit.vault.keep_note(reason),
        codes=(("draft", draft.mark),),
    )  # fmt: skip
    files = (*finals, *replaced, blank_form(kit, session))
    if item is not None:
        kit.vault.file_original(item.sha)
    if len(type(kit).gate(kit, files, (event,))[0]) < len(files):
        raise AuditKitError(
            "A name stands in one of the drafts, or may stand there; what and where is said beside this.",
            not_happened=_NOT,
            next_step="Put a role in its place, save, and sign off again.",
        )
    kit.vault.put(sign_off_place(session_ref, draft.mark), confirmed, SignOff)
    written = [each.at for each in kit.journal.events(session_ref) if each.kind is EventKind.REPORT_WRITTEN]
    kit.carry_out(
        f"sign-off:{session_ref}:{written[-1].isoformat()}", [event], files, closes_item=item.sha if item else ""
    )
    for path in (*(paper.draft for paper in papers_of(session_ref)), form_place(session_ref)):
        kit.withdraw(path)
    return _told(kit, session, confirmed, left_out, replaced)


def take_sign_off(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned sign-off form: the same as the command. AuditKitError when it confirms nothing, or another draft."""
    marks = {
        name: book.properties.get(name, "") or book.defined_names.get(name, "").strip('="')
        for name in ("audit_kit_session", "audit_kit_draft")
    }
    session = marks["audit_kit_session"]
    if not is_session_ref(session):
        raise AuditKitError(
            "The sign-off form names no session.", where=place, not_happened=_NOT,
            next_step="Use the form in outbox/team.",
        )  # fmt: skip
    draft = _draft(kit, session)
    if marks["audit_kit_draft"] != draft.mark:
        raise AuditKitError(
            f"The sign-off form is for an earlier draft of {session}: it was written again with other figures.",
            where=place,
            not_happened=_NOT,
            next_step="Let the committee see the newer draft, and use the form that came with it.",
        )
    answers = answers_of(
        book,
        sign_off_form(),
        "The sign-off form",
        place,
        not_happened=_NOT,
        next_step=f"Record it with: audit-kit sign-off {session} --minute REF --reason WHY.",
        formulas_too=True,
    ).answers
    if chosen(answers.get(CONFIRMED, ""), (YES,)) is None:
        raise AuditKitError(
            "The sign-off form does not say Yes to its first question.", where=place, not_happened=_NOT,
            next_step="The papers stay drafts. When the committee has confirmed them, answer Yes and drop the form again.",
        )  # fmt: skip
    try:
        result = sign_off(kit, session, answers.get(MINUTE, ""), answers.get(REASON, ""), item=item)
    except AuditKitError as problem:
        again = f"{problem.next_step} Save the form once more before you drop it again."
        raise AuditKitError(
            problem.what, where=problem.where, not_happened=problem.not_happened, next_step=again
        ) from None
    kit.vault.unstage(item.sha)
    for sentence in result.sentences:
        done.say(sentence, for_a_person=result.for_a_person and sentence == result.sentences[-1])


def _draft(kit: Kit, session: str) -> WrittenReport:
    """The draft that can be signed off. UsageProblem when there is none, or when it is signed off already."""
    events, draft, before = kit.journal.events(session), written_report(kit, session), signed_off(kit, session)
    if before is not None and is_signed_off(events):
        raise UsageProblem(
            f"{session} was signed off already, on {day(before.signed_on)} (minute {before.minute}).",
            not_happened="Nothing was changed.",
            next_step=f"If its data have changed since, audit-kit report {session} writes a new draft for the committee.",
        )
    if draft is None:
        raise UsageProblem(
            f"No report of {kit.session(session).ref} has been written yet.",
            not_happened=_NOT,
            next_step=f"Write the drafts with: audit-kit report {session}",
        )
    return draft


def _minute(typed: str) -> str:
    minute = minute_ref(typed)
    if not minute:
        raise UsageProblem(
            "The minute is not given as a reference.",
            not_happened=_NOT,
            next_step='Give letters and numbers such as "QASC 14/01/2027, item 6", 60 characters at most, and no names.',
        )
    return minute


def _final_papers(kit: Kit, session: AuditSession, confirmed: SignOff) -> tuple[list[Output], tuple[str, ...]]:
    """The final papers, and the titles of the report's sections in which nobody wrote."""
    from audit_kit.office.action_plan_document import plan_properties, write_action_plan_document
    from audit_kit.office.final_document import final_version
    from audit_kit.office.final_workbook import final_workbook
    from audit_kit.office.report_document import drawn_from, report_properties
    from audit_kit.office.report_document import write_report as write_document

    papers, draft = papers_of(session.ref), confirmed.draft
    report, plan, workbook = (_lying_there(kit, paper) for paper in papers[:3])
    if drawn_from(report) not in ("", f"{session.ref} {draft.mark}"):
        raise AuditKitError(
            "The report that lies in the draft's place was written from other data than the newest draft.",
            where=f"outbox/{papers[0].draft}",
            not_happened=_NOT,
            next_step=f"Put the newest draft there, or write it again with audit-kit report {session.ref}.",
        )
    content = replace(draft.content, status="", confirmed=confirmed.in_words())
    actions = replace(draft.plan, status="", confirmed=confirmed.in_words())
    of_report, of_plan = kit.template("audit_report.docx"), kit.template("action_plan.docx")
    properties = replace(report_properties(content), status="Final", written_on=confirmed.signed_on)
    first = final_version(
        report, write_document(of_report, draft.content), write_document(of_report, content), properties, name="report"
    )
    second = final_version(
        plan, write_action_plan_document(of_plan, draft.plan), write_action_plan_document(of_plan, actions),
        replace(plan_properties(actions), status="Final", written_on=confirmed.signed_on), name="action plan",
    )  # fmt: skip
    third = final_workbook(workbook, draft.plan.status, kit.config.board.name)
    page = _final_page(kit, session, confirmed, report, workbook)
    finals = (with_pages(kit, first.data, properties), second.data, third, page)
    return [Output(paper.final, data) for paper, data in zip(papers, finals, strict=True)], first.left_out


def _final_page(kit: Kit, session: AuditSession, confirmed: SignOff, report: bytes, workbook: bytes) -> bytes:
    """The page for the Executive and the Board, with the messages and owners that the committee confirmed.

    It says what the report and the plan's workbook say that lie before the committee. One that somebody changed by hand
    stays as it is, and only loses what makes it a draft.
    """
    from audit_kit.office.author_sections import author_sections
    from audit_kit.office.final_document import final_version
    from audit_kit.office.summary_document import summary_properties, write_summary

    content, template = confirmed.draft.content, kit.template("board_summary.docx")
    as_draft = board_summary(
        content, session.dates, status=content.status, messages=key_messages_in(author_sections(report)),
        actions=_system_actions(workbook),
    )  # fmt: skip
    as_final = replace(as_draft, status="", confirmed=confirmed.in_words())
    by_hand = changed_by_hand(kit, papers_of(session.ref)[3].draft)
    drawn_up = write_summary(template, as_draft)
    properties = replace(summary_properties(as_final), status="Final", written_on=confirmed.signed_on)
    return final_version(
        by_hand or drawn_up, drawn_up, write_summary(template, as_final), properties, name="page for the Board"
    ).data


def _system_actions(workbook: bytes) -> list[ActionLine]:
    """The system actions as the committee left them in the plan's workbook."""
    from audit_kit.office.action_plan_reading import read_progress
    from audit_kit.office.safe_read import Refused, read_safely

    try:
        lines = read_progress(read_safely(workbook))
    except (AuditKitError, Refused):
        raise AuditKitError(
            "The plan's workbook can't be read, or its headings are not found: Ref, Stream, Action, Owner, Due and the others.",
            not_happened=_NOT,
            next_step="Put the headings back as they were, save it as .xlsx, and sign off again.",
        ) from None
    system = (line for line in lines if line.stream == SYSTEM)
    return [
        ActionLine(line.ref, line.action, line.owner, day(line.due) if line.due else "no day yet") for line in system
    ]


def _lying_there(kit: Kit, paper: Paper) -> bytes:
    data = in_outbox(kit, paper.draft)
    if data is None:
        raise AuditKitError(
            "A draft that the committee confirmed is not in its place.",
            where=f"outbox/{paper.draft}",
            not_happened=_NOT,
            next_step="Put the version with the committee's changes there under this name, and sign off again.",
        )
    return data


def _told(
    kit: Kit, session: AuditSession, confirmed: SignOff, left_out: tuple[str, ...], replaced: list[Output]
) -> SignedOff:
    said = [
        f"{session.ref} is signed off (minute {confirmed.minute}). The final report and action plan are in outbox/reports; "
        f"the drafts were taken away. To pass the lessons on: outbox/team/{session.ref}_learning.xlsx."
    ]
    said += [f"The final version of before is kept as outbox/{one.path}." for one in replaced]
    if left_out:
        said.append(f"Left out of the report, because nobody wrote there: {enumerated(left_out)}.")
    now = drawn(kit, session)
    if not confirmed.draft.says_the_same_as(now.content):
        said.append(
            f"The data have changed since the draft was written, and the final papers say what the draft said. "
            f"{change_in_words(confirmed.draft.returns, now.returns)} audit-kit report {session.ref} writes a new draft."
        )
    return SignedOff(tuple(said), len(said) > 1 + len(replaced))
