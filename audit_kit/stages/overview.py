"""From the journal's progress to where a session stands: states in words, what is late, who must act next.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": agencies review their involvement "within a
defined time period", and audits are "returned if they are not sufficiently robust, or comprehensive".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from audit_kit.domain.overview import (
    NOT_ASKED,
    Actor,
    AuditLine,
    ConcernLine,
    DateLine,
    NextStep,
    Overview,
    Tally,
    Tone,
)
from audit_kit.domain.progress import AuditProgress, ConcernProgress
from audit_kit.domain.references import AuditRef
from audit_kit.domain.scales import URGENCIES
from audit_kit.domain.session import AuditSession, SessionDates
from audit_kit.domain.states import CONCERN_NEXT, AuditState, ConcernState
from audit_kit.domain.step_days import StepDays
from audit_kit.domain.working_days import working_days_between
from audit_kit.stages import words
from audit_kit.stages.calendars import STEPS
from audit_kit.stages.reached import Reached
from audit_kit.stages.timetable import behind, too_short
from audit_kit.stages.to_do import of_the_session, to_do


def overview(
    session: AuditSession,
    progress: Mapping[AuditRef, AuditProgress],
    concerns: Iterable[ConcernProgress],
    today: date,
    days: StepDays | None = None,
    reached: Reached = Reached(),  # noqa: B008  frozen
) -> Overview:
    """Where this session stands on this day.

    Every planned audit has its line, also before it is asked for. Concerns of other sessions are left out;
    those of which nobody knows the session are kept, since they may be about one of these children.
    ``days``: how long each step takes, and on which further days nobody works. ``reached``: what came of meeting and report.
    """
    days = days or StepDays()
    calendar = _Calendar(today, frozenset(days.closed_on))
    seen = tuple(_concern(one, session, calendar) for one in concerns if one.session in (session.ref, ""))
    seen = tuple(sorted(seen, key=lambda line: (not line.is_open, _urgency(line), line.raised)))
    flagged = {(line.case, line.agency_code) for line in seen if line.is_open}
    planned = _audits(session, progress)
    lines = tuple(
        _line(ref, session, progress.get(ref), calendar, concern_open=(ref.case, ref.agency) in flagged)
        for ref in planned
    )
    return Overview(
        session=session.ref,
        theme=session.theme_title,
        today=today,
        summary=_summary(lines, seen),
        whole=_tally("", "All audits", lines),
        states=_states(lines),
        agencies=_tallies(lines, lambda line: line.audit.agency, lambda line: line.agency),
        cases=_tallies(lines, lambda line: line.audit.case, lambda line: line.audit.case),
        audits=lines,
        concerns=seen,
        dates=_dates(session, calendar, reached),
        to_do=to_do(lines, seen, of_the_session(session, reached, lines, today, days)),
        stage=_stage(lines, session.dates, today, confirmed=reached.confirmed_on is not None),
        warnings=tuple(
            warning.words
            for warning in (
                *too_short(session.dates, days), *behind(session.dates, progress.values(), len(planned), days, today),
            )
        ) if today <= session.dates.qa_committee else (),
    )  # fmt: skip


@dataclass(frozen=True)
class _Calendar:
    """Today, and how many working days lie between it and another day."""

    today: date
    closed_on: frozenset[date]

    def working_days_since(self, day: date) -> int:
        """Working days after that day, up to and with today; negative when the day is still to come."""
        return working_days_between(day, self.today, self.closed_on)


def _audits(session: AuditSession, progress: Mapping[AuditRef, AuditProgress]) -> list[AuditRef]:
    """What was planned, case by case; then what was asked for and is no longer in the plan."""
    planned = [AuditRef(session.ref, case.ref, code) for case in session.cases for code in case.agencies]
    known = frozenset(planned)
    return planned + [ref for ref in progress if ref.session == session.ref and ref not in known]


# --- one audit ----------------------------------------------------------------------------------------------


def _line(
    ref: AuditRef, session: AuditSession, found: AuditProgress | None, calendar: _Calendar, *, concern_open: bool
) -> AuditLine:
    name = _agency_name(session, ref.agency)
    if found is None:
        what = "Send the letters and identity slips" + _planned(session.dates.notified, calendar)
        step = NextStep(Actor.TEAM, what, f"audit-kit notify {session.ref}")
        return AuditLine(ref, name, None, "Not asked yet", Tone.QUIET, step, concern_open=concern_open)
    late = found.is_late(calendar.today)
    late_days = calendar.working_days_since(found.due) if late and found.due else 0
    tone = Tone.LATE if late else _TONES[found.state]
    if found.state is AuditState.ASKED and found.involved:
        tone = Tone.OURS  # the agency has answered: now it is the team's turn
    return AuditLine(
        audit=ref,
        agency=name,
        state=found.state,
        words=_words(found) + (f", {_late_by(late_days)}" if late else ""),
        tone=tone,
        next=_next_step(found, session, calendar),
        round=found.round,
        due=found.due if found.state in _AWAITED and tone is not Tone.OURS else None,
        late=late,
        late_days=late_days,
        waiting_days=max(0, calendar.working_days_since(found.since.date())),
        sent_back_times=found.sent_back_times,
        rules=found.rules,
        flags=found.flags,
        open_doubts=found.open_doubts,
        received_on=found.received_on,
        concern_open=concern_open,
        chased=found.chased,
        allocated=found.allocated,
    )


_AWAITED = (AuditState.ASKED, AuditState.AWAITED, AuditState.SENT_BACK)

_TONES = {
    AuditState.ASKED: Tone.WAITING,
    AuditState.AWAITED: Tone.WAITING,
    AuditState.SENT_BACK: Tone.BACK,
    AuditState.SET_ASIDE: Tone.OURS,
    AuditState.WITH_REVIEWER: Tone.OURS,
    AuditState.ACCEPTED: Tone.DONE,
    AuditState.NO_INVOLVEMENT: Tone.QUIET,
}


def _words(found: AuditProgress) -> str:
    """The state in words: what a person would say on the telephone."""
    state = found.state
    if state is AuditState.ASKED:
        return "Involved, tool to go out" if found.involved else "Asked whether involved"
    if state is AuditState.AWAITED:
        return "Tool awaited"
    if state is AuditState.SENT_BACK:
        return "Sent back" if found.sent_back_times < 2 else f"Sent back {words.times(found.sent_back_times)}"
    if state is AuditState.SET_ASIDE and found.open_doubts:
        return f"Set aside: {_figure(found.open_doubts, 'word')} in doubt"
    return {
        AuditState.SET_ASIDE: "Set aside",
        AuditState.WITH_REVIEWER: "With the reviewer",
        AuditState.ACCEPTED: "Accepted",
        AuditState.NO_INVOLVEMENT: "Not involved",
    }[state]


def _late_by(days: int) -> str:
    return f"late by {_figure(days, 'working day')}" if days else "late since the last working day"


def _next_step(found: AuditProgress, session: AuditSession, calendar: _Calendar) -> NextStep:
    """What happens next, and who must act."""
    audit, state = found.audit, found.state
    if state is AuditState.ASKED and found.involved:
        what = "Send the audit tool" + _planned(session.dates.issued, calendar)
        return NextStep(Actor.TEAM, what, f"audit-kit issue {audit.session}")
    if state is AuditState.ASKED:
        return NextStep(Actor.AGENCY, "Return the involvement form")
    if state is AuditState.AWAITED:
        return NextStep(Actor.AGENCY, "Return the audit tool")
    if state is AuditState.SENT_BACK:
        return NextStep(Actor.AGENCY, f"Put right what the letter asks, and return round {found.round}")
    if state is AuditState.SET_ASIDE and found.open_doubts:
        what = "Decide the words in doubt, in the case's review workbook (outbox/team/restricted)"
        return NextStep(Actor.TEAM, what, f"audit-kit password TEAM --session {audit.session}")
    if state is AuditState.SET_ASIDE:
        return NextStep(Actor.TEAM, "Read the set-aside note in outbox/team and do what it says")
    if state is AuditState.WITH_REVIEWER and not found.item:  # reopened after "no involvement"
        return NextStep(Actor.REVIEWER, "Reopened without a return: agree with the agency how it answers")
    if state is AuditState.WITH_REVIEWER:
        flags = f" (the checks point out {' '.join(found.flags)})" if found.flags else ""
        return NextStep(Actor.REVIEWER, f"Read it{flags}, then accept it or send it back", f"audit-kit accept {audit}")
    if state is AuditState.NO_INVOLVEMENT and "V07" in found.flags:
        what = "Another agency tells of contact (V07): ask both; if it was involved, reopen it"
        return NextStep(Actor.TEAM, what, f"audit-kit reopen {audit}")
    return NextStep(Actor.NOBODY, "On file" if state is AuditState.ACCEPTED else "Nothing: it had no involvement")


def _planned(day: date, calendar: _Calendar) -> str:
    return f", planned for {words.day(day)}" if day > calendar.today else ""


def _agency_name(session: AuditSession, code: str) -> str:
    agency = session.agency(code)
    return agency.name if agency else code


# --- concerns -------------------------------------------------------------------------------------------------

_CONCERN_STEPS = {
    ConcernState.RAISED: (Actor.AGENCY, "Acknowledge it, by telephone"),
    ConcernState.ACKNOWLEDGED: (Actor.AGENCY, "Say what was done"),
    ConcernState.RESPONDED: (Actor.TEAM, "Decide whether the response gives assurance"),
    ConcernState.PASSED_UP: (Actor.TEAM, "Follow up the level it was passed to"),
}


def _concern(found: ConcernProgress, session: AuditSession, calendar: _Calendar) -> ConcernLine:
    who, what = _CONCERN_STEPS.get(found.state, (Actor.NOBODY, "Assurance was accepted"))
    verb = CONCERN_NEXT.get(found.state, "")
    if who is Actor.AGENCY and not found.is_with_agency:
        who, what = Actor.TEAM, _when_not_with_agency(found)
    return ConcernLine(
        key=found.key,
        short_key=found.short_key,
        case=found.case,
        agency_code=found.agency,
        agency=_agency_name(session, found.agency),
        state=found.state,
        kind=found.kind,
        urgency=found.urgency,
        raised=found.raised,
        days_open=max(0, (calendar.today - found.raised.date()).days),
        next=NextStep(who, what, f"audit-kit concern {verb} {found.short_key}" if verb else ""),
    )


def _when_not_with_agency(found: ConcernProgress) -> str:
    """What the team does about an open concern that no agency was told of, or that stands higher than the agency."""
    if not found.agency:
        return "Find out whose it is and tell the agency, by telephone"
    if found.level:
        return _CONCERN_STEPS[ConcernState.PASSED_UP][1]
    return "Ask the agency whether there is a risk, by telephone: it left the question blank"


def _urgency(line: ConcernLine) -> int:
    """Most urgent first; an urgency that is no word of the list counts as the most urgent."""
    return URGENCIES.index(line.urgency) if line.urgency in URGENCIES else 0


def _stage(lines: tuple[AuditLine, ...], dates: SessionDates, today: date, *, confirmed: bool) -> str:
    """Where the session as a whole stands: the earliest step that some audit still waits for.

    Once the committee has confirmed the lessons, the Executive is next, also before the day that was planned for it.
    """
    states = [line.state for line in lines]
    whole = len(lines)
    for stage, still in (
        ("Planned: letters to go out", [state is None for state in states]),
        (
            "Involvement forms awaited",
            [line.state is AuditState.ASKED and line.next.who is Actor.AGENCY for line in lines],
        ),
        ("Audit tools to go out", [state is AuditState.ASKED for state in states]),
        ("Audit tools awaited", [state in (AuditState.AWAITED, AuditState.SENT_BACK) for state in states]),
        ("Being reviewed", [state in (AuditState.SET_ASIDE, AuditState.WITH_REVIEWER) for state in states]),
    ):
        if any(still):
            return f"{stage} ({sum(still)} of {whole})"
    ahead: tuple[tuple[str, date], ...] = (("Multi-agency meeting", dates.meeting), ("Report to the QA Sub Committee", dates.qa_committee),
             ("Executive", dates.executive), ("Board", dates.board))  # fmt: skip
    ahead = ahead[2:] if confirmed else ahead
    return next((f"{what} next" for what, day in ahead if today <= day), "Closed: actions are followed up")


# --- counts and dates -------------------------------------------------------------------------------------------


def _states(lines: tuple[AuditLine, ...]) -> tuple[tuple[str, int], ...]:
    names = (NOT_ASKED, *(state.value for state in AuditState))
    return tuple((name, sum(line.state_name == name for line in lines)) for name in names)


def _tally(ref: str, name: str, lines: Iterable[AuditLine]) -> Tally:
    lines = tuple(lines)
    return Tally(
        ref=ref,
        name=name,
        audits=len(lines),
        is_in=sum(line.is_in for line in lines),
        ours=sum(line.state in (AuditState.WITH_REVIEWER, AuditState.SET_ASIDE) for line in lines),
        sent_back=sum(line.state is AuditState.SENT_BACK for line in lines),
        late=sum(line.late for line in lines),
        done=sum(line.is_done for line in lines),
    )


def _tallies(
    lines: tuple[AuditLine, ...], ref_of: Callable[[AuditLine], str], name_of: Callable[[AuditLine], str]
) -> tuple[Tally, ...]:
    groups: dict[str, list[AuditLine]] = {}
    for line in lines:
        groups.setdefault(ref_of(line), []).append(line)
    return tuple(_tally(ref, name_of(group[0]), group) for ref, group in groups.items())


def _dates(session: AuditSession, calendar: _Calendar, reached: Reached) -> tuple[DateLine, ...]:
    came = reached.beside_dates()
    days = [(words, getattr(session.dates, field), came.get(field, "")) for field, words in STEPS]
    ahead = next((number for number, (_, day, _) in enumerate(days) if day >= calendar.today), -1)
    return tuple(
        DateLine(what, day, -calendar.working_days_since(day), number == ahead, came)
        for number, (what, day, came) in enumerate(days)
    )


def _summary(lines: tuple[AuditLine, ...], concerns: tuple[ConcernLine, ...]) -> str:
    """Everything in one sentence, to be read out."""
    whole, open_concerns = _tally("", "", lines), sum(concern.is_open for concern in concerns)
    parts = (
        f"{whole.is_in} of {_figure(whole.audits, 'return')} in",
        f"{whole.sent_back or 'none'} sent back",
        f"{whole.late or 'none'} late",
        f"{_figure(open_concerns, 'concern')} open",
    )
    return ", ".join(parts)


def _figure(count: int, one: str) -> str:
    """``1 concern``, ``83 returns``, ``no concerns``: figures, since they are compared at a glance."""
    return f"{count or 'no'} {one}{'' if count == 1 else 's'}"
