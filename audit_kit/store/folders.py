"""Where everything lies, and why some arrangements are refused before anything is done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from audit_kit.errors import UsageProblem
from audit_kit.store.synced import is_synced


@dataclass(frozen=True)
class Folders:
    """The four folders of one installation, resolved, and the one of its configuration file."""

    inbox: Path
    outbox: Path
    templates: Path
    store: Path
    base: Path


def folders_of(base: Path, inbox: str, outbox: str, templates: str, store: str) -> Folders:
    """The folders as configured. Relative ones lie beside the configuration file.

    UsageProblem when one lies inside another: an outbox in the inbox would feed the kit its own output, and a
    store inside either would be carried off by whatever syncs them.
    """
    found = Folders(
        inbox=_resolved(base, inbox),
        outbox=_resolved(base, outbox),
        templates=_resolved(base, templates),
        store=_resolved(base, store) if store else _default_store(base),
        base=base.resolve(),
    )
    named = {"inbox": found.inbox, "outbox": found.outbox, "templates": found.templates, "store": found.store}
    for name, folder in named.items():
        for other, outer in named.items():
            if name != other and (folder == outer or outer in folder.parents):
                raise UsageProblem(
                    f"The {name} folder lies in the {other} folder." if folder != outer
                    else f"The {name} folder and the {other} folder are the same.",
                    where="config.yaml, folders and store",
                    not_happened="Nothing was done.",
                    next_step="Give each a folder of its own, side by side.",
                )  # fmt: skip
    if network := network_of(found.store):
        raise UsageProblem(
            f"The store lies on a network drive ({network}), where locks and syncing to disk can't be relied on.",
            where="config.yaml, store → folder",
            not_happened="Nothing was done.",
            next_step="Choose a folder on a disk of this computer.",
        )
    if is_synced(found.store):
        raise UsageProblem(
            "The store lies in a folder that is synced to other places.",
            where="config.yaml, store → folder",
            not_happened="Nothing was done.",
            next_step="Choose a folder on this computer that no sync program touches.",
        )
    return found


_NETWORK = ("nfs", "cifs", "smb", "afs", "9p", "sshfs", "webdav", "davfs", "glusterfs", "ceph", "lustre")


def network_of(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of network drive that a folder lies on; "" for a disk of this computer, or where it can't be seen."""
    if str(folder).startswith(("\\\\", "//")):
        return "a share"
    if os.name == "nt":
        import ctypes

        remote = 4  # DRIVE_REMOTE
        windll = getattr(ctypes, "windll", None)
        return "a mapped drive" if windll and windll.kernel32.GetDriveTypeW(folder.anchor) == remote else ""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    above = {str(path) for path in (folder, *folder.parents)}
    over = [(len(line[1]), line[2]) for line in lines if len(line) > 2 and line[1].replace("\\040", " ") in above]
    kind = max(over)[1] if over else ""
    return kind if kind.removeprefix("fuse.").startswith(_NETWORK) else ""


def require_usable(folders: Folders) -> None:
    """UsageProblem unless every folder is there and may be read or written as it must be."""
    make = "Make the folder, or connect the drive it is on, and run the command again."
    # an empty store would be no store: only set-up makes one
    set_up = "If audit-kit was never set up here, run: audit-kit set-up. Else connect the drive it is on."
    for name, folder, rights, next_step in (
        ("inbox", folders.inbox, os.R_OK | os.W_OK | os.X_OK, make),
        ("outbox", folders.outbox, os.R_OK | os.W_OK | os.X_OK, make),
        ("templates", folders.templates, os.R_OK | os.X_OK, make),
        ("store", folders.store, os.R_OK | os.W_OK | os.X_OK, set_up),
    ):
        if not folder.is_dir():
            raise UsageProblem(
                f"There is no {name} folder at {folder}.",
                not_happened="Nothing was taken from the inbox and nothing was written.",
                next_step=next_step,
            )
        if not os.access(folder, rights):
            raise UsageProblem(
                f"The {name} folder at {folder} can't be {'written to' if rights & os.W_OK else 'read'}.",
                not_happened="Nothing was taken from the inbox and nothing was written.",
                next_step="Ask IT for the right to do so, and run the command again.",
            )


def shipped(name: str) -> Path:
    """A file or folder that comes with the kit: ``templates`` or ``config.yaml``."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped" / name
    return installed if installed.exists() else package.parent / name


def _resolved(base: Path, folder: str) -> Path:
    return (base / Path(folder).expanduser()).resolve()


def _default_store(base: Path) -> Path:
    """The user's own application data, a folder for each place of a configuration file."""
    import hashlib

    from platformdirs import user_data_path

    place = hashlib.sha256(str(base.resolve()).encode()).hexdigest()[:8]
    return user_data_path("audit-kit", appauthor=False) / f"store-{place}"
