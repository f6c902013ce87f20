"""What several processes read and judge together comes to what one makes of it alone, also when it is stopped.

Few files get no helpers; here they do, so that a mixed inbox of seven is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from test_stopped_at_any_change import (
    BLOCKS,
    SAMPLE,
    DiskThatStops,
    Steady,
    blocks,
    spread,
    steady_runs,
    what_goes_wrong,
)

from audit_kit.acts import workers


@pytest.fixture(autouse=True)
def _even_for_one_file(monkeypatch):
    monkeypatch.setattr(workers, "FEWEST", 1)


@pytest.fixture(scope="module")
def steps(mixed, in_memory):
    """How many changes a whole run makes."""
    disk = DiskThatStops()
    mixed.copied_to(in_memory / "counted with workers").run(disk=disk)
    return disk.steps


def test_what_workers_help_with_comes_to_the_same(mixed, unbroken, scratch):
    assert what_goes_wrong(mixed, unbroken, scratch / "kit") == []


@pytest.mark.parametrize("number", range(SAMPLE))
def test_a_run_that_was_killed_is_finished_by_the_next(mixed, unbroken, scratch, steps, number):
    disk = DiskThatStops(spread(steps, number, SAMPLE))

    assert what_goes_wrong(mixed, unbroken, scratch / "kit", disk) == []


# --- the proof: many changes -----------------------------------------------------------------------------------------


class LongLived(workers._Worker):
    """A worker that is handed on to the next run, unless it was at work when its run ended: starting one takes a second."""

    def __init__(self, free: list[LongLived]) -> None:
        super().__init__()
        self._free, self._at_work = free, False

    def ask(self, work: Callable[..., Any], given: tuple[object, ...]) -> Any:
        self._at_work = True
        answer = super().ask(work, given)
        self._at_work = False
        return answer

    def end(self) -> None:
        if self._at_work:
            super().end()
        else:
            self._free.append(self)


@pytest.fixture(scope="module")
def steady(mixed, in_memory) -> Iterator[Steady]:
    """What one process makes of it alone, and runs with workers of which each outlives many."""
    free: list[LongLived] = []
    with steady_runs(mixed, in_memory / "steady with workers") as runs, pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "_Worker", lambda: free.pop() if free else LongLived(free))
        yield runs
    for worker in tuple(free):
        workers._Worker.end(worker)


@pytest.mark.proof
@blocks
def test_whatever_the_change_at_which_it_was_killed(steady, scratch, steps, block):
    for step in range(1 + block, steps + 1, 4 * BLOCKS):
        assert steady.what_goes_wrong(scratch / "kit", DiskThatStops(step)) == [], step
