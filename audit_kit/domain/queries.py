"""What an agency is asked to put right, and what the reviewer is warned of. Values, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a rule's result does."""

    FAST_LANE = "fast lane"  # escalated before all else
    BLOCKS = "blocks use"  # can't be used at all; a person looks
    RETURN = "return to agency"
    WARNING = "warn reviewer"


@dataclass(frozen=True)
class Query:
    """One result of one rule about one return.

    ``answer_ref`` is the weak answer ("" when it is about the whole return); ``place`` says it in the
    reader's words; ``request`` begins with a verb and reads on after "You need to:". None of these quotes
    an answer.
    """

    rule: str  # "V15"
    level: Level
    answer_ref: str
    place: str
    request: str
    reason: str = ""

    @property
    def sends_back(self) -> bool:
        """Whether the agency is asked about this before the return can be used."""
        return self.level in (Level.RETURN, Level.BLOCKS)
