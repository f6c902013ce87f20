"""A family's feedback form that came back: risk first, then names out, doubts to review, the rest kept for the report.

Source: Multi-Agency Case Audit Process (Sept 2017), "Introduction": "importantly, the views of children, young people
and their families".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_kit.acts.case_names import anonymiser_of, roster_kept
from audit_kit.acts.concerns import raise_from_family
from audit_kit.acts.engaging import engagement, issued_form
from audit_kit.domain import outputs
from audit_kit.domain.check_code import form_code, is_right
from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.engagement import EngagementProgress, FamilyRef
from audit_kit.domain.feedback_form import FORMS, FeedbackForm, answers_in
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import is_case_ref, is_session_ref
from audit_kit.domain.text_document import TextDocument
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.privacy import Strangers
from audit_kit.stages.feedback import BESIDE, Voice, as_blocks, tells_of_risk, without_names
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.word_form import WordForm

_NOTE = (
    "What families told us, names taken out. For whoever writes the report: tell what was said in your own words. Quote "
    "word for word only where nobody could be recognised by it and the Board manager has cleared it."
)


@dataclass(frozen=True)
class Waiting:
    """A form as it was read, sealed until its words in doubt are decided."""

    number: int
    kind: str
    received: str
    answers: tuple[tuple[str, str], ...]


def escalate_feedback(kit: Kit, item: Item, data: bytes, done: Pass) -> None:
    """Pass on at once what a form says of somebody who may not be safe, whatever else is wrong with it."""
    form, properties = _form_in(data)
    own = _own(kit, properties)
    form = form.as_answers_to(own) or form
    if not tells_of_risk(form.ticked, (*form.typed.values(), *_beside(form, own))):
        return
    session, case = properties.get("audit_kit_session", ""), properties.get("audit_kit_case", "")
    stands = (
        is_session_ref(session) and session in {one.ref for one in kit.sessions()} and kit.session(session).case(case)
    )
    raise_from_family(
        kit, item, *((session, case) if stands else ("", "")), not_safe="safe.3" in form.ticked, done=done
    )


def take_feedback(kit: Kit, item: Item, data: bytes, place: str, done: Pass) -> None:
    """Take one feedback form: kept for the report without names, or waiting sealed for words to be decided.

    AuditKitError when it is none that was sent out, its boxes can't be told apart, or nothing stands in it.
    """
    form, properties = _form_in(data)
    one, kind = _whose(kit, properties, place)
    answers = _answers(form, _own(kit, properties), one.ref, kind, place)
    digest = form_code(kit.tool_secret, "answers", str(one.ref), json.dumps(answers))
    if any(event.code("answers") == digest for event in kit.journal.events(one.ref.session)):
        _close(kit, item, one.ref, EventKind.DUPLICATE)
        done.say(f"{one.ref}: the same feedback came again in another file. It is kept; nothing is done twice.")
        return
    received = item.received.astimezone().date().isoformat()
    waiting = Waiting(one.ref.number, kind.kind, received, answers)
    kit.vault.put(_waiting_name(one.ref, item.sha), waiting, Waiting)
    again = " It is not the first from this person: both are kept." if one.forms else ""
    done.say(f"{one.ref}: feedback came in.{again}")
    _go_on(kit, one.ref, item.sha, done)  # before the item is closed: stopped in between, the next run does it again
    _close(kit, item, one.ref, EventKind.FEEDBACK_RECEIVED, ("form", kind.kind), ("answers", digest))


def _answers(
    form: WordForm, own: WordForm, ref: FamilyRef, kind: FeedbackForm, place: str
) -> tuple[tuple[str, str], ...]:
    """What was answered, box by box and beside them."""
    known = form.as_answers_to(own)
    if known is None:
        raise AuditKitError(
            f"The feedback form {ref} came back with its boxes changed, so that answers could be put in the wrong place.",
            where=place,
            not_happened="No answer was taken from it.",
            next_step="Copy the answers into the form in outbox/team/engagement, and move that into the inbox.",
        )
    answers = answers_in(kind, known.typed, known.ticked)
    beside = "\n".join(_beside(form, own))
    answers += ((BESIDE[0], beside),) if beside else ()
    if not answers:
        raise AuditKitError(
            f"Nothing is filled in in the feedback form {ref}.",
            where=place,
            not_happened="No answer was taken from it.",
            next_step="Ask whoever brought it; if the person would rather not answer, record that with audit-kit engagement.",
        )
    return answers


def _close(kit: Kit, item: Item, ref: FamilyRef, kind: EventKind, *codes: tuple[str, str]) -> None:
    """File the form under its case's key, and close it."""
    kit.vault.file_original(item.sha, f"{ref.session}/{ref.case}")
    event = kit.event(kind, ref.session, ref.case, item=item.sha, codes=(("family", str(ref.number)), *codes))
    kit.carry_out(f"item:{item.sha}:{item.turn}", [event], closes_item=item.sha)
    kit.vault.unstage(item.sha)


def waiting_feedback(kit: Kit, session: str, case: str) -> tuple[DoubtfulPhrase, ...]:
    """The open doubts of a case's feedback forms that wait."""
    waiting = (_sha_of(name) for name in kit.vault.names(f"feedback/{session}/{case}"))
    found = (kit.vault.get(_doubts_name(session, case, sha), tuple[DoubtfulPhrase, ...]) for sha in waiting)
    return tuple(doubt for doubts in found for doubt in doubts or ())


