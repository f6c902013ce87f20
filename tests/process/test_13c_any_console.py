"""A console of Windows knows other letters than the kit writes: every command says what it has to say even so."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from mini import RETURNED, SESSION, Mini

from audit_kit.cli import main
from audit_kit.cli.calling import say_json

#: what a person types, in an order in which each finds something to say
TYPED = (
    "process", "status", f"status {SESSION}", f"history {SESSION}/H1/GP", "concern list", f"engagement list {SESSION}",
    "explain", "explain V15", "remind", "access-log", "doctor", "verify", "models list", "purge --dry-run",
    "templates check", "config check", "accept nothing", "--help",
)  # fmt: skip


def said_on(encoding: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, bytes]:
    """Exit code, and the bytes that came out of a console of this encoding."""
    bytes_out = io.BytesIO()
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, io.TextIOWrapper(bytes_out, encoding=encoding, write_through=True))
    monkeypatch.setattr(sys, "argv", ["audit-kit", "--today", RETURNED.isoformat(), *arguments])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0), bytes_out.getvalue()
    finally:
        monkeypatch.undo()
    return 0, bytes_out.getvalue()


@pytest.fixture
def here(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(mini.folder)
    mini.drop("concern.xlsx", mini.returned("H1", "GP", {"concern.any.answer": "Yes"}))
    return mini.folder


def test_no_command_stumbles_over_a_letter(here, monkeypatch):
    for typed in TYPED:
        monkeypatch.chdir(here)
        code, said = said_on("ascii", typed.split(), monkeypatch)

        assert code in (0, 1, 2), typed
        assert said, typed
        assert b"fault of its own" not in said, (typed, said)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp850", "ascii"])
def test_json_arrives_whole_also_in_a_file_that_a_windows_console_writes(encoding, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding, write_through=True))
    told = {"agency": "Ysgol Tŷ Gŵyn – “Łódź” → 王"}

    say_json(told)

    assert json.loads(written.getvalue().decode(encoding)) == told
    assert ("Tŷ" in written.getvalue().decode(encoding)) == (encoding == "utf-8")
