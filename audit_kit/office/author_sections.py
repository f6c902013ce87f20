"""What an author wrote in a report survives when the report is written again.

The author's sections are content controls whose tag begins with ``author.``. A control that still says what the kit
put there, a prompt or a text, holds nothing of the author's; every other one does. Its tag holds a digest of that, because
programs other than Word leave the mark of a prompt on what somebody wrote over it. With a section
goes what the kit's own text beside it said, so that its author is told when the data say something else by now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date

from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree
from lxml.etree import _Element

from audit_kit.office.author_comments import AuthorComment, comments_in, put_comments
from audit_kit.office.author_lists import AuthorList, lists_in, put_lists
from audit_kit.office.author_styles import as_text, put_styles, styles_in
from audit_kit.office.document import text_of
from audit_kit.office.word_contents import COMMENTS_BY, comment_on
from audit_kit.office.word_package import opened

TAG = "author."  # how the tag of a control begins that is an author's
_DIGEST_LENGTH = 12
_HEADING, _PARTS = "a heading", ("Heading1", "Heading2")
_MOST_LINES, _MOST_CHARACTERS = 4, 200  # of what changed beside a section, that a comment quotes
_KINDS_KEPT = (qn("w:p"), qn("w:tbl"))
_AROUND_THEM = (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"))  # a content control that was pasted into a section
# these point into other parts of the old file, which the new one does not have
_NOT_KEPT = tuple(qn(name) for name in ("w:drawing", "w:footnoteReference", "w:endnoteReference", "w:object", "w:pict"))
_LEFT_BEHIND = (*_NOT_KEPT, qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


@dataclass(frozen=True)
class Section:
    """What an author wrote under one title."""

    title: str
    text: str
    elements: tuple[str, ...]  # paragraphs and tables, as Word has them
    beside: tuple[str, ...] = ()  # the kit's own lines since the heading before it
    lists: tuple[AuthorList, ...] = ()
    styles: tuple[str, ...] = ()  # those that it uses, as Word has them
    comments: tuple[AuthorComment, ...] = ()


def author_sections(report: bytes) -> dict[str, Section]:
    """What the author wrote in this report, by section; sections that nobody has touched are left out.

    Of a section that was copied, as Word does with its tag, the second has a name of its own: both are kept.
    """
    document = opened(report)
    beside = _lines_beside(document)
    found: dict[str, Section] = {}
    for name, digest, control, content in _controls(document):
        if _is_untouched(control, content, digest) or not text_of(content).strip():
            continue
        blocks = list(_blocks(content)) or [_as_paragraph(content)]
        styles = styles_in(document, blocks)
        own = name
        while own in found:
            own = f"{own}.again"
        found[own] = Section(
            _value(control, "w:alias"),
            text_of(content).strip(),
            tuple(etree.tostring(_portable(each), encoding="unicode") for each in blocks),
            beside.get(name, ()),
            lists_in(document, (*blocks, *styles)),
            tuple(map(as_text, styles)),
            comments_in(document, blocks),
        )
    return found


def around(report: bytes) -> str:
    """A digest of everything in this report that is not kept when it is written again.

    It is what stands outside the author's sections and the contents, with people's comments there, and pictures and notes inside
    the sections. Another digest than that of the kit's own file means that something would be lost.
    """
    document = opened(report)
    lines = [line for _, line in _outside(document) if line]
    kept = {one.number for _, _, _, content in _controls(document) for one in comments_in(document, (content,))}
    of_people = (one for one in document.comments if one.author != COMMENTS_BY and str(one.comment_id) not in kept)
    lines += [f"{comment.author}: {comment.text}" for comment in of_people]
    lines += [node.tag for _, _, _, content in _controls(document) for node in content.iter(*_NOT_KEPT)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def hold_sections(document: DocumentType) -> None:
    """Keep each section on the page of what stands before it: a prompt alone on a page says nothing."""
    for _, _, control, _ in _controls(document):
        for paragraph in _just_before(control):
            paragraph.paragraph_format.keep_with_next = True


def _just_before(control: _Element) -> list[Paragraph]:
    """The paragraph before a section, or those of the table's last row."""
    before = control.getprevious()
    rows = [] if before is None or before.tag != qn("w:tbl") else before.findall(qn("w:tr"))[-1:]
    found = (
        [before] if before is not None and before.tag == qn("w:p") else [p for row in rows for p in row.iter(qn("w:p"))]
    )
    return [Paragraph(paragraph, None) for paragraph in found]  # type: ignore[arg-type]


