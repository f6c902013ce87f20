"""The words that must stay: the trade's own terms, places, months, agencies, and what a reviewer kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from audit_kit.privacy.folding import fold_word
from audit_kit.privacy.wordlists import lines_of

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True)
class KeepWords:
    """Words and phrases that are never masked as a stranger's name.

    ``phrases`` are folded, lower case, one space between words. A registered name wins over a single
    kept word where the sentence says so ("Will said"), never over a kept phrase ("Signs of Safety").
    """

    words: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    abbreviations: frozenset[str] = frozenset()  # kept as ABI only; "Abi" is somebody

    @classmethod
    def standard(cls, extra: Iterable[str] = ()) -> KeepWords:
        """The trade's own words, plus ``extra``: the Board's agencies and services from its config."""
        base = _standard()
        extra = tuple(extra)
        return base if not extra else base.plus(extra)

    def plus(self, extra: Iterable[str]) -> KeepWords:
        """These words and more, as typed by a person."""
        single, several, short = _sorted_out(extra)
        return KeepWords(self.words | single, self.phrases | several, self.abbreviations | short)


def _sorted_out(
    entries: Iterable[str],
) -> tuple[frozenset[str], frozenset[tuple[str, ...]], frozenset[str]]:
    single: set[str] = set()
    short: set[str] = set()
    longer: set[str] = set()
    several: set[tuple[str, ...]] = set()
    for entry in entries:
        words = tuple(_WORD.findall(fold_word(entry)))
        if len(words) == 1:
            (short if entry.strip().isupper() else longer).add(words[0])
            # "Barnardo's" is looked up without its possessive, "NANDOS" without its apostrophe
            single.update((words[0], words[0].replace("'", ""), words[0].removesuffix("'s")))
        elif words:
            several.add(words)
            if words[-1] == "street":
                several.add((*words[:-1], "st"))  # "Great Ormond St"
    return frozenset(single), frozenset(several), frozenset(short - longer)


@lru_cache(maxsize=1)
def _standard() -> KeepWords:
    return KeepWords(*_sorted_out(entry for line in lines_of("keep.txt") for entry in line.split(";")))
