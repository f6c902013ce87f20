"""How the actions of a signed-off plan go on, and what the QA Sub Committee is told of it.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The QA Sub Committee will monitor progress of these
plans." Section "Multi-agency case audit process": "This group monitors action plan progress."
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_kit.domain.actions import CASE, RAG
from audit_kit.domain.letters import Letterhead
from audit_kit.domain.report import Row

DONE, AMBER, RED, NOT_STARTED = RAG[0], RAG[2], RAG[3], RAG[4]


@dataclass(frozen=True)
class Followed:
    """One action as the plan's workbook has it now; what somebody typed, but for the day."""

    ref: str
    stream: str
    action: str
    owner: str
    due: date | None
    rag: str
    impact: str
    closed_by: str  # the minute in which the committee closed it; "" while it is open

    @property
    def is_done(self) -> bool:
        """Whether it needs no more asking: done and evidenced, or closed by the committee."""
        return self.rag == DONE or bool(self.closed_by)

    def is_overdue(self, today: date) -> bool:
        """Whether its day is past and it is not done. Worked out, never believed from a colour alone."""
        return not self.is_done and self.due is not None and self.due < today

    @property
    def is_of_one_case(self) -> bool:
        """Whether it stays with its agency: the committee hears how many, not what."""
        return self.stream == CASE


@dataclass(frozen=True)
class ReviewLine:
    """One action as the committee is told of it."""

    ref: str
    action: str
    owner: str
    due: str
    standing: str


@dataclass(frozen=True)
class PlanReview:
    """plan_review.docx: how the plan stands, for the QA Sub Committee. No case and no family."""

    head: Letterhead
    session: str
    theme: str
    counts: tuple[Row, ...]
    overdue: tuple[ReviewLine, ...]
    at_risk: tuple[ReviewLine, ...]
    to_close: tuple[ReviewLine, ...]
    undated: str  # refs of actions without a day; "" when all have one
    next_review: str
