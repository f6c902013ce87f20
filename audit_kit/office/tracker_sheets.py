"""How a sheet of the tracker is made: title, lists to filter, small tables, tones.

Every sheet has its title in A1 and no merged cell; a colour always stands beside its words; text is never a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from audit_kit.domain.overview import Tone
from audit_kit.office import colours, room
from audit_kit.office.row_by_row import Look, PageSetUp, Value, WrittenBook, WrittenSheet

HEADER_ROW = 4

#: fill and text of each tone; the text keeps 4.5:1 on its fill (tests/office/test_tracker.py)
COLOURS = {
    Tone.URGENT: (colours.ERROR, colours.WHITE),
    Tone.LATE: (colours.URGENT_FILL, colours.ERROR),
    Tone.OURS: (colours.ATTENTION_FILL, colours.TEXT),
    Tone.BACK: ("F3E8F7", "5B2A78"),
    Tone.WAITING: (colours.WHITE, colours.TEXT),
    Tone.DONE: (colours.DONE_FILL, "095537"),
    Tone.QUIET: ("F1F3F5", colours.SECONDARY),
}

BODY = Look()
BOLD = Look(bold=True)
FAINT = Look(colour=colours.SECONDARY)
ONE_LINE = Look(line="", wraps=False)
_TITLE = replace(ONE_LINE, size=18, bold=True, colour=colours.BRAND)
_NOTE = replace(ONE_LINE, size=12, colour=colours.SECONDARY)
_HEADING = Look(bold=True, colour=colours.WHITE, ground=colours.BRAND, line=colours.BRAND, all_round=True)
_DATE = "dd mmm yyyy"
_WIDEST_ON_A4 = 250.0  # characters: letters are then six points high on paper


@dataclass(frozen=True)
class Column:
    """One column: its heading and how wide it is, in characters."""

    heading: str
    width: float


@cache
def toned(tone: Tone, like: Look = BODY) -> Look:
    """The look of a cell that says in words what its colour means."""
    ground, text = COLOURS[tone]
    return replace(like, bold=tone in (Tone.URGENT, Tone.LATE), colour=text, ground=ground)


def begin(sheet: WrittenSheet, title: str, lines: Iterable[str]) -> None:
    """Give an empty sheet its title in A1 and these lines below it."""
    sheet.add([(title, _TITLE)], 30)
    for line in lines:
        sheet.add([(line, _NOTE)], 19)


def put_list(
    book: WrittenBook,
    name: str,
    title: str,
    note: str,
    columns: Sequence[Column],
    rows: Iterable[tuple[Sequence[Value], Tone]],
    toned_column: int,
) -> None:
    """A sheet with a table to filter and sort, its header frozen and on every printed page."""
    widths = [column.width for column in columns]
    page = PageSetUp(title, HEADER_ROW, filtered=True, is_a3=sum(widths) > _WIDEST_ON_A4)
    with book.sheet(name, widths, page) as sheet:
        begin(sheet, title, [note])
        sheet.skip(HEADER_ROW - sheet.row)
        put_header(sheet, columns)
        for values, tone in rows:
            looks = (toned(tone) if column == toned_column else BODY for column in range(1, len(values) + 1))
            put_row(sheet, values, looks, widths)
        if sheet.row == HEADER_ROW + 1:
            sheet.add([("None", ONE_LINE)])


def put_header(sheet: WrittenSheet, columns: Sequence[Column]) -> None:
    """The header row of a list."""
    height = max(room.height_for((column.heading, column.width - 3)) for column in columns)
    sheet.add([(column.heading, _HEADING) for column in columns], height)


def put_table(
    sheet: WrittenSheet,
    widths: Sequence[float],
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    first: Look = BODY,
) -> None:
    """A small table in the sheet's first columns. ``first``: how its first column looks."""
    sheet.add([(heading, _HEADING) for heading in headings])
    for values in rows:
        put_row(sheet, values, (first, *[BODY] * (len(values) - 1)), widths)


def put_row(sheet: WrittenSheet, values: Sequence[Value], looks: Iterable[Look], widths: Sequence[float]) -> None:
    """A row as high as its texts want it."""
    texts = [(value, width) for value, width in zip(values, widths, strict=False) if isinstance(value, str)]
    cells = [(value, _dated(look, value)) for value, look in zip(values, looks, strict=True)]
    sheet.add(cells, room.height_for(*texts))


def _dated(look: Look, value: Value) -> Look:
    if not isinstance(value, date):
        return look
    return _formatted(look, f"{_DATE} hh:mm" if isinstance(value, datetime) else _DATE)


@cache
def _formatted(look: Look, number_format: str) -> Look:
    return replace(look, number_format=number_format)


def long_day(day: date) -> str:
    """``13 October 2026``."""
    return f"{day.day} {day:%B %Y}"
