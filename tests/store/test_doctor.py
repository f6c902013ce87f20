"""The doctor says of each thing that is not right what was found, where, what can't be relied on and what to do next."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from mini import Mini, an_installation
from typer.testing import CliRunner

from audit_kit.acts import doctor
from audit_kit.acts.doctor import NOT_KNOWN, RIGHT, WRONG, Found, examine
from audit_kit.cli import app
from audit_kit.store import inbox_mark
from audit_kit.store.disk_encryption import is_encrypted


@pytest.fixture
def mini(tmp_path) -> Mini:
    return an_installation(tmp_path / "kit")


def found(mini: Mini, what: str) -> list[Found]:
    return [one for one in examine(mini.config) if one.what == what]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def everything_wrong(mini: Mini, monkeypatch) -> tuple[Found, ...]:
    (mini.folder / "templates" / "audit_report.docx").unlink()
    (mini.folder / "templates" / "status.html").write_text("{{ no_such_thing }}")
    (mini.inbox / inbox_mark.NAME).unlink()
    shutil.move(mini.folder / "service.key", mini.store / "service.key")
    change(mini.config, 'service_key_file: "service.key"', 'service_key_file: "store/service.key"')
    mini.store.chmod(0o755)
    mini.outbox.chmod(0o755)
    monkeypatch.setattr(doctor, "network_of", lambda folder: "nfs4")
    monkeypatch.setattr(doctor, "is_synced", lambda folder: True)
    monkeypatch.setattr(doctor, "is_encrypted", lambda folder: False)
    monkeypatch.setattr(doctor, "_LEAST_FREE", 1 << 80)
    monkeypatch.setattr(doctor, "_LONG_PATH", 1)
    return examine(mini.config)


def test_each_finding_that_is_not_right_has_its_four_parts(mini, monkeypatch):
    seen = everything_wrong(mini, monkeypatch)

    wrong = {one.what for one in seen if one.state == WRONG}
    assert wrong >= {
        "templates", "mark of the inbox", "service key", "place of the store", "place of inbox and outbox",
        "disk encryption", "free space", "length of paths", "retention",
    }  # fmt: skip
    assert ({"rights to the store", "rights to inbox and outbox"} <= wrong) is (os.name != "nt")
    lacking = [one for one in seen if one.state != RIGHT and not all((one.said, one.where, one.means, one.next_step))]
    assert lacking == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX rights")
def test_an_inbox_that_everybody_can_look_into_is_told_and_one_for_the_team_is_not(mini):
    mini.inbox.chmod(0o750)
    (of_the_team,) = (one for one in examine(mini.config) if one.what == "rights to inbox and outbox")
    mini.inbox.chmod(0o755)
    (of_all,) = (one for one in examine(mini.config) if one.what == "rights to inbox and outbox")

    assert of_the_team.state == RIGHT
    assert (of_all.state, of_all.next_step) == (WRONG, f"Run: chmod o-rwx {mini.inbox}")


def test_a_service_key_that_is_carried_to_other_places_is_told(mini):
    synced = mini.folder / "Nextcloud"
    synced.mkdir()
    shutil.move(mini.folder / "service.key", synced / "service.key")
    change(mini.config, 'service_key_file: "service.key"', 'service_key_file: "Nextcloud/service.key"')

    (told,) = (one for one in examine(mini.config) if one.what == "service key")

    assert (told.state, told.said) == (WRONG, "It lies in a folder that is synced to other places.")


@pytest.mark.parametrize("broken", ["board_key", "template folder", "no key", "configuration"])
def test_also_what_a_command_would_have_refused_has_them(mini, broken):
    if broken == "board_key":
        change(mini.config, 'board_key: "age1', 'board_key: "age2')
    elif broken == "template folder":
        shutil.rmtree(mini.folder / "templates")
    elif broken == "no key":
        (mini.folder / "service.key").unlink()
    else:
        change(mini.config, "deep_dives: 3", "deep_dives: three")

    wrong = [one for one in examine(mini.config) if one.state == WRONG and one.what != "retention"]
    assert wrong
    assert [one for one in wrong if not all((one.said, one.where, one.means, one.next_step))] == []


def test_a_template_that_could_not_be_used_is_told_before_it_is_needed(mini):
    assert [one.state for one in found(mini, "templates")] == [RIGHT]
    (mini.folder / "templates" / "status.html").write_text("{{ no_such_thing }}")

    (one,) = found(mini, "templates")

    assert one.state == WRONG
    assert "no_such_thing" in one.said


def test_a_small_form_whose_layout_is_missing_or_faulty_holds_nothing_up_and_that_is_said(mini):
    (mini.folder / "templates" / "meeting_form.xlsx").unlink()
    (mini.folder / "templates" / "agreed_form.xlsx").write_bytes(b"not a workbook")
    (mini.folder / "templates" / "briefing.docx").unlink()

    told = found(mini, "templates")

    assert len(told) == 3
    for one in told:
        of_a_letter = "briefing.docx" in one.said
        assert one.means.startswith("Papers made of it are not written" if of_a_letter else "Nothing is held up: ")


def test_the_doctor_needs_no_store_that_is_free(mini):
    with mini.on(__import__("datetime").date(2026, 11, 6)):
        assert found(mini, "keys")[0].state == RIGHT


def test_nothing_is_changed(mini):
    before = {path: path.read_bytes() for path in mini.folder.rglob("*") if path.is_file()}

    examine(mini.config)

    assert {path: path.read_bytes() for path in mini.folder.rglob("*") if path.is_file()} == before


def test_the_command_prints_the_parts_and_says_what_is_its_business(mini, monkeypatch):
    everything_wrong(mini, monkeypatch)
    monkeypatch.chdir(mini.folder)

    told = CliRunner().invoke(app, ["doctor"])
    as_json = json.loads(CliRunner().invoke(app, ["doctor", "--json"]).stdout)

    assert told.exit_code == 1
    for words in (
        "wrong  disk encryption: The disk of the store is not encrypted.",
        "Where: ",
        "It means: ",
        "For IT: ",
        "Next: ",
    ):
        assert words in told.stdout
    assert as_json[0].keys() == {"what", "state", "said", "where", "means", "next_step", "for_it"}


# --- disk encryption -----------------------------------------------------------------------------------------

LUKS = '{"blockdevices":[{"type":"lvm","children":[{"type":"crypt","children":[{"type":"part"}]}]}]}'
PLAIN = '{"blockdevices":[{"type":"part","children":[{"type":"disk"}]}]}'
LENT = '{"blockdevices":[{"type":"loop"}]}'


@pytest.mark.skipif(os.name == "nt", reason="asks for the device of a folder")
@pytest.mark.parametrize(("answer", "known"), [((0, LUKS), True), ((0, PLAIN), False), ((0, LENT), None), ((0, "{"), None), ((1, ""), None), (None, None)])  # fmt: skip
def test_what_lsblk_says_of_the_layers_below(tmp_path, answer, known):
    assert is_encrypted(tmp_path, "linux", lambda command: answer) is known


@pytest.mark.parametrize(("answer", "known"), [((0, ""), True), ((1, ""), False), ((-1, "ERROR: An attempt to access a required resource was denied."), None), ((1, "ERROR: denied"), None), (None, None)])  # fmt: skip
def test_what_manage_bde_says(tmp_path, answer, known):
    assert is_encrypted(tmp_path, "win32", lambda command: answer) is known


@pytest.mark.parametrize(
    ("answer", "known"), [((0, "FileVault is On.\n"), True), ((0, "FileVault is Off.\n"), False), (None, None)]
)
def test_what_fdesetup_says(tmp_path, answer, known):
    assert is_encrypted(tmp_path, "darwin", lambda command: answer) is known


@pytest.mark.skipif(shutil.which("lsblk") is None, reason="lsblk is not installed")
def test_the_real_program_is_asked_and_understood(tmp_path):
    from audit_kit.store.disk_encryption import asked

    assert asked(["lsblk", "--json", "--inverse", "-o", "TYPE"]) is not None
    assert is_encrypted(tmp_path) in (True, False, None)


def test_a_disk_that_is_not_known_is_no_fault_but_something_to_confirm(mini, monkeypatch):
    monkeypatch.setattr(doctor, "is_encrypted", lambda folder: None)

    (one,) = found(mini, "disk encryption")

    assert (one.state, one.for_it) == (NOT_KNOWN, True)
