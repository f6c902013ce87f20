"""Page numbers in a report's table of contents, without Word: laid out by LibreOffice, and only where they are sure.

Two programs break lines and pages alike as long as they have the same fonts, and drift apart a little from page
to page otherwise. So the report is laid out three times: as it is, and with pages a little shorter and a little
longer. A heading that begins on the same page each time does so in Word too; one that does not is let begin a new
page, or the one before it, and the report is laid out again. Where that settles nothing, no number is written: a
wrong one is worse than none.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml.etree import _Element

from audit_kit.domain.report import DRAFT
from audit_kit.office.document import text_of
from audit_kit.office.word_contents import comment_on, paragraphs
from audit_kit.office.word_package import Properties, opened, saved

WORKPLACE = "laying-out-"
_STRETCH = 0.015  # how much shorter and longer a page is made: more than two programs differ in
_MOST_ROUNDS = 8
_SECONDS = 120
#: the font of the report → what LibreOffice lays it out with just as wide where the font itself is not installed
_AS_WIDE = {
    "Arial": "LiberationSans",
    "Calibri": "Carlito",
    "Cambria": "Caladea",
    "Times New Roman": "LiberationSerif",
}
_PROGRAMS = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


@dataclass(frozen=True)
class Numbered:
    """The report, with page numbers or as it was; ``why_not`` says in words why there are none."""

    data: bytes
    why_not: str = ""


def office_program() -> str:
    """Where LibreOffice is on this computer, "" when it isn't."""
    return shutil.which("soffice") or next((path for path in _PROGRAMS if Path(path).exists()), "")


def with_page_numbers(report: bytes, properties: Properties, workplace: Path | None = None) -> Numbered:
    """The report with the page of each heading in its contents. Takes seconds, and needs no network.

    A draft that gets none says why in a comment on its contents. What stands in the report is laid out in a folder of
    its own below ``workplace`` (else the system's) that only this account can read, and that is removed; what a kill
    leaves there is called ``laying-out-...``. The same report on the same computer gives the same bytes.
    """
    document = opened(report)
    program, entries = office_program(), _entries(document)
    if not entries:
        return Numbered(report, "it has no table of contents")
    pages: list[int] | str = "LibreOffice is not installed here"
    if program:
        with tempfile.TemporaryDirectory(prefix=WORKPLACE, dir=workplace, ignore_cleanup_errors=True) as folder:
            pages = _settled(document, program, Path(folder), len(entries))
    if isinstance(pages, str):
        return Numbered(_told(report, pages, properties), pages)
    for entry, page in zip(entries, pages, strict=True):
        entry.extend(_number(entry.get(qn("w:anchor")) or "", page))
    return Numbered(saved(document, properties))


def _told(report: bytes, why_not: str, properties: Properties) -> bytes:
    """The report as it was; a draft with a comment that says why there are no page numbers."""
    if properties.status != DRAFT:
        return report
    document = opened(report)
    heading = next(p for p in paragraphs(document) if p.style is not None and p.style.name.startswith("toc"))
    note = f"No page numbers, because {why_not}. In Word, right-click the contents and choose Update Field."
    comment_on(document, heading, note, properties.written_on)
    return saved(document, properties)


def _settled(document: DocumentType, program: str, folder: Path, entries: int) -> list[int] | str:
    """The page of each heading once three layouts agree, or why there is none. Sets the breaks that it takes."""
    headings, tried = _headings(document), set[int]()
    for _ in range(_MOST_ROUNDS):
        layouts = _laid_out(document, program, folder)
        if isinstance(layouts, str):
            return layouts
        if any(len(pages) != entries for pages in layouts) or len(headings) != entries:
            return "its headings were not all found again"
        unsure = next((n for n, pages in enumerate(zip(*layouts, strict=True)) if len(set(pages)) > 1), None)
        if unsure is None:
            return layouts[0]
        if not _hold(headings, unsure, tried):
            break
    return "the pages could not be told for certain"


