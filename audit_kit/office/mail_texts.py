"""The parts of a mail: headers in plain words, bodies and attachments decoded."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message


@dataclass(frozen=True)
class MailPart:
    """One part of a mail. ``name`` is what the sender called it: for its ending only, never for messages."""

    place: str
    name: str
    ending: str  # what the stated type says it is, for a part without a name
    headers: tuple[str, ...]
    content: bytes


def mail_parts(data: bytes) -> Iterator[MailPart]:
    """Every part of a mail and of the mails in it, in their order, decoded. Odd mails give what can be had."""
    attachment = 0
    for part in email.message_from_bytes(data).walk():
        name = _readable(part.get_filename() or "")
        is_file = bool(name) or part.get_content_disposition() == "attachment"
        attachment += is_file
        place = f"attachment {attachment}" if is_file else "" if part.is_multipart() else "mail text"
        # defects, the texts before and after the parts: shown by some programs, so they are looked at
        around = tuple(text for text in (part.preamble, part.epilogue) if isinstance(text, str) and text.strip())
        yield MailPart(place, name, _ending_of(part), (*_headers(part), *around), _content(part))


def _headers(part: Message) -> Iterator[str]:
    for key, value in part.items():
        yield f"{key}: {_readable(str(value))}"
    if name := part.get_filename():
        yield _readable(name)


def _readable(value: str) -> str:
    """A header with its encoded words decoded."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(_as_text(text, charset) if isinstance(text, bytes) else text for text, charset in pieces)


def _content(part: Message) -> bytes:
    """What the part holds; a body in another encoding than UTF-8 is turned into it."""
    if part.is_multipart():
        return b""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return b""
    charset = part.get_content_charset()
    if part.get_content_maintype() == "text" and charset and charset.lower() not in ("utf-8", "us-ascii"):
        return _as_text(payload, charset).encode(errors="replace")
    return payload


def _as_text(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "utf-8", errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")


def _ending_of(part: Message) -> str:
    return {"text/html": ".html", "text/plain": ".txt"}.get(part.get_content_type(), "")
