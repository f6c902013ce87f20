"""The copy that stays on file: written new from anonymised answers, to be read and printed, never filled in.

Nothing of the agency's file is in it, because nothing is copied. Rows are as high as their text; what doesn't
fit Excel's highest row goes on in the next.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "single-agency audits are securely stored on
file for future access"; "Confidentiality and consent": names "will be anonymised in all paperwork".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.tool import AuditTool, Kind, Layout, Sheet
from audit_kit.office import colours, look, room
from audit_kit.office.compiled_form import as_date
from audit_kit.office.in_memory import saved_workbook
from audit_kit.office.package_patch import CORE, Deflated, Package, core_properties, deflated, text_cell, xml_text
from audit_kit.office.tool_compile import ToolCover
from audit_kit.office.tool_layout import MARK_ON_FILE
from audit_kit.office.tool_start import ToolWords

FORM = "on-file"
NOT_ANSWERED = "Not answered"
CONTINUED = "(cont.)"
_PAGE_CHARACTERS = 195  # wider than this, a page lying down can no longer be read
_NUMBER_WIDTH, _WORDING_WIDTH, _ANSWER_WIDTH, _REASON_WIDTH, _FIELD_WIDTH = 11, 44, 100, 36, 26
_LINES_IN_A_CELL = 24  # what is longer goes on in the next row
_COVER_HEADER, _COVER_WIDTHS = 4, (_WORDING_WIDTH, _ANSWER_WIDTH)
_AUDIT, _ROUND = "audit-kit-audit", "audit-kit-round"  # where these stand, each copy has its own
_DIMENSION = re.compile(rb"<dimension [^>]*/>")


@dataclass(frozen=True)
class _Base:
    """One sheet without its rows: what stands before and behind them, and the styles that they wear."""

    part: str
    head: bytes
    tail: bytes
    plain: bytes
    pale: bytes
    bold: bytes


def on_file_copy(tool: AuditTool, words: ToolWords, cover: ToolCover, answers: Mapping[str, str]) -> bytes:
    """The pseudonymised copy on file, locked throughout. The same answers give the same bytes.

    ``answers`` must be anonymised already: they are written as they are. Empty rows of tables are left out.
    """
    package, (front, *bases) = _compiled(tool)
    facts = (
        ("Board", words.board_name), ("Agency", cover.agency_name), ("Area", words.area_name),
        ("Theme", words.theme_title), ("Case", cover.audit.case), ("Round", str(cover.round)),
        ("Review period", f"{cover.window_start:%d %b %Y} to {cover.window_end:%d %b %Y}"),
    )  # fmt: skip
    rows = [
        _row(front, row, fact, _lines_of(fact, _COVER_WIDTHS), bold=True)
        for row, fact in enumerate(facts, start=_COVER_HEADER + 1)
    ]
    changed = {front.part: _filled(front, cover, rows)}
    for source, base in zip(tool.sheets, bases, strict=True):
        changed[base.part] = _filled(base, cover, list(_rows_of(tool, source, base, answers)))
    changed[CORE] = deflated(
        core_properties(
            title=f"Audit on file {cover.audit}",
            subject=f"Multi-agency case audit: {words.theme_title}",
            author=words.board_name,
            keywords=f"{cover.audit} round {cover.round}",
        )
    )
    return package.with_parts(changed).to_bytes()


# --- the workbook without its rows, once for each tool ----------------------------------------------------


@lru_cache(maxsize=128)
def _compiled(tool: AuditTool) -> tuple[Package, tuple[_Base, ...]]:
    """Made with openpyxl, which takes twenty times as long as writing the rows of one copy."""
    book = Workbook()
    book.remove(book.active)
    look.set_default_font(book)
    headers = [_add_cover(book), *(_add_sheet(book, source) for source in tool.sheets)]
    book.custom_doc_props.append(StringProperty(name="audit_kit_form", value=FORM))
    book.defined_names["audit_kit_form"] = DefinedName("audit_kit_form", attr_text=f'"{FORM}"')
    package = Package.read(saved_workbook(book))
    parts = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(headers) + 1)]
    return package, tuple(_base(part, package.part(part), header) for part, header in zip(parts, headers, strict=True))


def _add_cover(book: Workbook) -> int:
    sheet = book.create_sheet("On file")
    _write_title(
        sheet,
        f"Audit on file: {_AUDIT}",
        (MARK_ON_FILE, "Written new from the answers; names are replaced by roles."),
    )
    _set_widths(sheet, _COVER_WIDTHS)
    _write_heading(sheet, _COVER_HEADER, 1, "This audit")
    _write_heading(sheet, _COVER_HEADER, 2, "")
    sheet.row_dimensions[_COVER_HEADER].height = 24
    _add_samples(sheet, _COVER_HEADER + 1)
    _finish(sheet, None, 1)
    return _COVER_HEADER


def _add_sheet(book: Workbook, source: Sheet) -> int:
    sheet = book.create_sheet(source.title)
    _write_title(sheet, source.title, (MARK_ON_FILE,))
    headings, widths = _columns(source)
    header = 3
    _set_widths(sheet, widths)
    for column, heading in enumerate(headings, start=1):
        _write_heading(sheet, header, column, heading)
    sheet.row_dimensions[header].height = 38
    _add_samples(sheet, header + 1)
    sheet.freeze_panes = f"A{header + 1}"
    _finish(sheet, header, math.ceil(sum(widths) / _PAGE_CHARACTERS))
    return header


def _add_samples(sheet: Worksheet, row: int) -> None:
    """One cell for each way in which the cells of a row look; the row itself is taken out again."""
    for column, worn in enumerate((look.Dress(), look.Dress(colour=colours.SECONDARY), look.Dress(bold=True)), start=1):
        look.dress(sheet.cell(row, column), worn)


def _base(part: str, xml: bytes, header: int) -> _Base:
    """The sheet cut where its rows come, its samples left out."""
    start, end = xml.index(b'<row r="%d"' % (header + 1)), xml.index(b"</sheetData>")
    plain, pale, bold = re.findall(rb' s="\d+"', xml[start:end])
    # nobody reads the area that cells stand in, and it differs from copy to copy
    return _Base(part, _DIMENSION.sub(b"", xml[:start]), xml[end:], plain, pale, bold)


# --- one copy ---------------------------------------------------------------------------------------------


def _filled(base: _Base, cover: ToolCover, rows: list[bytes]) -> Deflated:
    audit, number = xml_text(str(cover.audit)), str(cover.round).encode()
    head, tail = (
        text.replace(_AUDIT.encode(), audit).replace(_ROUND.encode(), number) for text in (base.head, base.tail)
    )
    return deflated(b"".join((head, *rows, tail)))


def _rows_of(tool: AuditTool, source: Sheet, base: _Base, answers: Mapping[str, str]) -> Iterator[bytes]:
    widths = _columns(source)[1]
    row = first = 4
    for texts in _rows(tool, source, answers):
        for piece, lines in _cut(texts, widths):
            yield _row(base, row, piece, lines)
            row += 1
    if row == first:
        yield _row(base, row, (NOT_ANSWERED,), 1)


def _row(base: _Base, row: int, texts: Sequence[str], lines: int, *, bold: bool = False) -> bytes:
    """One row, as high as so many lines. ``bold``: its first cell is a label. Text stays text whatever it begins with."""
    cells, number = [], str(row).encode()
    for column, text in enumerate(texts, start=1):
        worn = base.pale if text == NOT_ANSWERED else base.bold if bold and column == 1 else base.plain
        cells.append(text_cell(b'%b%b"%b' % (_cell_in(column), number, worn), text))
    points = room.height_of(lines, least=22)
    return b'<row r="%d" ht="%g" customHeight="1">%b</row>' % (row, points, b"".join(cells))


@lru_cache(maxsize=64)
def _cell_in(column: int) -> bytes:
    """How a cell begins, up to its row."""
    return f'<c r="{look.letter(column)}'.encode()


def _columns(source: Sheet) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The headings and widths of a sheet on file."""
    if source.layout is Layout.FORM:
        return ("No.", "Question", "Answer", "Reason if left blank"), (
            _NUMBER_WIDTH,
            _WORDING_WIDTH,
            _ANSWER_WIDTH,
            _REASON_WIDTH,
        )
    if source.layout is Layout.GRID:
        return ("No.", "Question", "Asked", "Answer"), (_NUMBER_WIDTH, _WORDING_WIDTH, _FIELD_WIDTH, _ANSWER_WIDTH)
    headings = ("No.", *(field.heading for field in source.fields))
    return headings, (_NUMBER_WIDTH, *(field.width for field in source.fields))


def _rows(tool: AuditTool, source: Sheet, answers: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The texts of each row, left to right."""
    # of a thousand rows of a tool's tables most are empty
    answered = {ref.rpartition(".")[0] for ref in answers} if source.layout is Layout.TABLE else frozenset[str]()
    for question in source.questions:
        if source.layout is Layout.TABLE and question.ref not in answered:
            continue
        texts = [_shown(tool, f"{question.ref}.{field.id}", answers) for field in source.fields]
        if source.layout is Layout.FORM:
            answer, reason = texts
            yield question.number, question.wording, answer or NOT_ANSWERED, reason
        elif source.layout is Layout.TABLE:
            if any(texts):
                yield question.number, *texts
        else:
            given = [(field.heading, text) for field, text in zip(source.fields, texts, strict=True) if text]
            for number, (heading, text) in enumerate(given or [("", NOT_ANSWERED)]):
                yield question.number, question.wording if number == 0 else "", heading, text


def _shown(tool: AuditTool, ref: str, answers: Mapping[str, str]) -> str:
    text = answers.get(ref, "")
    place = tool.place(ref) if text else None
    day = as_date(text) if place is not None and place.kind is Kind.DATE else None
    return f"{day:%d %b %Y}" if day else text


def _cut(texts: Sequence[str], widths: Sequence[int]) -> Iterator[tuple[Sequence[str], int]]:
    """One row or, where a text is higher than a row can be, several; each with its lines."""
    lines = _lines_of(texts, widths)
    if lines <= _LINES_IN_A_CELL:
        yield texts, lines
        return
    pieces = [room.pieces(text, width, _LINES_IN_A_CELL) for text, width in zip(texts, widths, strict=True)]
    first, *others = zip_longest(*pieces, fillvalue="")
    for row in (first, *((f"{texts[0]} {CONTINUED}", *rest) for _, *rest in others)):
        yield row, _lines_of(row, widths)


def _lines_of(texts: Sequence[str], widths: Sequence[int]) -> int:
    """The lines of the highest of these texts."""
    return max([room.lines_needed(text, width) for text, width in zip(texts, widths, strict=True)])


def _set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[look.letter(column)].width = width


def _finish(sheet: Worksheet, header: int | None, pages_wide: int) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    _set_page(sheet, header, pages_wide, f"Audit {_AUDIT}, round {_ROUND}, on file")
    _protect(sheet)


def _write_title(sheet: Worksheet, title: str, intro_lines: tuple[str, ...]) -> None:
    """The title in A1 and the introduction below it, line by line: it runs over the cells to its right."""
    sheet["A1"] = title
    sheet["A1"].font = look.font(bold=True, size=18, colour=colours.BRAND)
    sheet["A1"].alignment = look.ONE_LINE
    sheet.row_dimensions[1].height = 30
    for number, line in enumerate(intro_lines, start=2):
        cell = sheet.cell(number, 1, line)
        cell.font = look.font(colour=colours.SECONDARY)
        cell.alignment = look.ONE_LINE
        sheet.row_dimensions[number].height = 19


def _write_heading(sheet: Worksheet, row: int, column: int, heading: str) -> None:
    """One cell of a header row."""
    cell = sheet.cell(row, column, heading)
    cell.font = look.font(bold=True, colour=colours.WHITE)
    cell.fill = look.fill(colours.BRAND)
    cell.border = look.box(colours.BRAND)
    cell.alignment = look.MIDDLE


def _set_page(sheet: Worksheet, header_row: int | None, pages_wide: int, reference: str) -> None:
    """A4 lying down, the header row on every page, the marking and the reference in the footer."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    if pages_wide > 1:  # the pages of one question follow each other
        sheet.print_title_cols, sheet.page_setup.pageOrder = "A:C", "overThenDown"
    sheet.oddFooter.left.text = "OFFICIAL-SENSITIVE, page &P of &N"
    sheet.oddFooter.right.text = reference


def _protect(sheet: Worksheet) -> None:
    """Locked without a password; rows and columns may be sized and formatted."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = False  # False: not forbidden
    sheet.protection.formatColumns = False
