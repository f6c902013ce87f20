"""Each change of a file is whole and durable when the call returns, or has not happened."""

import os
import stat
from pathlib import Path

import pytest

from audit_kit.store import disk
from audit_kit.store.disk import PART, Disk


class Interrupted(BaseException):
    """The power goes."""


class StopsBefore(Disk):
    def __init__(self, step: str) -> None:
        super().__init__()
        self.step = step

    def about_to(self, step: str) -> None:
        if step == self.step:
            raise Interrupted


def mode_of(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_written_is_read_back(tmp_path):
    Disk().write(tmp_path / "a.age", b"content")

    assert (tmp_path / "a.age").read_bytes() == b"content"
    assert [path.name for path in tmp_path.iterdir()] == ["a.age"]


@pytest.mark.parametrize("step", ["begin a part file", "fill a part file", "rename a part file"])
def test_an_interrupted_write_leaves_the_old_content(tmp_path, step):
    (tmp_path / "a.age").write_bytes(b"old")

    with pytest.raises(Interrupted):
        StopsBefore(step).write(tmp_path / "a.age", b"new")

    assert (tmp_path / "a.age").read_bytes() == b"old"


def test_what_an_interrupted_write_left_is_removed_and_nothing_else(tmp_path):
    (tmp_path / "agencies" / "MPS").mkdir(parents=True)
    (tmp_path / "agencies" / "MPS" / "tool.xlsx").write_bytes(b"whole")
    (tmp_path / "agencies" / "MPS" / "somebody's.part").write_bytes(b"not ours")
    (tmp_path / "agencies" / "MPS" / f"tool.xlsx{PART}").write_bytes(b"to")

    Disk().remove_parts(tmp_path)

    assert sorted(path.name for path in (tmp_path / "agencies" / "MPS").iterdir()) == ["somebody's.part", "tool.xlsx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_files_and_every_folder_above_them_are_open_to_their_owner_alone(tmp_path):
    before = os.umask(0)
    try:
        Disk().write(tmp_path / "one" / "two" / "a.age", b"content")
    finally:
        os.umask(before)

    assert mode_of(tmp_path / "one" / "two" / "a.age") == 0o600
    assert mode_of(tmp_path / "one" / "two") == 0o700
    assert mode_of(tmp_path / "one") == 0o700


def test_removing_what_is_gone_is_no_error(tmp_path):
    Disk().remove(tmp_path / "never there")

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_content(tmp_path):
    (tmp_path / "a.age").write_bytes(b"old")
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            Disk().write(tmp_path / "a.age", b"x" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert (tmp_path / "a.age").read_bytes() == b"old"


def test_what_could_not_be_synced_is_never_synced_again_in_hope(tmp_path):
    class BadDisk(Disk):
        def about_to(self, step: str) -> None:
            if step == "sync a part file":
                raise OSError(5, "Input/output error")

    (tmp_path / "a.age").write_bytes(b"old")

    with pytest.raises(OSError, match="Input/output"):
        BadDisk().write(tmp_path / "a.age", b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["a.age"]  # the next try begins a new file
    assert (tmp_path / "a.age").read_bytes() == b"old"


def test_of_several_files_none_is_in_its_place_before_all_are_synced(tmp_path):
    steps = []

    class Noting(Disk):
        def about_to(self, step: str) -> None:
            steps.append(step)

    Noting().write_all((tmp_path / f"{number}.xlsx", b"tool") for number in range(3))

    assert steps[-7:] == ["sync a part file"] * 3 + ["rename a part file"] * 3 + ["sync a folder"]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"tool"] * 3


def test_lines_for_other_files_are_synced_before_any_file_has_its_name(tmp_path):
    synced = []

    class Noting(Disk):
        def about_to(self, step: str) -> None:
            synced.append(((tmp_path / "listed").exists(), step))

    Noting().write_all([(tmp_path / "original", b"sealed")], {tmp_path / "listed": b"its digest\n"})

    assert synced == [
        (False, "append to a file"), (True, "begin a part file"), (True, "fill a part file"), (True, "sync a part file"),
        (True, "sync a part file"), (True, "rename a part file"), (True, "sync a folder"),
    ]  # fmt: skip
    assert (tmp_path / "listed").read_bytes() == b"its digest\n"


def test_a_file_that_is_written_twice_at_once_holds_what_came_last(tmp_path):
    Disk().write_all([(tmp_path / "calendar.ics", b"older"), (tmp_path / "calendar.ics", b"newer")])

    assert (tmp_path / "calendar.ics").read_bytes() == b"newer"


def test_when_the_disk_refuses_one_of_several_files_no_part_of_any_is_left(tmp_path):
    class FullDisk(Disk):
        def about_to(self, step: str) -> None:
            if step == "fill a part file" and len(list(tmp_path.iterdir())) == 3:
                raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        FullDisk().write_all((tmp_path / f"{number}.xlsx", b"tool") for number in range(3))

    assert list(tmp_path.iterdir()) == []


def test_what_an_unfinished_append_left_is_cut_off_by_the_next(tmp_path):
    (tmp_path / "lines").write_bytes(b"one\nhalf of tw")

    Disk().append(tmp_path / "lines", b"two\n", after=4)

    assert (tmp_path / "lines").read_bytes() == b"one\ntwo\n"


def test_a_folder_on_a_share_that_is_away_is_never_made_in_its_place(tmp_path):
    disk = Disk()
    disk.never_made = frozenset((tmp_path / "outbox",))

    with pytest.raises(FileNotFoundError):
        disk.write(tmp_path / "outbox" / "urgent" / "notice.docx", b"notice")

    assert list(tmp_path.iterdir()) == []


# --- a virus scanner, as on Windows: it holds a fresh file for a moment, or takes it away ------------------------------


@pytest.fixture
def scanner(monkeypatch):
    """Lets the system refuse so many renames and removals, as Windows does while another program has the file open."""
    waited: list[float] = []
    monkeypatch.setattr(disk, "_HELD_WHILE_OPEN", True)
    monkeypatch.setattr(disk.time, "sleep", waited.append)

    def holds(times: int) -> list[float]:
        left = [times]

        def held(change):
            def changed(path, *given, **named):
                if not left[0]:
                    return change(path, *given, **named)
                left[0] -= 1
                raise PermissionError(13, "The process cannot access the file")

            return changed

        monkeypatch.setattr(Path, "replace", held(Path.replace))
        monkeypatch.setattr(Path, "unlink", held(Path.unlink))
        return waited

    return holds


def test_a_file_that_a_scanner_holds_for_a_moment_is_renamed_a_little_later(tmp_path, scanner):
    waited = scanner(9)

    Disk().write(tmp_path / "letter.docx", b"whole")

    assert (tmp_path / "letter.docx").read_bytes() == b"whole"
    assert 2 < sum(waited) < 3


def test_and_so_it_is_removed(tmp_path, scanner):
    (tmp_path / "return.xlsx").write_bytes(b"kept elsewhere by now")
    scanner(9)

    Disk().remove(tmp_path / "return.xlsx")

    assert not (tmp_path / "return.xlsx").exists()


def test_one_that_is_held_for_longer_is_an_error_of_the_disk_and_the_old_content_stands(tmp_path, scanner):
    (tmp_path / "letter.docx").write_bytes(b"old")
    scanner(10)

    with pytest.raises(PermissionError):
        Disk().write(tmp_path / "letter.docx", b"new")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"letter.docx": b"old"}


def test_one_that_a_scanner_takes_away_is_an_error_of_the_disk_and_the_old_content_stands(tmp_path):
    class Scanned(Disk):
        def about_to(self, step: str) -> None:
            if step == "rename a part file":
                (tmp_path / f"letter.docx{PART}").unlink()

    (tmp_path / "letter.docx").write_bytes(b"old")

    with pytest.raises(FileNotFoundError):
        Scanned().write(tmp_path / "letter.docx", b"new")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"letter.docx": b"old"}
