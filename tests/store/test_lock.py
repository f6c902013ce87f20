"""One at a time, by a lock that vanishes with the process that holds it."""

import os
import signal
import subprocess
import sys

import pytest

from audit_kit.errors import AlreadyRunning
from audit_kit.store import lock

_HOLDER = """
import sys
from pathlib import Path
from audit_kit.store import lock
with lock.held(Path(sys.argv[1]), "watch"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the store."""
    command = [sys.executable, "-c", _HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_holds_the_store(tmp_path, holder):
    with pytest.raises(AlreadyRunning) as told, lock.held(tmp_path, "process"):
        pass

    assert told.value.exit_code == 3
    assert told.value.what.startswith(
        f"Another audit-kit is at work here already (audit-kit watch, process {holder.pid}, since "
    )
    assert told.value.not_happened == "Nothing was done."


def test_the_store_is_free_again_when_the_other_has_finished(tmp_path, holder):
    holder.communicate("")

    with lock.held(tmp_path, "process"):
        assert (tmp_path / "lock.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_and_when_it_was_killed(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "lock.json").exists()  # nobody tidied up

    with lock.held(tmp_path, "process"):
        assert f'"process": {os.getpid()}' in (tmp_path / "lock.json").read_text()


def test_what_the_holder_says_may_be_missing_or_torn(tmp_path, holder):
    (tmp_path / "lock.json").write_text("{")

    with pytest.raises(AlreadyRunning, match=r"^Another audit-kit is at work here already\. Nothing was done\."), lock.held(tmp_path, "process"):  # fmt: skip
        pass


def test_an_error_while_it_is_held_frees_it(tmp_path):
    with pytest.raises(ZeroDivisionError), lock.held(tmp_path, "process"):
        raise ZeroDivisionError

    with lock.held(tmp_path, "process"):
        pass


def test_the_command_says_so_and_exits_with_3(installation):
    command = [sys.executable, "-c", _HOLDER, str(installation.store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        called = subprocess.run(
            [sys.executable, "-m", "audit_kit", "--config", str(installation.config), "process"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        holder.kill()

    assert called.returncode == 3
    assert f"(audit-kit watch, process {holder.pid}, since " in called.stdout + called.stderr
    assert "Traceback" not in called.stderr
