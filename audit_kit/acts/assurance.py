"""After a concern went out: who acknowledged it, what was answered, and when the Board was assured.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": concerns are "escalated to the respective
agencies for a response and assurance".
"""

from __future__ import annotations

from audit_kit.acts.mailing import mail_part
from audit_kit.acts.reasons import require_reason
from audit_kit.domain.progress import ConcernProgress, Event, EventKind
from audit_kit.domain.states import CONCERN_MOVES, ConcernState
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit

_NOTHING = "Nothing was changed."

#: the verb of the command → what it records
STEPS = {
    "acknowledge": (EventKind.CONCERN_ACKNOWLEDGED, ConcernState.ACKNOWLEDGED),
    "respond": (EventKind.CONCERN_RESPONDED, ConcernState.RESPONDED),
    "assure": (EventKind.CONCERN_ASSURED, ConcernState.ASSURED),
    "pass-up": (EventKind.CONCERN_PASSED_UP, ConcernState.PASSED_UP),
}


def record(kit: Kit, verb: str, key: str, reason: str) -> str:
    """Record one step of a concern, with what was said. ``key``: its first characters, as in outbox/urgent.

    UsageProblem without it, when no concern or more than one has this key, or it does not stand where this step can follow.
    """
    concern = _concern(kit, key)
    require_reason(reason, "Each step of a concern", _NOTHING)
    if not can_follow(concern, verb):
        raise UsageProblem(
            f'This concern can\'t go from "{concern.state}" to "{STEPS[verb][1]}".',
            not_happened=_NOTHING,
            next_step="A concern is acknowledged, then answered, then the Board is assured; it can be passed up at each step.",
        )
    event = step_event(kit, concern, verb, reason)
    kit.carry_out(f"concern:{concern.key}:{verb}:{event.at.isoformat()}", [event])
    return f"The concern about {about(kit, concern)} stands at: {STEPS[verb][1]}."


def about(kit: Kit, concern: ConcernProgress) -> str:
    """What a concern is about, by reference; in the team's words where nobody knows whose file it came in."""
    return concern.about or mail_part(kit, "concern about: not matched")


def can_follow(concern: ConcernProgress, verb: str) -> bool:
    """Whether a concern stands where this step can be recorded."""
    return STEPS[verb][1] in CONCERN_MOVES[concern.state]


def step_event(kit: Kit, concern: ConcernProgress, verb: str, reason: str, item: str = "") -> Event:
    """The event that records a step. ``item``: the form by which it came; what was said is kept sealed."""
    return kit.event(
        STEPS[verb][0], concern.session, concern.case, concern.agency, item=item,
        codes=(("key", concern.key),), note=kit.vault.keep_note(reason),
    )  # fmt: skip


def _concern(kit: Kit, key: str) -> ConcernProgress:
    found = [one for one in kit.concerns() if one.digest.startswith(key.strip().lower())]
    if len(found) != 1 or len(key.strip()) < 4:
        raise UsageProblem(
            "No concern has this key." if not found else "More than one concern begins like this.",
            not_happened=_NOTHING,
            next_step="Give the 8 characters that end the names of its files in outbox/urgent.",
        )
    return found[0]
