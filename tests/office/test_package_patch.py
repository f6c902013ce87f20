"""A copy is the compiled workbook with a few cells replaced: all else is taken over as it is."""

from __future__ import annotations

import zipfile
import zlib
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_kit.errors import AuditKitError
from audit_kit.office.package_patch import (
    CUT_HERE,
    LONGEST_CELL,
    Package,
    SlottedPart,
    cell_slots,
    cell_with,
    deflated,
    plain_text,
    row_height,
    row_slots,
    row_with_height,
    token_slots,
    xml_text,
)


def a_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "first"
    book.active["B1"] = "second"
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_package_put_together_again_holds_the_same_parts():
    data = a_workbook()
    again = Package.read(data).to_bytes()

    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(BytesIO(again)) as after:
        assert after.testzip() is None
        assert {name: after.read(name) for name in after.namelist()} == {
            name: before.read(name) for name in before.namelist()
        }


def test_parts_that_stay_are_taken_over_byte_for_byte():
    package = Package.read(a_workbook())
    before = package.to_bytes()
    after = package.with_parts({"docProps/app.xml": deflated(b"<other/>")}).to_bytes()

    for name in set(package.names) - {"docProps/app.xml"}:
        assert _raw(before, name) == _raw(after, name)


def test_the_same_parts_give_the_same_bytes():
    data = a_workbook()

    assert Package.read(data).to_bytes() == Package.read(data).to_bytes()


@pytest.mark.parametrize(
    ("part", "reason"),
    [("xl/vbaProject.bin", "macros"), ("_xmlsignatures/sig1.xml", "signed"), ("XL/workbook.xml", "there twice")],
)
def test_what_cannot_be_patched_safely_is_refused(part, reason):
    changed = BytesIO(a_workbook())
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr(part, b"x")

    with pytest.raises(AuditKitError, match=reason):
        Package.read(changed.getvalue())


PART = b'<sheetData><row r="1" ht="20"><c r="A1" s="3" t="n"></c><c r="B1" s="4"/></row></sheetData>@@audit@@'


@pytest.mark.parametrize("often", [(), ("A1", "@@audit@@"), ("A1", "B1", "@@audit@@")])
@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_slots_are_filled_the_same_whether_or_not_they_were_cut_out_beforehand(often, text):
    slots = cell_slots(PART) | token_slots(PART, ("@@audit@@",))
    part = SlottedPart(PART, slots, often)
    value = cell_with(part.original("A1"), text)

    filled = part.filled({"A1": value, "@@audit@@": b"2026"})

    expected = PART.replace(b'<c r="A1" s="3" t="n"></c>', value).replace(b"@@audit@@", b"2026")
    assert zlib.decompress(filled.data, -15) == expected
    assert (filled.crc, filled.size) == (zlib.crc32(expected), len(expected))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", b' t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'),
        ("a & b < c", b' t="inlineStr"><is><t xml:space="preserve">a &amp; b &lt; c</t></is></c>'),
        (7, b"><v>7</v></c>"),
        (date(2026, 3, 14), b"><v>46095</v></c>"),
        ("", b"/>"),
        (None, b"/>"),
    ],
)
def test_a_cell_keeps_its_style_whatever_is_put_into_it(value, written):
    assert cell_with(b'<c r="A1" s="3" t="n"></c>', value) == b'<c r="A1" s="3"' + written


def test_a_formula_stays_and_its_result_is_remembered():
    cell = b'<c r="A1" s="3"><f>IF(B1="","To do","Done")</f><v/></c>'

    assert cell_with(cell, "Done") == (b'<c r="A1" s="3" t="str"><f>IF(B1="","To do","Done")</f><v>Done</v></c>')


@settings(deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_every_text_arrives_as_typed_but_for_what_xml_forbids(text):
    cell = cell_with(b'<c r="A1"/>', text)
    package = Package.read(a_workbook())
    sheet = "xl/worksheets/sheet1.xml"
    part = SlottedPart(package.part(sheet), cell_slots(package.part(sheet)))
    data = package.with_parts({sheet: part.filled({"A1": cell})}).to_bytes()

    read = openpyxl.load_workbook(BytesIO(data)).active["A1"]

    assert (read.value or "") == plain_text(text)
    assert read.data_type != "f"


def test_what_excel_would_take_for_its_own_escape_is_escaped():
    assert xml_text("_x000A_") == b"_x005F_x000A_"
    assert xml_text("a_x_b") == b"a_x_b"


def test_characters_that_xml_forbids_are_replaced():
    assert plain_text("a\x00b\x0bc\ud800d\r\ne") == "a\ufffdb\ufffdc\ufffdd\ne"


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    text = plain_text("x" * 40_000)

    assert len(text) == LONGEST_CELL
    assert text.endswith(CUT_HERE)


def test_a_row_is_made_higher_and_grows_with_what_is_typed():
    row = b'<row r="5" ht="26" customHeight="1">'

    assert row_with_height(row, 120) == b'<row r="5" ht="120.0">'
    assert row_height(row) == 26
    assert row_slots(b"<a>" + row + b"</row>") == {5: (3, 3 + len(row))}


def _raw(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo(name)
    start = info.header_offset + 30 + len(name.encode())
    return data[start : start + info.compress_size]
