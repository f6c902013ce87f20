"""Receiving: many returns dropped together, one at a time, and an inbox in which nothing happens.

python benchmarks/intake.py [--returns N] [--single N] [--keep FOLDER]

First N returns (100 unless said) are dropped into the inbox of a real installation, with as many sessions as that
takes, each with the demo's cases and agencies; one in fifty raises a concern and has a name that sorts last. Then
``audit-kit process`` works through them in a process of its own, whose memory is watched, its reader's apart. Then
``audit-kit watch`` is given one return after another, and the time from the moment when a file is quiet to its
decision in the journal is taken. Last, an inbox of 1,000 files is looked at again and again.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from audit_kit.acts.papers import compiled_tool, tool_cover, tool_of
from audit_kit.acts.setting_up import set_up
from audit_kit.demo.cast import CASES, demo_case
from audit_kit.demo.planner import KLOES
from audit_kit.domain.clock import Clock
from audit_kit.domain.progress import EventKind
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.references import AuditRef
from audit_kit.domain.register import CaseRegister
from audit_kit.domain.session import AskedAgency, AuditSession, Case, Lead, SessionDates
from audit_kit.kit import Kit, opened
from audit_kit.store.disk import Disk
from audit_kit.store.folders import shipped
from audit_kit.store.inbox import Inbox

TODAY = date(2026, 11, 5)
REFS = [f"{year}-A{number}-NEG" for year in range(2026, 2036) for number in range(1, 10)]
URGENT_EACH = 50
DECIDES = ("with the reviewer", "sent back", "set aside", "no involvement", "accepted", "could not be matched")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--returns", type=int, default=100)
    asked.add_argument("--single", type=int, default=5)
    asked.add_argument("--keep", type=Path, help="make the installation here, on an ordinary disk, and leave it")
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = said.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        place = Place(folder)
        singles = place.prepare(said.returns, said.single)
        if said.returns:
            together(place, said.returns)
        if said.single:
            one_by_one(place, singles)
        idle(folder)


@dataclass(frozen=True)
class Place:
    """An installation made for this run."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    def prepare(self, returns: int, singles: int) -> list[bytes]:
        """Sessions, registers and returns; those for one at a time are given back."""
        _installation(self.folder)
        kept: list[bytes] = []
        with opened(self.config, Clock(TODAY), "benchmark") as kit:
            for number, (name, data) in enumerate(_returns(kit, returns + singles)):
                if number < returns:
                    (self.inbox / name).write_bytes(data)
                else:
                    kept.append(data)
        return kept

    def command(self, verb: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", "audit_kit", "--config", str(self.config), "--today", TODAY.isoformat(), verb]
        return subprocess.Popen(line, stdout=subprocess.DEVNULL)

    def events(self) -> list[tuple[str, str]]:
        """Kind and item of every event so far, in order."""
        journal = f"file:{self.folder / 'store' / 'journal.sqlite'}?mode=ro"
        with closing(sqlite3.connect(journal, uri=True, timeout=30)) as database:
            return database.execute("SELECT kind, item FROM events ORDER BY number").fetchall()


def together(place: Place, returns: int) -> None:
    before, began = os.times(), time.perf_counter()
    process = place.command("process")
    memory = Memory(process.pid)
    memory.start()
    process.wait()
    memory.stop()
    wall, after = time.perf_counter() - began, os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    events = place.events()
    decided = Counter(kind for kind, _ in events if kind in DECIDES)
    raised = [number for number, (kind, _) in enumerate(events) if kind in ("concern raised", "concern unknown")]
    first = next((number for number, (kind, _) in enumerate(events) if kind in DECIDES), len(events))
    left = len(list(place.inbox.glob("*.xlsx")))
    print(f"{returns:,} returns dropped together")
    print(f"  decided {sum(decided.values()):,}, left in the inbox {left}: {dict(decided)}")
    print(
        f"  {wall:.1f} s in all, {returns / wall:.1f} a second; {cpu / returns * 1000:.1f} ms CPU each, both processes"
    )
    print(f"  highest memory: service {memory.service:.0f} MiB, readers {memory.readers:.0f} MiB")
    print(f"  {len(raised)} concerns; raised before anything was judged: {sum(number < first for number in raised)}")


class Memory(threading.Thread):
    """The highest memory of a process and, apart, of any process that it started."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._over = pid, threading.Event()
        self.service = self.readers = 0.0

    def run(self) -> None:
        while not self._over.wait(0.2):
            self.service = max(self.service, _highest(self._pid))
            children = Path(f"/proc/{self._pid}/task/{self._pid}/children")
            for child in children.read_text().split() if children.exists() else ():
                self.readers = max(self.readers, _highest(int(child)))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _highest(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def one_by_one(place: Place, singles: list[bytes]) -> None:
    """Each is dropped when the one before is decided. The settling time of the configuration is not counted."""
    process = place.command("watch")
    settle = 2.0
    taken = []
    try:
        time.sleep(5)
        for number, data in enumerate(singles):
            known = sum(kind in DECIDES for kind, _ in place.events())
            dropped = time.perf_counter()
            (place.inbox / f"single {number}.xlsx").write_bytes(data)
            while sum(kind in DECIDES for kind, _ in place.events()) == known:
                if time.perf_counter() - dropped > 60:
                    raise SystemExit("A return was not decided within a minute.")
                time.sleep(0.02)
            taken.append(time.perf_counter() - dropped - settle)
            time.sleep(1)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
    median = statistics.median(taken)
    print(
        f"one at a time, {len(taken)} returns: decided {median:.2f} s after being quiet (median), {max(taken):.2f} s at most"
    )


def idle(folder: Path) -> None:
    """A look at an inbox of 1,000 files that have settled and are left there, as after a look by another program."""
    inbox = folder / "idle"
    inbox.mkdir(exist_ok=True)
    for number in range(1_000):
        (inbox / f"return {number}.xlsx").write_bytes(b"x")
    looking = Inbox(inbox, 1e9, Disk())
    looking.settled(0)
    taken = []
    for number in range(20):
        began = time.process_time()
        looking.settled(number)
        taken.append(time.process_time() - began)
    print(f"an idle look at 1,000 files: {statistics.median(taken) * 1000:.1f} ms CPU")


def _installation(folder: Path) -> None:
    text = shipped("config.yaml").read_text(encoding="utf-8")
    text = text.replace('  folder: ""', '  folder: "store"')
    text = text.replace('  service_key_file: ""', '  service_key_file: "service.key"')
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    (folder / "templates").symlink_to(shipped("templates"))
    set_up(folder / "config.yaml", folder / "keys")


def _returns(kit: Kit, count: int) -> Iterator[tuple[str, bytes]]:
    """So many returns under names of their own, with as many sessions as that takes."""
    made = 0
    for ref in REFS:
        session = _session(kit, ref)
        for case in CASES:
            for agency, answers in demo_case(case).returns.items():
                if made == count:
                    return
                audit = AuditRef(ref, case, agency)
                urgent = made % URGENT_EACH == URGENT_EACH - 1
                yield _name(made, urgent), _return(kit, session, audit, answers, urgent)
                made += 1
    raise SystemExit(f"No more than {made:,} returns can be made.")


def _name(number: int, urgent: bool) -> str:
    return f"{'zz' if urgent else 'a'} return {number:05}.xlsx"


def _return(kit: Kit, session: AuditSession, audit: AuditRef, answers: object, urgent: bool) -> bytes:
    tool = tool_of(kit, session, audit)
    typed = {ref: text for ref, text in dict(answers).items() if tool.place(ref)}  # type: ignore[call-overload]
    if urgent:
        typed |= {"concern.any.answer": "Yes", "concern.what.answer": "The child was hurt today."}
    return compiled_tool(kit, session, audit).personalise(tool_cover(kit, session, audit, 1, session.dates.due), typed)


def _session(kit: Kit, ref: str) -> AuditSession:
    """A session of the demo's cases whose tools are out, without its papers."""
    theme = kit.bank.theme("neglect")
    assert theme is not None
    agencies = sorted({agency for case in CASES for agency in demo_case(case).returns})
    session = AuditSession(
        ref, theme.name, theme.title, "review", "Learning review", "QA Sub Committee", date(2026, 9, 10), "item 6",
        KLOES,
        tuple(Case(case, demo_case(case).tier, demo_case(case).mix, tuple(demo_case(case).returns)) for case in CASES),
        tuple(AskedAgency(code, f"The agency {code}", ("child", "siblings"), Lead("The lead", f"{code.lower()}@agency.example"))
              for code in agencies),
        (),
        SessionDates(date(2025, 10, 1), date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 8), date(2026, 10, 8),
                     TODAY, date(2026, 12, 3), date(2027, 1, 14), date(2027, 2, 4), date(2027, 3, 11)),
    )  # fmt: skip
    kit.vault.put(f"themes/{ref}", theme, Theme)
    kit.vault.put(f"sessions/{ref}", session, AuditSession)
    for case in session.cases:
        people = demo_case(case.ref).people
        kit.vault.put(f"register/{ref}/{case.ref}", CaseRegister(case.ref, people), CaseRegister)
        kit.vault.make_case_key(f"{ref}/{case.ref}")
        codes = (("due", TODAY.isoformat()),)
        issued = [kit.event(EventKind.ISSUED, ref, case.ref, code, round=1, codes=codes) for code in case.agencies]
        kit.carry_out(f"issue:{ref}:{case.ref}", issued)
    return session


if __name__ == "__main__":
    main()
