"""From a registered person to every single word by which that person may be called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from audit_kit.domain.register import Person
from audit_kit.privacy.folding import fold, fold_word, squeeze
from audit_kit.privacy.gazetteer import is_first_name
from audit_kit.privacy.nicknames import foreign_forms, other_forms, pet_endings, table_forms
from audit_kit.privacy.somali import in_english_spelling, is_in_own_spelling, sounds_the_same
from audit_kit.privacy.sounds import sound_of
from audit_kit.privacy.vocabulary import is_listed
from audit_kit.privacy.wordlists import word_class

GIVEN, FAMILY, MIDDLE, NICK, PARTICLE = "given", "family", "middle", "nick", "particle"

TITLES = word_class("forms.titles")
_RANKS = word_class("jobs.ranks")
NOT_STRIPPED = word_class("forms.not_stripped")
PARTICLES = word_class("forms.particles")
#: "Uncle Will", "Unborn Baby Cole": part of the name only beside the rest of it
KIN = word_class("forms.kin")
_ALSO = re.compile(
    r"\b(?:aka|a\.k\.a\.?|also known as|known as|formerly|nee|alias|maiden name|goes by|or)\b|[;/]", re.I
)
_BRACKETS = re.compile(r"[(\[\"“']([^()\[\]\"”]{1,60})[)\]\"”']")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")

_FEMALE = frozenset(["mother", "stepmother", "grandmother", "aunt", "sister", "half_sister", "stepsister", "daughter"])
_MALE = frozenset(["father", "stepfather", "grandfather", "uncle", "brother", "half_brother", "stepbrother", "son"])

#: letters that people write in two ways, in the order in which they are undone
_RESPELLINGS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_SPELLED_OUT = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ø": "oe",
    "å": "aa",
    "Ä": "Ae",
    "Ö": "Oe",
    "Ü": "Ue",
    "Ø": "Oe",
    "Å": "Aa",
}


class Part(NamedTuple):
    """One word by which one registered person is called."""

    person: int  # position in the register
    kind: str
    rule: str
    score: float = 1.0
    stuck: str = ""  # a small word typed without a space before it or behind it


@dataclass(frozen=True, slots=True, eq=False)
class NamedPerson:
    """What the matcher knows of one person: the words of the name and the initials they give.

    Compared as the one thing that it is: what is worked out of a family is kept under its people, and asked for by every text.
    """

    label: str
    role: str
    gender: str  # "f", "m" or ""
    given: tuple[str, ...]
    family: tuple[str, ...]
    initials: str  # of given, middle and family names, in order
    words: tuple[str, ...]  # given, middle and family names, in order, without particles
    short_forms: frozenset[str]  # "jl" of Jean-Luc, "tj" when it is an alias
    given_initials: frozenset[str]
    family_initials: frozenset[str]
    family_halves: frozenset[str]  # "a" and "m" of Adeyemi-Mensah
    doubles: frozenset[tuple[str, str]] = frozenset()  # "anna", "may" of Anna-May


def _is_particle(place: int, keys: list[str]) -> bool:
    """Whether a word of a name leads to the next one: "de", but not the Le of Le Thi Mai, the Ben of Ben Carter or what ends a name."""
    key, count = keys[place], len(keys)
    if key not in PARTICLES or place == count - 1 or (place < 2 and keys[0] == keys[1]):
        return False
    called = key in _ALSO_FAMILIES or key in _ALSO_GIVEN or (count == 2 and key in _ALSO_GIVEN_BEFORE_ONE)
    return not (place == 0 and called)


def gender_of(role: str) -> str:
    """What "Mrs" or "Mr" must agree with: "f", "m", or "" when the role does not say."""
    if role in _FEMALE:
        return "f"
    return "m" if role in _MALE else ""


@lru_cache(maxsize=64)
def full_names(person: Person) -> tuple[tuple[str, ...], ...]:
    """The person's names and multi-word aliases as lists of words, given names first.

    "ADEYEMI, Folake (Fola)" gives ("Folake", "ADEYEMI") and ("Fola",); titles are left out.
    """
    found: list[tuple[str, ...]] = []
    for typed in (person.name, *person.aliases):
        plain = fold(typed).text
        bracketed = _BRACKETS.findall(plain)
        for piece in [*_ALSO.split(_BRACKETS.sub(" ", plain)), *bracketed]:
            words = _in_order(piece)
            if words and words not in found:
                found.append(words)
    return tuple(found)


def _in_order(piece: str) -> tuple[str, ...]:
    before, comma, after = piece.partition(",")
    text = f"{after} {before}" if comma and after.strip() else piece
    words = _WORD.findall(text.replace(",", " "))
    if len(words) > 1:
        words = [
            w
            for i, w in enumerate(words)
            if not ((w.lower() in TITLES or w in _RANKS) and ((i == 0 and w.lower() not in NOT_STRIPPED) or comma))
        ]
    return tuple(words)


@lru_cache(maxsize=512)  # a case's people are the same in each of its returns, and in its session's search for names
def parts_of(position: int, person: Person) -> Mapping[str, tuple[Part, ...]]:
    """Every squeezed word → how it names this person, who stands at ``position`` in the register."""
    return {
        key: tuple([Part(position, kind, rule, score) for _, kind, rule, score, _ in named])
        for key, named in _parts_of_first(person).items()
    }


@lru_cache(maxsize=512)  # those whom agencies name move on in the register with each return
def _parts_of_first(person: Person) -> Mapping[str, tuple[Part, ...]]:
    """The same of a person who stands first."""
    parts: dict[str, list[Part]] = {}

    def add(word: str, kind: str, rule: str, score: float = 1.0) -> None:
        if len(word) < 2:
            return
        known = parts.get(word)
        if known is None:
            parts[word] = [Part(0, kind, rule, score)]
        elif all(p.score < score for p in known if p.kind == kind):
            # what the register says outright counts before what was worked out: "Bron", and Bronagh cut short
            parts[word] = [p for p in known if p.kind != kind] + [Part(0, kind, rule, score)]

    raw = {squeeze(w): w for typed in (person.name, *person.aliases) for w in _LETTERS.findall(typed)}
    polish = _POLISH.search(" ".join((person.name, *person.aliases))) is not None
    for number, words in enumerate(full_names(person)):
        keys = [squeeze(word) for word in words]
        for place, (word, key) in enumerate(zip(words, keys, strict=True)):
            kind = _kind(place, words, is_main=number == 0)
            leads = _is_particle(place, keys)
            if leads or (key in KIN and len(words) > 1 and place < len(words) - 1):
                add(key, PARTICLE, "register:name")
                continue
            rule = "register:name" if number == 0 else "register:alias"
            told_apart = key in _ALSO_FAMILIES and len(words) > 1
            kind = FAMILY if told_apart else kind
            for piece in dict.fromkeys((key, *(squeeze(half) for half in word.split("-")))):
                if piece in PARTICLES and piece != key:
                    add(piece, PARTICLE, rule)
                    continue
                add(piece, kind, rule, 0.95 if told_apart else 1.0)
                called = NICK if kind != FAMILY else FAMILY
                for form, why, score in _other_spellings(piece, raw.get(piece, ""), kind, polish=polish):
                    add(form, called, why, score)
    _add_prefixed(parts, person)
    return {key: tuple(named) for key, named in parts.items()}


_POLISH = re.compile(r"[ąćęłńśźż]|szcz|[kgp]rz|\w(?:ski|ska|cki|cka|wicz|czyk|iak|lak|wak|iec|arz|szuk)\b", re.I)


def _declined(key: str) -> set[str]:
    """A Polish name as the case asks for it: Ewy, Ewie, Ewę of Ewa; Darka, Darkowi of Darek; Nowickiego of Nowicki."""
    if len(key) < 3:
        return set()
    if key.endswith(("ski", "cki")):
        return {key + ending for ending in ("ego", "emu", "m", "mi")}
    if key.endswith(("ska", "cka")):
        return {key[:-1] + "iej"}
    if key.endswith("a"):
        stem = key[:-1]
        if stem[-1] != "i":
            return {stem + ending for ending in ("y", "i", "e", "o", "ie", "u")}
        return {stem, stem + "e", stem + "u", stem + "o"}
    if key[-1] in "eiouy" or len(key) < 5:
        return set()
    # the e of the last syllable falls out: Kacper, Kacpra
    stem = key[:-2] + key[-1] if key.endswith(("ek", "er", "el")) else key
    soft = "i" if stem[-1] in "kg" else ""
    return {stem + ending for ending in ("a", "owi", f"{soft}em", "u", "owie")}


@lru_cache(maxsize=4096)
def _other_spellings(key: str, typed: str, kind: str, *, polish: bool) -> tuple[tuple[str, str, float], ...]:
    """The other forms of one word of a name: (form, rule, score)."""
    forms = [(spelling, "register:spelling", 1.0) for spelling in sorted(_respelled(key, typed))]
    if is_in_own_spelling(key):
        forms.append((in_english_spelling(key), "register:spelling", 1.0))
    forms += [
        (form, "register:spelling", 0.95)
        for form in sorted(table_forms(key) | foreign_forms(key))
        if sounds_the_same(key, form)
    ]
    if kind == FAMILY:
        also = _gendered(key) | _as_families_spell(key) | (_declined(key) if polish else set())
        return (*forms, *((form, "register:spelling", 0.95) for form in sorted(also)))
    forms += [(form, "register:spelling", 0.9) for form in sorted(_declined(key)) if polish]
    # Sorrie may be called "Sorry", but most people who are sorry are not
    made = {form for form in pet_endings(key) if is_listed(form)} - table_forms(key)
    forms += [(form, "register:nickname", 0.95) for form in sorted(other_forms(key) - made)]
    forms += [(form, SHORT_WORD, 0.5) for form in sorted(made)]
    forms += [(form, "register:other language", 0.8) for form in sorted(foreign_forms(key))]
    # "Magda" of Magdalena, "Oluwa" of Oluwaseun: cut off, no table can hold them all
    cut = [key[:length] for length in range(3, len(key)) if len(key) >= 5]
    if key in _MONTHS and key[:3] != key:
        forms.append((key[:3], MONTH_CUT_SHORT, 0.9))
    # a table knows that Will is short for William; "The" is not short for Theresa
    cut_down = [form for form in _pet_forms(key, polish=polish) if not (is_listed(form) or is_first_name(form))]
    forms += [(form, "register:nickname", 0.9) for form in cut_down]
    short = [form for form in (*cut, *sorted(_without_first_element(key))) if not is_listed(form)]
    words = [form for form in cut if len(form) <= 5 and is_listed(form) and form not in _NOBODYS_SHORT_FORM]
    return (
        *forms,
        *((form, "register:short form", 0.9) for form in short),
        *((form, SHORT_WORD, 0.5) for form in words),
    )


def _as_families_spell(key: str) -> set[str]:
    """A family called by a forefather's first name, in the other spellings of it: Hussain and Hossain, Maxamed and Mohamed."""
    return {
        form
        for form in table_forms(key) | foreign_forms(key)
        if len(form) >= max(len(key) - 1, _SHORTEST_FOREFATHER)
        and not is_listed(form)
        and (sound_of(form) == sound_of(key) or is_in_own_spelling(key) or is_in_own_spelling(form))
    } - {key}


#: "Mary" is no spelling of a family called Maria
_SHORTEST_FOREFATHER = 5


def _pet_forms(key: str, *, polish: bool) -> tuple[str, ...]:
    """A name cut behind a consonant, with a fond ending: Natsi of Natsnet, Polcia and Szczepcio of Pola and Szczepan."""
    endings = ("i", "ie", *(_FOND_POLISH if polish else ()))
    stems = [key[:length] for length in range(3, len(key)) if key[length - 1] not in "aeiouy"]
    return tuple(stem + ending for stem in stems for ending in endings)


_FOND_POLISH = ("cia", "cio", "ciu", "usia", "unia", "unio", "sia", "sio", "siu", "us", "eczka")
#: "Jun" of June: a name only where the sentence leaves no doubt, for everybody writes the month so
MONTH_CUT_SHORT = "register:month cut short"
_MONTHS = word_class("wordtimes.months")
#: a first name cut down to a word, "Bin" of Bintou: a name only where the sentence calls somebody by it
SHORT_WORD = "register:short form that is a word"
_NOBODYS_SHORT_FORM = (
    word_class("wordlike.small_words")
    | word_class("wordlike.determiners")
    | word_class("wordlike.objects")
    | word_class("wordlike.not_after_name")
    | word_class("trade.relations")
    | word_class("trade.titles")
    | word_class("forms.small_words")
)

#: particles by which families are called where they stand first or last: Le Thi Mai, Hung Van
_ALSO_FAMILIES = frozenset(["le", "la", "van", "ho", "al", "af", "di", "do", "ly"])

#: particles by which somebody is called, at the beginning of any name, and of one of two words
_ALSO_GIVEN = frozenset(["ben", "abu", "della", "san", "thi"])
_ALSO_GIVEN_BEFORE_ONE = frozenset(["bin", "mac", "van", "al", "do"])

_FIRST_ELEMENTS = (
    "oluwa", "olu", "ola", "ade", "ayo", "temi", "tolu", "ife", "iyanu", "omo", "ibukun", "mo", "ara", "aki", "akin",
    "chukwu", "chi", "kene", "nna", "obi", "uche", "ngozi", "ifeoma", "kwaku", "nana", "nii", "abd", "abdul", "abdu",
    "nur", "noor", "mohamed", "muhammad", "mo", "shams",
)  # fmt: skip


def _without_first_element(key: str) -> set[str]:
    """Seun of Oluwaseun, Emeka of Chukwuemeka, Rahman of Abdulrahman."""
    return {key[len(first) :] for first in _FIRST_ELEMENTS if key.startswith(first) and len(key) - len(first) >= 3}


def _add_prefixed(parts: dict[str, list[Part]], person: Person) -> None:
    """Names whose prefix is written apart or together: Mc Carthy, O Brien, Abd al-Rahman."""
    for words in full_names(person):
        chain = ""
        for word in words:
            chain = chain + squeeze(word) if squeeze(word) in PARTICLES or chain else ""
        if len(chain) > 6:
            # "Vandermerwe"
            parts.setdefault(chain, []).append(Part(0, FAMILY, "register:spelling"))
        for first, second in pairwise(words):
            if squeeze(first) in PARTICLES:
                joined = squeeze(first) + squeeze(second)
                parts.setdefault(joined, []).append(Part(0, FAMILY, "register:spelling"))
        for half in (half for word in words for half in word.split("-")):
            if "'" in half:
                tail = squeeze(half.split("'", 1)[1])
                if len(tail) > 3:
                    parts.setdefault(tail, []).append(Part(0, FAMILY, "register:spelling", 0.95))


def _kind(place: int, words: tuple[str, ...], *, is_main: bool) -> str:
    if len(words) == 1:
        return GIVEN if is_main else NICK
    if place == 0:
        return GIVEN
    return (
        FAMILY
        if place == len(words) - 1 or (place == len(words) - 2 and squeeze(words[place]) in PARTICLES)
        else MIDDLE
    )


def _respelled(key: str, typed: str) -> set[str]:
    spellings = {key}
    if not typed.isascii():
        spellings.add(squeeze("".join(_SPELLED_OUT.get(c, c) for c in typed)))
    for long, short in _RESPELLINGS:
        if long in key and len(key) > 4:
            spellings.add(key.replace(long, short))
    return spellings - {key}


def _gendered(key: str) -> set[str]:
    """The other ending of a Polish or other Slavic surname: Kowalski, Kowalska."""
    for one, other in (
        ("ski", "ska"),
        ("cki", "cka"),
        ("dzki", "dzka"),
        ("ny", "na"),
        ("ov", "ova"),
        ("ev", "eva"),
        ("ova", "ov"),
        ("in", "ina"),
    ):
        if len(key) > 5 and key.endswith(one):
            return {key[: -len(one)] + other} | ({key[: -len(one)] + one + "ch"} if one in ("ski", "cki") else set())
        if len(key) > 5 and key.endswith(other):
            return {key[: -len(other)] + one}
    return set()


@lru_cache(maxsize=512)
def named_person(label: str, person: Person) -> NamedPerson:
    """The person as the matcher needs to know them."""
    names = full_names(person)
    main = [w for w in (names[0] if names else ()) if squeeze(w)]
    keys = [squeeze(w) for w in main]
    telling = [w for place, w in enumerate(main) if not _is_particle(place, keys)]
    solid = [squeeze(w) for w in telling]
    given = tuple(solid[:1])
    family = tuple(solid[-1:]) if len(solid) > 1 else ()
    others = [fold_word(words[0])[0] for words in names[1:] if words]
    return NamedPerson(
        label=label,
        role=person.role,
        gender=gender_of(person.role),
        given=given,
        family=family,
        initials="".join(squeeze(half)[0] for w in telling for half in w.split("-") if squeeze(half)),
        words=tuple(squeeze(half) for w in telling for half in w.split("-") if squeeze(half)),
        short_forms=frozenset(
            [
                squeeze(words[0])
                for words in names
                if len(words) == 1 and 2 <= len(squeeze(words[0])) <= 3 and words[0].isupper()
            ]
            + ["".join(half[0].lower() for half in main[0].split("-") if half) for _ in main[:1] if "-" in main[0]]
        ),
        given_initials=frozenset([*(w[0] for w in solid[:-1] or solid), *others]),
        family_initials=frozenset(w[0] for w in solid[1:]),
        doubles=frozenset(
            pair for words in names for w in words for pair in pairwise(squeeze(half) for half in w.split("-"))
        ),
        family_halves=frozenset(squeeze(half)[0] for w in main[1:] for half in w.split("-") if squeeze(half)),
    )
