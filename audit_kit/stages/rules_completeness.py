"""Is the return comprehensive? What is blank that the report needs.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "the audits will be quality assured by the
LSCB and returned if they are not sufficiently robust, or comprehensive".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.domain.brought_forward import SHEET
from audit_kit.domain.queries import Level, Query
from audit_kit.domain.scales import (
    INSUFFICIENT_EVIDENCE,
    JUDGED,
    KNOWN_BEFORE_WINDOW,
    NEVER_KNOWN,
    NOT_OUR_ROLE,
    says_something,
)
from audit_kit.domain.standard_sheets import DECLARATIONS, INDEPENDENCE_DECLARATIONS
from audit_kit.domain.tool import Kind, Question
from audit_kit.stages.escalate import says_none
from audit_kit.stages.rules import Desk

_KLOE_REF = re.compile(r"\b([A-Z]{1,3}) ?(\d{1,3})\b")  # as typed in "For question": N6, N 10 & N7.


def nothing_filled_in(desk: Desk) -> Query:
    """V05: a tool that came back as it was sent is asked for once, not question by question."""
    return desk.query("V05", Level.RETURN, "", "fill in the tool – nothing has been filled in")


def risk_question_unanswered(desk: Desk) -> Iterator[Query]:
    """V00: a risk question left open is not a "no". A formula is as good as blank, and so are a dash and a "?"."""
    if not says_something(desk.answer("concern.any")):
        yield desk.query(
            "V00", Level.RETURN, "concern.any",
            f"{_answer_words(desk, 'concern.any')}; choose No only if nothing worries you",
            "Silence must not read as no concern.",
        )  # fmt: skip


def involvement_blank(desk: Desk) -> Iterator[Query]:
    """V05: whether the agency knew the family is the first thing to say."""
    if desk.choice("involvement.known") is None:
        yield desk.query("V05", Level.RETURN, "involvement.known", _answer_words(desk, "involvement.known"))


def nil_but_something_told(desk: Desk) -> Iterator[Query]:
    """V05: "not involved" and events or grades of the review period can't both be right."""
    if desk.choice("involvement.known") in (KNOWN_BEFORE_WINDOW, NEVER_KNOWN) and desk.tells_of_involvement:
        yield desk.query(
            "V05", Level.RETURN, "involvement.known",
            f"choose again in {desk.words_for('involvement.known')} – it says that you were not involved, but there are "
            "events or grades of the review period",
        )  # fmt: skip


def involved_but_nothing_told(desk: Desk) -> Iterator[Query]:
    """V06: an agency that was involved has a chronology and grades."""
    if not desk.involved:
        return
    if not any(desk.rows("chronology")):
        yield desk.query(
            "V06", Level.RETURN, "chronology.1.date",
            "add the events of the review period to the Chronology sheet – you were involved, but it has none",
        )  # fmt: skip
    if desk.kloes and not any(desk.answer(f"{kloe.ref}.ours") for kloe in desk.kloes):
        yield desk.query(
            "V06", Level.RETURN, f"{desk.kloes[0].ref}.ours",
            "grade your practice on the Questions sheet – you were involved, but no question is graded",
        )  # fmt: skip


def records_not_named(desk: Desk) -> Iterator[Query]:
    """V08: "This should include scrutinizing files"."""
    if desk.involved and not desk.answer("involvement.records") and not desk.explained("involvement.records"):
        yield desk.query("V08", Level.RETURN, "involvement.records", _answer_words(desk, "involvement.records"))


def no_practitioner(desk: Desk) -> Iterator[Query]:
    """V09: "talking to practitioners concerned"; when nobody could be spoken to, the reason why."""
    spoken_to = any(row["name"] or row["role"] for _, row in desk.rows("practitioners"))
    if desk.involved and not spoken_to and not desk.answer("involvement.no_practitioner"):
        yield desk.query(
            "V09", Level.RETURN, "involvement.no_practitioner",
            "name the practitioners you spoke to on the Practitioners sheet, or say in question 2.10 why there was none",
        )  # fmt: skip


