"""The parent's side of ``reader_child``: start it with one of its libraries, under its limits."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from audit_kit import child
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


class Child(child.Child):
    """A running ``reader_child`` with one of its libraries. Raises ``ReaderNotStarted``, or ``OSError``."""

    def __init__(self, library: str, limits: Limits) -> None:
        script = str(Path(reader_child.__file__).resolve())
        try:
            super().__init__(
                [sys.executable, "-I", script, library, str(limits.memory_mib), str(limits.cpu_seconds)],
                {key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ},
                greeting=reader_child.READY,
                start_seconds=_START_SECONDS,
                most_bytes=_ANSWER_BYTES,
            )
        except child.NotStarted:
            raise ReaderNotStarted from None
