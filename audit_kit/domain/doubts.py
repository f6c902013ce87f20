"""Words that may identify somebody and that only a person can decide. Sealed; shown in one restricted file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DoubtfulPhrase:
    """One doubtful phrase of one answer, as the reviewer sees it."""

    answer_ref: str
    place: str  # in the reader's words
    phrase: str  # as typed
    context: str  # the words around it
    why: str
    suggestion: str  # the label that would replace it
