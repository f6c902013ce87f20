"""Working days in England and Wales: everything due is counted in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from audit_kit.domain.bank_holidays import bank_holidays


def is_working_day(day: date, closed_on: Iterable[date] = ()) -> bool:
    """Whether offices are open: Monday to Friday, no bank holiday of England and Wales, not closed."""
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in set(closed_on)


def add_working_days(day: date, days: int, closed_on: Iterable[date] = ()) -> date:
    """The working day so many working days after this one; before it, when ``days`` is negative.

    Nought gives the day itself if it is a working day, else the next one.
    """
    closed = frozenset(closed_on)
    step = timedelta(days=-1 if days < 0 else 1)
    while not is_working_day(day, closed) and days >= 0:
        day += step
    for _ in range(abs(days)):
        day += step
        while not is_working_day(day, closed):
            day += step
    return day


def working_days_between(first: date, last: date, closed_on: Iterable[date] = ()) -> int:
    """Working days after the first day, up to and with the last; negative when the last lies before the first."""
    closed = frozenset(closed_on)
    start, end = min(first, last), max(first, last)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    count = sum(is_working_day(day, closed) for day in days)
    return count if first <= last else -count


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month when it has no such day."""
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def in_words(day: date) -> str:
    """A date as letters write it: "Friday 13 October 2017"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
