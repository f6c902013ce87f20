"""Make an installation ready: folders, keys, how long a case is kept, and a sheet of what to keep where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from audit_kit.config import load, parse
from audit_kit.errors import UsageProblem
from audit_kit.places import folders_for, service_key_file, service_key_place
from audit_kit.store import inbox_mark
from audit_kit.store.disk import Disk
from audit_kit.store.folders import Folders, require_usable
from audit_kit.store.keys import (
    KeyPair,
    key_pair_of,
    new_key_pair,
    read_private_key,
    seal,
    unseal,
    write_private_key,
)
from audit_kit.store.os_key_store import KeyStoreEntry

SHEET = "what-to-keep-where.txt"


class Answers(BaseModel):
    """What set-up asks. Read from a file by ``answers_from``, or asked by the command."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    keys_to: Path  # where private keys that are made are put, for people to carry away
    case_months: Annotated[int, Field(ge=1, le=600)]  # how long a case is kept after its session's Board meeting
    store_folder: str = ""  # blank: as config.yaml has it
    board_key_file: Path | None = None  # a private key that the Board has already; else one is made
    escrow_key_file: Path | None = None


def answers_from(file: Path) -> Answers:
    """The answers of a YAML file. UsageProblem names every one that is missing or not as it must be."""
    try:
        said: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        return Answers.model_validate(said)
    except OSError as problem:
        raise UsageProblem(
            f"The file of answers can't be read ({problem.strerror or type(problem).__name__}).",
            where=file.name,
            not_happened="Nothing was set up.",
            next_step="Name a file that is there, or leave --answers out and be asked.",
        ) from None
    except (UnicodeDecodeError, yaml.YAMLError):
        raise UsageProblem(
            "The answers can't be read as YAML.",
            where=file.name,
            not_happened="Nothing was set up.",
            next_step="Write one answer a line, such as keys_to: E:/keys and case_months: 84.",
        ) from None
    except ValidationError as problem:
        wrong = sorted({str(error["loc"][0]) if error["loc"] else "the whole" for error in problem.errors()})
        raise UsageProblem(
            f"Not every answer is there and as it must be: {', '.join(wrong)}.",
            where=file.name,
            not_happened="Nothing was set up.",
            next_step="Give keys_to and case_months; store_folder, board_key_file and escrow_key_file may be left out.",
        ) from None


def set_up(config_file: Path, keys_to: Path, answers: Answers | None = None) -> tuple[str, ...]:
    """Make what is missing and say what was made. What is there already is left as it is.

    Private keys that are made are written into ``keys_to``, for people to carry away: the service never keeps them.
    Without ``answers`` nothing is said of how long a case is kept, and nothing can be purged. UsageProblem when
    config.yaml names keys already, or when a folder lies where it may not; nothing is then changed.
    """
    text = config_file.read_text(encoding="utf-8") if config_file.is_file() else ""
    if load(config_file).store.board_key or load(config_file).store.escrow_key:
        raise UsageProblem(
            "config.yaml names a Board's key or an escrow key already.",
            not_happened="No key was made or changed: what is sealed could else not be opened any more.",
            next_step="To begin anew with an empty store, blank both keys in config.yaml first.",
        )
    pairs = {
        "board": _pair(answers.board_key_file if answers else None),
        "escrow": _pair(answers.escrow_key_file if answers else None),
    }
    _prove(pairs["board"], pairs["escrow"])
    text = _entered(text, "board_key", f'"{pairs["board"].public}"')
    text = _entered(text, "escrow_key", f'"{pairs["escrow"].public}"')
    if answers:
        text = _entered(text, "case_months", str(answers.case_months))
        if answers.store_folder:
            text = _entered(text, "folder", f'"{Path(answers.store_folder).as_posix()}"')
    config = parse(text, config_file.name)
    folders = folders_for(config_file, config)  # refuses what overlaps, is synced or lies on a network drive
    for folder in (folders.inbox, folders.outbox, folders.store):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    inbox_mark.mark(folders.inbox, folders.store, Disk())
    place = service_key_place(config_file, config)
    if read_private_key(place) is None:
        _keep(place, new_key_pair().private, keys_to)
    made = [name for name in pairs if not (answers and getattr(answers, f"{name}_key_file"))]
    for name in made:
        write_private_key(keys_to / f"{name}.key", pairs[name].private)
    config_file.write_text(text, encoding="utf-8")
    said = _said(folders, place, keys_to, made, answers.case_months if answers else 0)
    (config_file.parent / SHEET).write_text("\n\n".join(said) + "\n", encoding="utf-8")
    return said


