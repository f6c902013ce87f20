"""The status column as formulas: what ``tool_status`` works out here, the workbook says while somebody types.

``tests/office/test_tool_workbook.py`` has LibreOffice work the formulas out and compares.

Reading a formula: ``INDEX(column, ROW())`` rather than the cell itself, because a reference to a cell follows
it when it is cut and pasted elsewhere, and would then say "Done" on the wrong row.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit_kit.domain import scales
from audit_kit.domain.tool import AuditTool, Layout, Question
from audit_kit.office.cell_addresses import letters
from audit_kit.office.tool_layout import SheetPlan
from audit_kit.office.tool_status import (
    APART,
    ASKED_OF_ALL,
    ASKED_WHEN,
    BALANCED,
    BETWEEN_REFS,
    CONTRADICTED,
    DONE,
    EXPLAINED,
    FAR_APART,
    FINISH,
    FIRST_DAY,
    HARDLY_ANY_TIME,
    HOURS,
    INVOLVEMENT,
    LAST_DAY,
    LOOK_AGAIN,
    NO_REASON_ACCEPTED,
    NOT_NEEDED,
    OPTIONAL,
    OVERALL,
    RISK,
    ROW_NEEDS,
    TO_DO,
    WEAK,
    untouched_table_word,
)
from audit_kit.office.tool_weighing import is_weighed, name_of

Plans = Mapping[str, SheetPlan]  # sheet id → its rows and columns


def status_formula(tool: AuditTool, plans: Plans, plan: SheetPlan, question: Question) -> str:
    """The formula that says the same in the workbook."""
    here = {field.id: _here(plan, field.id) for field in plan.sheet.fields}
    asks_all = question.ref.startswith(ASKED_OF_ALL) or tool.place(f"{INVOLVEMENT}.answer") is None
    if plan.sheet.layout is Layout.FORM:
        formula = _form_formula(tool, plans, question, here)
    elif plan.sheet.layout is Layout.TABLE:
        formula = _table_formula(plan, question, here)
    else:
        formula = _kloe_formula(tool, plans, question, here) if "ours" in here else _row_formula(question, here)
    if question.ref == INVOLVEMENT and {"questions", "chronology"} <= plans.keys():
        nil = _formula_same(here["answer"], scales.INVOLVEMENT[1:])
        formula = f'IF(AND({nil},{_told_formula(plans)}),"{CONTRADICTED}",{formula})'
    if asks_all:
        return f"={formula}"
    later_row = plan.sheet.layout is Layout.TABLE and question is not plan.sheet.questions[0]
    untouched = "" if later_row else NOT_NEEDED
    nil = _formula_same(_elsewhere(plans, INVOLVEMENT), scales.INVOLVEMENT[1:])
    return f'=IF({nil},IF({_all_blank(here)},"{untouched}","{DONE}"),{formula})'


def unfinished_test(status: str) -> str:
    """The condition, in a formula, that a question with this status is to be finished."""
    return f'OR({status}="{TO_DO}",LEFT({status},6)="{FINISH[:6]}")'


def involved_test(plans: Plans) -> str:
    """The condition, in a formula, that the agency was involved or answers as if it had been."""
    known, nil = (
        _formula_same(_elsewhere(plans, INVOLVEMENT), answers)
        for answers in ((scales.INVOLVED,), scales.INVOLVEMENT[1:])
    )
    return f"OR({known},AND(NOT({nil}),{_told_formula(plans)}))"


def _told_formula(plans: Plans) -> str:
    grades, days = plans["questions"].range_of("ours"), plans["chronology"].range_of("date")
    judged = "+".join(f'SUMPRODUCT(--(TRIM({grades})="{grade}"))' for grade in scales.JUDGED)
    events = f"SUMPRODUCT(ISNUMBER({days})*({days}>={FIRST_DAY})*({days}<={LAST_DAY}))"
    return f"{judged}+{events}>0"


def left_formula(plan: SheetPlan) -> str:
    """How many are to finish on a sheet."""
    words = plan.range_of("status")
    return f'=SUMPRODUCT(--(LEFT({words},5)="{TO_DO}"))+SUMPRODUCT(--(LEFT({words},6)="{FINISH[:6]}"))'


def _form_formula(tool: AuditTool, plans: Plans, question: Question, here: Mapping[str, str]) -> str:
    accepted = "blank" in here and not question.ref.startswith(NO_REASON_ACCEPTED)
    otherwise = f'"{OPTIONAL}"'
    if question.ref in BALANCED and is_weighed(plans):
        otherwise = _listed_formula(LOOK_AGAIN, BALANCED[question.ref], otherwise)
    asked = f'IF({_asked_formula(tool, plans, question)},"{TO_DO}",{otherwise})'
    if accepted:
        asked = f'IF({here["blank"]}<>"","{EXPLAINED}",{asked})'
    answered = _says_something(here["answer"]) if question.ref == RISK else f'{here["answer"]}<>""'
    return f"IF({answered},{_done_formula(tool, plans, question, here['answer'])},{asked})"


def _says_something(answer: str) -> str:
    """The same as ``scales.says_something``."""
    digits = "{" + ",".join(f'"{digit}"' for digit in scales.DIGITS) + "}"
    return f"OR(NOT(EXACT(UPPER({answer}),LOWER({answer}))),SUMPRODUCT(--ISNUMBER(FIND({digits},{answer})))>0)"


def _done_formula(tool: AuditTool, plans: Plans, question: Question, answer: str) -> str:
    """What a single question that is answered says: that it is done, or what is unusual about it."""
    if question.ref not in (HOURS, OVERALL[0]) or not {"questions", "chronology"} <= plans.keys():
        return f'"{DONE}"'
    if question.ref == HOURS:
        first = f'VALUE(LEFT({answer},FIND(" ",{answer}&" ")-1))'
        unusual, said = f"IFERROR({first}<{tool.thresholds.least_hours:g},FALSE)", HARDLY_ANY_TIME
    else:
        unusual, said = _far_apart_formula(tool, answer, _elsewhere(plans, OVERALL[1])), FAR_APART
    return f'IF(AND({unusual},{involved_test(plans)}),"{said}","{DONE}")'


def _far_apart_formula(tool: AuditTool, ours: str, together: str) -> str:
    grades = "{" + ",".join(f'"{grade}"' for grade in scales.JUDGED) + "}"  # best first, each one step from the next
    apart = f"ABS(MATCH({ours},{grades},0)-MATCH({together},{grades},0))"
    return f"IFERROR({apart}>={tool.thresholds.grades_apart},FALSE)"


def _asked_formula(tool: AuditTool, plans: Plans, question: Question) -> str:
    if question.required:
        return "TRUE"
    if question.ref == "involvement.no_practitioner":
        return f"NOT({_anything_formula(plans['practitioners'], 'name', 'role')})"
    conditions = [
        _formula_same(_elsewhere(plans, other), wanted)
        for other, wanted in ASKED_WHEN.get(question.ref, ())
        if tool.place(f"{other}.answer")
    ]
    return f"OR({','.join(conditions)})" if conditions else "FALSE"


def _row_formula(question: Question, here: Mapping[str, str]) -> str:
    return f'IF({_all_blank(here)},"{TO_DO if question.required else OPTIONAL}","{DONE}")'


def _kloe_formula(tool: AuditTool, plans: Plans, question: Question, here: Mapping[str, str]) -> str:
    ours, together, blank = here["ours"], here["together"], here["blank"]
    graded, judged = _formula_same(ours, scales.GRADES), _formula_same(ours, scales.JUDGED)
    thin, nowhere = name_of("thin", question.ref), name_of("nowhere", question.ref)
    no_together = f"NOT({_formula_same(together, scales.GRADES)})"
    missing = (
        f'IF(AND(NOT({graded}),OR({ours}<>"",{blank}="")),"our-grade ","")'
        f'&IF(AND({no_together},OR({together}<>"",{blank}="")),"together-grade ","")'
        f'&IF(AND({judged},{blank}=""),IF({here["evidence"]}="","evidence ",{thin}),"")'
        f'&IF(AND({graded},{here["why"]}="",{blank}=""),"why ","")'
        f'&IF(AND({_formula_same(ours, WEAK)},{_no_action_formula(plans, question)}),"an-action","")'
    )
    unusual = f'IF({_far_apart_formula(tool, ours, together)},"{APART}","")&IF(AND({judged},{blank}=""),{nowhere},"")'
    if question is plans["questions"].sheet.questions[0]:
        unusual += f"&{name_of('grades')}"
    finished = _listed_formula(LOOK_AGAIN, unusual, f'IF({ours}="","{EXPLAINED}","{DONE}")')
    untouched = TO_DO if question.required else OPTIONAL
    return f'IF({_all_blank(here)},"{untouched}",{_listed_formula(FINISH, missing, finished)})'


def _no_action_formula(plans: Plans, question: Question) -> str:
    plan = plans["actions"]
    named = plan.range_of("question")
    for between in BETWEEN_REFS:
        sign = "CHAR(10)" if between == "\n" else f'"{between}"'
        named = f'SUBSTITUTE({named},{sign}," ")'
    found = f'ISNUMBER(SEARCH(" {question.ref} "," "&{named}&" "))'
    return f"SUMPRODUCT({found}*(LEN(TRIM({plan.range_of('what')}))>0))=0"


def _table_formula(plan: SheetPlan, question: Question, here: Mapping[str, str]) -> str:
    untouched = '""'
    if question is plan.sheet.questions[0]:
        anything = _anything_formula(plan, *(field.id for field in plan.sheet.fields))
        word = untouched_table_word(plan.sheet)
        untouched = f'IF({anything},"","{word}")'
    needs = ROW_NEEDS.get(plan.sheet.id, {})
    missing = "&".join(f'IF({here[field]}="","{word} ","")' for field, word in needs.items()) or '""'
    return f"IF({_all_blank(here)},{untouched},{_listed_formula(FINISH, missing, chr(34) + DONE + chr(34))})"


def _listed_formula(head: str, words: str, otherwise: str) -> str:
    shown = f'SUBSTITUTE(SUBSTITUTE(TRIM({words})," ",", "),"-"," ")'
    return f'IF(TRIM({words})="",{otherwise},"{head}"&{shown})'


def _here(plan: SheetPlan, field_id: str) -> str:
    letter = letters(plan.column(field_id))
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
