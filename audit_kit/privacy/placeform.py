"""One way of writing a registered place: words compiled for the first text that may hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from audit_kit.privacy.addresses import STREET_KINDS

_LONGEST_BEFORE = 64
#: between the number of a house and its street
_BEHIND_NUMBER = re.compile(r"[ ]?,?[ ]{0,2}\Z")
#: how many letters stand before the point of a long word that is cut short: "Card. Wolsey"
_CUT_TO = (3, 4, 5)


class Form(NamedTuple):
    """One way of writing a registered place: its own words, and what must stand around them.

    What stands around is the same for every register and compiled once; the words are compiled for the first text that
    may hold them. Most of a small case's time once went into compiling.
    """

    said: tuple[str, ...]  # small letters: without one of these it stands in no text
    pattern: str
    before: re.Pattern[str] | None = None  # ends where the words begin
    behind: re.Pattern[str] | None = None
    typed: str = ""  # how it begins, capitals and all
    number: str = ""  # of the house, in small letters, before the words
    any_case: bool = False  # a pattern of small letters, for the text in small letters

    def may_stand_in(self, text: str, letters: set[str]) -> bool:
        """Whether a text holds what this form can't do without; ``letters``: what of ``said`` is in it."""
        return not letters.isdisjoint(self.said) and self.typed in text

    def spans(self, text: str, small: str) -> Iterator[tuple[int, int]]:
        """Where it stands in a text, with what belongs to it before and behind."""
        words, at, searched = _compiled(self.pattern), 0, small if self.any_case else text
        while found := words.search(searched, at):
            start, end = self._begin(searched, found.start()), found.end()
            before = self.before.search(text, max(0, start - _LONGEST_BEFORE), start) if self.before else found
            behind = self.behind.match(text, end) if self.behind else found
            if start >= 0 and before and behind and text.startswith(self.typed, start):
                yield before.start(), behind.end()
                at = end
            else:
                at = found.start() + 1

    def _begin(self, searched: str, words: int) -> int:
        """Where the number of the house before the words begins; the words themselves where none is asked for; -1 if it is
        not there."""
        if not self.number:
            return words
        gap = _BEHIND_NUMBER.search(searched, max(0, words - 4), words)
        start = gap.start() - len(self.number) if gap else -1
        return start if start >= 0 and searched.startswith(self.number, start) else -1


def in_any_case(
    said: tuple[str, ...],
    pattern: str,
    before: re.Pattern[str] | None = None,
    behind: re.Pattern[str] | None = None,
    typed: str = "",
    number: str = "",
) -> Form:
    """A form whose capitals say nothing: its pattern in small letters, which is compiled three times as fast as one for
    any letters."""
    return Form(said, pattern.lower(), before, behind, typed, number.lower(), any_case=True)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=128)
def lead(pattern: str) -> re.Pattern[str]:
    """What stands right before the words of a place, compiled once."""
    return re.compile(rf"{pattern}\Z")


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


def or_cut_short(word: str, spelled: str) -> str:
    """A long word may be cut short with a point (``_CUT_TO``)."""
    if not may_be_cut(word):
        return spelled
    return rf"(?:{spelled}|{word[:3]}(?:{word[3]}{word[4]}?)?\.)"
