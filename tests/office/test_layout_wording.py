"""What a question says is the team's: written on the sheet Wording of a layout, found by the question's reference."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from tool_examples import COVER, LAYOUT, WORDS, a_theme

from audit_kit.domain.standard_sheets import tool_for
from audit_kit.office.forms import read_answers
from audit_kit.office.layout_contract import faults_against
from audit_kit.office.safe_read import read_safely
from audit_kit.office.tool_workbook import compile_tool, read_layout, worded
from audit_kit.store.folders import shipped

FORM = tool_for(a_theme(1), "H", "MPS", ("N1",), {})
ROWS = {row[0].value: row[0].row for row in openpyxl.load_workbook(shipped("templates") / "audit_tool.xlsx")["Wording"]}


def layout_with(**cells: str):
    """The audit tool's layout with these cells of its sheet Wording changed: ``C5="Are you worried?"``."""
    book = openpyxl.load_workbook(shipped("templates") / "audit_tool.xlsx")
    for cell, text in cells.items():
        book["Wording"][cell] = text
    saved = BytesIO()
    book.save(saved)
    return read_layout(saved.getvalue(), "audit_tool.xlsx")


def said_of(layout) -> list[str]:
    return [fault.sentence for fault in faults_against(layout, FORM)]


def test_every_question_of_the_standard_sheets_has_its_line():
    listed = {q.ref for sheet in FORM.sheets if sheet.layout.value == "form" for q in sheet.questions}

    assert listed == set(ROWS) & {q.ref for sheet in FORM.sheets for q in sheet.questions}
    assert said_of(LAYOUT) == []


def test_a_question_in_the_teams_words_is_what_agencies_get_and_what_letters_say():
    row = ROWS["voice.child"]
    layout = layout_with(**{f"C{row}": "What would the child tell you?", f"D{row}": "In the child's own words."})
    tool = worded(layout, FORM)

    data = compile_tool(layout, tool, WORDS).personalise(COVER, {"voice.child.answer": "That it is cold at home."})

    sheet = openpyxl.load_workbook(BytesIO(data))["Voice"]
    assert "What would the child tell you?" in [cell.value for cells in sheet.iter_rows() for cell in cells]
    assert "In the child's own words." in [check.prompt for check in sheet.data_validations.dataValidation]
    assert "What would the child tell you?" in tool.place("voice.child.answer").in_words()
    read = read_answers(read_safely(data), FORM)
    assert (read.answers["voice.child.answer"], read.damage) == ("That it is cold at home.", ())
    assert "Wording" not in openpyxl.load_workbook(BytesIO(data)).sheetnames


def test_a_layout_without_such_a_sheet_has_the_kits_own_words():
    book = openpyxl.load_workbook(shipped("templates") / "audit_tool.xlsx")
    del book["Wording"]
    for name in ("wording_ref", "wording_question", "wording_message"):
        del book.defined_names[name]
    saved = BytesIO()
    book.save(saved)
    layout = read_layout(saved.getvalue(), "audit_tool.xlsx")

    assert said_of(layout) == []
    assert worded(layout, FORM).place("voice.child.answer").question == FORM.place("voice.child.answer").question


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"A5": "concern.ani"}, "cell A5: there is no question *concern.ani*; the nearest one there is *concern.any*."),
        ({"A6": "concern.any"}, "cell A6: *concern.any* stands here a second time."),
        ({"C5": ""}, "cell C5: the question is empty, so that the kit's own words are used."),
        ({"C5": "x" * 301}, "cell C5: this has 301 characters; 300 can be shown."),
        ({"D5": "x" * 256}, "cell D5: this has 256 characters; 255 can be shown."),
        (
            {"C5": "Is {area} safe?"},
            "cell C5: nothing in curly brackets is filled in here; write the words themselves.",
        ),
    ],
)
def test_what_is_wrong_with_a_line_is_told_and_stops_no_tool(cells, said):
    layout = layout_with(**cells)

    assert f"audit_tool.xlsx, sheet Wording, {said}" in said_of(layout)
    assert compile_tool(layout, worded(layout, FORM), WORDS).personalise(COVER)
