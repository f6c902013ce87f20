"""A file is taken when it has finished arriving, once and whole; everything else is left and told."""

import os
import socket
import zipfile
from io import BytesIO

import pytest

from audit_kit.store.disk import Disk
from audit_kit.store.inbox import LARGEST_BYTES, Arrival, Inbox

SETTLE = 2.0


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def inbox(folder) -> Inbox:
    return Inbox(folder, SETTLE, Disk())


def a_package(text: str = "answers", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", f"<sheet>{text}</sheet>" * 50)
    return buffer.getvalue()


def names(arrivals: tuple[Arrival, ...]) -> list[str]:
    return [arrival.path.name for arrival in arrivals]


def taken(inbox: Inbox, first: float = 0, second: float = SETTLE) -> list[bytes | None]:
    inbox.settled(first)
    return [inbox.take(arrival, second) for arrival in inbox.settled(second)]


# --- settled ----------------------------------------------------------------------------------------------


def test_a_file_has_arrived_after_two_equal_looks(folder, inbox):
    (folder / "tool.xlsx").write_bytes(b"content")

    assert names(inbox.settled(0)) == []
    assert names(inbox.settled(1.9)) == []
    assert names(inbox.settled(2.0)) == ["tool.xlsx"]


def test_the_next_look_is_due_when_the_first_file_has_been_quiet_for_long_enough(folder, inbox):
    inbox.settled(0)
    nothing_there = inbox.next_look(1)
    (folder / "first.xlsx").write_bytes(b"content")
    inbox.settled(10)
    (folder / "second.xlsx").write_bytes(b"content")
    inbox.settled(11)

    assert nothing_there is None
    assert inbox.next_look(11.5) == 0.5
    assert inbox.next_look(12.5) == 0.5  # the first has settled and was not taken: it waits for the second
    assert inbox.next_look(20) == SETTLE


def test_a_file_comes_while_it_is_new_or_changes_and_no_longer(folder, inbox):
    (folder / "empty.xlsx").write_bytes(b"")
    nothing_yet = inbox.comes(0, within=12)
    (folder / "tool.xlsx").write_bytes(b"con")

    assert not nothing_yet
    assert inbox.comes(1, within=12) and inbox.comes(13, within=12)
    assert not inbox.comes(13.5, within=12)
    (folder / "tool.xlsx").write_bytes(b"content")
    assert inbox.comes(14, within=12)


def test_a_file_that_grows_starts_anew(folder, inbox):
    (folder / "tool.xlsx").write_bytes(b"con")
    inbox.settled(0)
    (folder / "tool.xlsx").write_bytes(b"content")

    assert names(inbox.settled(3)) == []
    assert names(inbox.settled(5)) == ["tool.xlsx"]


def test_so_does_one_whose_time_alone_changed(folder, inbox):
    (folder / "tool.xlsx").write_bytes(b"content")
    inbox.settled(0)
    os.utime(folder / "tool.xlsx", ns=(1, 1))

    assert names(inbox.settled(3)) == []


@pytest.mark.parametrize("stamp", [0, 4_102_444_800_000_000_000], ids=["1970", "2100"])
def test_a_files_own_time_is_never_taken_for_an_age(folder, inbox, stamp):
    (folder / "tool.xlsx").write_bytes(b"content")
    os.utime(folder / "tool.xlsx", ns=(stamp, stamp))

    assert names(inbox.settled(0)) == []
    assert names(inbox.settled(2)) == ["tool.xlsx"]


def test_a_file_that_goes_and_comes_again_starts_anew(folder, inbox):
    (folder / "tool.xlsx").write_bytes(b"content")
    inbox.settled(0)
    (folder / "tool.xlsx").unlink()
    inbox.settled(1)
    (folder / "tool.xlsx").write_bytes(b"content")

    assert names(inbox.settled(3)) == []


def test_an_inbox_that_is_made_anew_is_read_as_before(folder, inbox):
    (folder / "one.xlsx").write_bytes(b"1")
    inbox.settled(0)
    (folder / "one.xlsx").unlink()
    folder.rmdir()
    with pytest.raises(FileNotFoundError):
        inbox.settled(2)
    folder.mkdir()
    (folder / "two.xlsx").write_bytes(b"2")

    inbox.settled(4)

    assert names(inbox.settled(6)) == ["two.xlsx"]


# --- names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "~$tool.xlsx", ".~lock.tool.xlsx#", "1A2B3C4D", "1A2B3C4D.tmp", "~WRL0001.tmp", "tool.xlsx.part", "tool.crdownload",
        "tool.xlsx.filepart", "tool.xlsx.sb-1a2b3c4d-xY9zQ1", ".syncthing.tool.xlsx.tmp", ".goutputstream-ABC", "desktop.ini",
        "Thumbs.db", ".DS_Store", "._tool.xlsx", "README.md",
    ],
)  # fmt: skip
def test_names_that_are_no_return_are_left_alone(folder, inbox, name):
    (folder / name).write_bytes(b"content")

    assert taken(inbox) == []


