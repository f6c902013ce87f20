"""Words in Cyrillic, Greek, Hebrew and Arabic letters read aloud in Latin ones, to compare them with a name."""

from __future__ import annotations

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
