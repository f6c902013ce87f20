"""What is rewritten after each change is written row by row, and other programs read it."""

from __future__ import annotations

import tracemalloc
from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from audit_kit.access import check
from audit_kit.office.row_by_row import Look, PageSetUp, WrittenBook

BODY = Look()
RED = Look(bold=True, colour="B3261E", ground="FDECEA", all_round=True)
DAY = Look(number_format="dd mmm yyyy")
LIST = PageSetUp("R & D's list", header_row=1, filtered=True, is_a3=True)


def a_book(rows: int = 3) -> bytes:
    book = WrittenBook("Tracker of audits", "The Board")
    with book.sheet("First", [48, 12], PageSetUp("The Board")) as sheet:
        sheet.add([("At a glance", Look(size=18, bold=True, line="", wraps=False))], 30)
        sheet.skip(2)
        sheet.new_page()
        sheet.add([("H3", RED), (7, BODY)])
    with book.sheet("A & B's", [20, 14, 30], LIST) as sheet:
        sheet.add([("Audit", BODY), ("Due", BODY), ("Said", BODY)])
        for number in range(rows):
            sheet.add([(f"H{number}", BODY), (date(2026, 11, 5), DAY), ("=1+1 <&> \U0001f600\nnext line", BODY)], 40)
        sheet.add([None, (datetime(2026, 11, 5, 18, 0), DAY), (None, BODY)])
    return book.to_bytes()


def test_openpyxl_and_calamine_read_the_same_values_from_it():
    book = load_workbook(BytesIO(a_book()))
    other = CalamineWorkbook.from_filelike(BytesIO(a_book()))

    assert book.sheetnames == other.sheet_names == ["First", "A & B's"]
    assert [cell.value for cell in book["First"][4]] == other.get_sheet_by_name("First").to_python()[-1] == ["H3", 7]
    text = "=1+1 <&> \U0001f600\nnext line"
    assert [cell.value for cell in book["A & B's"][2]] == ["H0", datetime(2026, 11, 5), text]
    assert other.get_sheet_by_name("A & B's").to_python()[1] == ["H0", date(2026, 11, 5), text]
    assert [cell.value for cell in book["A & B's"][5]] == [None, datetime(2026, 11, 5, 18), None]


def test_text_stays_text_and_looks_as_it_was_told_to():
    sheet = load_workbook(BytesIO(a_book()))["First"]

    title, case = sheet["A1"], sheet["A4"]
    assert (title.font.name, title.font.sz, title.font.b, title.border.bottom.style) == ("Arial", 18, True, None)
    assert (case.font.color.rgb, case.fill.fgColor.rgb, case.border.left.style) == ("FFB3261E", "FFFDECEA", "thin")
    assert (case.alignment.wrap_text, sheet["B4"].border.left.style, sheet["B4"].border.bottom.style) == (
        True,
        None,
        "thin",
    )
    assert [
        c.data_type
        for row in load_workbook(BytesIO(a_book()))["A & B's"].iter_rows()
        for c in row
        if c.data_type == "f"
    ] == []


def test_a_list_can_be_filtered_and_its_header_stays_in_sight_and_on_every_page():
    sheet = load_workbook(BytesIO(a_book()))["A & B's"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("B2", "A1:C5", "$1:$1")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.row_dimensions[2].height) == (
        8,
        "landscape",
        40,
    )
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == (
        "OFFICIAL-SENSITIVE, page &P of &N",
        "R && D's list",
    )


def test_a_new_page_begins_where_it_was_asked_for():
    assert [one.id for one in load_workbook(BytesIO(a_book()))["First"].row_breaks.brk] == [3]


def test_the_same_rows_give_the_same_bytes():
    assert a_book() == a_book()


def test_it_keeps_no_reader_out():
    assert check(a_book()) == ()


def test_a_list_of_thousands_of_rows_is_never_in_memory():
    tracemalloc.start()
    try:
        found = a_book(30_000)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 2**21 + 3 * len(found)
