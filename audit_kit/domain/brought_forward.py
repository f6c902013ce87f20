"""What an agency said last time that it would do, asked again: did it change?

Only actions come forward. Nothing about a family does: cases are numbered anew each session so that nobody can
follow one from audit to audit.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Each audit will feed into the current action
plan; with clearly identified outcomes and actions."
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from audit_kit.domain.scales import NOT_KNOWN
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

SHEET = "forward"
MOST_ACTIONS = 12  # more than can be asked about in one tool
DONE_CHANGED, DONE_NOT_SEEN, UNDER_WAY, NOT_BEGUN, NOT_NEEDED = (
    "Done, and children notice it", "Done, no difference seen yet", "Under way", "Not begun", "No longer needed",
)  # fmt: skip
CHANGES = (DONE_CHANGED, DONE_NOT_SEEN, UNDER_WAY, NOT_BEGUN, NOT_NEEDED, NOT_KNOWN)
_SETTLED = (DONE_CHANGED, NOT_NEEDED)


@dataclass(frozen=True)
class OpenAction:
    """One action of an agency that nobody has called settled. In its own words, without names."""

    session: str  # in which it was taken on
    what: str
    owner: str = ""  # a role
    due: str = ""
    measure: str = ""


@dataclass(frozen=True)
class BroughtForward:
    """An agency's open actions, asked in the tool of one of its cases alone, so that nobody answers them twice."""

    case: str
    actions: tuple[OpenAction, ...]

    def still_open(self, answers: Mapping[str, str]) -> tuple[OpenAction, ...]:
        """Those that these answers don't settle."""
        said = (answers.get(f"{SHEET}.{number}.changed", "") for number in range(1, len(self.actions) + 1))
        return tuple(action for action, word in zip(self.actions, said, strict=True) if word not in _SETTLED)


def with_open_actions(tool: AuditTool, actions: tuple[OpenAction, ...]) -> AuditTool:
    """The tool with a sheet that asks what became of these; as it is when there are none."""
    if not actions:
        return tool
    questions = tuple(
        Question(f"{SHEET}.{number}", f"11.{number}", f"From {action.session}", hint=_asked(action), required=True)
        for number, action in enumerate(actions, start=1)
    )
    fields = (
        Field("changed", "Did it change?", Kind.CHOICE, CHANGES, "What became of this action. Choose from the list.", 32),
        Field("now", "What is different now, and how you know", Kind.LONG, hint="What children or families notice, and where that can be seen. Roles, not names.", width=70),
    )  # fmt: skip
    sheet = Sheet(
        SHEET, "Last time",
        "What your agency said last time that it would do. Please check that it is put rightly, and say what became of it. "
        "These are your agency's actions as a whole, not about this family; they are asked in this one tool only.",
        Layout.GRID, questions, fields,
    )  # fmt: skip
    return replace(tool, sheets=(*tool.sheets, sheet))


def _asked(action: OpenAction) -> str:
    parts = [f"Check: {action.what.rstrip('.')}."]
    parts += [f"Owner: {action.owner.rstrip('.')}."] if action.owner else []
    parts += [f"By: {action.due}."] if action.due else []
    parts += [f"How you'd know: {action.measure.rstrip('.')}."] if action.measure else []
    return " ".join(parts)
