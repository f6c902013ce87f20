"""Answer sheets as they came back: which row is which question, which column which field.

The hidden row and the hidden column that cross at ``audit_kit:<sheet id>`` say so (``tool_layout``). A
defined name for each question's row is the second anchor.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from openpyxl.utils import column_index_from_string

from audit_kit.domain.tool import Sheet
from audit_kit.office.tool_layout import MARK, WORDS_MARK, answer_name, fingerprint, own_wording
from audit_kit.office.tool_status import is_status_word

if TYPE_CHECKING:
    from audit_kit.office.safe_read import CellText, SheetText, WorkbookText

_ONE_ROW = re.compile(r"=?'?(?P<tab>.+?)'?!\$?(?P<first>[A-Z]{1,3})\$?(?P<row>\d+):\$?(?P<last>[A-Z]{1,3})\$?(?P=row)")


@dataclass(frozen=True)
class Grid:
    """One answer sheet: row → question reference, column → field id, both counted from 1."""

    text: SheetText
    refs: Mapping[int, str]
    fields: Mapping[int, str]
    mark: tuple[int, int]

    @cached_property
    def cells(self) -> tuple[tuple[int, int, CellText], ...]:
        """Every cell that holds something, in reading order."""
        return tuple(
            (row, column, cell) for (row, column), cell in sorted(self.text.cells.items())
            if cell.is_formula or cell.text.strip()
        )  # fmt: skip


def grids_of(book: WorkbookText) -> dict[str, tuple[Grid, ...]]:
    """Every marked answer sheet by its id; more than one where a sheet was copied."""
    grids: dict[str, list[Grid]] = defaultdict(list)
    for sheet in book.sheets:
        for (row, column), (text, _) in sheet.cells.items():
            if text.startswith(MARK):
                refs = {r: c.text.strip() for (r, k), c in sheet.cells.items() if k == column and r != row}
                fields = {k: c.text.strip() for (r, k), c in sheet.cells.items() if r == row and k != column}
                grids[text.removeprefix(MARK).strip()].append(Grid(sheet, refs, fields, (row, column)))
    return {sheet_id: tuple(found) for sheet_id, found in grids.items()}


def places_named(book: WorkbookText, question_ref: str) -> tuple[CellText | None, ...]:
    """The answer cells that the question's defined name points at, in order; empty when it points nowhere."""
    match = _ONE_ROW.fullmatch(book.defined_names.get(answer_name(question_ref), ""))
    sheet = next((s for s in book.sheets if match and s.name == match["tab"].replace("''", "'")), None)
    if match is None or sheet is None:
        return ()
    columns = range(column_index_from_string(match["first"]), column_index_from_string(match["last"]) + 1)
    return tuple(sheet.cells.get((int(match["row"]), column)) for column in columns)


@dataclass(frozen=True)
class OwnWords:
    """The form's own wording on one sheet: what is not in it was typed."""

    words: frozenset[str]
    fingerprints: frozenset[str]  # of the wording as it was when the form went out

    @classmethod
    def of(cls, sheet: Sheet, grids: Iterable[Grid] = ()) -> OwnWords:
        """Everything that the kit itself writes on this sheet, or wrote when these came to be."""
        marked = (
            cell.text.removeprefix(WORDS_MARK).split()
            for grid in grids
            for (row, _), cell in grid.text.cells.items()
            if row == grid.mark[0] and cell.text.startswith(WORDS_MARK)
        )
        return cls(own_wording(sheet), frozenset(itertools.chain.from_iterable(marked)))

    def __contains__(self, text: str) -> bool:
        plain = text.strip()
        if not plain or plain in self.words or is_status_word(plain) or plain.startswith(WORDS_MARK):
            return True
        return bool(self.fingerprints) and fingerprint(plain) in self.fingerprints
