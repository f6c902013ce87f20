"""The whole kit with its journal on a database server: a session, what is lost comes back, one at a time over machines.

Run by .ci/journal-on-postgresql; skipped where AUDIT_KIT_TEST_DATABASE names no server.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import mini as sessions
import pytest
import sqlalchemy as sa
from database_server import SERVER, empty
from mini import RETURNED, SESSION, Mini

from audit_kit import process
from audit_kit.domain.clock import Clock
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.store.lease import Lease

pytestmark = pytest.mark.skipif(not SERVER, reason="no database server is named")
AUDIT = AuditRef(SESSION, "H1", "GP")


@pytest.fixture(scope="module")
def mini(tmp_path_factory) -> Mini:
    """One session, played with its journal on the server; the tests go on with it, one after the other."""
    empty(SERVER)
    patch = pytest.MonkeyPatch()
    patch.setattr(sessions, "JOURNAL_URL", SERVER)
    made = sessions.a_session_being_audited(tmp_path_factory.mktemp("server") / "kit")
    patch.undo()
    return made


def audit_kit(mini: Mini, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), *words]
    return subprocess.run(command, cwd=mini.folder, capture_output=True, text=True, check=False, timeout=120)


def rows(mini: Mini):
    with mini.on(RETURNED) as kit:
        return kit.journal.rows(), kit.journal.mended


def on_the_server(statement: str) -> None:
    engine = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


def test_a_session_is_played_to_its_report(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP"))
    called = audit_kit(mini, "process")

    assert f"{AUDIT}: with the reviewer" in called.stdout, called.stderr
    assert audit_kit(mini, "accept", str(AUDIT)).returncode == 0
    assert audit_kit(mini, "report", SESSION).returncode == 0
    assert audit_kit(mini, "verify").returncode == 0
    assert mini.progress("H1", "GP").state is AuditState.ACCEPTED
    assert not list(mini.store.glob("journal.sqlite*"))


@pytest.mark.parametrize("statement", [
    "UPDATE events SET agency = 'MPS' WHERE number = 5",
    "DELETE FROM events WHERE number = (SELECT max(number) FROM events)",
    "DELETE FROM outputs",
    "DROP TABLE batches",
])  # fmt: skip
def test_what_was_changed_or_lost_on_the_server_is_put_right(mini, statement):
    before, _ = rows(mini)
    on_the_server(statement)

    after, said = rows(mini)

    assert after == before
    assert said or "outputs" in statement or "batches" in statement


def test_it_is_rebuilt_from_the_sealed_store_alone_and_what_was_there_is_kept_aside(mini):
    before, _ = rows(mini)

    called = audit_kit(mini, "rebuild")

    assert "rebuilt" in called.stdout, called.stderr
    assert rows(mini)[0] == before
    engine = sa.create_engine(SERVER)
    assert [name for name in sa.inspect(engine).get_table_names() if name.startswith("events_damaged_")]
    engine.dispose()


def test_wiped_here_and_there_it_comes_back_from_a_backup(mini, tmp_path):
    with mini.on(RETURNED) as kit:
        made = process.back_up(kit, tmp_path)
        before = kit.journal.rows()
    shutil.move(mini.store, tmp_path / "gone")
    empty(SERVER)

    process.restore(mini.config, made, Clock(RETURNED))

    after, _ = rows(mini)
    assert after["events"][: len(before["events"]) - 1] == before["events"][:-1]
    assert {name: after[name] for name in ("items", "batches", "outputs")} == {
        name: before[name] for name in ("items", "batches", "outputs")
    }
    with mini.on(RETURNED) as kit:
        assert process.verify(kit).problems == ()


def test_a_second_machine_is_told_who_is_at_work_and_exits_with_3(mini, tmp_path):
    other = sessions.a_copy_of(mini, tmp_path / "kit")  # another store's lock can't be seen, as on another machine
    other.drop("return.xlsx", mini.returned("H2", "GP"))
    command = [sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), "watch"]
    with subprocess.Popen(command, cwd=mini.folder, stdout=subprocess.PIPE, text=True) as service:
        assert "Watching" in service.stdout.readline()
        called = audit_kit(other, "process")
        service.terminate()
        service.communicate(timeout=30)

    assert called.returncode == 3
    assert f"(audit-kit watch on {os.uname().nodename}, process {service.pid}, since " in called.stderr
    assert (other.inbox / "return.xlsx").exists()
    assert service.returncode == 0
    assert audit_kit(mini, "status").returncode == 0, "given back, the next need not wait"


def test_a_killed_service_leaves_the_journal_free_within_a_second(mini):
    command = [sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), "watch"]
    with subprocess.Popen(command, cwd=mini.folder, stdout=subprocess.PIPE, text=True) as service:
        assert "Watching" in service.stdout.readline()
        service.kill()
        service.communicate()

    assert audit_kit(mini, "status").returncode == 0


def test_a_connection_that_was_cut_is_made_anew(mini):
    with mini.on(RETURNED) as kit:
        before = len(kit.journal.events())
        on_the_server("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        process.show_password(kit, SESSION, "GP")
        assert len(kit.journal.events()) == before + 1


def test_cut_off_in_a_commit_the_decision_counts_once(mini):
    """The server may have committed and been unable to say so: what stands in the line of events counts."""
    with mini.on(RETURNED) as kit:
        journal = kit.journal
        about_to = journal._about_to

        def cut(step: str) -> None:
            if step == "commit: decide a batch":
                on_the_server("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

        journal._about_to = cut
        with pytest.raises(OSError, match="can't be reached"):
            journal.decided("in doubt", [], [])
        journal._about_to = about_to
        journal.closed("in doubt")
        assert journal.is_decided("in doubt")
        assert journal.broken_at() is None
    assert rows(mini)[1] == ""


def test_a_server_that_is_away_is_told_and_nothing_is_taken(mini, tmp_path):
    other = sessions.a_copy_of(mini, tmp_path / "kit")
    text = other.config.read_text()
    other.config.write_text(text.replace(SERVER, "postgresql+psycopg://postgres@127.0.0.1:1/x"))
    other.drop("return.xlsx", b"anything")

    with pytest.raises(AuditKitError, match="can't be reached") as told, other.on(RETURNED):
        pass

    assert "127.0.0.1" not in told.value.sentence()
    assert (other.inbox / "return.xlsx").exists()


@pytest.mark.parametrize(("url", "words"), [
    ("postgresql+psycopg://kit:secret@db/kit", "holds a password"),
    ("not a url", "no URL"),
    ("mysql+pymysql://kit@db/kit", "not installed"),
])  # fmt: skip
def test_a_url_that_can_not_be_is_told_before_anything_is_done(mini, tmp_path, url, words):
    other = sessions.a_copy_of(mini, tmp_path / "kit")
    other.config.write_text(other.config.read_text().replace(SERVER, url))

    with pytest.raises(UsageProblem, match=words) as told, other.on(RETURNED):
        pass

    assert "secret" not in told.value.sentence()


def test_who_lost_the_journal_to_another_machine_changes_nothing_more(mini):
    with mini.on(RETURNED) as kit:
        before = kit.journal.rows()
        on_the_server("DELETE FROM leases")
        other = Lease(SERVER, mini.folder / "elsewhere", "watch")
        other.take()
        with pytest.raises(AuditKitError, match="at work on this journal"):
            process.show_password(kit, SESSION, "GP")
        assert kit.journal.rows() == before
    other.close()
    assert rows(mini)[0] == before
