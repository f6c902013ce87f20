"""The container: a zip as Office programs write it, and nothing cleverer.

Every byte of the file belongs to exactly one part, to the directory or to the end record, so there is no
second reading of it: two readers that trust different headers can't see different files.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from audit_kit.office import gate_limits as limits
from audit_kit.office.gate_reasons import Reason, Refused

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")

_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW, _PATCH, _STRONG, _MASKED = 0x0001, 0x0008, 0x0020, 0x0040, 0x2000
_ZIP64_EXTRA, _UNICODE_PATH_EXTRA = 0x0001, 0x7075


@dataclass(frozen=True)
class Entry:
    """One part: where its packed bytes lie and what they must unpack to."""

    name: str
    method: int
    start: int
    packed: int
    size: int
    crc: int


def entries(data: bytes) -> tuple[Entry, ...]:
    """The parts of the container in the order of the file. Refuses whatever two readers could see differently.

    Source of the rules: what zip readers were measured to disagree about, and the overlapping-parts bomb.
    """
    directory, count = _directory(data)
    found: list[Entry] = []
    names: set[str] = set()
    edge = 0
    for offset, entry, flags in sorted(_central_entries(data, directory, count), key=lambda each: each[0]):
        if offset != edge:
            raise Refused(Reason.ODD, "zip: gap or overlap")
        if entry.name.lower() in names:
            raise Refused(Reason.ODD, "zip: two parts of one name")
        names.add(entry.name.lower())
        start = _data_start(data, offset, entry, flags)
        edge = _data_end(data, start, entry, flags)
        found.append(Entry(entry.name, entry.method, start, entry.packed, entry.size, entry.crc))
    if edge != directory:
        raise Refused(Reason.ODD, "zip: gap before the directory")
    return tuple(found)


def unpack(data: bytes, entry: Entry, most: int) -> bytes:
    """The bytes of one part, at most ``most``; refuses a wrong size or checksum."""
    if entry.size > most:
        raise Refused(Reason.TOO_LARGE, "zip: part too large")
    packed = data[entry.start : entry.start + entry.packed]
    if entry.method == _DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            packed = inflater.decompress(packed, entry.size + 1)
        except zlib.error:
            raise Refused(Reason.INCOMPLETE, "zip: damaged part") from None
        if not inflater.eof or inflater.unused_data:
            raise Refused(Reason.ODD, "zip: size is not as stated")
    if len(packed) != entry.size:
        raise Refused(Reason.ODD, "zip: size is not as stated")
    if zlib.crc32(packed) != entry.crc:
        raise Refused(Reason.INCOMPLETE, "zip: checksum")
    return packed


def first_bytes(data: bytes, entry: Entry) -> bytes:
    """How a part begins, without the cost of unpacking it. Refused when it is damaged."""
    packed = data[entry.start : entry.start + min(entry.packed, 4096)]
    if entry.method == _STORED:
        return packed[:16]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, 16)
    except zlib.error:
        raise Refused(Reason.INCOMPLETE, "zip: damaged part") from None


def is_whole(data: bytes) -> bool:
    """Whether the container is complete: its directory ends the file and every checksum holds.

    A copy that is still being written is not whole. A file that is not a zip at all isn't either; ask
    ``wrong_type`` first.
    """
    try:
        parts = entries(data)
        if sum(entry.size for entry in parts) > limits.XML_BYTES + limits.OTHER_BYTES:
            return True  # whole or not, the gate will refuse it for its size
        for entry in parts:
            unpack(data, entry, limits.OTHER_PART_BYTES)
    except Refused as refusal:
        return refusal.reason is Reason.TOO_LARGE
    return True


def _directory(data: bytes) -> tuple[int, int]:
    """Where the directory starts and how many entries it has."""
    if len(data) < _END.size or data[-_END.size :][:4] != b"PK\x05\x06":
        raise Refused(Reason.INCOMPLETE, "zip: no end record at the end")
    _, disk, first_disk, here, count, size, start, comment = _END.unpack(data[-_END.size :])
    if disk or first_disk or here != count or comment:
        raise Refused(Reason.ODD, "zip: end record")
    if count > limits.PARTS:
        raise Refused(Reason.TOO_LARGE, "zip: too many parts")
    if start + size != len(data) - _END.size:
        raise Refused(Reason.ODD, "zip: directory does not end at the end record")
    return start, count


def _central_entries(data: bytes, start: int, count: int) -> list[tuple[int, Entry, int]]:
    """Each directory entry with the offset of its local header and its flags."""
    found = []
    at, end = start, len(data) - _END.size
    for _ in range(count):
        if at + _CENTRAL.size > end:
            raise Refused(Reason.ODD, "zip: directory too short")
        fields = _CENTRAL.unpack_from(data, at)
        signature, _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = fields[:12]
        comment_length, disk, _, attributes, offset = fields[12:]
        if signature != b"PK\x01\x02" or disk or comment_length:
            raise Refused(Reason.ODD, "zip: directory entry")
        at += _CENTRAL.size
        name = _plain_name(data[at : at + name_length])
        at += name_length
        _check_extra(data[at : at + extra_length])
        at += extra_length
        if (attributes >> 16) & 0xF000 == 0xA000:
            raise Refused(Reason.ODD, "zip: link")
        _check_method(flags, method, packed, size)
        found.append((offset, Entry(name, method, 0, packed, size, crc), flags))
    if at != end:
        raise Refused(Reason.ODD, "zip: directory too long")
    return found


def _plain_name(raw: bytes) -> str:
    name = raw.decode("ascii", "replace")
    steps = name.removesuffix("/").split("/")
    if (
        not name.isascii()
        or not name.isprintable()
        or len(name) > 200
        or any(step in ("", ".", "..") for step in steps)
        or any(mark in name for mark in "\\:*?|<>\"'%")  # what "%33" stands for, not every reader asks
    ):
        raise Refused(Reason.ODD, "zip: part name")
    return name


def _check_extra(extra: bytes) -> None:
    """Office pads with a private field, other programs note times; a second size or name is refused."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind in (_ZIP64_EXTRA, _UNICODE_PATH_EXTRA):
            raise Refused(Reason.ODD, "zip: second size or name")
        at += 4 + length


