"""From an audit tool to a compiled workbook, and from that to one copy a case.

Compiling writes the workbook with openpyxl, once. Each copy then costs a few milliseconds: the parts that
don't change are taken over compressed, in the others only the cells that differ are replaced
(``package_patch``). No copy is made from another copy, and none from a file that came in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import unescape
from io import BytesIO

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName

from audit_kit.domain.references import AuditRef
from audit_kit.domain.tool import AuditTool, Kind
from audit_kit.office import look
from audit_kit.office.gate import inspect
from audit_kit.office.package_patch import (
    CORE,
    CellValue,
    Package,
    SlottedPart,
    cell_slots,
    cell_with,
    core_properties,
    deflated,
    row_height,
    row_slots,
    row_with_height,
    token_slots,
    xml_text,
)
from audit_kit.office.tool_layout import META, START, SheetPlan, plans_of
from audit_kit.office.tool_rules import add_lists
from audit_kit.office.tool_sheets import SentBack, add_answer_sheet
from audit_kit.office.tool_start import Request, ToolWords, add_guidance, add_meta, add_start
from audit_kit.office.tool_status import Standing, left_words, ready_words, standing_of

FORM = "tool"
_TOKENS = ("@@audit@@", "@@round@@", "@@code@@")
_MARKS = ("audit_kit_audit", "audit_kit_round", "audit_kit_code")  # the properties that hold them
_CUSTOM, _WORKBOOK = "docProps/custom.xml", "xl/workbook.xml"


@dataclass(frozen=True)
class ToolCover:
    """What is personal in one copy. No identity: the case is known by its reference alone."""

    audit: AuditRef
    round: int
    agency_name: str
    window_start: date  # first and last day under review
    window_end: date
    due: date
    code: str  # the check code (``domain.check_code``); "" in a copy that nobody is to return


@dataclass(frozen=True)
class CompiledTool:
    """One theme's tool for one area and agency, ready to be personalised."""

    tool: AuditTool
    words: ToolWords
    package: Package
    parts: Mapping[str, SlottedPart]  # part → what may change in it
    answer_cells: Mapping[str, tuple[str, str]]  # answer reference → part, cell
    status_cells: Mapping[str, tuple[str, str]]  # question reference → part, cell
    start_cells: Mapping[str, tuple[str, str]]  # what is personal on Start and the hidden sheet → part, cell
    blank: Standing

    @cached_property
    def beside(self) -> frozenset[tuple[str, str]]:
        """What every copy holds beside its cells, kind and place: hidden lists and columns, links."""
        return frozenset((passive.kind, passive.place) for passive in inspect(self.package.to_bytes()).passive)

    def personalise(self, cover: ToolCover, answers: Mapping[str, str] | None = None) -> bytes:
        """One copy: this cover, and these answers (answer reference → text) if it comes filled in.

        The same input gives the same bytes. Answers are written as text whatever they begin with, dates in
        date fields as dates. KeyError for an answer that the tool doesn't ask for.
        """
        values: dict[str, dict[str, bytes]] = {part: _token_values(cover, self.parts[part]) for part in self.parts}
        for name, value in _cover_values(cover).items():
            self._put(values, self.start_cells[name], value)
        if answers:
            self._put_answers(values, answers)
        changed = {part: self.parts[part].filled(values[part]) for part in self.parts}
        changed[CORE] = deflated(_properties_of(self.words, cover))
        return self.package.with_parts(changed).to_bytes()

    def _put(self, values: dict[str, dict[str, bytes]], place: tuple[str, str], value: CellValue) -> None:
        part, cell = place
        values[part][cell] = cell_with(self.parts[part].original(cell), value)

    def _put_answers(self, values: dict[str, dict[str, bytes]], answers: Mapping[str, str]) -> None:
        for ref, text in answers.items():
            self._put(values, self.answer_cells[ref], _typed(self.tool, ref, text))
        self._put_heights(values, answers)
        standing = standing_of(self.tool, answers)
        for ref, word in standing.words.items():
            if word != self.blank.words[ref] and ref in self.status_cells:
                self._put(values, self.status_cells[ref], word)
        for name, value in _results(standing).items():
            if name in self.start_cells:
                self._put(values, self.start_cells[name], value)

    def _put_heights(self, values: dict[str, dict[str, bytes]], answers: Mapping[str, str]) -> None:
        """Make rows high enough for what they hold."""
        rows: dict[tuple[str, str], list[tuple[str, float]]] = {}
        for ref, text in answers.items():
            place = self.tool.place(ref)
            part, cell = self.answer_cells[ref]
            if place is not None:
                rows.setdefault((part, _row_key(cell)), []).append((text, place.field.width))
        for (part, row), texts in rows.items():
            start, points = self.parts[part].original(row), look.height_for(*texts)
            if points > row_height(start):
                values[part][row] = row_with_height(start, points)


