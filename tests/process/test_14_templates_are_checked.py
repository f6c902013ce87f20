"""Everything that people see belongs to the Board's team, who edit it in Excel and Word and are told what is wrong.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": the tools are those "that have been agreed for use".
"""

from __future__ import annotations

import email
import shutil
from email import policy
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from mini import PLANNED, SESSION, Mini, an_installation
from typer.testing import CliRunner

from audit_kit import cli, process
from audit_kit.acts.mailing import mail_draft
from audit_kit.config import load
from audit_kit.domain.clock import Clock
from audit_kit.errors import AuditKitError
from audit_kit.places import folders_for
from audit_kit.team_templates import TemplatesAlone


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Mini:
    return an_installation(tmp_path_factory.mktemp("templates") / "kit")


@pytest.fixture
def desk(base: Mini, tmp_path: Path) -> Mini:
    shutil.copytree(base.folder, tmp_path / "kit", symlinks=True)
    return Mini(tmp_path / "kit")


def templates_of(desk: Mini) -> Path:
    return desk.folder / "templates"


def checked(desk: Mini, *options: str):
    """The command as the team types it: exit code and what it says."""
    called = CliRunner().invoke(cli.app, ["--config", str(desk.folder / "config.yaml"), "templates", "check", *options])
    return called.exit_code, called.output


def edit_word(path: Path, old: str, new: str) -> None:
    document = Document(str(path))
    everywhere = [
        *document.paragraphs,
        *(p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs),
    ]
    found = next(p for p in everywhere if old in p.text)
    text = found.text.replace(old, new)
    for run in found.runs[1:]:
        run.text = ""
    found.runs[0].text = text
    document.save(str(path))


def edit_excel(path: Path, change) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def comments(path: Path) -> list[str]:
    return [comment.text for comment in Document(str(path)).comments]


def notes(path: Path) -> dict[str, str]:
    book = openpyxl.load_workbook(path)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    }  # fmt: skip


def test_the_templates_that_come_with_the_kit_can_all_be_used(desk):
    code, said = checked(desk)

    assert (code, said) == (0, "Every template can be used.\n")
    assert not list(desk.outbox.rglob("*-faults.*"))


def test_everything_that_is_wrong_is_said_at_once_and_marked_in_a_copy_of_each_template(desk):
    edit_word(templates_of(desk) / "acceptance_receipt.docx", "{{ accepted_on }}", "{{ acepted_on }}")
    edit_word(templates_of(desk) / "notification_letter.docx", "{{ case.subjects }}", "{{ case.subjcts }}")
    edit_word(templates_of(desk) / "set_aside_note.docx", "{%p endfor %}", "")
    edit_excel(templates_of(desk) / "audit_tool.xlsx", lambda book: book["Questions"].__setitem__("H4", ""))
    edit_excel(templates_of(desk) / "question_bank.xlsx", lambda book: book["neglect"].__setitem__("A8", "N1"))

    code, said = checked(desk)

    assert code == 1
    assert "asks for *cases.subjcts* in table 1, row 3, cell 3; the nearest thing we have is *subjects*" in said
    assert "asks for *acepted_on* in paragraph" in said and "the nearest thing we have is *accepted_on*" in said
    assert "never prints *accepted_on*" in said
    assert "this loop or condition is never closed" in said
    assert "audit_tool.xlsx, sheet Questions, cell H4: this column has no heading" in said
    assert "question_bank.xlsx, sheet neglect, row 8, column Ref: the same stands already in row" in said
    marked = desk.outbox / "team/templates"
    assert any("*acepted_on*" in text for text in comments(marked / "acceptance_receipt-faults.docx"))
    assert any("never closed" in text for text in comments(marked / "set_aside_note-faults.docx"))
    assert "no heading" in notes(marked / "audit_tool-faults.xlsx")["Questions!H4"]
    assert "the same stands already" in notes(marked / "question_bank-faults.xlsx")["neglect!A8"]


