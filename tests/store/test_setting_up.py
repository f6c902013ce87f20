"""Set-up asks what it must, proves the keys, refuses places that are carried off, and says what to keep where."""

import json
import os
import shutil
import stat
import subprocess
import sys

import pytest

from audit_kit.acts.doctor import examine
from audit_kit.acts.setting_up import KEY_FOLDERS, SHEET, answers_from, set_up
from audit_kit.config import load
from audit_kit.errors import UsageProblem
from audit_kit.store.folders import shipped
from audit_kit.store.keys import key_pair_of, new_key_pair, write_private_key


@pytest.fixture
def base(tmp_path):
    folder = tmp_path / "board"
    folder.mkdir()
    text = shipped("config.yaml").read_text(encoding="utf-8")
    text = text.replace('  service_key_file: ""', '  service_key_file: "../service.key"')
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(shipped("templates"), folder / "templates")
    return folder


def answered(base, **more):
    lines = {"keys_to": base.parent / "stick", "case_months": 36, "store_folder": base.parent / "sealed"} | more
    file = base.parent / "answers.yaml"
    file.write_text("".join(f"{name}: {str(value)!r}\n" if not isinstance(value, int) else f"{name}: {value}\n"
                            for name, value in lines.items() if value is not None))  # fmt: skip
    return file


def ran(base, *arguments, typed=None):
    return subprocess.run(
        [sys.executable, "-m", "audit_kit", "--config", str(base / "config.yaml"), *arguments],
        capture_output=True, text=True, check=False, input=typed,
    )  # fmt: skip


