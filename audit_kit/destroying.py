"""What a purge destroys: everything sealed about a case, and with a session's last case what names several families.

It was decided and journalled before; this carries it out. Done, or done again; never half.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit_kit.domain import retention
from audit_kit.domain.outputs import RESTRICTED
from audit_kit.domain.references import session_papers
from audit_kit.domain.session import AuditSession
from audit_kit.store.vault import Vault

if TYPE_CHECKING:
    from audit_kit.store.journal import Journal

PURGE = "purge:"  # how the batch begins that destroys a case; the case follows
PURGE_ITEM = "purge-item:"  # and the one that destroys a received content of no case; its SHA-256 follows

#: what stays of a session that is past its time: which cases and agencies there were, and which questions were asked
_OF_THE_SESSION = ("sessions", "themes", "signed-off", "keys")


def destroy(batch: str, vault: Vault, journal: Journal, outbox: Path, withdraw: Callable[[str], None]) -> bool:
    """Destroy what this batch is about; whether all of it is gone.

    ``withdraw`` takes a paper out of the outbox, unless it is open in Word or Excel: then something is left.
    """
    if batch.startswith(PURGE_ITEM):
        vault.destroy_received(batch.removeprefix(PURGE_ITEM))
        return True
    case = batch.removeprefix(PURGE)
    ref, _, of_session = case.partition("/")
    vault.destroy_case(case)
    session, events = vault.get(f"sessions/{ref}", AuditSession), journal.events()
    planned = [f"{ref}/{one.ref}" for one in session.cases] if session else []
    whole = ref in retention.purged_sessions(events, planned)
    for sha in sorted(retention.destroyed_items(events, planned)):
        vault.destroy_received(sha)
    for note in sorted(retention.destroyed_notes(events)):
        vault.remove(f"notes/{note}")
    if session:
        left = tuple(one for one in session.engagement if one.case != of_session)
        vault.put(f"sessions/{ref}", replace(session, engagement=left), AuditSession)
    stem = f"{ref}_" if whole else f"{ref}_{of_session}_"
    vault.destroy_papers(lambda path: path.rpartition("/")[2].startswith(stem))
    if whole:
        vault.destroy_case(session_papers(ref))
    # texts of several cases together: the last report's, marked engagement forms. With the last case the passwords, too
    vault.destroy_of_session(ref, keeping=_OF_THE_SESSION if whole else (*_OF_THE_SESSION, "passwords"))
    papers = sorted(outbox.rglob(f"{RESTRICTED}/{stem}*"))
    for path in papers:
        withdraw(path.relative_to(outbox).as_posix())
    return not any(path.exists() for path in papers)
