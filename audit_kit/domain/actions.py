"""The action plan: system actions for the committee to complete, and the actions that agencies took on.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Each audit will feed into the current action
plan; with clearly identified outcomes and actions. The QA Sub Committee will monitor progress of these plans."
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

SYSTEM, SINGLE_AGENCY, CASE = "System", "Single agency", "Case"
STREAMS = (SYSTEM, SINGLE_AGENCY, CASE)
RAG = ("Blue – done and evidenced", "Green – on track", "Amber – at risk", "Red – overdue", "Grey – not started")
OWNER_TO_NAME = "QA Sub Committee to name one"  # who owns a system action that the kit proposes
IMPACT = ("None yet", "Early signs", "Shown")


@dataclass(frozen=True)
class Action:
    """One line of the plan. Texts as they are shown; ``due`` also as a date, None when none could be read."""

    ref: str
    audits: str  # "2026-A2-NEG": never a case, since the plan lies before the agencies
    area: str
    stream: str
    findings: str
    outcome: str
    action: str
    owner: str
    contributors: str
    start: date | None
    due: date | None
    due_as_given: str
    measure: str
    evidence: str
    progress: str
    rag: str
    evidence_received: str
    impact: str
    reaudit: str
    closed_by: str
    warnings: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()  # from which it comes: for the Board's team, printed in no plan


#: heading of each column, in the plan's order → the field that fills it
COLUMNS = (
    ("Ref", "ref"),
    ("Audit", "audits"),
    ("Area", "area"),
    ("Stream", "stream"),
    ("Finding", "findings"),
    ("Desired outcome for children", "outcome"),
    ("Action", "action"),
    ("Owner (agency and role)", "owner"),
    ("Contributors", "contributors"),
    ("Start", "start"),
    ("Due", "due"),
    ("Measure and baseline", "measure"),
    ("Evidence expected", "evidence"),
    ("Progress notes (dated)", "progress"),
    ("RAG", "rag"),
    ("Evidence received", "evidence_received"),
    ("Impact judged", "impact"),
    ("Re-audit question", "reaudit"),
    ("Closed by, minute ref", "closed_by"),
    ("To make it SMART", "warnings"),
)
assert {name for _, name in COLUMNS} <= {field.name for field in fields(Action)}


@dataclass(frozen=True)
class ActionPlan:
    """The plan. Its fields are the template's placeholders."""

    board: str
    session: str
    theme: str
    title: str
    status: str  # "DRAFT", "" once signed off
    confirmed: str  # by which minute the committee confirmed it; "" in a draft
    written_on: date
    committee_on: date
    chain_head: str  # first 12 characters of the journal's newest hash: shows a cut journal
    summary: str
    system: tuple[Action, ...]
    single_agency: tuple[Action, ...]
    case: tuple[Action, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """All of them, in the plan's order."""
        return (*self.system, *self.single_agency, *self.case)
