"""The real command, traced: at every call that changes a file the process is killed, or the power goes, and it restarts.

What a disk would hold at that call is put together from the trace: all of it after a kill; after a power cut what was
synced, and of the rest none, all, half, zeros, or some (``disk_image``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from disk_image import Disk, Image, images, laid_out, laid_over, meaning
from mini import Mini
from mixed import Mixed, Outcome, emptied, files_below, what_is_wrong_at_once, what_is_wrong_in_the_end
from test_stopped_at_any_change import DiskThatStops, a_run
from traced import Traced, is_there, refused, traced
from worked_out_once import worked_out_once

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not is_there(), reason="strace is not installed, or may not trace here")


@dataclass(frozen=True)
class Cut:
    """How a restart finds the disk, and what had just been done."""

    number: int
    sort: str
    after: str
    image: Image

    def __str__(self) -> str:
        return f"{self.sort}, after call {self.number}: {self.after}"


@dataclass(frozen=True)
class Proof:
    """One traced run, and how the disk may be found at any of its calls; those that a restart can't tell apart once."""

    traced: Traced
    cuts: tuple[Cut, ...]
    looked_at: int
    last: Image


def proof_of(mixed: Mixed, folder: Path, program: Path = ROOT) -> Proof:
    return run_on(mixed.copied_to(folder / "run"), folder, program)


def run_on(mini: Mini, folder: Path, program: Path = ROOT) -> Proof:
    """The real command on this installation, traced; what the trace needs lies in ``folder``."""
    scratch = folder / "scratch"
    scratch.mkdir()
    before = Disk.of(mini.folder)
    ran = traced(mini.folder, program, folder / "trace")
    found: dict[int, Cut] = {}
    looked_at, last = 0, {}
    for number, sort, image in images(before, ran.changes):
        after = f"{ran.changes[number - 1].kind} {ran.changes[number - 1].path}" if number else "nothing"
        found.setdefault(meaning(image, scratch), Cut(number, sort, after, image))
        looked_at, last = looked_at + 1, image if sort == "killed" else last
    return Proof(ran, tuple(found.values()), looked_at, last)


@pytest.fixture(scope="module")
def proof(mixed: Mixed, in_memory: Path) -> Proof:
    folder = in_memory / "traced"
    folder.mkdir()
    return proof_of(mixed, folder)


def restarted(cut: Cut, folder: Path, *disks: DiskThatStops) -> Mini:
    """The real work, begun again on this disk; ``disks`` stop it before a last run is let go on."""
    laid_out(cut.image, emptied(folder))
    mini = Mini(folder)
    for disk in disks:
        a_run(mini, disk)
    mini.run()
    return mini


def wrong_at_once(proof: Proof, folder: Path, mixed: Mixed, unbroken: Outcome) -> Iterator[tuple[Cut, list[str]]]:
    before: Image = {}
    emptied(folder).mkdir()
    for cut in proof.cuts:
        laid_over(before, cut.image, folder)
        before = cut.image
        if wrong := what_is_wrong_at_once(folder, mixed, unbroken):
            yield cut, wrong


def test_the_model_of_the_disk_ends_as_the_real_one_does(proof, in_memory):
    real = dict(files_below(in_memory / "traced" / "run"))

    assert {path: data for path, data in proof.last.items() if data is not None} == real
    assert proof.traced.exit_code == 1  # a file needs a person
    assert len(proof.traced.changes) > 500


def test_no_file_is_made_or_changed_outside_the_kits_folders(proof):
    assert proof.traced.elsewhere == ()
    assert {change.path.split("/")[0] for change in proof.traced.changes} == {"inbox", "outbox", "store"}


def test_at_no_call_is_a_file_lost_or_torn_or_written_undecided(proof, mixed, unbroken, scratch):
    """All of the distinct disks, without restarting."""
    assert [(str(cut), wrong) for cut, wrong in wrong_at_once(proof, scratch / "cut", mixed, unbroken)] == []
    assert len(proof.cuts) > 150


SAMPLE = 5


