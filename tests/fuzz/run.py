"""Look for what breaks a target: ``python tests/fuzz/run.py TARGET [SECONDS] [FINDINGS]``. Needs atheris.

It learns which bytes lead to new code, from the bytecode as it runs. A finding is written into the folder FINDINGS.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
with atheris.instrument_imports(include=["audit_kit.office", "audit_kit.store.inbox"]):
    import targets


def main() -> None:
    target, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "60"
    findings = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(__file__).parent / "findings"
    findings.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(targets.seeds(target)):
            Path(corpus, f"seed{number}").write_bytes(seed)
        words = [f"-max_total_time={seconds}", "-max_len=9000", "-timeout=10", "-rss_limit_mb=2048", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *words, f"-artifact_prefix={findings}/{target}-", corpus], targets.TARGETS[target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
