"""There is an expectation that single-agency audits are securely stored on file for future access.

A backup is restored and is the same; a wrong key is said before anything changes; a cut or changed journal shows; what
is filed opens with the Board's key, and every opening is on record.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat

import pytest
from mini import RETURNED, SESSION, Mini
from typer.testing import CliRunner

from audit_kit import process
from audit_kit.cli import app
from audit_kit.domain.clock import Clock
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.store.keys import new_key_pair

AUDIT = AuditRef(SESSION, "H1", "GP")


@pytest.fixture
def kept(mini) -> Mini:
    """A session with one return with the reviewer and one that waits."""
    mini.drop("a.xlsx", mini.returned("H1", "GP"))
    mini.run()
    return mini


def backed_up(mini: Mini):
    with mini.on(RETURNED) as kit:
        return process.back_up(kit, mini.folder / "stick")


def rows(mini: Mini, file: str = "store/journal.sqlite"):
    with sqlite3.connect(mini.folder / file) as database:
        return {
            table: database.execute(f"select * from {table} order by 1, 2").fetchall()
            for table in ("events", "items", "batches", "outputs")
        }


# --- backup and restore -------------------------------------------------------------------------------------------


def test_a_store_that_was_wiped_is_restored_as_it_was(kept):
    before, backup = rows(kept), backed_up(kept)
    sealed = {p.relative_to(kept.store): p.read_bytes() for p in kept.store.rglob("*.age")}
    shutil.rmtree(kept.store)

    process.restore(kept.config, backup, Clock(RETURNED))

    after = rows(kept)
    assert after["events"][: len(before["events"])] == before["events"]
    assert [after[t] for t in ("items", "batches", "outputs")] == [before[t] for t in ("items", "batches", "outputs")]
    assert {p.relative_to(kept.store): p.read_bytes() for p in kept.store.rglob("*.age")} == sealed
    with kept.on(RETURNED) as kit:
        assert process.verify(kit).problems == ()
        assert kit.journal.events()[-1].kind is EventKind.RESTORED
        assert kit.progress(SESSION)[AUDIT].item


def test_work_goes_on_after_a_restore(kept):
    backup = backed_up(kept)
    shutil.rmtree(kept.store)
    process.restore(kept.config, backup, Clock(RETURNED))

    with kept.on(RETURNED) as kit:
        process.accept(kit, AUDIT, "robust")

    assert kept.progress("H1", "GP").state == "accepted"


def test_a_store_that_is_not_empty_is_never_overwritten(kept):
    backup, before = backed_up(kept), rows(kept)

    with pytest.raises(UsageProblem, match=r"not empty.*Nothing was restored or changed"):
        process.restore(kept.config, backup, Clock(RETURNED))

    assert rows(kept)["events"][: len(before["events"])] == before["events"]


def test_a_wrong_service_key_is_said_before_anything_is_changed(kept):
    backup = backed_up(kept)
    shutil.rmtree(kept.store)
    (kept.folder / "service.key").write_text(new_key_pair().private)

    with pytest.raises(UsageProblem, match="does not open"):
        process.restore(kept.config, backup, Clock(RETURNED))

    assert not kept.store.exists()


@pytest.mark.parametrize("harm", ["changed", "gone", "no list"])
def test_a_damaged_backup_is_refused_whole(kept, harm):
    backup = backed_up(kept)
    shutil.rmtree(kept.store)
    file = next((backup / "store").rglob("register/**/*.age"))
    if harm == "changed":
        file.write_bytes(file.read_bytes()[:-1] + b"x")
    elif harm == "gone":
        file.unlink()
    else:
        (backup / "manifest.json").unlink()

    with pytest.raises(AuditKitError, match="Nothing was restored or changed"):
        process.restore(kept.config, backup, Clock(RETURNED))

    assert not kept.store.exists()


def test_a_backup_can_name_no_file_outside_itself(kept):
    backup = backed_up(kept)
    shutil.rmtree(kept.store)
    said = json.loads((backup / "manifest.json").read_text())
    outside = backup / "store" / "../../../service.key"  # its fingerprint is right: only its place is wrong
    said["files"]["../../../service.key"] = hashlib.sha256(outside.read_bytes()).hexdigest()
    (backup / "manifest.json").write_text(json.dumps(said))

    with pytest.raises(AuditKitError, match="damaged"):
        process.restore(kept.config, backup, Clock(RETURNED))


@pytest.mark.parametrize("folder", ["store", "store/x", "inbox", "outbox/team"])
def test_a_backup_never_lies_in_the_kits_own_folders(kept, folder):
    with kept.on(RETURNED) as kit, pytest.raises(UsageProblem, match=r"No backup was made\."):
        process.back_up(kit, kept.folder / folder)


def test_a_backup_makes_no_folders_for_a_stick_that_is_not_there(kept):
    with (
        kept.on(RETURNED) as kit,
        pytest.raises(UsageProblem, match=r"No backup was made\. No folder was made\. Connect"),
    ):
        process.back_up(kit, kept.folder / "stick" / "audit-kit")

    assert not (kept.folder / "stick").exists()


def test_the_service_key_is_not_in_the_backup_and_nobody_else_may_read_it(kept):
    backup, key = backed_up(kept), (kept.folder / "service.key").read_bytes().strip()
    files = [path for path in backup.rglob("*") if path.is_file()]

    assert not any(key in path.read_bytes() for path in files)
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


# --- is it whole? -------------------------------------------------------------------------------------------------


def test_a_whole_store_is_whole(kept):
    with kept.on(RETURNED) as kit:
        found = process.verify(kit, kit.journal.head()[:12])

    assert (found.problems, found.originals > 0) == ((), True)


def test_an_original_that_was_taken_away_shows(kept):
    next((kept.store / "originals").rglob("*.age")).unlink()

    with kept.on(RETURNED) as kit:
        (problem,) = process.verify(kit).problems

    assert "1 received originals are neither filed nor waiting" in problem


def test_a_tail_cut_in_the_database_alone_comes_back_and_is_told(kept):
    with kept.on(RETURNED) as kit:
        head = kit.journal.head()
    with sqlite3.connect(kept.store / "journal.sqlite") as database:
        database.execute("delete from events where number = (select max(number) from events)")

    with kept.on(RETURNED) as kit:
        assert kit.journal.head() == head
        (problem,) = process.verify(kit, head[:12]).problems

    assert "The sealed store was newer" in problem


def test_a_tail_cut_everywhere_shows_by_the_head_on_a_letter(kept):
    places = [kept.store / "journal.sqlite", kept.store / "originals" / "events.jsonl"]
    with kept.on(RETURNED) as kit:
        kit.journal.noted(kit.event(EventKind.SCANNED), rehearsal=False)
    earlier = [place.read_bytes() for place in places]
    with kept.on(RETURNED) as kit:
        kit.journal.noted(kit.event(EventKind.SCANNED), rehearsal=False)
        head = kit.journal.head()[:12]
    for place, content in zip(places, earlier, strict=True):
        place.write_bytes(content)

    with kept.on(RETURNED) as kit:
        assert kit.journal.broken_at() is None
        (problem,) = process.verify(kit, head).problems

    assert "The head that you gave is not in the journal" in problem


# --- opening what is filed ----------------------------------------------------------------------------------------


def test_the_boards_key_opens_the_return_as_it_came_and_it_is_on_record(kept, tmp_path):
    data = kept.returned("H1", "HVSN")
    kept.drop("b.xlsx", data)
    kept.run()

    with kept.on(RETURNED) as kit:
        audit = AuditRef(SESSION, "H1", "HVSN")
        written = process.open_original(
            kit, audit, kept.folder / "keys/for-the-board-manager/board.key", tmp_path, "a court asked"
        )
        last = process.access_log(kit)[-1]

    assert written.read_bytes() == data
    assert (last.what, last.about, last.why) == ("original opened", f"{SESSION}/H1/HVSN", "reason kept sealed")


def test_the_access_log_shows_what_people_opened_and_counts_the_kits_own_look_throughs(kept):
    with kept.on(RETURNED) as kit:
        process.show_password(kit, SESSION, "GP")
        lines = process.access_log(kit)
    own = [line for line in lines if line.by_itself]
    shown, each = (
        CliRunner().invoke(app, ["--config", str(kept.config), "access-log", *more]).output.splitlines()
        for more in ((), ("--all",))
    )

    assert own and {(line.what, line.why in ("scan of what leaves", "anonymise")) for line in own} == {
        ("register opened", True)
    }
    assert len(each) == len(lines) and len(shown) == len(lines) - len(own) + 1
    assert [line for line in shown[:-1] if "scan of what leaves" in line or line.endswith("anonymise")] == []
    assert any("password shown" in line for line in shown) and any("identity slip" in line for line in shown)
    assert f"looked through registers {len(own)} times" in shown[-1] and "access-log --all" in shown[-1]


@pytest.mark.parametrize("wrong", ["service.key", "config.yaml", "no-such.key"])
def test_no_other_key_does(kept, tmp_path, wrong):
    with kept.on(RETURNED) as kit, pytest.raises(UsageProblem):
        process.open_original(kit, AUDIT, kept.folder / wrong, tmp_path, "why")

    assert list(tmp_path.glob("*.xlsx")) == []


def test_nor_without_a_reason_nor_into_the_kits_own_folders_or_a_synced_one(kept):
    key = kept.folder / "keys/for-the-board-manager/board.key"
    for to, reason in ((kept.folder / "x", " "), (kept.outbox, "why"), (kept.folder / "OneDrive - Board", "why")):
        with kept.on(RETURNED) as kit, pytest.raises(UsageProblem, match=r"(reason|may not lie)"):
            process.open_original(kit, AUDIT, key, to, reason)
