"""What the team does about concerns in the demo: two end in assurance, one runs out of time and is passed up."""

from __future__ import annotations

from audit_kit import process
from audit_kit.demo.stage import Say
from audit_kit.kit import Kit

#: case and agency → what was said at each step; what could not be read belongs to none
_ASSURED = {
    ("C1", "HVSN"): (
        "The head of the agency rang at 16:40.",
        "A social worker visited at 18:00; the family sleeps elsewhere until the ceiling is made safe.",
        "The Board manager spoke to the duty manager, who confirmed the visit and the plan.",
    ),
    ("", ""): (
        "Somebody at the school had sent it.",
        "A picture of a poster, sent by mistake.",
        "The Board manager saw the poster: no child is in it.",
    ),
}
_PASSED_UP = ("C2", "EH-C")


def assure(kit: Kit, say: Say) -> None:
    """Whoever is asked rings back and says what was done, and the Board is assured: all on the same day."""
    for about, said in _ASSURED.items():
        for verb, words in zip(("acknowledge", "respond", "assure"), said, strict=True):
            said_by_kit = process.record_concern(kit, verb, _key(kit, *about), words)
        say(said_by_kit)


def pass_up_one(kit: Kit, say: Say) -> None:
    """Nobody could say what stood behind the formula: after its clock has run out, the concern goes to the Executive."""
    say(
        process.record_concern(kit, "pass-up", _key(kit, *_PASSED_UP), "Two reminders, and no answer from the service.")
    )


def _key(kit: Kit, case: str, agency: str) -> str:
    return next(one.digest for one in kit.concerns() if (one.case, one.agency) == (case, agency))
