"""The journal: what happened, to which audit, when. The truth from which every status is worked out.

Append only. Each event's hash covers the one before it, so that a removed or edited line shows. It holds
references, codes and hashes; never a name, free text or a file name.

A *batch* is what one decision brings about: its events and the files that it writes, recorded in one
transaction. A batch is decided once; its files are written afterwards, again if need be, and then it is closed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from audit_kit.domain.progress import Event, EventKind
from audit_kit.errors import AuditKitError, UsageProblem

_tables = sa.MetaData()

_events = sa.Table(
    "events", _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("batch", sa.String(200), nullable=False, index=True),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("rehearsal", sa.Boolean, nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("session", sa.String(20), nullable=False),
    sa.Column("case_ref", sa.String(5), nullable=False),
    sa.Column("agency", sa.String(12), nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("item", sa.String(64), nullable=False),
    sa.Column("by", sa.String(60), nullable=False),
    sa.Column("codes", sa.Text, nullable=False),
    sa.Column("note", sa.String(64), nullable=False),
    sa.Column("before", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False, unique=True),
)  # fmt: skip
_items = sa.Table(
    "items", _tables,
    sa.Column("sha", sa.String(64), primary_key=True),
    sa.Column("received", sa.String(40), nullable=False),
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("turn", sa.Integer, nullable=False, server_default="0"),
)  # fmt: skip
_batches = sa.Table(
    "batches", _tables,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("closed", sa.Boolean, nullable=False),
)  # fmt: skip
_outputs = sa.Table(
    "outputs", _tables,
    sa.Column("batch", sa.String(200), primary_key=True),
    sa.Column("path", sa.String(300), primary_key=True),
    sa.Column("sha", sa.String(64), nullable=False),
)  # fmt: skip

FIRST = "0" * 64


@dataclass(frozen=True)
class Item:
    """One received content, known by its SHA-256.

    ``turn`` counts how often it was given back to be worked on: each turn is decided once. ``tries`` counts the
    attempts in this turn.
    """

    sha: str
    received: datetime
    tries: int = 0
    open: bool = True
    turn: int = 0


@dataclass(frozen=True)
class OutputRecord:
    """One file that a batch writes: where in the outbox, and the SHA-256 of its content."""

    path: str
    sha: str


class Journal:
    """The events, items and batches of one store, in any database that SQLAlchemy Core speaks to.

    AuditKitError when the database is damaged.
    """

    def __init__(self, url: str, about_to: Callable[[str], None] = lambda step: None) -> None:
        self._engine = sa.create_engine(url)
        self._about_to = about_to
        self._read: list[Event] = []
        self._read_up_to = 0
        if url.startswith("sqlite"):
            # FULL: with NORMAL a power cut undoes commits that were already acted upon
            sa.event.listen(self._engine, "connect", _durable_sqlite)
        try:
            _tables.create_all(self._engine)
        except sa.exc.DatabaseError:
            self._engine.dispose()
            raise AuditKitError(
                "The journal can't be read: its file is damaged, or no database of audit-kit's.",
                not_happened="Nothing was taken from the inbox and nothing was written.",
                next_step="Put it back from the newest backup, and run audit-kit verify.",
            ) from None

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # --- what happened -----------------------------------------------------------------------------

    def events(self, session: str = "") -> tuple[Event, ...]:
        """All events in order, or those of one session."""
        # append only, and one process at a time: what was read before stays as it was
        newer = sa.select(_events).where(_events.c.number > self._read_up_to).order_by(_events.c.number)
        with self._engine.connect() as connection:
            for row in connection.execute(newer):
                self._read.append(_event(row))
                self._read_up_to = row.number
        return tuple(event for event in self._read if not session or event.session == session)

    def head(self) -> str:
        """The hash of the newest event: printed on letters and reports, so that a cut tail shows."""
        with self._engine.connect() as connection:
            return _head(connection)

    def broken_at(self) -> int | None:
        """The number of the first event whose hash does not fit, or None when the chain is whole."""
        before = FIRST
        with self._engine.connect() as connection:
            for row in connection.execute(sa.select(_events).order_by(_events.c.number)):
                if row.before != before or row.hash != _hash(before, _content(row._mapping)):
                    return int(row.number)
                before = row.hash
        return None

    def noted(self, event: Event, rehearsal: bool) -> None:
        """Record one event that decides nothing: that something sealed was opened, for example."""
        with self._transaction("note an event") as connection:
            _append(connection, "", [event], rehearsal)

    def knows_head(self, head: str) -> bool:
        """Whether the chain holds an event whose hash begins so: the head that is printed on a letter."""
        with self._engine.connect() as connection:
            known = connection.scalar(
                sa.select(_events.c.number).where(_events.c.hash.startswith(head, autoescape=True))
            )
        return known is not None

    def snapshot(self) -> bytes:
        """The whole database as it is now, also while it is open, for a backup.

        UsageProblem for a database that is a server's own: its administrator backs it up.
        """
        raw = self._engine.raw_connection()
        try:
            serialize = getattr(raw.driver_connection, "serialize", None)
            if serialize is None:
                raise UsageProblem(
                    "The journal is kept by a database server.",
                    not_happened="No backup was made.",
                    next_step="Back it up with the server's own means, and the store's folder besides.",
                )
            return bytes(serialize())
        finally:
            raw.close()

    # --- received items ----------------------------------------------------------------------------

    def received(self, sha: str, at: datetime, rehearsal: bool) -> None:
        """Record, in one transaction, that this content came. Again for the same content: nothing changes."""
        with self._transaction("record an item") as connection:
            if connection.scalar(sa.select(_items.c.sha).where(_items.c.sha == sha)) is None:
                connection.execute(_items.insert().values(sha=sha, received=at.isoformat(), open=True, tries=0))
                _append(connection, f"item:{sha}", [Event(EventKind.RECEIVED, at, item=sha)], rehearsal)

    def open_items(self) -> tuple[Item, ...]:
        """What was received and is not decided yet, also by an earlier run that was stopped. Oldest first."""
        query = sa.select(_items).where(_items.c.open).order_by(_items.c.received, _items.c.sha)
        with self._engine.connect() as connection:
            rows = connection.execute(query)
            return tuple(_item(row) for row in rows)

    def item(self, sha: str) -> Item | None:
        """The item of this content, if it was received."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(_items).where(_items.c.sha == sha)).first()
        return _item(row) if row else None

    def tried(self, sha: str) -> None:
        """Count one more try at an item, before it is tried: a file that kills the kit is tried 3 times at most."""
        with self._transaction("count a try") as connection:
            connection.execute(_items.update().where(_items.c.sha == sha).values(tries=_items.c.tries + 1))

    # --- batches -----------------------------------------------------------------------------------

    def is_decided(self, batch: str) -> bool:
        """Whether this batch was decided before, closed or not."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(_batches.c.id).where(_batches.c.id == batch)) is not None

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
        with self._transaction("decide a batch") as connection:
            connection.execute(_batches.insert().values(id=batch, closed=False))
            _append(connection, batch, events, rehearsal)
            rows = [{"batch": batch, "path": output.path, "sha": output.sha} for output in outputs]
            if rows:
                connection.execute(_outputs.insert(), rows)
            if closes_item:
                connection.execute(_items.update().where(_items.c.sha == closes_item).values(open=False))
            for sha in reopens_items:
                again = {"open": True, "tries": 0, "turn": _items.c.turn + 1}
                connection.execute(_items.update().where(_items.c.sha == sha).values(**again))

    def closed(self, batch: str) -> None:
        """Record that everything this batch writes is in its place."""
        with self._transaction("close a batch") as connection:
            connection.execute(_batches.update().where(_batches.c.id == batch).values(closed=True))

    def open_batches(self) -> tuple[str, ...]:
        """Batches that were decided but whose files may not all be in their places."""
        with self._engine.connect() as connection:
            return tuple(connection.scalars(sa.select(_batches.c.id).where(~_batches.c.closed)))

    def outputs(self, batch: str = "") -> tuple[OutputRecord, ...]:
        """The files of one batch, or of all."""
        query = sa.select(_outputs).order_by(_outputs.c.batch, _outputs.c.path)
        if batch:
            query = query.where(_outputs.c.batch == batch)
        with self._engine.connect() as connection:
            return tuple(OutputRecord(row.path, row.sha) for row in connection.execute(query))

    @contextmanager
    def _transaction(self, step: str) -> Any:
        self._about_to(step)
        with self._engine.begin() as connection:
            yield connection
            self._about_to(f"commit: {step}")
        self._about_to(f"after: {step}")


def _durable_sqlite(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _head(connection: sa.Connection) -> str:
    return connection.scalar(sa.select(_events.c.hash).order_by(_events.c.number.desc()).limit(1)) or FIRST


def _append(connection: sa.Connection, batch: str, events: Iterable[Event], rehearsal: bool) -> None:
    before = _head(connection)
    for event in events:
        row = {
            "batch": batch,
            "at": event.at.astimezone(UTC).isoformat(),
            "rehearsal": rehearsal,
            "kind": event.kind.value,
            "session": event.session,
            "case_ref": event.case,
            "agency": event.agency,
            "round": event.round,
            "item": event.item,
            "by": event.by,
            "codes": json.dumps(event.codes),
            "note": event.note,
        }
        digest = _hash(before, row)
        connection.execute(_events.insert().values(**row, before=before, hash=digest))
        before = digest


def _content(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in row if name not in ("number", "before", "hash")}


def _hash(before: str, content: dict[str, Any]) -> str:
    text = json.dumps([before, sorted(content.items())], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _item(row: Any) -> Item:
    return Item(row.sha, datetime.fromisoformat(row.received), row.tries, bool(row.open), row.turn)


def _event(row: Any) -> Event:
    try:
        kind = EventKind(row.kind)
    except ValueError:
        raise AuditKitError(
            "The journal holds an event that this version of audit-kit does not know.",
            not_happened="Nothing was read or changed.",
            next_step="The journal was written by a newer version: install that one.",
        ) from None
    return Event(
        kind=kind,
        at=datetime.fromisoformat(row.at),
        session=row.session,
        case=row.case_ref,
        agency=row.agency,
        round=row.round,
        item=row.item,
        by=row.by,
        codes=tuple((name, value) for name, value in json.loads(row.codes)),
        note=row.note,
    )
