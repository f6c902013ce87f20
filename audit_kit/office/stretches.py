"""A compressed part of a package in stretches: cut where its compression began anew, so that each can be unpacked by itself.

The kit's own copies are put together from such stretches (``package_patch``). So of a part that differs from a known one in
a few cells only these are unpacked. That a stretch stands for the same content wherever it stands is proved for each when it
is first unpacked: alone, with nothing before it to refer to, and to the very end of a block.

Source: RFC 1951, sections 3.2.3 and 3.2.4: a stored block ends on a whole byte, and says how long it is.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

_ANEW = b"\x00\x00\xff\xff"  # the length of an empty stored block, and its complement
LAST_BLOCK = b"\x03\x00"  # empty; nothing follows
_LONGEST_STORED = 65_535  # bytes of one stored block
_SHORT = 2_048  # bytes
_POLYNOMIAL = 0xEDB88320  # of the check sum that zip uses, its bits reversed
_ONE = 1 << 31  # the polynomial 1, written so


@dataclass(frozen=True, slots=True)
class CheckSum:
    """What must be known of a content to work out the check sum of it after another."""

    crc: int
    size: int  # bytes
    _shift: int
    _short: bytes  # itself, when it is so short that looking at it again is quicker

    @classmethod
    def of(cls, content: bytes) -> CheckSum:
        """That of this content."""
        short = len(content) <= _SHORT
        return cls(
            zlib.crc32(content), len(content), 0 if short else _shift_of(len(content)), content if short else b""
        )

    def after(self, before: int) -> int:
        """The check sum of all that came before, which had this one, and of this content."""
        if self.size <= _SHORT:
            return zlib.crc32(self._short, before)
        return _times(self._shift, before) ^ self.crc if before else self.crc


def compressed(content: bytes) -> bytes:
    """A stretch that refers to nothing before it and ends on a whole byte."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH) if content else b""


@lru_cache(maxsize=64)  # the same words stand in the header of every sheet
def stored(content: bytes) -> bytes:
    """A stretch of a few bytes as they are: to compress them would cost more than it saves."""
    if not content or len(content) > _LONGEST_STORED:
        return compressed(content)
    length = len(content)
    return b"".join(
        (b"\x00", length.to_bytes(2, "little"), (length ^ 0xFFFF).to_bytes(2, "little"), content, b"\x00", _ANEW)
    )


def end_of_stretch(packed: bytes, at: int) -> int:
    """Where the stretch ends that begins here in a compressed part; at the part's end when it was compressed as a whole."""
    found = packed.find(_ANEW, at)
    return len(packed) if found < 0 else found + len(_ANEW)


def unpacked_alone(stretch: bytes, most: int) -> bytes | None:
    """What a stretch stands for wherever it stands; None when that hangs on what is before it, or is longer than ``most``."""
    unpacker = zlib.decompressobj(-15)
    try:
        content = unpacker.decompress(stretch, most + 1)
        if len(content) > most:
            return None
        # it ends with a block, and not with the last one, if an empty last block may follow
        if stretch.endswith(_ANEW) and (unpacker.eof or unpacker.decompress(LAST_BLOCK)):
            return None
    except zlib.error:
        return None
    return content if unpacker.eof and not unpacker.unused_data else None


@lru_cache(maxsize=4096)
def _shift_of(size: int) -> int:
    """What a check sum is multiplied by when so many bytes follow: x to the power of their bits."""
    power, factor = _ONE, 1 << 23  # x to the power of 8: one byte
    while size:
        if size & 1:
            power = _times(factor, power)
        factor = _times(factor, factor)
        size >>= 1
    return power


def _times(one: int, other: int) -> int:
    """Two polynomials over two elements multiplied, modulo the check sum's."""
    product, bit = 0, _ONE
    while one:
        if one & bit:
            product ^= other
            one ^= bit
        bit >>= 1
        other = other >> 1 ^ _POLYNOMIAL if other & 1 else other >> 1
    return product
