"""A process beside this one: asked one thing after another through its pipes, killed when it takes too long.

The same on every system: no signals, no ``select``; a thread kills the child at the deadline, and a killed child
closes its pipe. What is asked and what is answered each stand behind their length. Nothing that the child says
besides is kept: its last words may quote what it was given.
"""

from __future__ import annotations

import contextlib
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

LENGTH = struct.Struct(">Q")


class NotStarted(Exception):
    """The child could not begin: the installation or the machine is at fault, never what it would have been asked."""


class Child:
    """A running process. ``greeting``: what it says once it is ready. Raises ``NotStarted``, or ``OSError``."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        greeting: bytes,
        start_seconds: float,
        most_bytes: int,
    ) -> None:
        self.answered = 0
        self._most_bytes = most_bytes
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._given, self._told = self._process.stdin, self._process.stdout
        self._watchdog = _Watchdog(self._process.kill)
        with self._watchdog.killing_after(start_seconds):
            said = self._told.read(len(greeting))
        if said != greeting:
            self.end()
            raise NotStarted

    def ask(self, data: bytes, seconds: float) -> bytes | None:
        """The child's answer, None if it gave none: it died, or was killed because its time was over."""
        with (
            self._watchdog.killing_after(seconds),
            contextlib.suppress(OSError),  # it may die while it is being told
        ):
            return self._exchange(data)
        return None

    def _exchange(self, data: bytes) -> bytes | None:
        self._given.write(LENGTH.pack(len(data)))
        self._given.write(data)
        self._given.flush()
        head = self._told.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack(head)
        if length > self._most_bytes:
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


class _Watchdog:
    """Kills a process that takes too long. One thread sees to one answer after the other: to start one for each takes longer
    than many an answer."""

    def __init__(self, kill: Callable[[], None]) -> None:
        self._kill, self._changed = kill, threading.Condition()
        self._due: float | None = None  # when what is being asked must be answered
        self._wakes: float | None = None  # when the thread looks next; None when there is none

    @contextlib.contextmanager
    def killing_after(self, seconds: float) -> Iterator[None]:
        """So long the process has for what is asked of it within."""
        due = time.monotonic() + seconds
        with self._changed:
            self._due = due
            if self._wakes is None:
                threading.Thread(target=self._watch, daemon=True).start()
            elif due < self._wakes:
                self._changed.notify()
            else:  # it finds out when it wakes
                due = self._wakes
            self._wakes = due
        try:
            yield
        finally:
            with self._changed:
                self._due = None

    def _watch(self) -> None:
        """Sleep until what was asked is due. If it was answered, and nothing more is being asked, that was all."""
        with self._changed:
            while self._wakes is not None:
                if (left := self._wakes - time.monotonic()) > 0:
                    self._changed.wait(left)
                    continue
                if self._due is not None and self._due <= time.monotonic():
                    self._kill()
                    self._due = None
                self._wakes = self._due
