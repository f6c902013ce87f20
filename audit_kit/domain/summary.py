"""The page for the Executive and the Board: one model, whose fields are the template's placeholders.

Nothing is counted for it: everything is what the report and the action plan say.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The findings will also be reported through to the
Executive and Board."
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_kit.domain.report import ActionLine


@dataclass(frozen=True)
class RiskLine:
    """What may go wrong if nobody decides, and what is to be decided."""

    risk: str
    decision: str


@dataclass(frozen=True)
class BoardSummary:
    """The page."""

    board: str
    session: str
    theme: str
    title: str
    status: str  # "DRAFT", "" once signed off
    confirmed: str  # by which minute the committee confirmed it; "" in a draft
    written_on: date
    chain_head: str
    executive_on: date
    board_on: date
    looked_at: str
    key_messages: tuple[str, ...]
    risks: tuple[RiskLine, ...]
    actions: tuple[ActionLine, ...]
    actions_more: str  # what the page has no room for; "" when it has
    review_on: str  # month of the plan's first review
