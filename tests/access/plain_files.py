"""Files with nothing wrong, small, as Office programs would have them; each test plants one fault."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.table import Table
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.packaging.custom import StringProperty
from PIL import Image as Picture
from pptx import Presentation
from pptx.presentation import Presentation as PresentationType

from audit_kit.access import check


def a_workbook() -> Workbook:
    book = Workbook()
    book.active.title = "Returns"
    for row in (("Agency", "Returned", "Waiting"), ("School", 3, 1), ("Police", 2, 0)):
        book.active.append(row)
    book.properties.title, book.properties.language = "Returns by agency", "en-GB"
    return book


def a_document() -> DocumentType:
    document = Document()
    document.core_properties.title, document.core_properties.language = "Minutes", "en-GB"
    for level in (1, 2, 3):  # the library's template has them in a blue that is too pale: 4 to 1
        document.styles[f"Heading {level}"].font.color.rgb = RGBColor(0x12, 0x43, 0x6D)
    document.add_heading("Decisions", level=1)
    document.add_paragraph("Two returns are waited for.")
    return document


def a_presentation() -> PresentationType:
    show = Presentation()
    show.core_properties.title, show.core_properties.language = "What we learned", "en-GB"
    for title in ("Why we looked", "What we found"):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, "A sentence."
    return show


def a_picture() -> BytesIO:
    data = BytesIO()
    Picture.new("RGB", (8, 8), "navy").save(data, "PNG")
    data.seek(0)
    return data


def an_image() -> Image:
    return Image(a_picture())


def saved(file: Workbook | DocumentType | PresentationType) -> bytes:
    data = BytesIO()
    file.save(data)
    return data.getvalue()


def with_language(book: Workbook, language: str) -> Workbook:
    book.properties.language = None
    book.custom_doc_props.append(StringProperty(name="Language", value=language))
    return book


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one part changed."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(changed, "w") as target:
        assert part in source.namelist()
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return changed.getvalue()


def a_table(document: DocumentType, rows: int = 3, columns: int = 2) -> Table:
    """A table with header row, text in every cell and a description."""
    table = document.add_table(rows, columns)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"Text {number}"
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), "How many returns are waited for, by agency.")
    table._tbl.tblPr.append(described)
    return table


def codes(data: bytes) -> set[str]:
    return {fault.code for fault in check(data)}


def places(data: bytes, code: str) -> list[str]:
    return [fault.place for fault in check(data) if fault.code == code]
