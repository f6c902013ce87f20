"""Which texts are so alike that one was copied from the other. Fast enough for hundreds of returns.

Each text is kept as a sketch: the smallest hashes of its runs of four words. Only texts whose sketches overlap
are compared letter by letter, so a session's returns needn't be read again for each new one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

_RUN = 4  # words
_KEPT = 8  # hashes of a text
_SHARED = 4  # of them, before two texts are compared
_LEAST_WORDS = 12  # two short texts are alike by chance
_COMPARED = 600  # characters: what is copied is copied from the beginning, and comparing is quadratic
_READ = 6000


@dataclass(frozen=True, slots=True)  # there are twenty a return
class Sketch:
    """One text of one return, as it can be found again but not read."""

    case: str
    agency: str
    ref: str
    hashes: tuple[int, ...]


def sketches_of(case: str, agency: str, texts: Mapping[str, str]) -> tuple[Sketch, ...]:
    """The sketches of these texts (answer reference → text); short texts have none."""
    found = []
    for ref, text in texts.items():
        if hashes := _hashes_of(text):
            found.append(Sketch(case, agency, ref, hashes))
    return tuple(found)


@lru_cache(maxsize=256)  # a return's texts are compared, and then kept to be compared with
def _hashes_of(text: str) -> tuple[int, ...]:
    words = _words(text)
    if len(words) < _LEAST_WORDS:
        return ()
    return tuple(
        sorted({crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1)})[:_KEPT]
    )


def candidates(mine: Iterable[Sketch], others: Iterable[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    """Pairs of texts that may be copies: mine first."""
    own = tuple(mine)
    by_hash: dict[int, list[int]] = {}  # of mine, which are few
    for number, one in enumerate(own):
        for value in one.hashes:
            by_hash.setdefault(value, []).append(number)
    of_mine = frozenset(by_hash)
    shared: dict[int, dict[Sketch, int]] = {}
    for other in others:
        if of_mine.isdisjoint(other.hashes):
            continue
        for value in other.hashes:
            for number in by_hash.get(value, ()):
                counts = shared.setdefault(number, {})
                counts[other] = counts.get(other, 0) + 1
    for number, counts in sorted(shared.items()):
        yield from ((own[number], other) for other, count in counts.items() if count >= _SHARED)


def alike(one: str, other: str, percent: int) -> bool:
    """Whether two texts of some length are alike to this percentage, whatever their capitals and commas."""
    mine, theirs = _beginning(one), _beginning(other)
    return bool(mine and theirs) and _ratio()(mine, theirs, score_cutoff=percent) > 0


@lru_cache(maxsize=256)
def _beginning(text: str) -> str:
    """What of a text is compared; "" of one that is too short for it."""
    words = _words(text)
    return " ".join(words)[:_COMPARED] if len(words) >= _LEAST_WORDS else ""


@cache
def _ratio() -> Callable[..., float]:
    """Loaded with the first two texts of some length: few commands compare any."""
    from rapidfuzz import fuzz

    return fuzz.ratio


@lru_cache(maxsize=256)  # a return's texts are compared each with each
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text[:_READ].casefold()))
