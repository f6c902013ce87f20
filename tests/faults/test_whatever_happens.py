"""Whatever happens to the inbox, the disk, the clock and the program, in whatever order: nothing is lost or done twice.

A machine of rules drops, grows, renames, deletes and copies files, drops them while a pass is running, swaps the
configuration, moves the clock, fills the disk, kills a pass at any change, and damages the database. After each of these
every content that ever lay whole in the inbox is still there or in the store; after a whole pass all of it is in the store,
decided once.
"""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from builders import FixedClock
from everywhere import files_below
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from mini import RETURNED, Mini, a_copy_of, a_session_being_audited
from mixed import MARK, in_the_store, packed_anew, plain_in_the_store, rows_rebuilt_from_the_sealed_store_alone, sha_of
from test_stopped_at_any_change import DiskThatStops, Killed, killed, refused
from worked_out_once import worked_out_once

from audit_kit import process
from audit_kit.domain.progress import EventKind
from audit_kit.errors import UsageProblem
from audit_kit.kit import opened
from audit_kit.store.disk import PART

#: what a person or another program may drop; "risk" and "blank risk" must be escalated, once
KINDS = ("good", "saved anew", "second version", "other agency", "risk", "blank risk", "hostile", "no return")
#: what settles an item: it has one of these, or one for each time that it was given back to be worked on
DECIDES = (
    EventKind.SENT_BACK, EventKind.SET_ASIDE, EventKind.WITH_REVIEWER, EventKind.ACCEPTED, EventKind.NO_INVOLVEMENT,
    EventKind.UNMATCHED, EventKind.EARLIER_VERSION,
)  # fmt: skip
NAMES = st.sampled_from(("return.xlsx", "return (1).xlsx", "Copy of return.xlsx", "H3 ünïcode.XLSX", "no ending"))


def the_contents(mini: Mini) -> dict[str, bytes]:
    good = mini.returned("H1", "GP")
    evidence = mini.good("H1", "GP")["N3.evidence"]
    return {
        "good": good,
        "saved anew": packed_anew(good),
        "second version": mini.returned("H1", "GP", {"N3.evidence": f"{evidence} Seen again."}),
        "other agency": mini.returned("C1", "HVSN"),
        "risk": mini.returned("H2", "GP", {"concern.any.answer": "Yes", "N3.evidence": None}),
        "blank risk": mini.returned("H2", "HVSN", {"concern.any.answer": None}),
        "hostile": packed_anew(good, {"xl/vbaProject.bin": bytes(64)}),
        "no return": b"%PDF-1.7" + bytes(2000),
    }


class MeddlingDisk(DiskThatStops):
    """A disk that may stop, and at one of its changes lets something happen in the inbox."""

    def __init__(
        self, stop_at: int, how: Callable[[], BaseException], broken: bool, meddle: Callable[[], None]
    ) -> None:
        super().__init__(stop_at, how, broken=broken)
        self.meddle_at, self.meddle = 9, meddle

    def about_to(self, step: str) -> None:
        if self.steps == self.meddle_at:
            self.meddle()
        super().about_to(step)


