"""Zips that say one thing to one reader and another to the next: every anomaly is refused, every cut is seen."""

import bz2
import lzma
import struct
import zlib
from zipfile import ZIP_STORED

import pytest
from grafting import SHEET, Part, a_form, cell, container, hand_made, packed, parts_of, sheet

from audit_kit.office.gate import Reason, Refused, inspect
from audit_kit.office.gate_zip import is_whole

ZIP64 = struct.pack("<HHQ", 1, 8, 5)
UNICODE_PATH = struct.pack("<HHBI", 0x7075, 5, 1, 0)


def each(**changes):
    """An edit that changes the sheet's part."""

    def edit(parts):
        part = next(part for part in parts if part.name == SHEET.encode())
        for key, value in changes.items():
            setattr(part, key, value(part) if callable(value) else value)

    return edit


def added(*more):
    return lambda parts: [*parts, *more]


def raw_deflate(content):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


EVIL = sheet(cell("evil")).encode()


def overlap(parts):
    """The quoted-overlap bomb in small: two directory entries share one part's bytes."""
    parts.append(Part(b"xl/media/image1.png", parts[-1].content, shift=0))
    parts[-1].packed = b""
    parts[-1].shift = -len(container(parts[-2:-1])) + 100


def with_end_record(at, value):
    """The form with a number of its end record changed: 4 disk, 8 and 10 counts, 12 size, 16 start, 20 comment."""
    form = bytearray(a_form())
    form[len(form) - 22 + at] ^= value
    return bytes(form)


def reaching_out(parts):
    """The last part but one claims to reach far beyond the file, and the last to begin there."""
    parts[-2].packed_size = 1 << 20
    parts[-1].shift = (1 << 20) - len(raw_deflate(parts[-2].content))
    for part in parts[-2:]:
        part.packed = raw_deflate(part.content)


ANOMALIES = {
    "a part that begins beyond the file": hand_made(reaching_out),
    "a second disk": with_end_record(4, 1),
    "a directory on a second disk": with_end_record(6, 1),
    "two counts of parts": with_end_record(8, 1),
    "a size of the directory that lies": with_end_record(12, 1),
    "a start of the directory that lies": with_end_record(16, 1),
    "a comment that is not there": with_end_record(20, 1),
    "an end record of 64 bit": a_form()[:-14] + b"\xff" * 12 + b"\0\0",
    "PK bytes before the first part": hand_made(head=b"PK\x03\x04" + bytes(26)),
    "a comment at the end": hand_made(comment=b"hello"),
    "bytes after the end": hand_made(tail=b"\0"),
    "two zips end to end": a_form() + a_form(),
    "two different zips end to end": packed(parts_of(a_form()) | {SHEET: EVIL}) + a_form(),
    "a directory that says too few": hand_made(count=3),
    "a directory that says too many": hand_made(count=99),
    "a comment on a part": hand_made(each(central_comment=b"hidden")),
    "a part on a second disk": hand_made(each(disk=1)),
    "bytes behind the directory": hand_made(after_directory=b"hidden"),
    "a second directory entry that is not counted": hand_made(after_directory=b"PK\x01\x02" + bytes(42)),
    "a gap between parts": hand_made(each(before=b"hidden")),
    "a gap before the directory": hand_made(lambda parts: parts[-1].__setattr__("descriptor", b"hidden")),
    "overlapping parts": hand_made(overlap),
    "two parts of one name": hand_made(added(Part(SHEET.encode(), EVIL))),
    "two parts that differ in letter case": hand_made(added(Part(SHEET.upper().encode(), EVIL))),
    "a local header that names another part": hand_made(each(local_name=b"xl/worksheets/sheet9.xml")),
    "a name out of the folder": hand_made(added(Part(b"../evil.xml", b"<a/>"))),
    "an absolute name": hand_made(added(Part(b"/xl/theme/theme2.xml", b"<a/>"))),
    "a backslash in a name": hand_made(added(Part(b"xl\\theme\\theme2.xml", b"<a/>"))),
    "a drive in a name": hand_made(added(Part(b"C:/xl/theme2.xml", b"<a/>"))),
    "a name that another reader may take for a sheet's": hand_made(added(Part(b"xl/worksheets/sheet%32.xml", EVIL))),
    "a patch of what somebody has": hand_made(each(flags=0x20)),
    "an empty name": hand_made(added(Part(b"", b"<a/>"))),
    "a name with a line break": hand_made(added(Part(b"xl/theme/a\nb.xml", b"<a/>"))),
    "a name in another script": hand_made(added(Part("xl/theme/ä.xml".encode(), b"<a/>"))),
    "a name of 60,000 letters": hand_made(added(Part(b"xl/media/" + b"a" * 60_000 + b".png", b""))),
    "a folder with content": hand_made(added(Part(b"xl/theme/", b"<a/>"))),
    "a link": hand_made(each(attributes=0xA1FF << 16)),
    "another method: bzip2": hand_made(each(method=12, packed=lambda part: bz2.compress(part.content))),
    "another method: LZMA": hand_made(each(method=14, packed=lambda part: lzma.compress(part.content))),
    "another method: Deflate64": hand_made(each(method=9)),
    "a size of 64 bit": hand_made(each(central_extra=ZIP64)),
    "a size of 64 bit in the local header": hand_made(each(extra=ZIP64)),
    "all sizes of 64 bit": hand_made(each(size=0xFFFFFFFF)),
    "a second name": hand_made(each(central_extra=UNICODE_PATH)),
    "a size that lies low": hand_made(each(size=10)),
    "a size that lies high": hand_made(each(size=lambda part: len(part.content) + 1)),
    "a stored size that lies": hand_made(each(method=0, size=10)),
    "bytes after the packed stream": hand_made(each(packed=lambda part: raw_deflate(part.content) + b"hidden")),
    "a packed stream that does not end": hand_made(each(packed=lambda part: raw_deflate(part.content)[:-4])),
    "a local size that differs": hand_made(each(local_size=1)),
    "packed larger than its content": hand_made(each(packed=lambda part: raw_deflate(b"")[:-2] * 9 + bytes(9_000))),
    "figures behind a part that differ": hand_made(each(streamed=True, descriptor=b"", before=b"x")),
    "300 parts too many": hand_made(added(*(Part(b"xl/media/i%d.png" % n, b"") for n in range(300)))),
}  # fmt: skip