def test_the_command_sets_up_from_a_file_of_answers_and_the_doctor_agrees(base):
    called = ran(base, "set-up", "--answers", str(answered(base)))

    assert called.returncode == 0, called.stderr
    config = load(base / "config.yaml")
    assert config.retention.case_months == 36
    assert config.store.folder == (base.parent / "sealed").as_posix()
    for name in ("board", "escrow"):
        private = (base.parent / "stick" / KEY_FOLDERS[name] / f"{name}.key").read_text().strip()
        assert key_pair_of(private).public == getattr(config.store, f"{name}_key")
        assert private not in called.stdout
    if os.name == "posix":
        for path in (base.parent / "sealed", base / "inbox", base / "outbox"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
    found = json.loads(ran(base, "doctor", "--json").stdout)
    assert [one["said"] for one in found if one["state"] == "wrong" and one["what"] != "disk encryption"] == []
    assert "locked away" in (base / SHEET).read_text()
    assert "AGE-SECRET" not in (base / SHEET).read_text()


def typed(base, *, inbox="", outbox="", board="", escrow=""):
    return "\n".join((inbox, outbox, str(base.parent / "sealed"), board, escrow, str(base.parent / "stick"), "24", ""))


def test_asked_it_asks_for_folders_keys_and_retention_and_shows_the_folders_that_stand(base):
    called = ran(base, "set-up", typed=typed(base))

    assert called.returncode == 0, called.stderr
    assert "[inbox]" in called.stdout and "[outbox]" in called.stdout
    config = load(base / "config.yaml")
    assert (config.retention.case_months, config.folders.inbox, config.folders.outbox) == (24, "inbox", "outbox")


def test_a_question_that_must_have_an_answer_is_asked_again_with_what_is_wanted(base):
    before, stick, _, after = typed(base).rsplit("\n", 3)
    called = ran(base, "set-up", typed="\n".join((before, "", stick, "", "two years", "0", "900", "24", after)))

    assert called.returncode == 0, called.stderr
    assert called.stdout.count("This must be answered: type a folder, such as E:/keys.") == 1
    assert called.stdout.count("type a whole number of months, such as 24, from 1 to 600.") == 4
    assert load(base / "config.yaml").retention.case_months == 24


def test_another_inbox_and_outbox_are_made_and_entered(base):
    comments = (base / "config.yaml").read_text(encoding="utf-8").count("#")
    called = ran(base, "set-up", typed=typed(base, inbox="../in", outbox=str(base.parent / "out")))

    assert called.returncode == 0, called.stderr
    config = load(base / "config.yaml")
    assert (config.folders.inbox, config.folders.outbox) == ("../in", (base.parent / "out").as_posix())
    assert (base.parent / "in").is_dir() and (base.parent / "out").is_dir() and not (base / "inbox").exists()
    assert (base / "config.yaml").read_text(encoding="utf-8").count("#") == comments


def test_a_public_key_that_is_there_already_is_entered_and_told_as_not_tried(base):
    escrow = new_key_pair().public
    called = ran(base, "set-up", typed=typed(base, escrow=escrow))

    assert called.returncode == 0, called.stderr
    assert load(base / "config.yaml").store.escrow_key == escrow
    assert [path.name for path in (base.parent / "stick").rglob("*.key")] == ["board.key"]
    assert "The escrow's private key is not here, so it was not tried" in called.stdout
    assert "The Board's private key opened a test file" in called.stdout


def test_what_is_no_key_is_refused_and_not_repeated(base):
    before = (base / "config.yaml").read_bytes()
    called = ran(base, "set-up", "--answers", str(answered(base, board_key="age1mistyped")))

    assert called.returncode == 2
    assert "is no public key" in called.stderr and "mistyped" not in called.stderr
    assert (base / "config.yaml").read_bytes() == before and not (base.parent / "stick").exists()


def test_each_private_key_lies_in_a_folder_for_the_one_person_who_carries_it_away(base):
    called = ran(base, "set-up", "--answers", str(answered(base)))

    there = sorted(
        path.relative_to(base.parent / "stick").as_posix() for path in (base.parent / "stick").rglob("*.key")
    )
    assert there == ["for-the-board-manager/board.key", "for-the-escrow-holder/escrow.key"]
    assert "nobody is to hold both" in called.stdout
    assert "nobody is to hold both" in (base / SHEET).read_text()


@pytest.mark.parametrize("name", ["board", "escrow"])
def test_a_private_key_that_lies_where_a_new_one_would_be_put_is_left_and_told(base, name):
    before = (base / "config.yaml").read_bytes()
    there = base.parent / "stick" / KEY_FOLDERS[name] / f"{name}.key"
    write_private_key(there, new_key_pair().private)
    kept = there.read_bytes()

    called = ran(base, "set-up", "--answers", str(answered(base)))

    assert called.returncode == 2
    assert "lies where a new one would be put" in called.stderr and str(there) in called.stderr
    assert "nothing was set up" in called.stderr and "another folder" in called.stderr
    assert there.read_bytes() == kept and (base / "config.yaml").read_bytes() == before
    assert not (base.parent / "sealed").exists() and not (base.parent / "service.key").exists()


def test_that_key_is_used_when_its_file_is_told(base):
    there = base.parent / "stick" / KEY_FOLDERS["board"] / "board.key"
    write_private_key(there, (pair := new_key_pair()).private)

    called = ran(base, "set-up", "--answers", str(answered(base, board_key=there)))

    assert called.returncode == 0, called.stderr
    assert load(base / "config.yaml").store.board_key == pair.public


@pytest.mark.parametrize("missing", ["keys_to", "case_months"])
def test_there_is_no_silent_default(base, missing):
    before = (base / "config.yaml").read_bytes()

    called = ran(base, "set-up", "--answers", str(answered(base, **{missing: None})))

    assert called.returncode == 2
    assert missing in called.stderr
    assert (base / "config.yaml").read_bytes() == before
    assert not (base.parent / "stick").exists()


@pytest.mark.parametrize("place", ["OneDrive - Board/store", "Dropbox/store", "Google Drive/store", "iCloud Drive/store", "board/inbox/store", "board/outbox"])  # fmt: skip
def test_a_store_that_would_be_carried_off_is_refused_before_anything_is_made(base, place):
    before = (base / "config.yaml").read_bytes()
    told = answers_from(answered(base, store_folder=base.parent / place))

    with pytest.raises(UsageProblem, match=r"synced|lies in|are the same"):
        set_up(base / "config.yaml", told.keys_to, told)

    assert (base / "config.yaml").read_bytes() == before
    assert not (base.parent / "stick").exists()
    assert not (base.parent / "service.key").exists()


@pytest.mark.parametrize("place", ["sealed/keys", "board/outbox/keys", "board/inbox", "OneDrive - Board/keys"])
def test_private_keys_are_put_neither_beside_what_they_open_nor_into_what_leaves_or_is_synced(base, place):
    before = (base / "config.yaml").read_bytes()

    called = ran(base, "set-up", "--answers", str(answered(base, keys_to=base.parent / place)))

    assert called.returncode == 2
    assert "private keys would lie" in called.stderr
    assert (base / "config.yaml").read_bytes() == before
    assert not list(base.parent.rglob("*.key"))


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("sqlite:///{}/OneDrive - Board/journal.sqlite", "synced to other places"),
        ("sqlite:///{}/board/outbox/journal.sqlite", "in the inbox or the outbox"),
        ("sqlite:///journal.sqlite", "whole path"),
        ("sqlite://", "whole path"),
        ("postgresql+psycopg://board:word@db.example.org/board", "holds a password"),
    ],
)
def test_a_journal_that_would_be_carried_off_is_refused_as_the_store_is_and_the_doctor_tells_it(base, url, fault):
    text = (base / "config.yaml").read_text(encoding="utf-8")
    text = text.replace('journal_url: ""', f'journal_url: "{url.format(base.parent.as_posix())}"')
    (base / "config.yaml").write_text(text, encoding="utf-8")
    told = answers_from(answered(base))

    with pytest.raises(UsageProblem, match=fault):
        set_up(base / "config.yaml", told.keys_to, told)

    assert not (base.parent / "stick").exists()
    (found,) = examine(base / "config.yaml")
    assert found.state == "wrong" and fault in found.said


