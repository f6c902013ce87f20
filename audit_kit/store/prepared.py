"""The files of one decision as one value: sealed before it is made, and written from there if it is stopped."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable

from audit_kit.domain.base64_lines import in_base64
from audit_kit.domain.outputs import Output

_MAIL = ".eml"
_BEGINS = 500  # bytes by which a file is looked for in a mail: to look for all of it takes longer
_CUT = b"\x00\x00\xff\xff"  # where the compression of a part began anew (``office/stretches.py``)


def packed(outputs: Iterable[Output]) -> bytes:
    """A line that says how long each piece is and of which pieces each file is made, then the pieces.

    What files have in common is kept once: tools that are decided together differ in a few cells, and a mail draft
    carries the file before it. So little is left to be sealed and synced.
    """
    numbers: dict[bytes, int] = {}

    def of_pieces(data: bytes) -> list[int]:
        return [numbers.setdefault(piece, len(numbers)) for piece in data.split(_CUT)]

    files: list[tuple[str, list[list[int]]]] = []
    before = b""
    for output in outputs:
        around = _around(before, output)
        files.append((output.path, [of_pieces(data) for data in around or (output.data,)]))
        before = output.data
    line = json.dumps({"pieces": [len(piece) for piece in numbers], "files": files})
    return b"".join((line.encode(), b"\n", *numbers))


def _around(before: bytes, output: Output) -> tuple[bytes, bytes] | None:
    """What stands before and behind the last file in a mail that carries it; None where none does."""
    carried = in_base64(before) if output.path.endswith(_MAIL) else b""
    at = output.data.find(carried[:_BEGINS]) if carried else -1
    if at < 0 or not output.data.startswith(carried, at):
        return None
    return output.data[:at], output.data[at + len(carried) :]


def unpacked(data: bytes) -> tuple[Output, ...]:
    """What ``packed`` put together. Up to version 0.3.0 the line held the files themselves, in base64: still read."""
    line, _, _ = data.partition(b"\n")
    told = json.loads(line)
    if isinstance(told, list):
        return tuple(Output(path, b64decode(content)) for path, content in told)
    pieces: list[bytes] = []
    at = len(line) + 1
    for length in told["pieces"]:
        pieces.append(data[at : at + length])
        at += length
    outputs: list[Output] = []
    for path, files in told["files"]:
        around = [_CUT.join(pieces[number] for number in numbers) for numbers in files]
        content = around[0] if len(around) == 1 else in_base64(outputs[-1].data).join(around)
        outputs.append(Output(path, content))
    return tuple(outputs)
