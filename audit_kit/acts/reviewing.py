"""Words in doubt: one review workbook a case, decided once by a person, applied to every waiting return.

Nothing is released while a doubt is open.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.domain import outputs
from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.masked import Decision
from audit_kit.domain.progress import AuditProgress, EventKind
from audit_kit.domain.references import is_case_ref, is_session_ref
from audit_kit.domain.review_form import ACTIONS, REPLACE, review_form
from audit_kit.domain.scales import chosen
from audit_kit.domain.states import AuditState
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText

_LABELS = ("Professional: social worker", "Professional: teacher", "Person 1", "School", "Mother", "Father", "Sibling")


def write_review_workbooks(kit: Kit, done: Pass) -> None:
    """Write the review workbook of every case that waits for one.

    It is worked out from what waits, like the tracker, so it is written again when it is missing; while the
    phrases are the same, the one that lies there is left to the person who may be at work in it.
    """
    for (session, case), waiting in _waiting(kit).items():
        doubts = _open_doubts(kit, session, case, waiting)
        place, written = _place(session, case), f"reviews/{session}/{case}"
        digest = hashlib.sha256("\n".join(f"{doubt.phrase}|{doubt.context}" for doubt in doubts).encode()).digest()
        if not doubts or (kit.vault.get_bytes(written) == digest and (kit.folders.outbox / place).exists()):
            continue
        kit.disk.write(kit.folders.outbox / place, _workbook(kit, session, case, doubts))
        kit.vault.put_bytes(written, digest)
        done.say(
            f"{session} {case}: {len(doubts)} phrases in doubt; the review workbook is in outbox/team/restricted "
            f"(password: audit-kit password TEAM --session {session}).",
            for_a_person=True,
        )


def _place(session: str, case: str) -> str:
    """Where the review workbook of a case lies, until it is answered."""
    return outputs.restricted_for_team(f"{session}_{case}_review.xlsx")


def _waiting(kit: Kit) -> dict[tuple[str, str], list[AuditProgress]]:
    """The audits that are set aside, by session and case."""
    found: dict[tuple[str, str], list[AuditProgress]] = {}
    for progress in kit.progress().values():
        if progress.state is AuditState.SET_ASIDE:
            found.setdefault((progress.audit.session, progress.audit.case), []).append(progress)
    return found


def _open_doubts(kit: Kit, session: str, case: str, waiting: list[AuditProgress]) -> tuple[DoubtfulPhrase, ...]:
    """Each phrase in doubt once, with one place where it stands."""
    found: dict[str, DoubtfulPhrase] = {}
    for progress in waiting:
        for doubt in (
            kit.vault.get(f"doubts/{session}/{case}/{progress.audit.agency}", tuple[DoubtfulPhrase, ...]) or ()
        ):
            found.setdefault(doubt.phrase.casefold(), doubt)
    return tuple(found[key] for key in sorted(found))


def _workbook(kit: Kit, session: str, case: str, doubts: tuple[DoubtfulPhrase, ...]) -> bytes:
    from audit_kit.office.form_workbook import FormCover, write_form
    from audit_kit.office.protect import protect

    answers = {}
    for number, doubt in enumerate(doubts, start=1):
        answers |= {
            f"doubt.{number}.phrase": doubt.phrase,
            f"doubt.{number}.context": doubt.context,
            f"doubt.{number}.why": doubt.why,
            f"doubt.{number}.label": doubt.suggestion,
        }
    cover = FormCover(
        kind="review",
        title=f"Words in doubt, case {case}",
        board=kit.config.board.name,
        reference=f"{session} {case}",
        lines=(
            "Choose a decision in every row. Until then, no return of this case goes on.",
            "Save it, and move it into the inbox folder. What you decide holds for every return of the case.",
            "It shows words that may be names: keep no other copy, and don't send it on.",
        ),
        marks={"audit_kit_session": session, "audit_kit_case": case},
    )
    data = write_form(review_form(case, len(doubts), _LABELS), cover, answers)
    return protect(data, password_for(kit, session, TEAM))


def take_review(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned review workbook: remember the decisions, and let every waiting return of the case be read again."""
    from audit_kit.office.forms import read_answers

    session, case = (_mark(book, name) for name in ("audit_kit_session", "audit_kit_case"))
    if not is_session_ref(session) or not is_case_ref(case) or kit.session(session).case(case) is None:
        raise AuditKitError(
            "The review workbook names no case that stands here.",
            where=place,
            not_happened="No decision was taken from it.",
            next_step="Use the review workbook in outbox/team/restricted.",
        )
    rows = sum(name.startswith("ans_doubt_") for name in book.defined_names)
    read = read_answers(book, review_form(case, rows, _LABELS))
    decided = tuple(
        Decision(phrase, action.casefold(), read.answers.get(f"doubt.{number}.label", "").strip())
        for number in range(1, rows + 1)
        if (phrase := read.answers.get(f"doubt.{number}.phrase", ""))
        and (action := chosen(read.answers.get(f"doubt.{number}.action", ""), ACTIONS))
        and (action != REPLACE or read.answers.get(f"doubt.{number}.label", "").strip())
    )
    earlier = kit.vault.get(f"decisions/{session}/{case}", tuple[Decision, ...]) or ()
    kept = tuple(one for one in earlier if one.phrase not in {decision.phrase for decision in decided})
    kit.vault.put(f"decisions/{session}/{case}", (*kept, *decided), tuple[Decision, ...])
    kit.vault.file_original(item.sha, f"{session}/{case}")
    event = kit.event(EventKind.DOUBTS_DECIDED, session, case, item=item.sha, codes=(("decided", str(len(decided))),))
    waiting = [progress.item for progress in _waiting(kit).get((session, case), [])]
    kit.carry_out(f"item:{item.sha}:{item.turn}", [event], closes_item=item.sha, reopens_items=waiting)
    kit.vault.unstage(item.sha)
    kit.withdraw(_place(session, case))
    left = rows - len(decided)
    undecided = f", {left} still open" if left else ""
    done.say(
        f"{session} {case}: {len(decided)} phrases decided{undecided}. {len(waiting)} returns are read again.",
        for_a_person=left > 0,
    )


def _mark(book: WorkbookText, name: str) -> str:
    return book.properties.get(name, "") or book.defined_names.get(name, "").strip('="')
