"""One issue of audit tools, measured in a process that does nothing else: see ``issue.py``, which starts this.

python benchmarks/issue_alone.py CONFIG SESSION DAY
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

from audit_kit import process
from audit_kit.domain.clock import Clock
from audit_kit.kit import opened


def main() -> None:
    config, session, day = sys.argv[1:]
    with opened(Path(config), Clock(date.fromisoformat(day)), "benchmark") as kit:
        before, cpu, wall = _highest_memory(), time.process_time(), time.perf_counter()
        tools = process.issue(kit, session, unanswered_too=True).tools
        taken = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps({"tools": tools, "before": before, "peak": _highest_memory(), **taken}))


def _highest_memory() -> float:
    """In MiB. Not what ``resource`` says: that counts the process from which this one was started."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    main()
