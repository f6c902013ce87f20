"""The files of one decision as one value: sealed before it is made, and written from there if it is stopped."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable

from audit_kit.domain.base64_lines import in_base64
from audit_kit.domain.outputs import Output

_MAIL = ".eml"
_BEGINS = 500  # bytes by which a file is looked for in a mail: to look for all of it takes longer


def packed(outputs: Iterable[Output]) -> bytes:
    """A line with each file's path and length in bytes, then the files one after the other as they are.

    A mail draft that carries the file before it is kept without it, in two pieces: all but a fifth of it is that file.
    """
    listed: list[list[str | int]] = []
    pieces: list[bytes] = []
    before = b""
    for output in outputs:
        carried = in_base64(before) if output.path.endswith(_MAIL) else b""
        at = output.data.find(carried[:_BEGINS]) if carried else -1
        if at >= 0 and output.data.startswith(carried, at):
            head, tail = output.data[:at], output.data[at + len(carried) :]
            listed.append([output.path, len(head), len(tail)])
            pieces += (head, tail)
        else:
            listed.append([output.path, len(output.data)])
            pieces.append(output.data)
        before = output.data
    return b"".join((json.dumps(listed).encode(), b"\n", *pieces))


def unpacked(data: bytes) -> tuple[Output, ...]:
    """What ``packed`` put together. Up to version 0.3.0 the line held the files themselves, in base64: still read."""
    line, _, _ = data.partition(b"\n")
    outputs: list[Output] = []
    at = len(line) + 1
    for path, *told in json.loads(line):
        if isinstance(told[0], str):
            outputs.append(Output(path, b64decode(told[0])))
            continue
        content = data[at : at + told[0]]
        if len(told) > 1:
            end = at + sum(told)
            content += in_base64(outputs[-1].data) + data[end - told[1] : end]
        at += sum(told)
        outputs.append(Output(path, content))
    return tuple(outputs)
