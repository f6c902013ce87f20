"""Any text that fits into a cell is handled in time, without the network and in little memory."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from plain_walk import takes_at_most

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

FULL = 32_767
REGISTER = CaseRegister(
    "H3",
    (
        Person("subject_child", "Temitope Grace Adeyemi-Cole", ("Temi", "TJ"), "2014-05-17", "943 476 5919", address="14 Amhurst Road", school="St Monica's Catholic Primary School"),
        Person("mother", "Folake Adeyemi", phones=("07700 900417",), emails=("folake@mailbox.example",)),
        Person("father", "Will Price"),
    ),
)  # fmt: skip
PIECES = (
    " ", "a", "A", "1", "{", "@", ".", "\n", "-", "'", "(", "&", "_", "a@", "a.", "A. ", "A ", "1 ", "1/", "A1", "a-", "&a", "a'",
    "Aa ", "Temi ", "Mr ", "http://", "\u00ad", "a\u200b", "\u0301", "Ã", "Ж", "Жа ", "Flat 1 ", "1 Aaaa ", "ref ", "ref no no ",
    "Aaa School ", "St ", "1 may ", "born on ", "first ", "a?", "a-\n", "a at ", "a@b dot ", "a_", "will ", "Will ", "0", "07", "CAD ",
    "social worker ", "Mrs A ", "\u202e", "Price, ", "T. ", "T.", "F o ", "&#1;", "\x00", "a b ", "Q",
)  # fmt: skip


@pytest.fixture(scope="module")
def anonymiser():
    made = CaseAnonymiser.for_case(REGISTER, KeepWords.standard())
    made.mask("Temi was seen at home by Jane Okoro, health visitor.")
    return made


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_no_full_cell_takes_long(anonymiser, piece):
    text = (piece * FULL)[:FULL]

    assert takes_at_most(64, lambda: anonymiser.mask(text))


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_time_grows_with_the_length_and_not_faster(anonymiser, piece):
    def once(length):
        started = time.process_time()
        anonymiser.mask((piece * length)[:length])
        return time.process_time() - started

    def seconds(length):  # the best of three: a sweep of the garbage collector may fall into any one of them
        return min(once(length) for _ in range(3))

    assert seconds(16_000) < 12 * max(seconds(4_000), 0.01)


def test_no_text_breaks_it():
    rng = random.Random(7)
    alphabet = "aA1 .,-'@/()\n&#;?_TemiAdeyemiWillMrsÃ¶\u200b\u00ad\u202eЖיمÅß" + "".join(PIECES)
    anonymiser = CaseAnonymiser.for_case(REGISTER, KeepWords.standard())
    for _ in range(600):
        text = "".join(rng.choice(alphabet) for _ in range(rng.randrange(60)))
        masked = anonymiser.mask(text)

        for replacement in (*masked.replacements, *masked.doubts):
            assert 0 <= replacement.start < replacement.end <= len(text)
        for doubt, there in zip(masked.doubts, masked.doubts_in_result, strict=True):
            assert text[doubt.start : doubt.end] == masked.text[there.start : there.end]


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_):
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    masked = CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask("Temi rang jane@school.example.")

    assert masked.text == "Child H3 rang [e-mail address]."


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
def test_memory_stays_under_150_megabytes():
    program = (
        "import re\n"
        "from pathlib import Path\n"
        "from audit_kit.domain.register import CaseRegister, Person\n"
        "from audit_kit.privacy import CaseAnonymiser, KeepWords\n"
        "made = CaseAnonymiser.for_case(CaseRegister('H1', (Person('mother', 'Folake Adeyemi'),)), KeepWords.standard())\n"
        "for i in range(40): made.mask('Folake was seen by Jane Okoro, health visitor, at home. ' * 100)\n"
        # not getrusage: its peak is inherited from whoever started the process
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024)\n"
    )

    megabytes = float(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    )

    assert megabytes < 150


@pytest.mark.parametrize(
    "typed",
    [
        "They live at ٥٢.",
        "Her DOB is ٢٠١٨٠٣١٧ and is known.",
        "Her birthday: the file has ١7 March 2٠1٨ and wrongly ٨/٣/٢0٢0.",
    ],
)
def test_a_text_with_the_digits_of_another_script_is_masked_too(anonymiser, typed):
    assert anonymiser.mask(typed).text
