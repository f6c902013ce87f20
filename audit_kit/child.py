"""A process beside this one: asked one thing after another through its pipes, killed when it takes too long.

The same on every system: no signals, no ``select``; a timer kills the child at the deadline, and a killed child
closes its pipe. What is asked and what is answered each stand behind their length. Nothing that the child says
besides is kept: its last words may quote what it was given.
"""

from __future__ import annotations

import contextlib
import struct
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence

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
        with self._killed_after(start_seconds):
            said = self._told.read(len(greeting))
        if said != greeting:
            self.end()
            raise NotStarted

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
