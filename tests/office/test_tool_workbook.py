"""Agencies complete the audit tools agreed for use in Hackney and in the City: what such a workbook says and does."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tool_examples import (
    COVER,
    LAYOUT,
    WORDS,
    a_tool,
    every_answer,
    retyped,
    saved_by_libreoffice,
    without_remembered_results,
)

from audit_kit.domain.brought_forward import OpenAction, with_open_actions
from audit_kit.domain.scales import INVOLVEMENT, WORDS_FOR_BLANK
from audit_kit.domain.thresholds import Thresholds
from audit_kit.domain.tool import Kind
from audit_kit.office import colours, room
from audit_kit.office.forms import read_answers
from audit_kit.office.safe_read import read_safely
from audit_kit.office.tool_status import standing_of
from audit_kit.office.tool_workbook import compile_tool, on_file_copy, read_layout, send_back_copy
from audit_kit.store.folders import shipped

TOOL = a_tool(3)
COMPILED = compile_tool(LAYOUT, TOOL, WORDS)
GOLDEN = Path(__file__).parent / "golden" / "tool.txt"
EVIDENCE = "Health visitor record of 14 March: the kitchen was bare and the child was hungry. " * 3

#: what somebody has filled in so far → what is still to finish, by sheet
STATES = {
    "nothing yet": ({}, 26),
    "not involved": (
        {
            "concern.any.answer": "No", "involvement.known.answer": INVOLVEMENT[2],
            "auditor.name.answer": "A. Uditor", "auditor.role.answer": "Service manager", "lead.name.answer": "L. Ead",
        },
        0,
    ),
    "not involved, but there is an event": ({"involvement.known.answer": INVOLVEMENT[2], "chronology.1.date": "2026-03-14"}, 5),
    "a concern without its details": ({"concern.any.answer": "Yes"}, 30),
    "a conflict": ({"declaration.a.answer": "No"}, 26),
    "a reason instead of an answer": ({"voice.child.blank": "Not yet born."}, 25),
    "a grade alone": ({"N1.ours": "Good"}, 26),
    "a grade between two": (
        {"N1.ours": "Good/RI", "N1.together": "Good", "N1.evidence": EVIDENCE, "N1.why": "Because."}, 26,
    ),
    "not our role": ({"N1.ours": "Not our role", "N1.why": "We don't treat adults.", "N1.blank": "Not ours."}, 25),
    "thin evidence": ({"N1.ours": "Good", "N1.together": "Good", "N1.evidence": "Seen.", "N1.why": "Because."}, 26),
    "a full answer": (
        {"N1.ours": "Good", "N1.together": "Good", "N1.evidence": EVIDENCE, "N1.why": "Because."}, 25,
    ),
    "a weak grade without an action": (
        {"N1.ours": "Inadequate", "N1.together": "Good", "N1.evidence": EVIDENCE, "N1.why": "Because."}, 26,
    ),
    "a weak grade with an action": (
        {
            "N1.ours": "Inadequate", "N1.together": "Good", "N1.evidence": EVIDENCE, "N1.why": "Because.",
            "action.1.question": "N3/n1", "action.1.what": "Do it.", "action.1.owner": "Named Nurse",
            "action.1.due": "2027-01-31", "action.1.measure": "9 of 10.",
        },
        25,
    ),
    "half a row of a table": ({"chronology.2.event": "Seen at home.", "practitioner.1.role": "Teacher"}, 26),
    "only spaces": ({"auditor.name.answer": "   "}, 26),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_the_start_sheet_says_how_many_are_to_finish(state):
    answers, left = STATES[state]

    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER, answers)), data_only=True)

    assert standing_of(TOOL, answers, (COVER.window_start, COVER.window_end)).total == left
    said = next(row[1].value for row in book["Start"].iter_rows() if row[0].value == "Ready to return?")
    assert said == ("Yes" if left == 0 else f"No, {left} to finish")


def _about(kloe: str, state: str) -> dict[str, str]:
    return {ref.replace("N1.", f"{kloe}."): text for ref, text in STATES[state][0].items()}


#: the states above in few workbooks: opening one in LibreOffice takes a second
MIXED = (
    {},
    STATES["not involved, but there is an event"][0],
    {"involvement.known.answer": INVOLVEMENT[1], "chronology.1.date": "2019-03-14", "N1.ours": "Not our role"},
    {"involvement.known.answer": INVOLVEMENT[1], "N2.ours": "good"},
    STATES["not involved"][0],
    STATES["a concern without its details"][0] | STATES["a conflict"][0] | STATES["only spaces"][0]
    | _about("N1", "a grade alone") | _about("N2", "a grade between two") | _about("N3", "not our role"),
    STATES["a reason instead of an answer"][0] | STATES["half a row of a table"][0]
    | _about("N1", "thin evidence") | _about("N2", "a full answer") | _about("N3", "a weak grade without an action"),
    _about("N1", "a weak grade with an action") | {"N2.blank": "No child known.", "N3.ours": "Insufficient evidence on file"},
    every_answer(TOOL),
    every_answer(TOOL) | {
        "N1.together": "Inadequate", "N2.ours": "good", "N2.together": "Outstanding", "N3.ours": "Inadequate",
        "overall.ours.answer": "Outstanding", "overall.together.answer": "requires improvement",
        "involvement.hours.answer": "0.25 hours",
    },
    {"overall.ours.answer": "Good", "overall.together.answer": "Inadequate", "involvement.hours.answer": "0.25"},
)  # fmt: skip


@pytest.mark.office
def test_the_formulas_say_the_same_as_what_was_remembered(tmp_path):
    remembered = [COMPILED.personalise(COVER, answers) for answers in MIXED]

    worked_out = saved_by_libreoffice(tmp_path, "xlsx", *map(without_remembered_results, remembered))

    for ours, theirs in zip(remembered, worked_out, strict=True):
        assert _results(theirs) == _results(ours)
        assert len(_results(ours)) > 150


def test_the_tool_asks_for_as_many_words_of_evidence_as_the_configuration_wants():
    tool = replace(TOOL, thresholds=Thresholds(evidence_words=40))
    book = openpyxl.load_workbook(BytesIO(compile_tool(LAYOUT, tool, WORDS).personalise(COVER)))
    sheet = book["Questions"]

    assert "weighed_thin_N1" in sheet[COMPILED.plans[6].status_address("N1")].value
    tab, _, cell = book.defined_names["weighed_thin_N1"].attr_text.partition("!")
    assert "<40," in book[tab][cell.replace("$", "")].value
    assert any("At least 40 words." in (check.prompt or "") for check in sheet.data_validations.dataValidation)


def test_nothing_is_marked_as_wrong_before_the_first_answer():
    words = set(standing_of(TOOL, {}).words.values())

    assert words == {"To do", "Optional", ""}


def test_a_copy_is_the_same_whenever_it_is_made():
    again = compile_tool(LAYOUT, a_tool(3), WORDS)

    assert COMPILED.personalise(COVER) == again.personalise(COVER)


def test_a_copy_says_what_is_personal_and_nothing_of_it_is_left_open():
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER)))
    said = {row[0].value: row[1].value for row in book["Start"].iter_rows()}

    assert said["Audit reference"] == "2026-A2-NEG/H3/MPS (round 1)"
    assert said["Agency"] == "Fictional Police Service"
    assert f"{said['Please return it by']:%d %b %Y}" == "04 Dec 2026"
    assert book.properties.title == "Audit tool 2026-A2-NEG/H3/MPS"
    assert (book.properties.creator, book.properties.language) == (WORDS.board_name, "en-GB")
    with zipfile.ZipFile(BytesIO(COMPILED.personalise(COVER))) as archive:
        assert not [name for name in archive.namelist() if b"@@" in archive.read(name)]


def test_only_answers_are_open_and_there_is_no_password():
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER)))
    open_cells = {
        (sheet.title, cell.coordinate)
        for sheet in book for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }  # fmt: skip

    assert open_cells == {
        (plan.sheet.title, plan.address(question.ref, field.id))
        for plan in COMPILED.plans for question in plan.sheet.questions for field in plan.sheet.fields
    }  # fmt: skip
    for sheet in book:
        if sheet.sheet_state == "visible":
            assert sheet.protection.sheet and sheet.protection.password is None
            assert not sheet.protection.formatRows and not sheet.protection.formatColumns


def test_messages_and_lists_keep_within_excels_limits():
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER)))
    for sheet in book:
        for validation in sheet.data_validations.dataValidation:
            assert len(validation.prompt or "") <= 255 and len(validation.error or "") <= 255
            assert len(validation.promptTitle or "") <= 32
            if validation.type == "list":
                assert validation.formula1 in book.defined_names  # never a list of its own, cut at 255
            if validation.errorStyle == "stop":
                assert validation.type in ("list", "date")
        assert len(sheet.title) <= 31
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f" and len(cell.value) > 8000]


def test_every_sheet_can_be_printed_and_read_aloud():
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER)))
    for sheet in book:
        assert sheet["A1"].value and any(
            cell.value for cell in (*sheet[1][1:], *sheet[2])
        )  # a title and what it is about
        assert not sheet.merged_cells.ranges
        if sheet.sheet_state == "visible":
            lies = "portrait" if sheet.title == "Start" else "landscape"
            assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == (lies, 9)
            assert sheet.oddFooter.left.text == "OFFICIAL-SENSITIVE, page &P of &N"
            assert "2026-A2-NEG/H3/MPS" in sheet.oddFooter.right.text
    for plan in COMPILED.plans:
        sheet = book[plan.sheet.title]
        assert sheet.print_title_rows == f"${plan.header_row}:${plan.header_row}"
        assert sheet.freeze_panes is not None


def test_the_pages_of_one_row_follow_each_other_where_a_sheet_takes_several():
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER)))
    wide = {sheet.title: sheet for sheet in book if sheet.col_breaks.brk}

    assert set(wide) == {"Questions", "Chronology", "Actions"}
    assert {sheet.page_setup.pageOrder for sheet in wide.values()} == {"overThenDown"}
    assert {title: sheet.print_title_cols for title, sheet in wide.items()} == {
        "Questions": "$A:$B", "Chronology": "$A:$C", "Actions": "$A:$C",
    }  # fmt: skip


def test_no_later_page_cuts_a_line_under_the_title():
    for sheet in openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER))):
        if sheet.col_breaks.brk:
            repeated = range(1, openpyxl.utils.column_index_from_string(sheet.print_title_cols[-1]) + 1)
            said = [sheet.cell(row, column).value for row in (1, 2) for column in repeated]
            assert [text for text in said if text] == [sheet.title]


def test_every_page_is_as_wide_as_can_be_read():
    """Arial 12 on A4 at 60 % of its size is 7 points: less can't be read."""
    for sheet in openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER))):
        if sheet.sheet_state == "visible":
            widths = {column: room.width for column, room in sheet.column_dimensions.items() if not room.hidden}
            characters = sum(widths.values()) if sheet.sheet_properties.pageSetUpPr.fitToPage else 0
            assert (116 / characters if characters else sheet.page_setup.scale / 100) > 0.6


