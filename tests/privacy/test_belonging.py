"""What stands behind the name of a place and belongs to it goes with it."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H1", (Person("subject_child", "Ewa Pawlak-Stone"), Person("father", "Nuno Tavares")))


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("She came to St Botwin's pantry on foot.", "She came to [named place] on foot."),
        ("She came to St Botwin's on the Green on foot.", "She came to [named place] on foot."),
        ("A teacher from the Hazel Thicket unit joined.", "A teacher from the [named place] joined."),
        ("He was outside Zelmere station at two.", "He was outside [named place] at two."),
        ("A mentor was sought through Copper Ladder E9 in June.", "A mentor was sought through [named place] in June."),
        ("She is at Quellmoor House, Lower Mill Rd, for now.", "She is at [named place], for now."),
        ("We met at Copper Lantern, Mare Street.", "We met at [named place]."),
        ("They went to Zelbury Nails on Mare Street.", "They went to [named place]."),
        ("In the end Fading Dew, Mare Street, had a room.", "In the end [named place], had a room."),
        ("A move to Copper Dawn Bow was agreed.", "A move to [named place] was agreed."),
        ("She was referred to Three Lanterns Refuge again.", "She was referred to [named place] again."),
        ("He drums at Tin Chapel Arts on Fridays.", "He drums at [named place] on Fridays."),
        ("She moved from 12 Zelbury Road, Bow, last week.", "She moved from [address], last week."),
        ("He held it outside Morley's on Zelbury Parade.", "He held it outside [address]."),
        ("She was at St Botwin's drop-in on Fridays.", "She was at [named place] on Fridays."),
        ("He goes to Darul Zelmi evening maktab now.", "He goes to [school] now."),
        ("He goes to the Darul Zelmi weekend madrasa now.", "He goes to the [school] now."),
        ("The Saturday school, Szkoła im. Reja, is shut.", "The Saturday school, [school], is shut."),
    ],
)
def test_its_kind_its_district_and_its_street_go_with_a_place(anonymiser, typed, masked):
    found = anonymiser.mask(typed)

    assert (found.text, found.doubts) == (masked, ())


def test_a_house_of_prayer_goes_with_the_name_of_its_founder(anonymiser):
    typed = "A man from the Ohel Zelig shtiebel and a boy of the Zulekha dugsi came."

    assert not {"Ohel", "Zelig", "shtiebel", "Zulekha", "dugsi"} & set(anonymiser.mask(typed).text.split())


@pytest.mark.parametrize(
    "typed",
    [
        "We met at the station on Monday and in the hub.",
        "The pantry on the Green was shut; Mare Street is busy.",
        "The drop-in was shut, and so was the evening maktab.",
    ],
)
def test_kinds_and_streets_behind_no_name_stay(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed


def test_a_street_behind_somebody_in_doubt_is_no_part_of_the_question(anonymiser):
    typed = "The list: Quorvax, Mill Road, was read."

    assert "Mill Road" not in [typed[d.start : d.end] for d in anonymiser.mask(typed).doubts]
