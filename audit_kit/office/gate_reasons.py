"""V02: why a received file isn't opened, and what to say about it: one reason, one set of plain sentences.

A reason never quotes the file. Whoever shows it adds who sent it and, because a file that can't be read
may hold a concern about a child, tells a person at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from audit_kit.errors import AuditKitError


class Reason(StrEnum):
    """Every way in which a file can be turned away. The value is what journal and log record."""

    EMPTY = "empty"
    PASSWORD = "password_protected"
    RIGHTS_MANAGED = "rights_managed"
    OLD_EXCEL = "old_excel"
    BINARY_EXCEL = "binary_excel"
    OPEN_DOCUMENT = "open_document"
    APPLE = "apple_document"
    TEXT = "text_file"
    WEB_PAGE = "web_page"
    PDF = "pdf"
    WORD = "word"
    POWERPOINT = "powerpoint"
    EMAIL = "email"
    PICTURE = "picture"
    ZIP = "zip_of_files"
    SHORTCUT = "shortcut"
    UNKNOWN = "unknown_kind"
    MACROS = "macros"
    EMBEDDED = "embedded_files"
    CHART_WORKBOOK = "workbook_of_a_chart"
    EXTERNAL_LINKS = "external_links"
    CONNECTIONS = "data_connections"
    ADD_INS = "add_ins"
    INCOMPLETE = "incomplete"
    TOO_LARGE = "too_large"
    TEXT_TOO_LONG = "text_too_long"
    ODD = "not_as_excel_saves_it"
    NOT_READ_SAFELY = "could_not_be_read_safely"


@dataclass(frozen=True)
class Sentences:
    """What to say: what it is, what hasn't happened, how to send it instead."""

    what: str
    not_happened: str
    next_step: str


_UNREAD = "Nothing in it has been read, and it does not count as returned."
_THE_WORKBOOK = "Please fill in the Excel workbook that was sent to you and send that back, saved as .xlsx."
_SAVE_AS_XLSX = "Please open it in Excel, choose File, Save As, 'Excel Workbook (*.xlsx)', and send the new file."
_COPY_ANSWERS = (
    "Please copy the answers into a fresh copy of the workbook that was sent to you, as plain text, and send that back."
)


def _other(kind: str, next_step: str = _THE_WORKBOOK) -> Sentences:
    return Sentences(f"The file is {kind}, not an Excel workbook in the .xlsx format.", _UNREAD, next_step)


def _not_opened(because: str, next_step: str) -> Sentences:
    return Sentences(f"The workbook was not opened because {because}.", _UNREAD, next_step)


SENTENCES: Mapping[Reason, Sentences] = {
    Reason.EMPTY: Sentences("The file is empty: it holds nothing at all.", _UNREAD, "Please send it again."),
    Reason.PASSWORD: Sentences(
        "The workbook is protected with a password that is not the one agreed with your agency.",
        _UNREAD,
        "Please save it with the agreed password, or without one (File, Info, Protect Workbook, "
        "Encrypt with Password, and clear the box), and send it again.",
    ),
    Reason.RIGHTS_MANAGED: Sentences(
        "The workbook is protected by a sensitivity label or rights management, so that only people of "
        "your own organisation can open it.",
        _UNREAD,
        "Please choose a label that allows sharing outside your organisation, or ask your IT team for it, "
        "and send the workbook again.",
    ),
    Reason.OLD_EXCEL: _other("an Excel workbook in the older .xls format", _SAVE_AS_XLSX),
    Reason.BINARY_EXCEL: _other("an Excel workbook in the binary .xlsb format", _SAVE_AS_XLSX),
    Reason.OPEN_DOCUMENT: _other(
        "an OpenDocument file (such as .ods)",
        "Please open it, choose File, Save As, 'Excel 2007-365 (.xlsx)', and send the new file.",
    ),
    Reason.APPLE: _other(
        "a document of Apple's Numbers, Pages or Keynote",
        "Please open it in Numbers, choose File, Export To, Excel, and send the new file.",
    ),
    Reason.TEXT: _other("a plain text or .csv file, which does not keep the form"),
    Reason.WEB_PAGE: _other("a web page or XML text, perhaps exported from another system"),
    Reason.PDF: _other("a PDF, perhaps a print or a scan of the form"),
    Reason.WORD: _other("a Word document"),
    Reason.POWERPOINT: _other("a PowerPoint presentation"),
    Reason.EMAIL: _other(
        "a saved e-mail message", "Please save the workbook that is attached to the message and send that."
    ),
    Reason.PICTURE: _other("a picture, perhaps a photo or a screenshot of the form"),
    Reason.ZIP: _other("a zip folder", "Please take the workbook out of the zip folder and send it by itself."),
    Reason.SHORTCUT: Sentences(
        "The file is only a shortcut: it points to a file at the sender's place, and holds nothing of it.",
        _UNREAD,
        "Please open the workbook that it points to, choose File, Save a Copy (or Download), and send that copy.",
    ),
    Reason.UNKNOWN: _other("of a kind that is not known here"),
    Reason.MACROS: _not_opened(
        "it contains macros", "Please save it as 'Excel Workbook (*.xlsx)', which leaves macros out, and send it."
    ),
    Reason.EMBEDDED: _not_opened(
        "another file is embedded in it",
        "Please delete the embedded file from the sheet (click on its icon and press Delete) and send the "
        "workbook again. Ask the Board's team how to send the other file.",
    ),
    Reason.CHART_WORKBOOK: _not_opened(
        "the workbook behind one of its charts can't be taken", "Please take the charts out, save, and send it again."
    ),
    Reason.EXTERNAL_LINKS: _not_opened(
        "it is linked to another workbook or to something outside it",
        "Please choose Data, Edit Links (or Workbook Links), Break Link for each, save, and send it again.",
    ),
    Reason.CONNECTIONS: _not_opened(
        "it contains a connection to a database or another source of data",
        "Please delete every entry under Data, Queries & Connections, save, and send it again.",
    ),
    Reason.ADD_INS: _not_opened(
        "it contains an add-in, an active control or changes to Excel's own menus", _COPY_ANSWERS
    ),
    Reason.INCOMPLETE: Sentences(
        "The file has been cut short or damaged on its way.",
        _UNREAD,
        "Please open it at your end to see that it is whole, save it once more, and send it again.",
    ),
    Reason.TOO_LARGE: _not_opened(
        "it is far larger than the form can be, on the disk or when unpacked",
        f"Please remove pictures and anything beside the answers. {_COPY_ANSWERS}",
    ),
    Reason.TEXT_TOO_LONG: _not_opened(
        "one cell holds more text than Excel allows (32,767 characters)",
        "Please shorten the longest answer, or continue it in the row below, and send it again.",
    ),
    Reason.ODD: _not_opened(
        "it is not built as Excel, SharePoint or LibreOffice build it",
        "Please open it in Excel, save it as 'Excel Workbook (*.xlsx)' under a new name, and send that file. "
        "If it comes back to you again, copy the answers into a fresh copy of the workbook that was sent to you.",
    ),
    Reason.NOT_READ_SAFELY: _not_opened(
        "the program that reads it took too long, used too much memory or could not make sense of it", _COPY_ANSWERS
    ),
}


