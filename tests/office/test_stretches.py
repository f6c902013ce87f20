"""A part in stretches: each stands for the same wherever it stands, and what does not is never taken for one."""

from __future__ import annotations

import random
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_kit.office.stretches import LAST_BLOCK, CheckSum, compressed, end_of_stretch, stored, unpacked_alone

TEXT = b"<row><c r='A1'>whom it stands for is on the identity slip</c></row>" * 40


def stretches_of(packed: bytes) -> list[bytes]:
    ends = [0]
    while ends[-1] < len(packed):
        ends.append(end_of_stretch(packed, ends[-1]))
    return [packed[begin:end] for begin, end in pairwise(ends)]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=3_000), max_size=6))
def test_the_check_sum_of_contents_one_after_the_other_is_that_of_the_whole(contents):
    so_far = 0
    for content in contents:
        so_far = CheckSum.of(content).after(so_far)

    assert so_far == zlib.crc32(b"".join(contents))


@pytest.mark.parametrize("size", [0, 1, 2_047, 2_048, 2_049, 70_000])
def test_a_long_content_adds_to_the_check_sum_what_it_must(size):
    content = random.Random(size).randbytes(size)

    assert CheckSum.of(content).after(zlib.crc32(b"before")) == zlib.crc32(b"before" + content)


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=500)), max_size=8))
def test_what_is_strung_together_unpacks_as_a_whole_and_piece_by_piece(parts):
    made = [stored(content) if is_stored else compressed(content) for is_stored, content in parts]
    packed = b"".join((*made, LAST_BLOCK))
    whole = b"".join(content for _, content in parts)

    assert zlib.decompress(packed, -15) == whole
    if not any(is_stored and b"\x00\x00\xff\xff" in content for is_stored, content in parts):
        assert b"".join(unpacked_alone(each, 10_000) or b"" for each in stretches_of(packed)) == whole


def test_a_text_too_long_to_be_stored_is_compressed():
    long = b"x" * 70_000

    assert unpacked_alone(stored(long), 70_000) == long


def test_a_part_that_was_compressed_as_a_whole_is_one_stretch():
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)

    assert len(stretches_of(packer.compress(TEXT) + packer.flush())) == 1


def test_what_refers_to_the_stretch_before_it_is_no_stretch():
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    first = packer.compress(TEXT) + packer.flush(zlib.Z_SYNC_FLUSH)  # the next may still refer to this one
    second = packer.compress(TEXT) + packer.flush(zlib.Z_FULL_FLUSH)

    assert unpacked_alone(first, len(TEXT)) == TEXT
    assert unpacked_alone(second, len(TEXT)) is None


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_what_ends_within_a_block_is_no_stretch(cut):
    whole = compressed(TEXT)

    assert unpacked_alone(whole[:-cut], len(TEXT)) is None


def test_what_stands_within_a_stored_block_is_no_stretch():
    hidden = b"\x00" * 3 + compressed(b"looks like a stretch") + b"\x00" * 20
    block = b"\x00" + len(hidden).to_bytes(2, "little") + (len(hidden) ^ 0xFFFF).to_bytes(2, "little") + hidden
    first, *_ = stretches_of(block + LAST_BLOCK)

    assert unpacked_alone(first, 1_000) is None


def test_no_more_is_unpacked_than_may_be():
    assert unpacked_alone(compressed(b"x" * 1_000_000), 1_000) is None