def remove_empty_sections(document: DocumentType) -> tuple[str, ...]:
    """Take out the sections in which nobody wrote; gives their titles."""
    empty = [
        (_value(control, "w:alias"), control)
        for _, digest, control, content in _controls(document)
        if (_shows_prompt(control) and _is_untouched(control, content, digest)) or not text_of(content).strip()
    ]
    for _, control in empty:
        for paragraph in _just_before(control):
            paragraph.paragraph_format.keep_with_next = None  # what it was held to is gone
        control.getparent().remove(control)
    return tuple(title for title, _ in empty)


def keep_sections(document: DocumentType, kept: Mapping[str, Section], written_on: date) -> None:
    """Put the author's sections back, and remember of the others what the kit wrote in them.

    Where the kit had something of its own to say there, or its text beside the section has changed, a comment on
    the author's text says so. What has no place any more, because its finding is gone, is put at the end of the
    document: nothing is lost.
    """
    left, beside = dict(kept), _lines_beside(document)
    _put_styles(document, tuple(kept.values()))
    for name, _, control, content in list(_controls(document)):
        section = left.pop(name, None)
        if section is None:
            control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").set(qn("w:val"), f"{TAG}{name}#{_digest(content)}")
            continue
        now = "" if _shows_prompt(control) else text_of(content).strip()
        for element in list(content):
            content.remove(element)
        content.extend(_elements(document, section))
        if (prompt := control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")) is not None:
            prompt.getparent().remove(prompt)
        said = (
            [f"The data now say: {now}"]
            if now and now != section.text
            else _changed(section.beside, beside.get(name, ()))
        )
        if said:
            note = " ".join(("Kept as you wrote it.", *said))
            comment_on(document, _first_paragraph(document, content), note, written_on)
    for name, section in left.items():
        _append(document, name, section)


def _changed(before: tuple[str, ...], now: tuple[str, ...]) -> list[str]:
    """What the kit's lines beside a section say otherwise than when it was written; nothing of an older file."""
    if not before or before == now:
        return []
    gone, new = [line for line in before if line not in now], [line for line in now if line not in before]
    told = [("Then", gone), ("Now", new)]
    return ["The figures beside it have changed.", *(f"{when}: {_quoted(lines)}." for when, lines in told if lines)]


def _quoted(lines: list[str]) -> str:
    shown = [line if len(line) <= _MOST_CHARACTERS else f"{line[:_MOST_CHARACTERS]} …" for line in lines[:_MOST_LINES]]
    more = f" and {len(lines) - _MOST_LINES} more" if len(lines) > _MOST_LINES else ""
    return "; ".join(f"“{line}”" for line in shown) + more


def _lines_beside(document: DocumentType) -> dict[str, tuple[str, ...]]:
    """For each of the author's sections, what the kit says between it and the heading before it."""
    found: dict[str, tuple[str, ...]] = {}
    lines: list[str] = []
    for name, line in _outside(document, with_sections=True):
        if name == _HEADING:
            lines = []
        elif name:
            found[name] = tuple(lines)
        elif line:
            lines.append(line)
    return found


def _outside(document: DocumentType, *, with_sections: bool = False) -> Iterator[tuple[str, str]]:
    """Each line outside the author's sections and the contents, and what it is: heading, section's name or "".

    The cells of a table's row are one line. With ``with_sections`` each section stands there as its name.
    """
    for element in document.element.body:
        if element.tag == qn("w:sdt"):
            name = _value(element, "w:tag").removeprefix(TAG).partition("#")[0]
            if with_sections and _value(element, "w:tag").startswith(TAG):
                yield name, ""
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                yield "", " | ".join(" ".join(text_of(cell).split()) for cell in row.iter(qn("w:tc")))
        elif element.tag == qn("w:p"):
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            kind = "" if style is None else style.get(qn("w:val")) or ""
            if not kind.startswith("TOC"):
                yield _HEADING if kind in _PARTS else "", " ".join(text_of(element).split())


def _controls(document: DocumentType) -> Iterator[tuple[str, str, _Element, _Element]]:
    """Each of the author's controls: its name, the digest of what the kit wrote, itself and its content.

    One that stands inside another is a part of it.
    """
    for control in document.element.body.iter(qn("w:sdt")):
        tag, content = _value(control, "w:tag"), control.find(qn("w:sdtContent"))
        inside = any(_value(each, "w:tag").startswith(TAG) for each in control.iterancestors(qn("w:sdt")))
        if tag.startswith(TAG) and content is not None and not inside:
            name, _, digest = tag.removeprefix(TAG).partition("#")
            yield name, digest, control, content


def _value(control: _Element, name: str) -> str:
    node = control.find(f"{qn('w:sdtPr')}/{qn(name)}")
    return "" if node is None else node.get(qn("w:val")) or ""


def _shows_prompt(control: _Element) -> bool:
    return control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _is_untouched(control: _Element, content: _Element, digest: str) -> bool:
    """Whether it says what the kit put there. A prompt of an older file has no digest."""
    return digest == _digest(content) if digest else _shows_prompt(control)


def _digest(content: _Element) -> str:
    return hashlib.sha256(" ".join(text_of(content).split()).encode()).hexdigest()[:_DIGEST_LENGTH]


def _blocks(content: _Element) -> Iterator[_Element]:
    """The paragraphs and tables of a section, also those that stand in a control inside it."""
    for each in content:
        if each.tag in _KINDS_KEPT:
            yield each
        elif each.tag in _AROUND_THEM:
            yield from _blocks(each)


def _put_styles(document: DocumentType, sections: tuple[Section, ...]) -> None:
    """Give the document the styles of all sections, with the lists that these have: one list may be that of several."""
    styles = dict.fromkeys(style for section in sections for style in section.styles)
    lists = {one.number: one for section in sections for one in section.lists}
    put_lists(document, put_styles(document, styles), lists.values())


def _as_paragraph(content: _Element) -> _Element:
    """The words of a section that stands inside a paragraph, as another program may leave it, in one of their own."""
    paragraph = parse_xml(f"<w:p {nsdecls('w')}/>")
    paragraph.extend(deepcopy(each) for each in content)
    return paragraph


def _elements(document: DocumentType, section: Section) -> list[_Element]:
    """What stands in a section, to be put into this document, with its lists."""
    elements = [parse_xml(each) for each in section.elements]
    put_lists(document, elements, section.lists)
    put_comments(document, elements, section.comments)
    return elements


def _portable(element: _Element) -> _Element:
    """The element without what points into other parts of the file; the words of a link stay."""
    copy = deepcopy(element)
    for node in list(copy.iter(*_LEFT_BEHIND)):
        node.getparent().remove(node)
    for link in list(copy.iter(qn("w:hyperlink"))):
        for child in list(link):
            link.addprevious(child)
        link.getparent().remove(link)
    return copy


def _first_paragraph(document: DocumentType, content: _Element) -> Paragraph:
    return Paragraph(next(content.iter(qn("w:p"))), document)


def _append(document: DocumentType, name: str, section: Section) -> None:
    """A control of its own before the last paragraph, so that it is kept again the next time."""
    last = [element for element in document.element.body if element.tag == qn("w:p")][-1]
    heading = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Heading3"/></w:pPr><w:r><w:t xml:space="preserve"/></w:r></w:p>'
    )
    heading.find(f"{qn('w:r')}/{qn('w:t')}").text = f"Written before, now without a place: {section.title}"
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val=""/><w:tag w:val=""/></w:sdtPr><w:sdtContent/></w:sdt>'
    )
    control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}").set(qn("w:val"), section.title)
    control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").set(qn("w:val"), f"{TAG}{name}")
    control.find(qn("w:sdtContent")).extend(_elements(document, section))
    for element in (heading, control):
        last.addprevious(element)
