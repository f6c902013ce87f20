"""Good practice and areas for improvement, as many of the one as of the other, and what follows from them.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The findings will reflect a balance of good
practice and areas of improvement."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit_kit.domain import scales
from audit_kit.domain.causes import causes_in
from audit_kit.domain.findings import (
    AGENCY_TYPES,
    GOOD_PRACTICE,
    IMPROVEMENT,
    Extract,
    Finding,
    KloeGrades,
    Reach,
    Recommendation,
    agency_type,
)
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.stages.extracts import extract, joined, kloe_of, source_of, spread

MOST_FINDINGS = 5  # of each kind: a committee can act on five
SYSTEMIC_CASES = 2  # in one case it is that case's; in two it may be the system's
FEWEST = 3  # of each kind, where the returns allow it
_EXTRACTS = 4
_MOST_ASKED = 3  # types of agency that one assurance is asked of: asked of all, it is asked of nobody

Findings = tuple[Finding, ...]
_Returns = Sequence[AnonymisedReturn]


def in_balance(theme: Theme, kloes: Sequence[KloeGrades], returns: _Returns) -> tuple[Findings, Findings]:
    """Good practice and areas for improvement, widest reach first.

    A key line of enquiry is put on the side on which most of its cases are. Where that leaves a side short, it
    is filled with what held in at least two cases, so that no report shows one side only without reason.
    """
    strong = sorted(kloes, key=lambda k: (-len(k.strong_cases), -k.ours.outstanding - k.together.outstanding))
    weak = sorted(kloes, key=lambda k: (-len(k.weak_cases), -k.ours.weak - k.together.weak))
    good = _side(strong, [k for k in strong if len(k.strong_cases) > len(k.weak_cases)], "strong_cases")
    improve = _side(weak, [k for k in weak if len(k.weak_cases) >= len(k.strong_cases)], "weak_cases")
    return (
        tuple(_finding(f"G{n}", GOOD_PRACTICE, kloe, theme, returns) for n, kloe in enumerate(good, start=1)),
        tuple(_finding(f"I{n}", IMPROVEMENT, kloe, theme, returns) for n, kloe in enumerate(improve, start=1)),
    )


def recommendations(improvements: Findings) -> tuple[Recommendation, ...]:
    """One assurance for each finding over several cases, asked of the types of agency with most weak grades."""
    return tuple(
        Recommendation(
            f"R{n}",
            found.ref,
            found.kloe,
            found.title,
            found.causes[0][0] if found.causes else "",
            found.question,
            found.good_looks_like,
            _most_concerned(found),
            found.reach,
        )
        for n, found in enumerate(improvements, start=1)
    )


def _side(ordered: Sequence[KloeGrades], clear: Sequence[KloeGrades], cases: str) -> list[KloeGrades]:
    chosen = [kloe for kloe in clear if len(getattr(kloe, cases)) >= SYSTEMIC_CASES]
    filling = [kloe for kloe in ordered if kloe not in chosen and len(getattr(kloe, cases)) >= SYSTEMIC_CASES]
    return [*chosen, *filling[: max(0, FEWEST - len(chosen))]][:MOST_FINDINGS]


def _most_concerned(found: Finding) -> tuple[str, ...]:
    counts = Counter(agency_type(source.audit.agency) for source in found.sources)
    most = {name for name, _ in counts.most_common(_MOST_ASKED)}
    return tuple(name for name in AGENCY_TYPES if name in most)


def _finding(ref: str, kind: str, kloe: KloeGrades, theme: Theme, returns: _Returns) -> Finding:
    good = kind == GOOD_PRACTICE
    cases = kloe.strong_cases if good else kloe.weak_cases
    wanted = (scales.OUTSTANDING, scales.GOOD) if good else (scales.REQUIRES_IMPROVEMENT, scales.INADEQUATE)
    behind = [each for each in returns if each.audit.case in cases and _graded(each, kloe.ref, wanted)]
    types = {agency_type(each.audit.agency) for each in behind}
    return Finding(
        ref,
        kind,
        kloe.ref,
        kloe.title,
        kloe.question,
        Reach(len(cases), kloe.cases, len(behind), tuple(t for t in AGENCY_TYPES if t in types)),
        kloe.ours,
        kloe.together,
        kloe.good_looks_like,
        () if good else _causes(kloe.ref, behind),
        _extracts(kloe.ref, good, theme, behind),
        tuple(source_of(each) for each in behind),
    )


def _graded(each: AnonymisedReturn, kloe: str, wanted: tuple[str, ...]) -> bool:
    return any(scales.chosen(each.answer(f"{kloe}.{way}"), wanted) for way in ("ours", "together"))


def _extracts(kloe: str, good: bool, theme: Theme, behind: _Returns) -> tuple[Extract, ...]:
    """What the returns behind a finding say of it: why this grade, and what was good or should change.

    Texts of the Findings sheet name no question; those that speak of this one fill up what is missing.
    """
    link, what = ("Good practice", f"{kloe}.good") if good else ("To improve", f"{kloe}.improve")
    answered = [
        Extract(text, agency_type(each.audit.agency), kloe, source_of(each))
        for each in behind
        if (text := joined(each, f"{kloe}.why", link, what))
    ]
    if len(answered) >= _EXTRACTS:
        return spread(answered, _EXTRACTS)
    stem = "strength" if good else "improvement"
    further = [
        extract(each, text, kloe)
        for each in behind
        for number in (1, 2, 3)
        if (text := each.answer(f"{stem}.{number}")) and kloe_of(text, theme) == kloe
    ]
    return spread([*answered, *further], _EXTRACTS)


def _causes(kloe: str, returns: _Returns) -> tuple[tuple[str, int], ...]:
    """The root causes that the weak returns point to, counted in returns, at most three."""
    named = Counter(
        name for each in returns for name in causes_in(f"{each.answer(f'{kloe}.why')} {each.answer(f'{kloe}.improve')}")
    )
    return tuple(named.most_common(3))
