"""What an agency typed arrives whole and as text; what a formula worked out is marked and never an answer."""

import unicodedata

import pytest
from grafting import MAIN, STYLES, WORKBOOK, a_form, cell, graft, swap, with_sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_kit.office.reader_child import clean, shown, unescape
from audit_kit.office.safe_read import CellText, Cleaned, SafeReader, read_safely

FORMATS = f"""<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="dd/mm/yyyy hh:mm"/></numFmts>
<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>
<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="46"/>
<xf numFmtId="200"/><xf numFmtId="9"/></cellXfs></styleSheet>"""


def one(reader, content, **changes):
    """The cell A1 of a sheet whose A1 is ``content``."""
    read = reader.read(with_sheet(f'<row r="1">{content}</row>', **changes))
    return read.sheets[1].cells.get((1, 1))


FORMULAS = {
    "that shows another answer": '<c r="A1" t="str"><f>"Yes"</f><v>No</v></c>',
    "without a stored value": '<c r="A1"><f>1+1</f></c>',
    "with an empty stored value": '<c r="A1" t="str"><f>IF(TRUE,"","")</f><v></v></c>',
    "that is shared": '<c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c>',
    "that follows a shared one": '<c r="A1"><f t="shared" si="0"/><v>1</v></c>',
    "in prefixed XML": f'<c r="A1" t="str"><f xmlns="{MAIN}">"Yes"</f><v>No</v></c>',
    "that says TRUE and shows the opposite": '<c r="A1" t="b"><f>TRUE()</f><v>0</v></c>',
    "that says FALSE, which would be a No": '<c r="A1" t="b"><f>FALSE()</f><v>0</v></c>',
    "that reaches for a program": '<c r="A1" t="str"><f>cmd|\'/c calc\'!A0</f><v>No</v></c>',
    "that is a link": '<c r="A1" t="str"><f>HYPERLINK("http://127.0.0.1","No")</f><v>No</v></c>',
}  # fmt: skip


@pytest.mark.parametrize("content", FORMULAS.values(), ids=FORMULAS)
def test_a_formula_is_marked(content, reader):
    assert one(reader, content).is_formula


def test_every_cell_that_an_array_formula_fills_is_marked(reader):
    cells = (
        '<row r="1"><c r="A1" t="str"><f t="array" ref="A1:B2">"No"</f><v>No</v></c><c r="B1" t="str"><v>No</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>No</v></c></row>'
    )
    read = reader.read(with_sheet(cells)).sheets[1].cells
    assert {at: each.is_formula for at, each in read.items()} == {
        (1, 1): True,
        (1, 2): True,
        (2, 1): True,
        (2, 2): True,
    }
    assert read[2, 2].text == ""


def test_a_data_table_is_marked_too(reader):
    assert one(reader, '<c r="A1"><f t="dataTable" ref="A1:B2" dt2D="1"/><v>1</v></c>').is_formula


def test_a_typed_true_is_an_answer_also_when_libreoffice_saved_it(reader):
    assert one(reader, '<c r="A1" t="b"><f aca="false">TRUE()</f><v>1</v></c>') == CellText("Yes")


TYPED = ["=1+1", "+44 20", "-seen at home", "@home", "=HYPERLINK(&quot;x&quot;)", "{{ 7*7 }}", "{% x %}", "&lt;b&gt;"]


@pytest.mark.parametrize("typed", TYPED)
def test_text_that_looks_like_a_formula_or_a_template_stays_text(typed, reader):
    read = one(reader, f'<c r="A1" t="inlineStr"><is><t>{typed}</t></is></c>')
    assert read == CellText(typed.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">"))


@pytest.mark.parametrize("kind", ["inlineStr", "str"])
def test_offices_escapes_are_read_once_and_never_become_formulas(kind, reader):
    escaped = "_x003D_1+1 _x005F_x003D_ _x000D_\n_x0007_end"
    inner = f"<is><t>{escaped}</t></is>" if kind == "inlineStr" else f"<v>{escaped}</v>"
    assert one(reader, f'<c r="A1" t="{kind}">{inner}</c>') == CellText("=1+1 _x003D_ \nend")


