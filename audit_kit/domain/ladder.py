"""The ladder of reminders: on which working day around a due date who is written to, and what was written before.

The process obliges agencies to answer "within a defined time period" and leaves open how they are chased: it is config.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

AUDITOR, LEAD, HEAD, EXECUTIVE, CHAIR = "auditor", "lead", "head", "executive", "chair"

#: how people call those who are written to
WHOM = {
    AUDITOR: "the auditor, through the lead",
    LEAD: "the agency lead",
    HEAD: "the head of the agency",
    EXECUTIVE: "the Executive",
    CHAIR: "the independent chair",
}


@dataclass(frozen=True)
class Rung:
    """One reminder: so many working days from the due date (negative: before it), and to whom."""

    days: int
    to: str

    @property
    def when(self) -> str:
        """``5 working days before it is due``, ``on the day``, ``1 working day after it was due``."""
        if not self.days:
            return "on the day"
        days = f"{abs(self.days)} working day{'' if abs(self.days) == 1 else 's'}"
        return f"{days} before it is due" if self.days < 0 else f"{days} after it was due"


#: the ladder of a board that has not set its own
STANDARD = (
    Rung(-10, LEAD), Rung(-5, LEAD), Rung(-2, LEAD), Rung(0, LEAD),
    Rung(1, AUDITOR), Rung(3, LEAD), Rung(5, HEAD), Rung(10, EXECUTIVE),
)  # fmt: skip


@dataclass(frozen=True)
class Chased:
    """A reminder for which a draft was written."""

    rung: Rung
    due: date | None  # the due date that it was about: a later one begins the ladder anew
    on: date

    def in_words(self) -> str:
        """``10 Nov 2026, the agency lead, 3 working days after it was due``."""
        return f"{self.on.day} {self.on:%b %Y}, {WHOM.get(self.rung.to, self.rung.to)}, {self.rung.when}"
