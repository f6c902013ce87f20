"""A document written new from values: nothing of the file that they were read from comes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Row
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from openpyxl import Workbook
from openpyxl.styles import Alignment

from audit_kit.domain.text_document import Table, TextDocument
from audit_kit.office import colours, look
from audit_kit.office.clean_text import clean
from audit_kit.office.in_memory import saved_workbook
from audit_kit.office.word_package import Properties, saved, steady_zip

_WIDEST = 60
_MOST_STANDING = 5  # columns: a wider table needs a page that lies


@dataclass(frozen=True)
class CopyCover:
    """What stands at the head of the copy."""

    title: str
    board: str
    written_on: date
    note: str


#: lines between rows alone, as in the Board's other papers
_LIGHT_LINES = (
    f"<w:tblBorders {nsdecls('w')}>"
    + "".join(
        f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="{colours.RULE}"/>'
        for side, kind in (
            ("top", "single"), ("left", "nil"), ("bottom", "single"), ("right", "nil"), ("insideH", "single"), ("insideV", "nil"),
        )
    )
    + "</w:tblBorders>"
)  # fmt: skip


def write_document_copy(document: TextDocument, cover: CopyCover) -> bytes:
    """The blocks as a Word document, with the kit's marking. The same input gives the same bytes."""
    made = Document()
    widest = max((len(row) for block in document.blocks if isinstance(block, Table) for row in block.rows), default=0)
    _dress(made, lying=widest > _MOST_STANDING)
    made.add_heading(clean(cover.title), 0)
    made.add_paragraph(clean(cover.note))
    for block in document.blocks:
        if isinstance(block, Table):
            _add_table(made, block)
        elif block.level:
            made.add_heading(clean(block.text), block.level)
        else:
            made.add_paragraph(clean(block.text), style="List Bullet" if block.in_list else None)
    footer = made.sections[0].footer.paragraphs[0]
    footer.text = f"OFFICIAL-SENSITIVE – pseudonymised – {cover.title}"
    return saved(made, Properties(cover.title, cover.board, cover.written_on))


def write_workbook_copy(document: TextDocument, cover: CopyCover) -> bytes:
    """Each table as a sheet of its own, every cell as text."""
    book = Workbook()
    book.remove(book.active)
    note = book.create_sheet("About this copy")
    for row, text in enumerate((cover.title, cover.note), start=1):
        note.cell(row, 1, clean(text)).alignment = Alignment(wrap_text=True, vertical="top")
    note.column_dimensions["A"].width = 90
    note["A1"].font, note["A2"].font = look.font(bold=True), look.font()
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for number, table in enumerate(tables, start=1):
        _fill_sheet(book, f"Table {number}", table)
    book.properties.title, book.properties.language = cover.title, "en-GB"
    book.properties.creator = book.properties.lastModifiedBy = cover.board
    return steady_zip(saved_workbook(book))


def _dress(made: DocumentType, *, lying: bool) -> None:
    """A4, lying for wide tables; Arial throughout."""
    page = made.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if lying else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Mm(18)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        style = made.styles[name]
        style.font.name, style.font.color.rgb = "Arial", RGBColor.from_string(colours.BRAND)
        fonts = style.element.rPr.rFonts  # the built-in theme font would win over the name
        if name == "Title":
            style.font.size, style.font.bold = Pt(20), True
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)


def _add_table(made: DocumentType, table: Table) -> None:
    columns = max(len(row) for row in table.rows)
    grid = made.add_table(rows=0, cols=columns, style="Table Grid")
    grid.autofit = False
    grid._tbl.tblPr.append(parse_xml(_LIGHT_LINES))
    grid._tbl.tblPr.append(_description(table))
    page = made.sections[0]
    widths = _widths(table, columns, (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))
    for column, width in zip(grid.columns, widths, strict=True):  # LibreOffice goes by the grid, Word by the cells
        column.width = width
    for number, row in enumerate(table.rows):
        added = grid.add_row()
        _never_split(added._tr, head=number == 0)
        for cell, width, text in zip(added.cells, widths, (*row, *[""] * columns), strict=False):
            cell.width = width
            cell.text = clean(text)
            if number == 0:
                cell._tc.get_or_add_tcPr().append(
                    parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{colours.BAND}"/>')
                )
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.bold = number == 0
                run.font.size = Pt(9.5 if columns > _MOST_STANDING else 11)
    made.add_paragraph()


def _description(table: Table) -> BaseOxmlElement:
    """What a screen reader says of a table before going through it: its columns."""
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), f"Columns: {', '.join(clean(text) for text in table.rows[0] if text.strip())}"[:255])
    return described


def _widths(table: Table, columns: int, room: int) -> list[int]:
    """Each column by what stands in it: never narrower than its longest word, the rest shared by the length of texts."""
    texts = [[row[n] for row in table.rows if len(row) > n] for n in range(columns)]
    words = [min(18, max((len(word) for text in column for word in text.split()), default=4)) + 2 for column in texts]
    lengths = [
        max(word, min(160, max((len(text) for text in column), default=4)))
        for word, column in zip(words, texts, strict=True)
    ]
    shares = [word + (length - word) ** 0.6 for word, length in zip(words, lengths, strict=True)]
    return [int(room * share / sum(shares)) for share in shares]


def _never_split(row: CT_Row, *, head: bool) -> None:
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _fill_sheet(book: Workbook, title: str, table: Table) -> None:
    sheet = book.create_sheet(title)
    for row, texts in enumerate(table.rows, start=1):
        for column, text in enumerate(texts, start=1):
            if text:
                cell = sheet.cell(row, column, clean(text)[:32_767])
                cell.data_type = "s"  # a leading "=" would else become a formula
                cell.font, cell.alignment = look.font(bold=row == 1), look.WRAPPED
    for column in range(1, max(len(row) for row in table.rows) + 1):
        longest = max((len(row[column - 1]) for row in table.rows if len(row) >= column), default=8)
        sheet.column_dimensions[look.letter(column)].width = min(_WIDEST, max(12, longest + 2))
    sheet.freeze_panes = "A2"
