"""A kill at any point loses nothing and doubles nothing: keep, record, clear, act, close, every step repeatable.

For each step that changes something, in turn: the run stops there, what was being written is torn, the
installation is opened again and finishes. What must hold then is the same every time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from builders import FixedClock, Installation, an_installation

from audit_kit.acts.inbox import Pass, receive_arrivals
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.register import CaseRegister
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit, opened
from audit_kit.store.disk import PART, Disk
from audit_kit.store.inbox_mark import NAME as MARK
from audit_kit.store.keys import INTAKE


class Crash(BaseException):
    """The process is killed here. No ``except Exception`` catches it, as none catches a kill."""


class CrashingDisk(Disk):
    """A disk that stops the run at its n-th step. With 0 it only counts."""

    def __init__(self, at: int = 0) -> None:
        super().__init__()
        self.at, self.steps = at, 0

    def about_to(self, step: str) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise Crash(step)


RETURNS = {"H3 return.xlsx": b"first return", "another name.xlsx": b"second return", "copy (1).xlsx": b"first return"}
SHAS = sorted({hashlib.sha256(data).hexdigest() for data in RETURNS.values()})


def papers_for(sha: str) -> tuple[Output, ...]:
    return (
        Output(f"agencies/MPS/{sha[:8]}_letter.docx", f"letter about {sha}".encode() * 500),
        Output(f"urgent/{sha[:8]}_notice.docx", f"notice about {sha}".encode() * 500),
    )


PAPERS = {paper.path: paper.data for sha in SHAS for paper in papers_for(sha)}


def one_run(installation: Installation, clock: FixedClock, disk: Disk) -> None:
    """What one pass does for each return, with papers of our own: received, decided, filed, written, closed."""
    with opened(installation.config, clock, "process", disk) as kit:  # type: ignore[arg-type]
        kit.inbox.settled(clock.monotonic())
        clock.move(5)
        receive_arrivals(kit, Pass())
        for item in kit.journal.open_items():
            event = kit.event(EventKind.WITH_REVIEWER, "2026-A2-NEG", "H3", "MPS", item=item.sha)
            kit.journal.tried(item.sha)
            kit.vault.file_original(item.sha)
            kit.carry_out(f"item:{item.sha}:{item.tries + 1}", [event], papers_for(item.sha), closes_item=item.sha)
            kit.vault.unstage(item.sha)


@pytest.fixture(scope="module")
def in_memory() -> Iterator[Path]:
    """A folder in memory where there is one: a hundred runs sync four thousand times."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def fresh(in_memory) -> Installation:
    """An installation with three returns in its inbox, two of them the same."""
    installation = an_installation(in_memory / "fresh")
    for name, data in RETURNS.items():
        (installation.inbox / name).write_bytes(data)
    return installation


