"""Reading received files, each once a pass: by workers where there are many, in this process where there are few.

What was read is kept sealed on disk until the file is judged, so that memory stays flat however many come.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Self

from audit_kit.acts.passwords import all_passwords
from audit_kit.acts.workers import NotDone, Workers
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.office.forms import read_concern
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.reading_kept import as_bytes, from_bytes
from audit_kit.office.safe_read import SafeReader, WorkbookText
from audit_kit.office.wrong_type import decrypt
from audit_kit.stages.escalate import Risk, risk_of

_AHEAD = 3  # contents a worker that are read before they are asked for


@dataclass(frozen=True)
class FirstLook:
    """What is known of a workbook before it is judged: whether it speaks of risk, and the whole of it, packed."""

    risk: bool
    reading: bytes


@dataclass(frozen=True)
class Unread:
    """Why a content can't be read: what ``Refused`` says, as a value."""

    reason: Reason
    rule: str


class Readings:
    """The texts of received files. A context manager: the reading child ends with it."""

    def __init__(self, kit: Kit, workers: Workers) -> None:
        self._kit, self._workers, self._reader = kit, workers, SafeReader()
        self._looks: dict[str, bool | Unread] = {}  # whether a content speaks of risk, or why it can't be read
        self._to_come: deque[str] = deque()
        self._begun: dict[str, Future[FirstLook | Unread]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def expect(self, shas: Iterable[str]) -> None:
        """Which contents will be asked for, in this order: workers read them ahead."""
        if self._workers.count:
            self._to_come.extend(shas)

    def speaks_of_risk(self, sha: str) -> bool:
        """Whether this content has a concern sheet that does not say no. Refused when it can't be read."""
        look = self._look(sha)
        if isinstance(look, Unread):
            raise Refused(look.reason, look.rule)
        return look

    def was_urgent(self, sha: str) -> bool:
        """Whether this content speaks of risk or could not be read, as far as it was looked at."""
        return self._looks.get(sha, False) is not False

    def book(self, sha: str) -> WorkbookText:
        """The texts of this content, read safely. Refused when it can't be read: that is found out once.

        A protected workbook is opened when one of our own passwords does it: review workbooks and marked plans
        come back protected, and an agency may have used the one it was given.
        """
        self.speaks_of_risk(sha)
        kept = self._kit.vault.reading(sha)
        if kept is None:
            raise AuditKitError(
                "What was read of a received file is gone from the store.",
                not_happened="It was not judged.",
                next_step="Run audit-kit process again: the file is kept, and is read anew.",
            )
        return from_bytes(kept)

    def done_with(self, sha: str) -> None:
        """Forget what this content holds: it is settled."""
        self._kit.vault.forget_reading(sha)

    def _look(self, sha: str) -> bool | Unread:
        if sha not in self._looks:
            found = self._read(sha)
            if isinstance(found, FirstLook):
                self._kit.vault.keep_reading(sha, found.reading)
            self._looks[sha] = found.risk if isinstance(found, FirstLook) else found
        return self._looks[sha]

    def _read(self, sha: str) -> FirstLook | Unread:
        """By a worker if one was asked to; else, and when a worker died of it, here and alone."""
        self._begin_ahead(sha)
        begun = self._begun.pop(sha, None)
        try:
            found = begun.result() if begun is not None else self._read_here(self._staged(sha))
        except NotDone:
            found = self._read_here(self._staged(sha))
        if isinstance(found, Unread) and found.reason is Reason.PASSWORD:
            content = decrypt(self._staged(sha), *all_passwords(self._kit))
            return found if content is None else self._read_here(content)
        return found

    def _read_here(self, data: bytes) -> FirstLook | Unread:
        return first_look(self._reader, data)

    def _begin_ahead(self, now: str) -> None:
        """Keep the workers busy with this content and those after it."""
        while self._to_come and (now in self._to_come or len(self._begun) < _AHEAD * self._workers.count):
            sha = self._to_come.popleft()
            if sha not in self._looks and (data := self._kit.vault.staged(sha)) is not None:
                self._begun[sha] = self._workers.begin(look_in_worker, data)

    def _staged(self, sha: str) -> bytes:
        data = self._kit.vault.staged(sha)
        if data is None:
            raise AuditKitError(
                "The sealed working copy of a received file is gone.",
                not_happened="It was not read.",
                next_step="Put it back from the backup, and run audit-kit process again.",
            )
        return data


def first_look(reader: SafeReader, data: bytes) -> FirstLook | Unread:
    """Read a content safely and look at its concern sheet alone, before anything else about it can matter."""
    try:
        book = reader.read(data)
    except Refused as refused:
        return Unread(refused.reason, refused.rule)
    answers = read_concern(book)
    return FirstLook(answers.found and risk_of(answers) is not Risk.NONE, as_bytes(book))


def look_in_worker(data: bytes) -> FirstLook | Unread:
    """The same in a worker, whose reading child stays loaded."""
    return first_look(_reader_of_this_process(), data)


@lru_cache(maxsize=1)
def _reader_of_this_process() -> SafeReader:
    return SafeReader()