@pytest.mark.parametrize(
    "name",
    [
        "tool (1).xlsx", "Copy of tool.xlsx", "tool - Copy.xlsx", "tool.sync-conflict-20261101-101500-ABCDEFG.xlsx", "tool",
        ".tool.xlsx", "tool.XLSX", "tool.pdf", "part.xlsx", "مريم.xlsx", "a\nb.xlsx", "=cmd.xlsx", "CON.xlsx.", "x" * 250 + ".xls",
    ],
)  # fmt: skip
def test_every_other_name_is_judged_by_content(folder, inbox, name):
    (folder / name).write_bytes(b"content")

    assert taken(inbox) == [b"content"]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_taken_all_the_same(folder, inbox):
    (folder / os.fsdecode(b"tool\xff.xlsx")).write_bytes(b"content")

    assert taken(inbox) == [b"content"]


@pytest.mark.parametrize("owner", ["~$return.xlsx", "~$eturn.xlsx", "~$turn.xlsx", ".~lock.return.xlsx#"])
def test_a_file_that_somebody_has_open_waits_and_is_told_once(folder, inbox, owner):
    (folder / "return.xlsx").write_bytes(b"content")
    (folder / owner).write_bytes(b"who has it")

    assert taken(inbox) == []
    assert [odd.why for odd in inbox.odd()] == ["a file that somebody has open in Excel or Word"]
    assert inbox.odd() == ()

    (folder / owner).unlink()
    assert taken(inbox, 10, 12) == [b"content"]


# --- taking -----------------------------------------------------------------------------------------------


def test_the_whole_content_is_taken(folder, inbox):
    package = a_package()
    (folder / "tool.xlsx").write_bytes(package)

    assert taken(inbox) == [package]


@pytest.mark.parametrize("change", ["replaced", "grown", "gone", "link", "folder", "pipe"])
def test_a_file_that_changed_between_the_look_and_the_copy_is_left(folder, inbox, change):
    path = folder / "tool.xlsx"
    path.write_bytes(b"content")
    inbox.settled(0)
    (arrival,) = inbox.settled(2)
    if change == "grown":
        path.write_bytes(b"content and more")
    else:
        path.unlink()
    if change == "replaced":
        path.write_bytes(b"another")
    if change == "link":
        path.symlink_to("/etc/hostname")
    if change == "folder":
        path.mkdir()
    if change == "pipe":
        os.mkfifo(path)

    assert inbox.take(arrival, 2) is None


def test_clearing_removes_what_was_taken(folder, inbox):
    (folder / "tool.xlsx").write_bytes(b"content")
    inbox.settled(0)
    (arrival,) = inbox.settled(2)

    inbox.clear([arrival])

    assert list(folder.iterdir()) == []


def test_but_never_what_came_in_its_place(folder, inbox):
    (folder / "tool.xlsx").write_bytes(b"content")
    inbox.settled(0)
    (arrival,) = inbox.settled(2)
    (folder / "new").write_bytes(b"newer version")
    (folder / "new").replace(folder / "tool.xlsx")

    inbox.clear([arrival])

    assert (folder / "tool.xlsx").read_bytes() == b"newer version"
    assert taken(inbox, 4, 6) == [b"newer version"]


# --- torn -------------------------------------------------------------------------------------------------


def test_no_half_copied_workbook_is_taken(folder, inbox):
    package = a_package()
    path = folder / "tool.xlsx"
    accepted = []
    for length in range(4, len(package)):
        path.write_bytes(package[:length])
        inbox.settled(length * 10)
        (arrival,) = inbox.settled(length * 10 + 2)
        if inbox.take(arrival, length * 10 + 2) is not None:
            accepted.append(length)

    assert accepted == []


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_nor_one_with_a_hole_that_is_still_to_be_filled(folder, inbox, method):
    package = bytearray(a_package(method=method))
    middle = len(package) // 2
    package[middle : middle + 30] = bytes(30)
    (folder / "tool.xlsx").write_bytes(bytes(package))

    assert taken(inbox) == [None]


