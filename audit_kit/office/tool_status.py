"""How far each question is, in words: worked out here and, by formulas that say the same, in the workbook.

The kit never trusts what a returned workbook shows; these words are for the person who fills it in. The
results worked out here are written beside the formulas, so that a preview or a telephone shows the right
state without calculating. ``tests/office/test_tool_workbook.py`` has LibreOffice work out the formulas and
compares.

Reading a formula: ``INDEX(column, ROW())`` rather than the cell itself, because a reference to a cell follows
it when it is cut and pasted elsewhere, and would then say "Done" on the wrong row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from audit_kit.domain import scales
from audit_kit.domain.standard_sheets import INDEPENDENCE_DECLARATIONS
from audit_kit.domain.tool import AuditTool, Layout, Question, Sheet
from audit_kit.office.tool_layout import SheetPlan

TO_DO, DONE, EXPLAINED, OPTIONAL, NOT_NEEDED, FINISH = (
    "To do", "Done", "Explained", "Optional", "Not needed", "Finish: ",
)  # fmt: skip
PLEASE_COMPLETE, AS_SENT = "Please complete", "As you sent it"  # in a copy that goes back
UNFINISHED_SHOWN = 8  # the next questions to finish that Start has a link to
EVIDENCE_WORDS = 25  # fewer can't say what was seen, where on file it is and when

_INVOLVEMENT = "involvement.known"
#: asked even of those who did not know the family; everything else is then not needed
_ASKED_OF_ALL = ("concern.", _INVOLVEMENT, "auditor.name", "auditor.role", "lead.name")
#: a reason does not stand in for these: silence about risk is no answer, 2.10 is itself the reason, and independence
#: is proved from the others (for these there is 3.15)
_NO_REASON_ACCEPTED = (
    "concern.", _INVOLVEMENT, "involvement.no_practitioner", "auditor.name",
    *(f"declaration.{letter}" for letter in INDEPENDENCE_DECLARATIONS),
)  # fmt: skip
#: question → (other question, its answers): asked when the other was answered so
_ASKED_WHEN: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    **{
        f"concern.{name}": (("concern.any", (scales.YES,)),) for name in ("kind", "urgency", "what", "told", "safe_now")
    },
    "auditor.grade_reason": (("auditor.grade", (scales.AUDITOR_GRADES[-1],)),),
    "conflict.what": tuple((f"declaration.{letter}", (scales.NO,)) for letter in "abc"),
}
#: table → the fields without which a row is not finished, with the word that asks for each
_ROW_NEEDS: Mapping[str, Mapping[str, str]] = {
    "practitioners": {"name": "name", "role": "role"},
    "doubts": {"action": "your decision"},
    "chronology": {"date": "date", "event": "event"},
    "actions": {
        "question": "question", "what": "action", "owner": "owner", "due": "date", "measure": "measure",
    },
}  # fmt: skip
_TABLES_ASKED = ("chronology",)  # of which at least one row is wanted
_WEAK = (scales.REQUIRES_IMPROVEMENT, scales.INADEQUATE)
#: what may stand between the questions that an action is for
_BETWEEN_REFS = (",", ";", "/", "&", "\n")


@dataclass(frozen=True)
class Standing:
    """Every question's word, and how many are still to finish on each sheet."""

    words: Mapping[str, str]  # question reference → word, "" for an empty row of a table
    left: Mapping[str, int]  # sheet id → number to finish

    @property
    def total(self) -> int:
        """How many are to finish in all."""
        return sum(self.left.values())


def standing_of(tool: AuditTool, answers: Mapping[str, str]) -> Standing:
    """How far a tool with these answers is."""
    words: dict[str, str] = {}
    left: dict[str, int] = {}
    for sheet in tool.sheets:
        of_sheet = {question.ref: _word(tool, sheet, question, answers) for question in sheet.questions}
        words.update(of_sheet)
        left[sheet.id] = sum(word == TO_DO or word.startswith(FINISH) for word in of_sheet.values())
    return Standing(words, left)


def is_status_word(text: str) -> bool:
    """Whether this is one of the words that the status column shows."""
    words = (TO_DO, DONE, EXPLAINED, OPTIONAL, NOT_NEEDED, PLEASE_COMPLETE, AS_SENT)
    return text in words or text.startswith(FINISH)


def ready_words(total: int) -> str:
    """What the Start sheet says about the whole tool."""
    return "Yes" if total == 0 else f"No, {total} to finish"


def left_words(left: int) -> str:
    """What the Start sheet says about one sheet."""
    return "Ready" if left == 0 else f"{left} to finish"


