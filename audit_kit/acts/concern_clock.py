"""Urgent concerns whose clock has run out: a mail draft to whoever must act, worked out whenever the kit runs."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from audit_kit.acts.assurance import about
from audit_kit.acts.concern_forms import file_stem
from audit_kit.acts.mailing import mail_draft, mail_part
from audit_kit.acts.papers import asked_agency
from audit_kit.domain import outputs
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import ConcernProgress, EventKind
from audit_kit.domain.states import CONCERN_NEXT, ConcernState
from audit_kit.domain.working_days import in_words
from audit_kit.kit import Kit
from audit_kit.stages.concern_clock import ConcernLimits, due_at, run_out

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass

LEVELS = ("the head of the agency", "the Executive", "the independent chair")
_AWAITED = {
    ConcernState.RAISED: "concern overdue: not acknowledged",
    ConcernState.ACKNOWLEDGED: "concern overdue: no response",
    ConcernState.RESPONDED: "concern overdue: not decided",
    ConcernState.PASSED_UP: "concern overdue: no answer",
}


def limits_of(kit: Kit) -> ConcernLimits:
    """How long each step may take, from config."""
    set_to = kit.config.concerns
    return ConcernLimits(
        set_to.now_hours, set_to.same_day_until, set_to.working_days, kit.config.calendar.closed_on
    )  # fmt: skip


def chase(kit: Kit, done: Pass) -> bool:
    """Write a draft for each concern whose clock has run out since it was last chased. Whether there was any."""
    late = run_out(kit.concerns(), limits_of(kit), kit.clock.now(), _zone(kit))
    for one in late:
        _chase(kit, one.concern, one.number, done)
    return bool(late)


def due_of(kit: Kit, concern: ConcernProgress) -> datetime:
    """When the next step of a concern is due, in the time of the place where the computer stands."""
    zone = _zone(kit)
    return due_at(concern, limits_of(kit), zone).astimezone(zone)


def _zone(kit: Kit) -> tzinfo:
    zone = kit.clock.now().astimezone().tzinfo
    assert zone is not None
    return zone


def _chase(kit: Kit, concern: ConcernProgress, number: int, done: Pass) -> None:
    batch = f"concern-chase:{concern.key}:{concern.since.isoformat()}:{number}"
    if kit.journal.is_decided(batch):  # the clock went back: it was chased for this before
        return
    due = due_of(kit, concern)
    awaited = mail_part(kit, _AWAITED[concern.state])
    draft = mail_draft(
        kit, "concern: overdue", _addresses(kit, concern), about=about(kit, concern), kind=concern.kind, urgency=concern.urgency,
        day=in_words(due.date()), time=f"{due:%H:%M}", awaited=awaited, stands_with=who_must_act(concern),
        next_command=CONCERN_NEXT[concern.state], key=concern.short_key,
    )  # fmt: skip
    event = kit.event(
        EventKind.CONCERN_REMINDED, concern.session, concern.case, concern.agency,
        codes=(("key", concern.key), ("number", str(number)), ("level", str(concern.level))),
    )  # fmt: skip
    name = f"{file_stem(concern)}_overdue-{concern.since:%Y%m%d%H%M}-{number}.eml"
    kit.carry_out(batch, [event], [Output(outputs.urgent(name), draft)])
    done.say(
        f"URGENT: the concern about {about(kit, concern)} is overdue; {awaited}. A draft is in outbox/urgent.",
        for_a_person=True,
    )


def who_must_act(concern: ConcernProgress) -> str:
    """With whom an open concern stands, in words."""
    if concern.level:
        return LEVELS[concern.level]
    return LEVELS[0] if concern.is_with_agency else "the Board's team"


def _addresses(kit: Kit, concern: ConcernProgress) -> tuple[str, ...]:
    """The Board manager always; the agency's head, the Executive or the chair by the level at which it stands."""
    board = kit.config.board
    found = [board.manager.email]
    if concern.is_with_agency:
        agency = asked_agency(kit.session(concern.session), concern.agency)
        found.append((agency.head or agency.lead).email)
    higher = (None, board.executive, board.independent_chair)[concern.level]
    if higher is not None:
        found.append(higher.email)
    return tuple(dict.fromkeys(address for address in found if address))
