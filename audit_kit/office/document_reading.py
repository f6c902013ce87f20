"""The text of a document that has no form: minutes in Word, a list in Excel, a mail, plain text.

By what the content is, never by what the file is called. Only what a reader of the page sees is read: comments,
hidden or deleted text, pictures, properties and attachments are named by kind and left behind.
"""

from __future__ import annotations

from audit_kit.domain.text_document import Block, Paragraph, Table, TextDocument
from audit_kit.errors import UsageProblem
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.mail_texts import mail_parts
from audit_kit.office.markup_texts import shown_by_html
from audit_kit.office.plain_texts import decoded
from audit_kit.office.safe_read import SheetText, read_safely
from audit_kit.office.word_gate import inspect_word
from audit_kit.office.word_reading import read_word
from audit_kit.office.wrong_type import recognise

_MAIL_HEADERS = ("Subject:", "From:", "To:", "Cc:", "Date:")


def read_document(data: bytes, ending: str) -> TextDocument:
    """The document's blocks. ``ending`` (".eml") tells a mail from plain text, and counts for nothing else.

    UsageProblem when it is of a kind that can't be read, or when the gate turns it away.
    """
    try:
        reason = recognise(data)
        if reason is None:
            return _of_workbook(data)
        if reason is Reason.WORD:
            blocks, beside = read_word(inspect_word(data))
            return TextDocument(blocks, beside)
    except Refused as refused:
        raise UsageProblem(
            refused.what,
            not_happened="Nothing was anonymised.",
            next_step="Open it, save it as a plain Word document (.docx) or workbook (.xlsx) without macros, embedded "
            "files or a password, and run the command again.",
        ) from None
    if ending.lower() == ".eml" and reason in (Reason.TEXT, Reason.WEB_PAGE):
        return _of_mail(data)
    if reason is Reason.WEB_PAGE or (reason is Reason.TEXT and ending.lower() in (".html", ".htm")):
        lines, hidden = shown_by_html(data)
        return TextDocument(tuple(Paragraph(line) for line in lines), ("hidden text",) if hidden else ())
    if reason is Reason.TEXT:
        return TextDocument(tuple(Paragraph(line) for line in decoded(data).splitlines() if line.strip()))
    raise UsageProblem(
        "This kind of file can't be read.",
        not_happened="Nothing was anonymised.",
        next_step="Save it as Word (.docx), Excel (.xlsx), a mail (.eml) or plain text, and run the command again. "
        "What a scan or a picture shows can't be anonymised by audit-kit.",
    )


def is_workbook(data: bytes) -> bool:
    """Whether the copy of this document should be a workbook too."""
    return recognise(data) is None


def _of_workbook(data: bytes) -> TextDocument:
    book = read_safely(data)
    blocks: list[Block] = []
    for number, sheet in enumerate(book.sheets, start=1):
        if sheet.visibility == "visible" and sheet.cells:
            blocks += [Paragraph(f"Sheet {number}", 1), _table_of(sheet)]
    return TextDocument(tuple(blocks), tuple(sorted({passive.kind for passive in book.passive})))


def _table_of(sheet: SheetText) -> Table:
    """The sheet from its first filled cell to its last; a formula cell shows what it last showed."""
    rows, columns = {row for row, _ in sheet.cells}, {column for _, column in sheet.cells}
    return Table(
        tuple(
            tuple(
                sheet.cells[row, column].text if (row, column) in sheet.cells else ""
                for column in range(min(columns), max(columns) + 1)
            )
            for row in range(min(rows), max(rows) + 1)
        )
    )


def _of_mail(data: bytes) -> TextDocument:
    """The headers that people see and the mail's text; of a mail in both forms the plain one."""
    parts = list(mail_parts(data))
    headers = [line for part in parts[:1] for line in part.headers if line.startswith(_MAIL_HEADERS)]
    bodies = [part for part in parts if part.place == "mail text" and part.content]
    plain = [part for part in bodies if part.ending == ".txt"]
    lines: list[str] = []
    hidden = False
    for body in plain or bodies:
        shown, unseen = (
            shown_by_html(body.content)
            if body.ending == ".html"
            else (tuple(decoded(body.content).splitlines()), False)
        )
        lines += shown
        hidden = hidden or unseen
    beside = ("attachment",) if any(part.place.startswith("attachment") for part in parts) else ()
    blocks = tuple(Paragraph(line) for line in (*headers, *lines) if line.strip())
    return TextDocument(blocks, (*beside, "hidden text") if hidden else beside)
