"""From the analysis to the words of the report to the QA Sub Committee: a draft that an author completes.

Says cases, not percentages; agency types, not agencies, wherever a family could be behind it; months, not days.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "A report detailing systemic findings will be
made available for the QA Sub Committee to consider further and confirm the lessons and actions required."
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from audit_kit.domain import scales
from audit_kit.domain.actions import ActionPlan
from audit_kit.domain.causes import cause
from audit_kit.domain.findings import (
    GOOD_PRACTICE,
    Analysis,
    DeepDive,
    Extract,
    Finding,
    GradeCounts,
    KloeGrades,
    Recommendation,
)
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.report import (
    ActionLine,
    DeepDiveText,
    ExtractText,
    FindingText,
    GradesRow,
    KloeText,
    ProvenanceRow,
    RecommendationText,
    ReportContent,
    ReturnsRow,
    Row,
)
from audit_kit.domain.session import AuditSession
from audit_kit.stages import report_charts as charts
from audit_kit.stages.disclosure import small_count
from audit_kit.stages.words import day, enumerated, month, plural, some_of, times

_CASE_NAMES = ("First case", "Second case", "Third case", "Fourth case", "Fifth case", "Sixth case")


def report_content(
    analysis: Analysis,
    session: AuditSession,
    theme: Theme,
    plan: ActionPlan,
    *,
    board: str,
    board_short: str,
    written_on: date,
    chain_head: str,
    status: str = "DRAFT",
) -> ReportContent:
    """Everything that the report says, before anybody has edited it.

    ``chain_head`` is the journal's newest hash: with it, a committee member can have the evidence behind this
    report verified. ``plan`` is the action plan of the same analysis, so that both speak of the same actions.
    """
    return ReportContent(
        board=board,
        board_short=board_short,
        session=session.ref,
        theme=session.theme_title,
        title=f"Multi-agency case audit: {session.theme_title}",
        status=status,
        written_on=written_on,
        committee_on=session.dates.qa_committee,
        period=f"{month(session.dates.window_start)} to {month(session.dates.window_end)}",
        key_messages=_key_messages(analysis),
        key_messages_note=(
            "Five messages proposed from the counts. Put them in the committee's words, in the order of what matters "
            "most for children."
        ),
        why_chosen=session.why_chosen,
        chosen_from=session.source,
        approval=f"Approved by {session.approved_by} on {day(session.approved_on)} (minute {session.minute_ref}).",
        method=_method(analysis, session),
        returns=tuple(_returns_row(line.name, *_answers(line)) for line in analysis.agencies),
        returns_total=_returns_row("All agencies", *(sum(n) for n in zip(*map(_answers, analysis.agencies)))),
        returns_chart=charts.returns_by_type(analysis),
        returns_note=_returns_note(analysis),
        limits=_limits(analysis),
        children=_children(analysis),
        children_rows=tuple(Row(*pair) for pair in _children_rows(analysis)),
        grades=_grades(analysis),
        grades_ours=tuple(_grades_row(f"{k.ref} {k.title}", k.ours) for k in analysis.kloes),
        grades_together=tuple(_grades_row(f"{k.ref} {k.title}", k.together) for k in analysis.kloes),
        grades_ours_chart=charts.grades(analysis.kloes, "ours"),
        grades_together_chart=charts.grades(analysis.kloes, "together"),
        grades_note=_thin_note(analysis),
        by_type=tuple(_grades_row(group.name, group.ours) for group in analysis.by_type),
        by_area=_by_area(analysis),
        disagreements=_disagreements(analysis),
        disagreement_rows=_disagreement_rows(analysis),
        disagreements_note=_disagreements_note(analysis),
        balance=_balance(analysis),
        good_practice=tuple(_finding(found, plan) for found in analysis.good_practice),
        improvements=tuple(_finding(found, plan) for found in analysis.improvements),
        voice=_voice(analysis),
        voice_extracts=_extracts(analysis.voice.children),
        family_extracts=_extracts(analysis.voice.families),
        voice_note=(
            "These are auditors' words about what children and families said. Use a child's own words only where "
            "they can't be recognised by them and the Board manager has cleared it."
        ),
        engagement=_engagement(analysis),
        practitioners=_practitioners(analysis),
        deep_dives=_deep_dives(analysis),
        deep_dive_cases=tuple(
            _deep_dive(name, chosen) for name, chosen in zip(_CASE_NAMES, analysis.deep_dives, strict=False)
        ),
        equality=_equality(analysis),
        equality_rows=_equality_rows(analysis),
        equality_extracts=_extracts(analysis.equality.extracts),
        concerns=_concerns(analysis),
        concerns_note="Counts and assurance only. What was escalated, and about whom, stays with the Board manager.",
        since_last_audit=(
            f"This section sets the findings beside those of the last audit of {session.theme_title.lower()}: "
            "what has changed, what was found again and what is still open on the action plan."
        ),
        recommendations=tuple(_recommendation(r, session) for r in analysis.recommendations),
        recommendations_note="Proposals from the findings. The QA Sub Committee confirms the lessons and actions required.",
        actions=tuple(
            ActionLine(a.ref, a.action, a.owner, day(a.due) if a.due else a.due_as_given) for a in plan.system
        ),
        actions_summary=plan.summary,
        training=_extracts(analysis.training),
        dissemination=_dissemination(session),
        kloes=tuple(KloeText(k.ref, k.title, k.question) for k in analysis.kloes),
        scale=_scale(),
        calendar=_calendar(session),
        provenance=_provenance(analysis),
        provenance_note=(
            "For the Board's team: references restart each session and name nobody, but take this appendix out "
            "before the report goes further than the committee."
        ),
        chain_head=chain_head,
    )


# -- the parts, in the order of the report -----------------------------------------------------------------


def _key_messages(analysis: Analysis) -> tuple[str, ...]:
    best, worst = analysis.good_practice[:1], analysis.improvements[:2]
    voice = analysis.voice
    messages = [f"Strongest: {_lower(found.title)}, good or better in {found.reach.in_words()}." for found in best] + [
        f"To improve: {_lower(found.title)}, below good in {found.reach.in_words()}{_pointing_to(found)}."
        for found in worst
    ]
    messages.append(
        f"Children’s views are on file in {some_of(voice.cases_heard, analysis.cases)}; "
        f"in {some_of(voice.cases_changed, analysis.cases)} a return says what changed because of them."
    )
    own, shared = _total(analysis.kloes, "ours"), _total(analysis.kloes, "together")
    messages.append(
        f"Agencies graded their own practice good or better {own.strong} times of {own.judged}, and working "
        f"together {shared.strong} times of {shared.judged}."
    )
    return tuple(messages)


def _pointing_to(found: Finding) -> str:
    return f"; returns point to {enumerated([name for name, _ in found.causes[:2]])}" if found.causes else ""


def _method(analysis: Analysis, session: AuditSession) -> tuple[str, ...]:
    asked = sum(line.asked for line in analysis.agencies)
    nil = sum(line.no_involvement for line in analysis.agencies)
    back = sum(line.sent_back_times for line in analysis.agencies)
    areas = sorted({case.area for case in session.cases})
    return (
        f"{plural(len(session.cases), 'case').capitalize()} from {plural(len(areas), 'area')} were audited over "
        f"twelve months, {month(session.dates.window_start)} to {month(session.dates.window_end)}. "
        f"{plural(len(analysis.agencies), 'agency', 'agencies').capitalize()} were asked for {asked} single-agency audits.",
        "Each was completed by an auditor who neither held the case nor supervised its casework, from the agency’s "
        f"records and from talking to practitioners: {analysis.practitioners.spoken_to} were spoken to. Each key line "
        "of enquiry was graded twice: the agency’s own practice, and how the agencies worked together.",
        f"{len(analysis.returns)} returns with involvement are counted here; {nil} audits ended with no involvement in "
        f"the period. Quality assurance sent returns back {times(back)} before they could be used. "
        "Names were replaced by roles before anything was read for this report.",
    )


def _answers(line: object) -> tuple[int, ...]:
    names = ("asked", "returned", "no_involvement", "sent_back_times", "awaited")
    asked, returned, nil, back, awaited = (int(getattr(line, name)) for name in names)
    open_ = int(line.sent_back) + int(line.set_aside)
    return asked, returned, nil, back, awaited + open_


def _returns_row(
    agency: str, asked: int = 0, returned: int = 0, nil: int = 0, back: int = 0, open_: int = 0
) -> ReturnsRow:
    return ReturnsRow(agency, str(asked), *(_count(n) for n in (returned, nil, back, open_)))


def _count(number: int) -> str:
    return str(number) if number else "–"


def _returns_note(analysis: Analysis) -> str:
    open_ = sum(line.awaited + line.sent_back + line.set_aside for line in analysis.agencies)
    if not open_:
        return ""
    return f"{plural(open_, 'audit').capitalize()} had not come in, or not in a usable form, when this draft was written. Write it again when they have."


def _limits(analysis: Analysis) -> tuple[str, ...]:
    smallest = (
        f"{analysis.cases} cases are too few for percentages or trends; this report says “in 5 of 8 cases”. "
        "They were chosen to learn from and stand for no other cases."
    )
    grades = (
        "Grades are agencies’ own, moderated only where section 5 says so. A case counts as below good when the "
        "middle of all grades given to it, both ways, is below good. “Insufficient evidence” and “not our role” "
        "are left out of the count."
    )
    missing = sum(line.awaited + line.sent_back + line.set_aside for line in analysis.agencies)
    late = f"{plural(missing, 'audit').capitalize()} {'is' if missing == 1 else 'are'} not in it, so that some pictures are partial."
    return (smallest, grades, *([late] if missing else []))


def _children(analysis: Analysis) -> str:
    return (
        f"The audit looked at {plural(analysis.cases, 'child', 'children')} and their families. Ages are in wide bands and the "
        "areas are taken together, because in a small place an age can be as good as a name."
    )


def _children_rows(analysis: Analysis) -> Iterable[tuple[str, str]]:
    yield from ((f"Age: {band[:1].lower()}{band[1:]}", str(count)) for band, count in analysis.children.age_bands)
    yield from ((f"Level of help at selection: {_lower(tier)}", str(count)) for tier, count in analysis.children.tiers)


def _grades(analysis: Analysis) -> str:
    own, shared = _total(analysis.kloes, "ours"), _total(analysis.kloes, "together")
    lead = (
        "Working together was graded lower than agencies’ own practice."
        if shared.strong * own.judged < own.strong * shared.judged
        else "Working together was graded no lower than agencies’ own practice."
    )
    return (
        f"{lead} Of {own.judged} grades of own practice {own.strong} were good or better and {own.inadequate} "
        f"inadequate; of {shared.judged} grades of working together {shared.strong} were good or better and "
        f"{shared.inadequate} inadequate."
    )


def _total(kloes: Sequence[KloeGrades], way: str) -> GradeCounts:
    names = GradeCounts.__dataclass_fields__
    return GradeCounts(*(sum(int(getattr(getattr(k, way), name)) for k in kloes) for name in names))


def _grades_row(label: str, counts: GradeCounts) -> GradesRow:
    not_judged = counts.insufficient_evidence + counts.not_our_role + counts.unanswered
    shown = (counts.outstanding, counts.good, counts.requires_improvement, counts.inadequate)
    return GradesRow(label, *(_count(n) for n in shown), str(counts.judged), _count(not_judged))


def _thin_note(analysis: Analysis) -> str:
    lines = [f"{each.without} of {each.returns} returns gave {each.kloe} no grade." for each in analysis.thin]
    return f"The data are thin here. {' '.join(lines)}" if lines else ""


def _by_area(analysis: Analysis) -> str:
    if analysis.by_area:
        parts = [f"{group.name}: {group.ours.strong} of {group.ours.judged}" for group in analysis.by_area]
        return f"Own practice good or better, by area: {'; '.join(parts)}."
    return (
        "Grades are not shown by area: one area has fewer than five cases, and its grades could be worked out from "
        "the other’s."
    )


def _disagreements(analysis: Analysis) -> str:
    if not analysis.disagreements:
        return "Nowhere did an agency’s grade of its own practice lie two grades or more from how its partners graded working together."
    higher = sum(each.own_is_higher for each in analysis.disagreements)
    cases = len({each.case for each in analysis.disagreements})
    return (
        f"{plural(len(analysis.disagreements), 'grade').capitalize()} of own practice, in {some_of(cases, analysis.cases)}, lay two "
        f"grades or more from the middle of what partners gave for working together: {higher} higher and "
        f"{len(analysis.disagreements) - higher} lower. Where grades differ, the meeting can learn most."
    )


def _disagreement_rows(analysis: Analysis) -> tuple[Row, ...]:
    rows = []
    for kloe in analysis.kloes:
        here = [each for each in analysis.disagreements if each.kloe == kloe.ref]
        if here:
            higher = sum(each.own_is_higher for each in here)
            rows.append(Row(f"{kloe.ref} {kloe.title}", f"{higher} higher, {len(here) - higher} lower than partners’"))
    return tuple(rows)


def _disagreements_note(analysis: Analysis) -> str:
    lines = [f"{d.case} {d.kloe} {d.type}: own {d.ours}, partners {d.together}" for d in analysis.disagreements]
    return f"For moderation, not for the report: {'; '.join(lines)}." if lines else ""


def _balance(analysis: Analysis) -> str:
    good, improve = len(analysis.good_practice), len(analysis.improvements)
    if good and improve:
        return ""
    return (
        "This draft is one-sided: "
        + ("no area for improvement" if good else "no good practice")
        + " stood out. Look again before the committee does."
    )


def _finding(found: Finding, plan: ActionPlan) -> FindingText:
    refs = [action.ref for action in plan.actions if found.ref in action.findings.split(", ")]
    own, shared = found.ours, found.together
    if found.kind == GOOD_PRACTICE:
        statement = (
            f"Good or better in {found.reach.in_words()}. Own practice was graded good or outstanding by {own.strong} of "
            f"{own.judged} returns, working together by {shared.strong} of {shared.judged}."
        )
    else:
        statement = (
            f"Below good in {found.reach.in_words()}. Own practice was graded requires improvement or inadequate by "
            f"{own.weak} of {own.judged} returns, working together by {shared.weak} of {shared.judged}."
        )
    thin = len({each.source.audit.case for each in found.extracts}) < 2
    return FindingText(
        found.ref,
        found.title,
        statement,
        found.question,
        enumerated([_lower(name) for name in found.reach.types]).capitalize(),
        enumerated([f"{name} ({plural(count, 'return')})" for name, count in found.causes]),
        enumerated(refs),
        _extracts(found.extracts),
        "The evidence here comes from fewer than two cases. Look in the returns before you rely on it." if thin else "",
    )


def _extracts(extracts: Sequence[Extract]) -> tuple[ExtractText, ...]:
    return tuple(ExtractText(each.text, each.type) for each in extracts)


def _voice(analysis: Analysis) -> tuple[str, ...]:
    voice, cases = analysis.voice, analysis.cases
    heard = (
        f"In {some_of(voice.cases_heard, cases)} a return says what the child says or shows; in "
        f"{some_of(voice.cases_changed, cases)}, what changed because of it; in {some_of(voice.cases_family, cases)}, "
        "what parents or carers say about the help they had."
    )
    seen = (
        f"Of {voice.events} events in agencies’ chronologies that say whether the child was seen, the child was seen alone in "
        f"{voice.seen_alone} and not seen in {voice.not_seen}."
    )
    return (heard, *([seen] if voice.events else []))


def _engagement(analysis: Analysis) -> str:
    said = dict(analysis.engagement)
    if not sum(said.values()):
        return "The plan holds no engagement decisions."
    return (
        f"When the cases were selected, leads advised that {said[scales.YES]} children, parents or carers could be asked for feedback; "
        f"that {said['No']} could not; and that for {said['Not appropriate']} it was not appropriate. The reasons are on file."
    )


def _practitioners(analysis: Analysis) -> str:
    people = analysis.practitioners
    without = (
        f" {plural(people.returns_without, 'return').capitalize()} named none, with the reason on file."
        if people.returns_without
        else ""
    )
    return f"Auditors spoke to {people.spoken_to} practitioners for {plural(people.returns_with, 'return')}.{without}"


def _deep_dives(analysis: Analysis) -> str:
    number = len(analysis.deep_dives)
    strong = sum(each.strong for each in analysis.deep_dives)
    return (
        f"{plural(number, 'case').capitalize()} were proposed for a multi-agency meeting, {strong} of them because practice was strong. "
        "The independent chair decided; the reasons are kept."
        if number
        else "No case was proposed for a multi-agency meeting."
    )


def _deep_dive(name: str, chosen: DeepDive) -> DeepDiveText:
    reasons = enumerated(list(chosen.reasons)) or "completes the number of cases to be looked at"
    note = f"{name} is {chosen.case} (score {chosen.score}: {reasons}). Delete this note before release."
    return DeepDiveText(name, f"{reasons[:1].upper()}{reasons[1:]}.", note)


def _equality(analysis: Analysis) -> str:
    lowest = min(analysis.equality.recorded, key=lambda pair: pair[1], default=None)
    least = f" Least often recorded: {_lower(lowest[0])}, in {some_of(lowest[1], analysis.cases)}." if lowest else ""
    return f"What was on file about who the children are, in how many of {analysis.cases} cases.{least}"


def _equality_rows(analysis: Analysis) -> tuple[Row, ...]:
    recorded = [Row(f"{label}: recorded by at least one agency", str(n)) for label, n in analysis.equality.recorded]
    factors = [Row(f"{label}: a factor", small_count(n)) for label, n in analysis.equality.factors]
    return (*recorded, *factors)


def _concerns(analysis: Analysis) -> str:
    counts = analysis.concerns
    if not counts.raised:
        return "No concern about immediate risk or unsafe practice was escalated in this session."
    return (
        f"{plural(counts.raised, 'concern').capitalize()} about immediate risk or unsafe practice "
        f"{'was' if counts.raised == 1 else 'were'} escalated to the agencies responsible while the audit was under way. "
        f"A response has come for {counts.answered}, and assurance was accepted for {counts.assured}."
    )


def _recommendation(proposed: Recommendation, session: AuditSession) -> RecommendationText:
    text = (
        cause(proposed.cause).assurance if proposed.cause else f"practice in {_lower(proposed.title)} is good or better"
    )
    return RecommendationText(
        proposed.ref,
        f"{proposed.finding} {proposed.title}",
        enumerated([_lower(name) for name in proposed.types]).capitalize(),
        f"That {text}.",
        month(_months_after(session.dates.qa_committee, 6)),
    )


def _months_after(start: date, months: int) -> date:
    total = start.month - 1 + months
    return date(start.year + total // 12, total % 12 + 1, 1)


def _dissemination(session: AuditSession) -> tuple[Row, ...]:
    committee = session.dates.qa_committee
    return (
        Row("Findings confirmed by the QA Sub Committee", day(committee)),
        Row("Reported to the Executive", day(session.dates.executive)),
        Row("Reported to the Board", day(session.dates.board)),
        Row("Briefing and lunch-time seminar for front-line staff", month(_months_after(committee, 1))),
        Row("First review of the action plan", month(_months_after(committee, 3))),
        Row("Re-audit question", month(_months_after(committee, 12))),
    )


def _scale() -> tuple[Row, ...]:
    return (
        Row(scales.OUTSTANDING, "Practice that others should learn from; the child’s life is better for it."),
        Row(scales.GOOD, "What children are entitled to, on time and recorded."),
        Row(scales.REQUIRES_IMPROVEMENT, "Something was done, but late, in part or without effect."),
        Row(scales.INADEQUATE, "The child was left without what they needed."),
        Row(scales.INSUFFICIENT_EVIDENCE, "The file does not show it. Left out of the count."),
        Row(scales.NOT_OUR_ROLE, "Not for this agency to do; with a reason. Left out of the count."),
    )


def _calendar(session: AuditSession) -> tuple[Row, ...]:
    dates = session.dates
    return (
        Row("Period under review", f"{day(dates.window_start)} to {day(dates.window_end)}"),
        Row("Agencies notified", day(dates.notified)),
        Row("Involvement confirmed by", day(dates.involvement_due)),
        Row("Audit tools issued", day(dates.issued)),
        Row("Returns due", day(dates.due)),
        Row("Multi-agency meeting", day(dates.meeting)),
        Row("QA Sub Committee", day(dates.qa_committee)),
    )


def _provenance(analysis: Analysis) -> tuple[ProvenanceRow, ...]:
    rows = []
    for found in (*analysis.good_practice, *analysis.improvements):
        first = sum(source.round <= 1 for source in found.sources)
        later = len(found.sources) - first
        rounds = f"{first} in round 1" + (f", {later} in a later round" if later else "")
        rows.append(
            ProvenanceRow(
                found.ref, f"{found.kloe} {found.title}", ", ".join(s.in_words() for s in found.sources), rounds
            )
        )
    return tuple(rows)


def _lower(text: str) -> str:
    """As it stands inside a sentence."""
    return f"{text[:1].lower()}{text[1:]}"
