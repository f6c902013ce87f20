"""Registered homes by ordinary words typed small and with their number on any side; places of several words with a slip in one."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person(
            "subject_child",
            "Temi Zqarin",
            address="Flat 58, Falcon Point, Victory Wharf",
            school="St Jude's Catholic Primary School",
        ),
        Person("sibling", "Ola Zqarin", address="231 Nursery Road", school="Northwold Green Primary School"),
        Person("father", "Uwa Zqarin", address="19a Orchard Rise", gp_practice="Latimer Cross Health Centre"),
        Person("aunt", "Ada Zqarin", address="12 The Crescent", gp_practice="Comet House Surgery"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("They live at flat 58, falcon point, victory wharf now.", "They live at [address] now."),
        ("They went to 58 falcon pt, E9 then.", "They went to [address] then."),
        ("We met near victory wharf last night.", "We met near [address] last night."),
        ("It was at f58 falcon point then.", "It was at [address] then."),
        ("It was at 19 orchard rise then.", "It was at [address] then."),
        ("It was Nursery Road, 231 then.", "It was [address] then."),
        ("It was Nursery Road (231) then.", "It was [address] then."),
        ("It was 231: Nursery Road then.", "It was [address] then."),
        ("It was The Crescent no. 12 then.", "It was [address] then."),
        ("It was Orchard Rise, E5 then.", "It was [address] then."),
        ("It was no 58 Falcon Point then.", "It was [address] then."),
        ("He is back at fl 58 again.", "He is back at [address] again."),
        ("He is back at F58 again.", "He is back at [address] again."),
    ],
)
def test_a_home_by_ordinary_words_goes_with_its_number(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    "typed",
    [
        "A nursery road map, an orchard rise and a falcon point.",
        "On the nursery road map they saw the victory wharf made.",
        "He went to the crescent moon show. Form F59 is due.",
    ],
)
def test_the_words_stay_where_no_home_is_told(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed


def test_a_day_behind_a_street_is_no_number_of_its_house(anonymiser):
    assert anonymiser.mask("Seen at The Crescent, 12 May.").text == "Seen at [address], 12 May."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("He is at st jde school now.", "He is at [school] now."),
        ("He is at northwold gree school now.", "He is at [school] now."),
        ("He is at baltimer cross and latier cross surgery.", "He is at baltimer cross and [GP practice]."),
        ("He is at Northwold Grean now.", "He is at [school] now."),
        ("We rang from comet surgery today.", "We rang from [GP practice] today."),
    ],
)
def test_a_place_of_several_words_with_a_slip_that_made_another_word_of_one(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


def test_but_two_other_words_are_another_place(anonymiser):
    typed = "The judge came to school; a later cross, a comet in the surgery."

    assert anonymiser.mask(typed).text == typed
