"""Set-up asks what it must, proves the keys, refuses places that are carried off, and says what to keep where."""

import json
import os
import shutil
import stat
import subprocess
import sys

import pytest

from audit_kit.acts.setting_up import SHEET, answers_from, set_up
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
        private = (base.parent / "stick" / f"{name}.key").read_text().strip()
        assert key_pair_of(private).public == getattr(config.store, f"{name}_key")
        assert private not in called.stdout
    if os.name == "posix":
        for path in (base.parent / "sealed", base / "inbox", base / "outbox"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
    found = json.loads(ran(base, "doctor", "--json").stdout)
    assert [one["said"] for one in found if one["state"] == "wrong" and one["what"] != "disk encryption"] == []
    assert "locks away" in (base / SHEET).read_text()
    assert "AGE-SECRET" not in (base / SHEET).read_text()


def test_asked_it_asks_for_keys_and_retention(base):
    called = ran(base, "set-up", typed=f"{base.parent / 'sealed'}\n{base.parent / 'stick'}\n24\n")

    assert called.returncode == 0, called.stderr
    assert load(base / "config.yaml").retention.case_months == 24


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


def test_keys_that_the_board_and_the_escrow_have_already_are_used_and_not_copied(base):
    pairs = {name: new_key_pair() for name in ("board", "escrow")}
    for name, pair in pairs.items():
        write_private_key(base.parent / f"own-{name}", pair.private)
    told = answers_from(answered(base, **{f"{name}_key_file": base.parent / f"own-{name}" for name in pairs}))

    set_up(base / "config.yaml", told.keys_to, told)

    store = load(base / "config.yaml").store
    assert (store.board_key, store.escrow_key) == (pairs["board"].public, pairs["escrow"].public)
    assert not (base.parent / "stick").exists()


def test_one_key_for_both_is_refused(base):
    write_private_key(base.parent / "own", new_key_pair().private)
    told = answers_from(answered(base, board_key_file=base.parent / "own", escrow_key_file=base.parent / "own"))

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
