"""Quality assurance by a person: a workbook a case, a page a return; what is marked there is carried out once.

It is one more door to ``deciding.accept`` and ``deciding.send_back``: the same decisions, events and papers.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "On completion, the audits will be quality assured
by the LSCB and returned if they are not sufficiently robust, or comprehensive."
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.deciding import accept, send_back, without_names
from audit_kit.acts.papers import tool_of
from audit_kit.acts.qa_papers import given_back, keep_given_back
from audit_kit.domain.progress import AuditProgress, EventKind
from audit_kit.domain.qa_form import ACCEPT, QaMarks, page_of, read_form, read_page, version_of
from audit_kit.domain.references import AuditRef, is_case_ref, is_session_ref
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.states import AuditState
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.quality_assurance import elsewhere_of
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText


def take_qa(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned QA workbook: each page that was marked is carried out; the others stay undecided.

    A mark that is unfinished, contradicts itself or is about a return that has changed since is not taken, and said
    so in words; what was typed comes back marked in the next workbook, names taken out.
    """
    from audit_kit.office.form_grid import grids_of

    session, case = _case_of(kit, book, place)
    pages = {
        sheet: [ref for grid in grids for ref in grid.refs.values()]
        for sheet, grids in grids_of(book).items() if page_of(sheet)
    }  # fmt: skip
    read = answers_of(
        book,
        read_form(pages),
        f"The QA workbook of {case}",
        place,
        not_happened="No decision was taken from it; the returns are still with the reviewer.",
        next_step="Decide in the workbook in outbox/team/with-reviewer, without adding or removing rows and sheets.",
    )
    counts = {"accepted": 0, "sent back": 0, "not taken": 0}
    for page in pages:
        agency, version = page_of(page) or ("", "")
        outcome = _take_page(kit, AuditRef(session, case, agency), version, read.answers, read.formulas, done)
        if outcome:
            counts[outcome] += 1
    kit.vault.file_original(item.sha, f"{session}/{case}")
    codes = tuple((name, str(count)) for name, count in counts.items())
    event = kit.event(EventKind.QA_TAKEN, session, case, item=item.sha, codes=codes)
    kit.carry_out(f"item:{item.sha}:{item.turn}", [event], closes_item=item.sha)
    kit.vault.unstage(item.sha)
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing was marked in it"
    done.say(f"{session} {case}: the QA workbook was taken: {told}.", for_a_person=counts["not taken"] > 0)


def _case_of(kit: Kit, book: WorkbookText, place: str) -> tuple[str, str]:
    from audit_kit.office.forms import mark_of

    session, case = mark_of(book, "audit_kit_session"), mark_of(book, "audit_kit_case")
    if not is_session_ref(session) or not is_case_ref(case) or kit.session(session).case(case) is None:
        raise AuditKitError(
            "The QA workbook names no case that stands here.",
            where=place,
            not_happened="No decision was taken from it.",
            next_step="Decide in the QA workbook in outbox/team/with-reviewer.",
        )
    return session, case


def _take_page(
    kit: Kit, audit: AuditRef, version: str, answers: Mapping[str, str], formulas: frozenset[str], done: Pass
) -> str:
    """Carry out one page; gives what became of it, "" for a page that was left blank."""
    progress = kit.progress(audit.session).get(audit)
    kept = kit.vault.get(f"returns/{audit.file_stem(progress.round)}", AnonymisedReturn) if progress else None
    offered = dict(elsewhere_of(tool_of(kit, kit.session(audit.session), audit), kept)) if kept else {}
    marks = read_page(answers, audit.agency, offered)
    stuck = {
        ref.removeprefix(f"{audit.agency}.").rpartition(".")[0]
        for ref in formulas
        if ref.startswith(f"{audit.agency}.")
    }
    if marks.blank and not stuck:
        return ""
    if (
        progress is None
        or kept is None
        or version != version_of(progress)
        or progress.state is not AuditState.WITH_REVIEWER
    ):
        done.say(f"{audit}: {_why_stale(kit, audit, progress)} Your mark was not taken.", for_a_person=True)
        return "not taken"
    problems = {**marks.problems, **dict.fromkeys(stuck, "type words here: a formula is no decision")}
    problems |= _names_in(kit, audit, marks)
    if not problems:
        problems = _carry_out(kit, audit, marks, done)
    if problems:
        _give_back(kit, audit, version, marks, problems)
        done.say(f"{audit}: {_sentence(problems)} Nothing was decided. The page comes back marked.", for_a_person=True)
        return "not taken"
    _forget(kit, audit)
    return "accepted" if marks.decision == ACCEPT else "sent back"


def _carry_out(kit: Kit, audit: AuditRef, marks: QaMarks, done: Pass) -> dict[str, str]:
    """Do what the page says, by the same acts as the commands; gives what stood in the way, if anything."""
    try:
        if marks.decision == ACCEPT:
            done.say(accept(kit, audit, marks.reason, marks.who))
        else:
            done.say(send_back(kit, audit, marks.reason, marks.asked, marks.who))
    except AuditKitError as problem:
        return {"decision": problem.sentence()}
    return {}


def _names_in(kit: Kit, audit: AuditRef, marks: QaMarks) -> dict[str, str]:
    """The rows whose words would go to the agency and may name somebody."""
    if marks.decision == ACCEPT:
        return {}
    found = {}
    for row, text in marks.typed.items():
        if not row.endswith(".mark") or row in ("decision.mark", "who.mark"):
            continue
        try:
            without_names(kit, audit, text)
        except UsageProblem:
            found[row.removesuffix(".mark")] = "a word here may be somebody's name: say it with roles"
    return found


def _why_stale(kit: Kit, audit: AuditRef, progress: AuditProgress | None) -> str:
    """Why a page does not decide this return: it was decided before, or it is another return now."""
    if progress is None:
        return "no such audit was asked for."
    decided = (EventKind.ACCEPTED, EventKind.SENT_BACK)
    last = [
        event for event in kit.journal.events(audit.session)
        if event.kind in decided and AuditRef(event.session, event.case, event.agency) == audit
    ]  # fmt: skip
    if last and progress.state is not AuditState.WITH_REVIEWER:
        local = last[-1].at.astimezone()
        return (
            f"it was already decided: {last[-1].kind} on {in_words(local.date())} at {local:%H:%M}, by {last[-1].by}."
        )
    return "it has changed since the workbook was written (another round, or something new was pointed out)."


def _sentence(problems: Mapping[str, str]) -> str:
    """What is wrong with a page, in the words of its rows."""
    names = {"decision": "Decision", "reason": "Reason", "who": "Who decides"}
    return "; ".join(f"{names.get(row, row)} – {what}" for row, what in problems.items()).rstrip(".") + "."


def _give_back(kit: Kit, audit: AuditRef, version: str, marks: QaMarks, problems: dict[str, str]) -> None:
    """Keep the marks for the next workbook, as they may be read in the outbox: names taken out, doubts hidden."""
    typed = {row: without_names(kit, audit, text, hide_doubts=True) for row, text in marks.typed.items()}
    others = given_back(kit, audit.session, audit.case)
    keep_given_back(kit, audit.session, audit.case, {**others, audit.agency: (version, typed, problems)})


def _forget(kit: Kit, audit: AuditRef) -> None:
    known = given_back(kit, audit.session, audit.case)
    if audit.agency in known:
        left = {agency: marks for agency, marks in known.items() if agency != audit.agency}
        keep_given_back(kit, audit.session, audit.case, left)
