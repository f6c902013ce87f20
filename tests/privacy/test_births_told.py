"""A wrong date of birth beside the right one, or another child's, leads to somebody as the right one does."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H1", (Person("subject_child", "Ewa Pawlak", dob="2018-03-17"),))


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("Her date of birth is put as 17/3/2018 by us and as 4 August 2018 by the dentist.", "4 August 2018"),
        ("Date of birth: ours has 17 March 2018 and the other one says 27/5/2018.", "27/5/2018"),
        ("Her birthday: the file has 17 March 2018 and wrongly 8/3/2020.", "8/3/2020"),
        ("Her date of birth: ours says 17/3/2018 and theirs says 27/3/2018, please mend.", "27/3/2018"),
        ("Her DOB on the dentist's form is 7/3/16, wrong, it is 17/3/18.", "7/3/16"),
        ("Date of birth changed in the system from 1/3/2018 to 17/3/2018.", "1/3/2018"),
        ("They swapped two children: a date of birth changed from 1/3/2016 to 2/4/2016.", "2/4/2016"),
        ("The form has another boy's date of birth in it (4.5.16).", "4.5.16"),
        ("The birth certificate says 17.03.2018 for her date of birth and the school's card (never mended) 17.08.2019.", "17.08.2019"),
        ("Born 17/3/2018, but their file says 3 July 2018.", "3 July 2018"),
        ("One record has her DOB (17 March 2018) and one with 3.8.2019.", "3.8.2019"),
        ("Her DOB is 17/3/2018 and they've 3/8/2019.", "3/8/2019"),
    ],
)  # fmt: skip
def test_a_date_told_as_a_birth_beside_another_is_masked(anonymiser, typed, gone):
    masked = anonymiser.mask(typed)
    assert gone not in masked.text
    assert not masked.doubts


@pytest.mark.parametrize(
    "stays",
    [
        "The date of birth was corrected on 3 May 2024.",
        "The date of birth was wrong on the letter of 5/6/2024.",
        "Her date of birth is known and the review is 5/6/2024.",
        "The DOB was asked for. The plan ran from 1/2/2024 to 3/4/2024 and was wrong.",
        "Name | Date of birth: not known | Review: changed to 6/6/2024",
        "He was born here and was seen as agreed on 5/6/2024.",
    ],
)
def test_the_day_on_which_something_happened_stays(anonymiser, stays):
    masked = anonymiser.mask(stays)
    assert (masked.text, masked.doubts) == (stays, ())


def test_a_birthday_without_its_year_and_changed_about_is_found_where_one_is_told_as_wrong():
    register = CaseRegister("H1", (Person("subject_child", "Ewa Pawlak", dob="2018-03-07"),))
    typed = "The birthday that stood on the card for the whole class was wrong, 3 July, as somebody read it so."

    assert "3 July" not in CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text


def test_what_else_is_told_beside_a_date_of_birth_keeps_its_day(anonymiser):
    typed = "The form has her date of birth as 17/3/2018 and the review as 6/6/2026."

    assert (
        anonymiser.mask(typed).text == "The form has her date of birth as [date of birth] and the review as 6/6/2026."
    )


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("17/03 - the day of Ewa's birthday, cake at school.", "17/03"),
        ("17 March: her aunt came for the birthday.", "17 March"),
        ("Ewa, who'll be 9 on 17th Mar, wants a bike.", "17th Mar"),
        ("She turns 9 on Friday the 17th of March.", "17th of March"),
        ("Ewa is 9 next Tues (17/3) and wants a bike.", "17/3"),
        ("Her 9th is on 17 March.", "17 March"),
        ("Coming up to 9 on 17/3, she is glad.", "17/3"),
        ("She's going to be nine, on 17 March.", "17 March"),
    ],
)
def test_a_registered_birthday_goes_where_a_birthday_or_an_age_to_come_is_told(anonymiser, typed, gone):
    assert gone not in anonymiser.mask(typed).text


@pytest.mark.parametrize(
    "stays",
    [
        "Review on 17/3, and again on 17 March.",
        "The family will be 12 weeks behind with the rent by 17 March.",
        "The score is 5 in the report of 17/3.",
        "His birthday is 18 March, and he will be 9.",
    ],
)
def test_a_day_that_is_nobodys_birthday_or_tells_of_none_stays(anonymiser, stays):
    expected = stays.replace("18 March", "[date of birth]")  # told as one, whoever's it is
    assert anonymiser.mask(stays).text == expected
