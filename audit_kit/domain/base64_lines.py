"""Files as mails carry them: base64 in lines."""

from __future__ import annotations

import struct
from binascii import b2a_base64
from functools import lru_cache

LINE = 76  # characters of a line, as the standard has it (RFC 2045)
_LINES = struct.Struct(f"{LINE}s" * 64)


@lru_cache(maxsize=10)  # the tools that are decided together, and what else their drafts carry
def in_base64(content: bytes) -> bytes:
    """The content in base64, in lines that end as those of mails do. Kept for a moment: a draft that was written is
    looked through and packed right after."""
    whole = b2a_base64(content, newline=False)
    end = len(whole) - len(whole) % _LINES.size  # many lines are cut at a time: a tool has over a thousand
    lines = [line for lines in _LINES.iter_unpack(memoryview(whole)[:end]) for line in lines]
    lines += (whole[at : at + LINE] for at in range(end, len(whole), LINE))
    return b"\r\n".join((*lines, b""))
