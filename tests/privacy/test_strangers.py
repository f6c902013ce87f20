"""People in no register, and the places that give them away, in the ways in which case notes name them."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Ewa Pawlak-Stone", ("Ewunia",)),
        Person("father", "Will Price"),
        Person("sibling", "Tobias Benedict Stone", ("Toby",)),
    ),
)


@pytest.fixture
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ('He was with "Smokey" at the time.', "Smokey"),
        ('ADU-POKU Samuel ("Sammz") ran off.', "Sammz"),
        ("It is signed as follows. Kind regards, Philippa Hennigan", "Philippa Hennigan"),
        ("Crew were T. Vasquez/Ibbotsen on that day.", "Ibbotsen"),
        ("Gjergj, a cousin in Barking, called.", "Gjergj"),
        ("He ran with BAILEY Reece and others.", "BAILEY Reece"),
        ("The officer was PC 4417NI Harding then.", "PC 4417NI Harding"),
        ("Seen by IRO Hyacinth Dacosta.", "Hyacinth Dacosta"),
        ("The form was read to Paris Okonjo today.", "Paris Okonjo"),
        ("Neighbour at Flat 42 complains.", "Flat 42"),
        ("She lives at Garden Flat, 12 Evering Mews now.", "Garden Flat, 12 Evering Mews"),
        ("Letter from Hadley Crowe LLP came.", "Hadley Crowe LLP"),
        ("His school: Our Lady of Good Counsel. He likes it.", "Our Lady of Good Counsel"),
        ("Police log CAD 4471 of 14MAY was read.", "4471 of 14MAY"),
        ("Call 07911 555 210 14:20 was missed.", "07911 555 210"),
        ("mum rang. ismail and toby fought. sw marsha aware. told toby off.", "marsha"),
    ],
)
def test_a_stranger_and_what_gives_one_away_is_masked_whole(anonymiser, typed, gone):
    masked = anonymiser.mask(typed)

    start = typed.index(gone)
    left = set(range(start, start + len(gone)))
    for replacement in masked.replacements:
        left -= set(range(replacement.start, replacement.end))
    assert not {typed[i] for i in left if typed[i].isalnum()}, masked.text


@pytest.mark.parametrize(
    "typed",
    [
        "The Gibbs model and Barlow manoeuvre were taught.",
        "They are travelling to Gdynia by coach.",
        "Marlborough Family Service was asked. The Albert Road area is busy.",
        "A Child Safeguarding Practice Review was held in Autumn.",
        "School log. 11/1 late, 13/1 late. MARAC 12/12.",
        "The family prices for food are high; the will of the group is good.",
    ],
)
def test_methods_towns_services_and_dates_stay(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


def test_somebody_met_is_known_again_by_initials(anonymiser):
    masked = anonymiser.mask("Present: Niamh Corrigan (SW). Actions: NC to visit.")

    assert masked.text.count("Professional: social worker") == 2


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ewy teacher rang.", "Child H1 teacher rang."),
        ("TBS to be seen alone.", "Sibling 1 to be seen alone."),
        ("To. Be. was late.", "Sibling 1 was late."),
        ("Stone, T consents.", "Sibling 1 consents."),
        ("MUM WILL ATTEND THE MEETING AND WAS TOLD.", "MUM WILL ATTEND THE MEETING AND WAS TOLD."),
        ("mum said so. she wants 2 live w will price now.", "mum said so. she wants 2 live w Father now."),
        ("The Stone family moved.", "The [family name] family moved."),
        ("Seen with Uncle Will Price.", "Seen with Father."),
    ],
)
def test_registered_people_in_the_forms_of_minutes_and_messages(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown
