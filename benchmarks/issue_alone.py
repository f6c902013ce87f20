"""One issue of audit tools, measured in a process that does nothing else: see ``issue.py``, which starts this.

python benchmarks/issue_alone.py CONFIG SESSION DAY
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path

from audit_kit import process
from audit_kit.cli import app
from audit_kit.kit import Kit


def main() -> None:
    """The real command; and of it the step of issuing, without start and tracker."""
    config, session, day = sys.argv[1:]
    issue, step = process.issue, {}

    def measured(kit: Kit, *args: object, **more: object) -> object:
        before, cpu, wall = _highest_memory(), time.process_time(), time.perf_counter()
        issued = issue(kit, *args, **more)
        step.update(tools=issued.tools, before=before, peak=_highest_memory())
        step.update(cpu=time.process_time() - cpu, wall=time.perf_counter() - wall)
        return issued

    process.issue = measured
    with contextlib.redirect_stdout(io.StringIO()):
        app(["--config", config, "--today", day, "issue", session, "--unanswered-too"], standalone_mode=False)
    times = os.times()  # with processes that it may have started, of which there is none
    whole = times.user + times.system + times.children_user + times.children_system
    print(json.dumps({**step, "whole_cpu": whole, "whole_peak": _highest_memory()}))


def _highest_memory() -> float:
    """In MiB. Not what ``resource`` says: that counts the process from which this one was started."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    main()
