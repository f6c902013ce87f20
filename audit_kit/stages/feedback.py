"""What a family says in a feedback form: whether somebody may be at risk, and the answers without names.

Source: Multi-Agency Case Audit Process (Sept 2017), "Introduction": "importantly, the views of children, young people
and their families"; "Confidentiality and consent": names are "anonymised in all paperwork".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass

from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.engagement import DECLINED, NOT_REACHED, EngagementProgress
from audit_kit.domain.feedback_form import FORMS, NOT_SAFE, PARENT
from audit_kit.domain.findings import Heard
from audit_kit.domain.text_document import Block, Paragraph, Table
from audit_kit.privacy import CaseAnonymiser, Strangers
from audit_kit.stages.anonymise import doubts_in
from audit_kit.stages.words_of_risk import words_of_risk

#: how a child or a parent says it. A person reads it at once; better once too often
_IN_OWN_WORDS = re.compile(
    r"\b(?:hits?|hitting|hurts?|hurting|beats?|beating|kicks?|punch(?:es)?|touch(?:es|ing)?|threatens?) (?:me|us|him|her|them|my)\b|"
    r"\b(?:kill|hurt|cut|cutting) myself\b|\bwant(?:s|ed)? to die\b|\b(?:scared|frightened|afraid) (?:of|at|to go|when)\b|"
    r"\b(?:not|don't feel|do not feel|isn't|never) safe\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Voice:
    """One feedback form without names: what a family member said. ``answers``: (question's id, words)."""

    case: str
    number: int
    who: str  # a role
    kind: str  # of the form
    received: str  # ISO date
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class VoiceRead:
    """A form with names taken out. While there are doubts it may not be shown."""

    answers: tuple[tuple[str, str], ...]
    doubts: tuple[DoubtfulPhrase, ...]
    strangers: Strangers


def tells_of_risk(ticked: Set[str], texts: Iterable[str]) -> bool:
    """Whether somebody may not be safe: by what is ticked, or by any words of the form."""
    if ticked & NOT_SAFE:
        return True
    return any(_IN_OWN_WORDS.search(text.replace("’", "'")) or words_of_risk(text) for text in texts)


def without_names(answers: tuple[tuple[str, str], ...], kind: str, anonymiser: CaseAnonymiser) -> VoiceRead:
    """Every answer as it may be read by others, and the words that a person must decide first."""
    asks = {question.id: question.asks for question in FORMS[kind].questions}
    found: list[tuple[str, str]] = []
    doubts: list[DoubtfulPhrase] = []
    for question, text in answers:
        masked = anonymiser.mask(text)
        found.append((question, masked.text))
        doubts += doubts_in(text, f"feedback.{question}", f"feedback, {asks.get(question, BESIDE[1])}", masked)
    return VoiceRead(tuple(found), tuple(doubts), anonymiser.strangers)


def heard_of(standing: Iterable[EngagementProgress], voices: Iterable[Voice]) -> Heard:
    """What came of asking, in counts. Somebody who gave feedback twice is counted once, by the newest form."""
    standing = tuple(standing)
    newest = {(one.case, one.number): one for one in sorted(voices, key=lambda one: one.received)}.values()
    of_adults = sum(one.kind == PARENT.kind for one in newest)
    choices = next(question.choices for question in PARENT.questions if question.id == "listened")
    said = [dict(one.answers).get("listened", "") for one in newest]
    return Heard(
        invited=sum(one.invited for one in standing),
        children=len(newest) - of_adults,
        adults=of_adults,
        declined=sum(one.result == DECLINED for one in standing),
        not_reached=sum(one.result == NOT_REACHED for one in standing),
        listened=tuple((choice, said.count(choice)) for choice in choices),
    )


BESIDE = ("beside", "Written beside the boxes")  # what stands outside every box, and what it is called


def as_blocks(voices: Iterable[tuple[str, Voice]]) -> tuple[Block, ...]:
    """What a case's family says, person by person, for whoever writes the report. ``voices``: (reference, voice)."""
    blocks: list[Block] = []
    for reference, voice in voices:
        form = FORMS[voice.kind]
        asks = {question.id: question.asks for question in form.questions} | dict([BESIDE])
        blocks.append(Paragraph(f"{reference}: {voice.who}", 1))
        blocks.append(Paragraph(f"{form.name} form."))
        rows = tuple((asks.get(question, question), text) for question, text in voice.answers)
        blocks.append(Table((("Question", "Answer"), *rows)))
    return tuple(blocks)
