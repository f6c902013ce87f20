"""The words of the mail drafts are the team's: filled in once, checked, and never a reason for a mail to wait."""

from __future__ import annotations

import ast
import re

import pytest
from builders import ROOT

from audit_kit.domain.mail_texts import MAIL_TEXTS, PARTS, WORDS
from audit_kit.office.mail_wording import TEMPLATE, filled, mail_text_faults, previewed

SHIPPED = (ROOT / "templates" / TEMPLATE).read_text(encoding="utf-8")
TOLD = "Subject: {audit}\n\nDue {due}. Ring {urgent phone}. {case}"
GIVEN = {
    "audit": "2026-A2-NEG/H3/GP",
    "case": "H3",
    "due": "Monday",
    "urgent phone": "999",
    "mailbox": "a@b.example",
    "board": "B",
}


def with_text(name: str, text: str) -> bytes:
    """The shipped texts with another one under this name."""
    before, _, rest = SHIPPED.partition(f"[{name}]\n")
    return f"{before}[{name}]\n{text}\n\n[{rest.partition(chr(10) + '[')[2]}".encode()


def told(template: bytes) -> list[str]:
    return [fault.sentence for fault in mail_text_faults(template)]


def test_the_texts_that_come_with_it_can_be_used():
    assert told(SHIPPED.encode()) == []


def test_every_text_is_written_somewhere_and_no_other_is():
    asked = set()
    for path in [*(ROOT / "audit_kit" / "acts").glob("*.py"), ROOT / "audit_kit" / "stages" / "chase.py"]:
        constants = (
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant)
        )
        asked |= {value for value in constants if value in MAIL_TEXTS}
    late = {name for name in MAIL_TEXTS if name.startswith("reminder to ")}  # put together in stages/chase.py

    assert asked | late == set(MAIL_TEXTS)


def test_every_word_of_a_text_has_a_meaning_and_every_meaning_a_text():
    used = {word for text in MAIL_TEXTS.values() for word in text.allowed}

    assert used == set(WORDS)
    assert set(PARTS.values()) <= {name for name, text in MAIL_TEXTS.items() if text.is_part}


def test_words_are_filled_in_once_and_an_answer_is_never_looked_through():
    said = filled(with_text("audit tool", TOLD), "audit tool", GIVEN | {"case": "{due} {% x %}"})

    assert (said.subject, said.text) == ("2026-A2-NEG/H3/GP", "Due Monday. Ring 999. {due} {% x %}")


def test_an_empty_word_leaves_no_gap():
    words = GIVEN | {"with its actions": "", "with a note": ""}

    with_none = filled(SHIPPED.encode(), "accepted", words)
    with_both = filled(SHIPPED.encode(), "accepted", words | {"with its actions": "A list.", "with a note": "A note."})

    assert with_none.text.endswith("what remains with you.")
    assert with_both.text.endswith("what remains with you. A list.\n\nA note.")


def test_notes_go_nowhere_and_windows_letters_are_read():
    text = with_text("audit tool", f"# not for the agency\n{TOLD}")

    said = filled(
        text.replace(b"\n", b"\r\n").decode().replace("Due", "Due – really").encode("cp1252"), "audit tool", GIVEN
    )

    assert said.text.startswith("Due – really Monday.")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TOLD.replace("{case}", "{csae}"), r"asks for {csae}, which it can't fill in\. The nearest there is: {case}\."),
        (TOLD.replace("Due {due}. ", ""), r"never prints {due}"),
        (TOLD.replace("Ring {urgent phone}.", ""), r"never prints {urgent phone}"),
        (TOLD.replace("Subject: {audit}", "{audit}"), r"has no line that begins with Subject:"),
        (TOLD.replace("{case}", "{case"), r"has a curly bracket without its partner"),
        ("Subject: {audit}", r"says nothing"),
    ],
)
def test_what_is_wrong_with_a_text_is_told_with_its_line_and_only_that_text_is_left_out(text, fault):
    template = with_text("audit tool", text)

    assert any(re.search(rf"mail_drafts\.txt, line \d+: \[audit tool\] {fault}", each) for each in told(template))
    assert filled(template, "audit tool", GIVEN) is None
    assert filled(template, "more time", GIVEN).text.startswith("You have more time")


def test_a_text_that_is_gone_misspelt_or_there_twice_is_told():
    gone = SHIPPED.replace("[more time]", "[more tiem]")

    assert any(
        "[more tiem] is the name of no text. The nearest is [more time]." in each for each in told(gone.encode())
    )
    assert any(
        "[more time] is missing. Until it is back, audit-kit's own text is used." in each
        for each in told(gone.encode())
    )
    assert any(
        "[seminar] stands there twice" in each
        for each in told(f"{SHIPPED}\n[seminar]\nSubject: x\n\n{{day}} {{time}}\n".encode())
    )
    assert any(
        "[notification: form] is a part" in each
        for each in told(with_text("notification: form", "Subject: x\n\n{due}"))
    )


def test_the_preview_shows_every_mail_with_nothing_left_to_fill_in():
    shown = previewed(SHIPPED.encode())

    assert shown.count("Subject: ") == sum(not text.is_part for text in MAIL_TEXTS.values())
    assert "{" not in shown and "Choose the form that fits the child's age." in shown
