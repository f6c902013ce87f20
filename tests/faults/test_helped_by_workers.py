"""What several processes read and judge together comes to what one makes of it alone, also when it is stopped.

Few files get no helpers; here they do, so that a mixed inbox of seven is enough.
"""

from __future__ import annotations

import pytest
from test_stopped_at_any_change import BLOCKS, SAMPLE, DiskThatStops, blocks, spread, what_goes_wrong

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


@pytest.mark.proof
@blocks
def test_whatever_the_change_at_which_it_was_killed(mixed, unbroken, scratch, steps, block):
    for step in range(1 + block, steps + 1, 4 * BLOCKS):
        assert what_goes_wrong(mixed, unbroken, scratch / "kit", DiskThatStops(step)) == [], step
