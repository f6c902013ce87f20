"""What one word is without any register: how it is written, an ordinary word, a known name, a title. The same for all cases."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from audit_kit.privacy.cues import CUES
from audit_kit.privacy.folding import LOST_LETTER, squeeze
from audit_kit.privacy.forms import TITLES, Part
from audit_kit.privacy.gazetteer import known_names
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.vocabulary import is_clipped, is_inflected, is_ordinary, is_uncommon
from audit_kit.privacy.wordlists import word_class, words_of

LOWER, CAPITAL, UPPER, MIXED = "lower", "capital", "upper", "mixed"
_WORD_NAMES = word_class("names.words")
#: "MTull": an initial and a surname typed as one word
_CAMEL = re.compile(r"(?!Mc|Mac|O')[A-Z][A-Z][a-z]{3,18}")


#: "I'd", "who'd": what stands before "would" and is nobody's name
_WOULD = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "who",
        "that",
        "this",
        "there",
        "what",
        "where",
        "how",
        "when",
    ]
)


@dataclass(slots=True, eq=False)
class Word:
    """All that is known of one word before its neighbours are looked at.

    Never changed once it is made. It is not frozen because that takes three times as long to make, and every word that a
    text brings up for the first time is one.
    """

    key: str  # squeezed: plain lower-case letters, possessive taken off
    shape: str
    parts: tuple[Part, ...] = ()  # whom it may name, by the register
    ordinary: bool = False  # an English word, or one of the trade's
    kept: bool = False
    first_name: bool = False  # known to the gazetteer
    last_name: bool = False
    word_name: bool = False  # a word by which people are called: "Willow", "Jade"
    cue: bool = False  # a finder starts looking here: a head of places' names, a kind of street
    title: bool = False
    possessive: bool = False
    plural: bool = False  # "the Adeyemis"
    foreign_script: bool = False
    strange: bool = False  # no word that any list knows, typed without a capital or all in capitals
    capitals: bool = False  # nothing but capitals, its possessive apart: "TB", "T's"

    @property
    def capitalised(self) -> bool:
        """Whether the word has a capital anywhere."""
        return self.shape != LOWER


def _is_someones(word: str) -> bool:
    """Whether a name stands before the apostrophe: "Folake's", and also "Folake'd like" though it owns nothing."""
    return word[-2:] in ("'s", "'S") or (word[-2:] == "'d" and word[:-2].lower() not in _WOULD)


def _shape_of(letters: str) -> str:
    """How a word is written, its possessive apart: lower, Capital, UPPER or MiXed."""
    if letters.islower():
        return LOWER
    if letters[0].isupper() and (len(letters) == 1 or letters[1:].islower()):
        return CAPITAL
    if letters.isupper():
        return UPPER
    return CAPITAL if letters[0].isupper() else MIXED


def looking_at(keep: KeepWords) -> Callable[[str], Word]:
    """What tells what is known of a word without any register. The lists are at hand: every new word is looked for in each."""
    given, common_first, rare_first, common_last, rare_last = known_names()
    vocabulary = words_of("vocabulary.txt")

    def looked_at(word: str) -> Word:
        possessive = _is_someones(word)
        letters = word[:-2] if possessive else word
        key = letters.lower() if letters.isascii() and letters.isalpha() else squeeze(letters)
        shape = _shape_of(letters)
        first_name = key in common_first or key in rare_first or key in given
        last_name = key in common_last or key in rare_last
        listed = key in vocabulary
        ordinary = listed or is_ordinary(key)
        named = first_name or (last_name and shape == CAPITAL)
        named_so = shape == CAPITAL and first_name and word[1:].islower()  # "Cam" for CAM, and not "CaM"
        kept = key in keep.words and not (named_so and key in keep.abbreviations)
        # by their places, as they stand in the class: by their names it takes half as long again
        return Word(
            key,
            shape,
            (),
            kept or (ordinary and (listed or not named or is_inflected(key) or is_clipped(key))),
            kept,
            first_name,
            last_name,
            shape == CAPITAL and key in _WORD_NAMES,
            key in CUES,
            key in TITLES,
            possessive,
            False,
            not key.isascii() and LOST_LETTER not in key,
            not (ordinary or first_name) and _is_strange(key, shape, word),
            shape != LOWER and word.removesuffix("'s").isupper(),
        )

    return looked_at


def _is_strange(key: str, shape: str, word: str) -> bool:
    """Whether a word that is neither ordinary nor a first name looks like no word at all."""
    return (
        len(key) >= 5
        and (shape in (LOWER, UPPER) or _CAMEL.fullmatch(word) is not None)
        and key.isascii()
        and not is_uncommon(key)
    )


class Remembered(dict[str, Word]):
    """Every word met so far, looked up when it is first asked for."""

    #: so that an endless text of nonsense words can't fill the memory
    MOST = 50_000

    def __init__(self, look_up: Callable[[str], Word]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> Word:
        if len(self) >= self.MOST:
            self.clear()
        about = self[word] = self._look_up(word)
        return about


@lru_cache(maxsize=4)
def lexicon(keep: KeepWords) -> Remembered:
    """Every word with what these words to keep say of it: the same for all cases, so looked up once for all."""
    return Remembered(looking_at(keep))
