"""Every command says what it does, and what its exit code means."""

import subprocess
import sys
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from audit_kit.cli import EXIT_CODES, app


def commands(group: Any, above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    found = []
    for name, command in sorted(group.commands.items()):
        path = (*above, name)
        found += commands(command, path) if hasattr(command, "commands") else [(path, command)]
    return found


ALL = commands(typer.main.get_command(app))


def said(*arguments: str) -> str:
    outcome = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "300", "TERM": "dumb"})
    assert outcome.exit_code == 0
    return outcome.output


def test_the_commands_of_a_session_are_there():
    names = {" ".join(path) for path, _ in ALL}

    assert names >= {
        "demo", "set-up", "config check", "config schema", "plan new", "notify", "issue", "process", "watch", "status",
        "accept", "send-back", "reopen", "extend", "report",
    }  # fmt: skip


@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=" ".join)
def test_every_command_has_help_that_ends_with_its_exit_codes(path):
    text = " ".join(said(*path, "--help").split())

    assert EXIT_CODES in text
    assert text.index("Usage:") < text.index(EXIT_CODES)


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) for path, _ in ALL])
def test_every_command_and_every_option_is_explained_in_a_sentence(path, command):
    assert command.help
    assert command.help.strip().splitlines()[0].endswith((".", "?"))
    unexplained = [
        parameter.name
        for parameter in command.params
        if parameter.param_type_name == "option" and parameter.name != "help" and not parameter.help
    ]
    assert unexplained == []


def test_the_exit_codes_are_said_in_the_main_help_too():
    assert EXIT_CODES in " ".join(said("--help").split())
    assert EXIT_CODES == "Exit codes: 0 done; 1 something needs a person; 2 usage or configuration; 3 already running."


@pytest.mark.parametrize("arguments", [["no-such-command"], ["accept"], ["plan", "new", "2026-A2-NEG"], ["--today", "soon", "status"]])  # fmt: skip
def test_a_command_that_is_called_wrongly_exits_with_2_and_no_traceback(arguments):
    called = subprocess.run(
        [sys.executable, "-m", "audit_kit", *arguments], capture_output=True, text=True, check=False
    )

    assert called.returncode == 2
    assert "Traceback" not in called.stderr + called.stdout
