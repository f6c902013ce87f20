"""A sheet that several agencies' tools have in common is made once, and no tool is another for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from audit_kit.domain.brought_forward import OpenAction, with_open_actions
from audit_kit.domain.references import AuditRef
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.domain.thresholds import STANDARD
from audit_kit.domain.tool import AuditTool
from audit_kit.office.layout_book import BookLayout
from audit_kit.office.package_patch import deflated
from audit_kit.office.question_bank import read_question_bank
from audit_kit.office.tool_workbook import ToolCover, ToolWords, compile_tool, read_layout, send_back_copy
from audit_kit.store.folders import shipped

THEME = read_question_bank((shipped("templates") / "question_bank.xlsx").read_bytes()).theme("neglect")
WORDS = ToolWords("The Board", "Hackney", "Neglect", "020 7946 0100", "audit@example.org", subjects="the child")
DAYS = date(2025, 10, 1), date(2026, 9, 30), date(2026, 11, 5)
COVER = ToolCover(AuditRef("2026-A2-NEG", "H1", "MPS"), 1, "The agency", *DAYS, "Q7ZKD-3MB2A-XH5TR-LW6CE")


def a_layout() -> BookLayout:
    """The layout as it is opened by a process that has made nothing yet."""
    return read_layout.__wrapped__((shipped("templates") / "audit_tool.xlsx").read_bytes(), "audit_tool.xlsx")


def the_tool(agency: str, area: str = "H", variant: str = "") -> AuditTool:
    assert THEME is not None
    return tool_for(THEME, area, agency, tuple(kloe.ref for kloe in THEME.kloes), {}, variant)


def asking_less(tool: AuditTool, sheet_id: str) -> AuditTool:
    """The tool with one question fewer on this sheet."""
    sheets = (
        replace(sheet, questions=sheet.questions[:-1]) if sheet.id == sheet_id else sheet for sheet in tool.sheets
    )
    return replace(tool, sheets=tuple(sheets))


@pytest.mark.parametrize(
    ("before", "tool", "words"),
    [
        (the_tool("GP"), the_tool("MPS"), WORDS),
        (the_tool("MPS"), the_tool("MPS"), replace(WORDS, subjects="the parents or carers")),
        (the_tool("MPS"), the_tool("MPS"), replace(WORDS, urgent_phone="020 7946 0999", area_note="A note.")),
        (the_tool("MPS"), asking_less(the_tool("MPS"), "actions"), WORDS),
        (the_tool("MPS"), asking_less(the_tool("MPS"), "practitioners"), WORDS),
        (asking_less(the_tool("MPS"), "chronology"), the_tool("MPS"), WORDS),
        (
            the_tool("MPS"),
            replace(the_tool("MPS"), thresholds=replace(STANDARD, evidence_words=STANDARD.evidence_words + 7)),
            WORDS,
        ),
    ],
    ids=[
        "another agency",
        "about others",
        "other words",
        "fewer actions",
        "fewer people",
        "more events",
        "longer evidence",
    ],
)
def test_a_tool_is_the_same_to_the_byte_whatever_was_made_before_it(before, tool, words):
    used = a_layout()
    compile_tool(used, before, WORDS)

    assert compile_tool(used, tool, words).personalise(COVER) == compile_tool(a_layout(), tool, words).personalise(
        COVER
    )


ACTIONS = (OpenAction("2026-A1-NEG", "Ask each child alone."), OpenAction("2026-A1-NEG", "Write down who was told."))


def without_guidance(tool: AuditTool) -> AuditTool:
    return replace(
        tool,
        sheets=tuple(
            replace(sheet, questions=tuple(replace(question, guidance="") for question in sheet.questions))
            for sheet in tool.sheets
        ),
    )


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        (the_tool("GP"), WORDS),
        (the_tool("CSC-H"), WORDS),
        (the_tool("GP", "C", "city"), replace(WORDS, area_note="A note.")),
        (with_open_actions(the_tool("MPS"), ACTIONS), WORDS),
        (without_guidance(the_tool("MPS")), replace(WORDS, subjects="")),
    ],
    ids=["few own questions", "many own questions", "the other area", "open actions", "no guidance"],
)
def test_what_a_tool_holds_beside_its_cells_is_told_from_its_outline(tool, words):
    assert (
        compile_tool(a_layout(), tool.outline(), words.outline()).beside == compile_tool(a_layout(), tool, words).beside
    )


def test_tools_of_two_agencies_have_one_outline_and_one_without_links_another():
    assert the_tool("CSC-H").outline() == the_tool("GP").outline()
    with_links, without = (
        compile_tool(a_layout(), tool.outline(), WORDS.outline()).beside
        for tool in (the_tool("GP"), without_guidance(the_tool("GP")))
    )
    assert {kind for kind, _ in with_links - without} == {"links"}


ANSWERS = {
    "voice.child.answer": "That it is cold at home, and that nobody asks. " * 9,
    "N2.evidence": "Seen at home on 3 March 2026; health record, page 4. " * 20,
    "action.1.what": "Ask each child alone.",
}
ASKED = [("N1.evidence", "Please add evidence."), ("overall.ours.answer", "Please say why.")]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        (ANSWERS, ASKED),
        ({**ANSWERS, "voice.child.answer": "Nothing."}, ASKED),
        (ANSWERS, [*ASKED, ("voice.changed.answer", "Please say what changed.")]),
        (ANSWERS, [("N2.evidence", "Please add the date.")]),
        (ANSWERS, [("action", "Please say who does it.")]),
    ],
    ids=["the same", "a shorter answer", "asked on another sheet", "asked elsewhere on a sheet", "in general"],
)
@pytest.mark.parametrize("before", [None, ASKED, [("voice.child.answer", "Please say more."), *ASKED]])
def test_a_copy_that_goes_back_is_the_same_to_the_byte_whatever_was_made_before_it(before, answers, asked):
    used = a_layout()
    compile_tool(used, the_tool("GP"), WORDS)
    if before is not None:
        send_back_copy(used, the_tool("GP"), WORDS, COVER, ANSWERS, before)

    one, other = (
        send_back_copy(layout, the_tool("MPS"), WORDS, COVER, answers, asked) for layout in (used, a_layout())
    )
    assert one == other


def test_of_the_next_copy_that_goes_back_only_the_sheets_are_made_on_which_something_is_asked():
    layout, tool = a_layout(), the_tool("MPS")
    send_back_copy(layout, tool, WORDS, COVER, ANSWERS, ASKED)
    made = len(layout.finished)

    send_back_copy(
        layout, tool, WORDS, COVER, {**ANSWERS, "voice.child.answer": "Nothing."}, [*ASKED, ("N3.why", "More.")]
    )

    assert made == len(tool.sheets) - 2 + len(("Guidance", "Lists"))
    assert len(layout.finished) == made


def with_another_word(tool: AuditTool) -> AuditTool:
    """The same tool, but for one word of its guidance and one of a list."""
    sheets = tuple(
        replace(
            sheet,
            questions=tuple(replace(q, guidance=q.guidance.replace("child", "baby")) for q in sheet.questions),
            fields=tuple(replace(field, choices=(*field.choices, "Unsure") if field.choices else ()) for field in sheet.fields),
        )
        for sheet in tool.sheets
    )  # fmt: skip
    return replace(tool, sheets=sheets)


@pytest.mark.parametrize("other", [with_another_word, without_guidance])
def test_guidance_and_lists_are_made_anew_where_a_word_of_them_differs(other):
    used, tool = a_layout(), other(the_tool("MPS"))
    send_back_copy(used, the_tool("MPS"), WORDS, COVER, ANSWERS, ASKED)

    one, alone = (send_back_copy(layout, tool, WORDS, COVER, ANSWERS, ASKED) for layout in (used, a_layout()))

    assert one == alone != send_back_copy(used, the_tool("MPS"), WORDS, COVER, ANSWERS, ASKED)


def test_a_sheet_whose_formula_speaks_of_another_is_made_anew_when_that_one_grows():
    """The team may count on one sheet what stands on another: the layout's formula then moves with those cells."""
    layout = a_layout()
    part = layout.sheets["Findings"]
    formula = b'<c r="B1"><f>COUNTA(Chronology!$C$9:$C$900)</f></c>'
    counting = layout.package.part(part).replace(b'</row><row r="2"', formula + b'</row><row r="2"')
    used, fresh = (
        read_layout.__wrapped__(layout.package.with_parts({part: deflated(counting)}).to_bytes(), "audit_tool.xlsx")
        for _ in range(2)
    )
    longer = the_tool("MPS")
    compile_tool(used, asking_less(longer, "chronology"), WORDS)

    assert compile_tool(used, longer, WORDS).personalise(COVER) == compile_tool(fresh, longer, WORDS).personalise(COVER)


def test_of_the_next_agency_only_the_questions_of_its_own_and_their_guidance_are_made():
    layout = a_layout()
    compile_tool(layout, the_tool("GP"), WORDS)
    made = len(layout.finished)

    compile_tool(layout, the_tool("MPS"), WORDS)

    assert len(layout.finished) - made == len(("Questions", "Guidance"))
