"""Agencies answer on the last day: however many returns come at once, each is kept and decided once, the urgent first.

How many a second, and with how much memory, ``benchmarks/intake.py`` measures on many sessions. Here it is one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from mini import CASES, CODES, RETURNED, Mini, a_copy_of
from mixed import MARK, in_the_store, sha_of
from test_whatever_happens import DECIDES

from audit_kit.domain.progress import EventKind

ROOT = Path(__file__).parents[2]
URGENT_EACH = 6
MOST_MEMORY = 250 * 1024  # KiB


def dropped(mini: Mini, files: int) -> tuple[set[str], set[str]]:
    """So many different returns in the inbox, those that raise a concern under names that come last; their hashes."""
    ordinary, urgent = set(), set()
    audits = [(case, code) for case in CASES for code in CODES]
    for number in range(files):
        case, code = audits[number % len(audits)]
        said = {"overall.difference.answer": f"{number} visits at home."}
        worried = number % URGENT_EACH == 0
        data = mini.returned(case, code, said | ({"concern.any.answer": "Yes"} if worried else {}))
        mini.drop(f"{'z urgent' if worried else 'a return'} {number:05}.xlsx", data)
        (urgent if worried else ordinary).add(sha_of(data))
    assert len(ordinary | urgent) == files
    return ordinary, urgent


#: a process between this one and the kit, small enough to count for nothing: what is started counts at first with the
#: memory of whoever starts it (getrusage(2), ``ru_maxrss``)
_MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
print(process.returncode, used.ru_maxrss)
"""


def worked_through(mini: Mini) -> int:
    """The real command on all of them; the most memory that it or its readers used, in KiB."""
    command = [sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), "process"]
    measured = subprocess.run(
        [sys.executable, "-c", _MEASURE, *command],
        cwd=mini.folder, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    code, memory = (int(said) for said in measured.stdout.split())
    assert code == 1  # something needs a person
    return memory


@pytest.mark.skipif(os.name == "nt", reason="memory is measured by a call of POSIX")
@pytest.mark.parametrize("files", [12, pytest.param(5_000, marks=pytest.mark.proof)])
def test_whatever_comes_at_once_is_all_kept_and_decided_once_and_the_urgent_goes_first(mixed, scratch, files):
    mini = a_copy_of(mixed.mini, scratch / "kit")
    for path in mini.inbox.glob("[!.]*"):
        path.unlink()
    ordinary, urgent = dropped(mini, files)

    memory = worked_through(mini)

    assert [path.name for path in mini.inbox.iterdir()] == [MARK]
    assert ordinary | urgent <= in_the_store(mini.folder)
    with mini.on(RETURNED) as kit:
        events = kit.journal.events()
        assert (kit.journal.open_items(), kit.journal.open_batches()) == ((), ())
    decided = [event.item for event in events if event.kind in DECIDES and event.item in ordinary | urgent]
    raised = [event.code("key") for event in events if event.kind is EventKind.CONCERN_RAISED]
    assert Counter(decided) == dict.fromkeys(ordinary | urgent, 1)
    assert sorted(raised) == sorted(f"risk:{sha}" for sha in urgent)
    kinds = [event.kind for event in events]
    first = next(number for number, event in enumerate(events) if event.item in ordinary and event.kind in DECIDES)
    assert len(kinds) - 1 - kinds[::-1].index(EventKind.CONCERN_RAISED) < first
    assert memory < MOST_MEMORY
