"""Sections 6, 7, 10 and 14 of the report, and what each finding rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from audit_kit.domain.actions import SYSTEM, ActionPlan
from audit_kit.domain.causes import cause
from audit_kit.domain.findings import (
    AGENCY_TYPES,
    GOOD_PRACTICE,
    Analysis,
    DeepDive,
    Extract,
    Finding,
    Recommendation,
    Source,
    agency_type,
)
from audit_kit.domain.report import DeepDiveText, ExtractText, Findings, FindingText, ProvenanceRow, RecommendationText
from audit_kit.domain.rulebook import entry_of
from audit_kit.stages.deep_dives import OTHER_AREA
from audit_kit.stages.report_grades import too_few
from audit_kit.stages.words import enumerated, lower_first, number_word, plural, some_of

_FEW_RETURNS = 5  # a finding on fewer is somebody's, not the system's
#: rules about the file and its day, not about what it says: they weaken no finding
_ABOUT_THE_FILE = frozenset({"V03", "V04", "V30", "V31", "V32"})
_COMPLETES = "completes the number of cases to be looked at"
_CASE_NAMES = ("First case", "Second case", "Third case", "Fourth case", "Fifth case", "Sixth case")


def section(analysis: Analysis, plan: ActionPlan, by: str) -> Findings:
    """Both sides of what was found, and what follows. ``by``: when assurance is asked for."""
    return Findings(
        balance=_balance(analysis),
        good_practice=tuple(finding_text(found, analysis, plan) for found in analysis.good_practice),
        improvements=tuple(finding_text(found, analysis, plan) for found in analysis.improvements),
        deep_dives=deep_dives(analysis),
        deep_dive_cases=tuple(
            deep_dive(name, chosen) for name, chosen in zip(_CASE_NAMES, analysis.deep_dives, strict=False)
        ),
        recommendations=tuple(recommendation(each, by) for each in analysis.recommendations),
        recommendations_note="Proposals from the findings. The QA Sub Committee confirms the lessons and actions required.",
        provenance=provenance(analysis),
        provenance_rules=_rules_named(analysis),
        provenance_note=(
            "Which returns these are, by case and agency, stands in outbox/team (report-sources). It stays with the Board’s "
            "team: who knew a family is as good as its name."
        ),
    )


def _balance(analysis: Analysis) -> str:
    if analysis.good_practice and analysis.improvements:
        return ""
    lacking = "area for improvement" if analysis.good_practice else "good practice"
    return f"This draft is one-sided: no {lacking} stood out over several cases. Look again before the committee does."


def finding_text(found: Finding, analysis: Analysis, plan: ActionPlan) -> FindingText:
    """One finding in words, with what the plan does about it."""
    own, shared = found.ours, found.together
    reach = some_of(found.reach.cases, found.reach.of_cases)
    if found.kind == GOOD_PRACTICE:
        statement = (
            f"Good or better in {reach}. Own practice was graded good or outstanding by {own.strong} of {own.judged} "
            f"returns, working together by {shared.strong} of {shared.judged}."
        )
    else:
        statement = (
            f"Below good in {reach}. Own practice was graded requires improvement or inadequate by {own.weak} of "
            f"{own.judged} returns, working together by {shared.weak} of {shared.judged}."
        )
    return FindingText(
        found.ref,
        found.kloe,
        found.title,
        statement,
        found.question,
        types_in_words(found.reach.types, analysis),
        enumerated([f"{name} ({many}{' returns' * (n == 0)})" for n, (name, many) in enumerate(found.causes)]),
        _on_the_plan(found, plan),
        extract_texts(found.extracts),
        " ".join(filter(None, (sources_note(found.extracts), _thin_note(found, analysis)))),
    )


def _thin_note(found: Finding, analysis: Analysis) -> str:
    """For the author: what makes this finding weaker than it looks."""
    few = [f"It rests on {plural(len(found.sources), 'return')} only."] if len(found.sources) < _FEW_RETURNS else []
    thin = [too_few(each) for each in analysis.thin if each.kloe == found.kloe]
    return f"Thin: {' '.join((*few, *thin))} Say so, or leave it out." if few or thin else ""


def types_in_words(types: Sequence[str], analysis: Analysis) -> str:
    """Types of agency inside a sentence; "" when it is all of them, which says nothing."""
    if len(types) == len(analysis.by_type):
        return ""
    return enumerated([lower_first(name) for name in types])


def extract_texts(extracts: Sequence[Extract]) -> tuple[ExtractText, ...]:
    """Extracts as the report shows them: no closer than the type of agency."""
    return tuple(ExtractText(each.text, each.type) for each in extracts)


def sources_note(extracts: Sequence[Extract]) -> str:
    """For the author: what to do with extracts, and a warning when one case speaks for all."""
    if not extracts:
        return ""
    thin = len({each.source.audit.case for each in extracts}) < 2
    warning = " They come from a single case: look in other returns before you rely on them." if thin else ""
    return f"Keep, shorten or drop these extracts.{warning} Which returns they are from stands in outbox/team (report-sources)."


def _on_the_plan(found: Finding, plan: ActionPlan) -> str:
    answering = [action for action in plan.actions if found.ref in action.findings.split(", ")]
    system = [action.ref for action in answering if action.stream == SYSTEM]
    others = len(answering) - len(system)
    own = f"{plural(others, 'action')} of single agencies" if others else ""
    return enumerated([*system, *([own] if own else [])])


def deep_dives(analysis: Analysis) -> str:
    """How many cases were proposed."""
    number, strong = len(analysis.deep_dives), sum(each.strong for each in analysis.deep_dives)
    if not number:
        return "No case was proposed for a multi-agency meeting."
    because = f", {'one' if strong == 1 else strong} of them because practice was strong" if strong else ""
    return (
        f"{plural(number, 'case').capitalize()} were proposed for a multi-agency meeting{because}. The independent chair "
        "decides, and the reasons are kept."
    )


def deep_dive(name: str, chosen: DeepDive) -> DeepDiveText:
    """One proposed case, by order alone: neither its reference nor its area is for everybody."""
    reasons = enumerated([each for each in chosen.reasons if each != OTHER_AREA]) or _COMPLETES
    note = "Which case this is stands in outbox/team (report-sources): for the author and the chair alone."
    return DeepDiveText(name, f"{reasons[:1].upper()}{reasons[1:]}.", note)


def recommendation(proposed: Recommendation, by: str) -> RecommendationText:
    """An assurance in words."""
    assurance = (
        cause(proposed.cause).assurance if proposed.cause else f"{lower_first(proposed.title)} is good or better"
    )
    asked_of = enumerated([lower_first(name) for name in proposed.types])
    return RecommendationText(
        proposed.ref,
        f"{proposed.finding} {proposed.title}",
        f"{asked_of[:1].upper()}{asked_of[1:]}",
        f"That {assurance}.",
        by,
    )


def provenance(analysis: Analysis) -> tuple[ProvenanceRow, ...]:
    """The returns behind each finding."""
    rows = []
    for found in (*analysis.good_practice, *analysis.improvements):
        later = sum(source.round > 1 for source in found.sources)
        rounds = f"{len(found.sources)}, {later} of them sent back before" if later else str(len(found.sources))
        rows.append(
            ProvenanceRow(
                found.ref,
                f"{found.kloe} {found.title}",
                _by_type(found.sources),
                rounds,
                _warnings(found, analysis),
            )
        )
    return tuple(rows)


def _warnings(found: Finding, analysis: Analysis) -> str:
    """Which rules still said something about returns behind the finding: "V17 in two, V34 in one"; "none"."""
    behind = set(found.sources)
    said = Counter(rule for source, rules in _about_content(analysis) if source in behind for rule in rules)
    return ", ".join(f"{rule} in {number_word(said[rule])}" for rule in sorted(said)) or "none"


def _about_content(analysis: Analysis) -> Iterator[tuple[Source, tuple[str, ...]]]:
    for source, rules in analysis.still_warned:
        yield source, tuple(rule for rule in rules if rule not in _ABOUT_THE_FILE)


def _rules_named(analysis: Analysis) -> str:
    """What each rule that is named in the provenance is about."""
    behind = {source for found in (*analysis.good_practice, *analysis.improvements) for source in found.sources}
    named = sorted({rule for source, rules in _about_content(analysis) if source in behind for rule in rules})
    return " ".join(f"{rule}: {lower_first(entry.title)}." for rule in named if (entry := entry_of(rule)))


def _by_type(sources: Sequence[Source]) -> str:
    """``Health 24, police 10, in eight cases``."""
    counts = Counter(agency_type(source.audit.agency) for source in sources)
    types = ", ".join(f"{lower_first(name)} {counts[name]}" for name in AGENCY_TYPES if counts[name])
    cases = len({source.audit.case for source in sources})
    return f"{types[:1].upper()}{types[1:]}, in {plural(cases, 'case')}"
