"""The service key in the operating system's own key store: a real one, and what is said where there is none.

The real one is the Secret Service of a desktop, started for these tests with a login of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from keyring import backend
from mini import Mini, an_installation

from audit_kit.errors import UsageProblem
from audit_kit.store.keys import key_pair_of, new_key_pair
from audit_kit.store.os_key_store import KeyStoreEntry

DESKTOP = shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")
on_a_desktop = pytest.mark.skipif(not DESKTOP, reason="no Secret Service is installed (dbus, gnome-keyring)")


class Desktop:
    """A login of one account, whose key store opens with it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "run").mkdir(parents=True, mode=0o700)

    def run(self, folder: Path, *words: str, logged_in: bool = True) -> subprocess.CompletedProcess[str]:
        environment = {name: text for name, text in os.environ.items() if not name.startswith(("DBUS", "XDG", "GNOME"))}
        environment |= {"HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home / "run")}
        command = [sys.executable, "-m", "audit_kit", *words]
        if logged_in:
            log_in = 'printf "login" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
            command = ["dbus-run-session", "--", "sh", "-c", log_in, "sh", *command]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
        )


@pytest.fixture
def desktop(tmp_path) -> Desktop:
    return Desktop(tmp_path / "home")


@pytest.fixture
def mini(tmp_path) -> Mini:
    return an_installation(tmp_path / "kit")


def in_the_key_store(mini: Mini) -> None:
    text = mini.config.read_text(encoding="utf-8").replace("service_key: file", "service_key: keyring")
    mini.config.write_text(text, encoding="utf-8")


@on_a_desktop
def test_set_up_keeps_the_key_there_and_the_kit_opens_with_it(mini, desktop, tmp_path):
    in_the_key_store(mini)
    lines = mini.config.read_text(encoding="utf-8").splitlines()
    blank = [
        f'{line.split(":")[0]}: ""' if line.strip().startswith(("board_key:", "escrow_key:")) else line
        for line in lines
    ]
    mini.config.write_text("\n".join(blank) + "\n", encoding="utf-8")
    shutil.rmtree(mini.store)
    (mini.folder / "service.key").unlink()
    (tmp_path / "answers.yaml").write_text(f"keys_to: {tmp_path / 'stick'}\ncase_months: 36\n")

    made = desktop.run(mini.folder, "set-up", "--answers", str(tmp_path / "answers.yaml"))
    assert made.returncode == 0, made.stderr
    mini.drop("return.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(3000))
    worked = desktop.run(mini.folder, "process")
    found = desktop.run(mini.folder, "doctor")

    assert "Set aside" in worked.stdout, worked.stderr
    assert "service key: It is in the key store of this account" in found.stdout
    private = (tmp_path / "stick" / "service.key").read_text().strip()
    assert key_pair_of(private).private == private
    everywhere = [path for folder in (mini.folder, desktop.home) for path in folder.rglob("*") if path.is_file()]
    assert [path.name for path in everywhere if private.encode() in path.read_bytes()] == []


@on_a_desktop
def test_a_key_in_a_file_is_moved_there(mini, desktop):
    before = (mini.folder / "service.key").read_text().strip()
    refused = desktop.run(mini.folder, "set-up", "--move-service-key")
    in_the_key_store(mini)

    without = desktop.run(mini.folder, "status")
    moved = desktop.run(mini.folder, "set-up", "--move-service-key")
    (mini.folder / "service.key").unlink()
    opened = desktop.run(mini.folder, "status")

    assert refused.returncode == 2 and "no service key to move" in refused.stderr
    assert without.returncode == 2 and "the service key in the system's key store" in without.stderr
    assert moved.returncode == 0 and before not in moved.stdout
    assert opened.returncode == 0, opened.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a key store")
def test_without_a_key_store_nothing_is_taken_and_the_key_file_is_named_instead(mini, desktop):
    in_the_key_store(mini)
    mini.drop("return.xlsx", b"anything")

    told = desktop.run(mini.folder, "process", logged_in=False)

    assert told.returncode == 2
    assert "this computer or account has none" in told.stderr
    assert "service_key: file" in told.stderr
    assert (mini.inbox / "return.xlsx").exists()


def a_backend(module: str, kept: dict, refuses: bool = False) -> backend.KeyringBackend:
    def set_password(self, service, account, password):
        if refuses:
            from keyring.errors import KeyringLocked

            raise KeyringLocked(f"locked: {password}")
        kept[account] = password

    made = type("Kept", (backend.KeyringBackend,), {
        "__module__": module, "priority": 5, "get_password": lambda self, service, account: kept.get(account),
        "set_password": set_password, "viable": False,
    })  # fmt: skip
    return made()


@pytest.mark.parametrize(
    "module", ["keyrings.alt.file", "keyring.backends.null", "keyring.backends.fail", "sagecipher.keyring"]
)
def test_a_store_that_is_a_file_or_keeps_nothing_is_not_taken_for_one(monkeypatch, module):
    kept: dict[str, str] = {}
    monkeypatch.setattr(backend, "get_all_keyring", lambda: [a_backend(module, kept)])

    with pytest.raises(UsageProblem, match="has none"):
        KeyStoreEntry("x").write(new_key_pair().private)

    assert kept == {}


def test_one_that_is_locked_is_told_without_the_key(monkeypatch):
    monkeypatch.setattr(backend, "get_all_keyring", lambda: [a_backend("keyring.backends.SecretService", {}, True)])
    private = new_key_pair().private

    with pytest.raises(UsageProblem, match="did not give or keep") as told:
        KeyStoreEntry("x").write(private)

    assert private not in told.value.sentence()


def test_each_store_has_an_entry_of_its_own(monkeypatch):
    kept: dict[str, str] = {}
    monkeypatch.setattr(backend, "get_all_keyring", lambda: [a_backend("keyring.backends.Windows", kept)])
    first, second = new_key_pair().private, new_key_pair().private

    KeyStoreEntry("a").write(first)
    KeyStoreEntry("b").write(second)

    assert (KeyStoreEntry("a").read(), KeyStoreEntry("b").read(), KeyStoreEntry("c").read()) == (first, second, "")
