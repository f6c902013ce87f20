"""A sheet that several agencies' tools have in common is made once, and no tool is another for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from audit_kit.domain.references import AuditRef
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.domain.thresholds import STANDARD
from audit_kit.domain.tool import AuditTool
from audit_kit.office.layout_book import BookLayout
from audit_kit.office.question_bank import read_question_bank
from audit_kit.office.tool_workbook import ToolCover, ToolWords, compile_tool, read_layout
from audit_kit.store.folders import shipped

THEME = read_question_bank((shipped("templates") / "question_bank.xlsx").read_bytes()).theme("neglect")
WORDS = ToolWords("The Board", "Hackney", "Neglect", "020 7946 0100", "audit@example.org", subjects="the child")
DAYS = date(2025, 10, 1), date(2026, 9, 30), date(2026, 11, 5)
COVER = ToolCover(AuditRef("2026-A2-NEG", "H1", "MPS"), 1, "The agency", *DAYS, "Q7ZKD-3MB2A-XH5TR-LW6CE")


def a_layout() -> BookLayout:
    """The layout as it is opened by a process that has made nothing yet."""
    return read_layout.__wrapped__((shipped("templates") / "audit_tool.xlsx").read_bytes(), "audit_tool.xlsx")


def the_tool(agency: str) -> AuditTool:
    assert THEME is not None
    return tool_for(THEME, "H", agency, tuple(kloe.ref for kloe in THEME.kloes), {})


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


def test_of_the_next_agency_only_the_questions_of_its_own_are_made():
    layout = a_layout()
    compile_tool(layout, the_tool("GP"), WORDS)
    made = len(layout.finished)

    compile_tool(layout, the_tool("MPS"), WORDS)

    assert len(layout.finished) - made == 1
