"""What happens to a checked and anonymised return. One place, one order.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "On completion, the audits will be quality
assured by the LSCB and returned if they are not sufficiently robust, or comprehensive."
"""

from __future__ import annotations

from dataclasses import dataclass

from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.progress import EventKind
from audit_kit.domain.queries import Query


@dataclass(frozen=True)
class Decided:
    """Where a return goes, as the event that says so, with what it is sent back or flagged for."""

    kind: EventKind
    queries: tuple[Query, ...] = ()  # for the agency
    warnings: tuple[Query, ...] = ()  # for the reviewer
    open_doubts: int = 0

    @property
    def rules(self) -> str:
        """The codes of the queries, for the journal."""
        return " ".join(dict.fromkeys(query.rule for query in self.queries))


def decide(
    queries: tuple[Query, ...], doubts: tuple[DoubtfulPhrase, ...], *, nil: bool, accept_without_reviewer: bool
) -> Decided:
    """Send back if anything is asked of the agency; set aside while a name is in doubt; else to the reviewer.

    ``nil``: the agency says that it wasn't involved, in its first answer. A sound nil return is a full answer
    and needs no reviewer, unless another agency tells of contact. A clean return skips the reviewer only if the
    configuration says so.
    """
    asked = tuple(query for query in queries if query.sends_back)
    warnings = tuple(query for query in queries if not query.sends_back)
    if asked:
        return Decided(EventKind.SENT_BACK, asked, warnings, len(doubts))
    if doubts:
        return Decided(EventKind.SET_ASIDE, (), warnings, len(doubts))
    if nil and not any(query.rule == "V07" for query in warnings):
        return Decided(EventKind.NO_INVOLVEMENT, (), warnings)
    if accept_without_reviewer and not warnings:
        return Decided(EventKind.ACCEPTED)
    return Decided(EventKind.WITH_REVIEWER, (), warnings)
