"""The proof sees what it must: each weakening of the order or of a sync is put into a copy of the program and caught.

Two are harmless by design, since what they give up is kept a second time; for these the proof finds nothing.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from mixed import what_is_wrong_in_the_end
from test_stopped_in_the_real_command import ROOT, Proof, proof_of, restarted, wrong_at_once
from traced import is_there

from audit_kit.errors import AuditKitError

traces = pytest.mark.skipif(not is_there(), reason="strace is not installed, or may not trace here")

TRIED = 40  # restarts, where nothing is wrong at once


@dataclass(frozen=True)
class Weakening:
    """What is changed in one module: the text that stands there, and what stands there instead."""

    what: str
    module: str
    changes: tuple[tuple[str, str], ...]
    near: str = ""  # where a restart goes wrong: what the call before it touched


_LINE = Weakening("the line of events is not synced", "store/disk.py",
              (('            self.about_to("sync what was appended")\n            os.fsync(file.fileno())\n', "            pass\n"),),
              near="events")  # fmt: skip

CAUGHT = (
    _LINE,
    Weakening("a file is not synced", "store/disk.py",
              (("                _sync([file.fileno() for file in opened])\n", ""),)),
    Weakening("a file is synced after it was renamed", "store/disk.py",
              (("                _sync([file.fileno() for file in opened])\n", ""),
               ("                self._replace(part, path)\n", "                self._replace(part, path)\n"
                "                os.fsync(os.open(path, os.O_RDONLY))\n"))),
    Weakening("a folder is not synced", "store/disk.py",
              (("            _sync(opened)\n", ""),)),
    Weakening("a file is written in its place", "store/disk.py",
              (("                    part = path.with_name(path.name + PART)\n", "                    part = path\n"),
               ("                self._replace(part, path)\n", ""))),
    Weakening("the inbox is cleared before the content is kept", "acts/receiving.py",
              (("        sha = kit.vault.digest(data)\n        known", "        sha = kit.vault.digest(data)\n"
                "        kit.inbox.clear([arrival])\n        known"),)),
    Weakening("the inbox is cleared before it is recorded", "acts/receiving.py",
              (("    kit.vault.stage((*new.values(), *once_more.values()))\n",
                "    kit.vault.stage((*new.values(), *once_more.values()))\n    kit.inbox.clear(group)\n"),)),
    Weakening("what came is recorded before it is kept", "acts/receiving.py",
              (("    kit.vault.stage((*new.values(), *once_more.values()))\n", ""),
               ("kit.clock.rehearsal is not None)\n    for known", "kit.clock.rehearsal is not None)\n"
                "    kit.vault.stage((*new.values(), *once_more.values()))\n    for known")), near="store/work/"),
    Weakening("papers are written before the decision", "kit.py",
              (("        self.journal.decided(\n", "        self.disk.write_all("
                "(self.folders.outbox / output.path, output.data) for output in outputs)\n"
                "        self.journal.decided(\n"),)),
    Weakening("papers are not kept before the decision", "kit.py",
              (("            self.vault.put_bytes(_prepared(batch)", "            (_prepared(batch)"),)),
    Weakening("a decision is closed before its papers are written", "kit.py",
              (("        self.disk.write_all((self.folders", "        self.journal.closed(*decided)\n"
                "        self.disk.write_all((self.folders"),)),
    Weakening("papers that were kept are dropped before their decision is closed", "kit.py",
              (("        self.journal.closed(*decided)\n", ""),
               ("                self.vault.forget(_prepared(batch))\n", "                self.vault.forget("
                "_prepared(batch))\n        self.journal.closed(*decided)\n")),
              near="prepared/"),
    Weakening("papers are recorded outside the decision", "kit.py",
              (("        self.journal.decided(\n            batch,\n            (*events, *held),\n",
                "        self.journal.decided(\n            batch + ':events',\n            (*events, *held),\n"
                "            [],\n            closes_item=closes_item,\n            reopens_items=reopens_items,\n"
                "        )\n        self.journal.closed(batch + ':events')\n"
                "        self.journal.decided(\n            batch,\n            [],\n"),), near="events.jsonl"),
    Weakening("an original's digest is noted after the original", "store/vault.py",
              (("        self._write(path, sealed, {path.parent / DIGESTS:",
                "        self._write(path, sealed)\n        self.make_durable()\n"
                "        self._disk.write_all((), {path.parent / DIGESTS:"),),
              near="originals/"),
    Weakening("an original's digest is not synced", "store/disk.py",
              (("_sync([file.fileno() for file in opened])", "_sync([file.fileno() for file in opened[len(lines) :]])"),),
              near="originals/"),
    Weakening("what a decision rests on is kept after it", "kit.py",
              (("        self.vault.make_durable()\n", ""),)),
    Weakening("a case's public key is written before its private one", "store/keys.py",
              (("        disk.write(\n            private,", "        disk.write(public, pair.public.encode())\n"
                "        disk.write(\n            private,"),), near="keys/"),
    Weakening("neither database nor line of events is synced", "store/dialects.py",
              (("synchronous=FULL", "synchronous=NORMAL"),), near="journal"),
)  # fmt: skip

HARMLESS = (
    Weakening("the database alone is not synced", "store/dialects.py",
              (("synchronous=FULL", "synchronous=NORMAL"),), near="journal"),
    Weakening("the inbox's folder is not synced", "store/disk.py",
              (("missing_ok=True))\n        self._sync_folders(path.parent for path in paths)\n",
                "missing_ok=True))\n"),), near="inbox"),
)  # fmt: skip

_ALSO = {  # the twin has to be weakened as well
    "neither database nor line of events is synced": _LINE,
}


def module_with(weakening: Weakening) -> str:
    """The module's text with this weakening in it."""
    text = (ROOT / "audit_kit" / weakening.module).read_text(encoding="utf-8")
    for before, after in weakening.changes:
        assert text.count(before) == 1, (weakening.what, before)
        text = text.replace(before, after)
    return text


