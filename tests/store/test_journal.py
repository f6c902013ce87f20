"""The journal holds what happened, once each, and shows when a line was removed or edited."""

import hashlib
import os
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from audit_kit.domain.progress import Event, EventKind
from audit_kit.errors import AuditKitError
from audit_kit.store.journal import Item, Journal, OutputRecord
from audit_kit.store.ledger import FIRST

NOW = datetime(2026, 11, 6, 10, 0, tzinfo=UTC)
SHA = "a" * 64


class Interrupted(BaseException):
    """The power goes."""


@pytest.fixture
def journal(database_url):
    journal = Journal(database_url)
    yield journal
    journal.close()


def an_event(kind: EventKind = EventKind.ISSUED, minute: int = 0, **more) -> Event:
    more = {"session": "2026-A2-NEG", "case": "H3", "agency": "MPS", "round": 1} | more
    return Event(kind, NOW + timedelta(minutes=minute), **more)


def changed_by_hand(database_url: str, statement: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        assert connection.execute(sa.text(statement)).rowcount == 1
    engine.dispose()


# --- what happened ----------------------------------------------------------------------------------------


def test_an_event_comes_back_as_it_was(journal):
    event = an_event(item=SHA, by="rthorne", codes=(("due", "2026-12-04"), ("rules", "V14 V15")), note="b" * 64)

    journal.decided("issue:1", [event], [])

    assert journal.events() == (event,)


def test_a_time_is_kept_in_utc(journal):
    summer = datetime.fromisoformat("2026-07-01T10:00:00+01:00")

    journal.decided("issue:1", [Event(EventKind.ISSUED, summer)], [])

    assert journal.events()[0].at.isoformat() == "2026-07-01T09:00:00+00:00"


def test_what_was_written_is_known_as_another_run_reads_it(journal, database_url):
    """What a process has written itself it doesn't read again."""
    summer = datetime.fromisoformat("2026-07-01T10:00:00+01:00")
    journal.events()
    journal.decided("one", [an_event(codes=(("due", "2026-12-04"),)), Event(EventKind.RECEIVED, summer, item=SHA)], [])
    journal.received({SHA: (summer, (("named", "2026-A2-NEG/H3/MPS"),))}, rehearsal=False)
    with pytest.raises(sa.exc.IntegrityError):
        journal.decided("one", [an_event()], [])
    journal.noted(an_event(EventKind.REGISTER_OPENED, minute=3), rehearsal=False)
    known = journal.events(), journal.events("2026-A2-NEG"), journal.newest()

    later = Journal(database_url)
    assert known == (later.events(), later.events("2026-A2-NEG"), later.newest())
    assert [event.at.tzinfo for event in known[0]] == [event.at.tzinfo for event in later.events()]
    assert later.broken_at() is None
    later.close()


def test_events_are_read_in_order_and_by_session(journal):
    journal.decided("one", [an_event(minute=5), an_event(minute=1)], [])
    journal.decided("two", [an_event(session="2027-A1-CSE")], [])

    assert [event.at.minute for event in journal.events("2026-A2-NEG")] == [5, 1]
    assert len(journal.events()) == 3


def test_a_journal_that_is_opened_again_goes_on_where_it_was(database_url):
    first = Journal(database_url)
    first.decided("one", [an_event()], [])
    head = first.head()
    first.close()

    second = Journal(database_url)
    second.decided("two", [an_event(minute=1)], [])

    assert second.broken_at() is None
    assert second.head() != head
    assert len(second.events()) == 2
    second.close()


# --- the chain --------------------------------------------------------------------------------------------


def test_an_empty_journal_is_whole(journal):
    assert journal.broken_at() is None
    assert journal.head() == FIRST


def test_the_head_changes_with_each_event(journal):
    heads = [journal.head()]
    for number in range(3):
        journal.decided(f"batch {number}", [an_event(minute=number)], [])
        heads.append(journal.head())

    assert len(set(heads)) == 4


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE events SET agency = 'COLP' WHERE number = 2", 2),
        ("UPDATE events SET at = '2026-11-05T10:00:00+00:00' WHERE number = 2", 2),
        ('UPDATE events SET codes = \'[["due", "2027-01-01"]]\' WHERE number = 3', 3),
        ("UPDATE events SET rehearsal = NOT rehearsal WHERE number = 1", 1),
        ("UPDATE events SET batch = 'other' WHERE number = 4", 4),
        ("DELETE FROM events WHERE number = 1", 2),
        ("DELETE FROM events WHERE number = 3", 4),
        ("UPDATE events SET number = 9 WHERE number = 2", 3),
    ],
)
def test_a_line_that_was_edited_removed_or_moved_is_told(journal, database_url, statement, number):
    journal.decided("batch", [an_event(minute=n) for n in range(4)], [])

    changed_by_hand(database_url, statement)

    assert journal.broken_at() == number


def test_a_tail_that_was_cut_shows_by_the_head_alone(journal, database_url):
    journal.decided("batch", [an_event(minute=n) for n in range(4)], [])
    head = journal.head()

    changed_by_hand(database_url, "DELETE FROM events WHERE number = 4")

    assert journal.broken_at() is None
    assert journal.head() != head


# --- batches ----------------------------------------------------------------------------------------------


