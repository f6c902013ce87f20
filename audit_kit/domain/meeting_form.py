"""The form on which the team says which cases go deep, when and where, and under whose chair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit_kit.domain.scales import NO, YES
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

DAY, START, PLACE = "meeting.day.answer", "meeting.start.answer", "meeting.place.answer"
CHAIR, CHAIR_AGENCY, MEMBER = "meeting.chair.answer", "meeting.chair_agency.answer", "meeting.member.answer"
REASON = "meeting.reason.answer"
NO_AGENCY = "None of these"


def chosen_ref(case: str) -> str:
    """How the answer is called that says whether a case is chosen."""
    return f"deep.{case}.answer"


def meeting_form(cases: Mapping[str, str], agencies: Sequence[str], proposed: Mapping[str, str]) -> AuditTool:
    """One sheet. ``cases``: reference → tier; ``proposed``: why each proposed case is, by its reference."""
    questions = (*(_case(ref, tier, proposed.get(ref, "")) for ref, tier in cases.items()), *_meeting(agencies))
    sheet = Sheet(
        "meeting", "Meeting",
        "Each case takes 90 minutes, with 15 minutes in between. An agency is invited for its own cases alone.",
        Layout.FORM, questions, (Field("answer", "Your answer", width=62),),
    )  # fmt: skip
    return AuditTool("meeting", "", "", (sheet,))


def _case(ref: str, tier: str, why: str) -> Question:
    reason = f" Proposed: {why}." if why else ""
    wording = f"Is {ref} chosen? {tier}.{reason}"
    return Question(f"deep.{ref}", ref, wording[:255], Kind.CHOICE, (YES, NO), required=True)


def _meeting(agencies: Sequence[str]) -> tuple[Question, ...]:
    return (
        Question(
            "meeting.day", "1", "On which day is the meeting?", Kind.TEXT, hint="For example 3 December 2026.", required=True,
        ),
        Question("meeting.start", "2", "When does the first case begin?", Kind.TEXT, hint="For example 10:00.", required=True),
        Question(
            "meeting.place", "3", "Where?", Kind.TEXT, hint="A room, or how people join. It stands in every invitation.",
            required=True,
        ),
        Question(
            "meeting.chair", "4", "Who chairs it? The role, not the name", Kind.TEXT,
            hint="For example: lay member of the Board.", required=True,
        ),
        Question(
            "meeting.chair_agency", "5", "Of which of the agencies is the chair?", Kind.CHOICE, (NO_AGENCY, *agencies),
            hint="None of the chosen families may have been known there.", required=True,
        ),
        Question("meeting.member", "6", "Is the chair a member of the Board?", Kind.CHOICE, (YES, NO), required=True),
        Question(
            "meeting.reason", "7", "Why these cases and this chair?", Kind.LONG,
            hint="In a sentence or two. It is kept sealed.", required=True,
        ),
    )  # fmt: skip
