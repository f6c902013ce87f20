"""``audit-kit access FILE...`` says what keeps readers out, and says it to programs as well."""

from __future__ import annotations

import json

import pytest
from builders import ROOT
from openpyxl.styles import Font
from plain_files import a_document, a_presentation, a_workbook, saved
from typer.testing import CliRunner

from audit_kit.access import RULES, rules_table
from audit_kit.cli import app


def said(*arguments: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(app, ["access", *arguments])
    return outcome.exit_code, outcome.output


@pytest.fixture
def files(tmp_path):
    good, bad, none = tmp_path / "good.docx", tmp_path / "Maisie bad.xlsx", tmp_path / "none.pptx"
    good.write_bytes(saved(a_document()))
    book = a_workbook()
    book.active["A2"].font = Font(color="FFBBBBBB")
    bad.write_bytes(saved(book))
    none.write_bytes(b"Dear all")
    return str(good), str(bad), str(none)


def test_nothing_found_is_said_and_is_done(files):
    assert said(files[0]) == (0, "File 1 of 1: nothing was found.\n")


def test_what_is_found_is_said_with_its_place_and_remedy_and_never_with_the_files_name(files):
    code, text = said(*files[:2])

    assert code == 1
    assert "File 2 of 2: 1 thing to put right.\n  warning, sheet Returns, cell A2: #BBBBBB on #FFFFFF" in text
    assert "Choose a darker colour" in text
    assert "(contrast)" in text
    assert "Maisie" not in text


def test_a_file_that_can_not_be_read_is_said_and_the_others_are_looked_at_even_so(files):
    code, text = said(*files, "gone.xlsx")

    assert code == 2
    assert "File 1 of 4: nothing was found." in text
    assert "File 3 of 4: It was not looked through. It is no Word, Excel or PowerPoint file" in text
    assert "File 4 of 4: It was not looked through: the computer could not open it" in text


def test_a_program_can_read_the_same(files):
    code, text = said("--json", *files)

    values = json.loads(text)

    assert code == 2
    assert [len(value["faults"]) for value in values] == [0, 1, 0]
    assert values[1]["faults"][0].keys() == {"code", "level", "place", "reason", "remedy"}
    assert values[2]["unreadable"].startswith("It was not looked through.")


def test_the_page_of_rules_is_made_from_the_rules():
    page = (ROOT / "docs" / "access-rules.md").read_text(encoding="utf-8")

    assert rules_table() in page
    assert said("--rules") == (0, rules_table() + "\n")


def test_each_rule_has_a_code_of_its_own_and_is_tried_by_a_planted_fault():
    tried = "".join(
        (ROOT / "tests" / "access" / f"test_access_{name}.py").read_text(encoding="utf-8")
        for name in ("workbooks", "documents", "presentations", "files_from_outside")
    )

    assert len({rule.code for rule in RULES}) == len(RULES)
    assert [rule.code for rule in RULES if f'"{rule.code}"' not in tried] == []


def test_ordinary_files_of_each_kind_give_nothing(tmp_path):
    for name, file in (("a.xlsx", a_workbook()), ("a.docx", a_document()), ("a.pptx", a_presentation())):
        (tmp_path / name).write_bytes(saved(file))

    assert said(*(str(tmp_path / name) for name in ("a.xlsx", "a.docx", "a.pptx")))[0] == 0