@pytest.mark.parametrize("number", range(SAMPLE))
def test_a_restart_finishes_what_was_begun(proof, unbroken, scratch, number):
    cut = proof.cuts[(2 * number + 1) * len(proof.cuts) // (2 * SAMPLE)]

    assert what_is_wrong_in_the_end(restarted(cut, scratch / "cut"), unbroken) == [], cut


def test_also_when_the_restart_is_stopped_too(proof, unbroken, scratch):
    cut = proof.cuts[len(proof.cuts) // 3]

    assert what_is_wrong_in_the_end(restarted(cut, scratch / "cut", DiskThatStops(4)), unbroken) == [], cut


def recovery_after(cut: Cut, folder: Path) -> Proof:
    """The real command again on what a first stop left, traced as the first was: the power may go a second time."""
    laid_out(cut.image, folder / "run")
    return run_on(Mini(folder / "run"), folder)


def test_nor_does_a_power_cut_while_a_first_is_made_good_lose_or_double_anything(proof, mixed, unbroken, scratch):
    recovery = recovery_after(proof.cuts[len(proof.cuts) // 2], scratch)
    second = recovery.cuts[len(recovery.cuts) // 2]

    assert [(str(cut), wrong) for cut, wrong in wrong_at_once(recovery, scratch / "cut", mixed, unbroken)] == []
    assert what_is_wrong_in_the_end(restarted(second, scratch / "cut"), unbroken) == [], second


# --- the proof: every call -------------------------------------------------------------------------------------------

BLOCKS = 8  # each proof comes in so many parts, each spread over the whole run

blocks = pytest.mark.parametrize("block", range(BLOCKS))


@pytest.fixture
def once(monkeypatch) -> None:
    """What depends on its arguments alone is worked out once. For restarts: the real command knows nothing of it."""
    worked_out_once(monkeypatch)


@pytest.mark.proof
@blocks
def test_whatever_the_call_after_which_it_was_stopped(proof, unbroken, scratch, once, block):
    for cut in proof.cuts[block::BLOCKS]:
        assert what_is_wrong_in_the_end(restarted(cut, scratch / "cut"), unbroken) == [], cut


@pytest.mark.proof
@pytest.mark.parametrize("again_at", [2, 6, 15, 60, 200])
def test_whatever_the_call_and_the_restart_is_stopped_too(proof, unbroken, scratch, once, again_at):
    for cut in proof.cuts[again_at % 5 :: 5]:
        disk = DiskThatStops(again_at)
        assert what_is_wrong_in_the_end(restarted(cut, scratch / "cut", disk), unbroken) == [], cut


TWICE = 16  # first stops whose recovery is traced
RESTARTS = 25  # after each: second stops after which the work is begun once more


@pytest.mark.proof
@pytest.mark.parametrize("number", range(TWICE))
def test_whatever_the_calls_at_which_the_power_goes_twice(proof, mixed, unbroken, scratch, once, number):
    first = proof.cuts[(2 * number + 1) * len(proof.cuts) // (2 * TWICE)]
    recovery = recovery_after(first, scratch)
    print(f"{first}; then {recovery.looked_at} disks, of which a restart can tell {len(recovery.cuts)} apart")
    wrong = [(str(cut), wrong) for cut, wrong in wrong_at_once(recovery, scratch / "cut", mixed, unbroken)]
    assert wrong == [], first
    for second in recovery.cuts[:: max(1, len(recovery.cuts) // RESTARTS)]:
        wrong = what_is_wrong_in_the_end(restarted(second, scratch / "cut"), unbroken)
        assert wrong == [], (str(first), str(second))


# --- what the system refuses the database, which no disk of ours sees -----------------------------------------------


def refused_to_the_database(
    mixed: Mixed, unbroken: Outcome, scratch: Path, call: str, code: str, when: str
) -> list[str]:
    """The real command, whose database is refused this call, and then a run that is refused nothing."""
    mini = mixed.copied_to(emptied(scratch / "kit"))
    exit_code, said = refused(mini.folder, ROOT, call, code, when)
    wrong = [] if exit_code == 1 and "Traceback" not in said else [f"exit {exit_code}"]
    wrong += ["a fault of its own"] if "fault of its own" in said else []
    wrong += what_is_wrong_at_once(mini.folder, mixed, unbroken)
    mini.run()
    return wrong + what_is_wrong_in_the_end(mini, unbroken)


@pytest.mark.parametrize(
    ("call", "code", "when"), [("fdatasync", "EIO", "9"), ("pwrite64", "ENOSPC", "40"), ("pwrite64", "EIO", "25+")]
)
def test_what_the_database_is_refused_is_done_by_the_next_run(mixed, unbroken, scratch, call, code, when):
    assert refused_to_the_database(mixed, unbroken, scratch, call, code, when) == []


DATABASE_BLOCKS = 4


@pytest.mark.proof
@pytest.mark.parametrize("lasts", ["", "+"], ids=["once", "from then on"])
@pytest.mark.parametrize(("call", "kind", "code"), [("fdatasync", "sync", "EIO"), ("pwrite64", "write", "ENOSPC")])
@pytest.mark.parametrize("block", range(DATABASE_BLOCKS))
def test_whatever_the_database_is_refused(proof, mixed, unbroken, scratch, once, call, kind, code, lasts, block):
    calls = [change for change in proof.traced.changes if change.kind == kind and "journal.sqlite" in change.path]
    for number in range(1 + 3 * block, len(calls) + 1, 3 * DATABASE_BLOCKS):
        assert refused_to_the_database(mixed, unbroken, scratch, call, code, f"{number}{lasts}") == [], number
