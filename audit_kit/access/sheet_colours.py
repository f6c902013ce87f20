"""Can the text in a sheet's cells be made out, and the edge of what is to be filled in?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from audit_kit.access.cell_looks import Look, Styles
from audit_kit.access.cells import Area, Cell, Place, SheetCells
from audit_kit.access.colour import BLACK, WHITE, Colour, contrast, needed, told
from audit_kit.access.conditional_formats import Condition, cells_of
from audit_kit.access.number_formats import colour_of
from audit_kit.access.table_styles import Table

_LEAST_OF_AN_EDGE = 3.0  # WCAG 2.2, 1.4.11
_LEFT, _RIGHT, _TOP, _BOTTOM = range(4)  # as a look counts its lines
_ACROSS = {_LEFT: (_RIGHT, 0, -1), _RIGHT: (_LEFT, 0, 1), _TOP: (_BOTTOM, -1, 0), _BOTTOM: (_TOP, 1, 0)}


@dataclass(frozen=True)
class ColouredSheet:
    """A sheet with everything that gives its cells their colours."""

    sheet: SheetCells
    styles: Styles
    tables: tuple[Table, ...]
    conditions: tuple[Condition, ...]
    is_protected: bool

    def look(self, place: Place, cell: Cell | None) -> Look:
        """How this cell looks where no condition applies."""
        look = self.styles.look(cell.style if cell else 0)
        table = next((each for each in self.tables if place in each.where), None)
        return table.on(place, look, self.styles.usual_text) if table else look

    def is_input(self, place: Place) -> bool:
        """Whether this cell is to be filled in: open, on a protected sheet."""
        cell = self.sheet.cells.get(place)
        return self.is_protected and cell is not None and not self.styles.look(cell.style).locked


def hard_to_read(coloured: ColouredSheet) -> Iterator[tuple[Place, str]]:
    """Each cell whose text stands out too little, with the worst of it as a sentence."""
    looks = dict(_looks_worn(coloured))
    for place, cell in coloured.sheet.seen():
        different = {id(look): look for look in looks.get(place, ())}.values()
        said = (_too_little(look, cell, coloured.styles) for look in different)
        if sentence := next((each for each in said if each), ""):
            yield place, sentence


def _looks_worn(coloured: ColouredSheet) -> Iterator[tuple[Place, list[Look]]]:
    """The looks that each cell with text, or to be filled in, may have: as it stands, and under each condition."""
    changes: dict[Place, list[Look]] = {}
    # cells share a few looks: each is changed once by each condition (the objects live as long as ``wanted``)
    changed: dict[tuple[int, int], Look] = {}
    made: dict[Look, Look] = {}
    wanted = {
        place: coloured.look(place, cell)
        for place, cell in coloured.sheet.seen()
        if cell.text.strip() or cell.formula or coloured.is_input(place)
    }
    for number, condition in enumerate(coloured.conditions):
        change = condition.change
        if change is None or not (change.text or change.grounds or change.lines):
            continue
        for place in cells_of(condition, coloured.sheet):
            if place in wanted:
                key = number, id(wanted[place])
                if key not in changed:
                    changed[key] = made.setdefault(look := change.on(wanted[place]), look)
                changes.setdefault(place, []).append(changed[key])
    for place, look in wanted.items():
        yield place, [look, *changes.get(place, ())]


def _too_little(look: Look, cell: Cell, styles: Styles) -> str:
    if look.number_format.replace('"', "") == ";;;":
        return ""
    seen = (_worst(one.text or BLACK, look.grounds, one.points, one.bold) for one in _texts(look, cell, styles))
    return next((sentence for sentence in seen if sentence), "")


@lru_cache(maxsize=4_096)
def _worst(text: Colour, grounds: tuple[Colour, ...], points: float, bold: bool) -> str:
    least = needed(points, bold)
    short = (ground for ground in grounds or (WHITE,) if contrast(text, ground) < least)
    return next((told(text, ground, least) for ground in short), "")


def _texts(look: Look, cell: Cell, styles: Styles) -> Iterator[Look]:
    """The look of each piece of a cell's text."""
    if cell.number is not None and (colour := colour_of(look.number_format, cell.number)):
        yield Look(colour, look.points, look.bold)
        return
    own = [styles.with_font(look, font) for text, font in cell.runs if text.strip() and font is not None]
    if not own or any(text.strip() and font is None for text, font in cell.runs):
        yield look
    yield from own


