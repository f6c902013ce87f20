"""A share that is away looks like an empty folder. The inbox's mark tells the two apart, on the real program."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from mini import a_copy_of, an_installation, until

from audit_kit.store import inbox_mark
from audit_kit.store.inbox import Inbox


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return an_installation(tmp_path_factory.mktemp("made") / "kit")


@pytest.fixture
def place(made, tmp_path):
    return a_copy_of(made, tmp_path / "kit")


def ran(place, *words):
    line = [sys.executable, "-m", "audit_kit", "--config", str(place.config), *words]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def share_goes(place):
    place.inbox.rename(place.folder / "away")
    place.inbox.mkdir()  # the empty folder that a share is mounted over


def share_comes_back(place):
    shutil.rmtree(place.inbox)
    (place.folder / "away").rename(place.inbox)


def test_set_up_marks_the_inbox_and_an_empty_one_is_believed(place):
    assert (place.inbox / inbox_mark.NAME).exists()

    done = ran(place, "process")

    assert (done.returncode, done.stdout) == (0, "0 files handled.\n")


def test_an_empty_inbox_without_its_mark_is_not_believed(place):
    share_goes(place)

    done = ran(place, "process")

    assert done.returncode == 1
    assert "The inbox lacks its mark" in done.stdout
    assert "that nothing more has come is not believed" in done.stdout
    assert "lacks its mark" in ran(place, "doctor").stdout


def test_nor_is_the_inbox_of_another_installation(place, tmp_path):
    other = an_installation(tmp_path / "other")
    shutil.copy(other.inbox / inbox_mark.NAME, place.inbox / inbox_mark.NAME)

    assert "lacks its mark" in ran(place, "process").stdout


def test_what_lies_in_an_inbox_that_was_made_anew_is_taken_all_the_same(place):
    share_goes(place)
    place.drop("return.xlsx", b"%PDF-1.7 a scan")

    done = ran(place, "process")

    assert "lacks its mark" in done.stdout
    assert "1 file handled" in done.stdout
    assert list(place.inbox.iterdir()) == []


def test_a_person_marks_it_anew(place):
    share_goes(place)

    assert ran(place, "set-up", "--mark-inbox").returncode == 0

    assert ran(place, "process").returncode == 0
    assert ran(place, "doctor").stdout.count("lacks its mark") == 0


def test_an_installation_of_before_gets_its_mark_with_the_next_command(place):
    (place.inbox / inbox_mark.NAME).unlink()
    (place.store / "inbox.mark").unlink()

    assert ran(place, "process").returncode == 0

    assert (place.inbox / inbox_mark.NAME).exists()


def test_the_service_tells_once_that_the_share_is_away_and_goes_on_when_it_is_back(place, tmp_path):
    text = place.config.read_text().replace("look_every_seconds: 5.0", "look_every_seconds: 0.2")
    place.config.write_text(text.replace("settle_seconds: 0.0", "settle_seconds: 0.2"))
    told = tmp_path / "told.txt"
    with told.open("w") as out:
        line = [sys.executable, "-u", "-m", "audit_kit", "--config", str(place.config), "watch"]
        service = subprocess.Popen(line, stdout=out, stderr=subprocess.STDOUT)
    try:
        until(lambda: "Watching" in told.read_text())
        share_goes(place)
        until(lambda: "lacks its mark" in told.read_text())
        time.sleep(1)
        place.folder.joinpath("away", "return.xlsx").write_bytes(b"%PDF-1.7 a scan")
        share_comes_back(place)
        until(lambda: "could not be read" in told.read_text())
    finally:
        service.send_signal(signal.SIGTERM)
        assert service.wait(timeout=10) == 0
    assert told.read_text().count("lacks its mark") == 1


def test_only_the_mark_itself_is_no_return(tmp_path, place):
    (tmp_path / "folder").mkdir()
    inbox = Inbox(tmp_path / "folder", 0, place_disk())
    for name in (inbox_mark.NAME, f"{inbox_mark.NAME} (1)"):
        (tmp_path / "folder" / name).write_bytes(b"x")
    inbox.settled(0)

    assert [arrival.path.name for arrival in inbox.settled(1)] == [f"{inbox_mark.NAME} (1)"]


def place_disk():
    from audit_kit.store.disk import Disk

    return Disk()


pytestmark = pytest.mark.skipif(os.name == "nt", reason="a folder that is in use can't be renamed there")
