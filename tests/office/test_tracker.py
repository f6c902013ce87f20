"""The tracker says where every audit stands, in a workbook that everybody on the team can read."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from builders import ROOT
from openpyxl import load_workbook

from audit_kit.domain.ladder import Chased, Rung
from audit_kit.domain.overview import (
    STATE_WORDS,
    TONE_WORDS,
    Actor,
    AuditLine,
    ConcernLine,
    DateLine,
    NextStep,
    Overview,
    Tally,
    ToDo,
    Tone,
    by_year,
)
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState, ConcernState
from audit_kit.office.tracker import COLOURS, write_tracker
from audit_kit.office.tracker_wording import TEMPLATE, tracker_word_faults, tracker_words

SHIPPED = (ROOT / "templates" / TEMPLATE).read_bytes()
WORDS = tracker_words(SHIPPED, SHIPPED)
BOARD = "City & Hackney Safeguarding Children Board"
AGENCY, CODE = "Metropolitan Police", "MPS"
ACCEPT = NextStep(Actor.REVIEWER, "Read it, then accept it or send it back", "audit-kit accept 2026-A2-NEG/H1/MPS")
LATE = AuditLine(
    AuditRef("2026-A2-NEG", "H2", CODE), AGENCY, AuditState.SENT_BACK, "Sent back, late by 3 working days", Tone.LATE,
    NextStep(Actor.AGENCY, "Put right what the letter asks, and return round 2"), round=2, due=date(2026, 11, 5),
    late=True, late_days=3, sent_back_times=1, rules=("V14", "V15"), received_on=date(2026, 10, 30),
    allocated=True, chased=(Chased(Rung(-2, "lead"), date(2026, 11, 5), date(2026, 11, 3)), Chased(Rung(1, "auditor"), date(2026, 11, 5), date(2026, 11, 6))),
)  # fmt: skip
READY = AuditLine(
    AuditRef("2026-A2-NEG", "H1", CODE), AGENCY, AuditState.WITH_REVIEWER, "With the reviewer", Tone.OURS, ACCEPT,
    round=1, flags=("V18",), received_on=date(2026, 11, 2), concern_open=True,
)  # fmt: skip
CONCERN = ConcernLine(
    "risk:" + "ab12cd34" * 8, "ab12cd34", "H1", CODE, AGENCY, ConcernState.RAISED, "Risk to the child", "Same day",
    datetime(2026, 11, 9, 9, 30, tzinfo=UTC), 1,
    NextStep(Actor.AGENCY, "Acknowledge it, by telephone", "audit-kit concern acknowledge ab12cd34"),
)  # fmt: skip


def an_overview(**changes) -> Overview:
    found = Overview(
        session="2026-A2-NEG",
        theme="Neglect",
        today=date(2026, 11, 10),
        summary="1 of 2 returns in, 1 sent back, 1 late, 1 concern open",
        whole=Tally("", "All audits", 2, 1, 1, 1, 1, 0),
        states=tuple((name, 1 if name in ("sent back", "with the reviewer") else 0) for name in STATE_WORDS),
        agencies=(Tally(CODE, AGENCY, 2, 1, 1, 1, 1, 0),),
        cases=tuple(Tally(case, case, 1, 1, 0, 0, 0, 0) for case in ("H1", "H2", "C1")),
        audits=(READY, LATE),
        concerns=(CONCERN,),
        dates=(DateLine("Multi-agency meeting", date(2026, 12, 1), 15, True),),
        to_do=(ToDo(Actor.REVIEWER, "", ACCEPT.what, "H1 MPS", Tone.OURS, ACCEPT.command, 2),),
    )
    return replace(found, **changes)


def opened(*overviews: Overview):
    return load_workbook(BytesIO(write_tracker(WORDS, by_year(overviews or (an_overview(),), 2), BOARD)))


def rows(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_sheets_are_in_the_order_in_which_they_are_read():
    assert opened().sheetnames == ["At a glance", "2026-A2-NEG", "Audits", "To do", "Concerns", "Rounds"]


def test_the_first_sheet_says_it_in_a_sentence_with_open_concerns_before_counts_and_dates():
    said = [row[0] for row in rows(opened()["At a glance"]) if row[0]]

    assert said == [
        "Where the audits stand",
        BOARD,
        "Worked out from the journal and rewritten after each change: anything typed here is lost.",
        "2026: 1 of 2 sessions planned",
        "Session",
        "2026-A2-NEG, Neglect",
        "2026-A2-NEG, Neglect",
        "1 of 2 returns in, 1 sent back, 1 late, 1 concern open, on 10 November 2026",
        "Concern open",
        "H1, Metropolitan Police: Risk to the child. Same day",
        "State of the audits",
        "Not asked yet",
        "Asked",
        "Awaited",
        "Sent back",
        "Set aside",
        "With the reviewer",
        "Accepted",
        "No involvement",
        "Date",
        "Multi-agency meeting (next)",
    ]


def test_the_matrix_has_agencies_down_and_cases_across_in_words():
    sheet = opened()["2026-A2-NEG"]

    assert [cell.value for cell in sheet[4]][:6] == ["Agency", "H1", "H2", "C1", "In", "Late"]
    assert [cell.value for cell in sheet[5]][:6] == [
        "Metropolitan Police (MPS)", "Concern open. With the reviewer", "Sent back, late by 3 working days", "–", "1 of 2", 1,
    ]  # fmt: skip


def test_the_matrix_ends_with_what_is_in_of_each_case_and_of_all():
    sheet = opened()["2026-A2-NEG"]

    assert [cell.value for cell in sheet[6]][:6] == ["In, of all agencies", "1 of 1", "1 of 1", "1 of 1", "1 of 2", 1]


def test_each_session_begins_a_printed_page():
    sheet = opened(an_overview(), an_overview(session="2026-A1-DA"))["At a glance"]

    assert [sheet.cell(one.id + 1, 1).value for one in sheet.row_breaks.brk] == ["2026-A2-NEG, Neglect"]


def test_the_matrix_explains_its_colours():
    sheet = opened()["2026-A2-NEG"]

    assert [cell.value for cell in sheet[3]][1:8] == [words for _, words in TONE_WORDS]
    assert [cell.fill.fgColor.rgb[2:] for cell in sheet[3]][1:8] == [COLOURS[tone][0] for tone, _ in TONE_WORDS]


def test_every_audit_has_its_row_with_dates_as_dates():
    sheet = opened()["Audits"]

    assert [cell.value for cell in sheet[4]] == [
        "Audit", "Agency", "Auditor", "Where it stands", "Round", "Due", "Late, working days", "Sent back, times", "Received",
        "Reminded", "Rules of the queries", "For the reviewer", "Words in doubt", "Who acts next", "What happens next",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[6]] == [
        "2026-A2-NEG/H2/MPS", AGENCY, "Known", "Sent back, late by 3 working days", 2, datetime(2026, 11, 5), 3, 1,
        datetime(2026, 10, 30), "2 times; last 6 Nov 2026, the auditor, through the lead, 1 working day after it was due", "V14 V15", None, None, "The agency", "Put right what the letter asks, and return round 2",
    ]  # fmt: skip
    assert sheet["F6"].number_format == "dd mmm yyyy"


def test_what_is_to_do_comes_with_its_command():
    assert [cell.value for cell in opened()["To do"][5]] == [
        "2026-A2-NEG", "The reviewer", "Read it, then accept it or send it back", "H1 MPS", None, 2,
        "audit-kit accept 2026-A2-NEG/H1/MPS",
    ]  # fmt: skip


def test_a_concern_is_shown_by_reference_with_state_and_urgency():
    row = [cell.value for cell in opened()["Concerns"][5]]

    assert row[:7] == ["ab12cd34", "2026-A2-NEG", "H1", AGENCY, "Risk to the child", "Same day", "Raised"]
    assert row[8:] == [
        1, "Metropolitan Police: Acknowledge it, by telephone", "audit-kit concern acknowledge ab12cd34",
    ]  # fmt: skip


def test_a_concern_of_which_nobody_knows_the_session_stands_once_in_the_list():
    unknown = replace(CONCERN, case="", agency="", agency_code="")
    first, second = an_overview(concerns=(unknown,)), an_overview(session="2026-A1-DA", concerns=(unknown,))

    sheet = opened(first, second)["Concerns"]

    assert [row[:4] for row in rows(sheet)[4:]] == [["ab12cd34", "Not known", "Not known", "Not known"]]


def test_a_session_that_needs_nobody_comes_last():
    done = replace(READY, state=AuditState.ACCEPTED, concern_open=False)
    finished = an_overview(session="2026-A1-DA", audits=(done,), concerns=(), to_do=(), dates=())

    assert opened(finished, an_overview()).sheetnames[1:3] == ["2026-A2-NEG", "2026-A1-DA"]


def test_a_list_with_nothing_in_it_says_so():
    book = opened(an_overview(concerns=(), to_do=()))

    assert (book["To do"]["A5"].value, book["Concerns"]["A5"].value) == ("None", "None")


@pytest.mark.parametrize("name", ["Audits", "To do", "Concerns", "Rounds"])
def test_lists_can_be_filtered_and_their_header_stays(name):
    sheet = opened()[name]

    assert (sheet.freeze_panes, sheet.auto_filter.ref[:3], sheet.print_title_rows) == ("B5", "A4:", "$4:$4")


def test_every_sheet_has_its_title_in_a1_and_no_merged_cell_and_prints_lying_down_at_a_size_that_can_be_read():
    for sheet in opened().worksheets:
        assert sheet["A1"].value and sheet["A1"].font.sz == 18
        assert not sheet.merged_cells.ranges
        page = sheet.page_setup
        assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == (
            "landscape",
            8 if sheet.title == "Audits" else 9,
            1,
            1 if sheet.title == "2026-A2-NEG" else 0,
        )
        assert sheet.oddFooter.left.text == "OFFICIAL-SENSITIVE, page &P of &N"


def test_agency_by_case_is_one_printed_page_as_long_as_it_can_be_read():
    tally = Tally(CODE, AGENCY, 2, 1, 1, 1, 1, 0)

    high = [opened(an_overview(agencies=(tally,) * count))["2026-A2-NEG"].page_setup.fitToHeight for count in (30, 31)]

    assert high == [1, 0]


def test_everything_is_arial_of_11_points_or_more():
    for sheet in opened().worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert (cell.font.name, cell.font.sz >= 11) == ("Arial", True), cell.coordinate


def test_text_stays_text_whatever_it_begins_with():
    trap = '=HYPERLINK("http://example.org","x")'
    audit = replace(READY, agency=trap)

    book = opened(an_overview(theme=trap, audits=(audit, LATE), agencies=(Tally(CODE, trap, 2, 1, 1, 1, 1, 0),)))

    assert book["Audits"]["B5"].value == trap
    assert not [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_characters_that_excel_does_not_take_are_replaced_as_everywhere():
    assert opened(an_overview(theme="Neg\x00lect\x0b"))["At a glance"]["A7"].value == "2026-A2-NEG, Neg\ufffdlect\ufffd"


def test_no_sheet_holds_a_formula_a_macro_or_a_link_elsewhere():
    names = zipfile.ZipFile(BytesIO(write_tracker(WORDS, by_year((an_overview(),), 2), BOARD))).namelist()

    assert not [name for name in names if "vba" in name or "externalLink" in name or "comments" in name]


def test_the_same_overview_gives_the_same_bytes():
    assert write_tracker(WORDS, by_year((an_overview(),), 2), BOARD) == write_tracker(
        WORDS, by_year((an_overview(),), 2), BOARD
    )


def test_the_workbook_says_what_it_is_and_in_which_language():
    properties = opened().properties

    assert (properties.title, properties.creator, properties.language) == ("Tracker of audits", BOARD, "en-GB")


@pytest.mark.parametrize("tone", list(Tone))
def test_words_can_be_read_on_their_colour(tone):
    ground, text = COLOURS[tone]

    assert contrast(ground, text) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio of two colours as RRGGBB."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- its words are the team's -----------------------------------------------------------------------------


def reworded(old: str, new: str) -> bytes:
    assert old in SHIPPED.decode()
    return SHIPPED.decode().replace(old, new).encode()


def faults(template: bytes) -> list[str]:
    return [fault.sentence for fault in tracker_word_faults(template)]


def test_titles_headings_and_names_of_sheets_are_those_of_the_teams_file():
    team = (
        reworded("sheet = To do", "sheet = Next steps")
        .decode()
        .replace("who = Who must act\n", "who = Whose turn\n")
        .encode()
    )

    book = load_workbook(BytesIO(write_tracker(tracker_words(team, SHIPPED), by_year((an_overview(),), 2), BOARD)))

    assert faults(team) == []
    assert "To do" not in book.sheetnames
    assert [cell.value for cell in book["Next steps"][4]][:3] == ["Session", "Whose turn", "What"]


def test_what_comes_with_it_has_no_fault():
    assert faults(SHIPPED) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("reminded = Reminded\n", "remindde = Reminded\n", "remindde is no word of [audits]. The nearest is reminded."),
        ("[to do]", "[todo]", "[todo] is no part of the tracker. The nearest is [to do]."),
        ("sheet = Rounds", "sheet = audits", "Two sheets would be called audits."),
        ("sheet = Rounds", "sheet = Rounds: all", "No sheet can be called Rounds: all."),
        ("sheet = Rounds", f"sheet = {'R' * 32}", f"No sheet can be called {'R' * 32}."),
        ("days open = Days open", "days open =", "days open says nothing."),
        ("by = By", "by = By\nby = Who", "by stands twice in [rounds]."),
    ],
)
def test_what_is_wrong_with_it_is_told_with_its_line_and_the_kits_own_word_stands(old, new, fault):
    team = reworded(old, new)

    assert any(f"{TEMPLATE}, line " in each and each.endswith(fault) for each in faults(team))
    assert len(write_tracker(tracker_words(team, SHIPPED), by_year((an_overview(),), 2), BOARD)) > 5000


def test_a_word_that_is_gone_is_told():
    assert (
        f"The template {TEMPLATE}: [rounds] by is missing. Until it is back, audit-kit's own word is used."
        in faults(reworded("by = By\n", ""))
    )
