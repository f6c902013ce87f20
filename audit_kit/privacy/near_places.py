"""Registered homes, schools and surgeries by one word that tells them, with a slip in it or without their kind.

"41 Saltmaedow rd", "the nurse from hazlebank surgery", "back on Saltmeadow". What stands beside the word decides: its kind,
another word of the name, its number, or that somebody lives or goes there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from audit_kit.domain.register import CaseRegister
from audit_kit.privacy import labels
from audit_kit.privacy.addresses import STREET_KINDS, TOWN
from audit_kit.privacy.distances import slips_between
from audit_kit.privacy.folding import fold, holds_any, squeeze
from audit_kit.privacy.gazetteer import is_first_name, is_somebody_else
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.lexicon import CAPITAL, LOWER
from audit_kit.privacy.numbers import SPELT_TENS, SPELT_UNITS
from audit_kit.privacy.placenames import NURSERY_END, SCHOOL_END, SURGERY_END, telling_words
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.slips import errors_allowed
from audit_kit.privacy.spans import REGISTER_NUMBER, Span
from audit_kit.privacy.vocabulary import is_listed, is_ordinary, is_uncommon
from audit_kit.privacy.wordlists import word_class

_SHORTEST = 5
_LIVES_THERE = word_class("near_places.lives_there")
_GOES_THERE = word_class("near_places.goes_there")
_BEFORE_HOME = re.compile(
    r"(?<![\w/.])(?:(?:fla?t|fl|apt|rm|room|unit)\.? ?\d{1,4}[a-z]?,?[ \n]|\d{1,3}/)?(?:(?:no\.? ?|number )?(?P<number>\d{1,4}[a-z]?)(?:,?[ \n]{0,2}|(?P<odd>[:.] ?|-|,? on )))?\Z",
    re.I,
)
_BEHIND_HOME = re.compile(
    rf"(?P<odd>,?[ ]{{1,2}}(?:no\.? ?)?(?P<number>\d{{1,4}}[a-z]?)(?!\w))?(?:,?[ ]{{1,2}}(?:flat|fl|apt|rm|room|unit)\.? ?\d{{1,4}}[a-z]?(?!\w))?{TOWN}",
    re.I,
)
#: the door alone, where the street is left out: "the address, number 88"
_DOOR_ALONE = re.compile(
    r"[nN](?<!\w[nN])(?:umber|UMBER|[oO]\.?) (?P<number>\d{1,4}[a-zA-Z]?)(?![\w/%]|[.,:]\d| [oO][fF]\b)"
)
#: "four families at 219", "the boy at 52b", three digits or two with their letter behind a word for where somebody is, and no unit, time or sum behind
_NUMBER_ALONE = re.compile(
    r"(?:(?<=\bat )|(?<=\bto )|(?<=\boutside ))(?P<number>\d{3}[a-zA-Z]?|\d\d[a-zA-Z])(?![\w/%]|[.,:]\d| ?(?:[ap]m|hrs?|hours|%|kg|mg|ml|cm|per|pounds|people|points)\b)"
)
#: "it should be 58, N1 7QX"
_DOOR_BEFORE_POSTCODE = re.compile(
    r"(?P<number>\d(?<![\w/.,:£-]\d)\d{0,3}[a-z]?),? (?=[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b)", re.I
)
#: "seen at Unit 6", which the register has
_ROOM_ALONE = re.compile(
    r"(?<!\w)(?i:(?:unit|apartment|apt|room|plot|pitch|flat|flt|fl)\.? (?:no\.? ?|number )?|f(?=\d))(?P<number>\d{1,4}[a-zA-Z]?)(?![\w/%]|[.,:]\d)"
)
#: "Room 18 is next to the desk"
_BEGINS = re.compile(r"(?:^|[.!?\n]) ?\Z")
#: "T.T. Nachlas" of Talmud Torah Nachlas
_POINTED = re.compile(r"(?<![\w.])(?:[A-Z]\. ?){2,4}\Z")
#: one digit may count anything: "moved to number 3 on the list"
_LEADS_TO_SMALL_DOOR = re.compile(
    r"\b(?:home|address|lives? at|living at|stay(?:s|ing) at|back (?:at|to)|outside|opposite|attended|visited|entered|knocked)[:,]? \Z",
    re.I,
)
#: the flat and the number, without their street: "moved to flat 8, 214b"
_FLAT_AND_DOOR = re.compile(
    r"(?i:fla?t|fl|apt|apartment|room|unit)\.? ?(?P<flat>\d{1,4}[a-z]?),? ?/? ?(?P<number>\d{1,4}[a-zA-Z]?)(?![\w/%]|[.,:]\d)"
)
_LEADS_TO_DOOR = re.compile(
    r"\b(?:at|from|to|of|outside|opposite|address|home|lives?|living|stays?|staying|attended|visited|entered|knocked)[:,]? \Z",
    re.I,
)
#: "sixty four Darwen", before the name of a street
_SPELT_DOOR = re.compile(
    rf"\b(?:(?:{'|'.join(SPELT_TENS)})(?:[ -](?:{'|'.join(SPELT_UNITS)}))?|(?:{'|'.join(SPELT_UNITS)})) \Z", re.I
)
#: without one of these no home is told by its number within a house
_WITHIN = frozenset(["flat", "flt", "fat", "fl", "apt", "apartment", "room", "unit", "plot", "pitch", "f"])
_DOOR_LEADS = re.compile(r"(\d{1,4}[a-zA-Z]?),? ")
_GAPS = frozenset([" ", "  ", "-", "\n", " \n", ". ", ", "])


class _Place(NamedTuple):
    """A registered place and the words of its name, squeezed."""

    label: str
    rule: str
    kinds: frozenset[str]
    before: frozenset[str]  # words behind which its name is led to
    numbers: frozenset[str] = frozenset()  # of a home
    telling: frozenset[str] = frozenset()


def _kinds(ends: str) -> frozenset[str]:
    return frozenset(squeeze(re.sub(r"[^A-Za-z]", "", end)) for end in ends.split("|"))


_STREETS = frozenset(
    squeeze(kind) for kinds in STREET_KINDS.values() for kind in re.sub(r"[^A-Za-z|]", "", kinds).split("|")
)
_INSTITUTIONS = (
    ("school", labels.SCHOOL, _kinds(SCHOOL_END) | {"primary", "school"}),
    ("nursery", labels.NURSERY, _kinds(NURSERY_END)),
    ("surgery", labels.SURGERY, _kinds(SURGERY_END) | {"doctors", "practise"}),
)


class NearPlaces:
    """The telling words of one register's places."""

    def __init__(self, register: CaseRegister, keep: KeepWords) -> None:
        self._keep = keep
        self._places: dict[str, list[_Place]] = {}
        self._doors: set[str] = set()  # also of a street by a word that is kept: "8 Amber Close"
        self._flats: set[tuple[str, str]] = set()  # a flat and the number of its house
        self._rooms: set[str] = set()  # of a unit, a plot, an apartment
        self._in_order: list[tuple[_Place, tuple[str, ...]]] = []  # of several words, as they are told
        self._joined: dict[str, _Place] = {}  # the telling words typed as one: "albiongrove"
        for person in register.people:
            address = fold(person.address).text
            # of the whole address: the flat's number stands in another part than the name of the house
            numbers = frozenset(re.findall(r"\d{1,4}[a-z]?", address.lower()))
            self._doors |= numbers
            self._flats |= set(pairwise(re.findall(r"\d{1,4}[a-z]?", address.lower())))
            self._rooms |= {found["number"].lower() for found in _ROOM_ALONE.finditer(address)}
            for piece in re.split(r"[,\n;]", address):
                names = [w for w in re.findall(r"(?<![\w])[A-Za-z][A-Za-z'-]*", piece) if squeeze(w) not in _STREETS]
                self._add(names, _Place(labels.ADDRESS, "register:address", _STREETS, _LIVES_THERE, numbers))
            for kind, label, kinds in _INSTITUTIONS:
                for one in re.split(r"[;\n]", getattr(person, "gp_practice" if kind == "surgery" else kind)):
                    self._add(telling_words(one, kind), _Place(label, f"register:{kind}", kinds, _GOES_THERE))
        self._in_order_words = frozenset(word for place, _ in self._in_order for word in place.telling)
        self._by_letter: dict[str, list[str]] = {}
        for word in self._places:
            self._by_letter.setdefault(word[0], []).append(word)
        self._ordinary = frozenset(word for word in self._places if is_ordinary(word))
        self._seen: dict[str, str] = {}

    def _add(self, names: list[str], place: _Place) -> None:
        telling = frozenset(squeeze(re.sub(r"'s$", "", name)) for name in names) - {"", "the", "of", "flat"}
        place = place._replace(telling=telling)
        order = tuple(squeeze(re.sub(r"'s$", "", name)) for name in names)
        if len(order) > 1 and "" not in order:
            self._in_order.append((place, order))
        whole = "".join(squeeze(name) for name in names)
        if len(names) > 1 and whole not in telling and not is_first_name(whole):
            self._joined[whole] = place
        for word in telling:
            if len(word) >= _SHORTEST and word not in self._keep.words:
                self._places.setdefault(word, []).append(place)

    def find(self, reading: Reading) -> Iterator[Span]:
        """Every such word, with what belongs to it."""
        if not (self._places or self._doors):
            return
        if reading.numbered and holds_any(reading.lower, self._doors):
            for found in _DOOR_ALONE.finditer(reading.text):
                led = _LEADS_TO_DOOR.search(reading.text, max(0, found.start() - 12), found.start())
                if led and len(found["number"]) == 1:
                    led = _LEADS_TO_SMALL_DOOR.search(reading.text, max(0, found.start() - 14), found.start())
                if led and found["number"].lower() in self._doors:
                    yield Span(*found.span(), labels.ADDRESS, "register:address", REGISTER_NUMBER, 0.8)
            within = reading.says(_WITHIN)
            for found in _FLAT_AND_DOOR.finditer(reading.text) if self._flats and within else ():
                if (found["flat"].lower(), found["number"].lower()) in self._flats:
                    yield Span(*found.span(), labels.ADDRESS, "register:address", REGISTER_NUMBER, 0.8)
            for found in _ROOM_ALONE.finditer(reading.text) if self._rooms and within else ():
                before = reading.text[max(0, found.start() - 12) : found.start()].lower()
                led_to = before.endswith(" in ") or _LEADS_TO_DOOR.search(before) is not None
                led_to = led_to or (
                    len(found["number"]) > 1 and found[0][0].isupper() and _BEGINS.search(before) is not None
                )
                if led_to and found["number"].lower() in self._rooms:
                    yield Span(*found.span(), labels.ADDRESS, "register:address", REGISTER_NUMBER, 0.8)
            for found in _NUMBER_ALONE.finditer(reading.text):
                if found["number"].lower() in self._doors:
                    yield Span(*found.span("number"), labels.ADDRESS, "register:address", REGISTER_NUMBER, 0.8)
            for found in _DOOR_BEFORE_POSTCODE.finditer(reading.text):
                if found["number"].lower() in self._doors:
                    yield Span(*found.span("number"), labels.ADDRESS, "register:address", REGISTER_NUMBER, 0.8)
        yield from self._told_with_slips(reading)
        unknown = [i for i, w in enumerate(reading.words) if not w.ordinary and len(w.key) >= _SHORTEST - 1]
        yield from self._behind_their_number(reading)
        for i in unknown:
            word = reading.words[i]
            if word.key in self._joined:
                place = self._joined[word.key]
                yield _as_far_as_it_goes(reading, i, place)[0]
                continue
            told = self._nearly(word.key)
            for place in self._places.get(told, ()):
                span = _taken_whole(reading, i, place, told)
                if span:
                    yield span
                    break

    def _behind_their_number(self, reading: Reading) -> Iterator[Span]:
        """A house or street by a word that is one, with its capital, behind its own number: "17 Locker"."""
        if not (self._doors and reading.numbered and reading.says(self._ordinary)):
            return
        for i, word in enumerate(reading.words):
            if not (word.ordinary and word.shape == CAPITAL and word.key in self._places):
                continue
            for place in self._places[word.key]:
                span, _ = _as_far_as_it_goes(reading, i, place)
                number = _DOOR_LEADS.match(reading.text, span.start)
                if number and number[1].lower() in place.numbers:
                    yield span
                    break

    def _told_with_slips(self, reading: Reading) -> Iterator[Span]:
        """A place of several words, one of them with a slip that may have made another word of it: "st jde school"."""
        if not reading.says(self._in_order_words):
            return
        for place, order in self._in_order:
            for i, word in enumerate(reading.words):
                if word.key not in place.telling or word.key not in order:
                    continue
                first = i - order.index(word.key)
                if (
                    first >= 0
                    and _are_nearly(reading, first, order)
                    and _is_told_whole(reading, first, len(order), place)
                ):
                    yield _as_far_as_it_goes(reading, i, place, (first, first + len(order) - 1))[0]
                    break

    def _nearly(self, key: str) -> str:
        """The telling word that this one is, but for its slips; "" if none."""
        if key not in self._seen:
            if len(self._seen) > 20_000:
                self._seen.clear()  # an endless text of nonsense words can't fill the memory
            self._seen[key] = key if key in self._places else self._with_slips(key)
        return self._seen[key]

    def _with_slips(self, key: str) -> str:
        distance = slips_between()

        if is_uncommon(key) or is_somebody_else(key):
            return ""
        for word in (*self._by_letter.get(key[0], ()), *self._by_letter.get(key[1], ())):
            allowed = errors_allowed(len(word))
            if abs(len(word) - len(key)) <= allowed and distance(word, key, score_cutoff=allowed) <= allowed:
                return str(word)
        return next((word for word in self._places if word[1:] == key or (len(word) > 5 and word[1:] == key[1:])), "")


def _taken_whole(reading: Reading, i: int, place: _Place, told: str) -> Span | None:
    """The place from its number to its kind, where something beside the word says that it is one."""
    word, exact = reading.words[i], told == reading.words[i].key
    span, beside = _as_far_as_it_goes(reading, i, place)
    if not beside:
        short = word.shape == LOWER and len(word.key) < _SHORTEST + 2
        if is_ordinary(told) or not _is_led_to(reading, i, place, exact=exact) or (short and not exact):
            return None
    return span if exact else span._replace(score=0.8)


def _are_nearly(reading: Reading, first: int, order: tuple[str, ...]) -> bool:
    """Whether these words stand there in their order, one of four letters and more with a slip in it."""
    if first + len(order) > len(reading.words):
        return False
    distance = slips_between()

    slips = 0
    for k, told in enumerate(order, first):
        key = reading.words[k].key
        if k > first and reading.gaps[k] not in _GAPS:
            return False
        if told not in (key, key[:-1]):
            slips += 1
            if len(told) < 4 or min(distance(told, key), distance(told, key.rstrip("s"))) > 1:
                return False
    return slips == 1


def _is_told_whole(reading: Reading, first: int, count: int, place: _Place) -> bool:
    """Whether its kind stands behind, or all its words have their capitals."""
    behind = first + count
    if behind < len(reading.words) and reading.gaps[behind] in _GAPS and _is_kind(reading, behind, place):
        return True
    return all(reading.words[k].shape != LOWER for k in range(first, behind) if len(reading.words[k].key) > 3)