def test_the_first_sheet_prints_what_is_to_finish_on_a_page_of_its_own():
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER)))
    start = book["Start"]

    (page_end,) = (end.id for end in start.row_breaks.brk)
    assert start.cell(page_end + 1, 1).value == "To finish"
    assert not start.sheet_properties.pageSetUpPr.fitToPage  # Excel would then pass over the break
    listed = start.max_row - page_end - 1
    assert listed == sum(len(plan.sheet.questions) for plan in COMPILED.plans)  # a line for each on the screen
    assert start.print_area == f"'Start'!$A$1:$B${page_end + 1 + 55}"  # and on paper what one page holds


def test_links_lead_somewhere():
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER)))
    targets = [cell.hyperlink.location for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]

    assert len(targets) == len(TOOL.sheets) + 1 + 2 * 3  # from Start, to its list, and to and from the guidance
    for target in targets:
        tab, _, cell = target.rpartition("!")
        assert target in book.defined_names or book[tab.strip("'")][cell] is not None


@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [
        (colours.TEXT, colours.WHITE, 4.5), (colours.SECONDARY, colours.WHITE, 4.5), (colours.WHITE, colours.BRAND, 4.5),
        (colours.BRAND, colours.WHITE, 4.5), (colours.LINK, colours.WHITE, 4.5), (colours.LINK, colours.ATTENTION_FILL, 4.5),
        (colours.ERROR, colours.URGENT_FILL, 4.5), (colours.SUCCESS, colours.DONE_FILL, 4.5),
        (colours.TEXT, colours.ATTENTION_FILL, 4.5), (colours.TEXT, colours.INPUT_FILL, 4.5),
        (colours.INPUT_BORDER, colours.WHITE, 3), (colours.INPUT_BORDER, colours.INPUT_FILL, 3),
        (colours.ATTENTION_BORDER, colours.WHITE, 3), (colours.ATTENTION_BORDER, colours.ATTENTION_FILL, 3),
    ],
)  # fmt: skip
def test_colours_can_be_told_apart(front, ground, least):
    lighter, darker = sorted((_luminance(front), _luminance(ground)), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_rows_are_high_enough_for_what_they_hold():
    text = "The health visitor saw the child at home. " * 60
    sheet = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER, {"N1.evidence": text})))["Questions"]
    row = COMPILED.plans[6].row("N1")

    assert sheet.row_dimensions[row].height >= 300
    assert sheet.row_dimensions[row + 1].height < 250


PROSE = (
    "The health visitor saw the child at home on 3 March 2026 and wrote up the visit within two days; the plan, its "
    "dates and who was told are in the case notes. He said that he did not like it at home when it was cold, and that "
    "nobody had been to see him. The Social Worker asked the Housing Officer for a repair on the same day. "
)


def test_every_column_warns_from_where_its_end_can_no_longer_be_seen():
    """A narrative has room for 3,000 characters; a short column says how many fit. Excel's highest row is 409 points."""
    tool = with_open_actions(TOOL, (OpenAction("2026-A1-NEG", "Ask who the children are"),))
    compiled = compile_tool(LAYOUT, tool, WORDS)
    book = openpyxl.load_workbook(BytesIO(compiled.personalise(COVER)))
    for plan in compiled.plans:
        limits = {
            cell: check
            for check in book[plan.sheet.title].data_validations.dataValidation if check.type == "textLength"
            for block in check.sqref.ranges for row in block.rows for cell in row
        }  # fmt: skip
        for question in plan.sheet.questions:
            for field in plan.sheet.fields:
                place = tool.place(f"{question.ref}.{field.id}")
                check = limits.get((plan.row(question.ref), plan.column(field.id)))
                where = f"{plan.sheet.title}, {question.ref}.{field.id}"
                if place.kind not in (Kind.TEXT, Kind.LONG, Kind.NAME):
                    assert check is None, where
                    continue
                most, width = int(check.formula1), plan.widths[field.id]
                assert check.errorStyle == "information" and check.showErrorMessage, where
                assert f"About {most:,} characters" in check.error, where
                assert room.lines_needed((PROSE * 20)[:most], width) * room.LINE_POINTS + 5 <= room.HIGHEST_ROW, where
                longer = room.lines_needed((PROSE * 30)[: most + 400], width) * room.LINE_POINTS + 5
                assert most == 3000 or longer > room.HIGHEST_ROW, f"{where}: more would fit"
                if place.kind is Kind.LONG and field.id in ("answer", "evidence"):
                    assert most == 3000, where


