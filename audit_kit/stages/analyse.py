"""From accepted returns to what the session found: grades, findings in balance, voice, gaps, recommendations.

A first draft of the thinking, never the last word: every figure is counted, every text is an extract for the
author to choose from, and every recommendation is a proposal for the committee.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "A report detailing systemic findings will be
made available for the QA Sub Committee to consider further and confirm the lessons and actions required."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from audit_kit.domain import brought_forward, scales
from audit_kit.domain.findings import (
    AgencyReturns,
    Analysis,
    Children,
    Equality,
    Extract,
    Heard,
    OwnAction,
    Practitioners,
    Source,
    Voice,
    agency_type,
)
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.stages import deep_dives as choosing
from audit_kit.stages import findings as finding
from audit_kit.stages import grades
from audit_kit.stages.extracts import MOST, extracts_from, joined, source_of, spread

Returns = Sequence[AnonymisedReturn]

_RETURNED = (AuditState.ACCEPTED, AuditState.WITH_REVIEWER)
_RECORDED = (
    ("Ethnicity", "ethnicity"),
    ("First language", "language"),
    ("Faith", "faith"),
    ("Disability or special educational needs", "disability"),
)
_FACTORS = (
    ("Disability or special educational needs", "disability"),
    ("Poverty, debt or housing", "poverty"),
    ("Immigration status or recourse to public funds", "immigration"),
)
_UNDER_11 = ("Unborn", "0-1", "2-4", "5-10")


def analyse(
    session: AuditSession,
    theme: Theme,
    returns: Iterable[AnonymisedReturn],
    progress: Iterable[AuditProgress],
    deep_dives: int,
    *,
    earlier_kloes: Iterable[str] = (),
    heard: Heard | None = None,
) -> Analysis:
    """What this session found, from the newest round of each return of an agency that was involved.

    ``deep_dives``: how many cases to propose (the process says three; config decides). ``earlier_kloes``: the
    key lines of enquiry in which the session before this one found an area for improvement. Nothing is read
    from the clock, so the same returns give the same analysis in whatever order they come.
    """
    counted, standing = newest_involved(returns), tuple(progress)
    asked = [kloe for kloe in theme.kloes if kloe.ref in session.kloes]
    kloes = tuple(grades.kloe_grades(kloe, counted) for kloe in asked if kloe.is_for_all)
    good, improve = finding.in_balance(theme, kloes, counted)
    disagreements = grades.disagreements(kloes, counted)
    return Analysis(
        session=session.ref,
        cases=len(session.cases),
        returns=tuple(source_of(each) for each in counted),
        agencies=_who_returned(session, standing),
        children=_children(session, counted),
        kloes=kloes,
        add_ons=tuple(grades.kloe_grades(kloe, counted) for kloe in asked if not kloe.is_for_all),
        by_type=grades.by_type(kloes, counted),
        by_area=grades.by_area(session, kloes, counted),
        good_practice=good,
        improvements=improve,
        disagreements=disagreements,
        voice=_voice(counted),
        equality=_equality(counted),
        practitioners=_practitioners(counted),
        engagement=tuple(
            (choice, sum(each.decision == choice for each in session.engagement)) for choice in scales.ENGAGEMENT
        ),
        deep_dives=choosing.propose(
            session, counted, kloes, disagreements, wanted=deep_dives, earlier=frozenset(earlier_kloes)
        ),
        recommendations=finding.recommendations(improve),
        thin=grades.thinly_answered(kloes, counted),
        actions=_own_actions(counted),
        training=extracts_from(counted, ("findings.training",)),
        policy=extracts_from(counted, ("findings.policy",)),
        learning=extracts_from(counted, ("findings.learning",)),
        heard=heard or Heard(),
        still_warned=_still_warned(counted, standing),
        last_time=_last_time(counted),
    )


def newest_involved(returns: Iterable[AnonymisedReturn]) -> tuple[AnonymisedReturn, ...]:
    """The newest round of each return that reports involvement, in order of case and agency."""
    newest: dict[AuditRef, AnonymisedReturn] = {}
    for each in returns:
        if each.audit not in newest or each.round > newest[each.audit].round:
            newest[each.audit] = each
    involved = (each for each in newest.values() if not _is_nil(each))
    return tuple(sorted(involved, key=lambda each: each.audit))


def _is_nil(each: AnonymisedReturn) -> bool:
    known = scales.chosen(each.answer("involvement.known"), scales.INVOLVEMENT)
    return known in (scales.KNOWN_BEFORE_WINDOW, scales.NEVER_KNOWN)


def _who_returned(session: AuditSession, progress: Iterable[AuditProgress]) -> tuple[AgencyReturns, ...]:
    """A line for each agency that was asked, also when the journal has not heard of it yet."""
    standing = {each.audit: each for each in progress}
    lines = []
    for agency in session.agencies:
        refs = [AuditRef(session.ref, case.ref, agency.code) for case in session.cases if agency.code in case.agencies]
        heard = [standing[ref] for ref in refs if ref in standing]
        states = Counter(each.state for each in heard)
        answered = sum(states[state] for state in _RETURNED)
        settled = answered + sum(
            states[s] for s in (AuditState.NO_INVOLVEMENT, AuditState.SENT_BACK, AuditState.SET_ASIDE)
        )
        if refs:
            lines.append(
                AgencyReturns(
                    agency.code,
                    agency.name,
                    agency_type(agency.code),
                    asked=len(refs),
                    returned=answered,
                    no_involvement=states[AuditState.NO_INVOLVEMENT],
                    sent_back=states[AuditState.SENT_BACK],
                    set_aside=states[AuditState.SET_ASIDE],
                    awaited=len(refs) - settled,
                    sent_back_times=sum(each.sent_back_times for each in heard),
                    contradicted=sum(each.state is AuditState.NO_INVOLVEMENT and "V07" in each.flags for each in heard),
                )
            )
    return tuple(lines)


def _children(session: AuditSession, returns: Returns) -> Children:
    """Two wide bands for all cases together: a City child in a narrow band would stand alone."""
    bands: Counter[str] = Counter()
    for case in session.cases:
        given = [each.answer("identity.age_band") for each in returns if each.audit.case == case.ref]
        known = Counter(band for band in given if band and band not in scales.WORDS_FOR_BLANK)
        usual = known.most_common(1)[0][0] if known else ""
        bands["Not recorded" if not usual else "Under 11" if usual in _UNDER_11 else "11 to 17"] += 1
    tiers = Counter(case.tier for case in session.cases)
    return Children(
        tuple((band, bands[band]) for band in ("Under 11", "11 to 17", "Not recorded") if bands[band]),
        tuple((tier, tiers[tier]) for tier in (*scales.TIERS, *sorted(set(tiers) - set(scales.TIERS))) if tiers[tier]),
    )


def _cases_with(returns: Returns, ref: str) -> int:
    return len({each.audit.case for each in returns if each.answer(ref).strip()})


def _voice(returns: Returns) -> Voice:
    seen = Counter(row.get("child_seen", "") for each in returns for row in each.rows("chronology"))
    return Voice(
        cases_heard=_cases_with(returns, "voice.child"),
        cases_changed=_cases_with(returns, "voice.changed"),
        cases_family=_cases_with(returns, "voice.family"),
        events=seen["Seen alone"] + seen["Seen with others"] + seen["Not seen"],
        seen_alone=seen["Seen alone"],
        not_seen=seen["Not seen"],
        children=_heard_and_changed(returns),
        families=extracts_from(returns, ("voice.family",)),
    )


def _heard_and_changed(returns: Returns) -> tuple[Extract, ...]:
    """What a child shows together with what changed because of it: either alone says little."""
    return spread(
        [
            Extract(text, agency_type(each.audit.agency), "", source_of(each))
            for each in returns
            if (text := joined(each, "voice.child", "What changed", "voice.changed"))
        ],
        MOST,
    )


def _equality(returns: Returns) -> Equality:
    def recorded(ref: str) -> int:
        told = [e for e in returns if e.answer(f"identity.{ref}") and not _says_unknown(e.answer(f"identity.{ref}"))]
        return len({each.audit.case for each in told})

    def answered_yes(ref: str) -> int:
        return len({each.audit.case for each in returns if each.answer(f"identity.{ref}").strip() == scales.YES})

    return Equality(
        tuple((label, recorded(ref)) for label, ref in _RECORDED),
        tuple((label, answered_yes(ref)) for label, ref in _FACTORS),
        tuple(each.source for each in extracts_from(returns, ("identity.account",))),
    )


def _says_unknown(text: str) -> bool:
    return scales.chosen(text, (scales.NOT_KNOWN, scales.NOT_RECORDED)) is not None


def _practitioners(returns: Returns) -> Practitioners:
    spoken = [len(each.rows("practitioner")) for each in returns]
    return Practitioners(sum(spoken), sum(count > 0 for count in spoken), sum(count == 0 for count in spoken))


def _still_warned(returns: Returns, progress: Iterable[AuditProgress]) -> tuple[tuple[Source, tuple[str, ...]], ...]:
    """Counted returns about which a rule still said something when a person accepted them."""
    said = {each.audit: tuple(dict.fromkeys((*each.rules, *each.flags))) for each in progress}
    return tuple((source_of(each), said[each.audit]) for each in returns if said.get(each.audit))


def _last_time(returns: Returns) -> tuple[tuple[str, int], ...]:
    """What agencies say became of their actions of earlier audits; those without an answer last."""
    said = [row.get("changed", "") for each in returns for row in each.rows(brought_forward.SHEET)]
    known = Counter(scales.chosen(word, brought_forward.CHANGES) or "Not answered" for word in said)
    return tuple((word, known[word]) for word in (*brought_forward.CHANGES, "Not answered") if known[word])


def _own_actions(returns: Returns) -> tuple[OwnAction, ...]:
    rows = chain.from_iterable(((each, row) for row in each.rows("action")) for each in returns)
    return tuple(
        OwnAction(
            each.audit.agency,
            source_of(each),
            *(row.get(field, "").strip() for field in ("question", "what", "owner", "due", "measure", "outcome")),
        )
        for each, row in rows
        if row.get("what", "").strip()
    )
