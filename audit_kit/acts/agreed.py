"""What was agreed, recorded by a form in the inbox: the same decisions as by extend, allocate, reopen and hold.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": involvement is reviewed "within a defined time period",
and each audit is given to a lead "to complete or allocate".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.purging import hold
from audit_kit.acts.small_forms import AGREED, form_written
from audit_kit.domain import outputs
from audit_kit.domain.agreed_form import KEEP, LET_GO, agreed_form
from audit_kit.domain.check_code import form_code, is_right
from audit_kit.domain.dates import read_date
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef, is_session_ref, session_papers
from audit_kit.domain.retention import held_cases
from audit_kit.domain.scales import YES, chosen
from audit_kit.domain.session import AuditSession
from audit_kit.domain.tool import AuditTool
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.laid_out_form import FormCover
    from audit_kit.office.safe_read import WorkbookText

_SESSION, _CODE = "audit_kit_session", "audit_kit_code"
_KEPT = ("case", "agency", "until", "reopen", "keep")  # of a row that is given back: the others may hold a name


def form_of(session: AuditSession) -> AuditTool:
    """The form of a session, with its cases and agencies to choose from."""
    return agreed_form(tuple(case.ref for case in session.cases), tuple(agency.code for agency in session.agencies))


def blank_makers(kit: Kit) -> list[tuple[str, Callable[[], bytes]]]:
    """The form of each session, unless it lies there: somebody may be writing in it."""
    return [
        (_blank(session), partial(_written, kit, session, {}, {}))
        for session in kit.sessions()
        if not (kit.folders.outbox / _blank(session)).exists()
    ]


def take_agreed(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned form: each row is recorded once; a row that can't be is given back, with what is missing."""
    from audit_kit.office.forms import mark_of

    session = _session_of(kit, mark_of(book, _SESSION), mark_of(book, _CODE), place)
    form = form_of(session)
    read = answers_of(
        book,
        form,
        "The form of what was agreed",
        place,
        not_happened="Nothing was recorded.",
        next_step=f"Write it into a fresh copy of outbox/{_blank(session)}.",
    )
    again: dict[str, str] = {}
    asked: dict[str, str] = {}
    for question in form.sheet("agreed").questions:
        row = {
            field.id: read.answers.get(f"{question.ref}.{field.id}", "").strip()
            for field in form.sheet("agreed").fields
        }
        if not any(row.values()):
            continue
        try:
            for sentence in _recorded(kit, session, row):
                done.say(sentence, for_a_person="in question" in sentence)
        except UsageProblem as problem:
            again |= {f"{question.ref}.{field}": row[field] for field in _KEPT if row[field]}
            asked[f"{question.ref}.why"] = problem.sentence()
            done.say(f"{place}, row {question.number}: {problem.sentence()}", for_a_person=True)
    files = (
        [Output(outputs.for_team(f"{session.ref}_agreed-again.xlsx"), _written(kit, session, again, asked))]
        if asked
        else []
    )
    kit.vault.file_original(item.sha, session_papers(session.ref))
    event = kit.event(EventKind.RECEIVED, session.ref, item=item.sha)
    kit.carry_out(f"item:{item.sha}:{item.turn}", [event], files, closes_item=item.sha)
    kit.vault.unstage(item.sha)
    if asked:
        done.say(
            f"These rows are in outbox/team/{session.ref}_agreed-again.xlsx, with what is missing.", for_a_person=True
        )


def _recorded(kit: Kit, session: AuditSession, row: Mapping[str, str]) -> list[str]:
    """Record one row. UsageProblem when it names no audit or case, says nothing, or says it without a reason."""
    from audit_kit.acts.allocating import allocate
    from audit_kit.acts.deciding import extend, reopen  # with all of the report, which a blank form doesn't need

    audit = AuditRef(session.ref, row["case"], row["agency"])
    until, wants_reopening = read_date(row["until"]), chosen(row["reopen"], (YES,)) is not None
    keep = chosen(row["keep"], (KEEP, LET_GO))
    about_the_audit = bool(row["until"] or row["auditor"] or wants_reopening)
    if (about_the_audit or not keep) and audit not in kit.progress(session.ref):
        raise _incomplete("It names no audit that was asked for.", "Choose case and agency.")
    if session.case(row["case"]) is None:
        raise _incomplete("It names no case.", "Choose the case.")
    if not row["why"]:
        raise _incomplete("It has no reason.", "Say why.")
    if not (about_the_audit or keep):
        raise _incomplete(
            "It says nothing that was agreed.", "Give a day, a name, Yes to opening it again, or Keep for the case."
        )
    if row["until"] and until is None:
        raise _incomplete("Its day is no whole date.", "Write it as 2 Nov 2026.")
    said = []
    case = f"{session.ref}/{row['case']}"
    if keep and (keep == KEEP) is not (case in held_cases(kit.journal.events())):  # else a run was stopped after it
        said.append(hold(kit, case, row["why"], lift=keep == LET_GO))
    if wants_reopening:
        said.append(reopen(kit, audit, row["why"]))
    if row["auditor"]:
        said.append(allocate(kit, audit, row["auditor"], row["role"], row["why"]))
    if until is not None and kit.progress(session.ref)[audit].due != until:  # else a run was stopped after it
        said.append(extend(kit, audit, until, row["why"]))
    return said


def _incomplete(what: str, next_step: str) -> UsageProblem:
    return UsageProblem(what, not_happened="Nothing was recorded from this row.", next_step=next_step)


def _session_of(kit: Kit, ref: str, code: str, place: str) -> AuditSession:
    if not is_session_ref(ref) or not is_right((code,), form_code(kit.tool_secret, "agreed", ref)):
        raise AuditKitError(
            "This form of what was agreed is none that the kit wrote.",
            where=place,
            not_happened="Nothing was recorded.",
            next_step="Use the form in outbox/team.",
        )
    return kit.session(ref)


def _blank(session: AuditSession) -> str:
    return outputs.for_team(f"{session.ref}_agreed.xlsx")


def _written(kit: Kit, session: AuditSession, answers: Mapping[str, str], asked: Mapping[str, str]) -> bytes:
    return form_written(kit, AGREED, form_of(session), _cover(kit, session), answers=answers, asked=asked)


def _cover(kit: Kit, session: AuditSession) -> FormCover:
    from audit_kit.office.laid_out_form import FormCover

    return FormCover(
        kind="agreed",
        title="What was agreed with agencies",
        board=kit.config.board.name,
        reference=session.ref,
        marks={_SESSION: session.ref, _CODE: form_code(kit.tool_secret, "agreed", session.ref)},
    )
