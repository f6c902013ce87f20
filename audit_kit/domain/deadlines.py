"""A deadline as a calendar keeps it: a whole day under an identity of its own, by reference only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Deadline:
    """One entry. The same ``uid`` with a higher ``sequence`` takes the place of the entry that was there.

    Source: RFC 5545, 3.8.4.7 and 3.8.7.4.
    """

    uid: str  # "2026-A2-NEG/H3/MPS": stays when the day moves
    sequence: int  # how often the day has moved
    day: date
    title: str
    text: str = ""


@dataclass(frozen=True)
class Appointment:
    """Some hours that people are asked to keep free, in local time. ``uid`` and ``sequence`` as of a deadline."""

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    title: str
    place: str
