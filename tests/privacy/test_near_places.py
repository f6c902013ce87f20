"""Registered homes, schools and surgeries by one word with a slip in it, without their kind, typed as one word."""

from __future__ import annotations

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
            school="Kestlemere Wood Primary School",
            gp_practice="Hazlebank Surgery",
            address="Flat 9, Brackenbury House, 41 Saltmeadow Road",
        ),
        Person("mother", "Ama Quenlow", address="22b Osgood Terrace", nursery="Pebbles Day Nursery"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("She lives at 41 saltmaedow rd now.", "41 saltmaedow rd"),
        ("A visit to 41 Saltmedow was made.", "41 Saltmedow"),
        ("He was seen on Saltmeadow at nine.", "Saltmeadow"),
        ("He was seen on Saltmaedow at nine.", "Saltmaedow"),
        ("They met at altmeadow road.", "altmeadow road"),
        ("The house, Saltmeadow Road, 41, was cold.", "Saltmeadow Road, 41"),
        ("41 on Saltmeadow Road was cold.", "41 on Saltmeadow Road"),
        ("Home is brakenbury house flat 9 still.", "brakenbury house flat 9"),
        ("Police came to 9 Brackenbury twice.", "9 Brackenbury"),
        ("The room at Brackenbury House, no 9, was cold.", "Brackenbury House, no 9"),
        ("She is back at 22b osgod tce today.", "22b osgod tce"),
        ("Her address: number 41, as before.", "number 41"),
        ("The kestlmere wood school rang.", "kestlmere wood school"),
        ("A call came from Kestelmere primary.", "Kestelmere primary"),
        ("He goes to kestlemerewood school.", "kestlemerewood school"),
        ("He goes to Kestlemere\nWood Primary.", "Kestlemere\nWood Primary"),
        ("A letter from hazelbank surgery came.", "hazelbank surgery"),
        ("The pebles nursery was kind.", "pebles nursery"),
    ],
)
def test_a_registered_place_goes(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "The saltmarsh was cold and the pebles were wet.",
        "In no. 41 of the list, and number 22 of 41, they agreed.",
        "At 10.41 the nurse rang the primary school.",
    ],
)
def test_other_places_stay(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed


CUT_SHORT = CaseRegister(
    "H1",
    (
        Person("subject_child", "Kara Quenlow", school="Bishop Zellwood School"),
        Person("mother", "You Liwen", address="Room 12, Elder Bridge Hotel, Orsman Parade"),
        Person("sibling", "Hania Szulc", school="Ada Beckwith School"),
        Person("aunt", "Courage Mensah"),
    ),
)


@pytest.fixture(scope="module")
def cut_short():
    return CaseAnonymiser.for_case(CUT_SHORT, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("Attendance 40% since Jan, Bp Zellwood.", "Bp Zellwood"),
        ("The form tutor at Ada B said so.", "Ada B"),
        ("They came to Elder Bridge rm 12 at ten.", "Elder Bridge rm 12"),
        ("His sister Hania Sz. had a chat.", "Hania Sz"),
        ("He came home and woke courage, shouting.", "courage"),
    ],
)
def test_a_name_cut_short_goes(cut_short, typed, gone):
    assert left_of(cut_short, typed, gone) == ""


def test_you_is_nobody_where_an_auxiliary_follows(cut_short):
    assert cut_short.mask("You can come. You have the plan.").text == "You can come. You have the plan."
    assert cut_short.mask("You said so.").text == "Mother said so."


