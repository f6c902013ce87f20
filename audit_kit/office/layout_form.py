"""What a layout must have to carry a form: the names of its cells, and where each of the form's cells then stands.

The contract, for a sheet whose id is ``questions``:

* ``questions_mark``: the cell in which the hidden row and the hidden column cross
* ``questions_number``, ``questions_wording``, ``questions_status``, ``questions_asked``, ``questions_guidance``:
  the cells of the prototype row that don't take an answer
* ``questions_evidence`` and so on: the cell of the prototype row for each field; or ``questions_any``, one column
  that is repeated for every field
* ``auditor_row_date`` and so on, on a sheet of single questions: the prototype row for each sort of answer

The row above the first prototype row is the header row.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from audit_kit.domain.tool import AuditTool, Field, Layout, Question, Sheet
from audit_kit.office.layout_book import BookLayout, NamedCells
from audit_kit.office.layout_cells import SheetCells
from audit_kit.office.layout_grid import Growth, Lines
from audit_kit.office.layout_wording import as_worded, wording_lines
from audit_kit.office.tool_layout import SheetPlan

ANY = "any"


def prefix_of(sheet_id: str) -> str:
    """How the names of a sheet's cells begin: ``questions_``. No name may hold a hyphen."""
    return sheet_id.replace("-", "_") + "_"


@dataclass(frozen=True)
class SheetLayout:
    """One answer sheet as the layout has it."""

    tab: str
    mark: NamedCells
    columns: Mapping[str, int]  # leading cells, fields and ANY → column of the layout
    rows: Mapping[str, int]  # sort of answer, or ANY → prototype row
    headings: Mapping[str, str]  # field → what its heading says
    widths: Mapping[str, float]

    @property
    def first_row(self) -> int:
        """The first prototype row."""
        return min(self.rows.values())

    def row_for(self, sheet: Sheet, question: Question) -> int:
        """The prototype row from which this question's row grows."""
        return self.rows[question.kind.value if sheet.layout is Layout.FORM else ANY]


@dataclass(frozen=True)
class Missing:
    """A name that the layout lacks."""

    name: str
    near: str  # the most like one that it has instead, "" when none is like it
    means: str  # in words

    def sentence(self) -> str:
        """In words, for whoever edits the layout."""
        instead = f"; the nearest one there is *{self.near}*" if self.near else ""
        return f"the name *{self.name}* ({self.means}) is missing{instead}. Formulas, Name Manager, New gives it back"


def missing_names(layout: BookLayout, form: AuditTool) -> tuple[Missing, ...]:
    """Every name that this form needs and the layout lacks or has pointing nowhere."""
    wanted = {name: means for sheet in form.sheets for name, means in _wanted(layout, sheet)}
    spare = [name for name in layout.names if name not in wanted]
    return tuple(
        Missing(name, next(iter(difflib.get_close_matches(name, spare, 1, 0.6)), ""), means)
        for name, means in wanted.items()
        if name not in layout.names
    )


def _wanted(layout: BookLayout, sheet: Sheet) -> Iterator[tuple[str, str]]:
    on, prefix = f"on the sheet {sheet.title}", prefix_of(sheet.id)
    yield f"{prefix}mark", f"where the hidden row and column cross {on}"
    for name in _leading(sheet):
        yield f"{prefix}{name}", f"the {name} in the prototype row {on}"
    if f"{prefix}{ANY}" not in layout.names:
        for field in sheet.fields:
            yield f"{prefix}{field.id}", f"{field.heading} in the prototype row {on}"
    if sheet.layout is Layout.FORM:
        for kind in dict.fromkeys(question.kind.value for question in sheet.questions):
            yield f"{prefix}row_{kind}", f"the prototype row for {_SORTS[kind]} {on}"


_SORTS = {
    "text": "a line of text", "long": "a long answer", "date": "a date", "choice": "a choice from a list",
    "number": "a number", "name": "a person's name",
}  # fmt: skip


