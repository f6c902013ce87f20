"""What the database loses comes back from the line of events beside the sealed originals, row for row."""

import json
import shutil
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from audit_kit.domain.progress import Event, EventKind
from audit_kit.errors import AuditKitError
from audit_kit.store.disk import Disk
from audit_kit.store.journal import Journal, OutputRecord
from audit_kit.store.ledger import Ledger

NOW = datetime(2026, 11, 6, 10, 0, tzinfo=UTC)
PAGE = 4096


class PowerCut(BaseException):
    pass


class Store:
    def __init__(self, folder):
        self.folder = folder
        self.database, self.lines = folder / "journal.sqlite", folder / "events.jsonl"

    def opened(self, about_to=lambda step: None) -> Journal:
        return Journal(f"sqlite:///{self.database}", about_to, Ledger(self.lines, Disk()))

    def rows(self):
        journal = self.opened()
        try:
            return journal.rows(), journal.mended
        finally:
            journal.close()


def an_event(number: int) -> Event:
    return Event(EventKind.ISSUED, NOW, "2026-A2-NEG", "H3", "MPS", number)


@pytest.fixture
def store(tmp_path) -> Store:
    store = Store(tmp_path)
    journal = store.opened()
    for number in range(12):
        sha = f"{number:064d}"
        journal.received({sha: (NOW, ())}, rehearsal=False)
        journal.tried(sha)
        journal.decided(
            f"item:{number}", [an_event(number)], [OutputRecord(f"team/{number}.docx", sha)], closes_item=sha
        )
        if number % 3:
            journal.closed(f"item:{number}")
    journal.decided("again", [], [], reopens_items=[f"{3:064d}"])
    journal.close()
    return store


def test_a_missing_database_is_rebuilt_equal_row_for_row(store):
    before, _ = store.rows()
    for path in store.folder.glob("journal.sqlite*"):
        path.unlink()

    after, _ = store.rows()

    assert after == before
    assert len(after["events"]) == 24
    assert sum(item["open"] for item in after["items"]) == 1


@pytest.mark.parametrize("size", [0, 1, 100, PAGE, PAGE + 7, 5 * PAGE])
def test_a_truncated_database_is_rebuilt(store, size):
    before, _ = store.rows()
    with store.database.open("r+b") as file:
        file.truncate(size)

    assert store.rows()[0] == before


