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
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property, wraps
from typing import Any, ClassVar

import pytest

from audit_kit.acts import name_search, reading
from audit_kit.acts.name_search import NameSearch
from audit_kit.domain.clock import Clock
from audit_kit.office import package_texts, status_page
from audit_kit.office.gate_reasons import Refused
from audit_kit.office.safe_read import SafeReader, WorkbookText
from audit_kit.stages import anonymise
from audit_kit.store import inbox, keys

#: functions whose value depends on nothing but their arguments: no file, no clock, no chance
_PURE = (
    ("office.tool_copies", "send_back_copy"),
    ("office.tool_on_file", "on_file_copy"),
    ("office.letters", "_written"),
    ("office.tracker", "write_tracker"),
    ("office.status_page", "write_status_page"),
    ("office.document_copy", "write_document_copy"),
    ("office.document_copy", "write_workbook_copy"),
    ("office.reading_kept", "from_bytes"),
    ("office.forms", "read_answers"),
    ("stages.check", "queries_about"),
    ("acts.small_forms", "made_of"),
    ("config.loading", "parse"),
    ("store.keys", "key_pair_of"),
    ("store.keys", "unseal"),
)
_MOST = 20_000  # values that a function remembers: then it begins anew, for what is sealed by chance never comes again


def worked_out_once(patch: pytest.MonkeyPatch) -> None:
    """Let each of these remember, wherever the program has it by name; reading and compiling names remember as well."""
    for module, name in _PURE:
        function = getattr(importlib.import_module(f"audit_kit.{module}"), name)
        _replace(patch, function, _remembering(function))
    _replace(patch, reading.read_first, _remembering(reading.read_first, skip=1))
    patch.setattr(SafeReader, "read", _remembering(SafeReader.read, skip=1))
    patch.setattr(name_search, "NameSearch", _search)
    patch.setattr(status_page, "SandboxedEnvironment", _Pages)
    _replace(patch, package_texts.texts_of, _texts_of)
    _replace(patch, anonymise.anonymiser_for, _Anonymiser)
    _replace(patch, anonymise.without_names, _without_names)


def nothing_differs_that_need_not(patch: pytest.MonkeyPatch) -> Chance:
    """The clock stands still, a file's inode is not part of what it looks like, and keys are drawn as ``Chance`` says.

    The first two are hashed into the journal's chain, whose head stands on each letter: so every run writes the same letters.
    """
    now = datetime.now(UTC).timetz()
    patch.setattr(Clock, "now", lambda clock: datetime.combine(clock.rehearsal or datetime.now(UTC).date(), now))
    patch.setattr(inbox, "_look", _look_without_inode)
    chance = Chance()
    _replace(patch, keys.seal, chance.seal)
    _replace(patch, keys.new_key_pair, chance.new_key_pair)
    return chance


class Chance:
    """What is sealed, and each new key, comes out alike in the n-th run of every history; within one history never twice.

    So two histories that do the same leave the same bytes, and what seals anew after a stop makes other bytes than before.
    """

    def __init__(self) -> None:
        self._run = 0
        self._times: Counter[bytes] = Counter()  # what was drawn in this run
        self._drawn: dict[tuple[int, bytes, int], Any] = {}

    def begin(self, run: int) -> None:
        """The n-th run of a history begins."""
        self._run, self._times = run, Counter()
        if len(self._drawn) > _MOST:
            self._drawn.clear()

    def seal(self, data: bytes, *public_keys: str) -> bytes:
        sealed: bytes = self._draw(_key(data, public_keys), lambda: _SEAL(data, *public_keys))
        return sealed

    def new_key_pair(self) -> Any:
        return self._draw(b"key pair", _NEW_KEY_PAIR)

    def _draw(self, what: bytes, draw: Callable[[], Any]) -> Any:
        self._times[what] += 1
        place = (self._run, what, self._times[what])
        if place not in self._drawn:
            self._drawn[place] = draw()
        return self._drawn[place]


class _Pages(status_page.SandboxedEnvironment):
    """What the status page is filled in with: the page shows when it was written, but is compiled once."""

    _compiled: ClassVar[dict[Any, Any]] = {}

    def compile(self, source: Any, *given: Any, **named: Any) -> Any:
        if source not in self._compiled:
            self._compiled[source] = super().compile(source, *given, **named)
        return self._compiled[source]


class _Anonymiser:
    """The anonymiser of one act, compiled only when something must be masked that was not masked before."""

    def __init__(self, *given: Any) -> None:
        self.given = given

    @cached_property
    def compiled(self) -> Any:
        return _ANONYMISER_FOR(*self.given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compiled, name)


def _without_names(audit_return: Any, tool: Any, anonymiser: _Anonymiser) -> Any:
    if "compiled" in vars(anonymiser):  # it may have met people since
        return _WITHOUT_NAMES(audit_return, tool, anonymiser)
    return _without_names_at_first(audit_return, tool, *anonymiser.given)


def _texts_of(name: str, data: bytes, before: Any = None) -> Iterable[Any]:
    return _all_texts_of(name, data) if before is None else _TEXTS_OF(name, data, before)


def _look_without_inode(status: os.stat_result) -> tuple[int, int, int, int]:
    return (status.st_size, status.st_mtime_ns, 0, 0)


def _search(registers: Any, keep: Any, staff: Iterable[str], references: Iterable[str]) -> NameSearch:
    return _compiled(registers, keep, tuple(staff), tuple(references))


def _replace(patch: pytest.MonkeyPatch, function: Callable[..., Any], other: Callable[..., Any]) -> None:
    for module in [module for name, module in sys.modules.items() if name.startswith("audit_kit")]:
        for name, value in list(vars(module).items()):
            if value is function:
                patch.setattr(module, name, other)


def _remembering(function: Callable[..., Any], skip: int = 0) -> Callable[..., Any]:
    """The function, worked out once for equal arguments; the first ``skip`` of them don't count."""
    known: dict[bytes, Any] = {}

    @wraps(function)
    def remembered(*given: Any, **named: Any) -> Any:
        key = _key(tuple(map(_stands_for, given[skip:])), named)
        if key not in known:
            if len(known) >= _MOST:
                known.clear()
            try:
                known[key] = function(*given, **named)
            except Refused as refused:
                known[key] = refused
            if isinstance(known[key], WorkbookText):
                _WORKBOOKS[id(known[key])] = (known[key], key)
        if isinstance(known[key], Refused):
            raise Refused(known[key].reason, known[key].rule)
        return known[key]

    return remembered


def _key(*given: Any) -> bytes:
    return hashlib.sha256(pickle.dumps(given)).digest()


def _stands_for(argument: Any) -> Any:
    """A workbook's texts can't be packed; those that were remembered have a key already."""
    return _WORKBOOKS[id(argument)][1] if id(argument) in _WORKBOOKS else argument


_WORKBOOKS: dict[int, tuple[WorkbookText, bytes]] = {}  # kept here, so that no other object gets the same id

_SEAL, _NEW_KEY_PAIR = keys.seal, keys.new_key_pair
_ANONYMISER_FOR, _WITHOUT_NAMES, _TEXTS_OF = anonymise.anonymiser_for, anonymise.without_names, package_texts.texts_of
_compiled = _remembering(NameSearch)
_all_texts_of = _remembering(lambda name, data: tuple(_TEXTS_OF(name, data)))
_without_names_at_first = _remembering(
    lambda audit_return, tool, *given: _WITHOUT_NAMES(audit_return, tool, _ANONYMISER_FOR(*given))
)
