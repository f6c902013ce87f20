"""One way of writing a registered place: its words, and what must stand around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple, Self

from audit_kit.privacy.addresses import STREET_KINDS

#: between the number of a house and its street
_BEHIND_NUMBER = re.compile(r"[ ]?,?[ ]{0,2}\Z")
#: how many letters stand before the point of a long word that is cut short: "Card. Wolsey"
_CUT_TO = (3, 4, 5)


class Spelling(NamedTuple):
    """The words of a place in every way in which they are written.

    They are looked for as they are: each register has its own, and to compile a pattern of them took longer than to find
    what it names.
    """

    words: tuple[tuple[str, ...], ...]  # of each word the ways of writing it, the longest first
    marks: str = " \n"  # what stands between them
    most: int = 2  # and how much of it
    longer: tuple[str, ...] = ()  # behind these it ends the name of another place: "seven " before "Sisters"

    @classmethod
    def of(cls, *ways: str) -> Self:
        """One word, or several that are always written so."""
        return cls((ways,))

    def stretches(self, text: str) -> Iterator[tuple[int, list[int]]]:
        """Where the words begin, each time with where they end: in every way in which they stand there, the longest first."""
        first, last = min(self.words[0]), max(self.words[0])
        begins = next((first[:length] for length in range(len(first), 0, -1) if last.startswith(first[:length])), "")
        start = text.find(begins)
        while start >= 0:
            if ends := self._ends(text, start):
                yield start, ends
            start = text.find(begins, start + 1)

    def _ends(self, text: str, start: int) -> list[int]:
        ends = [start + len(way) for way in self.words[0] if text.startswith(way, start)]
        for word in self.words[1:]:
            ends = [
                begin + len(way)
                for end in ends
                for begin in self._behind_marks(text, end)
                for way in word
                if text.startswith(way, begin)
            ]
        return ends

    def _behind_marks(self, text: str, end: int) -> range:
        marks = text[end : end + self.most]
        return range(end + len(marks) - len(marks.lstrip(self.marks)), end, -1)

    def ends_a_longer_name(self, small: str, start: int) -> bool:
        """Whether these words are the end of another place's name."""
        return any(
            small.endswith(before, 0, start) and not small[: start - len(before)][-1:].isalnum()
            for before in self.longer
        )


@lru_cache(maxsize=512)
def _in_small_letters(spelling: Spelling) -> Spelling:
    ways = (dict.fromkeys(way.lower() for way in word) for word in spelling.words)
    return spelling._replace(words=tuple(map(tuple, ways)))


class PlacedText:
    """A text in which each spelling is looked for once, however many forms ask for it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.small = text.lower()
        self._found: dict[tuple[Spelling, bool], list[tuple[int, list[int]]]] = {}

    def stretches(self, spelling: Spelling, *, any_case: bool) -> list[tuple[int, list[int]]]:
        """Where the words stand, as typed or in the text in small letters."""
        asked = spelling, any_case
        if asked not in self._found:
            self._found[asked] = list(spelling.stretches(self.small if any_case else self.text))
        return self._found[asked]


class Lead(NamedTuple):
    """What stands right before the words of a place."""

    pattern: re.Pattern[str]  # ends where the words begin, or their article
    article: re.Pattern[str] | None = None  # goes with the words where it leads to them
    most: int = 0  # characters of the pattern that go with the place

    def begin(self, text: str, words: int) -> int:
        """Where what goes with the place begins; -1 if nothing there leads to the words."""
        article = self.article.search(text, max(0, words - len("the ")), words) if self.article else None
        for start in (article.start(), words) if article else (words,):
            if found := self.pattern.search(text, max(0, start - self.most), start):
                return found.start()
        return -1


class Form(NamedTuple):
    """One way of writing a registered place: its own words, and what must stand around them.

    What stands around is the same for every register and compiled once.
    """

    said: tuple[str, ...]  # small letters: without one of these it stands in no text
    spelling: Spelling
    before: Lead
    behind: re.Pattern[str]
    typed: str = ""  # how it begins, capitals and all
    number: str = ""  # of the house, in small letters, before the words
    any_case: bool = False  # a spelling in small letters, for the text in small letters

    def may_stand_in(self, text: str, letters: set[str]) -> bool:
        """Whether a text holds what this form can't do without; ``letters``: what of ``said`` is in it."""
        return not letters.isdisjoint(self.said) and self.typed in text

    def spans(self, placed: PlacedText) -> Iterator[tuple[int, int]]:
        """Where it stands in a text, with what belongs to it before and behind."""
        text, free = placed.text, 0
        for words, ends in placed.stretches(self.spelling, any_case=self.any_case):
            start = self._begin(placed.small, words)
            if start < 0 or words < free or not text.startswith(self.typed, start):
                continue
            if self.spelling.longer and self.spelling.ends_a_longer_name(placed.small, words):
                continue
            begin = self.before.begin(text, start)
            behind = next(filter(None, (self.behind.match(text, end) for end in ends)), None) if begin >= 0 else None
            if behind:
                yield begin, behind.end()
                free = behind.start()

    def _begin(self, small: str, words: int) -> int:
        """Where the number of the house before the words begins; the words themselves where none is asked for; -1 if it is
        not there."""
        if not self.number:
            return words
        gap = _BEHIND_NUMBER.search(small, max(0, words - 4), words)
        start = gap.start() - len(self.number) if gap else -1
        return start if start >= 0 and small.startswith(self.number, start) else -1


