"""What a rendered Word file still needs: a table of contents with its entries, and comments for the author.

Entries are written here, so that the contents are right when the file is opened and Word asks nothing. Page
numbers are put in afterwards (``page_numbers``): only a program that lays out the pages knows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from docx.document import Document as DocumentType
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

COMMENTS_BY = "audit_kit"
_NUMBERED, _APPENDIX = "Heading 1", "Appendix Heading"


def paragraphs(document: DocumentType) -> Iterator[Paragraph]:
    """Every paragraph of the body, also in tables and content controls, which python-docx leaves out."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document)


def fill_contents(document: DocumentType) -> None:
    """Fill the table of contents that the template holds with the document's headings, linked to them.

    One that was filled before, by the kit or by Word, is filled anew, without its page numbers.
    """
    field = next((p for p in paragraphs(document) if "TOC" in "".join(_instructions(p._element))), None)
    if field is None:
        return
    _drop_bookmarks(document)
    entries = list(_bookmarked_headings(document))
    following = _after_field(field._element)
    for number, (anchor, label, text) in enumerate(entries):
        entry = parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>'
            f'<w:hyperlink w:anchor="{anchor}" w:history="1"/></w:p>'
        )
        link = entry[-1]
        for piece in (_run(label), _tab(), _run(text)):
            link.append(piece)
        if number == 0:
            for position, piece in enumerate(_field_start()):
                entry.insert(1 + position, piece)
        if number == len(entries) - 1:
            entry.append(_field_mark("end"))
        field._element.addprevious(entry)
    for element in following:
        element.getparent().remove(element)


def number_captions(document: DocumentType) -> None:
    """Fill in the numbers of figures and tables: the template's own skip those that were left out."""
    counted: Counter[str] = Counter()
    name = ""
    for node in document.element.body.iter(qn("w:instrText"), qn("w:t"), qn("w:fldChar")):
        if node.tag == qn("w:instrText") and (node.text or "").strip().startswith("SEQ "):
            name = (node.text or "").split()[1]
            counted[name] += 1
        elif node.tag == qn("w:t") and name:
            node.text = str(counted[name])
        elif node.get(qn("w:fldCharType")) == "end":
            name = ""


def add_comments(document: DocumentType, notes: Mapping[str, str], written_on: date) -> None:
    """Turn each note's mark in the text into a comment on the paragraph that it stands in."""
    for paragraph in paragraphs(document):
        said = paragraph.text if _said_in(paragraph._element, notes) else ""
        for mark, note in notes.items():
            if mark not in said:
                continue
            for run in paragraph.runs:
                run_text = run.text
                if mark in run_text:
                    run.text = run_text.replace(mark, "")
                    if not run.text:
                        run._element.getparent().remove(run._element)
            comment_on(document, paragraph, note, written_on)


def _said_in(element: _Element, notes: Mapping[str, str]) -> bool:
    """Whether one of the marks can be in it; python-docx takes fifty times longer to say what a paragraph's text is."""
    words = "".join(node.text or "" for node in element.iter(qn("w:t")))
    return any(mark in words for mark in notes)


def comment_on(document: DocumentType, paragraph: Paragraph, note: str, written_on: date) -> None:
    """A comment by the kit on the whole paragraph, dated without the clock; none on an empty paragraph."""
    if paragraph.runs:
        comment = document.add_comment(paragraph.runs, note, COMMENTS_BY, "ak")
        comment._comment_elm.set(qn("w:date"), f"{written_on.isoformat()}T00:00:00Z")


def _drop_bookmarks(document: DocumentType) -> None:
    """Take away the bookmarks of an earlier table of contents."""
    starts = [
        b for b in document.element.body.iter(qn("w:bookmarkStart")) if (b.get(qn("w:name")) or "").startswith("_Toc")
    ]
    numbers = {start.get(qn("w:id")) for start in starts}
    ends = [b for b in document.element.body.iter(qn("w:bookmarkEnd")) if b.get(qn("w:id")) in numbers]
    for mark in (*starts, *ends):
        mark.getparent().remove(mark)


def _bookmarked_headings(document: DocumentType) -> Iterator[tuple[str, str, str]]:
    """Each main heading's new bookmark, its number and its words."""
    number, letter = 0, ord("A") - 1
    names = {style.style_id: style.name for style in document.styles}
    for position, paragraph in enumerate(paragraphs(document)):
        style = names.get(paragraph._element.style or "", "")
        if style not in (_NUMBERED, _APPENDIX):
            continue
        number, letter = number + (style == _NUMBERED), letter + (style == _APPENDIX)
        label = str(number) if style == _NUMBERED else chr(letter)
        anchor = f"_Toc{position:06}"
        start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{5000 + position}" w:name="{anchor}"/>')
        end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{5000 + position}"/>')
        paragraph._element.insert(1 if paragraph._element.pPr is not None else 0, start)
        paragraph._element.append(end)
        yield anchor, label, paragraph.text


def _instructions(element: _Element) -> list[str]:
    return [node.text or "" for node in element.iter(qn("w:instrText"))]


def _after_field(start: _Element) -> list[_Element]:
    """The paragraphs of the field as the template has it, from its beginning to its end."""
    found, depth, element = [], 0, start
    while element is not None:
        found.append(element)
        for mark in element.iter(qn("w:fldChar")):
            depth += {"begin": 1, "end": -1}.get(mark.get(qn("w:fldCharType")), 0)
        if depth == 0:
            break
        element = element.getnext()
    return found


def _field_start() -> tuple[_Element, ...]:
    instruction = parse_xml(
        f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> TOC \\o "1-1" \\t "{_APPENDIX},1" \\h \\z </w:instrText></w:r>'
    )
    return _field_mark("begin"), instruction, _field_mark("separate")


def _field_mark(kind: str) -> _Element:
    run = OxmlElement("w:r")
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    return run


def _run(text: str) -> _Element:
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run


def _tab() -> _Element:
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:tab"))
    return run
