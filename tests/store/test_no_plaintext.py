"""No plaintext outside the inbox and memory: no temporary file anywhere, everything for its owner alone, no core file.

The real commands are run, and every file that they or their children open for writing is watched.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from mini import CHILD, RETURNED, SESSION, Mini, a_copy_of, a_session_being_audited

from audit_kit.domain.clock import Clock
from audit_kit.kit import opened

SAID = "a purple kettle under the ninth ladder"  # an agency's words, which name nobody
REF = f"{SESSION}/H1/GP"
CHANGES = (
    "openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat,memfd_create"
)
STRACE = shutil.which("strace")
needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


@dataclass
class Watched:
    """An installation on a computer whose temporary folder, home and files are looked at afterwards."""

    mini: Mini
    folder: Path
    outcomes: list[subprocess.CompletedProcess[str]] = field(default_factory=list)

    @property
    def trace(self) -> Path:
        return self.folder / "trace"

    def run(self, *words: str) -> None:
        for name in ("tmp", "home"):
            (self.folder / name).mkdir(exist_ok=True)
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.folder / "tmp"))
        environment = {**os.environ, **temporary, "HOME": str(self.folder / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
        watch = [
            STRACE,
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-e",
            f"trace={CHANGES}",
            "-e",
            "signal=none",
            "-s",
            "400",
            "-A",
            "-o",
            self.trace,
        ]
        command = [sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), *words]
        self.outcomes.append(
            subprocess.run(
                [*(watch if STRACE else ()), *command], cwd=self.mini.folder, env=environment, umask=0o022,
                capture_output=True, text=True, check=False,
            )
        )  # fmt: skip

    def written(self) -> list[Path]:
        return files_written(self.trace.read_text(encoding="utf-8", errors="replace"), self.mini.folder)


def files_written(trace: str, started_in: Path) -> list[Path]:
    """Every path that was opened for writing, made, or given another name."""
    found = []
    for line in trace.splitlines():
        call = re.match(r"\d+ +(\w+)\((.*)\) += (-?\w+)", line)
        if call is None or call[3].startswith("-1"):
            continue
        name, arguments = call[1], call[2]
        if name in ("open", "openat") and not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE", arguments):
            continue
        paths = re.findall(r'"((?:[^"\\]|\\.)*)"', arguments)
        found += [(started_in / paths[-1]).resolve() if paths else Path(f"/unnamed/{name}")]
    return found


def outside(paths: list[Path], *allowed: Path) -> list[str]:
    devices = (Path("/dev/null"), Path("/dev/tty"))
    return [str(path) for path in paths if not any(path.is_relative_to(folder) for folder in (*allowed, *devices))]


def left_in(*folders: Path) -> list[str]:
    return [str(path) for folder in folders for path in folder.rglob("*")]


@pytest.fixture(scope="module")
def audited(tmp_path_factory) -> Mini:
    mini = a_session_being_audited(tmp_path_factory.mktemp("plaintext") / "kit")
    evidence = mini.good("H1", "GP")["N1.evidence"]
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"N1.evidence": f"{CHILD} said: {SAID}. {evidence}"}))
    mini.drop("photo.jpg", b"\xff\xd8\xff\xe0" + SAID.encode() * 20)
    for folder in (mini.store, mini.outbox):  # as the command makes them; a test's process has no such umask
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o700 if path.is_dir() else 0o600)
    return mini


@pytest.fixture(scope="module")
def session(audited, tmp_path_factory) -> Watched:
    """A session from the inbox to the report and a backup, by the real commands."""
    folder = tmp_path_factory.mktemp("watched")
    watched = Watched(a_copy_of(audited, folder / "kit"), folder)
    (folder / "kit" / "minutes.txt").write_text(f"{CHILD} spoke of {SAID}.", encoding="utf-8")
    for words in (
        ("process",), ("accept", REF), ("report", SESSION),
        ("anonymise", "minutes.txt", "--session", SESSION, "--case", "H1", "--reason", "to try it"),
        ("backup", str(folder / "backup")),
    ):  # fmt: skip
        watched.run(*words)
    return watched


def test_the_session_was_written_up(session):
    assert [one.stderr for one in session.outcomes if "Traceback" in one.stderr] == []
    assert f"{REF}: with the reviewer" in session.outcomes[0].stdout
    assert list(session.mini.outbox.glob("reports/*report*.docx"))
    assert list(session.mini.outbox.glob("team/*_document_*.docx"))
    assert list((session.folder / "backup").glob("*/manifest.json"))


@needs_strace
def test_nothing_is_written_but_into_the_store_and_the_outbox(session):
    written = session.written()

    assert len(written) > 50
    assert outside(written, session.mini.store, session.mini.outbox, session.folder / "backup") == []


def test_nothing_is_left_in_the_temporary_folder_or_at_home(session):
    assert left_in(session.folder / "tmp", session.folder / "home") == []


def test_what_was_typed_can_be_read_nowhere_in_the_store_or_a_backup(session):
    for folder in (session.mini.store, session.folder / "backup"):
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert not any(word.encode() in data for word in (SAID, CHILD, *CHILD.split())), path.name
                assert not data.startswith(b"PK\x03\x04"), path.name


@pytest.mark.skipif(os.name == "nt", reason="on Windows files take the rights of their folder")
def test_everything_is_for_its_owner_alone_whatever_the_account_usually_allows(session):
    folders = (session.mini.store, session.mini.outbox, session.folder / "backup")
    everything = [path for folder in folders for path in folder.rglob("*")]

    assert len(everything) > 100
    assert [str(path) for path in everything if stat.S_IMODE(path.lstat().st_mode) & 0o077] == []


@pytest.mark.proof
@needs_strace
@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_report_is_laid_out_in_the_store_and_nothing_of_that_is_left(audited, tmp_path):
    mini = a_copy_of(audited, tmp_path / "kit")
    text = mini.config.read_text(encoding="utf-8").replace("page_numbers: false", "page_numbers: true")
    mini.config.write_text(text, encoding="utf-8")
    watched = Watched(mini, tmp_path)
    for words in (("process",), ("accept", REF), ("report", SESSION)):
        watched.run(*words)

    written = watched.written()
    assert any("laying-out-" in str(path) for path in written)
    assert outside(written, mini.store, mini.outbox, Path("/dev"), Path("/var/spool/libreoffice")) == []
    assert left_in(tmp_path / "tmp", tmp_path / "home", *mini.store.glob("laying-out-*")) == []


def test_what_a_kill_left_of_laying_out_a_report_goes_with_the_next_command(audited, tmp_path):
    mini = a_copy_of(audited, tmp_path / "kit")
    (mini.store / "laying-out-x").mkdir()
    (mini.store / "laying-out-x" / "0.docx").write_bytes(b"a report")

    with opened(mini.config, Clock(RETURNED), "test"):
        assert list(mini.store.glob("laying-out-*")) == []


def test_the_trace_would_show_a_temporary_file():
    trace = (
        '7 openat(AT_FDCWD, "/tmp/x1", O_RDWR|O_CREAT|O_EXCL, 0600) = 3\n7 openat(AT_FDCWD, "/etc/a", O_RDONLY) = 4\n'
    )

    assert files_written(trace + '8 memfd_create("x", 0) = 5\n', Path("/work")) == [Path("/tmp/x1"), Path("/work/x")]


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="looks into /proc")
def test_neither_the_service_nor_the_child_that_reads_writes_a_core_file(audited, tmp_path):
    mini = a_copy_of(audited, tmp_path / "kit")
    command = [sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), "watch"]
    limits: dict[int, str] = {}
    with subprocess.Popen(command, cwd=mini.folder, stdout=subprocess.PIPE, text=True) as service:
        until = time.monotonic() + 60
        while len(limits) < 2 and time.monotonic() < until and service.poll() is None:
            for number in (service.pid, *children_of(service.pid)):
                if number == service.pid or b"reader_child" in Path(f"/proc/{number}/cmdline").read_bytes():
                    limits[number] = Path(f"/proc/{number}/limits").read_text()
            time.sleep(0.002)
        service.terminate()
        service.communicate()

    cores = [re.search(r"Max core file size +(\S+)", text) for text in limits.values()]
    assert [core and core[1] for core in cores] == ["0", "0"]


def children_of(number: int) -> list[int]:
    lists = (task / "children" for task in Path(f"/proc/{number}/task").iterdir())
    return [int(child) for children in lists for child in children.read_text().split()]


def test_the_database_keeps_no_temporary_file_either(audited, tmp_path):
    mini = a_copy_of(audited, tmp_path / "kit")
    with opened(mini.config, Clock(RETURNED), "test") as kit, kit.journal._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar() == 2  # in memory
