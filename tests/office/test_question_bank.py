"""Audits will be themed according to key lines of enquiry agreed by the Board: the team's workbook says which."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tool_examples import saved_by_libreoffice

from audit_kit.domain import scales
from audit_kit.errors import AuditKitError
from audit_kit.office.question_bank import read_question_bank, seen_otherwise

BANK = Path(__file__).parents[2] / "templates" / "question_bank.xlsx"


@pytest.fixture(scope="module")
def bank():
    return read_question_bank(BANK.read_bytes())


def changed(change) -> bytes:
    book = openpyxl.load_workbook(BANK)
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_the_bank_has_nine_themes(bank):
    assert [(theme.code, len(theme.kloes)) for theme in bank.themes] == [
        ("NEG", 26), ("EXP", 8), ("DA", 8), ("PMH", 6), ("CSA", 6), ("EH", 6), ("PB", 6), ("EW", 5), ("SEN", 5),
    ]  # fmt: skip


def test_every_question_has_prompts_and_says_what_each_grade_looks_like(bank):
    for theme in bank.themes:
        for kloe in theme.kloes:
            assert kloe.question.endswith("?"), kloe.ref
            assert len(kloe.prompts) >= 2, kloe.ref
            assert [grade for grade, _ in kloe.descriptors] == list(scales.JUDGED), kloe.ref


def test_no_words_of_one_area_are_in_the_bank(bank):
    texts = [
        text
        for theme in bank.themes
        for kloe in theme.kloes
        for text in (kloe.question, *kloe.prompts, *(text for _, text in kloe.descriptors))
    ]

    assert any("{threshold document}" in text for text in texts)
    assert not [text for text in texts if "Hackney" in text or "City" in text]


def test_add_on_questions_are_asked_of_the_agencies_they_name(bank):
    neglect = bank.theme("NEG")

    assert neglect.kloe("N6").agencies == ()
    assert neglect.kloe("N21").agencies == ("MPS", "COLP")
    assert neglect.kloe("N25").agencies == ("EDU-H", "EDU-C")


def test_everything_wrong_is_said_at_once_with_its_place():
    def change(book):
        sheet = book["neglect"]
        sheet["A5"] = "N1"  # already in row 4
        sheet["C6"] = None
        sheet["G3"] = "Adequate"
        sheet["I7"] = "the police"
        sheet["D8"] = "see {threshold document"
        book["Themes"]["B5"] = "exploit"
        book["Themes"]["E6"] = "no such sheet"

    with pytest.raises(AuditKitError) as problem:
        read_question_bank(changed(change))

    said = str(problem.value)
    assert "sheet neglect, row 5, column Ref: the same stands already in row 4." in said
    assert "sheet neglect, row 6, column Question: this is empty." in said
    assert "sheet neglect, row 3, column 7: this heading is not known." in said
    assert "sheet neglect, row 3: the column Requires improvement is missing." in said
    assert "sheet neglect, row 7, column Asked of: expected agencies' codes" in said
    assert "sheet neglect, row 8, column Prompts: a curly bracket is open" in said
    assert "sheet Themes, row 5, column Code: expected two to six capital letters" in said
    assert "sheet Themes, row 6, column Sheet: there is no sheet of this name." in said


def test_a_sheet_may_have_its_columns_in_another_order(bank):
    def change(book):
        book["disability"].move_range("I1:I20", cols=3)

    read = read_question_bank(changed(change))

    assert read.theme("disability") == bank.theme("disability")


def test_a_theme_without_questions_is_refused():
    def change(book):
        book["disability"].delete_rows(4, 10)

    with pytest.raises(AuditKitError, match="sheet Themes, row 12, column Sheet: this sheet has no questions"):
        read_question_bank(changed(change))


def test_a_file_that_is_no_workbook_is_one_clear_sentence():
    with pytest.raises(AuditKitError, match="will not open as an Excel workbook"):
        read_question_bank(b"PK\x03\x04 half a file")


def test_a_question_of_one_areas_tool_is_asked_in_that_tool_alone(bank):
    theme = bank.theme("neglect")
    assert theme is not None
    small_place = theme.kloe("N34")
    assert small_place is not None

    assert small_place.is_asked_of("GP", "city")
    assert not small_place.is_asked_of("GP", "hackney")
    assert not small_place.is_for_all


@pytest.mark.office
def test_a_bank_of_another_kind_is_read_but_not_called_free_of_what_is_hidden(bank, tmp_path):
    (opened_and_kept,) = saved_by_libreoffice(tmp_path, "ods", BANK.read_bytes())

    assert read_question_bank(opened_and_kept) == bank
    (told,) = seen_otherwise(opened_and_kept)
    assert "whether something is hidden can't be told" in told.sentence
