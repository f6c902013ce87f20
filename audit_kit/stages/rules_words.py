"""Do the words fit the grade, and are they this case's own?

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": audits are returned if "not sufficiently robust".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from audit_kit.domain.queries import Level, Query
from audit_kit.domain.scales import GOOD, INADEQUATE, JUDGED, OUTSTANDING, SCORE
from audit_kit.stages.likeness import alike
from audit_kit.stages.rules import Desk

#: in small letters, as all of these: whatever the capitals, it takes three times as long
_AGAINST = re.compile(
    r"\b(missed|missing|too late|(?:was|were|came|started|held|shared|sent|told|recorded) late|delay(?:s|ed)?|drift(?:ed)?|absent|absence|unclear|vague|weak|poor(?:ly)?|lack(?:s|ed|ing)?|"
    r"fail(?:s|ed|ing|ure)?|gaps?|lost|ignored|overlooked|neglected to|unrecorded|unseen|unheard|inconsistent|incomplete|"
    r"insufficient|inadequate|never|nobody|nothing|none|no (?:plan|record|evidence|visit|review|supervision|minutes?|reason)|"
    r"not (?:recorded|seen|asked|followed|shared|done|held|known|clear|reviewed|considered)|"
    r"(?:was|were|did|had|has|is|are)n't)\b",
)
_FOR = re.compile(
    r"\b(good|strong|clear(?:ly)?|timely|prompt(?:ly)?|in (?:good )?time|thorough|well|consistent(?:ly)?|at once|"
    r"same day|improved|changed|kept|agreed|named|followed up|reflective|challenged|shared|every|each|all|persisted|"
    r"joined|linked|led to)\b",
)
#: what only sounds like a fault
_NO_FAULT = re.compile(
    r"\b(?:no|not|never|without|nothing|none) (?:\w+ ){0,2}?(?:missed|missing|late|delay\w*|drift\w*|lost|gaps?|fail\w*|unclear|"
    r"overlooked|ignored)\b|\bmissing (?:episodes?|children|persons?|from (?:home|care|school))|\bbefore (?:any|it)\b",
)
_LEAST_WORDS = 15  # an Inadequate of three words says too little to contradict itself


def grade_against_words(desk: Desk) -> Iterator[Query]:
    """V17: Outstanding or Good in words of fault alone, or Inadequate without one."""
    for kloe in desk.kloes:
        grade = desk.choice(f"{kloe.ref}.ours")
        if not desk.involved or grade not in (OUTSTANDING, GOOD, INADEQUATE):
            continue
        own = " ".join(desk.answer(f"{kloe.ref}.{field}") for field in ("evidence", "why")).casefold()
        text = _NO_FAULT.sub(" ", own)
        against, for_it = len(_AGAINST.findall(text)), len(_FOR.findall(text))
        if grade == INADEQUATE:
            silent = not desk.answer(f"{kloe.ref}.improve") and len(own.split()) >= _LEAST_WORDS
            contrary = against == 0 and silent and text == own
        else:
            contrary = against >= desk.thresholds.contrary_words and against > 2 * for_it
        if contrary:
            yield desk.query(
                "V17", Level.WARNING, f"{kloe.ref}.ours", f"the words in question {kloe.number} may not fit the grade {grade}"
            )  # fmt: skip


def copied_within(desk: Desk) -> Iterator[Query]:
    """V20: the same words under several questions were written for none of them. Each text is told once."""
    told: set[str] = set()
    for (ref, text), (other_ref, other) in combinations(desk.narratives.items(), 2):
        if other_ref not in told and alike(text, other, desk.thresholds.alike_percent):
            told.add(other_ref)
            yield desk.query(
                "V20", Level.WARNING, other_ref, f"nearly the same words stand in {desk.words_for(ref)}"
            )  # fmt: skip


def copied_across(desk: Desk) -> Iterator[Query]:
    """V20: the same words in another agency's return, or in one about another case."""
    told: set[str] = set()
    for ref, other in desk.like_texts:
        if ref not in told and alike(desk.answer(ref), other.text, desk.thresholds.alike_percent):
            told.add(ref)
            yield desk.query(
                "V20", Level.WARNING, ref, f"nearly the same words stand in the return of {other.agency} about case {other.case}"
            )  # fmt: skip


def grades_far_apart(desk: Desk) -> Iterator[Query]:
    """V34: two grades or more between own practice and working together."""
    if not desk.involved:
        return
    for ref in (*(kloe.ref for kloe in desk.kloes), "overall"):
        ours, together = desk.choice(f"{ref}.ours"), desk.choice(f"{ref}.together")
        if ours in JUDGED and together in JUDGED and abs(SCORE[ours] - SCORE[together]) >= desk.thresholds.grades_apart:
            yield desk.query(
                "V34", Level.WARNING, f"{ref}.ours", f"graded {ours} for our practice and {together} for working together"
            )  # fmt: skip
