"""The journal: what happened, to which audit, when. The truth from which every status is worked out.

Append only. Each event's hash covers the one before it, so that a removed or edited line shows. It holds
references, codes and hashes; never a name, free text or a file name.

A *batch* is what one decision brings about: its events and the files that it writes, recorded in one
transaction. A batch is decided once; its files are written afterwards, again if need be, and then it is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from audit_kit.domain.progress import Event, EventKind
from audit_kit.errors import AuditKitError
from audit_kit.store import agreement, dialects, tables
from audit_kit.store.journal_rows import Work, end_of, event_of
from audit_kit.store.lease import Lease
from audit_kit.store.ledger import Ledger, Row


@dataclass(frozen=True)
class Item:
    """One received content, known by its SHA-256.

    ``turn`` counts how often it was given back to be worked on: each turn is decided once. ``tries`` counts how
    often work on it was killed in this turn.
    """

    sha: str
    received: datetime
    tries: int = 0
    open: bool = True
    turn: int = 0


#: what an event carries besides its references: name and value, such as ("due", "2026-11-05")
Codes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OutputRecord:
    """One file that a batch writes: where in the outbox, and the SHA-256 of its content."""

    path: str
    sha: str


class Journal:
    """The events, items and batches of one store, in any database that SQLAlchemy Core speaks to.

    With a ledger, every change is made durable there first, and the two are made to agree at the start: what one
    of them lost or has damaged comes back from the other, and ``mended`` says so. AuditKitError when neither is whole.
    ``lease``: what holds a database that other machines can reach; each transaction proves first that it still does.
    """

    def __init__(
        self,
        url: str,
        about_to: Callable[[str], None] = lambda step: None,
        ledger: Ledger | None = None,
        lease: Lease | None = None,
    ) -> None:
        self._about_to, self._ledger, self._lease = about_to, ledger, lease
        self._read: list[Event] = []
        self._read_of: dict[str, list[Event]] = {}  # the same by session
        self._read_up_to = 0
        self._end: tuple[int, str] | None = None  # number and hash of the newest event, while it is known for certain
        self._in_doubt = False  # a commit whose outcome the database could not tell any more
        #: what was put right when the journal was opened; "" when nothing was
        self.mended = ""
        self._engine = dialects.engine(url)
        try:
            try:
                tables.metadata.create_all(self._engine)
                dialects.prove_whole(self._engine)
            except (sa.exc.DatabaseError, dialects.Damaged):
                self.mended = agreement.begin_anew(self._engine, ledger)
            if ledger is not None:
                self._agree_with(ledger)
        except AuditKitError:
            self._engine.dispose()
            raise

    def _agree_with(self, ledger: Ledger) -> None:
        said = agreement.agree(self._engine, ledger)
        self.mended = self.mended or said

    def rows(self) -> dict[str, tuple[Row, ...]]:
        """Every row of every table, in the order of its key: what a rebuilt journal must equal."""
        return {name: tuple(rows.values()) for name, rows in tables.state_of(self._engine).items()}

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # --- what happened -----------------------------------------------------------------------------

    def events(self, session: str = "", after: int = 0) -> tuple[Event, ...]:
        """All events in order, or those of one session; ``after``: without the first so many."""
        self._read_on()
        found = self._read_of.get(session, []) if session else self._read
        return tuple(found[after:])

    def newest(self) -> Event | None:
        """The newest event, None while there is none."""
        self._read_on()
        return self._read[-1] if self._read else None

    def count_by_session(self) -> dict[str, int]:
        """How many events each session has: another number once something has happened to it."""
        self._read_on()
        return {session: len(events) for session, events in self._read_of.items()}

    def _read_on(self) -> None:
        # append only, and one process at a time: what was read or written before stays as it was
        if self._end is not None and self._end[0] == self._read_up_to:
            return
        newer = tables.events.c.number > self._read_up_to
        with self._engine.connect() as connection:
            for row in connection.execute(sa.select(tables.events).where(newer).order_by(tables.events.c.number)):
                self._note_read(row.number, event_of(row))

    def _note_read(self, number: int, event: Event) -> None:
        self._read.append(event)
        self._read_of.setdefault(event.session, []).append(event)
        self._read_up_to = number

    def head(self) -> str:
        """The hash of the newest event: printed on letters and reports, so that a cut tail shows."""
        with self._engine.connect() as connection:
            return end_of(connection)[1]

    def broken_at(self) -> int | None:
        """The number of the first event whose hash does not fit, or None when the chain is whole."""
        with self._engine.connect() as connection:
            return tables.broken(
                row._mapping for row in connection.execute(sa.select(tables.events).order_by(tables.events.c.number))
            )

    def noted(self, event: Event, rehearsal: bool) -> None:
        """Record one event that decides nothing: that something sealed was opened, for example."""
        with self._transaction("note an event") as work:
            work.append("", [event], rehearsal)

    def knows_head(self, head: str) -> bool:
        """Whether the chain holds an event whose hash begins so: the head that is printed on a letter."""
        with self._engine.connect() as connection:
            known = connection.scalar(
                sa.select(tables.events.c.number).where(tables.events.c.hash.startswith(head, autoescape=True))
            )
        return known is not None

    def snapshot(self) -> bytes | None:
        """The whole database as it is now, also while it is open, for a backup.

        None for a server's: its administrator backs it up, and it can be rebuilt from the line of events.
        """
        raw = self._engine.raw_connection()
        try:
            serialize = getattr(raw.driver_connection, "serialize", None)
            return bytes(serialize()) if serialize is not None else None
        finally:
            raw.close()

    # --- received items ----------------------------------------------------------------------------

    def received(self, contents: Mapping[str, tuple[datetime, Codes]], rehearsal: bool) -> None:
        """Record, in one transaction, that these contents came: when, and what is known of each. Once for each content."""
        with self._transaction("record items") as work:
            for sha, (at, codes) in contents.items():
                if work.row(tables.items, sha) is None:
                    row = {"sha": sha, "received": at.isoformat(), "open": True, "tries": 0, "turn": 0}
                    work.add(tables.items, [row])
                    work.append(f"item:{sha}", [Event(EventKind.RECEIVED, at, item=sha, codes=codes)], rehearsal)

    def open_items(self) -> tuple[Item, ...]:
        """What was received and is not decided yet, also by an earlier run that was stopped. Oldest first."""
        query = sa.select(tables.items).where(tables.items.c.open).order_by(tables.items.c.received, tables.items.c.sha)
        with self._engine.connect() as connection:
            rows = connection.execute(query)
            return tuple(_item(row) for row in rows)

    def take_up(self) -> tuple[Item, ...]:
        """The open items that are ours to work on: those of a database that others reach are held for us first.

        What another service holds is left out until its lease is over; no two ever get the same.
        """
        found = self.open_items()
        if self._lease is None or not found:
            return found
        ours = self._lease.claim(item.sha for item in found)
        return tuple(item for item in self.open_items() if item.sha in ours)

    def item(self, sha: str) -> Item | None:
        """The item of this content, if it was received."""
        with self._engine.connect() as connection:
            row = connection.execute(_ITEM, {"key": sha}).first()
        return _item(row) if row else None

    def tried(self, sha: str) -> None:
        """Count a try at an item that killed the kit: such a file is tried 3 times at most."""
        with self._transaction("count a try") as work:
            if row := work.row(tables.items, sha):
                work.put(tables.items, {**row, "tries": row["tries"] + 1})

    # --- batches -----------------------------------------------------------------------------------

    def is_decided(self, batch: str) -> bool:
        """Whether this batch was decided before, closed or not."""
        with self._engine.connect() as connection:
            return connection.scalar(_BATCH, {"key": batch}) is not None

    def decided(
        self,
        batch: str,
        events: Iterable[Event],
        outputs: Iterable[OutputRecord],
        *,
        closes_item: str = "",
        reopens_items: Iterable[str] = (),
        rehearsal: bool = False,
    ) -> None:
        """Record one decision: its events, the files it will write and the items it settles, or nothing.

        ``reopens_items``: returns that were set aside and can be worked on again because of it.
        """
        with self._transaction("decide a batch") as work:
            work.add(tables.batches, [{"id": batch, "closed": False}])
            work.append(batch, events, rehearsal)
            work.add(tables.outputs, [{"batch": batch, "path": each.path, "sha": each.sha} for each in outputs])
            if closes_item and (row := work.row(tables.items, closes_item)):
                work.put(tables.items, {**row, "open": False})
            for sha in reopens_items:
                if row := work.row(tables.items, sha):
                    work.put(tables.items, {**row, "open": True, "tries": 0, "turn": row["turn"] + 1})

    def closed(self, *batches: str) -> None:
        """Record, in one transaction, that everything that these batches write is in its place."""
        with self._transaction("close batches") as work:
            for batch in batches:
                work.put(tables.batches, {"id": batch, "closed": True})

    def open_batches(self) -> tuple[str, ...]:
        """Batches whose files may not all be in their places, in the order of their decisions.

        Two may write one path; then what was decided last must be written last.
        """
        when = sa.select(sa.func.min(tables.events.c.number)).where(tables.events.c.batch == tables.batches.c.id)
        query = sa.select(tables.batches.c.id).where(~tables.batches.c.closed)
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query.order_by(when.scalar_subquery(), tables.batches.c.id)))

    def outputs(self, batch: str = "") -> tuple[OutputRecord, ...]:
        """The files of one batch, or of all, oldest first: several batches may have written one path."""
        when = sa.select(sa.func.min(tables.events.c.number)).where(tables.events.c.batch == tables.outputs.c.batch)
        query = sa.select(tables.outputs).order_by(
            when.scalar_subquery(), tables.outputs.c.batch, tables.outputs.c.path
        )
        if batch:
            query = query.where(tables.outputs.c.batch == batch)
        with self._engine.connect() as connection:
            return tuple(OutputRecord(row.path, row.sha) for row in connection.execute(query))

    @contextmanager
    def _transaction(self, step: str) -> Iterator[Work]:
        self._about_to(step)
        if self._in_doubt and self._ledger is not None:
            self._agree_with(self._ledger)
            self._in_doubt = False
        kept = committing = False
        end, self._end = self._end, None
        try:
            with self._engine.begin() as connection:
                dialects.one_writer(connection)
                if self._lease is not None:
                    self._lease.prove(connection)
                work = Work(connection, end or end_of(connection))
                yield work
                if self._ledger is not None and work.changes:
                    kept = True
                    self._ledger.append(work.changes)
                self._about_to(f"commit: {step}")
                committing = True
        except Exception:
            # a server may have committed and been cut off before it could say so: then the line stays, and counts
            self._in_doubt = kept and committing and self._lease is not None
            if kept and self._ledger is not None and not self._in_doubt:
                self._ledger.undo()
            raise
        self._end = work.end
        for number, event in work.events:
            if number == self._read_up_to + 1:
                self._note_read(number, event)
        self._about_to(f"after: {step}")


# each is put together once: that takes as long as to ask it
_ITEM = sa.select(tables.items).where(tables.items.c.sha == sa.bindparam("key"))
_BATCH = sa.select(tables.batches.c.id).where(tables.batches.c.id == sa.bindparam("key"))


def _item(row: Any) -> Item:
    return Item(row.sha, datetime.fromisoformat(row.received), row.tries, bool(row.open), row.turn)
