"""What comes back from anonymising one text: the new text, why each piece went, and what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Replacement:
    """One stretch of the original text that was replaced. Offsets are characters of the original."""

    start: int
    end: int
    label: str  # what stands there now: "Mother", "[phone number]"
    rule: str  # why: "register:name", "recogniser:postcode", "vote:title+gazetteer"
    score: float = 1.0


@dataclass(frozen=True)
class Doubt:
    """One stretch that may identify somebody and that only a person can decide."""

    start: int
    end: int
    why: str  # for the reviewer: "may be a surname, or the word 'will'"
    suggestion: str = ""  # the label that would replace it, if the reviewer says so


@dataclass(frozen=True)
class Masked:
    """A text without what identifies people. ``text`` still holds the doubtful stretches as typed."""

    text: str
    replacements: tuple[Replacement, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    doubts_in_result: tuple[Doubt, ...] = ()  # the same doubts, offsets in ``text``

    def with_doubts_hidden(self, mark: str = "[role?]") -> str:
        """The text with each doubtful stretch replaced by ``mark``: for copies that leave before review."""
        parts, position = [], 0
        for doubt in self.doubts_in_result:
            parts += [self.text[position : doubt.start], mark]
            position = doubt.end
        return "".join([*parts, self.text[position:]])


@dataclass(frozen=True)
class Decision:
    """What a reviewer said of one doubtful phrase, kept for the whole case."""

    phrase: str
    action: str  # "replace", "keep", "keep everywhere"
    label: str = ""  # when replaced: as whom


#: the first word of a rule → who decided
_BY = {"register": "the register", "recogniser": "its form", "vote": "votes", "decision": "a person's decision"}


@dataclass(frozen=True)
class Explained:
    """Why one stretch was replaced. Never holds the words that stood there."""

    place: str  # in the reader's words
    label: str  # what stands there now
    rule: str
    score: float

    def in_words(self) -> str:
        """One line for people: "N6 evidence: Mother, by the register (nickname), score 0.95"."""
        by, _, how = self.rule.partition(":")
        return f"{self.place}: {self.label}, by {_BY.get(by, by)} ({how.replace('+', ', ')}), score {self.score:.2f}"


def explained(place: str, masked: Masked) -> tuple[Explained, ...]:
    """Why each stretch of one text was replaced, in their order."""
    return tuple(Explained(place, one.label, one.rule, one.score) for one in masked.replacements)
