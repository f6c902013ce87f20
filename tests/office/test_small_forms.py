"""The small forms are the team's own: grown from their layouts in templates/, and read back whatever was changed there."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from designed import LOGO
from openpyxl.drawing.image import Image
from openpyxl.styles import Protection

from audit_kit.acts import previewing
from audit_kit.acts.small_forms import (
    CONCERN_ANSWER,
    INVOLVEMENT,
    QA,
    SAMPLES,
    board_words,
    form_written,
    from_layout,
    layouts_of,
    sample_form,
)
from audit_kit.acts.template_checks import check_templates
from audit_kit.config import load
from audit_kit.domain.clock import Clock
from audit_kit.domain.concern_form import AGENCY, steps_form
from audit_kit.domain.qa_form import CaseSummary
from audit_kit.office.forms import read_answers
from audit_kit.office.laid_out_form import FormCover
from audit_kit.office.layout_book import read_layout
from audit_kit.office.qa_workbook import write_qa_workbook
from audit_kit.office.safe_read import read_safely
from audit_kit.places import folders_for
from audit_kit.store.folders import shipped
from audit_kit.team_templates import TemplatesAlone

CONFIG = load(shipped("config.yaml"))
NAME_IN_EXCEL = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\]*")


def layout(name: str) -> bytes:
    return (shipped("templates") / name).read_bytes()


def made(name: str, template: bytes | None = None):
    return openpyxl.load_workbook(BytesIO(sample_form(CONFIG, template or layout(name), name)), data_only=True)


def edited(name: str, change) -> bytes:
    """The layout after the team changed it in Excel: ``change`` is given the open workbook."""
    book = openpyxl.load_workbook(BytesIO(layout(name)))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def teams_templates(folder: Path) -> TemplatesAlone:
    """An installation whose templates folder is empty so far."""
    (folder / "templates").mkdir()
    (folder / "config.yaml").write_text(shipped("config.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return TemplatesAlone(CONFIG, folders_for(folder / "config.yaml", CONFIG), Clock(None))


def test_what_the_team_writes_into_a_layout_is_what_agencies_get():
    def change(book):
        book["Start"]["A1"] = "Who knows these children?"
        book["Involvement"]["A2"] = "Ask the duty desk if you are not sure."
        book["Involvement"]["E4"] = "Known to you?"

    book = made(INVOLVEMENT, edited(INVOLVEMENT, change))

    assert book["Start"]["A1"].value == "Who knows these children?"
    assert book["Involvement"]["A2"].value == "Ask the duty desk if you are not sure."
    assert "Known to you?" in [cell.value for row in book["Involvement"].iter_rows() for cell in row]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_answer_of_a_form_is_found_again(name):
    form = SAMPLES[name]()
    asked = {ref: (place.choices or ("14 Mar 2026",))[0] for ref in form.answer_refs if (place := form.place(ref))}
    cover = FormCover("sample", name, "Board", "2026-A2-NEG", {})

    written = form_written(TemplatesAlone(CONFIG, folders_for(shipped("config.yaml"), CONFIG), Clock(None)), name, form, cover, answers=asked)  # fmt: skip

    read = read_answers(read_safely(written), form)
    assert not read.damage
    assert set(read.answers) == set(asked)


@pytest.mark.parametrize("name", [*SAMPLES, QA, "audit_tool.xlsx", "planning_workbook.xlsx"])
def test_excel_takes_every_name_in_it(name):
    """Excel calls a workbook damaged, and takes the names out, when one of them holds a hyphen."""
    data = previewing.preview(CONFIG, shipped("templates"), name, lambda _: None)
    book = openpyxl.load_workbook(BytesIO(data))

    assert [each for each in book.defined_names if not NAME_IN_EXCEL.fullmatch(each)] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_in_curly_brackets_is_left_and_no_page_says_what_a_layout_is(name):
    book = made(name)
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]

    assert [text for text in said if "{" in text] == []
    assert "About this template" not in book.sheetnames


def test_a_concern_never_waits_for_a_layout(tmp_path):
    kit = teams_templates(tmp_path)
    cover = FormCover("concern", "Urgent concern", "Board", "H3, key 1a2b", {})
    without = form_written(kit, CONCERN_ANSWER, steps_form(AGENCY), cover)

    (kit.folders.templates / CONCERN_ANSWER).write_bytes(
        edited(CONCERN_ANSWER, lambda book: book.defined_names.pop("steps_done"))
    )

    assert form_written(kit, CONCERN_ANSWER, steps_form(AGENCY), cover) == without
    said = {row[0].value: row[1].value for row in openpyxl.load_workbook(BytesIO(without))["Start"].iter_rows()}
    assert said["If somebody may be at risk"] == f"Ring before you write: {board_words(CONFIG)['urgent phone']}."


# --- the QA workbook, whose page is repeated for each return -----------------------------------------------------


def qa(template: bytes | None = None):
    """The QA workbook of a fictional case with two returns, opened."""
    folder = shipped("templates")
    data = previewing.qa_sample(CONFIG, template or (folder / QA).read_bytes())
    return openpyxl.load_workbook(BytesIO(data))


def a_qa_workbook(layout) -> bytes:
    return write_qa_workbook(layout, CaseSummary("2026-A2-NEG", "H3", "Board", (), (("GP practices", "awaited"),)))


def test_curly_brackets_that_somebody_typed_stay_as_they_were_typed():
    case = CaseSummary("2026-A2-NEG", "H3", "Board", (), (("GP practices {case}", "awaited"),))

    book = openpyxl.load_workbook(BytesIO(write_qa_workbook(read_layout(layout(QA), QA), case)))

    said = [cell.value for row in book["Start"].iter_rows() for cell in row if cell.value]
    assert "GP practices {case}: awaited" in said


def test_each_return_has_a_page_of_its_own_with_what_the_layout_says():
    def change(book):
        book["Return"]["F4"] = "What you decide"
        book["Return"]["B5"] = "Accept it or send it back, in one word."

    book = qa(edited(QA, change))

    pages = [sheet for sheet in book if sheet.title not in ("Start", "Lists")]
    assert len(pages) == 2
    for page in pages:
        said = [cell.value for row in page.iter_rows() for cell in row if cell.value]
        assert {"What you decide", "Accept it or send it back, in one word.", "Plan and drift"} <= set(said)
        assert page.protection.sheet and page.print_title_rows and page.freeze_panes is None
    assert "Return" not in book.sheetnames and "About this template" not in book.sheetnames


def test_its_lists_offer_the_decisions_and_the_other_answers_of_that_return():
    book = qa()
    for page in (sheet for sheet in book if sheet.title not in ("Start", "Lists")):
        offered = {
            check.formula1: str(check.sqref) for check in page.data_validations.dataValidation if check.type == "list"
        }
        assert set(offered) == {"list_of_decisions", f"list_of_{page.title.replace('-', '_')}"}
        assert set(offered) <= set(book.defined_names)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: book.defined_names.pop("page_answer"), "*page_answer*"),
        (lambda book: setattr(book["Return"]["F5"], "protection", Protection(locked=True)), "this answer cell is locked"),
        (lambda book: book["Return"].add_image(Image(BytesIO(LOGO))), "put it on Start"),
        (lambda book: setattr(book["Return"]["A1"], "value", "{agensy}, {case}"), "the nearest thing we have is *{agency}*"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_its_layout_is_told_and_the_kits_own_is_used(tmp_path, change, said):
    kit = teams_templates(tmp_path)
    broken = edited(QA, change)
    (kit.folders.templates / QA).write_bytes(broken)

    found = [fault.sentence for fault in check_templates(kit) if fault.template == QA and fault.stops]

    assert any(said in sentence for sentence in found), found
    assert from_layout(layouts_of(kit, QA), QA, a_qa_workbook) == a_qa_workbook(read_layout(layout(QA), QA))
