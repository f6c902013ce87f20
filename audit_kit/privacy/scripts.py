"""Words in other scripts read aloud in Latin letters, to compare them with a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџ",
    ["a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "sh", "", "y", "", "e", "yu", "ya", "i", "yi", "ye", "g", "w", "j", "lj", "nj", "c", "dj", "dz"],
    strict=True,
))  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "i",
            "f",
            "ch",
            "ps",
            "o",
        ],
        strict=True,
    )
)
_HEBREW = dict(zip(
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    ["", "b", "g", "d", "h", "v", "z", "ch", "t", "y", "k", "k", "l", "m", "m", "n", "n", "s", "", "p", "f", "tz", "tz", "k", "r", "sh", "t"],
    strict=True,
))  # fmt: skip
_ARABIC = dict(zip(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئءپچژگیک",
    ["a", "b", "t", "th", "j", "h", "kh", "d", "dh", "r", "z", "s", "sh", "s", "d", "t", "z", "a", "gh", "f", "q", "k", "l", "m", "n", "h", "w", "y", "a", "a", "a", "i", "a", "w", "y", "", "p", "ch", "zh", "g", "y", "k"],
    strict=True,
))  # fmt: skip


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[str, ...]:
    """How a folded word of another script may be written in Latin letters; () when it can't be read."""
    for table in (_CYRILLIC, _GREEK, _HEBREW, _ARABIC):
        if sum(c in table for c in word) * 2 > len(word):
            read = "".join(table.get(c, "") for c in word)
            if table is _HEBREW or table is _ARABIC:
                # vav and waw are v or a vowel, yod and ya are y or a vowel
                return tuple(
                    dict.fromkeys(
                        (
                            read,
                            read.replace("v", "o"),
                            read.replace("v", "u").replace("y", "i"),
                            read.replace("w", "u"),
                            read.replace("y", "i"),
                        )
                    )
                )
            return (read,)
    return ()


_NAMED = re.compile(
    r"(?P<script>ETHIOPIC|HANGUL|HIRAGANA|KATAKANA|DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|TAMIL|TELUGU|KANNADA|MALAYALAM)"
    r" (?P<kind>SYLLABLE|LETTER(?: SMALL)?|VOWEL SIGN|SIGN) (?:GLOTTAL |PHARYNGEAL )?(?P<sound>[A-Z]+)"
)
#: the seven vowels of the Ethiopic syllables as Unicode calls them; the sixth is none
_ETHIOPIC_VOWELS = (("AA", "a"), ("EE", "e"), ("E", ""), ("A", "e"))
_NASAL = frozenset(["ANUSVARA", "CANDRABINDU", "BINDI", "TIPPI"])


@lru_cache(maxsize=4096)
def spelled(word: str) -> str:
    """A word of a script whose letters Unicode calls by their sound, in Latin letters; "" when it can't be read."""
    read = ""
    for character in word:
        named = _NAMED.match(unicodedata.name(character, ""))
        if not named:
            return ""
        read = _sounded(read, named["script"], named["kind"], named["sound"])
    return read


def _sounded(read: str, script: str, kind: str, sound: str) -> str:
    """What was read so far, with one more letter or sign."""
    if script == "ETHIOPIC":
        vowel = next(((name, letter) for name, letter in _ETHIOPIC_VOWELS if sound.endswith(name)), ("", ""))
        return read + (sound.removesuffix(vowel[0]) + vowel[1]).lower()
    if kind == "SIGN":
        return read + "n" if sound in _NASAL else read.removesuffix("a") if sound == "VIRAMA" else read
    if kind == "VOWEL SIGN":
        return read.removesuffix("a") + sound.lower()
    return read + sound.lower()
