"""Who edits a template sees at once which fields there are, and how it will look: on a session that nobody lived."""

from __future__ import annotations

import dataclasses
import inspect
import shutil
import subprocess
import sys
import time
import typing
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from mini import Mini, an_installation
from pptx import Presentation
from typer.testing import CliRunner

from audit_kit import access, cli
from audit_kit.acts import previewing
from audit_kit.config import load
from audit_kit.demo.sample import sample_of
from audit_kit.domain.field_meanings import meaning_of
from audit_kit.domain.report import Chart
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.office.word_templates import word_templates


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Mini:
    return an_installation(tmp_path_factory.mktemp("preview") / "kit")


def shown(desk: Mini, name: str) -> bytes:
    return previewing.preview(load(desk.folder / "config.yaml"), desk.folder / "templates", name, sample_of)


def command(desk: Mini, *words: str):
    return CliRunner().invoke(cli.app, ["--config", str(desk.folder / "config.yaml"), "templates", *words])


@pytest.mark.parametrize("name", sorted(word_templates()))
def test_every_word_template_is_shown_filled_in(desk, name):
    document = Document(BytesIO(shown(desk, name)))

    text = "".join(document.element.body.itertext())
    assert "{{" not in text and "{%" not in text
    assert "2026" in text
    # a field that came since the sample was taken would say its own name
    missing = [f"[{f.name}]" for f in dataclasses.fields(word_templates()[name].model) if f"[{f.name}]" in text]
    assert missing == []


def test_both_workbooks_are_shown_as_they_go_out(desk):
    tool = openpyxl.load_workbook(BytesIO(shown(desk, "audit_tool.xlsx")))
    plan = openpyxl.load_workbook(BytesIO(shown(desk, "planning_workbook.xlsx")))

    assert [tool["Questions"].cell(row, 2).value for row in (5, 6)] == ["Recognition", "Daily life and voice"]
    assert plan["Start"]["A1"].value == "Plan of an audit session: Neglect"


def test_every_template_can_be_previewed(desk):
    assert {path.name for path in (desk.folder / "templates").iterdir()} == set(previewing.names())


