"""A mixed inbox, and what must hold of it: at once after a stop, and once a whole run has followed.

The invariants: every content that came is kept, readable with the escrow's key, byte for byte (I1); it is one item with
one decision (I2); no final name holds a torn file and no part file is left (I3); a concern is escalated, once (I4);
the chain verifies (I5); nothing in the store is plain (I6); the journal's rows come back from the sealed store alone
(I8); what was decided is what an unbroken run decides (I9). That no file is made outside (I7), the traced run shows.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from everywhere import files_below
from mini import RETURNED, SESSION, Mini, a_copy_of

from audit_kit import process
from audit_kit.acts import overview
from audit_kit.domain.progress import EventKind
from audit_kit.errors import UsageProblem
from audit_kit.store.disk import PART
from audit_kit.store.inbox_mark import NAME as MARK
from audit_kit.store.keys import unseal

#: events that may come once more after a stop: they say what was opened, or that a file lay there again
_MAY_REPEAT = (EventKind.REGISTER_OPENED, EventKind.DUPLICATE)
_SEALED = b"age-encryption.org/v1"
#: what the store holds besides sealed values: journal, its lines, digests, locks, public halves of keys, the inbox's mark, which content is at hand
_OPEN_IN_THE_STORE = (
    "journal.sqlite",
    "events.jsonl",
    "sealed.sha256",
    "lock",
    "lock.json",
    ".pub",
    "inbox.mark",
    "at-hand",
)


@dataclass(frozen=True)
class Outcome:
    """What a run leaves behind, without what must differ: times, and bytes that are sealed anew each time."""

    events: Counter[tuple[object, ...]]
    items: frozenset[tuple[object, ...]]
    states: tuple[tuple[str, str, int], ...]
    papers: frozenset[str]
    worked_out: frozenset[str]  # papers that no decision wrote: tracker, status page, registers, review workbooks
    originals: frozenset[str]
    working: frozenset[str]  # what waits for a person, and is read again


@dataclass(frozen=True)
class Mixed:
    """An installation whose inbox holds files of every sort; ``papers`` lay in the outbox before."""

    mini: Mini
    contents: frozenset[str]
    papers: dict[str, bytes]

    def copied_to(self, folder: Path) -> Mini:
        return a_copy_of(self.mini, folder)


def a_mixed_inbox(mini: Mini) -> Mixed:
    """New, the same again, saved anew by another program, a second version, incomplete with a concern, hostile, no return."""
    good = mini.returned("H1", "GP")
    mini.drop("a.xlsx", good)
    mini.drop("a (1).xlsx", good)
    mini.drop("a - saved by another program.xlsx", packed_anew(good))
    mini.drop(
        "b.xlsx", mini.returned("H1", "GP", {"N3.evidence": f"{mini.good('H1', 'GP')['N3.evidence']} Seen again."})
    )
    mini.drop("c.xlsx", mini.returned("H2", "GP", {"concern.any.answer": "Yes", "N3.evidence": None}))
    mini.drop("d.xlsx", packed_anew(good, {"xl/vbaProject.bin": bytes(64)}))
    mini.drop("e.xlsx", b"%PDF-1.7" + bytes(2000))
    contents = frozenset(sha_of(data) for path, data in files_below(mini.inbox) if path != MARK)
    return Mixed(mini, contents, dict(files_below(mini.outbox)))


def packed_anew(data: bytes, more: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The same parts in another package, as another program saves them, with ``more`` parts."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in {**{name: old.read(name) for name in old.namelist()}, **more}.items():
            new.writestr(name, content)
    return stream.getvalue()


def sha_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- once a whole run has followed ---------------------------------------------------------------------------------


def outcome_of(mini: Mini) -> Outcome:
    with mini.on(RETURNED) as kit:
        assert kit.journal.open_batches() == ()
        rows, events = kit.journal.rows(), kit.journal.events()
        assert process.verify(kit).problems == ()
        assert overview.is_current(kit)
        states = kit.progress(SESSION)
        decided = _by_path((output.path, output.sha) for output in kit.journal.outputs())
        working = kit.vault.staged_shas()
    there = dict(files_below(mini.outbox))
    torn = [path for path, data in there.items() if path in decided and sha_of(data) not in decided[path]]
    assert torn == [], torn
    return Outcome(
        Counter(
            (one.kind, one.session, one.case, one.agency, one.round, one.item, one.codes)
            for one in events
            if one.kind not in _MAY_REPEAT
        ),
        frozenset((row["sha"], row["open"], row["turn"]) for row in rows["items"]),
        tuple((str(ref), progress.state.value, progress.round) for ref, progress in states.items()),
        frozenset(there),
        frozenset(there) - frozenset(decided),
        frozenset(sha_of(data) for data in originals(mini.folder)),
        frozenset(working),
    )


def what_is_wrong_in_the_end(mini: Mini, unbroken: Outcome) -> list[str]:
    """What must hold after one clean run, whatever stopped those before it."""
    now = outcome_of(mini)
    wrong = [
        f"{name} differ: {_difference(getattr(now, name), getattr(unbroken, name))}"
        for name in Outcome.__dataclass_fields__
        if getattr(now, name) != getattr(unbroken, name)
    ]
    wrong += [f"{path} was left behind" for path, _ in files_below(mini.folder) if path.endswith(PART)]
    wrong += ["a file is left in the inbox" for path, _ in files_below(mini.inbox) if path != MARK]
    wrong += [f"{path} is left over" for path, _ in files_below(mini.store / "prepared")]
    return wrong + plain_in_the_store(mini.folder)


def rows_rebuilt_from_the_sealed_store_alone(mini: Mini) -> tuple[object, object]:
    """The journal's rows as they are, and as they come back when the database is gone."""
    found = []
    for _ in range(2):
        with mini.on(RETURNED) as kit:
            found.append(kit.journal.rows())
        for path in mini.store.glob("journal.sqlite*"):
            path.unlink()
    return found[0], found[1]


