"""From a layout and a form to a compiled workbook, and from that to one copy a case.

Compiling grows the team's own layout (``layout_grid``) and fills it in, once. Each copy then costs a few
milliseconds: the parts that don't change are taken over compressed, in the others only the cells that differ are
replaced (``package_patch``). No copy is made from another copy, and none from a file that came in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from audit_kit.domain.references import AuditRef
from audit_kit.domain.tool import AuditTool
from audit_kit.office.cell_addresses import fixed
from audit_kit.office.compiled_form import TOKENS, CompiledForm, results_remembered, row_key
from audit_kit.office.finished_sheets import key_of, known, remember
from audit_kit.office.layout_book import BookLayout, refused
from audit_kit.office.layout_cells import filled
from audit_kit.office.layout_contract import binding_names, faults_against, sheets_left_out
from audit_kit.office.layout_form import growth_of, plan_in, worded
from audit_kit.office.layout_grid import Growth
from audit_kit.office.layout_looks import answer_looks
from audit_kit.office.layout_notes import Note, add_notes
from audit_kit.office.layout_parts import Assembly
from audit_kit.office.package_patch import (
    CellValue,
    Package,
    SlottedPart,
    cell_slots,
    core_properties,
    row_slots,
    token_slots,
)
from audit_kit.office.tool_answers import SentBack, name_answers, write_answer_sheet
from audit_kit.office.tool_layout import META, START, SheetPlan, quoted
from audit_kit.office.tool_start import (
    PERSONAL,
    Request,
    StartSheet,
    ToolWords,
    guidance_growth,
    start_growth,
    write_guidance,
    write_lists,
    write_meta,
    write_start,
)
from audit_kit.office.tool_status import FIRST_DAY, LAST_DAY, results_of, standing_of

FORM = "tool"


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
    tier: str = ""  # of the case when it was chosen; to be checked


@dataclass(frozen=True)
class CompiledTool:
    """One theme's tool for one area and agency, ready to be personalised."""

    compiled: CompiledForm
    words: ToolWords

    @property
    def plans(self) -> tuple[SheetPlan, ...]:
        """Where everything stands on the answer sheets."""
        return self.compiled.plans

    @cached_property
    def beside(self) -> frozenset[tuple[str, str]]:
        """What every copy holds beside its cells, kind and place: hidden lists and columns, links."""
        from audit_kit.office.gate import inspect  # what judges received files; to issue needs none of it

        return frozenset((passive.kind, passive.place) for passive in inspect(self.compiled.package.to_bytes()).passive)

    def personalise(self, cover: ToolCover, answers: Mapping[str, str] | None = None) -> bytes:
        """One copy: this cover, and these answers (answer reference → text) if it comes filled in."""
        tokens = {"audit": str(cover.audit), "round": str(cover.round), "code": cover.code}
        personal = _cover_values(cover, self.compiled.case_words)
        return self.compiled.written(personal, tokens, answers or {}, _properties_of(self.words, cover))


def compile_tool(
    layout: BookLayout,
    tool: AuditTool,
    words: ToolWords,
    back: SentBack | None = None,
    requests: tuple[Request, ...] | None = None,
) -> CompiledTool:
    """The tool of one theme, area and agency, ready to be personalised. Takes some tenths of a second.

    A fresh tool, or with ``back`` and ``requests`` the base of a copy that goes back.
    """
    marks = {"audit_kit_form": FORM, **{f"audit_kit_{name}": token for name, token in TOKENS.items()}}
    return CompiledTool(compile_form(layout, tool, words.by_token(), marks, back, requests), words)


def compile_form(
    layout: BookLayout,
    form: AuditTool,
    words: Mapping[str, str],
    marks: Mapping[str, str],
    back: SentBack | None = None,
    requests: tuple[Request, ...] | None = None,
) -> CompiledForm:
    """A form grown from its layout. AuditKitError, with every reason, when the layout doesn't fit it.

    ``words``: what the layout's ``{...}`` stand for; ``marks``: by what the form is known again.
    """
    faults = [fault.sentence for fault in faults_against(layout, form) if fault.stops]
    if faults:
        raise refused(layout.file, faults)
    form = worded(layout, form)
    counts = back is None or back.still_counts
    plans = {sheet.id: plan_in(layout, sheet) for sheet in form.sheets}
    # what is taken apart needs the memory that putting together took: nothing of that is kept but the package
    package, part_of, cells, case_words = _put_together(
        layout, form, plans, words, marks, back, requests, counts=counts
    )
    return _taken_apart(package, part_of, form, tuple(plans.values()), cells, filled(case_words, words), counts=counts)


