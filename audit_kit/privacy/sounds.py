"""How a name sounds, roughly, in every language at once: Ayesha and Aisha, Yussuf and Yousef, Katarzyna and Catarzina.

The key is coarse on purpose and is only ever asked about capitalised words that are not ordinary
English, and only against the few names of one register.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HISSING = re.compile(r"tsch|tch|ch|cz|tz|ts|sch|sh|sz|zh|rz|dj|dz|j(?=[aeou])|g(?=[ei])")
_LONG_O = re.compile(r"o[uw]|aw(?=[^aeiou]|$)")
_SILENT_GH = re.compile(r"gh(?=[^aeiouy]|$)")
_HARD = re.compile(r"gh|kh|ck|cc|qu|q|x|k|c(?=[aouklrt]|$)|g")
_SILENT_H = re.compile(r"(?<=.)h")
_WEAK = re.compile(r"(?<=.)[ae]+")
_DOUBLED = re.compile(r"(.)\1+")
#: single letters that sound alike; what becomes double is undoubled behind it
_ALIKE = str.maketrans("czdwbuyij", "sstvvoeee")


@lru_cache(maxsize=16384)
def sound_of(word: str) -> str:
    """The key of one folded, lower-case word; equal keys sound alike."""
    word = _HISSING.sub("S", word).replace("ph", "f")
    if "w" in word or "u" in word:
        word = _LONG_O.sub("o", word)
    if "gh" in word:
        word = _SILENT_GH.sub("", word)
    word = _HARD.sub("k", word).replace("th", "t").replace("dh", "t")
    for bright in ("ae", "ai", "ay") if "a" in word else ():
        word = word.replace(bright, "e")
    word = word.translate(_ALIKE)
    if "h" in word:
        word = _SILENT_H.sub("", word)
    word = _DOUBLED.sub(r"\1", word)
    if "a" in word[1:]:
        word = _WEAK.sub("e", word)
    word = word.replace("mpv", "mv")
    return word[:-1] if len(word) > 2 and word[-1] == "e" else word


_NO_VOWELS = str.maketrans("", "", "aeoh")


@lru_cache(maxsize=4096)
def consonants_of(word: str) -> str:
    """Only the consonants of how a word sounds: what Hebrew and Arabic write."""
    return sound_of(word).translate(_NO_VOWELS)