VALUES = {
    "a whole number": ('<c r="A1"><v>3</v></c>', "3"),
    "a telephone number": ('<c r="A1"><v>7700900123</v></c>', "7700900123"),
    "a fraction": ('<c r="A1"><v>1.5</v></c>', "1.5"),
    "what binary fractions add": ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3"),
    "a large number": ('<c r="A1"><v>1E+20</v></c>', "1e+20"),
    "a percentage, as stored": ('<c r="A1" s="5"><v>0.5</v></c>', "0.5"),
    "yes": ('<c r="A1" t="b"><v>1</v></c>', "Yes"),
    "no": ('<c r="A1" t="b"><v>0</v></c>', "No"),
    "an error": ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
    "an error of new Excels, which calamine can't read": ('<c r="A1" t="e"><v>#SPILL!</v></c>', "#SPILL!"),
    "an error of LibreOffice's": ('<c r="A1" t="e"><v>Err:509</v></c>', "Err:509"),
    "a date": ('<c r="A1" s="1"><v>43010</v></c>', "2017-10-02"),
    "a date and time": ('<c r="A1" s="4"><v>43010.604166666664</v></c>', "2017-10-02 14:30"),
    "a date in a format with a time": ('<c r="A1" s="4"><v>43010</v></c>', "2017-10-02"),
    "a time": ('<c r="A1" s="2"><v>0.604166666666667</v></c>', "14:30"),
    "hours over a day": ('<c r="A1" s="3"><v>1.25</v></c>', "30:00"),
    "a date as ISO 8601": ('<c r="A1" t="d"><v>2017-10-02</v></c>', "2017-10-02"),
    "digits that calamine would lose": ('<c r="A1"><v>&#49;2</v></c>', "12"),
    "text with pronunciation": (
        '<c r="A1" t="inlineStr"><is><r><t>雨</t></r><rPh sb="0" eb="1"><t>アメ</t></rPh></is></c>',
        "雨",
    ),
    "formatted text": (
        '<c r="A1" t="inlineStr"><is><r><rPr><b/><sz val="9"/></rPr><t xml:space="preserve">seen </t></r>'
        "<r><t>alone</t></r></is></c>",
        "seen alone",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "text"), VALUES.values(), ids=VALUES)
def test_values_become_text(content, text, reader):
    assert one(reader, content, **{STYLES: FORMATS}) == CellText(text)


def test_dates_counted_from_1904_are_the_same_days(reader):
    old_mac = {WORKBOOK: swap("<workbookPr", '<workbookPr date1904="1"'), STYLES: FORMATS}
    assert one(reader, '<c r="A1" s="1"><v>41548</v></c>', **old_mac) == CellText("2017-10-02")


@pytest.mark.parametrize(
    "blank",
    [
        '<c r="A1"/>',
        '<c r="A1"><v></v></c>',
        '<c r="A1" t="inlineStr"><is><t>  \n</t></is></c>',
        '<c r="A1" t="inlineStr"><is><t>_x000D_</t></is></c>',
        '<c r="A1" t="str"><v>_x0007_&#x85;</v></c>',
        '<c r="A1" t="inlineStr"><is><t>\u00a0</t></is></c>',
    ],
)
def test_a_blank_cell_is_absent(blank, reader):
    assert one(reader, blank) is None


def test_the_longest_text_excel_allows_arrives_whole(reader):
    longest = ("Überlegt 😀 " * 4_000)[:32_767].replace("Ü", "&#220;")
    read = one(reader, f'<c r="A1" t="inlineStr"><is><t xml:space="preserve">{longest}</t></is></c>')
    assert read.text == longest.replace("&#220;", "Ü")


def test_what_cleaning_changed_is_told_by_place_and_count(reader):
    assert reader.read(a_form()).cleaned == ()
    cells = cell("a_x0007_b") + cell("cafe\u0301", "A2") + cell("as it was", "A3")
    read = reader.read(with_sheet(cells))
    assert [each.text for each in read.sheets[1].cells.values()] == ["ab", "café", "as it was"]
    assert read.cleaned == (Cleaned("sheet 2, cell A1", 1), Cleaned("sheet 2, cell A2", 0))