def _put_together(
    layout: BookLayout,
    form: AuditTool,
    plans: Mapping[str, SheetPlan],
    words: Mapping[str, str],
    marks: Mapping[str, str],
    back: SentBack | None,
    requests: tuple[Request, ...] | None,
    *,
    counts: bool,
) -> tuple[Package, dict[str, str], dict[str, tuple[str, str]], str]:
    """The finished package, sheet → part, the cells that differ → sheet and cell, and what Start says beside Case."""
    in_order, left_out = tuple(plans.values()), sheets_left_out(layout, form)
    growths = _growths(layout, in_order, words, requests)
    said = {**words, "evidence words": str(form.thresholds.evidence_words)}
    here = {plan.sheet.title: back and back.on(plan.sheet) for plan in in_order}
    keys = {
        tab: key_of(layout, form, plans, plan, growths, said, left_out, asked)
        for plan in in_order if not ((asked := here[tab := plan.sheet.title]) and asked.requests)
    }  # fmt: skip
    finished = known(layout, keys)
    assembly = Assembly(layout, left_out, finished)
    if back is not None:
        assembly.take_looks(answer_looks(layout, tuple(plans)))
    assembly.grow(growths)
    start = StartSheet(assembly.sheets[START], layout, growths[START])
    case_words = start.cells.text(*start.place("start_case")) if start.has("start_case") else ""
    assembly.fill_in({**said, **TOKENS})
    for plan in in_order:
        if plan.sheet.title in finished:
            name_answers(assembly, plan)
        else:
            write_answer_sheet(assembly, form, plans, plan, here[plan.sheet.title])
    if "guidance_number" in layout.names:
        write_guidance(assembly, in_order)
    write_lists(assembly, form)
    cells = {name: (START, cell) for name, cell in write_start(start, in_order, requests).items()}
    cells |= {name: (META, cell) for name, cell in write_meta(assembly, form, marks, in_order, counts=counts).items()}
    assembly.mark(marks)
    assembly.forget_names(binding_names(layout))
    _name_marks(assembly, marks)
    _name_window(assembly, start)
    for tab, notes in _notes_of(plans, back).items() if back else ():
        add_notes(assembly, tab, notes)
    package = assembly.package()
    for tab in keys.keys() - finished.keys():
        remember(layout, keys[tab], assembly.as_finished(tab, package))
    return package, assembly.parts, cells, case_words


def _growths(
    layout: BookLayout,
    plans: tuple[SheetPlan, ...],
    words: Mapping[str, str],
    requests: tuple[Request, ...] | None,
) -> dict[str, Growth]:
    """How each sheet grows."""
    growths = {plan.sheet.title: growth_of(layout, plan.sheet) for plan in plans}
    growths[START] = start_growth(layout, plans, requests, words)
    if "guidance_number" in layout.names:
        growths[layout.names["guidance_number"].tab] = guidance_growth(layout, plans)
    return growths


def _name_window(assembly: Assembly, start: StartSheet) -> None:
    """The days under review, in names that formulas use."""
    for name, place in ((FIRST_DAY, "start_from"), (LAST_DAY, "start_to")):
        if start.has(place):
            row, column = start.place(place)
            assembly.name(name, f"{quoted(START)}!{fixed(row, column)}")


def _name_marks(assembly: Assembly, marks: Mapping[str, str]) -> None:
    """Who this is, in names that survive what people and programs do to a workbook."""
    for name, value in marks.items():
        if name == "audit_kit_audit":
            value = f"{value}/r{marks['audit_kit_round']}"
        if name != "audit_kit_round":
            assembly.name(name, f'"{value}"')


