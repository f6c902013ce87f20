"""The team's and the agencies' smaller forms as workbooks: involvement form, review workbook and the like.

They are built from the same sheets of questions as the audit tool and read back the same way (``forms``), so
that there is one way to lay out a form and one way to find an answer in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.dates import read_date
from audit_kit.domain.tool import AuditTool, Kind
from audit_kit.office import look
from audit_kit.office.compiled_form import results_remembered, row_key
from audit_kit.office.in_memory import saved_workbook
from audit_kit.office.package_patch import Package, deflated, row_height, row_slots, row_with_height
from audit_kit.office.tool_layout import SheetPlan, plans_of, quoted
from audit_kit.office.tool_rules import add_lists
from audit_kit.office.tool_sheets import add_answer_sheet, protect, set_page, write_title
from audit_kit.office.tool_status import standing_of

START = "Start"


@dataclass(frozen=True)
class FormCover:
    """What the first sheet of a form says, and by what the form is known again."""

    kind: str  # "plan", "involvement", "review"
    title: str
    board: str
    reference: str  # printed, and in the footer: "2026-A2-NEG"
    lines: tuple[str, ...]  # what to do, a sentence a line
    marks: Mapping[str, str]  # custom properties: {"audit_kit_session": "2026-A2-NEG"}


def write_form(
    form: AuditTool, cover: FormCover, answers: Mapping[str, str], asked: Mapping[str, str] | None = None
) -> bytes:
    """A form, filled in with these answers (answer reference → text), open to be typed in.

    ``asked``: answer reference → what must be changed there; these cells are marked yellow with a comment,
    and listed with links on the first sheet. Text stays text, whatever it begins with.
    """
    asked = asked or {}
    book, plans = Workbook(), plans_of(form)
    book.remove(book.active)
    next(style for style in book._named_styles if style.name == "Normal").font = look.font()
    _add_start(book, form, plans, cover, asked)
    for plan in plans:
        add_answer_sheet(book, form, plan)
        _fill(book[plan.sheet.title], form, plan, answers, asked, cover.board)
    add_lists(book, form)
    for sheet in book.worksheets:
        sheet.oddFooter.right.text = f"{cover.title}, {cover.reference}"
    mark(book, cover)
    return with_results(saved_workbook(book), form, answers)


def _add_start(
    book: Workbook, form: AuditTool, plans: tuple[SheetPlan, ...], cover: FormCover, asked: Mapping[str, str]
) -> None:
    sheet = book.create_sheet(START)
    write_title(sheet, cover.title, ())
    lines = [("Reference", cover.reference, ""), *(("", line, "") for line in cover.lines)]
    if asked:
        many = "One thing needs" if len(asked) == 1 else f"{len(asked)} things need"
        lines.append(("To change", f"{many} changing before this can be used. Their cells are yellow.", ""))
    for ref, request in asked.items():
        plan, address = _cell_of(form, plans, ref)
        lines.append((plan.sheet.title, request[:1].upper() + request[1:], f"#{quoted(plan.sheet.title)}!{address}"))
    for row, (label, text, link) in enumerate(lines, start=3):
        put_line(sheet, row, label, text, link)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 100
    sheet.sheet_view.showGridLines = False
    set_page(sheet, None)
    protect(sheet)


def put_line(sheet: Worksheet, row: int, label: str, text: str, link: str) -> None:
    """One line of a first sheet: a label, which is a link where one is given, and a sentence."""
    first, second = sheet.cell(row, 1, label), sheet.cell(row, 2, text)
    second.data_type = "s"
    first.font, second.font = look.font(bold=True), look.font()
    if link:
        first.hyperlink = link
        first.font = look.font(bold=True, colour=look.LINK, underline=True)
    first.alignment = second.alignment = look.WRAPPED
    sheet.row_dimensions[row].height = look.height_for((text, 100), (label, 26))


def _fill(
    sheet: Worksheet, form: AuditTool, plan: SheetPlan, answers: Mapping[str, str], asked: Mapping[str, str], board: str
) -> None:
    for question in plan.sheet.questions:
        _make_room(sheet, plan, question.ref, answers)
        for field in plan.sheet.fields:
            ref = f"{question.ref}.{field.id}"
            cell = sheet[plan.address(question.ref, field.id)]
            if text := answers.get(ref, ""):
                place = form.place(ref)
                day = read_date(text) if place and place.kind is Kind.DATE else None
                cell.value = day if isinstance(day, date) else text
                if day is None:
                    cell.data_type = "s"  # a leading "=" would else become a formula
            if ref in asked:
                cell.fill, cell.border = look.fill(look.ATTENTION_FILL), look.box(look.ATTENTION_BORDER, "medium")
                cell.comment = Comment(asked[ref], board, width=360, height=130)


def _make_room(sheet: Worksheet, plan: SheetPlan, question: str, answers: Mapping[str, str]) -> None:
    """A row high enough that nothing which stands in it is cut."""
    texts = [(answers.get(f"{question}.{field.id}", ""), field.width) for field in plan.sheet.fields]
    room = sheet.row_dimensions[plan.row(question)]
    room.height = max(room.height or 0, look.height_for(*texts))


def _cell_of(form: AuditTool, plans: tuple[SheetPlan, ...], ref: str) -> tuple[SheetPlan, str]:
    """The sheet and cell of an answer; the form's first cell for what it does not ask."""
    place = form.place(ref)
    if place is None:
        first = plans[0].sheet
        return plans[0], plans[0].address(first.questions[0].ref, first.fields[0].id)
    plan = next(plan for plan in plans if plan.sheet.id == place.sheet.id)
    return plan, plan.address(place.question.ref, place.field.id)


def mark(book: Workbook, cover: FormCover) -> None:
    """What the form is known by: custom properties and a defined name, so that its file name never matters."""
    for name, value in {"audit_kit_form": cover.kind, **cover.marks}.items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))
        book.defined_names[name] = DefinedName(name, attr_text=f'"{value}"')
    properties = book.properties
    properties.title, properties.subject = cover.title, cover.reference
    properties.creator = properties.lastModifiedBy = cover.board
    properties.language, properties.keywords = "en-GB", cover.reference


def with_results(workbook: bytes, form: AuditTool, answers: Mapping[str, str]) -> bytes:
    """A form just written with openpyxl, with its status column as it is for these answers.

    openpyxl can't write what a formula gives, so that a preview would show nothing. A form
    made from a layout has its results already.
    """
    package, plans = Package.read(workbook), plans_of(form)
    words, sheets = standing_of(form, answers).words, _parts_of(package)
    changed = {}
    for plan in plans:
        part = sheets[plan.sheet.title]
        results = {plan.status_address(q.ref): words[q.ref] for q in plan.sheet.questions}
        xml = _without_green_corners(results_remembered(package.part(part), results))
        rows = {row_key(cell) for cell in results}
        changed[part] = deflated(_growing(xml, rows))
    return package.with_parts(changed).to_bytes()


def _parts_of(package: Package) -> dict[str, str]:
    """The part of each sheet, by the sheet's name. openpyxl numbers the parts in the order of the sheets."""
    names = re.findall(rb'<sheet [^>]*?name="([^"]*)"', package.part("xl/workbook.xml"))
    return {unescape(name.decode()): f"xl/worksheets/sheet{n}.xml" for n, name in enumerate(names, start=1)}


def _without_green_corners(sheet: bytes) -> bytes:
    """The sheet without Excel's green corners: "2.1" is meant as a text, and rows do differ in their formulas."""
    cells = re.search(rb'<dimension ref="([^"]+)"', sheet)
    ignored = b'<ignoredErrors><ignoredError sqref="%b" numberStoredAsText="1" formula="1"/></ignoredErrors>'
    return sheet.replace(b"</headerFooter>", b"</headerFooter>" + ignored % cells[1]) if cells else sheet


def _growing(sheet: bytes, rows: set[str]) -> bytes:
    """The sheet with rows that grow with what is typed: openpyxl can only fix their height."""
    pieces, position = [], 0
    for number, (first, end) in row_slots(sheet).items():
        if row_key(str(number)) in rows:
            start = sheet[first:end]
            pieces += (sheet[position:first], row_with_height(start, row_height(start)))
            position = end
    return b"".join((*pieces, sheet[position:]))
