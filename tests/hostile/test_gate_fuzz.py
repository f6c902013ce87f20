"""Damage of every sort: the gate says Refused or a report, nothing else; and what passes, both readers read alike."""

import random

import pytest
from grafting import a_form, cell, graft, packed, parts_of, with_sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from test_attack_files import ACTIVE, BOMBS, TWO_READINGS, XML_TRICKS
from test_honest_files import EXCEL, everything_openpyxl_can_write, written_by_xlsxwriter

from audit_kit.office import reader_child
from audit_kit.office.gate import GateReport, Refused, inspect
from audit_kit.office.wrong_type import recognise

FORM = a_form()
PARTS = parts_of(FORM)
READ_PARTS = [name for name in PARTS if name.endswith((".xml", ".rels"))]


def outcome(data):
    """A report or None; anything else that is raised fails the test."""
    try:
        report = inspect(data)
    except Refused as refusal:
        assert refusal.rule
        return None
    assert isinstance(report, GateReport)
    return report


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all(data):
    outcome(data)
    outcome(b"PK\x03\x04" + data)
    outcome(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data)
    recognise(data)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(FORM) - 1), st.integers(1, 255))
def test_one_byte_changed_anywhere_in_the_file(at, change):
    damaged = FORM[:at] + bytes((FORM[at] ^ change,)) + FORM[at + 1 :]
    report = outcome(damaged)
    if report is not None:  # a time or a flag that nobody reads
        assert report == inspect(FORM)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(READ_PARTS), st.data())
def test_damage_within_a_part_whose_checksum_holds(name, data):
    content = bytearray(PARTS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 8))] = data.draw(
            st.sampled_from([b"", b"<", b">", b'"', b"&", b"\0", b"]]>", b"<!--", b"<c/>", b"99999999", b"\xff"])
        )
    report = outcome(packed(PARTS | {name: bytes(content)}))
    if report is not None:
        alike(packed(PARTS | {name: bytes(content)}), report)


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_parts_mixed_up(mix: random.Random):
    names = list(PARTS)
    parts = dict(PARTS)
    for _ in range(mix.randint(1, 3)):
        action, one, two = mix.choice(("swap", "drop", "copy")), mix.choice(names), mix.choice(names)
        if action == "swap":
            parts[one], parts[two] = parts.get(two, b""), parts.get(one, b"")
        elif action == "drop":
            parts.pop(one, None)
        else:
            parts[one] = PARTS[two]
    outcome(packed(parts))


def read_by(library, data):
    """Each sheet's cells as this library reads them in the child, None if it can't."""
    read = {"calamine": reader_child.with_calamine, "openpyxl": reader_child.with_openpyxl}[library]()
    try:
        document = reader_child.document(read(data))
    except Exception:
        return None
    return [
        {
            (row, column): text.strip()
            for row, column, text in zip(sheet["rows"], sheet["columns"], sheet["texts"], strict=True)
        }
        for sheet in document["sheets"]
    ]


def alike(data, report):
    """Where a reader sees what the gate saw, it sees the same as the other reader."""
    expected = [sheet.filled for sheet in report.sheets]
    believed = [
        read for read in (read_by("calamine", data), read_by("openpyxl", data))
        if read is not None and [len(sheet) for sheet in read] == expected
    ]  # fmt: skip
    assert all(read == believed[0] for read in believed)
    return believed


HONEST = {name: graft(changes) for name, changes in EXCEL.items()} | {
    "the form": FORM,
    "everything openpyxl can write": everything_openpyxl_can_write(),
    "everything XlsxWriter can write": written_by_xlsxwriter(),
    "answers that look like something else": with_sheet(
        "".join(cell(text, f"A{row}") for row, text in enumerate(("=1", "_x003D_1", "1904", "TRUE", " a ", "#REF!"), 1))
    ),
}


@pytest.mark.parametrize("data", HONEST.values(), ids=HONEST)
def test_both_readers_read_an_honest_file_alike(data):
    assert len(alike(data, inspect(data))) == 2


DIFFERENT = (
    "two values in a cell",
    "a text in a cell of numbers",
    "two lists of cells",
    "a list of cells in another namespace",
    "a row outside the list",
    "a number that is none",
)


@pytest.mark.parametrize("key", DIFFERENT)
def test_what_the_readers_read_differently_does_not_pass(key):
    data = graft(TWO_READINGS[key])
    assert read_by("calamine", data) != read_by("openpyxl", data)
    assert outcome(data) is None


def test_every_attack_is_counted():
    attacks = len(BOMBS) + len(XML_TRICKS) + len(TWO_READINGS) + len(ACTIVE)
    assert attacks > 120
