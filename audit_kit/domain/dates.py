"""Dates as people type them. Read when there is one meaning, asked about when there is none."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]\d\d:\d\d(?::\d\d)?)?")
_NUMBERS = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})")
# only a day of the week may stand before it: "before 3 April 2026" is no date
_WORDS = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    r"(\d{1,2})(?:st|nd|rd|th)?[ \-]([a-z]{3,9})\.?,?[ \-](\d{4}|\d{2})"
)


def read_date(text: str) -> date | None:
    """The date that was typed, day before month as in Britain; None when it is not one whole date.

    "3/4/26", "3.4.2026" and "3 Apr 2026" are 3 April 2026. "April 2026" is no date: it is asked about, never
    guessed. Two-digit years are of this century.
    """
    folded = " ".join(text.casefold().split())
    if found := _ISO.fullmatch(folded):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMBERS.fullmatch(folded):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _WORDS.fullmatch(folded)) and (month := _month(found[2])):
        day, year = int(found[1]), int(found[3])
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    """The month of this name or its beginning ("sep", "sept"), else 0: "decline" is no December."""
    return next((number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word)), 0)
