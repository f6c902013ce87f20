"""The QA workbook of a case: a page a return, with cells in which the reviewer decides.

The pages are read back as every form is (``forms``): a hidden row and column say which cell is which mark.
"""

from __future__ import annotations

import textwrap

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.qa_form import DECISIONS, OTHER_ROWS, CaseSummary, ReturnSummary
from audit_kit.domain.scales import SHORT
from audit_kit.office import look
from audit_kit.office.form_workbook import FormCover, mark, put_line
from audit_kit.office.in_memory import saved_workbook
from audit_kit.office.tool_layout import LISTS, MARK, START, quoted
from audit_kit.office.tool_sheets import protect, set_page, write_heading, write_title

_COLUMNS = (
    ("No.", 22), ("Question", 44), ("This return: our practice / together", 26), ("The case's other returns", 32),
    ("Pointed out by the checks", 40), ("Your mark", 50),
)  # fmt: skip
_WHAT, _MARK, _IDS = 1, 6, 7
_LINE_CHARACTERS = 150  # of a fact, which runs over the columns to its right
_NARRATIVE_LINES = 2
_DECISION = (
    ("decision", "Decision", "Accept it, or send it back to the agency. Leave it blank to decide later."),
    (
        "reason",
        "Reason",
        "Why. If you send it back, it goes into the letter; if you accept, it is kept with the decision.",
    ),
    ("who", "Who decides", "Your role, such as Board QA officer."),
)
_DECIDED_IN = frozenset(ref for ref, _, _ in _DECISION)
_AT_A_QUESTION = "If you send it back: what the agency is asked to put right here. Roles, not names."
_ELSEWHERE = "Another answer: choose it on the left."


def write_qa_workbook(case: CaseSummary) -> bytes:
    """The workbook of one case: an overview of its audits, then a page for each return that waits."""
    book = Workbook()
    book.remove(book.active)
    look.set_default_font(book)
    title, reference = f"Quality assurance, case {case.case}", f"{case.session} {case.case}"
    _add_start(book, case, title)
    for one in case.returns:
        _add_page(book, one, case.board, f"{title}, {reference}")
    _add_lists(book, case)
    marks = {"audit_kit_session": case.session, "audit_kit_case": case.case}
    mark(book, FormCover("qa", title, case.board, reference, marks))
    return saved_workbook(book)


def _add_start(book: Workbook, case: CaseSummary, title: str) -> None:
    sheet = book.create_sheet(START)
    write_title(sheet, title, ())
    lines = [
        ("Reference", f"{case.session} {case.case}", ""),
        ("", "Each return that waits for you has a page. Read its copy, then decide on its page: what you leave blank stays undecided.", ""),
        ("", "Save this workbook and move it into the inbox folder. What you decide is carried out once; what can't be taken comes back marked.", ""),
        ("", "A page is about one version of a return. If a newer one has come in meanwhile, its mark is not taken.", ""),
        *((one.audit.agency, f"{one.agency}: {_at_a_glance(one)}", f"#{quoted(one.audit.agency)}!A1") for one in case.returns),
        *(("Besides" if number == 0 else "", f"{name}: {stands}", "") for number, (name, stands) in enumerate(case.others)),
    ]  # fmt: skip
    for row, (label, text, link) in enumerate(lines, start=3):
        put_line(sheet, row, label, text, link)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 100
    sheet.sheet_view.showGridLines = False
    set_page(sheet, None, reference=f"{title}, {case.session} {case.case}")
    protect(sheet)


def _at_a_glance(one: ReturnSummary) -> str:
    flags = sum(len(line.pointed_out) for line in one.grades) + len(dict(one.facts).get("Pointed out", ()))
    pointed = f"{flags} thing{'s' if flags != 1 else ''} pointed out" if flags else "nothing pointed out"
    return f"{pointed}; your marks need changing" if one.asked else pointed


def _add_page(book: Workbook, one: ReturnSummary, board: str, reference: str) -> None:
    sheet = book.create_sheet(one.audit.agency)
    write_title(sheet, f"{one.agency}, {one.audit.case}", ())
    row = _write_facts(sheet, one, 2)
    _write_ids(sheet, one, row)
    header = row + 1
    for column, (heading, width) in enumerate(_COLUMNS, start=1):
        write_heading(sheet, header, column, heading)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[header].height = 38
    row = _write_rows(sheet, one, board, header + 1)
    first_other = row - OTHER_ROWS
    _offer(sheet, f"F{header + 1}", "list_of_decisions", "Choose Accept or Send back from the list.")
    _offer(sheet, f"A{first_other}:A{row - 1}", _list_of(one), "Choose from the list which answer this is about.")
    _hint(sheet, f"F{header + 1 + len(_DECISION)}:F{row - 1}", _AT_A_QUESTION)
    _set_view(sheet, header)
    set_page(sheet, header, reference=reference)
    sheet.page_setup.fitToHeight = 1
    protect(sheet)


def _write_facts(sheet: Worksheet, one: ReturnSummary, row: int) -> int:
    """What is known of the return, a label and its lines; gives the row after them."""
    facts = (*one.facts, ("Grades", (", ".join(f"{short} {grade}" for grade, short in SHORT.items()) + ".",)))
    for label, lines in facts:
        wrapped = [piece for line in lines for piece in textwrap.wrap(line, _LINE_CHARACTERS)]
        for number, line in enumerate(wrapped):
            first, second = sheet.cell(row, 1, label if number == 0 else None), sheet.cell(row, 2, line)
            first.font, second.font = look.font(bold=True), look.font()
            second.data_type = "s"
            first.alignment = second.alignment = look.ONE_LINE
            sheet.row_dimensions[row].height = 19
            row += 1
    return row


def _write_ids(sheet: Worksheet, one: ReturnSummary, row: int) -> None:
    """The hidden row and column by which the marks are found again."""
    for column, text in ((_WHAT, "what"), (_MARK, "mark"), (_IDS, MARK + one.page)):
        sheet.cell(row, column, text)
    sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions[get_column_letter(_IDS)].hidden = True


def _write_rows(sheet: Worksheet, one: ReturnSummary, board: str, row: int) -> int:
    """The decision, a row for each line of enquiry, and rows for other answers; gives the row after them."""
    for ref, label, asks in _DECISION:
        _write_row(sheet, one, board, row, ref, (label, asks, "", "", ""))
        row += 1
    for line in one.grades:
        read = (line.ref, line.title, line.grades, line.others, "\n".join(line.pointed_out))
        _write_row(sheet, one, board, row, line.ref, read)
        row += 1
    for number in range(1, OTHER_ROWS + 1):
        _write_row(sheet, one, board, row, f"other.{number}", ("", _ELSEWHERE, "", "", ""))
        row += 1
    return row


def _write_row(
    sheet: Worksheet, one: ReturnSummary, board: str, row: int, ref: str, read: tuple[str, ...]
) -> None:  # fmt: skip
    other = ref.startswith("other.")
    for column, text in enumerate(read, start=1):
        cell = sheet.cell(row, column)
        if other and column == _WHAT:
            _open(cell, one.kept.get(f"{ref}.what", ""), ref in one.asked)
            continue
        cell.value = text or None
        ground = look.BAND if ref in _DECIDED_IN else ""
        look.dress(cell, look.Dress(bold=column == 1, ground=ground, only_below=True, number_format="@"))
    cell = sheet.cell(row, _MARK)
    _open(cell, one.kept.get(f"{ref}.mark", ""), ref in one.asked)
    if ref in one.asked:
        cell.comment = Comment(one.asked[ref], board, width=360, height=130)
    sheet.cell(row, _IDS, f"{one.audit.agency}.{ref}")
    texts = [(text, float(width)) for text, (_, width) in zip(read, _COLUMNS, strict=False)]
    texts.append((one.kept.get(f"{ref}.mark", "") or "\n" * (_NARRATIVE_LINES - 1), float(_COLUMNS[-1][1])))
    sheet.row_dimensions[row].height = look.height_for(*texts, least=26)


def _open(cell, text: str, asked: bool) -> None:  # type: ignore[no-untyped-def]
    """A cell that the reviewer types in; yellow when what stands there needs changing."""
    ground, line = (look.ATTENTION_FILL, look.ATTENTION_BORDER) if asked else (look.INPUT_FILL, look.INPUT_BORDER)
    look.dress(cell, look.Dress(ground=ground, line=line, line_style="medium" if asked else "thin", is_open=True))
    if text:
        cell.value = text
        cell.data_type = "s"  # a leading "=" would else become a formula


def _offer(sheet: Worksheet, cells: str, name: str, message: str) -> None:
    validation = DataValidation(type="list", formula1=name, errorStyle="stop", error=message, allow_blank=True)
    validation.showInputMessage = validation.showErrorMessage = True
    validation.promptTitle, validation.prompt = "Choose from the list", message
    validation.add(cells)
    sheet.add_data_validation(validation)


def _hint(sheet: Worksheet, cells: str, message: str) -> None:
    """What is shown while one of these cells is chosen."""
    hint = DataValidation(type=None, allow_blank=True, showInputMessage=True, promptTitle="Your mark", prompt=message)
    hint.add(cells)
    sheet.add_data_validation(hint)


def _list_of(one: ReturnSummary) -> str:
    return f"list_of_{one.audit.agency.replace('-', '_')}"


def _add_lists(book: Workbook, case: CaseSummary) -> None:
    """The hidden sheet with what is offered, each list under its defined name."""
    sheet = book.create_sheet(LISTS)
    sheet["A1"] = "Lists to choose from"
    sheet["A2"] = "Part of the form: please leave this sheet as it is."
    sheet.sheet_state = "hidden"
    lists = {"list_of_decisions": DECISIONS}
    lists |= {_list_of(one): tuple(words for words, _ in one.elsewhere) for one in case.returns}
    for column, (name, choices) in enumerate(lists.items(), start=1):
        letter = get_column_letter(column)
        sheet.cell(4, column, name)
        for row, choice in enumerate(choices, start=5):
            sheet.cell(row, column, choice)
        book.defined_names[name] = DefinedName(name, attr_text=f"{LISTS}!${letter}$5:${letter}${4 + len(choices)}")


def _set_view(sheet: Worksheet, header: int) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = f"F{header + 1}"
