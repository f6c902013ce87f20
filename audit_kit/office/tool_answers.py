"""The answer sheets of a form that is made from a layout: the prototype rows filled in, one row a question.

How they look, what their headings and messages say, how wide they are and how they print is the layout's; what may
be answered, when a row is finished and by what an answer is found again is said here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from audit_kit.domain.tool import AuditTool, Kind, Layout, Place, Question, Sheet
from audit_kit.office import room
from audit_kit.office.cell_addresses import address, at, fixed
from audit_kit.office.layout_cells import SheetCells, filled
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.layout_looks import LOOK_AS_SENT, LOOK_ASKED_AGAIN
from audit_kit.office.layout_parts import Assembly
from audit_kit.office.tool_formulas import status_formula
from audit_kit.office.tool_layout import MARK, SheetPlan, answer_name, fingerprints, quoted
from audit_kit.office.tool_rules import LONGEST_MESSAGE, LONGEST_TITLE, joined_cells, list_name
from audit_kit.office.tool_status import AS_SENT, PLEASE_COMPLETE, longest_word

_LEAST_HEIGHT, _HEIGHT_ASKED_AGAIN = 26.0, 80.0  # points


@dataclass(frozen=True)
class SentBack:
    """What is different in a copy that goes back, but for the answers in it: what is asked for again."""

    requests: Mapping[str, str]  # answer reference → what the Board asks
    author: str
    opened: frozenset[str] = frozenset()  # every cell that is marked and may be changed
    always_open: frozenset[str] = frozenset()  # cells that may be changed and look as in a fresh form
    still_counts: bool = False  # the status column goes on saying how far each question is

    def on(self, sheet: Sheet) -> SentBack:
        """The same as far as one sheet hangs on it."""
        here = frozenset(sheet.places)
        asked = {ref: text for ref, text in self.requests.items() if ref in here}
        return SentBack(asked, self.author, self.opened & here, self.always_open & here, self.still_counts)


def write_answer_sheet(
    assembly: Assembly, form: AuditTool, plans: Mapping[str, SheetPlan], plan: SheetPlan, back: SentBack | None = None
) -> dict[str, str]:
    """Fill one grown answer sheet in, fresh or as a copy that goes back, and return the names of its answers."""
    cells = assembly.sheets[plan.sheet.title]
    for column in plan.sheet.fields:
        cells.fill(plan.header_row, plan.column(column.id), {"heading": column.heading})
    cells.make_room(plan.header_row, *cells.texts_of(plan.header_row))  # the team may word a heading at more length
    for question in plan.sheet.questions:
        _size_row(cells, plan, question, back)
        _write_question(cells, form, plans, plan, question, back)
        for column in plan.sheet.fields:
            _dress_answer(assembly, plan, f"{question.ref}.{column.id}", back)
    _add_rules(cells, plan)
    _write_ids(cells, plan)
    _ignore_green_corners(cells)
    return _answer_names(plan)


def _write_question(
    cells: SheetCells,
    form: AuditTool,
    plans: Mapping[str, SheetPlan],
    plan: SheetPlan,
    question: Question,
    back: SentBack | None,
) -> None:
    row = plan.row(question.ref)
    words = {"number": question.number, "question": question.wording, "what we ask": question.hint}
    for name in plan.leading:
        shown = words if name != "number" else {**words, "number": question.number + _room(cells, row, back)}
        cells.fill(row, plan.column(name), shown)
    if "guidance" in plan.columns:
        cells.link(row, plan.column("guidance"), f"guidance_{question.ref}" if question.guidance else "")
        if not question.guidance:
            cells.put(row, plan.column("guidance"), "")
    column = plan.column("status")
    if back is None or back.still_counts:
        cells.put(row, column, "", status_formula(form, plans, plan, question))
    else:
        cells.put(row, column, PLEASE_COMPLETE if _is_asked_again(question, back) else AS_SENT)


def _is_asked_again(question: Question, back: SentBack) -> bool:
    return any(ref.rpartition(".")[0] == question.ref for ref in back.requests)


def _room(cells: SheetCells, row: int, back: SentBack | None) -> str:
    """Empty lines below the number of a question, as many as its row is to stay open for.

    A row that fits itself to its text grows while somebody types, but would close to what stands in it as soon as
    one of its cells is filled in, and no row grows with its status, a formula. These lines keep it open; the last
    holds a space that doesn't break, since a trailing empty line isn't counted.
    """
    lines = int((cells.height(row) - 5) / room.LINE_POINTS) if back is None else 0
    return "\n" * (lines - 1) + "\u00a0" if lines > 1 else ""


def _size_row(cells: SheetCells, plan: SheetPlan, question: Question, back: SentBack | None) -> None:
    """As high as the layout's prototype row, or higher where the question needs it; answers are given room with each copy."""
    row = plan.row(question.ref)
    texts = [
        (text, plan.widths[name])
        for name, text in (("wording", question.wording), ("asked", question.hint))
        if name in plan.columns
    ]
    texts.append((longest_word(plan.sheet, question), plan.widths["status"]))
    least = cells.height(row)
    if back is not None:
        least = _HEIGHT_ASKED_AGAIN if _is_asked_again(question, back) else _LEAST_HEIGHT
    cells.set_height(row, room.height_for(*texts, least=least), grows=True)


