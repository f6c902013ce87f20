"""A sheet's plain cells are read without its XML: what is found in a file is the same, and nothing but a plain cell is."""

from __future__ import annotations

import pytest
from lxml import etree

from audit_kit.office.package_patch import text_cell
from audit_kit.office.package_texts import texts_of
from audit_kit.office.plain_cells import plain_cells

NAME = "Zorqa Vexley"
ROW_2 = b'</row><row r="2" ht="22" customHeight="1">'


def a_sheet(*rows: str) -> bytes:
    told = "".join(f'<row r="{number}" ht="22" customHeight="1">{row}</row>' for number, row in enumerate(rows, 1))
    return f"<worksheet><sheetData>{told}</sheetData></worksheet>".encode()


def a_cell(address: str, text: str, style: str = ' s="3"') -> str:
    return text_cell(f'<c r="{address}"{style}'.encode(), text).decode()


@pytest.mark.parametrize("text", [NAME, "a & b < c > \"d\" 'e'", "two\nlines", "Zoë – “so”", " =1+1 ", "&lt;"])
def test_a_plain_cell_is_read_as_the_xml_would_be(text):
    sheet = a_sheet(a_cell("A1", text) + a_cell("B1", "x"), a_cell("A2", "y"))

    cells, rest = plain_cells(sheet)

    assert cells == [("cell A1", text), ("cell B1", "x"), ("cell A2", "y")]
    assert rest == a_sheet("")
    assert [placed.text for placed in texts_of("sheet1.xml", sheet) if placed.place.startswith("cell")] == [
        text,
        "x",
        "y",
    ]


def test_a_sheet_without_its_plain_cells_is_still_well_formed():
    formula = '<c r="B2"><f>1+1</f><v>2</v></c>'
    sheet = a_sheet(a_cell("A1", "x"), a_cell("A2", "") + formula + a_cell("C2", "z"), a_cell("A3", "w"))

    cells, rest = plain_cells(sheet)

    assert cells == [("cell A1", "x"), ("cell C2", "z"), ("cell A3", "w")]
    assert [cell.get("r") for cell in etree.fromstring(rest).iter("c")] == ["A2", "B2"]


def test_a_last_cell_that_is_not_plain_stays_with_all_that_follows_it():
    sheet = a_sheet(a_cell("A1", "x"), '<c r="A2" x="</row></sheetData>"><v>1</v></c>')

    assert plain_cells(sheet) == ([("cell A1", "x")], sheet.replace(a_cell("A1", "x").encode() + ROW_2, b""))


@pytest.mark.parametrize(
    "odd",
    [
        '<c r="A1" t="inlineStr"><is><r><t>Zorqa</t></r><r><t> Vexley</t></r></is></c>',
        '<c r="A1" x="Zorqa Vexley" t="inlineStr"><is><t>x</t></is></c>',
        '<c r="Zorqa Vexley" t="inlineStr"><is><t>x</t></is></c>',
        '<c r="A1" t="inlineStr"><is><t>Zorqa&#32;Vexley</t></is></c>',
        '<c r="A1" t="str"><v>Zorqa Vexley</v></c>',
        '<c r="A1"><v>Zorqa<c r="B1" t="inlineStr"><is><t> Vexley</t></is></c><c r="C1"/></v></c>',
        '<c r="A1"><is><t>Zorqa</t><x/><c r="B1" t="inlineStr"><is><t> Vexley</t></is></c><c r="C1"/></is></c>',
    ],
    ids=["in runs", "an attribute", "an address", "a character by its number", "a formula's", "in another", "behind a part of another"],
)  # fmt: skip
def test_whatever_is_not_plain_is_left_to_the_xml(odd):
    sheet = a_sheet(odd, a_cell("A2", "x"))

    cells, _ = plain_cells(sheet)

    assert cells in ([], [("cell A2", "x")])
    assert any(NAME in " ".join(placed.text.split()) for placed in texts_of("sheet1.xml", sheet))


def test_a_row_that_says_more_than_numbers_is_left_to_the_xml():
    sheet = b'<worksheet><sheetData><row r="1">%b</row><row r="2" x="Zorqa Vexley">%b</row></sheetData></worksheet>' % (
        a_cell("A1", "x").encode(),
        a_cell("A2", "y").encode(),
    )

    assert any(placed.text == NAME for placed in texts_of("sheet1.xml", sheet))


def test_what_is_no_sheet_or_no_text_has_no_plain_cells():
    for part in (b"<sst><si><t>x</t></si></sst>", a_sheet(a_cell("A1", "x") * 2).replace(b">x<", b">\xff<")):
        assert plain_cells(part) == ([], part)
