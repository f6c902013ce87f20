"""The texts of contents that have no markup: plain text in any encoding, unknown bytes, pictures' own details."""

from __future__ import annotations

import codecs
import re
import struct
import zlib
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_MOST_CHARS = 20_000  # of one text: a file without any line end is still looked at piece by piece
_OVERLAP = 200  # so that no name is cut in two
_LONGEST_INFLATED = 1_000_000

_NARROW = re.compile(rb"[\x20-\x7e\xc2-\xf4\x80-\xbf]{4,}")
_WIDE_LITTLE = re.compile(rb"(?:[\x20-\x7e\x80-\xff]\x00|[\x00-\xff][\x01-\x06]){4,}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\x7e\x80-\xff]|[\x01-\x06][\x00-\xff]){4,}")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes) -> str:
    """The bytes as text: by their mark, else as UTF-8, as UTF-16 when every other byte is empty, else as Windows."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    start = data[:4000]
    if start.count(0) > len(start) // 4:
        little = start[1::2].count(0) >= start[::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def texts_of_plain(data: bytes) -> Iterator[tuple[str, str]]:
    """Each paragraph of a plain text, with the line that it begins on."""
    if data:
        yield from paragraphs_of(decoded(data))


def paragraphs_of(text: str) -> Iterator[tuple[str, str]]:
    """Each paragraph, with the line that it begins on; an endless one in pieces that overlap."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    line, counted = 1, 0
    for found in _PARAGRAPH.finditer(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        for piece in _in_pieces(found[0]):
            yield f"line {line}", piece


def texts_of_lines(data: bytes) -> Iterator[tuple[str, str]]:
    """Each line of a text whose lines are entries of their own."""
    for number, line in enumerate(decoded(data).splitlines(), start=1):
        for piece in _in_pieces(line):
            yield f"line {number}", piece


def _in_pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), _MOST_CHARS):
        yield text[max(0, start - _OVERLAP) : start + _MOST_CHARS]


def texts_of_bytes(data: bytes) -> Iterator[tuple[str, str]]:
    """Whatever reads as text in unknown bytes, as UTF-8 and as UTF-16 in both byte orders."""
    for found in _NARROW.finditer(data):
        yield "bytes as text", found[0].decode("utf-8", errors="replace")
    for pattern, encoding in ((_WIDE_LITTLE, "utf-16-le"), (_WIDE_BIG, "utf-16-be")):
        for found in pattern.finditer(data):
            yield "bytes as text", found[0].decode(encoding, errors="replace")


def texts_of_picture(data: bytes) -> Iterator[tuple[str, str]]:
    """What a picture says about itself: a PNG's text blocks, a JPEG's and a GIF's own notes. Not what it shows."""
    if data.startswith(b"\x89PNG"):
        blocks = _png_notes(data)
    elif data.startswith(b"\xff\xd8\xff"):
        blocks = _jpeg_notes(data)
    else:
        blocks = iter((data[:65_536],))
    for block in blocks:
        yield from texts_of_bytes(block)


def _png_notes(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        block = data[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"eXIf", b"iTXt"):
            yield block
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            keyword, _, rest = block.partition(b"\0")
            yield keyword
            yield _inflated(rest.lstrip(b"\0\x01"))
        at += 12 + length
    yield data[at:]


def _jpeg_notes(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:  # from here on it is the picture itself
            return
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            yield data[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _LONGEST_INFLATED)
    except zlib.error:
        return b""
