"""Rebuild the journal from what lies beside the sealed originals."""

from __future__ import annotations

from pathlib import Path

from audit_kit.config import load
from audit_kit.errors import AuditKitError
from audit_kit.places import folders_for, journal_url
from audit_kit.store import dialects, lease, lock, tables
from audit_kit.store.disk import Disk
from audit_kit.store.journal import Journal
from audit_kit.store.ledger import Ledger


def rebuild(config_file: Path) -> str:
    """Make the database anew from the sealed store alone; what it held is moved aside.

    AuditKitError when the line of events, from which it is made, is gone or was changed: the database stays as it is.
    """
    config = load(config_file)
    folders = folders_for(config_file, config)
    url = journal_url(folders, config)
    with lock.held(folders.store, "rebuild"), lease.held(url, folders.store, "rebuild") as held:
        ledger = Ledger(folders.store / "originals" / "events.jsonl", Disk())
        reading = ledger.read()
        if not (reading.whole and reading.changes):
            raise AuditKitError(
                "The line of events beside the sealed originals is missing or was changed.",
                not_happened="The database was left as it is.",
                next_step="Restore the newest backup.",
            )
        engine = dialects.engine(url)
        dialects.move_aside(engine, tables.metadata)
        engine.dispose()
        journal = Journal(url, ledger=ledger, lease=held)
        try:
            return f"The journal was rebuilt: {len(journal.events())} events, head {journal.head()[:12]}."
        finally:
            journal.close()
