"""Events as rows of the journal and back, and what one transaction writes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from sys import intern
from typing import Any

import sqlalchemy as sa

from audit_kit.domain.progress import Event, EventKind
from audit_kit.errors import AuditKitError
from audit_kit.store import tables
from audit_kit.store.ledger import FIRST, Change, Row


@dataclass
class Work:
    """One transaction: its rows, and the same rows for the line of events. ``end``: number and hash of the newest event."""

    connection: sa.Connection
    end: tuple[int, str]
    changes: list[Change] = field(default_factory=list)
    events: list[tuple[int, Event]] = field(default_factory=list)

    def row(self, table: sa.Table, key: str) -> Row | None:
        """The row of this key, held until the transaction ends where others could take it."""
        found = self.connection.execute(_held_row(table), {"key": key}).first()
        return dict(found._mapping) if found else None

    def put(self, table: sa.Table, row: Row) -> None:
        """Insert a row, or replace the one of its key."""
        if self.connection.execute(_replacement(table), {**row, "key": row[_key_of(table).name]}).rowcount:
            self.changes.append((table.name, row))
        else:
            self.add(table, [row])

    def add(self, table: sa.Table, rows: list[Row]) -> None:
        """Insert rows whose keys the table doesn't have yet, all at once."""
        if rows:
            self.connection.execute(table.insert(), rows)
        self.changes.extend((table.name, row) for row in rows)

    def append(self, batch: str, events: Iterable[Event], rehearsal: bool) -> None:
        """Append these events to the chain."""
        rows: list[Row] = []
        for event in events:
            event = _told_once(replace(event, at=event.at.astimezone(UTC)))  # as it is read back
            number, before = self.end
            row = {
                "batch": batch,
                "at": event.at.isoformat(),
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
            self.end = number + 1, tables.chained(before, row)
            rows.append({"number": number + 1, **row, "before": before, "hash": self.end[1]})
            self.events.append((number + 1, event))
        self.add(tables.events, rows)


@cache
def _held_row(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).where(_key_of(table) == sa.bindparam("key")).with_for_update()


@cache
def _replacement(table: sa.Table) -> sa.Update:
    new: dict[str, Any] = {column.name: sa.bindparam(column.name) for column in table.columns}
    return table.update().where(_key_of(table) == sa.bindparam("key")).values(new)


def _key_of(table: sa.Table) -> sa.Column[Any]:
    """The one column of its key."""
    (column,) = table.primary_key.columns
    return column


def end_of(connection: sa.Connection) -> tuple[int, str]:
    """Number and hash of the newest event; 0 and the first hash where there is none."""
    newest = sa.select(tables.events.c.number, tables.events.c.hash).order_by(tables.events.c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    return (row.number, row.hash) if row else (0, FIRST)


def event_of(row: Any) -> Event:
    """The event of a row. AuditKitError for a kind of a newer version."""
    try:
        kind = EventKind(row.kind)
    except ValueError:
        raise AuditKitError(
            "The journal holds an event that this version of audit-kit does not know.",
            not_happened="Nothing was read or changed.",
            next_step="The journal was written by a newer version: install that one.",
        ) from None
    event = Event(
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
    return _told_once(event)


def _told_once(event: Event) -> Event:
    """The event with words that thousands of others have, too, each of them once in memory."""
    return replace(
        event,
        session=intern(event.session),
        case=intern(event.case),
        agency=intern(event.agency),
        by=intern(event.by),
        codes=tuple((intern(name), value) for name, value in event.codes),
    )
