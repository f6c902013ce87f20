"""A Word table of every field that a template may use: what it means, and an example of the fictional session."""

from __future__ import annotations

import dataclasses
import inspect
import typing
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from audit_kit.domain.field_meanings import meaning_of
from audit_kit.domain.mail_texts import MAIL_TEXTS
from audit_kit.domain.mail_texts import WORDS as MAIL_WORDS
from audit_kit.domain.report import Chart
from audit_kit.domain.tracker_words import TRACKER_WORDS
from audit_kit.office.document import in_words
from audit_kit.office.layout_contract import WORDS
from audit_kit.office.word_package import Properties, saved
from audit_kit.office.word_templates import word_templates

_WIDTHS = (Cm(8.4), Cm(8.6), Cm(8.6))
_LONGEST_EXAMPLE = 140


@dataclasses.dataclass(frozen=True)
class FieldLine:
    """One field as a template may use it."""

    written: str  # "{{ head.board }}", "{{ case.ref }}"
    inside: str  # the list whose rows it belongs to: "cases"; "" for a field of its own
    meaning: str
    example: str


def field_guide(sample_of: Callable[[str], Any], board: str, written_on: date) -> bytes:
    """The guide as a Word file. ``sample_of``: what fills a template in the fictional session."""
    document = Document()
    _set_up(document)
    document.add_heading("Fields of the templates", level=0)
    document.add_paragraph(
        "Write a field into a Word template between two curly brackets, all of it in one font. A field of a list stands "
        "between a line that begins the list and one that ends it; both take a line, or a table row, of their own and are "
        "not printed. After a change, run: audit-kit templates check."
    )
    for name, template in word_templates().items():
        document.add_heading(name, level=1)
        _add_table(document, list(fields_of_model(template.model, sample_of(name))), name)
    _add_mails(document)
    document.add_heading("Tracker", level=1)
    parts = "; ".join(f"[{part}] {', '.join(words)}" for part, words in TRACKER_WORDS.items())
    document.add_paragraph(
        "In tracker_words.txt, each line says what people read for one title or heading of the tracker; nothing is filled in. "
        f"Its parts and their words: {parts}."
    )
    document.add_heading("Workbooks", level=1)
    document.add_paragraph(
        "In a workbook, words stand in one curly bracket, in any cell, text box, header or footer. Answer cells are found "
        "by their names; the page About this template in each says how."
    )
    _add_table(
        document, [FieldLine(f"{{{word}}}", "", meaning, "") for word, meaning in WORDS.items()], "the workbooks"
    )
    return saved(document, Properties("Fields of the templates", board, written_on, form="guide"))


def fields_of_model(model: type, sample: Any, inside: str = "", variable: str = "") -> Iterator[FieldLine]:
    """Every field of a model and of its rows, with an example from the sample."""
    hints = typing.get_type_hints(model)
    for field in dataclasses.fields(model):
        hint, value = hints[field.name], getattr(sample, field.name, None)
        written = f"{variable}.{field.name}" if variable else field.name
        rows = typing.get_origin(hint) is tuple
        inner = next((each for each in (hint, *typing.get_args(hint)) if _is_part(each)), None)
        meaning = meaning_of(_owner(model, field.name).__name__, field.name)
        if inner is None:
            shown = "; ".join(map(in_words, value)) if rows and value else in_words(value) if not rows else ""
            yield FieldLine(_tags(written) if rows else f"{{{{ {written} }}}}", inside, meaning, _short(shown))
        elif rows:
            row = _singular(field.name)
            yield FieldLine(
                f"{{%p for {row} in {written} %}} ... {{%p endfor %}}", inside, meaning, _counted(len(value or ()))
            )
            yield from fields_of_model(inner, value[0] if value else None, field.name, row)
        else:
            yield from fields_of_model(inner, value, inside, written)


def _is_part(hint: Any) -> bool:
    return isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint is not Chart


def _owner(model: type, name: str) -> type:
    """The part in which a field is said: a report is made of several."""
    return next((each for each in model.__mro__ if name in inspect.get_annotations(each)), model)


def _tags(written: str) -> str:
    return f"{{%p for line in {written} %}} {{{{ line }}}} {{%p endfor %}}"


def _singular(name: str) -> str:
    return {"people": "person", "case": "action", "system": "action", "single_agency": "action"}.get(
        name,
        name.removesuffix("ies") + "y"
        if name.endswith("ies")
        else name.removesuffix("s")
        if name.endswith("s")
        else "row",
    )


def _counted(rows: int) -> str:
    return "one row" if rows == 1 else f"{rows} rows"


def _short(text: str) -> str:
    if "Chart(" in text:
        return "a chart"
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_EXAMPLE else text[: _LONGEST_EXAMPLE - 1].rsplit(" ", 1)[0] + " …"


# --- the document ----------------------------------------------------------------------------------------


def _add_mails(document: DocumentType) -> None:
    """The words of the mail drafts, and which text may use which."""
    document.add_heading("Mail drafts", level=1)
    document.add_paragraph(
        "In mail_drafts.txt, words stand in one curly bracket. {board}, {mailbox} and {urgent phone} may stand in any text; "
        "the others where this table says so."
    )
    lines = []
    for word, (meaning, example) in MAIL_WORDS.items():
        users = [name for name, text in MAIL_TEXTS.items() if word in text.words]
        where = f". In: {', '.join(users)}" if users else ""
        lines.append(FieldLine(f"{{{word}}}", "", f"{meaning}{where}", example.strip()))
    _add_table(document, lines, "the mail drafts")


def _set_up(document: DocumentType) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    for name in ("Title", "Heading 1"):
        document.styles[name].font.name = "Arial"
        fonts = document.styles[name].element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.sections[0].footer.paragraphs[0].text = "Fields of the templates"


def _add_table(document: DocumentType, lines: list[FieldLine], about: str) -> None:
    table = document.add_table(rows=1, cols=3)
    table.style, table.autofit = "Table Grid", False
    for cell, text in zip(table.rows[0].cells, ("Field, as you write it", "What it means", "Example"), strict=True):
        _write(cell, text, bold=True)
    _make_readable(table, f"The fields of {about}: how each is written, what it means, an example.")
    for line in lines:
        cells = table.add_row().cells
        where = f" (in the list {line.inside})" if line.inside else ""
        for cell, text in zip(cells, (line.written, line.meaning + where, line.example), strict=True):
            _write(cell, text)
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = width


def _write(cell: _Cell, text: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.bold = bold
    cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _make_readable(table: Table, description: str) -> None:
    """The header row on every page, and what the table holds for those who listen."""
    for name, text in (("tblCaption", "Fields"), ("tblDescription", description)):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
