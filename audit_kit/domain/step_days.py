"""How long each step of a session takes, set in config.yaml under ``calendar``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StepDays:
    """How many working days each step needs, and on which further days nobody works."""

    involvement: int = 5
    response: int = 20
    review: int = 3  # from a return to the Board's answer
    send_back: int = 5
    invitation: int = 15  # before the multi-agency meeting
    draft: int = 10  # from the meeting to the report's draft
    factual_check: int = 5  # by the agencies
    closed_on: tuple[date, ...] = ()