def test_nor_is_the_service_key(base):
    text = (base / "config.yaml").read_text(encoding="utf-8")
    (base / "config.yaml").write_text(text.replace("../service.key", "outbox/service.key"), encoding="utf-8")

    called = ran(base, "set-up", "--answers", str(answered(base)))

    assert called.returncode == 2
    assert "service key would lie in the outbox folder" in called.stderr
    assert not list(base.parent.rglob("*.key"))


def test_keys_that_the_board_and_the_escrow_have_already_are_used_and_not_copied(base):
    pairs = {name: new_key_pair() for name in ("board", "escrow")}
    for name, pair in pairs.items():
        write_private_key(base.parent / f"own-{name}", pair.private)
    told = answers_from(answered(base, **{f"{name}_key": base.parent / f"own-{name}" for name in pairs}))

    set_up(base / "config.yaml", told.keys_to, told)

    store = load(base / "config.yaml").store
    assert (store.board_key, store.escrow_key) == (pairs["board"].public, pairs["escrow"].public)
    assert not (base.parent / "stick").exists()


def test_one_key_for_both_is_refused(base):
    write_private_key(base.parent / "own", new_key_pair().private)
    told = answers_from(answered(base, board_key=base.parent / "own", escrow_key=base.parent / "own"))

    with pytest.raises(UsageProblem, match="are the same"):
        set_up(base / "config.yaml", told.keys_to, told)


def test_set_up_twice_changes_no_key(base):
    file = str(answered(base))
    assert ran(base, "set-up", "--answers", file).returncode == 0
    before = (base / "config.yaml").read_bytes()

    assert ran(base, "set-up", "--answers", file).returncode == 2
    assert (base / "config.yaml").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="umask and core files")
def test_a_command_writes_for_its_owner_alone_and_leaves_no_memory_behind():
    code = (
        "import os, resource; from audit_kit.store.private import keep_private; keep_private();"
        "print(oct(os.umask(0)), resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.split() == ["0o77", "0"]
