"""From findings and agencies' own actions to one action plan, with hints where an action is not SMART yet.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Each audit will feed into the current action
plan; with clearly identified outcomes and actions." and "Case specific actions are progressed by single
agencies".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from audit_kit.domain.actions import CASE, OWNER_TO_NAME, RAG, SINGLE_AGENCY, SYSTEM, Action, ActionPlan
from audit_kit.domain.causes import cause
from audit_kit.domain.dates import read_date
from audit_kit.domain.findings import Analysis, OwnAction, Recommendation
from audit_kit.domain.report import DRAFT
from audit_kit.domain.session import AuditSession
from audit_kit.stages.disclosure import ages_in_bands, months_only, without_references
from audit_kit.stages.words import day, enumerated, lower_first, month, months_after, plural

MONTHS_TO_ACT = 6
_NOT_STARTED = RAG[-1]
_OF_THIS_FAMILY = re.compile(
    r"\b(this (?:child|family|case|young person)|the (?:child|mother|father|family|siblings?|unborn|grandmother|aunt)\b"
    r"|mother|father|sibling|grandmother|the young person|(?:her|his|their) (?:plan|file|record)|child’s|child's)",
    re.IGNORECASE,
)
_SOFT_VERBS = (
    "consider",
    "explore",
    "remind",
    "look at",
    "look into",
    "think about",
    "ensure",
    "be aware",
    "continue",
    "discuss",
)
_CHILDREN = re.compile(
    r"\b(child|children|young|baby|babies|sibling|siblings|boy|girl|pupil|pupils|infant|infants|teenager\w*|adolescent\w*)\b",
    re.IGNORECASE,
)
_OBSERVABLE = re.compile(
    r"\d|\b(all|each|every|none|no|in place|recorded|completed|signed|held|on file|audit\w*|sampl\w*|half|third|quarter|one|two|three|four|five|ten)\b",
    re.IGNORECASE,
)
# "Head of Safeguarding and QA" is one person, "team manager and GP lead" are two
_SEVERAL_OWNERS = re.compile(
    r"/|;|\b(?:both|all)\b|\band (?:the )?(?:named|team|service|practice|head|lead|gp)\b", re.IGNORECASE
)


def action_plan(
    analysis: Analysis,
    session: AuditSession,
    *,
    board: str,
    written_on: date,
    chain_head: str,
    status: str = DRAFT,
) -> ActionPlan:
    """The plan: a system action for each recommendation, and every action that an agency took on.

    System actions are proposals; their owner is left for the committee. Agencies' actions are taken over as
    they stand; the same action of one agency for several cases is one line. Warnings say what is missing to
    make an action SMART and refuse nothing. ``chain_head`` is the journal's newest hash.
    """
    system = tuple(_proposed(each, session) for each in analysis.recommendations)
    taken = _taken_over(analysis, session)
    single = _numbered([a for a in taken if a.stream == SINGLE_AGENCY], len(system))
    of_case = _numbered([a for a in taken if a.stream == CASE], len(system) + len(single))
    all_ = tuple(
        tuple(replace(a, warnings=smart_warnings(a, session)) for a in part) for part in (system, single, of_case)
    )
    return ActionPlan(
        board,
        session.ref,
        session.theme_title,
        f"Action plan: {session.theme_title}",
        status,
        "",
        written_on,
        session.dates.qa_committee,
        chain_head,
        _summary(*all_),
        *all_,
    )


def is_about_one_family(text: str) -> bool:
    """Whether an action speaks of one family: such a one stays with its case."""
    return bool(_OF_THIS_FAMILY.search(text))


def smart_warnings(action: Action, session: AuditSession) -> tuple[str, ...]:
    """What is missing to make this action specific, measurable, owned and dated."""
    first = action.action.casefold()
    latest = months_after(session.dates.qa_committee, MONTHS_TO_ACT)
    checks = (
        (first.startswith(_SOFT_VERBS), "begin with what will be done, not with considering or reminding"),
        ("e-mail" in first and len(first.split()) < 8, "an e-mail alone changes little: say what will be different"),
        (not action.owner or action.owner == OWNER_TO_NAME, "name one owner by role"),
        (bool(_SEVERAL_OWNERS.search(action.owner)) and action.stream != SYSTEM, "name one owner, not several"),
        (action.due is None, "give a whole date"),
        (action.due is not None and action.due > latest, f"bring the date within {MONTHS_TO_ACT} months"),
        (not _OBSERVABLE.search(action.measure), "give a number or a state that can be seen"),
        (not _CHILDREN.search(action.outcome), "say what will be different for children"),
    )
    return tuple(text for holds, text in checks if holds)


def _proposed(proposed: Recommendation, session: AuditSession) -> Action:
    because = cause(proposed.cause) if proposed.cause else None
    due = months_after(session.dates.qa_committee, MONTHS_TO_ACT)
    baseline = f"Baseline: good or better in {proposed.reach.of_cases - proposed.reach.cases} of {proposed.reach.of_cases} cases."
    return Action(
        ref=f"A{proposed.ref[1:]}",
        audits=session.ref,
        area="Both" if len({case.area for case in session.cases}) > 1 else session.cases[0].area,
        stream=SYSTEM,
        findings=proposed.finding,
        outcome=_outcome(proposed),
        action=f"{because.action}."
        if because
        else f"Set one standard for {proposed.title.lower()} with the agencies named and test it.",
        owner=OWNER_TO_NAME,
        contributors=enumerated(list(proposed.types)),
        start=session.dates.qa_committee,
        due=due,
        due_as_given=month(due),
        measure=f"{because.measure if because else 'Share of sampled cases graded good or better'}. {baseline}",
        evidence=f"Sample of 20 files across the agencies named, and re-audit of {proposed.kloe}.",
        progress="",
        rag=_NOT_STARTED,
        evidence_received="",
        impact="",
        reaudit=f"{proposed.kloe}: {proposed.question}",
        closed_by="",
    )


def _outcome(proposed: Recommendation) -> str:
    looks_like = proposed.good_looks_like.strip()
    good = f"For children, {lower_first(proposed.title)} is good in each case."
    return f"{good} {looks_like}" if looks_like else good


def _taken_over(analysis: Analysis, session: AuditSession) -> list[Action]:
    """Agencies' own actions, the same action of one agency for several cases only once."""
    same: dict[tuple[str, str], list[OwnAction]] = {}
    for each in analysis.actions:
        same.setdefault((each.agency, " ".join(each.what.casefold().split())), []).append(each)
    order = [agency.code for agency in session.agencies]
    groups = sorted(
        same.values(), key=lambda group: order.index(group[0].agency) if group[0].agency in order else len(order)
    )
    return [_taken(group, analysis, session) for group in groups]


def _taken(group: Sequence[OwnAction], analysis: Analysis, session: AuditSession) -> Action:
    first = group[0]
    cases = sorted({each.source.audit.case for each in group})
    areas = sorted({case[0] for case in cases})
    stream = CASE if len(cases) == 1 and is_about_one_family(first.what) else SINGLE_AGENCY
    agency = session.agency(first.agency)
    asked = [ref for each in group for ref in re.findall(r"[A-Z]{1,2}\d{1,2}", each.question)]
    findings = [found.ref for found in (*analysis.improvements, *analysis.good_practice) if found.kloe in asked]
    due = read_date(first.due)
    return Action(
        ref="",
        audits=session.ref,
        area="Both" if len(areas) > 1 else areas[0],
        stream=stream,
        findings=", ".join(dict.fromkeys(findings)) or ", ".join(dict.fromkeys(asked)),
        outcome=_vaguer(first.outcome),
        action=_vaguer(first.what),
        owner=f"{agency.name if agency else first.agency}: {_vaguer(first.owner)}" if first.owner else "",
        contributors="",
        start=None,
        due=due,
        due_as_given=day(due) if due else first.due,
        measure=_vaguer(first.measure),
        evidence="",
        progress="",
        rag=_NOT_STARTED,
        evidence_received="",
        impact="",
        reaudit=", ".join(dict.fromkeys(asked)),
        closed_by="",
        cases=tuple(cases),
    )


def _vaguer(text: str) -> str:
    return ages_in_bands(months_only(without_references(text)))


def _numbered(actions: Sequence[Action], after: int) -> tuple[Action, ...]:
    return tuple(replace(action, ref=f"A{number}") for number, action in enumerate(actions, start=after + 1))


def _summary(system: Sequence[Action], single: Sequence[Action], of_case: Sequence[Action]) -> str:
    warned = sum(bool(action.warnings) for action in (*system, *single, *of_case))
    return (
        f"{plural(len(system), 'system action').capitalize()} proposed for the committee to complete, "
        f"{plural(len(single), 'single-agency action')} and {plural(len(of_case), 'case action')} taken over from the agencies. "
        f"{plural(warned, 'action').capitalize()} {'needs' if warned == 1 else 'need'} something to be SMART; the plan says what."
    )
