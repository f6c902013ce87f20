"""Each change of a file is whole and durable when the call returns, or has not happened."""

import os
import stat

import pytest

from audit_kit.store.disk import PART, Disk


class Interrupted(BaseException):
    """The power goes."""


class StopsBefore(Disk):
    def __init__(self, step: str) -> None:
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
