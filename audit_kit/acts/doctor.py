"""Examine an installation before it is relied on: what is right, what is not, and what to ask IT for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from audit_kit.acts.small_forms import QA, SAMPLES
from audit_kit.acts.template_checks import check_templates
from audit_kit.config import Config, load
from audit_kit.domain.clock import Clock
from audit_kit.errors import AuditKitError
from audit_kit.kit import CLOCK_MAY_DIFFER
from audit_kit.places import folders_for, journal_url, service_key_file, service_key_place
from audit_kit.store import inbox_mark
from audit_kit.store.disk_encryption import is_encrypted
from audit_kit.store.folders import Folders, network_of, require_usable, shipped
from audit_kit.store.keys import open_keys
from audit_kit.store.synced import is_synced
from audit_kit.team_templates import TemplatesAlone

_LEAST_FREE = 2 * 1024**3
_LONG_PATH = 200  # Windows stops at 260 characters; what the kit writes below a folder takes up to 60
RIGHT, WRONG, NOT_KNOWN = "right", "wrong", "not known"


@dataclass(frozen=True)
class Found:
    """One thing that was examined. ``state``: ``right``, ``wrong`` or ``not known``.

    What is not right answers four things: what was found, where, what can't be relied on, what to do next. ``for_it``:
    whether it is IT that does it.
    """

    what: str
    state: str
    said: str
    where: str = ""
    means: str = ""
    next_step: str = ""
    for_it: bool = False


def examine(config_file: Path, today: date | None = None) -> tuple[Found, ...]:
    """Everything that can be seen from here. Nothing is changed, and nothing sealed is opened."""
    try:
        config = load(config_file)
        folders = folders_for(config_file, config)
        journal_url(folders, config)
    except AuditKitError as problem:
        return (_told("configuration", problem, str(config_file), "No command works."),)
    return (
        Found("configuration", RIGHT, "config.yaml is right, and no folder lies in another."),
        _tried(
            "folders and rights", "Every folder is there, with the rights that are needed.", "config.yaml, folders",
            lambda: require_usable(folders),
        ),
        _tried(
            "keys", "All keys are there, and the Board's is not the escrow's.", "config.yaml, store",
            lambda: open_keys(
                folders.store, config.store.board_key, config.store.escrow_key, service_key_place(config_file, config)
            ),
        ),
        _service_key(config_file, config),
        _rights_of_the_store(folders),
        _rights_of_the_others(folders),
        _store_place(folders),
        _inbox_place(folders),
        _inbox_mark(folders),
        *_templates(config, folders, today),
        _space(folders),
        _paths(folders),
        _clock(folders, today),
        *_encryption(folders),
        _retention(config),
        _office_programs(),
        Found(
            "backups", NOT_KNOWN, "Whether there are any can't be seen from here.", str(folders.store),
            "If this disk fails, what was received is lost.",
            "Back up the store (audit-kit backup) and the service key, each to a place of its own: whoever has both can "
            "open the register.",
        ),
    )  # fmt: skip


def _told(what: str, problem: AuditKitError, where: str, means: str) -> Found:
    return Found(what, WRONG, problem.what, problem.where or where, means, problem.next_step)


def _tried(what: str, right: str, where: str, look: Callable[[], object]) -> Found:
    try:
        look()
    except AuditKitError as problem:
        return _told(what, problem, where, "No command that needs this works.")
    return Found(what, RIGHT, right)


def _service_key(config_file: Path, config: Config) -> Found:
    what, store = "service key", folders_for(config_file, config).store
    if config.store.service_key == "keyring":
        return Found(
            what, RIGHT, "It is in the key store of this account, which opens with its login.",
            next_step="Keep the copy that set-up made apart: a new profile or a reset password loses the entry.",
        )  # fmt: skip
    path = service_key_file(config_file, config)
    if path.resolve().is_relative_to(store):
        return Found(
            what, WRONG, "It lies in the store.", str(path), "A copy of the store carries its own key, so it protects nothing.",
            "Move the key out of the store, and enter its place as service_key_file in config.yaml.",
        )  # fmt: skip
    if is_synced(path):
        return Found(
            what, WRONG, "It lies in a folder that is synced to other places.", str(path),
            "Whoever reaches one of those places can read it: of what is sealed, only this computer's disk then protects what waits.",
            "Move the key to a folder that no sync program touches, and enter its place as service_key_file in config.yaml.",
        )  # fmt: skip
    if os.name == "nt":
        return Found(
            what, NOT_KNOWN, "It lies apart from the store; who may read it can't be seen on Windows.", str(path),
            "Whoever can read it and the store can read what waits.",
            "Let only the account that runs audit-kit read the key and the store.", for_it=True,
        )  # fmt: skip
    if path.exists() and path.stat().st_mode & 0o077:
        return Found(
            what, WRONG, "Others on this computer can read it.", str(path), "Whoever can read it and the store can read what waits.",
            f"Run: chmod 600 {path}", for_it=True,
        )  # fmt: skip
    return Found(what, RIGHT, "It lies apart from the store, for its owner alone.")


def _rights_of_the_store(folders: Folders) -> Found:
    what = "rights to the store"
    if os.name != "nt" and folders.store.exists() and folders.store.stat().st_mode & 0o077:
        return Found(
            what, WRONG, "Others on this computer can look into it.", str(folders.store),
            "They see references, codes and hashes, and can copy what is sealed.", f"Run: chmod 700 {folders.store}",
            for_it=True,
        )  # fmt: skip
    return Found(what, RIGHT, "It is for its owner alone, as far as can be seen.")


def _rights_of_the_others(folders: Folders) -> Found:
    """Inbox and outbox may be shared by the team, through a group; not with everybody."""
    what = "rights to inbox and outbox"
    if os.name == "nt":
        return Found(
            what, NOT_KNOWN, "Who may read them can't be seen on Windows.", f"{folders.inbox} and {folders.outbox}",
            "What an agency sends lies open in the inbox until it is taken.",
            "Let only the Board's team and the account that runs audit-kit into them.", for_it=True,
        )  # fmt: skip
    open_to_all = [
        str(each) for each in (folders.inbox, folders.outbox) if each.exists() and each.stat().st_mode & 0o007
    ]
    if open_to_all:
        return Found(
            what, WRONG, "Everybody on this computer can look into them.", " and ".join(open_to_all),
            "What an agency sends lies open in the inbox until it is taken.", f"Run: chmod o-rwx {' '.join(open_to_all)}",
            for_it=True,
        )  # fmt: skip
    return Found(what, RIGHT, "They are for their owner or the team alone.")


def _store_place(folders: Folders) -> Found:
    if network := network_of(folders.store):
        return Found(
            "place of the store", WRONG, f"It lies on a network drive ({network}).", str(folders.store),
            "Locks and syncing to disk can't be relied on there: two machines could write at once.",
            "Give the account a folder on a local, encrypted disk.", for_it=True,
        )  # fmt: skip
    return Found("place of the store", RIGHT, "The store lies on this computer, in no synced folder.")


def _inbox_place(folders: Folders) -> Found:
    synced = [str(folder) for folder in (folders.inbox, folders.outbox) if is_synced(folder)]
    if synced:
        return Found(
            "place of inbox and outbox", WRONG, "A sync program claims the inbox or the outbox.", " and ".join(synced),
            "Versions and a recycle bin keep for weeks what the kit has removed.",
            "Use a library without versioning whose recycle bin is emptied on schedule.", for_it=True,
        )  # fmt: skip
    return Found(
        "place of inbox and outbox", RIGHT, "Neither is synced.",
        next_step="If the inbox is a share: switch off versioning, and empty its recycle bin on schedule.", for_it=True,
    )  # fmt: skip


def _inbox_mark(folders: Folders) -> Found:
    what = "mark of the inbox"
    if not inbox_mark.was_marked(folders.store):
        return Found(
            what, NOT_KNOWN, "The inbox has no mark yet.", str(folders.inbox),
            "An empty inbox can't be told from a share that is away.", "Run any command: the next one marks it.",
        )  # fmt: skip
    if not inbox_mark.is_marked(folders.inbox, folders.store):
        return Found(
            what, WRONG, f"The inbox lacks its mark ({inbox_mark.NAME}): it is not the folder that was set up.",
            str(folders.inbox), "That it is empty is not believed, and returns may be lying elsewhere.",
            "Connect the share. If this is the right folder, run: audit-kit set-up --mark-inbox",
        )  # fmt: skip
    return Found(what, RIGHT, "It is there: an empty inbox is told from a share that is away.")


def _templates(config: Config, folders: Folders, today: date | None) -> Iterator[Found]:
    """Each that is missing, and everything that ``templates check`` would say. A small form is told as what it is."""
    there = {path.name for path in folders.templates.iterdir()} if folders.templates.is_dir() else set()
    place = str(folders.templates)
    missing = sorted({path.name for path in shipped("templates").iterdir()} - there)
    faults = check_templates(TemplatesAlone(config, folders, Clock(today))) if there else ()
    for name in missing:
        yield Found(
            "templates",
            WRONG,
            f"{name} is missing.",
            place,
            _means(name),
            "Copy it from those that came with audit-kit.",
        )
    for fault in faults:
        if fault.template not in missing:
            yield Found(
                "templates",
                WRONG,
                fault.sentence,
                place,
                _means(fault.template),
                "Put it right there, and run: audit-kit templates check",
            )
    if not (missing or faults):
        yield Found("templates", RIGHT, "Every template is there and can be used.")


def _means(template: str) -> str:
    """What can't be relied on while a template is missing or faulty."""
    if template in (*SAMPLES, QA):
        return (
            "Nothing is held up: while it can't be used, this form is made from audit-kit's own layout, without your Board's "
            "changes to it."
        )
    return "Papers made of it are not written, or keep some readers out."


