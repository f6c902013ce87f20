"""Saves a workbook in memory alone. openpyxl's own ``save`` writes each sheet, in plain text, to the system's temporary folder."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def saved_workbook(book: Workbook) -> bytes:
    """The workbook as a file's content. Not for write-only workbooks, whose sheets are written as they are filled."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive).write_data()
    return stream.getvalue()


class _Writer(ExcelWriter):  # type: ignore[misc]
    """openpyxl's writer, but for where a sheet is kept until it goes into the package."""

    def write_worksheet(self, sheet: Any) -> None:
        sheet._drawing = SpreadsheetDrawing()
        sheet._drawing.charts, sheet._drawing.images = sheet._charts, sheet._images
        with self._archive.open(sheet.path[1:], "w") as content:
            writer = WorksheetWriter(sheet, content)
            writer.write()
        sheet._rels = writer._rels
        self.manifest.append(sheet)
