"""Somali names in their own spelling and in the English one: Cawaale and Awale, Xirsi and Hirsi, Nuur and Noor."""

from __future__ import annotations

import re
from functools import lru_cache

#: c is a catch in the throat that the English spelling leaves out, x a strong h
_THROAT = re.compile(r"c(?=[aeiou])|(?<=[aeiou])c(?=[^aeiouhk]|$)")
_STRONG_H = re.compile(r"x(?=[aeiou])|(?<=a)x(?=[mb])|kh")
_LONG = re.compile(r"([aeiou])\1+")
_OWN_SPELLING = re.compile(
    r"^c(?=aa|abd|awa|ay[aou]|ali$|ala[sy]|as[hb]|arra|ii|ism|iga|um[ae]r|usm)|^x(?=[aeiou])|a[ax]|ii|uu|[ai]x[aei]|(?<=a)c$|[ai]c(?=[aiou])"
)


@lru_cache(maxsize=16384)
def is_in_own_spelling(word: str) -> bool:
    """Whether a squeezed word may be a Somali name as Somalis spell it."""
    return _OWN_SPELLING.search(word) is not None


def sounds_the_same(one: str, other: str) -> bool:
    """Whether two spellings of the tables are one name in Somali and in English letters: Nuur and Noor."""
    return one != other and in_english_spelling(one) == in_english_spelling(other)


@lru_cache(maxsize=16384)
def in_english_spelling(word: str) -> str:
    """A squeezed word with what the English spelling makes of it; long vowels short, however they are written."""
    plain = _STRONG_H.sub("h", _THROAT.sub("", word)).replace("oo", "u").replace("ee", "i")
    return _LONG.sub(r"\1", plain).replace("dh", "d").replace("q", "k")
