"""The form of what was agreed: more time, who does an audit, an audit that is opened again, a case that is kept."""

from __future__ import annotations

from audit_kit.domain.scales import YES
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

ROWS = 30
KEEP, LET_GO = "Keep", "Let go again"


def agreed_form(cases: tuple[str, ...], agencies: tuple[str, ...]) -> AuditTool:
    """One row an agreement about one of these cases (``H3``) and agencies (``GP``); the other columns stay blank.

    Keeping a case past its time is about the case alone.
    """
    sheet = Sheet(
        "agreed", "What was agreed",
        "One row an audit, or a case that is kept. Fill in what was agreed and leave the rest blank; every row says why.",
        Layout.TABLE,
        tuple(Question(f"agreed.{number}", str(number)) for number in range(1, ROWS + 1)),
        (
            Field("case", "Case", Kind.CHOICE, cases, width=10),
            Field("agency", "Agency", Kind.CHOICE, agencies, width=14),
            Field("until", "More time until", Kind.DATE, width=18, hint="The new day it is due on."),
            Field("auditor", "Given to", Kind.NAME, width=32, hint="Who does the audit now. The name is sealed."),
            Field("role", "Their role", width=28),
            Field("reopen", "Open again?", Kind.CHOICE, (YES,), width=14, hint="An accepted audit, or one answered with no involvement."),
            Field("keep", "Keep the case?", Kind.CHOICE, (KEEP, LET_GO), width=14, hint="The whole case, past its time: a complaint, a review or a court needs it. No agency is needed."),
            Field("why", "Why", Kind.LONG, width=60, hint="It is kept sealed, beside the journal."),
        ),
    )  # fmt: skip
    return AuditTool("agreed", "", "", (sheet,))
