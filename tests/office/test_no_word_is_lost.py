"""Whatever an agency typed arrives as typed, as text, in every workbook that is written from it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tool_examples import COVER, LAYOUT, WORDS, a_tool

from audit_kit.office.forms import read_answers
from audit_kit.office.package_patch import plain_text
from audit_kit.office.safe_read import read_safely
from audit_kit.office.tool_workbook import on_file_copy, send_back_copy

TOOL = a_tool()
NARRATIVES = [ref for ref in TOOL.answer_refs if ref.rpartition(".")[2] in ("evidence", "why", "good", "improve")]
ODD = [
    "=cmd|' /C calc'!A0", "+44 20 7946 0000", "-1", "@SUM(A1)", "<b>&amp;</b> \"quoted\" 'so'", "{{ case }} {% for %}",
    "emoji 👨‍👩‍👧 and Ŵyth", "שלום עליכם", "İstanbul ı", "one\ntwo\n\nfour", "_x000A_ typed", "]]> and <!--", "bell \x07",
    "carriage\rreturn",
]  # fmt: skip
# control characters are no words: the reading child leaves them out
texts = st.lists(
    st.text(st.characters(exclude_categories=["Cc"]), min_size=1, max_size=60), min_size=1, max_size=len(NARRATIVES)
)


@pytest.mark.parametrize("write", ["on file", "sent back"])
@settings(max_examples=4, deadline=None)
@given(typed=texts)
@example(typed=ODD)
@example(typed=["y" * 32_767])
def test_every_character_arrives_in_the_copy(write, typed):
    answers = {ref: plain_text(text) for ref, text in zip(NARRATIVES, typed, strict=False) if plain_text(text).strip()}
    if write == "on file":
        book = read_safely(on_file_copy(TOOL, WORDS, COVER, answers))
        assert not any(cell.is_formula for sheet in book.sheets for cell in sheet.cells.values())
        sheet = next(sheet for sheet in book.sheets if sheet.name == "Questions")
        said = "".join(cell.text for (_, column), cell in sorted(sheet.cells.items()) if column == 4)
        assert [text for text in answers.values() if text.strip() not in said] == []
    elif answers:
        book = read_safely(
            send_back_copy(LAYOUT, TOOL, WORDS, COVER, answers, [("N1.evidence", "Please add the date.")])
        )
        read = read_answers(book, TOOL)
        assert read.answers == {ref: text.strip() for ref, text in answers.items()}
        assert not read.formulas
