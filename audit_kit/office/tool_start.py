"""The sheets around the questions: Start, Guidance, and the hidden one by which a return is recognised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain import scales
from audit_kit.domain.tool import AuditTool, Question
from audit_kit.office import look
from audit_kit.office.tool_layout import CHECK_CODE, GUIDANCE, META, START, SheetPlan, quoted
from audit_kit.office.tool_sheets import protect, set_page, write_heading, write_title
from audit_kit.office.tool_status import left_formula

_LABEL_WIDTH, _TEXT_WIDTH = 38, 104


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


@dataclass(frozen=True)
class Request:
    """One thing that is asked for again: where, in the reader's words, and what."""

    place: str
    link: str  # "'Questions'!G7", or "" when it is about no single cell
    text: str


class StartSheet:
    """Writes the Start sheet from top to bottom and remembers where the personal cells stand."""

    def __init__(self, book: Workbook, title: str, intro: tuple[str, ...]) -> None:
        self._book = book
        self._sheet = book.create_sheet(START)
        self._row = 2 + len(intro)
        self.places: dict[str, str] = {}  # what is personal → its cell
        write_title(self._sheet, title, intro)
        self._sheet.column_dimensions["A"].width = _LABEL_WIDTH
        self._sheet.column_dimensions["B"].width = _TEXT_WIDTH

    def urgent(self, label: str, text: str) -> None:
        """What must be seen first: bordered, in words."""
        for cell in self._pair(label, text):
            cell.fill = look.fill(look.URGENT_FILL)
            cell.border = look.box(look.ERROR, "medium")
            cell.font = look.font(bold=True, colour=look.ERROR if cell.column == 1 else look.TEXT)

    def heading(self, label: str, text: str = "") -> None:
        """The header row of what follows."""
        for column, words in ((1, label), (2, text)):
            write_heading(self._sheet, self._row, column, words)
        self._sheet.row_dimensions[self._row].height = 24
        self._row += 1

    def line(self, label: str, text: str) -> None:
        """One row of label and text."""
        self._pair(label, text)

    def personal(self, label: str, name: str, *, is_date: bool = False) -> None:
        """One row whose text differs from copy to copy."""
        _, cell = self._pair(label, "")
        cell.number_format = look.DATE_FORMAT if is_date else "@"
        self.places[name] = cell.coordinate

    def formula(self, label: str, name: str, formula: str, *, bold: bool = False, link: str = "") -> None:
        """One row whose text is worked out."""
        first, cell = self._pair(label, formula)
        self.places[name] = cell.coordinate
        cell.font = look.font(bold=bold)
        if link:
            self._link(first, link)

    def request(self, request: Request) -> None:
        """One row with what is asked for again."""
        first, second = self._pair(request.place, request.text)
        for cell in (first, second):
            cell.fill = look.fill(look.ATTENTION_FILL)
            cell.border = look.box(look.ATTENTION_BORDER)
        if request.link:
            self._link(first, request.link)

    def done(self) -> None:
        """Set the page up and lock the sheet."""
        view = self._sheet.sheet_view
        view.showGridLines, view.zoomScale, view.tabSelected = False, 90, True
        set_page(self._sheet, None)
        self._sheet.page_setup.fitToHeight = 1
        protect(self._sheet)

    def _pair(self, label: str, text: str) -> tuple[Cell, Cell]:
        cells = self._sheet.cell(self._row, 1, label), self._sheet.cell(self._row, 2, text or None)
        for cell in cells:
            cell.font = look.font(bold=cell.column == 1)
            cell.alignment = look.MIDDLE
            cell.border = look.under()
        shown = "" if text.startswith("=") else text
        self._sheet.row_dimensions[self._row].height = look.height_for(
            (label, _LABEL_WIDTH), (shown, _TEXT_WIDTH), least=22
        )
        self._row += 1
        return cells

    def _link(self, cell: Cell, target: str) -> None:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
        cell.font = look.font(colour=look.LINK, underline=True, bold=True)


def add_start(
    book: Workbook, tool: AuditTool, plans: Sequence[SheetPlan], words: ToolWords, requests: Sequence[Request] | None
) -> dict[str, str]:
    """Add the Start sheet and return where the personal cells stand: name → cell.

    ``requests`` is None in a fresh tool; in a copy that goes back it is what is asked for again.
    """
    intro = (
        f"{words.board_name}. Thank you for auditing your agency's part in this case.",
        "This is about learning: how well services work for children. It is not about the performance of any member of staff.",
    )  # fmt: skip
    start = StartSheet(book, f"Multi-agency case audit: {words.theme_title}", intro)
    start.urgent(
        "Worried about someone now?",
        f"Don't wait for this form. In danger: 999. Then ring the Board's team on {words.urgent_phone} today, "
        "and write it on the first sheet, Immediate concern.",
    )
    if requests is None:
        _add_counts(start, plans)
    else:
        _add_requests(start, requests)
    _add_facts(start, words)
    _add_how_to(start, words, sent_back=requests is not None)
    start.done()
    return start.places


def _add_counts(start: StartSheet, plans: Sequence[SheetPlan]) -> None:
    start.heading("Your progress", "What is still to finish. Choose a sheet's name to go there.")
    first, last = _left_row(0), _left_row(len(plans) - 1)
    total = f"SUM({META}!$B${first}:$B${last})"
    start.formula("Ready to return?", "ready", f'=IF({total}=0,"Yes","No, "&{total}&" to finish")', bold=True)
    for number, plan in enumerate(plans):
        left = f"{META}!$B${_left_row(number)}"
        start.formula(
            plan.sheet.title,
            f"left_{plan.sheet.id}",
            f'=IF({left}=0,"Ready",{left}&" to finish")',
            link=f"{quoted(plan.sheet.title)}!A1",
        )


def _add_requests(start: StartSheet, requests: Sequence[Request]) -> None:
    start.heading(
        "What we ask you to complete",
        "The yellow cells are open, and the sheet Immediate concern. Choose a place to go there.",
    )
    for request in requests:
        start.request(request)


def _add_facts(start: StartSheet, words: ToolWords) -> None:
    start.heading("This audit")
    start.personal("Audit reference", "reference")
    start.personal("Case", "case")
    start.personal("Agency", "agency")
    start.line("Area", words.area_name)
    start.line("Theme", words.theme_title)
    if words.subjects:
        start.line("Whom it is about", words.subjects)
    start.personal("Review period: first day", "from", is_date=True)
    start.personal("Review period: last day", "to", is_date=True)
    start.personal("Please return it by", "due", is_date=True)
    start.personal(CHECK_CODE, "code")


def _add_how_to(start: StartSheet, words: ToolWords, *, sent_back: bool) -> None:
    start.heading("How to fill it in")
    names = (
        "Write roles, not names: mother, sibling 1, allocated social worker. Names belong only in the boxes that ask "
        "for one, on the sheets Practitioners and Auditor; they prove independence and are sealed on arrival."
    )
    if words.area_note:
        names += " " + words.area_note
    start.line("Names", names)
    if not sent_back:
        start.line(
            "If you weren't involved",
            "Answer question 2.1; what is then not needed says so. Give your name, role and agency lead on the Auditor "
            "sheet, and return the tool. That is a full answer.",
        )
        start.line(
            "If you can't answer",
            "Say why in Reason if left blank. A blank with a reason is a valid answer; a blank without is asked about.",
        )
    start.line(
        "Long answers",
        "Press Alt and Enter for a new line. To see all of a long answer, double-click the line below its row number. "
        "For the spelling check, choose Review, then Unprotect Sheet: there is no password.",
    )
    start.line(
        "How to return it",
        f"Save it as an Excel workbook (.xlsx) and send it by secure e-mail to {words.team_mailbox}. You can save, "
        "stop and go on at any time. Attach nothing else, and keep your agency's own copy securely.",
    )


def add_guidance(book: Workbook, plans: Sequence[SheetPlan]) -> None:
    """Add the Guidance sheet: prompts and what each grade looks like, with a link back to each question."""
    sheet = book.create_sheet(GUIDANCE)
    write_title(sheet, "Guidance", (
        "For each question: what to look for, and what each grade looks like. Choose a number to go back to the question.",
    ))  # fmt: skip
    widths = (8, 26, 60, *(34,) * len(scales.JUDGED))
    headings = ("No.", "Question", "What to look for", *scales.JUDGED)
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        write_heading(sheet, 3, column, heading)
        sheet.column_dimensions[look.letter(column)].width = width
    sheet.row_dimensions[3].height = 26
    row = 4
    for plan in plans:
        for question in plan.sheet.questions:
            if question.guidance:
                _write_guidance(book, sheet, row, plan, question, widths)
                row += 1
    sheet.freeze_panes = "C4"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    set_page(sheet, 3)
    protect(sheet)


def _write_guidance(
    book: Workbook, sheet: Worksheet, row: int, plan: SheetPlan, question: Question, widths: tuple[int, ...]
) -> None:
    prompts, grades = _parts_of(question.guidance)
    texts = (question.number, question.wording, prompts, *(grades.get(grade, "") for grade in scales.JUDGED))
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column, text)
        cell.font, cell.alignment, cell.border = look.font(bold=column == 2), look.WRAPPED, look.under()
    back = sheet.cell(row, 1)
    target = f"{quoted(plan.sheet.title)}!{plan.address(question.ref, plan.sheet.fields[0].id)}"
    back.hyperlink = Hyperlink(ref=back.coordinate, location=target, tooltip="Back to the question")
    back.font = look.font(bold=True, colour=look.LINK, underline=True)
    sheet.row_dimensions[row].height = look.height_for(*zip(texts, widths, strict=True))
    name = f"guidance_{question.ref}"
    book.defined_names[name] = DefinedName(name, attr_text=f"{GUIDANCE}!$A${row}")


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


def add_meta(book: Workbook, plans: Sequence[SheetPlan], form: str) -> dict[str, str]:
    """Add the hidden sheet by which a return is recognised, and return where its cells stand: name → cell."""
    sheet = book.create_sheet(META)
    sheet["A1"] = "For the Board's team"
    sheet["A2"] = "Part of the form: please leave this sheet as it is."
    rows = [
        ("audit_kit_form", form), *((name, None) for name in _META_MARKS),
        *((f"left_{plan.sheet.id}", left_formula(plan)) for plan in plans),
    ]  # fmt: skip
    places = {}
    for row, (name, value) in enumerate(rows, start=_META_FIRST):
        sheet.cell(row, 1, name)
        cell = sheet.cell(row, 2, value)
        cell.number_format = "@" if name.startswith("audit_kit") else "General"
        places[name] = cell.coordinate
    sheet.sheet_state = "hidden"
    return places


_META_FIRST = 4
_META_MARKS = ("audit_kit_audit", "audit_kit_round", "audit_kit_code")


def _left_row(number: int) -> int:
    """The row of the hidden sheet that counts what is to finish on the nth answer sheet."""
    return _META_FIRST + 1 + len(_META_MARKS) + number
