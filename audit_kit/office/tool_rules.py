"""What each answer cell offers and asks: lists to choose from, dates, and a message while it is chosen.

Stop only what can't be; warn about the unusual; never refuse a narrative. A message holds 255 characters.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.tool import AuditTool, Kind, Layout, Place
from audit_kit.office.tool_layout import LISTS, SheetPlan

LONGEST_MESSAGE, LONGEST_TITLE = 255, 32
COMFORTABLE_LENGTH = 3_000  # characters that fit Excel's highest row in a column of 100
_FIRST_DAY, _LAST_DAY = "36526", "73050"  # 1 January 2000 and 31 December 2099, as Excel counts days
_NAME_MESSAGE = "A name is asked for here because independence is proved from it. It is sealed on arrival."
_DATE_MESSAGE = "A date such as 14 Mar 2026."
_LIST_MESSAGE = "Choose from the list."


@dataclass(frozen=True)
class _Rule:
    kind: Kind
    choices: tuple[str, ...]
    message: str
    title: str
    strict: bool  # in a table an approximate date may stand


def add_rules(sheet: Worksheet, plan: SheetPlan) -> None:
    """Give every answer cell its list, check and message."""
    cells: dict[_Rule, list[str]] = defaultdict(list)
    for question in plan.sheet.questions:
        for column in plan.sheet.fields:
            place = Place(plan.sheet, question, column)
            cells[_rule_of(place)].append(plan.address(question.ref, column.id))
    for rule, addresses in cells.items():
        validation = _validation(rule)
        validation.sqref = MultiCellRange(joined_cells(addresses))
        sheet.add_data_validation(validation)


def joined_cells(addresses: list[str]) -> list[str]:
    """The same cells, those below each other as one range."""
    columns: dict[str, list[int]] = defaultdict(list)
    for address in addresses:
        letter, row = coordinate_from_string(address)
        columns[letter].append(row)
    joined = []
    for letter, rows in columns.items():
        first = last = rows[0]
        for row in (*rows[1:], 0):
            if row == last + 1:
                last = row
                continue
            joined.append(f"{letter}{first}:{letter}{last}" if last > first else f"{letter}{first}")
            first = last = row
    return joined


def add_lists(book: Workbook, tool: AuditTool) -> None:
    """The hidden sheet with every list of choices, each under its defined name."""
    sheet = book.create_sheet(LISTS)
    sheet["A1"] = "Lists to choose from"
    sheet["A2"] = "Part of the form: please leave this sheet as it is."
    sheet.sheet_state = "hidden"
    for column, (name, choices) in enumerate(lists_of(tool), start=1):
        letter = get_column_letter(column)
        sheet.cell(4, column, name)
        for row, choice in enumerate(choices, start=5):
            sheet.cell(row, column, choice)
        cells = f"{LISTS}!${letter}$5:${letter}${4 + len(choices)}"
        book.defined_names[name] = DefinedName(name, attr_text=cells)


def lists_of(tool: AuditTool) -> list[tuple[str, tuple[str, ...]]]:
    """Every list of choices that a form offers, once, with its defined name."""
    places = (tool.place(ref) for ref in tool.answer_refs)
    choices = dict.fromkeys(place.choices for place in places if place and place.choices)
    return [(list_name(each), each) for each in choices]


@lru_cache(maxsize=256)
def list_name(choices: tuple[str, ...]) -> str:
    """The defined name of a list, made of its words: ``list_Yes_No``."""
    words = "_".join("".join(c for c in choice if c.isalnum() and c.isascii()) for choice in choices)
    return f"list_{len(choices)}_{words}"[:80]


def _rule_of(place: Place) -> _Rule:
    own = place.sheet.layout is Layout.FORM and place.field.id == "answer"
    hint = place.question.hint if own else place.field.hint
    fallback = {Kind.NAME: _NAME_MESSAGE, Kind.DATE: _DATE_MESSAGE, Kind.CHOICE: _LIST_MESSAGE}
    message = hint or fallback.get(place.kind, "")
    title = f"Question {place.question.number}" if own else place.field.heading
    strict = place.sheet.layout is not Layout.TABLE
    return _Rule(place.kind, place.choices, message[:LONGEST_MESSAGE], title[:LONGEST_TITLE], strict)


def _validation(rule: _Rule) -> DataValidation:
    validation = _check(rule)
    validation.allow_blank = True
    if rule.message:
        validation.showInputMessage = True
        validation.promptTitle, validation.prompt = rule.title, rule.message
    if validation.type:
        validation.showErrorMessage = True
        validation.errorTitle = rule.title
    return validation


def _check(rule: _Rule) -> DataValidation:
    if rule.kind is Kind.CHOICE:
        return DataValidation(
            type="list", formula1=list_name(rule.choices), errorStyle="stop",
            error="Please choose one of the words in the list: press Alt and the down arrow to see them.",
        )  # fmt: skip
    if rule.kind is Kind.DATE:
        return DataValidation(
            type="date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY,
            errorStyle="stop" if rule.strict else "warning",
            error="Please type a date such as 14 Mar 2026."
            + ("" if rule.strict else " If only the month is known, keep what you typed and say so in Comment."),
        )  # fmt: skip
    if rule.kind is Kind.NUMBER:
        return DataValidation(
            type="decimal", operator="greaterThanOrEqual", formula1="0", errorStyle="warning",
            error="A number is expected here, such as 3. Keep what you typed?",
        )  # fmt: skip
    if rule.kind is Kind.LONG:
        return DataValidation(
            type="textLength", operator="lessThanOrEqual", formula1=str(COMFORTABLE_LENGTH),
            errorStyle="information",
            error="This is long: not all of it will show on the page. Nothing is lost, and you may keep it.",
        )  # fmt: skip
    return DataValidation(type=None)
