"""Saves a workbook in memory alone. openpyxl's own ``save`` writes each sheet, in plain text, to the system's temporary folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter


def saved_workbook(book: Workbook, filling: Mapping[str, Callable[[Worksheet], None]] | None = None) -> bytes:
    """The workbook as a file's content. Not for write-only workbooks, whose sheets are written as they are filled.

    ``filling``: what fills an empty sheet of this name. It is filled when it is written, and emptied again: the cells of a
    long list take forty times what the file takes, and those of all sheets are never there together.
    """
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive, filling or {}).write_data()
    return stream.getvalue()


class _Writer(ExcelWriter):  # type: ignore[misc]
    """openpyxl's writer, but for where a sheet is kept until it goes into the package."""

    def __init__(self, book: Workbook, archive: ZipFile, filling: Mapping[str, Callable[[Worksheet], None]]) -> None:
        super().__init__(book, archive)
        self._filling = filling

    def write_worksheet(self, sheet: Any) -> None:
        if sheet.title in self._filling:
            self._filling[sheet.title](sheet)
        sheet._drawing = SpreadsheetDrawing()
        sheet._drawing.charts, sheet._drawing.images = sheet._charts, sheet._images
        with self._archive.open(sheet.path[1:], "w") as content:
            writer = WorksheetWriter(sheet, content)
            writer.write()
        sheet._rels = writer._rels
        if sheet.title in self._filling:
            sheet._cells.clear()
            sheet.row_dimensions.clear()
        self.manifest.append(sheet)
