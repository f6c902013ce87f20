"""Sections 8, 9, 11 and 12 of the report: children, families, practitioners, equality, escalated concerns.

Source: Multi-Agency Case Audit Process (Sept 2017), "Introduction": "importantly, the views of children, young
people and their families".
"""

from __future__ import annotations

from collections.abc import Iterable

from audit_kit.domain import scales
from audit_kit.domain.findings import Analysis, Heard
from audit_kit.domain.progress import ConcernProgress
from audit_kit.domain.report import People, Row
from audit_kit.domain.states import ConcernState
from audit_kit.stages.disclosure import small_count
from audit_kit.stages.report_findings import extract_texts, sources_note
from audit_kit.stages.words import enumerated, lower_first, number_word, plural, some_of

_FEWEST_TOLD = 3  # of fewer people than this, no answer is counted: it would be known whose it is
_FAMILIES_OWN = (
    " What families told the Board themselves is collected case by case in outbox/team/engagement, names taken out: tell "
    "it here in your own words."
)
NO_CONCERN = "No concern about immediate risk or unsafe practice was escalated in this session."
_ANSWERED = (ConcernState.RESPONDED, ConcernState.ASSURED)


def people(analysis: Analysis, concerns: Iterable[ConcernProgress]) -> People:
    """What is known of the people, counted in cases; of concerns, counts and assurance only."""
    return People(
        voice=_voice(analysis),
        voice_extracts=extract_texts(analysis.voice.children),
        family_extracts=extract_texts(analysis.voice.families),
        voice_note=_voice_note(analysis),
        engagement=_engagement(analysis),
        practitioners=_practitioners(analysis),
        equality=_equality(analysis),
        equality_rows=_equality_rows(analysis),
        equality_note=_equality_note(analysis),
        concerns=_concerns(concerns),
        concerns_note="Counts and assurance only. What was escalated, and about whom, stays with the Board manager.",
    )


def _voice(analysis: Analysis) -> tuple[str, ...]:
    voice, cases = analysis.voice, analysis.cases
    heard = (
        f"In {some_of(voice.cases_heard, cases)} a return says what the child says or shows; in "
        f"{some_of(voice.cases_changed, cases)}, what changed because of it; in {some_of(voice.cases_family, cases)}, "
        "what parents or carers say about the help they had."
    )
    seen = (
        f"Agencies’ chronologies say of {voice.events} events whether the child was seen: alone in {voice.seen_alone}, with "
        f"others in {voice.events - voice.seen_alone - voice.not_seen}, not seen in {voice.not_seen}."
    )
    return (heard, seen) if voice.events else (heard,)


def _voice_note(analysis: Analysis) -> str:
    return (
        "These are auditors’ words. Quotations were left out: use a child’s own words only where nobody could recognise "
        f"the child by them and the Board manager has cleared it. {sources_note(analysis.voice.children)}"
        f"{_FAMILIES_OWN if analysis.heard.answered else ''}"
    ).strip()


def _engagement(analysis: Analysis) -> str:
    said = dict(analysis.engagement)
    if not sum(said.values()):
        return "The plan holds no engagement decisions."
    no, never = (number_word(said[choice]) for choice in ("No", "Not appropriate"))
    people = plural(said[scales.YES], "person", "people")
    return (
        f"When cases were selected, leads advised that {people} (children, parents or carers) could be asked for feedback. "
        f"For {never} it was not appropriate, and {no} could not be asked; the reasons are on file.{_heard(analysis.heard)}"
    )


def _heard(heard: Heard) -> str:
    """What came of asking, in one or two sentences; nothing while nobody was invited."""
    if not heard.invited:
        return ""
    who = enumerated([
        *([plural(heard.children, "child or young person", "children or young people")] if heard.children else []),
        *([plural(heard.adults, "parent or carer", "parents or carers")] if heard.adults else []),
    ])  # fmt: skip
    came = (
        f"{number_word(heard.answered)} gave feedback ({who})" if heard.answered else "none has given feedback so far"
    )
    asked = f"{number_word(heard.invited).capitalize()} {'was' if heard.invited == 1 else 'were'} invited: {came}"
    besides = f", {number_word(heard.declined)} declined and {number_word(heard.not_reached)} could not be reached."
    if heard.answered < _FEWEST_TOLD:
        return f" {asked}{besides}"
    said = enumerated([f"{number_word(count)} said {choice.lower()}" for choice, count in heard.listened])
    return f" {asked}{besides} Asked whether services listened, {said}."


def _practitioners(analysis: Analysis) -> str:
    people = analysis.practitioners
    without = (
        f" {plural(people.returns_without, 'return').capitalize()} named none; the reasons are on file."
        if people.returns_without
        else ""
    )
    return (
        f"Auditors had {plural(people.spoken_to, 'conversation')} with practitioners, for "
        f"{plural(people.returns_with, 'return')}.{without}"
    )


def _equality(analysis: Analysis) -> str:
    recorded = analysis.equality.recorded
    fewest = min((cases for _, cases in recorded), default=0)
    least = [lower_first(what) for what, cases in recorded if cases == fewest]
    if fewest == analysis.cases:
        return f"In each of the {plural(analysis.cases, 'case')} at least one agency recorded who the child is."
    return f"Least often on file: {enumerated(least)}, in {some_of(fewest, analysis.cases)}."


def _equality_note(analysis: Analysis) -> str:
    """For the author: where to read. What is said of identity points at a family too easily to be pre-filled."""
    returns = len(analysis.equality.sources)
    return (
        f"Question 4.9 has more to say in {plural(returns, 'return')}: which, stands in outbox/team (report-sources). Write "
        "about practice, not about families."
        if returns
        else ""
    )


def _equality_rows(analysis: Analysis) -> tuple[Row, ...]:
    recorded = [
        Row(f"{what}: recorded by at least one agency", str(cases)) for what, cases in analysis.equality.recorded
    ]
    factors = [Row(f"{what}: answered yes", small_count(cases)) for what, cases in analysis.equality.factors]
    return (*recorded, *factors)


def _concerns(concerns: Iterable[ConcernProgress]) -> str:
    states = [each.state for each in concerns]
    if not states:
        return NO_CONCERN
    answered, assured = sum(state in _ANSWERED for state in states), states.count(ConcernState.ASSURED)
    came = (
        f"A response has come for {number_word(answered)}, and assurance was accepted for {number_word(assured)}."
        if answered
        else "No response has been recorded yet."
    )
    return (
        f"{plural(len(states), 'concern').capitalize()} about immediate risk or unsafe practice "
        f"{'was' if len(states) == 1 else 'were'} escalated to the agencies responsible while the audit was under way. {came}"
    )
