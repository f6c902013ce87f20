"""Which sheets and rows of a workbook nobody sees: hidden, folded away or filtered out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audit_kit.office.gate_cells import ON
from audit_kit.office.layout_book import WORKBOOK, BookLayout
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.package_patch import Package


@dataclass(frozen=True)
class Hidden:
    """What of a workbook is hidden. A sheet that is hidden need not have hidden rows."""

    sheets: frozenset[str] = frozenset()
    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)  # sheet → rows, counted from 1


def hidden_in(data: bytes) -> Hidden:
    """What is hidden in the workbook; nothing when it isn't packed as an .xlsx is, and so can't be looked into."""
    try:
        book = BookLayout("", Package.read(data))
        tabs = book.xml(WORKBOOK).iter(f"{MAIN}sheet")
        sheets = frozenset(tab.get("name", "") for tab in tabs if tab.get("state", "visible") != "visible")
        return Hidden(sheets, {tab: _hidden_rows(book, part) for tab, part in book.sheets.items()})
    except Exception:  # zipfile, lxml and a missing part each have errors of their own
        return Hidden()


def _hidden_rows(book: BookLayout, part: str) -> frozenset[int]:
    rows = enumerate(book.xml(part).iter(f"{MAIN}row"), start=1)
    return frozenset(int(row.get("r", number)) for number, row in rows if row.get("hidden") in ON)
