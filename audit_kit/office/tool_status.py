"""How far each question is, in words: worked out here and, by formulas that say the same, in the workbook.

The kit never trusts what a returned workbook shows; these words are for the person who fills it in. The
results worked out here are written beside the formulas, so that a preview or a telephone shows the right
state without calculating. ``tests/office/test_tool_workbook.py`` has LibreOffice work out the formulas and
compares.

Reading a formula: ``INDEX(column, ROW())`` rather than the cell itself, because a reference to a cell follows
it when it is cut and pasted elsewhere, and would then say "Done" on the wrong row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from audit_kit.domain import scales
from audit_kit.domain.tool import AuditTool, Layout, Question, Sheet
from audit_kit.office.tool_layout import SheetPlan, plan_of, plans_of

TO_DO, DONE, EXPLAINED, OPTIONAL, NOT_NEEDED, FINISH = (
    "To do", "Done", "Explained", "Optional", "Not needed", "Finish: ",
)  # fmt: skip
PLEASE_COMPLETE, AS_SENT = "Please complete", "As you sent it"  # in a copy that goes back
EVIDENCE_WORDS = 25  # fewer can't say what was seen, where on file it is and when

#: asked even of those who did not know the family; everything else is then not needed
_ASKED_OF_ALL = ("concern", "auditor")
_INVOLVEMENT = "involvement.known"
#: a reason does not stand in for these: a blank would leave a risk or the auditor's independence open
_NO_REASON_ACCEPTED = ("concern.", "declaration.", "auditor.", "lead.", _INVOLVEMENT)
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
    "chronology": {"date": "date", "event": "event"},
    "actions": {"what": "action", "owner": "owner", "due": "date", "measure": "measure"},
}


@dataclass(frozen=True)
class Standing:
    """Every question's word, and how many are still to finish on each sheet."""

    words: Mapping[str, str]  # question reference → word, "" for an empty row of a table
    left: Mapping[str, int]  # sheet id → number to finish
    is_nil: bool  # the agency did not know the family in the review period

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
    return Standing(words, left, _nil(answers))


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


# --- worked out here -----------------------------------------------------------------------------------


def _word(tool: AuditTool, sheet: Sheet, question: Question, answers: Mapping[str, str]) -> str:
    row = {field.id: _typed(answers, f"{question.ref}.{field.id}") for field in sheet.fields}
    nil = _nil(answers) and sheet.id not in _ASKED_OF_ALL and question.ref != _INVOLVEMENT
    if sheet.layout is Layout.FORM:
        return _form_word(tool, question, row, answers, nil)
    if sheet.layout is Layout.GRID:
        return _grid_word(question, row, nil)
    return _table_word(tool, sheet, question, row, answers, nil)


def _form_word(
    tool: AuditTool, question: Question, row: Mapping[str, str], answers: Mapping[str, str], nil: bool
) -> str:
    if row["answer"]:
        return DONE
    if row["blank"] and not question.ref.startswith(_NO_REASON_ACCEPTED):
        return EXPLAINED
    if nil:
        return NOT_NEEDED
    return TO_DO if _is_asked(tool, question, answers) else OPTIONAL


def _is_asked(tool: AuditTool, question: Question, answers: Mapping[str, str]) -> bool:
    if question.ref == "involvement.no_practitioner":
        named = (f"{q.ref}.name" for q in tool.sheet("practitioners").questions)
        return not any(_typed(answers, ref) for ref in named)
    conditions = _ASKED_WHEN.get(question.ref, ())
    return question.required or any(_same(_typed(answers, f"{other}.answer"), wanted) for other, wanted in conditions)


def _grid_word(question: Question, row: Mapping[str, str], nil: bool) -> str:
    if not any(row.values()):
        return NOT_NEEDED if nil else TO_DO if question.required else OPTIONAL
    if row["blank"] and not row["ours"]:
        return EXPLAINED
    if _same(row["ours"], (scales.NOT_OUR_ROLE, scales.INSUFFICIENT_EVIDENCE)):
        missing = [] if row["blank"] or row["why"] else ["reason"]
    else:
        short = 0 < _words(row["evidence"]) < EVIDENCE_WORDS
        missing = [
            *([] if row["ours"] else ["our grade"]),
            *([] if row["together"] else ["together grade"]),
            *([] if row["evidence"] else ["evidence"]),
            *(["fuller evidence"] if short else []),
            *([] if row["why"] else ["why"]),
        ]
    return FINISH + ", ".join(missing) if missing else DONE


