"""Numbers and codes of a registered person, found with any separators."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from itertools import compress

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import labels
from audit_kit.privacy.abroad import digits_abroad, is_without_its_plus
from audit_kit.privacy.folding import fold, holds_any
from audit_kit.privacy.partial_numbers import PartialNumbers
from audit_kit.privacy.spans import ON_THE_NET, REGISTER_NUMBER, Span
from audit_kit.privacy.spelt_numbers import DIGIT_WORDS, told_in_words

#: a run of digits in any grouping, with brackets, points, hyphens or slashes between
DIGIT_RUN = re.compile(
    r"[+(\d](?<!\w.)(?:(?<=\+) ?\(?\d|(?<=\()\d|(?<=\d))(?:(?:[ \-./()]{0,3}|(?<=\d{3})\n(?=\d{3}))\d){5,24}(?!\d)"
)
_ALPHANUMERICS = frozenset(string.ascii_letters + string.digits)
#: a telephone or NHS number behind a date, a time or a page: "1430 07700 900123", "page 3 (943 476 5919)"
_BEHIND_ANOTHER = re.compile(r"(?<![\d./+-])(?:0[1-378](?:[ -]?\d){8,9}|\d{3}([ -]?)\d{3}\1\d{4})(?!\d)")
_NOT_ALPHANUMERIC = re.compile(r"[^A-Za-z0-9]")
_SEPARATED = re.compile(r"[A-Za-z0-9](?:[\s\-./_,]{0,2}[A-Za-z0-9])*")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
#: between the groups of a long number anything may stand: "943|476|5919", "943, 476, 5919"
_PARTED = re.compile(r"[A-Za-z0-9](?:[^A-Za-z0-9]{0,3}[A-Za-z0-9])*")
_LONG = 9
#: where a sentence ends behind a number
_STOP = re.compile(r"\)?\. ")
#: digits and the letters that are typed or read for them
_READ_ALIKE = str.maketrans("oil", "011")


class _OnlyAlphanumerics(dict[int, str | None]):
    """Letters and digits in small letters, read alike; everything else goes."""

    def __missing__(self, character: int) -> None:
        self[character] = None


_TOGETHER = _OnlyAlphanumerics({ord(c): c.lower().translate(_READ_ALIKE) for c in string.ascii_letters + string.digits})
_TWO_SPACES = re.compile(r"\s{2}")
_NOT_IN_MAIL = re.compile(r"[^\w\s.,;@()\[\]+-]")
_LABEL_BEFORE_NUMBER = re.compile(r"^[A-Za-z .:#-]{2,24}?(?=[A-Z]{0,3}\d[\w/ .-]*$)")


_DIGIT = re.compile(r"\d")
#: numbers in words: "sixty four"
SPELT_UNITS = {w: n for n, w in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)}  # fmt: skip
SPELT_TENS = {
    w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}


def has_digit(text: str) -> bool:
    """Whether a digit stands anywhere: most of what is looked for holds one."""
    return _DIGIT.search(text) is not None


def digits_of(text: str) -> str:
    """Only the digits 0 to 9 of a text."""
    return "".join(c for c in text if c.isdigit() and c.isascii())


def national(digits: str) -> str:
    """A telephone number as dialled at home: +44 (0)7700 900123 and 447700900123 are 07700900123."""
    for prefix in ("0044", "44"):
        if digits.startswith(prefix) and len(digits) - len(prefix) >= 9:
            rest = digits[len(prefix) :]
            return rest if rest.startswith("0") else "0" + rest
    return digits


def digit_runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of digits in any grouping; a telephone or NHS number with a time, a date or another behind it ends where it ends."""
    end = 0
    while found := DIGIT_RUN.search(text, end):
        start, end = found.span()
        stop = _STOP.search(text, start, end)
        if stop and len(digits_of(text[start : stop.start()])) >= _LONG:
            end = stop.start()  # "(NHS 943 476 5919). 4 people"
        digits = digits_of(text[start:end])
        if len(digits) > 10 and digits[0] != "0":
            yield from (inner.span() for inner in _BEHIND_ANOTHER.finditer(text, start + 1, end))
        wanted = digits_abroad(text[start:end], digits)
        if not wanted and len(national(digits)) > 11 and not is_without_its_plus(text[start:end], digits):
            wanted = 11 + len(digits) - len(national(digits)) if national(digits)[:1] == "0" else 10
        if 0 < wanted < len(digits):
            end = _end_of(text, start, end, wanted)
        # "Saba (07700 900 905) rang": the bracket is the sentence's
        yield start + (text[start] == "(" and ")" not in text[start:end]), end


def _end_of(text: str, start: int, end: int, wanted: int) -> int:
    """Where as many digits end, if no more stands right behind; else where the run does."""
    counted = 0
    for place in range(start, end):
        counted += text[place].isdigit()
        if counted == wanted and not text[place + 1 : place + 2].isdigit():
            return place + 1
    return end


class RegisteredNumbers:
    """The numbers, codes and addresses on the net of one register."""

    def __init__(self, register: CaseRegister) -> None:
        self._digits: dict[str, tuple[str, str]] = {}
        self._codes: list[tuple[str, str, str, str]] = []  # letters, as typed, label, rule
        for person in register.people:
            self._add(person)
        # each once: a family shares its postcode, and often a telephone
        postcodes = dict.fromkeys(person.postcode for person in register.people if person.postcode)
        self._postcodes = [form for postcode in postcodes if (form := _part_of_postcode(postcode))]
        self._alike = {code: code[0].translate(_READ_ALIKE) for code in self._codes}
        self._without_digits = {code: alike for code, alike in self._alike.items() if _may_be_all_letters(*code[:2])}
        self._parts = PartialNumbers(
            {
                letters.lstrip(string.ascii_lowercase): (label, rule)
                for letters, _, label, rule in self._codes
                if letters[-2].isdigit()
            }
        )

    def _add(self, person: Person) -> None:
        for phone in person.phones:
            self._add_code(national(digits_of(phone)), labels.PHONE, "register:phone")
        for typed, label, rule in (
            (digits_of(person.nhs_number), labels.NHS_NUMBER, "register:NHS number"),
            (person.upn, labels.UPN, "register:UPN"),
            (person.ni_number, labels.NI_NUMBER, "register:NI number"),
            (person.postcode, labels.POSTCODE, "register:postcode"),
            *((form, labels.EMAIL, "register:e-mail") for email in person.emails for form in _told(email)),
        ):
            self._add_code(typed, label, rule)
        for typed in person.other_identifiers:
            self._add_code(
                _LABEL_BEFORE_NUMBER.sub("", fold(typed).text.strip()), labels.REFERENCE, "register:identifier"
            )

    def _add_code(self, typed: str, label: str, rule: str) -> None:
        letters = _NOT_ALPHANUMERIC.sub("", fold(typed).text) if typed else ""
        if len(letters) < 4:
            return  # of most people, and of all whom agencies name, no number is registered
        if letters.isdigit():
            self._digits[letters] = (label, rule)
        self._codes.append((letters.lower(), typed, label, rule))

    def find(self, text: str, runs: list[tuple[int, int]], *, words: frozenset[str], numbered: bool) -> Iterator[Span]:
        """Every registered number in a folded text; ``runs``: its ``digit_runs``; ``words``: its words, squeezed;
        ``numbered``: whether it holds a digit."""
        if numbered:
            yield from self._cut_postcodes(text)
            yield from self._parts.find(text)
        for start, end in runs if self._digits else ():
            digits = digits_of(text[start:end])
            # a spreadsheet takes the nought off a number: 7700900311
            forms = (national(digits), digits, "0" + digits)
            label, rule = next((self._digits[form] for form in forms if form in self._digits), ("", ""))
            if label:
                yield Span(start, end, label, rule, REGISTER_NUMBER)
        if self._codes:
            yield from self._codes_in(text, numbered=numbered)
            yield from self._codes_in_words(text) if not words.isdisjoint(DIGIT_WORDS) else ()

    def _cut_postcodes(self, text: str) -> Iterator[Span]:
        """Postcodes without their last letter, or by their end where the text says what it is."""
        for needed, form in self._postcodes:
            for found in re.finditer(form, text) if holds_any(text, needed) else ():
                yield Span(
                    *found.span(found.lastindex or 0), labels.POSTCODE, "register:postcode", REGISTER_NUMBER, 0.8
                )

    def _codes_in(self, text: str, *, numbered: bool) -> Iterator[Span]:
        """Codes with any separators; an address on the net with a space between two of its characters at most."""
        together = text.translate(_TOGETHER)
        places: list[int] = []  # where each character of ``together`` stands in the text
        for (letters, typed, label, rule), alike in (self._alike if numbered else self._without_digits).items():
            at = together.find(alike)
            while at >= 0:
                places = places or list(compress(range(len(text)), map(_ALPHANUMERICS.__contains__, text)))
                start, end = places[at], places[at + len(letters) - 1] + 1
                if _stands_alone(text, start, end, letters) and _spells(text[start:end], letters, typed):
                    rank = ON_THE_NET if label == labels.EMAIL else REGISTER_NUMBER
                    yield Span(*_with_what_is_stuck_to(text, start, end, letters), label, rule, rank)
                at = together.find(alike, at + 1)

    def _codes_in_words(self, text: str) -> Iterator[Span]:
        """Codes and numbers of which a part is told in words: "E9 seven L C"."""
        for said, places in told_in_words(text.lower()):
            alike_said = said.translate(_READ_ALIKE)
            for (letters, _, label, rule), alike in self._alike.items():
                at = alike_said.find(alike) if label != labels.EMAIL else -1
                if at >= 0:
                    yield Span(places[at][0], places[at + len(letters) - 1][1], label, rule, REGISTER_NUMBER, 0.8)


