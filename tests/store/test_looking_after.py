"""Back up, restore, verify, purge, open an original: on the real store of a small session."""

import shutil

import pytest
from mini import CHILD, RETURNED, Mini, a_copy_of, a_session_being_audited
from promises import TOO_MUCH, words_of

from audit_kit import process
from audit_kit.demo.sample import sample_of
from audit_kit.domain.clock import Clock
from audit_kit.errors import UsageProblem
from audit_kit.store.disk import Disk
from audit_kit.store.folders import network_of


@pytest.fixture(scope="module")
def received(tmp_path_factory) -> Mini:
    mini = a_session_being_audited(tmp_path_factory.mktemp("store") / "kit")
    mini.drop("return.xlsx", mini.returned("H1", "GP"))
    with mini.on(RETURNED) as kit:
        process.work_through_inbox(kit, lambda seconds: None)
    return mini


@pytest.fixture
def mini(received, tmp_path) -> Mini:
    return a_copy_of(received, tmp_path / "kit")


def rows(mini: Mini):
    with mini.on(RETURNED) as kit:
        return kit.journal.rows()


def test_wiped_and_restored_the_store_is_equal_but_for_saying_so(mini, tmp_path):
    with mini.on(RETURNED) as kit:
        made = process.back_up(kit, tmp_path / "elsewhere")
        before = kit.journal.rows()
    shutil.rmtree(mini.store)

    process.restore(mini.folder / "config.yaml", made, Clock(RETURNED))

    after = rows(mini)
    assert after["events"][: len(before["events"]) - 1] == before["events"][:-1]  # the backup can't hold its own line
    assert [event["kind"] for event in after["events"][len(before["events"]) - 1 :]] == ["restored from a backup"]
    assert {name: after[name] for name in ("items", "batches", "outputs")} == {
        name: before[name] for name in ("items", "batches", "outputs")
    }
    with mini.on(RETURNED) as kit:
        assert process.verify(kit).problems == ()


class Killed(BaseException):
    pass


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_restore_that_was_stopped_leaves_no_half_store_and_is_done_again(mini, tmp_path, monkeypatch, share):
    with mini.on(RETURNED) as kit:
        first = process.back_up(kit, tmp_path / "first")
        kit.vault.put_bytes("later/one", b"only in the second")
        second = process.back_up(kit, tmp_path / "second")
    shutil.rmtree(mini.store)
    files = len([path for path in (second / "store").rglob("*") if path.is_file()])
    write, left = Disk.write, [int(files * share)]

    def stopping(self, path, data):
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        write(self, path, data)

    monkeypatch.setattr(Disk, "write", stopping)
    with pytest.raises(Killed):
        process.restore(mini.config, second, Clock(RETURNED))
    monkeypatch.undo()
    assert not mini.store.exists()

    process.restore(mini.config, first, Clock(RETURNED))

    assert not (mini.store / "later").exists(), "nothing of the other backup is mixed in"
    with mini.on(RETURNED) as kit:
        assert process.verify(kit).problems == ()


def test_a_backup_that_was_stopped_is_none(mini, tmp_path):
    class Stopping(Disk):
        def write(self, path, data):
            if path.name == "manifest.json":
                raise Killed
            super().write(path, data)

    with pytest.raises(Killed), mini.on(RETURNED, Stopping()) as kit:
        process.back_up(kit, tmp_path)
    (made,) = tmp_path.glob("audit-kit-backup-*")
    shutil.move(mini.store, tmp_path / "gone")

    with pytest.raises(UsageProblem, match="no whole backup"):
        process.restore(mini.config, made, Clock(RETURNED))
    assert not mini.store.exists()


def test_the_database_of_a_real_session_is_rebuilt_equal_row_for_row(mini):
    before = rows(mini)
    for path in mini.store.glob("journal.sqlite*"):
        path.unlink()

    assert "rebuilt" in process.rebuild(mini.folder / "config.yaml")

    assert rows(mini) == before


def test_verify_tells_what_people_did_by_hand(mini):
    with mini.on(RETURNED) as kit:
        assert process.verify(kit).problems == ()
        _, path = next(iter(kit.vault.originals().values()))
        sealed = bytearray(path.read_bytes())
        sealed[-1] ^= 1  # one bit
        path.write_bytes(sealed)

        found = process.verify(kit, head="0123456789ab")

    assert any("was changed" in sentence for sentence in found.problems)
    assert any("end was cut off" in sentence for sentence in found.problems)


def test_nothing_is_purged_while_nobody_decided_how_long_it_is_kept(mini):
    with mini.on(RETURNED) as kit, pytest.raises(UsageProblem, match="has not been decided"):
        process.past_their_time(kit)


def test_no_name_stands_in_the_store_or_its_journal_unsealed(mini):
    for path in mini.store.rglob("*"):
        if path.is_file():
            assert CHILD.encode() not in path.read_bytes()
            assert CHILD.split()[-1].lower() not in path.name.lower()


@pytest.mark.parametrize(("kind", "network"), [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("ext4", False)])
def test_a_network_drive_is_known(tmp_path, kind, network):
    (tmp_path / "mounts").write_text(f"/dev/a / ext4 rw 0 0\nsrv:/x /mnt/share {kind} rw 0 0\n")

    assert bool(network_of(tmp_path.__class__("/mnt/share/store"), tmp_path / "mounts")) is network
    assert not network_of(tmp_path, tmp_path / "mounts")


def test_nothing_in_the_outbox_promises_that_it_is_anonymous(mini):
    looked_at = [path for path in mini.outbox.rglob("*") if path.is_file() and "restricted" not in path.parts]

    assert len(looked_at) > 10
    assert {path.name: TOO_MUCH.findall(words_of(path)) for path in looked_at if TOO_MUCH.search(words_of(path))} == {}


def test_verify_takes_no_preview_for_a_paper_of_a_journal_that_was_cut(mini):
    """Found 28 November 2026: each preview in the outbox carried a head that no journal knew."""
    with mini.on(RETURNED) as kit:
        previews = kit.folders.outbox / "team" / "templates"
        previews.mkdir(parents=True)
        for name in ("audit_report.docx", "send_back_letter.docx", "identity_slip.docx"):
            shown = process.preview(kit.config, kit.folders.templates, name, sample_of)
            (previews / name).write_bytes(shown)
        (previews / "fields.docx").write_bytes(process.field_guide(kit.config, sample_of))

        assert process.verify(kit).problems == ()
