"""Whether the disk under a folder is encrypted, as far as the system tells an ordinary account."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

#: exit code and what was said; None when the program is not there or does not answer
Answer = tuple[int, str] | None
_SECONDS = 10


def asked(command: Sequence[str]) -> Answer:
    """What a program of the system says."""
    try:
        ran = subprocess.run(
            command, capture_output=True, check=False, timeout=_SECONDS, stdin=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    # what is looked for is ASCII; a program of Windows may speak in another alphabet than Python expects of it
    return ran.returncode, ran.stdout.decode("ascii", "replace")


def is_encrypted(
    folder: Path, system: str = sys.platform, ask: Callable[[Sequence[str]], Answer] = asked
) -> bool | None:
    """Whether it is encrypted; None where that can't be known: a virtual disk, missing rights, an unknown system.

    Windows: BitLocker, by ``manage-bde``. Linux: LUKS and its like, by ``lsblk``. macOS: FileVault, by ``fdesetup``.
    """
    if system == "win32":
        answer = ask(["manage-bde", "-status", folder.anchor.rstrip("\\/"), "-ProtectionAsErrorCode"])
        # 0 and 1 are its answers; anything else, also for want of rights, is none
        return {0: True, 1: False}.get(answer[0]) if answer and "ERROR" not in answer[1] else None
    if system == "darwin":
        answer = ask(["fdesetup", "status"])
        return "FileVault is On" in answer[1] if answer and answer[0] == 0 else None
    return _layers(folder, ask)


def _layers(folder: Path, ask: Callable[[Sequence[str]], Answer]) -> bool | None:
    """Whether one of the layers below the folder's file system encrypts what passes through it."""
    try:
        device = folder.stat().st_dev
    except OSError:
        return None
    answer = ask(["lsblk", "--json", "--inverse", "-o", "TYPE", f"/dev/block/{os.major(device)}:{os.minor(device)}"])
    if not answer or answer[0] != 0:
        return None
    try:
        kinds = set(_kinds(json.loads(answer[1])["blockdevices"]))
    except (ValueError, KeyError, TypeError):
        return None
    # of a disk that a host lends (virtual, loop) only the host knows
    return True if "crypt" in kinds else False if kinds and kinds <= {"disk", "part", "lvm", "raid1", "raid5"} else None


def _kinds(devices: list[dict[str, object]]) -> list[str]:
    found = []
    for device in devices:
        found.append(str(device["type"]))
        children = device.get("children")
        found += _kinds(children) if isinstance(children, list) else []
    return found
