"""There is an expectation that single-agency audits are securely stored on file for future access.

Wherever a run over a mixed inbox is stopped or refused, at any change of any file, the next one finishes what was begun:
nothing is lost; nothing is filed, sent back or escalated twice.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from equal_disks import EACH, EqualOnesOnce
from mini import RETURNED, Mini
from mixed import (
    Mixed,
    Outcome,
    emptied,
    outcome_of,
    rows_rebuilt_from_the_sealed_store_alone,
    what_is_wrong_at_once,
    what_is_wrong_in_the_end,
)
from worked_out_once import nothing_differs_that_need_not, worked_out_once

from audit_kit import process
from audit_kit.domain.clock import Clock
from audit_kit.store.disk import Disk

REFUSALS = (errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EACCES, errno.EROFS)


class Killed(BaseException):
    """The power went. No ``except Exception`` catches it."""


def killed() -> BaseException:
    return Killed()


def refused(code: int) -> Callable[[], BaseException]:
    return lambda: OSError(code, os.strerror(code))


class DiskThatStops(Disk):
    """Counts the changes, and at one of them does something else; from then on too, when it stays ``broken``."""

    def __init__(self, stop_at: int = 0, how: Callable[[], BaseException] = killed, *, broken: bool = False) -> None:
        super().__init__()
        self.steps, self.stop_at, self.how, self.broken = 0, stop_at, how, broken

    def about_to(self, step: str) -> None:
        self.steps += 1
        if self.stop_at and (self.steps == self.stop_at or (self.broken and self.steps > self.stop_at)):
            raise self.how()


@pytest.fixture(scope="module")
def steps(mixed: Mixed, in_memory: Path) -> int:
    """How many changes a whole run makes."""
    disk = DiskThatStops()
    mixed.copied_to(in_memory / "counted").run(disk=disk)
    return disk.steps


def a_run(mini: Mini, disk: DiskThatStops) -> None:
    try:
        mini.run(disk=disk)
    except (Killed, OSError):
        return


class ASecondLater(Clock):
    """Time has passed: what is named after it is named otherwise when it is done again, also where clocks stand still."""

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=1)


def a_service(mini: Mini, disk: DiskThatStops) -> None:
    """What ``watch`` does: the same process goes on once the disk takes what it is given again."""
    with mini.on(RETURNED, disk) as kit:
        try:
            process.work_through_inbox(kit, lambda seconds: None)
        except OSError:
            disk.stop_at, kit.clock = 0, ASecondLater(RETURNED)
            kit.finish_open_batches()
        process.work_through_inbox(kit, lambda seconds: None)


def what_goes_wrong(
    mixed: Mixed, unbroken: Outcome, folder: Path, *disks: DiskThatStops, run=a_run, looked_at=EACH
) -> list[str]:
    """Runs that meet these disks, and then one that meets none: what is lost, torn, doubled or left behind."""
    mini, wrong = mixed.copied_to(emptied(folder)), []

    def at_once() -> list[str]:
        return what_is_wrong_at_once(mini.folder, mixed, unbroken)

    def in_the_end() -> list[str]:
        looked_at.run_begins(len(disks) + 1)
        mini.run()
        return what_is_wrong_in_the_end(mini, unbroken)

    for number, disk in enumerate(disks, start=1):
        looked_at.run_begins(number)
        run(mini, disk)
        wrong += looked_at.wrong("at once", mini.folder, at_once)
    return wrong + looked_at.wrong("in the end", mini.folder, in_the_end)


def spread(steps: int, number: int, of: int) -> int:
    """The number-th of so many steps, spread over a whole run."""
    return 1 + (number * steps + steps // 2) // of


# --- the quick tier: a sample ----------------------------------------------------------------------------------------

SAMPLE = 6


def test_an_unbroken_run_is_as_it_must_be(mixed, unbroken, scratch):
    assert what_goes_wrong(mixed, unbroken, scratch / "kit") == []


@pytest.mark.parametrize("number", range(SAMPLE))
def test_a_run_that_was_killed_is_finished_by_the_next(mixed, unbroken, scratch, steps, number):
    disk = DiskThatStops(spread(steps, number, SAMPLE))

    assert what_goes_wrong(mixed, unbroken, scratch / "kit", disk) == []


def test_also_when_the_recovery_is_killed_too(mixed, unbroken, scratch, steps):
    first, second = DiskThatStops(spread(steps, 1, 2)), DiskThatStops(8)

    assert what_goes_wrong(mixed, unbroken, scratch / "kit", first, second) == []


@pytest.mark.parametrize(("number", "code"), tuple(enumerate(REFUSALS)))
def test_what_the_system_refuses_once_is_done_by_the_next_run(mixed, unbroken, scratch, steps, number, code):
    disk = DiskThatStops(spread(steps, number, len(REFUSALS)), refused(code))

    assert what_goes_wrong(mixed, unbroken, scratch / "kit", disk) == []


def test_a_disk_that_stays_full_loses_nothing(mixed, unbroken, scratch, steps):
    disk = DiskThatStops(spread(steps, 0, 2), refused(errno.ENOSPC), broken=True)

    assert what_goes_wrong(mixed, unbroken, scratch / "kit", disk) == []


def test_a_service_goes_on_by_itself_when_space_returns(mixed, unbroken, scratch, steps):
    disk = DiskThatStops(spread(steps, 1, 2), refused(errno.ENOSPC), broken=True)

    assert what_goes_wrong(mixed, unbroken, scratch / "kit", disk, run=a_service) == []


def test_the_journal_comes_back_from_the_sealed_store_alone_after_a_kill(mixed, scratch, steps):
    mini = mixed.copied_to(scratch / "kit")
    a_run(mini, DiskThatStops(steps // 2))
    mini.run()

    as_it_was, rebuilt = rows_rebuilt_from_the_sealed_store_alone(mini)

    assert rebuilt == as_it_was


def test_what_is_decided_does_not_depend_on_the_order_of_arrival(mixed, unbroken, scratch):
    mini = mixed.copied_to(scratch / "kit")
    for number, path in enumerate(sorted(mini.inbox.glob("[!b]*.xlsx"), reverse=True)):
        path.rename(path.with_name(f"{number:02d}.xlsx"))  # "b" is the second version: which is first does decide

    mini.run()

    now = outcome_of(mini)
    assert {state[:2] for state in now.states} == {state[:2] for state in unbroken.states}
    assert now.originals == unbroken.originals


def test_the_journal_is_kept_durably(mixed, scratch):
    with mixed.copied_to(scratch / "kit").on(RETURNED) as kit, kit.journal._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


# --- the proof: every change -----------------------------------------------------------------------------------------

BLOCKS = 20  # each proof comes in so many parts, each spread over the whole run: one takes a minute at most


@dataclass(frozen=True)
class Steady:
    """Runs of which whatever depends on its arguments alone is worked out once, and equal disks are looked at once."""

    mixed: Mixed
    unbroken: Outcome
    looked_at: EqualOnesOnce

    def what_goes_wrong(self, folder: Path, *disks: DiskThatStops, run=a_run) -> list[str]:
        return what_goes_wrong(self.mixed, self.unbroken, folder, *disks, run=run, looked_at=self.looked_at)


@contextmanager
def steady_runs(mixed: Mixed, folder: Path) -> Iterator[Steady]:
    with pytest.MonkeyPatch.context() as patch:
        worked_out_once(patch)
        looked_at = EqualOnesOnce(nothing_differs_that_need_not(patch))
        looked_at.run_begins(1)
        mini = mixed.copied_to(emptied(folder))
        mini.run()
        yield Steady(mixed, outcome_of(mini), looked_at)


@pytest.fixture(scope="module")
def steady(mixed: Mixed, in_memory: Path) -> Iterator[Steady]:
    with steady_runs(mixed, in_memory / "steady") as runs:
        yield runs


blocks = pytest.mark.parametrize("block", range(BLOCKS))


@pytest.mark.proof
@blocks
def test_whatever_the_change_at_which_it_was_killed(steady, scratch, steps, block):
    for step in range(1 + block, steps + 1, BLOCKS):
        assert steady.what_goes_wrong(scratch / "kit", DiskThatStops(step)) == [], step


@pytest.mark.proof
@blocks
@pytest.mark.parametrize("broken", [False, True], ids=["once", "from then on"])
def test_whatever_the_change_that_was_refused(steady, scratch, steps, broken, block):
    for step in range(1 + block, steps + 1, BLOCKS):
        for code in REFUSALS:  # they leave many disks that are equal, so they share a block
            disk = DiskThatStops(step, refused(code), broken=broken)
            assert steady.what_goes_wrong(scratch / "kit", disk) == [], (step, errno.errorcode[code])


@pytest.mark.proof
@blocks
@pytest.mark.parametrize("broken", [False, True], ids=["once", "from then on"])
def test_whatever_the_change_that_a_service_was_refused(steady, scratch, steps, broken, block):
    for step in range(12 + block, steps + 1, BLOCKS):  # those before are part of its start
        disk = DiskThatStops(step, refused(errno.ENOSPC), broken=broken)
        assert steady.what_goes_wrong(scratch / "kit", disk, run=a_service) == [], step


KILLED_TWICE = 1_200  # of the pairs of changes that there are, more than a hundred times as many


@pytest.mark.proof
@blocks
def test_whatever_the_changes_at_which_it_and_its_recovery_are_killed(steady, scratch, steps, block):
    twice = 0
    for pair in range(block, KILLED_TWICE, BLOCKS):
        first = DiskThatStops(spread(steps, pair, KILLED_TWICE))
        # what is left to do after the first; by the golden section, so that near pairs have far seconds
        left = steps - first.stop_at + 20
        second = DiskThatStops(1 + int(left * (pair * 0.6180339887 % 1)))
        assert steady.what_goes_wrong(scratch / "kit", first, second) == [], (first.stop_at, second.stop_at)
        twice += second.steps >= second.stop_at
    assert twice > KILLED_TWICE // BLOCKS * 0.8