def _as_far_as_it_goes(
    reading: Reading, i: int, place: _Place, words: tuple[int, int] | None = None
) -> tuple[Span, bool]:
    """The place from its number to its kind, and whether anything stands beside the word at ``i``, or beside these ``words``."""
    first, last = words or (i, i)
    while first > 0 and reading.gaps[first] in _GAPS and _is_of(reading, first - 1, place):
        first -= 1
    while last + 1 < len(reading.words) and reading.gaps[last + 1] in _GAPS and not reading.words[last].possessive:
        if not (_is_of(reading, last + 1, place) or _is_kind(reading, last + 1, place)):
            break
        last += 1
    if first > 0 and reading.gaps[first] == " " and _are_initials_of(reading, first - 1, place):
        first -= 1
    start, end = reading.starts[first], reading.name_end(last)
    pointed = _POINTED.search(reading.text, max(0, start - 12), start)
    if pointed and {c.lower() for c in pointed[0] if c.isalpha()} <= {w[0] for w in place.telling}:
        start = pointed.start()
    if place.label == labels.ADDRESS:
        before = _BEFORE_HOME.search(reading.text, max(0, start - 32), start)
        if before and (not before["odd"] or before["number"].lower() in place.numbers):
            start = before.start()
        spelt = _SPELT_DOOR.search(reading.text, max(0, start - 16), start)
        if spelt and str(_number_of(spelt[0])) in place.numbers:
            start = spelt.start()
        behind = _BEHIND_HOME.match(reading.text, end)
        if behind and (not behind["odd"] or behind["number"].lower() in place.numbers):
            end = behind.end()
    beside = last > first or start < reading.starts[first]
    return Span(start, end, place.label, place.rule, REGISTER_NUMBER, 0.9), beside


