"""Examine an installation before it is relied on: what is right, what is not, and what to ask IT for."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from audit_kit.config import Config, load
from audit_kit.errors import AuditKitError
from audit_kit.kit import folders_for, service_key_file, service_key_place
from audit_kit.store import inbox_mark
from audit_kit.store.folders import Folders, is_synced, network_of, require_usable
from audit_kit.store.keys import open_keys

_LEAST_FREE = 2 * 1024**3
_LONG_PATH = 200  # Windows stops at 260 characters; what the kit writes below a folder takes up to 60


@dataclass(frozen=True)
class Found:
    """One thing that was examined. ``state``: ``right``, ``wrong`` or ``not known``."""

    what: str
    state: str
    said: str
    ask_it: str = ""


def examine(config_file: Path, today: date | None = None) -> tuple[Found, ...]:
    """Everything that can be seen from here. Nothing is changed, and nothing sealed is opened."""
    try:
        config = load(config_file)
        folders = folders_for(config_file, config)
    except AuditKitError as problem:
        return (Found("configuration", "wrong", problem.sentence()),)
    found = [
        Found("configuration", "right", "config.yaml is right, and no folder lies in another."),
        _tried("folders and rights", "Every folder is there, with the rights that are needed.", lambda: require_usable(folders)),
        _tried("keys", "All keys are there, and the Board's is not the escrow's.", lambda: _keys(config_file, config, folders)),
        _service_key(config_file, config, folders),
        _store_place(folders),
        _inbox_place(folders),
        _inbox_mark(folders),
        _templates(folders),
        _space(folders),
        _paths(folders),
        _clock(today),
        _encryption(),
        _retention(config),
        _office_programs(),
        Found("backups", "not known", "Whether the service key and the register are backed up to two places can't be seen from here.",
              "Back up the store and the service key to two different places: whoever has both can open the register."),
    ]  # fmt: skip
    return tuple(found)


def _tried(what: str, right: str, look: object) -> Found:
    try:
        look()  # type: ignore[operator]
    except AuditKitError as problem:
        return Found(what, "wrong", problem.sentence())
    return Found(what, "right", right)


def _keys(config_file: Path, config: Config, folders: Folders) -> None:
    open_keys(folders.store, config.store.board_key, config.store.escrow_key, service_key_place(config_file, config))


def _service_key(config_file: Path, config: Config, folders: Folders) -> Found:
    if config.store.service_key == "keyring":
        return Found("service key", "right", "It is in the key store of this account, which opens with its login.",
                     "Keep the copy that set-up made apart: a new profile or a reset password loses the entry.")  # fmt: skip
    path = service_key_file(config_file, config)
    if path.resolve().is_relative_to(folders.store):
        return Found("service key", "wrong", "It lies in the store: a copy of the store would carry its own key.",
                     "Move the service key out of the store.")  # fmt: skip
    if os.name != "nt" and path.exists() and path.stat().st_mode & 0o077:
        return Found("service key", "wrong", "Others on this computer can read it.", f"Run: chmod 600 {path}")
    if os.name != "nt" and folders.store.exists() and folders.store.stat().st_mode & 0o077:
        return Found("service key", "wrong", "Others on this computer can look into the store.",
                     f"Run: chmod 700 {folders.store}")  # fmt: skip
    on_windows = "On Windows, rights can't be seen from here. " if os.name == "nt" else ""
    return Found("service key", "not known" if on_windows else "right",
                 f"{on_windows}It lies apart from the store, for its owner alone.",
                 "Let only the account that runs audit-kit read the store and the key." if on_windows else "")  # fmt: skip


def _store_place(folders: Folders) -> Found:
    if network := network_of(folders.store):
        return Found("place of the store", "wrong", f"The store lies on a network drive ({network}).",
                     "Give the account a folder on a local, encrypted disk.")  # fmt: skip
    return Found("place of the store", "right", "The store lies on this computer, in no synced folder.")


def _inbox_place(folders: Folders) -> Found:
    if is_synced(folders.inbox) or is_synced(folders.outbox):
        return Found("place of inbox and outbox", "wrong",
                     "The inbox or outbox is synced: versions and a recycle bin keep what the kit removed.",
                     "Use a library without versioning whose recycle bin is emptied on schedule.")  # fmt: skip
    return Found("place of inbox and outbox", "right", "Neither is synced.",
                 "If the inbox is a share: switch off versioning, and empty its recycle bin on schedule.")  # fmt: skip


def _inbox_mark(folders: Folders) -> Found:
    if not inbox_mark.was_marked(folders.store):
        return Found("mark of the inbox", "not known", "The inbox has no mark yet: the next command gives it one.")
    if not inbox_mark.is_marked(folders.inbox, folders.store):
        return Found("mark of the inbox", "wrong", f"The inbox lacks its mark ({inbox_mark.NAME}): it is not the folder that was set up.",
                     "Connect the share. If this is the right folder, run: audit-kit set-up --mark-inbox")  # fmt: skip
    return Found("mark of the inbox", "right", "It is there: an empty inbox is told from a share that is away.")


def _templates(folders: Folders) -> Found:
    from audit_kit.store.folders import shipped

    missing = sorted({path.name for path in shipped("templates").iterdir()} - {p.name for p in _in(folders.templates)})
    if missing:
        return Found("templates", "wrong", f"Missing: {', '.join(missing)}. Copy them from the ones that came with it.")
    return Found("templates", "right", "All are there; audit-kit templates check looks into them.")


def _in(folder: Path) -> tuple[Path, ...]:
    return tuple(folder.iterdir()) if folder.is_dir() else ()


def _space(folders: Folders) -> Found:
    if not folders.store.exists():
        return Found("free space", "not known", "The store is not there yet.")
    free = shutil.disk_usage(folders.store).free
    said = f"{free / 1024**3:.1f} GB free where the store is."
    return Found("free space", "right" if free > _LEAST_FREE else "wrong", said,
                 "" if free > _LEAST_FREE else "Make room: at least 2 GB.")  # fmt: skip


def _paths(folders: Folders) -> Found:
    longest = max(len(str(folder)) for folder in (folders.inbox, folders.outbox, folders.store))
    if longest > _LONG_PATH:
        return Found("length of paths", "wrong", f"A folder's path has {longest} characters; Windows stops at 260.",
                     "Move the folders nearer to the top of the disk, or switch long paths on.")  # fmt: skip
    return Found("length of paths", "right", "Short enough for Windows.")


def _clock(today: date | None) -> Found:
    now = datetime.now(UTC)
    if today is not None:
        return Found("clock", "not known", "The date is set by --today for rehearsal.")
    if now.year < 2025:
        return Found(
            "clock", "wrong", f"This computer believes it is {now:%d %B %Y}.", "Set its clock from the network."
        )
    return Found(
        "clock", "right", f"It is {now.astimezone():%d %B %Y, %H:%M} here.", "Keep the clock set from the network."
    )


def _office_programs() -> Found:
    from audit_kit.office.page_numbers import office_program

    there = "is here" if office_program() else "would be used, if it were here,"
    return Found(
        "LibreOffice, Microsoft Office", "right",
        f"The kit needs neither: it reads and writes the files itself. LibreOffice {there} for page numbers in the report's contents.",
    )  # fmt: skip


def _encryption() -> Found:
    return Found("disk encryption", "not known", "Whether the disk is encrypted can't be seen without special rights.",
                 "Confirm that BitLocker (or its like) is on for the disk of inbox, outbox and store.")  # fmt: skip


def _retention(config: Config) -> Found:
    if not config.retention.case_months:
        return Found(
            "retention", "wrong", "The Board has not decided how long a case is kept (retention → case_months)."
        )
    return Found("retention", "right", f"A case is kept {config.retention.case_months} months after its Board meeting.")
