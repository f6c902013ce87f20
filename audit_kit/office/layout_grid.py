"""Rows and columns of a sheet that grow: every reference goes along, and nothing else is touched.

A layout has one prototype row where the finished sheet has many (and in places one prototype column). ``Lines``
says which line of the layout each line of the finished sheet comes from; ``regrow`` moves a sheet's XML and
everything in it that points at a cell: formats, checks, links, page breaks. ``moved_drawing`` does so for pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.etree import _Element

from audit_kit.office.cell_addresses import CELL, address, at, cells_from_to, column_of, letters

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_FORMULA = f"{MAIN}f"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384  # Excel's own limits
_REF = re.compile(
    r"(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<tab>'(?:[^']|'')+'!|(?<![\w.])[A-Za-z_][\w.]*!)?"
    r"(?<![\w.$])(?P<first>\$?[A-Z]{1,3}\$?\d{1,7})(?::(?P<last>\$?[A-Z]{1,3}\$?\d{1,7}))?(?![\w(.!])"
)


@dataclass(frozen=True)
class Lines:
    """The rows, or the columns, of a finished sheet: from which line of the layout each comes.

    ``grown``: (first line, number of lines that are replaced, the lines among them that come in their place, as
    often as they come), from the first to the last. All other lines stay and move up or down.
    """

    grown: tuple[tuple[int, int, tuple[int, ...]], ...] = ()

    @lru_cache(maxsize=4096)  # noqa: B019 (asked for every cell of a sheet; small, and bounded)
    def places(self, line: int) -> tuple[int, ...]:
        """Where this line of the layout stands in the finished sheet; empty when it was taken out."""
        return tuple(n for first, last in self.stretches(line, line, 1 << 30) for n in range(first, last + 1))

    def stretches(self, first: int, last: int, end: int) -> tuple[tuple[int, int], ...]:
        """What these lines of the layout have become. ``end``: the last line that a sheet can have."""
        found: list[tuple[int, int]] = []
        shift, at = 0, first
        for start, count, sources in self.grown:
            if at < start and at <= last:
                found.append((at + shift, min(last, start - 1) + shift))
            found += [
                (start + shift + n, start + shift + n) for n, source in enumerate(sources) if first <= source <= last
            ]
            shift += len(sources) - count
            at = max(at, start + count)
        if at <= last:
            found.append((at + shift, end if last >= end else min(last + shift, end)))
        return tuple(_joined(found))


def _joined(stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same lines, those that follow each other as one stretch."""
    before: tuple[int, int] | None = None
    for first, last in stretches:
        if before and first == before[1] + 1:
            before = before[0], last
        else:
            if before:
                yield before
            before = first, last
    if before:
        yield before


@dataclass(frozen=True)
class Growth:
    """How one sheet grows."""

    rows: Lines = field(default_factory=Lines)
    columns: Lines = field(default_factory=Lines)

    def ranges(self, ref: str) -> tuple[str, ...]:
        """What a cell or range of the layout has become: ``C6:C7`` may be ``C6:C30``, or nothing."""
        first, _, last = ref.partition(":")
        (row1, column1), (row2, column2) = at(first), at(last or first)
        return tuple(
            cells_from_to(a, b, c, d)
            for c, d in self.columns.stretches(column1, column2, _LAST_COLUMN)
            for a, b in self.rows.stretches(row1, row2, _LAST_ROW)
        )


# --- formulas ------------------------------------------------------------------------------------------


def moved_formula(formula: str, tab: str, growths: Mapping[str, Growth]) -> str:
    """A formula of the layout as it reads when sheets have grown. ``tab``: the sheet on which it stands.

    A range grows with its lines. A single cell that became many is its first; one that was taken out is #REF!.
    """

    def moved(found: re.Match[str]) -> str:
        if found["text"]:
            return found["text"]
        on = (found["tab"] or "").removesuffix("!").strip("'").replace("''", "'") or tab
        growth = growths.get(on)
        if growth is None:
            return found[0]
        moved_ends = _moved_ends(found["first"], found["last"] or "", growth)
        return (found["tab"] or "") + moved_ends if moved_ends else "#REF!"

    return _REF.sub(moved, formula)


