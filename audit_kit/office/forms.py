"""What a workbook that came in says: which form it is, whose audit, what it answers, what worries its author.

Works on the values that the gate read (``safe_read``), never on the file. Everything is found by references
that stand in the sheet itself, so that renamed sheets, inserted rows and another program's saving do no
harm. What can't be found for certain is said, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_kit.domain.concern import ConcernAnswers
from audit_kit.domain.references import AuditRef
from audit_kit.domain.standard_sheets import CONCERN
from audit_kit.domain.tool import AuditTool, Sheet
from audit_kit.errors import AuditKitError
from audit_kit.office.form_grid import Grid, OwnWords, grids_of, places_named
from audit_kit.office.tool_layout import CHECK_CODE, GUIDANCE, LISTS, META, PRINTED_REFERENCE, START

if TYPE_CHECKING:
    from audit_kit.office.safe_read import CellText, SheetText, WorkbookText

KINDS = (
    "plan", "involvement", "tool", "review", "qa", "concern", "engagement", "feedback", "meeting", "actions", "on-file", "sign-off", "learning", "agreed",
)  # fmt: skip
_OUR_SHEETS = (START, GUIDANCE, LISTS, META)
_PRINTED = re.compile(r"(?P<audit>\S+) \(round (?P<round>\d+)\)")
_NAMED = re.compile(r'"?(?P<audit>[^"\s]+)/r(?P<round>\d+)"?')
_CODE = "audit_kit_code"


@dataclass(frozen=True)
class ToolIdentity:
    """Which audit a tool says it is. ``audit`` is None when it says nothing, or not the same everywhere."""

    audit: AuditRef | None
    round: int | None
    disagreements: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()  # every check code in it (``domain.check_code``)


@dataclass(frozen=True)
class ReadAnswers:
    """Every answer by its reference, and what stood in the way of reading."""

    answers: Mapping[str, str]
    formulas: frozenset[str] = frozenset()  # answers where a formula stood; not among the answers
    extras: tuple[tuple[str, str], ...] = ()  # (kind, place) of what was typed where nothing is asked
    damage: tuple[str, ...] = ()  # in plain words


def form_kind(book: WorkbookText) -> str | None:
    """Which of the kit's forms this is, by what is in it; None when it is none of them."""
    for said in _said_of_the_form(book):
        if (kind := said.strip().casefold()) in KINDS:
            return kind
    # the answer sheets copied into a new workbook: nothing names the form but the sheets' own marks
    return "tool" if "concern" in grids_of(book) and "questions" in grids_of(book) else None


def _said_of_the_form(book: WorkbookText) -> Iterator[str]:
    yield book.properties.get("audit_kit_form", "")
    yield book.defined_names.get("audit_kit_form", "").strip('="')
    yield from _beside(book, "audit_kit_form")["audit_kit_form"]


def mark_of(book: WorkbookText, name: str) -> str:
    """What a form of the kit's own carries under this name ("audit_kit_session"); "" when it carries nothing."""
    return (book.properties.get(name, "") or book.defined_names.get(name, "").strip('="')).strip()


def tool_identity(book: WorkbookText) -> ToolIdentity:
    """Which audit and round this tool is, from all the places that say so.

    A place that is empty, as another program leaves it, says nothing; two that differ are a disagreement,
    and then neither is believed.
    """
    beside = _beside(book, "audit_kit_round", "audit_kit_audit", PRINTED_REFERENCE, _CODE, CHECK_CODE)
    said = tuple(_identities(book, beside))
    if not said:
        return ToolIdentity(None, None)
    first_place, audit, round_number = said[0]
    disagreements = tuple(
        f"The audit reference {place} is not the one {first_place}."
        for place, other, other_round in said[1:]
        if (other, other_round) != (audit, round_number)
    )
    if disagreements:
        return ToolIdentity(None, None, disagreements)
    return ToolIdentity(audit, round_number, codes=frozenset(_codes(book, beside)))


_ASK_ABOUT_RISK = ("tool", "involvement")


def read_concern(book: WorkbookText) -> ConcernAnswers:
    """What the concern sheet says, from any workbook that has one: no audit needs to be known for it.

    Where its hidden references are gone, everything on it that is not the form's own wording counts. A form that asks about
    risk and comes back without that sheet has it as a blank one.
    """
    fields = {question.ref.partition(".")[2] for question in CONCERN.questions}
    typed: dict[str, str] = {}
    formulas: set[str] = set()
    elsewhere: list[str] = []
    grids = grids_of(book).get(CONCERN.id, ())
    own = OwnWords.of(CONCERN, grids)
    for grid in grids:
        for row, column, cell in grid.cells:
            ref, field_id = grid.refs.get(row, ""), grid.fields.get(column, "")
            name = ref.partition(".")[2]
            if ref and field_id == "answer" and name in fields and name not in typed:
                if cell.is_formula:
                    formulas.add(f"{ref}.answer")
                else:
                    typed[name] = cell.text.strip()
            elif not cell.is_formula and cell.text not in own:
                elsewhere.append(cell.text.strip())
    unmarked = [] if grids else [sheet for sheet in book.sheets if _looks_like_concern(sheet)]
    for sheet in unmarked:
        elsewhere += [
            cell.text.strip() for _, cell in sorted(sheet.cells.items())
            if cell.text.strip() and not cell.is_formula and cell.text not in own
        ]  # fmt: skip
    found = bool(grids or unmarked) or form_kind(book) in _ASK_ABOUT_RISK
    return ConcernAnswers(found, **typed, elsewhere=tuple(elsewhere), formulas=frozenset(formulas))


