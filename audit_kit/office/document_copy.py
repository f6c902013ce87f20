"""A document written new from values: nothing of the file that they were read from comes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from openpyxl import Workbook
from openpyxl.styles import Alignment

from audit_kit.domain.text_document import Table, TextDocument
from audit_kit.office import look
from audit_kit.office.document import clean
from audit_kit.office.word_package import Properties, saved, steady_zip

_WIDEST = 60


@dataclass(frozen=True)
class CopyCover:
    """What stands at the head of the copy."""

    title: str
    board: str
    written_on: date
    note: str


def write_document_copy(document: TextDocument, cover: CopyCover) -> bytes:
    """The blocks as a Word document, with the kit's marking. The same input gives the same bytes."""
    made = Document()
    _dress(made)
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
    written = BytesIO()
    book.save(written)
    return steady_zip(written.getvalue())


def _dress(made: DocumentType) -> None:
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        style = made.styles[name]
        style.font.name, style.font.color.rgb = "Arial", RGBColor.from_string(look.BRAND)
        fonts = style.element.rPr.rFonts  # the built-in theme font would win over the name
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)


def _add_table(made: DocumentType, table: Table) -> None:
    columns = max(len(row) for row in table.rows)
    grid = made.add_table(rows=0, cols=columns, style="Table Grid")
    for number, row in enumerate(table.rows):
        added = grid.add_row()
        _never_split(added._tr, head=number == 0)
        for cell, text in zip(added.cells, row, strict=False):
            cell.text = clean(text)
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.bold = number == 0
    made.add_paragraph()


def _never_split(row: OxmlElement, *, head: bool) -> None:
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
