"""A safe reading as bytes and back, so that a file is read once and judged later. Values only, never objects: JSON.

Whoever keeps them seals them: they hold all that was typed.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from types import MappingProxyType

from pydantic_core import from_json, to_json

from audit_kit.office.gate import Passive
from audit_kit.office.safe_read import CellText, Cleaned, SheetText, WorkbookText, cells_of


def as_bytes(book: WorkbookText) -> bytes:
    """The whole reading, packed: about a tenth of what it takes in memory."""
    said = {
        "sheets": [
            # rows, columns and texts each by themselves: to be read back they need no object for each cell
            [sheet.name, sheet.visibility, *_places(sheet.cells), *_texts(sheet.cells)]
            for sheet in book.sheets
        ],
        "properties": dict(book.properties),
        "names": dict(book.defined_names),
        "passive": [[one.kind, one.place] for one in book.passive],
        "cleaned": [[one.place, one.taken_out] for one in book.cleaned],
    }
    return zlib.compress(to_json(said), 1)


def _places(cells: Mapping[tuple[int, int], CellText]) -> tuple[list[int], list[int]]:
    return [row for row, _ in cells], [column for _, column in cells]


def _texts(cells: Mapping[tuple[int, int], CellText]) -> tuple[list[str], list[int]]:
    """The texts, and which of them, counted from 0, a formula showed."""
    return [text for text, _ in cells.values()], [n for n, (_, is_formula) in enumerate(cells.values()) if is_formula]


def from_bytes(data: bytes) -> WorkbookText:
    """What ``as_bytes`` was given, equal in all its parts."""
    said = from_json(zlib.decompress(data))
    return WorkbookText(
        tuple(
            SheetText(name, visibility, _cells(list(zip(rows, columns, strict=True)), texts, formulas))
            for name, visibility, rows, columns, texts, formulas in said["sheets"]
        ),
        MappingProxyType(said["properties"]),
        MappingProxyType(said["names"]),
        tuple(Passive(kind, place) for kind, place in said["passive"]),
        tuple(Cleaned(place, taken_out) for place, taken_out in said["cleaned"]),
    )  # fmt: skip


def _cells(
    places: list[tuple[int, int]], texts: list[str], formulas: list[int]
) -> Mapping[tuple[int, int], CellText]:  # fmt: skip
    return cells_of(places, texts, [places[number] for number in formulas])