def test_one_flipped_bit_at_any_page_is_found_or_harmless(store):
    before, _ = store.rows()
    good = store.database.read_bytes()
    mended = 0
    for page in range(len(good) // PAGE):
        for place in (9, 60, PAGE // 2, PAGE - 20):
            broken = bytearray(good)
            broken[page * PAGE + place] ^= 0x10
            for path in store.folder.glob("journal.sqlite*"):
                path.unlink()
            store.database.write_bytes(broken)
            rows, said = store.rows()
            assert rows == before, (page, place)
            mended += bool(said)

    assert mended > 0


def test_the_damaged_database_is_moved_aside_and_it_is_said(store):
    store.database.write_bytes(b"no database" * 1000)

    _, said = store.rows()

    assert "moved aside" in said
    assert [path.read_bytes()[:11] for path in store.folder.glob("*.damaged-*")] == [b"no database"]


def test_a_database_restored_from_yesterday_is_brought_up_to_date(store):
    shutil.copy(store.database, store.folder / "yesterday")
    journal = store.opened()
    journal.decided("today", [an_event(99)], [])
    before = journal.rows()
    journal.close()
    for path in store.folder.glob("journal.sqlite*"):
        path.unlink()
    shutil.copy(store.folder / "yesterday", store.database)

    rows, said = store.rows()

    assert rows == before
    assert "newer" in said


@pytest.mark.parametrize("statement", [
    "UPDATE events SET agency = 'GP' WHERE number = 5",
    "DELETE FROM events WHERE number = 24",
    "DELETE FROM outputs WHERE batch = 'item:4'",
    "UPDATE items SET open = 1",
])  # fmt: skip
def test_what_was_changed_by_hand_is_put_right(store, statement):
    before, _ = store.rows()
    engine = sa.create_engine(f"sqlite:///{store.database}")
    with engine.begin() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()

    assert store.rows()[0] == before


@pytest.mark.parametrize("torn", [b'{"format":1,"hash":"00', bytes(300), bytes(4096) + b'"]]}\n'])
def test_a_torn_last_line_is_dropped(store, torn):
    before, _ = store.rows()
    with store.lines.open("ab") as file:
        file.write(torn)

    assert store.rows() == (before, "")
    assert store.lines.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("keep", [0, 1, 7])
def test_a_lost_or_cut_line_of_events_is_written_anew_from_the_database(store, keep):
    before, _ = store.rows()
    lines = store.lines.read_bytes().splitlines(keepends=True)
    store.lines.write_bytes(b"".join(lines[:keep]))

    assert store.rows()[0] == before
    for path in store.folder.glob("journal.sqlite*"):
        path.unlink()
    assert store.rows()[0] == before


def test_a_changed_line_of_events_is_written_anew_while_the_database_is_whole(store):
    before, _ = store.rows()
    store.lines.write_bytes(store.lines.read_bytes().replace(b'"agency":"MPS"', b'"agency":"GP"', 1))

    rows, said = store.rows()

    assert rows == before
    assert "written anew" in said


def test_when_neither_is_whole_nothing_is_begun(store):
    store.lines.write_bytes(store.lines.read_bytes().replace(b'"agency":"MPS"', b'"agency":"GP"', 1))
    store.database.write_bytes(b"no database" * 1000)

    with pytest.raises(AuditKitError, match="damaged"):
        store.opened()


def test_a_newer_version_of_the_line_is_refused(store):
    store.lines.write_bytes(store.lines.read_bytes().replace(b'"format":2', b'"format":3'))

    with pytest.raises(AuditKitError, match="another version"):
        store.opened()


@pytest.mark.parametrize("step", ["decide a batch", "commit: decide a batch", "after: decide a batch"])
def test_a_power_cut_around_the_commit_leaves_both_in_agreement(store, step):
    def about_to(now: str) -> None:
        if now == step:
            raise PowerCut

    journal = store.opened(about_to)
    with pytest.raises(PowerCut):
        journal.decided("cut", [an_event(99)], [])
    journal.close()

    journal = store.opened()
    assert journal.is_decided("cut") is (step != "decide a batch")
    assert journal.broken_at() is None
    journal.close()


def test_a_disk_that_refuses_leaves_neither_with_half_a_decision(store):
    full = [False]

    class FullDisk(Disk):
        def about_to(self, step: str) -> None:
            if full[0] and step == "sync what was appended":
                raise OSError(28, "No space left on device")

    journal = Journal(f"sqlite:///{store.database}", lambda step: None, Ledger(store.lines, FullDisk()))
    full[0] = True
    with pytest.raises(OSError, match="No space"):
        journal.decided("full", [an_event(99)], [])
    full[0] = False
    journal.decided("then", [an_event(98)], [])
    journal.close()

    journal = store.opened()
    assert (journal.is_decided("full"), journal.is_decided("then"), journal.mended) == (False, True, "")
    journal.close()


def test_the_line_of_events_holds_codes_and_hashes_alone(store):
    allowed = {"events", "items", "batches", "outputs"}
    for line in store.lines.read_text().splitlines():
        assert {table for table, _ in json.loads(line)["changes"]} <= allowed


def test_a_printed_head_is_known_again_and_a_cut_tail_shows(store):
    journal = store.opened()
    printed = journal.head()[:12]
    journal.decided("later", [an_event(99)], [])
    assert journal.knows_head(printed)
    assert journal.knows_head(journal.head())
    assert not journal.knows_head("0123456789ab")
    journal.close()
