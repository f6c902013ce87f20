"""What the questions say, as the team writes it on the sheet *Wording* of a layout: a line a question, found by its reference.

Theme questions stand in the question bank; these are the questions of the other sheets. What a line says takes the place
of the kit's own words; a question without a line keeps them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from audit_kit.domain.tool import AuditTool, Question
from audit_kit.office.layout_book import BookLayout
from audit_kit.office.layout_cells import SheetCells
from audit_kit.office.template_fault import TemplateFault, cell_address
from audit_kit.office.tool_rules import LONGEST_MESSAGE

NAMES: Mapping[str, str] = {
    "wording_ref": "the heading Reference on the sheet Wording",
    "wording_question": "the heading Question there",
    "wording_message": "the heading Message there",
}
LONGEST_QUESTION = 300  # characters; more than six lines beside an answer


@dataclass(frozen=True)
class WordingLine:
    """One line of the sheet: what a question says, and the message that is shown while its cell is chosen."""

    row: int
    ref: str
    question: str
    message: str


@lru_cache(maxsize=64)
def wording_lines(layout: BookLayout) -> tuple[WordingLine, ...]:
    """Every line that has a reference; none when the layout has no such sheet."""
    if NAMES.keys() - layout.names.keys():
        return ()
    ref, question, message = (layout.names[name] for name in NAMES)
    cells = SheetCells(layout.xml(layout.sheets[ref.tab]), layout.strings)
    found = []
    for row in (row for row in cells.rows if row > ref.row):
        said = (cells.text(row, each.column).strip() for each in (ref, question, message))
        found.append(WordingLine(row, *said))
    return tuple(line for line in found if line.ref)


def as_worded(question: Question, lines: Mapping[str, WordingLine]) -> Question:
    """The question in the team's words. An empty question keeps the kit's; an empty message is none."""
    line = lines.get(question.ref)
    if line is None:
        return question
    return replace(question, wording=line.question or question.wording, hint=line.message[:LONGEST_MESSAGE])


def wording_faults(layout: BookLayout, form: AuditTool) -> Iterator[TemplateFault]:
    """Lines about questions that there are not, about one twice, without words, or with too many."""
    known, seen = [question.ref for sheet in form.sheets for question in sheet.questions], set()
    for line in wording_lines(layout):
        if line.ref not in known:
            near = next(iter(difflib.get_close_matches(line.ref, known, 1, 0.5)), "")
            hint = f"; the nearest one there is *{near}*" if near else ""
            yield _fault(layout, line, "wording_ref", f"there is no question *{line.ref}*{hint}")
        if line.ref in seen:
            yield _fault(layout, line, "wording_ref", f"*{line.ref}* stands here a second time")
        seen.add(line.ref)
        if set("{}") & set(line.question + line.message):
            what = "nothing in curly brackets is filled in here; write the words themselves"
            yield _fault(layout, line, "wording_question", what)
        if not line.question:
            yield _fault(
                layout, line, "wording_question", "the question is empty, so that the kit's own words are used"
            )
        for name, text, longest in (
            ("wording_question", line.question, LONGEST_QUESTION), ("wording_message", line.message, LONGEST_MESSAGE),
        ):  # fmt: skip
            if len(text) > longest:
                yield _fault(layout, line, name, f"this has {len(text)} characters; {longest} can be shown")


def _fault(layout: BookLayout, line: WordingLine, name: str, what: str) -> TemplateFault:
    place = layout.names[name]
    where = f"{place.tab}!{cell_address(line.row, place.column)}"
    sentence = f"{layout.file}, sheet {place.tab}, cell {cell_address(line.row, place.column)}: {what}."
    return TemplateFault(layout.file, line.ref, where, sentence, False)
