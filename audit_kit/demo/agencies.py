"""The demo's agencies: they answer the involvement form, fill in their tools, and make the mistakes that people make."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.comments import Comment

from audit_kit.domain.tool import AuditTool
from audit_kit.office.form_grid import grids_of
from audit_kit.office.safe_read import read_safely
from audit_kit.office.tool_workbook import CompiledTool, ToolCover


def typed_into(workbook: bytes, form: AuditTool, answers: Mapping[str, str]) -> bytes:
    """The workbook after somebody typed these answers into it and saved it: found by reference, as a reader would."""
    cells = {}
    for sheet_id, grids in grids_of(read_safely(workbook)).items():
        for grid in grids:
            rows = {ref: row for row, ref in grid.refs.items()}
            columns = {field: column for column, field in grid.fields.items()}
            for ref, text in answers.items():
                question, _, field = ref.rpartition(".")
                place = form.place(ref)
                if place and place.sheet.id == sheet_id and question in rows and field in columns:
                    cells[ref] = (grid.text.name, rows[question], columns[field], text)
    book = load_workbook(BytesIO(workbook))
    for tab, row, column, text in cells.values():
        cell = book[tab].cell(row, column)
        cell.value = text or None
        if text and not text.startswith("="):  # the one who types a formula gets a formula
            cell.data_type = "s"
    return _saved(book)


def completed(tool: CompiledTool, cover: ToolCover, answers: Mapping[str, str]) -> bytes:
    """The tool as a careful agency returns it: its own copy with the answers in it, nothing else changed."""
    return tool.personalise(cover, answers)


def saved_again(workbook: bytes) -> bytes:
    """The same answers, saved once more by another program: other bytes."""
    return _saved(load_workbook(BytesIO(workbook)))


def with_comment(workbook: bytes, text: str, author: str) -> bytes:
    """The workbook with somebody's comment and a hidden sheet of notes left in it."""
    book = load_workbook(BytesIO(workbook))
    book["Questions"]["A1"].comment = Comment(text, author)
    notes = book.create_sheet("working notes")
    notes["A1"] = text
    notes.sheet_state = "hidden"
    return _saved(book)


def with_other_reference(workbook: bytes, old: str, new: str) -> bytes:
    """The workbook after somebody typed another case's reference over the printed one."""
    book = load_workbook(BytesIO(workbook))
    start = book["Start"]
    for row in start.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and old in cell.value:
                cell.value = cell.value.replace(old, new)
    return _saved(book)


def _saved(book) -> bytes:  # type: ignore[no-untyped-def]
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()
