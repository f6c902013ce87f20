"""The review workbook of a case: which words are in doubt there, as whom each can be replaced, and where it lies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit_kit.acts.documents import waiting_documents
from audit_kit.acts.feedback import waiting_feedback
from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.acts.small_forms import REVIEW, board_words, layouts_of, made_of
from audit_kit.acts.unmoved import look_at_what_moved
from audit_kit.domain import outputs
from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.review_form import review_form
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.kit import Kit

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.acts.workers import Workers
    from audit_kit.domain.tool import AuditTool
    from audit_kit.office.laid_out_form import FormCover

_MOST_PLACES = 6  # of one phrase, that a row shows
#: what a phrase can be replaced by besides the people of the case and what the kit proposes
_LABELS = (
    "Professional: social worker", "Professional: health visitor", "Professional: teacher", "Professional: police officer",
    "Professional: doctor", "Professional: nurse", "Professional", "Friend of the family", "Neighbour", "Another child",
    "[school]", "[nursery]", "[GP practice]", "[named place]", "[address]", "[reference number]", "[name]",
)  # fmt: skip


def write_review_workbooks(kit: Kit, workers: Workers, done: Pass) -> None:
    """Write the review workbook of every case that waits for one. ``workers``: they make them, where there are many.

    It is worked out from what waits, like the tracker, so it is written again when it is missing; while the
    phrases are the same, the one that lies there is left to the person who may be at work in it.
    """
    due = _due(kit)
    given = (_given(kit, one) for one in due)
    for one, protected in zip(due, workers.if_worth_it(len(due)).each(made, given), strict=True):
        kit.disk.write(kit.folders.outbox / place_of(one.session, one.case), protected)
        kit.vault.put_bytes(_written(one.session, one.case), one.digest)
        done.say(
            f"{one.session} {one.case}: {figure(len(one.doubts), 'phrase')} in doubt; the review workbook is in "
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
        one = _Due(session.ref, case.ref, open_doubts(kit, session.ref, case.ref))
        shown = _lies_there(kit, session.ref, case.ref) and kit.vault.get_bytes(_written(session.ref, case.ref))
        if one.doubts and shown != one.digest:
            yield one


def _lies_there(kit: Kit, session: str, case: str) -> bool:
    return (kit.folders.outbox / place_of(session, case)).exists()


def _written(session: str, case: str) -> str:
    """Under what name it is remembered what the last workbook of a case showed."""
    return f"reviews/{session}/{case}"


def place_of(session: str, case: str) -> str:
    """Where the review workbook of a case lies, until it is answered."""
    return outputs.restricted_for_team(f"{session}_{case}_review.xlsx")


def waiting_for(kit: Kit, session: str, case: str) -> list[AuditProgress]:
    """The audits of a case that are set aside."""
    found = kit.progress(session).values()
    return [one for one in found if one.audit.case == case and one.state is AuditState.SET_ASIDE]


def open_doubts(kit: Kit, session: str, case: str) -> tuple[DoubtfulPhrase, ...]:
    """Each phrase in doubt once, with the places where it stands: what is decided holds for all of them."""
    found: dict[str, list[DoubtfulPhrase]] = {}
    for doubt in (*waiting_documents(kit, session, case), *waiting_feedback(kit, session, case)):
        found.setdefault(doubt.phrase.casefold(), []).append(doubt)
    for progress in waiting_for(kit, session, case):
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


def _given(kit: Kit, due: _Due) -> tuple[object, ...]:
    """What ``made`` needs for one workbook."""
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
    form = review_form(case, len(doubts), labels_for(kit, session, case, doubts))
    words = {**board_words(kit.config), "case reference": f"case {case}"}
    return layouts_of(kit, REVIEW), form, cover, words, answers, password_for(kit, session, TEAM)


def made(
    layouts: tuple[bytes, ...], form: AuditTool, cover: FormCover, words: dict[str, str], answers: dict[str, str],
    password: str,
) -> bytes:  # fmt: skip
    """The workbook, protected: it shows words that may be a name."""
    from audit_kit.office.protect import protect

    return protect(made_of(layouts, REVIEW, form, cover, words, answers), password)


def labels_for(kit: Kit, session: str, case: str, doubts: tuple[DoubtfulPhrase, ...]) -> tuple[str, ...]:
    """As whom a phrase of this case can be replaced."""
    people = [label for label, _ in kit.register_of(session, case, "labels for a review").labelled()]
    return tuple(dict.fromkeys((*people, *(doubt.suggestion for doubt in doubts if doubt.suggestion), *_LABELS)))


def figure(number: int, what: str) -> str:
    """So many of this, in figures."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
