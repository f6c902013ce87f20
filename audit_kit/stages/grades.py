"""The grades that returns give, counted: by line of enquiry, kind of agency and area, and where they part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from audit_kit.domain import scales
from audit_kit.domain.findings import (
    AGENCY_TYPES,
    Disagreement,
    GradeCounts,
    GroupGrades,
    KloeGrades,
    Thin,
    agency_type,
)
from audit_kit.domain.question_bank import Kloe
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.stages.disclosure import SMALLEST_AREA
from audit_kit.stages.extracts import source_of

Returns = Sequence[AnonymisedReturn]


def kloe_grades(kloe: Kloe, returns: Returns) -> KloeGrades:
    """The grades of one line of enquiry, counted over the returns in which it stood.

    A case is weak or strong by the median of every grade that any agency gave it, own practice and working together
    alike; a case in which nobody gave a grade that counts is neither.
    """
    scores: dict[str, list[int]] = {}
    for each in returns:
        for way in ("ours", "together"):
            grade = _grade(each, kloe.ref, way)
            if grade in scales.SCORE:
                scores.setdefault(each.audit.case, []).append(scales.SCORE[grade])
    good = scales.SCORE[scales.GOOD]
    return KloeGrades(
        kloe.ref,
        kloe.title,
        _for_all_areas(kloe.question),
        GradeCounts.of(_grade(each, kloe.ref, "ours") for each in _askers(kloe, returns)),
        GradeCounts.of(_grade(each, kloe.ref, "together") for each in _askers(kloe, returns)),
        cases=len(scores),
        weak_cases=tuple(case for case, given in scores.items() if median(given) < good),
        strong_cases=tuple(case for case, given in scores.items() if median(given) >= good),
        good_looks_like=_for_all_areas(dict(kloe.descriptors).get(scales.GOOD, "")),
    )


def _for_all_areas(text: str) -> str:
    """A text of the bank without an area's own words: ``{threshold document}`` stays "threshold document"."""
    return text.replace("{", "").replace("}", "")


def _askers(kloe: Kloe, returns: Returns) -> Iterable[AnonymisedReturn]:
    """The returns in which the question stood."""
    return (each for each in returns if not kloe.agencies or each.audit.agency in kloe.agencies)


def by_type(kloes: Sequence[KloeGrades], returns: Returns) -> tuple[GroupGrades, ...]:
    """Grades by kind of agency, of the kinds from which a return came."""
    groups = (
        _group(name, kloes, [each for each in returns if agency_type(each.audit.agency) == name])
        for name in AGENCY_TYPES
    )
    return tuple(group for group in groups if group.returns)


def by_area(session: AuditSession, kloes: Sequence[KloeGrades], returns: Returns) -> tuple[GroupGrades, ...]:
    """Grades by area, only when no area is small: one area's figures give away the other's by subtraction."""
    sizes = Counter(case.area for case in session.cases)
    if len(sizes) < 2 or min(sizes.values()) < SMALLEST_AREA:
        return ()
    return tuple(
        _group(area, kloes, [each for each in returns if each.audit.case[0] == area]) for area in sorted(sizes)
    )


def _group(name: str, kloes: Sequence[KloeGrades], returns: Returns) -> GroupGrades:
    def counts(way: str) -> GradeCounts:
        return GradeCounts.of(_grade(each, kloe.ref, way) for each in returns for kloe in kloes)

    return GroupGrades(name, len(returns), counts("ours"), counts("together"))


def disagreements(kloes: Sequence[KloeGrades], returns: Returns) -> tuple[Disagreement, ...]:
    """Where an agency's grade of its own practice lies two or more from its partners' middle grade."""
    found = []
    for kloe in kloes:
        for each in returns:
            own = _grade(each, kloe.ref, "ours")
            partners = sorted(
                scales.SCORE[grade]
                for other in returns
                if other.audit.case == each.audit.case and other.audit.agency != each.audit.agency
                if (grade := _grade(other, kloe.ref, "together")) in scales.SCORE
            )
            if own not in scales.SCORE or len(partners) < 2:
                continue
            gap = scales.SCORE[own] - median(partners)
            if abs(gap) >= 2:
                middle = next(name for name in scales.JUDGED if scales.SCORE[name] == int(median(partners)))
                type_ = agency_type(each.audit.agency)
                found.append(Disagreement(each.audit.case, kloe.ref, kloe.title, type_, own, middle, gap > 0))
    return tuple(found)


def thinly_answered(kloes: Sequence[KloeGrades], returns: Returns) -> tuple[Thin, ...]:
    """Where a third or more of the returns in which a question stood gave no grade that counts."""
    lines = []
    for kloe in kloes:
        asked = kloe.ours.judged + kloe.ours.insufficient_evidence + kloe.ours.unanswered
        without = [each for each in returns if _grade(each, kloe.ref, "ours") in (None, scales.INSUFFICIENT_EVIDENCE)]
        if asked and 3 * len(without) >= asked:
            evidence, sources = kloe.ours.insufficient_evidence, tuple(source_of(each) for each in without)
            lines.append(Thin(kloe.ref, kloe.title, kloe.ours.unanswered, evidence, asked, sources))
    return tuple(lines)


def _grade(each: AnonymisedReturn, kloe: str, way: str) -> str | None:
    return scales.chosen(each.answer(f"{kloe}.{way}"), scales.GRADES)
