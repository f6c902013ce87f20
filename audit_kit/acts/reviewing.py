"""Words in doubt: decided once by a person, in one review workbook a case, applied to every waiting return.

Nothing is released while a doubt is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_kit.acts.case_names import anonymiser_of, roster_kept
from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.documents import take_up_waiting
from audit_kit.acts.feedback import take_up_feedback
from audit_kit.acts.kept_words import KEPT_EVERYWHERE
from audit_kit.acts.review_papers import figure, labels_for, open_doubts, place_of, waiting_for
from audit_kit.acts.scanning import registers_of
from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.masked import Decision
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import is_case_ref, is_session_ref
from audit_kit.domain.review_form import KEEP_EVERYWHERE, REPLACE, Marks, read_marks, review_form
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.privacy import KeepWords, ResidualScan
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText


def take_review(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned review workbook: remember the decisions, and let everything that waits for the case be read again.

    Only phrases that are or were in doubt are decided; a phrase decided twice in two ways stays open, and so does a
    replacement whose label holds a name. AuditKitError for a workbook of no case that stands here, and for one in which
    it is not certain which decision belongs to which phrase: a child's name might be kept.
    """
    from audit_kit.office.forms import mark_of

    session, case = (mark_of(book, name) for name in ("audit_kit_session", "audit_kit_case"))
    if not is_session_ref(session) or not is_case_ref(case) or kit.session(session).case(case) is None:
        raise AuditKitError(
            "The review workbook names no case that stands here.",
            where=place,
            not_happened="No decision was taken from it.",
            next_step="Use the review workbook in outbox/team/restricted.",
        )
    rows = sum(name.startswith("ans_doubt_") for name in book.defined_names)
    answers = answers_of(
        book,
        review_form(case, rows, ()),
        f"The review workbook of {case}",
        place,
        not_happened="No decision was taken from it; its returns still wait.",
        next_step="Decide in the fresh one in outbox/team/restricted, without adding, removing or sorting rows.",
        formulas_too=True,
    ).answers
    marks = read_marks(answers, rows, {*open_phrases(kit, session, case), *phrases_decided(kit, session, case)})
    kit.vault.file_original(item.sha, f"{session}/{case}")
    settled = settle(kit, session, case, marks.decided, f"item:{item.sha}:{item.turn}", done, item=item.sha)
    kit.vault.unstage(item.sha)
    done.say(
        f"{settled.sentence}{_what_was_not_taken(marks, settled.named, settled.settled)}",
        for_a_person=settled.left > 0 or len(marks.decided) > settled.taken,
    )
    take_up_waiting(kit, session, case, done)
    take_up_feedback(kit, session, case, done)


@dataclass(frozen=True)
class Settled:
    """What came of decisions about phrases in doubt, in figures: never the words."""

    taken: int
    settled: int  # decided before in another way, and left as it was
    named: int  # the label holds a name, or what may be one
    left: int  # still open
    sentence: str


def settle(
    kit: Kit,
    session: str,
    case: str,
    wanted: tuple[Decision, ...],
    batch: str,
    done: Pass,
    *,
    item: str = "",
    note: str = "",
) -> Settled:
    """Remember these decisions, and let everything that waits for the case be read again: by workbook and by command.

    A phrase is decided once; only one that was kept by mistake can still be replaced. ``batch``: so that a run that was
    stopped brings it about once. ``item``: the workbook that they came in, which is closed with it.
    """
    earlier = _decisions(kit, session, case)
    waiting = waiting_for(kit, session, case)
    in_doubt = open_doubts(kit, session, case)
    open_now = {doubt.phrase for doubt in in_doubt}
    offered = labels_for(kit, session, case, in_doubt)
    allowed = tuple(
        one for one in wanted if one.label in ("", *offered) or not _names_somebody(kit, session, case, one.label)
    )
    before = [one for one in allowed if _was_settled(one, earlier, open_now)]
    decided = tuple(one for one in allowed if one not in before)
    if not item and not decided:
        return Settled(0, len(before), len(wanted) - len(allowed), len(open_now), "")  # a command that decides nothing
    kept = tuple(one for one in earlier if one.phrase not in {decision.phrase for decision in decided})
    kit.vault.put(f"decisions/{session}/{case}", (*kept, *decided), tuple[Decision, ...])
    _keep_everywhere(kit, session, decided, done)
    codes = (("decided", str(len(decided))),)
    event = kit.event(EventKind.DOUBTS_DECIDED, session, case, item=item, codes=codes, note=note)
    again = [progress.item for progress in waiting]
    kit.carry_out(batch, [event], closes_item=item, reopens_items=again)
    kit.withdraw(place_of(session, case))
    left = len(open_now - {one.phrase for one in decided})
    return Settled(
        len(decided),
        len(before),
        len(wanted) - len(allowed),
        left,
        f"{session} {case}: {figure(len(decided), 'phrase')} decided{f', {left} still open' if left else ''}. "
        f"Read again: {figure(len(again), 'return')}.",
    )


