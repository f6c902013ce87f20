"""Mail drafts that a person looks over and sends: the kit itself sends nothing.

Each is an ``.eml`` that opens as an unsent message. Sender, date and message id are left to the mail program.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The CHSCB Team will be responsible for
notifying agencies of cases to be audited".
"""

from __future__ import annotations

import html
import re
from binascii import b2a_qp
from email.quoprimime import header_encode, header_length
from functools import cache
from urllib.parse import quote

from audit_kit.domain.base64_lines import LINE, in_base64
from audit_kit.domain.letters import MailDraft
from audit_kit.office.clean_text import clean

_OPENXML = "application/vnd.openxmlformats-officedocument"
_CALENDAR = 'text/calendar; charset="utf-8"'
_TYPES = {
    ".docx": f"{_OPENXML}.wordprocessingml.document",
    ".xlsx": f"{_OPENXML}.spreadsheetml.sheet",
    ".pptx": f"{_OPENXML}.presentationml.presentation",
    ".pdf": "application/pdf",
    ".ics": _CALENDAR,
    ".txt": "text/plain",
}
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
# line ends of every kind, other control characters, and marks that turn the direction of what is shown
_NOT_IN_HEADERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_LONGEST_WORD = 60  # characters that stand in a header as they are
_AROUND_A_WORD = len("=?utf-8?q??=")  # of letters in code (RFC 2047)
#: where parts begin and end. No text and no file can hold these lines: each is encoded, and neither way of doing so
#: (quoted-printable, base64) ever gives "=_" (RFC 2045, section 6.7)
_TEXTS, _FILES = "=_audit-kit-texts", "=_audit-kit-files"


def draft(mail: MailDraft) -> bytes:
    """The mail as an unsent message with plain text, the same as simple HTML, and its attachments.

    The same input gives the same bytes. No text can add a header: control characters in the subject and in
    file names become spaces. When any address is not one plain address, all are left out and the To line is
    empty, for the person who sends it to fill in: a doubtful address never stops an urgent notice, and a
    draft never goes to half of its readers unnoticed.
    """
    text = clean(mail.text).rstrip("\n") + "\n"
    bodies = [_body("text/plain", text), _body("text/html", _as_html(text))]
    content = _several("alternative", _TEXTS, bodies)
    if mail.attachments:
        content = _several("mixed", _FILES, [content, *(_attachment(*attached) for attached in mail.attachments)])
    headers = [b"X-Unsent: 1"]
    if mail.to and all(_ADDRESS.fullmatch(address) for address in mail.to):
        headers.append(b"To: " + b",\r\n ".join(address.encode() for address in mail.to))
    headers += (b"Subject: " + _subject(_one_line(mail.subject)), b"MIME-Version: 1.0")
    return b"\r\n".join((*headers, content))


def _several(kind: str, boundary: str, parts: list[bytes]) -> bytes:
    """Several parts as one, from its type on."""
    line = f"--{boundary}".encode()
    start = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode()
    return b"\r\n".join((start, *(each for part in parts for each in (line, part)), line + b"--", b""))


def _body(kind: str, text: str) -> bytes:
    head = f'Content-Type: {kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return head.encode() + b2a_qp(text.replace("\n", "\r\n").encode())


def _attachment(name: str, content: bytes) -> bytes:
    name, kind = _one_line(name), _type_of(name)
    plain = name.isascii() and not set(name) & set('"\\')
    named = f'filename="{name}"' if plain and len(name) <= _LONGEST_WORD else f"filename*=utf-8''{quote(name, safe='')}"
    # a calendar's lines end as a mail's do, and stay readable: what was looked through in one draft is known in the next
    in_lines = kind == _CALENDAR
    coded = "quoted-printable" if in_lines else "base64"
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coded}\r\n"
        f"Content-Disposition: attachment;\r\n {named}\r\n\r\n"
    )
    return head.encode() + (b2a_qp(content) if in_lines else in_base64(content))


def _subject(text: str) -> bytes:
    if text.isascii() and len(text) <= _LONGEST_WORD and "=?" not in text:
        return text.encode()
    # the same as email.header gives, which measures the whole line anew for each letter
    words, room = [""], LINE - len("Subject: ") - _AROUND_A_WORD
    for letter in text:
        length = _length_in_code(letter)
        if length > room:
            words.append("")
            room = LINE - len(" ") - _AROUND_A_WORD
        words[-1] += letter
        room -= length
    return "\r\n ".join(header_encode(word.encode(), "utf-8") for word in words).encode()


_length_in_code = cache(lambda letter: header_length(letter.encode()))


def _one_line(text: str) -> str:
    return " ".join(clean(_NOT_IN_HEADERS.sub(" ", text)).split())


def _type_of(name: str) -> str:
    ending = re.search(r"\.[A-Za-z0-9]+$", name)
    return _TYPES.get(ending[0].lower() if ending else "", "application/octet-stream")


def _as_html(text: str) -> str:
    """The text as paragraphs: a blank line begins a new one. Nothing in it is taken for markup."""
    paragraphs = (html.escape(part).replace("\n", "<br>\n") for part in re.split(r"\n{2,}", text.strip("\n")))
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8"></head>\n'
        f'<body style="font-family: Arial, sans-serif; font-size: 11pt">\n{body}\n</body>\n</html>\n'
    )
