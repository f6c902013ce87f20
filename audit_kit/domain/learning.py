"""What a signed-off audit teaches, for everybody who works with children: systemic findings alone, nothing of a case.

No numbers stand in it: of eight cases even a count tells somebody whose it was. Nor do extracts or quotations.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The outcomes of each audit will be disseminated through
the CHSCB website / specific briefing newsletters and defined lunch-time seminars as appropriate. Themes and learning
are embedded in multi- and single agency training."
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_kit.domain.letters import Letterhead
from audit_kit.domain.report import ExtractText


@dataclass(frozen=True)
class Strength:
    """One thing done well."""

    title: str  # "Daily life and voice"
    good: str  # what good looks like, in the question bank's words


@dataclass(frozen=True)
class LearningPoint:
    """One thing to be changed, as staff can use it."""

    title: str  # "Plan and drift"
    good: str
    obstacle: str  # what returns say got in the way; "" where they don't say
    ask: str  # the question to ask oneself


@dataclass(frozen=True)
class BoardAction:
    """One thing that the Board will see to."""

    action: str
    due: str


@dataclass(frozen=True)
class Briefing:
    """briefing.docx and seminar_slides.pptx: public."""

    board: str
    board_short: str
    board_email: str
    urgent_phone: str
    theme: str
    cases: str  # "eight cases"
    period: str
    why_chosen: str
    strengths: tuple[Strength, ...]
    improvements: tuple[LearningPoint, ...]
    actions: tuple[BoardAction, ...]
    written_on: date


@dataclass(frozen=True)
class SeminarInvitation:
    """seminar_invitation.docx: to every agency, to be passed on to its staff. Public."""

    head: Letterhead
    theme: str
    meets_on: date
    begins: str  # "12:30"
    ends: str
    place: str
    strengths: tuple[str, ...]
    improvements: tuple[str, ...]


@dataclass(frozen=True)
class TrainingNeed:
    """One finding that training may have to take up."""

    ref: str  # "I2"
    title: str
    obstacle: str
    audience: str  # types of agency
    good: str


@dataclass(frozen=True)
class TrainingNote:
    """training_note.docx: to whoever plans the Board's training. Pseudonymised: agencies' words, no case."""

    head: Letterhead
    session: str
    theme: str
    needs: tuple[TrainingNeed, ...]
    said: tuple[ExtractText, ...]  # needs that agencies named, as the final report shows them
    answer_by: date