def without_edge(coloured: ColouredSheet) -> Iterator[Place]:
    """Each cell to be filled in whose edge is not seen on all sides."""
    if not coloured.is_protected:
        return
    merged = {(each.top, each.left): each for each in coloured.sheet.merged}
    inside = {place for each in coloured.sheet.merged for place in _some(each)} - merged.keys()
    looks: dict[Place, Look] = {}
    worn = dict(_looks_worn(coloured))
    for place, _ in coloured.sheet.seen():
        if place in inside or not coloured.is_input(place):
            continue
        whole = merged.get(place, Area(*place, *place))
        own = worn[place] if whole.top == whole.bottom and whole.left == whole.right else [None]
        if not all(_is_seen(coloured, whole, side, look, looks) for look in own for side in range(4)):
            yield place


def _some(area: Area) -> Iterator[Place]:
    if len(area) <= 100_000:
        yield from area.cells()


def _is_seen(coloured: ColouredSheet, whole: Area, side: int, worn: Look | None, looks: dict[Place, Look]) -> bool:
    """Whether this side of an input is seen: a line that differs from one of the grounds beside it, or the grounds themselves.

    ``worn``: the look that a condition gives it; None for a merged input, each of whose cells has its own lines.
    """
    opposite, down, right = _ACROSS[side]
    row = whole.bottom if side == _BOTTOM else whole.top
    column = whole.right if side == _RIGHT else whole.left
    own = worn or _cached(coloured, (row, column), looks)
    beyond = _cached(coloured, (row + down, column + right), looks)
    grounds: tuple[Colour, Colour] = (_ground(own), _ground(beyond))
    if contrast(*grounds) >= _LEAST_OF_AN_EDGE:
        return True
    lines = [line for line in (own.lines[side], beyond.lines[opposite]) if line is not None]
    return any(contrast(line, ground) >= _LEAST_OF_AN_EDGE for line in lines for ground in grounds)


def _cached(coloured: ColouredSheet, place: Place, looks: dict[Place, Look]) -> Look:
    if place not in looks:
        looks[place] = coloured.look(place, coloured.sheet.cells.get(place))
    return looks[place]


def _ground(look: Look) -> Colour:
    return look.grounds[0] if look.grounds else WHITE


def grouped(found: Mapping[Place, str]) -> Iterator[tuple[str, str]]:
    """The same sentence told once, with the cells to which it applies: ``("cells B4 to B9, and 2 more", sentence)``."""
    by_sentence: dict[str, list[Place]] = {}
    for place, sentence in found.items():
        by_sentence.setdefault(sentence, []).append(place)
    for sentence, places in by_sentence.items():
        yield cells_told(places), sentence


def cells_told(places: list[Place]) -> str:
    """Cells as a reader finds them, those below each other as one range, three of them at most."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(places, key=lambda place: (place[1], place[0])):
        columns.setdefault(column, []).append(row)
    areas: list[Area] = []
    for column, rows in columns.items():
        first = last = rows[0]
        for row in (*rows[1:], 0):
            if row == last + 1:
                last = row
                continue
            areas.append(Area(first, column, last, column))
            first = last = row
    shown = ", ".join(str(each) for each in areas[:3])
    more = len(places) - sum(each.bottom - each.top + 1 for each in areas[:3])
    return f"{'cell' if len(places) == 1 else 'cells'} {shown}{f' and {more} more' if more else ''}"
