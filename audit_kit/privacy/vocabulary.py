"""Ordinary English words, with their endings: what is not a name in spite of looking like a misspelt one."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from audit_kit.privacy.distances import slips_between
from audit_kit.privacy.wordlists import words_of

#: ending → what may have stood in its place
_ENDINGS = (
    ("ically", ("ic",)), ("fulness", ("",)), ("lessly", ("",)), ("ations", ("ate", "e", "")), ("ation", ("ate", "e", "")),
    ("ities", ("ity", "e", "")), ("iness", ("y",)), ("ments", ("",)), ("ingly", ("", "e")), ("ables", ("", "e")),
    ("ility", ("le",)), ("ness", ("",)), ("ment", ("",)), ("less", ("",)), ("able", ("", "e")), ("ally", ("al", "")),
    ("edly", ("", "e")), ("ying", ("y", "ie")), ("iest", ("y",)), ("ings", ("", "e")), ("ers", ("", "e")),
    ("ies", ("y", "ie")), ("ied", ("y",)), ("ier", ("y",)), ("ily", ("y",)), ("ing", ("", "e")), ("ful", ("",)),
    ("ity", ("", "e")), ("ors", ("", "e")), ("ion", ("", "e")), ("ive", ("", "e", "ion")), ("ish", ("",)),
    ("ise", ("", "y")), ("est", ("", "e")), ("ed", ("", "e")), ("er", ("", "e")), ("or", ("", "e")), ("es", ("", "e")),
    ("ly", ("", "le")), ("al", ("", "e")), ("en", ("", "e")), ("s", ("",)), ("d", ("e",)), ("y", ("", "e")),
)  # fmt: skip
_BY_ENDING = dict(_ENDINGS)
#: last letter → how long the endings with it are, the longest first
_LENGTHS = {
    last: sorted({len(ending) for ending in _BY_ENDING if ending[-1] == last}, reverse=True)
    for last in {ending[-1] for ending in _BY_ENDING}
}
_BEGINNINGS = (
    "un",
    "re",
    "dis",
    "mis",
    "non",
    "over",
    "under",
    "pre",
    "co",
    "inter",
    "multi",
    "self",
    "anti",
    "out",
    "sub",
)


@lru_cache(maxsize=32768)
def is_ordinary(key: str) -> bool:
    """Whether this squeezed word is ordinary English, as it stands or without its endings."""
    words, nobodys = words_of("vocabulary.txt"), _nobodys_words()
    if key in words or key in nobodys or is_clipped(key):
        return True
    if _without_ending(key, words) or _is_inflection(key, nobodys):
        return True
    for first in _BEGINNINGS if key.startswith(_BEGINNINGS) else ():
        rest = key[len(first) :]
        if len(rest) >= 4 and key.startswith(first) and (rest in words or _without_ending(rest, words)):
            return True
    return False


def is_listed(key: str) -> bool:
    """Whether this squeezed word stands in the list itself."""
    return key in words_of("vocabulary.txt")


def is_clipped(key: str) -> bool:
    """Whether notes clip a word so: "husb", "notif", "yp". Nobody is called by it, also with a capital."""
    return key in words_of("clipped.txt")


def is_uncommon(key: str) -> bool:
    """Whether this squeezed word is a less common English one: "mat", "lee", "smoky"."""
    return key in words_of("common_words.txt")


def is_worked_out(key: str) -> bool:
    """Whether this ordinary squeezed word stands in no list and only its ending makes it one."""
    return not (is_listed(key) or is_uncommon(key) or is_inflected(key))


@lru_cache(maxsize=1)
def _nobodys_words() -> frozenset[str]:
    """The less common words that are nobody's name."""
    return words_of("common_words.txt") - words_of("first_names.txt") - words_of("last_names.txt")


@lru_cache(maxsize=32768)
def is_inflected(key: str) -> bool:
    """Whether this is a listed word with -s, -ed or -ing: "wills", "marked", "hoping"."""
    return _is_inflection(key, words_of("vocabulary.txt"))


