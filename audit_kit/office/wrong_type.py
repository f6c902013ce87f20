"""What a received file is, by its content and never by its name, so that each kind gets its own sentence."""

from __future__ import annotations

import re
import struct

from audit_kit.office.gate_child import Child, Limits
from audit_kit.office.gate_limits import FILE_BYTES
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.reader_child import sealed_request

_MOST_DIRECTORY = 256 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_DEFAULT_PASSWORD = "VelvetSweatshop"  # Excel's own, for workbooks that open without asking


def refuse_unless_workbook(data: bytes) -> None:
    """Nothing for bytes that may be an .xlsx workbook; Refused, with what they are, for any other."""
    reason = recognise(data)
    if reason is not None:
        raise Refused(reason, "wrong type")


def recognise(data: bytes) -> Reason | None:
    """What the file is, None if it may be an .xlsx workbook."""
    if data[:1] in (b"", b"\0") and data.count(b"\0") == len(data):  # a sync program's place holder
        return Reason.EMPTY
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    for marks, reason in _MAGIC:
        if data.startswith(marks):
            return reason
    if data[4:8] == b"ftyp":
        return Reason.PICTURE if data[8:12] in _HEIF_BRANDS else Reason.UNKNOWN
    if data.startswith(b"0") and _SIGNED_OR_SEALED_MAIL in data[:40]:
        return Reason.EMAIL
    if data[257:262] == b"ustar":
        return Reason.ZIP
    return _kind_of_text(data[:4096])


_MAGIC: tuple[tuple[tuple[bytes, ...], Reason], ...] = (
    ((b"%PDF-",), Reason.PDF),
    ((b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF"), Reason.PICTURE),
    ((b"{\\rtf",), Reason.WORD),
    ((b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), Reason.ZIP),
    ((b"L\0\0\0\x01\x14\x02\0",), Reason.SHORTCUT),  # of Windows
    # what a label makes of a file of any kind, and of a mail
    ((b".pfile", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86"), Reason.RIGHTS_MANAGED),
)
_SIGNED_OR_SEALED_MAIL = b"\x06\x09*\x86H\x86\xf7\r\x01\x07"  # S/MIME, as .p7m
_SHORTCUT = re.compile(
    rb"\[internetshortcut\]|\{\s*\"url\"\s*:\s*\"https?://|<\?xml[^>]*>\s*<!doctype plist[^>]*>.{0,60}?<key>url</key>",
    re.DOTALL,
)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]")
_OF_A_MAIL = re.compile(rb"(?im)^(received|from|to|subject|date|message-id|return-path|delivered-to):[ \t]")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"heim", b"heis")


def _kind_of_zip(data: bytes) -> Reason | None:
    # the mimetype of OpenDocument files comes first and is stored as it is
    if data[30:38] == b"mimetype" and b"vnd.oasis.opendocument" in data[38:120]:
        return Reason.OPEN_DOCUMENT
    directory = _directory(data)
    if b"xl/workbook" in directory and b"xl/workbook.bin" not in directory:
        return None
    for part, reason in (
        (b"xl/workbook.bin", Reason.BINARY_EXCEL),
        (b"word/document", Reason.WORD),
        (b"ppt/presentation", Reason.POWERPOINT),
    ):
        if part in directory:
            return reason
    if b"PK\x05\x06" not in directory[-66_000:]:
        return Reason.INCOMPLETE
    if (b".iwa" in directory and b"Index/" in directory) or b"index.apxl" in directory:
        return Reason.APPLE
    return None if b"[Content_Types].xml" in directory else Reason.ZIP


def _directory(data: bytes) -> bytes:
    """The names in the zip's own directory, not those of a zip inside it; its last bytes when it says no such place."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if 0 <= end <= len(data) - 22:
        size, start = struct.unpack("<II", data[end + 12 : end + 20])
        if 0 < size <= _MOST_DIRECTORY and data[start : start + 4] == b"PK\x01\x02":
            return data[start : start + size] + data[end:]
    return data[-_MOST_DIRECTORY:]


def _kind_of_ole(data: bytes) -> Reason:
    """By the names in the directory of the container, which are UTF-16 and can be looked for as they stand."""
    for name, reason in (
        ("DRMEncryptedDataSpace", Reason.RIGHTS_MANAGED),
        ("DRMContent", Reason.RIGHTS_MANAGED),
        ("EncryptedPackage", Reason.PASSWORD),
        ("__substg1.0_", Reason.EMAIL),
        ("WordDocument", Reason.WORD),
        ("PowerPoint Document", Reason.POWERPOINT),
        ("Workbook", Reason.OLD_EXCEL),
        ("Book", Reason.OLD_EXCEL),
    ):
        if data.find(name.encode("utf-16-le"), 0, FILE_BYTES) >= 0:
            return reason
    return Reason.UNKNOWN


def _kind_of_text(head: bytes) -> Reason:
    lowered = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if _SHORTCUT.match(lowered):  # of a browser, of Google Drive, of a Mac
        return Reason.SHORTCUT
    if lowered.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table", b"mime-version")):
        return Reason.WEB_PAGE
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Reason.TEXT
    # two different lines of those that every message has; a list that begins with "From: " is none yet
    if _HEADER.match(head) and len({name.lower() for name in _OF_A_MAIL.findall(head)}) > 1:
        return Reason.EMAIL
    strange = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return Reason.TEXT if strange == 0 else Reason.UNKNOWN


def decrypt(data: bytes, *passwords: str, limits: Limits | None = None) -> bytes | None:
    """The workbook inside a password-protected file, None if neither one of these nor Excel's own password opens it.

    In a child process like any reading, because a file may state billions of rounds of hashing: all passwords together
    cost no more than the limits of one reading. Each takes about a sixth of a second. What comes out is as little
    trusted as the file was: pass it to ``inspect`` or ``read_safely``.
    """
    limits = limits or Limits()
    if not data.startswith(_OLE) or len(data) > FILE_BYTES:
        return None
    tried = tuple(dict.fromkeys(each for each in (_DEFAULT_PASSWORD, *passwords) if each))
    child = Child("msoffcrypto", limits)
    try:
        return child.ask(sealed_request(tried, data), limits.wall_seconds) or None
    finally:
        child.end()