#: of an address no more is known: "their address is hidden, she only has E5"
_OUTWARD_ALONE = r"\b(?:[Aa]ddress|[Pp]ost ?code)\b[^.\n]{{1,80}}?\b(?:only|just|part|half) (?:(?:has|have|had|gave|given|says|shows|of) )?({})(?![\w-]| ?\d)"


def _part_of_postcode(typed: str) -> tuple[tuple[str, ...], str] | None:
    """What a text must hold, and the pattern of a postcode without its last letter, and its end where the text says what it is: "E9 7L", "postcode ends 7LC"."""
    letters = _NOT_ALPHANUMERIC.sub("", fold(typed).text).upper()
    if not _POSTCODE.fullmatch(letters):
        return None
    area, sector, end = letters[:-3], letters[-3], letters[-2:]
    cut = r"[_*?]{0,3}(?![\w*])"
    alone = _OUTWARD_ALONE.format(area)
    form = (
        rf"(?<![\w-])({area}[ -]?{sector}{end[0]}{cut})"
        rf"|\b(?:[Pp]ost ?code|POSTCODE|pc|PC)\b[^\d\n.;]{{1,24}}({sector}{end}(?!\w))"
        rf"|\b(?:[Pp]ost ?code|POSTCODE|pc|PC)\b[^A-Z\d\n.;]{{1,24}}({area}[ -]?{sector}{cut})|{alone}"
    )
    return (f"{area} {sector}", f"{area}{sector}", f"{area}-{sector}", f"{sector}{end}", f" {area}"), form


def _told(email: str) -> Iterator[str]:
    """An address as people tell it: "temi (at) zmail.com", and without its end, "temi AT zmail"."""
    name, _, host = email.partition("@")
    if len(name) > 5 and not name.isalpha():
        yield f"{name}@"
    for typed in (host, host.partition(".")[0]):
        yield from (f"{name}{at}{typed}" for at in ("@", " at ", " a "))


def _stands_alone(text: str, start: int, end: int, letters: str) -> bool:
    """Whether no more of a code stands before or behind; words may be stuck to a long number: "NHS9434765919"."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if len(letters) >= _LONG and letters.isdigit():
        stuck = behind.isalpha() and text[end + 1 : end + 2].isalnum()
        return not (before.isdigit() or behind.isdigit() or stuck)
    return _ALPHANUMERICS.isdisjoint(before + behind)


def _with_what_is_stuck_to(text: str, start: int, end: int, letters: str) -> tuple[int, int]:
    """The number with its kind before it and a letter that slipped in behind: "NHS9434765919", "943 476 5919x"."""
    if letters.isdigit():
        while start and text[start - 1].isalpha():
            start -= 1
        end += text[end : end + 1].isalpha()
    return start, end


def _may_be_all_letters(letters: str, typed: str) -> bool:
    """Whether a text without any digit can hold this code, so many of its digits typed as letters as ``_spells`` lets pass."""
    return sum(map(str.isdigit, letters)) <= (0 if "@" in typed else _misread_at_most(letters))


def _misread_at_most(letters: str) -> int:
    return len(letters) * 2 // 5


def _spells(stretch: str, letters: str, typed: str) -> bool:
    """Whether a stretch with the letters and digits of a code also has no more between them than one types."""
    said = _NOT_ALPHANUMERIC.sub("", stretch).lower()
    if typed[-1:] == "@":
        return stretch.lower() == typed[:-1].lower()  # the name of an address by itself, as it is typed
    if "@" in typed:
        # "temi.a@zmail,com"; where the "@" is lost, only what is too long to be anything else
        stuck = _TWO_SPACES.search(stretch) or _NOT_IN_MAIL.search(stretch)
        return not stuck and said == letters and ("@" in stretch or len(letters) >= _LONG)
    misread = sum(a != b for a, b in zip(said, letters, strict=True))
    apart = _PARTED if len(letters) >= _LONG else _SEPARATED
    return misread <= _misread_at_most(letters) and apart.fullmatch(stretch) is not None