def _check_method(flags: int, method: int, packed: int, size: int) -> None:
    if flags & (_ENCRYPTED | _STRONG | _MASKED):
        raise Refused(Reason.PASSWORD, "zip: encrypted part")
    if method not in (_STORED, _DEFLATED) or flags & _PATCH:
        raise Refused(Reason.ODD, "zip: compression method")
    if 0xFFFFFFFF in (packed, size):
        raise Refused(Reason.ODD, "zip: zip64")


def _data_start(data: bytes, offset: int, entry: Entry, flags: int) -> int:
    """Where the packed bytes begin; the local header must say what the directory says."""
    if offset + _LOCAL.size > len(data):
        raise Refused(Reason.ODD, "zip: local header outside the file")
    fields = _LOCAL.unpack_from(data, offset)
    signature, _, local_flags, method, _, _, crc, packed, size, name_length, extra_length = fields
    name_at = offset + _LOCAL.size
    name = data[name_at : name_at + name_length]
    if signature != b"PK\x03\x04" or name != entry.name.encode("ascii"):
        raise Refused(Reason.ODD, "zip: local header names another part")
    if method != entry.method or (local_flags ^ flags) & (_ENCRYPTED | _SIZES_FOLLOW | _STRONG | _MASKED):
        raise Refused(Reason.ODD, "zip: local header differs")
    stated = (crc, packed, size)
    expected = (entry.crc, entry.packed, entry.size)
    # while streaming, a program writes zeros here and the true figures behind the part
    if stated != expected and not (
        flags & _SIZES_FOLLOW and all(a in (0, b) for a, b in zip(stated, expected, strict=True))
    ):
        raise Refused(Reason.ODD, "zip: local header differs")
    _check_extra(data[name_at + name_length : name_at + name_length + extra_length])
    return int(name_at + name_length + extra_length)


def _data_end(data: bytes, start: int, entry: Entry, flags: int) -> int:
    """Where the next header must begin: behind the packed bytes and, when streamed, their figures."""
    end = start + entry.packed
    if not flags & _SIZES_FOLLOW:
        return end
    figures = struct.pack("<III", entry.crc, entry.packed, entry.size)
    for signature in (b"PK\x07\x08", b""):
        if data[end : end + len(signature) + 12] == signature + figures:
            return end + len(signature) + 12
    raise Refused(Reason.ODD, "zip: figures behind the part")
