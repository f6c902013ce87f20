"""Numbers, dates and lists as a report says them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(count: int) -> str:
    """``three``, ``14``, ``none``."""
    return "none" if not count else _in_words(count)


def plural(count: int, one: str, many: str = "") -> str:
    """``three cases``, ``one case``, ``no cases``, ``14 cases``."""
    return f"{_in_words(count)} {one if count == 1 else many or one + 's'}"


def _in_words(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def times(count: int) -> str:
    """``never``, ``once``, ``twice``, ``three times``."""
    return ("never", "once", "twice")[count] if count < 3 else plural(count, "time")


def some_of(cases: int, of_cases: int) -> str:
    """``5 of 8 cases``, ``all eight cases``, ``no case``: never a percentage, the numbers are small."""
    if cases == of_cases > 1:
        return f"all {plural(cases, 'case')}"
    return f"{cases} of {of_cases} cases" if cases else "no case"


def day(when: date) -> str:
    """``14 March 2026``."""
    return f"{when.day} {when:%B %Y}"


def month(when: date) -> str:
    """``March 2026``."""
    return f"{when:%B %Y}"


def enumerated(items: Sequence[str]) -> str:
    """``a, b and c``; where one has a comma of its own, ``a, of b; c; and d``."""
    if len(items) > 1 and any("," in item for item in items):
        return f"{'; '.join(items[:-1])}; and {items[-1]}"
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)


def sentence(text: str) -> str:
    """A note that somebody typed, as a sentence: with a capital and a full stop."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.!?' else '.'}" if text else ""


def lower_first(text: str) -> str:
    """As it stands inside a sentence."""
    return f"{text[:1].lower()}{text[1:]}"


def months_after(start: date, months: int) -> date:
    """The same day some months later; the last day of a month that is too short."""
    total = start.month - 1 + months
    year, number = start.year + total // 12, total % 12 + 1
    return date(year, number, min(start.day, calendar.monthrange(year, number)[1]))
