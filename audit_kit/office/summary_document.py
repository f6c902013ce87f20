"""The page for the Executive and the Board as a Word file.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The findings will also be reported through to the
Executive and Board."
"""

from __future__ import annotations

from audit_kit.domain.summary import BoardSummary
from audit_kit.office.document import fields_of, render
from audit_kit.office.word_package import Properties

TEMPLATE = "board_summary.docx"


def write_summary(template: bytes, summary: BoardSummary) -> bytes:
    """The page filled in. The same input gives the same bytes."""
    return render(
        template, fields_of(summary), name=TEMPLATE, makes="board summary", properties=summary_properties(summary)
    )


def summary_properties(summary: BoardSummary) -> Properties:
    """What the page's file says about itself."""
    return Properties(
        f"{summary.title}: page for the Executive and the Board", summary.board, summary.written_on,
        subject=summary.session, status=summary.status, form="board summary",
    )  # fmt: skip
