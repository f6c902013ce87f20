"""Mail drafts that a person looks over and sends: the kit itself sends nothing.

Each is an ``.eml`` that opens as an unsent message. Sender, date and message id are left to the mail program.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The CHSCB Team will be responsible for
notifying agencies of cases to be audited".
"""

from __future__ import annotations

import hashlib
import html
import re
from binascii import b2a_base64
from email import policy
from email.message import EmailMessage

from audit_kit.domain.letters import MailDraft
from audit_kit.office.document import clean

_OPENXML = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    ".docx": f"{_OPENXML}.wordprocessingml.document",
    ".xlsx": f"{_OPENXML}.spreadsheetml.sheet",
    ".pptx": f"{_OPENXML}.presentationml.presentation",
    ".pdf": "application/pdf",
    ".ics": "text/calendar",
    ".txt": "text/plain",
}
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
# line ends of every kind, other control characters, and marks that turn the direction of what is shown
_NOT_IN_HEADERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_LINE = 57  # bytes, one line in base64
_POLICY = policy.SMTP  # CRLF everywhere, headers in ASCII


def draft(mail: MailDraft) -> bytes:
    """The mail as an unsent message with plain text, the same as simple HTML, and its attachments.

    The same input gives the same bytes. No text can add a header: control characters in the subject and in
    file names become spaces. When any address is not one plain address, all are left out and the To line is
    empty, for the person who sends it to fill in: a doubtful address never stops an urgent notice, and a
    draft never goes to half of its readers unnoticed.
    """
    message = EmailMessage(policy=_POLICY)
    message["X-Unsent"] = "1"
    if mail.to and all(_ADDRESS.fullmatch(address) for address in mail.to):
        message["To"] = ", ".join(mail.to)
    message["Subject"] = _one_line(mail.subject)
    text = clean(mail.text).rstrip("\n") + "\n"
    boundary = _boundary(mail)
    message.set_content(text, cte="quoted-printable")
    message.make_alternative(boundary=f"{boundary}-texts")
    message.add_alternative(_as_html(text), subtype="html", cte="quoted-printable")
    if not mail.attachments:
        return message.as_bytes()
    message.make_mixed(boundary=boundary)
    stand_ins = [_stand_in(content) for _, content in mail.attachments]
    for (name, _), stand_in in zip(mail.attachments, stand_ins, strict=True):
        kind, _, subtype = _type_of(name).partition("/")
        message.add_attachment(stand_in, maintype=kind, subtype=subtype, filename=_one_line(name))
    data = message.as_bytes()
    for (_, content), stand_in in zip(mail.attachments, stand_ins, strict=True):
        data = data.replace(_base64(stand_in), _base64(content))
    return data


def _stand_in(content: bytes) -> bytes:
    """A few bytes in an attachment's place while the mail is put together: the library takes its time over many."""
    return hashlib.sha512(content).digest()[:_LINE]


def _base64(content: bytes) -> bytes:
    whole = b2a_base64(content, newline=False)
    return b"".join(whole[at : at + 76] + b"\r\n" for at in range(0, len(whole), 76))


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


def _boundary(mail: MailDraft) -> str:
    """A boundary from the content instead of from chance; nobody can write a text that holds its own."""
    digest = hashlib.sha256(repr((mail.to, mail.subject, mail.text)).encode())
    for name, content in mail.attachments:
        digest.update(repr((name, hashlib.sha256(content).digest())).encode())
    return f"audit-kit-{digest.hexdigest()[:32]}"
