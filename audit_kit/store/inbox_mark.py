"""The inbox's mark: a small file in it, by which an empty inbox is told from a share that is away.

The store keeps the same word. Where the two differ, the folder is not the one that was set up: what lies in it is taken
all the same, so that nothing is lost, but that it is empty is not believed.

Source: a share that is away looks like an empty folder; measured with removed and re-made inboxes.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from audit_kit.store.disk import Disk

NAME = ".audit-kit-inbox"
_KEPT = "inbox.mark"  # in the store
_TEXT = (
    "audit_kit's inbox is known by this file. Leave it here: without it the kit says that the inbox is away.\n"
    "Made anew with: audit-kit set-up --mark-inbox\n"
)


def mark(inbox: Path, store: Path, disk: Disk) -> None:
    """Mark this folder as the inbox from now on."""
    word = secrets.token_hex(16)
    disk.write(inbox / NAME, f"{_TEXT}{word}\n".encode())
    disk.write(store / _KEPT, f"{word}\n".encode())


def was_marked(store: Path) -> bool:
    """Whether any inbox of this store was ever marked: an installation of before is marked when it is next opened."""
    return (store / _KEPT).exists()


def is_marked(inbox: Path, store: Path) -> bool:
    """Whether this folder is the one that was marked. Also False when it can't be read just now."""
    word = _last_line(store / _KEPT)
    return bool(word) and _last_line(inbox / NAME) == word


def _last_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return ""
    return lines[-1] if lines else ""
