"""Reading received files, each once a pass where there are few, and each unreadable one once whatever their number.

What the first walk through the inbox read is kept for the second, up to a bound, so that memory stays flat.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from audit_kit.acts.passwords import all_passwords
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.safe_read import SafeReader, WorkbookText
from audit_kit.office.wrong_type import decrypt

_MOST_KEPT = 32  # books; one takes about a quarter of a megabyte


class Readings:
    """The texts of received files. A context manager: the reading child ends with it."""

    def __init__(self, kit: Kit) -> None:
        self._kit, self._reader = kit, SafeReader()
        self._books: dict[str, WorkbookText] = {}
        self._refused: dict[str, tuple[Reason, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def book(self, sha: str) -> WorkbookText:
        """The texts of this content, read safely. Refused when it can't be read: that is found out once.

        A protected workbook is opened when one of our own passwords does it: review workbooks and marked plans
        come back protected, and an agency may have used the one it was given.
        """
        if sha in self._refused:
            raise Refused(*self._refused[sha])
        if sha in self._books:
            return self._books[sha]
        try:
            book = self._read(sha)
        except Refused as refused:
            self._refused[sha] = (refused.reason, refused.rule)
            raise
        if len(self._books) < _MOST_KEPT:
            self._books[sha] = book
        return book

    def done_with(self, sha: str) -> None:
        """Forget what this content holds: it is settled."""
        self._books.pop(sha, None)

    def _read(self, sha: str) -> WorkbookText:
        data = self._kit.vault.staged(sha)
        if data is None:
            raise AuditKitError(
                "The sealed working copy of a received file is gone.",
                not_happened="It was not read.",
                next_step="Put it back from the backup, and run audit-kit process again.",
            )
        try:
            return self._reader.read(data)
        except Refused as refused:
            content = decrypt(data, *all_passwords(self._kit)) if refused.reason is Reason.PASSWORD else None
            if content is None:
                raise
            return self._reader.read(content)
