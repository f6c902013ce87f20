"""What the finders hand in: stretches of text that identify somebody, or may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of the folded text. The higher rank wins where two overlap; then the longer."""

    start: int
    end: int
    label: str
    rule: str
    rank: int
    score: float = 1.0
    doubt: str = ""  # a sentence when a person must decide; "" when it is masked

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


PROTECTED = 100
REGISTER_NUMBER = 90
REGISTER_NAME = 80
RECOGNISER = 60
STRANGER = 40
DOUBT = 10


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The spans that stand, in the order of the text.

    A stretch that pokes out of a stronger one keeps its free part when that still says something,
    so a surname behind an overlapping match is not left standing.
    """
    taken: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.rank, bool(s.doubt), -(s.end - s.start), s.start)):
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
    return sorted(taken, key=lambda s: s.start)
