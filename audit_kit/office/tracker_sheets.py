"""How a sheet of the tracker is made: title, lists to filter, small tables, tones, page set-up.

Every sheet has its title in A1 and no merged cell; a colour always stands beside its words; text is never a formula.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from io import BytesIO

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.overview import Tone
from audit_kit.office import look, room

SIZE = 11

#: fill and text of each tone; the text keeps 4.5:1 on its fill (tests/office/test_tracker.py)
COLOURS = {
    Tone.URGENT: (look.ERROR, look.WHITE),
    Tone.LATE: (look.URGENT_FILL, look.ERROR),
    Tone.OURS: (look.ATTENTION_FILL, look.TEXT),
    Tone.BACK: ("F3E8F7", "5B2A78"),
    Tone.WAITING: (look.WHITE, look.TEXT),
    Tone.DONE: (look.DONE_FILL, "095537"),
    Tone.QUIET: ("F1F3F5", look.SECONDARY),
}


@dataclass(frozen=True)
class Column:
    """One column: its heading and how wide it is, in characters."""

    heading: str
    width: float


_WIDEST_ON_A4 = 250.0  # characters: letters are then six points high on paper

Value = str | int | date | datetime | None


def begin(sheet: Worksheet, title: str, lines: Iterable[str]) -> None:
    """Give an empty sheet its title in A1 and these lines below it."""
    sheet.sheet_view.showGridLines = False
    put(sheet, 1, 1, title, plain=True).font = look.font(bold=True, size=18, colour=look.BRAND)
    sheet.row_dimensions[1].height = 30
    for row, line in enumerate(lines, start=2):
        put(sheet, row, 1, line, plain=True).font = look.font(colour=look.SECONDARY)
        sheet.row_dimensions[row].height = 19


def list_of(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    tones: Sequence[Tone],
    toned_column: int,
) -> None:
    """A table to filter and sort, its header frozen and on every printed page."""
    header_at(sheet, 4, columns)
    alike = Alike(sheet)
    for number, (values, tone) in enumerate(zip(rows, tones, strict=True), start=5):
        for column, value in enumerate(values, start=1):
            toned = tone if column == toned_column else None
            alike.put(number, column, value, (type(value), toned), partial(tone_cell, tone=toned) if toned else None)
        texts = [
            (str(value), column.width) for value, column in zip(values, columns, strict=True) if isinstance(value, str)
        ]
        sheet.row_dimensions[number].height = room.height_for(*texts)
    if not rows:
        put(sheet, 5, 1, "None", plain=True)
    sheet.auto_filter.ref = f"A4:{look.letter(len(columns))}{max(5, 4 + len(rows))}"
    sheet.freeze_panes = "B5"
    set_page(sheet, 4, str(sheet["A1"].value), sum(column.width for column in columns))


def table_at(
    sheet: Worksheet, row: int, headings: Sequence[str], rows: Sequence[Sequence[Value]], tones: Sequence[Tone] = ()
) -> int:
    """A small table in the sheet's first columns; the row after it."""
    for column, heading in enumerate(headings, start=1):
        heading_at(sheet, row, column, heading)
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            cell = put(sheet, row + number, column, value)
            if tones and column == 1:
                tone_cell(cell, tones[number - 1])
        texts = [(str(value), sheet.column_dimensions[look.letter(c)].width) for c, value in enumerate(values, start=1)]
        sheet.row_dimensions[row + number].height = room.height_for(*texts)
    return row + len(rows) + 1


def header_at(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """The header row of a list, and how wide its columns are."""
    for number, column in enumerate(columns, start=1):
        heading_at(sheet, row, number, column.heading)
    set_widths(sheet, [column.width for column in columns])
    sheet.row_dimensions[row].height = max(room.height_for((column.heading, column.width - 3)) for column in columns)


def heading_at(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """One cell of a header."""
    cell = put(sheet, row, column, text)
    cell.font, cell.fill = look.font(bold=True, colour=look.WHITE, size=SIZE), look.fill(look.BRAND)
    cell.border, cell.alignment = look.box(look.BRAND), look.MIDDLE


def put(sheet: Worksheet, row: int, column: int, value: Value, *, plain: bool = False) -> Cell:
    """One cell. Text stays text whatever it begins with; ``plain``: one line that runs over to the right."""
    cell = _put_value(sheet.cell(row, column), value)
    if isinstance(value, datetime):
        cell.number_format = f"{look.DATE_FORMAT} hh:mm"
    elif isinstance(value, date):
        cell.number_format = look.DATE_FORMAT
    cell.font = look.font(size=SIZE)
    cell.alignment = look.ONE_LINE if plain else look.MIDDLE
    if not plain:
        cell.border = look.under()
    return cell


class Alike:
    """The cells of a sheet that look alike. They share one look: to style each anew takes ten times as long."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._looks: dict[object, StyleArray] = {}

    def put(self, row: int, column: int, value: Value, looks: object, dress: Callable[[Cell], None] | None) -> None:
        """One cell, which looks like the others that were put with the same ``looks``; ``dress`` styles the first."""
        if looks in self._looks:
            _put_value(self._sheet.cell(row, column), value)._style = self._looks[looks]
            return
        cell = put(self._sheet, row, column, value)
        if dress is not None:
            dress(cell)
        self._looks[looks] = copy(cell._style)


def _put_value(cell: Cell, value: Value) -> Cell:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # a leading "=" would else become a formula
    else:
        cell.value = value
    return cell


def tone_cell(cell: Cell, tone: Tone) -> None:
    """Colour a cell that says in words what its colour means."""
    ground, text = COLOURS[tone]
    cell.fill, cell.font = look.fill(ground), look.font(bold=tone in (Tone.URGENT, Tone.LATE), colour=text, size=SIZE)


def set_widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    """How wide the first columns are, in characters."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[look.letter(number)].width = width


def set_page(sheet: Worksheet, header_row: int | None, reference: str, width: float = 0) -> None:
    """A4 lying down, A3 where ``width`` is more than can be read on A4; the header row on every page, the marking in the footer."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8 if width > _WIDEST_ON_A4 else 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.oddFooter.left.text = "OFFICIAL-SENSITIVE, page &P of &N"
    sheet.oddFooter.right.text = reference.replace("&", "&&")


def long_day(day: date) -> str:
    """``13 October 2026``."""
    return f"{day.day} {day:%B %Y}"


def same_bytes(data: bytes) -> bytes:
    """The package without the moment of saving, which Excel does not need."""
    saved = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)
    return saved.getvalue()
