"""Dates of the Ethiopian calendar, as families from Ethiopia and Eritrea tell them: "2 Meskerem 2001" is 12 September 2008.

Twelve months of thirty days and a short thirteenth, counted from a year seven or eight years later.
"""

from __future__ import annotations

import re
from datetime import date

from audit_kit.privacy.wordlists import word_class

_MONTHS = {name: number for number in range(1, 14) for name in word_class(f"ethiopian.month_{number}")}
MONTHS = frozenset(_MONTHS)
#: in small letters
FORM = re.compile(
    rf"(?P<ethiopian_day>\d(?<!\d\d)\d?)(?:st|nd|rd|th)?(?: of)? (?P<ethiopian>{'|'.join(sorted(_MONTHS, key=len, reverse=True))}),? (?P<ethiopian_year>(?:19|20)\d\d)(?!\d)"
)
#: the day before the first of the first year, as ``date`` counts days
_EPOCH = 2795


def in_our_calendar(day: int, month: str, year: int) -> date | None:
    """The same day as we write it; None where the month has no such day."""
    if not 1 <= day <= (30 if _MONTHS[month] < 13 else 6):
        return None
    return date.fromordinal(_EPOCH + 365 * (year - 1) + year // 4 + 30 * (_MONTHS[month] - 1) + day)
