"""How far each question is, in words: worked out here and, by formulas that say the same (``tool_formulas``), in the workbook.

The kit never trusts what a returned workbook shows; these words are for the person who fills it in. The
results worked out here are written beside the formulas, so that a preview or a telephone shows the right
state without calculating. ``tests/office/test_tool_workbook.py`` has LibreOffice work out the formulas and
compares.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audit_kit.domain import scales
from audit_kit.domain.standard_sheets import BALANCE, INDEPENDENCE_DECLARATIONS
from audit_kit.domain.tool import AuditTool, Layout, Question, Sheet
from audit_kit.office.tool_layout import SheetPlan
from audit_kit.office.tool_weighing import DATED, FULLER, ONE_SIDED, name_of, weighed

TO_DO, DONE, EXPLAINED, OPTIONAL, NOT_NEEDED, FINISH = (
    "To do", "Done", "Explained", "Optional", "Not needed", "Finish: ",
)  # fmt: skip
LOOK_AGAIN = "Look again: "  # finished, and unusual: it may be right, and keeps nobody from returning the tool
APART = "grades-far-apart "  # as ``tool_weighing`` gives its words
FAR_APART, HARDLY_ANY_TIME = f"{LOOK_AGAIN}grades far apart", f"{LOOK_AGAIN}hardly any time"
PLEASE_COMPLETE, AS_SENT = "Please complete", "As you sent it"  # in a copy that goes back
UNFINISHED_WIDTH = 76  # characters of a question in the list of what is to finish, where each has one line

RISK, INVOLVEMENT, HOURS = "concern.any", "involvement.known", "involvement.hours"
OVERALL = ("overall.ours", "overall.together")
#: question → what is weighed of it: the first strength stands for the good side, the first improvement for the other
BALANCED: Mapping[str, str] = {side.findings[0]: name_of(side.field) for side in BALANCE}
CONTRADICTED = f"{FINISH}choose again, there are events or grades"
FIRST_DAY, LAST_DAY = "review_first_day", "review_last_day"  # names of the cells on Start that say so
#: asked even of those who did not know the family; everything else is then not needed
ASKED_OF_ALL = ("concern.", INVOLVEMENT, "auditor.name", "auditor.role", "lead.name")
#: a reason does not stand in for these: silence about risk is no answer, 2.10 is itself the reason, and independence
#: is proved from the others (for these there is 3.15)
NO_REASON_ACCEPTED = (
    "concern.", INVOLVEMENT, "involvement.no_practitioner", "auditor.name",
    *(f"declaration.{letter}" for letter in INDEPENDENCE_DECLARATIONS),
)  # fmt: skip
#: question → (other question, its answers): asked when the other was answered so
ASKED_WHEN: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    **{f"concern.{name}": ((RISK, (scales.YES,)),) for name in ("kind", "urgency", "what", "told", "safe_now")},
    "auditor.grade_reason": (("auditor.grade", (scales.AUDITOR_GRADES[-1],)),),
    "conflict.what": tuple((f"declaration.{letter}", (scales.NO,)) for letter in "abc"),
}
#: table → the fields without which a row is not finished, with the word that asks for each
ROW_NEEDS: Mapping[str, Mapping[str, str]] = {
    "practitioners": {"name": "name", "role": "role"},
    "doubts": {"action": "your decision"},
    "chronology": {"date": "date", "event": "event"},
    "actions": {
        "question": "question", "what": "action", "owner": "owner", "due": "date", "measure": "measure",
    },
}  # fmt: skip
_TABLES_ASKED = ("chronology",)  # of which at least one row is wanted
WEAK = (scales.REQUIRES_IMPROVEMENT, scales.INADEQUATE)
#: what may stand between the questions that an action is for
BETWEEN_REFS = (",", ";", "/", "&", "\n")


@dataclass(frozen=True)
class Standing:
    """Every question's word, and how many are still to finish on each sheet."""

    words: Mapping[str, str]  # question reference → word, "" for an empty row of a table
    left: Mapping[str, int]  # sheet id → number to finish
    weighed: Mapping[str, str]  # what ``tool_weighing`` gives, by its names

    @property
    def total(self) -> int:
        """How many are to finish in all."""
        return sum(self.left.values())


