"""Opens a received workbook safely: the gate, a child process with hard limits, a strict check of its answer.

What comes out are strings. A file that is refused, hangs or kills its reader raises ``Refused`` and costs the
others nothing but its own time limit.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from types import MappingProxyType, TracebackType
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from audit_kit.office import gate_limits, reader_child
from audit_kit.office.gate import GateReport, Passive, Reason, Refused, SheetSeen, inspect
from audit_kit.office.gate_child import Child, Limits

__all__ = [
    "CellText",
    "Cleaned",
    "Limits",
    "Passive",
    "Reason",
    "Refused",
    "SafeReader",
    "SheetText",
    "WorkbookText",
    "in_places",
    "read_safely",
]


class CellText(NamedTuple):
    """One cell as text, cleaned; dates ``2017-10-02`` or ``2017-10-02 14:30``, ``Yes``/``No``, ``#REF!``.

    Of a formula cell ``text`` is what it last showed, perhaps "": never an answer. Its ``repr`` shows nothing of it.
    A tuple, since a workbook has thousands: making one takes a fifth of what a data class takes.
    """

    text: str
    is_formula: bool = False

    def __repr__(self) -> str:
        return f"CellText(is_formula={self.is_formula})"


@dataclass(frozen=True)
class SheetText:
    """One sheet: (row, column), both from 1 → its cell. Blank cells are absent, formula cells never are."""

    name: str = field(repr=False)
    visibility: str  # "visible", "hidden", "very hidden"
    cells: Mapping[tuple[int, int], CellText] = field(repr=False)


@dataclass(frozen=True)
class Cleaned:
    """A text that the cleaning changed: where it stands, and how many characters were taken out of it.

    ``place`` is "sheet 3, cell D12", or "workbook" for a property, a defined name or the name of a sheet. None taken
    out: an accent was written another way, or a line break.
    """

    place: str
    taken_out: int


@dataclass(frozen=True)
class WorkbookText:
    """Everything of a workbook that may be read. Its ``repr`` shows nothing that was typed."""

    sheets: tuple[SheetText, ...]
    properties: Mapping[str, str] = field(repr=False)  # custom document properties
    defined_names: Mapping[str, str] = field(repr=False)  # name → its text; "3!name" if sheet 3's own
    passive: tuple[Passive, ...]
    cleaned: tuple[Cleaned, ...]  # every text that is not as it stood in the file


def in_places(cleaned: Sequence[Cleaned]) -> str:
    """Where, in a few words: "one text: sheet 3, cell D12"; "7 texts, the first: sheet 3, cell D12"."""
    first = cleaned[0].place
    return f"one text: {first}" if len(cleaned) == 1 else f"{len(cleaned)} texts, the first: {first}"


_LIBRARIES = ("calamine", "openpyxl")  # the second when the first can't read a file, or dies of it


def read_safely(data: bytes, *, limits: Limits | None = None) -> WorkbookText:
    """The workbook's texts; raises ``Refused``. Starts a process each time, 25 ms more. For many, ``SafeReader``."""
    with SafeReader(limits) as reader:
        return reader.read(data)


class SafeReader:
    """Reads one workbook after another in a child that stays loaded. A context manager.

    A filled tool of ours takes 18 ms, two fifths of them in the gate (measured on a busy two-core machine). A child
    that dies or answers oddly is replaced and the file tried once more, alone in a fresh child with the second
    reader; all within the file's own wall time. Not for several threads at once.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._children: dict[str, Child] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the children."""
        while self._children:
            self._children.popitem()[1].end()

    def read(self, data: bytes) -> WorkbookText:
        """The workbook's texts; raises ``Refused`` with the reason, whatever the bytes are.

        Trouble of the machine's is never blamed on the file: ``ReaderNotStarted`` or ``OSError``.
        """
        seen = inspect(data)
        seconds = self._limits.wall_seconds
        for library in _LIBRARIES:
            child, began = self._child(library), time.monotonic()
            answer = self._ask(child, data, seconds)
            if answer is not None and _agrees(answer, seen):
                return _workbook_text(answer, seen)
            seconds -= time.monotonic() - began
            if seconds <= 0:
                break
        raise Refused(Reason.NOT_READ_SAFELY, "reader")

    def _ask(self, child: Child, data: bytes, seconds: float) -> _Answer | None:
        """What this reader makes of the file, None if it can't read it, died, or said what it may not say."""
        raw = child.ask(data, seconds)
        if raw is None:
            self.close()  # all of them, so that the second reader tries the file in a fresh child too
            return None
        with contextlib.suppress(ValidationError):
            return _Answer.model_validate_json(raw)
        return None

    def _child(self, library: str) -> Child:
        child = self._children.get(library)
        if child is not None and child.answered >= self._limits.files_per_child:
            self._children.pop(library).end()
            child = None
        if child is None:
            child = self._children[library] = Child(library, self._limits)
        return child


