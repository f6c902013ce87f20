"""Is the store whole? The chain of the journal, the originals against it, and the head that a letter shows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from audit_kit.domain.progress import EventKind
from audit_kit.domain.retention import destroyed_items, purged_cases
from audit_kit.kit import Kit


@dataclass(frozen=True)
class Verified:
    """What was found. ``problems`` are for a person at once; ``notes`` say what people took or changed."""

    events: int
    originals: int
    head: str
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def verify(kit: Kit, head: str = "") -> Verified:
    """Look at everything that can be looked at without a private key. ``head``: from a letter or report, to find."""
    problems: list[str] = []
    if kit.journal.mended:
        problems.append(f"The journal was put right just now. {kit.journal.mended.rstrip('.')}")
    broken = kit.journal.broken_at()
    if broken is not None:
        problems.append(f"The journal does not fit together from event {broken} on: a line was changed or removed")
    if head and not kit.journal.knows_head(head.strip().lower()):
        problems.append("The head that you gave is not in the journal: its end was cut off, or it is another store's")
    events = kit.journal.events()
    received = {event.item for event in events if event.kind is EventKind.RECEIVED}
    filed = {path.name.removesuffix(".age") for path in (kit.folders.store / "originals").rglob("*.age")}
    working = set(kit.vault.staged_shas())
    purged = purged_cases(events)
    destroyed = destroyed_items(
        events, (f"{session.ref}/{case.ref}" for session in kit.sessions() for case in session.cases)
    )
    lost, strange = received - filed - working - destroyed, filed - received
    if lost:
        problems.append(f"{len(lost)} received originals are neither filed nor waiting: {_short(lost)}")
    if strange:
        problems.append(f"{len(strange)} filed originals were never received: {_short(strange)}")
    for sha in kit.vault.changed_originals():
        problems.append(f"The filed original {sha[:8]} was changed: its sealed file is not as it was written")
    for sha, (case, _) in kit.vault.originals().items():
        if case not in purged and not kit.vault.has_case_key(case):
            problems.append(f"The key of {case} is gone from the store, so {sha[:8]} can't be opened")
    return Verified(len(events), len(filed), kit.journal.head(), tuple(problems), tuple(_changed_papers(kit)))


def _short(shas: set[str]) -> str:
    return ", ".join(sorted(sha[:8] for sha in shas)[:5]) + (" ..." if len(shas) > 5 else "")


def _changed_papers(kit: Kit) -> list[str]:
    """Papers of the outbox that people took away or changed: theirs to do, and worth knowing."""
    newest = {output.path: output.sha for output in kit.journal.outputs()}
    gone = changed = 0
    for path, sha in newest.items():
        file = kit.folders.outbox / path
        if not file.is_file():
            gone += 1
        elif hashlib.sha256(file.read_bytes()).hexdigest() != sha:
            changed += 1
    said = []
    if gone:
        said.append(f"{gone} papers are no longer in the outbox: sent and moved away, or withdrawn")
    if changed:
        said.append(f"{changed} papers in the outbox were changed since they were written, or written again")
    return said