def _space(folders: Folders) -> Found:
    if not folders.store.exists():
        return Found(
            "free space", NOT_KNOWN, "The store is not there yet.", str(folders.store), "Nothing can be kept.", "Run: audit-kit set-up"
        )  # fmt: skip
    free = shutil.disk_usage(folders.store).free
    said = f"{free / 1024**3:.1f} GB free where the store is."
    if free > _LEAST_FREE:
        return Found("free space", RIGHT, said)
    return Found(
        "free space", WRONG, said, str(folders.store), "When the disk is full, returns wait in the inbox.",
        "Make room: at least 2 GB.", for_it=True,
    )  # fmt: skip


def _paths(folders: Folders) -> Found:
    longest = max((folders.inbox, folders.outbox, folders.store), key=lambda folder: len(str(folder)))
    if len(str(longest)) > _LONG_PATH:
        return Found(
            "length of paths", WRONG, f"A folder's path has {len(str(longest))} characters; Windows stops at 260.", str(longest),
            "Some papers can't be written or opened on Windows.",
            "Move the folders nearer to the top of the disk, or switch long paths on.", for_it=True,
        )  # fmt: skip
    return Found("length of paths", RIGHT, "Short enough for Windows.")


def _clock(folders: Folders, today: date | None) -> Found:
    now = datetime.now(UTC)
    written = max((path.stat().st_mtime for path in folders.store.glob("originals/*.jsonl")), default=0.0)
    last = datetime.fromtimestamp(written, UTC)
    if today is not None:
        return Found(
            "clock", NOT_KNOWN, "The date is set by --today for rehearsal.", "--today", "Deadlines are those of that day.",
            "Run it without --today.",
        )  # fmt: skip
    if now.year < 2026:
        return Found(
            "clock", WRONG, f"This computer believes it is {now:%d %B %Y}.", "this computer", "Deadlines and reminders are wrong.",
            "Set its clock from the network.", for_it=True,
        )  # fmt: skip
    if last - now > CLOCK_MAY_DIFFER:
        return Found(
            "clock", WRONG, f"It is {now.astimezone():%d %B %Y, %H:%M} here, but the journal was written on {last.astimezone():%d %B %Y, %H:%M}.",
            "this computer", "The clock went back, or was ahead: deadlines and reminders may be wrong.",
            "Set its clock from the network.", for_it=True,
        )  # fmt: skip
    return Found("clock", RIGHT, f"It is {now.astimezone():%d %B %Y, %H:%M} here.")


