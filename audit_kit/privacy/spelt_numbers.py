"""Codes and telephone numbers told in words, wholly or in part: "E9 seven L C", "oh seven nine double four"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = {
    "zero": "0", "nought": "0", "naught": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "treble": 3}
#: without one of these no text tells a digit in words
DIGIT_WORDS = frozenset(_DIGITS)
_SAID = "|".join((*_DIGITS, *_TIMES))
#: what may be part of a code: "EC2A", "7", "LC", or what is said for it; "a", "in" and "to" are words more often
_PIECE = rf"(?:{_SAID}|[a-z]{{0,2}}\d{{1,5}}[a-z]{{0,2}}|[b-z](?![a-z])|[a-z][a-z](?![a-z']))"
_RUN = re.compile(rf"(?<![\w'])(?:{_PIECE}[ ,.\-]{{1,3}}){{2,}}{_PIECE}(?![\w'])")
#: a digit in words beside more of a code: most texts that say "one" or "two" count something
_BESIDE_MORE = re.compile(
    rf"\b(?:{_SAID})[ ,.\-]{{1,3}}(?:{_SAID}|\d|[b-z]\b)|(?:\d|\b[b-z])[ ,.\-]{{1,3}}(?:{_SAID})\b"
)
_PART = re.compile(r"[^ ,.\-]+")


def told_in_words(small: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Runs of a text in small letters that tell letters and digits, some in words: what they say, and where each of it stands."""
    if not _BESIDE_MORE.search(small):
        return
    for run in _RUN.finditer(small):
        letters, places, times = [], [], 1
        for part in _PART.finditer(small, *run.span()):
            word = part[0]
            if word in _TIMES:
                times = _TIMES[word]
                continue
            said = _DIGITS.get(word, word) * times
            letters.append(said)
            places += [part.span()] * len(said)
            times = 1
        yield "".join(letters), places