ROOMS = CaseRegister(
    "H1",
    (
        Person("subject_child", "Zuhra Quenlow", address="Room 6, 58 Willow Road", postcode="N1 7QX", school="Quarry Fields Primary School"),
        Person("mother", "Ama Quenlow", address="Top Floor, 23 Weaver Rise", nursery="Little Finch House"),
        Person("sibling", "Abena Quenlow", school="Cedar Zelhurst Academy", nursery="Health Park Nursery"),
        Person("father", "Kofi Boateng", address="Flat C, 17 Zelbury Grove", nursery="Daffodil Nursery"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def rooms():
    return CaseAnonymiser.for_case(ROOMS, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("A visit to 58 Willow Rd, rm 6 at ten.", "58 Willow Rd, rm 6"),
        ("The lease is for 23 Weaver Rise (top fl) still.", "23 Weaver Rise (top fl)"),
        ("The lease is for 23 Weaver Rise, first floor flat, still.", "23 Weaver Rise, first floor flat"),
        ("The letter said 32 Weaver Rise, which is wrong.", "32 Weaver Rise"),
        ("It should read 58, N1 7qx on the form.", "58"),
        ("He lives at 17 Zelbury Grove, not 71 where she is.", "71"),
        ("She is at little finch until four.", "little finch"),
        ("Staff of Quarry fields say that he is thin.", "Quarry fields"),
        ("They met on 3 May, Quarry staff room.", "Quarry"),
        ("09.45 Daffodil: her key person is away.", "Daffodil"),
        ("At noon the Daffodil manager rang.", "Daffodil"),
        ("Nobody answered. Quarry rang back.", "Quarry"),
        ("3 May - Cedar: attendance 91%.", "Cedar"),
        ("The Cedar teachers were kind.", "Cedar"),
    ],
)
def test_a_place_told_by_its_room_its_door_or_half_its_name_goes(rooms, typed, gone):
    assert left_of(rooms, typed, gone) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "Vitamin C and hepatitis C were talked of on the Top Floor.",
        "In 2019, 58 people came.",
        "They walked by the quarry, and Quarry walks are banned.",
        "A little finch sat on the fence. A daffodil: yellow.",
        "Health rang. The cedar teachers drew was tall, by a daffodil.",
        "She got 58, not 71, in the test.",
    ],
)
def test_what_only_looks_like_them_stays(rooms, typed):
    assert rooms.mask(typed).text == typed


def test_a_door_before_its_postcode_goes_also_of_a_street_by_a_kept_word():
    register = CaseRegister("H1", (Person("mother", "Ama Quenlow", address="8 Amber Close", postcode="E2 9QX"),))
    anonymiser = CaseAnonymiser.for_case(register, KeepWords.standard())

    assert left_of(anonymiser, "It should be 8, E2 9QX there.", "8") == ""
    assert anonymiser.mask("They had 8 visits, and 7, E8 1AA is another.").text.startswith("They had 8 visits, and 7")


HOME = CaseRegister(
    "H1",
    (
        Person("mother", "Ifeoma Zqarin", address="Flat 5, 118c Zelworth Road"),
        Person("father", "Uwa Zqarin", address="74 Zelbarn Crescent"),
        Person("uncle", "Obi Zqarin", address="Room 4, Tarn Lodge"),
        Person("aunt", "Ada Zqarin", address="Flat 8, Locker House"),
        Person("cousin", "Eno Zqarin", address="Room 36, Tarn Lodge"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("She went back to flat 5, 118c as before.", "She went back to [address] as before."),
        ("A letter for seventy four Zelbarn came.", "A letter for [address] came."),
        ("Officers attended no. 74, nobody in.", "Officers attended [address], nobody in."),
        ("He is staying in Room 4 for now.", "He is staying in [address] for now."),
        ("Noise again. Room 36 is by the lift.", "Noise again. [address] is by the lift."),
        ("He stood outside number 8 again.", "He stood outside [address] again."),
        ("It is at 74Zelbarn Crescent.", "It is at [address]."),
        ("Police had been to 8 Locker before.", "Police had been to [address] before."),
    ],
)
def test_a_door_without_its_street_or_in_words(typed, shown):
    assert CaseAnonymiser.for_case(HOME, KeepWords.standard()).mask(typed).text == shown


@pytest.mark.parametrize(
    "typed",
    ["He moved to number 8 on the list.", "There were 9 Locker keys.", "She is in room 7.", "Room 4 is booked."],
)
def test_but_another_number_is_no_door(typed):
    assert CaseAnonymiser.for_case(HOME, KeepWords.standard()).mask(typed).text == typed


def test_a_registered_number_of_three_digits_where_somebody_is():
    register = CaseRegister("H1", (Person("mother", "Ifeoma Zqarin", address="Room 4, 317 Zelworth Road"),))
    typed = "Four families live at 317 and share a bath. At 3.17 pm, 317 of them, to 317 kg, at 318."

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed)

    assert masked.text == typed.replace("live at 317", "live at [address]")
