"""Somebody typed small goes, also where others have their capitals."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H1", (Person("subject_child", "Ewa Pawlak-Stone"), Person("father", "Nuno Tavares")))
#: capitals enough that nobody types small by habit
AROUND = " Ewa was seen on Monday. Then Nuno rang School."


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("The interview was done by yetunde after nine days.", "yetunde"),
        ("In June kwabena saw him seven times.", "kwabena"),
        ("A trip with jerome is on the wall.", "jerome"),
        ("The charity told temitope balogun, duty sw, that it was hot.", "temitope balogun"),
        ("Then they asked sinead's mother.", "sinead"),
        ("It was her friend yasmin who rang.", "yasmin"),
        ("Police came, pc dhillon, and left.", "dhillon"),
        ("On the ward dr carvalho mensah read it.", "dr carvalho mensah"),
        ("The neighbours, mr and mrs osei-bonsu, know them.", "osei-bonsu"),
    ],
)
def test_a_known_name_typed_small_is_masked_where_one_sign_more_says_so(anonymiser, typed, gone):
    assert all(part not in anonymiser.mask(typed + AROUND).text for part in gone.replace("-", " ").split())


def test_the_label_is_that_of_the_same_name_with_its_capitals(anonymiser):
    text = anonymiser.mask("Yetunde Balogun wrote. It was done by yetunde after nine days." + AROUND).text

    assert text.startswith("Person 1 wrote. It was done by Person 1 after")


@pytest.mark.parametrize(
    "typed",
    [
        "Seen by mistake; the pc crashed and hv unwell.",
        "With teddy and hiya; a boy unnamed by the sw.",
        "She told bobbe's story; the dr haematologist and sw asslt wrote.",
        "The sw vistied and the hv adivsed her. Mum said mi vida.",
    ],
)
def test_slips_and_words_stay(anonymiser, typed):
    found = anonymiser.mask(typed + AROUND)

    assert found.text.startswith(typed)
