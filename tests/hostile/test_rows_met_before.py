"""Most rows of a form are the same in every copy. One that was met before need not be told again, and comes to the same."""

import hashlib

import pytest
from grafting import MAIN, OFFICE, SHEET, STYLES, TEXTS, WORKBOOK_RELS, cell, graft, related, sheet, with_sheet
from test_attack_files import ACTIVE, BOMBS, TWO_READINGS, XML_TRICKS
from test_gate_fuzz import HONEST

from audit_kit.office import gate_known, gate_sheet
from audit_kit.office import gate_limits as limits
from audit_kit.office.gate import Passive, Reason, Refused, inspect


@pytest.fixture(autouse=True)
def nothing_is_known():
    gate_known.forget()


def outcome(data: bytes):
    try:
        return inspect(data)
    except Refused as refusal:
        return refusal.reason, refusal.rule


ANY = (
    HONEST
    | {name: one if isinstance(one, bytes) else graft(one) for group in (BOMBS, XML_TRICKS, TWO_READINGS) for name, one in group.items()}
    | {name: graft(changes) for name, (changes, *_) in ACTIVE.items()}
)  # fmt: skip


@pytest.mark.parametrize("data", ANY.values(), ids=ANY)
def test_every_file_comes_to_the_same_whatever_was_met_before(data, monkeypatch):
    at_first = outcome(data)
    for other in HONEST.values():
        inspect(other)

    assert outcome(data) == at_first
    monkeypatch.setattr(gate_sheet, "_MOST_ROWS", 0)
    assert outcome(data) == at_first


ROW = cell("known")
WITH_PREFIX = '<row r="1" x:y="1"><c r="A1"/></row>'
ELEMENT_WITH_PREFIX = '<row r="1"><x:c r="A1"/></row>'


def a_sheet(cells: str, namespaces: str = f'xmlns="{MAIN}"', name: str = "worksheet", before: str = "") -> bytes:
    return graft({SHEET: f"<{name} {namespaces}>{before}<sheetData>{cells}</sheetData></{name}>"})


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (a_sheet(ROW), a_sheet(ROW + ROW)),
        (a_sheet(cell("known", "A2")), a_sheet(cell("known", "A2") + cell("new", "A1"))),
        (a_sheet(ROW), a_sheet(ROW, f'xmlns:x="{MAIN}" xmlns="urn:x"', "x:worksheet")),
        (a_sheet(WITH_PREFIX, f'xmlns="{MAIN}" xmlns:x="urn:x"'), a_sheet(WITH_PREFIX)),
        (
            a_sheet(ELEMENT_WITH_PREFIX, f'xmlns="{MAIN}" xmlns:x="{MAIN}"'),
            a_sheet(ELEMENT_WITH_PREFIX, f'xmlns="{MAIN}" xmlns:x="urn:x"'),
        ),
        (a_sheet(ROW), a_sheet(f"{ROW}</row>")),
        (a_sheet(ROW), a_sheet(f'<row r="1">{ROW}</row>')),
    ],
    ids=[
        "twice", "out of order", "in another namespace", "with a prefix of nobody's", "with a prefix of somebody else's",
        "ended twice", "in another row",
    ],
)  # fmt: skip
def test_a_known_row_is_refused_where_it_does_not_belong(first, then):
    inspect(first)

    refused = outcome(then)

    gate_known.forget()
    assert isinstance(refused, tuple)
    assert outcome(then) == refused