def _table_word(
    tool: AuditTool,
    sheet: Sheet,
    question: Question,
    row: Mapping[str, str],
    answers: Mapping[str, str],
    nil: bool,
) -> str:
    if any(row.values()):
        missing = [word for field, word in _ROW_NEEDS.get(sheet.id, {}).items() if not row[field]]
        return FINISH + ", ".join(missing) if missing else DONE
    if question is not sheet.questions[0] or any(
        _typed(answers, f"{q.ref}.{field.id}") for q in sheet.questions for field in sheet.fields
    ):
        return ""
    if nil:
        return NOT_NEEDED
    return TO_DO if _table_is_asked(tool, sheet, answers) else OPTIONAL


def _table_is_asked(tool: AuditTool, sheet: Sheet, answers: Mapping[str, str]) -> bool:
    if sheet.id == "chronology":
        return True
    below_good = (scales.REQUIRES_IMPROVEMENT, scales.INADEQUATE)
    grades = (_typed(answers, f"{q.ref}.ours") for q in tool.sheet("questions").questions)
    return sheet.id == "actions" and any(_same(grade, below_good) for grade in grades)


def _nil(answers: Mapping[str, str]) -> bool:
    return _same(_typed(answers, f"{_INVOLVEMENT}.answer"), scales.INVOLVEMENT[1:])


def _typed(answers: Mapping[str, str], ref: str) -> str:
    return " ".join(part for part in answers.get(ref, "").split(" ") if part)  # as TRIM does it


def _same(text: str, wanted: tuple[str, ...]) -> bool:
    return text.casefold() in {word.casefold() for word in wanted}


def _words(text: str) -> int:
    return sum(1 for word in text.replace("\n", " ").split(" ") if word)


# --- as formulas ---------------------------------------------------------------------------------------


def status_formula(tool: AuditTool, plan: SheetPlan, question: Question) -> str:
    """The formula that says the same in the workbook."""
    here = {field.id: _here(plan, field.id) for field in plan.sheet.fields}
    nil = "nil_return=1"
    if plan.sheet.id in _ASKED_OF_ALL or question.ref == _INVOLVEMENT:
        nil = "FALSE"
    if plan.sheet.layout is Layout.FORM:
        return _form_formula(tool, question, here, nil)
    if plan.sheet.layout is Layout.GRID:
        return _grid_formula(question, here, nil)
    return _table_formula(tool, plan, question, here, nil)


def nil_formula(tool: AuditTool) -> str:
    """1 when the agency did not know the family in the review period, else 0."""
    return f"=IF({_formula_same(_elsewhere(tool, _INVOLVEMENT), scales.INVOLVEMENT[1:])},1,0)"


def left_formula(plan: SheetPlan) -> str:
    """How many are to finish on a sheet."""
    words = plan.range_of("status")
    return f'=SUMPRODUCT(--(LEFT({words},5)="{TO_DO}"))+SUMPRODUCT(--(LEFT({words},6)="{FINISH[:6]}"))'


def _form_formula(tool: AuditTool, question: Question, here: Mapping[str, str], nil: str) -> str:
    reason = "FALSE" if question.ref.startswith(_NO_REASON_ACCEPTED) else f'{here["blank"]}<>""'
    asked = _asked_formula(tool, question)
    return (
        f'=IF({here["answer"]}<>"","{DONE}",IF({reason},"{EXPLAINED}",'
        f'IF({nil},"{NOT_NEEDED}",IF({asked},"{TO_DO}","{OPTIONAL}"))))'
    )


def _asked_formula(tool: AuditTool, question: Question) -> str:
    if question.required:
        return "TRUE"
    if question.ref == "involvement.no_practitioner":
        names = plan_of(tool.sheet("practitioners")).range_of("name")
        return f"SUMPRODUCT(--(LEN(TRIM({names}))>0))=0"
    conditions = [
        _formula_same(_elsewhere(tool, other), wanted)
        for other, wanted in _ASKED_WHEN.get(question.ref, ())
        if tool.place(f"{other}.answer")
    ]
    return f"OR({','.join(conditions)})" if conditions else "FALSE"


