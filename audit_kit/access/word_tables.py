"""Tables in a Word document: header row, simple structure, no rows for space, described."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit_kit.access.package import Element
from audit_kit.access.rules import Fault, fault
from audit_kit.access.word_looks import W, is_on

#: what may stand around a row, cell or paragraph without changing what it is
WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_HOLDS_SOMETHING = tuple(
    f"{W}{name}" for name in ("t", "drawing", "pict", "object", "sdt", "fldChar", "fldSimple", "sym", "tbl")
)


@dataclass(frozen=True)
class WordTable:
    """A table as rows of cells."""

    element: Element
    rows: tuple[tuple[Element, ...], ...]
    row_elements: tuple[Element, ...]

    @property
    def columns(self) -> int:
        """The most cells that stand in one row."""
        return max((len(row) for row in self.rows), default=0)


def inside(element: Element, name: str) -> Iterator[Element]:
    """The children of this name, also where they are wrapped in controls or tracked changes."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in WRAPPERS:
            yield from inside(child, name)


def table_of(element: Element) -> WordTable:
    """The rows and cells of this table, those of tables inside it left out."""
    rows = tuple(inside(element, "tr"))
    return WordTable(element, tuple(tuple(inside(row, "tc")) for row in rows), rows)


def faults_of(table: WordTable, place: str) -> Iterator[Fault]:
    """What is wrong with how this table is built. One row or one column alone is a frame and needs no header."""
    is_grid = len(table.rows) > 1 and table.columns > 1
    if is_grid and not _is_header(table.row_elements[0]):
        yield fault("table-header-missing", place)
    if not _is_described(table.element):
        yield fault("table-alt-text", place)
    merged = [(r, c) for r, row in enumerate(table.rows, 1) for c, cell in enumerate(row, 1) if _is_merged(cell)]
    merged += [(r, 1) for r, row in enumerate(table.row_elements, 1) if _is_indented(row)]
    if merged:
        first, cell = min(merged)
        more = f" and {len(merged) - 1} more" if len(merged) > 1 else ""
        yield fault("merged-cells", f"{place}, row {first}, cell {cell}{more}")
    for number, cells in enumerate(table.rows, start=1):
        if len(table.rows) > 1 and not any(_holds_something(cell) for cell in cells):
            yield fault("table-blank-row", f"{place}, row {number}")
    if table.element.find(f"{W}tblPr/{W}tblpPr") is not None:
        yield fault("object-floating", place)


def _is_header(row: Element) -> bool:
    return is_on(row.find(f"{W}trPr/{W}tblHeader"))


def _is_described(table: Element) -> bool:
    found = (table.find(f"{W}tblPr/{W}{name}") for name in ("tblCaption", "tblDescription"))
    return any(each is not None and each.get(f"{W}val", "").strip() for each in found)


def _is_merged(cell: Element) -> bool:
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return False
    span = properties.find(f"{W}gridSpan")
    spans = span is not None and span.get(f"{W}val", "1") not in ("0", "1")
    return spans or any(properties.find(f"{W}{name}") is not None for name in ("vMerge", "hMerge"))


def _is_indented(row: Element) -> bool:
    """Whether a row leaves out columns at its beginning or end, as split cells do."""
    return any(row.find(f"{W}trPr/{W}{name}") is not None for name in ("gridBefore", "gridAfter"))


def _holds_something(cell: Element) -> bool:
    return any(
        element.tag != f"{W}t" or (element.text or "").strip() for element in cell.iter(*_HOLDS_SOMETHING)
    )  # fmt: skip
