"""Who must act next in a session, like things together: what waits longest first.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach".
"""

from __future__ import annotations

from datetime import date

from audit_kit.domain.overview import Actor, AuditLine, ConcernLine, ToDo, Tone
from audit_kit.domain.session import AuditSession
from audit_kit.domain.step_days import StepDays
from audit_kit.domain.working_days import add_working_days
from audit_kit.stages.reached import Reached


def to_do(
    lines: tuple[AuditLine, ...], concerns: tuple[ConcernLine, ...], of_all: tuple[ToDo, ...] = ()
) -> tuple[ToDo, ...]:
    """Concerns, then the team's and the reviewer's own things, then what agencies owe; what waits longest first.

    ``of_all``: what is to be done for the session as a whole.
    """
    urgent = tuple(_about_concern(line) for line in concerns if line.is_open)
    groups: dict[tuple[object, ...], list[AuditLine]] = {}
    for line in lines:
        if line.next.who is not Actor.NOBODY:
            whose = (line.audit.agency, line.due) if line.next.who is Actor.AGENCY else ()
            groups.setdefault((line.next, *whose), []).append(line)
    things = [_together(group) for group in groups.values()] + [*of_all]
    late = [line for line in lines if line.late]
    if late:
        codes = ", ".join(dict.fromkeys(line.audit.agency for line in late))
        longest = max(line.late_days for line in late)
        things.append(
            ToDo(
                Actor.TEAM,
                "",
                "Send the reminders to the agencies that are late",
                codes,
                Tone.LATE,
                "audit-kit remind",
                longest,
            )
        )
    return urgent + tuple(sorted(things, key=lambda one: (_TURN[one.who], one.tone is not Tone.LATE, -one.since_days)))


def of_the_session(
    session: AuditSession, reached: Reached, lines: tuple[AuditLine, ...], today: date, days: StepDays
) -> tuple[ToDo, ...]:
    """What the team does next for the session as a whole: the meeting, the report's draft, the committee's word on it.

    The meeting from when every audit is done, or invitations have to go out; nothing once the session's last day has passed.
    """
    dates, ref = session.dates, session.ref
    invitations = add_working_days(dates.meeting, -days.invitation, days.closed_on)
    if reached.confirmed_on or today > dates.board:
        return ()
    if reached.drafted_on:
        what, command = (
            "When the committee has confirmed lessons and actions, record it",
            f"audit-kit sign-off {ref} --minute REF",
        )
        return (_for_all(what, command, dates.qa_committee, today),) if today >= dates.qa_committee else ()
    if today > (reached.meeting_on or dates.meeting):
        return (_for_all("Write the report's draft", f"audit-kit report {ref}", dates.qa_committee, today),)
    if reached.meeting_on is None and (all(line.is_done for line in lines) or today >= invitations):
        what = "Choose the cases for the multi-agency meeting, and write the invitations"
        return (_for_all(what, f"audit-kit meeting {ref}", dates.meeting, today),)
    return ()


def _for_all(what: str, command: str, due: date, today: date) -> ToDo:
    return ToDo(Actor.TEAM, "", what, "The whole session", Tone.LATE if today > due else Tone.OURS, command, due=due)


_TURN = {Actor.TEAM: 0, Actor.REVIEWER: 1, Actor.AGENCY: 2, Actor.NOBODY: 3}


def _about_concern(line: ConcernLine) -> ToDo:
    about = f"Concern {line.short_key}: {line.about}"
    whose = line.agency if line.next.who is Actor.AGENCY else ""
    return ToDo(line.next.who, whose, line.next.what, about, Tone.URGENT, line.next.command, line.days_open)


def _together(lines: list[AuditLine]) -> ToDo:
    """One thing to do for all of these audits."""
    first = lines[0]
    if first.next.who is Actor.AGENCY:
        return ToDo(
            first.next.who, first.agency, first.next.what, ", ".join(line.audit.case for line in lines), first.tone,
            since_days=first.late_days, due=first.due,
        )  # fmt: skip
    about = ", ".join(f"{line.audit.case} {line.audit.agency}" for line in lines)
    longest = max(line.waiting_days for line in lines)
    return ToDo(first.next.who, "", first.next.what, about, Tone.OURS, first.next.command, longest)
