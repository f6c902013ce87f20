"""One text, read once: folded, cut into words, each word looked up, with what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from audit_kit.privacy.folding import Folded, fold
from audit_kit.privacy.lexicon import CAPITAL, MIXED, UPPER, Word
from audit_kit.privacy.numbers import has_digit
from audit_kit.privacy.words import WordBook

#: in brackets: a text is cut at its words, and they are kept
_WORD = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)*)")
#: so many words tell how somebody types
_ENOUGH = 300
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s{1,3}|\n)([A-Za-z])")
_SENTENCE_END = re.compile(r"[.!?:;\n\r\t|•*\"()\[\]>/=]")


@dataclass(slots=True, eq=False)
class Reading:
    """The words of one text in order. ``starts`` and ``ends`` are offsets in the folded text.

    Never changed once it is made; not frozen, as ``Word`` isn't, because every text makes one.
    """

    folded: Folded
    text: str  # as folded
    lower: str  # the same in small letters
    numbered: bool  # whether a digit stands anywhere: most numbers and addresses hold one
    texts: list[str]
    starts: list[int]
    ends: list[int]
    words: list[Word]
    lowers: list[str]
    keys: frozenset[str]  # the words, each once, squeezed
    cues: list[int]  # the words at which a finder of places starts looking
    gaps: list[str]  # what stands before each word, and at last what stands behind all of them
    capitals: list[int]  # the words of nothing but capitals, by their places: "TB", "T's"
    proper: list[int]  # the words with a capital at their beginning, by their places
    singles: list[int]  # the words of one letter, by their places: "T", the O of "O'Brien"
    small: bool  # whether somebody typed without capitals, abbreviations and a slip or two apart
    shouting: bool  # whether capitals say nothing because nearly everything is typed in them

    def gap_before(self, i: int) -> str:
        """What stands between the word before and this one; the start of the text for the first."""
        return self.gaps[i]

    def gap_after(self, i: int) -> str:
        """What stands between this word and the next one, or the end of the text."""
        return self.gaps[i + 1]

    def between(self, start: int, end: int) -> range:
        """The words that begin within a stretch of the folded text."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def says(self, words: frozenset[str]) -> bool:
        """Whether one of these squeezed words stands anywhere: asked before a text is searched for what needs one."""
        return not words.isdisjoint(self.keys)

    def spells(self, letters: int) -> bool:
        """Whether so many words of one letter stand one behind the other, as in initials and in names spelt out."""
        ends = self.singles[letters - 1 :]  # of most texts there are none
        return bool(ends) and any(b - a == letters - 1 for a, b in zip(self.singles, ends, strict=False))

    def word(self, i: int) -> Word | None:
        """The word at ``i``; None beyond either end."""
        return self.words[i] if 0 <= i < len(self.words) else None

    def starts_sentence(self, i: int) -> bool:
        """Whether a capital letter says nothing here: first word, or after a stop, a bracket, a line end."""
        return i == 0 or _SENTENCE_END.search(self.gap_before(i)) is not None

    def name_end(self, i: int) -> int:
        """Where the word ends without its possessive."""
        return self.ends[i] - (2 if self.words[i].possessive else 0)


def read(text: str, book: WordBook) -> Reading:
    """The text's words with all that is known of each."""
    folded = fold(text)
    plain = folded.text
    pieces: list[str] = _WORD.split(plain)  # gap, word, gap, word, gap
    ends = list(accumulate(map(len, pieces)))
    texts = pieces[1::2]
    words = book.all_of(texts)
    lowers = [word.lower() for word in texts]
    cues = [i for i, word in enumerate(words) if word.cue]
    capitals = [i for i, word in enumerate(words) if word.capitals]
    proper = [i for i, word in enumerate(words) if word.shape == CAPITAL]
    shapes = [word.shape for word in words[:_ENOUGH] if len(word.key) > 1]
    small = _without_capitals(plain, min(len(words), _ENOUGH), shapes)
    shouting = len(shapes) > 3 and shapes.count(UPPER) > 0.6 * len(shapes)
    singles = [i for i, word in enumerate(texts) if len(word) == 1 or word[1] == "'"]
    numbered = has_digit(plain)
    return Reading(
        folded,
        plain,
        plain.lower(),
        numbered,
        texts,
        ends[:-1:2],
        ends[1::2],
        words,
        lowers,
        frozenset([word.key for word in words]),
        cues,
        pieces[::2],
        capitals,
        proper,
        singles,
        small,
        shouting,
    )


def _without_capitals(text: str, count: int, shapes: list[str]) -> bool:
    """Whether capitals say nothing because hardly any are typed; ``shapes`` of the words of two letters and more."""
    if count <= 3:
        return False
    typed = shapes.count(CAPITAL) + shapes.count(MIXED)
    if typed == 0:
        return True
    if typed > max(1, count // 20):
        return False
    starts = [m[1] for m in _SENTENCE_START.finditer(text, 0, 2000)]
    return len(starts) > 2 and sum(c.islower() for c in starts) >= 0.75 * len(starts)
