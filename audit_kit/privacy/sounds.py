"""How a name sounds, roughly, in every language at once: Ayesha and Aisha, Yussuf and Yousef, Katarzyna and Catarzina.

The key is coarse on purpose and is only ever asked about capitalised words that are not ordinary
English, and only against the few names of one register.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch|ch|cz|tz|ts|sch|sh|sz|zh|rz|dj|dz|j(?=[aeou])|g(?=[ei])", "S"),
        (r"ph", "f"),
        (r"o[uw]|aw(?=[^aeiou]|$)", "o"),
        (r"gh(?=[^aeiouy]|$)", ""),
        (r"gh|kh|ck|cc|qu|q|x|k|c(?=[aouklrt]|$)|g", "k"),
        (r"c|z", "s"),
        (r"th|dh|d", "t"),
        (r"w|v|b", "v"),
        (r"oo|ou|u|o", "o"),
        (r"ee|ie|ei|ey|ay|ai|ae|y|i|j|e", "e"),
        (r"(?<=[aeo])h", ""),
        (r"(?<=.)h", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=.)[ae]+", "e"),
        (r"mp(?=v)", "m"),
        (r"(?<=..)e$", ""),
    )
)


@lru_cache(maxsize=16384)
def sound_of(word: str) -> str:
    """The key of one folded, lower-case word; equal keys sound alike."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word


@lru_cache(maxsize=4096)
def consonants_of(word: str) -> str:
    """Only the consonants of how a word sounds: what Hebrew and Arabic write."""
    return re.sub(r"[aeoh]", "", sound_of(word))
