"""The check code of an audit tool: shows whether its reference is the one it was issued with.

It binds agency, case, session and round without naming anyone: whoever changes the reference in a tool, or
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
    if len(secret) < SECRET_BYTES:
        raise ValueError(f"a secret of at least {SECRET_BYTES} bytes is needed")
    bound = "\n".join(("audit tool", audit.session, audit.case, audit.agency, str(round_number)))
    letters = base64.b32encode(hmac.digest(secret, bound.encode(), hashlib.sha256)).decode()
    return "-".join(letters[at : at + _LETTERS] for at in range(0, _GROUPS * _LETTERS, _LETTERS))


def is_genuine(said: Iterable[str], secret: bytes, audit: AuditRef, round_number: int) -> bool | None:
    """Whether the codes that a tool holds are the one it was issued with; None when it holds none.

    Every place that holds a code must hold the right one: a second, other code means that two tools were mixed.
    """
    codes = {code.strip().upper() for code in said if code.strip()}
    if not codes:
        return None
    right = check_code(secret, audit, round_number)
    return all(hmac.compare_digest(code.encode(), right.encode()) for code in codes)
