"""The folder-watching service. A folder event is a doorbell; the listing is the truth.

Stops cleanly on SIGTERM and Ctrl-C: the item at hand is finished, nothing is half done.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

from audit_kit.acts import overview
from audit_kit.acts.inbox import Pass, one_pass, work_through_inbox
from audit_kit.errors import AuditKitError, refused_by_the_system
from audit_kit.kit import Kit
from audit_kit.store.folders import require_usable

_LATEST_OVERVIEW_SECONDS = 60.0  # so long the overview waits at most for files that come one after the other
_JUST_NOW_SECONDS = 10.0  # a file that has lain quiet for longer than this is not coming


class Doorbell:
    """Rings when something changed in the inbox, when a look is due, or when it is time to stop."""

    def __init__(self) -> None:
        self._rung = threading.Event()
        self._stopping = False

    def ring(self) -> None:
        """Somebody is at the door."""
        self._rung.set()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Stop after the step at hand."""
        self._stopping = True
        self._rung.set()

    def stopping(self) -> bool:
        """Whether it is time to stop."""
        return self._stopping

    def heed_signals(self) -> None:
        """Take SIGTERM and Ctrl-C for what they ask: finish the file at hand, then stop."""
        for name in ("SIGTERM", "SIGINT", "SIGBREAK"):  # SIGBREAK is how Windows asks a console program to stop
            if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
                signal.signal(getattr(signal, name), self.stop)

    def wait(self, seconds: float) -> None:
        """Wait for a ring, but no longer than this."""
        self._rung.wait(seconds)
        self._rung.clear()


def watch(kit: Kit, say: Callable[[Pass], None], doorbell: Doorbell | None = None) -> None:
    """Work through the inbox whenever something comes, until told to stop.

    What stands in the way (the share is away, the disk is full) is told once, and the work is taken up at the next
    look at which it is gone.
    """
    doorbell = doorbell or Doorbell()
    doorbell.heed_signals()
    overview_waits = _OverviewWaits(kit, doorbell.stopping)
    observer = _listen(kit, doorbell)
    told, behind = "", True  # what stands in the way, until it is gone; whether the overview may be out of date
    try:
        while not doorbell.stopping():
            done = Pass()
            try:
                require_usable(kit.folders)
                if told:  # what the disk would not write is written before anything new is begun
                    kit.finish_open_batches()
                if behind:
                    overview.write(kit, gives_way=overview_waits)
                    # two looks before anything is concluded: nobody is reminded of what lies in the inbox already
                    work_through_inbox(kit, doorbell.wait, doorbell.stopping, done, overview_waits)
                else:
                    one_pass(kit, doorbell.stopping, done, overview_waits)
                overview_waits.look()
                told, behind = "", False
            except (AuditKitError, OSError) as problem:
                behind = True
                sentence = _in_the_way(kit, problem)
                if sentence != told:
                    done.say(sentence, for_a_person=True)
                told = sentence
            if done.sentences:
                say(done)
            settles_in = kit.inbox.next_look(kit.clock.monotonic())
            doorbell.wait(max(kit.config.watch.look_every_seconds if settles_in is None else settles_in, 0.05))
    finally:
        overview.let_go(kit)
        if observer is not None:
            observer.stop()
            observer.join(timeout=5)


class _OverviewWaits:
    """Whether the overview waits for a file that has come: of thousands of audits it takes longer than a return does.

    No file that has lain there for long holds it up, and no more than a minute of files that come one after the other:
    then it is begun, and goes on beside the returns. Whoever asks the service to stop doesn't wait for it either.
    """

    def __init__(self, kit: Kit, stopping: Callable[[], bool]) -> None:
        self._kit, self._stopping, self._since = kit, stopping, kit.clock.monotonic()

    def __call__(self) -> bool:
        if self._stopping():
            return True
        now = self._kit.clock.monotonic()
        if now - self._since > _LATEST_OVERVIEW_SECONDS and self._kit.overview_in_hand is None:
            return False
        try:
            return self._kit.inbox.comes(now, within=self._kit.config.watch.settle_seconds + _JUST_NOW_SECONDS)
        except OSError:  # the inbox's share is away: nothing can come
            return False

    def look(self) -> None:
        """Note whether it is as new as it can be: from then on it may wait again."""
        if overview.is_current(self._kit):
            self._since = self._kit.clock.monotonic()


def _in_the_way(kit: Kit, problem: AuditKitError | OSError) -> str:
    """What stands in the way of the work, as one sentence without a file's name."""
    try:
        require_usable(kit.folders)
    except AuditKitError as away:
        return f"{away.what} {_TRIED_AGAIN}"
    if isinstance(problem, AuditKitError):
        return problem.sentence()
    return refused_by_the_system(problem, _TRIED_AGAIN)


_TRIED_AGAIN = "It is tried again at every look, and told once; nothing is lost meanwhile."


def _listen(kit: Kit, doorbell: Doorbell):  # type: ignore[no-untyped-def]
    """A watchdog observer that rings; None where the folder can't be watched, which only makes looks rarer."""
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    class Ring(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type in ("created", "moved", "modified", "closed", "deleted"):
                doorbell.ring()

    observer = Observer()
    try:
        observer.schedule(Ring(), str(kit.folders.inbox))
        observer.start()
    except OSError:
        return None
    return observer