def test_a_layout_may_warn_earlier_than_it_must_and_never_later():
    def change(book):
        for check in book["Questions"].data_validations.dataValidation:
            if check.type == "textLength":
                check.formula1 = "500" if str(check.sqref) == "H5" else "30000"

    layout = read_layout(retyped((shipped("templates") / "audit_tool.xlsx").read_bytes(), change), "audit_tool.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(compile_tool(layout, TOOL, WORDS).personalise(COVER)))["Questions"]

    limits = {str(check.sqref)[0]: check.formula1 for check in sheet.data_validations.dataValidation}
    assert (limits["H"], limits["I"]) == ("500", str(room.most_characters(70)))


@pytest.mark.parametrize("layout", sorted(path.name for path in shipped("templates").glob("*.xlsx")))
def test_no_message_sends_anybody_to_a_column_that_the_sheet_lacks(layout):
    for sheet in openpyxl.load_workbook(shipped("templates") / layout):
        columns = {cell.value for row in sheet.iter_rows(max_row=8) for cell in row}
        for check in sheet.data_validations.dataValidation:
            assert "Comment" in columns or " in Comment" not in (check.error or ""), f"{sheet.title}!{check.sqref}"


def test_nobody_is_told_to_keep_a_date_that_the_kit_will_ask_for_again():
    """V21 wants a day: "about March 2026" is sent back wherever it stands."""
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER)))
    dates = [c for sheet in book for c in sheet.data_validations.dataValidation if c.type == "date"]

    assert len(dates) == 7
    assert [check.error for check in dates if "keep what you typed" in check.error] == []


