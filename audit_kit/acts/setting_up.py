"""Make an installation ready: folders, keys, and the public keys in config.yaml."""

from __future__ import annotations

import re
from pathlib import Path

from audit_kit.config import load
from audit_kit.errors import UsageProblem
from audit_kit.kit import folders_for, service_key_file
from audit_kit.store.keys import KeyPair, new_key_pair, seal, unseal, write_private_key


def set_up(config_file: Path, keys_to: Path) -> tuple[str, ...]:
    """Make what is missing and say what was made. What is there already is left as it is.

    The Board's and the escrow's private keys are written into ``keys_to``, for people to carry away: the
    service never keeps them. UsageProblem when config.yaml names keys already.
    """
    config = load(config_file)
    folders = folders_for(config_file, config)
    if config.store.board_key or config.store.escrow_key:
        raise UsageProblem(
            "config.yaml names a Board's key or an escrow key already.",
            not_happened="No key was made or changed: what is sealed could else not be opened any more.",
            next_step="To begin anew with an empty store, blank both keys in config.yaml first.",
        )
    for folder in (folders.inbox, folders.outbox, folders.store):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    board, escrow, service = new_key_pair(), new_key_pair(), new_key_pair()
    _prove(board, escrow)
    service_file = service_key_file(config_file, config)
    if not service_file.exists():
        write_private_key(service_file, service.private)
    write_private_key(keys_to / "board.key", board.private)
    write_private_key(keys_to / "escrow.key", escrow.private)
    _enter(config_file, board, escrow)
    return (
        f"Inbox, outbox and store are ready; the store is {folders.store}.",
        f"The service key is {service_file}. Keep a copy of it apart: without it nothing that waits can be read again.",
        f"The Board's private key is {keys_to / 'board.key'}: put it on a stick that the Board manager locks away.",
        f"The escrow's private key is {keys_to / 'escrow.key'}: give it to the data protection officer.",
        "Then delete both from this computer. Both opened a test file just now; their public halves are in config.yaml.",
    )


def _prove(board: KeyPair, escrow: KeyPair) -> None:
    """Each key opens what is sealed to both: a key that does not would be found out years too late."""
    sealed = seal(b"test", board.public, escrow.public)
    for pair in (board, escrow):
        if unseal(sealed, pair.private) != b"test":
            raise UsageProblem("A new key did not open a test file.", not_happened="Nothing was set up.")


def _enter(config_file: Path, board: KeyPair, escrow: KeyPair) -> None:
    """Put the public keys into the text of config.yaml, whose comments stay as they are."""
    text = config_file.read_text(encoding="utf-8")
    for name, pair in (("board_key", board), ("escrow_key", escrow)):
        line = re.compile(rf'^(\s+){name}:\s*(""|\'\')?\s*$', re.MULTILINE)
        text, changed = line.subn(rf'\g<1>{name}: "{pair.public}"', text)
        if changed != 1:
            raise UsageProblem(
                f"config.yaml has no blank line '{name}:' under store.",
                not_happened="The public keys were not entered.",
                next_step=f'Add the line  {name}: "{pair.public}"  under store.',
            )
    config_file.write_text(text, encoding="utf-8")
