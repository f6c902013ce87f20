"""A bare number that may be a door, a room or a file is asked about; ages, times and counts are not."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H1", (Person("subject_child", "Ewa Pawlak-Stone", dob="2018-03-17"),))


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("His gran still lives over the road at 52.", "52"),
        ("She is staying with her aunt at 14b and is well.", "14b"),
        ("- 10.15 arrived 112. The door was open.", "112"),
        ("They are in a hostel now. The woman in room 21 heard it.", "room 21"),
        ("The father is at 81A and is well.", "81A"),
        ("He gave 7 Mabley and left.", "7 Mabley"),
        ("We wrote to his flat, 11 Canal Bank, Ancoats.", "11 Canal Bank, Ancoats"),
        ("A text from acct jxmmy.e5x came.", "jxmmy.e5x"),
        ("We asked for her date of birth. The letter says 27/3/2018.", "27/3/2018"),
        ("We asked for her date of birth. The letter wrongly says 8/4/2020.", "8/4/2020"),
        ("We asked for her date of birth. The letter says 8/4/2018.", "8/4/2018"),
        ("We asked for her date of birth. On the card it is 17/3/2010.", "17/3/2010"),
        ("The mum in room 21 heard it.", "room 21"),
        ("He is xo.lils07 there.", "xo.lils07"),
        ("On the game he is dripgod_e8 now.", "dripgod_e8"),
        ("The phone is in bag ref KP02 and is with police.", "KP02"),
        ("The phone is exhibit KP/2 and is with police.", "KP/2"),
    ],
)
def test_a_number_that_may_lead_to_somebody_is_asked_about(anonymiser, typed, asked):
    assert [typed[d.start : d.end] for d in anonymiser.mask(typed).doubts] == [asked]


@pytest.mark.parametrize(
    "typed",
    [
        "She moved out at 16 and left home at 7. Living at 17 with friends was hard.",
        "They moved in 2019. He stayed in for 45 minutes and lives in 2 rooms.",
        "Arrived at 10. She attended 12 of 14 sessions, scored at 52. He is 52.",
        "At 10 Mum rang; at 9 Monday was over. Given 3 Zopiclone. In 9 Blue at school.",
        "See plan_v3.docx and covid19 advice, mp3 and week12.",
        "Neighbours of 20 years. The class in room 21 was shut.",
        "Exhibit A was seen. The meeting of 27/3/2018 was told, and born late is not the same.",
    ],
)
def test_ages_times_and_counts_are_not(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())
