"""The journal's database and the line of events beside the sealed originals are made to agree.

Each change stands in the line before the database commits it. What one of them lost or has damaged comes back from the
other; when neither is whole, nothing is guessed.
"""

from __future__ import annotations

import sqlalchemy as sa

from audit_kit.errors import AuditKitError
from audit_kit.store import dialects, tables
from audit_kit.store.ledger import Ledger


def begin_anew(engine: sa.Engine, ledger: Ledger | None) -> str:
    """Move a damaged database aside and make an empty one, for ``agree`` to fill; says so.

    AuditKitError when nothing could fill it again: it is then left as it is.
    """
    reading = ledger.read() if ledger is not None else None
    if reading is None or not (reading.whole and reading.changes):
        raise _damaged()
    _move_aside(engine)
    return "Its database was damaged: it was moved aside, and the journal rebuilt from the sealed store."


def agree(engine: sa.Engine, ledger: Ledger) -> str:
    """Compare the two row for row and put right the one that lacks something; says what was done, "" when nothing was.

    AuditKitError when neither is whole.
    """
    reading = ledger.read()
    there = tables.folded(reading.changes)
    try:
        here = tables.state_of(engine)
    except sa.exc.DatabaseError:
        here = {}
    if reading.whole and here == there:
        return ""
    mine, theirs = list(here.get("events", {}).values()), list(there["events"].values())
    whole = bool(here) and tables.broken(mine) is None
    if whole and mine[: len(theirs)] == theirs and (len(mine) > len(theirs) or not reading.whole):
        ledger.replace(tables.as_changes(here))
        lost = theirs or not reading.whole
        return "The line of events beside the sealed originals was cut or changed: it was written anew." if lost else ""
    if not reading.whole or tables.broken(theirs) is not None:
        raise _damaged()
    said = ""
    older = whole and theirs[: len(mine)] == mine
    if not older:
        _move_aside(engine)
        said = "A line of it was changed or removed: it was moved aside, and rebuilt from the sealed store."
    elif len(mine) < len(theirs):
        said = "The sealed store was newer: what the database lacked was added to it."
    elif here != tables.folded(reading.changes[: len(reading.changes) - reading.last]):
        said = "Rows of it were changed or removed: they were put right from the sealed store."
    tables.fill(engine, there)
    return said


def _move_aside(engine: sa.Engine) -> None:
    dialects.move_aside(engine, tables.metadata)
    tables.metadata.create_all(engine)


def _damaged() -> AuditKitError:
    return AuditKitError(
        "The journal can't be read: its database is damaged, or not audit-kit's.",
        not_happened="Nothing was taken from the inbox and nothing was written.",
        next_step="Put it back from the newest backup, and run audit-kit verify.",
    )
