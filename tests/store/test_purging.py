"""After its time nothing of a case can be read again, by anybody, with any key; a hold keeps it; a kill is made good."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pyrage
import pytest
from everywhere import texts_in
from mini import CHILD, RETURNED, SESSION, Mini, a_copy_of, a_session_being_audited
from typer.testing import CliRunner

from audit_kit import process
from audit_kit.cli import app
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.errors import UsageProblem
from audit_kit.store.disk import Disk

LATER = RETURNED.replace(year=RETURNED.year + 2)
H1, H2, C1 = (f"{SESSION}/{case}" for case in ("H1", "H2", "C1"))
MARK = "a purple kettle under the ninth ladder"  # stands in no other text of the project
SAID = f"There was {MARK}"  # what was recorded of H1


@pytest.fixture(scope="module")
def lived(tmp_path_factory) -> Mini:
    """A session in which everything that the store can keep of H1 is kept of it."""
    mini = a_session_being_audited(tmp_path_factory.mktemp("purging") / "kit")
    config = mini.folder / "config.yaml"
    config.write_text(config.read_text().replace("case_months: 0", "case_months: 1"))
    evidence = "N1.evidence"
    mini.drop("1.xlsx", mini.returned("H1", "GP", {evidence: f"{SAID}. " + mini.good("H1", "GP")[evidence]}))
    mini.drop("2.xlsx", mini.returned("H2", "GP"))
    doubtful = f"Quendle Zorvath\n\n{SAID}. " + mini.good("H1", "HVSN")[evidence]  # a name? nothing says so
    mini.drop("3.xlsx", mini.returned("H1", "HVSN", {evidence: doubtful}))  # waits for a person
    mini.run()
    minutes = mini.folder / "minutes.txt"
    minutes.write_text(f"Quendle Zorvath\n\n{SAID}.", encoding="utf-8")
    with mini.on(RETURNED) as kit:
        process.send_back(kit, AuditRef(SESSION, "H1", "GP"), f"{SAID}: say more", (evidence,))
        process.anonymise_document(kit, minutes, SESSION, "H1", f"{SAID}: for the meeting")
        slip = Output(f"agencies/GP/{SESSION}_H1_GP_r1.txt", f"{CHILD} {MARK}".encode())  # what the gate holds back
        kit.carry_out("held", [], [slip])
        kit.vault.put_bytes("faults/" + kit.progress()[AuditRef(SESSION, "H1", "GP")].item, SAID.encode())
        kit.vault.put_bytes(f"written/{SESSION}", SAID.encode())
        kit.vault.put_bytes(f"engagement/{SESSION}", json.dumps([{"H1.F1.why": SAID}, {}]).encode())
        kit.vault.put_bytes(f"a-kind-of-tomorrow/{SESSION}/H1/note", SAID.encode())
    minutes.unlink()
    return mini


@pytest.fixture
def mini(lived, tmp_path) -> Mini:
    return a_copy_of(lived, tmp_path / "kit")


def private_keys(mini: Mini) -> list[pyrage.x25519.Identity]:
    """Every key there is: the service's, the Board's and the escrow's, and those of cases that these open."""
    files = [mini.folder / "service.key", *(mini.folder / "keys").rglob("*.key")]
    masters = [pyrage.x25519.Identity.from_str(file.read_text().strip()) for file in files]
    cases = [
        pyrage.x25519.Identity.from_str(pyrage.decrypt(path.read_bytes(), masters).decode())
        for path in mini.store.glob("keys/**/*.key.age")
    ]
    return masters + cases


