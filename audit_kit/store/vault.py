"""What was received, from its first sealed copy to the original of its case, and what is destroyed with a case.

An original is sealed to its case's key, which the service can't read back. Until it is filed there, and while something
waits for a person, a working copy lies under the service key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from audit_kit.errors import HeldUp
from audit_kit.store.disk import PART
from audit_kit.store.keys import INTAKE
from audit_kit.store.values import DIGESTS, Values, misplaced_file


class Vault(Values):
    """All that is sealed in one store: its values, and what was received."""

    @staticmethod
    def digest(data: bytes) -> str:
        """The SHA-256 by which a content is known."""
        return hashlib.sha256(data).hexdigest()

    def stage(self, contents: Iterable[bytes]) -> tuple[str, ...]:
        """Keep received contents, durably and sealed, before anything else happens to them. Gives their SHA-256."""
        by_sha = {self.digest(data): data for data in contents}
        new = ((self._work(sha), data) for sha, data in by_sha.items() if not self._work(sha).exists())
        self._disk.write_all((path, self._keys.seal_for_service(data)) for path, data in new)
        return tuple(by_sha)

    def staged(self, sha: str) -> bytes | None:
        """The received content while it is being worked on or waits for a person; None once it is filed away.

        AuditKitError when another content lies there.
        """
        path = self._work(sha)
        if not path.exists():
            return None
        data = self._keys.open_for_service(path.read_bytes())
        if self.digest(data) != sha:
            raise misplaced_file(f"store/work/{sha[:8]}")
        return data

    def file_original(self, sha: str, case_key: str = INTAKE) -> None:
        """Seal the original to its case's key, for good. The service can't read it back. Again: nothing changes.

        HeldUp when there is nothing left to seal: an original is never taken for filed that is not.
        """
        path = self.original(sha, case_key)
        if path.exists():
            return
        data = self.staged(sha)
        if data is None:
            raise HeldUp(
                "The sealed working copy of a received file is gone.",
                not_happened="Its original was not filed.",
                next_step="Put it back from the backup, and run audit-kit process again.",
            )
        self._keys.make_case_key(case_key, self._disk)
        sealed = self._keys.seal_for_case(case_key, data)
        # noted before it has its name: when a stop comes between, it is sealed anew, and the later line counts
        self._write(path, sealed, {path.parent / DIGESTS: f"\n{sha} {self.digest(sealed)}\n".encode()})

    def make_case_key(self, case_key: str) -> None:
        """Make the key pair of a case, if it has none."""
        self._keys.make_case_key(case_key, self._disk)

    def original(self, sha: str, case_key: str = INTAKE) -> Path:
        """Where the sealed original of a content lies."""
        return self._folder / "originals" / case_key / f"{sha}.age"

    def open_original(self, sha: str, case_key: str, private_key: str) -> bytes:
        """What was filed, opened with the Board's or the escrow's private key. UsageProblem for another key.

        AuditKitError when it is another content than the one that was received.
        """
        data = self._keys.open_with(case_key, self.original(sha, case_key).read_bytes(), private_key)
        if self.digest(data) != sha:
            raise misplaced_file(f"store/originals/{case_key}/{sha[:8]}")
        return data

    def is_filed(self, sha: str) -> bool:
        """Whether the original of this content is sealed to any case's key."""
        return any((self._folder / "originals").rglob(f"{sha}.age"))

    def originals(self) -> dict[str, tuple[str, Path]]:
        """Every sealed original: its SHA-256, the name of its case's key and where it lies."""
        top = self._folder / "originals"
        return {
            path.name.removesuffix(".age"): (path.parent.relative_to(top).as_posix(), path)
            for path in sorted(top.rglob("*.age"))
        }

    def changed_originals(self) -> tuple[str, ...]:
        """Originals whose sealed file is not as it was when it was filed. Needs no key: age doesn't say who sealed it."""
        there = self.originals()
        listed = {folder: self._sealed_digests(folder) for folder in {path.parent for _, path in there.values()}}
        return tuple(
            sha for sha, (_, path) in there.items()
            if self.digest(path.read_bytes()) != listed[path.parent].get(sha)
        )  # fmt: skip

    @staticmethod
    def _sealed_digests(folder: Path) -> dict[str, str]:
        listed = folder / DIGESTS
        lines = listed.read_text(encoding="ascii", errors="replace").splitlines() if listed.exists() else []
        pairs = [line.split() for line in lines]
        return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}

    def has_case_key(self, case_key: str) -> bool:
        """Whether the sealed private key of a case is there."""
        return (self._folder / "keys" / f"{case_key}.key.age").exists()

    def destroy_case(self, case: str) -> None:
        """Destroy a case's key, then every other file that bears its name (``2026-A2-NEG/H3``). Again: the rest goes.

        A kind of file that is new goes, too: it is found by its name, not in a list of kinds. The public half of the
        key stays: with it nothing can be opened, and no new key is ever made for the case.
        """
        self._disk.remove_if_there(self._folder / "keys" / f"{case}.key.age")
        session, _, ref = case.partition("/")
        for path in self._sealed_files():
            _, *rest = path.relative_to(self._folder).with_suffix("").parts
            if rest[:2] == [session, ref] or f"{rest[0]}_".startswith(f"{session}_{ref}_"):
                self._remove(path)

    def destroy_of_session(self, session: str, *, keeping: tuple[str, ...]) -> None:
        """Destroy what is kept of a session as a whole (``written/2026-A2-NEG``), but for these kinds. Again: the rest goes."""
        for path in self._sealed_files():
            kind, *rest = path.relative_to(self._folder).with_suffix("").parts
            if kind not in keeping and rest[0].partition("-engagement")[0] == session and len(rest) == 1:
                self._remove(path)

    def destroy_received(self, sha: str) -> None:
        """Destroy all that is kept of one received content, wherever it is filed. Again: the rest goes."""
        for path in self._sealed_files():
            if path.name == f"{sha}.age":
                self._disk.remove(path)

    def destroy_papers(self, mine: Callable[[str], bool]) -> None:
        """Destroy the papers that were held back and that belong to what is destroyed: told by their outbox path."""
        for name in self.names("quarantine"):
            path, _ = json.loads(self.get_bytes(name) or b'["", ""]')
            if mine(path):
                self.remove(name)

    def staged_shas(self) -> tuple[str, ...]:
        """The contents that have a working copy."""
        return tuple(name.removeprefix("work/") for name in self.names("work"))

    def unstage(self, sha: str) -> None:
        """Remove the working copy of what is filed. One that a power cut brings back goes at the next start."""
        self._disk.forget(self._work(sha))

    def _work(self, sha: str) -> Path:
        return self._folder / "work" / f"{sha}.age"

    # --- what was read of them -------------------------------------------------------------------------

    def keep_reading(self, sha: str, data: bytes) -> None:
        """Seal what was read of a content, for this pass: so that it need not be read again, and memory stays flat.

        Not synced, since it can be read again, and under the name of a part file: the next start takes away what is left.
        """
        self._disk.jot(self._reading(sha), self._named(f"readings/{sha}", data))

    def reading(self, sha: str) -> bytes | None:
        """What was read of a content in this pass; None when nothing was, or it is forgotten.

        AuditKitError for what was read of another content.
        """
        path = self._reading(sha)
        return self._opened_as(f"readings/{sha}", path) if path.exists() else None

    def forget_reading(self, sha: str) -> None:
        """Remove what was read of a content."""
        self._disk.forget(self._reading(sha))

    def _reading(self, sha: str) -> Path:
        return self._folder / "readings" / f"{sha}{PART}"
