"""One sheet: its cells, and what stands beside them, judged by what all sheets of the workbook hold together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit_kit.office import gate_limits as limits
from audit_kit.office.gate_cells import ON, Cells, CellsSeen, area_of, check_place
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.gate_strings import check_count, main_names
from audit_kit.office.gate_xml import Budget, check_depth, walking

_NAMES = main_names(
    *("worksheet", "chartsheet", "sheetData", "row", "c", "f", "v", "is"),
    *("col", "mergeCell", "hyperlink", "oleObject", "oleObjects", "dimension", "webPublishItem"),
)
_CELLS_ONLY = frozenset(("sheetData", "row", "c", "f", "v", "is"))


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
        #: the rows that are being told, None before and behind them all
        self.cells: Cells | None = None
        self._totals = totals
        self._path: list[str] = []
        self._cells_seen = False
        self._row = self._last_row = self._last_column = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self.cells is not None:
            self.cells.start(name, attributes)
            return
        kind = _NAMES.get(name, "")
        if kind == "sheetData":
            if len(self._path) != 1 or self._cells_seen:
                raise Refused(Reason.ODD, "sheet: two lists of cells")
            self._cells_seen, self.cells = True, Cells()
        elif kind in _CELLS_ONLY or name.endswith("|sheetData"):
            raise Refused(Reason.ODD, "sheet: cell out of place")
        else:
            self._start_beside(kind, attributes)
        self._path.append(kind)

    def end(self, name: str) -> None:
        """An element ends."""
        if self.cells is not None:
            if not self.cells.is_between_rows:
                self.cells.end(name)
                return
            self._add(self.cells.seen())
            self._totals.use("area", self._last_row * self._last_column)
            self.cells = None
        self._path.pop()

    def text(self, chars: str) -> None:
        """Some text."""
        if self.cells is not None:
            self.cells.text(chars)

    def take(self, rows: CellsSeen) -> None:
        """Some rows that were seen by themselves; they come next. Refused when they can't stand here, or are too much."""
        assert self.cells is not None
        if rows.first_row <= self.cells.last_row:
            raise Refused(Reason.ODD, "sheet: rows out of order")
        self.cells.last_row = rows.last_row
        self._add(rows)

    def _add(self, rows: CellsSeen) -> None:
        if rows.highest_format >= self._totals.formats:
            raise Refused(Reason.ODD, "sheet: cell format")
        if rows.has_hidden:
            self.beside.add("hidden rows")
        self.filled += rows.filled
        self._last_row = max(self._last_row, rows.filled_row)
        self._last_column = max(self._last_column, rows.filled_column)
        chars = rows.chars
        for row, column, index in rows.shared:
            if index >= len(self._totals.shared_lengths):
                raise Refused(Reason.ODD, "sheet: shared text that is not there")
            if length := self._totals.shared_lengths[index]:
                check_place(row, column)
                self.filled += 1
                self._last_row, self._last_column = max(self._last_row, row), max(self._last_column, column)
                chars += length
        self._totals.use("text", chars)
        self.errors.update(rows.errors)
        if rows.formula_cells:
            self._totals.use("formula_cells", rows.formula_cells)
            # in place: a new set for each row would make many rows of formulas cost the square of their number
            self.formulas.difference_update(rows.constants)
            self.formulas.update(rows.formulas)

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
        elif kind == "col" and attributes.get("hidden") in ON:
            self.beside.add("hidden columns")

    def _use_area(self, attributes: Mapping[str, str]) -> None:
        (top, left), (bottom, right) = area_of(attributes.get("ref", ""))
        self._totals.use("spread_cells", (bottom - top + 1) * (right - left + 1))


# --- a sheet on its way through expat ---------------------------------------------------------------------

_BEFORE_CELLS, _AFTER_ROW = b"<sheetData>", b"</row>"
_ROW = re.compile(rb"""<row(?:\s+[^\s=<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(/?)>""")
_PREFIXED = re.compile(rb"<[^\s<>/]*:")  # an element whose namespace hangs on the sheet
_PREFIX = re.compile(rb"<[^>]*:")
_NUMBERED = b'<row r="'  # else its number hangs on the row before
_SPACE = b' xml:space="preserve"'
_MOST_ROWS = 400  # of a sheet that are looked at one by one, which costs more for a new one: a form of ours has 190
_MOST_KNOWN = 8_192  # rows that are known at once, of all files: some megabytes


@dataclass(frozen=True, slots=True)
class _KnownRow:
    """A row that was met before. ``stands_alone``: it is well-formed wherever it stands, since it names nothing from outside."""

    seen: CellsSeen
    stands_alone: bool


#: by their bytes' hash: most rows of a form are the same in every copy, whoever fills it in
_known: dict[bytes, _KnownRow] = {}


def walk_sheet(xml: bytes, budget: Budget, sheet: Sheet) -> None:
    """Take a sheet through expat; ``sheet`` is told of everything in it, but for rows that were met before: these it takes."""
    new: dict[bytes, _KnownRow] = {}
    with walking(xml, budget) as tell:
        for piece, is_row in _pieces(xml):
            if not is_row or sheet.cells is None:
                tell(piece, sheet)
                continue
            digest = hashlib.sha256(piece).digest()
            row = _known.get(digest)
            if row is None:
                cells = Cells(sheet.cells.last_row)
                tell(piece, cells)
                row = _KnownRow(cells.seen(), _stands_alone(piece))
                if piece.startswith(_NUMBERED) and not _PREFIXED.search(piece):
                    new[digest] = row
            elif not row.stands_alone:
                tell(piece, None)
            sheet.take(row.seen)
    # not before the whole part is proved: what expat would still refuse may have been seen otherwise
    if len(_known) + len(new) > _MOST_KNOWN:
        _known.clear()
    _known.update(new)


def forget_rows() -> None:
    """Look at every row again, as a process does that has just begun."""
    _known.clear()


def _stands_alone(row: bytes) -> bool:
    return row.count(b"<") == row.count(b">") and not _PREFIX.search(row.replace(_SPACE, b""))


def _pieces(xml: bytes) -> Iterator[tuple[bytes, bool]]:
    """The sheet in pieces, and which of them are rows; in one where "<" may begin something else than an element."""
    start = xml.find(_BEFORE_CELLS)
    if start < 0 or b"<!" in xml or xml.find(b"<?", 1) >= 0:
        yield xml, False
        return
    at = start + len(_BEFORE_CELLS)
    yield xml[:at], False
    for _ in range(_MOST_ROWS):
        row = _ROW.match(xml, at)
        end = row and (row.end() if row[1] else xml.find(_AFTER_ROW, at) + len(_AFTER_ROW))
        if not end or end < at:
            break
        yield xml[at:end], True
        at = end
    yield xml[at:], False