def weakened(weakening: Weakening, folder: Path) -> Path:
    """A copy of the program with this weakening in it."""
    shutil.copytree(ROOT / "audit_kit", folder / "audit_kit", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", folder / "templates")
    for one in filter(None, (weakening, _ALSO.get(weakening.what))):
        (folder / "audit_kit" / one.module).write_text(module_with(one), encoding="utf-8")
    return folder


def wrong_disks(proof: Proof, weakening: Weakening, mixed, unbroken, folder: Path) -> tuple[int, int, str]:
    """How many disks are wrong at once; how many restarts were tried until one was; what was wrong first."""
    at_once = [f"{cut}: {wrong[0]}" for cut, wrong in wrong_at_once(proof, folder, mixed, unbroken)]
    if at_once:
        return len(at_once), 0, at_once[0]
    near = [cut for cut in proof.cuts if weakening.near in cut.after]
    random.Random(1).shuffle(near)
    for tried, cut in enumerate(near[:TRIED], start=1):
        try:
            wrong = what_is_wrong_in_the_end(restarted(cut, folder), unbroken)
        except (AuditKitError, AssertionError) as problem:
            wrong = [str(problem)]
        if wrong:
            return 0, tried, f"{cut}: {wrong[0]}"
    return 0, len(near[:TRIED]), ""


def look(weakening: Weakening, mixed, unbroken, scratch: Path) -> str:
    program = weakened(weakening, scratch / "program")
    proof = proof_of(mixed, scratch, program)
    assert len(proof.cuts) > 150, f"it stopped before it could show anything: {proof.traced.said}"
    at_once, tried, first = wrong_disks(proof, weakening, mixed, unbroken, scratch / "cut")
    seen = f"{at_once} of {len(proof.cuts)} disks wrong at once" if at_once else f"{tried} restarts"
    print(f"| {weakening.what} | {seen} | {first[:160] or 'nothing'} |")
    return first


@pytest.mark.parametrize("weakening", (*CAUGHT, *HARMLESS), ids=lambda one: one.what)
def test_there_is_a_place_for_it_in_the_program_as_it_is_now(weakening):
    compile(module_with(weakening), weakening.module, "exec")


@traces
@pytest.mark.proof
@pytest.mark.parametrize("weakening", CAUGHT, ids=lambda one: one.what)
def test_it_is_caught(weakening, mixed, unbroken, scratch):
    assert look(weakening, mixed, unbroken, scratch)


@traces
@pytest.mark.proof
@pytest.mark.parametrize("weakening", HARMLESS, ids=lambda one: one.what)
def test_it_is_harmless_by_design(weakening, mixed, unbroken, scratch):
    assert look(weakening, mixed, unbroken, scratch) == ""