def _difference(now: object, before: object) -> object:
    if isinstance(now, Counter) and isinstance(before, Counter):
        return {"more": dict(now - before), "less": dict(before - now)}
    return {"more": set(now) - set(before), "less": set(before) - set(now)}  # type: ignore[call-overload]


# --- at once, before anything is opened again ----------------------------------------------------------------------


def what_is_wrong_at_once(folder: Path, mixed: Mixed, unbroken: Outcome) -> list[str]:
    """What must hold of the files as a stop left them. Reads them only, and needs no database."""
    kept = {sha_of(data) for _, data in files_below(folder / "inbox")}
    if not mixed.contents <= kept:  # unsealing takes longer than looking
        kept |= in_the_store(folder)
    wrong = [f"{sha[:8]} is neither in the inbox nor in the store" for sha in mixed.contents - kept]
    journal = _journal_of(folder / "store" / "originals" / "events.jsonl")
    in_inbox = {sha_of(data) for _, data in files_below(folder / "inbox")}
    wrong += [f"{sha[:8]} left the inbox unrecorded" for sha in mixed.contents - in_inbox - set(journal["items"])]
    wrong += _unfinished(folder, journal)
    decided = _by_path((row["path"], row["sha"]) for row in journal["outputs"].values())
    for path, data in files_below(folder / "outbox"):
        if path.endswith(PART) or mixed.papers.get(path) == data:
            continue
        if path in unbroken.worked_out:
            wrong += [] if _is_whole(path, data) else [f"{path} lies torn under its final name"]
        elif path not in decided:
            wrong.append(f"{path} was written undecided")
        elif sha_of(data) not in decided[path]:
            wrong.append(f"{path} lies torn under its final name")
    return wrong + plain_in_the_store(folder)


