"""By what a form of the kit's own is known again, whatever its file is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.office import look

START = "Start"


@dataclass(frozen=True)
class FormCover:
    """What the first sheet of a form says, and by what the form is known again."""

    kind: str  # "plan", "involvement", "review"
    title: str
    board: str
    reference: str  # printed, and in the footer: "2026-A2-NEG"
    marks: Mapping[str, str]  # custom properties: {"audit_kit_session": "2026-A2-NEG"}


def put_line(sheet: Worksheet, row: int, label: str, text: str, link: str) -> None:
    """One line of a first sheet: a label, which is a link where one is given, and a sentence."""
    first, second = sheet.cell(row, 1, label), sheet.cell(row, 2, text)
    second.data_type = "s"
    first.font, second.font = look.font(bold=True), look.font()
    if link:
        first.hyperlink = link
        first.font = look.font(bold=True, colour=look.LINK, underline=True)
    first.alignment = second.alignment = look.WRAPPED
    sheet.row_dimensions[row].height = look.height_for((text, 100), (label, 26))


def mark(book: Workbook, cover: FormCover) -> None:
    """What the form is known by: custom properties and a defined name, so that its file name never matters."""
    for name, value in {"audit_kit_form": cover.kind, **cover.marks}.items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))
        book.defined_names[name] = DefinedName(name, attr_text=f'"{value}"')
    properties = book.properties
    properties.title, properties.subject = cover.title, cover.reference
    properties.creator = properties.lastModifiedBy = cover.board
    properties.language, properties.keywords = "en-GB", cover.reference
