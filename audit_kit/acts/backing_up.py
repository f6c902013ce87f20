"""Backup and restore: the sealed store as it is, with a list by which every file is proved when it comes back.

What is sealed stays sealed. The service key is not in a backup: together they would open what still waits.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from audit_kit.config import load
from audit_kit.domain.clock import Clock
from audit_kit.domain.progress import EventKind
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit, opened
from audit_kit.places import folders_for, service_key_place
from audit_kit.store.disk import PART, Disk
from audit_kit.store.folders import Folders
from audit_kit.store.keys import open_keys

MANIFEST, JOURNAL = "manifest.json", "journal.sqlite"
_LEFT_OUT = ("lock", "lock.json", "models")  # models are put back from their wheels
_NO_BACKUP, _NO_RESTORE = "No backup was made.", "Nothing was restored or changed."


def back_up(kit: Kit, folder: Path) -> Path:
    """A new folder below ``folder`` with all that is in the store; its path.

    ``folder`` is made where the folder above it stands. UsageProblem when that is not there, as with a stick that is not
    plugged in or a slip in the path; and when it would lie in the store, in the inbox or in the outbox.
    """
    folder = folder.resolve()
    if not folder.is_dir() and not folder.parent.is_dir():
        raise UsageProblem(
            "The folder above the one that you named is not there.",
            where="the folder after audit-kit backup",
            not_happened=f"{_NO_BACKUP} No folder was made.",
            next_step="Connect the disk or stick, and look the path over; a folder that is to be new must lie in one that is there.",
        )
    for name, own in (("store", kit.folders.store), ("inbox", kit.folders.inbox), ("outbox", kit.folders.outbox)):
        if folder == own or own in folder.parents:
            raise UsageProblem(
                f"The backup would lie in the {name} folder.",
                not_happened=_NO_BACKUP,
                next_step="Choose a folder on another disk, such as a stick that is locked away.",
            )
    target = folder / f"audit-kit-backup-{kit.clock.now():%Y%m%d-%H%M%S}"
    if target.exists():
        raise UsageProblem("There is a backup of this second already.", not_happened=_NO_BACKUP, next_step="Try again.")
    database = kit.journal.snapshot()
    # without it, the line of events that lies in the store brings the database back
    digests = {JOURNAL: _kept(kit.disk, target, JOURNAL, database)} if database is not None else {}
    for path in _to_keep(kit.folders.store):
        name = path.relative_to(kit.folders.store).as_posix()
        digests[name] = _kept(kit.disk, target, name, path.read_bytes())
    said = {"made": kit.clock.now().isoformat(), "head": kit.journal.head(), "files": digests}
    # last: a folder without its list is no backup
    kit.disk.write(target / MANIFEST, json.dumps(said, indent=1, sort_keys=True).encode())
    codes = (("files", str(len(digests))), ("head", kit.journal.head()[:12]))
    kit.journal.noted(kit.event(EventKind.BACKED_UP, codes=codes), kit.clock.rehearsal is not None)
    return target


def restore(config_file: Path, backup: Path, clock: Clock) -> int:
    """Put a backup into an empty store; how many files. Everything is proved before anything is changed.

    UsageProblem when the store is not empty, when the backup is not whole, or when the service key does not open it.
    """
    config = load(config_file)
    folders = folders_for(config_file, config)
    if folders.store.exists() and any(path.name not in _LEFT_OUT for path in folders.store.iterdir()):
        raise UsageProblem(
            "The store is not empty.",
            where=str(folders.store),
            not_happened=_NO_RESTORE,
            next_step="Move it away as it is (never delete it), and run the command again.",
        )
    listed = _manifest(backup)
    contents = {name: _proved(backup, name, digest) for name, digest in listed.items()}
    keys = open_keys(
        folders.store, config.store.board_key, config.store.escrow_key, service_key_place(config_file, config)
    )
    sealed = next((contents[name] for name in sorted(contents) if name.startswith(("sessions/", "register/"))), None)
    if sealed is not None:
        keys.open_for_service(sealed)
    _put_back(folders, contents)
    with opened(config_file, clock, "restore") as kit:
        codes = (("files", str(len(contents))),)
        kit.journal.noted(kit.event(EventKind.RESTORED, codes=codes), clock.rehearsal is not None)
    return len(contents)


def _to_keep(store: Path) -> Iterator[Path]:
    for path in sorted(store.rglob("*")):
        top = path.relative_to(store).parts[0]
        if path.is_file() and top not in _LEFT_OUT and not top.startswith(JOURNAL) and not path.name.endswith(PART):
            yield path


def _kept(disk: Disk, target: Path, name: str, data: bytes) -> str:
    disk.write(target / "store" / name, data)
    return hashlib.sha256(data).hexdigest()


def _manifest(backup: Path) -> Mapping[str, str]:
    try:
        said = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
        return {str(name): str(digest) for name, digest in said["files"].items()}
    except (OSError, ValueError, KeyError, AttributeError):
        raise UsageProblem(
            "This folder is no whole backup: it has no list of its files.",
            not_happened=_NO_RESTORE,
            next_step="Name a folder called audit-kit-backup-..., as audit-kit backup made it.",
        ) from None


def _proved(backup: Path, name: str, digest: str) -> bytes:
    """One file of the backup, unchanged since it was made, from inside the backup."""
    path = (backup / "store" / name).resolve()
    inside = (backup / "store").resolve() in path.parents
    data = path.read_bytes() if inside and path.is_file() else b""
    if not inside or hashlib.sha256(data).hexdigest() != digest:
        raise AuditKitError(
            "The backup is damaged: a file of it is gone or was changed.",
            not_happened=_NO_RESTORE,
            next_step="Use an older backup, and keep this one for those who look after audit-kit.",
        )
    return data


def _put_back(folders: Folders, contents: Mapping[str, bytes]) -> None:
    """Write everything beside the store's place, then give it its name: a stop leaves no half store."""
    disk = Disk()
    beside = folders.store.with_name(folders.store.name + ".restoring")
    if beside.exists():  # what a restore that was stopped had put there, perhaps of another backup
        shutil.rmtree(beside)
    for name, data in contents.items():
        disk.write(beside / name, data)
    if folders.store.exists():
        for left in folders.store.iterdir():
            left.replace(beside / left.name)
        folders.store.rmdir()
    beside.replace(folders.store)
