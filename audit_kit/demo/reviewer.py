"""The demo's reviewer, a family and an author: they fill in a QA workbook, a form and a report as people do, in Excel and Word."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn

from audit_kit.demo.agencies import typed_into
from audit_kit.domain.qa_form import page_of, read_form
from audit_kit.office.form_grid import grids_of
from audit_kit.office.safe_read import read_safely


def marked(workbook: bytes, pages: Mapping[str, Mapping[str, str | tuple[str, str]]]) -> bytes:
    """The QA workbook with these marks: agency → row → words; a row "other.1" takes (answer of the list, words)."""
    grids = grids_of(read_safely(workbook))
    form = read_form({page: grid[0].refs.values() for page, grid in grids.items() if page_of(page)})
    answers = {}
    for agency, rows in pages.items():
        for row, words in rows.items():
            what, mark = words if isinstance(words, tuple) else ("", words)
            answers[f"{agency}.{row}.mark"] = mark
            answers |= {f"{agency}.{row}.what": what} if what else {}
    return typed_into(workbook, form, answers)


def filled_in(form: bytes, words: Mapping[str, str], ticks: tuple[str, ...] = (), beside: str = "") -> bytes:
    """The feedback form with words in its boxes, ticks, and perhaps a line below everything."""
    document = Document(io.BytesIO(form))
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(f".//{qn('w:tag')}").get(qn("w:val"))
        if tag in words:
            prompt = control.find(f".//{qn('w:showingPlcHdr')}")
            prompt.getparent().remove(prompt)
            next(control.iter(qn("w:t"))).text = words[tag]
        if tag in ticks:
            checked = next(node for node in control.iter() if node.tag.endswith("}checked"))
            checked.set(next(iter(checked.attrib)), "1")
            next(control.iter(qn("w:t"))).text = "☒"
    if beside:
        document.add_paragraph(beside)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def write_into(document: DocumentType, title: str, words: str) -> None:
    """What an author writes in the section of this title, as Word keeps it: the prompt is gone."""
    control = next(
        c for c in document.element.iter(qn("w:sdt")) if c.find(f".//{qn('w:alias')}").get(qn("w:val")) == title
    )
    for prompt in list(control.iter(qn("w:showingPlcHdr"))):
        prompt.getparent().remove(prompt)
    texts = list(control.iter(qn("w:t")))
    for text in texts:
        text.text = ""
    texts[0].text = words
