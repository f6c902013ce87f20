"""Section 5 of the report: grades both ways, where they differ, and what is too small to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from audit_kit.domain.findings import Analysis, GradeCounts, KloeGrades, Thin
from audit_kit.domain.report import Grades, GradesRow, Row
from audit_kit.stages import report_charts as charts
from audit_kit.stages.disclosure import SMALLEST_AREA
from audit_kit.stages.words import enumerated, number_word, plural, some_of


def section(analysis: Analysis) -> Grades:
    """Grades both ways, what they add up to, and what is not shown."""
    return Grades(
        grades=summary(analysis),
        grades_ours=tuple(row(f"{k.ref} {k.title}", k.ours) for k in analysis.kloes),
        grades_together=tuple(row(f"{k.ref} {k.title}", k.together) for k in analysis.kloes),
        grades_ours_chart=charts.grades(analysis.kloes, "ours"),
        grades_together_chart=charts.grades(analysis.kloes, "together"),
        grades_note=thin(analysis),
        add_ons=tuple(row(f"{k.ref} {k.title}", k.ours) for k in analysis.add_ons if enough(k)),
        add_ons_left_out=left_out(analysis.add_ons),
        by_type=tuple(row(group.name, group.ours) for group in analysis.by_type),
        by_area=by_area(analysis),
        disagreements=disagreements(analysis),
        disagreement_rows=disagreement_rows(analysis),
        disagreements_note=disagreements_note(analysis),
    )


def summary(analysis: Analysis) -> str:
    """All grades in three sentences."""
    own, shared = total(analysis.kloes, "ours"), total(analysis.kloes, "together")
    lower = shared.strong * own.judged < own.strong * shared.judged
    return (
        f"Working together was graded {'lower' if lower else 'no lower'} than agencies’ own practice. Of {own.judged} "
        f"grades of own practice {own.strong} were good or better and {own.inadequate or 'none'} inadequate; of "
        f"{shared.judged} grades of working together {shared.strong} were good or better and "
        f"{shared.inadequate or 'none'} inadequate."
    )


def total(kloes: Sequence[KloeGrades], way: str) -> GradeCounts:
    """The counts of several key lines of enquiry together."""
    counts = [astuple(kloe.ours if way == "ours" else kloe.together) for kloe in kloes]
    return GradeCounts(*(sum(column) for column in zip(*counts, strict=True)))


def row(label: str, counts: GradeCounts) -> GradesRow:
    """One line of a table of grades."""
    return GradesRow(
        label,
        outstanding=count(counts.outstanding),
        good=count(counts.good),
        requires_improvement=count(counts.requires_improvement),
        inadequate=count(counts.inadequate),
        judged=str(counts.judged),
        not_judged=count(counts.insufficient_evidence + counts.not_our_role + counts.unanswered),
    )


def count(number: int) -> str:
    """A number in a table: a dash where there is nothing, so that what is there stands out."""
    return str(number) if number else "–"


def enough(kloe: KloeGrades) -> bool:
    """Whether a question asked of some agencies has so many grades that no team stands alone in them."""
    return kloe.ours.judged >= SMALLEST_AREA


def left_out(kloes: Sequence[KloeGrades]) -> str:
    """Which questions are not shown, and why."""
    few = [kloe.ref for kloe in kloes if not enough(kloe)]
    return f"Not shown, because fewer than five returns graded them: {enumerated(few)}." if few else ""


def thin(analysis: Analysis) -> str:
    """For the author: where a third or more of the returns gave no grade."""
    return f"The data are thin here. {' '.join(too_few(each) for each in analysis.thin)}" if analysis.thin else ""


def too_few(thin: Thin) -> str:
    """One such place in words: "3 of 8 agencies' returns did not grade N7 (2 left it blank, 1 found no evidence)"."""
    why = [
        f"{number} {what}"
        for number, what in (
            (thin.unanswered, "left it blank"),
            (thin.no_evidence, "found insufficient evidence on file"),
        )
        if number
    ]
    return f"{thin.without} of {thin.returns} returns did not grade {thin.kloe} ({enumerated(why)})."


def by_area(analysis: Analysis) -> str:
    """Grades by area, or why they are not shown."""
    if analysis.by_area:
        parts = [f"{group.name}: {group.ours.strong} of {group.ours.judged}" for group in analysis.by_area]
        return f"Own practice good or better, by area: {'; '.join(parts)}."
    return (
        "Grades are not shown by area: an area with fewer than five cases is taken together with the others, because "
        "its grades could be worked out from theirs."
    )


def disagreements(analysis: Analysis) -> str:
    """How often an agency and its partners saw it differently."""
    found = analysis.disagreements
    if not found:
        return (
            "Nowhere did an agency’s grade of its own practice lie two grades or more from how its partners graded "
            "working together."
        )
    higher = sum(each.own_is_higher for each in found)
    cases = len({each.case for each in found})
    return (
        f"{plural(len(found), 'grade').capitalize()} of own practice, in {some_of(cases, analysis.cases)}, lay two grades "
        f"or more from the middle of what partners gave for working together: {_apart(higher, len(found))}. Where grades "
        "differ, a meeting can learn most."
    )


def disagreement_rows(analysis: Analysis) -> tuple[Row, ...]:
    """The same by key line of enquiry."""
    rows = []
    for kloe in analysis.kloes:
        here = [each.own_is_higher for each in analysis.disagreements if each.kloe == kloe.ref]
        if here:
            rows.append(Row(f"{kloe.ref} {kloe.title}", _apart(sum(here), len(here)).capitalize()))
    return tuple(rows)


def disagreements_note(analysis: Analysis) -> str:
    """For the author: that there are such grades, and where to find them."""
    found = len(analysis.disagreements)
    return (
        f"{plural(found, 'grade').capitalize()} to moderate: which, and in which case, stands in outbox/team (report-sources)."
        if found
        else ""
    )


def _apart(higher: int, of_all: int) -> str:
    parts = [f"{number_word(n)} {way}" for n, way in ((higher, "higher"), (of_all - higher, "lower")) if n]
    return " and ".join(parts)
