"""What the layout of the QA workbook must have: a page that is repeated for each return, bound by the names of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from audit_kit.office.layout_book import STYLES, BookLayout
from audit_kit.office.layout_cells import SheetCells
from audit_kit.office.layout_contract import LOOKS, common_faults, fault_at, is_open, names_missing, tabs_missing
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.layout_pages import keeps_from_repeating
from audit_kit.office.template_fault import TemplateFault
from audit_kit.office.tool_layout import LISTS, START

#: name → what it is
NAMES: Mapping[str, str] = {
    "start_reference": "beside Reference",
    "start_return": "the line that is repeated for each return",
    "start_other": "the line that is repeated for each other audit of the case",
    "page_mark": "where the hidden row and column cross on a return's page",
    "page_fact": "the line that is repeated for what is known of a return",
    "page_decision": "where the reviewer chooses Accept or Send back",
    "page_reason": "where the reviewer says why",
    "page_who": "where the reviewer says in which role",
    "page_number": "the number in the row that is repeated for each line of enquiry",
    "page_question": "its title there",
    "page_grades": "the grades of this return there",
    "page_others": "the grades of the case's other returns there",
    "page_pointed": "what the checks point out there",
    "page_answer": "where the reviewer writes there",
    "page_other": "the row that is repeated for other answers, where one is chosen from the list",
}
_OPEN = ("page_decision", "page_reason", "page_who", "page_answer", "page_other")


@lru_cache(maxsize=16)
def qa_layout_faults(layout: BookLayout) -> tuple[TemplateFault, ...]:
    """Everything in which this layout can't carry the QA workbook; empty when it can."""
    found = [
        *tabs_missing(layout, (START, LISTS)),
        *names_missing(layout, {**NAMES, "look_asked_again": LOOKS["look_asked_again"]}),
    ]
    return (*(found or _page_faults(layout)), *common_faults(layout))


def _page_faults(layout: BookLayout) -> Iterator[TemplateFault]:
    tab = layout.names["page_mark"].tab
    reason = keeps_from_repeating(layout, tab)
    if reason:
        yield fault_at(layout, tab, 1, 1, reason)
    apart = [name for name in NAMES if name.startswith("page_") and layout.names[name].tab != tab]
    for name in apart:
        yield fault_at(layout, layout.names[name].tab, layout.names[name].row, layout.names[name].column, f"*{name}* must stand on the sheet {tab}")  # fmt: skip
    if apart:
        return
    rows = [layout.names[name].row for name in ("page_fact", "page_mark", "page_decision")]
    if rows != sorted(rows):
        yield fault_at(
            layout, tab, rows[1], 1, "the facts, the hidden row and the marks must follow each other in this order"
        )
    styles = layout.xml(STYLES).find(f"{MAIN}cellXfs")
    assert styles is not None
    cells = SheetCells(layout.xml(layout.sheets[tab]), layout.strings)
    header = layout.names["page_mark"].row + 1
    for name in ("number", "question", "grades", "others", "pointed", "answer"):
        column = layout.names[f"page_{name}"].column
        if not cells.text(header, column):
            yield fault_at(layout, tab, header, column, "this column has no heading")
    for name in _OPEN:
        place = layout.names[name]
        if not is_open(styles, cells.style(place.row, place.column)):
            yield fault_at(layout, tab, place.row, place.column, "this answer cell is locked, so nobody could type in it (Format Cells, Protection)")  # fmt: skip