def move_service_key(config_file: Path) -> str:
    """Move the service key from its file into the operating system's key store, as config.yaml says; a sentence.

    UsageProblem when config.yaml does not say so, when there is nothing to move, or when the key store has another.
    """
    config = load(config_file)
    place, file = service_key_place(config_file, config), service_key_file(config_file, config)
    private = read_private_key(file)
    if isinstance(place, Path) or private is None or read_private_key(place) not in (None, private):
        raise UsageProblem(
            "There is no service key to move: config.yaml says  service_key: file, the key file is not there, or the key "
            "store has another key.",
            not_happened="Nothing was moved.",
            next_step="Write  service_key: keyring  in config.yaml, and put the key file back where it was.",
        )
    place.write(key_pair_of(private).private)
    return (
        f"The service key is in this account's key store. Carry the file {file} away to where its copy is kept, then delete "
        "it here."
    )


def _keep(place: Path | KeyStoreEntry, private: str, keys_to: Path) -> None:
    """Keep a new service key; of one in a key store, which goes with its account, also a copy to carry away."""
    if isinstance(place, Path):
        write_private_key(place, private)
    else:
        place.write(private)
        write_private_key(keys_to / "service.key", private)


def mark_inbox(config_file: Path) -> str:
    """Mark the inbox anew, after its folder was made anew or another one was entered. Says so; UsageProblem without folders."""
    folders = folders_for(config_file, load(config_file))
    require_usable(folders)
    inbox_mark.mark(folders.inbox, folders.store, Disk())
    return f"{folders.inbox} is marked as the inbox from now on."


def _pair(file: Path | None) -> KeyPair:
    """A new pair, or the one whose private half is in this file; the file is read, never copied."""
    if file is None:
        return new_key_pair()
    try:
        return key_pair_of(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise UsageProblem("A key file that you named can't be read.", not_happened="Nothing was set up.") from None


def _prove(board: KeyPair, escrow: KeyPair) -> None:
    """Each key opens what is sealed to both: a key that does not would be found out years too late."""
    if board.public == escrow.public:
        raise UsageProblem(
            "The Board's key and the escrow's key are the same.",
            not_happened="Nothing was set up.",
            next_step="Give the escrow a key of its own, kept by somebody else.",
        )
    sealed = seal(b"test", board.public, escrow.public)
    for pair in (board, escrow):
        if unseal(sealed, pair.private) != b"test":
            raise UsageProblem("A key did not open a test file.", not_happened="Nothing was set up.")


def _entered(text: str, name: str, value: str) -> str:
    """The text of config.yaml with one blank value filled in; its comments stay as they are."""
    section = "store|retention"
    found = re.compile(rf'(^(?:{section}):\n(?:(?:[ ]+.*|\s*)\n)*?[ ]+{name}:)[ ]*(""|\'\'|0)?[ ]*$', re.MULTILINE)
    text, changed = found.subn(lambda match: f"{match[1]} {value}", text, count=1)
    if changed != 1:
        raise UsageProblem(
            f"config.yaml has no blank line '{name}:' under store or retention.",
            not_happened="Nothing was set up.",
            next_step=f"Add the line  {name}: {value}  there, or blank the one that is there.",
        )
    return text


def _said(
    folders: Folders, service: Path | KeyStoreEntry, keys_to: Path, made: list[str], months: int
) -> tuple[str, ...]:
    keepers = {"board": ("The Board's", "put it on a stick that the Board manager locks away"),
               "escrow": ("The escrow's", "give it to the data protection officer")}  # fmt: skip
    return (
        f"Inbox, outbox and store are ready; the store is {folders.store}. No sync program or other account may reach it.",
        f"The service key is {service}. Keep a copy of it apart: without it nothing that waits can be read again."
        if isinstance(service, Path)
        else f"The service key is in this account's key store. A copy is {keys_to / 'service.key'}: keep it apart, locked "
        "away; a new profile or a reset password loses the entry.",
        *(f"{keepers[name][0]} private key is {keys_to / f'{name}.key'}: {keepers[name][1]}." for name in made),
        "Then delete private keys from this computer. Board's and escrow's opened a test file just now; their public "
        "halves are in config.yaml. If both are lost, no original can ever be opened again.",
        "Back up the store with audit-kit backup to another disk; never put the service key on that disk.",
        f"A case is kept {months} months after its session's Board meeting; then audit-kit purge destroys it."
        if months
        else "How long a case is kept is not decided: enter case_months in config.yaml. Until then nothing is purged.",
    )
