"""A model of a disk: from the calls that a program made, what it holds when the power goes at any of them.

Strict where systems differ: a name is kept only once its folder was synced, data only once their file was, and of what
was not synced any part may be there or not, in any order.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from traced import Change

from audit_kit.store.disk import PART

_BLOCK = 4096


@dataclass
class _File:
    """Data as programs see them, as they were synced, and the writes since then."""

    now: bytearray
    synced: bytes = b""
    since: list[tuple[int, bytes]] = field(default_factory=list)  # place and data; place -1: cut to len(data)
    _found: dict[Loss, bytes] = field(default_factory=dict)

    def found(self, loss: Loss) -> bytes:
        """What a restart finds. The same object while nothing changed: an image holds 200 files, of which one did."""
        if not self.since:
            return self.synced
        if loss not in self._found:
            self._found[loss] = loss(self)
        return self._found[loss]

    def write(self, at: int, data: bytes) -> None:
        place = len(self.now) if at < 0 else at
        self.now.extend(bytes(max(0, place - len(self.now))))
        self.now[place : place + len(data)] = data
        self.since.append((place, data))
        self._found.clear()

    def cut(self, size: int) -> None:
        del self.now[size:]
        self.now.extend(bytes(size - len(self.now)))
        self.since.append((-1, bytes(size)))
        self._found.clear()

    def sync(self) -> None:
        if self.since:
            self.synced, self.since = bytes(self.now), []


Loss = Callable[["_File"], bytes]
Image = dict[str, bytes | None]  # path -> content; None for a folder


@dataclass
class Disk:
    """The files below one folder. ``named`` is what programs see, ``kept`` what the disk would still know."""

    named: dict[str, _File | None]
    kept: dict[str, _File | None]

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """Everything that is there now, synced."""
        named: dict[str, _File | None] = {}
        for path in sorted(folder.rglob("*")):
            data = path.read_bytes() if path.is_file() else None
            named[path.relative_to(folder).as_posix()] = None if data is None else _File(bytearray(data), data)
        return cls(named, dict(named))

    def apply(self, change: Change) -> None:
        """One change, as the system carries it out."""
        match change.kind:
            case "make folder":
                self.named[change.path] = None
            case "make file":
                self.named.setdefault(change.path, _File(bytearray()))
            case "write":
                self._file(change.path).write(change.at, change.data)
            case "cut":
                self._file(change.path).cut(change.at)
            case "rename":
                self.named[change.to] = self.named.pop(change.path)
            case "remove":
                del self.named[change.path]
            case "sync":
                self._sync(change.path)

    def _file(self, path: str) -> _File:
        file = self.named[path]
        assert file is not None
        return file

    def _sync(self, path: str) -> None:
        file = self.named.get(path)
        if file is not None:
            file.sync()
            return
        self.kept = {name: file for name, file in self.kept.items() if _folder(name) != path}
        self.kept |= {name: file for name, file in self.named.items() if _folder(name) == path}

    def image(self, names: dict[str, _File | None], data: Loss) -> Image:
        """What is found after a restart. A name in a folder that has none is lost with it."""
        found: Image = {}
        for path in sorted(names):
            above = _folder(path)
            if not above or found.get(above, b"") is None:
                file = names[path]
                found[path] = None if file is None else file.found(data)
        return found

    def some_names(self, chance: random.Random) -> dict[str, _File | None]:
        """Of every folder, all its names or only those that were synced."""
        folders = sorted({_folder(path) for path in (*self.named, *self.kept)})
        newer = {folder: chance.random() < 0.5 for folder in folders}
        kept = {path: file for path, file in self.kept.items() if not newer[_folder(path)]}
        return kept | {path: file for path, file in self.named.items() if newer[_folder(path)]}


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


# --- what becomes of data that were not synced ---------------------------------------------------------------------


def all_data(file: _File) -> bytes:
    return bytes(file.now)


def synced_data(file: _File) -> bytes:
    return file.synced


def half_the_data(file: _File) -> bytes:
    """The first half of what was written since, and half of the write in the middle."""
    middle = len(file.since) // 2
    found = _played(file.synced, file.since[:middle])
    if middle < len(file.since):
        at, data = file.since[middle]
        found = _played(found, [(at, data if at < 0 else data[: len(data) // 2])])
    return found


def zeros(file: _File) -> bytes:
    """The size is there, the data are not."""
    return _played(file.synced, [(at, data if at < 0 else bytes(len(data))) for at, data in file.since])


def some_data(chance: random.Random) -> Loss:
    """Of what was written since, some blocks and not others."""

    def lost(file: _File) -> bytes:
        blocks = [
            (at + start, data[start : start + _BLOCK])
            for at, data in file.since
            if at >= 0
            for start in range(0, len(data), _BLOCK)
        ]
        return _played(file.synced, [block for block in blocks if chance.random() < 0.5])

    return lost


def _played(content: bytes, writes: Iterable[tuple[int, bytes]]) -> bytes:
    file = _File(bytearray(content))
    for at, data in writes:
        if at < 0:
            file.cut(len(data))
        else:
            file.write(at, data)
    return bytes(file.now)


# --- every image ---------------------------------------------------------------------------------------------------

KILLED = "killed"
POWER_CUTS = ("nothing unsynced", "names without data", "data without names", "half the data", "zeros", "some of it")


def images(before: Disk, changes: Iterable[Change], seed: int = 1) -> Iterator[tuple[int, str, Image]]:
    """After each change, how a restart would find the disk: after a kill, and after each sort of power cut."""
    disk = before
    for number, change in enumerate((None, *changes)):
        if change is not None:
            disk.apply(change)
        chance = random.Random(seed * 100_003 + number)
        yield number, KILLED, disk.image(disk.named, all_data)
        for sort, names, data in zip(
            POWER_CUTS,
            (disk.kept, disk.named, disk.kept, disk.named, disk.named, disk.some_names(chance)),
            (synced_data, synced_data, all_data, half_the_data, zeros, some_data(chance)),
            strict=True,
        ):
            yield number, sort, disk.image(names, data)


def laid_out(image: Image, folder: Path) -> None:
    """Make the folder, which is not there, hold what the image holds."""
    folder.mkdir(parents=True)
    laid_over({}, image, folder)


def laid_over(before: Image, image: Image, folder: Path) -> None:
    """Make the folder, which holds what the image ``before`` holds, hold what this one holds: most of it is the same."""
    for path in sorted(before.keys() - image.keys(), reverse=True):  # what is in a folder before the folder
        if before[path] is None:
            (folder / path).rmdir()
        else:
            (folder / path).unlink()
    for path, content in image.items():
        if path in before and before[path] == content:
            continue
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)


# --- which images are the same to whoever restarts -------------------------------------------------------------------


def meaning(image: Image, scratch: Path) -> int:
    """The same number for images that a restart can't tell apart.

    Left out: files that are being written, which a restart removes unread, what the database keeps for processes that
    run, and which content was at hand, which is a hint that may be torn. Of the database counts what it says, of the lines beside the originals the whole ones.
    """
    found: list[object] = []
    for path, content in sorted(image.items()):
        if path.endswith((PART, "-shm", "-wal", "/lock", "/lock.json", "/at-hand")):
            continue
        if path.endswith("journal.sqlite"):
            found.append(_rows(content or b"", image.get(f"{path}-wal") or b"", scratch))
        elif path.endswith("events.jsonl") and content is not None:
            found.append(content[: content.rfind(b"\n") + 1])
        else:
            found.append((path, content))
    return hash(tuple(found))


@lru_cache(maxsize=4096)
def _rows(database: bytes, log: bytes, scratch: Path) -> tuple[str, ...] | int:
    """Everything that the database says after a restart; what it is made of when it can't be read."""
    (scratch / "read.sqlite").write_bytes(database)
    (scratch / "read.sqlite-wal").write_bytes(log)
    (scratch / "read.sqlite-shm").unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(scratch / "read.sqlite")) as connection:
        try:
            return tuple(connection.iterdump())
        except sqlite3.DatabaseError:
            return hash((database, log))
