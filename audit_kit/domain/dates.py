"""Dates as people type them. Read when there is one meaning, asked about when there is none."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d\d:\d\d(?::\d\d)?)?")
_NUMBERS = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})")
_WORDS = re.compile(r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ \-]([a-z]{3,9})\.?,?[ \-](\d{4}|\d{2})")


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
    elif (found := _WORDS.fullmatch(folded)) and found[2][:3] in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[found[2][:3]], int(found[3])
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