Window = tuple[date, date]  # first and last day of the review period


def standing_of(tool: AuditTool, answers: Mapping[str, str], window: Window | None = None) -> Standing:
    """How far a tool with these answers is. ``window``: without it, no event is one of the review period."""
    words: dict[str, str] = {}
    left: dict[str, int] = {}
    found = weighed(tool, answers, involved=_involved(tool, answers, window))
    for sheet in tool.sheets:
        of_sheet = {question.ref: _word(tool, sheet, question, answers, window, found) for question in sheet.questions}
        if f"{INVOLVEMENT}" in of_sheet and _nil(answers) and _tells_of_involvement(tool, answers, window):
            of_sheet[INVOLVEMENT] = CONTRADICTED
        words.update(of_sheet)
        left[sheet.id] = sum(word == TO_DO or word.startswith(FINISH) for word in of_sheet.values())
    return Standing(words, left, found)


def is_status_word(text: str) -> bool:
    """Whether this is one of the words that the status column shows."""
    words = (TO_DO, DONE, EXPLAINED, OPTIONAL, NOT_NEEDED, PLEASE_COMPLETE, AS_SENT)
    return text in words or text.startswith((FINISH, LOOK_AGAIN))


def listed(head: str, words: str) -> str:
    """What is to say as people read it: "Finish: " and "our-grade why " give "Finish: our grade, why"; "" for nothing."""
    return head + words.strip().replace(" ", ", ").replace("-", " ") if words else ""


def ready_words(total: int) -> str:
    """What the Start sheet says about the whole tool."""
    return "Yes" if total == 0 else f"No, {total} to finish"


def left_words(left: int) -> str:
    """What the Start sheet says about one sheet."""
    return "Ready" if left == 0 else f"{left} to finish"


def results_of(plans: Sequence[SheetPlan], standing: Standing) -> dict[str, str | int]:
    """What the formulas on Start and the hidden sheet give: name → result."""
    left, lines = dict(standing.left), sum(len(plan.sheet.questions) for plan in plans)
    results: dict[str, str | int] = {
        "ready": ready_words(standing.total),
        **{f"left_{sheet}": left_words(number) for sheet, number in left.items()},
        **{f"meta_left_{sheet}": number for sheet, number in left.items()},
        **standing.weighed,
        **{f"open_{kind}{n}": "" for n in range(1, lines + 1) for kind in ("", "word_")},
    }
    number = 0
    for plan in plans:
        for question in plan.sheet.questions:
            word = standing.words[question.ref]
            to_finish = word == TO_DO or word.startswith(FINISH)
            number += to_finish
            results |= {f"open_number_{question.ref}": number if to_finish else "", f"open_status_{question.ref}": word}
            if to_finish:
                shown = word + open_question(question)
                results |= {f"open_{number}": open_words(plan, question), f"open_word_{number}": shown}
    return results


def longest_word(sheet: Sheet, question: Question) -> str:
    """The longest word that a question's status may be; its row must have room, for no row grows with a formula."""
    if question.ref in (INVOLVEMENT, HOURS, OVERALL[0]):
        return {INVOLVEMENT: CONTRADICTED, HOURS: HARDLY_ANY_TIME}.get(question.ref, FAR_APART)
    if question.ref in BALANCED:
        return listed(LOOK_AGAIN, max(ONE_SIDED, key=len))
    if sheet.id == "questions":
        return listed(FINISH, f"our-grade together-grade {FULLER}{DATED}why an-action ")
    return FINISH + ", ".join(ROW_NEEDS.get(sheet.id, {}).values()) if sheet.layout is Layout.TABLE else NOT_NEEDED


def open_words(plan: SheetPlan, question: Question) -> str:
    """How the link to a question on Start reads: "Questions, N6"."""
    number = f"row {question.number}" if plan.sheet.layout is Layout.TABLE else question.number
    return f"{plan.sheet.title}, {number}"


