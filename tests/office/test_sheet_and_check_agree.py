"""What the workbook calls unfinished is what the kit would ask for, over many partial fillings.

The words are those of ``tool_status``; that the formulas say the same is worked out by LibreOffice, here for some of
the fillings and in ``test_tool_workbook`` for each sort of state.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from tool_examples import (
    COVER,
    LAYOUT,
    WORDS,
    a_tool,
    every_answer,
    saved_by_libreoffice,
    without_remembered_results,
)
from typer.testing import CliRunner

from audit_kit.cli import app
from audit_kit.domain.brought_forward import OpenAction, with_open_actions
from audit_kit.domain.evidence import has_date
from audit_kit.domain.queries import Level
from audit_kit.domain.returns import AuditReturn
from audit_kit.domain.rulebook import RULEBOOK
from audit_kit.domain.scales import GOOD, GRADES, JUDGED, NOT_OUR_ROLE
from audit_kit.domain.thresholds import Thresholds
from audit_kit.office.tool_status import FINISH, LOOK_AGAIN, TO_DO, standing_of
from audit_kit.office.tool_workbook import compile_tool
from audit_kit.stages.check import queries_about
from audit_kit.stages.rules import Desk

TOOL = with_open_actions(a_tool(5), (OpenAction("2026-A1-NEG", "Ask who the children are"),))
#: the rules of the rule list that the status column decides
IN_THE_SHEET = (
    "V00", "V05", "V06", "V08", "V09", "V10", "V13", "V14", "V15", "V16", "V18", "V19", "V25", "V27", "V28", "V33", "V34",
    "V36",
)  # fmt: skip
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
#: evidence that lacks something, and some that seems to
LACKING = (
    "Seen.",
    "All good, plan in place.",
    EVIDENCE.replace("3 March 2026", "one day").replace("9 April", "another").replace("May 2026", "the spring"),
    EVIDENCE.replace("file", "worker").replace("case notes", "house").replace("plan", "aim"),
    "He may be seen 24/7, marked 3.4 of 5 and decided in 2199, " * 3,
    "The health visitor\u00a0saw\tthe child at home, in the kitchen, at 9 o'clock.\n" * 3,
    "MINUTES of the core group (3/4): all were there; " * 4,
    "3.4.26. The Merlin said so, and nobody else did, at any time or in any place that was looked at by us or by them, it says.",
)

DATED = (
    "3/4",
    "on 24/7/26",
    "3-4-2026",
    "03.04.26",
    "in May",
    "SEPT",
    "2026-03-14",
    "(April)",
    "12/12.",
    "may 2007",
    "31/12",
)
UNDATED = (
    "24/7",
    "may",
    "3.4",
    "decided",
    "marked",
    "50/50",
    "0/4",
    "2199",
    "1999",
    "version 1.2",
    "32/1",
    "12/13",
    "12026",
)


@pytest.mark.parametrize(("texts", "is_dated"), [(DATED, True), (UNDATED, False)])
def test_a_day_a_month_or_a_year_is_a_date_and_what_only_looks_like_one_is_none(texts, is_dated):
    assert [text for text in texts if has_date(f"seen {text} at home") is not is_dated] == []


def a_full_tool() -> dict[str, str]:
    full = {
        ref: EVIDENCE if ref.endswith(".evidence") else text
        for ref, text in every_answer(TOOL).items()
        if not ref.endswith(".blank") and not (ref.startswith(TABLES) and int(ref.split(".")[1]) > 3)
    }
    full |= {ref: "Yes" for ref in full if ref.startswith("declaration.")}
    full |= {f"action.{n}.{field}": text for n in (1, 2, 3) for field, text in (
        ("question", "N1, N2, N3, N4, N5"), ("due", "2027-01-31"),
    )}  # fmt: skip
    full |= {"concern.any.answer": "No", "N2.ours": "Good"}
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


#: what may stand in 1.1 after somebody pasted it there, and whether it says anything
SAYS_NOTHING = ("?", "-", "–", "…", "???", " ? ", "/", "✓", "\u00a0", "*!*", "\n?")
SAYS_SOMETHING = ("No", "yes", "n/a", "0", "Nein?", "é", "- 7 -", "Ω")


@pytest.mark.parametrize(("texts", "is_asked"), [(SAYS_NOTHING, True), (SAYS_SOMETHING, False)])
def test_both_ask_again_where_nothing_but_marks_stands_for_an_answer_about_risk(texts, is_asked):
    for text in texts:
        answers = a_full_tool() | {"concern.any.answer": text}

        assert ("concern.any" in asked_by_the_sheet(answers)) is is_asked, text
        assert ("concern.any" in asked_by_the_kit(answers)) is is_asked, text


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


def test_whoever_reads_the_rule_list_is_told_so():
    listed = CliRunner().invoke(app, ["explain"]).stdout.splitlines()

    assert tuple(line[:3] for line in listed if line.endswith("(also on the sheet)")) == IN_THE_SHEET
    for code in ("V15", "V07"):
        told = CliRunner().invoke(app, ["explain", code]).stdout
        assert ("On the sheet:  its status column says so" in told) is (code in IN_THE_SHEET)


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


#: what the status column calls unusual, with the rule by which the kit does
UNUSUAL = {
    "grades far apart": "V34", "hardly any time": "V33", "where on file it is": "V15", "one grade throughout": "V18",
    "much not our role": "V19", "no good practice named": "V27", "no improvement named": "V27",
}  # fmt: skip


def unusual_to_the_sheet(answers: dict[str, str]) -> set[tuple[str, str]]:
    words = standing_of(TOOL, answers, (COVER.window_start, COVER.window_end)).words
    return {
        (ref, UNUSUAL[part])
        for ref, word in words.items() if word.startswith(LOOK_AGAIN)
        for part in word.removeprefix(LOOK_AGAIN).split(", ")
    }  # fmt: skip


def unusual_to_the_kit(answers: dict[str, str]) -> set[tuple[str, str]]:
    desk = Desk(AuditReturn(COVER.audit, 1, answers), TOOL, COVER.window_start, COVER.window_end, date(2026, 11, 20))
    found = [
        query for query in queries_about(desk)
        if query.rule in set(UNUSUAL.values()) and query.level is Level.WARNING
        and not query.request.endswith("the agency gives a reason")  # who gave one is told nothing more
    ]  # fmt: skip
    return {(query.answer_ref.rpartition(".")[0], query.rule) for query in found}


def an_unusual_tool(chance: random.Random, seed: int) -> dict[str, str]:
    """A partial tool in which much is unusual."""
    answers = partial(seed)
    graded = chance.choice((JUDGED, JUDGED, (GOOD,), (GOOD, NOT_OUR_ROLE), GRADES))
    answers |= {f"N{n}.{side}": chance.choice(graded) for n in range(1, 6) for side in ("ours", "together")}
    answers |= {f"{ref}.answer": chance.choice(JUDGED) for ref in ("overall.ours", "overall.together")}
    answers |= {f"N{n}.evidence": chance.choice((EVIDENCE, *LACKING)) for n in chance.sample(range(1, 6), 3)}
    answers["involvement.hours.answer"] = chance.choice(("0.25", "0.5", "3", "0.1 hours", "half an hour", "12"))
    if chance.random() < 0.5:
        answers["involvement.known.answer"] = "Yes"
    for side, words in (("good", "strength"), ("improve", "improvement")):
        if chance.random() < 0.5:
            gone = (*(f"N{n}.{side}" for n in range(1, 6)), *(f"{words}.{n}.answer" for n in (1, 2, 3)))
            answers = {ref: text for ref, text in answers.items() if ref not in gone}
            answers |= {f"{words}.{chance.choice((1, 2))}.blank": "None was seen."} if chance.random() < 0.3 else {}
            answers |= {chance.choice(gone): "Named after all."} if chance.random() < 0.3 else {}
    if chance.random() < 0.3:
        del answers[f"N{chance.randint(1, 5)}.ours"]
    return answers


@pytest.mark.parametrize("block", range(4))
def test_both_find_the_same_answers_unusual(block):
    chance, seen = random.Random(block), set()
    for seed in range(block * 50, block * 50 + 50):
        answers = an_unusual_tool(chance, seed)
        unfinished = asked_by_the_sheet(answers)  # what is to finish is said first
        expected = {(ref, rule) for ref, rule in unusual_to_the_kit(answers) if ref not in unfinished}
        seen |= {rule for _, rule in expected}

        assert asked_by_the_sheet(answers) == asked_by_the_kit(answers), f"seed {seed}"
        assert unusual_to_the_sheet(answers) == expected, f"seed {seed}"
    assert seen == set(UNUSUAL.values())


@pytest.mark.office
def test_the_workbook_itself_says_so_when_its_formulas_are_worked_out(tmp_path):
    chance, compiled = random.Random(7), compile_tool(LAYOUT, TOOL, WORDS)
    fillings = [an_unusual_tool(chance, seed) for seed in range(12)]
    lacking = [a_full_tool() | {f"N{n}.evidence": text for n, text in enumerate(texts, start=1)}
               for texts in (LACKING[:5], LACKING[3:], *(
                   [f"{'seen ' * 25}{text} at home" for text in some[at : at + 5]]
                   for some in (DATED, UNDATED) for at in range(0, len(some), 5)
               ))]  # fmt: skip
    fillings += lacking
    fillings += [a_full_tool() | {"concern.any.answer": text} for text in (*SAYS_NOTHING, *SAYS_SOMETHING)]

    books = [without_remembered_results(compiled.personalise(COVER, answers)) for answers in fillings]
    worked_out = saved_by_libreoffice(tmp_path, "xlsx", *books)

    for answers, data in zip(fillings, worked_out, strict=True):
        book = openpyxl.load_workbook(BytesIO(data), data_only=True)
        shown = {
            question.ref: book[plan.sheet.title][plan.status_address(question.ref)].value or ""
            for plan in compiled.plans for question in plan.sheet.questions
        }  # fmt: skip
        assert shown == standing_of(TOOL, answers, (COVER.window_start, COVER.window_end)).words


def test_nothing_is_unusual_about_a_tool_in_which_a_grade_is_still_missing():
    answers = a_full_tool() | {f"N{n}.{side}": "Good" for n in range(1, 6) for side in ("ours", "together")}
    gone = {"N5.ours", *(ref for ref in answers if ref.endswith(".good") or ref.startswith("strength."))}
    partly = {ref: text for ref, text in answers.items() if ref not in gone}

    assert unusual_to_the_sheet(partly) == unusual_to_the_kit(partly) == set()
    assert unusual_to_the_sheet(partly | {"N5.ours": "Good"}) == {("N1", "V18"), ("strength.1", "V27")}


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
