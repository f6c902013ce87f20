"""What the report to the QA Sub Committee says: one model, whose fields are the template's placeholders.

Everything is words, rows and charts, ready to be printed; nothing here identifies a child. A ``note`` is for
the author: it becomes a Word comment at the place where the template prints it.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "A report detailing systemic findings will be
made available for the QA Sub Committee".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: the status of a report and a plan until the committee has confirmed them
DRAFT = "DRAFT"


@dataclass(frozen=True)
class Chart:
    """A stacked bar chart. ``alt`` says in words, with the numbers, what it shows."""

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    alt: str


@dataclass(frozen=True)
class Row:
    """A line of a two-column table."""

    label: str
    value: str


@dataclass(frozen=True)
class ReturnsRow:
    """How one agency answered. Counts as text: "–" where there is nothing to count."""

    agency: str
    asked: str
    returned: str
    no_involvement: str
    sent_back: str
    awaited: str


@dataclass(frozen=True)
class GradesRow:
    """The grades of one key line of enquiry, or of one type of agency, one way."""

    label: str
    outstanding: str
    good: str
    requires_improvement: str
    inadequate: str
    judged: str
    not_judged: str  # insufficient evidence, not our role, unanswered


@dataclass(frozen=True)
class ExtractText:
    """An extract with where it comes from, no closer than the type of agency."""

    text: str
    origin: str  # "Health", "Education, N7"


@dataclass(frozen=True)
class FindingText:
    """One finding as the report tells it."""

    ref: str
    kloe: str
    title: str
    statement: str
    question: str
    said_by: str
    causes: str  # "" for good practice
    action_refs: str
    extracts: tuple[ExtractText, ...]
    note: str


@dataclass(frozen=True)
class DeepDiveText:
    """One case of the multi-agency meeting, without its reference: that stands in the author's note."""

    label: str
    reasons: str
    note: str


@dataclass(frozen=True)
class RecommendationText:
    """An assurance asked of types of agency: a proposal."""

    ref: str
    finding: str
    asked_of: str
    assurance: str
    by: str


@dataclass(frozen=True)
class ActionLine:
    """The action plan in short."""

    ref: str
    action: str
    owner: str
    due: str


@dataclass(frozen=True)
class KloeText:
    """One key line of enquiry as it was asked."""

    ref: str
    title: str
    question: str


@dataclass(frozen=True)
class ProvenanceRow:
    """Which returns a finding rests on."""

    ref: str
    title: str
    returns: str  # no closer than the type of agency: a draft lies before the agencies, too
    rounds: str
    warnings: str  # rules that still said something about them when a person accepted them


@dataclass(frozen=True)
class Opening:
    """Cover, key messages, why this theme."""

    board: str
    session: str
    theme: str
    title: str
    status: str  # "DRAFT", "" once signed off
    confirmed: str  # by which minute the committee confirmed it; "" in a draft
    written_on: date
    committee_on: date
    period: str  # "October 2025 to September 2026"
    key_messages: tuple[str, ...]
    key_messages_note: str
    why_chosen: str
    chosen_from: str
    approval: str


@dataclass(frozen=True)
class Method:
    """How the audit was done, who returned, its limits, the children."""

    method: tuple[str, ...]
    returns: tuple[ReturnsRow, ...]
    returns_total: ReturnsRow
    returns_chart: Chart
    returns_note: str
    limits: tuple[str, ...]
    children: str
    children_rows: tuple[Row, ...]


@dataclass(frozen=True)
class Grades:
    """Grades by key line of enquiry, both ways, and where they differ."""

    grades: str
    grades_ours: tuple[GradesRow, ...]
    grades_together: tuple[GradesRow, ...]
    grades_ours_chart: Chart
    grades_together_chart: Chart
    grades_note: str
    add_ons: tuple[GradesRow, ...]  # questions asked of some agencies only
    add_ons_left_out: str
    by_type: tuple[GradesRow, ...]
    by_area: str
    disagreements: str
    disagreement_rows: tuple[Row, ...]
    disagreements_note: str


@dataclass(frozen=True)
class Findings:
    """What worked well, what must improve, what was proposed for deep dives, what is asked of whom."""

    balance: str
    good_practice: tuple[FindingText, ...]
    improvements: tuple[FindingText, ...]
    deep_dives: str
    deep_dive_cases: tuple[DeepDiveText, ...]
    recommendations: tuple[RecommendationText, ...]
    recommendations_note: str
    provenance: tuple[ProvenanceRow, ...]
    provenance_rules: str  # what the rules that are named there ask
    provenance_note: str


@dataclass(frozen=True)
class People:
    """Children, families and practitioners; equality; concerns that were escalated."""

    voice: tuple[str, ...]
    voice_extracts: tuple[ExtractText, ...]
    family_extracts: tuple[ExtractText, ...]
    voice_note: str
    engagement: str
    practitioners: str
    equality: str
    equality_rows: tuple[Row, ...]
    equality_note: str
    concerns: str
    concerns_note: str


@dataclass(frozen=True)
class Closing:
    """Since the last audit, actions, learning, and the appendices."""

    since_last_audit: str
    actions: tuple[ActionLine, ...]
    actions_summary: str
    learning: tuple[ExtractText, ...]
    learning_note: str
    training: tuple[ExtractText, ...]
    policy: tuple[ExtractText, ...]
    dissemination: tuple[Row, ...]
    kloes: tuple[KloeText, ...]
    scale: tuple[Row, ...]
    calendar: tuple[Row, ...]
    chain_head: str
    bank_version: str


@dataclass(frozen=True)
class ReportContent(Closing, People, Findings, Grades, Method, Opening):
    """The whole report, of all its parts. The template's placeholders are their fields."""
