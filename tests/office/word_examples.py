"""Tiny Word templates, written here so that each test shows what stands in its template."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx import Document

from audit_kit.office.document import render
from audit_kit.office.word_package import Properties, opened

PROPERTIES = Properties("A letter", "The Board", date(2026, 11, 24))


@dataclass(frozen=True)
class Line:
    text: str


@dataclass(frozen=True)
class Letter:
    chair: str
    due: date
    lines: tuple[Line, ...] = ()


def a_template(*paragraphs: str, cells: Sequence[str] = ()) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        row = document.add_table(rows=1, cols=len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
        document.add_paragraph("Yours sincerely")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def said(template: bytes, **context: object) -> list[str]:
    """What the paragraphs of the rendered template say."""
    rendered = render(template, context, name="letter.docx", makes="letter", properties=PROPERTIES)
    return [paragraph.text for paragraph in opened(rendered).paragraphs]