def _notes_of(plans: Mapping[str, SheetPlan], back: SentBack) -> dict[str, list[Note]]:
    """What is asked again, as notes: sheet → cell, text, author."""
    notes: dict[str, list[Note]] = {}
    for plan in plans.values():
        for question in plan.sheet.questions:
            for field in plan.sheet.fields:
                text = back.requests.get(f"{question.ref}.{field.id}")
                if text:
                    cell = plan.address(question.ref, field.id)
                    notes.setdefault(plan.sheet.title, []).append((cell, text, back.author))
    return notes


def _taken_apart(
    package: Package,
    part_of: Mapping[str, str],
    form: AuditTool,
    plans: tuple[SheetPlan, ...],
    places: Mapping[str, tuple[str, str]],
    case_words: str,
    *,
    counts: bool,
) -> CompiledForm:
    start_cells = {name: (part_of[tab], cell) for name, (tab, cell) in places.items()}
    status_cells = {
        question.ref: (part_of[plan.sheet.title], plan.status_address(question.ref))
        for plan in plans for question in plan.sheet.questions if counts
    }  # fmt: skip
    answer_cells = {
        f"{question.ref}.{field.id}": (part_of[plan.sheet.title], plan.address(question.ref, field.id))
        for plan in plans for question in plan.sheet.questions for field in plan.sheet.fields
    }  # fmt: skip
    blank, results = standing_of(form, {}) if counts else None, dict[tuple[str, str], str | int]()
    if blank is not None:
        results |= {status_cells[ref]: word for ref, word in blank.words.items() if ref in status_cells}
        results |= {start_cells[name]: value for name, value in results_of(plans, blank).items() if name in start_cells}
    cells_of: dict[str, set[str]] = {part: set() for part in part_of.values()}
    for part, cell in (*answer_cells.values(), *status_cells.values(), *start_cells.values()):
        cells_of[part].add(cell)
    for part, cell in answer_cells.values():
        cells_of[part].add(row_key(cell))
    personal = {place for name, place in start_cells.items() if name in PERSONAL or name.startswith("audit_kit")}
    parts = {}
    for part, cells in cells_of.items():
        shown = tuple((c, v) for (p, c), v in results.items() if p == part)
        parts[part] = _slotted(
            package.part(part), shown, frozenset(cells), frozenset(cell for p, cell in personal if p == part)
        )
    for part in package.names:
        if (
            part not in parts
            and part.endswith(".xml")
            and any(t.encode() in package.part(part) for t in TOKENS.values())
        ):
            parts[part] = _slotted(package.part(part), (), frozenset(), frozenset())
    widths = {
        f"{question.ref}.{field.id}": plan.widths[field.id]
        for plan in plans for question in plan.sheet.questions for field in plan.sheet.fields
    }  # fmt: skip
    return CompiledForm(form, package, parts, answer_cells, status_cells, start_cells, widths, plans, case_words, blank)


@lru_cache(maxsize=24)  # what several agencies' tools have in common is there once
def _slotted(
    part: bytes, results: tuple[tuple[str, CellValue], ...], cells: frozenset[str], often: frozenset[str]
) -> SlottedPart:
    part = results_remembered(part, dict(results))
    slots = {cell: span for cell, span in cell_slots(part).items() if cell in cells}
    slots |= {row_key(str(n)): span for n, span in row_slots(part).items() if row_key(str(n)) in cells}
    tokens = token_slots(part, tuple(TOKENS.values()))
    return SlottedPart(part, slots | tokens, often | tokens.keys())


def _cover_values(cover: ToolCover, case_words: str) -> dict[str, CellValue]:
    return {
        "reference": f"{cover.audit} (round {cover.round})",
        "case": filled(case_words, {"case": cover.audit.case}),
        "agency": cover.agency_name,
        "tier": cover.tier or "Not known",
        "from": cover.window_start,
        "to": cover.window_end,
        "due": cover.due,
        "code": cover.code,
        "audit_kit_audit": str(cover.audit),
        "audit_kit_round": str(cover.round),
        "audit_kit_code": cover.code,
    }


def _properties_of(words: ToolWords, cover: ToolCover) -> bytes:
    return core_properties(
        title=f"Audit tool {cover.audit}",
        subject=f"Multi-agency case audit: {words.theme_title}",
        author=words.board_name,
        keywords=f"{cover.audit} round {cover.round}",
    )