def declaration_missing(desk: Desk) -> Iterator[Query]:
    """V10: each declaration is answered, and the return is signed by auditor and agency lead.

    A reason excuses a blank, but never one that independence is proved from: for those there is 3.15.
    """
    proof = {"auditor.name", *(f"declaration.{letter}" for letter in INDEPENDENCE_DECLARATIONS)}
    needed = ["auditor.name", "auditor.role", "lead.name"]
    if desk.involved:
        needed += [*(f"declaration.{letter}" for letter, _ in DECLARATIONS), "auditor.grade", "lead.date"]
    for ref in needed:
        if not desk.answer(ref) and (ref in proof or not desk.explained(ref)):
            yield desk.query("V10", Level.RETURN, ref, _answer_words(desk, ref))


def kloe_ungraded(desk: Desk) -> Iterator[Query]:
    """V13: each key line of enquiry has both grades, in the words of the list."""
    if not desk.involved:
        return
    for kloe in desk.kloes:
        for field in ("ours", "together"):
            ref = f"{kloe.ref}.{field}"
            if desk.choice(ref) is None and not (desk.explained(kloe.ref) and not desk.answer(ref)):
                words = "our practice" if field == "ours" else "working together"
                yield desk.query(
                    "V13", Level.RETURN, ref,
                    f"choose one grade for {words} in question {kloe.number} ({kloe.wording})",
                    "A grade between two grades can't be counted." if desk.answer(ref) else "",
                )  # fmt: skip
    for ref in ("overall.ours", "overall.together"):
        if desk.choice(ref) is None and not desk.explained(ref):
            yield desk.query("V13", Level.RETURN, ref, _answer_words(desk, ref))


def answer_not_of_the_list(desk: Desk) -> Iterator[Query]:
    """V13: where there is a list, one of its words is the answer. Grades have a rule of their own."""
    for ref, place in desk.answered:
        if not place.choices or place.sheet.id in ("questions", "overall"):
            continue
        # a word that isn't of the list still counts as a concern there: it is escalated, not asked about
        if place.sheet.id == "concern" or ref == "involvement.known.answer":
            continue
        if desk.choice(ref) is None:
            yield desk.query(
                "V13", Level.RETURN, ref, f"choose one of the listed answers in {place.in_words()}",
            )  # fmt: skip


def grade_without_evidence(desk: Desk) -> Iterator[Query]:
    """V14: a grade stands on evidence. A reason for the blank is a valid answer, which the reviewer weighs."""
    for kloe, grade in _graded(desk):
        if grade not in JUDGED or desk.answer(f"{kloe.ref}.evidence"):
            continue
        if desk.explained(kloe.ref):
            yield desk.query(
                "V14", Level.WARNING, f"{kloe.ref}.evidence", "a grade without evidence; the agency gives a reason"
            )
        else:
            yield desk.query(
                "V14", Level.RETURN, f"{kloe.ref}.evidence",
                f"add evidence for your grade in question {kloe.number} ({kloe.wording}) – it has a grade but no evidence",
            )  # fmt: skip


def no_why(desk: Desk) -> Iterator[Query]:
    """V16: why this grade and not the one above or below; for "Not our role", why not."""
    for kloe, grade in _graded(desk):
        if not desk.answer(f"{kloe.ref}.why") and not desk.explained(kloe.ref):
            unjudged = {NOT_OUR_ROLE: "why this is not your role", INSUFFICIENT_EVIDENCE: "what you looked for on file"}
            what = unjudged.get(grade, "why you chose this grade")
            yield desk.query(
                "V16", Level.RETURN, f"{kloe.ref}.why", f"say {what} in question {kloe.number} ({kloe.wording})"
            )


