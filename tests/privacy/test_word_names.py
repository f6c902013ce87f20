"""Strangers whose names are words, initials and small letters; and ordinary sentences of which nothing may go."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_places_by_name import REGISTER, left_of

from audit_kit.privacy import CaseAnonymiser, KeepWords

ORDINARY = [
    line
    for line in (Path(__file__).parent / "ordinary_phrases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("She came with Willow, Chanel and Amber.", "Willow"),
        ("She came with Willow, Chanel and Amber.", "Amber"),
        ("Staff in the club, Jade and Summer, stayed late.", "Summer"),
        ("I said to Jade that she must ring.", "Jade"),
        ("Willow said that she heard it.", "Willow"),
        ("Girlfriend Poppy is expecting.", "Poppy"),
        ("The family support worker, Ebony, used pictures.", "Ebony"),
        ("A neighbour (Carol at the end) rang.", "Carol"),
        ("He keeps in touch with ex-carers Pat and Clive.", "Pat"),
        ("It was countersigned G. Nettles.", "G. Nettles"),
        ("Football with Coach Bryn on Fridays.", "Coach Bryn"),
        ("Breakfast club is on. Logged LW.", "LW"),
        ("her teacher miss pickering rang. mum was out. i left a note. ok.", "miss pickering"),
        ("seen today. signed rn m castillo", "m castillo"),
        ("discussed with sw tendai mutasa. ok. mum came in. dad did not.", "tendai mutasa"),
        ("The co-defendant Paddy Hall (17) was there.", "Paddy Hall"),
        ("Present: R. Osgood, Kim Doyle. Action: RO to check in.", "RO"),
    ],
)
def test_somebody_named_by_a_word_or_by_initials_is_masked(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


def test_initials_of_nobody_met_that_are_given_a_task_are_asked_about(anonymiser):
    typed = "Actions: QF to safety plan; KR to chase."

    assert [typed[d.start : d.end] for d in anonymiser.mask(typed).doubts] == ["QF", "KR"]


@pytest.mark.parametrize(
    "typed",
    [
        "Willow class and Ruby ward are closed.",
        "It was rated Amber, not Red or Green.",
        "There is Hope in the plan. Hope expressed. Justice was served.",
        "From April to June; by Summer; May will tell.",
        "The Tree of Hope and Rich Tea were shared.",
    ],
)
def test_words_that_could_be_names_stay_where_nobody_is_called_by_them(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


def test_there_are_150_ordinary_sentences_of_the_trade_and_more():
    assert len(ORDINARY) >= 150


def test_nothing_of_ordinary_sentences_is_masked(anonymiser):
    assert [line for line in ORDINARY if anonymiser.mask(line).text != line] == []


def test_hardly_anything_of_ordinary_sentences_is_asked_about(anonymiser):
    asked = [line for line in ORDINARY if anonymiser.mask(line).doubts]

    assert len(asked) <= 0.03 * len(ORDINARY), asked