def _document_not_opened(because: str, next_step: str) -> Sentences:
    return Sentences(
        f"The Word document was not opened because {because}.",
        "Nothing in it has been read.",
        f"{next_step} If it was meant as an audit: please fill in the Excel workbook that was sent to you instead.",
    )


#: what is said otherwise of a document than of a workbook
OF_A_DOCUMENT: Mapping[Reason, Sentences] = {
    Reason.MACROS: _document_not_opened(
        "it contains macros", "Please save it as 'Word Document (*.docx)', which leaves macros out, and send it."
    ),
    Reason.EMBEDDED: _document_not_opened(
        "another file is embedded in it",
        "Please delete the embedded file (click on its icon and press Delete), save, and send it again.",
    ),
    Reason.CHART_WORKBOOK: _document_not_opened(
        "the workbook behind one of its charts, or another workbook embedded in it, holds macros, links or files of its own, or "
        "is not built as Excel builds it",
        "Please copy that chart or table, paste it as a picture in its place, save, and send it again.",
    ),
    Reason.EXTERNAL_LINKS: _document_not_opened(
        "a picture or a text in it lies elsewhere and would be fetched from there",
        "Please choose File, Info, Edit Links to Files, Break Link for each (a linked picture: delete it and insert it anew), "
        "save, and send it again.",
    ),
    Reason.ADD_INS: _document_not_opened(
        "it contains an add-in, an active control, a field that starts a program or changes to Word's own menus",
        "Please copy its text into a new document, and send that.",
    ),
    Reason.TOO_LARGE: _document_not_opened(
        "it is far larger than such a document can be, on the disk or when unpacked",
        "Please shrink its pictures (Picture Format, Compress Pictures), save, and send it again.",
    ),
    Reason.ODD: _document_not_opened(
        "it is not built as Word or LibreOffice build it",
        "Please open it in Word, save it as 'Word Document (*.docx)' under a new name, and send that file.",
    ),
}


class Refused(AuditKitError):
    """A received file is not opened. ``reason`` says why, ``rule`` which of the gate's rules it met.

    ``rule`` is a fixed word of this program, for the log; neither it nor the message quotes the file. ``document``: it is
    a Word document, of which some reasons are told in other words.
    """

    def __init__(self, reason: Reason | str, rule: str = "", *, document: bool = False) -> None:
        self.reason = Reason(reason)
        self.rule = rule
        words = (OF_A_DOCUMENT if document else SENTENCES).get(self.reason, SENTENCES[self.reason])
        super().__init__(words.what, not_happened=words.not_happened, next_step=words.next_step)
