"""The action plan as a Word file for the committee's papers.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Each audit will feed into the current action plan".
"""

from __future__ import annotations

from audit_kit.domain.actions import ActionPlan
from audit_kit.office.document import fields_of, render
from audit_kit.office.word_package import Properties

TEMPLATE = "action_plan.docx"


def write_action_plan_document(template: bytes, plan: ActionPlan) -> bytes:
    """The plan as a Word file: landscape, a table for each stream, headings repeated on each page."""
    return render(template, fields_of(plan), name=TEMPLATE, makes="action plan", properties=plan_properties(plan))


def plan_properties(plan: ActionPlan) -> Properties:
    """What the plan's Word file says about itself."""
    return Properties(
        plan.title, plan.board, plan.written_on, subject=plan.session, status=plan.status, form="action plan"
    )
