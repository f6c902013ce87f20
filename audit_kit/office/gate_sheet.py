"""One sheet: its cells, and what stands beside them, judged by what all sheets of the workbook hold together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit_kit.office import gate_limits as limits
from audit_kit.office.gate_cells import ON, Cells, CellsSeen, area_of, check_place
from audit_kit.office.gate_known import Known, hash_of
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.gate_strings import check_count, main_names
from audit_kit.office.gate_xml import Budget, Visitor, check_depth, walking

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


@dataclass(frozen=True, slots=True)
class Beside:
    """What was seen of a sheet beside its cells, all before the rows or all behind them; it hangs on those bytes alone."""

    used: tuple[tuple[str, int], ...]  # of the totals, in turn
    kinds: frozenset[str]  # of passive content
    path: tuple[str, ...]  # the elements that are open at its end
    cells_begin: bool


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
        self._used: list[tuple[str, int]] = []  # of the totals, by what stands beside the cells
        self._cells_seen = False
        self._row = self._last_row = self._last_column = 0

    @property
    def last_row(self) -> int:
        """The row that was told last, where rows are told."""
        return self.cells.last_row if self.cells is not None else 0

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
            self._end_of_cells(self.cells)
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

    def take_beside(self, known: Beside) -> None:
        """A stretch that was told of another sheet, and comes next: all before the rows, or all behind them."""
        if self.cells is not None:
            self._end_of_cells(self.cells)
        for what, amount in known.used:
            self._use(what, amount)
        self.beside |= known.kinds
        self._path = list(known.path)
        if known.cells_begin:
            self._cells_seen, self.cells = True, Cells()

    def beside_so_far(self, before: Beside | None = None) -> Beside:
        """What stood beside the cells so far; ``before``: but for this, which stood before them."""
        used = self._used[len(before.used) :] if before else self._used
        return Beside(tuple(used), frozenset(self.beside) - {"hidden rows"}, tuple(self._path), self.cells is not None)

    def _end_of_cells(self, cells: Cells) -> None:
        self._add(cells.seen())
        self._totals.use("area", self._last_row * self._last_column)
        self.cells = None

    def _use(self, what: str, amount: int) -> None:
        self._used.append((what, amount))
        self._totals.use(what, amount)

    def _add(self, rows: CellsSeen) -> None:
        if rows.highest_format >= self._totals.formats:
            raise Refused(Reason.ODD, "sheet: cell format")
        if rows.has_hidden:
            self.beside.add("hidden rows")
        if rows.filled:
            self.filled += rows.filled
        if rows.filled_column:
            self._reaches(rows.filled_row, rows.filled_column)
        chars = rows.chars + self._chars_of_shared(rows.shared) if rows.shared else rows.chars
        if chars:
            self._totals.use("text", chars)
        if rows.errors:
            self.errors.update(rows.errors)
        if rows.formula_cells:
            self._totals.use("formula_cells", rows.formula_cells)
            # in place: a new set for each row would make many rows of formulas cost the square of their number
            self.formulas.difference_update(rows.constants)
            self.formulas.update(rows.formulas)

    def _reaches(self, row: int, column: int) -> None:
        if row > self._last_row:
            self._last_row = row
        if column > self._last_column:
            self._last_column = column

    def _chars_of_shared(self, shared: Sequence[tuple[int, int, int]]) -> int:
        chars = 0
        for row, column, index in shared:
            if index >= len(self._totals.shared_lengths):
                raise Refused(Reason.ODD, "sheet: shared text that is not there")
            if length := self._totals.shared_lengths[index]:
                check_place(row, column)
                self.filled += 1
                self._reaches(row, column)
                chars += length
        return chars

    def _start_beside(self, kind: str, attributes: Mapping[str, str]) -> None:
        check_depth(self._path)
        check_count(attributes)
        if len(attributes.get("sqref", "")) > limits.NAME_CHARS:
            raise Refused(Reason.TOO_LARGE, "sheet: list of areas")
        if kind in ("oleObject", "oleObjects"):
            raise Refused(Reason.EMBEDDED, "sheet: embedded object")
        if kind == "mergeCell":
            self._use("merges", 1)
            self._use_area(attributes)
        elif kind == "hyperlink":
            self.beside.add("links")
            self._use_area(attributes)
        elif kind == "col" and attributes.get("hidden") in ON:
            self.beside.add("hidden columns")

    def _use_area(self, attributes: Mapping[str, str]) -> None:
        (top, left), (bottom, right) = area_of(attributes.get("ref", ""))
        self._use("spread_cells", (bottom - top + 1) * (right - left + 1))


# --- a sheet on its way through expat ---------------------------------------------------------------------

_BEFORE_CELLS, _AFTER_CELLS, _AFTER_ROW = b"<sheetData>", b"</sheetData>", b"</row>"
_OF_THE_COPY = b"<headerFooter"  # in it, our forms say which audit they are of
_ROW = re.compile(rb"""<row(?:\s+[^\s=<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(/?)>""")
_NO_ELEMENT = re.compile(rb"<[!?]")
_PREFIXED = re.compile(rb"<[^\s<>/]*:")  # an element whose namespace hangs on the sheet
_PREFIX = re.compile(rb"<[^>]*:")
_NUMBERED = b'<row r="'  # else its number hangs on the row before
_SPACE = b' xml:space="preserve"'
_MOST_ROWS = 400  # of a sheet that are looked at one by one, which costs more for a new one: a form of ours has 190
_MOST_OF_KNOWN = 8_192  # bytes of a row that is looked for among the known before it is looked at
_MOST_BESIDE, _MOST_USED = 65_536, 100  # bytes that such a stretch hangs on, and uses of the totals in it


@dataclass(frozen=True, slots=True)
class _KnownRow:
    """A row that was met before. ``stands_alone``: it is well-formed wherever it stands, since it names nothing from outside."""

    seen: CellsSeen
    stands_alone: bool


_known: Known[_KnownRow] = Known(8_192)  # some megabytes
#: what stands before the rows, and what behind them, which hangs on both
_known_beside: Known[Beside] = Known(256)


def walk_sheet(xml: bytes, budget: Budget, sheet: Sheet) -> None:
    """Take a sheet through expat; ``sheet`` is told of everything in it but what was met before: that it takes.

    A row that was met before and stands alone needs not even be proved well-formed.
    """
    with walking(xml, budget) as tell:
        walk = _Walk(tell, sheet)
        start = at = _start_of_rows(xml)
        head = walk.beside(xml[:start], b"")
        if sheet.cells is not None:
            for piece, digest, known in _rows(xml, start):
                walk.row(piece, digest, known)
                at += len(piece)
        if sheet.cells is not None and (end := xml.find(_AFTER_CELLS, at)) > at:
            # all further rows, without asking for each of their elements what it stands in
            tell(xml[at:end], sheet.cells)
            at = end
        if sheet.cells is not None and xml.startswith(_AFTER_CELLS, at):
            until = xml.find(_OF_THE_COPY, at)
            behind = xml[at:] if until < 0 else xml[at:until]
            walk.beside(behind, xml[:start], head)
            at += len(behind)
        tell(xml[at:], sheet)
    # not before the whole part is proved: what expat would still refuse may have been seen otherwise
    walk.remember()


class _Walk:
    """One sheet on its way, and what was met in it for the first time."""

    def __init__(self, tell: Callable[[bytes, Visitor | None], None], sheet: Sheet) -> None:
        self._tell, self._sheet = tell, sheet
        self._rows: dict[bytes, _KnownRow] = {}
        self._beside: dict[bytes, Beside] = {}

    def beside(self, piece: bytes, after: bytes, before: Beside | None = None) -> Beside:
        """What stands beside the rows, all before them or all behind; ``after`` is what it hangs on, which showed ``before``."""
        if len(after) + len(piece) > _MOST_BESIDE:
            self._tell(piece, self._sheet)
            return self._sheet.beside_so_far(before)
        digest = hash_of(after + piece)
        known = _known_beside.get(digest)
        if known is None:
            self._tell(piece, self._sheet)
            known = self._beside[digest] = self._sheet.beside_so_far(before)
        else:
            # what was proved behind the same head, and ends where the rows end, need not be proved again
            ends_there = before is not None and len(known.path) == 1
            self._tell(_AFTER_CELLS if ends_there else piece, None)
            self._sheet.take_beside(known)
        return known

    def row(self, piece: bytes, digest: bytes, row: _KnownRow | None) -> None:
        """The next row, and what is known of it."""
        if row is None:
            cells = Cells(self._sheet.last_row)
            self._tell(piece, cells)
            row = _KnownRow(cells.seen(), _stands_alone(piece))
            if piece.startswith(_NUMBERED) and not _PREFIXED.search(piece):
                self._rows[digest] = row
        elif not row.stands_alone:
            self._tell(piece, None)
        self._sheet.take(row.seen)

    def remember(self) -> None:
        """Know from now on what was met; the part is proved."""
        _known.remember(self._rows)
        _known_beside.remember({digest: one for digest, one in self._beside.items() if len(one.used) <= _MOST_USED})


def _stands_alone(row: bytes) -> bool:
    return row.count(b"<") == row.count(b">") and not _PREFIX.search(row.replace(_SPACE, b""))


def _start_of_rows(xml: bytes) -> int:
    """Where the rows of a sheet begin; 0 in one in which "<" may begin something else than an element."""
    start = xml.find(_BEFORE_CELLS)
    if start < 0 or xml.startswith(b"<!") or _NO_ELEMENT.search(xml, 1):
        return 0
    return start + len(_BEFORE_CELLS)


def _rows(xml: bytes, at: int) -> Iterator[tuple[bytes, bytes, _KnownRow | None]]:
    """The rows that stand here one behind the other, each with its hash and what is known of it."""
    for _ in range(_MOST_ROWS):
        # what is known as a row is one here too, and needs no second look at where it ends
        stop = xml.find(_AFTER_ROW, at, at + _MOST_OF_KNOWN) + len(_AFTER_ROW)
        if stop > at:
            piece = xml[at:stop]
            digest = hash_of(piece)
            known = _known.get(digest)
            if known is not None:
                yield piece, digest, known
                at = stop
                continue
        row = _ROW.match(xml, at)
        end = row and (row.end() if row[1] else xml.find(_AFTER_ROW, at) + len(_AFTER_ROW))
        if not end or end < at:
            return
        piece = xml[at:end]
        digest = hash_of(piece)
        yield piece, digest, _known.get(digest)
        at = end
