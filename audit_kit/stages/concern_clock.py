"""The clock of an urgent concern: by when the next step is due, and who is chased when it does not come.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": concerns are "escalated to the respective agencies for a
response and assurance". How long each step may take the process leaves open: it is config.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from audit_kit.domain.progress import ConcernProgress
from audit_kit.domain.scales import URGENCIES
from audit_kit.domain.working_days import add_working_days


@dataclass(frozen=True)
class ConcernLimits:
    """How long each step of a concern may take."""

    now_hours: int = 1
    same_day_until: time = time(17, 0)  # and two hours at least, if it was raised late
    working_days: int = 3
    closed_on: tuple[date, ...] = ()


def due_at(concern: ConcernProgress, limits: ConcernLimits, zone: tzinfo) -> datetime:
    """When the next step of an open concern is due, in UTC; ``zone`` is where the offices stand.

    The clock runs anew from each step. An urgency that is no word of the list counts as the highest.
    """
    since = concern.since.astimezone(zone)
    if concern.urgency == URGENCIES[2]:
        day = add_working_days(since.date(), limits.working_days, limits.closed_on)
        due = datetime.combine(day, limits.same_day_until, zone)
    elif concern.urgency == URGENCIES[1]:
        due = max(datetime.combine(since.date(), limits.same_day_until, zone), since + timedelta(hours=2))
    else:
        due = since + timedelta(hours=limits.now_hours)
    return due.astimezone(UTC)


def run_out(
    concerns: Iterable[ConcernProgress], limits: ConcernLimits, now: datetime, zone: tzinfo
) -> tuple[ConcernProgress, ...]:
    """The open concerns whose clock has run out and that are to be chased now, most urgent first.

    Chased once when it runs out, and then again once for each further stretch of the same length: a concern of the hour
    every hour, one of the day every day.
    """
    late = [
        one for one in concerns
        if one.is_open and one.reminded < _reminders_due(one, due_at(one, limits, zone), now)
    ]  # fmt: skip
    return tuple(sorted(late, key=lambda one: (_rank(one), one.since)))


def _reminders_due(concern: ConcernProgress, due: datetime, now: datetime) -> int:
    if now <= due:
        return 0
    stretch = max(due - concern.since, timedelta(hours=1)) if _rank(concern) == 0 else timedelta(days=1)
    return 1 + (now - due) // stretch


def _rank(concern: ConcernProgress) -> int:
    return URGENCIES.index(concern.urgency) if concern.urgency in URGENCIES else 0
