"""Every command that reads says it to other programs, too: with --json, JSON alone, its keys in small letters."""

from __future__ import annotations

import json
import re
import shutil
from typing import Any

import pytest
import typer.main
from mini import RETURNED, SESSION
from typer.testing import CliRunner

from audit_kit.cli import app

#: every command that has --json, with what it is called with here
CALLS = {
    "access": ("own.docx",),
    "access-log": (),
    "concern list": (),
    "doctor": (),
    "engagement list": (SESSION,),
    "explain": (),
    "history": (f"{SESSION}/H1/GP",),
    "models list": (),
    "password": ("GP", "--session", SESSION),
    "purge": ("--dry-run",),
    "replaced": (f"{SESSION}/H1/GP",),
    "review": (f"{SESSION}/H1", "--reason", "to try it"),
    "scan": ("notes.txt", "--session", SESSION, "--reason", "to try it"),
    "status": (),
    "templates check": (),
    "verify": (),
}


def commands_with_json(group: Any, above: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        path = f"{above}{name}"
        if hasattr(command, "commands"):
            found |= commands_with_json(command, f"{path} ")
        elif option := next((one for one in command.params if "--json" in one.opts), None):
            found[path] = option
    return found


def test_these_are_all_the_commands_that_have_it():
    assert sorted(commands_with_json(typer.main.get_command(app))) == sorted(CALLS)


def test_they_explain_it_in_the_same_words():
    assert len({option.help for option in commands_with_json(typer.main.get_command(app)).values()}) == 1


def test_each_answers_with_json_alone(mini, monkeypatch):
    mini.drop("concern.xlsx", mini.returned("H1", "GP", {"concern.any.answer": "Yes"}))
    mini.run()
    text = mini.config.read_text(encoding="utf-8").replace("case_months: 0", "case_months: 1")
    mini.config.write_text(text, encoding="utf-8")
    (mini.folder / "notes.txt").write_text("No name is in here.", encoding="utf-8")
    shutil.copy(mini.folder / "templates" / "audit_report.docx", mini.folder / "own.docx")
    monkeypatch.chdir(mini.folder)

    for path, arguments in CALLS.items():
        words = ["--today", RETURNED.isoformat(), *path.split(), *arguments, "--json"]
        called = CliRunner().invoke(app, words)
        assert called.exit_code in (0, 1), (path, called.output)
        value = json.loads(called.stdout)
        assert value or path in ("access", "purge", "templates check"), path
        assert [key for key in keys_in(value) if not re.fullmatch(r"[a-z][a-z0-9_ ]*", key)] == [], path


def keys_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for inner in value.values() for key in keys_in(inner))]
    return [key for inner in value for key in keys_in(inner)] if isinstance(value, list) else []


def test_a_password_that_was_never_made_is_told_in_words(mini, monkeypatch):
    monkeypatch.chdir(mini.folder)

    called = CliRunner().invoke(app, ["password", "NOBODY", "--session", SESSION, "--json"])

    assert called.exit_code != 0
    assert called.stdout == ""


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
