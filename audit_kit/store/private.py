"""Nobody else on this computer reads along: new files for their owner alone, and no memory written to disk by a crash."""

from __future__ import annotations

import os
from typing import Any


def keep_private() -> None:
    """Make this process and its children private. Never a reason to stop: what can't be had here is left."""
    os.umask(0o077)
    if os.name == "nt":
        _no_crash_report()
    else:
        _no_core_file()


def _no_core_file() -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def _no_crash_report() -> None:
    """Windows: no crash box and no report with memory in it. Files take the rights of their folder: see doctor."""
    import ctypes

    windll: Any = getattr(ctypes, "windll", None)
    if windll is not None:
        fail_critical_errors, no_fault_box = 0x0001, 0x0002
        windll.kernel32.SetErrorMode(fail_critical_errors | no_fault_box)