def _moved_ends(first: str, last: str, growth: Growth) -> str:
    """A cell, or a range from its first to its last line; "" when nothing of it is left."""
    (row1, column1), (row2, column2) = at(first), at(last or first)
    rows = growth.rows.stretches(row1, row2, _LAST_ROW)
    columns = growth.columns.stretches(column1, column2, _LAST_COLUMN)
    if not rows or not columns:
        return ""
    start = _at_place(first, rows[0][0], columns[0][0])
    return f"{start}:{_at_place(last, rows[-1][1], columns[-1][1])}" if last else start


def _at_place(end: str, row: int, column: int) -> str:
    """An address with another row and column, fixed where it was fixed."""
    found = CELL.fullmatch(end)
    assert found is not None
    return f"{found[1]}{letters(column)}{found[3]}{row}"


def shifted_formula(formula: str, down: int, right: int) -> str:
    """A formula as it reads when it is copied so many rows down and columns to the right: fixed parts stay."""

    def end(text: str) -> str:
        found = CELL.fullmatch(text)
        if found is None:
            return text
        column = found[2] if found[1] else letters(column_of(found[2]) + right)
        return f"{found[1]}{column}{found[3]}{int(found[4]) if found[3] else int(found[4]) + down}"

    def moved(found: re.Match[str]) -> str:
        if found["text"]:
            return found["text"]
        return (found["tab"] or "") + ":".join(end(part) for part in (found["first"], found["last"]) if part)

    return _REF.sub(moved, formula)


# --- a sheet -------------------------------------------------------------------------------------------


def regrow(sheet: _Element, tab: str, growths: Mapping[str, Growth]) -> None:
    """Let this sheet of the layout grow, in place."""
    growth = growths.get(tab, Growth())
    _regrow_cells(sheet, tab, growth, growths)
    _regrow_columns(sheet, growth.columns)
    sections = [section for section in sheet if section.tag != f"{MAIN}sheetData"]
    for element in [each for section in sections for each in section.iter() if isinstance(each.tag, str)]:
        name = element.tag.rpartition("}")[2]
        if name in ("conditionalFormatting", "dataValidation", "protectedRange", "ignoredError", "selection", "pane"):
            _move_place(element, growth)
        elif name == "hyperlink":
            _move_link(element, growth)
        elif name in ("mergeCell", "autoFilter", "dimension"):
            _move_ref(element, growth)
        elif name == "brk":
            _move_break(element, growth)


def _regrow_cells(sheet: _Element, tab: str, growth: Growth, growths: Mapping[str, Growth]) -> None:
    data = sheet.find(f"{MAIN}sheetData")
    if data is None:
        return
    finished: dict[int, _Element] = {}
    across = {n: growth.columns.places(n) for n in {at(cell.get("r"))[1] for row in data for cell in row}}
    for row in list(data):
        source = int(row.get("r"))
        for number in growth.rows.places(source):
            finished[number] = _row(row, number, source, tab, across, growth, growths)
        data.remove(row)
    data.extend(finished[number] for number in sorted(finished))


def _row(
    row: _Element, number: int, source: int, tab: str, across: Mapping[int, tuple[int, ...]],
    growth: Growth, growths: Mapping[str, Growth],
) -> _Element:  # fmt: skip
    new = copy(row)  # whole, as lxml copies an element, in half the time that deepcopy takes
    new.text = new.tail = None
    new.set("r", str(number))
    new.attrib.pop("spans", None)  # a hint only, and no longer right
    is_copy = len(growth.rows.places(source)) > 1
    cells: dict[int, _Element] = {}
    for cell in new:
        _, column = at(cell.get("r"))
        places = across[column]
        cells |= zip(places, (cell, *(copy(cell) for _ in places[1:])), strict=False)  # none for a column that went
        for place in places:
            cells[place].set("r", address(number, place))
            formula = next(cells[place].iterchildren(_FORMULA), None)
            if formula is not None and formula.text:
                formula.text = (
                    shifted_formula(formula.text, number - source, place - column)
                    if is_copy
                    else moved_formula(formula.text, tab, growths)
                )
    if len(cells) != len(new):
        new[:] = [cells[place] for place in sorted(cells)]
    return new


