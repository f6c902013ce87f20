"""One sheet: which cells hold something, which are formulas, and what stands beside the cells.

Nothing is read here but addresses and lengths. The strictness is there so that two readers can't see two
different sheets: each cell has its address, stands once and in order, and holds one value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from audit_kit.office import gate_limits as limits
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.gate_strings import INSIDE, MAIN, check_count, check_length, is_blank, main_names
from audit_kit.office.gate_xml import check_depth

_NAMES = main_names(
    *("worksheet", "chartsheet", "sheetData", "row", "c", "f", "v", "is", "t", "r", "rPh", "phoneticPr", "rPr"),
    *("col", "mergeCell", "hyperlink", "oleObject", "oleObjects", "dimension", "webPublishItem"),
)
_CHILDREN: Mapping[str, frozenset[str]] = {
    **INSIDE,
    "sheetData": frozenset(("row",)),
    "row": frozenset(("c",)),
    "c": frozenset(("f", "v", "text")),
}
_CELLS_ONLY = frozenset(("sheetData", "row", "c", "f", "v", "is"))
_CELL_ATTRIBUTES = frozenset(("r", "s", "t", "cm", "vm", "ph"))
_CELL_TYPES = frozenset(("n", "s", "str", "inlineStr", "b", "d", "e"))

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?", re.ASCII)
_ERROR = re.compile(r"#[A-Z0-9/_?!]{1,20}|Err:[0-9]{3}", re.ASCII)  # the second is LibreOffice's
_ON = ("1", "true")


class Totals:
    """What all sheets of one workbook may still hold together."""

    def __init__(self, shared_lengths: Sequence[int], formats: int) -> None:
        self.shared_lengths = shared_lengths
        self.formats = max(formats, 1)
        self.text = limits.TEXT_CHARS
        self.area = limits.AREA
        self.formula_cells = limits.FORMULA_CELLS
        self.spread_cells = limits.SPREAD_CELLS
        self.merges = limits.MERGES

    def use(self, what: str, amount: int) -> None:
        """Take ``amount`` of what is left; refuses when nothing is."""
        left = getattr(self, what) - amount
        if left < 0:
            raise Refused(Reason.TOO_LARGE, f"sheets: {what}")
        setattr(self, what, left)


class Sheet:
    """``filled`` cells that hold a value other than blanks and errors, ``errors`` (row, column) → ``#REF!``,
    ``formulas`` (row, column) of every cell whose value is worked out, ``beside`` kinds of passive content."""

    def __init__(self, totals: Totals) -> None:
        self.filled = 0
        self.errors: dict[tuple[int, int], str] = {}
        self.formulas: set[tuple[int, int]] = set()
        self.beside: set[str] = set()
        self._totals = totals
        self._path: list[str] = []
        self._among_cells = self._cells_seen = False
        self._row, self._column = 0, 0
        self._last_row, self._last_column = 0, 0
        self._type = "n"
        self._texts: dict[str, str] = {}  # of the cell at hand: "v", "f", "text" → what it says so far
        self._into = ""  # which of them the next characters belong to
        self._stretches = 0
        self._good_styles: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        kind = _NAMES.get(name, "")
        if self._among_cells:
            kind = self._start_among_cells(kind, name, attributes)
        elif kind == "sheetData":
            if len(self._path) != 1 or self._cells_seen:
                raise Refused(Reason.ODD, "sheet: two lists of cells")
            self._among_cells = self._cells_seen = True
        elif kind in _CELLS_ONLY or name.endswith("|sheetData"):
            raise Refused(Reason.ODD, "sheet: cell out of place")
        else:
            self._start_beside(kind, attributes)
        self._path.append(kind)

    def end(self, name: str) -> None:
        """An element ends."""
        kind = self._path.pop()
        self._into = ""
        if kind == "c":
            if self._texts:
                self._end_of_cell(self._texts)
        elif kind == "sheetData":
            self._among_cells = False
            self._totals.use("area", self._last_row * self._last_column)

    def text(self, chars: str) -> None:
        """Some text."""
        if self._into:
            self._texts[self._into] += chars

    def _start_among_cells(self, kind: str, name: str, attributes: Mapping[str, str]) -> str:
        parent = self._path[-1]
        if kind == "is":
            kind = "text"
        elif not kind and parent == "rPr" and name.startswith(MAIN):
            kind = "format"
        if kind not in _CHILDREN.get(parent, ()):
            raise Refused(Reason.ODD, "sheet: element among the cells")
        if kind == "c":
            self._start_of_cell(attributes)
        elif kind == "row":
            self._start_of_row(attributes)
        elif parent == "c":
            self._start_of_value(kind, attributes)
        elif kind in ("t", "r"):
            self._start_of_stretch(kind, parent)
        return kind

    def _start_of_row(self, attributes: Mapping[str, str]) -> None:
        stated = attributes.get("r", str(self._row + 1))
        row = int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 8 else 0
        if not self._row < row <= limits.GRID_ROWS:
            raise Refused(Reason.ODD, "sheet: rows out of order")
        self._row, self._column = row, 0
        if attributes.get("hidden") in _ON:
            self.beside.add("hidden rows")

    def _start_of_cell(self, attributes: Mapping[str, str]) -> None:
        if not attributes.keys() <= _CELL_ATTRIBUTES:
            raise Refused(Reason.ODD, "sheet: cell")
        row, column = cell_address(attributes.get("r", ""))
        if row != self._row or column <= self._column:
            raise Refused(Reason.ODD, "sheet: cells out of order")
        style = attributes.get("s", "0")
        if style not in self._good_styles:
            if not (style.isascii() and style.isdecimal() and int(style[:7]) < self._totals.formats):
                raise Refused(Reason.ODD, "sheet: cell format")
            self._good_styles.add(style)
        self._type = attributes.get("t", "n")
        if self._type not in _CELL_TYPES:
            raise Refused(Reason.ODD, "sheet: type of a cell")
        self._column = column
        if self._texts:
            self._texts = {}

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
        self._totals.use("formula_cells", 1)
        self.formulas.add((self._row, self._column))
        # an array formula stands in its first cell and fills the others with plain values
        if attributes.get("t") in ("array", "dataTable"):
            (top, left), (bottom, right) = area_of(attributes.get("ref", ""))
            self._totals.use("formula_cells", (bottom - top + 1) * (right - left + 1))
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self.formulas.add((row, column))

    def _end_of_cell(self, texts: Mapping[str, str]) -> None:
        if len(texts.get("f", "")) > limits.FORMULA_CHARS:
            raise Refused(Reason.ODD, "sheet: formula too long")
        value = texts.get("v", "")
        # LibreOffice saves a typed TRUE as a formula; a constant that shows what it says is an answer
        if self._type == "b" and (texts.get("f"), value) in (("TRUE()", "1"), ("FALSE()", "0")):
            self.formulas.discard((self._row, self._column))
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
        length = self._shared_length(value) if kind == "s" else len(value)
        if not length:
            return
        if kind == "n" and not _NUMBER.fullmatch(value.strip()):
            raise Refused(Reason.ODD, "sheet: number")
        if kind == "b" and value.strip() not in ("0", "1", "true", "false"):
            raise Refused(Reason.ODD, "sheet: yes or no")
        if self._row > limits.ROWS or self._column > limits.COLUMNS:
            raise Refused(Reason.TOO_LARGE, "sheet: cell far outside the form")
        self._last_row = self._row
        self._last_column = max(self._last_column, self._column)
        self._totals.text -= length
        if self._totals.text < 0:
            raise Refused(Reason.TOO_LARGE, "sheets: text")
        if kind != "e":
            self.filled += 1
        elif _ERROR.fullmatch(value):
            self.errors[self._row, self._column] = value
        else:
            raise Refused(Reason.ODD, "sheet: error value")

    def _shared_length(self, index: str) -> int:
        lengths = self._totals.shared_lengths
        if not (index.isascii() and index.isdecimal() and int(index[:8]) < len(lengths)):
            raise Refused(Reason.ODD, "sheet: shared text that is not there")
        return lengths[int(index[:8])]

    def _start_beside(self, kind: str, attributes: Mapping[str, str]) -> None:
        check_depth(self._path)
        check_count(attributes)
        if len(attributes.get("sqref", "")) > limits.NAME_CHARS:
            raise Refused(Reason.TOO_LARGE, "sheet: list of areas")
        if kind in ("oleObject", "oleObjects"):
            raise Refused(Reason.EMBEDDED, "sheet: embedded object")
        if kind == "mergeCell":
            self._totals.use("merges", 1)
            self._use_area(attributes)
        elif kind == "hyperlink":
            self.beside.add("links")
            self._use_area(attributes)
        elif kind == "col" and attributes.get("hidden") in _ON:
            self.beside.add("hidden columns")

    def _use_area(self, attributes: Mapping[str, str]) -> None:
        (top, left), (bottom, right) = area_of(attributes.get("ref", ""))
        self._totals.use("spread_cells", (bottom - top + 1) * (right - left + 1))


@lru_cache(maxsize=8192)  # the same addresses come again on every sheet of every file
def cell_address(text: str) -> tuple[int, int]:
    """``C14`` → (14, 3). Refuses what isn't a cell of Excel's grid."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        raise Refused(Reason.ODD, "sheet: address")
    column, row = 0, int(match[2])
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    if row > limits.GRID_ROWS or column > limits.GRID_COLUMNS:
        raise Refused(Reason.ODD, "sheet: address")
    return row, column


def area_of(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """``B2:D9`` → ((2, 2), (9, 4)); one cell is an area too. Refuses an area that is turned around."""
    first, _, last = text.replace("$", "").partition(":")
    start = cell_address(first)
    end = cell_address(last) if last else start
    if end[0] < start[0] or end[1] < start[1]:
        raise Refused(Reason.ODD, "sheet: area")
    return start, end
