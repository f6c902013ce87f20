"""The keys: who can open what. age keys throughout, through pyrage; no format of our own.

* The Board and the escrow each have a key pair; the kit knows their public halves alone.
* Each case has a key pair. Originals are sealed to its public half; its private half is sealed to the Board
  and the escrow, so that what is filed the service can't read back, and destroying one small file (``purge``)
  destroys the case.
* The service key opens what must be read again before a case closes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.store.disk import Disk
from audit_kit.store.os_key_store import KeyStoreEntry

INTAKE = "intake"  # the key for what came but belongs to no case that we know


@dataclass(frozen=True)
class KeyPair:
    """A private age key with its public half."""

    private: str
    public: str


def new_key_pair() -> KeyPair:
    """A fresh age key pair."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    return KeyPair(str(identity), str(identity.to_public()))


def key_pair_of(private: str) -> KeyPair:
    """The pair of this private key. UsageProblem when it is none."""
    return KeyPair(private, _public_of(private))


def seal(data: bytes, *public_keys: str) -> bytes:
    """The data, sealed so that the holder of any one of these keys can open it."""
    import pyrage

    sealed = BytesIO()  # bit by bit: all at once, the whole would be there twice more
    pyrage.encrypt_io(BytesIO(data), sealed, [pyrage.x25519.Recipient.from_str(key) for key in public_keys])
    return sealed.getvalue()


def unseal(sealed: bytes, private_key: str) -> bytes:
    """What was sealed. AuditKitError's subclass UsageProblem when this key does not open it."""
    import pyrage

    try:
        return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(private_key)]))
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise UsageProblem(
            "This key does not open what is sealed here.",
            not_happened="Nothing was opened or changed.",
            next_step="Use the key that was in force when it was sealed; a restored backup needs its own keys.",
        ) from None


def is_public_key(text: str) -> bool:
    """Whether this reads as a public age key."""
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


@dataclass(frozen=True)
class Keys:
    """The keys of one store. Made by ``open_keys``."""

    folder: Path  # of the sealed case keys
    service: KeyPair
    board_public: str
    escrow_public: str

    def seal_for_service(self, data: bytes) -> bytes:
        """Sealed so that the service can read it again."""
        return seal(data, self.service.public)

    def open_for_service(self, sealed: bytes) -> bytes:
        """What ``seal_for_service`` sealed."""
        return unseal(sealed, self.service.private)

    def make_case_key(self, name: str, disk: Disk) -> None:
        """Make the case's key pair if it has none. ``name`` is ``2026-A2-NEG/H3`` or ``INTAKE``.

        The sealed private half is written first: a public half without it would seal for ever, so
        AuditKitError when that is what there is.
        """
        public, private = self.folder / f"{name}.pub", self.folder / f"{name}.key.age"
        if public.exists() and private.exists():
            return
        if public.exists():
            raise AuditKitError(
                "The sealed private key of a case is gone from the store, so what is filed there could never be opened.",
                where=f"keys/{name}.key.age",
                not_happened="Nothing was filed under this case.",
                next_step="Put it back from the backup. If the case was closed and purged, nothing more can be filed.",
            )
        pair = new_key_pair()
        disk.write(
            private,
            seal(pair.private.encode(), self.board_public, self.escrow_public),
        )
        disk.write(public, pair.public.encode())

    def seal_for_case(self, name: str, data: bytes) -> bytes:
        """Sealed to the case's key: only the Board or the escrow can open it."""
        return seal(data, (self.folder / f"{name}.pub").read_text(encoding="ascii"))

    def open_with(self, name: str, sealed: bytes, private_key: str) -> bytes:
        """What ``seal_for_case`` sealed, opened with the Board's or the escrow's private key."""
        case_private = unseal((self.folder / f"{name}.key.age").read_bytes(), private_key).decode()
        return unseal(sealed, case_private)


def open_keys(store: Path, board_public: str, escrow_public: str, service_key: Path | KeyStoreEntry) -> Keys:
    """The store's keys. UsageProblem when one is missing: nothing is then taken from the inbox.

    ``service_key``: the file in which it lies, or its entry in the operating system's key store.

    Never "file it unsealed": without keys no command that receives or writes runs at all.
    """
    in_file = isinstance(service_key, Path)
    private = read_private_key(service_key)
    missing = [
        name
        for name, present in (
            ("the Board's public key (store → board_key)", is_public_key(board_public)),
            ("the escrow's public key (store → escrow_key)", is_public_key(escrow_public)),
            ("the service key file" if in_file else "the service key in the system's key store", private is not None),
        )
        if not present
    ]
    if missing:
        raise UsageProblem(
            f"The store has no keys yet, or not all of them: {', '.join(missing)}.",
            not_happened="Nothing was taken from the inbox and nothing was written.",
            next_step="Run audit-kit set-up to make them, and keep the Board's and the escrow's private keys apart.",
        )
    if board_public == escrow_public:
        raise UsageProblem(
            "The Board's key and the escrow's key are the same.",
            where="config.yaml, store",
            not_happened="Nothing was opened.",
            next_step="Give the escrow a key pair of its own, kept by somebody else.",
        )
    service = key_pair_of(private or "")
    if service.public in (board_public, escrow_public):
        raise UsageProblem(
            "The service key is the private key of the Board or of the escrow.",
            not_happened="Nothing was opened.",
            next_step="Give the service a key of its own: it must not be able to open what is filed.",
        )
    return Keys(store / "keys", service, board_public, escrow_public)


def read_private_key(place: Path | KeyStoreEntry) -> str | None:
    """The private key that is kept there, None when there is none."""
    if isinstance(place, Path):
        return place.read_text(encoding="utf-8", errors="replace").strip() if place.is_file() else None
    return place.read() or None


def write_private_key(path: Path, private: str) -> None:
    """Write a private key into a new file that its owner alone may read. FileExistsError when there is one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(private + "\n")


def _public_of(private: str) -> str:
    import pyrage

    try:
        return str(pyrage.x25519.Identity.from_str(private).to_public())
    except pyrage.IdentityError:
        raise UsageProblem(
            "The key file does not hold an age key.",
            not_happened="Nothing was opened.",
            next_step="Put the key file back from where the team keeps it, or run audit-kit set-up.",
        ) from None
