"""From a finished package to a compiled form: which cells of it copies differ in, and where each part is cut open.

Where the answers of a sheet stand hangs on the layout and the sheet alone, so it is worked out once for all forms that have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from audit_kit.domain.tool import AuditTool, Sheet
from audit_kit.office.compiled_form import TOKENS, CompiledForm, results_remembered, row_key
from audit_kit.office.layout_book import BookLayout
from audit_kit.office.layout_form import plan_in
from audit_kit.office.package_patch import CellValue, Package, SlottedPart, cell_slots, row_slots, token_slots
from audit_kit.office.tool_layout import SheetPlan
from audit_kit.office.tool_start import PERSONAL
from audit_kit.office.tool_status import results_of, standing_of


def taken_apart(
    layout: BookLayout,
    form: AuditTool,
    plans: tuple[SheetPlan, ...],
    package: Package,
    part_of: Mapping[str, str],
    named: Mapping[str, tuple[str, str]],
    case_words: str,
    *,
    counts: bool,
) -> CompiledForm:
    """The form that this package holds. ``part_of``: sheet → part; ``named``: the cells that differ on Start and the hidden sheet."""
    start_cells = {name: (part_of[tab], cell) for name, (tab, cell) in named.items()}
    sheets = [_answers_on(layout, plan.sheet, part_of[plan.sheet.title]) for plan in plans]
    answer_cells = {ref: place for sheet in sheets for ref, place in sheet.answers.items()}
    status_cells = {ref: place for sheet in sheets for ref, place in sheet.statuses.items() if counts}
    widths = {ref: width for sheet in sheets for ref, width in sheet.widths.items()}
    blank, results = standing_of(form, {}) if counts else None, dict[tuple[str, str], str | int]()
    if blank is not None:
        results |= {status_cells[ref]: word for ref, word in blank.words.items() if ref in status_cells}
        results |= {start_cells[name]: value for name, value in results_of(plans, blank).items() if name in start_cells}
    cells_of = {part: frozenset[str]() for part in part_of.values()}
    for sheet in sheets:
        cells_of[sheet.part] |= sheet.slots
    others: dict[str, set[str]] = {}
    for part, cell in (*status_cells.values(), *start_cells.values()):
        others.setdefault(part, set()).add(cell)
    personal = {place for name, place in start_cells.items() if name in PERSONAL or name.startswith("audit_kit")}
    parts = {}
    for part, cells in cells_of.items():
        shown = tuple((c, v) for (p, c), v in results.items() if p == part)
        often = frozenset(cell for p, cell in personal if p == part)
        parts[part] = _slotted(package.part(part), shown, cells | others.get(part, set()), often)
    for name in package.names:
        if name not in parts and name.endswith(".xml") and _holds_a_token(xml := package.part(name)):
            parts[name] = _slotted(xml, (), frozenset(), frozenset())
    return CompiledForm(form, package, parts, answer_cells, status_cells, start_cells, widths, plans, case_words, blank)


@dataclass(frozen=True)
class _Answers:
    """Where the answers of one sheet stand."""

    part: str
    answers: Mapping[str, tuple[str, str]]  # answer reference → part, cell
    statuses: Mapping[str, tuple[str, str]]  # question reference → part, cell
    widths: Mapping[str, float]  # answer reference → width of its column in characters
    slots: frozenset[str]  # the answers' cells, and their rows


@lru_cache(maxsize=32)
def _answers_on(layout: BookLayout, sheet: Sheet, part: str) -> _Answers:
    plan, answers, widths = plan_in(layout, sheet), dict[str, tuple[str, str]](), dict[str, float]()
    for question in sheet.questions:
        for field in sheet.fields:
            answers[f"{question.ref}.{field.id}"] = part, plan.address(question.ref, field.id)
            widths[f"{question.ref}.{field.id}"] = plan.widths[field.id]
    statuses = {question.ref: (part, plan.status_address(question.ref)) for question in sheet.questions}
    cells = [cell for _, cell in answers.values()]
    return _Answers(part, answers, statuses, widths, frozenset((*cells, *map(row_key, cells))))


def _holds_a_token(xml: bytes) -> bool:
    return any(token.encode() in xml for token in TOKENS.values())


@lru_cache(maxsize=24)  # what several agencies' tools have in common is there once
def _slotted(
    part: bytes, results: tuple[tuple[str, CellValue], ...], cells: frozenset[str], often: frozenset[str]
) -> SlottedPart:
    part = results_remembered(part, dict(results))
    slots = {cell: span for cell, span in cell_slots(part).items() if cell in cells}
    slots |= {row_key(str(n)): span for n, span in row_slots(part).items() if row_key(str(n)) in cells}
    tokens = token_slots(part, tuple(TOKENS.values()))
    return SlottedPart(part, slots | tokens, often | tokens.keys())
