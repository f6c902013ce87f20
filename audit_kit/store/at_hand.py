"""Which received content is being worked on now, so that one that kills the kit is found out.

What it says outlives a kill, and is forgotten whenever work on the content ends in any other way. It is not synced: a
power cut is no fault of a file's, and two syncs for each file would be the dearest part of reading it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audit_kit.store.disk import Disk

NAME = "at-hand"  # in the store
_SHA = re.compile(r"[0-9a-f]{64}")
_NOTHING = b" " * 64  # as long as a content's name, so that the file keeps its size


class AtHand:
    """The one content at hand."""

    def __init__(self, store: Path, disk: Disk) -> None:
        self._path, self._disk = store / NAME, disk

    @contextmanager
    def working_on(self, sha: str) -> Iterator[None]:
        """Have this content at hand until the block ends, however it ends but by a kill."""
        self._disk.jot(self._path, sha.encode())
        try:
            yield
        finally:
            self._disk.jot(self._path, _NOTHING)

    def left_by_a_kill(self) -> str:
        """The content that was at hand when the last run was killed, "" when none was. Asked once: it is forgotten."""
        try:
            said = self._path.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return ""
        if said:
            self._disk.jot(self._path, _NOTHING)
        return said if _SHA.fullmatch(said) else ""