def test_what_the_tool_says_can_be_reviewed_as_text():
    said = _as_text(COMPILED.personalise(COVER))

    assert said == GOLDEN.read_text(encoding="utf-8"), "review the change, then write the new text to the golden file"


# --- the copy that goes back --------------------------------------------------------------------------

WEAK = (
    ("N1.evidence", "Please say where on file this is."),
    ("voice.child", "Please say what the child says or shows."),
    ("chronology.2.date", "Was there no contact in the spring?"),
    ("everything", "Please write roles."),
)


@pytest.fixture(scope="module")
def sent_back():
    answers = {"N1.ours": "Good", "N1.evidence": "=1+1", "chronology.1.date": "2026-03-14"}
    return answers, send_back_copy(LAYOUT, TOOL, WORDS, COVER, answers, WEAK)


def test_a_copy_that_goes_back_keeps_the_answers(sent_back):
    answers, data = sent_back

    assert read_answers(read_safely(data), TOOL).answers == answers


def test_a_copy_that_goes_back_holds_no_formula(sent_back):
    book = openpyxl.load_workbook(BytesIO(sent_back[1]))

    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_only_what_is_weak_is_open_and_a_concern_can_still_be_raised(sent_back):
    book = openpyxl.load_workbook(BytesIO(sent_back[1]))
    plans = {plan.sheet.id: plan for plan in COMPILED.plans}
    questions, chronology = plans["questions"], plans["chronology"]

    def is_open(plan, question, field):
        return not book[plan.sheet.title][plan.address(question, field)].protection.locked

    assert is_open(questions, "N1", "evidence")
    assert not is_open(questions, "N1", "ours")
    assert not is_open(questions, "N2", "evidence")
    assert is_open(plans["voice"], "voice.child", "answer")
    assert not is_open(chronology, "chronology.1", "event")
    assert is_open(chronology, "chronology.2", "event") and is_open(chronology, "chronology.60", "event")
    assert is_open(plans["concern"], "concern.any", "answer")


def test_what_is_weak_is_marked_by_colour_border_word_and_comment(sent_back):
    book = openpyxl.load_workbook(BytesIO(sent_back[1]))
    plan = COMPILED.plans[6]
    cell = book["Questions"][plan.address("N1", "evidence")]

    assert cell.fill.fgColor.rgb.endswith(colours.ATTENTION_FILL)
    assert cell.border.left.style == "medium"
    assert (cell.comment.text, cell.comment.author) == ("Please say where on file this is.", WORDS.board_name)
    assert book["Questions"][plan.status_address("N1")].value == "Please complete"
    assert book["Questions"][plan.status_address("N2")].value == "As you sent it"


def test_the_start_sheet_lists_what_is_asked_with_links(sent_back):
    sheet = openpyxl.load_workbook(BytesIO(sent_back[1]))["Start"]
    said = {row[1].value: row[0] for row in sheet.iter_rows()}

    first, general = said["Please say where on file this is."], said["Please write roles."]
    assert (first.value, first.hyperlink.location) == ("Questions: N1, evidence", "'Questions'!H5")
    assert (general.value, general.hyperlink) == ("In general", None)


# --- the copy on file ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def on_file():
    answers = every_answer(TOOL) | {"N1.evidence": "+44 " + "Seen at home on 14 March. " * 300, "N2.why": "=cmd|x"}
    answers = {ref: text for ref, text in answers.items() if not ref.startswith("chronology.") or ".7." in ref}
    return answers, on_file_copy(TOOL, WORDS, COVER, answers)


def test_the_copy_on_file_holds_every_word_and_no_formula(on_file):
    answers, data = on_file
    cells = [
        cell for sheet in openpyxl.load_workbook(BytesIO(data)) for row in sheet.iter_rows() for cell in row
        if cell.value is not None
    ]  # fmt: skip
    said = "".join(cell.value for cell in cells if not cell.value.endswith("(cont.)"))

    assert {cell.data_type for cell in cells} == {"s"}
    for ref, text in answers.items():
        assert text in said or ref.rpartition(".")[2] in ("date", "end", "due") or "2026-03-14" in text, ref


def test_the_copy_on_file_is_locked_marked_and_no_return(on_file):
    book = openpyxl.load_workbook(BytesIO(on_file[1]))

    assert all(cell.protection.locked for sheet in book for row in sheet.iter_rows() for cell in row)
    assert {sheet["A2"].value for sheet in book} == {"Pseudonymised copy on file"}
    assert {prop.name: prop.value for prop in book.custom_doc_props.props} == {"audit_kit_form": "on-file"}
    assert all(sheet.sheet_state == "visible" for sheet in book)


def test_empty_rows_of_tables_are_left_out_and_long_texts_go_on_in_the_next_row(on_file):
    book = openpyxl.load_workbook(BytesIO(on_file[1]))

    assert [row[0].value for row in book["Chronology"].iter_rows(min_row=4)] == ["7"]
    assert sum("Seen at home" in str(row[3].value) for row in book["Questions"].iter_rows()) >= 3
    assert all(
        (sheet.row_dimensions[row].height or 0) <= room.HIGHEST_ROW
        for sheet in book for row in sheet.row_dimensions
    )  # fmt: skip


def _results(data: bytes) -> dict[tuple[str, str], object]:
    """What the formulas give, by sheet and cell, in words and whole numbers."""
    formulas = openpyxl.load_workbook(BytesIO(data))
    values = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value or ""
        for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    }  # fmt: skip


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _as_text(data: bytes) -> str:
    """Every word of the workbook, with lists and locks: what a reviewer would look at. Rows alike are counted."""
    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    lines: list[str] = []
    for sheet in book:
        lines += [f"# {sheet.title} ({sheet.sheet_state})", ""]
        lists, alike, before = _lists(sheet), 0, ""
        for row in sheet.iter_rows():
            said = [
                f"{cell.coordinate} | {_said(cell)}{lists.get(cell.coordinate, '')}"
                for cell in row
                if cell.value is not None or not cell.protection.locked
            ]
            shape = re.sub(r"\d+", "#", "".join(said))
            alike = alike + 1 if shape == before and "[answer]" in shape else 0
            if alike > 1:
                continue
            lines += said if not alike else ["... and more rows like it"]
            before = shape
        lines.append("")
    return "\n".join(lines)


def _said(cell) -> str:
    text = re.sub(r"\s*\n\s*", " / ", str(cell.value).strip()) if cell.value is not None else ""
    return text if cell.protection.locked else f"[answer{': ' + text if text else ''}]"


def _lists(sheet: Worksheet) -> dict[str, str]:
    said = {}
    for validation in sheet.data_validations.dataValidation:
        for cells in validation.sqref.ranges:
            for row, column in cells.cells:
                kind = validation.formula1 if validation.type == "list" else validation.type
                words = " ".join(part for part in (kind and f"<{kind}>", validation.prompt) if part)
                said[sheet.cell(row, column).coordinate] = f" {words}" if words else ""
    return said


# --- what is still to finish, with a way there ------------------------------------------------------------


def _start(answers: dict[str, str]) -> dict[str, tuple[str, str]]:
    """What Start shows in its first two columns, line by line."""
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER, answers)), data_only=True)
    return {row[0].value: row[1].value for row in book["Start"].iter_rows() if row[0].value}


