"""Is the store whole? The chain of the journal, the originals against it, and the head that a letter shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from audit_kit.domain.progress import EventKind
from audit_kit.domain.retention import destroyed_items, purged_cases
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit

#: a head as papers show it; a number of twelve digits alone may be anything else
_HEAD = re.compile(r"(?<![0-9A-Za-z])(?=[0-9]*[a-f])[0-9a-f]{12}(?![0-9A-Za-z])")
_A_HEAD = re.compile(r"[0-9A-Fa-f]{8,64}")
_MOST_NAMED = 5


@dataclass(frozen=True)
class Verified:
    """What was found. ``problems`` are for a person at once; ``notes`` say what people took or changed."""

    events: int
    originals: int
    head: str
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def verify(kit: Kit, head: str = "") -> Verified:
    """Look at everything that can be looked at without a private key. ``head``: from a letter or report, to find.

    UsageProblem for a head that is none.
    """
    if head and not _A_HEAD.fullmatch(head.strip()):
        raise UsageProblem(
            "That is no head of the journal.",
            not_happened="Nothing was looked at.",
            next_step="Give the twelve letters and digits that the paper shows as its head, such as 3f9c04d1a2b7.",
        )
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
        problems.append(
            f"{len(lost)} received originals are neither filed nor waiting: {_short(sha[:8] for sha in lost)}"
        )
    if strange:
        problems.append(f"{len(strange)} filed originals were never received: {_short(sha[:8] for sha in strange)}")
    if papers := _papers_that_know_more(kit):
        problems.append(
            f"{_papers(papers)} in the outbox with a head that is not in the journal: its end was cut off, or they are "
            f"another store's ({_short(papers)})"
        )
    problems += [
        f"The filed original {sha[:8]} was changed: its sealed file is not as it was written"
        for sha in kit.vault.changed_originals()
    ]
    if misplaced := kit.vault.misplaced():
        problems.append(f"{len(misplaced)} sealed values are damaged, or lie under another's name: {_short(misplaced)}")
    for sha, (case, _) in kit.vault.originals().items():
        if case not in purged and not kit.vault.has_case_key(case):
            problems.append(f"The key of {case} is gone from the store, so {sha[:8]} can't be opened")
    return Verified(len(events), len(filed), kit.journal.head(), tuple(problems), tuple(_changed_papers(kit)))


def _short(words: Iterable[str]) -> str:
    first = sorted(words)
    return ", ".join(first[:_MOST_NAMED]) + (" ..." if len(first) > _MOST_NAMED else "")


def _papers_that_know_more(kit: Kit) -> list[str]:
    """Papers in the outbox that show a head which the journal lacks: what no look at the store alone can find out."""
    from audit_kit.office.package_texts import texts_of

    shown: dict[str, list[str]] = {}
    for file in sorted(kit.folders.outbox.rglob("*.docx")):
        path = file.relative_to(kit.folders.outbox).as_posix()
        texts = (placed.text for placed in texts_of(file.name, file.read_bytes()) if "attribute" not in placed.place)
        for head in {head for text in texts for head in _HEAD.findall(text)}:
            shown.setdefault(head, []).append(path)
    return sorted({path for head, paths in shown.items() if not kit.journal.knows_head(head) for path in paths})


def _changed_papers(kit: Kit) -> list[str]:
    """Papers of the outbox that people took away or changed: theirs to do, and worth knowing.

    A paper that several decisions wrote, such as a calendar, may be as any of them wrote it.
    """
    written: dict[str, set[str]] = {}
    for output in kit.journal.outputs():
        written.setdefault(output.path, set()).add(output.sha)
    gone, changed = [], []
    for path, shas in written.items():
        file = kit.folders.outbox / path
        if not file.is_file():
            gone.append(path)
        elif hashlib.sha256(file.read_bytes()).hexdigest() not in shas:
            changed.append(path)
    said = []
    if gone:
        said.append(f"{_papers(gone)} no longer in the outbox: sent and moved away, or withdrawn")
    if changed:
        said.append(f"{_papers(changed)} not as the kit wrote it: somebody worked in it ({_short(changed)})")
    return said


def _papers(paths: list[str]) -> str:
    return "1 paper is" if len(paths) == 1 else f"{len(paths)} papers are"