def where(mini: Mini, *words: str) -> list[str]:
    """Every file of the store, and every restricted one of the outbox, that says one of these, read with every key."""
    keys, found = private_keys(mini), []
    for path in sorted(mini.store.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.suffix == ".age":
                try:
                    data = pyrage.decrypt(data, keys)
                except pyrage.DecryptError:
                    continue
            if data.startswith(b"audit-kit value "):  # the name under which it was sealed
                data = data.partition(b"\n")[2]
            if path.parent.name == "quarantine":
                data = b64decode(json.loads(data)[1])
            said = " ".join(text for _, text in texts_in(path.name, data, ("utf-8",)))
            if any(word in said for word in words):
                found.append(path.relative_to(mini.store).as_posix())
    return found


def kinds(found: list[str]) -> set[str]:
    return {name.partition("/")[0] for name in found}


def test_before_it_is_kept_in_many_places(mini):
    assert kinds(where(mini, MARK, CHILD)) >= {
        "originals", "register", "returns", "copies", "work", "doubts", "documents", "notes", "faults", "quarantine",
        "written", "engagement",
        "a-kind-of-tomorrow",
    }  # fmt: skip
    assert list(mini.outbox.rglob(f"restricted/{SESSION}_H1_review.xlsx"))


def test_purged_nothing_of_the_case_can_be_read_but_what_is_about_the_whole_session(mini):
    with mini.on(LATER) as kit:
        process.purge(kit, H1)

    left = where(mini, MARK, CHILD)
    assert [name for name in left if not name.startswith(f"originals/{SESSION}/papers/")] == []
    assert left, "the plan is still there: it is H2's and C1's, too"
    assert list(mini.outbox.rglob("restricted/*_H1_*")) == []
    assert (mini.store / "register" / SESSION / "H2.age").exists()
    with mini.on(LATER) as kit:
        assert process.verify(kit).problems == ()
        assert kit.session(SESSION).case("H1") is not None
        assert {one.case for one in kit.session(SESSION).engagement} == {"H2", "C1"}
    mini.run(LATER)  # and the service goes on


def test_with_the_last_case_of_a_session_goes_its_plan_and_its_passwords(mini):
    assert list(mini.outbox.rglob("restricted/*"))
    with mini.on(LATER) as kit:
        for one in process.past_their_time(kit):
            process.purge(kit, one.case)

    assert where(mini, MARK, CHILD) == []
    assert not (mini.store / "passwords" / f"{SESSION}.age").exists()
    assert not list((mini.store / "keys" / SESSION).glob("*.key.age"))
    assert not list((mini.store / "originals" / SESSION).rglob("*.age"))
    assert list(mini.outbox.rglob("restricted/*")) == []
    with mini.on(LATER) as kit:
        assert process.verify(kit).problems == ()
        assert process.past_their_time(kit) == ()


def test_a_case_that_is_held_stays_until_that_is_lifted(mini):
    with mini.on(LATER) as kit:
        assert "is held" in process.hold(kit, H1, "the coroner has asked for it")
        assert {one.case: one.held for one in process.past_their_time(kit)} == {H1: True, H2: False, C1: False}
        with pytest.raises(UsageProblem, match="is held"):
            process.purge(kit, H1)
        process.purge(kit, H2)
        process.purge(kit, C1)
        assert kit.vault.has_case_key(H1)
        assert kit.vault.has_case_key(f"{SESSION}/papers")  # the plan names H1's family
        process.hold(kit, H1, "the inquest is over", lift=True)
        process.purge(kit, H1)

    assert where(mini, MARK, CHILD, "coroner", "inquest") == []


@pytest.mark.parametrize(("case", "reason", "lift"), [(H1, "", False), (H1, "why", True), (f"{SESSION}/H9", "why", False), ("2020-A1-NEG/H1", "why", False)])  # fmt: skip
def test_a_hold_without_reason_or_that_changes_nothing_is_refused(mini, case, reason, lift):
    with mini.on(LATER) as kit, pytest.raises(UsageProblem):
        process.hold(kit, case, reason, lift=lift)


def test_the_command_shows_what_it_would_do_and_a_rehearsed_date_destroys_nothing(mini, monkeypatch):
    monkeypatch.chdir(mini.folder)
    before = {path: path.read_bytes() for path in (mini.store / "keys").rglob("*") if path.is_file()}
    today = ["--today", LATER.isoformat()]

    shown = CliRunner().invoke(app, [*today, "purge", "--dry-run"])
    refused = CliRunner().invoke(app, [*today, "purge", "--yes"])

    assert shown.exit_code == 0
    assert shown.stdout.count("kept until 11 April 2027") == 3
    assert isinstance(refused.exception, UsageProblem)
    assert {path: path.read_bytes() for path in (mini.store / "keys").rglob("*") if path.is_file()} == before


def test_before_its_time_nothing_is_purged(mini):
    with mini.on(RETURNED) as kit, pytest.raises(UsageProblem, match="not past its time"):
        process.purge(kit, H1)


def test_what_came_and_belongs_to_no_case_goes_when_it_is_as_old(mini):
    mini.drop("photo.jpg", b"\xff\xd8\xff\xe0" + MARK.encode() * 20)
    mini.run()
    stray = [name for name in where(mini, MARK) if "/intake/" in name]
    with mini.on(RETURNED) as kit:
        assert process.of_no_case_past_their_time(kit) == ()
    with mini.on(LATER) as kit:
        (sha,) = process.of_no_case_past_their_time(kit)
        kit.journal.decided(
            f"purge-item:{sha}", [kit.event(EventKind.ITEM_PURGED, item=sha)], [], closes_item=sha
        )  # and here the power goes

    with mini.on(LATER) as kit:
        assert process.of_no_case_past_their_time(kit) == ()
        assert process.verify(kit).problems == ()

    assert stray and not any(sha in name for name in where(mini, MARK))
    assert not list(mini.store.rglob(f"{sha}.age"))


class Killed(BaseException):
    pass


def test_stopped_at_any_file_the_next_command_finishes_it(lived, tmp_path):
    whole = _file_changes(a_copy_of(lived, tmp_path / "counted"), stop_at=None)
    assert whole > 15
    for number in range(0, whole, max(1, whole // 5)):
        mini = a_copy_of(lived, tmp_path / f"stopped-{number}")
        _file_changes(mini, stop_at=number)
        with mini.on(LATER) as kit:  # any command
            decided = kit.journal.is_decided(f"purge:{H1}")
        left = [name for name in where(mini, MARK) if "/papers/" not in name]
        assert (left == []) is decided, number
        assert decided is (number > 0)


def _file_changes(mini: Mini, stop_at: int | None) -> int:
    """Purge H1, stopped before its n-th change of a file; how many changes there were."""
    seen = [0]

    class Stopping(Disk):
        armed = False

        def about_to(self, step: str) -> None:
            if self.armed:
                if seen[0] == stop_at:
                    raise Killed
                seen[0] += 1

    disk = Stopping()
    try:
        with mini.on(LATER, disk) as kit:
            disk.armed = True
            process.purge(kit, H1)
            disk.armed = False
    except Killed:
        assert stop_at is not None
    return seen[0]


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_killed_for_good_half_way_the_next_command_finishes_it(mini):
    code = (
        "import os, signal, sys; from datetime import date; from pathlib import Path\n"
        "from audit_kit import process; from audit_kit.domain.clock import Clock; from audit_kit.kit import opened\n"
        "from audit_kit.store.vault import Vault\n"
        "Vault.destroy_received = lambda self, sha: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"with opened(Path(sys.argv[1]), Clock(date({LATER.year}, {LATER.month}, {LATER.day})), 'purge') as kit:\n"
        f"    kit.journal.received({{'0' * 64: (kit.clock.now(), ())}}, False); process.purge(kit, '{H1}')\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(mini.config)], capture_output=True, check=False)
    assert killed.returncode == -9
    assert [name for name in where(mini, MARK) if "/papers/" not in name] != []

    with mini.on(LATER):
        pass

    assert [name for name in where(mini, MARK) if "/papers/" not in name] == []


def test_a_restricted_paper_that_is_open_elsewhere_goes_with_the_next_command(mini):
    class Busy(Disk):
        def remove(self, path: Path) -> None:
            if path.name.endswith("_review.xlsx"):
                raise PermissionError("open in Excel")
            super().remove(path)

    with mini.on(LATER, Busy()) as kit:
        process.purge(kit, H1)
        assert kit.journal.open_batches() == (f"purge:{H1}",)
    assert list(mini.outbox.rglob("restricted/*_H1_*"))

    with mini.on(LATER) as kit:
        assert kit.journal.open_batches() == ()
    assert list(mini.outbox.rglob("restricted/*_H1_*")) == []
