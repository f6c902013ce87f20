"""The copy that goes back to an agency: their answers kept, and what is asked for again marked.

It is written new from values. Nothing of the agency's file is in it: no author, comment, hidden sheet or
formula can travel on, because nothing is copied.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": audits are "returned if they are not
sufficiently robust, or comprehensive".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit_kit.domain.follow_on import follow_on
from audit_kit.domain.standard_sheets import CONCERN
from audit_kit.domain.tool import AuditTool, Layout, Sheet
from audit_kit.office.layout_book import BookLayout
from audit_kit.office.layout_form import plan_in, worded
from audit_kit.office.tool_answers import SentBack
from audit_kit.office.tool_compile import ToolCover, compile_tool
from audit_kit.office.tool_layout import quoted
from audit_kit.office.tool_start import Request, ToolWords


def send_back_copy(
    layout: BookLayout,
    tool: AuditTool,
    words: ToolWords,
    cover: ToolCover,
    answers: Mapping[str, str],
    weak: Sequence[tuple[str, str]],
) -> bytes:
    """The tool for the next round: their answers kept, only the weak cells and the concern sheet open.

    ``weak``: (answer reference, what the Board asks), in the order in which it is to be listed. A reference of
    a whole question (``N6``) opens all its cells; one in an empty table row opens all the table's empty rows;
    one that the tool doesn't know is listed on Start without a place. ``answers`` go out as they are: with
    the names taken out beforehand, which is the caller's duty. KeyError for an answer the tool doesn't ask for.
    """
    tool = worded(layout, tool)
    cells = [(_cells_of(tool, ref), request) for ref, request in weak]
    requests: dict[str, str] = {}
    for refs, request in cells:
        if refs:
            requests[refs[0]] = f"{requests[refs[0]]}\n{request}" if refs[0] in requests else request
    opened = {ref for refs, _ in cells for ref in refs}
    opened |= {ref for refs, _ in cells for ref in _opened_besides(tool, refs, answers)}
    # whatever else is asked, there must be a place to say that somebody is at risk
    always = {ref for ref in tool.answer_refs if ref.startswith(f"{CONCERN.id}.")} - opened
    back = SentBack(requests, words.board_name, frozenset(opened), frozenset(always))
    listed = tuple(_listed(layout, tool, refs, ref, text) for (ref, text), (refs, _) in zip(weak, cells, strict=True))
    return compile_tool(layout, tool, words, back, listed).personalise(cover, answers)


def _cells_of(tool: AuditTool, ref: str) -> tuple[str, ...]:
    """The answers that a reference means: itself, or all of its question, or none."""
    if tool.place(ref):
        return (ref,)
    return tuple(answer for answer in tool.answer_refs if answer.rpartition(".")[0] == ref)


def _opened_besides(tool: AuditTool, refs: Sequence[str], answers: Mapping[str, str]) -> set[str]:
    """What must be open too if the request is to be met: a reason for a blank, the empty rows of a table."""
    opened: set[str] = set()
    for ref in refs:
        place = tool.place(ref)
        if place is None:
            continue
        opened.update(follow_on(tool, ref, answers))
        if place.sheet.layout is not Layout.TABLE and any(field.id == "blank" for field in place.sheet.fields):
            opened.add(f"{place.question.ref}.blank")
        elif place.sheet.layout is Layout.TABLE and not _row_is_filled(place.sheet, place.question.ref, answers):
            opened |= {
                f"{question.ref}.{field.id}"
                for question in place.sheet.questions
                if not _row_is_filled(place.sheet, question.ref, answers)
                for field in place.sheet.fields
            }
    return opened


def _row_is_filled(sheet: Sheet, question_ref: str, answers: Mapping[str, str]) -> bool:
    return any(answers.get(f"{question_ref}.{field.id}") for field in sheet.fields)


def _listed(layout: BookLayout, tool: AuditTool, refs: Sequence[str], ref: str, text: str) -> Request:
    place = tool.place(refs[0]) if refs else None
    if place is None:
        return Request("In general", "", text)
    plan = plan_in(layout, place.sheet)
    link = f"{quoted(place.sheet.title)}!{plan.address(place.question.ref, place.field.id)}"
    words = f"{place.sheet.title}: {place.question.number}"
    if place.sheet.layout is not Layout.FORM and tool.place(ref):
        words += f", {place.field.heading.lower()}"
    return Request(words, link, text)
