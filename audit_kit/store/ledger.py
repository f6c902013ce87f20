"""The line of events beside the sealed originals: every change of the journal, in codes and hashes, one line each.

A line is durable before the database commits it. So the database can be rebuilt from these lines alone, and what
a stopped run wrote here but did not commit is taken up by the next. Each line's hash covers the one before it; a
line that a power cut tore is dropped, since nothing can have been committed after it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit_kit.errors import AuditKitError
from audit_kit.store.disk import Disk

FIRST = "0" * 64
_FORMAT = 2  # 1: before each sealed value carried its own name (store/values.py)
_CAN_BE_READ = (1, _FORMAT)

Row = dict[str, Any]
Change = tuple[str, Row]  # a table's name, and a whole row as it is from now on


@dataclass(frozen=True)
class Reading:
    """All changes in order. ``whole`` is false when a line other than the last does not fit.

    ``last``: how many of the changes are the last line's, which a run that was stopped may not have committed.
    """

    changes: tuple[Change, ...]
    whole: bool
    last: int = 0


class Ledger:
    """The file of lines. One process at a time writes it, under the store's lock."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk
        self._head = FIRST
        self._size = 0
        self._before = (FIRST, 0)

    def read(self) -> Reading:
        """Every change, and from now on append after the last whole line.

        AuditKitError when a newer version of the kit wrote it.
        """
        data = self._path.read_bytes() if self._path.exists() else b""
        changes: list[Change] = []
        rows: list[Change] = []
        self._head, self._size = FIRST, 0
        lines = data.splitlines(keepends=True)
        for number, line in enumerate(lines, start=1):
            read = _read(line, self._head)
            if read is None:
                # a power cut leaves the end away, or zeros where a block never reached the disk
                torn = number == len(lines) and (not line.endswith(b"\n") or b"\0" in line)
                if torn:
                    self._disk.cut(self._path, self._size)
                return Reading(tuple(changes), torn, len(rows))
            self._head, rows = read
            self._size += len(line)
            changes += rows
        return Reading(tuple(changes), True, len(rows))

    def append(self, changes: list[Change]) -> None:
        """Make one line durable. OSError when the disk refuses; ``undo`` then takes away what may have got there."""
        self._before = (self._head, self._size)
        body = _text(changes)
        head = _hash(self._head, body)
        line = f'{{"format":{_FORMAT},"hash":"{head}","changes":{body}}}\n'.encode()
        self._disk.append(self._path, line, after=self._size)
        self._head, self._size = head, self._size + len(line)

    def undo(self) -> None:
        """Take the last line away again: the database would not have it.

        When the disk refuses that, too, the next line takes its place; a stop before that, and it counts as decided.
        """
        self._head, self._size = self._before
        with contextlib.suppress(OSError):
            if self._path.exists():
                self._disk.cut(self._path, self._size)

    def replace(self, changes: list[Change]) -> None:
        """Write the whole anew from what the database holds, as one line."""
        self._head = FIRST
        body = _text(changes)
        self._head = _hash(FIRST, body)
        line = f'{{"format":{_FORMAT},"hash":"{self._head}","changes":{body}}}\n'.encode()
        self._disk.write(self._path, line)
        self._size = len(line)


def _read(line: bytes, before: str) -> tuple[str, list[Change]] | None:
    """Hash and changes of a line; None when it does not fit after the one before."""
    try:
        said = json.loads(line)
        version, head, changes = said["format"], said["hash"], said["changes"]
        rows = [(str(table), dict(row)) for table, row in changes]
    except (ValueError, KeyError, TypeError):
        return None
    if version not in _CAN_BE_READ:
        raise AuditKitError(
            "The line of events beside the originals was written by another version of audit-kit.",
            not_happened="Nothing was read or changed.",
            next_step="Install the newest version of audit-kit and run the command again.",
        )
    return (head, rows) if line.endswith(b"\n") and head == _hash(before, _text(changes)) else None


def _text(changes: Any) -> str:
    return json.dumps(changes, ensure_ascii=True, separators=(",", ":"))


def _hash(before: str, body: str) -> str:
    return hashlib.sha256(f"{before}{body}".encode()).hexdigest()
