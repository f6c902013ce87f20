"""Every code that a letter, the tracker or the journal may carry can be looked up."""

import json
import re

import pytest
from typer.testing import CliRunner

from audit_kit.cli import app
from audit_kit.domain.queries import Level
from audit_kit.domain.rulebook import RULEBOOK, entry_of
from audit_kit.domain.thresholds import Thresholds
from audit_kit.stages.check import RULES

ELSEWHERE = {"V01", "V02", "V03", "V04", "V30"}  # act before a return can be checked, or as names are taken out


def test_the_book_holds_every_rule_once_in_order():
    assert [entry.code for entry in RULEBOOK] == [f"V{number:02}" for number in range(38)]


def test_each_rule_that_acts_says_which_rule_of_the_book_it_is():
    acting = {re.match(r"V\d\d(?=:)", rule.__doc__ or "").group() for rule in RULES}  # type: ignore[union-attr]

    assert acting == {entry.code for entry in RULEBOOK} - ELSEWHERE


@pytest.mark.parametrize("entry", RULEBOOK, ids=lambda entry: entry.code)
def test_each_entry_says_all_that_a_reader_asks(entry):
    assert all((entry.title, entry.reason, entry.satisfied_by, entry.source, entry.example))
    assert entry.levels
    assert set(entry.levels) <= set(Level)
    assert not entry.threshold or hasattr(Thresholds(), entry.threshold)


@pytest.mark.parametrize(("typed", "code"), [("V15", "V15"), (" v15 ", "V15")])
def test_a_code_is_found_however_it_is_typed(typed, code):
    assert entry_of(typed).code == code


@pytest.mark.parametrize("typed", ["", "V38", "15", "V15 V16"])
def test_and_no_other_is(typed):
    assert entry_of(typed) is None


def test_the_command_tells_rule_level_reason_source_and_example():
    told = CliRunner().invoke(app, ["explain", "v15"]).output

    entry = entry_of("V15")
    assert all(text in told for text in (entry.title, *entry.levels, entry.reason, entry.source, entry.example))
    assert "evidence_words in config.yaml" in told


def test_and_all_of_them_for_people_and_programs():
    listed = CliRunner().invoke(app, ["explain"]).output
    for_programs = json.loads(CliRunner().invoke(app, ["explain", "--json"]).output)

    assert [line[:3] for line in listed.splitlines()] == [entry.code for entry in RULEBOOK]
    assert [one["code"] for one in for_programs if one["in_sheet"]] == [e.code for e in RULEBOOK if e.in_sheet]