def voice_blank(desk: Desk) -> Iterator[Query]:
    """V25: what the child says or shows is answered, or the agency says why it can't be."""
    if not desk.involved:
        return
    for question in desk.tool.sheet("voice").questions:
        if question.required and not desk.answer(question.ref) and not desk.explained(question.ref):
            yield desk.query(
                "V25", Level.RETURN, question.ref,
                f"{_answer_words(desk, question.ref)}, or give the reason if you can't",
            )  # fmt: skip


def weak_grade_without_action(desk: Desk) -> Iterator[Query]:
    """V28: "Case specific actions are progressed by single agencies": what is weak is answered by an action."""
    named = " ".join(row["question"].upper() for _, row in desk.rows("actions") if row["what"])
    named_refs = {f"{letters}{number}" for letters, number in _KLOE_REF.findall(named)}
    for kloe, grade in _graded(desk):
        if grade in JUDGED[2:] and kloe.ref.upper() not in named_refs:
            yield desk.query(
                "V28", Level.RETURN, _first_free_action(desk),
                f"add an action for question {kloe.number} ({kloe.wording}) on the Actions sheet – you graded it {grade}",
            )  # fmt: skip


def open_action_unanswered(desk: Desk) -> Iterator[Query]:
    """V36: what the agency said last time that it would do is answered for."""
    for sheet in (one for one in desk.tool.sheets if one.id == SHEET and desk.involved):
        for question in sheet.questions:
            if not any(desk.answer(f"{question.ref}.{field.id}") for field in sheet.fields):
                yield desk.query(
                    "V36", Level.RETURN, f"{question.ref}.changed",
                    f"say in question {question.number} on the sheet {sheet.title} what became of the action named there",
                )  # fmt: skip


def file_said_to_be_wrong(desk: Desk) -> Iterator[Query]:
    """V37: what the tool came filled in with, and the agency says isn't right, is put right by the team.

    The agency lead and the tier stand on Start to be checked. The lead is asked again in every letter; the tier is that
    of the day on which the case was chosen, so a different one since is read by the reviewer and changes no record.
    """
    if not says_none(desk.answer("involvement.facts")):
        yield desk.query(
            "V37", Level.WARNING, "involvement.facts",
            "the agency says that something we have on file isn't right: put a changed agency lead right in config.yaml, "
            "and weigh a changed tier when you read the grades",
        )  # fmt: skip


def formula_as_answer(desk: Desk) -> Iterator[Query]:
    """V35: a formula is no answer: what it shows may change after it was read."""
    for ref in desk.tool.answer_refs:
        place = desk.tool.place(ref) if ref in desk.audit_return.formulas else None
        if place is not None:
            yield desk.query(
                "V35", Level.RETURN, ref, f"type the answer in {place.in_words()} – a formula stands there"
            )


def late(desk: Desk) -> Iterator[Query]:
    """V32: it is here now, and the reviewer sees that it came late; the report counts it."""
    if desk.due and desk.received and desk.received > desk.due:
        days = (desk.received - desk.due).days
        yield desk.query("V32", Level.WARNING, "", f"it came {days} day{'s' if days != 1 else ''} after it was due")


def _graded(desk: Desk) -> Iterator[tuple[Question, str]]:
    for kloe in desk.kloes:
        grade = desk.choice(f"{kloe.ref}.ours")
        if desk.involved and grade is not None:
            yield kloe, grade


def _first_free_action(desk: Desk) -> str:
    """The first empty row of the Actions sheet, where the missing action belongs."""
    used = {question.ref for question, _ in desk.rows("actions")}
    free = (question.ref for question in desk.tool.sheet("actions").questions if question.ref not in used)
    return f"{next(free, 'action.1')}.what"


def _answer_words(desk: Desk, ref: str) -> str:
    place = desk.place_of(ref)
    verb = "choose an answer to" if place and place.kind is Kind.CHOICE else "answer"
    return f"{verb} {desk.words_for(ref)}"
