"""Workbooks that lie in the outbox to be marked: written when what they show changes, never over somebody's marks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from audit_kit.domain.outputs import Output
from audit_kit.kit import Kit


@dataclass(frozen=True)
class PaperKept:
    """What is remembered of one such workbook, by digests alone."""

    shows: str = ""  # what it shows
    written: str = ""  # the SHA-256 of the file as it was written
    left: str = ""  # what it should show, once somebody was told that it was left because it holds marks
    held: str = ""  # what it would show, when a name stood in it and it was held back


class Living(Enum):
    """How such a workbook stands."""

    STANDS = auto()  # it shows this already, or is held back because a name stands in it
    DUE = auto()  # it is to be written
    LEFT = auto()  # it shows something else, and somebody has begun to mark it


def how_it_stands(kit: Kit, kept_as: str, path: str, shows: str, when_begun: Callable[[], None]) -> Living:
    """Whether it lies there and shows this.

    ``kept_as``: under what name it is remembered; ``when_begun`` is called once when somebody has begun to mark the one
    that lies there: it is then left as it is.
    """
    kept = kit.vault.get(kept_as, PaperKept) or PaperKept()
    lies_there = (kit.folders.outbox / path).exists()
    if kept.held == shows or (kept.shows == shows and lies_there):
        return Living.STANDS
    if _is_untouched(kit, kept, path):
        return Living.DUE
    if kept.left != shows:
        kit.vault.put(kept_as, replace(kept, left=shows), PaperKept)
        when_begun()
    return Living.LEFT


def write_living(kit: Kit, kept_as: str, path: str, shows: str, data: bytes) -> bool:
    """Write a workbook that is due. Whether it lies there now: one in which a name stands is held back."""
    # known before it is written: a workbook that lies there is then never taken for one that somebody has marked
    now = PaperKept(shows, hashlib.sha256(data).hexdigest())
    kit.vault.put(kept_as, now, PaperKept)
    kit.carry_out(f"{kept_as}:{shows[:16]}:{kit.clock.now().isoformat()}", [], [Output(path, data)])
    if (kit.folders.outbox / path).exists():
        return True
    kit.vault.put(kept_as, replace(now, held=shows), PaperKept)
    return False


def take_away(kit: Kit, kept_as: str, path: str) -> Living:
    """Take it out of the outbox when its day is over, unless somebody has begun to mark it."""
    if not (kit.folders.outbox / path).exists():
        return Living.STANDS
    if _is_untouched(kit, kit.vault.get(kept_as, PaperKept) or PaperKept(), path):
        kit.withdraw(path)
    return Living.LEFT if (kit.folders.outbox / path).exists() else Living.STANDS


def _is_untouched(kit: Kit, kept: PaperKept, path: str) -> bool:
    """Whether the file that lies there, if any, is as it was written, or came through the inbox as it is."""
    file = kit.folders.outbox / path
    if not file.exists():
        return True
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    return sha == kept.written or kit.journal.item(sha) is not None
