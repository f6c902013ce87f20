"""Receiving: many returns dropped together, one at a time, one every few seconds, and an inbox in which nothing happens.

python benchmarks/intake.py [--returns N] [--single N] [--trickle N] [--keep FOLDER]

First N returns (100 unless said) are dropped into the inbox of a real installation, with as many sessions as that
takes, each with the demo's cases and agencies; one in fifty raises a concern and has a name that sorts last, one in ten
lacks answers and is sent back, one in twenty-five is dropped twice. What
reading their cells with openpyxl takes is measured beside it. Then ``audit-kit process`` works through them in a
process of its own; its memory, its workers' and their readers' is watched. Then ``audit-kit watch`` is given one
return after another, and one every five seconds, and the time from the moment when a file is quiet to its decision
in the journal is taken. Last, an inbox of 1,000 files is looked at again and again.
"""

from __future__ import annotations

import argparse
import hashlib
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
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

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
REFS = [f"{year}-A{number}-NEG" for year in range(2026, 2060) for number in range(1, 10)]
URGENT_EACH, INCOMPLETE_EACH, TWICE_EACH = 50, 10, 25
DECIDES = ("with the reviewer", "sent back", "set aside", "no involvement", "accepted", "could not be matched")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--returns", type=int, default=100)
    asked.add_argument("--single", type=int, default=5)
    asked.add_argument("--trickle", type=int, default=0)
    asked.add_argument("--keep", type=Path, help="make the installation here, on an ordinary disk, and leave it")
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = said.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        place = Place(folder)
        kept = place.prepare(said.returns, said.single + said.trickle)
        if said.returns:
            by_openpyxl(place)
            together(place, said.returns)
        if said.single:
            with watching(place):
                told("one at a time", [decided_after(place, data, wait=True) for data in kept[: said.single]])
        if said.trickle:
            with watching(place):
                told("one every five seconds", trickle(place, kept[said.single :]))
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

    def prepare(self, returns: int, more: int) -> list[bytes]:
        """Sessions, registers and returns; ``more`` of these are given back instead of dropped."""
        _installation(self.folder)
        kept: list[bytes] = []
        with opened(self.config, Clock(TODAY), "benchmark") as kit:
            for number, data in enumerate(_returns(kit, returns + more)):
                if number < returns:
                    (self.inbox / _name(number)).write_bytes(data)
                    if number % TWICE_EACH == TWICE_EACH - 1:
                        (self.inbox / f"again {_name(number)}").write_bytes(data)
                else:
                    kept.append(data)
        return kept

    def command(self, verb: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", "audit_kit", "--config", str(self.config), "--today", TODAY.isoformat(), verb]
        return subprocess.Popen(line, stdout=subprocess.DEVNULL)

    def events(self) -> list[tuple[str, str]]:
        """Kind and item of every event so far, in order."""
        return self._asked("SELECT kind, item FROM events ORDER BY number")

    def decided(self) -> int:
        """How many received files are decided."""
        return self._asked("SELECT count(*) FROM items WHERE NOT open")[0][0]

    def _asked(self, query: str) -> list[Any]:
        journal = f"file:{self.folder / 'store' / 'journal.sqlite'}?mode=ro"
        with closing(sqlite3.connect(journal, uri=True, timeout=30)) as database:
            return database.execute(query).fetchall()


def by_openpyxl(place: Place) -> None:
    """What somebody would do otherwise: load each workbook with openpyxl and read its cells."""
    files = sorted(place.inbox.glob("*.xlsx"))[:40]
    before = time.process_time()
    for file in files:
        book = load_workbook(file, data_only=True)
        for sheet in book:
            for row in sheet.iter_rows(values_only=True):
                sum(value is not None for value in row)
    print(f"openpyxl, loading and reading alone: {(time.process_time() - before) / len(files) * 1000:.0f} ms CPU each")


def together(place: Place, returns: int) -> None:
    urgent = {_sha(path.read_bytes()) for path in place.inbox.glob("zz*.xlsx")}
    before, began = os.times(), time.perf_counter()
    process = place.command("process")
    memory = Memory(process.pid, place)
    memory.start()
    process.wait()
    memory.stop()
    wall, after = time.perf_counter() - began, os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    events = place.events()
    judged = [(kind, item) for kind, item in events if kind in DECIDES]
    raised = [number for number, (kind, _) in enumerate(events) if kind in ("concern raised", "concern unknown")]
    first = next((number for number, (kind, _) in enumerate(events) if kind in DECIDES), len(events))
    left = len(list(place.inbox.glob("*.xlsx")))
    twice = sum(kind == "duplicate" for kind, _ in events)
    print(f"{returns:,} returns dropped together")
    print(f"  decided {len(judged):,}, left in the inbox {left}: {dict(Counter(kind for kind, _ in judged))}")
    print(f"  {len({item for _, item in judged}):,} contents decided; {twice} came twice and were noted")
    print(
        f"  {wall:.1f} s in all, {returns / wall:.1f} a second; {cpu / returns * 1000:.1f} ms CPU each, all processes"
    )
    for line in memory.lines(returns):
        print(f"  {line}")
    print(f"  {len(raised)} concerns; raised before anything was judged: {sum(number < first for number in raised)}")
    places = [number for number, (_, item) in enumerate(judged, start=1) if item in urgent]
    print(
        f"  of all that were judged, the urgent ones came as numbers {min(places, default=0)} to {max(places, default=0)}"
    )


class Memory(threading.Thread):
    """What the service, its workers and their readers hold in memory and take of the processor, as the returns are decided."""

    def __init__(self, pid: int, place: Place) -> None:
        super().__init__(daemon=True)
        self._pid, self._place, self._over = pid, place, threading.Event()
        self._most: dict[int, tuple[str, float]] = {}  # process → what it is, the most it held
        self._at: dict[int, float] = {}  # decided returns → what the service held then
        self._cpu: dict[int, float] = {}  # process → seconds of processor time, as last seen

    def run(self) -> None:
        while not self._over.wait(0.5):
            for pid, what in _family(self._pid):
                self._most[pid] = (what, max(_held(pid, "VmHWM"), self._most.get(pid, ("", 0.0))[1]))
                self._cpu[pid] = max(_taken(pid), self._cpu.get(pid, 0.0))
            with suppress(sqlite3.Error):
                decided = self._place.decided()
                for mark in (500, 1_000, 2_500, 5_000):
                    if decided >= mark and mark not in self._at:
                        self._at[mark] = _held(self._pid, "VmRSS")

    def stop(self) -> None:
        self._over.set()
        self.join()

    def lines(self, returns: int) -> Iterator[str]:
        """Each process by what it is, the most that it held, and what all of its kind took of the processor."""
        for kind in ("service", "worker", "reader"):
            most = sorted((held for what, held in self._most.values() if what == kind), reverse=True)
            taken = sum(self._cpu[pid] for pid, (what, _) in self._most.items() if what == kind)
            if most:
                yield (
                    f"highest memory of a {kind}: {most[0]:.0f} MiB, of {len(most)}; "
                    f"{taken / returns * 1000:.1f} ms CPU a return"
                )
        if self._at:
            yield "the service at " + ", ".join(f"{mark:,}: {held:.0f} MiB" for mark, held in self._at.items())


def _family(pid: int) -> Iterator[tuple[int, str]]:
    """The service, its children and theirs, each with what it is."""
    yield pid, "service"
    for child in _children(pid):
        line = _line(child)
        if "spawn_main" in line:
            yield child, "worker"
        elif "reader_child" in line:
            yield child, "reader"
        yield from ((grandchild, "reader") for grandchild in _children(child) if "reader_child" in _line(grandchild))


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return []


def _line(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def _taken(pid: int) -> float:
    with suppress(OSError):
        after_its_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_its_name[11:13])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _held(pid: int, what: str) -> float:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(what)), 0.0)
    return 0.0