def _dress_answer(assembly: Assembly, plan: SheetPlan, ref: str, back: SentBack | None) -> None:
    """Lock what was sent and mark what is asked again, in the looks that the layout has for them."""
    if back is None or ref in back.always_open:
        return
    question, _, field = ref.rpartition(".")
    is_open = ref in back.opened
    sample = LOOK_ASKED_AGAIN if is_open else LOOK_AS_SENT
    assembly.dress_like(plan.sheet.title, plan.row(question), plan.column(field), sample, is_open=is_open)


def _write_ids(cells: SheetCells, plan: SheetPlan) -> None:
    said = [*cells.texts(), *(field.id for field in plan.sheet.fields), *(q.ref for q in plan.sheet.questions)]
    cells.put(plan.id_row, plan.id_column, MARK + plan.sheet.id)
    for column in plan.sheet.fields:
        cells.put(plan.id_row, plan.column(column.id), column.id)
    for question in plan.sheet.questions:
        cells.put(plan.row(question.ref), plan.id_column, question.ref)
    cells.put(plan.id_row, 1, fingerprints([*said, MARK + plan.sheet.id]))


def _ignore_green_corners(cells: SheetCells) -> None:
    """Without Excel's green corners: "2.1" is meant as a text, and rows do differ in their formulas."""
    ignored = cells.section("ignoredErrors")
    where = {"sqref": f"A1:{cells.last}", "numberStoredAsText": "1", "formula": "1"}
    etree.SubElement(ignored, f"{MAIN}ignoredError", where)


def _answer_names(plan: SheetPlan) -> dict[str, str]:
    """A second anchor should the hidden row or column be lost: ``ans_N6`` is the row of answers of N6."""
    columns = [plan.column(field.id) for field in plan.sheet.fields]
    names = {}
    for question in plan.sheet.questions:
        row = plan.row(question.ref)
        first, last = (fixed(row, column) for column in (min(columns), max(columns)))
        names[answer_name(question.ref)] = f"{quoted(plan.sheet.title)}!{first}:{last}"
    return names


# --- what each answer cell offers and asks ---------------------------------------------------------------


def _add_rules(cells: SheetCells, plan: SheetPlan) -> None:
    """Give every answer cell the check and message of its prototype, with its own list and words."""
    checks = cells.section("dataValidations")
    prototypes = {place: check for check in checks for place in _covered(check, plan)}
    for check in list(checks):
        _uncover(check, prototypes)
    found: dict[tuple[object, ...], list[str]] = defaultdict(list)
    made: dict[tuple[object, ...], _Element] = {}
    keys: dict[tuple[object, ...], tuple[object, ...]] = {}
    for question in plan.sheet.questions:
        for column in plan.sheet.fields:
            cell = plan.row(question.ref), plan.column(column.id)
            prototype, place = prototypes.get(cell), Place(plan.sheet, question, column)
            hangs_on = *_what_a_check_hangs_on(prototype, place), plan.widths[column.id]
            if hangs_on not in keys:
                check = _check_for(prototype, place)
                _limit(check, plan.widths[column.id])
                keys[hangs_on] = (*sorted(check.attrib.items()), *((part.tag, part.text) for part in check))
                made[keys[hangs_on]] = check
            found[keys[hangs_on]].append(address(*cell))
    for key, addresses in found.items():
        if len(made[key].attrib) > 1:  # more than that it may be blank
            made[key].set("sqref", " ".join(joined_cells(addresses)))
            checks.append(made[key])
    checks.set("count", str(len(checks)))
    if not len(checks):
        cells.root.remove(checks)


