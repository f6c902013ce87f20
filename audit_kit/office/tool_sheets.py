"""The answer sheets of an audit tool: one row a question, the answers' cells open, everything else locked."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.tool import AuditTool, Kind, Layout, Place, Question
from audit_kit.office import look
from audit_kit.office.tool_formulas import status_formula
from audit_kit.office.tool_layout import (
    GUIDANCE,
    LEADING_HEADINGS,
    MARK,
    NUMBER_WIDTH,
    SheetPlan,
    fingerprints,
    intro_lines,
    own_wording,
    plans_of,
    quoted,
)
from audit_kit.office.tool_rules import add_rules
from audit_kit.office.tool_status import DONE, EXPLAINED, FINISH, TO_DO

#: lines of room in a fresh tool for what is usually written
_NARRATIVE_LINES, _ANSWER_LINES, _REMARK_LINES = 13, 8, 4
_NARRATIVE_WIDTH = 90  # a column as wide as this is for narratives
_PAGE_CHARACTERS = 160  # what an A4 page lying down shows at a readable size


def add_answer_sheet(book: Workbook, form: AuditTool, plan: SheetPlan) -> None:
    """Add one answer sheet of a form that has no layout of the team's own."""
    sheet = book.create_sheet(plan.sheet.title)
    _write_title(sheet, plan)
    _write_ids(sheet, plan)
    _write_header(sheet, plan)
    for question in plan.sheet.questions:
        _write_question(sheet, form, plan, question)
        _size_row(sheet, plan, question)
    add_rules(sheet, plan)
    _colour_status(sheet, plan)
    _name_answers(book, plan)
    _set_view(sheet, plan)
    set_page(sheet, plan.header_row, _pages_wide(plan))
    protect(sheet)


def _write_title(sheet: Worksheet, plan: SheetPlan) -> None:
    write_title(sheet, plan.sheet.title, intro_lines(plan.sheet.intro))


def write_title(sheet: Worksheet, title: str, intro_lines: tuple[str, ...]) -> None:
    """The title in A1 and the introduction below it, line by line: it runs over the cells to its right."""
    sheet["A1"] = title
    sheet["A1"].font = look.font(bold=True, size=18, colour=look.BRAND)
    sheet["A1"].alignment = look.ONE_LINE
    sheet.row_dimensions[1].height = 30
    for number, line in enumerate(intro_lines, start=2):
        cell = sheet.cell(number, 1, line)
        cell.font = look.font(colour=look.SECONDARY)
        cell.alignment = look.ONE_LINE
        sheet.row_dimensions[number].height = 19


def _write_ids(sheet: Worksheet, plan: SheetPlan) -> None:
    sheet.cell(plan.id_row, plan.id_column, MARK + plan.sheet.id)
    # a form that is out when its wording is improved must not look as if somebody had typed the old words
    sheet.cell(plan.id_row, 1, fingerprints(own_wording(plan.sheet)))
    for column in plan.sheet.fields:
        sheet.cell(plan.id_row, plan.column(column.id), column.id)
    for question in plan.sheet.questions:
        sheet.cell(plan.row(question.ref), plan.id_column, question.ref)
    sheet.row_dimensions[plan.id_row].hidden = True
    sheet.column_dimensions[get_column_letter(plan.id_column)].hidden = True


def _write_header(sheet: Worksheet, plan: SheetPlan) -> None:
    headings = [LEADING_HEADINGS[name] for name in plan.leading]
    headings += [column.heading for column in plan.sheet.fields]
    for number, heading in enumerate(headings, start=1):
        write_heading(sheet, plan.header_row, number, heading)
    sheet.row_dimensions[plan.header_row].height = 38


def write_heading(sheet: Worksheet, row: int, column: int, heading: str) -> None:
    """One cell of a header row."""
    cell = sheet.cell(row, column, heading)
    cell.font = look.font(bold=True, colour=look.WHITE)
    cell.fill = look.fill(look.BRAND)
    cell.border = look.box(look.BRAND)
    cell.alignment = look.MIDDLE


def _write_question(sheet: Worksheet, form: AuditTool, plan: SheetPlan, question: Question) -> None:
    row = plan.row(question.ref)
    texts = {
        "number": question.number,
        "wording": question.wording,
        "asked": question.hint,
        "guidance": f"{GUIDANCE} {question.number}" if question.guidance else None,
    }
    for name in plan.leading:
        cell = sheet.cell(row, plan.column(name))
        if name != "status":
            cell.value = texts[name]
        if name == "number":
            cell.value = question.number + _room_below(plan, question)
        bold = name == "status" or (name == "wording" and "asked" in plan.leading)
        look.dress(cell, look.Dress(bold=bold, only_below=True, number_format="General"))
    if question.guidance:
        _link_to_guidance(sheet, plan, question)
    status = sheet.cell(row, plan.column("status"))
    status.value = status_formula(form, {each.sheet.id: each for each in plans_of(form)}, plan, question)
    for column in plan.sheet.fields:
        _write_answer_cell(sheet, Place(plan.sheet, question, column), row, plan.column(column.id))


def _link_to_guidance(sheet: Worksheet, plan: SheetPlan, question: Question) -> None:
    # a short cell of its own: LibreOffice doesn't wrap a linked text
    cell = sheet.cell(plan.row(question.ref), plan.column("guidance"))
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate,
        location=f"guidance_{question.ref}",
        tooltip="Prompts and what each grade looks like",
    )
    cell.font = look.font(colour=look.LINK, underline=True)


def _write_answer_cell(sheet: Worksheet, place: Place, row: int, column: int) -> None:
    shown = look.DATE_FORMAT if place.kind is Kind.DATE else "General" if place.kind is Kind.NUMBER else "@"
    worn = look.Dress(ground=look.INPUT_FILL, line=look.INPUT_BORDER, number_format=shown, is_open=True)
    look.dress(sheet.cell(row, column), worn)


def _room_below(plan: SheetPlan, question: Question) -> str:
    """Empty lines below the number of a narrative question.

    A row that fits itself to its text grows while somebody types, but would be one line high when empty. These
    lines keep it open; the last holds a space that doesn't break, since a trailing empty line isn't counted.
    """
    if plan.sheet.layout is Layout.GRID:
        widest = max((column.width for column in plan.sheet.fields if column.kind is Kind.LONG), default=0)
        lines = 0 if widest == 0 else _NARRATIVE_LINES if widest >= _NARRATIVE_WIDTH else _REMARK_LINES
    else:
        lines = _ANSWER_LINES if question.kind is Kind.LONG else 0
    return "\n" * (lines - 1) + "\u00a0" if lines else ""


def _size_row(sheet: Worksheet, plan: SheetPlan, question: Question) -> None:
    texts = [(question.number + _room_below(plan, question), float(NUMBER_WIDTH))]
    texts += [
        (text, plan.widths[name])
        for name, text in (("wording", question.wording), ("asked", question.hint))
        if name in plan.leading
    ]
    sheet.row_dimensions[plan.row(question.ref)].height = look.height_for(*texts, least=26.0)


def _colour_status(sheet: Worksheet, plan: SheetPlan) -> None:
    letter = get_column_letter(plan.column("status"))
    cells = f"{letter}{plan.first_row}:{letter}{plan.last_row}"
    first = f"${letter}{plan.first_row}"
    done = f'OR({first}="{DONE}",{first}="{EXPLAINED}")'
    for test, colour, ground in (
        (done, look.SUCCESS, look.DONE_FILL),
        (f'LEFT({first},6)="{FINISH[:6]}"', look.ERROR, look.URGENT_FILL),
        (f'{first}<>"{TO_DO}"', look.SECONDARY, look.WHITE),
    ):
        rule = FormulaRule(formula=[test], font=look.font(bold=True, colour=colour), fill=None, stopIfTrue=True)
        rule.dxf.fill = look.PatternFill(bgColor=ground)
        sheet.conditional_formatting.add(cells, rule)


def _name_answers(book: Workbook, plan: SheetPlan) -> None:
    """A second anchor should the hidden row or column be lost: ``ans_N6`` is the row of answers of N6."""
    first = get_column_letter(plan.column(plan.sheet.fields[0].id))
    last = get_column_letter(plan.column(plan.sheet.fields[-1].id))
    for question in plan.sheet.questions:
        row = plan.row(question.ref)
        cells = f"{quoted(plan.sheet.title)}!${first}${row}:${last}${row}"
        name = "ans_" + question.ref.replace(".", "_")
        book.defined_names[name] = DefinedName(name, attr_text=cells)


def _set_view(sheet: Worksheet, plan: SheetPlan) -> None:
    for name in (*plan.leading, *(column.id for column in plan.sheet.fields)):
        sheet.column_dimensions[get_column_letter(plan.column(name))].width = plan.widths[name]
    frozen_columns = plan.column("status") + 1
    sheet.freeze_panes = f"{get_column_letter(frozen_columns)}{plan.first_row}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    first = plan.sheet.questions[0].ref if plan.sheet.questions else ""
    if first:
        for selection in sheet.sheet_view.selection:
            selection.activeCell = selection.sqref = plan.address(first, plan.sheet.fields[0].id)


def _pages_wide(plan: SheetPlan) -> int:
    names = (*plan.leading, *(column.id for column in plan.sheet.fields))
    return max(1, round(sum(plan.widths[name] for name in names) / _PAGE_CHARACTERS))


def set_page(
    sheet: Worksheet,
    header_row: int | None,
    pages_wide: int = 1,
    reference: str = "Audit @@audit@@, round @@round@@",
) -> None:
    """A4 lying down, the header row on every page, the marking and the reference in the footer."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    if pages_wide > 1:  # the pages of one question follow each other
        sheet.print_title_cols, sheet.page_setup.pageOrder = "A:C", "overThenDown"
    sheet.oddFooter.left.text = "OFFICIAL-SENSITIVE, page &P of &N"
    sheet.oddFooter.right.text = reference


def protect(sheet: Worksheet) -> None:
    """Locked without a password; rows and columns may be sized and formatted."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = False  # False: not forbidden
    sheet.protection.formatColumns = False
