"""Words in doubt: one review workbook a case, decided once by a person, applied to every waiting return.

Nothing is released while a doubt is open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit_kit.acts.case_names import anonymiser_of, roster_kept
from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.documents import take_up_waiting, waiting_documents
from audit_kit.acts.feedback import take_up_feedback, waiting_feedback
from audit_kit.acts.kept_words import KEPT_EVERYWHERE
from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.acts.scanning import registers_of
from audit_kit.acts.small_forms import REVIEW, form_written
from audit_kit.acts.unmoved import look_at_what_moved
from audit_kit.domain import outputs
from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.masked import Decision
from audit_kit.domain.progress import AuditProgress, EventKind
from audit_kit.domain.references import is_case_ref, is_session_ref
from audit_kit.domain.review_form import KEEP_EVERYWHERE, REPLACE, Marks, read_marks, review_form
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.privacy import KeepWords, ResidualScan
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText

_MOST_PLACES = 6  # of one phrase, that a row shows
#: what a phrase can be replaced by besides the people of the case and what the kit proposes
_LABELS = (
    "Professional: social worker", "Professional: health visitor", "Professional: teacher", "Professional: police officer",
    "Professional: doctor", "Professional: nurse", "Professional", "Friend of the family", "Neighbour", "Another child",
    "[school]", "[nursery]", "[GP practice]", "[named place]", "[address]", "[reference number]", "[name]",
)  # fmt: skip


def write_review_workbooks(kit: Kit, done: Pass) -> None:
    """Write the review workbook of every case that waits for one.

    It is worked out from what waits, like the tracker, so it is written again when it is missing; while the
    phrases are the same, the one that lies there is left to the person who may be at work in it.
    """
    from audit_kit.office.protect import protect

    for one in _due(kit):
        protected = protect(_workbook(kit, one), password_for(kit, one.session, TEAM))
        kit.disk.write(kit.folders.outbox / _place(one.session, one.case), protected)
        kit.vault.put_bytes(_written(one.session, one.case), one.digest)
        done.say(
            f"{one.session} {one.case}: {_figure(len(one.doubts), 'phrase')} in doubt; the review workbook is in "
            f"outbox/team/restricted (password: audit-kit password TEAM --session {one.session}).",
            for_a_person=True,
        )


@dataclass(frozen=True)
class _Due:
    """A review workbook that is to be written."""

    session: str
    case: str
    doubts: tuple[DoubtfulPhrase, ...]

    @property
    def digest(self) -> bytes:
        """Changes whenever a row would read differently."""
        return hashlib.sha256("\n".join(f"{one.phrase}|{one.context}" for one in self.doubts).encode()).digest()


def _due(kit: Kit) -> tuple[_Due, ...]:
    """The cases that wait for a workbook, but for those whose lies there and shows the same."""
    due: list[_Due] = []

    def look(session: AuditSession) -> bool:
        found = tuple(_due_of(kit, session))
        due.extend(found)
        return not found

    def lie_there(session: AuditSession) -> tuple[bool, ...]:
        return tuple(_lies_there(kit, session.ref, case.ref) for case in session.cases)

    look_at_what_moved(kit, "review workbooks", look, lie_there)
    return tuple(due)


def _due_of(kit: Kit, session: AuditSession) -> Iterator[_Due]:
    for case in session.cases:
        one = _Due(session.ref, case.ref, _open_doubts(kit, session.ref, case.ref))
        shown = _lies_there(kit, session.ref, case.ref) and kit.vault.get_bytes(_written(session.ref, case.ref))
        if one.doubts and shown != one.digest:
            yield one


def _lies_there(kit: Kit, session: str, case: str) -> bool:
    return (kit.folders.outbox / _place(session, case)).exists()


def _written(session: str, case: str) -> str:
    """Under what name it is remembered what the last workbook of a case showed."""
    return f"reviews/{session}/{case}"


def _place(session: str, case: str) -> str:
    """Where the review workbook of a case lies, until it is answered."""
    return outputs.restricted_for_team(f"{session}_{case}_review.xlsx")


def _waiting(kit: Kit, session: str, case: str) -> list[AuditProgress]:
    """The audits of a case that are set aside."""
    found = kit.progress(session).values()
    return [one for one in found if one.audit.case == case and one.state is AuditState.SET_ASIDE]


def _open_doubts(kit: Kit, session: str, case: str) -> tuple[DoubtfulPhrase, ...]:
    """Each phrase in doubt once, with the places where it stands: what is decided holds for all of them."""
    found: dict[str, list[DoubtfulPhrase]] = {}
    for doubt in (*waiting_documents(kit, session, case), *waiting_feedback(kit, session, case)):
        found.setdefault(doubt.phrase.casefold(), []).append(doubt)
    for progress in _waiting(kit, session, case):
        name = f"doubts/{session}/{case}/{progress.audit.agency}"
        for doubt in kit.vault.get(name, tuple[DoubtfulPhrase, ...]) or ():
            found.setdefault(doubt.phrase.casefold(), []).append(doubt)
    return tuple(_with_all_its_places(found[key]) for key in sorted(found))


def _with_all_its_places(doubts: list[DoubtfulPhrase]) -> DoubtfulPhrase:
    """The same phrase with what stands around it each time. "Hope" may be a word here and a child there."""
    places = list(dict.fromkeys(" ".join(doubt.context.split()) for doubt in doubts))
    if len(places) == 1:
        return replace(doubts[0], context=places[0])
    lines = [f"{number}. … {place} …" for number, place in enumerate(places[:_MOST_PLACES], start=1)]
    if len(places) > _MOST_PLACES:
        lines.append(f"and in {len(places) - _MOST_PLACES} more places")
    return replace(doubts[0], context="\n".join(lines))


def _workbook(kit: Kit, due: _Due) -> bytes:
    """The workbook, not yet protected."""
    from audit_kit.office.laid_out_form import FormCover

    session, case, doubts = due.session, due.case, due.doubts
    answers: dict[str, str] = {}
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
        marks={"audit_kit_session": session, "audit_kit_case": case},
    )
    form = review_form(case, len(doubts), _labels(kit, session, case, doubts))
    return form_written(kit, REVIEW, form, cover, {"case reference": f"case {case}"}, answers)


def _labels(kit: Kit, session: str, case: str, doubts: tuple[DoubtfulPhrase, ...]) -> tuple[str, ...]:
    """As whom a phrase of this case can be replaced."""
    people = [label for label, _ in kit.register_of(session, case, "labels for a review").labelled()]
    return tuple(dict.fromkeys((*people, *(doubt.suggestion for doubt in doubts if doubt.suggestion), *_LABELS)))


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
    waiting = _waiting(kit, session, case)
    in_doubt = _open_doubts(kit, session, case)
    open_now = {doubt.phrase for doubt in in_doubt}
    offered = _labels(kit, session, case, in_doubt)
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
    kit.withdraw(_place(session, case))
    left = len(open_now - {one.phrase for one in decided})
    return Settled(
        len(decided),
        len(before),
        len(wanted) - len(allowed),
        left,
        f"{session} {case}: {_figure(len(decided), 'phrase')} decided{f', {left} still open' if left else ''}. "
        f"Read again: {_figure(len(again), 'return')}.",
    )


def _decisions(kit: Kit, session: str, case: str) -> tuple[Decision, ...]:
    return kit.vault.get(f"decisions/{session}/{case}", tuple[Decision, ...]) or ()


def phrases_decided(kit: Kit, session: str, case: str) -> dict[str, Decision]:
    """The phrases of a case that a person has decided, each with what was decided."""
    return {one.phrase: one for one in _decisions(kit, session, case)}


def open_phrases(kit: Kit, session: str, case: str) -> dict[str, DoubtfulPhrase]:
    """The phrases of a case that wait for a decision, each with all its places, in the order of the workbook."""
    return {doubt.phrase: doubt for doubt in _open_doubts(kit, session, case)}


def labels_offered(kit: Kit, session: str, case: str) -> tuple[str, ...]:
    """As whom a phrase of this case can be replaced, whatever is in doubt there."""
    return _labels(kit, session, case, tuple(open_phrases(kit, session, case).values()))


def review_workbooks(kit: Kit) -> Pass:
    """Write what ``write_review_workbooks`` writes, by itself: after a command that met words in doubt."""
    from audit_kit.acts.inbox import Pass

    done = Pass()
    write_review_workbooks(kit, done)
    return done


def _figure(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


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
        said += f" Decided in two ways, and still open: {_figure(marks.contradictory, 'phrase')}."
    if marks.unknown:
        said += f" Not taken, because their phrases are not in doubt: {_figure(marks.unknown, 'row')}."
    if marks.unclear:
        said += " Begun and not finished (choose a decision from the list, and for Replace also as whom): "
        said += f"{_figure(marks.unclear, 'row')}."
    if settled:
        said += f" Decided before in another way, and left as it was: {_figure(settled, 'phrase')}."
    if named:
        said += f" Not taken, because the label holds a name or what may be one (choose a role instead): {_figure(named, 'row')}."
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