def test_a_batch_is_decided_once(journal):
    journal.decided("item:1", [an_event()], [OutputRecord("agencies/MPS/a.xlsx", "1" * 64)])

    with pytest.raises(sa.exc.IntegrityError):
        journal.decided("item:1", [an_event(minute=1)], [OutputRecord("agencies/MPS/b.xlsx", "2" * 64)])

    assert [event.at.minute for event in journal.events()] == [0]
    assert journal.outputs("item:1") == (OutputRecord("agencies/MPS/a.xlsx", "1" * 64),)
    assert journal.broken_at() is None


def test_a_batch_is_open_until_its_files_are_in_their_places(journal):
    journal.decided("item:1", [an_event()], [])
    assert journal.open_batches() == ("item:1",)

    journal.closed("item:1")

    assert journal.open_batches() == ()
    assert journal.is_decided("item:1")
    assert not journal.is_decided("item:2")


def test_open_batches_come_in_the_order_of_their_decisions_wherever_the_database_keeps_them(journal, database_url):
    for minute, batch in enumerate(("item:2", "item:1", "item:3")):
        journal.decided(batch, [an_event(minute=minute)], [])
    changed_by_hand(database_url, "DELETE FROM batches WHERE id = 'item:2'")
    changed_by_hand(database_url, "INSERT INTO batches (id, closed) VALUES ('item:2', false)")

    assert journal.open_batches() == ("item:2", "item:1", "item:3")


@pytest.mark.parametrize("step", ["decide a batch", "commit: decide a batch"])
def test_a_decision_that_was_interrupted_did_not_happen_at_all(database_url, step):
    def about_to(now: str) -> None:
        if now == step:
            raise Interrupted

    journal = Journal(database_url)
    journal.received({SHA: (NOW, ())}, rehearsal=False)
    journal.close()
    journal = Journal(database_url, about_to)

    with pytest.raises(Interrupted):
        journal.decided("item:1", [an_event()], [OutputRecord("a", "1" * 64)], closes_item=SHA)

    assert [event.kind for event in journal.events()] == [EventKind.RECEIVED]
    assert journal.outputs() == ()
    assert not journal.is_decided("item:1")
    assert [item.sha for item in journal.open_items()] == [SHA]
    journal.close()


def test_a_rehearsal_is_marked_in_the_chain(journal, database_url):
    journal.decided("rehearsed", [an_event()], [], rehearsal=True)
    journal.decided("real", [an_event()], [])

    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        marked = connection.execute(sa.text("SELECT batch, rehearsal FROM events ORDER BY number")).all()
    engine.dispose()
    assert [tuple(row) for row in marked] == [("rehearsed", 1), ("real", 0)]


# --- received items ---------------------------------------------------------------------------------------


def test_a_content_is_received_once_whenever_it_comes(journal):
    journal.received({SHA: (NOW, ())}, rehearsal=False)
    journal.received({SHA: (NOW + timedelta(days=1), ())}, rehearsal=False)

    assert journal.item(SHA) == Item(SHA, NOW, tries=0, open=True)
    assert [event.kind for event in journal.events()] == [EventKind.RECEIVED]


def test_an_item_is_open_until_a_decision_closes_it_and_another_reopens_it(journal):
    journal.received({SHA: (NOW, ())}, rehearsal=False)

    journal.decided("item:1", [], [], closes_item=SHA)
    assert journal.open_items() == ()
    assert journal.item(SHA).open is False

    journal.decided("decided:1", [], [], reopens_items=[SHA])
    assert [item.sha for item in journal.open_items()] == [SHA]


def test_open_items_are_given_oldest_first(journal):
    for sha, minute in (("c" * 64, 2), ("b" * 64, 0), ("a" * 64, 1)):
        journal.received({sha: (NOW + timedelta(minutes=minute), ())}, rehearsal=False)

    assert [item.sha[0] for item in journal.open_items()] == ["b", "a", "c"]


def test_each_try_at_an_item_is_counted_before_it_is_tried(journal):
    journal.received({SHA: (NOW, ())}, rehearsal=False)

    journal.tried(SHA)
    journal.tried(SHA)

    assert journal.item(SHA).tries == 2


def test_a_content_that_never_came_is_no_item(journal):
    assert journal.item(hashlib.sha256(b"").hexdigest()) is None


# --- damage -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage", [b"not a database at all, but a text of some length" * 100, b"SQLite format 3\x00" + b"\xff" * 8000]
)
def test_a_damaged_database_is_told_before_anything_is_done(tmp_path, damage):
    (tmp_path / "journal.sqlite").write_bytes(damage)

    with pytest.raises(AuditKitError, match="The journal can't be read"):
        Journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")

    assert (tmp_path / "journal.sqlite").read_bytes() == damage


def test_a_journal_of_a_newer_version_is_not_guessed_at(journal, database_url):
    journal.decided("one", [an_event()], [])
    changed_by_hand(database_url, "UPDATE events SET kind = 'told the moon' WHERE number = 1")
    later = Journal(database_url)

    with pytest.raises(AuditKitError, match="does not know"):
        later.events()
    later.close()


@pytest.mark.skipif("AUDIT_KIT_TEST_DATABASE" in os.environ, reason="a server sees to this itself")
def test_a_commit_is_on_the_disk_when_it_returns(journal):
    with journal._engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