def read_answers(book: WorkbookText, tool: AuditTool, *, blank_too: bool = False) -> ReadAnswers:
    """Every answer of this tool, by its reference.

    What is there twice and differs, and what can't be found, is left out and said under ``damage``. Raises
    AuditKitError when there is no answer at all: that is a file gone wrong. With ``blank_too`` it may be a form that
    nobody filled in: every question is in its place, and nothing is typed anywhere.
    """
    found: dict[str, set[str]] = defaultdict(set)
    formulas: set[str] = set()
    damage: list[str] = []
    grids = grids_of(book)
    for sheet in tool.sheets:
        damage += _damage_of(sheet, grids.get(sheet.id, ()), book)
        for ref, cell in _answer_cells(sheet, grids.get(sheet.id, ()), book):
            if cell.is_formula:
                formulas.add(ref)
            elif cell.text.strip():
                found[ref].add(cell.text.strip())
    answers = {ref: next(iter(found[ref])) for ref in tool.answer_refs if len(found.get(ref, ())) == 1}
    for ref in (ref for ref in tool.answer_refs if len(found.get(ref, ())) > 1):
        place = tool.place(ref)
        damage.append(f"Two different answers stand for {place.in_words() if place else ref}; neither was taken.")
    extras = tuple(_extras(book, tool, grids))
    if not answers and (damage or extras or not blank_too):
        raise AuditKitError(
            "There is no answer in this form.",
            not_happened="It was not taken as a return.",
            next_step="Ask the sender for the file in which the answers were typed.",
        )
    return ReadAnswers(answers, frozenset(formulas), extras, tuple(damage))


def _identities(book: WorkbookText, beside: Mapping[str, list[str]]) -> Iterator[tuple[str, AuditRef, int]]:
    """(place in words, audit, round) wherever a well-formed reference stands; ``beside``: what stands beside the labels."""
    properties = f"{book.properties.get('audit_kit_audit', '')}/r{book.properties.get('audit_kit_round', '')}"
    yield from _parsed("in the file's properties", _NAMED.fullmatch(properties))
    name = book.defined_names.get("audit_kit_audit", "").strip("=")
    yield from _parsed("in the workbook's defined names", _NAMED.fullmatch(name))
    rounds = beside["audit_kit_round"]
    for number, audit in enumerate(beside["audit_kit_audit"]):
        text = f"{audit}/r{rounds[number] if number < len(rounds) else ''}".removesuffix(".0")
        yield from _parsed("on the hidden sheet", _NAMED.fullmatch(text))
    for text in beside[PRINTED_REFERENCE]:
        yield from _parsed("printed on the Start sheet", _PRINTED.fullmatch(text))


def _codes(book: WorkbookText, beside: Mapping[str, list[str]]) -> Iterator[str]:
    """The check code wherever one stands."""
    marks = (book.properties.get(_CODE, ""), book.defined_names.get(_CODE, "").strip('="'))
    said = (*marks, *beside[_CODE], *beside[CHECK_CODE])
    yield from (code.strip() for code in said if code.strip())


def _parsed(place: str, match: re.Match[str] | None) -> Iterator[tuple[str, AuditRef, int]]:
    audit = AuditRef.parse(match["audit"]) if match else None
    if match and audit:
        yield place, audit, int(match["round"])


def _beside(book: WorkbookText, *labels: str) -> dict[str, list[str]]:
    """For each of these labels the texts to the right of the cells that read exactly so."""
    found: dict[str, list[str]] = {label: [] for label in labels}
    for sheet in book.sheets:
        for (row, column), (text, _) in sheet.cells.items():
            told = found.get(text.strip())
            if told is None:  # of thousands all but a few
                continue
            neighbour = sheet.cells.get((row, column + 1))
            if neighbour is not None and not neighbour.is_formula:
                told.append(neighbour.text.strip())
    return found


def _looks_like_concern(sheet: SheetText) -> bool:
    wordings = {question.wording for question in CONCERN.questions}
    return sheet.name.strip().casefold() == CONCERN.title.casefold() or (
        sum(cell.text.strip() in wordings for cell in sheet.cells.values()) >= 2
    )


