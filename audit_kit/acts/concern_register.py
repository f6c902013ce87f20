"""The register of urgent concerns, in Word and in Excel: by reference only, worked out from the journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from audit_kit.acts.concern_clock import due_of, who_must_act
from audit_kit.domain import outputs
from audit_kit.domain.progress import ConcernProgress
from audit_kit.domain.text_document import Paragraph, Table, TextDocument
from audit_kit.kit import Kit
from audit_kit.stages.words import plural

_HEAD = ("Key", "About", "Kind", "Urgency", "Raised", "Stands at", "With", "Next step due", "Overdue")
_NOTE = (
    "By case reference only. Every step is recorded with audit-kit concern and stands in the journal with its reason."
)
NAME, _TITLE = "concern-register", "Register of urgent concerns"


def papers(kit: Kit) -> tuple[tuple[str, Callable[..., bytes], tuple[object, ...]], ...]:
    """Where each register goes below the outbox, what makes it and of what; none while there was never a concern."""
    listed = kit.concerns()
    if not listed:
        return ()
    document = TextDocument((Paragraph(_summary(listed)), Table((_HEAD, *(_row(kit, one) for one in listed)))))
    shows = (document, kit.config.board.name, kit.clock.today())
    return (
        (outputs.urgent(f"{NAME}.docx"), in_word, shows),
        (outputs.urgent(f"{NAME}.xlsx"), in_excel, shows),
    )


def in_word(document: TextDocument, board: str, written_on: date) -> bytes:
    """The register in Word; here, or in a worker."""
    from audit_kit.office.document_copy import CopyCover, write_document_copy

    return write_document_copy(document, CopyCover(_TITLE, board, written_on, _NOTE))


def in_excel(document: TextDocument, board: str, written_on: date) -> bytes:
    """The same in Excel."""
    from audit_kit.office.document_copy import CopyCover, write_workbook_copy

    return write_workbook_copy(document, CopyCover(_TITLE, board, written_on, _NOTE))


def _summary(listed: tuple[ConcernProgress, ...]) -> str:
    still = sum(one.is_open for one in listed)
    return f"{plural(len(listed), 'concern').capitalize()}: {still} open, {len(listed) - still} closed with assurance."


def lines(kit: Kit) -> tuple[dict[str, str], ...]:
    """Every concern as words under the register's headings, open ones first."""
    listed = sorted(kit.concerns(), key=lambda one: (not one.is_open, one.raised))
    return tuple(dict(zip(_HEAD, _row(kit, one), strict=True)) for one in listed)


def _row(kit: Kit, one: ConcernProgress) -> tuple[str, ...]:
    due = due_of(kit, one)
    return (
        one.short_key, one.about or "not known yet", one.kind, one.urgency, _moment(one.raised), one.state.value,
        who_must_act(one) if one.is_open else "", _moment(due) if one.is_open else "",
        "yes" if one.is_open and kit.clock.now() > due else "",
    )  # fmt: skip


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"
