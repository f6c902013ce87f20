"""A session at a glance that nobody lived: to show the tracker and the status page with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from audit_kit.domain.history import HistoryLine
from audit_kit.domain.ladder import Chased, Rung
from audit_kit.domain.overview import (
    STATE_WORDS,
    Actor,
    AuditLine,
    ConcernLine,
    DateLine,
    NextStep,
    Overview,
    Tally,
    ToDo,
    Tone,
    Year,
    by_year,
)
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState, ConcernState

_SESSION, _CODE, _AGENCY = "2026-A2-NEG", "MPS", "Metropolitan Police, Central East"


def sample_years(today: date) -> tuple[Year, ...]:
    """One session with two audits, one of them late, and a concern that is open."""
    due = today - timedelta(days=4)
    accept = NextStep(
        Actor.REVIEWER, "Read it, then accept it or send it back", f"audit-kit accept {_SESSION}/H1/{_CODE}"
    )
    answer = NextStep(Actor.AGENCY, "Acknowledge it, by telephone", "audit-kit concern acknowledge 4f2a9c01")
    audits = (
        AuditLine(
            AuditRef(_SESSION, "H1", _CODE), _AGENCY, AuditState.WITH_REVIEWER, "With the reviewer", Tone.OURS, accept,
            round=1, flags=("V18",), received_on=today - timedelta(days=2), concern_open=True, allocated=True,
        ),
        AuditLine(
            AuditRef(_SESSION, "H2", _CODE), _AGENCY, AuditState.SENT_BACK, "Sent back, late by 3 working days", Tone.LATE,
            NextStep(Actor.AGENCY, "Put right what the letter asks, and return round 2"), round=2, due=due, late=True,
            late_days=3, sent_back_times=1, rules=("V14", "V15"), received_on=today - timedelta(days=12),
            chased=(Chased(Rung(1, "auditor"), due, today - timedelta(days=3)),),
        ),
    )  # fmt: skip
    raised = datetime.combine(today, datetime.min.time(), UTC) - timedelta(days=1)
    one = Overview(
        session=_SESSION, theme="Neglect", today=today, summary="1 of 2 returns in, 1 sent back, 1 late, 1 concern open",
        whole=Tally("", "All audits", 2, 1, 1, 1, 1, 0),
        states=tuple((name, 1 if name in ("sent back", "with the reviewer") else 0) for name in STATE_WORDS),
        agencies=(Tally(_CODE, _AGENCY, 2, 1, 1, 1, 1, 0),),
        cases=(Tally("H1", "H1", 1, 1, 0, 0, 1, 0), Tally("H2", "H2", 1, 0, 1, 1, 0, 0)),
        audits=audits,
        concerns=(
            ConcernLine(
                "4f2a9c01", "4f2a9c01", "H1", _CODE, _AGENCY, ConcernState.RAISED, "Risk to the child", "Same day", raised, 1,
                answer,
            ),
        ),
        dates=(DateLine("Multi-agency meeting", today + timedelta(days=20), 20, True),),
        to_do=(ToDo(Actor.REVIEWER, "", accept.what, f"H1 {_CODE}", Tone.OURS, accept.command, 2),),
    )  # fmt: skip
    return by_year((one,), 2)


def sample_rounds(today: date) -> tuple[tuple[AuditRef, HistoryLine], ...]:
    """What was decided about one of them."""
    at = datetime.combine(today, datetime.min.time(), UTC) - timedelta(days=12)
    return ((AuditRef(_SESSION, "H2", _CODE), HistoryLine(at, 1, "sent back", "the reviewer", rules=("V14", "V15"))),)
