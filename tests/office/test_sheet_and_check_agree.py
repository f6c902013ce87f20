"""What the workbook calls unfinished is what the kit would ask for, over many partial fillings.

The words are those of ``tool_status``; that the formulas say the same is worked out by LibreOffice in
``test_tool_workbook``.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from tool_examples import COVER, a_tool, every_answer

from audit_kit.domain.brought_forward import OpenAction, with_open_actions
from audit_kit.domain.queries import Level
from audit_kit.domain.returns import AuditReturn
from audit_kit.domain.rulebook import RULEBOOK
from audit_kit.domain.scales import JUDGED
from audit_kit.domain.thresholds import Thresholds
from audit_kit.office.tool_status import FAR_APART, FINISH, HARDLY_ANY_TIME, TO_DO, standing_of
from audit_kit.stages.check import queries_about
from audit_kit.stages.rules import Desk

TOOL = with_open_actions(a_tool(3), (OpenAction("2026-A1-NEG", "Ask who the children are"),))
#: the rules of the rule list that the status column decides
IN_THE_SHEET = ("V00", "V05", "V06", "V08", "V09", "V10", "V13", "V14", "V15", "V16", "V25", "V28", "V33", "V34", "V36")
#: rows of tables: the sheet asks to finish a row that was begun; what is missing there the kit weighs row by row
TABLES = ("chronology", "action", "practitioner")
#: asked while somebody fills the tool in, never a reason to send it back: a concern goes on by telephone, a conflict
#: of interest goes to the Board manager
ASKED_HERE_ONLY = (
    *(f"concern.{name}" for name in ("kind", "urgency", "what", "told", "safe_now")), "conflict.", "auditor.grade_reason",
)  # fmt: skip
EVIDENCE = (
    "The file shows a visit on 3 March 2026 and another on 9 April, both written up within two days, with the plan "
    "and its dates in the case notes of May 2026."
)


def a_full_tool() -> dict[str, str]:
    full = {
        ref: EVIDENCE if ref.endswith(".evidence") else text
        for ref, text in every_answer(TOOL).items()
        if not ref.endswith(".blank") and not (ref.startswith(TABLES) and int(ref.split(".")[1]) > 3)
    }
    full |= {ref: "Yes" for ref in full if ref.startswith("declaration.")}
    full |= {f"action.{n}.{field}": text for n in (1, 2, 3) for field, text in (
        ("question", "N1, N2, N3"), ("due", "2027-01-31"),
    )}  # fmt: skip
    full["concern.any.answer"] = "No"
    del full["conflict.what.answer"], full["involvement.no_practitioner.answer"]
    return full


def partial(seed: int) -> dict[str, str]:
    """A tool as somebody may leave it: answers missing, others chosen, blanks explained."""
    chance, answers = random.Random(seed), a_full_tool()
    for ref in chance.sample(sorted(answers), chance.choice((1, 2, 4, 20, 60))):
        del answers[ref]
    for ref in chance.sample(sorted(TOOL.answer_refs), chance.choice((0, 1, 4, 12))):
        place = TOOL.place(ref)
        if ref.endswith(".blank"):
            answers[ref] = "No record was kept."
        elif place.choices:
            answers[ref] = chance.choice(place.choices)
    return answers


def asked_by_the_sheet(answers: dict[str, str]) -> set[str]:
    words = standing_of(TOOL, answers, (COVER.window_start, COVER.window_end)).words
    open_ = {ref for ref, word in words.items() if word == TO_DO or word.startswith(FINISH)}
    return {ref for ref in open_ if not ref.startswith((*TABLES, *ASKED_HERE_ONLY))}


def asked_by_the_kit(answers: dict[str, str]) -> set[str]:
    desk = Desk(AuditReturn(COVER.audit, 1, answers), TOOL, COVER.window_start, COVER.window_end, date(2026, 11, 20))
    refs = {
        query.answer_ref
        for query in queries_about(desk)
        if query.level is Level.RETURN and query.rule in IN_THE_SHEET and query.rule != "V28"
    }
    questions = {ref.rpartition(".")[0] if TOOL.place(ref) else ref for ref in refs}
    weak = {  # V28 asks on the Actions sheet for what is weak on the Questions sheet
        question.ref for query in queries_about(desk) if query.rule == "V28"
        for question in TOOL.sheet("questions").questions if f"question {question.number} " in query.request
    }  # fmt: skip
    return {ref for ref in questions | weak if not ref.startswith(TABLES)}


@pytest.mark.parametrize("told", [{"chronology.1.date": "2026-03-14"}, {"N1.ours": "Good"}])
def test_both_ask_again_when_somebody_who_was_not_involved_tells_of_the_review_period(told):
    answers = {"involvement.known.answer": "No – never known to us", "concern.any.answer": "No", **told}

    assert "involvement.known" in asked_by_the_sheet(answers) & asked_by_the_kit(answers)


def test_neither_asks_again_about_an_event_before_the_review_period():
    answers = {
        "involvement.known.answer": "No – known before the review period only",
        "chronology.1.date": "2019-03-14",
    }

    assert "involvement.known" not in asked_by_the_sheet(answers) | asked_by_the_kit(answers)


def test_the_rules_that_the_sheet_decides_are_marked_so_in_the_rule_list():
    assert tuple(entry.code for entry in RULEBOOK if entry.in_sheet) == IN_THE_SHEET


def test_the_sheet_wants_as_many_words_of_evidence_as_the_configuration_does():
    brief = a_full_tool() | {"N1.evidence": "A visit on 3 March 2026, in the case notes."}

    asked = {
        least: standing_of(replace(TOOL, thresholds=Thresholds(evidence_words=least)), brief).words["N1"]
        for least in (10, 11)
    }

    assert asked == {10: "Done", 11: "Finish: fuller evidence"}


def test_a_full_tool_is_asked_nothing_by_either():
    assert (asked_by_the_sheet(a_full_tool()), asked_by_the_kit(a_full_tool())) == (set(), set())


@pytest.mark.parametrize("block", range(4))
def test_sheet_and_kit_ask_for_the_same_questions(block):
    for seed in range(block * 50, block * 50 + 50):
        answers = partial(seed)
        assert asked_by_the_sheet(answers) == asked_by_the_kit(answers), f"seed {seed}"


def unusual_to_the_sheet(answers: dict[str, str]) -> set[str]:
    words = standing_of(TOOL, answers, (COVER.window_start, COVER.window_end)).words
    return {ref for ref, word in words.items() if word in (FAR_APART, HARDLY_ANY_TIME)}


def unusual_to_the_kit(answers: dict[str, str]) -> set[str]:
    desk = Desk(AuditReturn(COVER.audit, 1, answers), TOOL, COVER.window_start, COVER.window_end, date(2026, 11, 20))
    found = {query.answer_ref for query in queries_about(desk) if query.rule in ("V33", "V34")}
    return {ref.removesuffix(".ours") if ref.count(".") == 1 else ref.removesuffix(".answer") for ref in found}


@pytest.mark.parametrize("block", range(4))
def test_both_find_the_same_answers_unusual(block):
    chance = random.Random(block)
    for seed in range(block * 50, block * 50 + 50):
        answers = partial(seed)
        answers |= {f"N{n}.{side}": chance.choice(JUDGED) for n in (1, 2, 3) for side in ("ours", "together")}
        answers |= {f"{ref}.answer": chance.choice(JUDGED) for ref in ("overall.ours", "overall.together")}
        answers["involvement.hours.answer"] = chance.choice(("0.25", "0.5", "3", "0.1 hours", "half an hour", "12"))
        unfinished = asked_by_the_sheet(answers)  # what is to finish is said first

        assert unusual_to_the_sheet(answers) == unusual_to_the_kit(answers) - unfinished, f"seed {seed}"


def test_nobody_who_was_not_involved_is_told_that_grades_are_far_apart_or_time_was_short():
    answers = {
        "involvement.known.answer": "No – never known to us", "involvement.hours.answer": "0.1",
        "overall.ours.answer": "Outstanding", "overall.together.answer": "Inadequate",
    }  # fmt: skip

    assert unusual_to_the_sheet(answers) == unusual_to_the_kit(answers) == set()


@pytest.mark.parametrize(
    "answers", [{"auditor.role.answer": "Service manager"}, {"involvement.known.answer": "No – never known to us"}]
)
def test_they_agree_about_a_tool_that_was_hardly_begun(answers):
    sheet, kit = asked_by_the_sheet(answers), asked_by_the_kit(answers)

    assert kit  # who leaves 2.1 blank is asked that first
    assert kit <= sheet
