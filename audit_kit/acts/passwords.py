"""Passwords for restricted files: one for the team and one for each agency and session."""

from __future__ import annotations

import secrets

from audit_kit.domain.progress import EventKind
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit

TEAM = "TEAM"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on the telephone


def password_for(kit: Kit, session: str, whose: str) -> str:
    """The password of an agency (its code) or of the team (``TEAM``) in a session; made when first needed."""
    known = kit.vault.get(f"passwords/{session}", dict[str, str]) or {}
    if whose not in known:
        known = {**known, whose: _new()}
        kit.vault.put(f"passwords/{session}", known, dict[str, str])
    return known[whose]


def show_password(kit: Kit, session: str, whose: str) -> str:
    """The password, and a line in the journal that it was shown, and to which account.

    UsageProblem when none was ever made.
    """
    known = kit.vault.get(f"passwords/{session}", dict[str, str]) or {}
    if whose not in known:
        raise UsageProblem(
            f"There is no password for {whose} in {session}.",
            not_happened="Nothing was shown.",
            next_step="Passwords are made by audit-kit notify; the team's is called TEAM.",
        )
    shown = kit.event(EventKind.PASSWORD_SHOWN, session, agency="" if whose == TEAM else whose)
    kit.carry_out(f"password:{session}:{whose}:{shown.at.isoformat()}", [shown])
    return known[whose]


def all_passwords(kit: Kit) -> tuple[str, ...]:
    """Every password that is in use, for opening a protected form that came back; the team's, likeliest, first."""
    books = [kit.vault.get(name, dict[str, str]) or {} for name in kit.vault.names("passwords")]
    teams = [book[TEAM] for book in books if TEAM in book]
    return tuple(dict.fromkeys((*teams, *(password for book in books for password in book.values()))))


def _new() -> str:
    """80 bits, in four groups that can be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
