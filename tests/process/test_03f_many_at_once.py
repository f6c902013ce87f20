"""Returns come many at a time: they are read and judged by several processes, and nothing about any of them changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audit_kit.acts import workers
from audit_kit.acts.workers import NotDone, Workers


@pytest.fixture
def two_workers():
    with Workers(2) as helping:
        yield helping


def test_a_worker_gives_back_a_value(two_workers):
    assert two_workers.begin(pow, 2, 10).result(60) == 1024


def test_work_that_kills_its_worker_is_not_done_and_the_next_is(two_workers):
    killed = [two_workers.begin(os._exit, 1) for _ in range(3)]
    after = [two_workers.begin(pow, 2, number) for number in range(4)]

    for one in killed:
        with pytest.raises(NotDone):
            one.result(60)
    assert [one.result(60) for one in after] == [1, 2, 4, 8]


def test_what_goes_wrong_with_work_is_left_to_whoever_asked_so_that_no_word_of_it_is_told(two_workers, capfd):
    with pytest.raises(NotDone):
        two_workers.begin(int, "Xanthippe Quarrelmonger").result(60)

    assert "Xanthippe" not in "".join(capfd.readouterr())


def test_a_worker_takes_no_heed_of_what_asks_the_kit_to_stop(two_workers):
    worker = two_workers.begin(os.getpid).result(60)
    os.kill(worker, signal.SIGINT)
    os.kill(worker, signal.SIGTERM)

    assert {two_workers.begin(os.getpid).result(60) for _ in range(4)} >= {worker}


def test_few_files_need_no_workers():
    with Workers.for_so_many(workers.FEWEST - 1, 0) as none, Workers.for_so_many(workers.FEWEST, 3) as three:
        assert (none.count, three.count) == (0, 3)


@pytest.mark.skipif(os.name == "nt", reason="there is no such kill there")
def test_workers_end_when_the_kit_is_killed(tmp_path: Path):
    script = tmp_path / "kit.py"
    script.write_text(
        "import os, time\n"
        "from audit_kit.acts.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(1) as one:\n"
        "        print(one.begin(os.getpid).result(), flush=True)\n"
        "        one.begin(time.sleep, 0.5)\n"
        "        time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as kit:
        assert kit.stdout is not None
        worker = int(kit.stdout.readline())
        kit.kill()

    began = time.monotonic()
    while Path(f"/proc/{worker}").exists() and time.monotonic() - began < 30:
        time.sleep(0.02)
    assert not Path(f"/proc/{worker}").exists()
