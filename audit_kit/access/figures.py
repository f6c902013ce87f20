"""Numbers as they stand in a file's attributes: what is no number counts as what was left out."""

from __future__ import annotations

import math


def whole(text: str | None, otherwise: int = 0) -> int:
    """The whole number that is written here; ``otherwise`` for anything else, also for one too long to be meant."""
    digits = (text or "").removeprefix("-")
    return int(text or "") if digits.isascii() and digits.isdigit() and len(digits) < 16 else otherwise


def decimal(text: str | None, otherwise: float = 0.0) -> float:
    """The number that is written here; ``otherwise`` for anything else."""
    try:
        number = float(text or "")
    except ValueError:
        return otherwise
    return number if math.isfinite(number) else otherwise


def hexadecimal(text: str | None) -> int:
    """The number that is written in sixteens; 0 for anything else."""
    try:
        return int((text or "0")[:8], 16)
    except ValueError:
        return 0
