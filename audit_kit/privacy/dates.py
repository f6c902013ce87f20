"""Dates as people type them, to find a date of birth in every order and in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import compress

from audit_kit.privacy import ethiopian
from audit_kit.privacy.ages import birth_label
from audit_kit.privacy.births_told import (
    is_near_a_birthday,
    is_told_as_a_birth,
    is_told_as_wrong,
    is_told_of_a_birth,
    is_told_with_a_slip,
    tells_of_a_birthday,
)
from audit_kit.privacy.folding import holds_any
from audit_kit.privacy.labels import DATE_OF_BIRTH
from audit_kit.privacy.numbers import SPELT_TENS, SPELT_UNITS, digits_of, has_digit
from audit_kit.privacy.spans import DOUBT, RECOGNISER, REGISTER_NUMBER, Span
from audit_kit.privacy.wordlists import word_class

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
#: "4 lipca 1991", "7 de marzo de 2012": as the family writes it, without accents
_FOREIGN_MONTHS = {word: number for number in range(1, 13) for word in word_class(f"dates.month_{number}")}
_FOREIGN_MONTH_WORDS = frozenset(_FOREIGN_MONTHS)
_FOREIGN_MONTH = rf"(?P<foreign>{'|'.join(sorted(_FOREIGN_MONTHS, key=len, reverse=True))})"
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
_ORDINAL = "|".join(sorted((o.replace("-", "[- ]") for o in _ORDINALS), key=len, reverse=True))
_YEAR = r"(?P<year>'?(?:19|20)\d\d|'?\d\d)(?!\d)"
#: in small letters; the look back stands behind the first digit: a pattern that begins with a digit is searched far faster
_FORMS = (
    re.compile(r"(?P<a>\d(?<![\d/.-]\d)\d{0,3})\s?[/.\-_\\]\s?(?P<b>\d{1,2})\s?[/.\-_\\]\s?(?P<c>\d{2,5})(?!\d)"),
    re.compile(
        r"(?P<a>\d(?<![\d/.-]\d)\d{0,3})(?P<between>[|:*,]|[/.-]{2})(?P<b>\d{1,2})(?P=between)(?P<c>\d{2,5})(?!\d)"
    ),
    re.compile(r"(?P<a>\d(?<![\d/.-]\d)(?:\d{3}|\d)?) (?P<b>\d{1,2}) (?P<c>\d{4}|\d{2})(?! ?\d)"),
    re.compile(
        rf"(?P<day>\d(?<![\dA-Za-z]\d)\d?)(?:st|nd|rd|th)?(?: day)?(?: of)?[ \-./,]{{0,3}}{_MONTH}\b[ \-./,]{{0,3}}(?:of )?(?:{_YEAR})?"
    ),
    re.compile(rf"(?P<day>\d(?<!\d\d)\d?){_MONTH}(?:{_YEAR})"),
    re.compile(rf"\b{_MONTH}\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? {_YEAR})?"),
    re.compile(rf"(?P<year>(?:19|20)(?<!\d\d\d)\d\d),? {_MONTH}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"),
    re.compile(rf"(?P<year>(?:19|20)(?<!\d\d\d)\d\d),? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b"),
    re.compile(
        rf"\b(?P<words>{_ORDINAL})(?: day)?(?: of)? {_MONTH}\b(?:,? (?:{_YEAR}|(?P<spelt>(?:nineteen|twenty|two thousand)[a-z -]{{0,24}})))?"
    ),
    re.compile(
        rf"(?P<day>\d(?<!\d\d)\d?)(?: ?[./-] ?| )(?P<roman>x(?:ii?)?|ix|iv|v(?:i{{1,3}})?|i{{1,3}})(?: ?[./-] ?| ){_YEAR}"
    ),
    re.compile(rf"(?P<day>\d(?<!\d\d)\d?)\.? (?:de |di )?{_FOREIGN_MONTH} (?:de |del |di )?{_YEAR}"),
    ethiopian.FORM,
    re.compile(r"(?P<run>\d(?<!\d\d)(?:\d{7}|\d{5}))(?!\d)"),
    re.compile(r"(?P<run>\d(?<![\d/]\d)(?:\d[/.\-]\d{2}|\d{3}[/.\-])(?:\d{4}|\d{2}))(?![\d/])"),
    re.compile(
        rf"\b(?P<feast>christmas eve|christmas day|boxing day|new year'?s eve|new year'?s day|valentine'?s day|st\.? patrick'?s day|halloween|hallowe'en|bonfire night|may day|leap day)(?:,? {_YEAR})?"
    ),
)
#: a day without its year, a month with it: registered ones, and only near a birthday: "b. 9/3", "dob 0903", "born in May 2014"
_PARTS = (
    re.compile(r"(?P<a>\d(?<![\d/.:£-]\d)\d?)(?:[/.\-]| ?/ ?| )(?P<b>\d{1,2})(?![/.\-:]?\d)"),
    re.compile(r"(?P<a>[0-3](?<![\d/.:£-].)\d)(?P<b>[01]\d)(?!\d)"),
    re.compile(rf"\b{_MONTH}[ ,/\-]{{1,2}}{_YEAR}"),
    re.compile(r"(?P<number>\d(?<![\d/.-]\d)\d?)[/.\-](?P<year>(?:19|20)\d\d)(?![\d/.-])"),
)
#: "O3/10/1985"
_LETTER_FOR_NOUGHT = re.compile(r"[oO](?<![^\W\d_].)(?=\d[/.-])")
_NOUGHTS = tuple(f"o{digit}" for digit in "123456789")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_FEASTS = {
    "christmas eve": (24, 12),
    "christmas day": (25, 12),
    "boxing day": (26, 12),
    "new years eve": (31, 12),
    "new years day": (1, 1),
    "valentines day": (14, 2),
    "st patricks day": (17, 3),
    "halloween": (31, 10),
    "bonfire night": (5, 11),
    "may day": (1, 5),
    "leap day": (29, 2),
}
_BORN_BEFORE = re.compile(
    r"(?:\bd\.? ?o\.? ?b\b\.?|\bborn(?: (?:at|by|in|via) [^.;,\n]{1,25} on| on)?|\bdate of birth|\bbirth ?date|\bbirthday(?![.!?])|(?<=[,(] )b\.|(?<=\()b\.|\bturn(?:s|ed|ing) \w{1,9})[^\w\n]{0,4}(?:in (?:[A-Z][a-z]+ ){1,2})?(?:(?:is|was|of|on|as|the|given as|recorded as)[^\w\n]{1,3}){0,3}$",
    re.I,
)
#: behind a name six digits are a birthday: "HAINES, 090486", "Haines (090486)"
_PARTED = re.compile(r"[^\W\d_]\.?(?:, ?| ?\(| )$")


@dataclass(frozen=True, slots=True)
class _Date:
    start: int
    end: int
    readings: frozenset[tuple[int, int, int]]  # (year, month, day); year 0 when not said
    compact: bool = False  # no more than digits
    partial: bool = False  # the day or the year is left out

    @property
    def has_its_year(self) -> bool:
        """A whole date: day, month and year."""
        return not self.partial and any(year and day for year, _, day in self.readings)


class BirthDates:
    """The dates of birth of one register, found however they are written."""

    def __init__(self, dates: Iterable[str], on: date | None = None, *, city: bool = False) -> None:
        """``on``: the day on which ages are counted; without it dates of birth become no ages."""
        self._on, self._city = on, city
        self._known: set[tuple[int, int, int]] = set()
        self._typed: list[str] = []
        for typed in dates:
            iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", typed.strip())
            if iso:
                self._known.add((int(iso[1]), int(iso[2]), int(iso[3])))
                continue
            readings = [r for d in _dates(typed.lower()) for r in d.readings if r[0]]
            self._known.update(readings)
            if typed.strip() and not readings:
                self._typed.append(typed.strip())

    def find(self, text: str, words: frozenset[str] | None = None) -> Iterator[Span]:
        """Registered dates of birth, and any date that the text itself calls one; ``words``: its words, squeezed, where
        they are known."""
        told = [(said, self._registered(said, text)) for said in _dates(text, words)]
        registered = [(said.start, said.end) for said, born in told if born]
        for said, born in told:
            if born:
                label = birth_label(born, self._on, city=self._city)
                yield Span(said.start, said.end, label, "register:date of birth", REGISTER_NUMBER)
            elif not said.partial and _BORN_BEFORE.search(text, max(0, said.start - 40), said.start):
                yield Span(said.start, said.end, DATE_OF_BIRTH, "recogniser:date of birth", RECOGNISER)
            elif said.has_its_year and is_told_as_a_birth(text, said.start, said.end, registered):
                yield Span(said.start, said.end, DATE_OF_BIRTH, "recogniser:date of birth", RECOGNISER, 0.8)
            elif not said.partial and self._is_nearly_one(said, text):
                why = "may be a date of birth with a slip in it"
                yield Span(said.start, said.end, DATE_OF_BIRTH, "register:date of birth", DOUBT, 0.5, why)
        for typed in self._typed:
            for found in re.finditer(rf"(?<!\w){re.escape(typed)}(?!\w)", text, re.I):
                yield Span(found.start(), found.end(), DATE_OF_BIRTH, "register:date of birth", REGISTER_NUMBER)

    def _is_nearly_one(self, said: _Date, text: str) -> bool:
        """Ours says 17/3/2018 and theirs 27/3/2018: one part of a date of birth is another, where birth is told of."""
        near = is_near_a_birthday(text, said.start, said.start, before=160, behind=0)
        return near and is_told_with_a_slip(text, said.start, said.readings, self._known)

    def _registered(self, said: _Date, text: str) -> tuple[int, int, int] | None:
        """The registered date of birth that stands there."""
        for year, month, day in said.readings:
            if year and (year, month, day) in self._known:
                sure = not said.compact or len(digits_of(text[said.start : said.end])) == 8 or _near_birth(text, said)
                sure = sure or _PARTED.search(text, max(0, said.start - 4), said.start) is not None
                return (year, month, day) if sure else None
            near = not (year and day) and (_near_birth(text, said) or is_told_as_wrong(text, said.start, said.end))
            if near:
                for known in sorted(self._known):
                    if known[1:] in ((month, day), (day, month)):  # 3/4/2011, taken for 4 March
                        return known
                    if not day and known[:2] == (year, month):
                        return known
        return None


def _near_birth(text: str, said: _Date) -> bool:
    return is_near_a_birthday(text, said.start, said.end) or is_told_of_a_birth(text, said.start, said.end)


#: without one of these no day is written in words, and no feast: most texts are spared the long forms
_DAYS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "teenth", "tieth")  # fmt: skip
_FEAST_DAYS = ("christmas", "boxing", "new year", "valentine", "patrick", "hallowe", "bonfire", "may day", "leap day")
#: the same as whole words, squeezed
_DAY_WORDS = frozenset(ordinal.rpartition("-")[2] for ordinal in _ORDINALS)
_FEAST_WORDS = word_class("dates.feasts")
#: the months as words, also with what is typed to them without a space: "12thMay", "day ofMay"
_MONTH_WORDS = frozenset(
    stuck + month for stuck in ("", "st", "nd", "rd", "th", "of", "day") for month in word_class("dates.months")
)


#: three numbers parted by marks or spaces, and four digits together, without which none of the forms made so stands there
_THREE = re.compile(r"\d[\W_]{1,3}\d{1,2}[\W_]{1,3}\d")
_RUN = re.compile(r"\d{4}")


#: what a text may hold that tells which forms it is searched for
_TOLD = ("number", "c", "run", "words", "month", "feast", "foreign", "ethiopian")


def _needed(form: re.Pattern[str]) -> tuple[str, ...]:
    """What a text must hold to be searched for this form."""
    begins = next(
        (what for what in ("words", "feast", "c", "run", "foreign", "ethiopian") if what in form.groupindex), "number"
    )
    return (begins, "month") if "month" in form.groupindex else (begins,)


@lru_cache(maxsize=128)
def _forms_for(told: frozenset[str], *, partly: bool) -> tuple[re.Pattern[str], ...]:
    """The forms that a text may hold which holds so much."""
    return tuple(form for form in ((*_FORMS, *_PARTS) if partly else _FORMS) if told.issuperset(_needed(form)))


def _dates(text: str, words: frozenset[str] | None = None) -> Iterator[_Date]:
    numbered, small = has_digit(text), text.lower()
    if numbered and holds_any(small, _NOUGHTS):
        text, small = _LETTER_FOR_NOUGHT.sub("0", text), _LETTER_FOR_NOUGHT.sub("0", small)

    def says(pieces: Iterable[str], whole: Collection[str]) -> bool:
        return holds_any(small, pieces) if words is None else not words.isdisjoint(whole)

    worded, feast = says(_DAYS, _DAY_WORDS), says(_FEAST_DAYS, _FEAST_WORDS)
    if not (numbered or worded or feast):
        return
    # as a part of a word "doctor" and "maybe" hold a month too
    month = (numbered or worded) and says(_MONTHS, _MONTH_WORDS)
    three = numbered and _THREE.search(text) is not None
    run = numbered and _RUN.search(text) is not None
    foreign = numbered and (words is None or not words.isdisjoint(_FOREIGN_MONTH_WORDS))
    ethiopia = numbered and (words is None or not words.isdisjoint(ethiopian.MONTHS))
    told = frozenset(compress(_TOLD, (numbered, three, run, worded, month, feast, foreign, ethiopia)))
    partly = numbered and tells_of_a_birthday(small)
    for form in _forms_for(told, partly=partly):
        for found in form.finditer(small):
            readings = frozenset(_readings(found.groupdict()))
            if readings:
                end = found.end()
                while text[end - 1] in " -./,":
                    end -= 1
                yield _Date(found.start(), end, readings, compact="run" in form.groupindex, partial=form in _PARTS)


def _readings(said: dict[str, str | None]) -> Iterator[tuple[int, int, int]]:
    """The dates that a match may mean: day first, month first, year first."""
    if said.get("a"):
        a, b, c = said["a"] or "", said["b"] or "", said.get("c") or ""
        if len(a) == 4:
            yield from _valid(a, b, c)
        elif len(a) <= 2:
            yield from _valid(c, b, a)
            yield from _valid(c, a, b)
            if len(c) == 2:
                yield from _valid(a, b, c)
    elif said.get("run"):
        run = re.sub(r"\D", "", said["run"] or "")
        if len(run) == 8:
            yield from _valid(run[:4], run[4:6], run[6:])
            yield from _valid(run[4:], run[2:4], run[:2])
        else:
            yield from _valid(run[4:], run[2:4], run[:2])
    elif said.get("feast"):
        day, month = _FEASTS[(said["feast"] or "").lower().replace("'", "").replace(".", "")]
        yield from _valid(said.get("year") or "", str(month), str(day))
    elif said.get("roman"):
        yield from _valid(said["year"] or "", str(_ROMAN.index((said["roman"] or "").lower()) + 1), said["day"] or "")
    elif said.get("foreign"):
        yield from _valid(said["year"] or "", str(_FOREIGN_MONTHS[(said["foreign"] or "").lower()]), said["day"] or "")
    elif said.get("ethiopian"):
        told = int(said["ethiopian_day"] or 0), said["ethiopian"] or "", int(said["ethiopian_year"] or 0)
        if born := ethiopian.in_our_calendar(*told):
            yield born.year, born.month, born.day
    elif said.get("number"):
        yield from _whole_month(said["year"] or "", int(said["number"] or 0))
    elif "day" not in said and "words" not in said:
        yield from _whole_month(said["year"] or "", _MONTHS.index((said["month"] or "")[:3].lower()) + 1)
    else:
        month = _MONTHS.index((said["month"] or "")[:3].lower()) + 1
        day = (
            int(said["day"] or 0)
            if said.get("day")
            else _ORDINALS.index((said["words"] or "").lower().replace(" ", "-")) + 1
        )
        year = said.get("year") or _year_in_words(said.get("spelt") or "")
        yield from _valid(year, str(month), str(day))


def _year_in_words(words: str) -> str:
    said = [w for w in re.split(r"[ -]", words.lower()) if w and w != "and"]
    if said[:2] == ["two", "thousand"]:
        century, rest = 2000, said[2:]
    elif said[:1] in (["nineteen"], ["twenty"]):
        century, rest = (1900 if said[0] == "nineteen" else 2000), said[1:]
    else:
        return ""
    year = century
    for word in rest:
        if word not in SPELT_UNITS and word not in SPELT_TENS:
            break
        year += SPELT_UNITS.get(word, 0) + SPELT_TENS.get(word, 0)
    return str(year)


def _whole_month(year: str, month: int) -> Iterator[tuple[int, int, int]]:
    """May 2014, of which the day is 0."""
    yield from ((y, m, 0) for y, m, _ in _valid(year, str(month), "1"))


def _valid(year: str, month: str, day: str) -> Iterator[tuple[int, int, int]]:
    digits = year.strip("'")
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return
    if len(digits) in (3, 5):
        yield (0, int(month), int(day))  # a slip in the year: only the day tells
    elif len(digits) == 2:
        yield (1900 + int(digits), int(month), int(day))
        yield (2000 + int(digits), int(month), int(day))
    else:
        yield (int(digits) if digits else 0, int(month), int(day))