def in_any_case(
    said: tuple[str, ...],
    spelling: Spelling,
    before: Lead,
    behind: re.Pattern[str],
    typed: str = "",
    number: str = "",
) -> Form:
    """A form whose capitals say nothing."""
    return Form(said, _in_small_letters(spelling), before, behind, typed, number.lower(), any_case=True)


#: as typed, and in any letters
THE = re.compile(r"(?<![A-Za-z])The[ \n]\Z")
ANY_THE = re.compile(THE.pattern, re.I)


@lru_cache(maxsize=128)
def lead(pattern: str, article: re.Pattern[str] | None = None) -> Lead:
    """What only leads to the words of a place: looks behind, compiled once."""
    return Lead(re.compile(rf"{pattern}\Z"), article)


@lru_cache(maxsize=128)
def follow(pattern: str) -> re.Pattern[str]:
    """What stands right behind them, compiled once."""
    return re.compile(pattern)


def letters_said(words: list[str]) -> tuple[str, ...]:
    """Small letters of which one or another stands in every way of writing these words; ("",) when there are none.

    From the longest word that has no abbreviation; an apostrophe before its last letter comes and goes.
    """
    lows = [word.lower().rstrip(".") for word in words]
    whole = [low for low in lows if low not in STREET_KINDS and low not in ("and", "&")]
    if not whole:
        return ("",)
    low = max(whole, key=len)
    letters = max(re.split(r"[^a-z0-9]+", re.sub(r"'?s'?$|.$", "", low)), key=len)
    bare = low.replace("'", "")
    return letters, *(f"{bare[:length]}." for length in _CUT_TO if may_be_cut(bare))


def may_be_cut(word: str) -> bool:
    """Whether a word is long enough to be cut short with a point."""
    return len(word) >= 7 and word.isalpha()


def cut_short(word: str) -> tuple[str, ...]:
    """A long word may be cut short with a point (``_CUT_TO``), the longest first."""
    return tuple(f"{word[:length]}." for length in reversed(_CUT_TO)) if may_be_cut(word) else ()


def each_way(*pieces: tuple[str, ...]) -> tuple[str, ...]:
    """All that is written of these pieces, one behind the other."""
    return tuple(map("".join, product(*pieces)))


def ways_of_a_kind(kind: str, *, pointed: bool) -> tuple[str, ...]:
    """How a kind of street is written: "Road", "Rd"; ``pointed``: also with a point, "Rd."."""
    ways = [way.replace(r"\.?", ".").replace("\\", "") for way in STREET_KINDS[kind].split("|")]
    bare = [way for typed in ways for way in ((typed, typed[:-1]) if typed == "St." else (typed,))]
    return tuple(way + point for way in bare for point in ((".", "") if pointed else ("",)))
