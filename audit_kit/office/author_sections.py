"""What an author wrote in a report survives when the report is written again.

The author's sections are content controls whose tag begins with ``author.``. A control that still shows its
prompt, or still says what the kit put there, holds nothing of the author's; every other one does.
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

from audit_kit.office.document import text_of
from audit_kit.office.word_contents import comment_on
from audit_kit.office.word_package import opened

_TAG = "author."
_DIGEST_LENGTH = 12
_KINDS_KEPT = (qn("w:p"), qn("w:tbl"))
# these point into other parts of the old file, which the new one does not have
_LEFT_BEHIND = tuple(
    qn(name)
    for name in (
        "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:bookmarkStart", "w:bookmarkEnd", "w:drawing",
        "w:footnoteReference", "w:object", "w:pict",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Section:
    """What an author wrote under one title."""

    title: str
    text: str
    elements: tuple[str, ...]  # paragraphs and tables, as Word has them


def author_sections(report: bytes) -> dict[str, Section]:
    """What the author wrote in this report, by section; sections that nobody has touched are left out."""
    return {
        name: Section(
            _value(control, "w:alias"),
            text_of(content).strip(),
            tuple(etree.tostring(_portable(each), encoding="unicode") for each in content if each.tag in _KINDS_KEPT),
        )
        for name, digest, control, content in _controls(opened(report))
        if not _shows_prompt(control) and digest != _digest(content) and text_of(content).strip()
    }


def keep_sections(document: DocumentType, kept: Mapping[str, Section], written_on: date) -> None:
    """Put the author's sections back, and remember of the others what the kit wrote in them.

    Where the kit had something of its own to say, a comment on the author's text says it. What has no place
    any more, because its finding is gone, is put at the end of the document: nothing is lost.
    """
    left = dict(kept)
    for name, _, control, content in list(_controls(document)):
        section = left.pop(name, None)
        if section is None:
            if not _shows_prompt(control):
                control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").set(qn("w:val"), f"{_TAG}{name}#{_digest(content)}")
            continue
        now = "" if _shows_prompt(control) else text_of(content).strip()
        for element in list(content):
            content.remove(element)
        content.extend(parse_xml(element) for element in section.elements)
        if (prompt := control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")) is not None:
            prompt.getparent().remove(prompt)
        if now and now != section.text:
            comment_on(
                document,
                _first_paragraph(document, content),
                f"Kept as you wrote it. The data now say: {now}",
                written_on,
            )
    for section in left.values():
        _append(document, section)


def _controls(document: DocumentType) -> Iterator[tuple[str, str, _Element, _Element]]:
    """Each of the author's controls: its name, the digest of what the kit wrote, itself and its content."""
    for control in document.element.body.iter(qn("w:sdt")):
        tag, content = _value(control, "w:tag"), control.find(qn("w:sdtContent"))
        if tag.startswith(_TAG) and content is not None:
            name, _, digest = tag.removeprefix(_TAG).partition("#")
            yield name, digest, control, content


def _value(control: _Element, name: str) -> str:
    node = control.find(f"{qn('w:sdtPr')}/{qn(name)}")
    return "" if node is None else node.get(qn("w:val")) or ""


def _shows_prompt(control: _Element) -> bool:
    return control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _digest(content: _Element) -> str:
    return hashlib.sha256(" ".join(text_of(content).split()).encode()).hexdigest()[:_DIGEST_LENGTH]


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


def _append(document: DocumentType, section: Section) -> None:
    """A control of its own before the last paragraph, so that it is kept again the next time."""
    last = [element for element in document.element.body if element.tag == qn("w:p")][-1]
    heading = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Heading3"/></w:pPr><w:r><w:t xml:space="preserve"/></w:r></w:p>'
    )
    heading.find(f"{qn('w:r')}/{qn('w:t')}").text = f"Written before, now without a place: {section.title}"
    for element in (heading, *(parse_xml(each) for each in section.elements)):
        last.addprevious(element)