@pytest.fixture
def restored(fresh, in_memory) -> Iterator[Callable[[int], Installation]]:
    """A fresh copy of it for each number."""
    with tempfile.TemporaryDirectory(dir=in_memory) as folder:
        yield lambda number: fresh.copied_to(Path(folder) / f"step{number}")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def tear_what_was_being_written(installation: Installation) -> None:
    for part in installation.folder.rglob(f"*{PART}"):
        part.write_bytes(part.read_bytes()[: part.stat().st_size // 2])


def what_is_wrong_at_once(installation: Installation) -> list[str]:
    """What must hold even before anything is opened again."""
    wrong = []
    torn = [
        name for name, data in files_in(installation.outbox).items() if not name.endswith(PART) and data != PAPERS[name]
    ]
    wrong += [f"{name} lies torn under its final name" for name in torn]
    in_inbox = {hashlib.sha256(data).hexdigest() for data in files_in(installation.inbox).values()}
    kept = {path.stem for path in (installation.store / "work").glob("*.age")} | {
        path.stem for path in (installation.store / "originals").rglob("*.age")
    }
    wrong += [f"{sha[:8]} is neither in the inbox nor in the store" for sha in SHAS if sha not in in_inbox | kept]
    recorded = {row[0] for row in rows(installation, "SELECT sha FROM items")}
    wrong += [f"{sha[:8]} left the inbox unrecorded" for sha in SHAS if sha not in in_inbox | recorded]
    decided = {row[0] for row in rows(installation, "SELECT item FROM events WHERE kind = 'with the reviewer'")}
    papers = {paper.path for sha in decided for paper in papers_for(sha)}
    written = set(files_in(installation.outbox)) - {
        name for name in files_in(installation.outbox) if name.endswith(PART)
    }
    wrong += [f"{name} was written undecided" for name in written - papers]
    return wrong


def what_is_wrong_in_the_end(installation: Installation) -> list[str]:
    """What must hold after one clean run."""
    wrong = []
    if files_in(installation.inbox).keys() - {MARK}:
        wrong.append("the inbox is not empty")
    if files_in(installation.outbox) != PAPERS:
        wrong.append("the outbox does not hold each paper, whole, and nothing else")
    wrong += [f"{name} was left behind" for name in files_in(installation.folder) if name.endswith(".part")]
    for folder in ("work", "prepared"):
        wrong += [f"{name} was left in {folder}" for name in files_in(installation.store / folder)]
    for kind in (EventKind.RECEIVED, EventKind.WITH_REVIEWER):
        found = sorted(row[0] for row in rows(installation, f"SELECT item FROM events WHERE kind = '{kind}'"))
        if found != SHAS:
            wrong.append(f"{kind} is journalled {len(found)} times for {len(SHAS)} returns")
    if rows(installation, "SELECT id FROM batches WHERE NOT closed"):
        wrong.append("a batch is open")
    if rows(installation, "SELECT sha FROM items WHERE open"):
        wrong.append("an item is open")
    return wrong


def unopened_originals(installation: Installation) -> list[str]:
    """Originals that the escrow's key does not give back, byte for byte."""
    with opened(installation.config, FixedClock(), "look") as kit:  # type: ignore[arg-type]
        return [
            sha for sha in SHAS
            if hashlib.sha256(
                kit.vault._keys.open_with(INTAKE, kit.vault.original(sha).read_bytes(), installation.escrow.private)
            ).hexdigest() != sha
        ]  # fmt: skip


def chain_is_broken_at(installation: Installation) -> int | None:
    with opened(installation.config, FixedClock(), "look") as kit:  # type: ignore[arg-type]
        return kit.journal.broken_at()


def rows(installation: Installation, query: str) -> list[tuple]:
    if not (installation.store / "journal.sqlite").exists():
        return []
    engine = sa.create_engine(f"sqlite:///{installation.store / 'journal.sqlite'}")
    with engine.connect() as connection:
        known = {row[0] for row in connection.execute(sa.text("SELECT name FROM sqlite_master"))}
        found = [tuple(row) for row in connection.execute(sa.text(query))] if "events" in known else []
    engine.dispose()
    return found


def steps_of_a_whole_run(installation: Installation) -> int:
    counting = CrashingDisk()
    one_run(installation, FixedClock(), counting)
    return counting.steps


def test_a_run_that_nothing_stops_leaves_everything_in_its_place(restored):
    installation = restored(0)

    one_run(installation, FixedClock(), Disk())

    assert what_is_wrong_at_once(installation) == []
    assert what_is_wrong_in_the_end(installation) == []
    assert unopened_originals(installation) == []
    assert chain_is_broken_at(installation) is None


def test_a_kill_at_any_step_loses_nothing_and_doubles_nothing(restored):
    wrong = []
    steps = steps_of_a_whole_run(restored(0))
    for step in range(1, steps + 1):
        installation, clock = restored(step), FixedClock()
        with pytest.raises(Crash) as crash:
            one_run(installation, clock, CrashingDisk(step))
        found = what_is_wrong_at_once(installation)
        tear_what_was_being_written(installation)

        clock.move(3600)
        one_run(installation, clock, Disk())

        found += what_is_wrong_in_the_end(installation)
        wrong += [f"stopped before step {step} ({crash.value}): {one}" for one in found]

    assert steps > 70
    assert wrong == []


@pytest.mark.parametrize("first", [12, 30, 55])
def test_nor_does_a_second_kill_while_the_first_is_made_good(restored, first):
    wrong = []
    for second in range(1, 100, 7):
        installation, clock = restored(second), FixedClock()
        with pytest.raises(Crash):
            one_run(installation, clock, CrashingDisk(first))
        tear_what_was_being_written(installation)
        clock.move(3600)
        with contextlib.suppress(Crash):  # near the end there may be nothing left to stop
            one_run(installation, clock, CrashingDisk(second))
        tear_what_was_being_written(installation)
        clock.move(3600)

        one_run(installation, clock, Disk())

        wrong += [f"stopped at {first} and {second}: {one}" for one in what_is_wrong_in_the_end(installation)]

    assert wrong == []


def test_what_was_filed_before_a_kill_can_be_opened_with_the_escrow_key(restored):
    installation, clock = restored(1), FixedClock()
    with pytest.raises(Crash):
        one_run(installation, clock, CrashingDisk(60))
    clock.move(3600)

    one_run(installation, clock, Disk())

    assert unopened_originals(installation) == []
    assert chain_is_broken_at(installation) is None


# --- batches that were decided and not finished -----------------------------------------------------------


@pytest.fixture
def stopped(installation, clock) -> Installation:
    """An installation whose last run decided a batch and was killed before its papers were written."""

    class StopsAfterDeciding(Disk):
        def about_to(self, step: str) -> None:
            if step == "after: decide a batch":
                raise Crash

    with pytest.raises(Crash), opened(installation.config, clock, "issue", StopsAfterDeciding()) as kit:
        kit.carry_out("issue:1", [kit.event(EventKind.ISSUED)], [Output("agencies/MPS/tool.xlsx", b"a tool")])
    return installation


def test_the_next_command_writes_what_was_decided_before_it_does_anything_else(stopped, clock):
    assert files_in(stopped.outbox) == {}

    with opened(stopped.config, clock, "status"):
        assert files_in(stopped.outbox) == {"agencies/MPS/tool.xlsx": b"a tool"}


def test_a_batch_that_was_decided_is_not_decided_again_with_other_papers(stopped, clock):
    with opened(stopped.config, clock, "issue") as kit:
        kit.carry_out("issue:1", [kit.event(EventKind.ISSUED)], [Output("agencies/MPS/tool.xlsx", b"another")])

        assert files_in(stopped.outbox) == {"agencies/MPS/tool.xlsx": b"a tool"}
        assert len(kit.journal.events()) == 1


def test_papers_that_are_gone_from_the_store_are_told_never_forgotten(stopped, clock):
    for prepared in (stopped.store / "prepared").iterdir():
        prepared.unlink()

    for _ in range(2):
        with pytest.raises(AuditKitError, match="decided to write papers"), opened(stopped.config, clock, "status"):
            pass


def test_a_return_that_waits_for_a_person_keeps_its_working_copy(installation, clock):
    with opened(installation.config, clock, "process") as kit:
        sha = kit.vault.stage(b"a return with a doubtful word")
        kit.journal.received(sha, clock.now(), rehearsal=False)
        kit.vault.file_original(sha)
        kit.carry_out("item:1", [kit.event(EventKind.SET_ASIDE, item=sha)], closes_item=sha)
        kit.carry_out("duplicate:1", [kit.event(EventKind.DUPLICATE, item=sha)])

    with opened(installation.config, clock, "process") as kit:
        assert kit.vault.staged(sha) == b"a return with a doubtful word"


def test_an_opening_of_the_register_is_journalled_though_the_run_stops_right_after(installation, clock):
    with contextlib.suppress(Crash), opened(installation.config, clock, "process") as kit:
        kit.vault.put("register/2026-A2-NEG/H1", CaseRegister("H1"), CaseRegister)
        kit.register_of("2026-A2-NEG", "H1", "anonymise")
        raise Crash

    with opened(installation.config, clock, "process") as kit:
        (event,) = kit.journal.events()
        assert (event.kind, event.case, event.code("why")) == (EventKind.REGISTER_OPENED, "H1", "anonymise")


def test_nothing_that_a_person_or_another_program_left_is_removed(installation, clock):
    (installation.outbox / "somebody.part").write_bytes(b"theirs")

    with opened(installation.config, clock, "status"):
        pass

    assert (installation.outbox / "somebody.part").read_bytes() == b"theirs"


def test_the_kit_that_is_opened_is_the_one_of_the_configuration_file(installation, clock, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    with opened(installation.config, clock, "status") as kit:
        assert isinstance(kit, Kit)
        assert kit.folders.store == installation.store.resolve()
