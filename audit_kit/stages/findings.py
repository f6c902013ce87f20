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
    Source,
    agency_type,
)
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.stages.extracts import extract, kloe_of, spread

MOST_FINDINGS = 5  # of each kind: a committee can act on five
SYSTEMIC_CASES = 2  # in one case it is that case's; in two it may be the system's
_EXTRACTS = 4
_STRONG = (scales.OUTSTANDING, scales.GOOD)
_WEAK = (scales.REQUIRES_IMPROVEMENT, scales.INADEQUATE)

Findings = tuple[Finding, ...]


def in_balance(
    theme: Theme, kloes: Sequence[KloeGrades], returns: Sequence[AnonymisedReturn]
) -> tuple[Findings, Findings]:
    """Good practice and areas for improvement: equally many where the returns allow it, widest reach first."""
    strengths, weaknesses = _sorted_texts(theme, returns, "good"), _sorted_texts(theme, returns, "improve")
    strong = sorted(kloes, key=lambda k: (-len(k.strong_cases), -k.ours.outstanding - k.together.outstanding))
    weak = sorted(kloes, key=lambda k: (-len(k.weak_cases), -k.ours.weak - k.together.weak))
    good = [k for k in strong if k.strong_cases and (strengths.get(k.ref) or k.ours.strong)]
    improve = [k for k in weak if len(k.weak_cases) >= SYSTEMIC_CASES]
    # the same key line of enquiry is not put forward as both, unless there is too little else to be balanced
    weakest = {k.ref for k in improve[:MOST_FINDINGS]}
    good = [k for k in good if k.ref not in weakest] + [k for k in good if k.ref in weakest]
    many = min(MOST_FINDINGS, max(len(improve), 3), max(len(good), 3))
    return (
        tuple(
            _finding(f"G{n}", GOOD_PRACTICE, k, returns, strengths.get(k.ref, ()))
            for n, k in enumerate(good[:many], start=1)
        ),
        tuple(
            _finding(f"I{n}", IMPROVEMENT, k, returns, weaknesses.get(k.ref, ()))
            for n, k in enumerate(improve[:many], start=1)
        ),
    )


def recommendations(improvements: Findings) -> tuple[Recommendation, ...]:
    """One assurance for each finding over several cases, asked of the types of agency that it reaches."""
    return tuple(
        Recommendation(
            f"R{n}",
            found.ref,
            found.kloe,
            found.title,
            found.causes[0][0] if found.causes else "",
            found.reach.types,
            found.reach,
        )
        for n, found in enumerate(improvements, start=1)
    )


def _sorted_texts(theme: Theme, returns: Sequence[AnonymisedReturn], field: str) -> dict[str, tuple[Extract, ...]]:
    """Extracts of what agencies named, under the key line of enquiry that each is about.

    Texts of the Findings sheet name no question, so they are put under the one whose words they use most.
    """
    stem = "strength" if field == "good" else "improvement"
    found: dict[str, list[Extract]] = {}
    for each in returns:
        for kloe in theme.kloes:
            text = each.answer(f"{kloe.ref}.{field}")
            if text.strip():
                found.setdefault(kloe.ref, []).append(extract(each, text, kloe.ref))
        for number in (1, 2, 3):
            text = each.answer(f"{stem}.{number}")
            if text.strip() and (ref := kloe_of(text, theme)):
                found.setdefault(ref, []).append(extract(each, text, ref))
    return {ref: tuple(extracts) for ref, extracts in found.items()}


def _finding(
    ref: str, kind: str, kloe: KloeGrades, returns: Sequence[AnonymisedReturn], extracts: Sequence[Extract]
) -> Finding:
    cases = kloe.strong_cases if kind == GOOD_PRACTICE else kloe.weak_cases
    wanted = _STRONG if kind == GOOD_PRACTICE else _WEAK
    behind = [each for each in returns if each.audit.case in cases and _graded(each, kloe.ref, wanted)]
    types = {agency_type(each.audit.agency) for each in behind}
    within = [each for each in extracts if each.source.audit.case in cases] or list(extracts)
    return Finding(
        ref,
        kind,
        kloe.ref,
        kloe.title,
        kloe.question,
        Reach(len(cases), kloe.cases, len(behind), tuple(t for t in AGENCY_TYPES if t in types)),
        kloe.ours,
        kloe.together,
        _causes(kloe.ref, behind) if kind == IMPROVEMENT else (),
        spread([each for each in within if len(each.text.split()) > 3], _EXTRACTS),
        tuple(Source(each.audit, each.round) for each in behind),
    )


def _graded(each: AnonymisedReturn, kloe: str, wanted: tuple[str, ...]) -> bool:
    return any(scales.chosen(each.answer(f"{kloe}.{way}"), wanted) for way in ("ours", "together"))


def _causes(kloe: str, returns: Sequence[AnonymisedReturn]) -> tuple[tuple[str, int], ...]:
    """The root causes that the weak returns point to, counted in returns, at most three."""
    named = Counter(
        name for each in returns for name in causes_in(f"{each.answer(f'{kloe}.why')} {each.answer(f'{kloe}.improve')}")
    )
    return tuple(named.most_common(3))
