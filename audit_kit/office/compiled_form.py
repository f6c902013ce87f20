"""A form grown from its layout, and one copy of it: only the cells that differ are replaced in the package."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from audit_kit.domain.tool import AuditTool, Kind
from audit_kit.office import room
from audit_kit.office.package_patch import (
    CORE,
    CellValue,
    Package,
    SlottedPart,
    cell_slots,
    cell_with,
    deflated,
    row_height,
    row_with_height,
    xml_text,
)
from audit_kit.office.tool_layout import SheetPlan
from audit_kit.office.tool_status import Standing, results_of, standing_of

TOKENS = {"audit": "@@audit@@", "round": "@@round@@", "code": "@@code@@"}  # as a layout asks for them → in the parts


@dataclass(frozen=True)
class CompiledForm:
    """A form grown from its layout, with the places at which copies differ."""

    form: AuditTool
    package: Package
    parts: Mapping[str, SlottedPart]  # part → what may change in it
    answer_cells: Mapping[str, tuple[str, str]]  # answer reference → part, cell
    status_cells: Mapping[str, tuple[str, str]]  # question reference → part, cell
    start_cells: Mapping[str, tuple[str, str]]  # what differs on Start and the hidden sheet → part, cell
    widths: Mapping[str, float]  # answer reference → width of its column in characters
    plans: tuple[SheetPlan, ...]
    case_words: str  # what Start says beside Case, with ``{case}``
    blank: Standing | None  # None where the status column counts nothing any more: in a copy that goes back

    def written(
        self,
        personal: Mapping[str, CellValue],
        tokens: Mapping[str, str],
        answers: Mapping[str, str],
        properties: bytes,
    ) -> bytes:
        """One copy: these values in its named cells and for its tokens, and these answers (reference → text).

        The same input gives the same bytes. Answers are written as text whatever they begin with, dates in
        date fields as dates. KeyError for an answer that the form doesn't ask for.
        """
        written = {TOKENS[name]: xml_text(value) for name, value in tokens.items()}
        values = {
            part: {key: written[token] for key, token in places if token in written}
            for part, places in self._token_places.items()
        }
        for name, value in personal.items():
            if name in self.start_cells:
                self._put(values, self.start_cells[name], value)
        if answers:
            self._put_answers(values, answers, (personal.get("from"), personal.get("to")))
        changed = {part: self.parts[part].filled(values[part]) for part in self.parts}
        changed[CORE] = deflated(properties)
        return self.package.with_parts(changed).to_bytes()

    @cached_property
    def _token_places(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Part → the slots of its tokens, each with its token: one that stands in a part twice has a slot for each."""
        named = set(TOKENS.values())
        return {
            part: tuple((key, token) for key in slotted.keys if (token := key.partition(" ")[0]) in named)
            for part, slotted in self.parts.items()
        }

    def _put(self, values: dict[str, dict[str, bytes]], place: tuple[str, str], value: CellValue) -> None:
        part, cell = place
        values[part][cell] = cell_with(self.parts[part].original(cell), value)

    def _put_answers(
        self, values: dict[str, dict[str, bytes]], answers: Mapping[str, str], review: tuple[CellValue, CellValue]
    ) -> None:
        for ref, text in answers.items():
            self._put(values, self.answer_cells[ref], _typed(self.form, ref, text))
        self._put_heights(values, answers)
        if self.blank is None:
            return
        first, last = review
        window = (first, last) if isinstance(first, date) and isinstance(last, date) else None
        standing = standing_of(self.form, answers, window)
        for ref, word in standing.words.items():
            if word != self.blank.words[ref] and ref in self.status_cells:
                self._put(values, self.status_cells[ref], word)
        for name, value in results_of(self.plans, standing).items():
            if name in self.start_cells:
                self._put(values, self.start_cells[name], value)

    def _put_heights(self, values: dict[str, dict[str, bytes]], answers: Mapping[str, str]) -> None:
        """Make rows high enough for what they hold."""
        rows: dict[tuple[str, str], list[tuple[str, float]]] = {}
        for ref, text in answers.items():
            part, cell = self.answer_cells[ref]
            rows.setdefault((part, row_key(cell)), []).append((text, self.widths[ref]))
        for (part, row), texts in rows.items():
            start, points = self.parts[part].original(row), room.height_for(*texts)
            if points > row_height(start):
                values[part][row] = row_with_height(start, points)


def results_remembered(sheet: bytes, results: Mapping[str, CellValue]) -> bytes:
    """The sheet with the result of every formula remembered, so that a preview or a telephone shows the right state."""
    slots = cell_slots(sheet) if results else {}
    pieces: list[bytes] = []
    position = 0
    for cell, (first, end) in slots.items():
        if cell in results:
            pieces += (sheet[position:first], cell_with(sheet[first:end], results[cell]))
            position = end
    return b"".join((*pieces, sheet[position:]))


def row_key(cell: str) -> str:
    """The name of the slot of a cell's row."""
    return "row " + cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _typed(form: AuditTool, ref: str, text: str) -> CellValue:
    """An answer as it goes into its cell: text, unless a date or number is asked for and plainly given."""
    place = form.place(ref)
    if place is not None and place.kind is Kind.DATE:
        return as_date(text) or text
    if place is not None and place.kind is Kind.NUMBER and re.fullmatch(r"\d{1,6}", text):
        return int(text)
    return text


def as_date(text: str) -> date | None:
    """The day that an answer plainly names, as the reader of returns writes days; None for anything else."""
    day = text.strip()
    return _day(day) if len(day) <= len("2026-12-31") else None


@lru_cache(maxsize=512)  # a review looks at a year, and each return names the same days again
def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