def results_of(plans: Sequence[SheetPlan], standing: Standing) -> dict[str, str | int]:
    """What the formulas on Start and the hidden sheet give: name → result."""
    left = dict(standing.left)
    results: dict[str, str | int] = {
        "ready": ready_words(standing.total),
        **{f"left_{sheet}": left_words(number) for sheet, number in left.items()},
        **{f"meta_left_{sheet}": number for sheet, number in left.items()},
        **{f"open_{kind}{n}": "" for n in range(1, UNFINISHED_SHOWN + 1) for kind in ("", "word_")},
    }
    number = 0
    for plan in plans:
        for question in plan.sheet.questions:
            word = standing.words[question.ref]
            to_finish = word == TO_DO or word.startswith(FINISH)
            number += to_finish
            results |= {f"open_number_{question.ref}": number if to_finish else "", f"open_status_{question.ref}": word}
            if to_finish and number <= UNFINISHED_SHOWN:
                shown = f"{word} – {question.wording}" if question.wording else word
                results |= {f"open_{number}": open_words(plan, question), f"open_word_{number}": shown}
    return results


def open_words(plan: SheetPlan, question: Question) -> str:
    """How the link to a question on Start reads: "Questions, N6"."""
    number = f"row {question.number}" if plan.sheet.layout is Layout.TABLE else question.number
    return f"{plan.sheet.title}, {number}"


# --- worked out here -----------------------------------------------------------------------------------


def _word(tool: AuditTool, sheet: Sheet, question: Question, answers: Mapping[str, str]) -> str:
    row = {field.id: _typed(answers, f"{question.ref}.{field.id}") for field in sheet.fields}
    if _nil(answers) and not question.ref.startswith(_ASKED_OF_ALL):
        return _nil_word(sheet, question, row)
    if sheet.layout is Layout.FORM:
        return _form_word(tool, question, row, answers)
    if sheet.layout is Layout.TABLE:
        return _table_word(sheet, question, row, answers)
    return _kloe_word(tool, question, row, answers) if "ours" in row else _row_word(question, row)


def _nil_word(sheet: Sheet, question: Question, row: Mapping[str, str]) -> str:
    """Nothing more is needed from who didn't know the family; what was told all the same stands."""
    if any(row.values()):
        return DONE
    later_row = sheet.layout is Layout.TABLE and question is not sheet.questions[0]
    return "" if later_row else NOT_NEEDED


def _form_word(tool: AuditTool, question: Question, row: Mapping[str, str], answers: Mapping[str, str]) -> str:
    if row["answer"]:
        return DONE
    if row.get("blank") and not question.ref.startswith(_NO_REASON_ACCEPTED):
        return EXPLAINED
    return TO_DO if _is_asked(tool, question, answers) else OPTIONAL


def _is_asked(tool: AuditTool, question: Question, answers: Mapping[str, str]) -> bool:
    if question.ref == "involvement.no_practitioner":
        rows = tool.sheet("practitioners").questions
        return not any(_typed(answers, f"{q.ref}.{field}") for q in rows for field in ("name", "role"))
    conditions = _ASKED_WHEN.get(question.ref, ())
    return question.required or any(_same(_typed(answers, f"{other}.answer"), wanted) for other, wanted in conditions)


def _row_word(question: Question, row: Mapping[str, str]) -> str:
    return DONE if any(row.values()) else TO_DO if question.required else OPTIONAL


def _kloe_word(tool: AuditTool, question: Question, row: Mapping[str, str], answers: Mapping[str, str]) -> str:
    if not any(row.values()):
        return TO_DO if question.required else OPTIONAL
    ours, graded = row["ours"], _same(row["ours"], scales.GRADES)
    judged = _same(ours, scales.JUDGED)
    missing = [
        word
        for word, holds in (
            ("our grade", not graded and bool(ours or not row["blank"])),
            ("together grade", not _same(row["together"], scales.GRADES) and bool(row["together"] or not row["blank"])),
            ("evidence", judged and not row["evidence"] and not row["blank"]),
            ("fuller evidence", judged and 0 < _words(row["evidence"]) < EVIDENCE_WORDS),
            ("why", graded and not row["why"] and not row["blank"]),
            ("an action", _same(ours, _WEAK) and question.ref.casefold() not in _refs_with_action(tool, answers)),
        )
        if holds
    ]  # fmt: skip
    if missing:
        return FINISH + ", ".join(missing)
    return DONE if ours else EXPLAINED


