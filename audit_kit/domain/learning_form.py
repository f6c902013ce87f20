"""The form on which the team says that confirmed lessons are passed on, and when the seminar is."""

from __future__ import annotations

from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

DAY, START, PLACE, REASON = (f"learning.{name}.answer" for name in ("day", "start", "place", "reason"))


def learning_form() -> AuditTool:
    """One sheet. Only the last question must be answered: there may be no seminar, or none yet."""
    sheet = Sheet(
        "learning", "Learning",
        "Leave 1 to 3 blank while there is no seminar. A seminar lasts an hour.",
        Layout.FORM,
        (
            Question("learning.day", "1", "On which day is the lunch-time seminar?", Kind.TEXT, hint="For example 10 February 2027."),
            Question("learning.start", "2", "When does it begin?", Kind.TEXT, hint="For example 12:30."),
            Question(
                "learning.place", "3", "Where?", Kind.TEXT,
                hint="A room, or how people join. It stands in every invitation.",
            ),
            Question(
                "learning.reason", "4", "Why are the lessons passed on now?", Kind.LONG,
                hint="For example: the committee asked for it. It is kept sealed.", required=True,
            ),
        ),
        (Field("answer", "Your answer", width=62),),
    )  # fmt: skip
    return AuditTool("learning", "", "", (sheet,))
