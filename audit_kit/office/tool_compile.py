"""From a layout and a form to a compiled workbook, and from that to one copy a case.

Compiling grows the team's own layout (``layout_grid``) and fills it in, once. Each copy then costs a few
milliseconds: the parts that don't change are taken over compressed, in the others only the cells that differ are
replaced (``package_patch``). No copy is made from another copy, and none from a file that came in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from audit_kit.domain.references import AuditRef
from audit_kit.domain.tool import AuditTool
from audit_kit.office.cell_addresses import fixed
from audit_kit.office.compiled_form import TOKENS, CompiledForm
from audit_kit.office.finished_sheets import answers_written, key_of, known, remember
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
    core_properties,
)
from audit_kit.office.taken_apart import taken_apart
from audit_kit.office.tool_answers import SentBack, write_answer_sheet
from audit_kit.office.tool_layout import LISTS, META, START, SheetPlan, quoted
from audit_kit.office.tool_rules import lists_of
from audit_kit.office.tool_start import (
    Request,
    StartSheet,
    ToolWords,
    guidance_growth,
    guidance_written,
    start_growth,
    write_guidance,
    write_lists,
    write_meta,
    write_start,
)
from audit_kit.office.tool_status import FIRST_DAY, LAST_DAY

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
    said = filled(case_words, words)
    return taken_apart(layout, form, tuple(plans.values()), package, part_of, cells, said, counts=counts)


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
    pieces = _pieces(layout, form, plans, back)
    keys = {
        tab: key_of(layout, tab, written, growths, said, left_out) for tab, written in _written_alike(pieces).items()
    }
    finished = known(layout, keys)
    assembly = Assembly(layout, left_out, finished)
    assembly.forget_names(binding_names(layout))
    if back is not None:
        assembly.take_looks(answer_looks(layout, tuple(plans)))
    assembly.grow(growths)
    start = StartSheet(assembly.sheets[START], layout, growths[START])
    case_words = start.cells.text(*start.place("start_case")) if start.has("start_case") else ""
    assembly.fill_in({**said, **TOKENS})
    names: dict[str, dict[str, str]] = {}
    for piece in pieces:
        if piece.tab not in finished:
            names[piece.tab] = names.get(piece.tab, {}) | piece.write(assembly)
    for tab in dict.fromkeys(piece.tab for piece in pieces):
        for name, place in (finished[tab].names if tab in finished else names[tab]).items():
            assembly.name(name, place)
    cells = {name: (START, cell) for name, cell in write_start(start, in_order, requests).items()}
    cells |= {name: (META, cell) for name, cell in write_meta(assembly, form, marks, in_order, counts=counts).items()}
    assembly.mark(marks)
    _name_marks(assembly, marks)
    _name_window(assembly, start)
    for tab, notes in _notes_of(plans, back).items() if back else ():
        add_notes(assembly, tab, notes)
    assembly.forget_lost_names()
    package = assembly.package()
    for tab in keys.keys() - finished.keys():
        remember(layout, keys[tab], assembly.as_finished(tab, package, names[tab]))
    return package, assembly.parts, cells, case_words


@dataclass(frozen=True)
class _Piece:
    """What is written on one sheet that may be the same in other workbooks."""

    tab: str
    written: object  # all that is written: the same is written alike; None where something is asked again
    write: Callable[[Assembly], dict[str, str]]  # returns the names that point at it → where


def _pieces(
    layout: BookLayout, form: AuditTool, plans: Mapping[str, SheetPlan], back: SentBack | None
) -> tuple[_Piece, ...]:
    """The answer sheets, the guidance and the lists."""
    in_order = tuple(plans.values())
    pieces = []
    for plan in in_order:
        here = back and back.on(plan.sheet)
        written = None if here and here.requests else answers_written(form, plans, plan, here)
        write = partial(write_answer_sheet, form=form, plans=plans, plan=plan, back=here)
        pieces.append(_Piece(plan.sheet.title, written, write))
    if "guidance_number" in layout.names:
        tab, write = layout.names["guidance_number"].tab, partial(write_guidance, plans=in_order)
        pieces.append(_Piece(tab, guidance_written(in_order), write))
    return *pieces, _Piece(LISTS, lists_of(form), partial(write_lists, form=form))


def _written_alike(pieces: Sequence[_Piece]) -> dict[str, tuple[object, ...]]:
    """What is written on each sheet that can be taken over: not on Start and the hidden sheet, which differ from copy to copy."""
    found: dict[str, tuple[object, ...]] = {}
    for piece in pieces:
        found[piece.tab] = *found.get(piece.tab, ()), piece.written
    return {tab: written for tab, written in found.items() if tab not in (START, META) and None not in written}


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
