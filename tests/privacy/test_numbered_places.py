"""A group with its district and a hotel with its room are places, whatever the words of their names mean."""

from __future__ import annotations

import pytest
from test_places_by_name import REGISTER

from audit_kit.privacy import CaseAnonymiser, KeepWords


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("He had two sessions of Dads Together E5 and liked it.", "He had two sessions of [named place] and liked it."),
        ("She likes Copper Thread SE15 very much.", "She likes [named place] very much."),
        ("They slept there. Lantern Stop, Room 214, one bed.", "They slept there. [named place], one bed."),
        ("Mother and kids went to The Beeches, room 9 with her.", "Mother and kids went to [named place] with her."),
    ],
)
def test_the_number_behind_it_tells_a_place(anonymiser, typed, masked):
    found = anonymiser.mask(typed)

    assert (found.text, found.doubts) == (masked, ())


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("He had two sessions with Fathers First N16 and liked it.", "Fathers First N16"),
        ("It went well. Larder E8 delivered food.", "Larder E8"),
    ],
)
def test_a_name_of_the_trades_own_words_is_asked_about(anonymiser, typed, asked):
    assert [typed[d.start : d.end] for d in anonymiser.mask(typed).doubts] == [asked]


@pytest.mark.parametrize(
    "typed",
    [
        "They live in Hackney E8 and came from Stoke Newington N16, by Upper Clapton E5.",
        "The conference was in Hackney Service Centre, Room 4. On Monday, room 2 was shut. Upstairs, Room 9 is free.",
        "Family Court, Room 3. The Town Hall, room 102.",
    ],
)
def test_districts_and_rooms_of_offices_stay(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())
