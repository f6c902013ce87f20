"""What a fuzzer may throw at the kit: whatever comes in, each of these ends quietly or by the one error that is agreed.

Anything else that is raised is a finding. ``python tests/fuzz/run.py TARGET`` looks for some.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))
from grafting import a_form, packed, parts_of

from audit_kit.office import reader_child
from audit_kit.office.gate import GateReport, Refused, inspect
from audit_kit.office.safe_read import _agrees, _Answer, _workbook_text
from audit_kit.office.whose_file import properties_of
from audit_kit.office.wrong_type import recognise
from audit_kit.store.inbox import _is_whole

FORM = a_form()
PARTS = parts_of(FORM)
NAMES = sorted(PARTS)
SEEN = inspect(FORM)


def whole_file(data: bytes) -> None:
    """Any bytes as a received file, and as the bytes behind a zip's first mark."""
    for received in (data, b"PK\x03\x04" + data, FORM[: len(data)] + data):
        recognise(received)
        _is_whole(received)
        properties_of(received)
        gate(received)


def one_part(data: bytes) -> None:
    """A form of which one part is these bytes: the checksum holds, so that its XML is reached."""
    if not data:
        return
    name = NAMES[data[0] % len(NAMES)]
    changed = packed(PARTS | {name: data[1:]})
    properties_of(changed)
    gate(changed)


def spliced_part(data: bytes) -> None:
    """A form of which one part has these bytes put into it at some place: most of it is still as it was."""
    if len(data) < 5:
        return
    which, at, cut = struct.unpack("<BHH", data[:5])
    name = NAMES[which % len(NAMES)]
    part = PARTS[name]
    at %= len(part) + 1
    gate(packed(PARTS | {name: part[:at] + data[5:] + part[at + cut % 64 :]}))


def told_by_the_child(data: bytes) -> None:
    """Any bytes as what a subverted reading child says: it is believed only if it keeps to what was agreed."""
    try:
        answer = _Answer.model_validate_json(data)
    except ValidationError:
        return
    for sheet in answer.sheets:
        texts = [sheet.name, *sheet.texts]
        assert all(reader_child.clean(text) == text and len(text) <= 32_767 for text in texts)
    if _agrees(answer, SEEN):
        _workbook_text(answer, SEEN)


def gate(received: bytes) -> None:
    """A report, or a refusal by one of the gate's own rules."""
    try:
        assert isinstance(inspect(received), GateReport)
    except Refused as refusal:
        assert refusal.rule


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (whole_file, one_part, spliced_part, told_by_the_child)
}


def seeds(target: str) -> list[bytes]:
    """Where a fuzzer begins."""
    if target == "told_by_the_child":
        with_cells = {"name": "Start", "rows": [1], "columns": [1], "texts": ["a"], "cleaned": [(1, 1, 1)]}
        return [b'{"sheets": []}', reader_child.json.dumps({"sheets": [with_cells] * 5}).encode()]
    if target == "one_part":
        return [bytes((number,)) + PARTS[name] for number, name in enumerate(NAMES)]
    if target == "spliced_part":
        return [struct.pack("<BHH", number, 200, 3) + b"<c/>" for number in range(len(NAMES))]
    return [FORM, b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x05\x06" + bytes(18)]
