"""The multi-agency meeting about the cases chosen for deep-dive work: which, when, where, under whose chair.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Three cases are selected for deep-dive work and a
multi-agency meeting scheduled with agency leads and front-line staff to review the practice and agree findings and
recommendations. This meeting will be independently chaired by a member of CHSCB".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

#: how long each case takes, and the pause in which one group leaves and the next comes in: minutes
CASE_MINUTES, PAUSE_MINUTES = 90, 15


@dataclass(frozen=True)
class Slot:
    """One case's time. Only those who knew the family are in the room for it."""

    case: str
    begins: time
    ends: time


@dataclass(frozen=True)
class Meeting:
    """The meeting as it was decided. ``chair`` is a role: no name of anybody is asked for."""

    session: str
    day: date
    start: time
    place: str
    cases: tuple[str, ...]  # in the order in which they are talked about
    chair: str  # "Lay member of the Board"
    chair_agency: str  # code; "" when the chair is of none of the session's agencies
    moves: int = 0  # how often an earlier arrangement was changed: calendars take the highest

    @property
    def slots(self) -> tuple[Slot, ...]:
        """When each case is talked about."""
        begin = datetime.combine(self.day, self.start)
        found = []
        for case in self.cases:
            end = begin + timedelta(minutes=CASE_MINUTES)
            found.append(Slot(case, begin.time(), end.time()))
            begin = end + timedelta(minutes=PAUSE_MINUTES)
        return tuple(found)
