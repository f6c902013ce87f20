"""One at a time: an operating system lock on the store, which vanishes with the process that holds it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from audit_kit.errors import AlreadyRunning


@contextmanager
def held(store: Path, doing: str, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the store while something is done. AlreadyRunning says which process holds it and since when."""
    holder = store / "lock.json"
    lock = FileLock(store / "lock", timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout:
        raise AlreadyRunning(
            f"Another audit-kit is at work here already{_who(holder)}.",
            not_happened="Nothing was done.",
            next_step="Wait until it has finished, or stop it (Ctrl-C in its window), and run the command again.",
        ) from None
    try:
        said = {
            "process": os.getpid(),
            "doing": doing,
            "since": datetime.now(UTC).isoformat(timespec="minutes"),
        }
        holder.write_text(json.dumps(said), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _who(holder: Path) -> str:
    try:
        said = json.loads(holder.read_text(encoding="utf-8"))
        return f" (audit-kit {said['doing']}, process {said['process']}, since {said['since']})"
    except (OSError, ValueError, KeyError):
        return ""
