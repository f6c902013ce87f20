"""Password-protected Office files: the form in which the three restricted kinds leave."""

from __future__ import annotations

import secrets
from functools import lru_cache
from io import BytesIO

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from audit_kit.errors import AuditKitError

# 100,000 rounds of hashing, nearly all the cost, which the library goes through anew for each use of one file's key: to
# write it, to prove the password, to open it. The same password and salt give the same, so once will do
ECMA376Agile._derive_iterated_hash_from_password = staticmethod(
    lru_cache(maxsize=1)(ECMA376Agile._derive_iterated_hash_from_password)
)

_LEAST_BYTES = 4096  # measured: of 71 packages below this, the library wrote 64 that nothing could open


def protect(data: bytes, password: str) -> bytes:
    """The workbook or document, encrypted with a password as Office does it.

    Opened again before it is given out: the library calls its encryption experimental. AuditKitError when
    what comes back is not what went in; the unprotected file is then not written anywhere.
    """
    sealed = b""
    if len(data) >= _LEAST_BYTES:
        sealed = ECMA376Agile.encrypt(password, BytesIO(data), _salt_for(password))
    if not sealed or _opened(sealed, password) != data:
        raise AuditKitError(
            "A password-protected file did not open again as it was written.",
            not_happened="It was not written, protected or not.",
            next_step="Run the command again; if it happens again, tell those who look after audit-kit.",
        )
    return sealed


@lru_cache(maxsize=1)
def _salt_for(password: str) -> bytes:
    """What this password is mixed with, as long as one file after another is written with it: drawn at random.

    Whoever finds the password of one of these files has those of all, with one salt or with many. What is in each is
    under a key and a salt of its own.
    """
    return secrets.token_bytes(16)


def unprotect(data: bytes, password: str) -> bytes | None:
    """What is in a password-protected file; None when this password doesn't open it."""
    try:
        return _opened(data, password)
    except (InvalidKeyError, DecryptionError, FileFormatError, OSError, ValueError, KeyError):
        return None


def _opened(data: bytes, password: str) -> bytes:
    opened = BytesIO()
    file = msoffcrypto.OfficeFile(BytesIO(data))
    file.load_key(password=password, verify_password=True)
    file.decrypt(opened)
    return opened.getvalue()


def is_protected(data: bytes) -> bool:
    """Whether this is an Office file that opens only with a password."""
    try:
        return bool(msoffcrypto.OfficeFile(BytesIO(data)).is_encrypted())
    except (FileFormatError, OSError, ValueError, KeyError):
        return False