#: how a word with -ing, -ed, -s or -ly ends
_INFLECTED = frozenset("gdsy")
_CLOSED = re.compile(r"[^aeiou]{1,2}[aeiou][^aeiouwxy]")


def _is_inflection(key: str, words: frozenset[str]) -> bool:
    """By the spelling that English asks for: "James" is no plural of jam, "Jared" would need a second r, "Carly" is no adverb."""
    if key[-1:] not in _INFLECTED:
        return False
    for ending, instead in (("ing", ("", "e")), ("ed", ("", "e")), ("es", ("", "e")), ("s", ("",)), ("ly", ("",))):
        if not key.endswith(ending):
            continue
        stem = key[: -len(ending)]
        if len(stem) < (4 if ending == "ly" else 3):
            continue
        if stem + "e" in words and "e" in instead:
            return True
        bare = ending in ("s", "ly") or (
            stem.endswith(("s", "x", "z", "ch", "sh", "o")) if ending == "es" else not _CLOSED.fullmatch(stem)
        )
        if bare and stem in words:
            return True
    return False


def _without_ending(key: str, words: frozenset[str], depth: int = 2) -> bool:
    for length in _LENGTHS.get(key[-1:], ()):
        instead = _BY_ENDING.get(key[-length:]) if length <= len(key) - 3 else None
        if instead is not None:
            stem = key[:-length]
            for letters in instead:
                if stem + letters in words:
                    return True
            if len(stem) >= 4 and stem[-1] == stem[-2] and stem[:-1] in words:
                return True
            if depth > 1 and len(stem) >= 5 and _without_ending(stem, words, depth - 1):
                return True
    return False


#: endings of illnesses, remedies and those who treat: hardly any name has them
_OF_MEDICINE = re.compile(
    r"[a-z]{2,14}(?:olog(?:y|ist|ical)|ician|therap(?:y|ist)|itis|osis|aemia|ectomy|ostomy|graphy|gram|scopy|cillin|azole|azepam|pram|olol|statin|profen|etine|idone|apine)"
    # and what is said of visits: "opportunistic"
    r"|[a-z]{5,14}istic(?:ally)?|[a-z]{4,14}(?:actic|iciliary)"
)
_VOWELS = frozenset("aeiouy")
_ENDS = frozenset(["", *(ending for ending, _ in _ENDINGS), "ty", "ted", "ting", "ssed", "nce"])


def is_of_medicine(key: str) -> bool:
    """Whether a word ends as illnesses, remedies and those who treat do: "haematologist"."""
    return _OF_MEDICINE.fullmatch(key) is not None


@lru_cache(maxsize=4096)
def is_like_a_word(key: str) -> bool:
    """Whether a word that no list knows is a listed one: clipped ("notif"), misspelt ("assesment"), two in one ("redbook")."""
    if is_of_medicine(key):
        return True
    if sum(c in _VOWELS for c in key) < 2:
        return True  # "asslt", "bdrm": hardly any name has a single vowel
    if any(is_ordinary(key[:cut]) and is_ordinary(key[cut:]) for cut in range(3, len(key) - 2)):
        return True
    return any(_is_misspelt(word, key) for word in _words_like(key))


def _is_misspelt(word: str, key: str) -> bool:
    """Whether the word stands at the beginning with a slip, with nothing but an ending behind; or is cut off."""
    distance = slips_between()

    if word.startswith(key):
        return True
    if len(word) < 4:
        return False
    return any(
        key[length:] in _ENDS and distance(word, key[:length], score_cutoff=1) <= 1
        for length in range(len(word) - 1, min(len(word) + 1, len(key)) + 1)
    )


def _words_like(key: str) -> tuple[str, ...]:
    """The listed words that begin with the same three letters."""
    listed = _in_order()
    return listed[bisect_left(listed, key[:3]) : bisect_left(listed, key[:3] + "\uffff")]


@lru_cache(maxsize=1)
def _in_order() -> tuple[str, ...]:
    return tuple(sorted(words_of("vocabulary.txt") | words_of("common_words.txt")))
