"""Make an installation ready: folders, keys, how long a case is kept, and a sheet of what to keep where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from audit_kit.config import load, parse
from audit_kit.errors import UsageProblem
from audit_kit.places import folders_for, journal_url, service_key_file, service_key_place
from audit_kit.store import inbox_mark
from audit_kit.store.disk import Disk
from audit_kit.store.folders import Folders, require_usable
from audit_kit.store.keys import (
    is_public_key,
    key_pair_of,
    new_key_pair,
    read_private_key,
    seal,
    unseal,
    write_private_key,
)
from audit_kit.store.os_key_store import KeyStoreEntry
from audit_kit.store.synced import is_synced

SHEET = "what-to-keep-where.txt"
MOST_MONTHS = 600  # that a case may be kept
_SERVICE_KEY = "service.key"  # the copy of one in a key store

#: each private key that is made lies in a folder for the one person who carries it away: nobody is to hold both
KEY_FOLDERS = {"board": "for-the-board-manager", "escrow": "for-the-escrow-holder"}


class Answers(BaseModel):
    """What set-up asks. Read from a file by ``answers_from``, or asked by the command."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    keys_to: Path  # where private keys that are made are put, each in a folder for the person who carries it away
    case_months: Annotated[
        int, Field(ge=1, le=MOST_MONTHS)
    ]  # how long a case is kept after its session's Board meeting
    inbox_folder: str = ""  # of all folders, blank: as config.yaml has it
    outbox_folder: str = ""
    store_folder: str = ""
    board_key: str = (
        ""  # the key that the Board has already: the public half, or the file of the private one; else made
    )
    escrow_key: str = ""


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
            next_step="Give keys_to and case_months; inbox_folder, outbox_folder, store_folder, board_key and escrow_key may "
            "be left out.",
        ) from None


@dataclass(frozen=True)
class _Key:
    """The Board's or the escrow's key. ``private`` is "" where its holder told the public half alone."""

    public: str
    private: str = ""
    made: bool = False  # now, so that its private half must be carried away


def set_up(config_file: Path, keys_to: Path, answers: Answers | None = None) -> tuple[str, ...]:
    """Make what is missing and say what was made. What is there already is left as it is.

    Private keys that are made are written into ``keys_to``, for people to carry away: the service never keeps them.
    Without ``answers`` nothing is said of how long a case is kept, and nothing can be purged. UsageProblem when
    config.yaml names keys already, when a private key lies where a new one would be put, or when a folder lies where it may
    not; nothing is then changed.
    """
    text = config_file.read_text(encoding="utf-8") if config_file.is_file() else ""
    if load(config_file).store.board_key or load(config_file).store.escrow_key:
        raise UsageProblem(
            "config.yaml names a Board's key or an escrow key already.",
            not_happened="No key was made or changed: what is sealed could else not be opened any more.",
            next_step="To begin anew with an empty store, blank both keys in config.yaml first.",
        )
    keys = {
        "board": _key(answers.board_key if answers else ""),
        "escrow": _key(answers.escrow_key if answers else ""),
    }
    _prove(keys["board"], keys["escrow"])
    text = _entered(text, "board_key", f'"{keys["board"].public}"')
    text = _entered(text, "escrow_key", f'"{keys["escrow"].public}"')
    if answers:
        text = _entered(text, "case_months", str(answers.case_months))
        for name, there, wanted in (
            ("inbox", load(config_file).folders.inbox, answers.inbox_folder),
            ("outbox", load(config_file).folders.outbox, answers.outbox_folder),
            ("folder", "", answers.store_folder),
        ):
            if wanted and wanted != there:
                text = _entered(text, name, f'"{Path(wanted).as_posix()}"', there)
    config = parse(text, config_file.name)
    folders = folders_for(config_file, config)  # refuses what overlaps, is synced or lies on a network drive
    journal_url(folders, config)  # and so does this
    place = service_key_place(config_file, config)
    keys_to = keys_to.expanduser().resolve()
    _require_apart("private keys", keys_to, folders)
    if isinstance(place, Path):
        _require_apart("service key", place, folders)
    _require_room(
        [_key_file(keys_to, name) for name, key in keys.items() if key.made]
        + ([] if isinstance(place, Path) or place.read() else [keys_to / _SERVICE_KEY])
    )
    for folder in (folders.inbox, folders.outbox, folders.store):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    inbox_mark.mark(folders.inbox, folders.store, Disk())
    if read_private_key(place) is None:
        _keep(place, new_key_pair().private, keys_to)
    for name, key in keys.items():
        if key.made:
            write_private_key(_key_file(keys_to, name), key.private)
    config_file.write_text(text, encoding="utf-8")
    said = _said(folders, place, keys_to, keys, answers.case_months if answers else 0)
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
        write_private_key(keys_to / _SERVICE_KEY, private)


def mark_inbox(config_file: Path) -> str:
    """Mark the inbox anew, after its folder was made anew or another one was entered. Says so; UsageProblem without folders."""
    folders = folders_for(config_file, load(config_file))
    require_usable(folders)
    inbox_mark.mark(folders.inbox, folders.store, Disk())
    return f"{folders.inbox} is marked as the inbox from now on."


def _key_file(keys_to: Path, name: str) -> Path:
    """Where the private key that was made for the Board, or for the escrow, is put."""
    return keys_to / KEY_FOLDERS[name] / f"{name}.key"


