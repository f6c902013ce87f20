"""Which sheets, rows and columns of a workbook nobody sees: hidden, folded away, filtered out or of no size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element

from audit_kit.office.gate_cells import ON
from audit_kit.office.layout_book import WORKBOOK, BookLayout
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.package_patch import Package

_SEEN = 0.1  # points of a row, characters of a column: what is smaller is dragged shut


@dataclass(frozen=True)
class Hidden:
    """What of a workbook is hidden. A sheet that is hidden need not have hidden rows. Rows and columns count from 1."""

    sheets: frozenset[str]
    rows: Mapping[str, frozenset[int]]  # sheet → rows
    columns: Mapping[str, frozenset[int]]  # sheet → columns


def hidden_in(data: bytes) -> Hidden | None:
    """What is hidden in the workbook; None when it isn't packed as an .xlsx is, and so can't be looked into."""
    try:
        return hidden_in_book(BookLayout("", Package.read(data)))
    except Exception:  # zipfile, lxml and a missing part each have errors of their own
        return None


@lru_cache(maxsize=16)
def hidden_in_book(book: BookLayout) -> Hidden:
    """What is hidden in a workbook that is open."""
    tabs = book.xml(WORKBOOK).iter(f"{MAIN}sheet")
    sheets = frozenset(tab.get("name", "") for tab in tabs if tab.get("state", "visible") != "visible")
    parts = {tab: book.xml(part) for tab, part in book.sheets.items()}
    return Hidden(
        sheets,
        {tab: _hidden_rows(sheet) for tab, sheet in parts.items()},
        {tab: _hidden_columns(sheet) for tab, sheet in parts.items()},
    )


def _hidden_rows(sheet: _Element) -> frozenset[int]:
    rows = enumerate(sheet.iter(f"{MAIN}row"), start=1)
    return frozenset(int(row.get("r", number)) for number, row in rows if _is_hidden(row, "ht"))


def _hidden_columns(sheet: _Element) -> frozenset[int]:
    columns = (column for column in sheet.iter(f"{MAIN}col") if _is_hidden(column, "width"))
    return frozenset(n for column in columns for n in range(int(column.get("min", 0)), int(column.get("max", 0)) + 1))


def _is_hidden(line: _Element, size: str) -> bool:
    return line.get("hidden") in ON or float(line.get(size, 1)) < _SEEN
