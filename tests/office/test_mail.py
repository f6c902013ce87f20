"""Mail drafts: opened unsent, nothing lost, nothing added by what stands in a subject or an address."""

from __future__ import annotations

import dataclasses
import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest

from audit_kit.domain.letters import MailDraft
from audit_kit.office.mail import draft

TEXT = "Please find attached the audit tool.\n\nIt is due on Friday 4 December 2026.\nThank you."
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIL = MailDraft(
    to=("named.nurse@agencies.example.org", "board.manager@chscb.example.org"),
    subject="2026-A2-NEG/H3/HVSN – audit tool, due Friday 4 December 2026",
    text=TEXT,
    attachments=(("2026-A2-NEG_H3_HVSN_r1.xlsx", bytes(range(256)) * 9), ("letter.docx", b"PK\x03\x04\r\n.\r\n--")),
)
EVIL = "R&D <b>bold</b> {{x}} =1+1 😀 مرحبا Ŵyn"


def opened(**changes):
    return message_from_bytes(draft(dataclasses.replace(MAIL, **changes)), policy=policy.default)


def plain(message) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


class Reader(HTMLParser):
    """What a mail program shows of the HTML."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shown, self.tags = "", []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def test_a_draft_opens_as_an_unsent_message_and_says_nothing_of_its_sender():
    message = opened()

    assert message["X-Unsent"] == "1"
    assert message["To"] == ", ".join(MAIL.to)
    assert message["Subject"] == MAIL.subject
    assert [name for name in ("From", "Date", "Message-ID", "Sender") if name in message] == []


def test_text_and_html_say_the_same():
    message = opened()

    assert plain(message) == f"{TEXT}\n"
    page = Reader(message.get_body(("html",)).get_content())
    assert page.tags.count("p") == 2
    assert page.tags.count("br") == 1
    assert page.shown.split() == TEXT.split()


def test_attachments_arrive_whole_with_their_names_and_kinds():
    found = list(opened().iter_attachments())

    assert [(part.get_filename(), part.get_content()) for part in found] == list(MAIL.attachments)
    assert [part.get_content_type() for part in found] == [EXCEL, WORD]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("meeting.ICS", "text/calendar"),
        ("pack.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("minutes.pdf", "application/pdf"),
        ("page.html", "application/octet-stream"),
        ("noending", "application/octet-stream"),
    ],
)
def test_each_kind_of_file_is_called_what_it_is(name, kind):
    (part,) = opened(attachments=((name, b"content"),)).iter_attachments()

    assert (part.get_filename(), part.get_content_type()) == (name, kind)


@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 57 * 64 - 1, 57 * 64, 57 * 64 + 1, 200_000])
def test_a_file_of_any_size_arrives_whole_in_lines_that_mail_programs_take(size):
    content = bytes(at % 251 for at in range(size))
    mail = dataclasses.replace(MAIL, attachments=(("letter.docx", content),))

    (part,) = message_from_bytes(draft(mail), policy=policy.default).iter_attachments()

    assert part.get_content() == content
    (encoded,) = re.findall(rb"docx\"\r\n\r\n(.*?)\r\n--", draft(mail), re.DOTALL)
    assert {len(line) for line in encoded.split(b"\r\n")[:-2]} <= {76}


def test_a_draft_without_attachments_is_text_and_html_alone():
    message = opened(attachments=())

    assert message.get_content_type() == "multipart/alternative"
    assert plain(message) == f"{TEXT}\n"


def test_text_stays_text_whatever_it_looks_like():
    message = opened(text=f"{EVIL}\n\n{EVIL}", subject=EVIL, attachments=((f"{EVIL}.docx", b"x"),))

    assert plain(message) == f"{EVIL}\n\n{EVIL}\n"
    page = Reader(message.get_body(("html",)).get_content())
    assert "b" not in page.tags
    assert page.shown.count(EVIL) == 2
    assert message["Subject"] == EVIL
    assert next(message.iter_attachments()).get_filename() == f"{EVIL}.docx"


def test_the_same_mail_is_the_same_bytes_and_another_is_not():
    assert draft(MAIL) == draft(dataclasses.replace(MAIL))
    assert draft(MAIL) != draft(dataclasses.replace(MAIL, attachments=(("letter.docx", b"other"),)))


def test_no_text_and_no_file_can_end_a_part_of_the_mail():
    lines = [f"--{part.get_boundary()}--" for part in opened().walk() if part.is_multipart()]
    assert len(set(lines)) == 2
    told = "\n".join(lines)

    message = opened(text=told, subject=told, attachments=((f"{lines[0]}.docx", told.encode()),))

    assert plain(message) == f"{told}\n"
    assert message["Subject"] == " ".join(lines)
    assert [part.get_content() for part in message.iter_attachments()] == [told.encode()]


@pytest.mark.parametrize(
    "mark", ["\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r\n ", "\u202e"]
)
def test_no_subject_or_file_name_adds_a_header(mark):
    added = f"Case H3{mark}Bcc: somebody@example.org{mark}"

    message = opened(subject=added, attachments=((f"a{mark}Content-Type: text/html{mark}.docx", b"x"),))

    assert sorted(message.keys()) == ["Content-Type", "MIME-Version", "Subject", "To", "X-Unsent"]
    assert message["Subject"] == "Case H3 Bcc: somebody@example.org"
    (part,) = message.iter_attachments()
    assert part.get_content_type() == WORD
    assert part.get_filename() == "a Content-Type: text/html .docx"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "a@example.org\n",
        "A Name <a@example.org>",
        "ünal@example.org",
    ],
)
def test_a_doubtful_address_leaves_the_to_line_to_the_person_who_sends(address):
    message = opened(to=("good@example.org", address))

    assert sorted(message.keys()) == ["Content-Type", "MIME-Version", "Subject", "X-Unsent"]


def test_characters_that_no_mail_may_hold_are_left_out_of_the_text():
    message = opened(text="before\x00\x07\ud800after\r\nnext", subject="a\ud800b")

    assert plain(message) == "beforeafter\nnext\n"
    assert message["Subject"] == "ab"


def test_every_line_of_the_file_is_short_and_plain_ascii():
    data = draft(dataclasses.replace(MAIL, subject="ü" * 500, text="é" * 5000))

    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n")) < 998
    assert b"\n" not in data.replace(b"\r\n", b"")
