"""What depends on its arguments alone is worked out once, in proofs that do the same work thousands of times.

A proof of stops tries in which order things are kept, decided and written. What a letter says for the same facts is the
same after each stop, and takes most of the time. The samples in the quick tier work everything out every time.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import pytest

from audit_kit.acts import name_search
from audit_kit.acts.name_search import NameSearch
from audit_kit.domain.clock import Clock
from audit_kit.office.gate_reasons import Refused
from audit_kit.office.safe_read import SafeReader
from audit_kit.store import inbox

#: functions whose value depends on nothing but their arguments: no file, no clock, no chance
_PURE = (
    ("office.tool_copies", "send_back_copy"),
    ("office.tool_on_file", "on_file_copy"),
    ("office.letters", "_written"),
    ("office.tracker", "write_tracker"),
    ("office.status_page", "write_status_page"),
    ("office.document_copy", "write_document_copy"),
    ("stages.check", "queries_about"),
)


def worked_out_once(patch: pytest.MonkeyPatch) -> None:
    """Let each of these remember, wherever the program has it by name; reading and compiling names remember as well."""
    for module, function in _PURE:
        _remember(patch, getattr(importlib.import_module(f"audit_kit.{module}"), function))
    patch.setattr(SafeReader, "read", _remembering(SafeReader.read, skip=1))
    patch.setattr(name_search, "NameSearch", _search)


def nothing_differs_that_need_not(patch: pytest.MonkeyPatch) -> None:
    """The clock stands still, and a file's inode is not part of what it looks like.

    Both are hashed into the journal's chain, whose head stands on each letter: so every run writes the same letters.
    """
    now = datetime.now(UTC).timetz()
    patch.setattr(Clock, "now", lambda clock: datetime.combine(clock.rehearsal or datetime.now(UTC).date(), now))
    patch.setattr(inbox, "_look", _look_without_inode)


def _look_without_inode(status: os.stat_result) -> tuple[int, int, int, int]:
    return (status.st_size, status.st_mtime_ns, 0, 0)


def _search(registers: Any, keep: Any, staff: Iterable[str], references: Iterable[str]) -> NameSearch:
    return _compiled(registers, keep, tuple(staff), tuple(references))


def _remember(patch: pytest.MonkeyPatch, function: Callable[..., Any]) -> None:
    remembering = _remembering(function)
    for module in [module for name, module in sys.modules.items() if name.startswith("audit_kit")]:
        for name, value in list(vars(module).items()):
            if value is function:
                patch.setattr(module, name, remembering)


def _remembering(function: Callable[..., Any], skip: int = 0) -> Callable[..., Any]:
    """The function, worked out once for equal arguments; the first ``skip`` of them don't count."""
    known: dict[bytes, Any] = {}

    @wraps(function)
    def remembered(*given: Any, **named: Any) -> Any:
        key = hashlib.sha256(pickle.dumps((given[skip:], named))).digest()
        if key not in known:
            try:
                known[key] = function(*given, **named)
            except Refused as refused:
                known[key] = refused
        if isinstance(known[key], Refused):
            raise Refused(known[key].reason, known[key].rule)
        return known[key]

    return remembered


_compiled = _remembering(NameSearch)
