"""The name models in one process of their own, which stays: half a gigabyte that the kit itself need not hold.

A text on which it gives no answer in time, or of which it dies twice, raises ``NoVotes``: the rules go on alone, and
ask about more. A process that can't be started is tried again a few times and then left, so that a broken
installation costs a pass seconds and not hours.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import weakref
from collections.abc import Iterable
from pathlib import Path

from audit_kit.child import Child, NotStarted
from audit_kit.models import worker
from audit_kit.privacy.model_votes import NameVote, NoVotes

_START_SECONDS = 120.0  # 2 s and a half, measured; a cold disk and a virus scanner
_SECONDS = 20.0  # for any text, and more for a long one: 10,000 characters a second, measured on two busy cores
_SLOWEST = 500  # characters a second
_MOST_STARTS = 4  # without an answer in between
_ANSWER_BYTES = 64 * 1024 * 1024
#: what a model's libraries need of the environment; no proxy, no token, no path of somebody's own
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "HOME", "USERPROFILE", "TEMP", "TMP", "TMPDIR")


class ModelsBeside:
    """One voter for all models of a folder. The process starts with the first text and ends with this one."""

    def __init__(self, folder: Path, models: tuple[str, ...]) -> None:
        self._folder, self._models = folder, models
        self._child: Child | None = None
        self._starts = 0
        self._lock = threading.Lock()

    def __call__(self, text: str) -> Iterable[NameVote]:
        """Who is named, by each model. Raises ``NoVotes``."""
        data = text.encode("utf-8", "surrogatepass")
        with self._lock:
            for _ in range(2):  # one that died, of this text or of anything else, is replaced once
                child, began = self._running(), time.monotonic()
                seconds = _SECONDS + len(text) / _SLOWEST
                answer = child.ask(data, seconds)
                if answer is not None:
                    self._starts = 0
                    return [NameVote(*vote) for vote in json.loads(answer)]
                self.close()
                if time.monotonic() - began >= seconds:
                    break
        raise NoVotes

    def close(self) -> None:
        """End the process; the next text starts another."""
        if self._child is not None:
            self._ended()
            self._child = None

    def _running(self) -> Child:
        if self._child is not None:
            return self._child
        if self._starts >= _MOST_STARTS:
            raise NoVotes
        self._starts += 1
        environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        try:
            self._child = Child(
                [sys.executable, "-P", "-m", worker.__name__, str(self._folder), *self._models],
                environment,
                greeting=worker.READY,
                start_seconds=_START_SECONDS,
                most_bytes=_ANSWER_BYTES,
            )
        except (NotStarted, OSError):
            raise NoVotes from None
        self._ended = weakref.finalize(self, self._child.end)  # with this object, and with the program
        return self._child
