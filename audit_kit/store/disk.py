"""The few calls that change files, in one place, each durable when it returns.

Everything that the kit writes goes through one ``Disk``, but for the database. A test's disk stops or refuses at the
n-th call, which is how "a stop at any point loses nothing" is proved (tests/faults).
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import IO

NO_LINES: Mapping[Path, bytes] = MappingProxyType({})
PART = ".audit-kit.part"  # the ending of a file that is being written; nobody else's files end so
_TOGETHER = 64  # files that are open at a time
_THREADS = 8  # that sync at the same time
_TRIES = 10  # within two seconds and a quarter
#: whether nobody may rename or remove what another program has open: a virus scanner opens each fresh file for a moment
_HELD_WHILE_OPEN = os.name == "nt"


class Disk:
    """Durable file changes: when a call returns, a power cut no longer undoes it.

    ``never_made``: folders that are there or are away, such as the outbox on a share. To make one anew would write where
    nobody looks, so that is a FileNotFoundError.
    """

    def __init__(self) -> None:
        self.never_made: frozenset[Path] = frozenset()

    def about_to(self, step: str) -> None:
        """Called before each change with what it is. Does nothing; tests stop here."""

    def write(self, path: Path, data: bytes) -> None:
        """Write the whole file or none of it: beside its place, synced, renamed, the folder synced.

        The file is readable by its owner alone. OSError when the disk refuses; then the old content, if
        any, still stands.
        """
        self.write_all(((path, data),))

    def write_all(self, files: Iterable[tuple[Path, bytes]], lines: Mapping[Path, bytes] = NO_LINES) -> None:
        """Write several files, each as ``write`` does; the last content counts for a path that comes twice.

        They are filled first, then synced at the same time, then renamed: of files that wait for the disk together nearly
        all waiting is spared. Their folders are synced once, when all are in place. ``lines``: what is added to the ends
        of other files, and is synced before any of these has its name.
        """
        contents = dict(files)
        paths = tuple(contents)
        for at in range(0, len(paths), _TOGETHER):
            self._put({path: contents[path] for path in paths[at : at + _TOGETHER]}, NO_LINES if at else lines)
        self._sync_folders(path.parent for path in (*lines, *paths))

    def _put(self, contents: dict[Path, bytes], lines: Mapping[Path, bytes]) -> None:
        parts: dict[Path, Path] = {}
        try:
            with contextlib.ExitStack() as stack:
                opened = [stack.enter_context(self._lengthened(path, data)) for path, data in lines.items()]
                for path, data in contents.items():
                    self.make_folder(path.parent)
                    part = path.with_name(path.name + PART)
                    parts[part] = path
                    opened.append(stack.enter_context(self._filled(part, data)))
                for _ in opened:
                    self.about_to("sync a part file")
                _sync([file.fileno() for file in opened])
            for part, path in parts.items():
                self.about_to("rename a part file")
                self._replace(part, path)
        except OSError:
            # never synced again in hope: a system may have dropped what it could not write. The next try is a new file
            for part in parts:
                with contextlib.suppress(OSError):
                    part.unlink()
            raise

    @contextlib.contextmanager
    def _filled(self, part: Path, data: bytes) -> Iterator[IO[bytes]]:
        """A new file with this content, open: what could not be written is told to whoever syncs it while it is."""
        self.about_to("begin a part file")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            self.about_to("fill a part file")
            file.write(data)
            file.flush()
            yield file

    def append(self, path: Path, data: bytes, after: int | None = None) -> None:
        """Add to the end of a file, made if need be, and sync it. What a stop leaves there may be part of the data.

        ``after``: how many bytes of it count; what an append that could not be finished left behind them is cut off.
        """
        fresh = not path.exists()
        with self._lengthened(path, data, after) as file:
            self.about_to("sync what was appended")
            os.fsync(file.fileno())
        if fresh:
            self._sync_folder(path.parent)

    @contextlib.contextmanager
    def _lengthened(self, path: Path, data: bytes, after: int | None = None) -> Iterator[IO[bytes]]:
        """The file with this at its end, open for whoever syncs it."""
        self.make_folder(path.parent)
        self.about_to("append to a file")
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags, 0o600), "ab") as file:
            if after is not None and os.fstat(file.fileno()).st_size > after:
                file.truncate(after)
            file.write(data)
            file.flush()
            yield file

    def jot(self, path: Path, data: bytes) -> None:
        """Replace a file's content without syncing it: what is written outlives a kill, but not a power cut.

        It is written over and not emptied before: a system may write to its disk at once what replaces an emptied file.
        """
        self.make_folder(path.parent)
        self.about_to("jot something down")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if os.fstat(descriptor).st_size > len(data):
                file.truncate()

    def forget(self, path: Path) -> None:
        """Remove a file without syncing that: one that the next start removes should it be there again."""
        self.about_to("forget a file")
        path.unlink(missing_ok=True)

    def cut(self, path: Path, size: int) -> None:
        """Cut a file off after so many bytes, and sync it."""
        self.about_to("cut a file")
        with path.open("r+b") as file:
            file.truncate(size)
            self.about_to("sync what was cut")
            os.fsync(file.fileno())

    def remove(self, path: Path) -> None:
        """Remove the file; no error when it is already gone."""
        self.remove_all([path])

    def remove_all(self, paths: Iterable[Path]) -> None:
        """Remove files, and sync their folders once, when all are gone; no error for one that is already gone.

        Raises:
            OSError: The disk refuses one; those before it may be gone.
        """
        paths = tuple(paths)
        for path in paths:
            self.about_to("remove a file")
            _patiently(partial(path.unlink, missing_ok=True))
        self._sync_folders(path.parent for path in paths)

    def remove_if_there(self, path: Path) -> None:
        """Remove the file when it is there; its folder need not be."""
        if path.exists():
            self.remove(path)

    def make_folder(self, path: Path) -> None:
        """Make the folder and those above it, open to its owner alone. FileNotFoundError for one that must be there already."""
        if path.is_dir():
            return
        if path in self.never_made:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        self.make_folder(path.parent)  # not by mkdir(parents=True): that leaves those above open to all
        self.about_to("make a folder")
        path.mkdir(exist_ok=True, mode=0o700)
        self._sync_folder(path.parent)

    def remove_parts(self, folder: Path) -> None:
        """Remove what a stopped run was in the middle of writing below this folder. Nothing is lost: it is redone."""
        for part in sorted(folder.rglob(f"*{PART}")):
            self.remove(part)

    @staticmethod
    def _replace(part: Path, path: Path) -> None:
        _patiently(lambda: part.replace(path))

    def _sync_folder(self, folder: Path) -> None:
        self._sync_folders([folder])

    def _sync_folders(self, folders: Iterable[Path]) -> None:
        if os.name == "nt":  # Windows keeps names with the file; folders can't be opened there
            return
        with contextlib.ExitStack() as until_synced:
            opened = []
            for folder in dict.fromkeys(folders):
                self.about_to("sync a folder")
                with contextlib.suppress(FileNotFoundError):
                    opened.append(os.open(folder, os.O_RDONLY))
                    until_synced.callback(os.close, opened[-1])
            _sync(opened)


def _sync(descriptors: list[int]) -> None:
    """Sync them at the same time: the system then waits for its disk once or twice, not once for each.

    This thread does its share: handing a file on to another takes longer than to ask for it.
    """
    own, *others = (descriptors[at::_THREADS] for at in range(min(_THREADS, len(descriptors)) or 1))
    begun = [_syncing().submit(_sync_one_by_one, some) for some in others]
    try:
        _sync_one_by_one(own)
    finally:
        wait(begun)  # for all of them: none may be closed while it is being synced
    for one in begun:
        one.result()


def _sync_one_by_one(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.fsync(descriptor)


@cache
def _syncing() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS - 1, "sync")


def _patiently(change: Callable[[], object]) -> None:
    """Make the change; where programs hold files, again and again while one holds this. PermissionError at last."""
    for attempt in range(1, _TRIES + 1):
        try:
            change()
            return
        except PermissionError:
            if not _HELD_WHILE_OPEN or attempt == _TRIES:
                raise
            time.sleep(0.05 * attempt)
