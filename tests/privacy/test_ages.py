"""Dates of birth become ages in bands: in Hackney as the tool gives them, in the City only under and over eleven."""

from __future__ import annotations

from datetime import date

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords
from audit_kit.privacy.ages import band

ON = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("born", "hackney", "city"),
    [
        (date(2026, 12, 1), "unborn", "unborn"),
        (date(2024, 11, 1), "0-1", "under 11"),
        (date(2024, 10, 31), "2-4", "under 11"),
        (date(2015, 11, 1), "5-10", "under 11"),
        (date(2015, 10, 31), "11-15", "11 or over"),
        (date(2009, 1, 1), "16-17", "11 or over"),
        (date(2008, 10, 31), "18 or over", "18 or over"),
    ],
)
def test_an_age_is_its_band_on_the_day(born, hackney, city):
    assert (band(born, ON, city=False), band(born, ON, city=True)) == (hackney, city)


@pytest.mark.parametrize(("case", "age"), [("H3", "5-10"), ("C1", "under 11")])
def test_a_registered_date_of_birth_becomes_a_band_and_stays_one(case, age):
    register = CaseRegister(case, (Person("subject_child", "Zuri Halloran", dob="2017-05-03"),))
    anonymiser = CaseAnonymiser.for_case(register, KeepWords.standard(), on=ON)

    once = anonymiser.mask("Zuri, DOB 3.5.17, turned 9 on 3rd May.").text

    assert once == f"Child {case}, DOB [date of birth: age {age}], turned 9 on [date of birth: age {age}]."
    assert anonymiser.mask(once).text == once
