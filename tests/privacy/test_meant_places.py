"""A school called as its district is, a surgery called by one word: masked where only a school or a surgery is meant."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Zilpah Quenneville", school="Kingsland Academy", gp_practice="Maple Practice"),
        Person("sibling", "Tobit Quenneville", nursery="Velvet Thimble Nursery", gp_practice="Bow Health Centre"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("She was off for weeks. Kingsland moved her to a smaller group.", "She was off for weeks. [school] moved her to a smaller group."),
        ("We heard that Kingsland has offered a mentor.", "We heard that [school] has offered a mentor."),
        ("The best came last: Kingsland gave him lunch.", "The best came last: [school] gave him lunch."),
        ("Both were seen at Kingsland and then at home.", "Both were seen at [school] and then at home."),
        ("They were met at home and at Kingsland.", "They were met at home and at [school]."),
        ("The girl (Y5, Kingsland) was calm.", "The girl (Y5, [school]) was calm."),
        ("He is in year 10 at Kingsland now.", "He is in year 10 at [school] now."),
        ("The list says Kingsland Y8 for him.", "The list says [school] Y8 for him."),
        ("A card from the staff of Kingsland came.", "A card from the staff of [school] came."),
        ("School (Kingsland) shut early.", "School ([school]) shut early."),
        ("Surgery (Maple) has no slot.", "Surgery ([GP practice]) has no slot."),
        ("We asked the practice, Maple, for the notes.", "We asked the practice, [GP practice], for the notes."),
        ("Nobody was in. Maple changed the tablets.", "Nobody was in. [GP practice] changed the tablets."),
        ("The boy (Reception, Velvet) was calm.", "The boy (Reception, [nursery]) was calm."),
    ],
)  # fmt: skip
def test_a_place_is_masked_where_it_does_or_stands_as_only_a_school_or_practice_does(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    "stays",
    [
        "Her aunt in Kingsland said that she is well. In Kingsland it rained.",
        "The Kingsland estate is near. The bus to Kingsland was late. He walked through Kingsland.",
        "They met near Kingsland station.",
        "Velvet changed colour in the sun.",
        "The cat sat under a maple, and a maple gave shade.",
    ],
)
def test_the_district_and_the_word_stay_and_nobody_is_asked(anonymiser, stays):
    masked = anonymiser.mask(stays)
    assert (masked.text, masked.doubts) == (stays, ())


@pytest.mark.parametrize(
    "typed", ["They were late for Kingsland twice.", "A talk with Kingsland about her.", "She was at Kingsland."]
)
def test_where_the_district_or_the_school_may_be_meant_a_person_is_asked(anonymiser, typed):
    assert [typed[d.start : d.end] for d in anonymiser.mask(typed).doubts] == ["Kingsland"]


def test_the_name_of_a_longer_district_holds_no_place_of_the_register():
    register = CaseRegister(
        "H1", (Person("subject_child", "Zilpah Quenneville", gp_practice="Sisters Medical Centre"),)
    )

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(
        "A walk round Seven Sisters, and a call to Sisters."
    )

    assert masked.text == "A walk round Seven Sisters, and a call to [GP practice]."


def test_of_a_borough_the_council_may_be_meant_so_nobody_is_asked():
    register = CaseRegister("H1", (Person("subject_child", "Zilpah Quenneville", school="Islington College"),))

    assert not CaseAnonymiser.for_case(register, KeepWords.standard()).mask("A form for Islington is here.").doubts
