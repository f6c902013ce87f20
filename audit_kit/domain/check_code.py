"""The check code of a form: shows whether its reference is the one it was issued with.

An audit tool's binds agency, case, session and round without naming anyone: whoever changes the reference in a tool, or
returns one that was never issued, can't make the code that belongs to it without the Board's secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from audit_kit.domain.references import AuditRef

SECRET_BYTES = 32
_GROUPS, _LETTERS = 4, 5  # 100 bits: short enough to be read out over the telephone


def check_code(secret: bytes, audit: AuditRef, round_number: int) -> str:
    """The code of one audit and round: ``Q7ZKD-3MB2A-XH5TR-LW6CE``. ValueError for a secret that is too short."""
    return form_code(secret, "audit tool", audit.session, audit.case, audit.agency, str(round_number))


def form_code(secret: bytes, kind: str, *bound: str) -> str:
    """The code of a form of this kind that was issued for just these references. ValueError for a short secret."""
    if len(secret) < SECRET_BYTES:
        raise ValueError(f"a secret of at least {SECRET_BYTES} bytes is needed")
    letters = base64.b32encode(hmac.digest(secret, "\n".join((kind, *bound)).encode(), hashlib.sha256)).decode()
    return "-".join(letters[at : at + _LETTERS] for at in range(0, _GROUPS * _LETTERS, _LETTERS))


def is_genuine(said: Iterable[str], secret: bytes, audit: AuditRef, round_number: int) -> bool | None:
    """Whether the codes that a tool holds are the one it was issued with; None when it holds none.

    Every place that holds a code must hold the right one: a second, other code means that two tools were mixed.
    """
    return is_right(said, check_code(secret, audit, round_number))


def is_right(said: Iterable[str], right: str) -> bool | None:
    """Whether every code that a form holds is this one; None when it holds none."""
    codes = {code.strip().upper() for code in said if code.strip()}
    if not codes:
        return None
    return all(hmac.compare_digest(code.encode(), right.encode()) for code in codes)
