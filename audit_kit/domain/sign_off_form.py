"""The sign-off form: one sheet on which the team says that the QA Sub Committee confirmed the lessons and actions."""

from __future__ import annotations

from audit_kit.domain.scales import NO, YES
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

CONFIRMED, MINUTE, REASON = "sign-off.confirmed.answer", "sign-off.minute.answer", "sign-off.reason.answer"


def sign_off_form() -> AuditTool:
    """Three questions. Nothing is signed off unless the first is answered Yes."""
    sheet = Sheet(
        "sign-off", "Sign-off",
        "Fill this in after the meeting. Until then the report and the action plan are drafts.",
        Layout.FORM,
        (
            Question(
                "sign-off.confirmed", "1", "Did the QA Sub Committee confirm the lessons and actions?", Kind.CHOICE, (YES, NO),
                required=True,
            ),
            Question(
                "sign-off.minute", "2", "Reference of the minute", Kind.TEXT,
                hint="For example QASC 14/01/2027, item 6. It is printed in the final report: no names.", required=True,
            ),
            Question(
                "sign-off.reason", "3", "Why it is signed off now", Kind.LONG,
                hint="For example: confirmed with two changes, both made. It is kept sealed.", required=True,
            ),
        ),
        (Field("answer", "Your answer", width=70),),
    )  # fmt: skip
    return AuditTool("sign-off", "", "", (sheet,))
