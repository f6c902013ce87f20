"""What one word may be: a registered name, an ordinary word, a known name, a title. Decided once per word."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from audit_kit.domain.register import CaseRegister
from audit_kit.privacy.cues import CUES
from audit_kit.privacy.folding import LOST_LETTER, squeeze
from audit_kit.privacy.forms import FAMILY, PARTICLE, TITLES, NamedPerson, Part, named_person, parts_of
from audit_kit.privacy.gazetteer import is_first_name, is_last_name, is_somebody_else
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.scripts import readings
from audit_kit.privacy.sounds import consonants_of, sound_of
from audit_kit.privacy.vocabulary import is_inflected, is_listed, is_ordinary, is_uncommon
from audit_kit.privacy.wordlists import word_class

LOWER, CAPITAL, UPPER, MIXED = "lower", "capital", "upper", "mixed"
_WORD_NAMES = word_class("names.words")
_DIGITS_AS_LETTERS = (str.maketrans("013457", "oleast"), str.maketrans("013457", "oieast"))


@dataclass(frozen=True, slots=True)
class Word:
    """All that is known of one word before its neighbours are looked at."""

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

    @property
    def capitalised(self) -> bool:
        """Whether the word has a capital anywhere."""
        return self.shape != LOWER


@lru_cache(maxsize=32768)
def shape_of(word: str) -> str:
    """How the word is written: lower, Capital, UPPER or MiXed."""
    letters = word[:-2] if word[-2:] in ("'s", "'S") else word
    if letters.islower():
        return LOWER
    if letters[0].isupper() and (len(letters) == 1 or letters[1:].islower()):
        return CAPITAL
    if letters.isupper():
        return UPPER
    return CAPITAL if letters[0].isupper() else MIXED


@lru_cache(maxsize=32768)
def looked_at(word: str) -> Word:
    """What is known of a word without any register: the same for all cases, so looked up once for all."""
    possessive = word[-2:] in ("'s", "'S")
    key = squeeze(word[:-2] if possessive else word)
    shape = shape_of(word)
    first_name, last_name = is_first_name(key), is_last_name(key)
    named = first_name or (last_name and shape == CAPITAL)
    return Word(
        key=key,
        shape=shape,
        ordinary=is_ordinary(key) and (not named or is_listed(key) or is_inflected(key)),
        first_name=first_name,
        last_name=last_name,
        word_name=shape == CAPITAL and key in _WORD_NAMES,
        cue=key in CUES,
        title=key in TITLES,
        possessive=possessive,
        foreign_script=bool(key) and not key.isascii() and LOST_LETTER not in key,
    )


class WordBook:
    """Every word of one case's texts, looked up once; the register's names compiled."""

    #: so that an endless text of nonsense words can't fill the memory
    MOST_REMEMBERED = 50_000

    def __init__(self, register: CaseRegister, keep: KeepWords) -> None:
        self.keep = keep
        self.people: tuple[NamedPerson, ...] = tuple(named_person(label, p) for label, p in register.labelled())
        self._exact: dict[str, tuple[Part, ...]] = {}
        for position, person in enumerate(register.people):
            for key, named in parts_of(position, person).items():
                self._exact[key] = self._exact.get(key, ()) + tuple(named)
        self._joined = self._joined_names()
        self._near = [
            (key, parts)
            for key, parts in self._exact.items()
            if len(key) >= 4 and parts[0].score >= 0.95 and parts[0].kind != PARTICLE
        ]
        self._sounds: dict[str, tuple[Part, ...]] = {}
        self._skeletons: dict[str, tuple[Part, ...]] = {}
        self._near_by_letter: dict[str, list[tuple[str, tuple[Part, ...]]]] = {}
        for key, parts in self._near:
            self._near_by_letter.setdefault(key[0], []).append((key, parts))
            self._sounds.setdefault(sound_of(key), parts)
            # j is y in Polish, zh in Kurdish and French
            self._sounds.setdefault(sound_of(key.replace("j", "zh")), parts)
            self._skeletons.setdefault(consonants_of(key), parts)
        self._seen: dict[str, Word] = {}

    def __getitem__(self, word: str) -> Word:
        known = self._seen.get(word)
        if known is None:
            if len(self._seen) >= self.MOST_REMEMBERED:
                self._seen.clear()
            known = self._seen[word] = self._look_up(word)
        return known

    def exact(self, key: str) -> tuple[Part, ...]:
        """Whom this squeezed word names, letter by letter."""
        return self._exact.get(key, ())

    def joined(self, key: str) -> tuple[Part, ...]:
        """Whom two names written as one word name: "folakeadeyemi"."""
        return self._joined.get(key, ())

    def _joined_names(self) -> dict[str, tuple[Part, ...]]:
        firsts: list[list[str]] = [list(person.given) for person in self.people]
        families: list[list[str]] = [[] for _ in self.people]
        for key, parts in self._exact.items():
            for part in parts:
                if part.kind == FAMILY:
                    families[part.person].append(key)
                elif (
                    part.kind != PARTICLE
                    and part.score >= 0.95
                    and (len(key) > 3 or (len(key) == 3 and not is_ordinary(key)))
                ):
                    firsts[part.person].append(key)
        joined: dict[str, tuple[Part, ...]] = {}
        for position, (given, family) in enumerate(zip(firsts, families, strict=True)):
            both = (Part(position, FAMILY, "register:joined"),)
            for first in given:
                for last in family:
                    if len(first) + len(last) >= 7:
                        joined.setdefault(first + last, both)
                        joined.setdefault(last + first, both)
        return joined

    def _look_up(self, word: str) -> Word:
        about = looked_at(word)
        key, shape = about.key, about.shape
        kept = key in self.keep.words and not (shape == CAPITAL and about.first_name and key in self.keep.abbreviations)
        plural = False
        parts = self._exact.get(key, ())
        # a registered name is only a word too when it stands in the list itself: "Marky" is no form of "mark"
        ordinary = kept or (_is_word_too(key, shape, parts) if parts else about.ordinary)
        if not parts and shape != LOWER and key[-1:] == "s":
            stem = key[:-2] if key.endswith("es") and key[:-2] in self._exact else key[:-1]
            parts = tuple(p for p in self._exact.get(stem, ()) if p.kind == FAMILY)
            plural = bool(parts)
        if not parts and not ordinary and key:
            parts = self._joined.get(key, ()) or self._far(key, shape, about.foreign_script)
        parts = tuple(p for p in parts if p.score >= 0.95 or shape != LOWER or len(key) >= 6)
        if not parts and not kept and ordinary == about.ordinary:
            return about  # most words: the same for all cases
        return replace(about, parts=parts, ordinary=ordinary, kept=kept, plural=plural)

    def _far(self, key: str, shape: str, foreign: bool) -> tuple[Part, ...]:
        """Typing errors, spellings by ear, lost letters, digits for letters, other scripts."""
        if foreign:
            return self._in_other_script(key)
        if LOST_LETTER in key:
            return self._with_lost_letters(key)
        best = self._by_typing_error(key, shape)
        if best:
            return best
        if shape != LOWER and len(key) >= 4:
            known_name = is_somebody_else(key)
            # Keeley and Cali sound alike to so coarse a key, and are two people
            if not known_name or len(sound_of(key)) >= 4:
                return _rated(self._sounds.get(sound_of(key), ()), "register:sound", 0.85)
        return ()

    def _by_typing_error(self, key: str, shape: str) -> tuple[Part, ...]:
        if len(key) < 4:
            return ()
        best: tuple[Part, ...] = ()
        best_distance = 3
        known_name = is_somebody_else(key)
        # the first letter is nearly always right, or swapped with the second
        for form, parts in (*self._near_by_letter.get(key[0], ()), *self._near_by_letter.get(key[1], ())):
            allowed = errors_allowed(len(form))
            if abs(len(form) - len(key)) > allowed or allowed == 0:
                continue
            distance = OSA.distance(form, key, score_cutoff=allowed)
            if distance > allowed or distance >= best_distance:
                continue
            if (form[0] != key[0] and (shape == LOWER or len(form) < 6 or key[:2] != form[1::-1])) or (
                len(form) < 6 and shape == LOWER
            ):
                continue
            # a real name of its own (Marta beside Maria) is somebody else
            if known_name and shape != LOWER and sound_of(form) != sound_of(key):
                continue
            best, best_distance = parts, distance
        return _rated(best, "register:typing error", 1 - 0.1 * best_distance)

    def _with_lost_letters(self, key: str) -> tuple[Part, ...]:
        pattern = re.compile("".join(".{1,2}" if c == LOST_LETTER else re.escape(c) for c in key))
        for form, parts in self._near:
            if pattern.fullmatch(form):
                return _rated(parts, "register:lost letters", 0.9)
        return ()

    def _in_other_script(self, key: str) -> tuple[Part, ...]:
        for reading in readings(key):
            if reading in self._exact:
                return _rated(self._exact[reading], "register:other script", 0.9)
            parts = self._sounds.get(sound_of(reading)) or self._by_typing_error(reading, CAPITAL)
            if not parts and len(consonants_of(reading)) >= 2:
                parts = self._skeletons.get(consonants_of(reading), ())
            if parts:
                return _rated(parts, "register:other script", 0.8)
        return ()


def _is_word_too(key: str, shape: str, parts: tuple[Part, ...]) -> bool:
    """Whether a registered name is also an English word: "Hope"; "bills" beside a man called Bill."""
    if is_listed(key) or (shape == LOWER and is_uncommon(key)):
        return True
    return is_inflected(key) and (shape == LOWER or all(part.score < 1 for part in parts))


def errors_allowed(length: int) -> int:
    """How many typing errors a name of this length may have and still be taken for itself."""
    if length < 4:
        return 0
    return 1 if length < 8 else 2


def _rated(parts: tuple[Part, ...], rule: str, score: float) -> tuple[Part, ...]:
    return tuple(Part(p.person, p.kind, rule, round(min(p.score, score), 2)) for p in parts)


@lru_cache(maxsize=4096)
def digits_as_letters(word: str) -> tuple[str, ...]:
    """Digits read as the letters they stand for: T3mi is Temi; 1 is l or i."""
    return tuple(dict.fromkeys(word.translate(table) for table in _DIGITS_AS_LETTERS))
