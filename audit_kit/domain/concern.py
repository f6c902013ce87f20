"""The concern sheet of any form, as typed: what escalation is decided from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ConcernAnswers:
    """The answers of the concern sheet. Identifies a child as likely as not: never leaves the store."""

    any: str = ""
    kind: str = ""
    urgency: str = ""
    what: str = ""
    told: str = ""
    done: str = ""
    safe_now: str = ""
    elsewhere: str = ""  # text typed on the sheet outside its answer cells
    formula: bool = False  # one stood on the sheet: what it shows may not be what it says
