"""Writing into a sheet of a layout: cells keep the look that they have, texts the fonts that stand in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cached_property

from lxml import etree
from lxml.etree import _Element

from audit_kit.office import room
from audit_kit.office.cell_addresses import address, at, letters
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.package_patch import cell_text

TOKEN = re.compile(r"\{([^{}\n]{1,40})\}")
_ROW, _CELL, _FORMULA, _VALUE = f"{MAIN}row", f"{MAIN}c", f"{MAIN}f", f"{MAIN}v"
_INLINE, _TEXT = f"{MAIN}is", f"{MAIN}t"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: the order in which a sheet's parts must stand
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip


class SheetCells:
    """One sheet's XML, with its cells found by row and column, counted from 1."""

    def __init__(self, root: _Element, strings: Sequence[_Element]) -> None:
        self.root, self._strings = root, strings
        data = root.find(f"{MAIN}sheetData")
        self._data = data if data is not None else self.section("sheetData")
        self._rows = {int(row.get("r")): row for row in self._data}
        self._cells = {at(cell.get("r")): cell for row in self._data for cell in row}

    def row(self, number: int) -> _Element:
        """A row, made in its place if there is none."""
        if number not in self._rows:
            # mostly they are written from above, and each cell behind the others of its row
            row = etree.SubElement(self._data, _ROW, r=str(number))
            before = row.getprevious()
            if before is not None and int(before.get("r")) > number:
                self._rows[min(n for n in self._rows if n > number)].addprevious(row)
            self._rows[number] = row
        return self._rows[number]

    def cell(self, row: int, column: int) -> _Element:
        """A cell, made in its place if there is none."""
        found = self._cells.get((row, column))
        if found is None:
            line = self.row(row)
            found = etree.SubElement(line, _CELL, r=address(row, column))
            before = found.getprevious()
            if before is not None and at(before.get("r"))[1] > column:
                line.insert(sum(at(other.get("r"))[1] < column for other in line), found)
            self._cells[(row, column)] = found
        return found

    def style(self, row: int, column: int) -> int:
        """The number of the look of a cell."""
        cell = self._cells.get((row, column))
        return int(cell.get("s", "0")) if cell is not None else 0

    def dress(self, row: int, column: int, style: int) -> None:
        """Give a cell another look."""
        self.cell(row, column).set("s", str(style))

    def put(self, row: int, column: int, text: str, formula: str = "") -> None:
        """Put a text, or a formula, into a cell in place of what stands there. "" empties it."""
        cell = self._emptied(row, column)
        if formula:
            etree.SubElement(cell, _FORMULA).text = formula.removeprefix("=")
        elif text:
            cell.set("t", "inlineStr")
            shown = etree.SubElement(etree.SubElement(cell, _INLINE), _TEXT)
            shown.text = cell_text(text)
            shown.set(_SPACE, "preserve")

    def fill(self, row: int, column: int, words: Mapping[str, str]) -> None:
        """Fill the ``{...}`` of the text in a cell in, each in the font that it stands in."""
        shared = self._shared(row, column)
        if shared is None or "{" not in "".join(shared.itertext()):
            return
        text = deepcopy(shared)
        text.tag = _INLINE
        fill_texts(text, words)
        cell = self._emptied(row, column)
        cell.set("t", "inlineStr")
        cell.append(text)

    def text(self, row: int, column: int) -> str:
        """What a cell says, in plain words; "" for a number or nothing."""
        shared = self._shared(row, column)
        return "" if shared is None else "".join(part.text or "" for part in shared.iter(_TEXT))

    def texts(self) -> list[str]:
        """Every text on the sheet."""
        return [text for text in (self.text(row, column) for row, column in sorted(self._cells)) if text]

    def texts_of(self, row: int) -> list[tuple[str, float]]:
        """What stands in a row, with the widths of its columns."""
        columns = (at(cell.get("r"))[1] for cell in self.row(row))
        return [(text, self.width(column)) for column in columns if (text := self.text(row, column))]

    def runs(self) -> list[tuple[int, int, list[str]]]:
        """Row, column and text of every cell that holds text, in pieces of one font each."""
        found = []
        for row, column in sorted(self._cells):
            shared = self._shared(row, column)
            if shared is not None:
                found.append((row, column, [part.text or "" for part in shared.iter(_TEXT)]))
        return found

    @property
    def rows(self) -> list[int]:
        """The rows that there are."""
        return sorted(self._rows)

    def _shared(self, row: int, column: int) -> _Element | None:
        cell = self._cells.get((row, column))
        if cell is None:
            return None
        kind = cell.get("t")
        if kind == "inlineStr":
            return next(cell.iterchildren(_INLINE), None)
        if kind != "s":
            return None
        value = next(cell.iterchildren(_VALUE), None)
        return self._strings[int(value.text)] if value is not None and value.text else None

    def _emptied(self, row: int, column: int) -> _Element:
        cell = self.cell(row, column)
        if cell.get("t") is not None:
            del cell.attrib["t"]
        del cell[:]
        return cell

    def height(self, row: int) -> float:
        """How high a row is, in points; Excel's usual height where it doesn't say."""
        return float(self.row(row).get("ht", "15"))

    def set_height(self, row: int, points: float, *, grows: bool) -> None:
        """Make a row this high; one that grows becomes higher as somebody types."""
        line = self.row(row)
        line.set("ht", f"{points:.1f}")
        line.set("customHeight", "1")
        if grows:
            line.attrib.pop("customHeight")

    def make_room(self, row: int, *texts: tuple[str, float]) -> None:
        """Make a row of fixed height as high as these texts need in columns of these widths, never lower."""
        needed = room.height_for(*texts, least=self.height(row))
        if needed > self.height(row):
            self.set_height(row, needed, grows=False)

    def width(self, column: int) -> float:
        """The width of a column in characters."""
        return next((width for first, last, width in self._widths if first <= column <= last), 8.43)

    @cached_property
    def _widths(self) -> tuple[tuple[int, int, float], ...]:
        """First column, last column and their width: asked for every text of thousands of rows."""
        listed = self.root.iterfind(f"{MAIN}cols/{MAIN}col")
        return tuple((int(col.get("min")), int(col.get("max")), float(col.get("width", "8.43"))) for col in listed)

    def link(self, row: int, column: int, target: str) -> None:
        """Let a cell lead to a place in the workbook ("": to none), with the hint that the layout gives it."""
        if not target:
            self._unlink(address(row, column))
            return
        links, ref = self.section("hyperlinks"), address(row, column)
        found = next((link for link in links if link.get("ref") == ref), None)
        if found is None:
            found = etree.SubElement(links, f"{MAIN}hyperlink", ref=ref)
        for name in [name for name in found.attrib if name.endswith("}id") or name == "display"]:
            del found.attrib[name]
        found.set("location", target)

    def _unlink(self, ref: str) -> None:
        links = self.root.find(f"{MAIN}hyperlinks")
        for link in list(links) if links is not None else ():
            if link.get("ref") == ref:
                link.getparent().remove(link)
        if links is not None and not len(links):
            self.root.remove(links)

    def section(self, name: str) -> _Element:
        """One of the parts that a sheet consists of, made in its place if there is none."""
        found = self.root.find(MAIN + name)
        return found if found is not None else self.add(name)

    def add(self, name: str) -> _Element:
        """One more part of this name, in its place."""
        new, rank = etree.Element(MAIN + name), _ORDER.index(name)
        before = sum(1 for part in self.root if _rank(part) <= rank)
        self.root.insert(before, new)
        return new

    @property
    def last(self) -> str:
        """The last cell that holds or wears something."""
        rows, columns = [row for row, _ in self._cells] or [1], [column for _, column in self._cells] or [1]
        return f"{letters(max(columns))}{max(rows)}"


def _rank(part: _Element) -> int:
    name = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def fill_texts(element: _Element, words: Mapping[str, str], tags: tuple[str, ...] = ("t",)) -> None:
    """Fill in the ``{...}`` in every text below an element, in place. What is not among the words stays."""
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag.rpartition("}")[2] in tags and node.text and "{" in node.text:
            node.text = filled(node.text, words)
            node.set(_SPACE, "preserve")


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its ``{...}`` filled in; what is not among the words stays as it is."""
    return TOKEN.sub(lambda found: cell_text(words[found[1]]) if found[1] in words else found[0], text)
