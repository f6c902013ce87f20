"""A small real tool, its cover, and workbooks read back as the gate would hand them on."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import python_calamine

from audit_kit.domain.question_bank import Kloe, Theme
from audit_kit.domain.references import AuditRef
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.office.tool_workbook import ToolCover, ToolWords

WORDS = ToolWords("Fictional Safeguarding Children Board", "Hackney", "Neglect", "020 7946 0000", "audit@board.example")
COVER = ToolCover(
    AuditRef("2026-A2-NEG", "H3", "MPS"), 1, "Fictional Police Service",
    date(2025, 11, 1), date(2026, 10, 31), date(2026, 12, 4),
)  # fmt: skip


def a_theme(count: int = 12) -> Theme:
    kloes = tuple(
        Kloe(
            f"N{n}", f"Title {n}", f"Was line of enquiry {n} followed in the child's time?",
            ("What was seen.", "Who was told; see {threshold document}."),
            (("Outstanding", "Early and shared."), ("Good", "In time."),
             ("Requires improvement", "Late."), ("Inadequate", "Not at all.")),
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return Theme("neglect", "NEG", "Neglect", "2026.1", kloes)


def a_tool(count: int = 12):
    theme = a_theme(count)
    refs = tuple(kloe.ref for kloe in theme.kloes)
    return tool_for(theme, "H", "MPS", refs, {"threshold document": "Wellbeing Framework"})


def every_answer(tool) -> dict[str, str]:
    """One answer in every cell, of the sort that is asked for."""
    answers = {}
    for ref in tool.answer_refs:
        place = tool.place(ref)
        if place.choices:
            answers[ref] = place.choices[0]
        elif place.kind == "date":
            answers[ref] = "2026-03-14"
        elif place.kind == "number":
            answers[ref] = "3"
        else:
            answers[ref] = f"Answer to {ref}: a & b < c, “quoted”.\nSecond line."
    return answers


def read_back(data: bytes, ending: str = "xlsx"):
    """The workbook as values, as the gate hands it on."""
    if ending != "xlsx":
        return _by_calamine(data)
    formulas = openpyxl.load_workbook(BytesIO(data))
    values = openpyxl.load_workbook(BytesIO(data), data_only=True)
    sheets = tuple(
        SimpleNamespace(
            name=sheet.title,
            visibility=sheet.sheet_state,
            cells={
                (cell.row, cell.column): SimpleNamespace(
                    text=_text(values[sheet.title][cell.coordinate].value), is_formula=cell.data_type == "f"
                )
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            },
        )
        for sheet in formulas
    )
    properties = {prop.name: str(prop.value) for prop in formulas.custom_doc_props.props}
    names = {name: defined.attr_text for name, defined in formulas.defined_names.items()}
    return SimpleNamespace(sheets=sheets, properties=properties, defined_names=names)


def _by_calamine(data: bytes):
    book = python_calamine.load_workbook(BytesIO(data))
    sheets = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        cells = {
            (r, c): SimpleNamespace(text=_text(value), is_formula=False)
            for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""
        }  # fmt: skip
        sheets.append(SimpleNamespace(name=name, visibility="visible", cells=cells))
    return SimpleNamespace(sheets=tuple(sheets), properties={}, defined_names={})


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else str(value)