def test_a_text_of_which_nothing_is_left_is_told_too(reader):
    read = reader.read(with_sheet(cell("_x0007_&#x81;", "AB3") + cell("a", "A4")))
    assert (3, 28) not in read.sheets[1].cells
    assert read.cleaned == (Cleaned("sheet 2, cell AB3", 2),)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Mr O&#146;Brien &#150; &#147;quite settled&#148;", "Mr O’Brien – “quite settled”"),
        ("_x008A_imon and Zo\x9e", "Šimon and Zož"),
        ("&#x80;20, 5&#x99;", "€20, 5™"),
        ("seen twice&#x85;alone", "seen twice\nalone"),
    ],
)
def test_what_another_program_misread_is_what_windows_wrote_and_that_is_told(typed, text, reader):
    read = reader.read(with_sheet(cell(typed)))
    assert read.sheets[1].cells[1, 1].text == text
    assert read.cleaned == (Cleaned("sheet 2, cell A1", 0),)


def test_only_what_windows_has_not_either_is_taken_out_of_them(reader):
    read = reader.read(with_sheet(cell("".join(f"&#{code};" for code in range(0x80, 0xA0)))))
    assert read.sheets[1].cells[1, 1].text == "€‚ƒ„\n†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
    assert read.cleaned == (Cleaned("sheet 2, cell A1", 5),)


@pytest.mark.parametrize(
    "text", ["😀 👨‍👩‍👧", "مرحبا", "שלום", "tŷ bach", "“quite”", "naïve – café", "\u202eabc", "a\u200bb", "Z͑͗a"]
)
def test_nothing_that_a_person_types_is_cleaned_away(text):
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_line_breaks_of_every_sort_keep_words_apart():
    assert clean("a\r\nb\rc\x0bd\x0ce") == "a\nb\nc\nd\ne"


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_changes_nothing_more_and_leaves_no_control_character(text):
    once = clean(text)
    assert clean(once) == once
    assert not any((ord(char) < 32 and char not in "\t\n") or 0x7F <= ord(char) < 0xA0 for char in once)
    once.encode("utf-8")


@given(st.floats() | st.integers(-(10**18), 10**18) | st.dates() | st.datetimes() | st.times() | st.timedeltas())
def test_every_value_a_reader_can_give_has_a_text(value):
    assert clean(shown(value)) == shown(value)


def test_escapes_are_decoded_once():
    assert unescape("_x005F_x003D_") == "_x003D_"
    assert unescape("_xD83D_ _xZZZZ_ _x41_") == "_xD83D_ _xZZZZ_ _x41_"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60), min_size=1, max_size=20))
def test_whatever_is_typed_comes_back_as_the_same_text(texts):
    cells = "".join(cell(escaped(text), f"A{row}") for row, text in enumerate(texts, 1))
    with SafeReader() as safe_reader:
        read = safe_reader.read(with_sheet(cells)).sheets[1].cells
    expected = {(row, 1): clean(unescape(text)) for row, text in enumerate(texts, 1)}
    assert {at: each.text for at, each in read.items()} == {at: text for at, text in expected.items() if text.strip()}


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_nothing_read_shows_in_a_representation():
    read = read_safely(with_sheet(cell("Zebedee Quill")))
    assert read.sheets[1].cells[1, 1].text == "Zebedee Quill"
    assert "Quill" not in f"{read!r} {read.sheets[1]!r} {read.sheets[1].cells[1, 1]!r}"
    assert "Questions" not in repr(read)


def test_names_and_properties_are_read_and_cleaned(reader):
    changes = {
        "docProps/custom.xml": lambda xml: xml.replace(b">tool<", b">a&#x9;b&#x85;<"),
        WORKBOOK: swap("</definedNames>", '<definedName name="own" localSheetId="1">1</definedName></definedNames>'),
    }
    read = reader.read(graft(changes))
    assert read.properties == {"audit_kit_form": "a\tb\n"}
    assert read.defined_names["2!own"] == "1"
    assert read.cleaned == (Cleaned("workbook", 0),)
