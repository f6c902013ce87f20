"""A prototype row becomes many, and everything that points at its cells goes along."""

from __future__ import annotations

import pytest
from lxml import etree

from audit_kit.office.layout_cells import SheetCells, fill_texts
from audit_kit.office.layout_grid import MAIN, Growth, Lines, moved_formula, regrow, shifted_formula

#: rows 5 and 6 are the prototypes of four questions, row 9 is taken out, row 12 comes three times
ROWS = Lines(((5, 2, (5, 6, 6, 5)), (9, 1, ()), (12, 1, (12, 12, 12))))
GROWTHS = {"Start": Growth(ROWS), "My sheet": Growth(ROWS)}


@pytest.mark.parametrize(
    ("line", "places"),
    [(4, (4,)), (5, (5, 8)), (6, (6, 7)), (7, (9,)), (9, ()), (10, (11,)), (12, (13, 14, 15)), (13, (16,))],
)
def test_each_line_of_the_layout_has_its_places(line, places):
    assert ROWS.places(line) == places


@pytest.mark.parametrize(
    ("ref", "now"),
    [
        ("C5:C6", ("C5:C8",)), ("C6", ("C6:C7",)), ("C5", ("C5", "C8")), ("A9:B9", ()), ("A7:A13", ("A9:A16",)),
        ("A1:B1048576", ("A1:B1048576",)), ("$C$13", ("C16",)),
    ],
)  # fmt: skip
def test_a_range_becomes_what_its_lines_became(ref, now):
    assert Growth(ROWS).ranges(ref) == now


@pytest.mark.parametrize(
    ("formula", "now"),
    [
        ("Start!$A$10+B13", "Start!$A$11+B16"),
        ("SUM('My sheet'!A5:A6)", "SUM('My sheet'!A5:A8)"),
        ('B13&"B13"', 'B16&"B13"'),  # a text is no reference
        ("LOG10(A1)", "LOG10(A1)"),
        ("A9", "#REF!"),
        ("Other!A13", "Other!A13"),
        ("Rate_2026*B13", "Rate_2026*B16"),
    ],
)
def test_a_formula_follows_the_cells_that_it_means(formula, now):
    assert moved_formula(formula, "Start", GROWTHS) == now


def test_a_formula_that_is_copied_keeps_what_is_fixed():
    assert shifted_formula('$C5="A5"&D$5&E5', 2, 1) == '$C7="A5"&E$5&F7'


def a_sheet(inner: str) -> etree._Element:
    rows = "".join(f'<row r="{n}" spans="1:3"><c r="A{n}" s="{n}"/></row>' for n in range(1, 14))
    return etree.fromstring(
        f'<worksheet xmlns="{MAIN[1:-1]}" xmlns:x14="x" xmlns:xm="m"><sheetData>{rows}</sheetData>{inner}</worksheet>'
    )


def test_a_format_on_the_second_prototype_row_is_meant_from_where_it_now_begins():
    sheet = a_sheet(
        '<conditionalFormatting sqref="B6"><cfRule><formula>$A6="x"</formula></cfRule></conditionalFormatting>'
        '<conditionalFormatting sqref="B13"><cfRule><formula>A$1=B13</formula></cfRule></conditionalFormatting>'
        '<conditionalFormatting sqref="B9"><cfRule><formula>B9</formula></cfRule></conditionalFormatting>'
    )

    regrow(sheet, "Start", GROWTHS)

    formats = {each.get("sqref"): "".join(each.itertext()) for each in sheet.iter(f"{MAIN}conditionalFormatting")}
    assert formats == {"B6:B7": '$A6="x"', "B16": "A$1=B16"}  # and the one on the row that went is gone


def test_rows_keep_their_look_and_are_in_order():
    sheet = a_sheet("")

    regrow(sheet, "Start", GROWTHS)

    looks = [(cell.get("r"), cell.get("s")) for cell in sheet.iter(f"{MAIN}c")]
    assert looks[3:9] == [("A4", "4"), ("A5", "5"), ("A6", "6"), ("A7", "6"), ("A8", "5"), ("A9", "7")]
    assert [int(row.get("r")) for row in sheet.iter(f"{MAIN}row")] == list(range(1, len(looks) + 1))


def test_a_link_on_a_row_that_became_many_is_on_each_of_them():
    sheet = a_sheet('<hyperlinks><hyperlink ref="A6" location="x" tooltip="Prompts"/></hyperlinks>')

    regrow(sheet, "Start", GROWTHS)

    assert [(link.get("ref"), link.get("tooltip")) for link in sheet.iter(f"{MAIN}hyperlink")] == [
        ("A6", "Prompts"), ("A7", "Prompts"),
    ]  # fmt: skip


def test_a_column_that_is_repeated_moves_those_to_its_right():
    growth = Growth(columns=Lines(((2, 1, (2, 2, 2)),)))
    sheet = a_sheet('<mergeCells><mergeCell ref="C1:D1"/></mergeCells>')
    cols = etree.SubElement(sheet, f"{MAIN}cols")
    for number, width in ((1, "8"), (2, "9"), (3, "20")):
        etree.SubElement(cols, f"{MAIN}col", min=str(number), max=str(number), width=width)

    regrow(sheet, "Start", {"Start": growth})

    assert [(c.get("min"), c.get("max"), c.get("width")) for c in cols] == [
        ("1", "1", "8"),
        ("2", "4", "9"),
        ("5", "5", "20"),
    ]
    assert [each.get("ref") for each in sheet.iter(f"{MAIN}mergeCell")] == ["E1:F1"]


# --- texts ----------------------------------------------------------------------------------------------


def test_words_are_filled_in_in_the_font_that_they_stand_in():
    text = etree.fromstring(
        f'<si xmlns="{MAIN[1:-1]}"><r><rPr><b/></rPr><t>{{board}}</t></r><r><rPr><i/></rPr><t> thanks {{nobody}}</t></r></si>'
    )
    sheet = a_sheet("")
    sheet.find(f"{MAIN}sheetData/{MAIN}row/{MAIN}c").set("t", "s")
    etree.SubElement(sheet.find(f"{MAIN}sheetData/{MAIN}row/{MAIN}c"), f"{MAIN}v").text = "0"
    cells = SheetCells(sheet, [text])

    cells.fill(1, 1, {"board": "The Board & friends"})

    filled = sheet.find(f"{MAIN}sheetData/{MAIN}row/{MAIN}c/{MAIN}is")
    assert [run.find(f"{MAIN}t").text for run in filled] == ["The Board & friends", " thanks {nobody}"]
    assert filled[0].find(f"{MAIN}rPr/{MAIN}b") is not None
    assert text[0].find(f"{MAIN}t").text == "{board}"  # other cells may share the text


def test_nothing_is_filled_in_twice():
    text = etree.fromstring(f'<si xmlns="{MAIN[1:-1]}"><t>{{board}}</t></si>')

    fill_texts(text, {"board": "{theme}", "theme": "no"})

    assert text.findtext(f"{MAIN}t") == "{theme}"


def test_a_cell_or_row_that_is_missing_is_made_in_its_place():
    sheet = a_sheet("")
    cells = SheetCells(sheet, [])

    cells.put(20, 3, "below")
    cells.put(2, 3, "right")
    cells.put(2, 2, "between")

    assert [c.get("r") for c in sheet.iter(f"{MAIN}c") if c.get("r").endswith("2")][:3] == ["A2", "B2", "C2"]
    assert cells.last == "C20"
