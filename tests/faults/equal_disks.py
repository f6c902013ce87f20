"""Disks that are equal to the last byte need one look and one recovery: stops at neighbouring changes leave many such.

A verdict is shared only where nothing can differ: the clock stands still, and chance draws alike (``worked_out_once``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from worked_out_once import Chance

Verdict = Callable[[], list[str]]


class EachLookedAt:
    """Every disk is looked at by itself."""

    def run_begins(self, number: int) -> None:
        """The n-th run of a history begins."""

    def wrong(self, what: str, folder: Path, verdict: Verdict) -> list[str]:
        """What is wrong with the disk of this folder, in this respect."""
        return verdict()


EACH = EachLookedAt()


class EqualOnesOnce(EachLookedAt):
    """Of disks that are equal the first is looked at, and what was found holds for the others."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._known: dict[tuple[str, bytes], list[str]] = {}

    def run_begins(self, number: int) -> None:
        self._chance.begin(number)

    def wrong(self, what: str, folder: Path, verdict: Verdict) -> list[str]:
        disk = what, _state_of(folder)
        if disk not in self._known:
            self._known[disk] = verdict()
        return self._known[disk]


def _state_of(folder: Path) -> bytes:
    """A hash of every name and content below a folder; of the inbox's files also of their times, which a run looks at."""
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name, is_file = path.relative_to(folder).as_posix(), path.is_file()
        changed = path.stat().st_mtime_ns if is_file and name.startswith("inbox/") else 0
        content = hashlib.sha256(path.read_bytes()).hexdigest() if is_file else "a folder"
        state.update(repr((name, changed, content)).encode())
    return state.digest()
