"""Whether there is time for each step of a session: as planned, and as it stands today.

The calendar is worked back from the QA Sub Committee; the team may set any date by hand. A step that gets less time than
it needs is pointed out, never forbidden: the team may know better.

Source: Multi-Agency Case Audit Process (Sept 2017), "Multi-agency case audit process": "A report and action plan is
produced and presented at the next QA sub-group."
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.session import SessionDates
from audit_kit.domain.states import AuditState
from audit_kit.domain.step_days import StepDays
from audit_kit.domain.working_days import working_days_between


@dataclass(frozen=True)
class TooLittleTime:
    """One step that can't be done in time. ``field``: the date of the session by which it would have to be."""

    field: str
    words: str


def too_short(dates: SessionDates, days: StepDays) -> tuple[TooLittleTime, ...]:
    """The steps that the plan itself gives less time than they need."""
    steps = (
        ("notified", "involvement_due", days.involvement, "to answer the involvement form"),
        ("issued", "due", days.response, "to complete the audit tool"),
        ("due", "meeting", _to_meeting(days), "from the returns to the multi-agency meeting, with one round sent back and invitations in time"),
        ("meeting", "qa_committee", days.draft + days.factual_check, "from the meeting to the QA Sub Committee, for the draft and the agencies' factual check"),
    )  # fmt: skip
    found = []
    for start, end, needed, what in steps:
        given = working_days_between(getattr(dates, start), getattr(dates, end), days.closed_on)
        if given < needed:
            found.append(TooLittleTime(end, f"The plan gives {_days(given)} {what}; {needed} are usual."))
    return tuple(found)


def behind(
    dates: SessionDates, audits: Iterable[AuditProgress], planned: int, days: StepDays, today: date
) -> tuple[TooLittleTime, ...]:
    """The steps that can no longer be done in time as the session stands today. ``planned``: audits in the plan."""
    audits = tuple(audits)
    return tuple(
        warning
        for check in (_letters_late, _tools_late, _due_after_meeting, _review_squeezed)
        for warning in check(dates, audits, planned, days, today)
    )


def _letters_late(
    dates: SessionDates, audits: tuple[AuditProgress, ...], planned: int, days: StepDays, today: date
) -> Iterator[TooLittleTime]:
    left = working_days_between(today, dates.involvement_due, days.closed_on)
    if len(audits) < planned and left < days.involvement:
        yield TooLittleTime(
            "involvement_due",
            f"Letters have not gone out for {_audits(planned - len(audits))}; involvement forms are due {_when(left)}, and agencies "
            f"need {days.involvement} working days.",
        )


def _tools_late(
    dates: SessionDates, audits: tuple[AuditProgress, ...], planned: int, days: StepDays, today: date
) -> Iterator[TooLittleTime]:
    unsent = [one for one in audits if one.state is AuditState.ASKED]
    left = working_days_between(today, dates.due, days.closed_on)
    if unsent and left < days.response:
        yield TooLittleTime(
            "due",
            f"The tools of {_audits(len(unsent))} have not gone out; they are due {_when(left)}, and agencies need {days.response} "
            "working days.",
        )


def _due_after_meeting(
    dates: SessionDates, audits: tuple[AuditProgress, ...], planned: int, days: StepDays, today: date
) -> Iterator[TooLittleTime]:
    if today > dates.meeting:
        return
    late = [one for one in audits if one.is_owed and one.due and one.due > dates.meeting]
    if late:
        names = ", ".join(f"{one.audit.case} {one.audit.agency}" for one in late[:6])
        more = f" and {len(late) - 6} more" if len(late) > 6 else ""
        yield TooLittleTime("meeting", f"Due only after the multi-agency meeting: {names}{more}.")


def _review_squeezed(
    dates: SessionDates, audits: tuple[AuditProgress, ...], planned: int, days: StepDays, today: date
) -> Iterator[TooLittleTime]:
    waiting = (AuditState.AWAITED, AuditState.SENT_BACK, AuditState.SET_ASIDE, AuditState.WITH_REVIEWER)
    unfinished = [one for one in audits if one.state in waiting]
    left = working_days_between(today, dates.meeting, days.closed_on)
    if unfinished and 0 <= left < days.review + days.send_back:
        yield TooLittleTime(
            "meeting",
            f"{_audits(len(unfinished))} {'is' if len(unfinished) == 1 else 'are'} not settled, and the multi-agency meeting is "
            f"{_when(left)}: a review and a round that goes back take {days.review + days.send_back} working days.",
        )
    elif unfinished and today > dates.meeting and today <= dates.qa_committee:
        yield TooLittleTime(
            "qa_committee",
            f"The meeting has passed, and {_audits(len(unfinished))} {'is' if len(unfinished) == 1 else 'are'} not settled.",
        )


def _to_meeting(days: StepDays) -> int:
    return max(days.invitation, days.review + days.send_back + days.review)


def _days(count: int) -> str:
    return f"{max(count, 0)} working day{'' if count == 1 else 's'}"


def _when(days_ahead: int) -> str:
    if days_ahead <= 0:
        return "on a day that has passed" if days_ahead else "today"
    return f"in {_days(days_ahead)}"


def _audits(count: int) -> str:
    return f"{count} audit{'' if count == 1 else 's'}"
