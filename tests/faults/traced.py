"""The real command under strace: every call of it that changes a file, in order, with what was written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mini import RETURNED

_CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,"
    "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,symlinkat,copy_file_range,sendfile,"
    "lseek"
)
#: calls that would change a file in ways that the model of a disk does not know: none is made
_UNKNOWN = ("writev", "pwritev", "pwritev2", "fallocate", "link", "linkat", "symlink", "symlinkat", "copy_file_range",
            "sendfile", "sync_file_range", "truncate", "creat", "rmdir")  # fmt: skip
_LINE = re.compile(r"(\d+) +(?:(\w+)\((.*)\) += (-?\d+|\?)(?:<([^>]*)>)?.*|(\w+)\((.*) <unfinished \.\.\.>"
                   r"|<\.\.\. (\w+) resumed>(.*)\) += (-?\d+|\?)(?:<([^>]*)>)?.*)")  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One call that changed a file: ``make folder``, ``make file``, ``write``, ``cut``, ``sync``, ``rename``, ``remove``."""

    kind: str
    path: str
    to: str = ""  # of a rename
    at: int = 0  # of a write; the new size of a cut
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Traced:
    """What the command did: the changes below its folder, those elsewhere (none), its exit code and what it said."""

    changes: tuple[Change, ...]
    elsewhere: tuple[str, ...]
    exit_code: int
    said: str


def is_there() -> bool:
    """Whether strace is installed and may trace here: some containers forbid it."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def traced(folder: Path, program: Path, trace: Path) -> Traced:
    """``audit-kit process`` in this folder, of the audit_kit that lies in ``program``."""
    ran = _under_strace(folder, program, "-y", "-xx", "-s", "50000000", "-o", str(trace), "-e", f"trace={_CALLS}")
    with trace.open(encoding="ascii") as lines:
        changes = tuple(_changes(lines))
    below = f"{folder}{os.sep}"
    return Traced(
        tuple(_from(change, below) for change in changes if change.path.startswith(below)),
        tuple(change.path for change in changes if not change.path.startswith((below, "/dev/", "pipe:"))),
        ran.returncode,
        ran.stdout + ran.stderr,
    )


def refused(folder: Path, program: Path, call: str, code: str, when: str) -> tuple[int, str]:
    """The same, refused this call: its exit code and what it said. What it changed is not noted down."""
    inject = f"inject={call}:error={code}:when={when}"
    ran = _under_strace(folder, program, "-s", "0", "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
    return ran.returncode, ran.stdout + ran.stderr


def _under_strace(folder: Path, program: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["strace", "-f", "--seccomp-bpf", *options,
         sys.executable, "-m", "audit_kit", "--today", RETURNED.isoformat(), "process"],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def _from(change: Change, below: str) -> Change:
    return Change(change.kind, change.path.removeprefix(below), change.to.removeprefix(below), change.at, change.data)


def _changes(lines: Iterable[str]) -> Iterator[Change]:
    places: dict[tuple[int, str], int] = {}  # of each open file, where the next write goes; -1 is the end
    for pid, name, given, result, opened in _calls(lines):
        if result.startswith("-") or result == "?":
            continue
        arguments = given.split(", ")
        match name:
            case "openat" | "open":
                flags = arguments[2 if name == "openat" else 1]
                places[pid, result] = -1 if "O_APPEND" in flags else 0
                path = _decoded(opened)
                if "O_CREAT" in flags:
                    yield Change("make file", path)
                if "O_TRUNC" in flags:
                    yield Change("cut", path)
            case "write":
                number, path = _descriptor(arguments[0])
                data, place = _decoded(arguments[1])[: int(result)], places.get((pid, number), 0)
                yield Change("write", path, at=place, data=data.encode("latin-1"))
                places[pid, number] = place if place < 0 else place + int(result)
            case "pwrite64":
                _, path = _descriptor(arguments[0])
                data = _decoded(arguments[1])[: int(result)].encode("latin-1")
                yield Change("write", path, at=int(arguments[3]), data=data)
            case "lseek":
                number, _ = _descriptor(arguments[0])
                if places.get((pid, number), 0) >= 0:
                    places[pid, number] = int(result)
            case "ftruncate":
                yield Change("cut", _descriptor(arguments[0])[1], at=int(arguments[1]))
            case "fsync" | "fdatasync":
                yield Change("sync", _descriptor(arguments[0])[1])
            case "rename" | "renameat" | "renameat2":
                old, new = (_decoded(text) for text in arguments if text.startswith('"'))
                yield Change("rename", old, new)
            case "unlink" | "unlinkat":
                yield Change("remove", next(_decoded(text) for text in arguments if text.startswith('"')))
            case "mkdir" | "mkdirat":
                yield Change("make folder", next(_decoded(text) for text in arguments if text.startswith('"')))
            case _ if name in _UNKNOWN:
                raise AssertionError(f"{name} is not in the model of a disk")


def _calls(lines: Iterable[str]) -> Iterator[tuple[int, str, str, str, str]]:
    """Process, name, arguments, result and opened path of each call, those that another interrupted put together."""
    begun: dict[int, str] = {}
    for line in lines:
        read = _LINE.match(line)
        if read is None:  # an exit or a signal
            continue
        pid = int(read[1])
        if read[2]:
            yield pid, read[2], read[3], read[4], read[5] or ""
        elif read[6]:
            begun[pid] = read[7]
        else:
            yield pid, read[8], begun.pop(pid, "") + read[9], read[10], read[11] or ""


def _descriptor(argument: str) -> tuple[str, str]:
    """Number and path of an open file, as in ``5<\\x2f...>``."""
    number, _, path = argument.partition("<")
    return number, _decoded(path.removesuffix(">"))


def _decoded(hexed: str) -> str:
    """A text in hexadecimal, byte for byte: paths here are plain ASCII."""
    return bytes.fromhex(hexed.strip('"').replace("\\x", "")).decode("latin-1")
