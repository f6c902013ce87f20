"""Rebuild the journal from what lies beside the sealed originals."""

from __future__ import annotations

from pathlib import Path

from audit_kit.config import load
from audit_kit.errors import AuditKitError
from audit_kit.kit import folders_for
from audit_kit.store import dialects, lock
from audit_kit.store.disk import Disk
from audit_kit.store.journal import Journal
from audit_kit.store.ledger import Ledger


def rebuild(config_file: Path) -> str:
    """Make the database anew from the sealed store alone; the one that was there is moved aside."""
    store = folders_for(config_file, load(config_file)).store
    with lock.held(store, "rebuild"):
        ledger = Ledger(store / "originals" / "events.jsonl", Disk())
        reading = ledger.read()
        if not (reading.whole and reading.changes):
            raise AuditKitError(
                "The line of events beside the sealed originals is missing or was changed.",
                not_happened="The database was left as it is.",
                next_step="Restore the newest backup.",
            )
        url = f"sqlite:///{store / 'journal.sqlite'}"
        dialects.move_aside(url)
        journal = Journal(url, ledger=ledger)
        try:
            return f"The journal was rebuilt: {len(journal.events())} events, head {journal.head()[:12]}."
        finally:
            journal.close()
