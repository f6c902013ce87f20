"""There is an expectation that single-agency audits are securely stored on file for future access.

Whenever the real command is stopped, at any change of any file, the next run finishes what was begun:
nothing is lost, nothing is filed, sent back or escalated twice.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from everywhere import files_below
from mini import RETURNED, SESSION, Mini, a_copy_of

from audit_kit.domain.progress import EventKind
from audit_kit.store.disk import Disk
from audit_kit.store.keys import unseal

ONCE = (EventKind.CONCERN_RAISED, EventKind.SENT_BACK, EventKind.WITH_REVIEWER, EventKind.UNREADABLE)


class Killed(BaseException):
    """The power went."""


class DiskThatStops(Disk):
    """Counts changes, and stops at one of them."""

    def __init__(self, stop_at: int = 0) -> None:
        self.steps, self.stop_at = 0, stop_at

    def about_to(self, step: str) -> None:
        self.steps += 1
        if self.steps == self.stop_at:
            raise Killed


@pytest.fixture(scope="module")
def mixed(audited: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """An inbox with a good return, an incomplete one with a concern in it, the good one again, and no return."""
    mini = a_copy_of(audited, tmp_path_factory.mktemp("mixed") / "kit")
    good = mini.returned("H1", "GP")
    mini.drop("good.xlsx", good)
    mini.drop("good (1).xlsx", good)
    mini.drop("risk.xlsx", mini.returned("H2", "GP", {"concern.any.answer": "Yes", "N3.evidence": None}))
    mini.drop("no return.xlsx", b"%PDF-1.7" + bytes(2000))
    return mini


def outcome(mini: Mini) -> tuple[object, ...]:
    """What a run leaves behind, without what must differ: times, and bytes that are sealed anew each time."""
    with mini.on(RETURNED) as kit:
        events = kit.journal.events()
        assert kit.journal.broken_at() is None
        assert kit.journal.open_batches() == ()
        assert kit.journal.open_items() == ()
        told = {kind: sum(event.kind is kind for event in events) for kind in ONCE}
        states = tuple(
            (str(ref), progress.state.value, progress.round) for ref, progress in kit.progress(SESSION).items()
        )
    return told, states, tuple(mini.in_outbox("**/*")), originals(mini)


def originals(mini: Mini) -> frozenset[bytes]:
    """Every original in the archive, opened with the escrow's key alone."""
    escrow = (mini.folder / "keys" / "escrow.key").read_text().strip()
    found = set()
    for path in (mini.store / "originals").rglob("*.age"):
        case_key = path.parent.relative_to(mini.store / "originals")
        private = unseal((mini.store / "keys" / f"{case_key}.key.age").read_bytes(), escrow).decode()
        found.add(unseal(path.read_bytes(), private))
    return frozenset(found)


def stopped_at(mixed: Mini, folder: Path, step: int, again_at: int = 0) -> Mini:
    """The mixed inbox, after a run that was stopped at this step, perhaps a second one, and one whole run."""
    mini = a_copy_of(mixed, folder)
    for stop in (step, again_at):
        if stop:
            with pytest.raises(Killed):
                mini.run(disk=DiskThatStops(stop))
    mini.run()
    return mini


def assert_like_an_unbroken_run(mini: Mini, unbroken: tuple[object, ...]) -> None:
    assert outcome(mini) == unbroken
    assert [path for path, _ in files_below(mini.folder) if path.endswith(".part")] == []
    assert [path for path, _ in files_below(mini.inbox)] == []


@pytest.fixture(scope="module")
def unbroken(mixed: Mini, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, tuple[object, ...]]:
    """How many changes a whole run makes, and what it leaves behind."""
    mini = a_copy_of(mixed, tmp_path_factory.mktemp("unbroken") / "kit")
    disk = DiskThatStops()
    mini.run(disk=disk)
    return disk.steps, outcome(mini)


SAMPLE = 6  # stops in the quick tier, spread over the whole run


@pytest.mark.parametrize("part", range(SAMPLE))
def test_a_run_that_was_stopped_is_finished_by_the_next(mixed, unbroken, tmp_path, part):
    steps, whole = unbroken
    step = 1 + part * steps // SAMPLE

    assert_like_an_unbroken_run(stopped_at(mixed, tmp_path / "kit", step), whole)


@pytest.mark.proof
def test_whatever_the_step_at_which_it_was_stopped(mixed, unbroken, tmp_path):
    steps, whole = unbroken
    for step in range(1, steps + 1):
        assert_like_an_unbroken_run(stopped_at(mixed, tmp_path / f"kit{step}", step), whole)


@pytest.mark.parametrize("first", [0.3, 0.8])
def test_also_when_the_recovery_is_stopped_too(mixed, unbroken, tmp_path, first):
    steps, whole = unbroken

    assert_like_an_unbroken_run(stopped_at(mixed, tmp_path / "kit", int(steps * first), 3), whole)


def test_the_journal_is_kept_durably(mixed):
    with mixed.on(RETURNED) as kit, kit.journal._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