def _grid_formula(question: Question, here: Mapping[str, str], nil: str) -> str:
    empty = _all_blank(here)
    untouched = f'IF({nil},"{NOT_NEEDED}","{TO_DO if question.required else OPTIONAL}")'
    no_grade = _formula_same(here["ours"], (scales.NOT_OUR_ROLE, scales.INSUFFICIENT_EVIDENCE))
    evidence = f'SUBSTITUTE({here["evidence"]},CHAR(10)," ")'
    words = f'LEN(TRIM({evidence}))-LEN(SUBSTITUTE(TRIM({evidence})," ",""))+1'
    missing = (
        f'IF({here["ours"]}="","our-grade ","")&IF({here["together"]}="","together-grade ","")'
        f'&IF({here["evidence"]}="","evidence ",IF({words}<{EVIDENCE_WORDS},"fuller-evidence ",""))'
        f'&IF({here["why"]}="","why","")'
    )
    return (
        f'=IF({empty},{untouched},IF(AND({here["blank"]}<>"",{here["ours"]}=""),"{EXPLAINED}",'
        f'IF({no_grade},IF({here["blank"]}&{here["why"]}="","{FINISH}reason","{DONE}"),'
        f"{_finish_formula(missing)})))"
    )


def _table_formula(tool: AuditTool, plan: SheetPlan, question: Question, here: Mapping[str, str], nil: str) -> str:
    empty = _all_blank(here)
    untouched = '""'
    if question is plan.sheet.questions[0]:
        asked = _table_asked_formula(tool, plan.sheet)
        anything = f"SUMPRODUCT(--(LEN(TRIM({_block(plan)}))>0))>0"
        untouched = f'IF({anything},"",IF({nil},"{NOT_NEEDED}",IF({asked},"{TO_DO}","{OPTIONAL}")))'
    needs = _ROW_NEEDS.get(plan.sheet.id, {})
    missing = "&".join(f'IF({here[field]}="","{word} ","")' for field, word in needs.items()) or '""'
    return f"=IF({empty},{untouched},{_finish_formula(missing)})"


def _table_asked_formula(tool: AuditTool, sheet: Sheet) -> str:
    if sheet.id == "chronology":
        return "TRUE"
    if sheet.id != "actions":
        return "FALSE"
    grades = plan_of(tool.sheet("questions")).range_of("ours")
    ri, inadequate = scales.REQUIRES_IMPROVEMENT, scales.INADEQUATE
    return f'SUMPRODUCT((TRIM({grades})="{ri}")+(TRIM({grades})="{inadequate}"))>0'


def _finish_formula(missing: str) -> str:
    listed = f'SUBSTITUTE(SUBSTITUTE(TRIM({missing})," ",", "),"-"," ")'
    return f'IF(TRIM({missing})="","{DONE}","{FINISH}"&{listed})'


def _here(plan: SheetPlan, field_id: str) -> str:
    letter = get_column_letter(plan.column(field_id))
    return f"TRIM(INDEX(${letter}$1:${letter}${plan.last_row},ROW()))"


def _elsewhere(tool: AuditTool, question_ref: str) -> str:
    plan = next(p for p in plans_of(tool) if any(q.ref == question_ref for q in p.sheet.questions))
    return f'IFERROR(TRIM(INDEX({plan.range_of("answer")},MATCH("{question_ref}",{plan.range_of("ids")},0))),"")'


def _all_blank(here: Mapping[str, str]) -> str:
    # one by one: strung together, long answers would pass Excel's limit for a text
    return "AND(" + ",".join(f'{value}=""' for value in here.values()) + ")"


def _formula_same(value: str, wanted: tuple[str, ...]) -> str:
    tests = ",".join(f'{value}="{word}"' for word in wanted)
    return f"OR({tests})"


def _block(plan: SheetPlan) -> str:
    first, last = plan.range_of(plan.sheet.fields[0].id), plan.range_of(plan.sheet.fields[-1].id)
    return f"{first.split(':')[0]}:{last.split(':')[1]}"
