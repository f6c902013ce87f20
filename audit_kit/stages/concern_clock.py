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


@dataclass(frozen=True)
class RunOut:
    """An open concern whose clock has run out."""

    concern: ConcernProgress
    number: int  # how often it has run out since the last step, whether or not the kit ran then


def run_out(
    concerns: Iterable[ConcernProgress], limits: ConcernLimits, now: datetime, zone: tzinfo
) -> tuple[RunOut, ...]:
    """The open concerns whose clock has run out and that are to be chased now, most urgent first, each once.

    Chased when it runs out, and then again for each further stretch of the same length: a concern of the hour every
    hour, one of the day every day. After an absence that is once, however many stretches went by. A clock that was
    ahead for a while keeps nobody from being chased once it is right again.
    """
    late = [
        RunOut(one, number) for one in concerns
        if one.is_open and (number := _reminders_due(one, due_at(one, limits, zone), now)) not in (0, one.reminded)
    ]  # fmt: skip
    return tuple(sorted(late, key=lambda one: (_rank(one.concern), one.concern.since)))


def _reminders_due(concern: ConcernProgress, due: datetime, now: datetime) -> int:
    if now <= due:
        return 0
    stretch = max(due - concern.since, timedelta(hours=1)) if _rank(concern) == 0 else timedelta(days=1)
    return 1 + (now - due) // stretch


def _rank(concern: ConcernProgress) -> int:
    return URGENCIES.index(concern.urgency) if concern.urgency in URGENCIES else 0
