"""Dates of birth as ages in bands: enough to understand the case, too little to find the child."""

from __future__ import annotations

from datetime import date

from audit_kit.privacy.labels import DATE_OF_BIRTH

#: first age that is beyond the band → the band
_BANDS = ((2, "0-1"), (5, "2-4"), (11, "5-10"), (16, "11-15"), (18, "16-17"))
#: so few children live in the City that two bands are all that may be said
_CITY_BANDS = ((11, "under 11"), (18, "11 or over"))
_ADULT = "18 or over"


def band(born: date, on: date, *, city: bool) -> str:
    """The band of somebody's age on a day: "5-10"; in the City "under 11" or "11 or over"; "unborn" before birth."""
    if born > on:
        return "unborn"
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((name for beyond, name in (_CITY_BANDS if city else _BANDS) if age < beyond), _ADULT)


def birth_label(born: tuple[int, int, int], on: date | None, *, city: bool) -> str:
    """What stands where a date of birth stood: "[date of birth: age 5-10]", without the age when no day is given."""
    if on is None:
        return DATE_OF_BIRTH
    try:
        return f"{DATE_OF_BIRTH[:-1]}: age {band(date(*born), on, city=city)}]"
    except ValueError:
        return DATE_OF_BIRTH  # 31 June, as somebody once typed it
