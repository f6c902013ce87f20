"""The short form by which an urgent concern goes on, and the one by which a concern told by word of mouth is raised.

One form lies beside each notice: the agency says that it knows and what it did; the Board's team records what came
by telephone, accepts the assurance or passes the concern up.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": concerns are "escalated to the respective agencies
for a response and assurance".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from audit_kit.domain import scales
from audit_kit.domain.dates import read_date
from audit_kit.domain.standard_sheets import CONCERN
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

AGENCY, BOARD, TOLD = "agency", "board", "told"  # whose form it is; told: of a concern by word of mouth
_AGENCY_STEPS = (
    ("acknowledge", "We have this notice", "Somebody in our agency is acting on it now."),
    ("respond", "What we did", "What was done for the child or adult, and what is still to come."),
)
_BOARD_STEPS = (
    ("acknowledge", "The agency has acknowledged it", "It has said that it knows and is acting."),
    ("respond", "The agency has answered", "It has said what it did."),
    ("assure", "The Board accepts the assurance", "The child or adult is safe. This closes the concern."),
    ("pass-up", "Passed up to the next level", "No answer came, or it was not enough."),
)
_SAYS_IF_SAFE = ("respond", "assure")  # the steps that can't be taken without saying whether somebody is safe


def steps_form(whose: str) -> AuditTool:
    """The form of the agency or of the Board's team: one row a step, filled in as each is taken."""
    steps = _AGENCY_STEPS if whose == AGENCY else _BOARD_STEPS
    sheet = Sheet(
        "steps", "What happened",
        "Fill in a row when its step is taken, and save and send the form then: the next row can follow later in the same "
        "form. Write roles, not names. If a child or an adult may be at risk now, ring before you write.",
        Layout.GRID,
        tuple(Question(f"step.{verb}", str(number), wording, hint=hint) for number, (verb, wording, hint) in enumerate(steps, 1)),
        (
            Field("done", "Has it happened?", Kind.CHOICE, (scales.YES,), width=16),
            Field("when", "On which day?", Kind.DATE, hint="A date such as 14 Mar 2026.", width=18),
            Field("who", "Who says so? (role)", hint="A role such as Named Nurse, never a name.", width=24),
            Field("safe", "Is the child or adult safe now?", Kind.CHOICE, (scales.YES, scales.NO, scales.NOT_KNOWN), width=22),
            Field("said", "What was said or done", Kind.LONG, hint="Roles, not names. It is kept sealed.", width=48),
        ),
    )  # fmt: skip
    return AuditTool("concern", "", whose, (sheet,))


def told_form() -> AuditTool:
    """The form for a concern that came by telephone or in conversation: about which audit, who told, and the concern sheet."""
    sheet = Sheet(
        "told", "Who told you",
        "For a concern that came by telephone or in conversation. Fill in this sheet and the next, and move the form into the inbox.",
        Layout.FORM,
        (
            Question("told.audit", "1", "Which audit is it about?", hint="Its reference, such as 2026-A2-NEG/H3/MPS. Leave it blank if nobody knows.", required=True),
            Question("told.by", "2", "Who told you? (role and agency)", hint="A role such as duty social worker, never a name.", required=True),
            Question("told.when", "3", "On which day?", Kind.DATE, hint="A date such as 14 Mar 2026."),
        ),
        (Field("answer", "Your answer", width=60),),
    )  # fmt: skip
    return AuditTool("concern", "", "", (sheet, CONCERN))


@dataclass(frozen=True)
class Step:
    """One step that a form records. ``safe``: Yes, No, Not known, or "" where it is not asked."""

    verb: str  # as in "audit-kit concern": acknowledge, respond, assure, pass-up
    said: str  # day, role and words: sealed, never in a paper
    safe: str = ""


@dataclass(frozen=True)
class StepsRead:
    """What a returned form says. While anything is asked, no step is taken from it."""

    steps: tuple[Step, ...]
    asked: Mapping[str, str]  # answer reference → what must be changed there

    @property
    def not_safe(self) -> bool:
        """Whether it says anywhere that somebody isn't safe, or that nobody knows."""
        return any(step.safe in (scales.NO, scales.NOT_KNOWN) for step in self.steps)


def read_steps(answers: Mapping[str, str], form: AuditTool, today: date) -> StepsRead:
    """The steps of a returned form (answer reference → text), and what is unfinished or can't both be right."""
    steps: list[Step] = []
    asked: dict[str, str] = {}
    for question in form.sheet("steps").questions:
        row = {field.id: answers.get(f"{question.ref}.{field.id}", "").strip() for field in form.sheet("steps").fields}
        if not any(row.values()):
            continue
        verb = question.ref.removeprefix("step.")
        asked |= {f"{question.ref}.{name}": what for name, what in _asked_in(verb, row, today).items()}
        day = read_date(row["when"]) or today
        said = f"{day:%d %b %Y}, {row['who']}: {row['said']}"
        steps.append(Step(verb, said, scales.chosen(row["safe"], (scales.YES, scales.NO, scales.NOT_KNOWN)) or ""))
    verbs = {step.verb for step in steps}
    if {"assure", "pass-up"} <= verbs:
        asked["step.pass-up.done"] = "keep only one of these two: assurance accepted, or passed up"
    return StepsRead(tuple(steps), asked)


def _asked_in(verb: str, row: Mapping[str, str], today: date) -> dict[str, str]:
    """What is missing or can't be right in one row that was begun, by its fields."""
    asked: dict[str, str] = {}
    if not scales.chosen(row["done"], (scales.YES,)):
        asked["done"] = "choose Yes, or empty the whole row if it has not happened"
    if row["when"] and not (day := read_date(row["when"])):
        asked["when"] = "write one whole date, such as 14 Mar 2026"
    elif row["when"] and day and day > today:
        asked["when"] = "write the day on which it happened; this one is still to come"
    if not row["who"]:
        asked["who"] = "say in which role the person speaks who said so"
    if not row["said"]:
        asked["said"] = "say in a few words what was said or done"
    safe = scales.chosen(row["safe"], (scales.YES, scales.NO, scales.NOT_KNOWN))
    if (row["safe"] and not safe) or (verb in _SAYS_IF_SAFE and not safe):
        asked["safe"] = "choose whether the child or adult is safe now"
    elif verb == "assure" and safe != scales.YES:
        asked["safe"] = "assurance can be accepted only once the child or adult is safe; else pass the concern up"
    return asked
