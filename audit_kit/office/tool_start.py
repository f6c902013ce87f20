"""The sheets around the questions of a form that is made from a layout: Start, Guidance and the two hidden ones.

Everything that they say stands in the layout; what differs from copy to copy goes into its named cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audit_kit.domain import scales
from audit_kit.domain.tool import AuditTool, Question
from audit_kit.office.cell_addresses import address, fixed
from audit_kit.office.layout_book import BookLayout
from audit_kit.office.layout_cells import SheetCells
from audit_kit.office.layout_grid import Growth, Lines
from audit_kit.office.layout_parts import Assembly
from audit_kit.office.tool_formulas import involved_test, left_formula, unfinished_test
from audit_kit.office.tool_layout import LISTS, META, SheetPlan, answer_name, quoted
from audit_kit.office.tool_rules import lists_of
from audit_kit.office.tool_status import open_question, open_words
from audit_kit.office.tool_weighing import is_weighed, weighing_formulas

PERSONAL = (
    "reference",
    "case",
    "agency",
    "tier",
    "from",
    "to",
    "due",
    "code",
)  # what differs from copy to copy on Start
_META_FIRST = 4
_LISTED = ("start_unfinished", "start_unfinished_more")  # the prototype rows of the list of what is to finish
_PRINTED = 55  # lines of the list of what is to finish that one page shows; a layout may leave later ones off the page
_PARTS = ("number", "question", "prompts", *(f"grade_{n}" for n in range(1, len(scales.JUDGED) + 1)))


@dataclass(frozen=True)
class ToolWords:
    """What is the same in every copy for one theme and area: the Board's own words."""

    board_name: str
    area_name: str  # "Hackney"
    theme_title: str  # "Neglect"
    urgent_phone: str  # whom to ring about an immediate concern, now
    team_mailbox: str
    area_note: str = ""  # a sentence of the area's own, such as care with details in a small place
    subjects: str = ""  # about whom this agency is asked: "the parents or carers"
    lead_role: str = ""  # of the agency's lead, as we have it; to be checked

    def outline(self) -> ToolWords:
        """Of each word only whether there is one: by that lines of a layout come and go."""
        return ToolWords(*(name if getattr(self, name) else "" for name in self.__dataclass_fields__))

    def by_token(self) -> dict[str, str]:
        """The words as the layout asks for them: ``{board}``."""
        return {
            "board": self.board_name,
            "area": self.area_name,
            "theme": self.theme_title,
            "urgent phone": self.urgent_phone,
            "mailbox": self.team_mailbox,
            "area note": self.area_note,
            "subjects": self.subjects,
            "lead role": self.lead_role,
        }


@dataclass(frozen=True)
class Request:
    """One thing that is asked for again: where, in the reader's words, and what."""

    place: str
    link: str  # "'Questions'!G7", or "" when it is about no single cell
    text: str


# --- Start ---------------------------------------------------------------------------------------------


def start_growth(
    layout: BookLayout, plans: Sequence[SheetPlan], requests: Sequence[Request] | None, words: Mapping[str, str]
) -> Growth:
    """How Start grows: a line for every sheet and request, and without those lines that this copy has no use for."""
    gone = sorted(
        (cells.row, cells.last_row) for name, cells in layout.names.items() if _is_left_out(name, requests, words)
    )
    blocks = [(first, last - first + 1, ()) for first, last in gone]
    listed = len(_all_questions(plans))
    printed = min(listed, _PRINTED) if "start_unfinished_more" in layout.names else listed
    many = {
        "start_sheet": len(plans), "start_request": len(requests or ()),
        "start_unfinished": printed, "start_unfinished_more": listed - printed,
    }  # fmt: skip
    for name, count in many.items():
        if name in layout.names and not any(first <= layout.names[name].row <= last for first, last in gone):
            row = layout.names[name].row
            blocks.append((row, 1, (row,) * count))  # type: ignore[arg-type]
    return Growth(Lines(tuple(sorted(blocks))))


def _is_left_out(name: str, requests: Sequence[Request] | None, words: Mapping[str, str]) -> bool:
    """Names that begin so mark the lines of a layout that only some copies have."""
    if name.startswith("only_fresh"):
        return requests is not None
    if name.startswith("only_sent_back"):
        return not requests
    if name.startswith("only_with_"):
        return not words.get(name.removeprefix("only_with_").rstrip("_0123456789").replace("_", " "), "")
    return False


