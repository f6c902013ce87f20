"""The bank holidays of England and Wales, worked out: by rule, and those that were proclaimed for one year.

Own rules, tried year by year against the library *holidays* (``tests/domain/test_working_days.py``), which loads 430 modules
of other countries to say the same: 110 ms and 9 MiB in each command that counts a working day. A day that is proclaimed after
this version was made is entered under ``calendar: closed_on``.

Source: Banking and Financial Dealings Act 1971, schedule 1; https://www.gov.uk/bank-holidays
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

_MONDAY, _SATURDAY = 0, 5

#: moved or added by proclamation: year → (month and day that were none that year, those that were)
_PROCLAIMED: dict[int, tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]] = {
    2020: (((5, 4),), ((5, 8),)),  # 75 years after the end of the war in Europe
    2022: (((5, 30),), ((6, 2), (6, 3), (9, 19))),  # the Platinum Jubilee; the Queen's funeral
    2023: ((), ((5, 8),)),  # the coronation
}


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """The weekdays of this year on which nobody works, from 2013 on."""
    sunday = easter(year)
    movable = (
        sunday - timedelta(days=2), sunday + timedelta(days=1), _first_monday(date(year, 5, 1)),
        _last_monday(date(year, 5, 31)), _last_monday(date(year, 8, 31)),
    )  # fmt: skip
    fixed = (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26))
    none, added = _PROCLAIMED.get(year, ((), ()))
    found = {*movable, *_on_weekdays(fixed)} - {date(year, *day) for day in none}
    return frozenset(found | {date(year, *day) for day in added})


def _on_weekdays(days: tuple[date, ...]) -> Iterator[date]:
    """Those that are weekdays, and for each that is not the next weekday that is none of the others."""
    taken = {day for day in days if day.weekday() < _SATURDAY}
    yield from taken
    for day in days:
        if day.weekday() >= _SATURDAY:
            while day.weekday() >= _SATURDAY or day in taken:
                day += timedelta(days=1)
            taken.add(day)
            yield day


def _first_monday(day: date) -> date:
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)


def _last_monday(day: date) -> date:
    return day - timedelta(days=(day.weekday() - _MONDAY) % 7)