SETTLE = 2.0


@contextmanager
def watching(place: Place) -> Iterator[None]:
    """The service, running."""
    process = place.command("watch")
    try:
        time.sleep(5)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def decided_after(place: Place, data: bytes, *, wait: bool) -> float:
    """Drop a return and give the seconds from its being quiet to its decision."""
    sha, dropped = _sha(data), time.perf_counter()
    (place.inbox / f"single {sha[:8]}.xlsx").write_bytes(data)
    while not any(kind in DECIDES and item == sha for kind, item in place.events()):
        if time.perf_counter() - dropped > 60:
            raise SystemExit("A return was not decided within a minute.")
        time.sleep(0.05)
    taken = time.perf_counter() - dropped - SETTLE
    if wait:
        time.sleep(1)
    return taken


def trickle(place: Place, returns: list[bytes]) -> list[float]:
    """One every five seconds, whatever becomes of those before."""
    taken = []
    for data in returns:
        began = time.perf_counter()
        taken.append(decided_after(place, data, wait=False))
        time.sleep(max(0.0, 5 - (time.perf_counter() - began)))
    return taken


def told(what: str, taken: list[float]) -> None:
    median = statistics.median(taken)
    print(
        f"{what}, {len(taken)} returns: decided {median:.2f} s after being quiet (median), {max(taken):.2f} s at most"
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


def _returns(kit: Kit, count: int) -> Iterator[bytes]:
    """So many returns, with as many sessions as that takes; one agency's after the other, as its tool is compiled once."""
    each = sum(len(demo_case(case).returns) for case in CASES)
    if count > each * len(REFS):
        raise SystemExit(f"No more than {each * len(REFS):,} returns can be made.")
    sessions = [_session(kit, ref) for ref in REFS[: -(-count // each)]]
    wanted = [(case, agency) for case in CASES for agency in demo_case(case).returns]
    wanted.sort(key=lambda one: (one[0][0], one[1]))
    audits = [(session, case, agency) for case, agency in wanted for session in sessions][:count]
    for number, (session, case, agency) in enumerate(audits):
        answers = demo_case(case).returns[agency]
        if number % INCOMPLETE_EACH == INCOMPLETE_EACH // 2:
            answers = {ref: text for ref, text in answers.items() if not ref.endswith((".evidence", ".why"))}
        yield _return(kit, session, AuditRef(session.ref, case, agency), answers, _is_urgent(number))


def _is_urgent(number: int) -> bool:
    return number % URGENT_EACH == URGENT_EACH - 1


def _name(number: int) -> str:
    return f"{'zz' if _is_urgent(number) else 'a'} return {number:05}.xlsx"


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
