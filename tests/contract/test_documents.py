"""What the documents for data protection claim is tried by tests that there are."""

import ast
import re

import pytest
from builders import ROOT
from promises import TOO_MUCH, words_of

from audit_kit.config import Retention

DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
CLAIM = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_that_a_document_names_is_there(path):
    claims = CLAIM.findall(path.read_text(encoding="utf-8"))
    trees = {file: ast.parse((ROOT / file).read_text(encoding="utf-8")) for file, _ in claims}

    missing = [
        f"{file}::{test}"
        for file, test in claims
        if not any(isinstance(node, ast.FunctionDef) and node.name == test for node in trees[file].body)
    ]

    assert missing == []


def test_there_are_such_claims_and_a_document_for_each_purpose():
    text = {path.name: path.read_text(encoding="utf-8") for path in DOCUMENTS}

    assert text.keys() >= {"dpia-template.md", "retention-schedule.md", "cyber-essentials-and-dspt.md"}
    assert len(CLAIM.findall(text["dpia-template.md"])) >= 10
    assert len(CLAIM.findall(text["cyber-essentials-and-dspt.md"])) >= 10


@pytest.mark.parametrize("name", ["dpia-template.md", "cyber-essentials-and-dspt.md"])
def test_each_line_of_these_tables_is_shown_by_a_test_or_says_that_none_does(name):
    lines = [line for line in (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    column, unshown = None, []
    for cells in ([cell.strip() for cell in line.strip("|").split("|")] for line in lines):
        if "shown by" in cells:
            column = cells.index("shown by")
        elif column is not None and not set("".join(cells)) <= {"-"} and len(cells) > column:
            unshown += [cells[0]] if not (CLAIM.fullmatch(cells[column]) or cells[column] == "none") else []

    assert column is not None
    assert unshown == []


def test_the_table_of_faults_has_a_row_for_every_fault_with_a_test_or_the_word_none():
    rows = re.findall(r"^\| (F\d\d) \|.*\| (.+) \|$", (ROOT / "docs" / "faults.md").read_text(encoding="utf-8"), re.M)

    assert [number for number, _ in rows] == [f"F{number:02}" for number in range(1, 57)]
    assert [number for number, shown in rows if not CLAIM.search(shown) and not shown.startswith("none")] == []


def test_the_retention_schedule_names_the_keys_of_the_configuration_and_no_others():
    text = (ROOT / "docs" / "retention-schedule.md").read_text(encoding="utf-8")

    assert set(re.findall(r"`retention\.(\w+)`", text)) == set(Retention.model_fields)


@pytest.mark.parametrize("path", sorted((ROOT / "templates").iterdir()), ids=lambda path: path.name)
def test_no_template_promises_that_anything_is_anonymous(path):
    assert TOO_MUCH.findall(words_of(path)) == []


def test_such_a_promise_would_be_found():
    assert TOO_MUCH.findall("This copy is anonymous.") == ["anonymous"]
    assert TOO_MUCH.findall("It is pseudonymised, not anonymous.") == []
