"""The files of one decision as one value: sealed before it is made, and written from there if it is stopped."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable

from audit_kit.domain.outputs import Output


def packed(outputs: Iterable[Output]) -> bytes:
    """A line with each file's path and length in bytes, then the files one after the other as they are."""
    outputs = tuple(outputs)
    line = json.dumps([[output.path, len(output.data)] for output in outputs]).encode()
    return b"".join((line, b"\n", *(output.data for output in outputs)))


def unpacked(data: bytes) -> tuple[Output, ...]:
    """What ``packed`` put together. Up to version 0.3.0 the line held the files themselves, in base64: still read."""
    line, _, files = data.partition(b"\n")
    outputs, at = [], 0
    for path, told in json.loads(line):
        content = b64decode(told) if isinstance(told, str) else files[at : at + told]
        at += len(content)
        outputs.append(Output(path, content))
    return tuple(outputs)