def in_the_store(folder: Path) -> set[str]:
    """Every content that can be opened again: by the service while it is worked on, by the escrow once it is filed."""
    return {*_staged(folder), *(sha_of(data) for data in originals(folder))}


def _staged(folder: Path) -> Iterator[str]:
    service = (folder / "service.key").read_text().strip()
    for path in (folder / "store" / "work").glob("*.age"):
        with contextlib.suppress(UsageProblem):  # torn: then it does not count as kept
            yield sha_of(unseal(path.read_bytes(), service))


def originals(folder: Path) -> Iterator[bytes]:
    """Every original in the archive, opened with the escrow's key alone. A torn one is left out."""
    # wherever set-up put it: 0.3.0 put it beside the Board's (tests/faults/test_upgraded_at_work.py)
    escrow = next((folder / "keys").rglob("escrow.key")).read_text().strip()
    store = folder / "store"
    for path in (store / "originals").rglob("*.age"):
        sealed_key = store / "keys" / f"{path.parent.relative_to(store / 'originals')}.key.age"
        with contextlib.suppress(UsageProblem, FileNotFoundError):
            yield _opened(path.read_bytes(), sealed_key.read_bytes(), escrow)


@lru_cache(maxsize=256)
def _opened(sealed: bytes, sealed_key: bytes, escrow: str) -> bytes:
    return unseal(sealed, unseal(sealed_key, escrow).decode())


def _journal_of(lines: Path) -> dict[str, dict[str, dict[str, str]]]:
    """Items, batches and outputs by their keys, from the whole lines beside the originals."""
    found: dict[str, dict[str, dict[str, str]]] = {"items": {}, "batches": {}, "outputs": {}, "events": {}}
    for line in lines.read_bytes().splitlines(keepends=True):
        try:
            changes = json.loads(line)["changes"]
        except ValueError:  # a torn end: what follows it was never committed
            return found
        for table, row in changes:
            key = {"items": "sha", "batches": "id", "events": "hash"}.get(table)
            found[table][row[key] if key else f"{row['batch']}:{row['path']}"] = row
    return found


def _unfinished(folder: Path, journal: dict[str, dict[str, dict[str, str]]]) -> Iterator[str]:
    """Decisions whose papers are neither in their places nor kept to be written."""
    for row in journal["outputs"].values():
        if (folder / "outbox" / row["path"]).exists():
            continue
        if journal["batches"][row["batch"]]["closed"]:
            yield f"{row['path']} is not there, though its decision is closed"
        elif not (folder / "store" / "prepared" / f"{sha_of(row['batch'].encode())}.age").exists():
            yield f"{row['path']} was decided and can't be written"


def _by_path(papers: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Every content that was decided for a place: a calendar is written anew by each decision that moves a date."""
    found: dict[str, set[str]] = {}
    for path, sha in papers:
        found.setdefault(path, set()).add(sha)
    return found


def _is_whole(path: str, data: bytes) -> bool:
    if path.endswith(".html"):
        return data.rstrip().endswith(b"</html>")
    with contextlib.suppress(zipfile.BadZipFile, zlib.error):
        return not data.startswith(b"PK") or zipfile.ZipFile(BytesIO(data)).testzip() is None
    return False


def plain_in_the_store(folder: Path) -> list[str]:
    """Files of the store that are not sealed, and hold neither codes nor hashes alone."""
    return [
        f"store/{path} is not sealed"
        for path, data in files_below(folder / "store")
        if "journal.sqlite" not in path
        and not path.removesuffix(PART).endswith(_OPEN_IN_THE_STORE)
        and not (_is_torn_seal(data) if path.endswith(PART) else data.startswith(_SEALED))
    ]


def _is_torn_seal(data: bytes) -> bool:
    """Whether this may be left of a sealed file: its beginning, or nothing where that was."""
    return data.startswith((_SEALED, b"\0")) or _SEALED.startswith(data)


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder
