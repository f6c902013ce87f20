"""Whom one word may name, by one register. Decided once per word and case."""

from __future__ import annotations

import re
import weakref
from functools import cached_property, lru_cache

from audit_kit.domain.register import CaseRegister
from audit_kit.privacy.distances import slips_between
from audit_kit.privacy.folding import LOST_LETTER
from audit_kit.privacy.forms import FAMILY, GIVEN, NICK, PARTICLE, NamedPerson, Part, named_person, parts_of
from audit_kit.privacy.gazetteer import is_somebody_else
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.lexicon import CAPITAL, LOWER, Remembered, Word, lexicon
from audit_kit.privacy.scripts import readings, spelled
from audit_kit.privacy.slips import AS_REGISTERED, SMALL_SLIP, Slips, is_no_word, rated
from audit_kit.privacy.somali import in_english_spelling, is_in_own_spelling
from audit_kit.privacy.sounds import consonants_of, sound_of
from audit_kit.privacy.vocabulary import (
    is_inflected,
    is_like_a_word,
    is_listed,
    is_ordinary,
    is_uncommon,
    is_worked_out,
)

_BEGIN_ALIKE = ({"c", "k"}, {"k", "q"}, {"j", "y"}, {"g", "j"}, {"i", "y"})
_DERIVED = ("er", "ers", "or", "ors", "iness", "ment", "ship", "ful", "ity", "ing")
_DIGITS_AS_LETTERS = (str.maketrans("013457!$@", "oleastlsa"), str.maketrans("013457!$@", "oieastisa"))