def test_the_slides_are_shown_filled_in_notes_too(desk):
    slides = Presentation(BytesIO(shown(desk, "seminar_slides.pptx"))).slides

    said = "\n".join(
        [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
        + [slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide]
    )
    assert "{{" not in said
    assert "Plan and drift" in said


def test_the_mails_and_the_trackers_words_are_shown_in_use(desk):
    mails = shown(desk, "mail_drafts.txt").decode()
    tracker = openpyxl.load_workbook(BytesIO(shown(desk, "tracker_words.txt")))

    assert "Subject: 2026-A2-NEG/H3/MPS – accepted" in mails and "{" not in mails
    assert tracker.sheetnames == ["At a glance", "2026-A2-NEG", "Audits", "To do", "Concerns", "Rounds"]
    assert command(desk, "preview", "tracker_words").exit_code == 0
    assert (desk.outbox / "team/templates/tracker_words-preview.xlsx").exists()


def test_the_question_bank_is_shown_as_the_tool_that_asks_one_of_its_themes(desk):
    def asked(**theme: str) -> tuple[str, str]:
        config, templates = load(desk.folder / "config.yaml"), desk.folder / "templates"
        book = openpyxl.load_workbook(
            BytesIO(previewing.preview(config, templates, "question_bank.xlsx", sample_of, **theme))
        )
        return book["Questions"]["A5"].value.split()[0], book["Questions"]["B5"].value

    assert asked() == ("N1", "Recognition")
    assert asked(theme="domestic abuse")[0] == asked(theme="DA")[0] == "D1"


def test_a_theme_that_there_is_not_and_a_template_without_one_are_told(desk):
    config, templates = load(desk.folder / "config.yaml"), desk.folder / "templates"

    for typed, said in (
        ("weather", "no such theme. Nothing"),
        ("neglet", "Did you mean neglect?"),
        ("dom abuse", "mean domestic abuse?"),
    ):
        with pytest.raises(UsageProblem) as told:
            previewing.preview(config, templates, "audit_tool", sample_of, typed)
        assert said in told.value.sentence()
    with pytest.raises(UsageProblem, match="the same whatever the theme"):
        previewing.preview(config, templates, "briefing", sample_of, "neglect")


def test_a_template_with_a_fault_is_not_shown_but_explained(desk, tmp_path):
    shutil.copytree(desk.folder / "templates", tmp_path / "templates")
    path = tmp_path / "templates/acceptance_receipt.docx"
    document = Document(str(path))
    document.add_paragraph("{{ nobody }}")
    document.save(str(path))

    with pytest.raises(AuditKitError, match="asks for \\*nobody\\*"):
        previewing.preview(load(desk.folder / "config.yaml"), tmp_path / "templates", path.name, sample_of)


def test_a_name_that_is_no_template_is_answered_with_those_that_are(desk):
    with pytest.raises(UsageProblem, match="is no template that can be previewed") as told:
        shown(desk, "letter.docx")

    assert "send_back_letter.docx" in told.value.next_step


def test_a_name_may_be_typed_without_its_ending_and_a_slip_is_answered_with_the_nearest(desk):
    assert previewing.full_name("briefing") == "briefing.docx"
    with pytest.raises(UsageProblem, match="Did you mean briefing\\?"):
        previewing.full_name("breifing")


def test_the_command_writes_it_where_it_is_wanted_or_into_the_outbox(desk, tmp_path):
    first = command(desk, "preview", "set_aside_note.docx")
    second = command(desk, "preview", "set_aside_note.docx", "--out", str(tmp_path / "here.docx"))

    assert first.exit_code == second.exit_code == 0
    assert (desk.outbox / "team/templates/set_aside_note-preview.docx").exists()
    assert (tmp_path / "here.docx").exists()


def test_it_is_written_again_at_each_save(desk, tmp_path):
    shutil.copytree(desk.folder, tmp_path / "kit", symlinks=True)
    template, out = tmp_path / "kit/templates/set_aside_note.docx", tmp_path / "out.docx"
    watching = subprocess.Popen(
        [sys.executable, "-m", "audit_kit", "--config", str(tmp_path / "kit/config.yaml"),
         "templates", "preview", template.name, "--watch", "--out", str(out)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        assert _comes(lambda: out.exists() and out.stat().st_size > 0)
        document = Document(str(template))
        document.paragraphs[0].add_run(" as it was changed")
        document.save(str(template))
        assert _comes(
            lambda: "as it was changed" in "".join(Document(str(out)).element.body.itertext()) or _headed(out)
        )
    finally:
        watching.terminate()
        watching.communicate(timeout=20)


def _headed(path: Path) -> bool:
    return "as it was changed" in "".join(p.text for p in Document(str(path)).sections[0].header.paragraphs)


def _comes(true, seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true():
                return True
        except Exception:  # the file is just being written
            pass
        time.sleep(0.1)
    return False


# --- which fields there are ------------------------------------------------------------------------------


def test_the_guide_lists_every_field_with_its_meaning_and_an_example(desk, tmp_path):
    called = command(desk, "fields", "--out", str(tmp_path / "fields.docx"))

    assert called.exit_code == 0
    document = Document(str(tmp_path / "fields.docx"))
    lines = {tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows}
    assert ("{{ head.board }}", "The Board's name", "City & Hackney Safeguarding Children Board") in lines
    assert (
        "{{ case.subjects }}",
        "About whom the agency is asked (in the list cases)",
        "the child, brothers and sisters",
    ) in lines
    assert ("{urgent phone}", "Whom to ring about an immediate concern", "") in lines
    assert [heading.text for heading in document.paragraphs if heading.style.name == "Heading 1"] == [
        *word_templates(), "Mail drafts", "Tracker", "Workbooks",
    ]  # fmt: skip
    assert access.check(tmp_path / "fields.docx") == ()


def test_every_field_has_a_meaning():
    silent = {field for template in word_templates().values() for field in _without_meaning(template.model)}

    assert silent == set(), "say in domain/field_meanings.py what these mean"


def _without_meaning(model: type) -> set[str]:
    found: set[str] = set()
    hints = typing.get_type_hints(model)
    for field in dataclasses.fields(model):
        parts = [
            part for part in (hints[field.name], *typing.get_args(hints[field.name]))
            if dataclasses.is_dataclass(part) and part is not Chart
        ]  # fmt: skip
        owner = next(each for each in model.__mro__ if field.name in inspect.get_annotations(each))
        if not meaning_of(owner.__name__, field.name) and field.name != "head":
            found.add(f"{owner.__name__}.{field.name}")
        for part in parts:
            found |= _without_meaning(part)
    return found
