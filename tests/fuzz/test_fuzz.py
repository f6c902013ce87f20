"""No bytes at all break the gate or the check of what the reading child says: looked for by a fuzzer, short here."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from pathlib import Path

import pytest
from targets import TARGETS, seeds

FOUND = sorted(path for path in (Path(__file__).parent / "findings").glob("*") if path.name != "README.md")
SECONDS, BRIEFLY = 60, 4


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_breaks_where_the_fuzzer_begins_nor_a_few_steps_away(target):
    chance = random.Random(20261128)
    for seed in seeds(target):
        TARGETS[target](seed)
        for _ in range(8):
            damaged = bytearray(seed)
            for _ in range(chance.randint(1, 6)):
                at = chance.randrange(len(damaged))
                damaged[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
            TARGETS[target](bytes(damaged))


@pytest.mark.parametrize("finding", FOUND, ids=lambda path: path.name)
def test_what_the_fuzzer_once_found_breaks_nothing_any_more(finding):
    TARGETS[finding.name.partition("-")[0]](finding.read_bytes())


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed: pip install atheris")
@pytest.mark.parametrize("seconds", [BRIEFLY, pytest.param(SECONDS, marks=pytest.mark.proof)])
@pytest.mark.parametrize("target", TARGETS)
def test_the_fuzzer_finds_nothing(target, seconds, tmp_path):
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("run.py")), target, str(seconds), str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    assert not list(tmp_path.iterdir())
