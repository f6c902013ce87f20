"""The copy that stays on file: written new from anonymised answers, to be read and printed, never filled in.

Nothing of the agency's file is in it, because nothing is copied. Rows are as high as their text; what doesn't
fit Excel's highest row goes on in the next.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "single-agency audits are securely stored on
file for future access"; "Confidentiality and consent": names "will be anonymised in all paperwork".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.tool import AuditTool, Kind, Layout, Place, Sheet
from audit_kit.office import look
from audit_kit.office.package_patch import CORE, Package, cell_text, core_properties, deflated
from audit_kit.office.tool_compile import ToolCover, as_date
from audit_kit.office.tool_layout import MARK_ON_FILE
from audit_kit.office.tool_sheets import protect, set_page, write_heading, write_title
from audit_kit.office.tool_start import ToolWords

FORM = "on-file"
NOT_ANSWERED = "Not answered"
CONTINUED = "(cont.)"
_NUMBER_WIDTH, _WORDING_WIDTH, _ANSWER_WIDTH, _REASON_WIDTH, _FIELD_WIDTH = 11, 44, 100, 36, 26
_LINES_IN_A_CELL = 24  # what is longer goes on in the next row


def on_file_copy(tool: AuditTool, words: ToolWords, cover: ToolCover, answers: Mapping[str, str]) -> bytes:
    """The pseudonymised copy on file, locked throughout. The same answers give the same bytes.

    ``answers`` must be anonymised already: they are written as they are. Empty rows of tables are left out.
    """
    book = Workbook()
    book.remove(book.active)
    look.set_default_font(book)
    _add_cover(book, words, cover)
    for sheet in tool.sheets:
        _add_sheet(book, tool, sheet, cover, answers)
    book.custom_doc_props.append(StringProperty(name="audit_kit_form", value=FORM))
    book.defined_names["audit_kit_form"] = DefinedName("audit_kit_form", attr_text=f'"{FORM}"')
    saved = BytesIO()
    book.save(saved)
    properties = core_properties(
        title=f"Audit on file {cover.audit}",
        subject=f"Multi-agency case audit: {words.theme_title}",
        author=words.board_name,
        keywords=f"{cover.audit} round {cover.round}",
    )
    return Package.read(saved.getvalue()).with_parts({CORE: deflated(properties)}).to_bytes()


def _add_cover(book: Workbook, words: ToolWords, cover: ToolCover) -> None:
    sheet = book.create_sheet("On file")
    write_title(
        sheet,
        f"Audit on file: {cover.audit}",
        (MARK_ON_FILE, "Written new from the answers; names are replaced by roles."),
    )
    _set_widths(sheet, (_WORDING_WIDTH, _ANSWER_WIDTH))
    write_heading(sheet, 4, 1, "This audit")
    write_heading(sheet, 4, 2, "")
    sheet.row_dimensions[4].height = 24
    facts = (
        ("Board", words.board_name), ("Agency", cover.agency_name), ("Area", words.area_name),
        ("Theme", words.theme_title), ("Case", cover.audit.case), ("Round", str(cover.round)),
        ("Review period", f"{cover.window_start:%d %b %Y} to {cover.window_end:%d %b %Y}"),
    )  # fmt: skip
    for row, (label, text) in enumerate(facts, start=5):
        _write_row(sheet, row, (label, text), (_WORDING_WIDTH, _ANSWER_WIDTH), bold=(0,))
    _finish(sheet, cover, None, 1)


def _add_sheet(book: Workbook, tool: AuditTool, source: Sheet, cover: ToolCover, answers: Mapping[str, str]) -> None:
    sheet = book.create_sheet(source.title)
    write_title(sheet, source.title, (MARK_ON_FILE,))
    headings, widths = _columns(source)
    header = 3
    _set_widths(sheet, widths)
    for column, heading in enumerate(headings, start=1):
        write_heading(sheet, header, column, heading)
    sheet.row_dimensions[header].height = 38
    row = header
    for texts in _rows(tool, source, answers):
        for piece in _cut(texts, widths):
            row += 1
            _write_row(sheet, row, piece, widths, bold=())
    if row == header:
        _write_row(sheet, header + 1, (NOT_ANSWERED,), (30,), bold=())
    sheet.freeze_panes = f"A{header + 1}"
    _finish(sheet, cover, header, max(1, round(sum(widths) / 190)))


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
    for question in source.questions:
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
    text, place = answers.get(ref, ""), tool.place(ref)
    day = as_date(text) if isinstance(place, Place) and place.kind is Kind.DATE else None
    return f"{day:%d %b %Y}" if day else text


def _cut(texts: Sequence[str], widths: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """One row or, where a text is higher than a row can be, several."""
    pieces = [look.pieces(text, width, _LINES_IN_A_CELL) for text, width in zip(texts, widths, strict=True)]
    first, *others = zip_longest(*pieces, fillvalue="")
    yield first
    yield from ((f"{texts[0]} {CONTINUED}", *rest) for _, *rest in others)


def _write_row(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int], *, bold: Sequence[int]) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        cell.value = cell_text(text) or None
        if text:
            cell.data_type = "s"  # a text that begins with = is no formula
        colour = look.SECONDARY if text == NOT_ANSWERED else look.TEXT
        look.dress(cell, look.Dress(bold=column - 1 in bold, colour=colour))
    sheet.row_dimensions[row].height = look.height_for(*zip(texts, widths, strict=True), least=22)


def _set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[look.letter(column)].width = width


def _finish(sheet: Worksheet, cover: ToolCover, header: int | None, pages_wide: int) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    set_page(sheet, header, pages_wide, f"Audit {cover.audit}, round {cover.round}, on file")
    protect(sheet)
