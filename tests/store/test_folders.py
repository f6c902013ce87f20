"""Arrangements of folders that would lose or leak something are refused before anything is done."""

import os
from dataclasses import replace

import pytest

from audit_kit.errors import UsageProblem
from audit_kit.store.folders import Folders, folders_of, require_usable, shipped

NAMES = {"inbox": "inbox", "outbox": "outbox", "templates": "templates", "store": "store"}


@pytest.fixture
def made(tmp_path) -> Folders:
    folders = folders_of(tmp_path, **NAMES)
    for folder in (folders.inbox, folders.outbox, folders.templates, folders.store):
        folder.mkdir()
    return folders


def test_folders_lie_beside_the_configuration_unless_told_otherwise(tmp_path):
    folders = folders_of(tmp_path, **NAMES | {"outbox": "/srv/outbox"})

    assert folders.inbox == tmp_path.resolve() / "inbox"
    assert str(folders.outbox) == "/srv/outbox"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"outbox": "inbox/out"}, "The outbox folder lies in the inbox folder."),
        ({"store": "outbox/.store"}, "The store folder lies in the outbox folder."),
        ({"inbox": "store/in"}, "The inbox folder lies in the store folder."),
        ({"templates": "inbox"}, "The inbox folder and the templates folder are the same."),
        ({"inbox": "."}, "The outbox folder lies in the inbox folder."),
        ({"outbox": "other/../inbox/out"}, "The outbox folder lies in the inbox folder."),
    ],
)
def test_one_folder_in_another_is_refused(tmp_path, change, what):
    with pytest.raises(UsageProblem) as told:
        folders_of(tmp_path, **NAMES | change)

    assert told.value.what == what
    assert told.value.exit_code == 2


def test_also_behind_a_link(tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "inbox")

    with pytest.raises(UsageProblem, match="lies in the inbox folder"):
        folders_of(tmp_path, **NAMES | {"outbox": "elsewhere/out"})


@pytest.mark.parametrize(
    "place",
    [
        "OneDrive/store", "OneDrive - City and Hackney/store", "OneDrive-Personal/store", "Dropbox (Board)/store",
        "Google Drive/My Drive/store", "GoogleDrive-board@example.org/store", "Nextcloud/store",
        "Box/store", "My Drive/store", "Work Folders/store", "Library/CloudStorage/Box/store", "Library/Mobile Documents/com~apple~CloudDocs/store",
    ],
)  # fmt: skip
def test_a_store_that_would_be_synced_to_other_places_is_refused(tmp_path, place):
    with pytest.raises(UsageProblem, match="synced to other places"):
        folders_of(tmp_path, **NAMES | {"store": place})


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox.cache", ".nextcloudsync.log"])
def test_also_where_a_sync_program_left_its_mark_whatever_the_folder_is_called(tmp_path, mark):
    (tmp_path / mark).mkdir()

    with pytest.raises(UsageProblem, match="synced to other places"):
        folders_of(tmp_path / "board", **NAMES | {"store": "store"})


def test_also_where_onedrive_says_that_it_is_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "City and Hackney"))

    with pytest.raises(UsageProblem, match="synced to other places"):
        folders_of(tmp_path, **NAMES | {"store": "City and Hackney/Audits - Documents/store"})


@pytest.mark.parametrize("place", ["drive/store", "icloudberry/store", "Boxes/store"])
def test_and_one_whose_name_only_sounds_so_is_not(tmp_path, place):
    assert folders_of(tmp_path, **NAMES | {"store": place}).store == tmp_path.resolve() / place


def test_an_inbox_may_be_synced(tmp_path):
    assert folders_of(tmp_path, **NAMES | {"inbox": "OneDrive - Board/inbox"}).inbox.name == "inbox"


def test_without_a_place_the_store_is_in_the_users_own_data_one_for_each_configuration(tmp_path):
    one = folders_of(tmp_path / "a", **NAMES | {"store": ""}).store
    other = folders_of(tmp_path / "b", **NAMES | {"store": ""}).store

    assert one != other
    assert tmp_path.resolve() not in one.parents
    assert one == folders_of(tmp_path / "a", **NAMES | {"store": ""}).store


def test_folders_that_are_there_are_usable(made):
    require_usable(made)


@pytest.mark.parametrize("name", ["inbox", "outbox", "templates", "store"])
def test_a_folder_that_is_not_there_is_told_with_its_place(made, name):
    away = made.inbox.parent / "away"

    with pytest.raises(UsageProblem) as told:
        require_usable(replace(made, **{name: away}))

    next_step = "Make the folder, or connect the drive it is on, and run the command again."
    if name == "store":
        next_step = "If audit-kit was never set up here, run: audit-kit set-up. Else connect the drive it is on."
    assert told.value.sentence() == (
        f"There is no {name} folder at {away}. Nothing was taken from the inbox and nothing was written. {next_step}"
    )


def test_a_file_in_the_place_of_a_folder_is_told(made):
    made.outbox.rmdir()
    made.outbox.write_bytes(b"")

    with pytest.raises(UsageProblem, match="There is no outbox folder"):
        require_usable(made)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_folder_that_may_not_be_written_to_is_told(made):
    me = os.getresuid()
    made.inbox.chmod(0o500)
    if me[0] == 0:
        os.setresuid(65534, me[1], me[2])  # root may write everywhere; the question is asked for somebody else
    try:
        with pytest.raises(UsageProblem, match=r"The inbox folder at .* can't be written to"):
            require_usable(made)
    finally:
        os.setresuid(*me)


@pytest.mark.parametrize("name", ["templates", "config.yaml"])
def test_what_comes_with_the_kit_is_found(name):
    assert shipped(name).exists()
