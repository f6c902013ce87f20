"""What must become vaguer before it stands in a report: exact dates, exact ages, small counts, long texts.

Dates become month and year, ages become bands, counts that could point at one child are not shown, and a
narrative becomes a short extract.

Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent": names are anonymised "in
all paperwork"; a day and an age identify as well as a name does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SMALLEST_AREA = 5  # cases: below this an area's grades are shown with the others' or not at all
SMALLEST_COUNT = 3  # cases: below this a child's characteristic is shown as "fewer than 3"
EXTRACT_CHARACTERS = 240
QUOTED = "[their words]"
NOT_SHOWN = "not shown"

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d|'\d\d))?"
_ON = r"(?P<on>\b[Oo]n\s+)?(?:the\s+)?"
_SEVERAL_DAYS = rf"\b{_WEEKDAY}(?:the\s+)?(?:{_DAY}\s*(?:-|–|,|&|to|and)\s*){{0,3}}{_DAY}(?:\s+of)?\s+"
_IN_WORDS = re.compile(rf"{_ON}{_SEVERAL_DAYS}{_MONTH}{_YEAR}", re.IGNORECASE)
# the month with its capital: "she may 1 day" is no date
_MONTH_FIRST = re.compile(rf"{_ON}{_WEEKDAY}\b{_MONTH}\s+{_DAY}(?!\d)(?:,?\s+(?P<year>(?:19|20)\d\d))?")
_ISO = re.compile(rf"{_ON}\b(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b", re.IGNORECASE)
_NUMBERS = re.compile(
    rf"{_ON}{_WEEKDAY}\b{_DAY}(?P<mark>[./-])(?P<number>0?[1-9]|1[0-2])(?P=mark)(?P<year>(?:19|20)?\d\d)\b",
    re.IGNORECASE,
)

_QUOTATION = re.compile(r"“[^”“]{1,600}”|\"[^\"]{1,600}\"|(?<!\w)‘[^‘’]{1,600}’(?!\w)")

_CHILD_OF_CASE = re.compile(r"\bChild [A-Z]\d{1,2}\b(?: \(\d+\))?")
_NUMBERED_STAFF = re.compile(r"\b[Pp]rofessional: (?P<job>[a-z][a-z ]{2,40}?) \d{1,2}\b")
_STAFF = re.compile(r"\b[Pp]rofessional: ")
_PERSON = re.compile(r"\bPerson \d{1,2}\b")

_NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen",
)  # fmt: skip
_YEARS = rf"\d{{1,2}}|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))}"
# "aged 2 weeks" and "aged 11 or over" tell no child's age
_NO_AGE = r"(?![\w+]|\s*(?:-|–|to\b|months?|weeks?|days?|(?:or|and)\s+(?:over|under|above|older|younger)))"
_AGE = re.compile(
    rf"\b(?:(?P<before>aged?|(?:girl|boy|child|baby|toddler|teenager|son|daughter|sibling|brother|sister)\s+of)\s+"
    rf"(?P<a>{_YEARS}){_NO_AGE}|(?P<b>{_YEARS})(?P<old>[\s-]+years?[\s-]+old))\b",
    re.IGNORECASE,
)
_BANDS = ((1, "0-1"), (4, "2-4"), (10, "5-10"), (15, "11-15"), (17, "16-17"))


def months_only(text: str) -> str:
    """The text with each exact date as month and year: "on 14/03/2026" becomes "in March 2026".

    A day without a year loses the day alone. "1 May" and "may" are told apart by the number before it.
    """
    for pattern in (_ISO, _NUMBERS, _IN_WORDS, _MONTH_FIRST):
        text = pattern.sub(_month_and_year, text)
    return text


def _month_and_year(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts.get("number"):
        month = _MONTHS[int(parts["number"]) - 1]
    else:
        month = next(name for name in _MONTHS if name[:3].casefold() == parts["month"][:3].casefold())
    year = (parts.get("year") or "").removeprefix("'")
    year = f"20{year}" if len(year) == 2 else year
    start = ("In " if parts["on"][0].isupper() else "in ") if parts.get("on") else ""
    return f"{start}{month} {year}".rstrip()


def ages_in_bands(text: str) -> str:
    """The text with a child's exact age as a band: "aged 14" becomes "aged 11-15". Adults' ages stay."""
    return _AGE.sub(_banded, text)


def _banded(found: re.Match[str]) -> str:
    told = (found["a"] or found["b"]).casefold()
    age = int(told) if told.isdigit() else _NUMBER_WORDS.index(told) + 1
    band = next((band for oldest, band in _BANDS if age <= oldest), None)
    if band is None:
        return found.group()
    return f"{found['before']} {band}" if found["before"] else f"{band}{found['old']}"


def without_quotations(text: str) -> str:
    """The text with what somebody said word for word left out: a child is known by their own words.

    Nothing is quoted in a report unless the author decides so, with the return open beside it.
    """
    # a single word in quotation marks is a term, not something somebody said
    return _QUOTATION.sub(lambda found: QUOTED if " " in found.group() else found.group(), text)


def without_references(text: str) -> str:
    """The text without the case in it and without the numbers that tell members of staff apart.

    Anonymised returns say "Child C2" and "professional: case holder 10"; both lead whoever reads several of
    them from one text to the next.
    """
    text = _CHILD_OF_CASE.sub(lambda found: f"{'T' if _begins_sentence(found) else 't'}he child", text)
    return _PERSON.sub("somebody", _STAFF.sub("", _NUMBERED_STAFF.sub(r"\g<job>", text)))


def _begins_sentence(found: re.Match[str]) -> bool:
    before = found.string[: found.start()].rstrip()
    return not before or before[-1] in ".!?:"


def for_report(text: str) -> str:
    """The whole text as a report may hold it: months, bands, no case and nobody's own words."""
    return without_quotations(ages_in_bands(months_only(without_references(text))))


def short_extract(text: str, most: int = EXTRACT_CHARACTERS) -> str:
    """The first sentences that fit, without quotations, exact dates and ages; "…" marks what was left out."""
    whole = " ".join(for_report(text).split())
    if len(whole) <= most:
        return whole
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+", whole):
        if len(kept) + len(sentence) + 1 > most:
            break
        kept = f"{kept} {sentence}".strip()
    if len(kept) < most // 3:  # the first sentence alone is too long
        kept = whole[:most].rsplit(" ", 1)[0].rstrip(" ,;:-–")
    return f"{kept} …"


def small_count(count: int) -> str:
    """A count of cases as it may be shown beside a characteristic of children."""
    return str(count) if count == 0 or count >= SMALLEST_COUNT else f"fewer than {SMALLEST_COUNT}"


def small_counts(counts: Sequence[int]) -> tuple[str, ...]:
    """The same for counts that add up to a number that is known, such as all cases.

    Where the small ones follow from the others (8 cases, 6 of them under 11), the others become "3 or more"; where they
    would follow even so, none is shown. How a count is shown hangs on no more than whether it is small, so that nothing
    can be read from that either.
    """
    small, others = sum(0 < count < SMALLEST_COUNT for count in counts), sum(c >= SMALLEST_COUNT for c in counts)
    told = sum(count for count in counts if count < SMALLEST_COUNT)
    most = small * (SMALLEST_COUNT - 1)
    if not small or told not in (small, most):
        return tuple(small_count(count) for count in counts)
    if others and sum(counts) - most >= others * SMALLEST_COUNT:
        return tuple(f"{SMALLEST_COUNT} or more" if c >= SMALLEST_COUNT else small_count(c) for c in counts)
    return tuple(NOT_SHOWN for _ in counts)