def open_question(question: Question) -> str:
    """What stands behind a question's status in the list on Start: " – Your name". Long ones are cut between words."""
    return f" – {textwrap.shorten(question.wording, UNFINISHED_WIDTH, placeholder=' …')}" if question.wording else ""


# --- worked out here -----------------------------------------------------------------------------------


def _word(
    tool: AuditTool,
    sheet: Sheet,
    question: Question,
    answers: Mapping[str, str],
    window: Window | None,
    found: Mapping[str, str],
) -> str:
    row = {field.id: _typed(answers, f"{question.ref}.{field.id}") for field in sheet.fields}
    if _nil(answers) and not question.ref.startswith(ASKED_OF_ALL):
        return _nil_word(sheet, question, row)
    if sheet.layout is Layout.FORM:
        return _form_word(tool, question, row, answers, _unusual(tool, question, answers, window, found))
    if sheet.layout is Layout.TABLE:
        return _table_word(sheet, question, row, answers)
    return _kloe_word(tool, question, row, answers, found) if "ours" in row else _row_word(question, row)


def _nil_word(sheet: Sheet, question: Question, row: Mapping[str, str]) -> str:
    """Nothing more is needed from who didn't know the family; what was told all the same stands."""
    if any(row.values()):
        return DONE
    later_row = sheet.layout is Layout.TABLE and question is not sheet.questions[0]
    return "" if later_row else NOT_NEEDED


def _form_word(
    tool: AuditTool, question: Question, row: Mapping[str, str], answers: Mapping[str, str], unusual: str
) -> str:
    # a "?" or a dash where it is asked about risk is no answer, though it may be a concern
    if scales.says_something(row["answer"]) if question.ref == RISK else row["answer"]:
        return unusual or DONE
    if row.get("blank") and not question.ref.startswith(NO_REASON_ACCEPTED):
        return EXPLAINED
    return TO_DO if _is_asked(tool, question, answers) else unusual or OPTIONAL


def _unusual(
    tool: AuditTool,
    question: Question,
    answers: Mapping[str, str],
    window: Window | None,
    found: Mapping[str, str],
) -> str:
    """What is unusual about a single question's answer or its blank; "" when nothing is, or when nobody was involved."""
    if question.ref in BALANCED:
        return listed(LOOK_AGAIN, found.get(BALANCED[question.ref], ""))
    if question.ref not in (HOURS, OVERALL[0]) or not _involved(tool, answers, window):
        return ""
    if question.ref == HOURS:
        return HARDLY_ANY_TIME if _hours(_typed(answers, f"{HOURS}.answer")) < tool.thresholds.least_hours else ""
    ours, together = (_typed(answers, f"{ref}.answer") for ref in OVERALL)
    return FAR_APART if _far_apart(tool, ours, together) else ""


def _hours(text: str) -> float:
    """The number that the answer begins with; no end of them when it begins with none."""
    try:
        return float(text.partition(" ")[0])
    except ValueError:
        return float("inf")


def _far_apart(tool: AuditTool, ours: str, together: str) -> bool:
    scores = {grade.casefold(): score for grade, score in scales.SCORE.items()}
    found = [scores.get(grade.casefold()) for grade in (ours, together)]
    return None not in found and abs(found[0] - found[1]) >= tool.thresholds.grades_apart  # type: ignore[operator]


def _is_asked(tool: AuditTool, question: Question, answers: Mapping[str, str]) -> bool:
    if question.ref == "involvement.no_practitioner":
        rows = tool.sheet("practitioners").questions
        return not any(_typed(answers, f"{q.ref}.{field}") for q in rows for field in ("name", "role"))
    conditions = ASKED_WHEN.get(question.ref, ())
    return question.required or any(_same(_typed(answers, f"{other}.answer"), wanted) for other, wanted in conditions)


def _row_word(question: Question, row: Mapping[str, str]) -> str:
    return DONE if any(row.values()) else TO_DO if question.required else OPTIONAL


