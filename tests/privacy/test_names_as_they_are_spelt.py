"""Registered names in another spelling of the same language, behind a surname that no list knows, and names that are particles too."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords


def masked(register, text):
    return CaseAnonymiser.for_case(register, KeepWords.standard()).mask(text).text


SOMALI = CaseRegister(
    "H1",
    (
        Person("subject_child", "Ilhaan Cabdulle Xirsi", aliases=("Ilhan",)),
        Person("mother", "Caasha Maxamed Guuleed"),
        Person("father", "Nuur Jaamac"),
        Person("uncle", "Abdi Hersi Farah"),
        Person("aunt", "Rukia Hussain"),
        Person("sibling", "Calvin Hussain"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("History re ilhan abdulle hirsi, aged six.", "History re Child H1, aged six."),
        ("History re ilhan abdule hirsi, aged six.", "History re Child H1, aged six."),
        ("We met Asha Mohamed Guled today.", "We met Mother today."),
        ("We met noor jama today.", "We met Father today."),
        ("We saw noor's flat.", "We saw Father's flat."),
        ("Cabdi Xersi Faarax was there.", "Uncle was there."),
        ("The nurse saw rukia hossain there.", "The nurse saw Aunt there."),
    ],
)
def test_a_somali_name_in_its_own_spelling_and_in_the_english_one(typed, shown):
    assert masked(SOMALI, typed) == shown


def test_but_a_name_that_only_begins_like_one_is_somebody_else():
    assert masked(SOMALI, "Alvin came.") == "Person 1 came."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("History re ilhan dirshe warfa, aged six.", "History re Child H1, aged six."),
        ("The case of ilhan dirshe.", "The case of Child H1."),
        ("Seen with ilhan dirshe (sister) today.", "Seen with Child H1 (sister) today."),
        ("I saw ilhan today, she was well.", "I saw Child H1 today, she was well."),
        ("I saw ilhan crsly, then left.", "I saw Child H1 crsly, then left."),
    ],
)
def test_a_surname_that_no_list_knows_goes_with_a_first_name_typed_small_where_the_name_ends(typed, shown):
    assert masked(SOMALI, typed) == shown


PARTICLES = CaseRegister(
    "H1",
    (
        Person("subject_child", "Ben Zqarin"),
        Person("sibling", "Ni Ni Zqarin"),
        Person("sibling", "Abu Bakr Zqarin"),
        Person("mother", "Do Van Bin"),
        Person("father", "Bo Little"),
        Person("uncle", "Jan van der Zelm"),
        Person("cousin", "Long Quel", aliases=("Mac",)),
    ),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("We saw ben at home.", "We saw Child H1 at home."),
        ("Then Ni Ni rang.", "Then Sibling 1 rang."),
        ("Abu was at home.", "Sibling 2 was at home."),
        ("Mr Little was out.", "Father was out."),
        ("Jan van der Zelm was out.", "Uncle was out."),
        ("Then Mac was at home.", "Then Cousin was at home."),
        ("Bin was asked to come.", "Mother was asked to come."),
    ],
)
def test_somebody_may_be_called_by_what_is_a_particle_or_kinship_elsewhere(typed, shown):
    assert masked(PARTICLES, typed) == shown


def test_the_particles_stay_where_nobody_is_called_so():
    typed = "The van was late, a little later the bin was full. It is de facto over."

    assert masked(PARTICLES, typed) == typed


POLISH = CaseRegister(
    "H1",
    (
        Person("subject_child", "Kacper Zquelicki"),
        Person("father", "Darek Zquelicki", address="Room 9, Zelsland Hotel, 3 Pinmoor Road"),
        Person("mother", "Ewa Zquelicka"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("She said that Darkowi never paid.", "She said that Father never paid."),
        ("Widziano Kacpra w domu.", "Widziano Child H1 w domu."),
        ("A letter for Zquelickiego came.", "A letter for [family name] came."),
        ("A letter for Zquelickiej came.", "A letter for Mother came."),
    ],
)
def test_a_polish_name_as_its_case_asks_for_it(typed, shown):
    assert masked(POLISH, typed) == shown


def test_a_hotel_in_which_somebody_lives():
    assert masked(POLISH, "He is in Rm 9 Zelsland Hotel now.") == "He is in [address] now."