def _regrow_columns(sheet: _Element, columns: Lines) -> None:
    listed = sheet.find(f"{MAIN}cols")
    if listed is None or not columns.grown:
        return
    finished: list[tuple[int, _Element]] = []
    for column in list(listed):
        for first, last in columns.stretches(int(column.get("min")), int(column.get("max")), _LAST_COLUMN):
            copied = deepcopy(column)
            copied.set("min", str(first))
            copied.set("max", str(last))
            finished.append((first, copied))
        listed.remove(column)
    listed.extend(element for _, element in sorted(finished, key=lambda pair: pair[0]))


def _move_place(element: _Element, growth: Growth) -> None:
    """An element that lies over cells: a format, a check, the chosen cell. One that covers nothing any more goes."""
    for name in ("activeCell", "topLeftCell"):
        if element.get(name):
            element.set(name, next(iter(growth.ranges(element.get(name))), "A1").partition(":")[0])
    inner = [part for part in element.iter() if isinstance(part.tag, str) and part.tag.endswith("}sqref")]
    before = element.get("sqref") or (inner[0].text if inner else "")
    if not before:
        return
    after = [piece for ref in before.split() for piece in growth.ranges(ref)]
    if not after:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
        return
    if element.get("sqref"):
        element.set("sqref", " ".join(after))
    for part in inner:
        part.text = " ".join(after)
    (row1, column1), (row2, column2) = _corner(before.split()), _corner(after)
    for formula in element.iter():
        if isinstance(formula.tag, str) and formula.tag.rpartition("}")[2] in ("formula", "formula1", "formula2", "f"):
            formula.text = shifted_formula(formula.text or "", row2 - row1, column2 - column1)


def _corner(refs: Sequence[str]) -> tuple[int, int]:
    """The upper left corner of all of these, by which relative references are meant."""
    corners = [at(ref.partition(":")[0]) for ref in refs]
    return min(row for row, _ in corners), min(column for _, column in corners)


def _move_ref(element: _Element, growth: Growth) -> None:
    ranges = growth.ranges(element.get("ref"))
    parent = element.getparent()
    if ranges:
        first, last = at(ranges[0].partition(":")[0]), at(ranges[-1].rpartition(":")[2])
        element.set("ref", cells_from_to(first[0], last[0], first[1], last[1]))
    elif parent is not None:
        parent.remove(element)


def _move_link(link: _Element, growth: Growth) -> None:
    """A link on a cell that became many is on each of them."""
    first, _, last = link.get("ref").partition(":")
    (row1, column1), (row2, column2) = at(first), at(last or first)
    cells = [
        address(row, column)
        for line in range(row1, row2 + 1)
        for row in growth.rows.places(line)
        for across in range(column1, column2 + 1)
        for column in growth.columns.places(across)
    ]
    for name in [name for name in link.attrib if name.endswith("}uid")]:
        del link.attrib[name]
    for cell in cells:
        copied = deepcopy(link)
        copied.set("ref", cell)
        link.addprevious(copied)
    parent = link.getparent()
    if parent is not None:
        parent.remove(link)


def _move_break(element: _Element, growth: Growth) -> None:
    parent = element.getparent()
    lines = growth.columns if parent is not None and parent.tag.endswith("}colBreaks") else growth.rows
    line = int(element.get("id"))
    places = lines.places(line)
    if places:
        element.set("id", str(places[-1]))  # the page ends below this line
        return
    after = next((found for n in range(line + 1, line + 100) if (found := lines.places(n))), ())
    if after:  # that line was taken out: the page ends above the next one that stayed
        element.set("id", str(after[0] - 1))


def moved_drawing(drawing: _Element, growth: Growth) -> None:
    """Let the pictures and text boxes of a sheet move with the lines that they stand on, in place."""
    for name, lines in (("row", growth.rows), ("col", growth.columns)):
        for anchor in drawing.iter(f"{_DRAWING}{name}"):
            places = lines.places(int(anchor.text or "0") + 1)
            anchor.text = str((places[0] if places else 1) - 1)
