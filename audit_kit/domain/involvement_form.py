"""The involvement form: two minutes for an agency to say which of the families it knew.

Source: Multi-Agency Case Audit Process (Sept 2017): "Agency leads undertake an audit if they have had
involvement within the last 12 months"; "Each audit will be given to a lead in the agency to complete or
allocate."
"""

from __future__ import annotations

from audit_kit.domain import scales
from audit_kit.domain.standard_sheets import CONCERN
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet


def involvement_form(agency: str, cases: tuple[str, ...]) -> AuditTool:
    """One row a case, and the concern sheet, which every form has that may be the first to raise one."""
    sheet = Sheet(
        "known", "Involvement",
        "One row a case; look the family up on the identity slip. \"Never known\" is as useful an answer as \"Yes\". "
        "Write no name of the family here.",
        Layout.GRID,
        tuple(Question(f"known.{case}", case, f"Case {case}", hint="Did your service know this family in the review period?", required=True) for case in cases),
        (
            Field("known", "Did you know them?", Kind.CHOICE, scales.INVOLVEMENT, width=44),
            Field("auditor", "If yes: who will do the audit?", Kind.NAME, width=34, hint="Neither the case holder nor the line manager with casework responsibility."),
            Field("auditor_role", "Their role", width=34),
            Field("engagement", "Who in the family could be asked for feedback? (roles)", width=44),
        ),
    )  # fmt: skip
    return AuditTool("involvement", "", agency, (sheet, CONCERN))
