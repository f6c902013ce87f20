"""Numbers and birthdays of the register in every way of typing them: other marks, letters for digits, parts of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_places_by_name import left_of

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person(
            "subject_child",
            "Zuhra Quenlow",
            dob="2015-08-06",
            nhs_number="571 640 2839",
            upn="K308214007115",
            ni_number="PQ 61 72 83 B",
            postcode="E8 1LQ",
            phones=("07700 900628",),
        ),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("The number 571|640|2839 is hers.", "571|640|2839"),
        ("The number 571, 640, 2839 is hers.", "571, 640, 2839"),
        ("The number 571 64O 2839 is hers.", "571 64O 2839"),
        ("NHS5716402839 on the form.", "5716402839"),
        ("NHS 571 640 2839x on the form.", "571 640 2839x"),
        ("The NHS number ends 839 there.", "839"),
        ("NHS no. begins 571 on the sheet.", "571"),
        ("NHS 571 640 xxxx, the rest is torn.", "571 640"),
        ("Number 571 640 (rest illegible) it says.", "571 640"),
        ("The old mobile, ending in 0628, is off.", "0628"),
        ("A missed call (...628) at nine.", "628"),
        ("The last four digits of it: 0628.", "0628"),
        ("Ring 07700_900_628 after five.", "07700_900_628"),
        ("UPN K : 308 : 214007115 was typed.", "K : 308 : 214007115"),
        ("NI ends 83B on the claim.", "83B"),
        ("PQ - 61 - 72 - 83 - B on the claim.", "PQ - 61 - 72 - 83 - B"),
        ("They moved to E8, 1LQ then.", "E8, 1LQ"),
        ("They moved to E8 ILQ then.", "E8 ILQ"),
    ],
)
def test_a_registered_number_goes(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("Her birthday is 6/8.", "6/8"),
        ("b. 06.08, small for her age.", "06.08"),
        ("b. 6 August, small for her age.", "6 August"),
        ("dob 0608 on the card.", "0608"),
        ("She turned 7 on 6/8 and had a cake.", "6/8"),
        ("Her b'day 6th Aug was missed.", "6th Aug"),
        ("She was born in August 2015.", "August 2015"),
        ("DOB 08/2015 on the card.", "08/2015"),
        ("The child, 06|08|2015, was seen.", "06|08|2015"),
        ("The child, 06/082015, was seen.", "06/082015"),
        ("The child, 6 8 15, was seen.", "6 8 15"),
        ("The child, 2015 August 6, was seen.", "2015 August 6"),
        ("DOB 06/08/205 on the card.", "06/08/205"),
        ("Zuhra Q. (060815) was seen.", "060815"),
    ],
)
def test_a_registered_birthday_goes(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "Room 839 was empty, and 628 letters went out.",
        "The meeting ends 6 August; the last two weeks were quiet.",
        "On 6/8 the nurse scored 6 of 8 and in August 2015 the office moved.",
        "At 06.08 the alarm rang, and at 0608 again.",
        "Page 571 of 640 was torn.",
        "The first 571 calls came by noon.",
    ],
)
def test_other_figures_stay(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed


@pytest.mark.parametrize("typed", ["Mum texted again from 628.", "He rang her at night from 628, she said."])
def test_the_end_of_a_telephone_number_from_which_somebody_rang_goes(anonymiser, typed):
    assert left_of(anonymiser, typed, "628") == ""


@pytest.mark.parametrize(
    "typed",
    ["He took 628 from 700.", "The bus from Bow was the 628.", "Numbers fell from 628.", "A call from 628 families."],
)
def test_the_same_digits_stay_where_nobody_rang(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed


def test_a_date_is_a_birthday_behind_the_place_of_birth(anonymiser):
    assert left_of(anonymiser, "His gran (b. in Durban 4.2.1948) came.", "4.2.1948") == ""


@pytest.mark.parametrize(
    "written",
    [
        "14 kwietnia 1986",
        "14 IV 1986",
        "14 Nisan 1986",
        "14 de abril de 1986",
        "14. avril 1986",
        "14 prill 1986",
        "14 aprilie 86",
    ],
)
def test_a_birthday_as_the_family_writes_it(written):
    register = CaseRegister("H1", (Person("mother", "Zofia Zqarin", dob="1986-04-14"),))

    assert (
        CaseAnonymiser.for_case(register, KeepWords.standard()).mask(f"She gave {written}.").text
        == "She gave [date of birth]."
    )


@pytest.mark.parametrize("written", ["O4/04/1986", "04/O4/1986"])
def test_a_birthday_with_a_letter_for_nought(written):
    register = CaseRegister("H1", (Person("mother", "Zofia Zqarin", dob="1986-04-04"),))

    assert (
        CaseAnonymiser.for_case(register, KeepWords.standard()).mask(f"She gave {written}.").text
        == "She gave [date of birth]."
    )


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("They moved to E8 one L Q then.", "E8 one L Q"),
        ("They moved to E eight 1LQ then.", "E eight 1LQ"),
        ("Postcode ends 1LQ on the card.", "1LQ"),
        ("They moved to E8 1L then.", "E8 1L"),
        ("The postcode is E8 1** there.", "E8 1**"),
        (
            "Ring oh seven seven double oh nine oh oh six two eight.",
            "oh seven seven double oh nine oh oh six two eight",
        ),
        ("NHS 571 640 two eight three nine on the form.", "571 640 two eight three nine"),
        ("Rang 07700 900 xxx twice.", "07700 900 xxx"),
        ("Claim for PQ 61 72 83 only.", "PQ 61 72 83"),
        ("It says 2015, 6th August there.", "2015, 6th August"),
        ("Write to zuhra77 AT zmail today.", "zuhra77 AT zmail"),
        ("Write to zuhra77@zmail,com today.", "zuhra77@zmail,com"),
        ("Write to zuhra77zmail.com today.", "zuhra77zmail.com"),
    ],
)
def test_a_registered_number_in_words_in_part_or_with_a_slip_goes_whole(typed, gone):
    person = replace(REGISTER.people[0], emails=("zuhra77@zmail.com",))
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", (person,)), KeepWords.standard())

    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "One of two, three or four came; he is one, two or a bit.",
        "The code ends 1LQ. In E8 one left.",
        "It was 1 and 1** of it.",
    ],
)
def test_what_is_counted_is_no_number_of_theirs(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed
