"""Does a layout fit its form? Everything that stands against it at once, each with its sheet and cell.

What is missing or would go wrong stops a form from being made; what would merely look wrong is said and no more.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from lxml.etree import _Element

from audit_kit.domain import scales
from audit_kit.domain.tool import AuditTool, Sheet
from audit_kit.office import room
from audit_kit.office.cell_addresses import address, at, letters
from audit_kit.office.hidden_cells import hidden_in_book
from audit_kit.office.layout_book import STYLES, BookLayout
from audit_kit.office.layout_cells import TOKEN, SheetCells
from audit_kit.office.layout_form import ANY, SheetLayout, missing_names, prefix_of, sheet_layout
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.layout_wording import NAMES, wording_faults
from audit_kit.office.template_fault import TemplateFault
from audit_kit.office.tool_layout import CHECK_CODE, LISTS, META, PRINTED_REFERENCE, START

LONGEST_TAB, LONGEST_MESSAGE, LONGEST_TITLE = 31, 255, 32  # Excel's own limits, in characters
LOOKS = {"look_asked_again": "how a cell looks that is asked again", "look_as_sent": "how an answer looks that is kept as sent"}  # fmt: skip
_GUIDANCE = {
    "guidance_number": "the number in the prototype row", "guidance_question": "the question", "guidance_prompts": "what to look for",
    **{f"guidance_grade_{n}": f"what {grade} looks like" for n, grade in enumerate(scales.JUDGED, start=1)},
}  # fmt: skip
#: on Start → what it is; those of the audit tool, then those that every form has
_START_TOOL = {
    "start_case": "beside Case", "start_agency": "beside Agency", "start_from": "the first day", "start_to": "the last day",
    "start_due": "when it is due",
    "start_tier": "the tier of the case when it was chosen", "start_code": f"beside {CHECK_CODE}", "start_ready": "beside Ready to return?",
    "start_sheet": "the line that is repeated for each sheet", "start_unfinished": "the line that is repeated for what is to finish",
}  # fmt: skip
_START = {
    "start_reference": "the reference of the audit", "start_request": "the line that is repeated for what is asked again",
}  # fmt: skip
#: what a layout may ask for by ``{...}``, beside what its own rows may
WORDS: Mapping[str, str] = {
    "board": "The Board's name",
    "area": "The area of the case",
    "theme": "The session's theme",
    "urgent phone": "Whom to ring about an immediate concern",
    "mailbox": "The team's mailbox",
    "area note": "The area's own sentence, from config.yaml",
    "subjects": "About whom this agency is asked",
    "lead role": "The role of the agency's lead, as we have it",
    "case": "The case's reference; on Start only",
    "audit": "The audit's reference",
    "round": "The number of the round",
    "evidence words": "How many words of evidence a grade wants at least, from config.yaml",
    "code": "The check code",
    "reference": "What the form is about: the session, case or concern",
    "counts": "How many cases in which area, in the planning workbook",
    "agency": "The agency's name, in the involvement form",
    "due": "When it is due, in the involvement form",
    "from": "The first day of the review period, in the involvement form",
    "to": "The last day of the review period, in the involvement form",
    "case reference": "The case, in the review workbook",
    "advice": "What agencies advised about engagement, a line each",
    "draft of": "The day of the report's draft, in the sign-off form",
    "committee on": "The day of the QA Sub Committee, in the sign-off form",
    "cases wanted": "How many cases go deep, in the meeting form",
    "problems": "How many things must change, in a copy that goes back",
    "number": "The question's number, in a prototype row",
    "question": "The question, in a prototype row",
    "what we ask": "The question in full, in a prototype row",
    "heading": "The heading of a column that is repeated",
}
_STAND_INS = (
    "status", "ready", "next to finish", "sheet", "to finish", "place", "request",
    "label", "fact", "at a glance", "other", "grades", "other grades", "pointed out",
)  # fmt: skip  # replaced altogether


@lru_cache(maxsize=64)
def faults_against(layout: BookLayout, form: AuditTool) -> tuple[TemplateFault, ...]:
    """Everything in which this layout doesn't fit the form; empty when it does."""
    found = list(_missing(layout, form))
    if not found:
        found = [fault for sheet in form.sheets for fault in _sheet_faults(layout, sheet)]
        found += _label_faults(layout)
    return (*found, *wording_faults(layout, form), *common_faults(layout))


@lru_cache(maxsize=16)
def common_faults(layout: BookLayout) -> tuple[TemplateFault, ...]:
    """What is wrong in any layout: words that mean nothing, messages that are too long, sheets without protection."""
    return (
        *_word_faults(layout), *_message_faults(layout), *_protection_faults(layout), *_hidden_faults(layout)
    )  # fmt: skip


def binding_names(layout: BookLayout) -> tuple[str, ...]:
    """The names that bind the layout and have no meaning in the finished workbook."""
    starts = (*_prefixes(layout), "guidance_", "start_", "look_", "only_", "wording_")
    return tuple(name for name in layout.names if name.startswith(starts))


def sheets_left_out(layout: BookLayout, form: AuditTool) -> tuple[str, ...]:
    """The sheets of the layout that this form doesn't have: answer sheets it doesn't ask, and the page about the layout."""
    asked = {prefix_of(sheet.id) for sheet in form.sheets}
    gone = [layout.names[f"{prefix}mark"].tab for prefix in _prefixes(layout) if prefix not in asked]
    return (*gone, *tabs_about_layout(layout))


def tabs_about_layout(layout: BookLayout) -> tuple[str, ...]:
    """The sheets that no copy has: the one about the layout, with its sample cells, and the one with the wording."""
    return tuple(dict.fromkeys(layout.names[name].tab for name in (*LOOKS, *NAMES) if name in layout.names))


def _prefixes(layout: BookLayout) -> tuple[str, ...]:
    """How the names of each answer sheet's cells begin."""
    return tuple(name.removesuffix("mark") for name in layout.names if name.endswith("_mark"))


def _missing(layout: BookLayout, form: AuditTool) -> Iterator[TemplateFault]:
    yield from tabs_missing(layout, (START, LISTS, META))
    for name in missing_names(layout, form):
        yield _fault(layout, name.name, "", name.sentence())
    wanted = {**_START, **LOOKS}
    if any(question.guidance for sheet in form.sheets for question in sheet.questions):
        wanted |= {**_GUIDANCE, **_START_TOOL}
    yield from names_missing(layout, wanted)


def tabs_missing(layout: BookLayout, tabs: Iterable[str]) -> Iterator[TemplateFault]:
    """Each of these sheets that the layout lacks, with the nearest one that it has."""
    for tab in tabs:
        if tab not in layout.sheets:
            yield _fault(layout, tab, "", f"the sheet *{tab}* is missing{_instead(tab, layout.sheets, 0.5)}")


def names_missing(layout: BookLayout, wanted: Mapping[str, str]) -> Iterator[TemplateFault]:
    """Each of these names (name → what it is) that the layout lacks, with the nearest one that it has."""
    spare = [name for name in layout.names if name not in wanted]
    for name, means in wanted.items():
        if name not in layout.names:
            near = _instead(name, spare, 0.6)
            sentence = f"the name *{name}* ({means}) is missing{near}. Formulas, Name Manager, New gives it back"
            yield _fault(layout, name, "", sentence)


def _instead(name: str, there: Iterable[str], likeness: float) -> str:
    near = next(iter(difflib.get_close_matches(name, list(there), 1, likeness)), "")
    return f"; the nearest one there is *{near}*" if near else ""


def _sheet_faults(layout: BookLayout, sheet: Sheet) -> Iterator[TemplateFault]:
    found = sheet_layout(layout, sheet.id)
    cells = SheetCells(layout.xml(layout.sheets[found.tab]), layout.strings)
    rows = sorted(set(found.rows.values()))
    first, last = rows[0], rows[-1]
    if rows != list(range(first, last + 1)):
        yield fault_at(
            layout, found.tab, first, 1, "the prototype rows must follow each other without a row between them"
        )
    if found.mark.row >= first or first < 2:
        yield fault_at(
            layout, found.tab, first, 1, "the hidden row and the headings must stand above the prototype rows"
        )
    if len(set(found.columns.values())) < len(found.columns):
        yield fault_at(layout, found.tab, first, 1, "two names point at the same column; each needs one of its own")
    for name, column in found.columns.items():
        if column == found.mark.column:
            yield fault_at(
                layout,
                found.tab,
                first,
                column,
                f"*{prefix_of(sheet.id)}{name}* points at the hidden column of references",
            )
    for merged in cells.root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell"):
        start, _, end = merged.get("ref").partition(":")
        if at(start)[0] <= last and at(end or start)[0] >= first - 1:
            yield fault_at(layout, found.tab, *at(start), "cells are merged among the questions; take the merging out")
    yield from _cell_faults(layout, sheet, found, cells)


def _cell_faults(layout: BookLayout, sheet: Sheet, found: SheetLayout, cells: SheetCells) -> Iterator[TemplateFault]:
    styles = layout.xml(STYLES).find(f"{MAIN}cellXfs")
    assert styles is not None
    answers = [found.columns[name] for name in (*(field.id for field in sheet.fields), ANY) if name in found.columns]
    for row in sorted(set(found.rows.values())):
        for column in answers:
            if not is_open(styles, cells.style(row, column)):
                yield fault_at(
                    layout,
                    found.tab,
                    row,
                    column,
                    "this answer cell is locked, so nobody could type in it (Format Cells, Protection)",
                )
        for name in ("number", "wording", "status", "asked", "guidance"):
            if name in found.columns and is_open(styles, cells.style(row, found.columns[name])):
                yield fault_at(layout, found.tab, row, found.columns[name], "this cell takes no answer and must be locked (Format Cells, Protection)")  # fmt: skip
    for field in sheet.fields:
        if field.id in found.columns and not found.headings[field.id]:
            yield fault_at(
                layout, found.tab, found.first_row - 1, found.columns[field.id], "this column has no heading"
            )
    for name in ("number", "wording", "asked"):
        token = {"number": "number", "wording": "question", "asked": "what we ask"}[name]
        if name in found.columns and f"{{{token}}}" not in cells.text(found.first_row, found.columns[name]):
            yield fault_at(
                layout, found.tab, found.first_row, found.columns[name], f"this cell never prints *{{{token}}}*"
            )


def is_open(styles: _Element, style: int) -> bool:
    """Whether a cell of this look may be typed in."""
    lock = styles[style].find(f"{MAIN}protection")
    return lock is not None and lock.get("locked", "1") in ("0", "false")


def _label_faults(layout: BookLayout) -> Iterator[TemplateFault]:
    """Returns are recognised by these two labels, among other things."""
    for name, label in (("start_reference", PRINTED_REFERENCE), ("start_code", CHECK_CODE)):
        if "start_code" in layout.names and name in layout.names:
            cell = layout.names[name]
            beside = SheetCells(layout.xml(layout.sheets[cell.tab]), layout.strings).text(cell.row, cell.column - 1)
            if beside.strip() != label:
                yield fault_at(
                    layout,
                    cell.tab,
                    cell.row,
                    cell.column - 1,
                    f"this must read *{label}*: a return is recognised by it",
                )


_BRACKET = "a curly bracket stands there for nothing; what is filled in stands between one pair, such as *{board}*"


def _word_faults(layout: BookLayout) -> Iterator[TemplateFault]:
    """``{...}`` that mean nothing, and those that are typed in two fonts and so never found."""
    known = (*WORDS, *_STAND_INS)
    for tab, part in layout.sheets.items():
        cells = SheetCells(layout.xml(part), layout.strings)
        for row, column, pieces in cells.runs():
            whole, apart = TOKEN.findall("".join(pieces)), [w for piece in pieces for w in TOKEN.findall(piece)]
            if set("{}") & set(TOKEN.sub("", "".join(pieces))):
                yield fault_at(layout, tab, row, column, _BRACKET, stops=False)
            for word in whole:
                if word not in known:
                    near = next(iter(difflib.get_close_matches(word, known, 1, 0.5)), "")
                    hint = f"; the nearest thing we have is *{{{near}}}*" if near else ""
                    yield fault_at(layout, tab, row, column, f"it asks for *{{{word}}}*, which there is not{hint}")
                elif word not in apart:
                    yield fault_at(
                        layout, tab, row, column, f"*{{{word}}}* is typed in two fonts; give all of it the same one"
                    )


def _message_faults(layout: BookLayout) -> Iterator[TemplateFault]:
    for tab, part in layout.sheets.items():
        if len(tab) > LONGEST_TAB:
            yield _fault(layout, tab, tab, f"the sheet's name is longer than {LONGEST_TAB} characters")
        root = layout.xml(part)
        for check in root.iterfind(f"{MAIN}dataValidations/{MAIN}dataValidation"):
            row, column = at(check.get("sqref", "A1").split()[0].partition(":")[0])
            for name, longest, called in (
                ("prompt", LONGEST_MESSAGE, "input message"), ("error", LONGEST_MESSAGE, "error message"),
                ("promptTitle", LONGEST_TITLE, "title of the input message"), ("errorTitle", LONGEST_TITLE, "title of the error message"),
            ):  # fmt: skip
                if len(check.get(name, "")) > longest:
                    yield fault_at(
                        layout,
                        tab,
                        row,
                        column,
                        f"the {called} has {len(check.get(name))} characters; Excel takes {longest}",
                    )
            listed = (check.findtext(f"{MAIN}formula1") or "").strip()
            if check.get("type") == "list" and listed.startswith('"') and len(listed) - 2 > LONGEST_MESSAGE:
                yield fault_at(layout, tab, row, column, f"the list typed into the cell's check is longer than {LONGEST_MESSAGE} characters; Excel can't open it")  # fmt: skip
        yield from _cut_off(layout, tab, SheetCells(root, layout.strings))