def _kloe_word(
    tool: AuditTool, question: Question, row: Mapping[str, str], answers: Mapping[str, str], found: Mapping[str, str]
) -> str:
    if not any(row.values()):
        return TO_DO if question.required else OPTIONAL
    ours, graded = row["ours"], _same(row["ours"], scales.GRADES)
    judged = _same(ours, scales.JUDGED)
    missing = "".join(
        word
        for word, holds in (
            ("our-grade ", not graded and bool(ours or not row["blank"])),
            ("together-grade ", not _same(row["together"], scales.GRADES) and bool(row["together"] or not row["blank"])),
            ("evidence ", judged and not row["evidence"] and not row["blank"]),
            (found[name_of("thin", question.ref)], judged and not row["blank"]),
            ("why ", graded and not row["why"] and not row["blank"]),
            ("an-action ", _same(ours, WEAK) and question.ref.casefold() not in _refs_with_action(tool, answers)),
        )
        if holds
    )  # fmt: skip
    unusual = APART if _far_apart(tool, ours, row["together"]) else ""
    unusual += found[name_of("nowhere", question.ref)] if judged and not row["blank"] else ""
    unusual += found[name_of("grades")] if question is tool.sheet("questions").questions[0] else ""
    return listed(FINISH, missing) or listed(LOOK_AGAIN, unusual) or (DONE if ours else EXPLAINED)


def _refs_with_action(tool: AuditTool, answers: Mapping[str, str]) -> set[str]:
    """The questions that the Actions sheet names beside an action."""
    refs: set[str] = set()
    for question in tool.sheet("actions").questions:
        named = _typed(answers, f"{question.ref}.question").casefold()
        for between in BETWEEN_REFS:
            named = named.replace(between, " ")
        refs |= set(named.split(" ")) if _typed(answers, f"{question.ref}.what") else set()
    return refs


def _table_word(sheet: Sheet, question: Question, row: Mapping[str, str], answers: Mapping[str, str]) -> str:
    if any(row.values()):
        missing = [word for field, word in ROW_NEEDS.get(sheet.id, {}).items() if not row[field]]
        return FINISH + ", ".join(missing) if missing else DONE
    if question is not sheet.questions[0] or any(
        _typed(answers, f"{q.ref}.{field.id}") for q in sheet.questions for field in sheet.fields
    ):
        return ""
    return untouched_table_word(sheet)


def untouched_table_word(sheet: Sheet) -> str:
    """What the first row of an empty table says; in a form that isn't the audit tool nothing, for who can tell."""
    return TO_DO if sheet.id in _TABLES_ASKED else OPTIONAL if sheet.id in ROW_NEEDS else ""


def _involved(tool: AuditTool, answers: Mapping[str, str], window: Window | None) -> bool:
    """Whether the agency says so, or answers as if it had been; who says that it wasn't, wasn't."""
    known = _same(_typed(answers, f"{INVOLVEMENT}.answer"), (scales.INVOLVED,))
    return known or (not _nil(answers) and _tells_of_involvement(tool, answers, window))


def _nil(answers: Mapping[str, str]) -> bool:
    return _same(_typed(answers, f"{INVOLVEMENT}.answer"), scales.INVOLVEMENT[1:])


def _tells_of_involvement(tool: AuditTool, answers: Mapping[str, str], window: Window | None) -> bool:
    """Whether there is an event in the review period, or a grade: then nobody can say that they weren't involved."""
    sheets = {sheet.id: sheet for sheet in tool.sheets}
    questions, events = sheets.get("questions"), sheets.get("chronology")
    graded = (_typed(answers, f"{question.ref}.ours") for question in (questions.questions if questions else ()))
    days = (_day(_typed(answers, f"{event.ref}.date")) for event in (events.questions if events else ()))
    return any(_same(grade, scales.JUDGED) for grade in graded) or any(
        day is not None and window is not None and window[0] <= day <= window[1] for day in days
    )


def _day(text: str) -> date | None:
    """The day that a cell holds as a date, as the reader of returns writes days. A day typed as words is none here."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _typed(answers: Mapping[str, str], ref: str) -> str:
    return " ".join(part for part in answers.get(ref, "").split(" ") if part)  # as TRIM does it


def _same(text: str, wanted: tuple[str, ...]) -> bool:
    return text.casefold() in {word.casefold() for word in wanted}
