"""A workbook is saved in memory alone: its sheets may hold names, and the system's temporary folder is anybody's."""

from __future__ import annotations

import tempfile
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from audit_kit.office.in_memory import saved_workbook


def a_book() -> Workbook:
    book = Workbook()
    sheet = book.active
    for row in (("Case", "Days"), ("H1", 3), ("H2", 5)):
        sheet.append(row)
    sheet["A2"].comment = Comment("weak", "audit_kit")
    sheet["C1"] = "Start"
    sheet["C1"].hyperlink = "#Second!A1"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    book.create_sheet("Second")["A1"] = "seen"
    return book


def test_nothing_is_written_to_the_temporary_folder(monkeypatch):
    def never(*args: object, **more: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", never)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", never)

    assert saved_workbook(a_book()).startswith(b"PK")


def test_what_was_saved_is_read_back_with_its_comment_link_and_chart():
    book = load_workbook(BytesIO(saved_workbook(a_book())))

    sheet = book.worksheets[0]
    assert [[cell.value for cell in row[:2]] for row in sheet.iter_rows()] == [["Case", "Days"], ["H1", 3], ["H2", 5]]
    assert sheet["A2"].comment.text == "weak"
    assert sheet["C1"].hyperlink is not None
    assert len(sheet._charts) == 1
    assert book["Second"]["A1"].value == "seen"
