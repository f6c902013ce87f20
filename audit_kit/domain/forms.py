"""What the short forms that come back through the inbox say, once they are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InvolvementAnswer:
    """One case on an agency's involvement form."""

    case: str
    known: str  # scales.INVOLVEMENT, as chosen; "" when blank
    auditor: str  # whom the lead allocated it to: a name, sealed
    auditor_role: str
    engagement: str  # who in the family could be asked for feedback; roles


@dataclass(frozen=True)
class InvolvementForm:
    """An agency's whole involvement form, as read."""

    session: str
    agency: str
    answers: tuple[InvolvementAnswer, ...]
    concern: str  # text in the box for an immediate concern, "" if none


@dataclass(frozen=True)
class ReviewRow:
    """One doubtful phrase on a review workbook, with what the reviewer decided."""

    phrase: str
    action: str  # "replace", "keep", "keep everywhere", "" while open
    label: str  # when replaced: as whom


@dataclass(frozen=True)
class ReviewForm:
    """A case's review workbook, as read."""

    session: str
    case: str
    rows: tuple[ReviewRow, ...]