def with_texts(*texts: str) -> bytes:
    """A row that shows the first two shared texts of a workbook that has these."""
    told = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return graft(
        {
            SHEET: sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'),
            TEXTS: f'<sst xmlns="{MAIN}">{told}</sst>',
            WORKBOOK_RELS: related(f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
        }
    )


def test_what_a_known_row_shows_hangs_on_the_shared_texts_of_each_workbook():
    both, one, none = (inspect(with_texts(*texts)).sheets[1] for texts in (("a", "b"), ("a", " "), ("", "")))

    assert [sheet.filled for sheet in (both, one, none)] == [2, 1, 0]
    assert outcome(with_texts("a"))[1] == "sheet: shared text that is not there"


def test_what_a_known_row_wears_must_be_there_in_each_workbook():
    row = '<row r="1"><c r="A1" s="1"/></row>'
    inspect(with_sheet(row))

    assert outcome(with_sheet(row, **{STYLES: f'<styleSheet xmlns="{MAIN}"/>'}))[1] == "sheet: cell format"


def test_the_formulas_errors_and_hidden_rows_of_known_rows_are_told_each_time():
    rows = (
        '<row r="1" hidden="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2"><f t="array" ref="B2:B3">1</f><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="b"><f>TRUE()</f><v>1</v></c></row>'
    )

    first, then = inspect(with_sheet(rows)), inspect(with_sheet(rows + cell("another", "A4")))

    assert then.formula_cells == first.formula_cells == ((1, 6, 2), (2, 1, 1), (2, 2, 2), (2, 3, 2))
    assert then.sheets[1].errors == {(2, 1): "#REF!"}
    assert Passive("hidden rows", "sheet 2") in then.passive


def test_what_all_sheets_hold_together_counts_known_rows_too(monkeypatch):
    row = cell("ten chars.")
    monkeypatch.setattr(limits, "TEXT_CHARS", 4_000)  # the form besides has 3,000
    inspect(with_sheet(row))

    rows = "".join(cell("ten chars.", f"A{number}") for number in range(1, 401))

    assert outcome(with_sheet(rows))[1] == outcome(with_sheet(rows))[1] == "sheets: text"


def test_a_row_without_a_number_comes_after_whatever_row_it_stands_behind():
    inspect(with_sheet("<row/>"))

    assert not isinstance(outcome(with_sheet(cell("a", "A5") + "<row/>" + cell("b", "A7"))), tuple)
    assert isinstance(outcome(with_sheet(cell("a", "A5") + "<row/>" + cell("b", "A6"))), tuple)


def test_of_a_sheet_that_is_refused_no_row_is_known():
    outcome(a_sheet(ROW + "<row"))

    assert hashlib.sha256(ROW.encode()).digest() not in gate_sheet._known


BEHIND = (
    '<mergeCells><mergeCell ref="C1:D2"/></mergeCells><hyperlinks><hyperlink ref="C3" location="A1"/></hyperlinks>'
    "<headerFooter><oddFooter>{}</oddFooter></headerFooter>"
)


def with_beside(footer: str, rows: str = ROW, behind: str = BEHIND, before: str = '<cols><col hidden="1"/></cols>'):
    return graft(
        {SHEET: f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{behind.format(footer)}</worksheet>'}
    )


def test_what_stands_beside_the_rows_is_not_looked_at_again_where_it_was_met_before(monkeypatch):
    first = inspect(with_beside("of one audit"))
    monkeypatch.setattr(gate_sheet.Sheet, "_use_area", lambda *_: pytest.fail("it was looked at again"))

    then = inspect(with_beside("of another audit", rows=cell("new", "A7")))

    assert then.passive == first.passive
    assert {Passive("hidden columns", "sheet 2"), Passive("links", "sheet 2")} <= set(then.passive)


def test_hidden_rows_are_those_of_each_sheet_whatever_is_known_of_what_stands_beside_them():
    hidden = '<row r="1" hidden="1"><c r="A1"/></row>'
    inspect(with_beside("", rows=hidden))

    assert Passive("hidden rows", "sheet 2") not in inspect(with_beside("")).passive
    assert Passive("hidden rows", "sheet 2") in inspect(with_beside("", rows=hidden)).passive


@pytest.mark.parametrize(("what", "most"), [("MERGES", 0), ("SPREAD_CELLS", 4), ("AREA", 1_999)])
def test_what_all_sheets_hold_together_counts_what_is_known_beside_the_rows(monkeypatch, what, most):
    rows = cell("far away", "CV20")
    once, known = with_beside(""), with_beside("", rows=rows)
    inspect(once)
    inspect(known)
    monkeypatch.setattr(limits, what, most)

    refused = outcome(known)

    gate_known.forget()
    assert isinstance(refused, tuple)
    assert outcome(known) == refused


@pytest.mark.parametrize(
    "then",
    [
        with_beside("", behind=f"{BEHIND}<sheetData/>"),
        with_beside("", behind=f"</sheetData>{BEHIND}"),
        with_beside("", rows=f"{ROW}</sheetData><sheetData>"),
        graft({SHEET: f'<x:worksheet xmlns:x="{MAIN}" xmlns="urn:x"><sheetData>{ROW}</sheetData></x:worksheet>'}),
        with_beside("", before='<x:cols xmlns:x="urn:x"><sheetData/></x:cols>'),
        with_beside("", rows='<row r="1">'),
        with_beside("", rows=f"{ROW}</row>"),
        with_beside("</oddFooter>"),
        with_beside("<x:y/>"),
    ],
    ids=[
        *("two lists of cells", "ended twice", "another list", "in another namespace", "a list before the list"),
        *("a row left open", "a row ended twice", "a footer ended twice", "a prefix of nothing"),
    ],
)
def test_what_stands_beside_the_rows_is_refused_where_it_does_not_belong(then):
    inspect(with_beside(""))

    refused = outcome(then)

    gate_known.forget()
    assert isinstance(refused, tuple)
    assert outcome(then) == refused


def test_of_a_sheet_that_is_refused_nothing_beside_its_rows_is_known():
    before = f'<worksheet xmlns="{MAIN}"><cols><col hidden="1"/></cols><sheetData>'
    inspect(with_beside("", rows=cell("other", "A9"), before="<cols/>"))
    known = len(gate_sheet._known_beside)

    outcome(with_beside("", behind=f"{BEHIND}</x>"))

    assert hashlib.sha256(before.encode()).digest() not in gate_sheet._known_beside
    assert len(gate_sheet._known_beside) == known


def test_no_more_is_known_of_what_stands_beside_rows_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(gate_sheet._known_beside, "most", 4)
    monkeypatch.setattr(gate_sheet, "_MOST_USED", 1)

    for data in (*HONEST.values(), with_beside("")):
        inspect(data)

    assert 0 < len(gate_sheet._known_beside) <= 4
    assert not any(len(one.used) > 1 for one in gate_sheet._known_beside.values())


def test_no_more_rows_are_known_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(gate_sheet._known, "most", 50)

    for data in HONEST.values():
        inspect(data)

    assert 0 < len(gate_sheet._known) <= 50


def test_a_part_that_was_met_before_counts_as_much_as_at_first():
    many = f"<a>{'<b/>' * (limits.ELEMENTS // 2)}</a>"
    inspect(graft({"customXml/item1.xml": many}))

    assert outcome(graft({"customXml/item1.xml": many, "customXml/item2.xml": many}))[1] == (
        "xml: too many elements or attributes"
    )


def test_end_tags_are_no_elements():
    most = limits.ELEMENTS - 4_000  # what the form's other parts use of them

    inspect(
        graft(
            {
                "customXml/item1.xml": f"<a>{'<b></b>' * (most // 2)}</a>",
                "customXml/item2.xml": f"<a>{'<b></b>' * (most // 2)}</a>",
            }
        )
    )


def test_no_cell_points_past_the_formats_of_its_own_workbook():
    styled = with_sheet('<row r="1"><c r="A1" s="40"/></row>')
    more = {STYLES: f'<styleSheet xmlns="{MAIN}"><cellXfs count="50">{"<xf/>" * 50}</cellXfs></styleSheet>'}
    for data in (graft(more, styled), graft({}, with_sheet("")), graft(more, styled)):
        inspect(data)

    assert outcome(styled)[1] == "sheet: cell format"


def test_of_a_part_that_is_refused_nothing_is_known():
    broken = graft({"customXml/item1.xml": "<a><b></a>"})
    inspect(graft({"customXml/item1.xml": "<a><b/></a>"}))

    assert outcome(broken) == outcome(broken) == (Reason.ODD, "xml: not well-formed")
