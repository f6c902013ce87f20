"""Places by their owner, by a kind typed small, by whom they are for; who is written to, surname first; kin elsewhere."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H1", (Person("mother", "Folake Zqarin"), Person("subject_child", "Tobi Zqarin")))


@pytest.fixture
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Dad has a flat above Thackwray's Mowers now.", "Dad has a flat above [organisation] now."),
        ("They met next to Quendle's Flowers.", "They met next to [organisation]."),
        ("He has a room over Ozgur's Phones & Cases.", "He has a room over [organisation]."),
        ("He stood by the Quendle cages.", "He stood by the [named place]."),
        ("They sat on the stairs behind the Quendle garages.", "They sat on the stairs behind the [named place]."),
        ("She was seen in the Copper Leaf kitchen.", "She was seen in the [named place]."),
        ("He parked at Quendlemill Street garage.", "He parked at [named place]."),
        ("Here is the number for Quendle Row practice.", "Here is the number for [named place]."),
        ("She is now with Copper Leaf surgery.", "She is now with [named place]."),
        ("Refer to Quendle Polish Mums on Mondays.", "Refer to [organisation] on Mondays."),
        ("She has joined Quendle Dads.", "She has joined [organisation]."),
    ],
)
def test_what_leads_to_a_place_takes_all_of_its_name(anonymiser, typed, shown):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (shown, ())


@pytest.mark.parametrize(
    "typed",
    [
        "It was shared under Clare's Law, and behind Clare's Law there is more.",
        "They met outside Mum's Flat, near King's Cross and opposite Women's Aid.",
        "We sat in the Contact kitchen, near the Hackney garages and the Somali shop.",
        "He worked in the Argos store and by the Church steps, near the Texaco garage.",
        "This is the talk with Best Interests practice, and for Early Help practice.",
        "She goes to Young Mums, Kurdish Women and Strengthening Families.",
        "She goes to the Orthodox church, the Coptic church and the Sunni mosque. They met at the Coptic church.",
        "The HV made an opportunistic visit. The offence is S18/S20, or S31/38.",
        "It is her 18th birthday. 6 May is free.",
        'He said "amma is out", and her ammi agreed.',
    ],
)
def test_what_anybody_has_or_goes_to_stays(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("To: Quellmoor, A; Zqarin, F\nThe plan is late.", "To: Person 1; Mother\nThe plan is late."),
        ("Cc: Thackwray, B.\nThe plan is late.", "Cc: Person 1\nThe plan is late."),
        ("To: Team, A\nPlan, B is late.", "To: Team, A\nPlan, B is late."),
    ],
)
def test_in_the_head_of_a_mail_the_initial_goes_with_its_surname(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Their uncle in Hull, Quendlo, came.", "Their uncle in Hull, Person 1, came."),
        ("It is in her aunt's name, Quendlo, and hers.", "It is in her aunt's name, Person 1, and hers."),
        ("Their uncle in Hull, however, came.", "Their uncle in Hull, however, came."),
        ("Send the child's name, address and school.", "Send the child's name, address and school."),
    ],
)
def test_kin_is_named_behind_where_they_live_and_behind_name(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown
