"""What came of a session's meeting and of its report, from the journal: words beside their dates.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "A multi-agency meeting is scheduled", and a report is made
available for the QA Sub Committee "to consider further and confirm the lessons and actions required".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.sign_off import is_signed_off
from audit_kit.stages import words


@dataclass(frozen=True)
class Reached:
    """How far a session has come with its meeting and its report; None where nothing was done yet."""

    meeting_on: date | None = None
    meeting_cases: tuple[str, ...] = ()
    drafted_on: date | None = None
    confirmed_on: date | None = None  # by the committee; None again once a newer draft was written

    def beside_dates(self) -> Mapping[str, str]:
        """What is said beside each date of the session, by the date's name: the meeting and the committee."""
        meeting, report = "not arranged yet", "no draft yet"
        if self.meeting_on:
            meeting = f"arranged for {words.day(self.meeting_on)}, cases {', '.join(self.meeting_cases)}"
        if self.drafted_on:
            report = f"draft of {words.day(self.drafted_on)}, not confirmed yet"
        if self.confirmed_on:
            report = f"lessons and actions confirmed, signed off on {words.day(self.confirmed_on)}"
        return {"meeting": meeting, "qa_committee": report}


def reached(events: Iterable[Event]) -> Reached:
    """How far a session has come, by its events."""
    told = tuple(events)
    last = {event.kind: event for event in told}
    meeting, draft = last.get(EventKind.MEETING_ARRANGED), last.get(EventKind.REPORT_WRITTEN)
    return Reached(
        date.fromisoformat(meeting.code("day")) if meeting else None,
        tuple(meeting.code("cases").split()) if meeting else (),
        draft.at.date() if draft else None,
        last[EventKind.SIGNED_OFF].at.date() if is_signed_off(told) else None,
    )
