"""Who holds a journal that other machines can reach: a row in its database, which must be renewed to stay.

The lock on the store (``lock``) can't be seen from another machine. A lease is over when its holder gives it back, or
when it was not renewed for half a minute: then the next one takes it, and the former can't commit any more. Times are
the database's own, never a machine's.
"""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from audit_kit.errors import AlreadyRunning, AuditKitError
from audit_kit.store import dialects

SECONDS = 30.0

_metadata = sa.MetaData()
_leases = sa.Table(
    "leases", _metadata,
    sa.Column("holder", sa.String(32), primary_key=True),
    sa.Column("machine", sa.String(200), nullable=False),
    sa.Column("store", sa.String(64), nullable=False),  # a hash of where it lies: the lock on it tells who is dead
    sa.Column("doing", sa.String(60), nullable=False),
    sa.Column("process", sa.Integer, nullable=False),
    sa.Column("since", sa.String(40), nullable=False),
    sa.Column("until", sa.String(40), nullable=False),
)  # fmt: skip
_claims = sa.Table(
    "claims", _metadata,
    sa.Column("sha", sa.String(64), primary_key=True),
    sa.Column("holder", sa.String(32), nullable=False),
)  # fmt: skip


@contextmanager
def held(url: str, store: Path, doing: str, seconds: float = SECONDS) -> Iterator[Lease | None]:
    """Hold the journal of this URL while something is done; nothing to hold when it is a file of this computer.

    AlreadyRunning says who holds it, where, since when and until when. AuditKitError when the server can't be reached.
    """
    if dialects.is_local(url):
        yield None
        return
    lease = Lease(url, store, doing, seconds)
    try:
        lease.take()
        with lease.renewed():
            yield lease
    finally:
        lease.close()


class Lease:
    """One holder of a journal."""

    def __init__(self, url: str, store: Path, doing: str, seconds: float = SECONDS) -> None:
        self.holder = secrets.token_hex(16)
        self._seconds, self._doing = seconds, doing
        self._store = hashlib.sha256(str(store.resolve()).encode()).hexdigest()
        self._engine = dialects.engine(url)

    def take(self, *, alone: bool = True) -> None:
        """Take the lease. ``alone``: AlreadyRunning while anybody else has one, AuditKitError without the server."""
        try:
            with self._engine.begin() as connection:
                dialects.one_writer(connection)
                _metadata.create_all(connection)
                now = _now(connection)
                for row in connection.execute(sa.select(_leases)):
                    # the lock on this store, which we have, shows that whoever had it here is dead
                    dead = row.until <= _text(now) or (row.machine, row.store) == (platform.node(), self._store)
                    if dead and alone:
                        connection.execute(_leases.delete().where(_leases.c.holder == row.holder))
                    elif alone:
                        raise _held_by(row)
                connection.execute(_leases.insert().values(**self._row(now)))
        except (OSError, sa.exc.SQLAlchemyError):
            raise AuditKitError(
                "The database server of the journal can't be reached, or does not let audit-kit in.",
                where="config.yaml, store → journal_url",
                not_happened="Nothing was taken from the inbox and nothing was written.",
                next_step="Ask IT whether the server runs and whether this account may use the database, and run the command again.",
            ) from None

    def _row(self, now: datetime) -> dict[str, object]:
        return {
            "holder": self.holder, "machine": platform.node()[:200], "store": self._store, "doing": self._doing[:60],
            "process": os.getpid(), "since": _text(now), "until": _text(now + timedelta(seconds=self._seconds)),
        }  # fmt: skip

    def renew(self) -> None:
        """Make it last from now on. AlreadyRunning when somebody else took it meanwhile."""
        with self._engine.begin() as connection:
            dialects.one_writer(connection)
            self.prove(connection)

    def prove(self, connection: sa.Connection) -> None:
        """Prove inside a transaction that the lease is still ours, and renew it. AlreadyRunning when it isn't."""
        until = _text(_now(connection) + timedelta(seconds=self._seconds))
        mine = _leases.c.holder == self.holder
        if connection.execute(_leases.update().where(mine).values(until=until)).rowcount == 0:
            other = connection.execute(sa.select(_leases)).first()
            raise _held_by(other)

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Renew it in the background, three times as often as need be."""
        done = threading.Event()

        def beat() -> None:
            while not done.wait(self._seconds / 3):
                # a server that is away is tried again; a lease that was lost shows in the next transaction
                with suppress(OSError, AlreadyRunning, sa.exc.SQLAlchemyError):
                    self.renew()

        heart = threading.Thread(target=beat, daemon=True)
        heart.start()
        try:
            yield
        finally:
            done.set()
            heart.join()

    def claim(self, shas: Iterable[str]) -> frozenset[str]:
        """Claim what nobody alive holds; all of these that are ours then. Rows that another just claims are passed over."""
        wanted = tuple(dict.fromkeys(shas))
        with self._engine.begin() as connection:
            dialects.one_claimer(connection)
            now = _text(_now(connection))
            alive = sa.select(_leases.c.holder).where(_leases.c.until > now)
            known = set(connection.scalars(sa.select(_claims.c.sha).where(_claims.c.sha.in_(wanted))))
            for sha in wanted:
                if sha not in known:
                    dialects.insert_if_absent(connection, _claims, {"sha": sha, "holder": ""})
            free = (
                sa.select(_claims.c.sha)
                .where(_claims.c.sha.in_(wanted), (_claims.c.holder == self.holder) | _claims.c.holder.not_in(alive))
                .with_for_update(skip_locked=True)
            )
            ours = frozenset(connection.scalars(free))
            connection.execute(_claims.update().where(_claims.c.sha.in_(ours)).values(holder=self.holder))
        return ours

    def close(self) -> None:
        """Give it back, so that the next one need not wait."""
        with suppress(OSError, sa.exc.SQLAlchemyError), self._engine.begin() as connection:
            connection.execute(_claims.delete().where(_claims.c.holder == self.holder))
            connection.execute(_leases.delete().where(_leases.c.holder == self.holder))
        self._engine.dispose()


def _now(connection: sa.Connection) -> datetime:
    """The database's own time."""
    at = connection.scalar(sa.select(sa.func.current_timestamp()))
    assert isinstance(at, datetime)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f")  # sorts as it runs


def _held_by(row: sa.Row[tuple[object, ...]] | None) -> AlreadyRunning:
    if row is None:
        who = "its lease was given back, or taken by another that has finished"
    else:
        since, until = (datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone() for at in (row.since, row.until))
        who = (
            f"audit-kit {row.doing} on {row.machine}, process {row.process}, since {since:%d %B, %H:%M}; unless it goes "
            f"on, its hold ends at {until:%H:%M:%S}"
        )
    return AlreadyRunning(
        f"Another audit-kit is at work on this journal ({who}).",
        not_happened="Nothing was done.",
        next_step="Wait until it has finished, or stop it there, and run the command again.",
    )