def test_what_is_unknown_is_told_also_where_a_tag_is_left_open(desk):
    """Once the tag is closed nothing else comes up that could have been said before."""
    letter = templates_of(desk) / "notification_letter.docx"
    edit_word(letter, "{{ head.board }}", "{{ head.board")
    edit_word(letter, "{{ head.urgent_phone }}", "{{ head.urgent_fone }}")
    edit_word(letter, "{{ case.subjects }}", "{{ case.subjcts }}")

    _, said = checked(desk)

    lines = [line for line in said.splitlines() if line.startswith("The template")]
    assert len(lines) == 3
    assert "this tag is never closed: {{ head.board" in lines[0]
    assert "asks for *cases.subjcts* in table 1, row 3, cell 3; the nearest thing we have is *subjects*" in said
    assert "asks for *head.urgent_fone* in paragraph" in said


def test_but_nothing_is_guessed_about_what_an_open_loop_calls_its_rows(desk):
    letter = templates_of(desk) / "notification_letter.docx"
    edit_word(letter, "{%tr for case in cases %}", "{%tr for case in cases")
    edit_word(letter, "{{ head.urgent_phone }}", "{{ head.urgent_fone }}")

    _, said = checked(desk)

    assert "*head.urgent_fone*" in said and "never closed" in said
    assert "asks for *case" not in said


def test_whoever_edits_templates_needs_neither_set_up_nor_an_outbox(desk, tmp_path, monkeypatch):
    """On a computer of their own, with a copy of config.yaml and the templates alone."""
    for name in ("config.yaml", "templates"):
        shutil.move(str(desk.folder / name), tmp_path)
    shutil.rmtree(desk.folder)
    alone = Mini(tmp_path)
    edit_word(templates_of(alone) / "acceptance_receipt.docx", "{{ accepted_on }}", "{{ acepted_on }}")
    monkeypatch.chdir(tmp_path)

    code, said = checked(alone)

    assert code == 1
    assert "asks for *acepted_on*" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "acceptance_receipt-faults.docx", "config.yaml", "templates",
    ]  # fmt: skip


def test_a_comment_stands_at_the_tag_that_is_wrong(desk):
    edit_word(templates_of(desk) / "acceptance_receipt.docx", "{{ accepted_on }}", "{{ acepted_on }}")

    checked(desk)

    document = Document(str(desk.outbox / "team/templates/acceptance_receipt-faults.docx"))
    marked = [p for p in document.element.body.iter("{*}p") if list(p.iter("{*}commentReference"))]
    assert any("acepted_on" in "".join(p.itertext()) for p in marked)


def test_copies_go_where_they_are_wanted_and_go_away_when_all_is_well(desk, tmp_path):
    path = templates_of(desk) / "acceptance_receipt.docx"
    good = path.read_bytes()
    edit_word(path, "{{ accepted_on }}", "{{ acepted_on }}")
    checked(desk, "--copies", str(tmp_path / "here"))
    copy = tmp_path / "here/acceptance_receipt-faults.docx"
    assert copy.exists()

    path.write_bytes(good)
    code, _ = checked(desk, "--copies", str(tmp_path / "here"))

    assert (code, copy.exists()) == (0, False)


def test_a_copy_with_comments_never_touches_the_template(desk):
    path = templates_of(desk) / "acceptance_receipt.docx"
    edit_word(path, "{{ accepted_on }}", "{{ acepted_on }}")
    before = path.read_bytes()

    checked(desk)

    assert path.read_bytes() == before