def _unchanged_by_cleaning(text: str) -> str:
    if reader_child.clean(text) != text:
        raise ValueError("not cleaned")
    return text


def _all_unchanged_by_cleaning(texts: tuple[str, ...]) -> tuple[str, ...]:
    for text in texts:
        if not (text.isascii() and text.isprintable()):  # asked here: nearly all are, and calls for each cost the most
            _unchanged_by_cleaning(text)
    return texts


_Clean = AfterValidator(_unchanged_by_cleaning)
_Row = Annotated[int, Field(ge=1, le=gate_limits.GRID_ROWS)]
_Column = Annotated[int, Field(ge=1, le=gate_limits.GRID_COLUMNS)]
_CellString = Annotated[str, Field(min_length=1, max_length=gate_limits.CELL_CHARS)]

# what a reader gives may be longer than a cell's text until its escapes are decoded
_TakenOut = Annotated[int, Field(ge=0, le=7 * gate_limits.CELL_CHARS)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class _AnsweredSheet(_Strict):
    name: Annotated[str, Field(min_length=1, max_length=255), _Clean]
    rows: tuple[_Row, ...]
    columns: tuple[_Column, ...]
    texts: Annotated[tuple[_CellString, ...], AfterValidator(_all_unchanged_by_cleaning)]
    cleaned: tuple[tuple[_Row, _Column, _TakenOut], ...]

    @model_validator(mode="after")
    def _are_as_many(self) -> Self:
        if not len(self.rows) == len(self.columns) == len(self.texts):
            raise ValueError("not as many rows, columns and texts")
        return self


class _Answer(_Strict):
    sheets: Annotated[tuple[_AnsweredSheet, ...], Field(min_length=1, max_length=gate_limits.SHEETS)]


def _agrees(answer: _Answer, seen: GateReport) -> bool:
    """Whether the reader saw the same sheets, and as many filled cells, as the gate did.

    Readers were measured to return no cells, or one of fifteen, without an error.
    """
    return len(answer.sheets) == len(seen.sheets) and all(
        sheet.name == reader_child.clean(listed.name) and len(sheet.texts) == listed.filled
        for sheet, listed in zip(answer.sheets, seen.sheets, strict=True)
    )


def _workbook_text(answer: _Answer, seen: GateReport) -> WorkbookText:
    formulas: dict[int, set[tuple[int, int]]] = {}
    for number, row, column in seen.formula_cells:
        formulas.setdefault(number, set()).add((row, column))
    besides = (*seen.defined_names.items(), *seen.properties.items(), ("", *(sheet.name for sheet in seen.sheets)))
    return WorkbookText(
        sheets=tuple(
            _sheet_text(sheet, listed, formulas.get(number, set()))
            for number, (sheet, listed) in enumerate(zip(answer.sheets, seen.sheets, strict=True), 1)
        ),
        properties=_as_cleaned(seen.properties),
        defined_names=_as_cleaned(seen.defined_names),
        passive=seen.passive,
        cleaned=(
            *(
                Cleaned(f"sheet {number}, cell {_letters(column)}{row}", taken_out)
                for number, sheet in enumerate(answer.sheets, 1)
                for row, column, taken_out in sheet.cleaned
            ),
            *(
                Cleaned("workbook", reader_child.taken_out(text))
                for texts in besides
                for text in texts
                if reader_child.clean(text) != text
            ),
        ),
    )


def _sheet_text(sheet: _AnsweredSheet, listed: SheetSeen, formulas: set[tuple[int, int]]) -> SheetText:
    texts = dict(zip(zip(sheet.rows, sheet.columns, strict=True), sheet.texts, strict=True))
    told = len(texts)
    for at, text in (*listed.errors.items(), *((at, "") for at in formulas)):
        texts.setdefault(at, text)
    in_order = texts if len(texts) == told else sorted(texts)
    return SheetText(sheet.name, listed.visibility, cells_of(in_order, map(texts.__getitem__, in_order), formulas))


#: half of a form's texts stand in it twice, and most in the next file too: what was made a moment ago serves again
_cell_of = lru_cache(maxsize=2_048)(CellText)
_formula_of = lru_cache(maxsize=2_048)(partial(CellText, is_formula=True))


def cells_of(
    places: Iterable[tuple[int, int]], texts: Iterable[str], formulas: Iterable[tuple[int, int]]
) -> Mapping[tuple[int, int], CellText]:
    """The cells of a sheet in this order, a text for each; each formula's must be among them."""
    cells = dict(zip(places, map(_cell_of, texts), strict=True))
    cells.update({at: _formula_of(cells[at].text) for at in formulas})
    return MappingProxyType(cells)


def _as_cleaned(texts: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({reader_child.clean(key): reader_child.clean(text) for key, text in texts.items()})


def _letters(column: int) -> str:
    """A column as Excel shows it: 28 → "AB"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
