"""A sheet's cells as they are seen: text, look, whether they are open, whether they are hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from audit_kit.access.figures import whole
from audit_kit.access.package import Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

Place = tuple[int, int]  # row and column, both from 1
Runs = tuple[tuple[str, Element | None], ...]  # pieces of a text, each with its own look or None


@dataclass(frozen=True)
class Cell:
    """One cell. ``text`` as it is stored: a number is not yet formatted."""

    style: int
    text: str
    runs: Runs = field(default=(), repr=False)
    number: float | None = None
    formula: str = ""


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: object) -> bool:
        if not isinstance(place, tuple):
            return False
        row, column = place
        return bool(self.top <= row <= self.bottom and self.left <= column <= self.right)

    def cells(self) -> Iterator[Place]:
        """Every place in it, row by row."""
        for row in range(self.top, self.bottom + 1):
            yield from ((row, column) for column in range(self.left, self.right + 1))

    def __len__(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def __str__(self) -> str:
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first} to {last}"


@lru_cache(maxsize=16_384)
def letters(column: int) -> str:
    """The letters of a column counted from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """The cell as Excel calls it: ``B7``."""
    return f"{letters(column)}{row}"


def area(text: str) -> Area | None:
    """The rectangle of ``B2:D9`` or ``B2``; None for anything else, such as a whole column."""
    ends = [_ADDRESS.fullmatch(end) for end in text.rpartition("!")[2].split(":")]
    if not 1 <= len(ends) <= 2 or not all(ends):
        return None
    places = [(int(end[2]), column_number(end[1])) for end in ends if end]
    (top, left), (bottom, right) = min(places[0], places[-1]), max(places[0], places[-1])
    if bottom > _LAST_ROW or right > _LAST_COLUMN:
        return None
    return Area(top, min(left, right), bottom, max(left, right))


def areas(text: str) -> tuple[Area, ...]:
    """The rectangles of a list such as ``B2:D9 F4``."""
    return tuple(found for each in text.split() if (found := area(each)) is not None)


class SheetCells:
    """The cells of one sheet, and which rows and columns are hidden."""

    def __init__(self, sheet: Element, strings: tuple[Runs, ...]) -> None:
        self.cells: Mapping[Place, Cell] = dict(sorted(_cells(sheet, strings), key=lambda each: each[0]))
        self._rows = {whole(row.get("r")) for row in sheet.iter(f"{S}row") if _is_hidden(row)}
        self._columns = [
            (whole(each.get("min"), 1), whole(each.get("max"), 1)) for each in sheet.iter(f"{S}col") if _is_hidden(each)
        ]
        format_of_rows = sheet.find(f"{S}sheetFormatPr")
        self._shown_rows = (
            {whole(row.get("r")) for row in sheet.iter(f"{S}row")}
            if format_of_rows is not None and format_of_rows.get("zeroHeight") in ("1", "true")
            else None
        )
        self._some_hidden = bool(self._rows or self._columns or self._shown_rows is not None)
        self.merged = tuple(
            found for each in sheet.iter(f"{S}mergeCell") if (found := area(each.get("ref", ""))) is not None
        )

    def is_hidden(self, place: Place) -> bool:
        """Whether nobody sees this cell."""
        return self._some_hidden and (self.row_is_hidden(place[0]) or self.column_is_hidden(place[1]))

    def row_is_hidden(self, row: int) -> bool:
        """Whether this row is hidden."""
        return row in self._rows or (self._shown_rows is not None and row not in self._shown_rows)

    def column_is_hidden(self, column: int) -> bool:
        """Whether this column is hidden."""
        return any(first <= column <= last for first, last in self._columns)

    def seen(self) -> Iterator[tuple[Place, Cell]]:
        """The cells that are not hidden, in reading order."""
        return ((place, cell) for place, cell in self.cells.items() if not self.is_hidden(place))


def shared_strings(root: Element | None) -> tuple[Runs, ...]:
    """The workbook's texts, each in its pieces."""
    return () if root is None else tuple(_runs(each) for each in root.iterfind(f"{S}si"))


def _cells(sheet: Element, strings: tuple[Runs, ...]) -> Iterator[tuple[Place, Cell]]:
    row_number = 0
    for row in sheet.iterfind(f"{S}sheetData/{S}row"):
        row_number = whole(row.get("r"), row_number + 1)
        column = 0
        for cell in row.iterfind(f"{S}c"):
            match = _ADDRESS.fullmatch(cell.get("r") or "")
            column = column_number(match[1]) if match else column + 1
            yield (row_number, column), _cell(cell, strings)


def _cell(cell: Element, strings: tuple[Runs, ...]) -> Cell:
    style, kind = whole(cell.get("s")), cell.get("t", "n")
    formula, value = cell.findtext(f"{S}f"), cell.findtext(f"{S}v") or ""
    runs: Runs = ()
    if kind == "s":
        number = whole(value, -1)
        runs = strings[number] if 0 <= number < len(strings) else ()
    elif kind == "inlineStr":
        inline = cell.find(f"{S}is")
        runs = () if inline is None else _runs(inline)
    if runs:
        return Cell(style, "".join(text for text, _ in runs), runs, None, formula or "")
    return Cell(style, value, (), _number(value) if kind == "n" else None, formula or "")


def _runs(item: Element) -> Runs:
    pieces = [(run.findtext(f"{S}t") or "", run.find(f"{S}rPr")) for run in item.iterfind(f"{S}r")]
    return tuple(pieces) or ((item.findtext(f"{S}t") or "", None),)


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") in ("1", "true")


def column_number(text: str) -> int:
    """The number of a column, from 1, by its letters."""
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
