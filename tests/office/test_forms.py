"""Every answer is found again by its reference, whatever happened to the sheets around it."""

from __future__ import annotations

from tool_examples import COVER, WORDS, a_tool, every_answer, read_back

from audit_kit.office.forms import form_kind, read_answers, read_concern, tool_identity
from audit_kit.office.tool_workbook import compile_tool

TOOL = a_tool(3)
COMPILED = compile_tool(TOOL, WORDS)


def test_every_answer_comes_back_as_typed():
    answers = every_answer(TOOL)

    read = read_answers(read_back(COMPILED.personalise(COVER, answers)), TOOL)

    assert read.answers == answers
    assert (read.formulas, read.extras, read.damage) == (frozenset(), (), ())


def test_the_tool_says_whose_audit_it_is():
    book = read_back(COMPILED.personalise(COVER))

    identity = tool_identity(book)

    assert form_kind(book) == "tool"
    assert (identity.audit, identity.round, identity.disagreements) == (COVER.audit, 1, ())


def test_a_concern_is_read_without_knowing_the_audit():
    answers = {"concern.any.answer": "Yes", "concern.what.answer": "Left alone at night."}

    concern = read_concern(read_back(COMPILED.personalise(COVER, answers)))

    assert (concern.found, concern.any, concern.what, concern.elsewhere) == (
        True, "Yes", "Left alone at night.", (),
    )  # fmt: skip
