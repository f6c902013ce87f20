"""Addresses, schools, nurseries and surgeries: those of the register in every short form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.domain.register import CaseRegister
from audit_kit.privacy import labels
from audit_kit.privacy.addresses import STREET_KINDS, TOWN
from audit_kit.privacy.doors import small_forms, with_its_door
from audit_kit.privacy.folding import fold
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.numbers import digits_of
from audit_kit.privacy.placeform import (
    Form,
    Lead,
    PlacedText,
    Spelling,
    cut_short,
    each_way,
    follow,
    in_any_case,
    letters_said,
    ways_of_a_kind,
)
from audit_kit.privacy.placeinitials import initial_form, initials_form, saint_form
from audit_kit.privacy.placenames import (
    NURSERY_END,
    SCHOOL_END,
    SURGERY_END,
    again_forms,
    forms_in_doubt,
    place_forms,
    telling_words,
)
from audit_kit.privacy.spans import DOUBT, REGISTER_NUMBER, Span
from audit_kit.privacy.vocabulary import is_ordinary

#: between the words of an address, which may stand on two lines
_GAP = r"[ \n]{1,2}"
#: a home within a house, as it is abbreviated
_WITHIN = r"(?:[Ff](?=\d)|[Ff]la?t|FLA?T|[Ff]l\.?|FL|[Aa]pt|[Rr]oom|ROOM|[Rr]m|RM|[Bb]ay|BAY|[Pp]itch|PITCH|[Pp]lot|PLOT|[Uu]nit|UNIT)"
_HOME_BEFORE = (
    r"(?:(?:Garden|Basement|Ground Floor|First Floor|Second Floor|Top Floor|Top|Upper|Lower|Rear|Front) (?:Flat|Maisonette),?[ ]{1,2})?"
    rf"(?:{_WITHIN}\.?[ ]{{0,2}}(?:\d{{1,4}}[A-Za-z]?|[A-Za-z]\b)(?:,?{_GAP}| ?/ ?)|(?:\d{{1,3}}|[A-Za-z])/)?"
)
_DOOR_BEFORE = rf"(?:\d{{1,4}}[A-Za-z]?,?{_GAP})?"
_FLOOR = r"(?:ground|basement|first|second|third|fourth|top|upper|lower|garden|rear|[1-9](?:st|nd|rd|th))[ ](?:floor|flat|flr?|maisonette)(?:[ ](?:flat|fl))?"
_INSIDE = rf"(?:{_WITHIN}\.?[ ]{{0,2}}(?:\d{{1,4}}[A-Za-z]?|[A-H])|(?i:{_FLOOR}))(?![A-Za-z0-9])"
#: "Beaumont Lodge Rm 11", "8 Pinmoor Street flat C", "8 Pinmoor Street (top fl)"
_HOME_BEHIND = rf"(?:,?[ ]{{1,2}}(?:{_INSIDE}|\({_INSIDE}\)))?"
#: "Larch Lane Caravan Site" is written "LARCH LN SITE"
_SITE = rf"(?:{_GAP}(?:(?:caravan|travell?ers?'?){_GAP})?site)?"
_LONGEST_BEFORE = 64
_HOME_LEADS = Lead(re.compile(rf"(?<![\w/.]){_HOME_BEFORE}(?:no\.?[ ]?|number[ ])?\Z", re.I), most=_LONGEST_BEFORE)
_DOOR_LEADS_AS_TYPED = Lead(re.compile(rf"(?<![\w/.]){_HOME_BEFORE}{_DOOR_BEFORE}\Z"), most=_LONGEST_BEFORE)
_HOUSE_LEADS = _DOOR_LEADS_AS_TYPED._replace(article=re.compile(r"[Tt]he \Z"))
_DOOR_LEADS = Lead(re.compile(_DOOR_LEADS_AS_TYPED.pattern.pattern, re.I), most=_LONGEST_BEFORE)
#: "14 B Selby Row"
_LETTER_APART = re.compile(r"(?<![\w-])(\d{1,4}) ([A-Za-z])(?= [A-Za-z]{2})")
_HOME_OR_TOWN_FOLLOWS = re.compile(rf"(?i:{_SITE})(?![A-Za-z]){_HOME_BEHIND}{TOWN}")
_DOOR = re.compile(r"(?<![\w])\d{1,4}[a-z]?(?!\w)")
#: begin a name as well as they end one: "Park Road", "St John's Close"
_ALSO_FIRST = frozenset(
    ["st", "saint", "park", "hill", "green", "common", "upper", "lower", "great", "little", "mount"]
)
#: "Room 12, Elder Bridge Hotel" is told as "Elder Bridge"
_HOSTELS = frozenset(["hotel", "hostel", "inn", "guesthouse", "refuge", "apartments", "b&b"])


class RegisteredPlaces:
    """The addresses, schools, nurseries and surgeries of one register, in every form."""

    def __init__(self, register: CaseRegister, keep: KeepWords) -> None:
        forms: dict[tuple[Form, str, str], str] = {}  # → the place as the register has it
        doubtful: dict[tuple[Form, str, str], None] = {}
        self._doors = frozenset(n for p in register.people for n in _DOOR.findall(fold(p.address).text.lower()))
        self._again: dict[str, tuple[Form, ...]] = {}  # of a place that the text has told whole
        for person in register.people:
            for form in _address_forms(person.address):
                forms[(form, labels.ADDRESS, "register:address")] = ""
            for typed, label, kind, ends in (
                (person.school, labels.SCHOOL, "school", SCHOOL_END),
                (person.nursery, labels.NURSERY, "nursery", NURSERY_END),
                (person.gp_practice, labels.SURGERY, "surgery", SURGERY_END),
            ):
                for one in re.split(r"[;\n]", typed):
                    telling = telling_words(one, kind)
                    for form in (
                        *place_forms(telling, ends, keep),
                        *saint_form(telling),
                        *initial_form(telling),
                        *initials_form(one, kind, keep),
                    ):
                        forms[(form, label, f"register:{kind}")] = one
                    doubtful |= dict.fromkeys(
                        (form, label, f"register:{kind}") for form in forms_in_doubt(telling, keep)
                    )
                    self._again[one] = tuple(again_forms(telling))
        self._forms = tuple((*form, place) for form, place in forms.items())
        self._doubtful = tuple(doubtful)
        self._letters = tuple(dict.fromkeys(letters for form, *_ in self._forms for letters in form.said))

    def find(self, text: str) -> Iterator[Span]:
        """Every registered place in a folded text."""
        placed = PlacedText(text)
        # most texts name none of the places
        there = {letters for letters in self._letters if letters in placed.small}
        if not there:
            return
        for form, label, rule in self._doubtful:
            for start, end in form.spans(placed) if form.may_stand_in(text, there) else ():
                yield Span(start, end, label, rule, DOUBT, 0.5, "may be a place of this family, or the district")
        told: dict[str, tuple[str, str]] = {}
        for form, label, rule, place in self._forms:
            if form.may_stand_in(text, there):
                for start, end in form.spans(placed):
                    told[place] = label, rule
                    if self._doors and label == labels.ADDRESS:
                        start, end = with_its_door(text, start, end, self._doors)
                    yield Span(start, end, label, rule, REGISTER_NUMBER)
        for place, (label, rule) in told.items():
            for form in self._again.get(place, ()):
                there = {letters for letters in form.said if letters in placed.small}
                for start, end in form.spans(placed) if form.may_stand_in(text, there) else ():
                    yield Span(start, end, label, rule, REGISTER_NUMBER)


def _address_forms(address: str) -> Iterator[Form]:
    """Number and street, the street alone, the name of a house; each with its abbreviations."""
    pieces = re.split(r"[,\n;]", fold(address).text)
    for number, piece in enumerate(pieces):
        words = re.findall(r"[A-Za-z0-9'.-]+", _LETTER_APART.sub(r"\1\2", piece))
        if not words or (len(words) == 1 and words[0].lower() in ("london", "hackney")):
            continue
        flat = bool(re.fullmatch(r"(?i)(flat|apt|apartment|room|unit|bay|plot|pitch|caravan|trailer|chalet)", words[0]))
        numbers = [w for w in words if w[0].isdigit()]
        names = [
            w
            for w in words
            if not w[0].isdigit()
            and not re.fullmatch(r"(?i)(flat|apt|apartment|room|unit|no\.?)", w)
            and not (flat and len(w) == 1)  # "Flat C", and not every C
        ]
        if (
            flat
            and len(names) <= 1
            and (not names or names[0].lower() in ("bay", "plot", "pitch", "caravan", "trailer", "chalet"))
        ):
            continue
        if not names or re.fullmatch(_FLOOR, " ".join(names), re.I):
            continue
        if not number and len(pieces) > 1 and not numbers and names[-1].lower() not in STREET_KINDS:
            yield from _house_forms(names)
        if number and not numbers and names[-1].lower() in _HOSTELS and len(names) > 1:
            yield from _house_forms(names)
            yield from _house_forms(names[:-1]) if len(names) > 2 else ()
        yield from _street_forms(numbers[-1] if numbers else "", names)


def _house_forms(names: list[str]) -> Iterator[Form]:
    """A house by its name, as it is written: "The Old Dairy". One ordinary word says too little."""
    telling = names[1:] if names[0].lower() == "the" else names
    if len(telling) > 1 or (telling and not is_ordinary(telling[0].lower())):
        spelling = Spelling(tuple((word, word.upper()) for word in telling), marks=" ")
        yield Form(letters_said(telling), spelling, _HOUSE_LEADS, _HOME_OR_TOWN_FOLLOWS)


def _street_forms(door: str, names: list[str]) -> Iterator[Form]:
    ends_in_kind = names[-1].lower() in STREET_KINDS and len(names) > 1
    for i in range(1, len(names) - 1):
        if names[i].lower() in STREET_KINDS and names[i].lower() not in _ALSO_FIRST:
            yield from _street_forms(door, names[: i + 1])
            break
    said = letters_said(names)
    words = tuple(_ways_of_a_street(w, last=i == len(names) - 1) for i, w in enumerate(names))
    for number in _as_typed(door):
        digits = digits_of(number)
        yield in_any_case(said, Spelling(words), _HOME_LEADS, _HOME_OR_TOWN_FOLLOWS, digits, number)
        if len(names) > 1:
            short = Spelling(tuple(_ways_of_a_street(w, last=False) for w in names[:-1]))
            # "14 Selby Grv", "14 Selby Gorve": the kind of street mistyped or cut short, by its own letters
            kind = rf"(?:{_GAP}{names[-1][0]}[{re.escape(names[-1])}]{{1,{len(names[-1])}}})?"
            behind = follow(rf"(?i:{kind.lower()})(?![A-Za-z])")
            yield in_any_case(letters_said(names[:-1]), short, _HOME_LEADS, behind, digits, number)
    if ends_in_kind and all(is_ordinary(w.lower()) for w in names):
        yield from small_forms(names)
        yield _street_by_common_words(said, names, numbered=bool(door))
    elif ends_in_kind:
        yield in_any_case(said, Spelling(words), _DOOR_LEADS, _HOME_OR_TOWN_FOLLOWS)


def _as_typed(number: str) -> tuple[str, ...]:
    """The number of a house, its letter also apart: "49b", "49 b"."""
    if not number:
        return ()
    digits, letter = digits_of(number), number[-1]
    return (number, f"{digits} {letter}") if number == digits + letter and letter.isalpha() else (number,)


def _street_by_common_words(said: tuple[str, ...], names: list[str], *, numbered: bool) -> Form:
    """A street without the number by which it is known: "Rose Cottage" with its capitals, and not "the rose cottage in the
    picture"; of a ``numbered`` one "76 Weaver Rise", whose number is wrong."""
    ways = [ways_of_a_kind(w.lower(), pointed=False) if w.lower() in STREET_KINDS else (w,) for w in names]
    if numbered:
        return Form(said, Spelling(tuple(ways)), _DOOR_LEADS_AS_TYPED, _HOME_OR_TOWN_FOLLOWS)
    in_capitals = tuple((*word, *(way.upper() for way in word)) for word in ways)
    return Form(said, Spelling(in_capitals), _DOOR_LEADS_AS_TYPED, _HOME_OR_TOWN_FOLLOWS)


def _ways_of_a_street(word: str, *, last: bool) -> tuple[str, ...]:
    """How one word of a street's name is written, of which the ``last`` has no point."""
    kind = word.lower().rstrip(".")
    if kind in STREET_KINDS:
        return ways_of_a_kind(kind, pointed=not last)
    bare = word.replace("'", "")
    last_letter = bare[-1:]
    end: tuple[str, ...] = (last_letter,)
    if len(bare) > 4:
        end = (last_letter, "") if last_letter.lower() in "es" else (last_letter + "e", last_letter + "s", last_letter)
    return (*(each_way((bare[:-1],), ("'", ""), end) if bare[:-1] else end), *cut_short(bare))
