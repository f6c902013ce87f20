"""Texts as Word files and mails can hold them."""

from __future__ import annotations

import re
import unicodedata

from audit_kit.office.reader_child import WINDOWS

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85]")  # as the reader of workbooks knows them: two words never run together
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """The text as a Word file can hold it: composed, line ends as one, without characters that XML forbids.

    Emoji, Arabic, Welsh and curly quotes stay as they are, and so does what looks like an escape of Excel's: those
    that came in a workbook were read when it was. What Windows wrote and another program misread is what it was.
    """
    text = _BREAKS.sub("\n", text).translate(WINDOWS)
    return unicodedata.normalize("NFC", _NOT_IN_XML.sub("", text))