def compile_tool(tool: AuditTool, words: ToolWords) -> CompiledTool:
    """The tool of one theme, area and agency, ready to be personalised. Takes about half a second."""
    return compiled(tool, words)


def compiled(
    tool: AuditTool,
    words: ToolWords,
    back: SentBack | None = None,
    requests: tuple[Request, ...] | None = None,
) -> CompiledTool:
    """A fresh tool, or with ``back`` and ``requests`` the base of a copy that goes back."""
    book, plans = Workbook(), plans_of(tool)
    book.remove(book.active)
    look.set_default_font(book)
    start_cells = add_start(book, tool, plans, words, requests)
    for plan in plans:
        add_answer_sheet(book, tool, plan, back)
    add_guidance(book, plans)
    add_lists(book, tool)
    meta_cells = add_meta(book, plans if back is None else (), FORM)  # what goes back counts nothing
    _add_identity(book)
    places = {name: (START, cell) for name, cell in start_cells.items()}
    places |= {name if name.startswith("audit_kit") else f"meta_{name}": (META, cell)
               for name, cell in meta_cells.items()}  # fmt: skip
    return _taken_apart(book, tool, words, plans, places, has_formulas=back is None)


def with_results(workbook: bytes, form: AuditTool, answers: Mapping[str, str]) -> bytes:
    """A form just written with openpyxl, with its status column as it is for these answers.

    openpyxl can't write what a formula gives, so that a preview would show nothing. For forms that are written
    one by one; a compiled tool has its results already.
    """
    package, plans = Package.read(workbook), plans_of(form)
    words, sheets = standing_of(form, answers).words, _parts_of(package)
    changed = {}
    for plan in plans:
        part = sheets[plan.sheet.title]
        results = {plan.status_address(q.ref): words[q.ref] for q in plan.sheet.questions}
        xml = _without_green_corners(_with_results(package.part(part), results))
        rows = {_row_key(cell) for cell in results}
        changed[part] = deflated(_growing(xml, rows))
    return package.with_parts(changed).to_bytes()


def _parts_of(package: Package) -> dict[str, str]:
    """The part of each sheet, by the sheet's name. openpyxl numbers the parts in the order of the sheets."""
    names = re.findall(rb'<sheet [^>]*?name="([^"]*)"', package.part(_WORKBOOK))
    return {unescape(name.decode()): f"xl/worksheets/sheet{n}.xml" for n, name in enumerate(names, start=1)}


def _add_identity(book: Workbook) -> None:
    """Who this is, in places that survive what people and programs do to a workbook."""
    for name, value in (("audit_kit_form", FORM), *zip(_MARKS, _TOKENS, strict=True)):
        book.custom_doc_props.append(StringProperty(name=name, value=value))
    book.defined_names["audit_kit_form"] = DefinedName("audit_kit_form", attr_text=f'"{FORM}"')
    both = f'"{_TOKENS[0]}/r{_TOKENS[1]}"'
    book.defined_names["audit_kit_audit"] = DefinedName("audit_kit_audit", attr_text=both)
    book.defined_names["audit_kit_code"] = DefinedName("audit_kit_code", attr_text=f'"{_TOKENS[2]}"')


def _taken_apart(
    book: Workbook,
    tool: AuditTool,
    words: ToolWords,
    plans: tuple[SheetPlan, ...],
    places: Mapping[str, tuple[str, str]],
    *,
    has_formulas: bool,
) -> CompiledTool:
    saved = BytesIO()
    book.save(saved)
    package = Package.read(saved.getvalue())
    part_of = _parts_of(package)
    start_cells = {name: (part_of[tab], cell) for name, (tab, cell) in places.items()}
    status_cells = {
        question.ref: (part_of[plan.sheet.title], plan.status_address(question.ref))
        for plan in plans for question in plan.sheet.questions if has_formulas
    }  # fmt: skip
    answer_cells = {
        f"{question.ref}.{field.id}": (part_of[plan.sheet.title], plan.address(question.ref, field.id))
        for plan in plans for question in plan.sheet.questions for field in plan.sheet.fields
    }  # fmt: skip
    blank = standing_of(tool, {})
    results = {status_cells[ref]: word for ref, word in blank.words.items() if ref in status_cells}
    results |= {start_cells[name]: value for name, value in _results(blank).items() if name in start_cells}
    cells_of: dict[str, set[str]] = {part: set() for part in part_of.values()}
    for part, cell in (*answer_cells.values(), *status_cells.values(), *start_cells.values()):
        cells_of[part].add(cell)
    answer_parts = {part for part, _ in answer_cells.values()}
    parts = {}
    for part, cells in cells_of.items():
        xml = _without_green_corners(package.part(part))
        xml = _with_results(xml, {c: v for (p, c), v in results.items() if p == part})
        if part in answer_parts:
            rows = {_row_key(cell) for cell in cells}
            xml = _growing(xml, rows)
            cells |= rows
        often = {cell for p, cell in start_cells.values() if p == part}
        parts[part] = _slotted(xml, cells, often)
    for part in (_CUSTOM, _WORKBOOK):
        parts[part] = _slotted(package.part(part), set(), set())
    return CompiledTool(tool, words, package, parts, answer_cells, status_cells, start_cells, blank)