def test_nor_one_whose_tail_is_still_empty(folder, inbox):
    package = a_package()
    (folder / "tool.xlsx").write_bytes(package[:-40] + bytes(40))

    assert taken(inbox) == [None]


def test_after_ten_minutes_a_torn_file_is_taken_as_it_is_for_a_person_to_see(folder, inbox):
    torn = a_package()[:-40]
    (folder / "tool.xlsx").write_bytes(torn)
    inbox.settled(0)

    assert [inbox.take(arrival, 599) for arrival in inbox.settled(599)] == [None]
    assert [inbox.take(arrival, 600) for arrival in inbox.settled(600)] == [torn]


@pytest.mark.parametrize(
    "content", [b"PK", b"not a zip", b"\xd0\xcf\x11\xe0 an old workbook", b"PK\x05\x06" + bytes(18)]
)
def test_what_is_no_package_is_whole(folder, inbox, content):
    (folder / "tool.xlsx").write_bytes(content)

    assert taken(inbox) == [content]


def test_a_package_that_zipfile_stumbles_over_is_left_to_the_gate(folder, inbox):
    package = bytearray(a_package())
    directory = package.rindex(b"PK\x01\x02")
    package[directory + 6] = 200  # the version needed to read it
    (folder / "tool.xlsx").write_bytes(bytes(package))

    assert taken(inbox) == [bytes(package)]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_bomb_is_not_unpacked_to_see_whether_it_is_whole(folder, inbox, method):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package, package.open("xl/sheet1.xml", "w") as part:
        for _ in range(100):
            part.write(bytes(1 << 20))
    (folder / "tool.xlsx").write_bytes(buffer.getvalue())

    assert taken(inbox) == [buffer.getvalue()]


def test_an_empty_file_waits_and_is_told_after_an_hour(folder, inbox):
    (folder / "tool.xlsx").write_bytes(b"")

    assert taken(inbox) == []
    assert inbox.odd() == ()
    inbox.settled(3600)
    assert [odd.why for odd in inbox.odd()] == ["an empty file"]


def test_what_another_program_left_unfinished_is_told_after_a_day(folder, inbox):
    (folder / "tool.xlsx.crdownload").write_bytes(b"half")
    inbox.settled(0)
    inbox.settled(86_399)
    assert inbox.odd() == ()

    inbox.settled(86_400)

    assert [odd.why for odd in inbox.odd()] == ["a file that another program left unfinished"]


# --- what is never opened ---------------------------------------------------------------------------------


def _link(path):
    path.symlink_to("/etc/hostname")


def _loop(path):
    path.symlink_to(path)


def _second_name(path):
    outside = path.parent.parent / "outside.xlsx"
    outside.write_bytes(b"somebody's")
    path.hardlink_to(outside)


def _too_large(path):
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)


def _sparse(path):
    with path.open("wb") as file:
        file.truncate(64 << 30)


def _socket(path):
    server = socket.socket(socket.AF_UNIX)
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)  # a socket's path may be no longer than 107 bytes
    try:
        server.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)
        server.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other kinds of odd files")
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (_link, "a link"),
        (_loop, "a link"),
        (os.mkfifo, "a pipe, a socket or a device"),
        (_socket, "a pipe, a socket or a device"),
        (lambda path: path.mkdir(), "a folder"),
        (_second_name, "a second name of another file"),
        (_too_large, "a file larger than 32 MB"),
        (_sparse, "a file larger than 32 MB"),
    ],
    ids=["link", "loop", "pipe", "socket", "folder", "hard link", "too large", "sparse"],
)
def test_what_is_no_ordinary_file_is_never_opened_and_told_once(folder, inbox, make, why):
    make(folder / "tool.xlsx")

    assert taken(inbox) == []
    assert [odd.why for odd in inbox.odd()] == [why]
    assert inbox.odd() == ()


def test_and_the_files_beside_it_are_taken(folder, inbox):
    os.mkfifo(folder / "a.xlsx")
    (folder / "b.xlsx").write_bytes(b"content")

    assert taken(inbox) == [b"content"]