@pytest.mark.parametrize("data", ANOMALIES.values(), ids=ANOMALIES)
def test_anomalies_of_the_container_are_refused(data):
    with pytest.raises(Refused) as refusal:
        inspect(data)
    assert refusal.value.reason in (Reason.ODD, Reason.TOO_LARGE, Reason.INCOMPLETE)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (hand_made(each(flags=1)), Reason.PASSWORD),
        (hand_made(head=b"#!/bin/sh\n"), Reason.UNKNOWN),
        (hand_made(each(flags=0x40)), Reason.PASSWORD),
        (hand_made(each(crc=1)), Reason.INCOMPLETE),
        (hand_made(each(packed=b"\xff" * 50)), Reason.INCOMPLETE),
        (hand_made(added(Part(b"xl/media/image1.png", b"picture", crc=1))), Reason.INCOMPLETE),
        (hand_made(added(Part(b"xl/media/image1.png", b"picture", packed=b"\xff" * 8))), Reason.INCOMPLETE),
        (a_form()[:-1], Reason.INCOMPLETE),
    ],
    ids=[
        "a zip password",
        "a program before it",
        "strong encryption",
        "a checksum",
        "no packed stream",
        "a picture's checksum",
        "a picture without its stream",
        "cut",
    ],
)
def test_damage_and_zip_passwords_are_told_apart_from_anomalies(data, reason):
    with pytest.raises(Refused) as refusal:
        inspect(data)
    assert refusal.value.reason is reason


@pytest.mark.parametrize(
    "data",
    [
        hand_made(),
        hand_made(lambda parts: [setattr(part, "streamed", True) for part in parts] and None),
        hand_made(each(method=0)),
        packed(parts_of(a_form()), ZIP_STORED),
        hand_made(each(extra=struct.pack("<HHHH", 0xA220, 4, 0xA028, 0))),
        hand_made(each(central_extra=struct.pack("<HHB4s", 0x5455, 5, 1, b"\0\0\0\0"))),
        hand_made(each(flags=0x06)),
        hand_made(added(Part(b"xl/theme/extra/", b"", method=0))),
    ],
    ids=["by hand", "streamed", "one stored", "all stored", "Office's padding", "a time", "fast packing", "a folder"],
)  # fmt: skip
def test_what_honest_zip_programs_do_is_accepted(data):
    assert inspect(data).sheets[1].filled == 80
    assert is_whole(data)


def test_no_beginning_of_a_workbook_is_taken_for_a_whole_one():
    form = a_form()
    for length in range(len(form)):
        with pytest.raises(Refused):
            inspect(form[:length])
        assert not is_whole(form[:length])


def test_no_workbook_whose_tail_has_not_arrived_yet_is_taken_for_a_whole_one():
    form = a_form()
    for length in range(0, len(form) - 1, 7):
        partial = form[:length] + bytes(len(form) - length)
        if partial != form:
            with pytest.raises(Refused):
                inspect(partial)
            assert not is_whole(partial)


def test_a_hole_in_a_large_picture_is_seen_by_the_completeness_test_though_nothing_reads_pictures():
    content = bytes(range(256)) * 4096
    whole = packed(parts_of(a_form()) | {"xl/media/image1.png": content}, ZIP_STORED)
    at = whole.index(content)
    holed = whole[: at + 5000] + bytes(4096) + whole[at + 9096 :]
    assert is_whole(whole)
    assert not is_whole(holed)