def _refs_with_action(tool: AuditTool, answers: Mapping[str, str]) -> set[str]:
    """The questions that the Actions sheet names beside an action."""
    refs: set[str] = set()
    for question in tool.sheet("actions").questions:
        named = _typed(answers, f"{question.ref}.question").casefold()
        for between in _BETWEEN_REFS:
            named = named.replace(between, " ")
        refs |= set(named.split(" ")) if _typed(answers, f"{question.ref}.what") else set()
    return refs


def _table_word(sheet: Sheet, question: Question, row: Mapping[str, str], answers: Mapping[str, str]) -> str:
    if any(row.values()):
        missing = [word for field, word in _ROW_NEEDS.get(sheet.id, {}).items() if not row[field]]
        return FINISH + ", ".join(missing) if missing else DONE
    if question is not sheet.questions[0] or any(
        _typed(answers, f"{q.ref}.{field.id}") for q in sheet.questions for field in sheet.fields
    ):
        return ""
    return _untouched_table_word(sheet)


def _untouched_table_word(sheet: Sheet) -> str:
    """What the first row of an empty table says; in a form that isn't the audit tool nothing, for who can tell."""
    return TO_DO if sheet.id in _TABLES_ASKED else OPTIONAL if sheet.id in _ROW_NEEDS else ""


def _nil(answers: Mapping[str, str]) -> bool:
    return _same(_typed(answers, f"{_INVOLVEMENT}.answer"), scales.INVOLVEMENT[1:])


def _typed(answers: Mapping[str, str], ref: str) -> str:
    return " ".join(part for part in answers.get(ref, "").split(" ") if part)  # as TRIM does it


def _same(text: str, wanted: tuple[str, ...]) -> bool:
    return text.casefold() in {word.casefold() for word in wanted}


def _words(text: str) -> int:
    return sum(1 for word in text.replace("\n", " ").split(" ") if word)


# --- as formulas ---------------------------------------------------------------------------------------


Plans = Mapping[str, SheetPlan]  # sheet id → its rows and columns


def status_formula(tool: AuditTool, plans: Plans, plan: SheetPlan, question: Question) -> str:
    """The formula that says the same in the workbook."""
    here = {field.id: _here(plan, field.id) for field in plan.sheet.fields}
    asks_all = question.ref.startswith(_ASKED_OF_ALL) or tool.place(f"{_INVOLVEMENT}.answer") is None
    if plan.sheet.layout is Layout.FORM:
        formula = _form_formula(tool, plans, question, here)
    elif plan.sheet.layout is Layout.TABLE:
        formula = _table_formula(plan, question, here)
    else:
        formula = _kloe_formula(plans, question, here) if "ours" in here else _row_formula(question, here)
    if asks_all:
        return f"={formula}"
    later_row = plan.sheet.layout is Layout.TABLE and question is not plan.sheet.questions[0]
    untouched = "" if later_row else NOT_NEEDED
    nil = _formula_same(_elsewhere(plans, _INVOLVEMENT), scales.INVOLVEMENT[1:])
    return f'=IF({nil},IF({_all_blank(here)},"{untouched}","{DONE}"),{formula})'


def unfinished_test(status: str) -> str:
    """The condition, in a formula, that a question with this status is to be finished."""
    return f'OR({status}="{TO_DO}",LEFT({status},6)="{FINISH[:6]}")'


def left_formula(plan: SheetPlan) -> str:
    """How many are to finish on a sheet."""
    words = plan.range_of("status")
    return f'=SUMPRODUCT(--(LEFT({words},5)="{TO_DO}"))+SUMPRODUCT(--(LEFT({words},6)="{FINISH[:6]}"))'


def _form_formula(tool: AuditTool, plans: Plans, question: Question, here: Mapping[str, str]) -> str:
    accepted = "blank" in here and not question.ref.startswith(_NO_REASON_ACCEPTED)
    asked = f'IF({_asked_formula(tool, plans, question)},"{TO_DO}","{OPTIONAL}")'
    if accepted:
        asked = f'IF({here["blank"]}<>"","{EXPLAINED}",{asked})'
    return f'IF({here["answer"]}<>"","{DONE}",{asked})'


def _asked_formula(tool: AuditTool, plans: Plans, question: Question) -> str:
    if question.required:
        return "TRUE"
    if question.ref == "involvement.no_practitioner":
        return f"NOT({_anything_formula(plans['practitioners'], 'name', 'role')})"
    conditions = [
        _formula_same(_elsewhere(plans, other), wanted)
        for other, wanted in _ASKED_WHEN.get(question.ref, ())
        if tool.place(f"{other}.answer")
    ]
    return f"OR({','.join(conditions)})" if conditions else "FALSE"


