"""Who must act next in a session, like things together: what waits longest first.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach".
"""

from __future__ import annotations

from audit_kit.domain.overview import Actor, AuditLine, ConcernLine, ToDo, Tone


def to_do(lines: tuple[AuditLine, ...], concerns: tuple[ConcernLine, ...]) -> tuple[ToDo, ...]:
    """Concerns, then the team's and the reviewer's own things, then what agencies owe; what waits longest first."""
    urgent = tuple(_about_concern(line) for line in concerns if line.is_open)
    groups: dict[tuple[object, ...], list[AuditLine]] = {}
    for line in lines:
        if line.next.who is not Actor.NOBODY:
            whose = (line.audit.agency, line.due) if line.next.who is Actor.AGENCY else ()
            groups.setdefault((line.next, *whose), []).append(line)
    things = [_together(group) for group in groups.values()]
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
