"""What time it is. Passed in everywhere, so that nothing depends on when it runs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True)
class Clock:
    """The computer's clock; with ``rehearsal``, the same time of day on another date.

    The rehearsal date is recorded with each event, so that a rehearsed journal can't pass for a real one.
    """

    rehearsal: date | None = None

    def now(self) -> datetime:
        """Now, in UTC."""
        now = datetime.now(UTC)
        return datetime.combine(self.rehearsal, now.timetz()) if self.rehearsal else now

    def today(self) -> date:
        """Today's date where the computer stands."""
        return self.rehearsal or datetime.now().astimezone().date()

    def monotonic(self) -> float:
        """Seconds that only ever go forward: for waiting, never for dates."""
        return time.monotonic()
