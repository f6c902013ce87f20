"""Where this installation's things lie, as its configuration says: folders, journal, service key."""

from __future__ import annotations

import hashlib
from pathlib import Path

from audit_kit.config import Config
from audit_kit.errors import UsageProblem
from audit_kit.store.folders import Folders, folders_of
from audit_kit.store.os_key_store import KeyStoreEntry


def folders_for(config_file: Path, config: Config) -> Folders:
    """The folders of this configuration file."""
    named = config.folders
    return folders_of(config_file.resolve().parent, named.inbox, named.outbox, named.templates, config.store.folder)


def journal_url(folders: Folders, config: Config) -> str:
    """Where the journal is. UsageProblem for a URL that can't be one, or that has a password in it."""
    from audit_kit.store import dialects  # what speaks to databases is no small thing to load

    named = config.store.journal_url
    if named and (fault := dialects.fault_of(named)):
        raise UsageProblem(
            f"The journal's database can't be used: {fault}.",
            where="config.yaml, store → journal_url",
            not_happened="Nothing was done.",
            next_step="Write it as postgresql+psycopg://USER@HOST/DATABASE, and install audit-kit[postgresql].",
        )
    return named or f"sqlite:///{folders.store / 'journal.sqlite'}"


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
