"""Which cases to propose for the multi-agency meeting, and why. The chair decides; the reasons are kept.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Three cases are selected for deep-dive work".
How they are selected it leaves open: the weights here are a proposal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

from audit_kit.domain import scales
from audit_kit.domain.dates import read_date
from audit_kit.domain.findings import DeepDive, Disagreement, KloeGrades
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession, Case

DISAGREEMENT, INADEQUATE, CONTRADICTION, REPEAT, EXEMPLARY, WILLING, SPREAD = 3, 3, 2, 2, 2, 2, 1
OTHER_AREA = "brings in the other area"
_JOINT_EVENTS = ("Strategy discussion", "Conference", "Core group or TAF")
_SAME_MEETING_DAYS = 7
_EXEMPLARY_GRADES = 3  # Outstanding, for own practice or together, within one case

_Reason = tuple[int, str]


def propose(
    session: AuditSession,
    returns: Sequence[AnonymisedReturn],
    kloes: Sequence[KloeGrades],
    disagreements: Sequence[Disagreement],
    *,
    wanted: int,
    earlier: frozenset[str] = frozenset(),
) -> tuple[DeepDive, ...]:
    """As many cases as are wanted, best first; at least one of them strong where any case is.

    Each choice counts a little more when it brings in an area or a tier that is not among those chosen yet.
    """
    with_returns = {each.audit.case for each in returns}
    cases = [case for case in session.cases if case.ref in with_returns]
    reasons = {
        case.ref: _reasons(
            case, session, [e for e in returns if e.audit.case == case.ref], kloes, disagreements, earlier
        )
        for case in cases
    }
    strong = {case.ref for case in cases if _is_strong(case.ref, kloes)}
    chosen: list[DeepDive] = []
    areas: set[str] = set()
    tiers: set[str] = set()
    while len(chosen) < min(wanted, len(cases)):
        left = [case for case in cases if case.ref not in {each.case for each in chosen}]
        if len(chosen) == wanted - 1 and not any(each.strong for each in chosen):
            left = [case for case in left if case.ref in strong] or left
        scored = [(case, [*reasons[case.ref], *_spread(case, areas, tiers)]) for case in left]
        best, why = max(scored, key=lambda pair: sum(points for points, _ in pair[1]))
        chosen.append(DeepDive(best.ref, sum(p for p, _ in why), tuple(text for _, text in why), best.ref in strong))
        areas.add(best.area)
        tiers.add(best.tier)
    return tuple(chosen)


def _reasons(
    case: Case,
    session: AuditSession,
    returns: Sequence[AnonymisedReturn],
    kloes: Sequence[KloeGrades],
    disagreements: Sequence[Disagreement],
    earlier: frozenset[str],
) -> list[_Reason]:
    inadequate = _grades(returns, kloes).count(scales.INADEQUATE)
    outstanding = _grades(returns, kloes).count(scales.OUTSTANDING)
    apart = sorted({each.kloe for each in disagreements if each.case == case.ref})
    repeated = sorted(kloe.ref for kloe in kloes if kloe.ref in earlier and case.ref in kloe.weak_cases)
    willing = any(each.case == case.ref and each.decision == scales.YES for each in session.engagement)
    found = (
        (DISAGREEMENT, bool(apart), f"agencies' grades lie two or more apart ({', '.join(apart)})"),
        (INADEQUATE, inadequate > 0, f"graded Inadequate {_times(inadequate)}"),
        (CONTRADICTION, _chronologies_differ(returns), "agencies date the same meeting differently"),
        (REPEAT, bool(repeated), f"repeats a finding of the last session ({', '.join(repeated)})"),
        (EXEMPLARY, outstanding >= _EXEMPLARY_GRADES, f"graded Outstanding {_times(outstanding)}"),
        (WILLING, willing, "the child or family may be asked for feedback"),
    )
    return [(points, text) for points, holds, text in found if holds]


def _spread(case: Case, areas: set[str], tiers: set[str]) -> list[_Reason]:
    new_area = [(SPREAD, OTHER_AREA)] if areas and case.area not in areas else []
    new_tier = [(SPREAD, f"brings in another tier ({case.tier[:1].lower()}{case.tier[1:]})")]
    return [*new_area, *(new_tier if tiers and case.tier not in tiers else [])]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _grades(returns: Sequence[AnonymisedReturn], kloes: Sequence[KloeGrades]) -> list[str | None]:
    return [
        scales.chosen(each.answer(f"{kloe.ref}.{way}"), scales.GRADES)
        for each in returns
        for kloe in kloes
        for way in ("ours", "together")
    ]


def _is_strong(case: str, kloes: Sequence[KloeGrades]) -> bool:
    """Strong in most of the key lines of enquiry that anybody judged in it."""
    judged = [kloe for kloe in kloes if case in (*kloe.strong_cases, *kloe.weak_cases)]
    return 2 * sum(case in kloe.strong_cases for kloe in judged) > len(judged) > 0


def _chronologies_differ(returns: Sequence[AnonymisedReturn]) -> bool:
    """Whether two agencies date a meeting of the same kind a few days apart, and neither has the other's date."""
    held = [_joint_meetings(each) for each in returns]
    for kind in _JOINT_EVENTS:
        for ours, theirs in combinations((meetings.get(kind, frozenset()) for meetings in held), 2):
            for day in ours - theirs:
                if any(0 < abs((day - other).days) <= _SAME_MEETING_DAYS for other in theirs - ours):
                    return True
    return False


def _joint_meetings(each: AnonymisedReturn) -> Mapping[str, frozenset[date]]:
    days: dict[str, set[date]] = {}
    for row in each.rows("chronology"):
        kind = scales.chosen(row.get("type", ""), _JOINT_EVENTS)
        if kind and (day := read_date(row.get("date", ""))):
            days.setdefault(kind, set()).add(day)
    return {kind: frozenset(found) for kind, found in days.items()}