class WordBook:
    """Every word of one case's texts, looked up once; the register's names compiled."""

    def __init__(self, register: CaseRegister, keep: KeepWords) -> None:
        self.keep = keep
        self.people: tuple[NamedPerson, ...] = tuple(named_person(label, p) for label, p in register.labelled())
        self._exact: dict[str, tuple[Part, ...]] = {}
        for position, person in enumerate(register.people):
            for key, named in parts_of(position, person).items():
                self._exact[key] = (*self._exact.get(key, ()), *named)
        self._near = [
            (key, parts)
            for key, parts in self._exact.items()
            if len(key) >= 4 and parts[0].score >= 0.95 and parts[0].kind != PARTICLE
        ]
        short = [(key, parts) for key, parts in self._exact.items() if len(key) == 3 and not is_ordinary(key)]
        self._slips = Slips(self._near, short)
        self._given: dict[str, set[int]] = {}
        for position, named_so in enumerate(self.people):
            for name in named_so.given:
                self._given.setdefault(name, set()).add(position)
        self._beginnings = {key[:2] for key in self._exact}
        self._without_register = lexicon(keep).__getitem__
        me = weakref.proxy(self)  # if each held the other, a case's words would stay long after its return is read
        self._seen = Remembered(lambda word: me._look_up(word))

    @cached_property
    def _sounds(self) -> dict[str, tuple[Part, ...]]:
        sounds: dict[str, tuple[Part, ...]] = {}
        for key, parts in self._registered:
            if is_listed(key):
                continue  # so much sounds like a word that the register also has as a name: Rowhill like Royal
            sounds.setdefault(sound_of(key), parts)
            if "j" in key:
                # it is y in Polish, zh in Kurdish and French
                sounds.setdefault(sound_of(key.replace("j", "zh")), parts)
        return sounds

    @cached_property
    def _registered(self) -> tuple[tuple[str, tuple[Part, ...]], ...]:
        """The names that the register says outright, and no pet form of them."""
        return tuple((key, parts) for key, parts in self._near if parts[0].rule in AS_REGISTERED)

    @cached_property
    def _somali(self) -> dict[str, tuple[str, tuple[Part, ...]]]:
        named = [(key, parts) for key, parts in self._exact.items() if len(key) > 2 and parts[0].rule in AS_REGISTERED]
        return {in_english_spelling(key): (key, parts) for key, parts in reversed(named) if parts[0].kind != PARTICLE}

    @cached_property
    def _skeletons(self) -> dict[str, tuple[Part, ...]]:
        skeletons: dict[str, tuple[Part, ...]] = {}
        for key, parts in self._near:
            skeletons.setdefault(consonants_of(key), parts)
        return skeletons

    def __getitem__(self, word: str) -> Word:
        return self._seen[word]

    def all_of(self, texts: list[str]) -> list[Word]:
        """What is known of each of these words."""
        seen, names = self._seen, self._exact
        return [
            about if about.ordinary and about.shape == LOWER and about.key not in names else seen[word]
            for about, word in zip(map(self._without_register, texts), texts, strict=True)
        ]

    def exact(self, key: str) -> tuple[Part, ...]:
        """Whom this squeezed word names, letter by letter."""
        return self._exact.get(key, ())

    def owner_without_apostrophe(self, typed: str) -> tuple[Part, ...]:
        """Whom "graces" or "ayos" names of people called Grace and Ayo: a first name with the s of a lost apostrophe."""
        key = typed[:-1]
        if len(key) < 3 or typed[-1] != "s" or key not in self._exact:
            return ()
        if not (len(key) == 3 or is_ordinary(typed) or is_ordinary(key)):
            return ()
        return tuple(p for p in self._exact[key] if p.kind in (GIVEN, NICK) and p.rule in AS_REGISTERED)

    def joined(self, key: str) -> tuple[Part, ...]:
        """Whom two names written as one word name: "folakeadeyemi"."""
        if signed_in := self._signed_in(key):
            return signed_in
        if len(key) < 7 or (key[:2] not in self._beginnings and key[0] not in self._given):
            return ()
        known: set[int] = set()
        for cut in range(1, len(key)):
            begin, end = key[:cut], key[cut:]
            if (begin in self._exact or begin in self._given) and (end in self._exact or end in self._given):
                known |= self._called(begin) & self._of_family(end) | self._of_family(begin) & self._called(end)
        return (Part(min(known), FAMILY, "register:joined"),) if known else ()

    def _signed_in(self, key: str) -> tuple[Part, ...]:
        """Whom an initial glued to a surname names, as people sign in: "fadeyemi"."""
        if len(key) < 5:
            return ()
        known = {n for n in self._of_family(key[1:]) if key[0] in self.people[n].given_initials}
        return (Part(min(known), FAMILY, "register:joined"),) if known else ()

    def sounding(self, key: str) -> tuple[Part, ...]:
        """Whom a squeezed word names by ear, as somebody says it slowly: "ayshegul" of Ayşegül."""
        return self._slips.find(key, small=False) or self._sounds.get(sound_of(key), ())

    def in_other_script(self, stretch: str) -> tuple[Part, ...]:
        """Whom a stretch of one or more words in another script names, read aloud."""
        return next((parts for word in re.split(r"[ ·'-]", stretch) if (parts := self._in_other_script(word))), ())

    def _called(self, name: str) -> set[int]:
        """Who is called so by a given name or alias that may be written as one word with another."""
        by_parts = {
            part.person
            for part in self._exact.get(name, ())
            if part.kind not in (FAMILY, PARTICLE)
            and part.score >= 0.95
            and (len(name) > 3 or (len(name) == 3 and not is_ordinary(name)))
        }
        return by_parts | self._given.get(name, set())

    def _of_family(self, name: str) -> set[int]:
        return {part.person for part in self._exact.get(name, ()) if part.kind == FAMILY}

    def _look_up(self, word: str) -> Word:
        about = self._without_register(word)
        key, shape, ordinary = about.key, about.shape, about.ordinary
        parts = self._exact.get(key, ())
        if not parts and ordinary and shape == LOWER:
            return about  # most words: the same for all cases
        plural = False
        if parts:
            # a registered name is only a word too when it stands in the list itself: "Marky" is no form of "mark"
            ordinary = about.kept or _is_word_too(key, shape, parts)
        elif key[-1:] == "s":
            stem = key[:-2] if key.endswith("es") and key[:-2] in self._exact else key[:-1]
            named = self._exact.get(stem, ()) if shape != LOWER or (len(stem) > 3 and not is_ordinary(stem)) else ()
            parts = tuple(p for p in named if p.kind == FAMILY and (shape != LOWER or p.score >= 0.95))
            plural = bool(parts)
            if not (parts or ordinary):
                # "temis school bag": the apostrophe is lost
                parts = tuple(p._replace(stuck="'s") for p in named if p.score >= 0.95 and p.kind != PARTICLE)
        if not parts and key and (not ordinary or (shape == CAPITAL and not about.kept and is_worked_out(key))):
            # no list has "sumer", which sum and an ending would make: with a capital it may be Summer misspelt
            parts = self.joined(key) or self._far(key, shape, about.foreign_script)
        if not parts and ordinary == about.ordinary:
            return about
        # "phil" in small letters is somebody, "cons" of Consolata an abbreviation
        if shape == LOWER and len(key) < 6:
            sure = tuple(p for p in parts if p.score >= 0.95 or p.rule == SMALL_SLIP or _may_be_short(about, p))
            # what may be a pet form by rule may be the name with a slip too: "aduni" of Adunni
            parts = sure or (self._slips.find(key, small=True) if parts and not ordinary else ())
        return _naming(about, parts, ordinary=ordinary, plural=plural)

    def _far(self, key: str, shape: str, foreign: bool) -> tuple[Part, ...]:
        """Typing errors, spellings by ear, lost letters, digits for letters, other scripts."""
        if foreign:
            return self._in_other_script(key)
        if LOST_LETTER in key:
            return self._with_lost_letters(key)
        best = self._spelt_as_somalis_do(key)
        best = best or self._slips.find(key, small=shape == LOWER) or self._slips.stuck(key)
        if best:
            return best
        if shape == LOWER and len(key) >= 6 and is_no_word(key) and not is_like_a_word(key):
            return rated(self._sounds.get(sound_of(key), ()), SMALL_SLIP, 0.7)  # "begoom" for Begum
        if shape != LOWER and len(key) >= 4:
            alike = self._as_registered(key) if is_somebody_else(key) else self._sounds.get(sound_of(key), ())
            return rated(alike, "register:sound", 0.85)
        return ()

    def _spelt_as_somalis_do(self, key: str) -> tuple[Part, ...]:
        """Whom a word names where the register or the text has the Somali spelling of it, and the other the English one."""
        form, parts = self._somali.get(in_english_spelling(key), ("", ()))
        if is_in_own_spelling(form) or (parts and is_in_own_spelling(key) and not is_somebody_else(key)):
            return rated(parts, "register:spelling", 0.95)
        return ()

    def _as_registered(self, key: str) -> tuple[Part, ...]:
        """Whom a real name sounds like, letter for letter nearly, as the register writes it: Ayesha and Aisha.

        To so coarse a key Sergei is Seersha as well, and Bilal a pet form of Will: these are other people.
        """
        distance = slips_between()

        sound, most = sound_of(key), max(2, len(key) // 3)
        if len(sound) < 4:
            return ()  # Keeley and Cali
        for form, parts in self._registered:
            # Zalman is not Salman, but Carol may be Karol
            begins = form[0] == key[0] or {form[0], key[0]} in _BEGIN_ALIKE
            if begins and sound_of(form) == sound and distance(form, key) <= most:
                return parts
        return ()

    def _with_lost_letters(self, key: str) -> tuple[Part, ...]:
        pattern = re.compile("".join(".{1,2}" if c == LOST_LETTER else re.escape(c) for c in key))
        for form, parts in self._near:
            if pattern.fullmatch(form):
                return rated(parts, "register:lost letters", 0.9)
        return ()

    def _in_other_script(self, key: str) -> tuple[Part, ...]:
        # a Korean family name is the first syllable
        for reading in readings(key) or filter(None, (spelled(key), spelled(key[1:]))):
            if reading in self._exact:
                return rated(self._exact[reading], "register:other script", 0.9)
            parts = self._sounds.get(sound_of(reading)) or self._slips.find(reading, small=False)
            if not parts and len(consonants_of(reading)) >= 2:
                parts = self._skeletons.get(consonants_of(reading), ())
            if parts:
                return rated(parts, "register:other script", 0.8)
        return ()


def _naming(about: Word, parts: tuple[Part, ...], *, ordinary: bool, plural: bool) -> Word:
    """The word as one register knows it; ``replace`` takes five times as long, and every case asks for hundreds."""
    return Word(
        about.key,
        about.shape,
        parts,
        ordinary,
        about.kept,
        about.first_name,
        about.last_name,
        about.word_name,
        about.cue,
        about.title,
        about.possessive,
        plural,
        about.foreign_script,
        about.strange,
        about.capitals,
    )


def _may_be_short(about: Word, part: Part) -> bool:
    return part.score >= 0.9 and len(about.key) >= 4 and about.first_name and not about.ordinary


def _is_word_too(key: str, shape: str, parts: tuple[Part, ...]) -> bool:
    """Whether a registered name is also an English word: "Hope"; "bills" beside a man called Bill."""
    if is_listed(key) or (shape == LOWER and is_uncommon(key)):
        return True
    if shape == LOWER and (_is_derived(key) or (all(p.kind == FAMILY for p in parts) and _describes(key))):
        return True  # "the stamp cutter" beside a family called Cutter, "her happiness" beside somebody called so
    return is_inflected(key) and (shape == LOWER or all(part.score < 1 for part in parts))


def _is_derived(key: str) -> bool:
    """Whether the word is made of another one: cutter, walker, happiness, thankful."""
    return key.endswith(_DERIVED) and len(key) >= 5 and is_ordinary(key)


def _describes(key: str) -> bool:
    """Whether the word says what something is like, where a family is called so: "hardy", "windy"."""
    return key.endswith("y") and len(key) >= 5 and is_listed(key[:-1])


@lru_cache(maxsize=4096)
def digits_as_letters(word: str) -> tuple[str, ...]:
    """Digits and signs read as the letters they stand for: T3mi is Temi; 1 and ! are l or i."""
    return tuple(dict.fromkeys(word.translate(table) for table in _DIGITS_AS_LETTERS))
