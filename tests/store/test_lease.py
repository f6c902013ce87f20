"""A journal that other machines can reach is held by one of them at a time, and no two ever take the same item."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from audit_kit.domain.progress import Event, EventKind
from audit_kit.errors import AlreadyRunning
from audit_kit.store.disk import Disk
from audit_kit.store.journal import Journal
from audit_kit.store.lease import Lease
from audit_kit.store.ledger import Ledger

NOW = datetime(2026, 11, 6, 10, 0, tzinfo=UTC)


@pytest.fixture
def lease(database_url, tmp_path):
    """How a lease is made, each for a store of its own; given back at the end."""
    made: list[Lease] = []

    def make(store: str = "here", seconds: float = 30.0, doing: str = "watch") -> Lease:
        made.append(Lease(database_url, tmp_path / store, doing, seconds))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_the_second_is_told_who_holds_it_where_since_when_and_until_when(lease):
    lease("here").take()

    with pytest.raises(AlreadyRunning) as told:
        lease("there", doing="process").take()

    assert told.value.exit_code == 3
    import os
    import platform

    assert f"(audit-kit watch on {platform.node()}, process {os.getpid()}, since " in told.value.what
    assert "its hold ends at" in told.value.what
    assert told.value.not_happened == "Nothing was done."


def test_given_back_the_next_one_need_not_wait(lease):
    first = lease("here")
    first.take()
    first.close()

    lease("there").take()


def test_of_a_killed_process_the_lock_on_its_own_store_shows_at_once_that_it_is_dead(lease):
    lease("here").take()  # and was killed: only who holds the store's lock gets as far as this

    lease("here").take()


def test_a_lease_that_nobody_renews_is_over_and_its_holder_commits_nothing_more(lease, database_url, tmp_path):
    former = lease("here", seconds=0.3)
    former.take()
    lines = tmp_path / "events.jsonl"
    journal = Journal(database_url, ledger=Ledger(lines, Disk()), lease=former)
    journal.received({"a" * 64: (NOW, ())}, rehearsal=False)
    before = lines.read_bytes()
    time.sleep(1.2)  # asleep under a closed lid

    lease("there").take()

    with pytest.raises(AlreadyRunning):
        journal.noted(Event(EventKind.ISSUED, NOW), rehearsal=False)
    assert lines.read_bytes() == before
    journal.close()


def test_while_it_is_renewed_it_stays(lease):
    first = lease("here", seconds=1.2)
    first.take()

    with first.renewed():
        time.sleep(2.6)
        with pytest.raises(AlreadyRunning):
            lease("there").take()


def test_what_one_holds_the_other_does_not_get_and_gets_it_when_that_one_is_gone(lease):
    first, second = lease("here"), lease("there")
    first.take()
    second.take(alone=False)
    items = [f"{number:064d}" for number in range(4)]

    assert first.claim(items[:2]) == set(items[:2])
    assert second.claim(items) == set(items[2:])
    assert first.claim(items) == set(items[:2])
    second.close()
    assert first.claim(items) == set(items)


_SERVICE = """
import sys, time
from pathlib import Path
from audit_kit.store.lease import Lease
url, store, go = sys.argv[1:]
lease = Lease(url, Path(store), "watch")
lease.take(alone=False)
print("ready", flush=True)
sys.stdin.readline()
items = [f"{number:064d}" for number in range(300)]
if store.endswith("1"):
    items.reverse()
mine = set()
for first in range(0, 300, 10):
    mine |= lease.claim(items[first:first + 10])
    time.sleep(0.02)
print(" ".join(sorted(mine)), flush=True)
sys.stdin.readline()
lease.close()
"""


def test_two_services_that_claim_at_once_never_take_the_same_item(database_url, tmp_path):
    command = [sys.executable, "-c", _SERVICE, database_url]
    services = [
        subprocess.Popen([*command, str(tmp_path / f"store{number}"), "go"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in (1, 2)
    ]  # fmt: skip
    said = [service.stdout.readline() for service in services]
    assert said == ["ready\n", "ready\n"]
    for service in services:
        service.stdin.write("go\n")
        service.stdin.flush()
    first, second = (set(service.stdout.readline().split()) for service in services)
    for service in services:
        service.communicate("done\n")

    assert first and second, "both were at work at the same time"
    assert first & second == set()
    assert len(first | second) == 300


def test_a_row_that_another_is_just_claiming_is_passed_over_not_waited_for(lease, database_url):
    if database_url.startswith("sqlite"):
        pytest.skip("SQLite locks the whole file: claims wait for one another there")
    first = lease("here")
    first.take()
    items = [f"{number:064d}" for number in range(3)]
    first.claim(items)
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE claims SET holder = 'dead'"))
    with engine.begin() as connection:  # in the middle of another's claim
        connection.execute(sa.text("SELECT sha FROM claims WHERE sha = :sha FOR UPDATE"), {"sha": items[0]})
        got: list[frozenset[str]] = []
        claiming = threading.Thread(target=lambda: got.append(first.claim(items)))
        claiming.start()
        claiming.join(timeout=10)
        passed_over = list(got)  # nothing, if it waits for the other
    claiming.join()
    engine.dispose()

    assert passed_over == [set(items[1:])]


def test_only_open_items_are_taken_up_in_the_order_in_which_they_came(lease, database_url):
    holder = lease("here")
    holder.take()
    journal = Journal(database_url, lease=holder)
    for number in range(3):
        journal.received({f"{number:064d}": (NOW.replace(minute=30 - number), ())}, rehearsal=False)
    journal.decided("one", [], [], closes_item=f"{1:064d}")

    assert [item.sha for item in journal.take_up()] == [f"{2:064d}", f"{0:064d}"]
    journal.close()


def test_a_file_of_this_computer_needs_no_lease(tmp_path):
    from audit_kit.store import lease

    with lease.held(f"sqlite:///{tmp_path / 'journal.sqlite'}", tmp_path, "watch") as held:
        assert held is None
    assert not Path(tmp_path / "journal.sqlite").exists()
