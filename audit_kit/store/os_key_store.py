"""The service key in the operating system's own key store: Windows' Credential Manager, the Secret Service, macOS' Keychain.

Only these. A backend that keeps secrets in a file of its own is no better than the key file and looks as if it were,
so it is refused; on a server without a key store the key file is the right place.

Source: measured: ``keyring`` has no backend on a Linux server without a desktop (NoKeyringError). What Windows keeps so
is lost with a new profile: a copy of the key has to be kept elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_kit.errors import UsageProblem

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "audit-kit"
#: where backends of key stores come from that the system itself protects by the account's login
_TRUSTED = (
    "keyring.backends.Windows",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
)


@dataclass(frozen=True)
class KeyStoreEntry:
    """One entry of the key store; ``account`` says whose it is: one for each store."""

    account: str

    def read(self) -> str:
        """The private key; "" when there is no such entry. UsageProblem without a key store, or while it is locked."""
        from keyring.errors import KeyringError

        try:
            return _backend().get_password(SERVICE, self.account) or ""
        except (KeyringError, OSError):
            raise _shut() from None

    def write(self, private: str) -> None:
        """Keep the private key, and prove that it comes back. UsageProblem when it does not."""
        from keyring.errors import KeyringError

        try:
            _backend().set_password(SERVICE, self.account, private)
        except (KeyringError, OSError):
            raise _shut() from None
        if self.read() != private:
            raise _shut()


def _backend() -> KeyringBackend:
    """The system's own key store. UsageProblem when there is none, or only ones that are files."""
    try:
        from keyring import backend
    except ImportError:
        raise UsageProblem(
            "The service key is to be in the operating system's key store, and the program for that is not installed.",
            where="config.yaml, store → service_key",
            not_happened="Nothing was opened.",
            next_step='Install it with: pip install "audit-kit[keyring]"; or write  service_key: file  for a key file.',
        ) from None
    trusted = [one for one in backend.get_all_keyring() if type(one).__module__ in _TRUSTED]
    if not trusted:
        raise UsageProblem(
            "The service key is to be in the operating system's key store, and this computer or account has none.",
            where="config.yaml, store → service_key",
            not_happened="Nothing was opened, and no key was written elsewhere instead.",
            next_step="Write  service_key: file  for a key file that its owner alone may read, as a server needs.",
        )
    return max(trusted, key=lambda one: one.priority)


def _shut() -> UsageProblem:
    return UsageProblem(
        "The operating system's key store did not give or keep the service key.",
        not_happened="Nothing was opened.",
        next_step="Unlock it by logging in as the account that runs audit-kit, and run the command again.",
    )
