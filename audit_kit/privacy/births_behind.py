"""Dates of birth of people whom nobody registered, by where they stand: at once behind a name, and years ago."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit_kit.privacy.labels import DATE_OF_BIRTH
from audit_kit.privacy.spans import RECOGNISER, Span

#: "F, ELIF TOPRAK 11/08/1991", as police and health records begin
_BEHIND = re.compile(
    r"[ ,(]{1,3}(?:d\.?o\.?b\.?:? ?|b\. ?|born )?(?P<date>\d{1,2}[./-]\d{1,2}[./-](?P<year>(?:19|20)\d\d|\d\d))(?![\d/.-]\d)",
    re.I,
)
_A_YEAR = re.compile(r"20(?<!\d..)[2-9]\d(?!\d)")
#: no return tells of an earlier year as "now"
_EARLIEST_NOW = 2020
_THIS_CENTURY = 30  # 26 is 2026, 88 is 1988
_LONG_AGO = 4  # years; a date behind the name of whoever signed is of the last months


def births_behind(people: Iterable[Span], text: str) -> Iterator[Span]:
    """Dates that stand at once behind somebody's name and are years older than what the text tells of.

    ``people``: what is masked as a person, in or out of the register.
    """
    now = 0
    for person in people:
        found = _BEHIND.match(text, person.end)
        if not found:
            continue
        now = now or max((int(year) for year in _A_YEAR.findall(text)), default=_EARLIEST_NOW)
        year = int(found["year"])
        if year < 100:
            year += 2000 if year <= _THIS_CENTURY else 1900
        if year <= now - _LONG_AGO:
            yield Span(*found.span("date"), DATE_OF_BIRTH, "recogniser:date of birth", RECOGNISER)
