"""The folder-watching service. A folder event is a doorbell; the listing is the truth.

Stops cleanly on SIGTERM and Ctrl-C: the item at hand is finished, nothing is half done.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

from audit_kit.acts import overview
from audit_kit.acts.inbox import Pass, one_pass
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit


class Doorbell:
    """Rings when something changed in the inbox, when a look is due, or when it is time to stop."""

    def __init__(self) -> None:
        self._rung = threading.Event()
        self.stopping = False

    def ring(self) -> None:
        """Somebody is at the door."""
        self._rung.set()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Stop after the step at hand."""
        self.stopping = True
        self._rung.set()

    def wait(self, seconds: float) -> None:
        """Wait for a ring, but no longer than this."""
        self._rung.wait(seconds)
        self._rung.clear()


def watch(kit: Kit, say: Callable[[Pass], None], doorbell: Doorbell | None = None) -> None:
    """Work through the inbox whenever something comes, until told to stop.

    A problem with the inbox itself (the share is away) is told once, and looked at again at the next look.
    """
    doorbell = doorbell or Doorbell()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):  # SIGBREAK is how Windows asks a console program to stop
        if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
            signal.signal(getattr(signal, name), doorbell.stop)
    observer = _listen(kit, doorbell)
    overview.write(kit)
    away = False
    try:
        while not doorbell.stopping:
            try:
                done = one_pass(kit)
            except FileNotFoundError:
                done = Pass()
                if not away:
                    done.say("The inbox is away. Nothing was taken from it; it is looked for again.", for_a_person=True)
                away = True
            except AuditKitError as problem:
                done = Pass()
                done.say(problem.sentence(), for_a_person=True)
            else:
                away = False
            if done.sentences:
                say(done)
            arriving = kit.inbox.still_arriving() > 0
            seconds = kit.config.watch.settle_seconds if arriving else kit.config.watch.look_every_seconds
            doorbell.wait(max(seconds, 0.05))
    finally:
        if observer is not None:
            observer.stop()
            observer.join(timeout=5)


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
