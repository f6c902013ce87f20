"""How long the gate takes, and how much memory, for every attack file and every file that fills its limits.

python benchmarks/gate.py [SLOWEST]

Each file is looked at three times, as if no row of it had been met before; the quickest counts, in processor time, since
the machine may be busy with something else. Memory is what Python allocates on top. The slowest and the largest (10 unless said) are shown.
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "hostile"))
import test_attack_files as attacks
import test_container_anomalies as containers
import test_gate_bounds as bounds
import test_gate_fuzz as honest
import test_wrong_types as types
from grafting import graft

from audit_kit.office import gate_known
from audit_kit.office.gate import Refused, inspect

SECONDS, MIB = 0.25, 32


@dataclass(frozen=True)
class Measured:
    """What one file cost."""

    name: str
    seconds: float
    mib: float
    refused: bool


def main() -> None:
    shown = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    measured = [_measured(name, data) for name, data in _files()]
    over = [one for one in measured if one.seconds > SECONDS or one.mib > MIB]
    print(f"{len(measured)} files, {sum(one.refused for one in measured)} of them refused")
    print(f"slowest of {SECONDS} s allowed")
    for one in sorted(measured, key=lambda one: -one.seconds)[:shown]:
        print(f"  {one.seconds * 1000:7.1f} ms  {one.name}")
    print(f"largest of {MIB} MiB allowed")
    for one in sorted(measured, key=lambda one: -one.mib)[:shown]:
        print(f"  {one.mib:7.1f} MiB {one.name}")
    print(f"beyond what is allowed: {', '.join(one.name for one in over) or 'none'}")


def _files() -> Iterator[tuple[str, bytes]]:
    """Everything that the tests attack the gate with, and the honest files beside."""
    for group in (attacks.BOMBS, attacks.XML_TRICKS, attacks.TWO_READINGS):
        yield from ((name, one if isinstance(one, bytes) else graft(one)) for name, one in group.items())
    yield from ((name, graft(changes)) for name, (changes, *_) in attacks.ACTIVE.items())
    for name, one in vars(containers).items():
        if name.isupper() and isinstance(one, dict):
            yield from ((key, data) for key, data in one.items() if isinstance(data, bytes))
    yield from bounds.AT_THE_LIMIT.items()
    yield from ((name, data) for name, (data, _) in types.KINDS.items())
    yield from honest.HONEST.items()


def _measured(name: str, data: bytes) -> Measured:
    taken = []
    refused = False
    for _ in range(3):
        gc.collect()
        gate_known.forget()
        began = time.process_time()
        refused = _is_refused(data)
        taken.append(time.process_time() - began)
    gate_known.forget()
    tracemalloc.start()
    _is_refused(data)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return Measured(name, min(taken), peak, refused)


def _is_refused(data: bytes) -> bool:
    try:
        inspect(data)
    except Refused:
        return True
    return False


if __name__ == "__main__":
    main()
