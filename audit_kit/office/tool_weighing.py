"""What is weighed on the hidden sheet for the status column: each text of evidence, and the grades as a whole.

Each is the words that a status is then made up of, "" when nothing is to say: worked out here, and by a formula that
says the same. Only these words stand on the hidden sheet, never a text of the agency's. Too long to stand in every
status formula, they have names there: ``weighed_thin_N6``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit_kit.domain import evidence, scales
from audit_kit.domain.standard_sheets import BALANCE
from audit_kit.domain.thresholds import ONE_GRADE_FROM
from audit_kit.domain.tool import AuditTool
from audit_kit.office.tool_layout import SheetPlan

FULLER, DATED = "fuller-evidence ", "a-date-in-the-evidence "  # without them a question is not finished
SOMEWHERE, ONE_GRADE, NOT_OUR_ROLE = "where-on-file-it-is ", "one-grade-throughout ", "much-not-our-role "
ONE_SIDED = ("no-good-practice-named ", "no-improvement-named ")

Plans = Mapping[str, SheetPlan]


def name_of(what: str, question_ref: str = "") -> str:
    """The defined name of what was weighed: "thin" or "nowhere" of a question, "grades", "good" or "improve" of all."""
    return re.sub(r"[^A-Za-z0-9_]", "_", f"weighed_{what}_{question_ref}".strip("_"))


def is_weighed(sheets: Mapping[str, object]) -> bool:
    """Whether a form with these sheets is an audit tool, whose grades can be weighed."""
    return {"questions", "findings", "involvement", "chronology"} <= sheets.keys()


# --- worked out here -----------------------------------------------------------------------------------


def weighed(tool: AuditTool, answers: Mapping[str, str], *, involved: bool) -> dict[str, str]:
    """Name → words, as the formulas give them. ``answers``: without spaces around them."""
    if not is_weighed({sheet.id: sheet for sheet in tool.sheets}):
        return {}
    refs = [question.ref for question in tool.sheet("questions").questions]
    words = {}
    for ref in refs:
        text = answers.get(f"{ref}.evidence", "").strip()
        words[name_of("thin", ref)] = _thin(text, tool.thresholds.evidence_words) if text else ""
        words[name_of("nowhere", ref)] = SOMEWHERE if text and not evidence.names_source(text) else ""
    graded = involved and all(
        _grade(answers, ref) or (not answers.get(f"{ref}.ours", "").strip() and answers.get(f"{ref}.blank", "").strip())
        for ref in refs
    )
    words[name_of("grades")] = _grades_as_a_whole(tool, [_grade(answers, ref) for ref in refs], graded, involved)
    for side, told in zip(BALANCE, ONE_SIDED, strict=True):
        named = (*(f"{ref}.{side.field}" for ref in refs), *(f"{ref}.answer" for ref in side.findings))
        said = any(answers.get(ref, "").strip() for ref in named)
        words[name_of(side.field)] = told if graded and not said else ""
    return words


def _thin(text: str, least: int) -> str:
    fuller = FULLER if evidence.word_count(text) < least else ""
    return fuller + ("" if evidence.has_date(text) else DATED)


def _grade(answers: Mapping[str, str], ref: str) -> str:
    """The grade of our practice in its own letters, "" for what is none."""
    typed = " ".join(answers.get(f"{ref}.ours", "").split()).casefold()
    return next((grade for grade in scales.GRADES if grade.casefold() == typed), "")


def _grades_as_a_whole(tool: AuditTool, grades: list[str], graded: bool, involved: bool) -> str:
    judged = [grade for grade in grades if grade in scales.JUDGED]
    alike = graded and len(judged) >= ONE_GRADE_FROM and len(set(judged)) == 1
    share = grades.count(scales.NOT_OUR_ROLE) / len(grades) if grades else 0
    unasked = involved and share > tool.thresholds.not_our_role_share
    return (ONE_GRADE if alike else "") + (NOT_OUR_ROLE if unasked else "")


# --- as formulas ---------------------------------------------------------------------------------------


def weighing_formulas(tool: AuditTool, plans: Plans, involved: str) -> dict[str, str]:
    """Name → formula, for an audit tool. ``involved``: the test, in a formula, that the agency was."""
    plan = plans["questions"]
    formulas = {}
    for question in plan.sheet.questions:
        row = f'MATCH("{question.ref}",{plan.range_of("ids")},0)'
        text = f'INDEX({plan.range_of("evidence")},{row})&""'
        thin = (
            f'IF({_word_count(text)}<{tool.thresholds.evidence_words},"{FULLER}","")&IF({_has_date(text)},"","{DATED}")'
        )
        # an error is evidence too long for a formula to look through: nothing is then said against it
        formulas[name_of("thin", question.ref)] = f'IFERROR(IF(TRIM({text})="","",{thin}),"")'
        nowhere = f'IF({_any_of(_listed(evidence.SOURCES), f"LOWER({_spread(text)})")},"","{SOMEWHERE}")'
        formulas[name_of("nowhere", question.ref)] = f'IFERROR(IF(TRIM({text})="","",{nowhere}),"")'
    graded = f"AND({involved},{_all_graded(plan)})"
    formulas[name_of("grades")] = _as_a_whole_formula(tool, plan, graded, involved)
    findings = plans["findings"]
    for side, told in zip(BALANCE, ONE_SIDED, strict=True):
        refs = _listed(side.findings)
        named = (
            f"SUMPRODUCT(ISNUMBER(MATCH({findings.range_of('ids')},{refs},0))*{_filled(findings.range_of('answer'))})"
        )
        nothing = f"{named}+SUMPRODUCT(--{_filled(_rows(plan, side.field))})=0"
        formulas[name_of(side.field)] = f'IF(AND({graded},{nothing}),"{told}","")'
    return formulas


def _as_a_whole_formula(tool: AuditTool, plan: SheetPlan, graded: str, involved: str) -> str:
    counts = [f'SUMPRODUCT(--(TRIM({_rows(plan, "ours")})="{grade}"))' for grade in scales.JUDGED]
    judged, most = "+".join(counts), f"MAX({','.join(counts)})"
    alike = f'IF(AND({graded},{judged}>={ONE_GRADE_FROM},{judged}={most}),"{ONE_GRADE}","")'
    elsewhere = f'SUMPRODUCT(--(TRIM({_rows(plan, "ours")})="{scales.NOT_OUR_ROLE}"))'
    share = f"{elsewhere}/{len(plan.sheet.questions)}>{tool.thresholds.not_our_role_share:g}"
    return f'{alike}&IF(AND({involved},{share}),"{NOT_OUR_ROLE}","")'


def _all_graded(plan: SheetPlan) -> str:
    """Whether every question has a grade, or nothing in its place and a reason."""
    ours, blank = _rows(plan, "ours"), _rows(plan, "blank")
    is_graded = f"ISNUMBER(MATCH(TRIM({ours}),{_listed(scales.GRADES)},0))"
    is_explained = f'(TRIM({ours})="")*{_filled(blank)}'
    return f"SUMPRODUCT(--({is_graded}+{is_explained}>0))={len(plan.sheet.questions)}"


def _rows(plan: SheetPlan, field: str) -> str:
    """A column below its heading."""
    cells = plan.range_of(field)
    return f"INDEX({cells},2):INDEX({cells},{len(plan.sheet.questions) + 1})"


def _filled(cells: str) -> str:
    return f"(LEN(TRIM({cells}))>0)"


def _word_count(text: str) -> str:
    for blank in ("\n", "\t", "\u00a0"):
        text = f'SUBSTITUTE({text},{_quoted(blank)}," ")'
    return f'LEN(TRIM({text}))-LEN(SUBSTITUTE(TRIM({text})," ",""))+1'


def _has_date(text: str) -> str:
    """The same as ``evidence.has_date``, of which this is a translation line by line."""
    spread = _spread(text)
    plain = f'SUBSTITUTE(SUBSTITUTE({spread}," 0"," "),"{evidence.NO_DAY}"," ")'
    digits = spread
    for digit in "123456789":
        digits = f'SUBSTITUTE({digits},"{digit}","0")'
    years = f'" "&({evidence.CENTURY}+{{{";".join(str(n) for n in range(0, 100, 10))}}}+{_numbers(0, 9)})&" "'
    days = f'" "&{_numbers(1, evidence.LAST_DAY).replace(",", ";")}&" / "&{_numbers(1, evidence.LAST_MONTH)}&" "'
    months = _listed(tuple(f" {month} " for month in evidence.MONTHS))
    return (
        f'OR(ISNUMBER(FIND("{evidence.MAY}",{spread})),{_any_of(months, f"LOWER({spread})")},{_any_of(years, spread)},'
        f"{_any_of(_listed(evidence.WHOLE_DATES), digits)},{_any_of(days, plain)})"
    )


def _spread(text: str) -> str:
    for blank in evidence.BLANKS:
        text = f'SUBSTITUTE({text},{_quoted(blank)}," ")'
    for joint in evidence.JOINTS:
        text = f'SUBSTITUTE({text},"{joint}"," {joint} ")'
    return f'" "&{text}&" "'


def _any_of(words: str, text: str) -> str:
    return f"SUMPRODUCT(--ISNUMBER(FIND({words},{text})))>0"


def _numbers(first: int, last: int) -> str:
    return "{" + ",".join(str(n) for n in range(first, last + 1)) + "}"


def _listed(words: tuple[str, ...]) -> str:
    return "{" + ",".join(f'"{word}"' for word in words) + "}"


def _quoted(character: str) -> str:
    """One character as formulas write it."""
    if character < " ":
        return f"CHAR({ord(character)})"
    return '"' + character.replace('"', '""') + '"'
