"""The report to the QA Sub Committee as a Word file: the template filled in, then charts, contents, comments.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "A report detailing systemic findings will be
made available for the QA Sub Committee".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from docx.document import Document as DocumentType
from docx.shared import Cm

from audit_kit.domain.report import Chart, ReportContent
from audit_kit.domain.sign_off import draft_mark
from audit_kit.office.author_sections import Section, hold_sections, keep_sections
from audit_kit.office.document import fields_of, render
from audit_kit.office.word_contents import add_comments, fill_contents, number_captions, paragraphs
from audit_kit.office.word_flow import let_flow
from audit_kit.office.word_package import Properties, custom_properties, opened, saved

TEMPLATE = "audit_report.docx"
FORM = "report"
#: the custom property that says of which session and of which data the report is
DRAFT_MARK = "audit_kit_draft"
_CHART_WIDTH = Cm(16.6)


def write_report(template: bytes, content: ReportContent, kept: Mapping[str, Section] | None = None) -> bytes:
    """The report as a Word file that an author goes on writing. The same input gives the same bytes.

    Charts stand where the template prints them, each note as a comment where the template prints it, until
    the report is signed off and has no status any more: then nobody is told what to decide. An
    AuditKitError says what in the template can't be filled. ``kept``: what an author wrote in an earlier
    draft (``author_sections``), which is put back where it stood.
    """
    marks = _Marks(content)
    properties = report_properties(content)
    rendered = render(template, marks.context, name=TEMPLATE, makes="report", properties=properties)
    document = opened(rendered)
    _put_charts(document, marks.charts)
    add_comments(document, marks.notes, content.written_on)
    keep_sections(document, kept or {}, content.written_on)
    let_flow(document)
    hold_sections(document)
    number_captions(document)
    fill_contents(document)
    return saved(document, properties)


def report_properties(content: ReportContent) -> Properties:
    """What the report's file says about itself."""
    return Properties(
        title=content.title,
        subject=f"{content.session}: report to the QA Sub Committee",
        author=content.board,
        written_on=content.written_on,
        status=content.status,
        form=FORM,
        marks=((DRAFT_MARK, f"{content.session} {draft_mark(content)}"),),
    )


def drawn_from(report: bytes) -> str:
    """Of which session and data this report says that it is, "2026-A2-NEG 0123456789abcdef"; "" when it says nothing."""
    return custom_properties(opened(report)).get(DRAFT_MARK, "")


class _Marks:
    """The content with a mark in place of each chart and note, and what each mark stands for."""

    def __init__(self, content: ReportContent) -> None:
        self.charts: dict[str, Chart] = {}
        self.notes: dict[str, str] = {}
        self._draft = bool(content.status)
        # no text of an agency may be taken for a mark
        self._bracket = "⟦"
        while self._bracket in repr(content):
            self._bracket += "⟦"
        self.context = {name: self._marked(name, value) for name, value in fields_of(content).items()}

    def _marked(self, name: str, value: Any) -> Any:
        if isinstance(value, Chart):
            return self._mark(self.charts, value)
        if isinstance(value, str) and (name == "note" or name.endswith("_note")):
            return self._mark(self.notes, value) if value and self._draft else ""
        if isinstance(value, tuple):
            return tuple(self._marked(name, each) for each in value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dataclasses.replace(value, **{n: self._marked(n, v) for n, v in fields_of(value).items()})
        return value

    def _mark(self, known: dict[str, Any], value: Any) -> str:
        mark = f"{self._bracket}{'chart' if known is self.charts else 'note'} {len(known) + 1}⟧"
        known[mark] = value
        return mark


def _put_charts(document: DocumentType, charts: dict[str, Chart]) -> None:
    from audit_kit.office.charts import put_chart  # what draws charts is the largest part of what a report loads

    places = {paragraph.text.strip(): paragraph for paragraph in paragraphs(document)}
    for number, (mark, chart) in enumerate(charts.items(), start=1):
        if mark in places:
            put_chart(document, places[mark], chart, number, _CHART_WIDTH)