def _hold(headings: list[_Element], unsure: int, tried: set[int]) -> bool:
    """Let the heading begin a page, or an earlier one where that was tried and the page before it is full to the brim."""
    while unsure in tried:
        _let_flow(headings[unsure])
        unsure -= 1
    if unsure < 0 or _begins_page(headings[unsure]):
        return False
    tried.add(unsure)
    _begin_page(headings[unsure])
    return True


def _laid_out(document: DocumentType, program: str, folder: Path) -> list[list[int]] | str:
    """The page of each heading in three layouts, or why there is none."""
    names: list[str] = []
    for stretch in (0.0, -_STRETCH, _STRETCH):
        name = f"{len(names)}.docx"
        (folder / name).write_bytes(_stretched(document, stretch))
        names.append(name)
    try:
        subprocess.run(
            [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
             "--convert-to", "pdf", "--outdir", str(folder), *(str(folder / name) for name in names)],
            check=True, capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL, env=_environment(folder),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        found = [_pages(folder / name.replace(".docx", ".pdf"), _font(document)) for name in names]
    except (OSError, subprocess.SubprocessError):
        return "LibreOffice did not lay it out"
    return (
        "the report's font is not installed here" if None in found else [pages for pages in found if pages is not None]
    )


def _environment(folder: Path) -> dict[str, str]:
    """Without what would make another Python start inside LibreOffice's own; its temporary files go with the folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "HOME"), str(folder))}


def _stretched(document: DocumentType, by: float) -> bytes:
    copy = opened(_bytes(document))
    for section in copy.sections:
        height = (section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)
        section.bottom_margin = (section.bottom_margin or 0) - int(height * by)
    return _bytes(copy)


def _bytes(document: DocumentType) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pages(pdf: Path, font: str) -> list[int] | None:
    """The page of each main heading, from the outline of the PDF; None when it was laid out in another font."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(pdf)
        used = {str(each).lstrip("/").partition("+")[2] or str(each) for page in reader.pages for each in _fonts(page)}
        if not any(name.startswith((font.replace(" ", ""), _AS_WIDE.get(font, font))) for name in used):
            return None
        # deeper headings are lists inside the list
        return [
            (reader.get_destination_page_number(each) or 0) + 1 for each in reader.outline if not isinstance(each, list)
        ]
    except PyPdfError as problem:
        raise OSError("the PDF can't be read") from problem


def _fonts(page: object) -> list[object]:
    resources = page["/Resources"].get_object()  # type: ignore[index]
    fonts = resources.get("/Font")
    return [font.get_object().get("/BaseFont") for font in fonts.get_object().values()] if fonts is not None else []


def _font(document: DocumentType) -> str:
    return document.styles["Normal"].font.name or "Times New Roman"


def _entries(document: DocumentType) -> list[_Element]:
    """The lines of the contents: links to headings."""
    return [
        link
        for link in document.element.body.iter(qn("w:hyperlink"))
        if (link.get(qn("w:anchor")) or "").startswith("_Toc")
    ]


def _headings(document: DocumentType) -> list[_Element]:
    anchors = {link.get(qn("w:anchor")) for link in _entries(document)}
    marks = (mark for mark in document.element.body.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) in anchors)
    return [mark.getparent() for mark in marks if text_of(mark.getparent()).strip()]


def _begins_page(heading: _Element) -> bool:
    return heading.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None


def _begin_page(heading: _Element) -> None:
    heading.get_or_add_pPr()._insert_pageBreakBefore(parse_xml(f"<w:pageBreakBefore {nsdecls('w')}/>"))


def _let_flow(heading: _Element) -> None:
    for mark in heading.findall(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}"):
        mark.getparent().remove(mark)


def _number(anchor: str, page: int) -> list[_Element]:
    """A page number as Word itself puts it into a table of contents: a field that shows what is known already."""
    parts = (
        "<w:tab/>",
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> PAGEREF {anchor} \\h </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{page}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return [parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>") for part in parts]
