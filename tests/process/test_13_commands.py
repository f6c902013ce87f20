"""Bad input and bad luck: one clear sentence each, that says what happened, where, what did not happen and what
to do next; nothing lost; and the exit code that was promised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mini import RETURNED, SESSION, an_installation

from audit_kit.domain.states import AuditState


def audit_kit(folder: Path, *words: str) -> tuple[int, str]:
    """Exit code and everything said, of the real command run in this folder."""
    ran = subprocess.run(
        [sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), *words],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture
def fresh(tmp_path):
    return an_installation(tmp_path / "kit")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_without_a_configuration(tmp_path):
    code, said = audit_kit(tmp_path, "process")

    assert code == 2
    assert "There is no configuration file" in said
    assert "--config" in said


def test_with_ten_mistakes_in_the_configuration(fresh):
    change(fresh.config, "deep_dives: 3", "deep_dives: three")
    change(fresh.config, "response_days: 20", "response_days: -1")

    code, said = audit_kit(fresh.folder, "config", "check")

    assert code == 2
    assert "config.yaml:" in said
    assert "deep_dives: expected a whole number such as 5, found 'three'" in said
    assert "calendar → response_days: expected at least 0, found '-1'" in said


def test_with_the_inbox_inside_the_outbox(fresh):
    change(fresh.config, 'inbox: "inbox"', 'inbox: "outbox/inbox"')

    code, said = audit_kit(fresh.folder, "process")

    assert code == 2
    assert "The inbox folder lies in the outbox folder." in said


def test_without_keys(fresh):
    (fresh.folder / "service.key").unlink()
    fresh.drop("return.xlsx", b"anything")

    code, said = audit_kit(fresh.folder, "process")

    assert code == 2
    assert "Nothing was taken from the inbox" in said
    assert (fresh.inbox / "return.xlsx").exists()


def test_without_an_outbox(fresh):
    fresh.outbox.rmdir()
    fresh.drop("return.xlsx", b"anything")

    code, said = audit_kit(fresh.folder, "process")

    assert code == 2
    assert "There is no outbox folder" in said
    assert (fresh.inbox / "return.xlsx").exists()


def test_while_another_one_is_running(fresh):
    with fresh.on(RETURNED):
        code, said = audit_kit(fresh.folder, "process")

    assert code == 3
    assert "Another audit-kit is at work here already" in said


def test_a_session_that_does_not_stand(fresh):
    code, said = audit_kit(fresh.folder, "notify", "2026-A1-NEG")

    assert code == 2
    assert "There is no audit session 2026-A1-NEG here" in said


def test_a_theme_that_the_bank_does_not_have(fresh):
    code, said = audit_kit(fresh.folder, "plan", "new", SESSION, "--theme", "weather")

    assert code == 2
    assert "Choose one of: neglect" in said


def test_a_reference_that_is_none(fresh):
    code, said = audit_kit(fresh.folder, "accept", "H3")

    assert code == 2
    assert "2026-A2-NEG/H3/MPS" in said


@pytest.mark.parametrize(
    "words",
    [
        ("reopen", f"{SESSION}/H1/GP"), ("extend", f"{SESSION}/H1/GP", "--until", "2027-03-01"), ("hold", f"{SESSION}/H1"),
        ("anonymise", "minutes.docx", "--session", SESSION, "--case", "H1"), ("scan", "minutes.docx", "--session", SESSION),
        ("review", f"{SESSION}/H1"),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_what_a_person_decides_has_a_reason_that_says_something(mini, words):
    code, said = audit_kit(mini.folder, *words, "--reason", " ")

    assert code == 2
    assert " has a reason. Nothing was " in said
    assert "Say why in a sentence (on the command line with --reason)." in said


def test_a_plan_that_lies_there_is_not_written_over(fresh):
    assert audit_kit(fresh.folder, "plan", "new", SESSION, "--theme", "neglect")[0] == 0
    (path,) = fresh.outbox.glob("team/*_plan.xlsx")
    path.write_bytes(b"what somebody has typed into it")

    code, said = audit_kit(fresh.folder, "plan", "new", SESSION, "--theme", "neglect")

    assert code == 2
    assert "somebody may have begun to fill it in. It was not written over. Go on in it" in said
    assert path.read_bytes() == b"what somebody has typed into it"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("plan", "new", SESSION, "--theme", "neglect"), "2026-A2-NEG stands already. No plan was written. See it with"),
        (("issue", "2026-A1-NEG"), "here; those that stand: 2026-A2-NEG. Nothing was done. Give one that stands"),
        (("hold", "H3", "--reason", "a complaint"), "That is no reference of a case. Nothing was changed. Write session"),
        (("verify", "--head", "zz"), "That is no head of the journal. Nothing was looked at. Give the twelve letters"),
        (("access-log", "--session", "2026-A1-NEG"), "There is no audit session 2026-A1-NEG here"),
        (("set-up", "--answers", "none.yaml"), "Nothing was set up. Name a file that is there"),
        (("demo", "config.yaml/demo"), "Nothing was written. Run it in a folder of your own, or name one: audit-kit demo FOLDER"),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)  # fmt: skip
def test_a_slip_is_told_with_what_has_not_happened_and_what_to_do(mini, words, told):
    code, said = audit_kit(mini.folder, *words)

    assert code == 2
    assert told in said


def test_what_can_not_be_written_is_told_and_is_no_success(mini):
    code, said = audit_kit(mini.folder, "templates", "fields", "--out", "config.yaml/fields.docx")

    assert code == 1
    assert "config.yaml/fields.docx: The computer would not write it (" in said
    assert "It was not written. Close it there, or name another place with --out" in said


def test_a_report_of_nothing_is_not_written(mini):
    code, said = audit_kit(mini.folder, "report", SESSION)

    assert code == 2
    assert "No return of 2026-A2-NEG has been accepted yet. No report was written." in said


def test_a_template_with_a_name_that_nothing_fills(mini):
    from docx import Document

    template = mini.folder / "templates" / "set_aside_note.docx"
    document = Document(str(template))
    document.add_paragraph("Seen by {{ chair_name }}")
    document.save(str(template))
    mini.drop("Zebedee.xlsx", b"%PDF-1.7" + bytes(500))

    code, said = audit_kit(mini.folder, "process")

    assert code == 1
    assert "set_aside_note.docx" in said
    assert "chair_name" in said
    assert len(mini.in_outbox("urgent/unknown_*.eml")) == 1


def test_a_file_that_is_no_return_is_told_without_its_name(mini):
    mini.drop("Zebedee Quarrelmonger.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(3000))

    code, said = audit_kit(mini.folder, "process")

    assert code == 1
    assert "Zebedee" not in said
    assert "Set aside" in said


def test_status_is_readable_by_people_and_by_programs(mini):
    import json

    code, said = audit_kit(mini.folder, "status", SESSION)
    as_json = json.loads(audit_kit(mini.folder, "status", "--json")[1])

    assert code == 0
    assert "6" in said and "late" in said
    assert as_json[0]["session"] == SESSION
    assert len(as_json[0]["audits"]) == 6


def test_an_edited_journal_is_noticed_and_rebuilt(mini):
    import sqlite3

    with sqlite3.connect(mini.store / "journal.sqlite") as database:
        database.execute(
            "UPDATE events SET agency = 'MPS' WHERE agency = 'GP' AND number = (SELECT min(number) FROM events WHERE agency = 'GP')"
        )
    database.close()

    code, said = audit_kit(mini.folder, "verify")

    assert code == 1
    assert "was changed or removed: it was moved aside, and rebuilt" in said


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM can't be sent to one process on Windows")
def test_the_service_takes_what_comes_and_stops_cleanly(mini):
    data = mini.returned("H1", "GP")
    service = subprocess.Popen(
        [sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), "watch"],
        cwd=mini.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        assert service.stdout is not None
        assert "Watching" in service.stdout.readline()
        mini.drop("unfinished.xlsx.part", data)
        (mini.inbox / "unfinished.xlsx.part").rename(mini.inbox / "returned.xlsx")
        # blocks until the service says what it did with it; reminders that are due may be told before
        told = next(line for line in service.stdout if not line.startswith("Reminder"))
        asked_to_stop = time.monotonic()
        service.send_signal(signal.SIGTERM)
        rest, _ = service.communicate(timeout=30)
    finally:
        service.kill()

    assert told.startswith(f"{SESSION}/H1/GP: with the reviewer")
    assert service.returncode == 0
    assert "Stopped. Nothing was left half done." in rest
    assert time.monotonic() - asked_to_stop < 5
    assert not (mini.inbox / "returned.xlsx").exists()
    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER
