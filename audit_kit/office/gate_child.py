"""The parent's side of ``reader_child``: start it, ask it, kill it.

The same on every system: no signals, no ``select``; a timer kills the child at the deadline, and a killed child
closes its pipe.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit_kit.errors import AuditKitError
from audit_kit.office import gate_limits, reader_child


@dataclass(frozen=True)
class Limits:
    """What reading one workbook may cost. Wall time counts both readers and a second try together."""

    wall_seconds: float = 20.0
    cpu_seconds: int = 10
    memory_mib: int = 512
    files_per_child: int = 200  # then a fresh one: whatever a library keeps can't pile up


# the longest answer a child may give: every character of every cell escaped, and room for the addresses
_ANSWER_BYTES = 6 * gate_limits.TEXT_CHARS + 32 * gate_limits.MIB
_START_SECONDS = 30.0  # a cold disk and a virus scanner; not counted as the file's time
_KEPT_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class ReaderNotStarted(AuditKitError):
    """The child could not begin: the installation or the machine is at fault, never the file at hand."""

    def __init__(self) -> None:
        super().__init__(
            "The program that opens received workbooks could not be started.",
            not_happened="No file was read, and none was turned away.",
            next_step="Run audit-kit doctor; if memory is short, close other programs and run the command again.",
        )


class Child:
    """A running ``reader_child`` with one of its libraries. Raises ``ReaderNotStarted``, or ``OSError``."""

    def __init__(self, library: str, limits: Limits) -> None:
        self.answered = 0
        script = str(Path(reader_child.__file__).resolve())
        self._process = subprocess.Popen(
            [sys.executable, "-I", script, library, str(limits.memory_mib), str(limits.cpu_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's last words may quote a cell
            env={key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._given, self._told = self._process.stdin, self._process.stdout
        with self._killed_after(_START_SECONDS):
            greeting = self._told.read(len(reader_child.READY))
        if greeting != reader_child.READY:
            self.end()
            raise ReaderNotStarted

    def ask(self, data: bytes, seconds: float) -> bytes | None:
        """The child's answer, None if it gave none: it died, or was killed because its time was over."""
        with self._killed_after(seconds), contextlib.suppress(OSError):  # it may die while it is being told
            return self._exchange(data)
        return None

    @contextlib.contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        watchdog = threading.Timer(seconds, self._process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            yield
        finally:
            watchdog.cancel()

    def _exchange(self, data: bytes) -> bytes | None:
        self._given.write(reader_child.LENGTH.pack(len(data)))
        self._given.write(data)
        self._given.flush()
        head = self._told.read(reader_child.LENGTH.size)
        if len(head) < reader_child.LENGTH.size:
            return None
        (length,) = reader_child.LENGTH.unpack(head)
        if length > _ANSWER_BYTES:
            return None
        answer = self._told.read(length)
        self.answered += 1
        return answer if len(answer) == length else None

    def end(self) -> None:
        """Kill the child and take its remains away."""
        self._process.kill()
        with contextlib.suppress(OSError):  # closing sends what it will never read
            self._given.close()
        self._told.close()
        self._process.wait()
