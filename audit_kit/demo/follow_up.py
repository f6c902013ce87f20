"""What the team does about concerns in the demo: one ends in assurance, one runs out of time and is passed up."""

from __future__ import annotations

from collections.abc import Callable

from audit_kit import process
from audit_kit.domain.progress import concerns
from audit_kit.kit import Kit

Say = Callable[[str], None]

ASSURED, PASSED_UP = ("C1", "HVSN"), ("C2", "EH-C")


def assure_one(kit: Kit, say: Say) -> None:
    """The head of the agency rings back, says what was done, and the Board is assured: all on the same day."""
    key = _key(kit, *ASSURED)
    for verb, said in (
        ("acknowledge", "The head of the agency rang at 16:40."),
        ("respond", "A social worker visited at 18:00; the family sleeps elsewhere until the ceiling is made safe."),
        ("assure", "The Board manager spoke to the duty manager, who confirmed the visit and the plan."),
    ):
        said_by_kit = process.record_concern(kit, verb, key, said)
    say(said_by_kit)


def pass_up_one(kit: Kit, say: Say) -> None:
    """Nobody could say what stood behind the formula: after its clock has run out, the concern goes to the Executive."""
    say(process.record_concern(kit, "pass-up", _key(kit, *PASSED_UP), "Two reminders, and no answer from the service."))


def _key(kit: Kit, case: str, agency: str) -> str:
    return next(one.digest for one in concerns(kit.journal.events()) if (one.case, one.agency) == (case, agency))
