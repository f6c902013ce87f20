"""Whatever somebody typed arrives as typed, as text, in the report and in both forms of the action plan."""

from __future__ import annotations

import dataclasses
import io
import unicodedata
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from report_builder import CASES, TEMPLATE, a_session, a_theme, content, graded, returned

from audit_kit.domain.actions import COLUMNS, ActionPlan
from audit_kit.domain.report import ExtractText, ReportContent
from audit_kit.office.action_plan_document import write_action_plan_document
from audit_kit.office.action_plan_workbook import SHEET, write_action_plan_workbook
from audit_kit.office.document import text_of
from audit_kit.office.reader_child import unescape
from audit_kit.office.report_document import write_report
from audit_kit.office.word_package import opened
from audit_kit.stages.action_plan import action_plan
from audit_kit.stages.analyse import analyse

PLAN_TEMPLATE = (Path(__file__).parents[2] / "templates" / "action_plan.docx").read_bytes()
ODD = [
    "=cmd|' /C calc'!A0", "+44 20 7946 0000", "-1", "@SUM(A1)", "<b>&amp;</b> \"quoted\" 'so' & <w:p/>", "{{ 7*7 }} {% for x in y %}",
    "{%p if status %}{{ ''.__class__ }}", "{_{ nearly }_} {#_ and #}", "emoji 👨‍👩‍👧 and Ŵyth", "שלום עליכם", "مرحبا بالعالم", "İstanbul ı",
    "one\ntwo\n\nfour", "a\ttab", "_x000D_ _x000A_ typed", "]]> and <!-- -->", "⟦note 1⟧ ⟦chart 1⟧", "  spaces  inside  ", "\u00a0", "“curly” – and …",
]  # fmt: skip
FRAGMENTS = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{_",
    "_}",
    "{#",
    "&",
    "<",
    ">",
    "=",
    "\n",
    "\t",
    "_x000D_",
    "👨‍👩‍👧",
    "\u202e",
    "⟦",
    "'",
    '"',
    " ",
    "a",
]
# control characters are no words: the reading child takes them out, and says so
characters = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=60)
texts = st.lists(
    st.one_of(characters, st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)), min_size=1, max_size=12
)


def as_typed(text: str) -> str:
    """The text in the one form of Unicode that everything is kept in; noncharacters name nothing."""
    return unicodedata.normalize("NFC", "".join(c for c in text if not 0xFDD0 <= ord(c) <= 0xFDEF))


@pytest.fixture(scope="module")
def said() -> ReportContent:
    return content(returned({**graded("N6", "Requires improvement", improve="Re-set plans"), **graded("N2", "Good", good="Seen alone")}))  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> ActionPlan:
    own = {"action.1.what": "Sample 20 plans", "action.1.owner": "Named GP", "action.1.measure": "18 of 20"}
    session = a_session(CASES)
    analysis = analyse(session, a_theme(), returned({**graded("N6", "Requires improvement"), **own}), (), 3)
    return action_plan(analysis, session, board="The Board", written_on=date(2026, 11, 24), chain_head="9f3c")


def the_report_saying(said: ReportContent, typed: list[str]) -> ReportContent:
    """The report with these texts as an agency's extracts, in a table, as a sentence and in the plan's own words."""
    extracts = tuple(ExtractText(text, "Health") for text in typed)
    found = dataclasses.replace(said.improvements[0], extracts=extracts)
    line = dataclasses.replace(said.actions[0], action=typed[0], owner=typed[-1])
    return dataclasses.replace(
        said, improvements=(found,), actions=(line,), why_chosen=typed[0], key_messages=tuple(typed), training=extracts
    )


def lines_of(report: bytes) -> str:
    document = opened(report)
    assert not list(document.element.iter(qn("w:object"), qn("w:altChunk")))
    return text_of(document.element)


def assert_arrives_in_the_report(said: ReportContent, typed: list[str]) -> None:
    everything = lines_of(write_report(TEMPLATE, the_report_saying(said, typed)))
    assert [text for text in typed if as_typed(text) not in everything] == []
    assert "49" not in everything or any("49" in text for text in typed)  # nothing was worked out


def assert_arrives_in_the_plan(plan: ActionPlan, typed: list[str]) -> None:
    own = tuple(dataclasses.replace(plan.single_agency[0], action=text, measure=text, owner=text) for text in typed)
    changed = dataclasses.replace(plan, single_agency=own, summary=typed[0])
    everything = lines_of(write_action_plan_document(PLAN_TEMPLATE, changed))
    assert [text for text in typed if as_typed(text) not in everything] == []
    book = openpyxl.load_workbook(io.BytesIO(write_action_plan_workbook(changed)))
    rows = list(book[SHEET].iter_rows(min_row=4 + len(plan.system), max_row=3 + len(plan.system) + len(own)))
    column = [field for _, field in COLUMNS].index("action")
    cells = [row[column] for row in rows]
    assert [unescape(str(cell.value or "")) for cell in cells] == [as_typed(text) for text in typed]
    assert {cell.data_type for cell in cells if cell.value} <= {"s"}


@settings(max_examples=6, deadline=None)
@given(typed=texts)
@example(typed=ODD)
@example(typed=["y" * 32_767])
def test_every_character_arrives_in_the_report(said, typed):
    assert_arrives_in_the_report(said, typed)


@settings(max_examples=6, deadline=None)
@given(typed=texts)
@example(typed=ODD)
@example(typed=["y" * 32_767])
def test_every_character_arrives_in_both_forms_of_the_plan(plan, typed):
    assert_arrives_in_the_plan(plan, typed)


@pytest.mark.proof
@settings(max_examples=150, deadline=None)
@given(typed=texts)
def test_every_character_arrives_whatever_else_is_tried(said, plan, typed):
    assert_arrives_in_the_report(said, typed)
    assert_arrives_in_the_plan(plan, typed)
