"""The action plan as a workbook to follow it with.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The QA Sub Committee will monitor progress of
these plans."
"""

from __future__ import annotations

import math
from copy import copy
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.actions import COLUMNS, IMPACT, RAG, STREAMS, Action, ActionPlan
from audit_kit.office.charts import without_moment
from audit_kit.office.clean_text import clean
from audit_kit.office.in_memory import saved_workbook
from audit_kit.office.package_patch import cell_text

SHEET = "Action plan"
FORM = "actions"  # by which a copy that is dropped into the inbox is known
_HEADER_ROW = 3
_SPARE_ROWS = 40  # room for what the committee adds
_WIDTHS = {
    "ref": 6, "audits": 14, "area": 7, "stream": 13, "findings": 10, "outcome": 30, "action": 40, "owner": 26,
    "contributors": 18, "start": 12, "due": 12, "measure": 30, "evidence": 24, "progress": 30, "rag": 18,
    "evidence_received": 22, "impact": 12, "reaudit": 24, "closed_by": 14, "warnings": 24,
}  # fmt: skip
_LINE_POINTS = 14.5
_LISTS = {"stream": STREAMS, "rag": RAG, "impact": IMPACT, "area": ("H", "C", "Both")}
_LINE = Side(style="thin", color="C5CDD6")


def write_action_plan_workbook(plan: ActionPlan) -> bytes:
    """The plan as a workbook with lists, filters and print set-up. The same input gives the same bytes.

    Text stays text whatever it begins with; only dates are dates.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _fill(sheet, plan)
    _set_up(sheet, plan)
    _add_lists(book, sheet, len(plan.actions))
    for name, value in (("audit_kit_form", FORM), ("audit_kit_session", plan.session)):
        book.custom_doc_props.append(StringProperty(name=name, value=value))
    book.properties.title, book.properties.creator = plan.title, plan.board
    book.properties.contentStatus = plan.status or None
    book.properties.lastModifiedBy, book.properties.language = plan.board, "en-GB"
    book.properties.created = book.properties.modified = datetime.combine(plan.written_on, datetime.min.time())
    return without_moment(saved_workbook(book))


def _fill(sheet: Worksheet, plan: ActionPlan) -> None:
    _write(sheet.cell(1, 1), f"{plan.title} ({plan.session})")
    sheet.cell(1, 1).font = Font(name="Arial", size=16, bold=True, color="17494D")
    _write(sheet.cell(2, 1), f"{plan.status}. {plan.summary}" if plan.status else plan.summary)
    sheet.cell(2, 1).font = Font(name="Arial", size=11, color="4B5563")
    for column, (heading, _) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(_HEADER_ROW, column)
        _write(cell, heading)
        cell.font = Font(name="Arial", size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="17494D")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for row, action in enumerate(plan.actions, start=_HEADER_ROW + 1):
        for column, (_, field) in enumerate(COLUMNS, start=1):
            _write(sheet.cell(row, column), _shown(action, field))
        sheet.row_dimensions[row].height = _LINE_POINTS * _lines(action) + 3
    worn: dict[str, StyleArray] = {}  # a look is made once: making it anew for each cell takes ten times as long
    for row in sheet.iter_rows(_HEADER_ROW + 1, _HEADER_ROW + len(plan.actions) + _SPARE_ROWS, 1, len(COLUMNS)):
        for cell in row:
            kind = cell.number_format
            if kind not in worn:
                cell.font = Font(name="Arial", size=10, color="1F2937")
                cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
                cell.border = Border(bottom=_LINE)
                worn[kind] = copy(cell._style)
            cell._style = copy(worn[kind])


def _lines(action: Action) -> int:
    """How many lines the fullest cell of the row needs: Excel sizes no row that nobody has typed into."""
    texts = ((_WIDTHS[field], _shown(action, field)) for _, field in COLUMNS)
    return max(1, *(math.ceil(len(text) / width) for width, text in texts if isinstance(text, str)))


def _shown(action: Action, field: str) -> str | date:
    value = getattr(action, field)
    if field == "due" and value is None:
        return action.due_as_given
    if isinstance(value, tuple):
        return "; ".join(value)
    return value if value is not None else ""


def _write(cell: Cell, value: str | date) -> None:
    if isinstance(value, date):
        cell.value = value
        cell.number_format = "d mmm yyyy"
    elif value:
        cell.value = cell_text(clean(value))
        cell.data_type = "s"  # openpyxl would make a formula of a text that begins with "="


def _set_up(sheet: Worksheet, plan: ActionPlan) -> None:
    last = get_column_letter(len(COLUMNS))
    for column, (_, field) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[field]
    sheet.row_dimensions[1].height, sheet.row_dimensions[_HEADER_ROW].height = 26, 34
    sheet.freeze_panes = f"B{_HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{last}{_HEADER_ROW + len(plan.actions) + _SPARE_ROWS}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3: twenty columns
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.page_setup.pageOrder = 2, 0, "overThenDown"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows, sheet.print_title_cols = f"{_HEADER_ROW}:{_HEADER_ROW}", "A:A"
    sheet.col_breaks.append(Break(id=[field for _, field in COLUMNS].index("measure")))
    # the title is printed above each page: on the second page of a row it would be cut off at the repeated column
    sheet.print_area = f"A{_HEADER_ROW}:{last}{_HEADER_ROW + len(plan.actions)}"
    sheet.oddHeader.left.text = f"{plan.title} ({plan.session})".replace("&", "&&")
    sheet.oddHeader.left.font, sheet.oddHeader.left.size = "Arial,Bold", 14
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "OFFICIAL-SENSITIVE, page &P of &N", plan.session
    sheet.oddFooter.center.text = f"Journal chain head {plan.chain_head}"
    sheet.oddHeader.right.text = plan.status


def _add_lists(book: Workbook, sheet: Worksheet, actions: int) -> None:
    """Drop-downs through named lists on a sheet of their own, as a later reader of the file finds them."""
    lists = book.create_sheet("Lists")
    for number, (field, choices) in enumerate(_LISTS.items(), start=1):
        letter = get_column_letter(number)
        for row, text in enumerate((field.capitalize(), *choices), start=1):
            _write(lists.cell(row, number), text)
            lists.cell(row, number).font = Font(name="Arial", size=11, bold=row == 1)
        lists.column_dimensions[letter].width = 34
        name = f"list_{field}"
        book.defined_names[name] = DefinedName(name, attr_text=f"Lists!${letter}$2:${letter}${len(choices) + 1}")
        column = get_column_letter([f for _, f in COLUMNS].index(field) + 1)
        rule = DataValidation(
            "list", formula1=f"={name}", allow_blank=True, showErrorMessage=True, errorStyle="warning"
        )
        rule.error, rule.errorTitle = "Please choose from the list, or keep your own words.", "Not on the list"
        rule.add(f"{column}{_HEADER_ROW + 1}:{column}{_HEADER_ROW + actions + _SPARE_ROWS}")
        sheet.add_data_validation(rule)
