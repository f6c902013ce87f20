"""From the analysis to the words of the report to the QA Sub Committee: a draft that an author completes.

Says cases, not percentages; agency types, not agencies, wherever a family could be behind it; months, not days.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "A report detailing systemic findings will be
made available for the QA Sub Committee to consider further and confirm the lessons and actions required."
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from audit_kit.domain import scales
from audit_kit.domain.actions import ActionPlan
from audit_kit.domain.findings import AgencyReturns, Analysis, Finding
from audit_kit.domain.progress import ConcernProgress
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.report import ActionLine, KloeText, ReportContent, ReturnsRow, Row
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import ConcernState
from audit_kit.stages import report_charts as charts
from audit_kit.stages import report_findings as findings
from audit_kit.stages import report_grades as grades
from audit_kit.stages.action_plan import MONTHS_TO_ACT, action_plan
from audit_kit.stages.disclosure import small_count
from audit_kit.stages.words import day, enumerated, lower_first, month, months_after, plural, some_of

_CASE_NAMES = ("First case", "Second case", "Third case", "Fourth case", "Fifth case", "Sixth case")
_ANSWERED = (ConcernState.RESPONDED, ConcernState.ASSURED)


def report_content(
    analysis: Analysis,
    session: AuditSession,
    theme: Theme,
    *,
    board: str,
    written_on: date,
    chain_head: str,
    concerns: Iterable[ConcernProgress] = (),
    status: str = "DRAFT",
) -> ReportContent:
    """Everything that the report says, before anybody has edited it.

    ``chain_head`` is the journal's newest hash: with it, a committee member can have the evidence behind this
    report verified. Of ``concerns`` the report says how many there were and what became of them, nothing else.
    Action references are those of ``action_plan`` for the same analysis.
    """
    plan = action_plan(analysis, session, board=board, written_on=written_on, status=status)
    return ReportContent(
        board=board,
        session=session.ref,
        theme=session.theme_title,
        title=f"Multi-agency case audit: {session.theme_title}",
        status=status,
        written_on=written_on,
        committee_on=session.dates.qa_committee,
        period=f"{month(session.dates.window_start)} to {month(session.dates.window_end)}",
        key_messages=_key_messages(analysis),
        key_messages_note=(
            "Five messages proposed from the counts. Put them in the committee’s words and in the order of what matters "
            "most for children."
        ),
        why_chosen=session.why_chosen,
        chosen_from=session.source,
        approval=f"Approved by {session.approved_by} on {day(session.approved_on)} (minute {session.minute_ref}).",
        method=_method(analysis, session),
        returns=tuple(_returns_row(line.name, [line]) for line in analysis.agencies),
        returns_total=_returns_row("All agencies", analysis.agencies),
        returns_chart=charts.returns_by_type(analysis),
        returns_note=_returns_note(analysis),
        limits=_limits(analysis),
        children=_children(analysis),
        children_rows=_children_rows(analysis),
        grades=grades.summary(analysis),
        grades_ours=tuple(grades.row(f"{k.ref} {k.title}", k.ours) for k in analysis.kloes),
        grades_together=tuple(grades.row(f"{k.ref} {k.title}", k.together) for k in analysis.kloes),
        grades_ours_chart=charts.grades(analysis.kloes, "ours"),
        grades_together_chart=charts.grades(analysis.kloes, "together"),
        grades_note=grades.thin(analysis),
        add_ons=tuple(grades.row(f"{k.ref} {k.title}", k.ours) for k in analysis.add_ons if grades.enough(k)),
        add_ons_left_out=grades.left_out(analysis.add_ons),
        by_type=tuple(grades.row(group.name, group.ours) for group in analysis.by_type),
        by_area=grades.by_area(analysis),
        disagreements=grades.disagreements(analysis),
        disagreement_rows=grades.disagreement_rows(analysis),
        disagreements_note=grades.disagreements_note(analysis),
        balance=_balance(analysis),
        good_practice=tuple(findings.finding_text(found, analysis, plan) for found in analysis.good_practice),
        improvements=tuple(findings.finding_text(found, analysis, plan) for found in analysis.improvements),
        voice=_voice(analysis),
        voice_extracts=findings.extract_texts(analysis.voice.children),
        family_extracts=findings.extract_texts(analysis.voice.families),
        voice_note=_voice_note(analysis),
        engagement=_engagement(analysis),
        practitioners=_practitioners(analysis),
        deep_dives=findings.deep_dives(analysis),
        deep_dive_cases=tuple(
            findings.deep_dive(name, chosen) for name, chosen in zip(_CASE_NAMES, analysis.deep_dives, strict=False)
        ),
        equality=_equality(analysis),
        equality_rows=_equality_rows(analysis),
        equality_note=_equality_note(analysis),
        concerns=_concerns(concerns),
        concerns_note="Counts and assurance only. What was escalated, and about whom, stays with the Board manager.",
        since_last_audit=(
            f"This section sets the findings beside those of the last audit of {lower_first(session.theme_title)}: what has "
            "changed, what was found again and what is still open on the action plan."
        ),
        recommendations=tuple(
            findings.recommendation(each, month(months_after(session.dates.qa_committee, MONTHS_TO_ACT)))
            for each in analysis.recommendations
        ),
        recommendations_note="Proposals from the findings. The QA Sub Committee confirms the lessons and actions required.",
        actions=_action_lines(plan),
        actions_summary=plan.summary,
        learning=findings.extract_texts(analysis.learning),
        training=findings.extract_texts(analysis.training),
        policy=findings.extract_texts(analysis.policy),
        learning_note=findings.sources_note(analysis.learning),
        dissemination=_dissemination(session),
        kloes=tuple(KloeText(k.ref, k.title, k.question) for k in (*analysis.kloes, *analysis.add_ons)),
        scale=_SCALE,
        calendar=_calendar(session),
        provenance=findings.provenance(analysis),
        provenance_note=(
            "For the Board’s team: references restart each session and name nobody, but take this appendix out before "
            "the report goes further than the committee."
        ),
        chain_head=chain_head,
        bank_version=theme.version,
    )


# -- the parts, in the order of the report -----------------------------------------------------------------


def _key_messages(analysis: Analysis) -> tuple[str, ...]:
    voice = analysis.voice
    own, shared = grades.total(analysis.kloes, "ours"), grades.total(analysis.kloes, "together")
    return (
        *(
            f"Strongest: {lower_first(f.title)}, good or better in {some_of(f.reach.cases, f.reach.of_cases)}."
            for f in analysis.good_practice[:1]
        ),
        *(
            f"To improve: {lower_first(f.title)}, below good in {some_of(f.reach.cases, f.reach.of_cases)}{_pointing_to(f)}."
            for f in analysis.improvements[:2]
        ),
        f"Children’s views are on file in {some_of(voice.cases_heard, analysis.cases)}; in "
        f"{some_of(voice.cases_changed, analysis.cases)} a return says what changed because of them.",
        f"Agencies graded their own practice good or better {own.strong} times of {own.judged}, and working together "
        f"{shared.strong} times of {shared.judged}.",
    )


def _pointing_to(found: Finding) -> str:
    return f"; returns point to {enumerated([name for name, _ in found.causes[:2]])}" if found.causes else ""


def _method(analysis: Analysis, session: AuditSession) -> tuple[str, ...]:
    asked = sum(line.asked for line in analysis.agencies)
    nil = sum(line.no_involvement for line in analysis.agencies)
    back = sum(line.sent_back_times for line in analysis.agencies)
    areas = {case.area for case in session.cases}
    sent_back = (
        f"Quality assurance sent {plural(back, 'return')} back for more" if back else "No return had to be sent back"
    )
    return (
        f"{plural(len(session.cases), 'case').capitalize()} from {plural(len(areas), 'area')} were audited over twelve "
        f"months, {month(session.dates.window_start)} to {month(session.dates.window_end)}. {len(analysis.agencies)} "
        f"agencies were asked for {plural(asked, 'single-agency audit')}.",
        "Each was completed by an auditor who neither held the case nor supervised its casework, from the agency’s "
        "records and from talking to practitioners. Each key line of enquiry was graded twice: the agency’s own "
        "practice, and how the agencies worked together.",
        f"{plural(len(analysis.returns), 'return').capitalize()} with involvement are counted here; "
        f"{plural(nil, 'audit')} ended with no involvement in the period. {sent_back}. Names were replaced by roles "
        "before anything was read for this report.",
    )


def _returns_row(agency: str, lines: Iterable[AgencyReturns]) -> ReturnsRow:
    lines = tuple(lines)
    return ReturnsRow(
        agency,
        asked=str(sum(line.asked for line in lines)),
        returned=grades.count(sum(line.returned for line in lines)),
        no_involvement=grades.count(sum(line.no_involvement for line in lines)),
        sent_back=grades.count(sum(line.sent_back_times for line in lines)),
        awaited=grades.count(_not_in(lines)),
    )


def _not_in(lines: Iterable[AgencyReturns]) -> int:
    return sum(line.awaited + line.sent_back + line.set_aside for line in lines)


def _returns_note(analysis: Analysis) -> str:
    missing = _not_in(analysis.agencies)
    if not missing:
        return ""
    return (
        f"{plural(missing, 'audit').capitalize()} had not come in, or not in a form that could be used, when this draft was "
        "written. Write the report again when they have."
    )


def _limits(analysis: Analysis) -> tuple[str, ...]:
    missing = _not_in(analysis.agencies)
    return (
        f"{plural(analysis.cases, 'case').capitalize()} are too few for percentages or trends, so this report counts cases. "
        "They were chosen to learn from and stand for no other cases.",
        "Grades are agencies’ own, moderated only where section 5 says so. A case counts as below good when the middle of "
        "all grades given to it, both ways, is below good. “Insufficient evidence” and “not our role” are left out of the "
        "count.",
        *(
            [
                f"{plural(missing, 'audit').capitalize()} {'is' if missing == 1 else 'are'} missing, so some pictures are partial."
            ]
            if missing
            else []
        ),
    )


def _children(analysis: Analysis) -> str:
    return (
        f"The audit looked at {plural(analysis.cases, 'child', 'children')} and their families. Ages are in wide bands and "
        "the areas are taken together, because in a small place an age can be as good as a name."
    )


def _children_rows(analysis: Analysis) -> tuple[Row, ...]:
    ages = [Row(f"Age: {lower_first(band)}", str(count)) for band, count in analysis.children.age_bands]
    tiers = [Row(f"Help at selection: {lower_first(tier)}", str(count)) for tier, count in analysis.children.tiers]
    return (*ages, *tiers)


def _balance(analysis: Analysis) -> str:
    if analysis.good_practice and analysis.improvements:
        return ""
    lacking = "area for improvement" if analysis.good_practice else "good practice"
    return f"This draft is one-sided: no {lacking} stood out over several cases. Look again before the committee does."


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
        f"the child by them and the Board manager has cleared it. {findings.sources_note(analysis.voice.children)}"
    ).strip()


def _engagement(analysis: Analysis) -> str:
    said = dict(analysis.engagement)
    if not sum(said.values()):
        return "The plan holds no engagement decisions."
    yes, no, never = said[scales.YES], said["No"], said["Not appropriate"]
    return (
        f"When cases were selected, leads advised that {plural(yes, 'child, parent or carer', 'children, parents or carers')} "
        f"could be asked for feedback. For {never or 'none'} it was not appropriate, and {no or 'none'} could not be asked; the "
        "reasons are on file."
    )


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
    sources = ", ".join(source.in_words() for source in analysis.equality.sources)
    return f"Question 4.9 has more to say in {sources}. Write about practice, not about families." if sources else ""


def _equality_rows(analysis: Analysis) -> tuple[Row, ...]:
    recorded = [
        Row(f"{what}: recorded by at least one agency", str(cases)) for what, cases in analysis.equality.recorded
    ]
    factors = [Row(f"{what}: was a factor", small_count(cases)) for what, cases in analysis.equality.factors]
    return (*recorded, *factors)


def _concerns(concerns: Iterable[ConcernProgress]) -> str:
    states = [each.state for each in concerns]
    if not states:
        return "No concern about immediate risk or unsafe practice was escalated in this session."
    answered = sum(state in _ANSWERED for state in states)
    return (
        f"{plural(len(states), 'concern').capitalize()} about immediate risk or unsafe practice "
        f"{'was' if len(states) == 1 else 'were'} escalated to the agencies responsible while the audit was under way. A "
        f"response has come for {answered or 'none'}, and assurance was accepted for "
        f"{states.count(ConcernState.ASSURED) or 'none'}."
    )


def _action_lines(plan: ActionPlan) -> tuple[ActionLine, ...]:
    return tuple(ActionLine(each.ref, each.action, each.owner, each.due_as_given) for each in plan.system)


def _dissemination(session: AuditSession) -> tuple[Row, ...]:
    committee = session.dates.qa_committee
    return (
        Row("Findings confirmed by the QA Sub Committee", day(committee)),
        Row("Reported to the Executive", day(session.dates.executive)),
        Row("Reported to the Board", day(session.dates.board)),
        Row("Briefing and lunch-time seminar for front-line staff", month(months_after(committee, 1))),
        Row("First review of the action plan", month(months_after(committee, 3))),
        Row("Re-audit question", month(months_after(committee, 12))),
    )


_SCALE = (
    Row(scales.OUTSTANDING, "Practice that others should learn from; the child’s life is better for it."),
    Row(scales.GOOD, "What children are entitled to, on time and recorded."),
    Row(scales.REQUIRES_IMPROVEMENT, "Something was done, but late, in part or without effect."),
    Row(scales.INADEQUATE, "The child was left without what they needed."),
    Row(scales.INSUFFICIENT_EVIDENCE, "The file does not show it. Left out of the count."),
    Row(scales.NOT_OUR_ROLE, "Not for this agency to do, with a reason. Left out of the count."),
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
