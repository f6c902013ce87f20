"""Staff by one letter, by the letters of whoever typed, by a job with a stroke; and the numbers of journeys and interpreters."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("It was late. Sgt M said so.", "Sgt M"),
        ("They rang PC D about it.", "PC D"),
        ("All well. Typed by jmw. Copy to police.", "jmw"),
        ("Signed off by: kq", "kq"),
        ("Chaperone S/N Bisi. Consent given.", "S/N Bisi"),
        ("She saw H/V Zelmira Quorn there.", "H/V Zelmira Quorn"),
        ("Present: Adunzel Dada (SW) and others.", "Adunzel Dada"),
        ("BOOKING REF ZK4LMP. SHE LEFT.", "ZK4LMP"),
        ("The booking reference AB12CD was shown.", "AB12CD"),
        ("She has a flight BG417 on Sunday.", "BG417"),
        ("There were airline tags TK 19 on it.", "TK 19"),
        ("Used language line op 6614 for this.", "6614"),
        ("The dealer's line, no. ends 900 777, was rung.", "900 777"),
        ("He used a bank card ending 4417 there.", "4417"),
        ("The interpreter, code 48120, was good.", "48120"),
    ],
)
def test_staff_and_numbers_that_little_tells_are_masked(anonymiser, typed, gone):
    assert gone not in anonymiser.mask(typed).text


@pytest.mark.parametrize(
    "stays",
    [
        "DC, D and S are letters. The DS was there.",
        "Typed by the team. Checked by me. Signed by mum.",
        "The S/N ratio and the h/v area are fine. It is n/a.",
        "The Chair (SW) came. Early Help (SW) too.",
        "The booking ref was lost. A booking for 2024. Flights in May.",
        "The session number ended 3 weeks ago. The line ends at page 120. The account ending 2024 is done.",
        "The interpreter came in 2024 and stayed 120 minutes. They spoke her own language at op 3.",
    ],
)
def test_words_and_numbers_that_tell_nobody_stay(anonymiser, stays):
    assert anonymiser.mask(stays).text == stays
