"""An Excel workbook: its sheets one after the other, those that are hidden left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit_kit.access import about, shape_text
from audit_kit.access.cell_looks import Styles
from audit_kit.access.cells import S, SheetCells, address, area, shared_strings
from audit_kit.access.conditional_formats import conditions_of, says_by_colour_alone
from audit_kit.access.figures import whole
from audit_kit.access.number_formats import says_negative_by_colour_alone
from audit_kit.access.objects import drawn_in, faults_of, numbered
from audit_kit.access.package import Element, Package, R, Unreadable
from audit_kit.access.rules import Fault, fault
from audit_kit.access.sheet_colours import ColouredSheet, cells_told, grouped, hard_to_read, without_edge
from audit_kit.access.table_styles import Table, table_of
from audit_kit.access.theme import Palette, colours_of
from audit_kit.access.words import unclear_link

_DEFAULT_NAME = re.compile(
    r"(?:Sheet|Tabelle|Feuil|Feuille|Hoja|Foglio|Blad|Planilha|Arkusz|Chart|Diagramm|Graph|Gráfico|Grafico) ?\d*",
    re.IGNORECASE,
)
_DEFAULT_COLUMN = re.compile(r"Column\d+")
_LINK_FORMULA = re.compile(r"HYPERLINK\(", re.IGNORECASE)
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@dataclass(frozen=True)
class _Book:
    package: Package
    part: str
    styles: Styles
    palette: Palette
    strings: tuple[tuple[tuple[str, Element | None], ...], ...]


def faults(package: Package, part: str) -> Iterator[Fault]:
    """Everything wrong in the workbook whose main part this is. Unreadable when it has no sheet, or lacks one."""
    root = package.xml(part)
    theme = colours_of(package.only(part, "theme"))
    styles = Styles(package.only(part, "styles"), theme)
    book = _Book(package, part, styles, Palette(theme), shared_strings(package.only(part, "sharedStrings")))
    yield from about.faults_of(package, has_language=False)
    relations = package.relations(part)
    sheets = [] if root is None else root.findall(f"{S}sheets/{S}sheet")
    if not sheets:
        raise Unreadable("It holds no sheet.")
    for listed in sheets:
        if listed.get("state", "visible") == "visible":
            relation = relations.get(listed.get(f"{R}id", ""))
            yield from _of_sheet(book, listed.get("name", ""), relation.target if relation else "")


def _of_sheet(book: _Book, name: str, part: str) -> Iterator[Fault]:
    place = f"sheet {name}"
    if _DEFAULT_NAME.fullmatch(name):
        yield fault("sheet-name-default", place)
    sheet = book.package.xml(part)
    if sheet is None:
        raise Unreadable("One of its sheets is missing.")
    cells = SheetCells(sheet, book.strings)
    tables = tuple(
        table
        for each in book.package.related(part, "table")
        if (root := book.package.xml(each)) is not None and (table := table_of(root, book.styles)) is not None
    )
    protection = sheet.find(f"{S}sheetProtection")
    is_protected = protection is not None and protection.get("sheet") in ("1", "true")
    if protection is not None and is_protected and protection.get("selectLockedCells") in ("1", "true"):
        yield fault("locked-cells-unreachable", place)
    conditions = conditions_of(sheet, book.styles)
    coloured = ColouredSheet(cells, book.styles, tables, conditions, is_protected)
    yield from _objects(book, part, place)
    yield from _tables(coloured, place)
    yield from _colours(coloured, place)
    yield from _links(sheet, cells, place)


def _objects(book: _Book, part: str, place: str) -> Iterator[Fault]:
    kinds: dict[str, int] = {}
    for drawing in book.package.related(part, "drawing"):
        root = book.package.xml(drawing)
        for one in () if root is None else drawn_in(root):
            where = f"{place}, {numbered(kinds, one.kind)}{_near(one.element)}"
            yield from faults_of(one, where)
            yield from shape_text.faults_of(one.element, book.palette, where)


def _near(element: Element) -> str:
    """The cell at which an object begins; "" when it hangs on none."""
    for anchor in element.iterancestors():
        start = anchor.find(f"{_XDR}from")
        if start is not None:
            row, column = (whole(start.findtext(f"{_XDR}{name}")) for name in ("row", "col"))
            return f" at {address(row + 1, column + 1)}"
    return ""


def _tables(coloured: ColouredSheet, place: str) -> Iterator[Fault]:
    for merged in coloured.sheet.merged:
        if not coloured.sheet.is_hidden((merged.top, merged.left)):
            yield fault("merged-cells", f"{place}, {merged}")
    for table in coloured.tables:
        where = f"{place}, table at {table.where}"
        if not table.header_rows:
            yield fault("table-header-missing", where)
        if not table.described:
            yield fault("table-alt-text", where)
        for blank in _blank_parts(table, coloured):
            yield fault("table-blank-row", f"{place}, {blank}")


def _blank_parts(table: Table, coloured: ColouredSheet) -> Iterator[str]:
    """Rows and columns of a table in which nothing stands. A table that is still to be filled in has none."""
    columns = range(table.where.left, table.where.right + 1)

    def holds(row: int, column: int) -> bool:
        cell = coloured.sheet.cells.get((row, column))
        return cell is not None and bool(cell.text.strip() or cell.formula or coloured.is_input((row, column)))

    filled = [row for row in table.rows if any(holds(row, column) for column in columns)]
    if not filled:
        return
    yield from (f"row {row}" for row in table.rows if row not in set(filled))
    for column, name in zip(columns, table.column_names, strict=False):
        if _DEFAULT_COLUMN.fullmatch(name) and not any(holds(row, column) for row in filled):
            yield f"column {address(1, column)[:-1]}"


def _colours(coloured: ColouredSheet, place: str) -> Iterator[Fault]:
    for cells, sentence in grouped(dict(hard_to_read(coloured))):
        yield fault("contrast", f"{place}, {cells}", sentence)
    edgeless = list(without_edge(coloured))
    if edgeless:
        yield fault("input-border", f"{place}, {cells_told(edgeless)}")
    red = [
        where
        for where, cell in coloured.sheet.seen()
        if cell.number is not None
        and says_negative_by_colour_alone(coloured.styles.look(cell.style).number_format)
    ]  # fmt: skip
    if red:
        yield fault("colour-only-number", f"{place}, {cells_told(red)}")
    for condition in coloured.conditions:
        if condition.where and says_by_colour_alone(condition, coloured.sheet):
            yield fault("colour-only-format", f"{place}, {', '.join(str(each) for each in condition.where[:3])}")


def _links(sheet: Element, cells: SheetCells, place: str) -> Iterator[Fault]:
    for link in sheet.iter(f"{S}hyperlink"):
        where = area(link.get("ref", ""))
        if where is None or cells.is_hidden((where.top, where.left)):
            continue
        cell = cells.cells.get((where.top, where.left))
        sentence = unclear_link(cell.text if cell else "")
        if sentence and not (cell and cell.formula and not cell.text):
            yield fault("link-text", f"{place}, cell {address(where.top, where.left)}", sentence)
    for at, cell in cells.seen():
        if cell.text and _LINK_FORMULA.search(cell.formula) and (sentence := unclear_link(cell.text)):
            yield fault("link-text", f"{place}, cell {address(*at)}", sentence)