def _damage_of(sheet: Sheet, grids: tuple[Grid, ...], book: WorkbookText) -> Iterator[str]:
    if not grids:
        yield f"The sheet {sheet.title} is missing, or the hidden row that its answers are found by is gone."
        return
    if len(grids) > 1:
        yield f"The sheet {sheet.title} is there {len(grids)} times."
    for grid in grids:
        rows, columns = Counter(grid.refs.values()), Counter(grid.fields.values())
        for question in sheet.questions:
            if rows[question.ref] > 1:
                yield f"{_row_in_words(sheet, question.number)} stands there twice."
            if not rows[question.ref] and not places_named(book, question.ref):
                yield f"{_row_in_words(sheet, question.number)} is missing."
        for column in sheet.fields:
            if columns[column.id] != 1:
                yield f"On the sheet {sheet.title} the column {column.heading} can't be found for certain."
        yield from _inserted_rows(sheet, grid)
        if _is_sorted_apart(sheet, grid):
            yield (
                f"On the sheet {sheet.title} the rows were sorted or moved without their hidden column: which answer belongs "
                "to which question can't be said for certain."
            )


def _is_sorted_apart(sheet: Sheet, grid: Grid) -> bool:
    """Whether the numbers that a reader sees stand in another order than the references by which answers are found.

    By their order, not one by one: a later version of the form may have numbered its questions anew.
    """
    fields = {field.id for field in sheet.fields}
    refs = {question.ref: place for place, question in enumerate(sheet.questions)}
    numbers = {question.number: place for place, question in enumerate(sheet.questions)}
    shown: dict[int, set[int]] = defaultdict(set)
    for row, column, cell in grid.cells:
        number = numbers.get(cell.text.strip())
        if number is None or column == grid.mark[1] or grid.fields.get(column) in fields:
            continue
        place = refs.get(grid.refs.get(row, ""))
        if place is not None:
            shown[place].add(number)
    in_order = [number for _, found in sorted(shown.items()) if len(found) == 1 for number in found]
    return in_order != sorted(in_order)


def _inserted_rows(sheet: Sheet, grid: Grid) -> Iterator[str]:
    """Rows put in between the questions with something typed where answers go: whose answer it is, nobody knows."""
    refs, ids = {question.ref for question in sheet.questions}, {column.id for column in sheet.fields}
    asked = {row for row, ref in grid.refs.items() if ref in refs}
    first, last = min(asked, default=0), max(asked, default=0)
    rows = {
        row
        for row, column, cell in grid.cells
        if first < row < last and row not in asked and grid.fields.get(column) in ids and not cell.is_formula
    }
    for row in sorted(rows):
        yield f"On the sheet {sheet.title}, row {row} holds text but belongs to no question."


def _row_in_words(sheet: Sheet, number: str) -> str:
    return f"On the sheet {sheet.title}, the row of {number}"


def _answer_cells(sheet: Sheet, grids: tuple[Grid, ...], book: WorkbookText) -> Iterator[tuple[str, CellText]]:
    """(answer reference, cell) for every answer that stands in a grid, or where its defined name points."""
    refs, fields = {q.ref for q in sheet.questions}, [column.id for column in sheet.fields]
    seen = set()
    for grid in grids:
        doubtful = {name for name in fields if list(grid.fields.values()).count(name) != 1}
        for row, column, cell in grid.cells:
            ref, field_id = grid.refs.get(row), grid.fields.get(column)
            if ref in refs:
                seen.add(ref)
            if ref in refs and field_id in fields and field_id not in doubtful:
                yield f"{ref}.{field_id}", cell
    for ref in refs - seen:
        named = places_named(book, ref)
        if len(named) == len(fields):
            for field_id, there in zip(fields, named, strict=True):
                if there is not None:
                    yield f"{ref}.{field_id}", there


def _extras(book: WorkbookText, tool: AuditTool, grids: Mapping[str, tuple[Grid, ...]]) -> Iterator[tuple[str, str]]:
    """Text where nothing is asked: by kind and place, never by content."""
    for sheet in tool.sheets:
        refs = {question.ref for question in sheet.questions}
        own = OwnWords.of(sheet, grids.get(sheet.id, ()))
        for grid in grids.get(sheet.id, ()):
            for row, column, cell in grid.cells:
                asked = grid.refs.get(row) in refs and column in grid.fields
                if not asked and not cell.is_formula and cell.text not in own:
                    yield "text outside the answer cells", f"sheet {sheet.title}, row {row}, column {column}"
    ours = {id(grid.text) for found in grids.values() for grid in found}
    for number, other in enumerate(book.sheets, start=1):
        if id(other) not in ours and other.name not in _OUR_SHEETS and other.cells:
            yield "a sheet that is not the form's", f"sheet {number} of the workbook"
