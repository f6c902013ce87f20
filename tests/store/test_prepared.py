"""What a decision will write is kept as one value, and is the same when it is taken up again."""

import json
from base64 import b64encode

import pytest

from audit_kit.domain.outputs import Output
from audit_kit.store.prepared import packed, unpacked

OUTPUTS = (
    Output("agencies/MPS/2026-A2-NEG_H3_MPS_r1.xlsx", bytes(range(256)) * 3),
    Output("agencies/MPS/2026-A2-NEG_H3_MPS_r1.eml", b"Subject: lines\r\n\r\nand\n\nlines\n"),
    Output("team/leer – ü.txt", b""),
)


@pytest.mark.parametrize("outputs", [(), OUTPUTS[:1], OUTPUTS, OUTPUTS[::-1]])
def test_files_come_back_as_they_were(outputs):
    assert unpacked(packed(outputs)) == outputs


def test_what_an_older_version_was_stopped_in_is_still_read():
    """Up to 0.3.0 each file stood in the line, in base64."""
    older = json.dumps([[output.path, b64encode(output.data).decode()] for output in OUTPUTS]).encode()

    assert unpacked(older) == OUTPUTS
