"""What was decided, and stopped before it was finished, is finished by the next command, and never decided again.

Where a whole run is stopped at each change, ``tests/faults`` shows it.
"""

from __future__ import annotations

import contextlib

import pytest
from builders import Installation
from everywhere import files_below

import audit_kit.acts  # noqa: F401  comes with every command: it looks through what leaves
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.register import CaseRegister
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit, opened
from audit_kit.store.disk import Disk


class Crash(BaseException):
    """The process is killed here. No ``except Exception`` catches it, as none catches a kill."""


@pytest.fixture
def stopped(installation, clock) -> Installation:
    """An installation whose last run decided a batch and was killed before its papers were written."""

    class StopsAfterDeciding(Disk):
        def about_to(self, step: str) -> None:
            if step == "after: decide a batch":
                raise Crash

    with pytest.raises(Crash), opened(installation.config, clock, "issue", StopsAfterDeciding()) as kit:
        kit.carry_out("issue:1", [kit.event(EventKind.ISSUED)], [Output("agencies/MPS/tool.xlsx", b"a tool")])
    return installation


def test_the_next_command_writes_what_was_decided_before_it_does_anything_else(stopped, clock):
    assert dict(files_below(stopped.outbox)) == {}

    with opened(stopped.config, clock, "status"):
        assert dict(files_below(stopped.outbox)) == {"agencies/MPS/tool.xlsx": b"a tool"}


def test_a_batch_that_was_decided_is_not_decided_again_with_other_papers(stopped, clock):
    with opened(stopped.config, clock, "issue") as kit:
        kit.carry_out("issue:1", [kit.event(EventKind.ISSUED)], [Output("agencies/MPS/tool.xlsx", b"another")])

        assert dict(files_below(stopped.outbox)) == {"agencies/MPS/tool.xlsx": b"a tool"}
        assert len(kit.journal.events()) == 1


def test_papers_that_are_gone_from_the_store_are_told_never_forgotten(stopped, clock):
    for prepared in (stopped.store / "prepared").iterdir():
        prepared.unlink()

    for _ in range(2):
        with pytest.raises(AuditKitError, match="decided to write papers"), opened(stopped.config, clock, "status"):
            pass


def test_a_return_that_waits_for_a_person_keeps_its_working_copy(installation, clock):
    with opened(installation.config, clock, "process") as kit:
        (sha,) = kit.vault.stage([b"a return with a doubtful word"])
        kit.journal.received({sha: (clock.now(), ())}, rehearsal=False)
        kit.vault.file_original(sha)
        kit.carry_out("item:1", [kit.event(EventKind.SET_ASIDE, item=sha)], closes_item=sha)
        kit.carry_out("duplicate:1", [kit.event(EventKind.DUPLICATE, item=sha)])

    with opened(installation.config, clock, "process") as kit:
        assert kit.vault.staged(sha) == b"a return with a doubtful word"


def test_an_opening_of_the_register_is_journalled_though_the_run_stops_right_after(installation, clock):
    with contextlib.suppress(Crash), opened(installation.config, clock, "process") as kit:
        kit.vault.put("register/2026-A2-NEG/H1", CaseRegister("H1"), CaseRegister)
        kit.register_of("2026-A2-NEG", "H1", "anonymise")
        raise Crash

    with opened(installation.config, clock, "process") as kit:
        (event,) = kit.journal.events()
        assert (event.kind, event.case, event.code("why")) == (EventKind.REGISTER_OPENED, "H1", "anonymise")


def test_nothing_that_a_person_or_another_program_left_is_removed(installation, clock):
    (installation.outbox / "somebody.part").write_bytes(b"theirs")

    with opened(installation.config, clock, "status"):
        pass

    assert (installation.outbox / "somebody.part").read_bytes() == b"theirs"


def test_the_kit_that_is_opened_is_the_one_of_the_configuration_file(installation, clock, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    with opened(installation.config, clock, "status") as kit:
        assert isinstance(kit, Kit)
        assert kit.folders.store == installation.store.resolve()
