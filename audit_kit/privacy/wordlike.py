"""Names that are words (Will, Hope, Grace, May, Price): decided from what stands around them, or doubted."""

from __future__ import annotations

from dataclasses import dataclass

from audit_kit.privacy.reading import Reading
from audit_kit.privacy.words import LOWER

MASK, KEEP, DOUBTFUL = "mask", "keep", "doubtful"


@dataclass(frozen=True, slots=True)
class Verdict:
    says: str
    score: int

    @property
    def share(self) -> float:
        return min(1.0, max(0.0, 0.5 + self.score / 10))


def evidence(reading: Reading, i: int) -> Verdict:
    """Whether the word at ``i`` is used as a name here."""
    word = reading.words[i]
    if word.shape == LOWER:
        return Verdict(KEEP, -4)
    score = 0 if reading.starts_sentence(i) else 2
    if word.possessive:
        score += 2
    return Verdict(MASK if score >= 2 else DOUBTFUL, score)
