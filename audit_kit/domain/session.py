"""An audit session as planned: theme, cases, agencies, dates, engagement. No identity is in it.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Lead:
    """Who acts for an agency. A working contact, not part of any case."""

    name: str
    email: str
    role: str = ""


@dataclass(frozen=True)
class AskedAgency:
    """One agency as it is asked in this session: today's name, scope and lead."""

    code: str
    name: str
    subjects: tuple[str, ...]  # whom it is asked about: "child", "siblings", "parents", "household"
    lead: Lead
    head: Lead | None = None  # who is told of an immediate concern; the lead when none is named


@dataclass(frozen=True)
class Case:
    """One case under its reference. ``mix`` is banded and names nobody."""

    ref: str  # "H3"
    tier: str
    mix: str
    agencies: tuple[str, ...]  # codes of those who are asked

    @property
    def area(self) -> str:
        """The area's letter."""
        return self.ref[0]


@dataclass(frozen=True)
class Engagement:
    """Whether a child, young person, parent or carer can be engaged for feedback, and why.

    Source: "agency leads will be asked to identify, where appropriate, which of the children, young people,
    parents or carers can be engaged for feedback".
    """

    case: str
    who: str  # a role, never a name
    decision: str  # scales.ENGAGEMENT
    reason: str
    asked_by: str  # a role


@dataclass(frozen=True)
class SessionDates:
    """The calendar of a session, worked back from the QA Sub Committee."""

    window_start: date  # the 12 months under review, first and last day
    window_end: date
    notified: date  # letters, slips and involvement forms go out
    involvement_due: date
    issued: date  # tools go out
    due: date
    meeting: date  # multi-agency deep-dive meeting
    qa_committee: date
    executive: date
    board: date


@dataclass(frozen=True)
class AuditSession:
    """One of the two audit sessions of a year, as the plan has it."""

    ref: str  # "2026-A2-NEG"
    theme: str  # the bank's name: "neglect"
    theme_title: str
    why_chosen: str
    source: str  # review, performance data, staff feedback, views of families
    approved_by: str
    approved_on: date
    minute_ref: str
    kloes: tuple[str, ...]
    cases: tuple[Case, ...]
    agencies: tuple[AskedAgency, ...]
    engagement: tuple[Engagement, ...]
    dates: SessionDates

    def case(self, ref: str) -> Case | None:
        """The case of this reference, if the session has it."""
        return next((case for case in self.cases if case.ref == ref), None)

    def agency(self, code: str) -> AskedAgency | None:
        """The agency of this code, if the session asks it."""
        return next((agency for agency in self.agencies if agency.code == code), None)