def _what_a_check_hangs_on(prototype: _Element | None, place: Place) -> tuple[object, ...]:
    """Cells that are alike in this get the same check: of thousands only a few differ."""
    asks = place.sheet.layout is Layout.FORM and place.field.id == "answer"
    is_worded = prototype is not None and any(
        "{number}" in str(value) or "{question}" in str(value) for value in prototype.attrib.values()
    )
    worded = (place.question.number, place.question.wording) if is_worded else ()
    hint = place.question.hint if asks else ""
    return id(prototype), asks, hint, place.field.hint, place.kind, place.choices, worded


def _check_for(prototype: _Element | None, place: Place) -> _Element:
    check = deepcopy(prototype) if prototype is not None else etree.Element(f"{MAIN}dataValidation")
    check.attrib.pop("sqref", None)
    check.attrib.pop("{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid", None)
    check.set("allowBlank", "1")
    words = {"number": place.question.number, "question": place.question.wording}
    if place.sheet.layout is Layout.FORM and place.field.id == "answer" and place.question.hint:
        check.set("prompt", place.question.hint[:LONGEST_MESSAGE])
    elif "prompt" not in check.attrib and place.field.hint:
        check.set("prompt", place.field.hint[:LONGEST_MESSAGE])
    for name, longest in (("promptTitle", LONGEST_TITLE), ("errorTitle", LONGEST_TITLE), ("prompt", LONGEST_MESSAGE)):
        if "{" in check.get(name, ""):
            check.set(name, filled(check.get(name), words)[:longest])
    if check.get("prompt"):
        check.set("showInputMessage", "1")
    _offer(check, place)
    return check


def _limit(check: _Element, width: float) -> None:
    """Warn of a text from where its end can't be seen: that hangs on the column's width, which is the layout's.

    A layout may warn earlier, never later.
    """
    most = check.find(f"{MAIN}formula1")
    if check.get("type") != "textLength" or check.get("operator") != "lessThanOrEqual" or most is None:
        return
    fits = room.most_characters(width)
    wanted = (most.text or "").strip()
    most.text = str(min(int(wanted), fits) if wanted.isascii() and wanted.isdigit() else fits)
    check.set("error", filled(check.get("error", ""), {"limit": f"{int(most.text):,}"})[:LONGEST_MESSAGE])


def _offer(check: _Element, place: Place) -> None:
    """The words to choose from are the form's, never the layout's."""
    if place.kind is Kind.CHOICE:
        for part in list(check):
            check.remove(part)
        check.set("type", "list")
        check.set("showErrorMessage", "1")
        etree.SubElement(check, f"{MAIN}formula1").text = list_name(place.choices)
    elif check.get("type") == "list":
        for part in list(check):
            check.remove(part)
        del check.attrib["type"]


def _covered(check: _Element, plan: SheetPlan) -> list[tuple[int, int]]:
    """The answer cells over which a check lies."""
    columns, found = {plan.column(field.id) for field in plan.sheet.fields}, []
    for ref in check.get("sqref", "").split():
        first, _, last = ref.partition(":")
        (row1, column1), (row2, column2) = at(first), at(last or first)
        found += [
            (row, column)
            for row in range(max(row1, plan.first_row), min(row2, plan.last_row) + 1)
            for column in columns
            if column1 <= column <= column2
        ]
    return found


def _uncover(check: _Element, taken: Mapping[tuple[int, int], object]) -> None:
    """Let a check go from the cells that get one of their own; one that lies over nothing else goes altogether."""
    kept = [address(*cell) for cell in _cells_of(check.get("sqref", "").split()) if cell not in taken]
    parent = check.getparent()
    if kept:
        check.set("sqref", " ".join(joined_cells(kept)))
    elif parent is not None:
        parent.remove(check)


def _cells_of(refs: Sequence[str]) -> list[tuple[int, int]]:
    found = []
    for ref in refs:
        first, _, last = ref.partition(":")
        (row1, column1), (row2, column2) = at(first), at(last or first)
        found += [
            (row, column) for column in range(column1, column2 + 1) for row in range(row1, min(row2, row1 + 5000) + 1)
        ]
    return found