def _number_of(words: str) -> int:
    """Sixty four, sixty-four."""
    return sum(SPELT_TENS.get(word, 0) + SPELT_UNITS.get(word, 0) for word in re.split(r"[ -]", words.lower().strip()))


def _is_of(reading: Reading, k: int, place: _Place) -> bool:
    """Whether the word is another one of the name, nearly, or cut short: "Bp" of Bishop."""
    word, typed = reading.words[k].key, reading.texts[k]
    if word in place.telling:
        return True
    if 2 <= len(typed) <= 4 and reading.words[k].shape == CAPITAL and not is_listed(word):
        return any(name[0] == word[0] and len(name) > len(word) + 1 and _in_order(word, name) for name in place.telling)
    distance = slips_between()

    near = (name for name in place.telling if abs(len(word) - len(name)) < 2)
    return len(word) >= _SHORTEST and any(bool(distance(word, name, score_cutoff=1) <= 1) for name in near)


def _in_order(letters: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in letters)


def _are_initials_of(reading: Reading, k: int, place: _Place) -> bool:
    """Whether capitals stand for more words of the name: "TT Nachlas" of Talmud Torah Nachlas."""
    typed = reading.texts[k]
    return 2 <= len(typed) <= 4 and typed.isupper() and {c.lower() for c in typed} <= {w[0] for w in place.telling}


def _is_kind(reading: Reading, k: int, place: _Place) -> bool:
    """Whether the word says what kind of place it is."""
    word = reading.words[k]
    return word.key in place.kinds and len(word.key) > 1 and reading.gaps[k] != ", "


def _is_led_to(reading: Reading, i: int, place: _Place, *, exact: bool) -> bool:
    """Whether somebody lives, goes or is there: "back on Saltmeadow"."""
    word = reading.words[i]
    if is_first_name(word.key) or word.parts or word.possessive or (word.last_name and not exact):
        return False
    return i > 0 and reading.gaps[i] == " " and reading.lowers[i - 1] in place.before
