"""The action plan's workbook read back: found by its headings, whatever was moved, sorted, added or coloured."""

from __future__ import annotations

from datetime import date

from audit_kit.domain.actions import COLUMNS, IMPACT, RAG, STREAMS
from audit_kit.domain.dates import read_date
from audit_kit.domain.follow_up import Followed
from audit_kit.domain.scales import chosen
from audit_kit.errors import AuditKitError
from audit_kit.office.safe_read import SheetText, WorkbookText

_HEADINGS = {heading.casefold(): field for heading, field in COLUMNS}
_NEEDED = ("ref", "stream", "action", "owner", "due", "rag", "impact", "closed_by")


def read_progress(book: WorkbookText) -> tuple[Followed, ...]:
    """Every action that has a reference, in the sheet's order. AuditKitError when the headings are not found."""
    for sheet in book.sheets:
        row, columns = _head(sheet)
        if row:
            return _actions(sheet, row, columns)
    raise AuditKitError(
        "The plan's headings are not found in this workbook: Ref, Action, Owner, Due, RAG and the others.",
        not_happened="No progress was taken from it.",
        next_step="Put the headings back as they were in outbox/reports, or take that file again.",
    )


def _head(sheet: SheetText) -> tuple[int, dict[str, int]]:
    """The row of the headings and the column of each field; 0 when they are not there."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sheet.cells.items():
        field = _HEADINGS.get(" ".join(cell.text.split()).casefold())
        if field:
            rows.setdefault(row, {})[field] = column
    return next(((row, found) for row, found in sorted(rows.items()) if set(_NEEDED) <= set(found)), (0, {}))


def _actions(sheet: SheetText, head: int, columns: dict[str, int]) -> tuple[Followed, ...]:
    last = max(row for row, _ in sheet.cells)

    def said(row: int, field: str) -> str:
        cell = sheet.cells.get((row, columns[field]))
        return cell.text.strip() if cell else ""

    return tuple(
        Followed(
            ref=said(row, "ref"),
            stream=chosen(said(row, "stream"), STREAMS) or "",
            action=said(row, "action"),
            owner=said(row, "owner"),
            due=_day(said(row, "due")),
            rag=chosen(said(row, "rag"), RAG) or "",
            impact=chosen(said(row, "impact"), IMPACT) or "",
            closed_by=said(row, "closed_by"),
        )
        for row in range(head + 1, last + 1)
        if said(row, "ref")
    )


def _day(text: str) -> date | None:
    return read_date(text)