def _row_formula(question: Question, here: Mapping[str, str]) -> str:
    return f'IF({_all_blank(here)},"{TO_DO if question.required else OPTIONAL}","{DONE}")'


def _kloe_formula(plans: Plans, question: Question, here: Mapping[str, str]) -> str:
    ours, together, blank = here["ours"], here["together"], here["blank"]
    graded, judged = _formula_same(ours, scales.GRADES), _formula_same(ours, scales.JUDGED)
    evidence = f'TRIM(SUBSTITUTE({here["evidence"]},CHAR(10)," "))'
    words = f'LEN({evidence})-LEN(SUBSTITUTE({evidence}," ",""))+1'
    no_together = f"NOT({_formula_same(together, scales.GRADES)})"
    missing = (
        f'IF(AND(NOT({graded}),OR({ours}<>"",{blank}="")),"our-grade ","")'
        f'&IF(AND({no_together},OR({together}<>"",{blank}="")),"together-grade ","")'
        f'&IF({judged},IF({here["evidence"]}="",IF({blank}="","evidence ",""),IF({words}<{EVIDENCE_WORDS},"fuller-evidence ","")),"")'
        f'&IF(AND({graded},{here["why"]}="",{blank}=""),"why ","")'
        f'&IF(AND({_formula_same(ours, _WEAK)},{_no_action_formula(plans, question)}),"an-action","")'
    )
    finished = f'IF({ours}="","{EXPLAINED}","{DONE}")'
    untouched = TO_DO if question.required else OPTIONAL
    return f'IF({_all_blank(here)},"{untouched}",{_finish_formula(missing, finished)})'


def _no_action_formula(plans: Plans, question: Question) -> str:
    plan = plans["actions"]
    named = plan.range_of("question")
    for between in _BETWEEN_REFS:
        sign = "CHAR(10)" if between == "\n" else f'"{between}"'
        named = f'SUBSTITUTE({named},{sign}," ")'
    found = f'ISNUMBER(SEARCH(" {question.ref} "," "&{named}&" "))'
    return f"SUMPRODUCT({found}*(LEN(TRIM({plan.range_of('what')}))>0))=0"


def _table_formula(plan: SheetPlan, question: Question, here: Mapping[str, str]) -> str:
    untouched = '""'
    if question is plan.sheet.questions[0]:
        anything = _anything_formula(plan, *(field.id for field in plan.sheet.fields))
        word = _untouched_table_word(plan.sheet)
        untouched = f'IF({anything},"","{word}")'
    needs = _ROW_NEEDS.get(plan.sheet.id, {})
    missing = "&".join(f'IF({here[field]}="","{word} ","")' for field, word in needs.items()) or '""'
    return f"IF({_all_blank(here)},{untouched},{_finish_formula(missing, chr(34) + DONE + chr(34))})"


def _finish_formula(missing: str, finished: str) -> str:
    listed = f'SUBSTITUTE(SUBSTITUTE(TRIM({missing})," ",", "),"-"," ")'
    return f'IF(TRIM({missing})="",{finished},"{FINISH}"&{listed})'


def _here(plan: SheetPlan, field_id: str) -> str:
    letter = get_column_letter(plan.column(field_id))
    return f"TRIM(INDEX(${letter}$1:${letter}${plan.last_row + 1},ROW()))"


def _elsewhere(plans: Plans, question_ref: str) -> str:
    plan = next(p for p in plans.values() if any(q.ref == question_ref for q in p.sheet.questions))
    return f'IFERROR(TRIM(INDEX({plan.range_of("answer")},MATCH("{question_ref}",{plan.range_of("ids")},0))),"")'


def _all_blank(here: Mapping[str, str]) -> str:
    # one by one: strung together, long answers would pass Excel's limit for a text
    return "AND(" + ",".join(f'{value}=""' for value in here.values()) + ")"


def _formula_same(value: str, wanted: tuple[str, ...]) -> str:
    tests = ",".join(f'{value}="{word}"' for word in wanted)
    return f"OR({tests})"


def _anything_formula(plan: SheetPlan, *fields: str) -> str:
    """Whether anything stands in these columns below their headings."""
    ranges = (plan.range_of(field) for field in fields)
    below = (f"INDEX({cells},2):INDEX({cells},ROWS({cells}))" for cells in ranges)
    return "(" + "+".join(f"SUMPRODUCT(--(LEN(TRIM({cells}))>0))" for cells in below) + ">0)"
