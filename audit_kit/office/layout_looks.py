"""How cells of a copy that goes back look: their own look, with the fill and border of a sample that the layout has.

A layout's looks are numbered. All that answer cells can take are derived at once, so that a look has one number in every
copy and a sheet that is the same in two copies is the same to the last byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from audit_kit.office.layout_book import STYLES, BookLayout
from audit_kit.office.layout_cells import SheetCells
from audit_kit.office.layout_form import sheet_layout
from audit_kit.office.layout_grid import MAIN

LOOK_ASKED_AGAIN, LOOK_AS_SENT = "look_asked_again", "look_as_sent"


@dataclass(frozen=True)
class Looks:
    """The part that holds a layout's looks with those that were derived, and their numbers: look, sample, open or locked."""

    part: bytes
    numbers: Mapping[tuple[int, str, bool], int]

    def xml(self) -> _Element:
        """The part, parsed anew: whoever asks may change it."""
        return etree.fromstring(self.part)


@lru_cache(maxsize=16)
def answer_looks(layout: BookLayout, sheets: tuple[str, ...]) -> Looks:
    """Every look that an answer cell of these sheets (their ids) can take in a copy that goes back."""
    root, own = layout.xml(STYLES), set()
    for found in (sheet_layout(layout, sheet) for sheet in sheets):
        cells = SheetCells(layout.xml(layout.sheets[found.tab]), ())
        own |= {cells.style(row, column) for row in found.rows.values() for column in found.columns.values()}
    numbers = {
        (style, sample, is_open): derived_look(root, style, look_of(layout, sample), is_open=is_open)
        for sample, is_open in ((LOOK_ASKED_AGAIN, True), (LOOK_AS_SENT, False))
        for style in sorted(own)
    }
    return Looks(etree.tostring(root), numbers)


@lru_cache(maxsize=64)
def look_of(layout: BookLayout, sample: str) -> int:
    """The number of the look of the cell that has this name."""
    place = layout.names[sample]
    return SheetCells(layout.xml(layout.sheets[place.tab]), ()).style(place.row, place.column)


def derived_look(styles: _Element, style: int, like: int, *, is_open: bool) -> int:
    """The number of a look: that of ``style`` with the fill, border and lock of ``like``; added if there is none yet."""
    looks = styles.find(f"{MAIN}cellXfs")
    assert looks is not None
    new = deepcopy(looks[style])
    for name, applies in (("fillId", "applyFill"), ("borderId", "applyBorder")):
        new.set(name, looks[like].get(name, "0"))
        new.set(applies, "1")
    for lock in new.findall(f"{MAIN}protection"):
        new.remove(lock)
    new.set("applyProtection", "1")
    etree.SubElement(new, f"{MAIN}protection", locked="0" if is_open else "1")
    written = etree.tostring(new)
    for number, known in enumerate(looks):
        if etree.tostring(known) == written:
            return number
    looks.append(new)
    looks.set("count", str(len(looks)))
    return len(looks) - 1
