"""Somebody whose name sounds like one of the family is not one of the family."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords


def masked(registered, typed):
    register = CaseRegister("H1", (Person("father", registered),))
    return CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed)


@pytest.mark.parametrize(
    ("registered", "somebody"),
    [
        ("Will Price", "Bilal"),
        ("Kamran Zqarin", "Kemal"),
        ("Yita Zqarin", "Idil"),
        ("Shaheda Zqarin", "Gitel"),
        ("Sergei Zqarin", "Seersha"),
        ("Temilola Zqarin", "Damilola"),
        ("Zalman Zqarin", "Salman"),
        ("Robert Zqarin", "Bobbe"),
    ],
)
def test_a_real_name_of_its_own_is_a_stranger_or_asked_about(registered, somebody):
    found = masked(registered, f"{somebody} visited the school. Met {somebody} there.")

    assert {replacement.label for replacement in found.replacements} <= {"Person 1"}
    assert found.replacements or found.doubts


@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        ("Aisha Zqarin", "Ayesha"),
        ("Yusuf Zqarin", "Yousef"),
        ("Carol Zqarin", "Karol"),
        ("Gabriella Zqarin", "Gabriela"),
        ("Oluwaseun Kowalski", "Kowalsky"),
        ("Temi Rahman", "Rehman"),
    ],
)
def test_but_the_registered_name_as_others_spell_it_is_the_family_member(registered, typed):
    assert masked(registered, f"{typed} visited the school.").text == "Father visited the school."


@pytest.mark.parametrize(("registered", "typed"), [("Sergei Zqarin", "Sergeij"), ("Temilola Zqarin", "Temmilolah")])
def test_and_what_is_nobodys_name_is_a_slip(registered, typed):
    assert masked(registered, f"{typed} visited the school.").text == "Father visited the school."
