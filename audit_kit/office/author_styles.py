"""The styles that an author used in a section, in the report written anew, which has only its template's own.

A paragraph only names its style; what that means stands in another part of the file. Of a style that the new report
lacks the whole meaning is taken over, with those on which it is based; one that is there keeps the template's meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element

_NAMING = tuple(qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle"))
_LEFT_BEHIND = tuple(qn(f"w:{name}") for name in ("link", "next"))  # what points at styles that are not taken over


def styles_in(document: DocumentType, elements: Iterable[_Element]) -> tuple[_Element, ...]:
    """The styles that these elements name, and those on which they are based, as they stand in the document."""
    known = _by_id(document)
    wanted = [node.get(qn("w:val")) for element in elements for node in element.iter(*_NAMING)]
    found: dict[str, _Element] = {}
    while wanted:
        style = known.get(wanted.pop())
        if style is not None and _id(style) not in found:
            found[_id(style)] = style
            wanted += [node.get(qn("w:val")) for node in style.iter(qn("w:basedOn"))]
    return tuple(found.values())


def as_text(style: _Element) -> str:
    """A style, to be taken over. The list that it may have is named by its number in this document."""
    copy = deepcopy(style)
    for node in list(copy.iter(*_LEFT_BEHIND)):
        node.getparent().remove(node)
    return str(etree.tostring(copy, encoding="unicode"))


def put_styles(document: DocumentType, styles: Iterable[str]) -> tuple[_Element, ...]:
    """Give the document those of these styles that it lacks; gives them, as they stand there now."""
    known, names = _by_id(document), {_name(style) for style in document.styles.element.iter(qn("w:style"))}
    lacking = [style for style in map(parse_xml, styles) if _id(style) not in known and _name(style) not in names]
    for style in lacking:
        document.styles.element.append(style)
    return tuple(lacking)


def _by_id(document: DocumentType) -> dict[str, _Element]:
    return {_id(style): style for style in document.styles.element.iter(qn("w:style"))}


def _id(style: _Element) -> str:
    return style.get(qn("w:styleId")) or ""


def _name(style: _Element) -> str:
    return next((node.get(qn("w:val")) or "" for node in style.iter(qn("w:name"))), "").casefold()
