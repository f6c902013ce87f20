"""What people do to an audit tool in a spreadsheet program, done by LibreOffice itself through its own interface.

Run by a Python that has ``uno`` (LibreOffice's own): ``python hands.py TOOL.xlsx FOLDER``. Writes a copy for each deed, worked
out anew, under the deed's name. The cells are those of ``tool_examples.a_tool(12)``.
"""

import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.CellDeleteMode import UP
from com.sun.star.sheet.CellInsertMode import DOWN
from com.sun.star.sheet.FillDirection import TO_BOTTOM
from com.sun.star.table import CellAddress, TableSortField

PIPE = f"audit_kit_{uno.generateUuid().value.hex()}"


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def sheet(book, name):
    found = book.Sheets.getByName(name)
    found.unprotect("")
    return found


def corner(cells, ref):
    where = cells.getCellRangeByName(ref).RangeAddress
    made = CellAddress()
    made.Sheet, made.Column, made.Row = where.Sheet, where.StartColumn, where.StartRow
    return made


def cut(book, tab, source, target):
    cells = sheet(book, tab)
    cells.moveRange(corner(cells, target), cells.getCellRangeByName(source).RangeAddress)


def copy(book, tab, source, target):
    cells = sheet(book, tab)
    cells.copyRange(corner(cells, target), cells.getCellRangeByName(source).RangeAddress)


def paste_values(book, tab, source, target):
    cells = sheet(book, tab)
    cells.getCellRangeByName(target).setDataArray(cells.getCellRangeByName(source).getDataArray())


def sort(book, tab, ref, column, *, ascending):
    by = TableSortField()
    by.Field, by.IsAscending = column, ascending
    fields = uno.Any("[]com.sun.star.table.TableSortField", (by,))
    sheet(book, tab).getCellRangeByName(ref).sort((option("SortFields", fields), option("ContainsHeader", False)))


def insert_rows(book):
    for tab in ("Chronology", "Questions", "Involvement"):
        sheet(book, tab).Rows.insertByIndex(6, 1)


def insert_cells(book):
    cells = sheet(book, "Questions")
    cells.insertCells(cells.getCellRangeByName("H7:H7").RangeAddress, DOWN)


def delete_cells(book):
    cells = sheet(book, "Questions")
    cells.removeRange(cells.getCellRangeByName("H6:H6").RangeAddress, UP)


def fill_down(book, ref):
    sheet(book, "Questions").getCellRangeByName(ref).fillAuto(TO_BOTTOM, 1)


DEEDS = {
    "nothing": lambda book: None,
    "cut_an_answer": lambda book: cut(book, "Involvement", "D6:D6", "D8:D8"),
    "cut_evidence": lambda book: cut(book, "Questions", "H5:H5", "H8:H8"),
    "cut_a_row_of_answers": lambda book: cut(book, "Questions", "F5:L5", "F8:L8"),
    "cut_the_first_row_of_a_table": lambda book: cut(book, "Chronology", "C5:R5", "C40:R40"),
    "cut_the_last_row_of_a_table": lambda book: cut(book, "Chronology", "C64:R64", "C30:R30"),
    "copy_a_row_of_answers": lambda book: copy(book, "Questions", "F5:L5", "F8:L8"),
    "sort_answers_of_a_table": lambda book: sort(book, "Chronology", "C5:R64", 0, ascending=False),
    "sort_whole_rows_of_a_table": lambda book: sort(book, "Chronology", "A5:S64", 2, ascending=False),
    "sort_answers_of_questions": lambda book: sort(book, "Questions", "F5:L16", 0, ascending=True),
    "insert_rows": insert_rows,
    "insert_cells": insert_cells,
    "delete_cells": delete_cells,
    "insert_a_column": lambda book: sheet(book, "Questions").Columns.insertByIndex(7, 1),
    "fill_down_grades": lambda book: fill_down(book, "F5:G16"),
    "fill_down_everything": lambda book: fill_down(book, "A5:L16"),
    "paste_a_neighbours_values": lambda book: paste_values(book, "Questions", "F5:L5", "F8:L8"),
    "paste_a_neighbours_values_and_status": lambda book: paste_values(book, "Questions", "C5:L5", "C8:L8"),
    "rename_a_sheet": lambda book: sheet(book, "Questions").setName("Our answers"),
    "move_a_sheet": lambda book: book.Sheets.moveByName("Questions", 0),
    "empty_all_answers": lambda book: sheet(book, "Questions").getCellRangeByName("F5:L16").clearContents(1023),
}


def desktop_of(profile):
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={PIPE};urp;",
        ]
    )
    own = uno.getComponentContext()
    resolver = own.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", own)
    for _ in range(240):
        try:
            there = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
        else:
            return office, there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
    office.kill()
    raise SystemExit("LibreOffice did not answer")


def main(tool, folder):
    office, desktop = desktop_of(folder / "profile")
    for name, deed in DEEDS.items():
        book = desktop.loadComponentFromURL(tool.as_uri(), "_blank", 0, (option("Hidden", True),))
        deed(book)
        book.calculateAll()
        book.storeToURL((folder / f"{name}.xlsx").as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
        book.close(True)
    try:
        desktop.terminate()
    finally:
        office.wait(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
