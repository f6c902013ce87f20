"""The history of one audit: every round, who decided what, when and why. Worked out from the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from audit_kit.domain.ladder import WHOM, Rung
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.references import AuditRef

_TOLD = frozenset(
    (
        EventKind.ASKED, EventKind.INVOLVEMENT_YES, EventKind.ALLOCATED, EventKind.NO_INVOLVEMENT, EventKind.ISSUED, EventKind.DUPLICATE,
        EventKind.EARLIER_VERSION, EventKind.VERSION_CHOSEN, EventKind.REMINDED, EventKind.SENT_BACK, EventKind.SET_ASIDE,
        EventKind.WITH_REVIEWER, EventKind.ACCEPTED, EventKind.REOPENED, EventKind.EXTENDED, EventKind.FLAGGED,
    )
)  # fmt: skip


@dataclass(frozen=True)
class HistoryLine:
    """One thing that was decided about an audit. ``by``: the account; ``why``: a person's words, unsealed."""

    at: datetime
    round: int
    what: str
    by: str
    rules: tuple[str, ...] = ()  # asked of the agency
    flags: tuple[str, ...] = ()  # pointed out to the reviewer
    due: str = ""
    why: str = ""
    chased: str = ""  # of a reminder: who was written to, and on which rung

    def in_words(self) -> str:
        """One line for people."""
        more = [f"asked {' '.join(self.rules)}"] if self.rules else []
        more += [f"pointed out {' '.join(self.flags)}"] if self.flags else []
        more += [f"due {self.due}"] if self.due else []
        more += [self.chased] if self.chased else []
        told = f" ({'; '.join(more)})" if more else ""
        why = f" – {self.why}" if self.why else ""
        return f"{self.at.astimezone():%d %b %Y %H:%M}  round {self.round}  {self.what}{told}, by {self.by}{why}"


def history(
    events: Iterable[Event], audit: AuditRef, reason: Callable[[str], str] = lambda sha: ""
) -> tuple[HistoryLine, ...]:
    """Everything that was decided about this audit, oldest first. ``reason``: a note's SHA-256 → its words.

    Rounds are those that the events name: a return that was sent back is told with the round that begins.
    """
    return tuple(line for told, line in rounds(events, reason) if told == audit)


def rounds(
    events: Iterable[Event], reason: Callable[[str], str] = lambda sha: ""
) -> tuple[tuple[AuditRef, HistoryLine], ...]:
    """The same of every audit, each line with the audit that it is about, in the order of the audits."""
    found: dict[AuditRef, list[HistoryLine]] = {}
    for event in events:
        if event.kind in _TOLD and event.agency:
            line = HistoryLine(
                event.at, event.round, event.kind.value, event.by, tuple(event.code("rules").split()),
                tuple(event.code("flags").split()), event.code("due"), reason(event.note) if event.note else "",
                _chased(event),
            )  # fmt: skip
            found.setdefault(AuditRef(event.session, event.case, event.agency), []).append(line)
    return tuple((audit, line) for audit, lines in found.items() for line in lines)


def _chased(event: Event) -> str:
    if event.kind is not EventKind.REMINDED or not event.code("rung"):
        return ""
    rung = Rung(int(event.code("rung")), event.code("to"))
    return f"{WHOM.get(rung.to, rung.to)}, {rung.when}"