def _leading(sheet: Sheet) -> tuple[str, ...]:
    if sheet.layout is Layout.TABLE:
        return "number", "status"
    asked = ("asked",) if sheet.layout is Layout.GRID and any(question.hint for question in sheet.questions) else ()
    guidance = ("guidance",) if any(question.guidance for question in sheet.questions) else ()
    return ("number", "wording", "status", *asked, *guidance)


@lru_cache(maxsize=64)
def sheet_layout(layout: BookLayout, sheet_id: str) -> SheetLayout:
    """One answer sheet of a layout that lacks no name."""
    prefix = prefix_of(sheet_id)
    rows_from = f"{prefix}row_"
    mark = layout.names[f"{prefix}mark"]
    named = {
        name.removeprefix(prefix): cells
        for name, cells in layout.names.items()
        if name.startswith(prefix) and cells.tab == mark.tab and name != f"{prefix}mark"
    }
    rows = {
        name.removeprefix("row_"): cells.row for name, cells in named.items() if f"{prefix}{name}".startswith(rows_from)
    }
    columns = {name: cells.column for name, cells in named.items() if not name.startswith("row_")}
    rows = rows or {ANY: named["number"].row}
    cells = SheetCells(layout.xml(layout.sheets[mark.tab]), layout.strings)
    header = min(rows.values()) - 1
    headings = {name: " ".join(cells.text(header, column).split()) for name, column in columns.items()}
    widths = {name: cells.width(column) for name, column in columns.items()}
    return SheetLayout(mark.tab, mark, columns, rows, headings, widths)


@lru_cache(maxsize=128)
def worded(layout: BookLayout, form: AuditTool) -> AuditTool:
    """The form with its sheets, columns and questions called as the layout calls them, so that letters say the same."""
    return replace(form, sheets=tuple(_worded(layout, sheet) for sheet in form.sheets))


@lru_cache(maxsize=256)  # so that what tools have in common is there once
def _worded(layout: BookLayout, sheet: Sheet) -> Sheet:
    if f"{prefix_of(sheet.id)}mark" not in layout.names:
        return sheet
    found, lines = sheet_layout(layout, sheet.id), {line.ref: line for line in wording_lines(layout)}

    def as_laid_out(field: Field) -> Field:
        if field.id not in found.columns:
            return field
        return replace(field, heading=found.headings[field.id] or field.heading, width=round(found.widths[field.id]))

    questions = tuple(as_worded(question, lines) for question in sheet.questions)
    return replace(sheet, title=found.tab, questions=questions, fields=tuple(map(as_laid_out, sheet.fields)))


@lru_cache(maxsize=128)
def growth_of(layout: BookLayout, sheet: Sheet) -> Growth:
    """How an answer sheet grows: a row for every question, and where a column repeats, one for every field."""
    found = sheet_layout(layout, sheet.id)
    first, last = found.first_row, max(found.rows.values())
    sources = tuple(found.row_for(sheet, question) for question in sheet.questions)
    columns = (
        Lines(((found.columns[ANY], 1, (found.columns[ANY],) * len(sheet.fields)),))
        if ANY in found.columns
        else Lines()
    )
    return Growth(Lines(((first, last - first + 1, sources),)), columns)


@lru_cache(maxsize=128)  # asked for each thing that is asked again, too
def plan_in(layout: BookLayout, sheet: Sheet) -> SheetPlan:
    """The rows and columns of this sheet as they are when the layout has grown."""
    found, growth = sheet_layout(layout, sheet.id), growth_of(layout, sheet)
    columns = {name: growth.columns.places(column)[0] for name, column in found.columns.items() if name != ANY}
    widths = dict(found.widths)
    if ANY in found.columns:
        places = growth.columns.places(found.columns[ANY])
        columns |= {field.id: place for field, place in zip(sheet.fields, places, strict=True)}
        widths |= {field.id: found.widths[ANY] for field in sheet.fields}
    return SheetPlan(
        sheet, found.mark.row, found.first_row - 1, growth.columns.places(found.mark.column)[0], columns, widths
    )
