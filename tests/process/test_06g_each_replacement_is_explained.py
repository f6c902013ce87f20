"""Whoever reads a copy without names can ask why each stretch was replaced, and is told without the name."""

from __future__ import annotations

import json

import pytest
from mini import CHILD, RETURNED, SESSION, Mini
from typer.testing import CliRunner

from audit_kit import process
from audit_kit.cli import app
from audit_kit.errors import UsageProblem

FIRST, LAST = CHILD.split()
TEXT = f"{FIRST} was seen by Dr Ottoline Marsh. Ring 07700 900417 for Miss {LAST}."


def told(mini: Mini, *arguments: str):
    options = ["--config", str(mini.config), "--today", RETURNED.isoformat()]
    return CliRunner().invoke(app, [*options, "replaced", *arguments])


def test_of_a_return_by_question_rule_and_score(mini):
    said = mini.good("H1", "GP")["N6.evidence"]
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"N6.evidence": f"{said} {TEXT}"}))
    mini.run()

    lines = told(mini, f"{SESSION}/H1/GP")
    values = json.loads(told(mini, f"{SESSION}/H1/GP", "--json").stdout)

    assert ": Child H1, by the register (name), score 1.00." in lines.output
    assert ": [phone number], by its form (phone), score 1.00." in lines.output
    assert ": Professional: doctor, by votes (" in lines.output
    assert not any(word in lines.output for word in (FIRST, LAST, "Ottoline", "900417"))
    phone = next(number for number, one in enumerate(values) if one["label"] == "[phone number]")
    assert [one["rule"] for one in values[phone : phone + 2]] == ["recogniser:phone", "register:name"]
    assert len({one["place"] for one in values[phone - 1 : phone + 2]}) == 1


def test_of_a_document_by_the_name_of_its_copy(mini):
    path = mini.folder / "minutes.txt"
    path.write_text(f"The plan was agreed.\n\n{TEXT}", encoding="utf-8")
    with mini.on(RETURNED) as kit:
        _, output = process.anonymise_document(kit, path, SESSION, "H1", "for the meeting")
    assert output is not None

    name = output.path.rpartition("/")[2]

    assert "paragraph 2: Child H1, by the register (name), score 1.00." in told(mini, name).output
    assert told(mini, name).output == told(mini, name.removesuffix(".docx")).output


@pytest.mark.parametrize("reference", [f"{SESSION}/H1/HVSN", "nothing", "../register/2026-A2-NEG/H1", ""])
def test_where_nothing_was_pseudonymised_it_is_said(mini, reference):
    refused = told(mini, reference)

    assert isinstance(refused.exception, UsageProblem)
    assert "Nothing was pseudonymised under that reference." in str(refused.exception)