@dataclass(frozen=True)
class StartSheet:
    """Start as it has grown: where each named cell of the layout now stands."""

    cells: SheetCells
    layout: BookLayout
    growth: Growth

    def place(self, name: str, nth: int = 0) -> tuple[int, int]:
        """Row and column of a named cell, of the nth copy where its row was repeated."""
        return self.places(name)[nth]

    def places(self, name: str) -> list[tuple[int, int]]:
        """Row and column of every copy of a named cell."""
        found = self.layout.names[name]
        return [(row, found.column) for row in self.growth.rows.places(found.row)]

    def has(self, name: str) -> bool:
        """Whether this copy has the named cell."""
        return name in self.layout.names and bool(self.growth.rows.places(self.layout.names[name].row))

    def make_room(self) -> None:
        """Make every row below the title and its introduction, which run on to the right, high enough for its texts."""
        for row in self.cells.rows:
            texts = self.cells.texts_of(row)
            if len(texts) > 1:
                self.cells.make_room(row, *texts)


def write_start(start: StartSheet, plans: Sequence[SheetPlan], requests: Sequence[Request] | None) -> dict[str, str]:
    """Write what is worked out and what is asked again, and return where what differs stands: name → cell."""
    places = {name: address(*start.place(f"start_{name}")) for name in PERSONAL if start.has(f"start_{name}")}
    if start.has("start_ready"):
        places |= _write_counts(start, plans)
    if start.has("start_unfinished"):
        places |= _write_unfinished(start, plans)
    for number, request in enumerate(requests or ()):
        row, column = start.place("start_request", number)
        start.cells.put(row, column, request.place)
        start.cells.put(row, column + 1, request.text)
        start.cells.link(row, column, request.link)
    start.make_room()
    return places


def _write_counts(start: StartSheet, plans: Sequence[SheetPlan]) -> dict[str, str]:
    first, last = _left_row(0), _left_row(len(plans) - 1)
    total = f"SUM({META}!$B${first}:$B${last})"
    start.cells.put(*start.place("start_ready"), "", f'IF({total}=0,"Yes","No, "&{total}&" to finish")')
    places = {"ready": address(*start.place("start_ready"))}
    for number, plan in enumerate(plans):
        row, column = start.place("start_sheet", number)
        left = f"{META}!$B${_left_row(number)}"
        start.cells.put(row, column, plan.sheet.title)
        start.cells.link(row, column, f"{quoted(plan.sheet.title)}!A1")
        start.cells.put(row, column + 1, "", f'IF({left}=0,"Ready",{left}&" to finish")')
        places[f"left_{plan.sheet.id}"] = address(row, column + 1)
    return places


def _write_unfinished(start: StartSheet, plans: Sequence[SheetPlan]) -> dict[str, str]:
    """A link to each question that is to finish, which the hidden sheet numbers; the lines left over stay empty."""
    first, last = _open_rows(plans)
    numbers = f"{META}!$B${first}:$B${last}"
    places: dict[str, str] = {}
    lines = [place for name in _LISTED if start.has(name) for place in start.places(name)]
    for n, (row, column) in enumerate(lines, start=1):

        def of(letter: str, n: int = n) -> str:
            return f"INDEX({META}!${letter}${first}:${letter}${last},MATCH({n},{numbers},0))"

        start.cells.put(row, column, "", f'IFERROR(HYPERLINK({of("C")},{of("D")}),"")')
        start.cells.put(row, column + 1, "", f'IFERROR({of("E")}&{of("F")},"")')
        places |= {f"open_{n}": address(row, column), f"open_word_{n}": address(row, column + 1)}
    return places


# --- Guidance ------------------------------------------------------------------------------------------


def guided(plans: Iterable[SheetPlan]) -> list[tuple[SheetPlan, Question]]:
    """The questions that have guidance, in their order."""
    return [(plan, question) for plan in plans for question in plan.sheet.questions if question.guidance]


def guidance_growth(layout: BookLayout, plans: Sequence[SheetPlan]) -> Growth:
    """A row for every question that has guidance."""
    row = layout.names["guidance_number"].row
    return Growth(Lines(((row, 1, (row,) * len(guided(plans))),)))


def guidance_written(plans: Sequence[SheetPlan]) -> object:
    """What is written on the sheet Guidance."""
    return tuple(
        (plan.sheet.title, plan.address(question.ref, plan.sheet.fields[0].id), question)
        for plan, question in guided(plans)
    )


def write_guidance(assembly: Assembly, plans: Sequence[SheetPlan]) -> dict[str, str]:
    """Prompts and what each grade looks like, with a link back to each question; returns the names of its rows."""
    named = {part: assembly.layout.names[f"guidance_{part}"] for part in _PARTS}
    tab = named["number"].tab
    cells, names = assembly.sheets[tab], {}
    for row, (plan, question) in enumerate(guided(plans), start=named["number"].row):
        prompts, grades = _parts_of(question.guidance)
        texts = dict(
            zip(
                _PARTS,
                (question.number, question.wording, prompts, *(grades.get(g, "") for g in scales.JUDGED)),
                strict=True,
            )
        )
        for part, text in texts.items():
            cells.put(row, named[part].column, text)
        first = plan.address(question.ref, plan.sheet.fields[0].id)
        cells.link(row, named["number"].column, f"{quoted(plan.sheet.title)}!{first}")
        widths = [(text, cells.width(named[part].column)) for part, text in texts.items()]
        cells.make_room(row, *widths)
        names[f"guidance_{question.ref}"] = f"{quoted(tab)}!{fixed(row, named['number'].column)}"
    return names


def _parts_of(guidance: str) -> tuple[str, Mapping[str, str]]:
    """The question with its prompts, and what each grade looks like."""
    grades, rest = {}, []
    for line in guidance.split("\n"):
        grade, colon, text = line.partition(": ")
        if colon and grade in scales.JUDGED:
            grades[grade] = text
        else:
            rest.append(line)
    return "\n".join(rest).strip(), grades


# --- the hidden sheets ---------------------------------------------------------------------------------


def write_lists(assembly: Assembly, form: AuditTool) -> dict[str, str]:
    """Every list of choices, each under the defined name that is returned with its place."""
    cells, names = assembly.sheets[LISTS], {}
    for column, (name, words) in enumerate(lists_of(form), start=1):
        cells.put(4, column, name)
        for row, word in enumerate(words, start=5):
            cells.put(row, column, word)
        names[name] = f"{LISTS}!{fixed(5, column)}:{fixed(4 + len(words), column)}"
    return names


def write_meta(
    assembly: Assembly, form: AuditTool, marks: Mapping[str, str], plans: Sequence[SheetPlan], *, counts: bool
) -> dict[str, str]:
    """The hidden sheet by which a return is recognised, and on which it is counted what is to finish.

    Returns where its cells stand: name → cell.
    """
    cells, places = assembly.sheets[META], {}
    for row, (name, value) in enumerate(marks.items(), start=_META_FIRST):
        cells.put(row, 1, name)
        cells.put(row, 2, "" if value.startswith("@@") else value)  # what differs from copy to copy comes later
        places[name] = address(row, 2)
    if not counts:
        return places
    for number, plan in enumerate(plans):
        row = _left_row(number)
        cells.put(row, 1, f"left_{plan.sheet.id}")
        cells.put(row, 2, "", left_formula(plan))
        places[f"meta_left_{plan.sheet.id}"] = address(row, 2)
    first, _ = _open_rows(plans)
    for row, (plan, question) in enumerate(_all_questions(plans), start=first):
        status = f'INDEX({plan.range_of("status")},MATCH("{question.ref}",{plan.range_of("ids")},0))'
        cells.put(row, 1, question.ref)
        cells.put(row, 2, "", f'IF({unfinished_test(f"$E{row}")},COUNT($B${first - 1}:$B{row - 1})+1,"")')
        cells.put(row, 3, f"#{answer_name(question.ref)}")
        cells.put(row, 4, open_words(plan, question))
        cells.put(row, 5, "", f'IFERROR({status},"")')
        cells.put(row, 6, open_question(question))
        places |= {f"open_number_{question.ref}": address(row, 2), f"open_status_{question.ref}": address(row, 5)}
    return places | _write_weighing(assembly, form, plans)


def _write_weighing(assembly: Assembly, form: AuditTool, plans: Sequence[SheetPlan]) -> dict[str, str]:
    """What the status column asks of the texts and grades, each in a cell with a name."""
    by_id, places = {plan.sheet.id: plan for plan in plans}, {}
    _, last = _open_rows(plans)
    formulas = weighing_formulas(form, by_id, involved_test(by_id)) if is_weighed(by_id) else {}
    for row, (name, formula) in enumerate(formulas.items(), start=last + 2):
        assembly.sheets[META].put(row, 1, name)
        assembly.sheets[META].put(row, 2, "", formula)
        assembly.name(name, f"{META}!{fixed(row, 2)}")
        places[name] = address(row, 2)
    return places


def _all_questions(plans: Sequence[SheetPlan]) -> list[tuple[SheetPlan, Question]]:
    return [(plan, question) for plan in plans for question in plan.sheet.questions]


def _left_row(number: int) -> int:
    """The row of the hidden sheet that counts what is to finish on the nth answer sheet."""
    return _META_FIRST + 8 + number


def _open_rows(plans: Sequence[SheetPlan]) -> tuple[int, int]:
    """The rows of the hidden sheet on which the questions are numbered that are to be finished."""
    first = _left_row(len(plans)) + 2
    return first, first + len(_all_questions(plans)) - 1
