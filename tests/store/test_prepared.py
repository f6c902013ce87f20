"""What a decision will write is kept as one value, and is the same when it is taken up again."""

import json
from base64 import b64encode
from dataclasses import replace
from random import Random

import pytest

from audit_kit.domain.letters import MailDraft
from audit_kit.domain.outputs import Output
from audit_kit.office.mail import draft
from audit_kit.office.stretches import compressed, stored
from audit_kit.store.prepared import packed, unpacked

OUTPUTS = (
    Output("agencies/MPS/2026-A2-NEG_H3_MPS_r1.xlsx", bytes(range(256)) * 3),
    Output("agencies/MPS/2026-A2-NEG_H3_MPS_r1.eml", b"Subject: lines\r\n\r\nand\n\nlines\n"),
    Output("team/leer – ü.txt", b""),
)


TOOL = OUTPUTS[0]
DRAFT = Output(
    "agencies/MPS/2026-A2-NEG_H3_MPS_r1.eml", draft(MailDraft((), "A tool", "Attached.", (("tool.xlsx", TOOL.data),)))
)
EMPTY, ABOUT_NOTHING = Output("team/empty.txt", b""), Output("team/empty.eml", b"Subject: nothing\r\n\r\n")


@pytest.mark.parametrize(
    "outputs",
    [
        (), OUTPUTS[:1], OUTPUTS, OUTPUTS[::-1], (TOOL, DRAFT), (DRAFT, TOOL), (TOOL, DRAFT, DRAFT, TOOL, DRAFT),
        (EMPTY, ABOUT_NOTHING), (TOOL, ABOUT_NOTHING), (ABOUT_NOTHING, EMPTY, DRAFT),
    ],
)  # fmt: skip
def test_files_come_back_as_they_were(outputs):
    assert unpacked(packed(outputs)) == outputs


def test_a_file_and_the_draft_that_carries_it_take_little_more_room_than_the_file():
    large = Output(TOOL.path, TOOL.data * 50)
    carrying = replace(DRAFT, data=draft(MailDraft((), "A tool", "Attached.", (("tool.xlsx", large.data),))))

    assert len(packed((large, carrying))) < 1.1 * len(large.data)


def test_what_tools_have_in_common_is_kept_once():
    """They are strung together of stretches, of which most are the same in each (``office/stretches.py``)."""
    shared = [compressed(Random(number).randbytes(5_000)) for number in range(6)]
    tools = tuple(
        Output(f"agencies/MPS/{case}.xlsx", b"".join(one + stored(case.encode()) for one in shared)) for case in "abc"
    )

    assert len(packed(tools)) < 1.1 * len(tools[0].data)
    assert unpacked(packed(tools)) == tools


def test_what_an_older_version_was_stopped_in_is_still_read():
    """Up to 0.3.0 each file stood in the line, in base64."""
    older = json.dumps([[output.path, b64encode(output.data).decode()] for output in OUTPUTS]).encode()

    assert unpacked(older) == OUTPUTS
