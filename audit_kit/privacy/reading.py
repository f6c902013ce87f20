"""One text, read once: folded, cut into words, each word looked up, with what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from audit_kit.privacy.folding import Folded, fold
from audit_kit.privacy.words import CAPITAL, MIXED, Word, WordBook

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s{1,3}|\n)([A-Za-z])")
_SENTENCE_END = re.compile(r"[.!?:;\n\r\t|•*\"()\[\]>/=]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one text in order. ``starts`` and ``ends`` are offsets in the folded text."""

    folded: Folded
    texts: list[str]
    starts: list[int]
    ends: list[int]
    words: list[Word]
    lowers: list[str]
    cues: list[int]  # the words at which a finder of places starts looking
    small: bool  # whether somebody typed without capitals, abbreviations and a slip or two apart

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def gap_before(self, i: int) -> str:
        """What stands between the word before and this one; the start of the text for the first."""
        return self.text[self.ends[i - 1] if i else 0 : self.starts[i]]

    def gap_after(self, i: int) -> str:
        """What stands between this word and the next one, or the end of the text."""
        return self.gap_before(i + 1) if i + 1 < len(self.words) else self.text[self.ends[i] :]

    def between(self, start: int, end: int) -> range:
        """The words that begin within a stretch of the folded text."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

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
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _WORD.finditer(folded.text):
        texts.append(found[0])
        starts.append(found.start())
        ends.append(found.end())
    words = [book[word] for word in texts]
    lowers = [word.lower() for word in texts]
    cues = [i for i, word in enumerate(words) if word.cue]
    return Reading(folded, texts, starts, ends, words, lowers, cues, _without_capitals(folded.text, words[:300]))


def _without_capitals(text: str, words: list[Word]) -> bool:
    """Whether capitals say nothing because hardly any are typed."""
    if len(words) <= 3:
        return False
    typed = sum(w.shape in (CAPITAL, MIXED) and len(w.key) > 1 for w in words)
    if typed == 0:
        return True
    if typed > max(1, len(words) // 20):
        return False
    starts = [m[1] for m in _SENTENCE_START.finditer(text, 0, 2000)]
    return len(starts) > 2 and sum(c.islower() for c in starts) >= 0.75 * len(starts)
