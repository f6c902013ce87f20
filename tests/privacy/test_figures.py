"""The figures that anonymising must reach, on families written before the rules. They only ever go up."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: reached on 28 November 2026; raise a figure when it is passed, never lower one
AT_LEAST = {
    "development": {
        "derivable_masked": 0.99,
        "names_masked": 0.987,
        "names_masked_or_review": 0.997,
        "far_forms_masked_or_review": 1.0,
        "unknown_masked": 1.0,
        "unknown_masked_or_review": 1.0,
        "precision": 0.998,
    },
    "practice": {
        "derivable_masked": 0.99,
        "names_masked": 0.989,
        "names_masked_or_review": 0.997,
        "unknown_masked": 0.949,
        "unknown_masked_or_review": 0.953,
        "precision": 0.989,
    },
    "held_out": {
        "derivable_masked": 1.0,
        "names_masked": 1.0,
        "names_masked_or_review": 1.0,
        "far_forms_masked_or_review": 1.0,
        "unknown_masked": 0.98,
        "unknown_masked_or_review": 0.98,
        "precision": 0.986,
    },
}
AT_MOST = {
    # one more in each since words with a capital where none is due are asked about: a volunteers' place, a nursery, a pub
    "development": {"ordinary_damaged": 0.0, "reviews_per_1000_words": 1.63},
    "practice": {"ordinary_damaged": 0.0, "reviews_per_1000_words": 3.58},  # full of names that are words, on purpose
    "held_out": {"ordinary_damaged": 0.015, "reviews_per_1000_words": 0.7},
}


def _benchmark():
    spec = importlib.util.spec_from_file_location("anonymisation", ROOT / "benchmarks" / "anonymisation.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _lines(name):
    text = (ROOT / "benchmarks" / "data" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def fallen(name, voters=()):
    """The figures of a set that are worse than they were; with the votes of name models, if there are any."""
    benchmark, lines = _benchmark(), _lines(name)
    figures = benchmark.score(lines, benchmark.run(lines, voters)[0])
    worse = {k: figures[k] for k, least in AT_LEAST[name].items() if figures[k] < least}
    return worse | {k: figures[k] for k, most in AT_MOST[name].items() if figures[k] > most}


@pytest.mark.parametrize("name", list(AT_LEAST))
def test_no_figure_falls(name):
    assert fallen(name) == {}


def test_names_are_found_with_every_socket_closed():
    code = (
        "import socket, sys\n"
        "def closed(*a, **k): raise AssertionError('a connection was opened')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = closed\n"
        f"sys.argv = ['anonymisation', '--cases', {str(ROOT / 'benchmarks/data/held_out.jsonl')!r}, '--score', '--no-ner']\n"
        f"import runpy; runpy.run_path({str(ROOT / 'benchmarks/anonymisation.py')!r}, run_name='__main__')\n"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (ran.returncode, "derivable_masked" in ran.stdout) == (0, True), ran.stderr[-500:]


@pytest.mark.parametrize("name", list(AT_LEAST))
def test_the_gold_stretches_say_what_stands_there(name):
    wrong = [g for line in _lines(name) for g in line["gold"] if line["text"][g["start"] : g["end"]] != g["words"]]

    assert wrong == []


def test_masking_a_masked_text_changes_nothing_more():
    benchmark, lines = _benchmark(), [*_lines("development"), *_lines("practice")]
    anonymisers = {}
    changed = []
    for line in lines:
        case = json.dumps(line["register"])
        if case not in anonymisers:
            anonymisers[case] = benchmark.CaseAnonymiser.for_case(
                benchmark.register_from(line), benchmark.KeepWords.standard()
            )
        once = anonymisers[case].mask(line["text"])
        again = anonymisers[case].mask(once.text)
        if again.text != once.text or len(again.doubts) > len(once.doubts):
            changed.append(line["id"])

    assert changed == []
