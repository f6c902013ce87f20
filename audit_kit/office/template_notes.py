"""A copy of a template with a comment on each of its faults, to be opened beside the template and never used as one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from itertools import islice

from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from audit_kit.office.document import text_of
from audit_kit.office.layout_book import BookLayout
from audit_kit.office.layout_notes import add_notes
from audit_kit.office.layout_parts import Assembly
from audit_kit.office.package_patch import Package
from audit_kit.office.template_fault import TemplateFault
from audit_kit.office.word_package import opened

AUTHOR, INITIALS = "audit-kit", "AK"
# how ``access`` says where something is
_AT_TABLE = re.compile(r"\btable (?P<table>\d+)(?:, row (?P<row>\d+))?(?:, cell (?P<cell>\d+))?")
_AT_PARAGRAPH, _AT_HEADING = re.compile(r"\bparagraph (?P<number>\d+)"), re.compile(r"heading “(?P<heading>[^”]+)”")


def marked_document(template: bytes, faults: Sequence[TemplateFault]) -> bytes | None:
    """The Word template with a comment on each fault; None when it can't be opened.

    A fault in a header, a footer or nowhere in particular is told at the first paragraph: Word has no comments there.
    """
    try:
        document = opened(template)
    except Exception:  # python-docx and zipfile raise a dozen kinds for what is no Word file
        return None
    paragraphs = list(document.element.body.iter(qn("w:p")))
    found: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        found[_paragraph(document, paragraphs, fault)].append(fault.sentence)
    for number, sentences in sorted(found.items()):
        paragraph = Paragraph(paragraphs[number], document._body)
        runs = paragraph.runs or [paragraph.add_run(" ")]
        document.add_comment(runs, "\n".join(sentences), AUTHOR, INITIALS)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _paragraph(document: DocumentType, paragraphs: Sequence[object], fault: TemplateFault) -> int:
    if fault.paragraph:
        return min(fault.paragraph, len(paragraphs)) - 1
    place = _in_words(document, fault.where)
    return paragraphs.index(place) if place in paragraphs else 0


def _in_words(document: DocumentType, where: str) -> _Element | None:
    """The paragraph of which ``access`` says that something stands there; of a table or a row its first."""
    if at := _AT_TABLE.search(where):
        tables = (
            t for t in document.element.body.iter(qn("w:tbl")) if next(t.iterancestors(qn("w:tbl")), None) is None
        )
        held = next(islice(tables, int(at["table"]) - 1, None), None)
        for kind, number in (("w:tr", at["row"]), ("w:tc", at["cell"])):
            if held is not None and number:
                held = next(islice(held.iter(qn(kind)), int(number) - 1, None), held)
        return None if held is None else next(held.iter(qn("w:p")), None)
    in_text = [p for p in document.element.body.iter(qn("w:p")) if next(p.iterancestors(qn("w:tbl")), None) is None]
    heading, number = _AT_HEADING.search(where), _AT_PARAGRAPH.search(where)
    titled = [n for n, p in enumerate(in_text) if heading and _starts(text_of(p), heading["heading"])]
    at_number = (titled[0] if titled else -1) + (int(number["number"]) if number else 0)
    return in_text[at_number] if (heading or number) and 0 <= at_number < len(in_text) else None


def _starts(text: str, heading: str) -> bool:
    """Whether this is the heading that ``access`` names, which shortens long ones."""
    return " ".join(text.split()).startswith(heading.rstrip("…"))


def marked_workbook(template: bytes, faults: Sequence[TemplateFault]) -> bytes | None:
    """The workbook with a note on each fault; None when it can't be copied safely.

    A fault of a whole sheet stands at its first cell, one of the whole workbook at that of the first sheet.
    """
    try:
        layout = BookLayout("", Package.read(template))
        assembly = Assembly(layout, ())
    except Exception:  # whatever is wrong with it is told in words; a copy is only a help
        return None
    notes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    first = next(iter(layout.sheets))
    for fault in faults:
        tab, _, cell = fault.where.partition("!")
        tab = tab if tab in layout.sheets else first
        notes[tab][cell or "A1"].append(fault.sentence)
    for tab, by_cell in notes.items():
        add_notes(assembly, tab, [(cell, "\n".join(sentences), AUTHOR) for cell, sentences in by_cell.items()])
    return assembly.package().to_bytes()
