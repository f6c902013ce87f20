"""What a person decides has a reason, which is kept sealed beside the journal: here it is asked for."""

from __future__ import annotations

from audit_kit.errors import UsageProblem

OPENING = "Opening the register"


def require_reason(reason: str, what: str, not_happened: str) -> None:
    """UsageProblem when no reason is given. ``what``: what has one, as a sentence begins: "A sign-off"."""
    if not reason.strip():
        raise UsageProblem(
            f"{what} has a reason.",
            not_happened=not_happened,
            next_step="Say why in a sentence (on the command line with --reason).",
        )
