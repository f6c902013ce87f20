"""Concerns about immediate risk: read first and alone, before a return can be refused for anything.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "if during the course of an audit there are
any concerns about the immediate risk to a child/vulnerable adult or unsafe practice is raised, this
information is escalated to the respective agencies for a response and assurance."
"""

from __future__ import annotations

import re
from enum import StrEnum

from audit_kit.domain.concern import ConcernAnswers
from audit_kit.domain.scales import CONCERN_KINDS, NO, NOT_KNOWN, URGENCIES, YES, chosen


class Risk(StrEnum):
    """What a concern sheet says."""

    NONE = "no concern"
    CONCERN = "concern"
    UNANSWERED = "unanswered"  # blank, or a formula, whose shown value may not be what it says


_NO_CONCERN = re.compile(
    r"(no|none|nil|nothing|n/?a|not applicable|no (immediate |current )?concerns?( (identified|noted|at this time))?"
    r"|none (identified|noted|known|at this time)|nothing to (report|raise|add))[\s.,;:!–—-]*",
    re.IGNORECASE,
)
#: how people leave a box open: blank, or strokes and dots. A "?", a tick or a cross is something said
_LEFT_OPEN = re.compile(r"[\s./\\_·…‐‑‒–—―-]*")


def risk_of(answers: ConcernAnswers) -> Risk:
    """What the sheet says: a concern, none, or no answer. In doubt it is a concern.

    "Yes", any text that isn't "none", or a child who isn't safe now are a concern, whatever the first
    question says, and so is a "?". "No concerns" typed in a box is none. A first question left open with nothing
    else is unanswered, whether blank or a dash, and so is a formula: none of them is ever a "no".
    """
    texts = (answers.what, answers.told, answers.done, *answers.elsewhere)
    if any(not says_none(text) for text in texts) or not _safe_or_unasked(answers.safe_now):
        return Risk.CONCERN
    if answers.formulas or left_open(answers.any):
        chose_something = chosen(answers.kind, CONCERN_KINDS) or chosen(answers.urgency, URGENCIES)
        return Risk.CONCERN if chose_something else Risk.UNANSWERED
    return Risk.NONE if says_none(answers.any) else Risk.CONCERN


def kind_of(answers: ConcernAnswers) -> str:
    """The kind that was chosen, "Not stated" when none was."""
    return chosen(answers.kind, CONCERN_KINDS) or "Not stated"


def urgency_of(answers: ConcernAnswers) -> str:
    """The urgency that was chosen; the highest when none was."""
    return chosen(answers.urgency, URGENCIES) or URGENCIES[0]


def says_none(text: str) -> bool:
    """Whether a text says that there is nothing to say: "none", "No concerns noted", "n/a", a dash, a blank."""
    return left_open(text) or _NO_CONCERN.fullmatch(text.strip()) is not None


def left_open(text: str) -> bool:
    """Whether a box holds nothing but how people leave one open: blank, dashes, dots, strokes. A "?" is an answer."""
    return _LEFT_OPEN.fullmatch(text) is not None


def _safe_or_unasked(safe_now: str) -> bool:
    """Whether "Is the child safe now?" gives no cause for concern: Yes, left open or a plain "n/a"."""
    if chosen(safe_now, (NO, NOT_KNOWN)):
        return False
    return chosen(safe_now, (YES,)) is not None or says_none(safe_now)
