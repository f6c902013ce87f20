"""Each audit ... on completion: whatever is dropped into the inbox is taken, also by a service that was suspended, that
the system told nothing, or whose folder went and came back. The listing is the truth; an event is a doorbell."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
from mini import a_copy_of, an_installation, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process can't be suspended from outside there")

DEAF = """
import sys
from audit_kit.acts import watching
def raising(self): raise RuntimeError("a handler that raises")
watching.Doorbell.ring = raising
from audit_kit.cli import main
main()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = an_installation(tmp_path_factory.mktemp("made") / "kit")
    text = place.config.read_text().replace("look_every_seconds: 5.0", "look_every_seconds: 0.3")
    place.config.write_text(text.replace("settle_seconds: 0.0", "settle_seconds: 0.3"))
    return place


@pytest.fixture
def place(made, tmp_path):
    return a_copy_of(made, tmp_path / "kit")


@contextmanager
def watching(place, *program):
    """The service at work, after its first look."""
    line = [sys.executable, "-u", *(program or ("-m", "audit_kit")), "--config", str(place.config), "watch"]
    service = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert "Watching" in service.stdout.readline()
        time.sleep(0.5)  # its first look finds nothing
        yield service
    finally:
        service.send_signal(signal.SIGCONT)
        service.send_signal(signal.SIGTERM)
        service.communicate(timeout=30)
        assert service.returncode == 0


def came(place) -> int:
    """How many files the journal says came: each content once, and each further file with it."""
    with closing(sqlite3.connect(f"file:{place.store / 'journal.sqlite'}?mode=ro", uri=True, timeout=30)) as journal:
        query = "SELECT count(*) FROM events WHERE kind IN ('received', 'duplicate')"
        return journal.execute(query).fetchone()[0]


@pytest.mark.parametrize("files", [50, pytest.param(20_000, marks=pytest.mark.proof)])
def test_what_came_while_the_service_was_suspended_is_all_taken(place, files):
    with watching(place) as service:
        service.send_signal(signal.SIGSTOP)
        for number in range(files):
            place.drop(f"return {number}.pdf", b"%PDF-1.7 the same each time")
        service.send_signal(signal.SIGCONT)
        until(lambda: came(place) == files, seconds=60 + files / 10)

    assert [path.name for path in place.inbox.iterdir()] == [".audit-kit-inbox"]


def test_a_single_run_tells_at_once_of_what_it_may_not_take(place):
    place.drop("return.xlsx.crdownload", b"half")
    place.drop("empty.xlsx", b"")
    place.drop("~$return.xlsx", b"whose it is")

    line = [sys.executable, "-m", "audit_kit", "--config", str(place.config), "process"]
    ran = subprocess.run(line, capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert "2 files in the inbox, empty or under a name of work in progress" in ran.stdout
    assert (place.inbox / "return.xlsx.crdownload").exists()


def test_so_is_what_comes_after_an_event_that_raised_and_after_the_inbox_was_made_anew(place):
    with watching(place, "-c", DEAF):
        for number in range(3):
            place.drop(f"return {number}.pdf", f"%PDF-1.7 number {number}".encode())
            until(lambda number=number: came(place) == number + 1)
        shutil.rmtree(place.inbox)
        time.sleep(1)
        place.inbox.mkdir()
        place.drop("return again.pdf", b"%PDF-1.7 after the folder was made anew")
        until(lambda: came(place) == 4)
