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
from audit_kit.domain.findings import Analysis, Finding
from audit_kit.domain.progress import ConcernProgress
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.report import DRAFT, ActionLine, Closing, KloeText, Opening, ReportContent, Row
from audit_kit.domain.session import AuditSession
from audit_kit.stages import report_findings, report_grades
from audit_kit.stages.action_plan import MONTHS_TO_ACT, action_plan
from audit_kit.stages.report_findings import extract_texts, sources_note
from audit_kit.stages.report_method import method
from audit_kit.stages.report_people import people
from audit_kit.stages.words import day, lower_first, month, months_after, plural, sentence, some_of


def report_content(
    analysis: Analysis,
    session: AuditSession,
    theme: Theme,
    *,
    board: str,
    written_on: date,
    chain_head: str,
    concerns: Iterable[ConcernProgress] = (),
    status: str = DRAFT,
) -> ReportContent:
    """Everything that the report says, before anybody has edited it.

    ``chain_head`` is the journal's newest hash: with it, a committee member can have the evidence behind this
    report verified. Of ``concerns`` the report says how many there were and what became of them, nothing else.
    Action references are those of ``action_plan`` for the same analysis.
    """
    plan = action_plan(analysis, session, board=board, written_on=written_on, chain_head=chain_head, status=status)
    by = month(months_after(session.dates.qa_committee, MONTHS_TO_ACT))
    parts = (
        _opening(analysis, session, board, written_on, status),
        method(analysis, session),
        report_grades.section(analysis),
        report_findings.section(analysis, plan, by),
        people(analysis, concerns),
        _closing(analysis, session, theme, plan, chain_head),
    )
    return ReportContent(**{name: value for part in parts for name, value in vars(part).items()})


def _opening(analysis: Analysis, session: AuditSession, board: str, written_on: date, status: str) -> Opening:
    return Opening(
        board=board,
        session=session.ref,
        theme=session.theme_title,
        title=f"Multi-agency case audit: {session.theme_title}",
        status=status,
        confirmed="",
        written_on=written_on,
        committee_on=session.dates.qa_committee,
        period=f"{month(session.dates.window_start)} to {month(session.dates.window_end)}",
        key_messages=_key_messages(analysis),
        key_messages_note=(
            "Five messages proposed from the counts. Put them in the committee’s words and in the order of what matters "
            "most for children."
        ),
        why_chosen=sentence(session.why_chosen),
        chosen_from=lower_first(session.source.strip().rstrip(".")),
        approval=f"Approved by {session.approved_by} on {day(session.approved_on)} (minute {session.minute_ref}).",
    )


def _closing(analysis: Analysis, session: AuditSession, theme: Theme, plan: ActionPlan, chain_head: str) -> Closing:
    return Closing(
        since_last_audit=_since_last_audit(analysis),
        actions=_action_lines(plan),
        actions_summary=plan.summary,
        learning=extract_texts(analysis.learning),
        learning_note=sources_note(analysis.learning),
        training=extract_texts(analysis.training),
        policy=extract_texts(analysis.policy),
        dissemination=_dissemination(session),
        kloes=tuple(KloeText(k.ref, k.title, k.question) for k in (*analysis.kloes, *analysis.add_ons)),
        scale=_SCALE,
        calendar=_calendar(session),
        chain_head=chain_head,
        bank_version=theme.version,
    )


def _since_last_audit(analysis: Analysis) -> str:
    total = sum(number for _, number in analysis.last_time)
    if not total:
        return "No action of an earlier audit was asked about in this one."
    said = "; ".join(f"{lower_first(word)}: {number}" for word, number in analysis.last_time)
    return f"Agencies were asked what became of {plural(total, 'action')} of earlier audits. They say: {said}."


def _key_messages(analysis: Analysis) -> tuple[str, ...]:
    voice = analysis.voice
    own, shared = report_grades.total(analysis.kloes, "ours"), report_grades.total(analysis.kloes, "together")
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
        f"Agencies graded their own practice good or better in {own.strong} of {own.judged} grades, and working "
        f"together in {shared.strong} of {shared.judged}.",
    )


def _pointing_to(found: Finding) -> str:
    # a cause may be two words joined by "and" itself
    return f"; returns point to {', and to '.join(name for name, _ in found.causes[:2])}" if found.causes else ""


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