def _with_results(sheet: bytes, results: Mapping[str, CellValue]) -> bytes:
    """The sheet with the result of every formula remembered, as openpyxl can't write it."""
    slots = cell_slots(sheet)
    pieces, position = [], 0
    for cell, (first, end) in slots.items():
        if cell in results:
            pieces += (sheet[position:first], cell_with(sheet[first:end], results[cell]))
            position = end
    return b"".join((*pieces, sheet[position:]))


def _without_green_corners(sheet: bytes) -> bytes:
    """The sheet without Excel's green corners: "2.1" is meant as a text, and rows do differ in their formulas."""
    cells = re.search(rb'<dimension ref="([^"]+)"', sheet)
    ignored = b'<ignoredErrors><ignoredError sqref="%b" numberStoredAsText="1" formula="1"/></ignoredErrors>'
    return sheet.replace(b"</headerFooter>", b"</headerFooter>" + ignored % cells[1]) if cells else sheet


def _growing(sheet: bytes, rows: set[str]) -> bytes:
    """The sheet with rows that grow with what is typed: openpyxl can only fix their height."""
    pieces, position = [], 0
    for number, (first, end) in row_slots(sheet).items():
        if _row_key(str(number)) in rows:
            start = sheet[first:end]
            pieces += (sheet[position:first], row_with_height(start, row_height(start)))
            position = end
    return b"".join((*pieces, sheet[position:]))


def _row_key(cell: str) -> str:
    """The name of the slot of a cell's row."""
    return "row " + cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _slotted(part: bytes, cells: set[str], often: set[str]) -> SlottedPart:
    slots = {cell: span for cell, span in cell_slots(part).items() if cell in cells}
    slots |= {_row_key(str(n)): span for n, span in row_slots(part).items() if _row_key(str(n)) in cells}
    tokens = token_slots(part, _TOKENS)
    return SlottedPart(part, slots | tokens, often | tokens.keys())


def _results(standing: Standing) -> dict[str, CellValue]:
    """What the formulas on Start and the hidden sheet give: name → result."""
    left = dict(standing.left)
    return {
        "ready": ready_words(standing.total),
        **{f"left_{sheet}": left_words(number) for sheet, number in left.items()},
        **{f"meta_left_{sheet}": number for sheet, number in left.items()},
    }


def _cover_values(cover: ToolCover) -> dict[str, CellValue]:
    return {
        "reference": f"{cover.audit} (round {cover.round})",
        "case": f"{cover.audit.case}. Whom it stands for is on the identity slip, which comes separately.",
        "agency": cover.agency_name,
        "from": cover.window_start,
        "to": cover.window_end,
        "due": cover.due,
        "code": cover.code,
        "audit_kit_audit": str(cover.audit),
        "audit_kit_round": str(cover.round),
        "audit_kit_code": cover.code,
    }


def _token_values(cover: ToolCover, part: SlottedPart) -> dict[str, bytes]:
    values = dict(
        zip(_TOKENS, (xml_text(str(cover.audit)), str(cover.round).encode(), cover.code.encode()), strict=True)
    )
    return {token: value for token, value in values.items() if token in part.keys}


def _properties_of(words: ToolWords, cover: ToolCover) -> bytes:
    return core_properties(
        title=f"Audit tool {cover.audit}",
        subject=f"Multi-agency case audit: {words.theme_title}",
        author=words.board_name,
        keywords=f"{cover.audit} round {cover.round}",
    )


def _typed(tool: AuditTool, ref: str, text: str) -> CellValue:
    """An answer as it goes into its cell: text, unless a date or number is asked for and plainly given."""
    place = tool.place(ref)
    if place is not None and place.kind is Kind.DATE:
        return as_date(text) or text
    if place is not None and place.kind is Kind.NUMBER and re.fullmatch(r"\d{1,6}", text):
        return int(text)
    return text


def as_date(text: str) -> date | None:
    """The day that an answer plainly names, as the reader of returns writes days; None for anything else."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        return None
