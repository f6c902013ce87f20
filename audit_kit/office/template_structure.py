"""The loops and tags of a Word template: each fault in our own words, with the paragraph or the table's cell.

The rules are those of docxtpl-lint (MIT), which is young: its version is pinned exactly, and everything that is known
of it stands in this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from docxtpl_lint import lint

from audit_kit.office.document import place_in_words, roots, text_of
from audit_kit.office.word_package import opened

#: what is wrong with tags themselves; what a template may ask for is compared with its model elsewhere
_STRUCTURE = ("DTL0", "DTL1", "DTL2")
_IN_OUR_WORDS = {
    "DTL001": "this tag is never closed: {raw}",
    "DTL003": "there is a tag in a deletion that nobody accepted: accept or reject all tracked changes",
    "DTL101": "this loop or condition is never closed: {raw}",
    "DTL102": "this closes or continues a loop or condition that was never opened: {raw}",
    "DTL103": "this is no loop, condition or field that can be read: {raw}",
    "DTL104": "this asks for a filter that there is not: {raw}",
    "DTL105": "this asks for a test that there is not: {raw}",
    "DTL106": "this asks for a loop's own name after the loop has ended: {raw}",
    "DTL202": "write the letters p, tr or tc close to the percent sign: {raw}",
    "DTL204": "a loop of whole rows must begin and end in rows of the same table: {raw}",
    "DTL205": "a loop of whole rows begins in one table and ends in another: {raw}",
    "DTL206": "the loop begins and ends in the same row: give each of the two tags a row of its own: {raw}",
}
_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#.*?#\}")
_BEGUN = re.compile(r"\{[{%].*", re.DOTALL)
_ENDED = re.compile(r".*?[%}]\}", re.DOTALL)
_ELSE = "this tag is not in its right place: {raw}"


@dataclass(frozen=True)
class StructureFault:
    """A tag that does no good where it stands."""

    paragraph: int  # counted from 1 through the whole body, tables included; 0 in a header or footer
    where: str  # "paragraph 14", "table 2, row 3, cell 1", "a header or footer"
    what: str


def structure_faults(template: bytes) -> tuple[StructureFault, ...]:
    """Every loop, condition or tag that is broken; empty when all can be read. ``template``: a Word file."""
    found = lint(template, select=_STRUCTURE).errors
    if not found:
        return tuple(_in_pieces(template))
    return tuple(
        StructureFault(
            issue.location.paragraph if issue.location.part == "body" else 0,
            _place(issue.location),
            _IN_OUR_WORDS.get(issue.rule, _ELSE).format(raw=_short(issue.snippet)),
        )
        for issue in found
    )


def _in_pieces(template: bytes) -> Iterator[StructureFault]:
    """Tags of which only one end stands in a paragraph.

    Where one begins and ends in another, all between the two would be lost; where one only ends, its words would be sent.
    """
    document = opened(template)
    begun = False
    for root in roots(document):
        for number, paragraph in enumerate(root.iter(qn("w:p")), start=1):
            if paragraph.find(f".//{qn('w:p')}") is not None:
                continue
            rest = _TAG.sub("", text_of(paragraph))
            begins, ends = _BEGUN.search(rest), _ENDED.search(rest)
            if begins:
                what = f"this tag ends in another paragraph: write it in one: {_short(begins[0])}"
            elif ends and not begun:
                what = f"this tag ends and was never begun: each end wants both its signs: {_short(ends[0])}"
            else:
                begun = begun and not ends
                continue
            begun = begins is not None
            in_body = root is document.element
            place = place_in_words(document, paragraph).partition(" (")[0] if in_body else "a header or footer"
            yield StructureFault(number if in_body else 0, place, what)


def _short(tag: str) -> str:
    tag = re.sub(r"\s+", " ", tag).strip()
    return tag if len(tag) <= 60 else tag[:57] + "..."


def _place(location: object) -> str:
    if getattr(location, "part", "") != "body":
        return "a header or footer"
    cells = getattr(location, "cells", ())
    if cells:
        inner = cells[-1]
        return f"table {inner.table}, row {inner.row}, cell {inner.col}"
    return f"paragraph {getattr(location, 'paragraph', 0)}"
