"""Names in translation, and Ethiopian and Eritrean names of which half is a letter."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Natsnet Woldegiorgis"),
        Person("mother", "Zvirbla Gebre Mariam"),
        Person("father", "Tesfay Hailemichael"),
        Person("sibling", "Thauany dos Anjos"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ('Her insta name is "Freedom", says thats what Natsnet means.', "Freedom"),
        ("Natsnet means freedom in her language.", "freedom"),
        ('His name, Tesfay, means "hope".', "hope"),
        ("She signs as Sparrow, a translation of Zvirbla.", "Sparrow"),
        ("He is called Sparrow there, Zvirbla meaning that.", "Sparrow"),
    ],
)
def test_what_a_name_is_said_to_mean_is_asked_about(anonymiser, typed, asked):
    found = anonymiser.mask(typed)
    doubts = [typed[doubt.start : doubt.end] for doubt in found.doubts]
    assert asked in doubts or asked not in found.text


@pytest.mark.parametrize(
    "typed",
    [
        "Natsnet means well, and Tesfay means business.",
        "Natsnet means to come on Monday with the Nurse.",
        "The plan for Natsnet means that the Family Support Worker visits.",
        "Natsnet means a lot to us. This means Natsnet has Maths on Monday, and for Tesfay that means Chess Club.",
        "That Freedom of Information request means more work.",
    ],
)
def test_what_anybody_means_is_not_asked_about(anonymiser, typed):
    assert anonymiser.mask(typed).doubts == ()


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("She calls herself Thauany of the Angels there.", "She calls herself Sibling 1 there."),
        ("Thauany of the Year Group came.", "Sibling 1 of the Year Group came."),
        ("W/giorgis on the envelope is fine.", "Child H1 on the envelope is fine."),
        ("W/Giyorgis's letter came.", "Child H1's letter came."),
        ("A call with G/mariam today.", "A call with Mother today."),
        ("Told H/michael to come.", "Told Father to come."),
        ("She was w/ him; he/she came; N/A; c/o the school.", "She was w/ him; he/she came; N/A; c/o the school."),
    ],
)
def test_families_in_translation_and_names_of_a_letter_and_its_rest(anonymiser, typed, masked):
    assert anonymiser.mask(typed).text == masked
