"""Words of immediate risk that stand outside the sheet for it. Read before anything is decided about the return.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": concerns about immediate risk are escalated
"if during the course of an audit" they are raised, wherever they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.domain.queries import Level, Query
from audit_kit.domain.tool import Kind
from audit_kit.stages.rules import Desk

_RISK = (
    r"(?:unsafe|not safe|isn't safe|is not safe|in danger|at (?:immediate|serious|significant|real) risk|immediate (?:risk|danger)|"
    r"being (?:hit|hurt|beaten|abused|exploited)|suicidal|wants to die|life.threatening|unsupervised contact)"
)
_NOW = r"(?:right now|now|today|tonight|at this moment|at present|as I write|this (?:morning|afternoon|evening)|still|currently)"
_NEAR = r"[^.!?\n]{0,60}"
_WORDS_OF_RISK = re.compile(rf"\b(?:{_RISK}\b{_NEAR}\b{_NOW}|{_NOW}\b{_NEAR}\b{_RISK})\b", re.I)
_IN_THE_PAST = re.compile(r"\b(?:no longer|was|were|had been|never|felt)\b", re.I)
_DENIED_BEFORE = re.compile(
    r"\b(?:no|not|nobody|nothing|without|never|was|were|been|whether|if)\W+(?:\w+\W+){0,2}$", re.I
)
_ANY_RISK = re.compile(rf"\b{_RISK}\b", re.I)  # cheap: most answers hold none
_READ = 8000  # characters of one answer


def risk_told_elsewhere(desk: Desk) -> Iterator[Query]:
    """V00: words of risk near "now" or "today" in any narrative but the concern sheet's, which is read on its own."""
    for ref in desk.tool.answer_refs:
        if not words_of_risk(desk.answer(ref)):
            continue
        place = desk.tool.place(ref)
        if place is not None and place.sheet.id != "concern" and place.kind in (Kind.LONG, Kind.TEXT):
            yield desk.query(
                "V00", Level.FAST_LANE, ref, f"words of immediate risk may stand in {place.in_words()}: read it first"
            )  # fmt: skip


def words_of_risk(text: str) -> bool:
    """Whether a text has words of immediate risk near "now" or "today", neither denied nor told of the past."""
    text = text[:_READ]
    return bool(_ANY_RISK.search(text)) and any(_is_now(text, found) for found in _WORDS_OF_RISK.finditer(text))


def _is_now(text: str, found: re.Match[str]) -> bool:
    """Whether these words tell of the present, and are not denied by what stands before them."""
    before = text[max(0, found.start() - 30) : found.start()]
    return not _IN_THE_PAST.search(found.group()) and not _DENIED_BEFORE.search(before)