def _cut_off(layout: BookLayout, tab: str, cells: SheetCells) -> Iterator[TemplateFault]:
    """Texts higher than Excel's highest row can be in their column."""
    for row in cells.rows:
        for text, width in cells.texts_of(row)[1:]:
            if room.lines_needed(text, width) * room.LINE_POINTS + 5 > room.HIGHEST_ROW:
                yield fault_at(layout, tab, row, 1, "a text in this row is too long for its column: no row can be so high. Widen the column or shorten it", stops=False)  # fmt: skip


def _hidden_faults(layout: BookLayout) -> Iterator[TemplateFault]:
    """What nobody who fills the form in would see. Noted at the top of the sheet: a note on a hidden line would be hidden too."""
    hidden = hidden_in_book(layout)
    for tab in layout.sheets:
        if tab in (LISTS, META, *tabs_about_layout(layout)):
            continue
        if tab in hidden.sheets:
            yield _fault(layout, "", tab, "the sheet is hidden, so that nobody would see what stands on it. Show it (right click on any tab, Unhide)")  # fmt: skip
            continue
        here = {name: cells for name, cells in layout.names.items() if cells.tab == tab}
        marks = [cells for name, cells in here.items() if name.endswith("_mark")]
        rows, columns = _lines_in_use(layout, tab)  # designers hide all that is not, to the last column
        rows = rows & hidden.rows[tab] - {mark.row for mark in marks}
        columns = columns & hidden.columns[tab] - {mark.column for mark in marks}
        needed = [cells for name, cells in here.items() if not name.endswith("_mark")]
        for what, lines, bound in (
            ("row", {row: str(row) for row in rows}, {cells.row for cells in needed}),
            ("column", {column: letters(column) for column in columns}, {cells.column for cells in needed}),
        ):
            for line in sorted(lines):
                instead = "" if line in bound else ", or delete it"
                yield _fault(layout, "", tab, f"{what} {lines[line]} would be hidden in every copy. Show it (Unhide){instead}", stops=line in bound)  # fmt: skip


def _lines_in_use(layout: BookLayout, tab: str) -> tuple[frozenset[int], frozenset[int]]:
    """The rows and the columns of a sheet in which something stands, or which the form needs."""
    filled = [
        at(cell.get("r")) for cell in layout.xml(layout.sheets[tab]).iter(f"{MAIN}c") if len(cell) and cell.get("r")
    ]
    filled += [(cells.row, cells.column) for cells in layout.names.values() if cells.tab == tab]
    return frozenset(row for row, _ in filled), frozenset(column for _, column in filled)


def _protection_faults(layout: BookLayout) -> Iterator[TemplateFault]:
    hidden = hidden_in_book(layout).sheets
    gone = set(tabs_about_layout(layout))
    for tab, part in layout.sheets.items():
        if tab in hidden | gone:
            continue
        lock = layout.xml(part).find(f"{MAIN}sheetProtection")
        if lock is None or lock.get("sheet", "0") not in ("1", "true"):
            yield _fault(
                layout,
                "",
                tab,
                "the sheet is not protected: agencies could change the questions (Review, Protect Sheet, no password)",
            )
        elif any(lock.get(name) for name in ("password", "hashValue")):
            yield _fault(
                layout, "", tab, "the sheet is protected with a password, so that nobody could check spelling; use none"
            )
        elif any(lock.get(name, "1") not in ("0", "false") for name in ("formatRows", "formatColumns")):
            yield _fault(
                layout,
                "",
                tab,
                "the protection must allow formatting rows and columns, so that they can be made larger",
            )


def fault_at(layout: BookLayout, tab: str, row: int, column: int, what: str, *, stops: bool = True) -> TemplateFault:
    """One thing about a cell of the layout."""
    return _fault(layout, "", f"{tab}!{address(row, max(column, 1))}", what, stops=stops)


def _fault(layout: BookLayout, name: str, where: str, what: str, *, stops: bool = True) -> TemplateFault:
    tab, _, cell = where.partition("!")
    place = f", sheet {tab}{', cell ' + cell if cell else ''}" if tab else ""
    return TemplateFault(layout.file, name, where, f"{layout.file}{place}: {what}.", stops)