class WhateverHappens(RuleBasedStateMachine):
    """One installation, and what is known of what came into its inbox."""

    base: ClassVar[Mini]
    contents: ClassVar[dict[str, bytes]]
    passes: ClassVar[int] = 0  # of all examples, for whoever reads how much was run

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=self.base.folder.parent))
        self.mini = a_copy_of(self.base, self.folder / "kit")
        self.clock = FixedClock()
        self.config = self.mini.config.read_text(encoding="utf-8")
        self.owed: set[str] = set()  # contents that must be in the inbox or in the store
        self.risky = {sha_of(self.contents[kind]) for kind in ("risk", "blank risk")}

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.one_pass()
            self.everything_is_decided_once()
            as_it_was, rebuilt = rows_rebuilt_from_the_sealed_store_alone(self.mini)
            assert rebuilt == as_it_was
            shutil.rmtree(self.folder)

    # --- what people and other programs do in the inbox ---------------------------------------------------------------

    @rule(kind=st.sampled_from(KINDS), name=NAMES)
    def drop(self, kind: str, name: str) -> None:
        self.give_up(name)
        self.put(name, self.contents[kind])

    @rule(kind=st.sampled_from(KINDS[:6]), name=NAMES, part=st.floats(0.01, 0.99))
    def grow(self, kind: str, name: str, part: float) -> None:
        """The first part of a file has come; the rest may follow by another ``drop``."""
        data = self.contents[kind]
        self.give_up(name)
        (self.mini.inbox / name).write_bytes(data[: max(4, int(len(data) * part))])

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str, new: str) -> None:
        if old != new and (self.mini.inbox / old).exists():
            self.give_up(new)
            (self.mini.inbox / old).replace(self.mini.inbox / new)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        self.give_up(name)
        (self.mini.inbox / name).unlink(missing_ok=True)

    @rule(name=NAMES, copy=NAMES)
    def duplicate(self, name: str, copy: str) -> None:
        if name != copy and (self.mini.inbox / name).exists():
            self.give_up(copy)
            self.put(copy, (self.mini.inbox / name).read_bytes())

    # --- the program runs ----------------------------------------------------------------------------------------------

    @rule(passes=st.integers(1, 2))
    def work(self, passes: int) -> None:
        for _ in range(passes):
            self.one_pass()
        self.everything_is_decided_once()

    @rule(step=st.integers(1, 250))
    def die(self, step: int) -> None:
        self.hindered(MeddlingDisk(step, killed, False, lambda: None))

    @rule(step=st.integers(1, 250), code=st.sampled_from((errno.ENOSPC, errno.EIO, errno.EROFS)), broken=st.booleans())
    def refuse(self, step: int, code: int, broken: bool) -> None:
        self.hindered(MeddlingDisk(step, refused(code), broken, lambda: None))

    @rule(kind=st.sampled_from(KINDS), name=NAMES)
    def race(self, kind: str, name: str) -> None:
        """A file comes, or takes the place of another, while the pass is running."""

        def meddle() -> None:
            self.give_up(name)
            self.put(name, self.contents[kind])

        self.hindered(MeddlingDisk(0, killed, False, meddle))

    # --- and what happens to its surroundings -----------------------------------------------------------------------------

    @rule(wrong=st.booleans())
    def swap_configuration(self, wrong: bool) -> None:
        changed = (
            "board:\n  nonsense: 1\n" if wrong else self.config.replace("settle_seconds: 0.0", "settle_seconds: 0.5")
        )
        self.mini.config.write_text(changed, encoding="utf-8")
        if wrong:
            with pytest.raises(UsageProblem):
                self.one_pass()
            self.mini.config.write_text(self.config, encoding="utf-8")

    @rule(hours=st.sampled_from((-8760, -25, -1, 1, 25, 8760)))
    def move_the_clock(self, hours: int) -> None:
        """Dates move; the monotonic clock goes on as it must."""
        seconds = self.clock.seconds
        self.clock.move(hours * 3600)
        self.clock.seconds = seconds + 1

    @rule(place=st.floats(0, 0.999), bit=st.integers(0, 7))
    def corrupt_a_page(self, place: float, bit: int) -> None:
        database = self.mini.store / "journal.sqlite"
        if database.exists():
            data = bytearray(database.read_bytes())
            data[int(len(data) * place)] ^= 1 << bit
            database.write_bytes(data)

    @rule()
    def lose_the_database(self) -> None:
        for path in self.mini.store.glob("journal.sqlite*"):
            path.unlink()

    # --- what must hold ----------------------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost(self) -> None:
        if hasattr(self, "folder"):
            lost = self.owed - self.in_the_inbox()
            assert not lost or not lost - in_the_store(self.mini.folder)

    @invariant()
    def nothing_is_plain(self) -> None:
        if hasattr(self, "folder"):
            assert plain_in_the_store(self.mini.folder) == []

    def everything_is_decided_once(self) -> None:
        """After a whole pass: all that was owed is in the store, each content one item, decided once, escalated once."""
        assert self.owed <= in_the_store(self.mini.folder)
        assert [path for path, _ in files_below(self.mini.folder) if path.endswith(PART)] == []
        with opened(self.mini.config, self.clock, "look") as kit:  # type: ignore[arg-type]
            assert kit.journal.broken_at() is None
            assert (kit.journal.open_batches(), kit.journal.open_items()) == ((), ())
            events, items = kit.journal.events(), kit.journal.rows()["items"]
            turns = {row["sha"]: row["turn"] for row in items}
        assert self.owed <= set(turns)
        received = Counter(event.item for event in events if event.kind is EventKind.RECEIVED)
        decided = Counter(event.item for event in events if event.kind in DECIDES)
        raised = Counter(event.code("key") for event in events if event.kind in
                         (EventKind.CONCERN_RAISED, EventKind.CONCERN_UNKNOWN, EventKind.UNREADABLE))  # fmt: skip
        assert max(received.values()) == 1
        assert all(number <= 1 + turns[item] for item, number in decided.items() if item)
        assert all(number == 1 for key, number in raised.items() if key)
        assert {f"risk:{sha}" for sha in self.risky & self.owed} <= set(raised)

    # --- the means ------------------------------------------------------------------------------------------------------------

    def put(self, name: str, data: bytes) -> None:
        (self.mini.inbox / name).write_bytes(data)
        if sha_of(data) in {sha_of(content) for content in self.contents.values()}:  # else it is the part of one
            self.owed.add(sha_of(data))

    def give_up(self, name: str) -> None:
        """Whoever removes or replaces the only copy that the kit has not taken yet takes it away."""
        path = self.mini.inbox / name
        if not path.exists():
            return
        sha = sha_of(path.read_bytes())
        others = {other for other, data in files_below(self.mini.inbox) if other != name and sha_of(data) == sha}
        if sha in self.owed and not others and sha not in in_the_store(self.mini.folder):
            self.owed.discard(sha)

    def in_the_inbox(self) -> set[str]:
        return {sha_of(data) for path, data in files_below(self.mini.inbox) if path != MARK}

    def one_pass(self, disk: DiskThatStops | None = None) -> None:
        type(self).passes += 1
        with opened(self.mini.config, self.clock, "process", disk) as kit:  # type: ignore[arg-type]
            process.work_through_inbox(kit, self.clock.move)
            self.clock.move(1)

    def hindered(self, disk: DiskThatStops) -> None:
        with contextlib.suppress(Killed, OSError):
            self.one_pass(disk)


@pytest.fixture(scope="module", autouse=True)
def _begins_with(in_memory: Path) -> None:
    """The installation with which every run begins, and what may be dropped there."""
    WhateverHappens.base = a_session_being_audited(in_memory / "whatever happens" / "session")
    WhateverHappens.contents = the_contents(WhateverHappens.base)


def run(examples: int, steps: int) -> None:
    WhateverHappens.passes = 0
    run_state_machine_as_test(
        WhateverHappens,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=steps < 50,
            suppress_health_check=list(HealthCheck), database=None, phases=(Phase.generate,),  # shrinking takes hours
        ),
    )  # fmt: skip
    print(f"{examples} runs of up to {steps} steps, {WhateverHappens.passes} passes of the program, as of {RETURNED}")


def test_a_few_runs_of_whatever_happens():
    run(examples=6, steps=15)


PARTS, RUNS = 30, 10


@pytest.mark.proof
@pytest.mark.parametrize("part", range(PARTS))
def test_three_hundred_runs_of_fifty_steps(monkeypatch, part):
    """Ten of the three hundred, each another way every time: hypothesis prints the steps of one that goes wrong."""
    worked_out_once(monkeypatch)
    run(RUNS, steps=50)