def _listed(answers: dict[str, str]) -> list[tuple[str, str]]:
    """The lines of the list of what is to finish."""
    said = list(_start(answers).items())
    return said[next(number for number, (label, _) in enumerate(said) if label == "To finish") + 1 :]


def test_start_lists_every_question_to_finish_in_their_order():
    listed = _listed({})

    assert len(listed) == standing_of(TOOL, {}).total == 26
    assert listed[:3] == [
        ("Immediate concern, 1.1", "To do – Does anything you read worry you today: immediate risk to a child or a …"),
        ("Involvement, 2.1", "To do – Did your service know this family in the review period?"),
        ("Involvement, 2.8", "To do – Which records did you read? System, type and period of each"),
    ]
    assert listed[-1] == ("Overall, 10.2", "To do – Overall grade: working together")


def test_even_a_chronology_of_nothing_but_loose_ends_is_listed_row_by_row():
    listed = dict(_listed({f"chronology.{n}.event": "Seen at home." for n in range(1, 61)}))

    assert [listed[f"Chronology, row {n}"] for n in range(1, 61)] == ["Finish: date"] * 60


def test_a_question_that_is_finished_leaves_the_list():
    said = dict(_listed({"concern.any.answer": "No", "chronology.2.event": "Seen at home."}))

    assert "Immediate concern, 1.1" not in said
    assert said["Chronology, row 2"] == "Finish: date"


def test_nothing_is_listed_when_all_is_done():
    said = _start(STATES["not involved"][0])

    assert said["Ready to return?"] == "Yes"
    assert not [label for label in said if ", " in label and label.split(", ")[0] in [s.title for s in TOOL.sheets]]


def test_each_link_of_the_list_leads_to_the_question_that_it_names():
    book = openpyxl.load_workbook(BytesIO(COMPILED.personalise(COVER)))
    meta = book["_meta"]
    links = {row[3].value: row[2].value for row in meta.iter_rows() if str(row[2].value).startswith("#")}
    questions = [(plan, question) for plan in COMPILED.plans for question in plan.sheet.questions]

    assert len(links) == len(questions)
    for plan, question in questions:
        row = (
            f"row {question.number}" if plan.sheet.id in ("chronology", "actions", "practitioners") else question.number
        )
        target = book.defined_names[links[f"{plan.sheet.title}, {row}"].removeprefix("#")]
        assert (
            target.attr_text.startswith(f"'{plan.sheet.title}'!") and f"${plan.row(question.ref)}" in target.attr_text
        )


# --- what is known already, to be checked ----------------------------------------------------------------


def test_what_is_on_file_comes_filled_in_and_is_to_be_checked():
    words = replace(WORDS, lead_role="Detective Inspector")
    cover = replace(COVER, tier="Child in need")
    book = openpyxl.load_workbook(BytesIO(compile_tool(LAYOUT, TOOL, words).personalise(cover)))
    said = {row[0].value: row[1].value for row in book["Start"].iter_rows()}

    assert said["Please check"].startswith("This is what we have on file.")
    assert said["Agency lead"] == "Detective Inspector"
    assert said["Tier when the case was chosen"] == "Child in need"
    assert TOOL.place("involvement.facts.answer").question.number == "2.12"


def test_nothing_about_an_unknown_lead_is_said():
    assert "Agency lead" not in _start({})


# --- the words for what is not known ---------------------------------------------------------------------

#: a decision, a declaration, a judgement or a question about risk: somebody must say it
SAID_BY_SOMEBODY = (
    "concern.", "involvement.known", "auditor.grade", "declaration.", "overall.", "ours", "together", "type", "in_window",
)  # fmt: skip


def test_every_list_of_facts_offers_the_words_for_what_is_not_known():
    without = {
        ref for ref in TOOL.answer_refs
        if (choices := TOOL.place(ref).choices) and not set(choices) & set(WORDS_FOR_BLANK)
        and not ref.startswith(SAID_BY_SOMEBODY) and not ref.endswith(SAID_BY_SOMEBODY)
    }  # fmt: skip

    assert without == set()
