"""The concern sheet of any form, as typed: what escalation is decided from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ConcernAnswers:
    """What stands on a concern sheet, as typed, "" if blank. What is a formula is blank here, and named.

    Identifies a child as likely as not: never leaves the store.
    """

    found: bool = True  # whether there is a concern sheet at all
    any: str = ""
    kind: str = ""
    urgency: str = ""
    what: str = ""
    told: str = ""
    done: str = ""
    safe_now: str = ""
    elsewhere: tuple[str, ...] = ()  # everything else typed on that sheet, in whatever cell: it counts as well
    formulas: frozenset[str] = frozenset()  # answers where one stood: what it shows may not be what it says
