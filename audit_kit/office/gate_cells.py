"""The cells of a sheet: which hold something, and which are formulas.

Nothing is read here but addresses and lengths. The strictness is there so that two readers can't see two
different sheets: each cell has its address, stands once and in order, and holds one value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from audit_kit.office import gate_limits as limits
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.gate_strings import INSIDE, MAIN, check_length, is_blank, main_names

_NAMES = main_names("row", "c", "f", "v", "is", "t", "r", "rPh", "phoneticPr", "rPr")
_CHILDREN: Mapping[str, frozenset[str]] = {
    **INSIDE,
    "sheetData": frozenset(("row",)),
    "row": frozenset(("c",)),
    "c": frozenset(("f", "v", "text")),
}
_KINDS = {name: "text" if kind == "is" else kind for name, kind in _NAMES.items()}
#: the element around → the names of those that may stand in it → what they are
_INSIDE: Mapping[str, Mapping[str, str]] = {
    parent: {name: kind for name, kind in _KINDS.items() if kind in _CHILDREN.get(parent, ())}
    for parent in (*_CHILDREN, *_KINDS.values(), "format")
}
_CELL_ATTRIBUTES = frozenset(("r", "s", "t", "cm", "vm", "ph"))
_CELL_TYPES = frozenset(("n", "s", "str", "inlineStr", "b", "d", "e"))

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_LETTERS = re.compile(r"[A-Z]{1,3}", re.ASCII)
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?", re.ASCII)
_ERROR = re.compile(r"#[A-Z0-9/_?!]{1,20}|Err:[0-9]{3}", re.ASCII)  # the second is LibreOffice's
ON = ("1", "true")


@dataclass(frozen=True, slots=True)
class CellsSeen:
    """What was seen of some rows, which hangs on their own bytes alone: whatever hangs on the workbook is judged by ``Sheet``."""

    first_row: int
    last_row: int
    has_hidden: bool
    highest_format: int
    filled: int  # cells with a value of their own; shared texts come besides
    filled_row: int  # the last row and the last column that hold such a value
    filled_column: int
    chars: int
    shared: tuple[tuple[int, int, int], ...]  # row, column, which of the shared texts
    errors: tuple[tuple[tuple[int, int], str], ...]
    formulas: frozenset[tuple[int, int]]
    constants: frozenset[tuple[int, int]]  # written as a formula, and none
    formula_cells: int


class Cells:
    """A visitor of what stands in ``sheetData``. ``after``: the row before the first; rows may leave their number out."""

    def __init__(self, after: int = 0) -> None:
        self.last_row, self._column = after, 0
        self._path = ["sheetData"]
        self._first_row = 0
        self._has_hidden = False
        self._highest_format = 0
        self._filled = self._filled_row = self._filled_column = self._chars = self._formula_cells = 0
        self._shared: list[tuple[int, int, int]] = []
        self._errors: list[tuple[tuple[int, int], str]] = []
        self._formulas: set[tuple[int, int]] = set()
        self._constants: set[tuple[int, int]] = set()
        self._type = "n"
        self._texts: dict[str, str] = {}  # of the cell at hand: "v", "f", "text" → what it says so far
        self._into = ""  # which of them the next characters belong to
        self._stretches = 0
        self._formats: set[str] = set()
        self._digits = ""  # of the row at hand

    @property
    def is_between_rows(self) -> bool:
        """Whether every row that was begun has ended."""
        return len(self._path) == 1

    def seen(self) -> CellsSeen:
        """What was seen so far."""
        return CellsSeen(
            self._first_row, self.last_row, self._has_hidden, self._highest_format, self._filled, self._filled_row,
            self._filled_column, self._chars, tuple(self._shared), tuple(self._errors), frozenset(self._formulas),
            frozenset(self._constants), self._formula_cells,
        )  # fmt: skip

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        parent = self._path[-1]
        kind = _INSIDE[parent].get(name)
        if kind is None:
            if parent != "rPr" or name in _NAMES or not name.startswith(MAIN):
                raise Refused(Reason.ODD, "sheet: element among the cells")
            kind = "format"
        elif kind == "c":
            self._start_of_cell(attributes)
        elif parent == "c":
            self._start_of_value(kind, attributes)
        elif kind == "row":
            self._start_of_row(attributes)
        elif kind in ("t", "r"):
            self._start_of_stretch(kind, parent)
        self._path.append(kind)

    def end(self, name: str) -> None:
        """An element ends."""
        self._into = ""
        if self._path.pop() == "c" and self._texts:
            self._end_of_cell(self._texts)

    def text(self, chars: str) -> None:
        """Some text."""
        if self._into:
            self._texts[self._into] += chars

    def _start_of_row(self, attributes: Mapping[str, str]) -> None:
        stated = attributes.get("r", str(self.last_row + 1))
        row = int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 8 else 0
        if not self.last_row < row <= limits.GRID_ROWS:
            raise Refused(Reason.ODD, "sheet: rows out of order")
        self._first_row = self._first_row or row
        self.last_row, self._column = row, 0
        self._digits = str(row)
        self._has_hidden |= attributes.get("hidden") in ON

    def _start_of_cell(self, attributes: Mapping[str, str]) -> None:
        if not attributes.keys() <= _CELL_ATTRIBUTES:
            raise Refused(Reason.ODD, "sheet: cell")
        self._column = self._next_column(attributes.get("r", ""))
        style = attributes.get("s", "0")
        if style not in self._formats:
            if not (style.isascii() and style.isdecimal()):
                raise Refused(Reason.ODD, "sheet: cell format")
            self._formats.add(style)
            self._highest_format = max(self._highest_format, int(style[:7]))
        self._type = attributes.get("t", "n")
        if self._type not in _CELL_TYPES:
            raise Refused(Reason.ODD, "sheet: type of a cell")
        if self._texts:
            self._texts = {}

    def _next_column(self, address: str) -> int:
        """The column of the next cell of the row, which must be further right than the one before."""
        letters = address.removesuffix(self._digits)
        column = _column_of(letters) if letters != address else 0
        if column <= self._column:
            cell_address(address)  # which may be none at all
            raise Refused(Reason.ODD, "sheet: cells out of order")
        return column

    def _start_of_value(self, kind: str, attributes: Mapping[str, str]) -> None:
        if kind in self._texts:
            raise Refused(Reason.ODD, "sheet: two values in a cell")
        self._texts[kind] = ""
        if kind == "f":
            self._start_of_formula(attributes)
        self._into = kind if kind != "text" else ""
        self._stretches = 0

    def _start_of_stretch(self, kind: str, parent: str) -> None:
        """A text is one ``t``, or any number of ``r`` that hold one each; ``rPh`` says how it is pronounced."""
        if parent == "text":
            if self._stretches and (kind == "t" or self._stretches < 0):
                raise Refused(Reason.ODD, "sheet: two texts in a cell")
            self._stretches = -1 if kind == "t" else 1
        self._into = "text" if kind == "t" and parent != "rPh" else ""

    def _start_of_formula(self, attributes: Mapping[str, str]) -> None:
        self._count_formulas(1)
        self._formulas.add((self.last_row, self._column))
        # an array formula stands in its first cell and fills the others with plain values
        if attributes.get("t") in ("array", "dataTable"):
            (top, left), (bottom, right) = area_of(attributes.get("ref", ""))
            self._count_formulas((bottom - top + 1) * (right - left + 1))
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self._formulas.add((row, column))

    def _count_formulas(self, more: int) -> None:
        self._formula_cells += more
        if self._formula_cells > limits.FORMULA_CELLS:
            raise Refused(Reason.TOO_LARGE, "sheets: formula_cells")

    def _end_of_cell(self, texts: Mapping[str, str]) -> None:
        if len(texts.get("f", "")) > limits.FORMULA_CHARS:
            raise Refused(Reason.ODD, "sheet: formula too long")
        value = texts.get("v", "")
        # LibreOffice saves a typed TRUE as a formula; a constant that shows what it says is an answer. But not FALSE(): in
        # the cell that asks about risk it would be a "No", and a formula never is
        if self._type == "b" and (texts.get("f"), value) == ("TRUE()", "1"):
            self._formulas.discard((self.last_row, self._column))
            self._constants.add((self.last_row, self._column))
        if self._type == "inlineStr":
            if value.strip():
                raise Refused(Reason.ODD, "sheet: two values in a cell")
            value = texts.get("text", "")
        elif "text" in texts:
            raise Refused(Reason.ODD, "sheet: two values in a cell")
        check_length(value)
        if not is_blank(value):
            self._count_value(value)

    def _count_value(self, value: str) -> None:
        kind = self._type
        if kind == "s":
            if not (value.isascii() and value.isdecimal()):
                raise Refused(Reason.ODD, "sheet: shared text that is not there")
            self._shared.append((self.last_row, self._column, int(value[:8])))
            return
        if kind == "n" and not (value.isdecimal() and value.isascii()) and not _NUMBER.fullmatch(value.strip()):
            raise Refused(Reason.ODD, "sheet: number")
        if kind == "b" and value.strip() not in ("0", "1", "true", "false"):
            raise Refused(Reason.ODD, "sheet: yes or no")
        check_place(self.last_row, self._column)
        self._filled_row = self.last_row
        self._filled_column = max(self._filled_column, self._column)
        self._chars += len(value)
        if kind != "e":
            self._filled += 1
        elif _ERROR.fullmatch(value):
            self._errors.append(((self.last_row, self._column), value))
        else:
            raise Refused(Reason.ODD, "sheet: error value")


def check_place(row: int, column: int) -> None:
    """Refuse a value that stands further out than any form's."""
    if row > limits.ROWS or column > limits.COLUMNS:
        raise Refused(Reason.TOO_LARGE, "sheet: cell far outside the form")


def cell_address(text: str) -> tuple[int, int]:
    """``C14`` → (14, 3). Refuses what isn't a cell of Excel's grid."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        raise Refused(Reason.ODD, "sheet: address")
    row, column = int(match[2]), _column_of(match[1])
    if row > limits.GRID_ROWS or not column:
        raise Refused(Reason.ODD, "sheet: address")
    return row, column


@lru_cache(maxsize=1024)  # the same few come again in every row
def _column_of(letters: str) -> int:
    """``AB`` → 28; 0 for what isn't a column of Excel's grid."""
    if not _LETTERS.fullmatch(letters):
        return 0
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column if column <= limits.GRID_COLUMNS else 0


def area_of(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """``B2:D9`` → ((2, 2), (9, 4)); one cell is an area too. Refuses an area that is turned around."""
    first, _, last = text.replace("$", "").partition(":")
    start = cell_address(first)
    end = cell_address(last) if last else start
    if end[0] < start[0] or end[1] < start[1]:
        raise Refused(Reason.ODD, "sheet: area")
    return start, end
