"""The lists in an author's sections: which kinds they are, and the same lists in the report written anew.

A paragraph only names its list by a number; what that means stands in another part of the file. The new report has
other lists under these numbers, or none: bullets made with Word's own button would be gone, and steps would go on
counting somewhere else. The lists are made anew from their kinds, so that nothing but a kind is taken over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from docx.document import Document as DocumentType
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from lxml.etree import _Element

_BULLET = "bullet"
_COUNTED = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman")
_BULLETS = "•–"  # by turns, level by level; both are in every font
_LEVELS, _STEP = 9, 360  # Word has nine levels; each stands 360 twentieths of a point further in
_NO_LIST = "0"  # Word's way of saying that a paragraph is in none


@dataclass(frozen=True)
class AuthorList:
    """One list: the number by which its paragraphs name it, and the kind of each of its levels ("bullet", "decimal")."""

    number: str
    kinds: tuple[str, ...]


def lists_in(document: DocumentType, elements: Iterable[_Element]) -> tuple[AuthorList, ...]:
    """The lists to which these paragraphs, tables and styles of the document belong, in their order."""
    numbers = dict.fromkeys(node.get(qn("w:val")) for element in elements for node in _named(element))
    numbering = _numbering(document)
    if numbering is None:
        return ()
    found = ((number, _kinds(numbering, number)) for number in numbers)
    return tuple(AuthorList(number, kinds) for number, kinds in found if kinds)


def put_lists(document: DocumentType, elements: Iterable[_Element], lists: Iterable[AuthorList]) -> None:
    """Give the document those lists that these paragraphs and styles name, each counting from one; others are in none."""
    naming = [node for element in elements for node in _named(element)]
    named = {node.get(qn("w:val")) for node in naming}
    new = {one.number: _add(document, one.kinds) for one in lists if one.number in named}
    for node in naming:
        node.set(qn("w:val"), new.get(node.get(qn("w:val")), _NO_LIST))


def _named(element: _Element) -> list[_Element]:
    """Where paragraphs, or a style for all that have it, say their list."""
    nodes = (node for numbered in element.iter(qn("w:numPr")) for node in numbered.iter(qn("w:numId")))
    return [node for node in nodes if node.get(qn("w:val")) != _NO_LIST]


def _numbering(document: DocumentType) -> _Element | None:
    try:
        return cast(NumberingPart, document.part.part_related_by(RT.NUMBERING)).element
    except KeyError:
        return None


def _kinds(numbering: _Element, number: str) -> tuple[str, ...]:
    """The kind of each level; none when the file doesn't say, as for a list that is gone."""
    named = (one for one in numbering.iter(qn("w:num")) if one.get(qn("w:numId")) == number)
    link = next((one.find(qn("w:abstractNumId")) for one in named), None)
    if link is None:
        return ()
    meaning = link.get(qn("w:val"))
    meant = (one for one in numbering.iter(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == meaning)
    formats = [fmt.get(qn("w:val")) for one in meant for fmt in one.iterfind(f"{qn('w:lvl')}/{qn('w:numFmt')}")]
    return tuple(fmt if fmt in _COUNTED else _BULLET for fmt in formats) or (_BULLET,)  # its kind stands in a style


def _add(document: DocumentType, kinds: tuple[str, ...]) -> str:
    """A list of these kinds, new in the document; gives its number."""
    numbering = _numbering(document)
    if numbering is None:
        empty = f"<w:numbering {nsdecls('w')}/>".encode()
        part = NumberingPart.load(PackURI("/word/numbering.xml"), CT.WML_NUMBERING, empty, document.part.package)
        document.part.relate_to(part, RT.NUMBERING)
        numbering = cast(NumberingPart, part).element
    meaning, number = _free(numbering, "w:abstractNum", "w:abstractNumId"), _free(numbering, "w:num", "w:numId")
    levels = "".join(_level(level, kinds[min(level, len(kinds) - 1)]) for level in range(_LEVELS))
    first = next(iter(numbering.iter(qn("w:num"))), None)  # Word wants every meaning before the first number
    definition = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{meaning}">{levels}</w:abstractNum>')
    numbering.append(definition) if first is None else first.addprevious(definition)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{meaning}"/></w:num>')
    )
    return str(number)


def _free(numbering: _Element, kind: str, name: str) -> int:
    return 1 + max((int(one.get(qn(name)) or 0) for one in numbering.iter(qn(kind))), default=0)


def _level(level: int, kind: str) -> str:
    text = _BULLETS[level % len(_BULLETS)] if kind == _BULLET else f"%{level + 1}."
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_STEP * (level + 2)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
    )