def take_up_feedback(kit: Kit, session: str, case: str, done: Pass) -> None:
    """Go on with every form of this case that waits: its words were decided, or an earlier run was stopped."""
    for name in kit.vault.names(f"feedback/{session}/{case}"):
        waiting = kit.vault.get(name, Waiting)
        if waiting is not None:
            _go_on(kit, FamilyRef(session, case, waiting.number), _sha_of(name), done)


def voices(kit: Kit, session: str, case: str) -> tuple[Voice, ...]:
    """What the family of a case said, names taken out, in the order of references."""
    found = (kit.vault.get(name, Voice) for name in kit.vault.names(f"voices/{session}/{case}"))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.number, one.received)))


def _go_on(kit: Kit, ref: FamilyRef, sha: str, done: Pass) -> None:
    """Take the names out of a form that waits, and keep it for the report; or say that words are in doubt."""
    waiting = kit.vault.get(_waiting_name(ref, sha), Waiting)
    if waiting is None:
        return
    anonymiser = anonymiser_of(kit, ref.session, ref.case, "feedback", roster_kept(kit, ref.session, ref.case))
    read = without_names(waiting.answers, waiting.kind, anonymiser)
    kit.vault.put(f"strangers/{ref.session}/{ref.case}", read.strangers, Strangers)
    if read.doubts:
        kit.vault.put(_doubts_name(ref.session, ref.case, sha), read.doubts, tuple[DoubtfulPhrase, ...])
        done.say(f"{ref}: words of the feedback are in doubt; see the case's review workbook.", for_a_person=True)
        return
    who = engagement(kit, kit.session(ref.session))[ref].decided.who
    voice = Voice(ref.case, ref.number, who, waiting.kind, waiting.received, read.answers)
    kit.vault.put(f"voices/{ref.session}/{ref.case}/{sha[:16]}", voice, Voice)
    event = kit.event(EventKind.FEEDBACK_KEPT, ref.session, ref.case, item=sha, codes=(("number", str(ref.number)),))
    kit.carry_out(f"feedback:{sha}", [event], [_collected(kit, ref.session, ref.case)])
    for name in (_waiting_name(ref, sha), _doubts_name(ref.session, ref.case, sha)):
        kit.vault.remove(name)
    done.say(f"{ref}: the feedback is kept for the report; it can be read in outbox/team/engagement.")


def _collected(kit: Kit, session: str, case: str) -> Output:
    from audit_kit.office.document_copy import CopyCover, write_document_copy

    said = [(str(FamilyRef(session, case, voice.number)), voice) for voice in voices(kit, session, case)]
    cover = CopyCover(f"What the family says, {session} {case}", kit.config.board.name, kit.clock.today(), _NOTE)
    data = write_document_copy(TextDocument(as_blocks(said)), cover)
    return Output(outputs.for_team(f"engagement/{session}_{case}_what-the-family-says.docx"), data)


def _form_in(data: bytes) -> tuple[WordForm, dict[str, str]]:
    from audit_kit.office.word_form import read_word_form
    from audit_kit.office.word_gate import inspect_word

    seen = inspect_word(data)
    return read_word_form(seen), dict(seen.properties)


def _whose(kit: Kit, properties: dict[str, str], place: str) -> tuple[EngagementProgress, FeedbackForm]:
    """Whose feedback it is and on which form. AuditKitError unless it is one that was sent out."""
    names = ("audit_kit_session", "audit_kit_case", "audit_kit_family", "audit_kit_feedback")
    bound = session, case, number, kind = tuple(properties.get(name, "") for name in names)
    genuine = is_right((properties.get("audit_kit_code", ""),), form_code(kit.tool_secret, "feedback", *bound))
    known = genuine and is_session_ref(session) and is_case_ref(case) and number.isdigit() and kind in FORMS
    one = engagement(kit, kit.session(session)).get(FamilyRef(session, case, int(number))) if known else None
    if one is None:
        raise AuditKitError(
            "A feedback form came back that does not say for certain whose it is.",
            where=place,
            not_happened="No answer was taken from it.",
            next_step="Ask whoever sent it; the answers can be copied into the form in outbox/team/engagement.",
        )
    return one, FORMS[kind]


def _own(kit: Kit, properties: dict[str, str]) -> WordForm:
    """The form as it went out: what it said itself is no answer. An empty one when it is none that went out."""
    from audit_kit.office.word_form import WordForm

    ref = FamilyRef.parse(
        f"{properties.get('audit_kit_session')}/{properties.get('audit_kit_case')}/F{properties.get('audit_kit_family')}"
    )
    kind = properties.get("audit_kit_feedback", "")
    issued = kit.vault.get_bytes(issued_form(ref, kind)) if ref is not None and kind in FORMS else None
    return _form_in(issued)[0] if issued is not None else WordForm((), ())


def _beside(form: WordForm, own: WordForm) -> tuple[str, ...]:
    """What was typed outside every box: all that the form itself did not say when it went out."""
    said = {" ".join(text.split()) for text in own.beside}
    return tuple(text for text in form.beside if " ".join(text.split()) not in said) if said else ()


def _sha_of(name: str) -> str:
    return name.rpartition("/")[2]


def _waiting_name(ref: FamilyRef, sha: str) -> str:
    return f"feedback/{ref.session}/{ref.case}/{sha}"


def _doubts_name(session: str, case: str, sha: str) -> str:
    return f"doubts/{session}/{case}/feedback-{sha[:16]}"