def test_an_access_fault_is_told(desk):
    def change(book):
        book["Start"]["B2"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFFFF")
        book["Start"]["A2"].font = openpyxl.styles.Font(name="Arial", size=12, color="DDDDDD")

    edit_excel(templates_of(desk) / "audit_tool.xlsx", change)

    code, said = checked(desk)

    assert code == 1
    assert "The template audit_tool.xlsx" in said and "4.5 is needed" in said


def test_a_template_that_is_missing_is_one_fault_and_the_others_are_still_checked(desk):
    (templates_of(desk) / "identity_slip.docx").unlink()
    edit_word(templates_of(desk) / "acceptance_receipt.docx", "{{ accepted_on }}", "")

    code, said = checked(desk)

    assert code == 1
    assert "identity_slip.docx is not in the templates folder" in said
    assert "never prints *accepted_on*" in said


@pytest.mark.parametrize("name", ["notification_letter.docx", "acceptance_receipt.docx"])
def test_a_letter_that_would_lack_something_is_not_written_at_all(desk, name):
    field = {"notification_letter.docx": "{{ case.subjects }}", "acceptance_receipt.docx": "{{ accepted_on }}"}[name]
    edit_word(templates_of(desk) / name, field, "")

    with desk.on(PLANNED) as kit, pytest.raises(AuditKitError, match="never prints"):
        kit.template(name)


def test_but_a_notice_about_a_concern_goes_out_even_then(desk):
    edit_word(templates_of(desk) / "escalation_notice.docx", "{{ head.manager }}", "the manager")

    with desk.on(PLANNED) as kit:
        assert kit.template("escalation_notice.docx")


def test_a_plan_is_not_written_from_a_layout_that_lacks_a_name(desk):
    edit_excel(templates_of(desk) / "planning_workbook.xlsx", lambda book: book.defined_names.pop("session_answer"))

    with desk.on(PLANNED) as kit, pytest.raises(AuditKitError, match="the name \\*session_answer\\*") as refused:
        process.new_plan(kit, SESSION, "neglect")

    assert refused.value.not_happened == "Nothing was written."
    assert not list(desk.outbox.rglob("*_plan.xlsx"))


def test_a_layout_in_which_the_team_changed_words_is_used(desk):
    def change(book):
        book["Start"]["A1"] = "Our plan: {theme}"

    edit_excel(templates_of(desk) / "planning_workbook.xlsx", change)

    with desk.on(PLANNED) as kit:
        data = process.new_plan(kit, SESSION, "neglect").data

    assert openpyxl.load_workbook(BytesIO(data))["Start"]["A1"].value == "Our plan: Neglect"


# --- the words of the mails -------------------------------------------------------------------------------


def a_mail(desk: Mini) -> str:
    place = desk.folder / "config.yaml"
    config = load(place)
    templates = TemplatesAlone(config, folders_for(place, config), Clock(PLANNED))
    due = {"audit": "2026-A2-NEG/H1/GP", "due": "Monday 16 November 2026"}
    data = mail_draft(templates, "more time", ("gp@agency.example",), **due)
    message = email.message_from_bytes(data, policy=policy.default)
    return f"{message['Subject']}\n{message.get_body(('plain',)).get_content()}"


def reword(desk: Mini, old: str, new: str) -> None:
    path = templates_of(desk) / "mail_drafts.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_mail_says_what_the_team_has_put_into_its_words(desk):
    reword(desk, "Nothing else changes.", "All else stays.")

    said = a_mail(desk)

    assert said.startswith("2026-A2-NEG/H1/GP – more time, due Monday 16 November 2026")
    assert "All else stays." in said and "Nothing else changes." not in said


def test_a_mail_waits_for_no_template_and_what_is_wrong_with_it_is_told(desk):
    reword(desk, "it is now due on {due}", "it is now due on {deu}")

    code, output = checked(desk)

    assert code == 1
    assert "[more time] asks for {deu}, which it can't fill in. The nearest there is: {due}." in output
    assert "it is now due on Monday 16 November 2026" in a_mail(desk)
    (templates_of(desk) / "mail_drafts.txt").unlink()
    assert "it is now due on Monday 16 November 2026" in a_mail(desk)
