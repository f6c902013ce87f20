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
    made = sa.create_engine(url, pool_pre_ping=not is_local(url), hide_parameters=True)
    if made.dialect.name == "sqlite":
        sa.event.listen(made, "connect", _durable_sqlite)
        sa.event.listen(made, "handle_error", _as_trouble_of_the_disk)
    else:
        sa.event.listen(made, "handle_error", _as_trouble_of_the_network)
    return made


def one_writer(connection: sa.Connection) -> None:
    """Let one process at a time append to the chain; it waits until the other has committed."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(4711)"))


def one_claimer(connection: sa.Connection) -> None:
    """Let several claim work at a time where rows can be locked each by itself; else one after the other."""
    if is_local(connection.engine.url):
        one_writer(connection)


def insert_if_absent(connection: sa.Connection, table: sa.Table, row: dict[str, str]) -> None:
    """Insert a row unless another has just done so."""
    from sqlalchemy.dialects import postgresql, sqlite

    kind = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(kind.insert(table).values(**row).on_conflict_do_nothing())


def prove_whole(made: sa.Engine) -> None:
    """Damaged when the database's own check finds something."""
    if made.dialect.name == "sqlite":
        with made.connect() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                raise Damaged


def move_aside(made: sa.Engine, tables: sa.MetaData) -> None:
    """Move what a database holds aside, so that nothing is lost to whoever looks into it: files, or copies of tables."""
    made.dispose()
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    if is_local(made.url):
        path = Path(str(made.url.database))
        for ending in ("", "-wal", "-shm"):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.replace(path.with_name(f"{path.name}.damaged-{stamp}{ending}"))
        return
    with made.begin() as connection:
        there = sa.inspect(connection).get_table_names()
        for name in (table.name for table in tables.sorted_tables if table.name in there):
            connection.execute(sa.text(f'CREATE TABLE "{name}_damaged_{stamp}" AS SELECT * FROM "{name}"'))
        tables.drop_all(connection)


def fault_of(url: str) -> str:
    """Why this URL can't be the journal's, in words; "" when it can."""
    try:
        read = sa.make_url(url)
        if read.password:
            return "its URL holds a password, which would lie open in config.yaml"
        read.get_dialect().import_dbapi()
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ValueError):
        return "that is no URL of a database"
    except ImportError:
        return "the program for such a server is not installed"
    if read.get_backend_name() not in ("sqlite", "postgresql"):
        return "the kit was never tried with such a server"
    file = file_of(url)
    return "its file is not named with its whole path" if file is not None and not file.is_absolute() else ""


def file_of(url: str) -> Path | None:
    """The file that a database of this URL is; None for one on a server."""
    return Path(sa.make_url(url).database or "") if is_local(url) else None


def is_local(url: str | sa.URL) -> bool:
    """Whether the database is a file of this computer, which one process holds by the lock on its store."""
    return sa.make_url(url).get_backend_name() == "sqlite"


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


def _as_trouble_of_the_network(context: sa.ExceptionContext) -> OSError | None:
    """An OSError for a server that is away or went away: it is tried again, as a share would be."""
    away = not context.is_pre_ping and (context.is_disconnect or context.connection is None)
    return OSError(errno.ECONNABORTED, "the database server of the journal can't be reached") if away else None


def _durable_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # NORMAL: a power cut undoes commits that were acted upon
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA temp_store=MEMORY")  # no temporary file outside the store
