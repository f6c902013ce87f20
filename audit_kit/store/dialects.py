"""What differs between databases, in one place: how one is opened durably, proved whole and moved aside.

SQLite on a local disk is the default; PostgreSQL can take its place. The journal itself knows neither.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa


class Damaged(Exception):
    """The database's own check says that it is not whole."""


def engine(url: str) -> sa.Engine:
    """The database of this URL, so that a commit is durable when it returns."""
    made = sa.create_engine(url)
    if made.dialect.name == "sqlite":
        sa.event.listen(made, "connect", _durable_sqlite)
        sa.event.listen(made, "handle_error", _as_trouble_of_the_disk)
    return made


def one_writer(connection: sa.Connection) -> None:
    """Let one process at a time append to the chain; it waits until the other has committed."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(4711)"))


def prove_whole(made: sa.Engine) -> None:
    """Damaged when the database's own check finds something."""
    if made.dialect.name == "sqlite":
        with made.connect() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                raise Damaged


def move_aside(url: str) -> bool:
    """Move a database's files aside, so that nothing is lost to whoever looks into it. False for a server's."""
    made = sa.make_url(url)
    if made.get_backend_name() != "sqlite" or not made.database:
        return False
    path = Path(made.database)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(path.with_name(f"{path.name}.damaged-{stamp}{ending}"))
    return True


#: SQLite's codes for what the disk or the system would not do, and what that is called elsewhere
_REFUSED = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
}


def _as_trouble_of_the_disk(context: sa.ExceptionContext) -> OSError | None:
    """An OSError for a full, failing or read-only disk: nothing was wrong with the file that was being worked on."""
    code = getattr(context.original_exception, "sqlite_errorcode", None)
    refused = _REFUSED.get(code & 0xFF) if code is not None else None
    return OSError(refused, os.strerror(refused)) if refused is not None else None


def _durable_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # NORMAL: a power cut undoes commits that were acted upon
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA temp_store=MEMORY")  # no temporary file outside the store