def _require_apart(what: str, place: Path, folders: Folders) -> None:
    """UsageProblem where a key would lie with what it opens, in what leaves, or in what is carried to other places."""
    own = {"inbox": folders.inbox, "outbox": folders.outbox, "templates": folders.templates, "store": folders.store}
    lies = [f"in the {name} folder" for name, folder in own.items() if place.is_relative_to(folder)]
    if is_synced(place):
        lies.append("in a folder that is synced to other places")
    if lies:
        raise UsageProblem(
            f"The {what} would lie {lies[0]}.",
            where=str(place),
            not_happened="No key was made, and nothing was set up.",
            next_step="Give another folder for new keys, such as one on a stick."
            if what == "private keys"
            else "Enter another place as service_key_file in config.yaml.",
        )


def _require_room(files: Iterable[Path]) -> None:
    """UsageProblem where a private key lies already in the place of a new one: it may be all that opens a store."""
    if there := [file for file in files if file.exists()]:
        raise UsageProblem(
            "A private key of an earlier set-up lies where a new one would be put.",
            where=", ".join(str(file) for file in there),
            not_happened="No key was made or written over, and nothing was set up.",
            next_step="If it is the right key for this installation, give the file itself as the answer for that key. If "
            "not, give another folder for new keys. Delete no key while anything may be sealed to it.",
        )


def _key(told: str) -> _Key:
    """A new key, or the one that was told; a file with a private half is read, never copied."""
    if not told.strip():
        pair = new_key_pair()
        return _Key(pair.public, pair.private, made=True)
    if is_public_key(told.strip()):
        return _Key(told.strip())
    try:
        pair = key_pair_of(Path(told.strip()).expanduser().read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise UsageProblem(
            "A key that you told is no public key, and no file with a private key that can be read.",
            not_happened="Nothing was set up.",
            next_step="Give the public half, which begins with age1, or the file of the private half; leave it blank to have "
            "a key made.",
        ) from None
    return _Key(pair.public, pair.private)


def _prove(board: _Key, escrow: _Key) -> None:
    """Each private half that is here opens what is sealed to both: one that does not would be found out years too late."""
    if board.public == escrow.public:
        raise UsageProblem(
            "The Board's key and the escrow's key are the same.",
            not_happened="Nothing was set up.",
            next_step="Give the escrow a key of its own, kept by somebody else.",
        )
    sealed = seal(b"test", board.public, escrow.public)
    for key in (board, escrow):
        if key.private and unseal(sealed, key.private) != b"test":
            raise UsageProblem("A key did not open a test file.", not_happened="Nothing was set up.")


def _entered(text: str, name: str, value: str, there: str = "") -> str:
    """The text of config.yaml with one value filled in where it is blank, or is ``there``; its comments stay as they are."""
    section = "folders|store|retention"
    now = rf'(?:"{re.escape(there)}"|\'{re.escape(there)}\'|{re.escape(there) or "0"})'
    found = re.compile(rf"(^(?:{section}):\n(?:(?:[ ]+.*|\s*)\n)*?[ ]+{name}:)[ ]*{now}?[ ]*$", re.MULTILINE)
    text, changed = found.subn(lambda match: f"{match[1]} {value}", text, count=1)
    if changed != 1:
        raise UsageProblem(
            f"config.yaml has no line '{name}:' under folders, store or retention that can be filled in.",
            not_happened="Nothing was set up.",
            next_step=f"Add the line  {name}: {value}  there, or blank the one that is there.",
        )
    return text


def _said(
    folders: Folders, service: Path | KeyStoreEntry, keys_to: Path, keys: Mapping[str, _Key], months: int
) -> tuple[str, ...]:
    return (
        f"Inbox, outbox and store are ready; the store is {folders.store}. No sync program or other account may reach it.",
        f"The service key is {service}. Keep a copy of it apart: without it nothing that waits can be read again."
        if isinstance(service, Path)
        else f"The service key is in this account's key store. A copy is {keys_to / _SERVICE_KEY}: keep it apart, locked "
        "away; a new profile or a reset password loses the entry.",
        *_said_of_keys(keys_to, keys),
        "Back up the store with audit-kit backup to another disk; never put the service key on that disk.",
        f"A case is kept {months} months after its session's Board meeting; then audit-kit purge destroys it."
        if months
        else "How long a case is kept is not decided: enter case_months in config.yaml. Until then nothing is purged.",
    )


def _said_of_keys(keys_to: Path, keys: Mapping[str, _Key]) -> tuple[str, ...]:
    keepers = {"board": ("The Board's", "the Board manager, on a stick that is locked away"),
               "escrow": ("The escrow's", "the data protection officer, on another stick")}  # fmt: skip
    made = [name for name, key in keys.items() if key.made]
    tried = [keepers[name][0] for name, key in keys.items() if key.private]
    untried = [keepers[name][0] for name, key in keys.items() if not key.private]
    public = "Public halves are in config.yaml. If both private ones are lost, no original can ever be opened again."
    return (
        *(f"{keepers[name][0]} private key is {_key_file(keys_to, name)}: give it to {keepers[name][1]}." for name in made),
        *(("Each lies in a folder of its own, named for whom it is: nobody is to hold both.",) if len(made) > 1 else ()),
        *(("Then delete the private keys from this computer.",) if made else ()),
        *(f"{whose} private key opened a test file just now." for whose in tried),
        *(f"{whose} private key is not here, so it was not tried: let its holder make sure that it is at hand." for whose in untried),
        public,
    )  # fmt: skip
