"""Reading received files, each once a pass: by workers where there are many, in this process where there are few.

What was read is kept sealed on disk until the file is judged, so that memory stays flat however many come.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Self

from audit_kit.acts.passwords import all_passwords
from audit_kit.acts.workers import NotDone, Workers
from audit_kit.domain.references import AuditRef
from audit_kit.errors import HeldUp
from audit_kit.kit import Kit
from audit_kit.office.forms import ToolIdentity, form_kind, read_concern, tool_identity
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.reading_kept import as_bytes, from_bytes
from audit_kit.office.safe_read import Cleaned, SafeReader, WorkbookText
from audit_kit.office.wrong_type import decrypt
from audit_kit.stages.escalate import Risk, risk_of

_AHEAD = 16  # contents a worker that are read before they are asked for: what one does while some more are kept


@dataclass(frozen=True)
class FirstLook:
    """What is known of a workbook before it is judged: whether it speaks of risk, and which form it is."""

    risk: bool
    form: str  # "" when it is none of the Board's
    identity: ToolIdentity
    cleaned: tuple[Cleaned, ...]


@dataclass(frozen=True)
class Unread:
    """Why a content can't be read: what ``Refused`` says, as a value."""

    reason: Reason
    rule: str


class Readings:
    """The texts of the files that one pass works on. A context manager: the reading child ends with it."""

    def __init__(self, kit: Kit, workers: Workers) -> None:
        self._kit, self._workers, self._reader = kit, workers, SafeReader()
        self._looks: dict[str, FirstLook | Unread] = {}  # what is known of contents, by content
        self._ahead: dict[str, FirstLook] = {}  # the same of those that nobody has asked for yet
        self._to_come: OrderedDict[str, None] = OrderedDict()
        self._begun: dict[str, Future[_Read]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def expect(self, shas: Collection[str]) -> None:
        """Which contents will be asked for, in this order: workers begin to read them, where there are many.

        What was expected before in another order is asked for in this one.
        """
        if self._workers.if_worth_it(len(shas)).count:
            for sha in shas:
                self._to_come[sha] = None
                self._to_come.move_to_end(sha)
            self._begin_ahead()

    def _take_in(self) -> None:
        """Keep what workers have read by now, so that they can be given more."""
        for sha, begun in tuple(self._begun.items()):
            if begun.done() and not begun.exception() and isinstance(look := begun.result()[0], FirstLook):
                self._keep(sha, begun.result()[1])
                self._ahead[sha] = look
                del self._begun[sha]

    def _keep(self, sha: str, packed: bytes | None) -> None:
        if packed is not None:
            self._kit.vault.keep_reading(sha, packed)

    def looked_at(self, sha: str) -> bool:
        """Whether ``look`` was asked about this content, and its work is not done yet."""
        return sha in self._looks

    def look(self, sha: str) -> FirstLook:
        """What is known of this content before it is judged. Refused when it can't be read: that is found out once."""
        self._begin_ahead(sha)
        look = self._looks.get(sha) or self._ahead.pop(sha, None)
        if look is None:
            look, packed = self._read(sha)
            self._keep(sha, packed)
        self._looks[sha] = look
        if isinstance(look, Unread):
            raise Refused(look.reason, look.rule)
        return look

    def was_urgent(self, sha: str) -> bool:
        """Whether this content speaks of risk or could not be read, as far as it was looked at."""
        look = self._looks.get(sha)
        return isinstance(look, Unread) or (look is not None and look.risk)

    def audit_of(self, sha: str) -> AuditRef | None:
        """Which audit this content says it is a return of, as far as it was looked at; None for everything else."""
        look = self._looks.get(sha)
        return look.identity.audit if isinstance(look, FirstLook) and look.form == "tool" else None

    def round_of(self, sha: str) -> int:
        """Which round a return says it is of; 0 for everything else."""
        look = self._looks.get(sha)
        return (look.identity.round or 0) if isinstance(look, FirstLook) else 0

    def book(self, sha: str) -> WorkbookText:
        """The texts of this content, read safely. Refused when it can't be read.

        A protected workbook is opened when one of our own passwords does it: review workbooks and marked plans
        come back protected, and an agency may have used the one it was given.
        """
        self.look(sha)
        kept = self._kit.vault.reading(sha)
        if kept is None:
            raise HeldUp(
                "What was read of a received file is gone from the store.",
                not_happened="It was not judged.",
                next_step="Run audit-kit process again: the file is kept, and is read anew.",
            )
        return from_bytes(kept)

    def done_with(self, sha: str) -> None:
        """Forget what this content holds: it is settled."""
        self._looks.pop(sha, None)
        self._kit.vault.forget_reading(sha)

    def _read(self, sha: str) -> _Read:
        """By a worker if one was asked to; else, and when a worker died of it, here and alone."""
        begun = self._begun.pop(sha, None)
        try:
            look, packed = begun.result() if begun is not None else read_first(self._reader, self._staged(sha))
        except NotDone:
            look, packed = read_first(self._reader, self._staged(sha))
        if isinstance(look, Unread) and look.reason is Reason.PASSWORD:
            content = decrypt(self._staged(sha), *all_passwords(self._kit))
            if content is not None:
                return read_first(self._reader, content)
        return look, packed

    def _begin_ahead(self, now: str = "") -> None:
        """Keep the workers busy with this content and those after it: with so many that memory stays flat."""
        if self._to_come:
            self._take_in()
        if now in self._to_come:
            self._to_come.move_to_end(now, last=False)
            self._begin_next()
        while self._to_come and len(self._begun) < _AHEAD * self._workers.count:
            self._begin_next()

    def _begin_next(self) -> None:
        sha, _ = self._to_come.popitem(last=False)
        known = sha in self._looks or sha in self._ahead or sha in self._begun
        if not known and (data := self._kit.vault.staged(sha)) is not None:
            self._begun[sha] = self._workers.begin(read_in_worker, data)

    def _staged(self, sha: str) -> bytes:
        data = self._kit.vault.staged(sha)
        if data is None:
            raise HeldUp(
                "The sealed working copy of a received file is gone.",
                not_happened="It was not read.",
                next_step="Put it back from the backup, and run audit-kit process again.",
            )
        return data


#: what is known of a content, and the whole of what was read of it, packed
_Read = tuple[FirstLook | Unread, bytes | None]


def read_first(reader: SafeReader, data: bytes) -> _Read:
    """Read a content safely and look at its concern sheet alone, before anything else about it can matter."""
    try:
        book = reader.read(data)
    except Refused as refused:
        return Unread(refused.reason, refused.rule), None
    answers = read_concern(book)
    risk = answers.found and risk_of(answers) is not Risk.NONE
    return FirstLook(risk, form_kind(book) or "", tool_identity(book), book.cleaned), as_bytes(book)


def read_in_worker(data: bytes) -> _Read:
    """The same in a worker, whose reading child stays loaded."""
    return read_first(_reader_of_this_process(), data)


@lru_cache(maxsize=1)
def _reader_of_this_process() -> SafeReader:
    return SafeReader()
