"""On completion, the audits will be quality assured by the LSCB and returned if they are not sufficiently robust.

What goes back can be answered in one round: whatever a request needs is open, and nothing else.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from builders import a_tool, good_answers
from mini import SESSION, Mini
from openpyxl import load_workbook

from audit_kit.demo import agencies
from audit_kit.domain.follow_on import follow_on
from audit_kit.domain.states import AuditState
from audit_kit.domain.tool import AuditTool
from audit_kit.office.form_grid import grids_of
from audit_kit.office.forms import read_answers
from audit_kit.office.safe_read import read_safely

TOOL = a_tool()
GIVEN = {ref if TOOL.place(ref) else f"{ref}.answer": text for ref, text in good_answers().items()}


def opened_with(ref: str, without: tuple[str, ...] = ()) -> set[str]:
    return set(follow_on(TOOL, ref, {key: text for key, text in GIVEN.items() if key not in without}))


def test_another_auditor_gives_their_own_role_grade_and_declarations():
    opened = opened_with("auditor.name.answer")

    assert {"auditor.role.answer", "auditor.grade.answer", "declaration.a.answer", "conflict.what.answer"} <= opened
    assert "case_holder.name.answer" not in opened


def test_a_question_that_is_graded_now_gets_its_evidence_and_reason():
    assert opened_with("N7.ours", without=("N7.evidence", "N7.why")) == {"N7.evidence", "N7.why"}
    assert opened_with("N7.ours") == set()


def test_who_is_asked_for_a_practitioner_can_name_one():
    assert "practitioner.2.name" in opened_with("involvement.no_practitioner.answer")
    assert "practitioner.1.name" not in opened_with("involvement.no_practitioner.answer")


@pytest.mark.parametrize("ref", ["N7.evidence", "voice.child.answer", "chronology.2.date", "action.1.what"])
def test_an_answer_that_stands_alone_opens_nothing_besides(ref):
    assert opened_with(ref) == set()


def sent_back(mini: Mini, change: dict[str, str | None]) -> bytes:
    mini.drop("a.xlsx", mini.returned("H1", "HVSN", change))
    mini.run()
    assert mini.progress("H1", "HVSN").state is AuditState.SENT_BACK
    return (mini.outbox / f"agencies/HVSN/{SESSION}_H1_HVSN_r2.xlsx").read_bytes()


def open_cells(copy: bytes, tool: AuditTool) -> set[str]:
    """The answers whose cells are open, besides the concern sheet, which always is."""
    book, found = load_workbook(BytesIO(copy)), set()
    for grids in grids_of(read_safely(copy)).values():
        for grid in grids:
            for row, ref in grid.refs.items():
                for column, field in grid.fields.items():
                    asked = tool.place(f"{ref}.{field}") is not None
                    if asked and not book[grid.text.name].cell(row, column).protection.locked:
                        found.add(f"{ref}.{field}")
    return {ref for ref in found if not ref.startswith("concern.")}


def test_only_the_weak_cell_and_its_reason_are_open(mini):
    copy = sent_back(mini, {"N1.evidence": None})

    assert open_cells(copy, mini.tool("H1", "HVSN")) == {"N1.evidence", "N1.blank"}


def test_the_agency_answers_in_the_copy_and_the_round_closes(mini):
    copy = sent_back(mini, {"N1.evidence": None, "voice.changed.answer": None})
    tool, good = mini.tool("H1", "HVSN"), mini.good("H1", "HVSN")
    answered = {"N1.evidence": good["N1.evidence"], "voice.changed.answer": good["voice.changed.answer"]}
    mini.drop("b.xlsx", agencies.typed_into(copy, tool, answered))
    mini.run()

    closed = mini.progress("H1", "HVSN")

    assert closed.state in (AuditState.WITH_REVIEWER, AuditState.SET_ASIDE)  # set aside while a word is in doubt
    assert closed.round == 2
    assert closed.rules == ()


def test_a_reason_given_once_stands_in_the_copy_and_is_not_asked_for_again(mini):
    why = "The paper file is at the court until January."
    copy = sent_back(mini, {"N1.evidence": None, "N1.blank": why, "voice.changed.answer": None})
    tool = mini.tool("H1", "HVSN")

    kept = read_answers(read_safely(copy), tool).answers
    mini.drop(
        "b.xlsx", agencies.typed_into(copy, tool, {"voice.changed.answer": "She has a bed of her own since May."})
    )
    mini.run()

    assert kept["N1.blank"] == why
    assert mini.progress("H1", "HVSN").state is not AuditState.SENT_BACK
    assert "V14" in mini.progress("H1", "HVSN").flags
