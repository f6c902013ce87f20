"""The tables of the journal, and its rows as values: how they are chained, compared, and worked out from changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from audit_kit.store import dialects
from audit_kit.store.ledger import FIRST, Change, Row

#: every row of every table, by its key
State = dict[str, dict[Any, Row]]

metadata = sa.MetaData()

events = sa.Table(
    "events", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
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
items = sa.Table(
    "items", metadata,
    sa.Column("sha", sa.String(64), primary_key=True),
    sa.Column("received", sa.String(40), nullable=False),
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("turn", sa.Integer, nullable=False, server_default="0"),
)  # fmt: skip
batches = sa.Table(
    "batches", metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("closed", sa.Boolean, nullable=False),
)  # fmt: skip
outputs = sa.Table(
    "outputs", metadata,
    sa.Column("batch", sa.String(200), primary_key=True),
    sa.Column("path", sa.String(300), primary_key=True),
    sa.Column("sha", sa.String(64), nullable=False),
)  # fmt: skip


def state_of(engine: sa.Engine) -> State:
    """Every row of every table."""
    found: State = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            found[table.name] = {_key(table, row._mapping): dict(row._mapping) for row in rows}
    return found


def fill(engine: sa.Engine, state: State) -> None:
    """Let the tables hold these rows and no others."""
    with engine.begin() as connection:
        dialects.one_writer(connection)
        for table in metadata.sorted_tables:
            connection.execute(table.delete())
            if rows := list(state[table.name].values()):
                connection.execute(table.insert(), rows)


def _chained_part(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in row if name not in ("number", "before", "hash")}


def chained(before: str, content: dict[str, Any]) -> str:
    """The hash of an event's content after the hash of the one before it."""
    text = json.dumps([before, sorted(content.items())], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _key(table: sa.Table, row: Any) -> Any:
    return tuple(row[column.name] for column in table.primary_key.columns)


def folded(changes: Iterable[Change]) -> State:
    """What the tables hold after these changes, in the order of their keys."""
    found: State = {table.name: {} for table in metadata.sorted_tables}
    for name, row in changes:
        found[name][_key(metadata.tables[name], row)] = row
    return {name: dict(sorted(rows.items())) for name, rows in found.items()}


def as_changes(state: State) -> list[Change]:
    """The rows as changes that make them."""
    return [(name, row) for name, rows in state.items() for row in rows.values()]


def broken(rows: Iterable[Any]) -> int | None:
    """The number of the first event whose hash does not fit, or None."""
    before = FIRST
    for row in rows:
        if row["before"] != before or row["hash"] != chained(before, _chained_part(row)):
            return int(row["number"])
        before = row["hash"]
    return None