def _office_programs() -> Found:
    from audit_kit.office.page_numbers import office_program

    there = "is here" if office_program() else "would be used, if it were here,"
    return Found(
        "LibreOffice, Microsoft Office", RIGHT,
        f"The kit needs neither: it reads and writes the files itself. LibreOffice {there} for page numbers in the report's contents.",
    )  # fmt: skip


def _encryption(folders: Folders) -> Iterator[Found]:
    """Whether the disks are encrypted on which something lies open or sealed; each disk is told once."""
    told: set[bool | None] = set()
    for name, folder in (("store", folders.store), ("inbox", folders.inbox), ("outbox", folders.outbox)):
        known = is_encrypted(folder)
        if known in told:
            continue
        told.add(known)
        if known:
            yield Found("disk encryption", RIGHT, f"The disk of the {name} is encrypted.")
            continue
        said = "is not encrypted" if known is False else "may be encrypted: that can't be seen from this account"
        yield Found(
            "disk encryption", WRONG if known is False else NOT_KNOWN, f"The disk of the {name} {said}.", str(folder),
            "Whoever takes the computer can read what lies in inbox and outbox.",
            "Switch on BitLocker (or its like) for it, or confirm that it is on.", for_it=True,
        )  # fmt: skip


def _retention(config: Config) -> Found:
    if not config.retention.case_months:
        return Found(
            "retention", WRONG, "The Board has not decided how long a case is kept.", "config.yaml, retention → case_months",
            "Nothing is ever purged.", "Enter the number of months that the Board has decided.",
        )  # fmt: skip
    return Found("retention", RIGHT, f"A case is kept {config.retention.case_months} months after its Board meeting.")
