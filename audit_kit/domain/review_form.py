"""The review workbook of a case: every phrase in doubt, decided once, for all returns of the case.

It must show words that may be names, so it is one of the three restricted kinds.
"""

from __future__ import annotations

from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

REPLACE, KEEP, KEEP_EVERYWHERE = "Replace", "Keep", "Keep everywhere"
ACTIONS = (REPLACE, KEEP, KEEP_EVERYWHERE)


def review_form(case: str, rows: int, labels: tuple[str, ...]) -> AuditTool:
    """One row a phrase. ``labels``: as whom a phrase can be replaced, besides what is typed."""
    sheet = Sheet(
        "doubts", "Words in doubt",
        "Each phrase may name somebody. Replace it if it does, as whom it names; keep it if it is an ordinary word here; "
        "keep it everywhere if it names nobody in any case, such as a service.",
        Layout.TABLE,
        tuple(Question(f"doubt.{number}", str(number)) for number in range(1, rows + 1)),
        (
            Field("phrase", "Phrase", width=30),
            Field("context", "Where it stands", Kind.LONG, width=80),
            Field("why", "Why it is doubted", width=40),
            Field("action", "Your decision", Kind.CHOICE, ACTIONS, width=20),
            Field("label", "Replace as whom", Kind.TEXT, hint=("Such as: " + ", ".join(labels))[:255], width=34),
        ),
    )  # fmt: skip
    return AuditTool("review", "", case, (sheet,))
