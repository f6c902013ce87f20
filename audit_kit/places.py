"""Where this installation's things lie, as its configuration says: folders, journal, service key."""

from __future__ import annotations

import hashlib
from pathlib import Path

from audit_kit.config import Config
from audit_kit.errors import UsageProblem
from audit_kit.store.folders import Folders, folders_of, network_of
from audit_kit.store.os_key_store import KeyStoreEntry
from audit_kit.store.synced import is_synced


def folders_for(config_file: Path, config: Config) -> Folders:
    """The folders of this configuration file."""
    named = config.folders
    return folders_of(config_file.resolve().parent, named.inbox, named.outbox, named.templates, config.store.folder)


def journal_url(folders: Folders, config: Config) -> str:
    """Where the journal is. UsageProblem for a URL that can't be one, that has a password in it, or whose file is carried off."""
    named = config.store.journal_url
    if not named:
        return f"sqlite:///{folders.store / 'journal.sqlite'}"
    from audit_kit.store import dialects  # what speaks to databases is no small thing to load

    if fault := dialects.fault_of(named) or _fault_of_place(folders, dialects.file_of(named)):
        raise UsageProblem(
            f"The journal's database can't be used: {fault}.",
            where="config.yaml, store → journal_url",
            not_happened="Nothing was done.",
            next_step="Leave it blank for a file in the store, or write it as postgresql+psycopg://USER@HOST/DATABASE and install "
            "audit-kit[postgresql].",
        )
    return named


def _fault_of_place(folders: Folders, file: Path | None) -> str:
    """Why the journal's file may not lie there, as of the store; "" where it may, and for a server."""
    if file is None:
        return ""
    if is_synced(file.resolve()):
        return "its file lies in a folder that is synced to other places"
    if network := network_of(file.resolve()):
        return f"its file lies on a network drive ({network})"
    if any(file.resolve().is_relative_to(folder) for folder in (folders.inbox, folders.outbox)):
        return "its file lies in the inbox or the outbox"
    return ""


def service_key_place(config_file: Path, config: Config) -> Path | KeyStoreEntry:
    """Where the service key is: its file, or its entry in the operating system's key store, one for each store."""
    if config.store.service_key == "file":
        return service_key_file(config_file, config)
    store = str(folders_for(config_file, config).store)
    return KeyStoreEntry(f"service-key-{hashlib.sha256(store.encode()).hexdigest()[:16]}")


def service_key_file(config_file: Path, config: Config) -> Path:
    """Where the service key lies: as configured, relative to the configuration file; else beside the store."""
    named = config.store.service_key_file
    if named:
        return (config_file.resolve().parent / Path(named).expanduser()).resolve()
    store = folders_for(config_file, config).store
    return store.with_name(store.name + "-service.key")