def _decisions(kit: Kit, session: str, case: str) -> tuple[Decision, ...]:
    return kit.vault.get(f"decisions/{session}/{case}", tuple[Decision, ...]) or ()


def phrases_decided(kit: Kit, session: str, case: str) -> dict[str, Decision]:
    """The phrases of a case that a person has decided, each with what was decided."""
    return {one.phrase: one for one in _decisions(kit, session, case)}


def open_phrases(kit: Kit, session: str, case: str) -> dict[str, DoubtfulPhrase]:
    """The phrases of a case that wait for a decision, each with all its places, in the order of the workbook."""
    return {doubt.phrase: doubt for doubt in open_doubts(kit, session, case)}


def labels_offered(kit: Kit, session: str, case: str) -> tuple[str, ...]:
    """As whom a phrase of this case can be replaced, whatever is in doubt there."""
    return labels_for(kit, session, case, tuple(open_phrases(kit, session, case).values()))


def _was_settled(one: Decision, earlier: tuple[Decision, ...], open_now: set[str]) -> bool:
    """Whether this phrase was decided before in another way. What was kept by mistake can still be replaced."""
    before = next((decision for decision in earlier if decision.phrase.casefold() == one.phrase.casefold()), None)
    if before is None or before == one or one.phrase in open_now:
        return False
    return before.action == REPLACE.casefold() or one.action != REPLACE.casefold()


def _what_was_not_taken(marks: Marks, named: int, settled: int) -> str:
    """What the person who filled it in must know, in counts: never the words."""
    said = ""
    if marks.contradictory:
        said += f" Decided in two ways, and still open: {figure(marks.contradictory, 'phrase')}."
    if marks.unknown:
        said += f" Not taken, because their phrases are not in doubt: {figure(marks.unknown, 'row')}."
    if marks.unclear:
        said += " Begun and not finished (choose a decision from the list, and for Replace also as whom): "
        said += f"{figure(marks.unclear, 'row')}."
    if settled:
        said += f" Decided before in another way, and left as it was: {figure(settled, 'phrase')}."
    if named:
        said += f" Not taken, because the label holds a name or what may be one (choose a role instead): {figure(named, 'row')}."
    return said


def _names_somebody(kit: Kit, session: str, case: str, label: str) -> bool:
    """Whether a label that a person typed, and that was not offered, would itself give somebody away or might."""
    roster = roster_kept(kit, session, case)
    masked = anonymiser_of(kit, session, case, "review of labels", roster).mask(label)
    return bool(masked.replacements or masked.doubts)


def _keep_everywhere(kit: Kit, session: str, decided: tuple[Decision, ...], done: Pass) -> None:
    """Phrases that name nobody in any case, for every later text. Not one that is somebody's name in this session."""
    wanted = [one.phrase for one in decided if one.action == KEEP_EVERYWHERE.casefold()]
    if not wanted:
        return
    registers = registers_of(kit, kit.session(session), "review: keep everywhere")
    scans = [ResidualScan(register, KeepWords.standard()) for register in registers]
    free = [phrase for phrase in wanted if not any(scan.find(phrase) for scan in scans)]
    known = kit.vault.get(KEPT_EVERYWHERE, tuple[str, ...]) or ()
    kit.vault.put(KEPT_EVERYWHERE, tuple(dict.fromkeys((*known, *free))), tuple[str, ...])
    if len(free) < len(wanted):
        done.say(
            f"{len(wanted) - len(free)} phrases are registered names in another case: they are kept in this case only.",
            for_a_person=True,
        )
