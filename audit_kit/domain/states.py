"""States of a single-agency audit and of a concern, and the moves between them. One table each.

Late is not a state: it is worked out from a due date, never stored.
"""

from __future__ import annotations

from enum import StrEnum


class AuditState(StrEnum):
    """Where a single-agency audit stands."""

    ASKED = "asked"
    AWAITED = "awaited"
    SENT_BACK = "sent back"
    SET_ASIDE = "set aside"
    WITH_REVIEWER = "with the reviewer"
    ACCEPTED = "accepted"
    NO_INVOLVEMENT = "no involvement"


class ConcernState(StrEnum):
    """Where an escalated concern stands. It depends on no audit's state."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    RESPONDED = "response received"
    ASSURED = "assurance accepted"
    PASSED_UP = "passed up a level"


AUDIT_MOVES: dict[AuditState, frozenset[AuditState]] = {
    AuditState.ASKED: frozenset({AuditState.AWAITED, AuditState.NO_INVOLVEMENT}),
    AuditState.AWAITED: frozenset(
        {AuditState.WITH_REVIEWER, AuditState.SENT_BACK, AuditState.SET_ASIDE, AuditState.NO_INVOLVEMENT}
    ),
    AuditState.SENT_BACK: frozenset({AuditState.WITH_REVIEWER, AuditState.SENT_BACK, AuditState.SET_ASIDE}),
    AuditState.SET_ASIDE: frozenset({AuditState.WITH_REVIEWER, AuditState.SENT_BACK, AuditState.AWAITED}),
    # set aside from here on: somebody says that another version counts, until that is read
    AuditState.WITH_REVIEWER: frozenset({AuditState.ACCEPTED, AuditState.SENT_BACK, AuditState.SET_ASIDE}),
    AuditState.ACCEPTED: frozenset({AuditState.WITH_REVIEWER, AuditState.SET_ASIDE}),
    # back to the reviewer when there is a nil return to look at; else, contradicted by others, the tool goes out
    AuditState.NO_INVOLVEMENT: frozenset({AuditState.WITH_REVIEWER, AuditState.AWAITED, AuditState.SET_ASIDE}),
}

CONCERN_MOVES: dict[ConcernState, frozenset[ConcernState]] = {
    ConcernState.RAISED: frozenset({ConcernState.ACKNOWLEDGED, ConcernState.PASSED_UP}),
    ConcernState.ACKNOWLEDGED: frozenset({ConcernState.RESPONDED, ConcernState.PASSED_UP}),
    ConcernState.RESPONDED: frozenset({ConcernState.ASSURED, ConcernState.PASSED_UP}),
    ConcernState.PASSED_UP: frozenset(
        {ConcernState.ACKNOWLEDGED, ConcernState.RESPONDED, ConcernState.ASSURED, ConcernState.PASSED_UP}
    ),
    ConcernState.ASSURED: frozenset(),
}

#: what is recorded next of an open concern: the verb of "audit-kit concern"
CONCERN_NEXT: dict[ConcernState, str] = {
    ConcernState.RAISED: "acknowledge",
    ConcernState.ACKNOWLEDGED: "respond",
    ConcernState.RESPONDED: "assure",
    ConcernState.PASSED_UP: "respond",
}


def may_move(before: AuditState, after: AuditState) -> bool:
    """Whether an audit may go from one state to the other."""
    return after in AUDIT_MOVES[before]
