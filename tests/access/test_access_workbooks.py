"""Each fault that a workbook can have, planted in a file that has none, is found, and nothing else is."""

from __future__ import annotations

import re

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Border, Color, Font, GradientFill, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.table import Table, TableStyleInfo
from plain_files import a_workbook, an_image, codes, places, saved, with_language, with_part

from audit_kit.access import check

PALE, RED_FILL = PatternFill("solid", fgColor="FFF9E0"), PatternFill("solid", bgColor="FFC7CE")
SHEET = "xl/worksheets/sheet1.xml"


def picture(book: Workbook) -> None:
    book.active.add_image(an_image(), "B6")


def chart(book: Workbook) -> None:
    drawn = BarChart()
    drawn.add_data(Reference(book.active, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    book.active.add_chart(drawn, "E2")


def no_title(book: Workbook) -> None:
    book.properties.title = None


def no_language(book: Workbook) -> None:
    book.properties.language = None


def default_name(book: Workbook) -> None:
    book.active.title = "Sheet1"


def merged(book: Workbook) -> None:
    book.active.merge_cells("B2:C2")


def pale_text(book: Workbook) -> None:
    book.active["A2"].font = Font(color="FF8A8A8A")


def theme_text(book: Workbook) -> None:
    book.active["A2"].font = Font(color=Color(theme=1, tint=0.6))


def indexed_fill(book: Workbook) -> None:
    book.active["A2"].fill = PatternFill("solid", fgColor=Color(indexed=8))  # black behind black


def gradient(book: Workbook) -> None:
    book.active["A2"].fill = GradientFill(stop=("FFFFFF", "404040"))


def one_pale_word(book: Workbook) -> None:
    pale = TextBlock(InlineFont(color="FFBBBBBB"), "pale")
    book.active["A5"] = CellRichText("Plain and ", pale)


def pale_under_a_condition(book: Workbook) -> None:
    rule = CellIsRule(operator="greaterThan", formula=["2"], font=Font(color="FFFF9999"))
    book.active.conditional_formatting.add("B2:C3", rule)


def red_number(book: Workbook) -> None:
    book.active["B2"].value, book.active["B2"].number_format = -3, "0;[Red]-0"


def red_alone(book: Workbook) -> None:
    book.active["B2"].number_format = "#,##0;[Red]#,##0"


def bare_address(book: Workbook) -> None:
    book.active["A5"], book.active["A5"].hyperlink = "https://example.org/report", "https://example.org/report"


def click_here(book: Workbook) -> None:
    book.active["A5"], book.active["A5"].hyperlink = "Click here.", "https://example.org/report"


def unseen_edge(book: Workbook) -> None:
    book.active["B2"].protection, book.active["B2"].fill = Protection(locked=False), PALE
    book.active.protection.sheet = True


def pale_edge(book: Workbook) -> None:
    side = Side(style="thin", color="FFD0D0D0")
    book.active["B2"].border = Border(left=side, right=side, top=side, bottom=side)
    unseen_edge(book)


def edge_that_is_open_below(book: Workbook) -> None:
    side = Side(style="thin", color="FF404040")
    book.active["B2"].border = Border(left=side, right=side, top=side)
    unseen_edge(book)


def edge_that_pales_under_a_condition(book: Workbook) -> None:
    dark, pale = (Side(style="thin", color=color) for color in ("FF404040", "FFE0E0E0"))
    book.active["B2"].border = Border(left=dark, right=dark, top=dark, bottom=dark)
    unseen_edge(book)
    border = Border(left=pale, right=pale, top=pale, bottom=pale)
    rule = CellIsRule(operator="equal", formula=["3"], border=border, font=Font(bold=True))
    book.active.conditional_formatting.add("B2", rule)


def unreachable(book: Workbook) -> None:
    book.active.protection.sheet = book.active.protection.selectLockedCells = True


def doubles_in_colour(book: Workbook) -> None:
    rule = Rule(type="duplicateValues", dxf=DifferentialStyle(fill=RED_FILL))
    book.active.conditional_formatting.add("B2:B3", rule)


def colour_from_a_hidden_column(book: Workbook) -> None:
    book.active["D2"] = "late"
    book.active.column_dimensions["D"].hidden = True
    book.active.conditional_formatting.add("A2:A3", FormulaRule(formula=['$D2="late"'], fill=RED_FILL))


def lights_without_numbers(book: Workbook) -> None:
    rule = IconSetRule("3TrafficLights1", "percent", [0, 33, 67], showValue=False)
    book.active.conditional_formatting.add("B2:B3", rule)


@pytest.mark.parametrize(
    ("plant", "code"),
    [
        (picture, "alt-text-unclear"), (chart, "alt-text-missing"), (no_title, "title-missing"),
        (no_language, "language-missing"), (default_name, "sheet-name-default"), (merged, "merged-cells"),
        (pale_text, "contrast"), (theme_text, "contrast"), (indexed_fill, "contrast"), (gradient, "contrast"),
        (one_pale_word, "contrast"), (pale_under_a_condition, "contrast"), (red_number, "contrast"),
        (red_alone, "colour-only-number"), (bare_address, "link-text"), (click_here, "link-text"),
        (unseen_edge, "input-border"), (pale_edge, "input-border"), (edge_that_is_open_below, "input-border"),
        (edge_that_pales_under_a_condition, "input-border"),
        (unreachable, "locked-cells-unreachable"), (doubles_in_colour, "colour-only-format"),
        (colour_from_a_hidden_column, "colour-only-format"), (lights_without_numbers, "colour-only-format"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found_and_nothing_else(plant, code):
    book = a_workbook()
    assert codes(saved(book)) == set()

    plant(book)

    assert codes(saved(book)) == {code}


def a_tabled_workbook(style: str = "TableStyleMedium1", ref: str = "A1:C3") -> Workbook:
    book = a_workbook()
    book.active.add_table(
        Table(displayName="returns", ref=ref, tableStyleInfo=TableStyleInfo(style, showRowStripes=True))
    )
    return book


def described(data: bytes) -> bytes:
    text = (
        b'<extLst><ext uri="{504A1905-F514-4f6f-8877-14C23A59335A}" xmlns:x14='
        b'"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:table altTextSummary="Returns by agency"/>'
        b"</ext></extLst></table>"
    )
    return with_part(data, "xl/tables/table1.xml", lambda xml: xml.replace(b"</table>", text))


def test_a_table_needs_a_description():
    assert codes(saved(a_tabled_workbook())) == {"table-alt-text"}
    assert codes(described(saved(a_tabled_workbook()))) == set()


def test_a_table_needs_its_header_row():
    data = described(saved(a_tabled_workbook()))

    headless = with_part(
        data, "xl/tables/table1.xml", lambda xml: xml.replace(b'headerRowCount="1"', b'headerRowCount="0"')
    )

    assert codes(headless) == {"table-header-missing"}


def test_a_blank_row_in_a_table_is_found_with_its_number():
    book = a_tabled_workbook(ref="A1:C5")
    book.active["A5"] = "Surgery"

    assert places(described(saved(book)), "table-blank-row") == ["sheet Returns, row 4"]


def test_a_table_style_of_excels_own_colours_its_cells():
    # white on accent 1 of Office's theme of 2007, a light blue: 4 to 1
    assert codes(described(saved(a_tabled_workbook("TableStyleMedium2")))) == {"contrast"}
    assert codes(described(saved(a_tabled_workbook("TableStyleMedium15")))) == set()


def test_words_beside_the_colour_are_enough():
    book = a_workbook()
    book.active["D1"], book.active["D2"] = "State", "late"
    book.active.conditional_formatting.add("A2:A3", FormulaRule(formula=['$D2="late"'], fill=RED_FILL))
    book.active.conditional_formatting.add("D2:D3", FormulaRule(formula=['$D2="late"'], fill=RED_FILL))

    assert codes(saved(book)) == set()


def test_large_text_may_be_paler():
    book = a_workbook()
    book.active["A2"].font = Font(color="FF8A8A8A", sz=18)
    book.active["A3"].font = Font(color="FF8A8A8A", sz=14, bold=True)

    assert codes(saved(book)) == set()


def test_what_is_hidden_is_left_out():
    book = a_workbook()
    hidden = book.create_sheet("Sheet2")
    hidden.sheet_state = "hidden"
    hidden["A1"], hidden["A1"].font = "pale", Font(color="FFEEEEEE")
    book.active["D2"], book.active["D2"].font = "pale", Font(color="FFEEEEEE")
    book.active.column_dimensions["D"].hidden = True
    book.active["A9"], book.active["A9"].font = "pale", Font(color="FFEEEEEE")
    book.active.row_dimensions[9].hidden = True

    assert codes(saved(book)) == set()


def test_an_input_may_share_its_edge_with_its_neighbour():
    book = a_workbook()
    dark = Side(style="thin", color="FF404040")
    for address, border in (
        ("B2", Border(left=dark, top=dark, bottom=dark)),
        ("C2", Border(left=dark, right=dark, top=dark, bottom=dark)),
    ):
        book.active[address].protection, book.active[address].border = Protection(locked=False), border
    book.active.protection.sheet = True

    assert codes(saved(book)) == set()


def test_a_picture_that_is_described_or_an_ornament_is_in_order():
    book = a_workbook()
    picture(book)
    data = saved(book)

    def saying(words: str) -> bytes:
        said = f'descr="{words}"'.encode()
        return with_part(data, "xl/drawings/drawing1.xml", lambda xml: xml.replace(b'descr="Picture"', said))

    assert codes(saying("The crest of the City and Hackney partnership")) == set()
    assert codes(saying("crest_v2.png")) == {"alt-text-unclear"}
    assert codes(saying("")) == {"alt-text-missing"}
    assert places(saying(""), "alt-text-missing") == ["sheet Returns, picture 1 at B6"]


def test_the_text_of_a_shape_must_stand_out_from_the_shape():
    book = a_workbook()
    picture(book)
    shape = """<sp><nvSpPr><cNvPr id="2" name="Box 2"/><cNvSpPr/></nvSpPr><spPr><a:solidFill xmlns:a="{a}"><a:schemeClr val="{fill}"/>
        </a:solidFill></spPr><txBody><a:p xmlns:a="{a}"><a:r><a:rPr sz="1100"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>
        <a:t>Ring first</a:t></a:r></a:p></txBody></sp>"""
    data = saved(book)

    def on(fill: str) -> bytes:
        made = shape.format(a="http://schemas.openxmlformats.org/drawingml/2006/main", fill=fill).encode()
        return with_part(
            data, "xl/drawings/drawing1.xml", lambda xml: re.sub(rb"<pic>.*</pic>", made, xml, flags=re.DOTALL)
        )

    assert codes(on("tx2")) == set()
    assert codes(on("bg2")) == {"contrast"}
    assert places(on("bg2"), "contrast") == ["sheet Returns, shape 1 at B6"]


def test_a_language_may_stand_where_excel_lets_it_be_entered():
    assert codes(saved(with_language(a_workbook(), "en-GB"))) == set()


def test_a_fault_says_place_reason_remedy_and_level():
    book = a_workbook()
    for row in (2, 3):
        book.active.cell(row, 1).font = Font(color="FF8A8A8A")

    (fault,) = check(saved(book))

    assert fault.place == "sheet Returns, cells A2 to A3"
    assert fault.reason.startswith("#8A8A8A on #FFFFFF is 3.45 to 1, and 4.5 is needed.")
    assert fault.remedy == "Choose a darker colour for the text or a lighter one behind it."
    assert fault.level == "warning"
