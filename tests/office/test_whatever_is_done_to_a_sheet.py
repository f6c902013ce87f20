"""Whatever is cut, pasted, sorted, filled down or inserted, the sheet says of each question what the kit will say of it."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tool_examples import COVER, LAYOUT, WORDS, a_tool, every_answer

from audit_kit.office.forms import read_answers
from audit_kit.office.safe_read import read_safely
from audit_kit.office.tool_layout import MARK
from audit_kit.office.tool_status import standing_of
from audit_kit.office.tool_workbook import compile_tool

HANDS = Path(__file__).parent / "hands.py"
PYTHONS = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python")  # one that has LibreOffice's own module
TOOL = a_tool(12)
WINDOW = (COVER.window_start, COVER.window_end)
EVIDENCE = "Health visitor record of 14 March: the kitchen was bare and the child was hungry. " * 3


def half_filled() -> dict[str, str]:
    """Every second question answered, some of them in part, and a table with rows begun and rows done."""
    answers = {
        ref: EVIDENCE if ref.endswith(".evidence") else text
        for number, (ref, text) in enumerate(every_answer(TOOL).items())
        if not ref.endswith(".blank") and not ref.startswith(("chronology.", "action.")) and number % 5
    }
    answers |= {"involvement.known.answer": "Yes", "N3.ours": "Inadequate", "N4.ours": "Good", "N5.evidence": "Seen."}
    answers |= {f"chronology.{n}.date": f"2026-0{n}-14" for n in (1, 2, 3, 5)}
    return answers | {f"chronology.{n}.event": "Seen at home." for n in (1, 3, 4, 60)}


def with_uno() -> str:
    for python in PYTHONS:
        if shutil.which(python) and not subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
            return python
    pytest.skip("no Python here has LibreOffice's own module (python3-uno)")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Deed → the tool after it, as LibreOffice saved it."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    python, folder = with_uno(), tmp_path_factory.mktemp("hands")
    (folder / "tool.xlsx").write_bytes(compile_tool(LAYOUT, TOOL, WORDS).personalise(COVER, half_filled()))
    subprocess.run(
        [python, str(HANDS), str(folder / "tool.xlsx"), str(folder)], check=True, capture_output=True, timeout=400
    )
    return {path.stem: path.read_bytes() for path in folder.glob("*.xlsx") if path.stem != "tool"}


def shown_by(book: openpyxl.Workbook) -> dict[str, str]:
    """Question → what its status column shows, found by the hidden row and column."""
    shown: dict[str, str] = {}
    for sheet in book:
        mark = next((c for row in sheet.iter_rows(max_row=12) for c in row if str(c.value).startswith(MARK)), None)
        if mark is None:
            continue
        status = next(c.column for c in sheet[mark.row + 1] if c.value == "Status")
        for row in range(mark.row + 2, sheet.max_row + 1):
            if ref := sheet.cell(row, mark.column).value:
                shown[ref] = sheet.cell(row, status).value or ""
    return shown


@pytest.mark.proof
@pytest.mark.office
def test_sheet_and_kit_say_the_same_after_every_deed(done):
    assert len(done) == 21
    for deed, data in done.items():
        read = read_answers(read_safely(data), TOOL)
        standing = standing_of(TOOL, read.answers, WINDOW)
        book = openpyxl.load_workbook(BytesIO(data), data_only=True)
        start = {row[0].value: row[1].value for row in book["Start"].iter_rows()}

        assert shown_by(book) == dict(standing.words), deed
        assert start["Ready to return?"] == f"No, {standing.total} to finish", deed
        listed = [label for label in start if label and ", " in label and label.split(", ")[0] in book.sheetnames]
        assert len(listed) >= standing.total or deed == "rename_a_sheet", deed


@pytest.mark.proof
@pytest.mark.office
def test_no_answer_is_lost_unsaid_by_any_of_them(done):
    before = read_answers(read_safely(done["nothing"]), TOOL).answers
    takes_answers_away = {
        "empty_all_answers",
        "fill_down_grades",
        "fill_down_everything",
        "delete_cells",
        "insert_cells",
    }

    assert before.items() >= {(ref, text) for ref, text in half_filled().items() if ref.startswith("chronology.")}
    for deed, data in done.items():
        read = read_answers(read_safely(data), TOOL)
        assert not read.damage, deed
        if not deed.startswith(("copy", "paste", "cut")) and deed not in takes_answers_away:
            assert sorted(read.answers.values()) == sorted(before.values()), deed

    # pushed below the last question, where nothing is asked: the reviewer is told that something stood there
    assert read_answers(read_safely(done["insert_cells"]), TOOL).extras
