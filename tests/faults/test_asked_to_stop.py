"""One at a time; free within a second of a kill; asked to stop, done with the file at hand within five seconds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from mini import RETURNED, Mini, until
from mixed import what_is_wrong_in_the_end

from audit_kit.errors import AlreadyRunning
from audit_kit.office.safe_read import SafeReader
from audit_kit.store import lock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill and SIGTERM")


@contextmanager
def running(mini: Mini, command: str) -> Iterator[subprocess.Popen[str]]:
    """The real command, in a process group of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), command],
        cwd=mini.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def held_by_now(mini: Mini) -> bool:
    try:
        with lock.held(mini.store, "look"):
            return False
    except AlreadyRunning:
        return True


def test_the_store_is_free_within_a_second_of_a_kill(mixed, scratch):
    mini = mixed.copied_to(scratch / "kit")
    with running(mini, "watch") as service:
        assert service.stdout is not None
        assert "Watching" in service.stdout.readline()
        assert held_by_now(mini)
        service.kill()  # the service alone: the child that reads may live on for a moment, and must not hold the store

        with lock.held(mini.store, "process", wait_seconds=1):
            pass


def test_a_second_run_says_who_holds_the_store_and_exits_with_3(mixed, scratch):
    mini = mixed.copied_to(scratch / "kit")
    with running(mini, "watch") as service:
        assert service.stdout is not None
        assert "Watching" in service.stdout.readline()
        with running(mini, "process") as second:
            said, _ = second.communicate(timeout=60)

        assert second.returncode == 3
        assert f"(audit-kit watch, process {service.pid}, since " in said


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_whole_group_that_is_asked_to_stop_loses_no_file_and_blames_none(mixed, unbroken, scratch, asked):
    mini = mixed.copied_to(scratch / "kit")
    with running(mini, "process") as process:
        # it is at work, and has something to say for which it would exit with 1
        until(lambda: list((mini.outbox / "urgent").glob("*.eml")))
        os.killpg(process.pid, asked)  # as a console or a service manager does: the reading child gets it, too
        said, _ = process.communicate(timeout=60)

    assert "outbox/urgent" in said
    assert "Stopped, as asked." in said
    assert process.returncode == 0
    assert "Traceback" not in said
    mini.run()
    assert what_is_wrong_in_the_end(mini, unbroken) == []


def test_the_reading_child_leaves_the_asking_to_its_parent(mixed):
    good = next(path.read_bytes() for path in sorted(mixed.mini.inbox.glob("a.xlsx")))
    with SafeReader() as reader:
        reader.read(good)
        for child in reader._children.values():
            child._process.send_signal(signal.SIGTERM)
            child._process.send_signal(signal.SIGINT)
        time.sleep(0.1)

        assert reader.read(good).sheets
        assert [child.answered for child in reader._children.values()] == [2]  # the same child
