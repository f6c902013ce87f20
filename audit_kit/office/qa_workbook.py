"""The QA workbook of a case: a page a return, with cells in which the reviewer decides.

What it says and how it looks is the team's layout; what is shown of each return is filled in here. The pages are read
back as every form is (``forms``): a hidden row and column say which cell is which mark.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from audit_kit.domain.qa_form import DECISIONS, OTHER_ROWS, CaseSummary, ReturnSummary
from audit_kit.domain.scales import SHORT
from audit_kit.office import room
from audit_kit.office.cell_addresses import address, at, fixed
from audit_kit.office.layout_book import BookLayout, refused
from audit_kit.office.layout_cells import SheetCells
from audit_kit.office.layout_contract import tabs_about_layout
from audit_kit.office.layout_grid import MAIN, Growth, Lines
from audit_kit.office.layout_notes import add_notes
from audit_kit.office.layout_pages import with_pages
from audit_kit.office.layout_parts import Assembly
from audit_kit.office.package_patch import CORE, core_properties, deflated
from audit_kit.office.qa_layout import NAMES, qa_layout_faults
from audit_kit.office.tool_layout import LISTS, MARK, START, quoted

_LINE_CHARACTERS = 150  # of a fact, which runs over the columns to its right
_DECIDED_IN = ("decision", "reason", "who")
_LIST_OF_DECISIONS = "list_of_decisions"


def write_qa_workbook(layout: BookLayout, case: CaseSummary) -> bytes:
    """The workbook of one case: an overview of its audits, then a page for each return that waits.

    AuditKitError, with every reason, when the layout can't be used.
    """
    faults = [fault.sentence for fault in qa_layout_faults(layout) if fault.stops]
    if faults:
        raise refused(layout.file, faults)
    tab = layout.names["page_mark"].tab
    layout = with_pages(layout, tab, [one.audit.agency for one in case.returns])
    assembly = Assembly(layout, (tab, *tabs_about_layout(layout)))
    assembly.forget_names([*NAMES, *(name for name in layout.names if name.startswith("look_"))])
    pages = tuple(_Page(assembly, layout, one) for one in case.returns)
    assembly.grow({START: _start_growth(layout, case), **{page.tab: page.growth for page in pages}})
    reference = f"{case.session} {case.case}"
    words = {"board": case.board, "case": case.case, "reference": reference}
    assembly.fill_in(words, {page.tab: {"agency": page.one.agency} for page in pages})
    _write_start(assembly, layout, case)
    for page in pages:
        page.write()
    _write_lists(assembly, case)
    for page in pages:
        if page.notes:
            add_notes(assembly, page.tab, [(cell, text, case.board) for cell, text in page.notes])
    _mark(assembly, {"audit_kit_form": "qa", "audit_kit_session": case.session, "audit_kit_case": case.case})
    assembly.forget_lost_names()
    properties = core_properties(
        title=f"Quality assurance, case {case.case}", subject=reference, author=case.board, keywords=reference
    )
    return assembly.package().with_parts({CORE: deflated(properties)}).to_bytes()


def _mark(assembly: Assembly, marks: Mapping[str, str]) -> None:
    assembly.mark(marks)
    for name, value in marks.items():
        assembly.name(name, f'"{value}"')


# --- Start ----------------------------------------------------------------------------------------------------


def _start_growth(layout: BookLayout, case: CaseSummary) -> Growth:
    rows = ((layout.names["start_return"].row, len(case.returns)), (layout.names["start_other"].row, len(case.others)))
    return Growth(Lines(tuple((row, 1, (row,) * count) for row, count in sorted(rows))))


def _write_start(assembly: Assembly, layout: BookLayout, case: CaseSummary) -> None:
    cells, rows = assembly.sheets[START], _start_growth(layout, case).rows
    reference = layout.names["start_reference"]
    cells.put(rows.places(reference.row)[0], reference.column, f"{case.session} {case.case}")
    column = layout.names["start_return"].column
    for row, one in zip(rows.places(layout.names["start_return"].row), case.returns, strict=True):
        cells.put(row, column, one.audit.agency)
        cells.put(row, column + 1, f"{one.agency}: {_at_a_glance(one)}")
        cells.link(row, column, f"{quoted(one.audit.agency)}!A1")
    column = layout.names["start_other"].column
    for number, row in enumerate(rows.places(layout.names["start_other"].row)):
        name, stands = case.others[number]
        cells.put(row, column + 1, f"{name}: {stands}")
        if number:
            cells.put(row, column, "")
    for row in cells.rows[1:]:
        cells.make_room(row, *cells.texts_of(row))


def _at_a_glance(one: ReturnSummary) -> str:
    flags = sum(len(line.pointed_out) for line in one.grades) + len(dict(one.facts).get("Pointed out", ()))
    pointed = f"{flags} thing{'s' if flags != 1 else ''} pointed out" if flags else "nothing pointed out"
    return f"{pointed}; your marks need changing" if one.asked else pointed


# --- a page ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Page:
    """One return's page while it is filled in."""

    assembly: Assembly
    layout: BookLayout
    one: ReturnSummary

    @property
    def tab(self) -> str:
        return self.one.audit.agency

    @property
    def cells(self) -> SheetCells:
        return self.assembly.sheets[self.tab]

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """What is known of the return, a label and a line each; the label only before its first line."""
        grades = (", ".join(f"{short} {grade}" for grade, short in SHORT.items()) + ".",)
        found: list[tuple[str, str]] = []
        for label, lines in (*self.one.facts, ("Grades", grades)):
            wrapped = [
                piece for line in lines for piece in textwrap.wrap(line, _LINE_CHARACTERS, break_on_hyphens=False)
            ]
            found += [(label if number == 0 else "", line) for number, line in enumerate(wrapped)]
        return found

    @cached_property
    def growth(self) -> Growth:
        rows = {"page_fact": len(self.facts), "page_number": len(self.one.grades), "page_other": OTHER_ROWS}
        return Growth(
            Lines(
                tuple(sorted((self.layout.names[n].row, 1, (self.layout.names[n].row,) * c) for n, c in rows.items()))
            )
        )

    def places(self, name: str) -> tuple[int, ...]:
        """The rows in which a named cell of the layout now stands."""
        return self.growth.rows.places(self.layout.names[name].row)

    @cached_property
    def marks(self) -> dict[str, int]:
        """Which row is which mark: reference → row."""
        rows = {ref: self.places(f"page_{ref}")[0] for ref in _DECIDED_IN}
        rows |= {line.ref: row for line, row in zip(self.one.grades, self.places("page_number"), strict=True)}
        return rows | {f"other.{n}": row for n, row in enumerate(self.places("page_other"), start=1)}

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What must be changed in marks that were given back: cell → what."""
        column = self.layout.names["page_answer"].column
        return [(address(self.marks[ref], column), text) for ref, text in self.one.asked.items() if ref in self.marks]

    def write(self) -> None:
        """Fill the page in."""
        cells, layout = self.cells, self.layout
        column = layout.names["page_fact"].column
        for row, (label, line) in zip(self.places("page_fact"), self.facts, strict=True):
            cells.put(row, column, label)
            cells.put(row, column + 1, line)
        for grade, row in zip(self.one.grades, self.places("page_number"), strict=True):
            shown = {
                "number": grade.ref, "question": grade.title, "grades": grade.grades, "others": grade.others,
                "pointed": "\n".join(grade.pointed_out),
            }  # fmt: skip
            for name, text in shown.items():
                cells.put(row, layout.names[f"page_{name}"].column, text)
        self._write_marks()
        self._write_ids()
        self._offer(self.places("page_decision"), layout.names["page_answer"].column, _LIST_OF_DECISIONS)
        self._offer(self.places("page_other"), layout.names["page_other"].column, _list_of(self.one))

    def _write_marks(self) -> None:
        """The marks that were given back, and rows high enough for what they hold."""
        answer, what = self.layout.names["page_answer"].column, self.layout.names["page_other"].column
        for ref, row in self.marks.items():
            columns = {answer: f"{ref}.mark", **({what: f"{ref}.what"} if ref.startswith("other.") else {})}
            for column, kept in columns.items():
                if self.one.kept.get(kept):
                    self.cells.put(row, column, self.one.kept[kept])
                if ref in self.one.asked:
                    self.assembly.dress_like(self.tab, row, column, "look_asked_again", is_open=True)
            least = self.cells.height(row)
            self.cells.set_height(row, room.height_for(*self.cells.texts_of(row), least=least), grows=True)

    def _write_ids(self) -> None:
        """The hidden row and column by which the marks are found again."""
        names, mark = self.layout.names, self.places("page_mark")[0]
        self.cells.put(mark, names["page_other"].column, "what")
        self.cells.put(mark, names["page_answer"].column, "mark")
        self.cells.put(mark, names["page_mark"].column, MARK + self.one.page)
        for ref, row in self.marks.items():
            self.cells.put(row, names["page_mark"].column, f"{self.tab}.{ref}")

    def _offer(self, rows: Sequence[int], column: int, name: str) -> None:
        """Let these cells offer a list, with the messages that the layout's check of them has."""
        checks = self.cells.section("dataValidations")
        cell = address(rows[0], column)
        check = next((each for each in checks if cell in _first_cells(each)), None)
        if check is None:
            check = etree.SubElement(checks, f"{MAIN}dataValidation", sqref=f"{cell}:{address(rows[-1], column)}")
        for part in list(check):
            check.remove(part)
        check.set("type", "list")
        check.set("allowBlank", "1")
        check.set("showErrorMessage", "1")
        etree.SubElement(check, f"{MAIN}formula1").text = name
        checks.set("count", str(len(checks)))


def _first_cells(check: etree._Element) -> list[str]:
    return [address(*at(ref.partition(":")[0])) for ref in check.get("sqref", "").split()]


def _list_of(one: ReturnSummary) -> str:
    return f"list_of_{one.audit.agency.replace('-', '_')}"


def _write_lists(assembly: Assembly, case: CaseSummary) -> None:
    """What is offered, each list under its defined name."""
    cells = assembly.sheets[LISTS]
    lists: dict[str, tuple[str, ...]] = {_LIST_OF_DECISIONS: DECISIONS}
    lists |= {_list_of(one): tuple(words for words, _ in one.elsewhere) for one in case.returns}
    for column, (name, choices) in enumerate(lists.items(), start=1):
        cells.put(4, column, name)
        for row, choice in enumerate(choices, start=5):
            cells.put(row, column, choice)
        assembly.name(name, f"{LISTS}!{fixed(5, column)}:{fixed(4 + len(choices), column)}")
