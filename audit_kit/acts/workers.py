"""Worker processes: pure work on many files at once, spread over the processor's cores.

A worker is given values through a pipe and answers with a value. It opens no file of the store and has no key; it
ends when its pipe closes, so also when the kit is killed. Work that kills its worker, or raises, is ``NotDone``:
whoever asked does it alone, where a fault is told and a kill is counted.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from audit_kit.acts.sweeping import swept_seldom
from audit_kit.store.private import keep_private

_NICE = 5  # by so much a worker gives way: with one core for two, it still has a quarter of it
FEWEST = 12  # pieces of work for which starting the workers, about a second of processor time each, is worth it


class NotDone(Exception):
    """A worker died of this piece of work or could not do it."""


class Workers:
    """Up to so many processes, each started when it is first needed. A context manager: they end with it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._threads: ThreadPoolExecutor | None = None  # each holds one process, and waits for it
        self._mine = threading.local()
        self._lock, self._started, self._over = threading.Lock(), list[_Worker](), False

    @classmethod
    def up_to(cls, most: int) -> Workers:
        """At most so many; 0 for as many as there are cores."""
        return cls(most or _cores())

    def if_worth_it(self, pieces: int) -> Workers:
        """These, for so many pieces of work; none where they are few, unless some have been started already."""
        return self if pieces >= FEWEST or self._started else Workers(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._over = True
            for worker in self._started:
                worker.end()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)

    def begin(self, work: Callable[..., Any], *given: object) -> Future[Any]:
        """Begin a piece of work: a function of a module, and values. Its result raises ``NotDone`` where there is none."""
        if not self.count:
            raise RuntimeError("there are no workers")
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self.count)
        return self._threads.submit(self._have_done, work, given)

    def each(self, work: Callable[..., Any], given: Iterable[tuple[object, ...]]) -> Iterator[Any]:
        """What this work makes of each, in their order; what no worker has done is done here."""
        begun: deque[tuple[tuple[object, ...], Future[Any] | None]] = deque()
        for one in given:
            begun.append((one, self.begin(work, *one) if self.count else None))
            if len(begun) > 2 * self.count:
                yield _result(work, *begun.popleft())
        while begun:
            yield _result(work, *begun.popleft())

    def _have_done(self, work: Callable[..., Any], given: tuple[object, ...]) -> Any:
        worker: _Worker | None = getattr(self._mine, "worker", None)
        if worker is None:
            with self._lock:
                if self._over:
                    raise NotDone
                worker = self._mine.worker = _Worker()
                self._started.append(worker)
        try:
            return worker.ask(work, given)
        except (EOFError, OSError):
            worker.end()
            self._mine.worker = None
            raise NotDone from None


def _result(work: Callable[..., Any], given: tuple[object, ...], begun: Future[Any] | None) -> Any:
    if begun is not None:
        with contextlib.suppress(NotDone):
            return begun.result()
    return work(*given)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        # spawned, as on Windows: a fork would have the store's keys in its memory and the store's lock in its hand
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, work: Callable[..., Any], given: tuple[object, ...]) -> Any:
        self._pipe.send((work, given))
        done, answer = self._pipe.recv()
        if not done:
            raise NotDone
        return answer

    def end(self) -> None:
        """Kill it: it holds nothing that must be put away."""
        self._process.kill()
        self._process.join()
        with contextlib.suppress(OSError):
            self._pipe.close()


def _serve(pipe: Connection) -> None:
    """What a worker does: one piece of work after the other until the pipe closes."""
    keep_private()
    _give_way()
    # the parent's to heed, which finishes the file at hand; a worker that died of it would look like a poisonous file
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    with swept_seldom(), contextlib.suppress(EOFError, OSError):  # the kit has closed the pipe, or was killed
        while True:
            work, given = pipe.recv()
            try:
                answer = (True, work(*given))
            except Exception:
                answer = (False, None)  # its words may quote an answer: whoever asked meets it, and keeps it sealed
            pipe.send(answer)


def _give_way() -> None:
    """Leave a core to the process that decides whenever it can go on: what is urgent and the disk wait for it alone."""
    if os.name == "nt":
        import ctypes

        windll: Any = getattr(ctypes, "windll", None)
        if windll is not None:
            below_normal = 0x4000
            windll.kernel32.SetPriorityClass(windll.kernel32.GetCurrentProcess(), below_normal)
    else:
        os.nice(_NICE)


def _cores() -> int:
    """The processor cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
