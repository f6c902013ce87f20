"""Every answer is found again by its reference, whatever happened to the sheets around it; nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from tool_examples import COVER, LAYOUT, WORDS, a_tool, every_answer, retyped, saved_by_libreoffice

from audit_kit.domain.standard_sheets import CONCERN as CONCERN_SHEET
from audit_kit.errors import AuditKitError
from audit_kit.office import forms
from audit_kit.office.forms import form_kind, read_answers, read_concern, tool_identity
from audit_kit.office.safe_read import SafeReader
from audit_kit.office.tool_workbook import compile_tool, on_file_copy

TOOL = a_tool(3)
COMPILED = compile_tool(LAYOUT, TOOL, WORDS)
ANSWERS = every_answer(TOOL)
FILLED = COMPILED.personalise(COVER, ANSWERS)
PLANS = {plan.sheet.id: plan for plan in COMPILED.plans}
QUESTIONS, CONCERN = PLANS["questions"], PLANS["concern"]


@pytest.fixture(scope="module")
def read():
    with SafeReader() as reader:
        yield reader.read


def test_every_answer_comes_back_as_typed(read):
    back = read_answers(read(FILLED), TOOL)

    assert back.answers == ANSWERS
    assert (back.formulas, back.extras, back.damage) == (frozenset(), (), ())


@pytest.mark.parametrize(
    "text",
    [
        "=SUM(A1:A9)", "+44 20", "-1", "@home", "a & b < c > d \"e\" 'f'", "_x000A_ is typed", "{{ name }} {% if %}",
        "emoji 👨‍👩‍👧 and Ŵyth", "שלום עליכם", "İstanbul ı", "one\ntwo\n\nfour", "2026-03-14", "007", "x" * 32_767,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_whatever_is_typed_comes_back_as_text(read, text):
    back = read_answers(read(COMPILED.personalise(COVER, {"N1.evidence": text})), TOOL)

    assert back.answers == {"N1.evidence": text}
    assert not back.formulas


# --- what people do to a workbook ----------------------------------------------------------------------


def test_renamed_and_reordered_sheets_do_no_harm(read):
    def change(book):
        book["Questions"].title = "Our KLOEs"
        book["Voice"].title = "sheet 9 (2)"
        book.move_sheet("Overall", -8)

    back = read_answers(read(retyped(FILLED, change)), TOOL)

    assert (back.answers, back.damage) == (ANSWERS, ())


def test_inserted_rows_and_columns_do_no_harm(read):
    def change(book):
        book["Questions"].insert_rows(QUESTIONS.row("N2"), 3)
        book["Questions"].insert_cols(QUESTIONS.column("evidence"), 2)
        book["Immediate concern"].insert_rows(1, 2)

    back = read_answers(read(retyped(FILLED, change)), TOOL)

    assert (back.answers, back.damage) == (ANSWERS, ())


def _upside_down(book, columns: slice) -> None:
    """The rows of the questions in reverse order, in these columns."""
    rows = range(QUESTIONS.first_row, QUESTIONS.last_row + 1)
    cells = [[cell.value for cell in book["Questions"][row]][columns] for row in rows]
    for row, values in zip(rows, reversed(cells), strict=True):
        for column, value in enumerate(values, start=1):
            book["Questions"].cell(row, column).value = value


def test_rows_that_were_sorted_with_their_hidden_column_do_no_harm(read):
    back = read_answers(read(retyped(FILLED, lambda book: _upside_down(book, slice(None)))), TOOL)

    assert (back.answers, back.damage) == (ANSWERS, ())


def test_rows_that_were_sorted_without_their_hidden_column_are_said_not_guessed(read):
    """Excel sorts what is chosen: whoever chooses the columns that can be seen leaves the references behind."""
    sorted_apart = retyped(FILLED, lambda book: _upside_down(book, slice(0, QUESTIONS.id_column - 1)))

    back = read_answers(read(sorted_apart), TOOL)

    assert any("On the sheet Questions the rows were sorted or moved without" in said for said in back.damage)


def test_questions_that_a_later_version_numbers_anew_are_no_damage(read):
    """Forms that are out already show the numbers that they went out with."""
    sheets = []
    for sheet in TOOL.sheets:
        numbered = zip(sheet.questions, (*sheet.questions[1:], replace(sheet.questions[-1], number="99")), strict=True)
        questions = tuple(replace(question, number=following.number) for question, following in numbered)
        sheets.append(replace(sheet, questions=questions))

    back = read_answers(read(FILLED), replace(TOOL, sheets=tuple(sheets)))

    assert (back.answers, back.damage) == (ANSWERS, ())


def test_values_pasted_over_every_formula_do_no_harm(read):
    opened = openpyxl.load_workbook(BytesIO(FILLED), data_only=True)
    saved = BytesIO()
    opened.save(saved)

    back = read_answers(read(saved.getvalue()), TOOL)

    assert (back.answers, back.formulas, back.damage) == (ANSWERS, frozenset(), ())


def test_when_the_hidden_column_is_gone_the_names_of_the_rows_still_lead_to_the_answers(read):
    def change(book):
        for row in range(QUESTIONS.first_row, QUESTIONS.last_row + 1):
            book["Questions"].cell(row, QUESTIONS.id_column).value = None

    back = read_answers(read(retyped(FILLED, change)), TOOL)

    assert (back.answers, back.damage) == (ANSWERS, ())


def test_a_sheet_that_is_gone_is_said(read):
    back = read_answers(read(retyped(FILLED, lambda book: book.remove(book["Voice"]))), TOOL)

    assert back.damage == ("The sheet Voice is missing, or the hidden row that its answers are found by is gone.",)
    assert not [ref for ref in back.answers if ref.startswith("voice.")]


def test_a_row_that_was_copied_with_another_answer_is_not_guessed(read):
    def change(book):
        sheet = book["Questions"]
        sheet.cell(40, QUESTIONS.id_column, "N2")
        sheet.cell(40, QUESTIONS.column("ours"), "Inadequate")

    back = read_answers(read(retyped(FILLED, change)), TOOL)

    assert "N2.ours" not in back.answers
    assert "On the sheet Questions, the row of N2 stands there twice." in back.damage
    assert any("Two different answers stand for question N2" in said for said in back.damage)


def test_a_column_whose_mark_was_typed_over_is_said_not_guessed(read):
    def change(book):
        book["Questions"].cell(QUESTIONS.id_row, QUESTIONS.column("why")).value = "evidence"

    back = read_answers(read(retyped(FILLED, change)), TOOL)

    assert not [ref for ref in back.answers if ref.endswith((".why", ".evidence"))]
    assert "On the sheet Questions the column Evidence can't be found for certain." in back.damage


def test_an_answer_typed_in_an_inserted_row_is_said_not_lost(read):
    chronology = PLANS["chronology"]

    def change(book):
        sheet, row = book["Chronology"], chronology.row("chronology.2")
        sheet.insert_rows(row)
        sheet.cell(row, chronology.column("event")).value = "Seen at home."

    back = read_answers(read(retyped(FILLED, change)), TOOL)

    assert back.damage == (
        f"On the sheet Chronology, row {chronology.row('chronology.2')} holds text but belongs to no question.",
    )


def test_a_formula_is_no_answer_and_is_named(read):
    def change(book):
        book["Questions"][QUESTIONS.address("N1", "ours")] = '="Good"'

    back = read_answers(read(retyped(FILLED, change)), TOOL)

    assert back.formulas == {"N1.ours"}
    assert "N1.ours" not in back.answers


def test_text_where_nothing_is_asked_is_told_by_place_never_by_content(read):
    def change(book):
        book["Questions"].cell(30, 2, "Call Mary about this")
        book["Voice"]["A1"] = "Voice of Mary"
        book.create_sheet("Mary's notes")["B2"] = "Mary"

    back = read_answers(read(retyped(FILLED, change)), TOOL)

    assert back.extras == (
        ("text outside the answer cells", "sheet Questions, row 30, column 2"),
        ("text outside the answer cells", "sheet Voice, row 1, column 1"),
        ("a sheet that is not the form's", "sheet 16 of the workbook"),
    )


def test_a_tool_without_any_answer_is_no_return(read):
    with pytest.raises(AuditKitError, match="There is no answer in this form"):
        read_answers(read(COMPILED.personalise(COVER)), TOOL)


def test_a_blank_tool_is_one_only_if_every_question_is_there_and_nothing_is_typed_anywhere(read):
    def typed_aside(book):
        book["Questions"]["B30"] = "all my answers are in the letter"

    def without_a_sheet(book):
        book.remove(book["Voice"])

    assert read_answers(read(COMPILED.personalise(COVER)), TOOL, blank_too=True).answers == {}
    for change in (typed_aside, without_a_sheet):
        with pytest.raises(AuditKitError, match="There is no answer in this form"):
            read_answers(read(retyped(COMPILED.personalise(COVER), change)), TOOL, blank_too=True)


# --- whose it is ---------------------------------------------------------------------------------------


def test_the_tool_says_whose_audit_it_is(read):
    book = read(FILLED)

    identity = tool_identity(book)

    assert form_kind(book) == "tool"
    assert (identity.audit, identity.round, identity.disagreements) == (COVER.audit, 1, ())
    assert identity.codes == {COVER.code}


def test_any_one_of_the_four_places_is_enough(read):
    def only_printed(book):
        book.custom_doc_props.props.clear()
        for name in ("audit_kit_form", "audit_kit_audit", "audit_kit_code"):
            del book.defined_names[name]
        book.remove(book["_meta"])

    book = read(retyped(FILLED, only_printed))

    assert form_kind(book) == "tool"  # known by the marks of its sheets
    identity = tool_identity(book)
    assert (identity.audit, identity.codes) == (COVER.audit, {COVER.code})


def test_places_that_differ_are_a_disagreement_and_neither_is_believed(read):
    def change(book):
        start = book["Start"]
        row = next(row for row in start.iter_rows() if row[0].value == "Audit reference")
        row[1].value = "2026-A2-NEG/H4/MPS (round 1)"

    identity = tool_identity(read(retyped(FILLED, change)))

    assert identity.audit is None
    assert identity.disagreements == (
        "The audit reference printed on the Start sheet is not the one in the file's properties.",
    )


def test_another_workbook_is_no_form_of_ours(read):
    def change(book):
        for name in book.sheetnames[1:]:
            book.remove(book[name])
        book.custom_doc_props.props.clear()
        book.defined_names.clear()

    book = read(retyped(FILLED, change))

    assert form_kind(book) is None
    assert not read_concern(book).found


def test_a_copy_from_the_file_is_not_taken_for_a_return(read):
    assert form_kind(read(on_file_copy(TOOL, WORDS, COVER, ANSWERS))) == "on-file"


# --- what worries its author ---------------------------------------------------------------------------


def a_concern(read, change, answers=None):
    return read_concern(read(retyped(COMPILED.personalise(COVER, answers or {}), change)))


def test_a_concern_is_read_without_knowing_the_audit(read):
    answers = {"concern.any.answer": "Yes", "concern.what.answer": "Left alone at night."}

    concern = a_concern(read, lambda book: book.remove(book["_meta"]), answers)

    assert (concern.found, concern.any, concern.what) == (True, "Yes", "Left alone at night.")
    assert concern.elsewhere == ()


def test_an_untouched_concern_sheet_says_nothing(read):
    concern = a_concern(read, lambda book: None)

    assert (concern.found, concern.any, concern.elsewhere) == (True, "", ())


@pytest.mark.parametrize("cell", ["E6", "B14", "H2", "A30", "F20", "A4"])
def test_a_concern_typed_in_an_unexpected_cell_counts(read, cell):
    def change(book):
        book["Immediate concern"][cell] = "He is alone with the baby tonight."

    assert a_concern(read, change).elsewhere == ("He is alone with the baby tonight.",)


def test_a_concern_counts_even_where_the_hidden_references_are_gone(read):
    def change(book):
        sheet = book["Immediate concern"]
        sheet.delete_cols(CONCERN.id_column)
        sheet.title = "Concern"
        sheet["D6"] = "Yes, tonight"

    concern = a_concern(read, change)

    assert (concern.found, concern.elsewhere) == (True, ("Yes, tonight",))


def test_improving_the_wording_raises_no_alarm_in_forms_that_are_already_out(read, monkeypatch):
    book = read(COMPILED.personalise(COVER, {"concern.any.answer": "No"}))
    first, *others = CONCERN_SHEET.questions
    improved = replace(CONCERN_SHEET, intro="Better.", questions=(replace(first, wording="Better?"), *others))
    monkeypatch.setattr(forms, "CONCERN", improved)

    assert read_concern(book).elsewhere == ()


def test_a_formula_in_the_concern_sheet_is_blank_and_named(read):
    def change(book):
        book["Immediate concern"][CONCERN.address("concern.any", "answer")] = '="No"'

    concern = a_concern(read, change)

    assert (concern.any, concern.formulas) == ("", {"concern.any.answer"})


# --- other programs ------------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.parametrize("through", ["", "ods", "xls"])
def test_a_tool_saved_by_libreoffice_is_the_same_return_with_every_answer(read, tmp_path, through):
    data = FILLED
    if through:
        (data,) = saved_by_libreoffice(tmp_path, through, data)
    (data,) = saved_by_libreoffice(tmp_path, "xlsx", data, was=through or "xlsx")

    book = read(data)
    back = read_answers(book, TOOL)

    assert form_kind(book) == "tool"
    identity = tool_identity(book)
    assert (identity.audit, identity.codes) == (COVER.audit, {COVER.code})
    assert back.answers == ANSWERS
    assert (back.formulas, back.extras, back.damage) == (frozenset(), (), ())
