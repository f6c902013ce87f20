"""Registered names that one small thing beside them tells: who rings, what is said of them, a sign for a letter."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Hope Marsh"),
        Person("mother", "June Hardy"),
        Person("father", "Kofi Bishop"),
        Person("sibling", "Kelly-Mae Marsh"),
        Person("sibling", "Folake Marsh"),
        Person("sibling", "Pippa Marsh", ("Pip",)),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("We spoke to K on his own. Later they saw H alone.", "We spoke to Father on his own. Later they saw Child H1 alone."),
        ('She smiled: "you can call me June" and left.', 'She smiled: "you can call me Mother" and left.'),
        ('Then a voice: "Hope here, can you ring me back".', 'Then a voice: "Child H1 here, can you ring me back".'),
        ("The door was broken. Hope alive, in bed.", "The door was broken. Child H1 alive, in bed."),
        ("It was late. Hope at the gate with a bag.", "It was late. Child H1 at the gate with a bag."),
        ("Medical: Kelly-May yes, the others no.", "Medical: Sibling 1 yes, the others no."),
        ("It rained. Folake'd like a call, Hope'd not.", "It rained. Sibling 2'd like a call, Child H1'd not."),
        ("The card from F0lake fell. F!ne.", "The card from Sibling 2 fell. F!ne."),
        ("A card to B!shop and $mith.", "A card to Father and $mith."),
        ("Re: hardy / bishop, as agreed today.", "Re: Mother / Father, as agreed today."),
    ],
)  # fmt: skip
def test_a_registered_name_is_masked_by_the_small_thing_beside_it(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    "stays",
    [
        "He keeps hope alive. She is a hardy child with a hardy laugh.",
        "It was agreed that PiP applies.",
        "He'd rather not, who'd know, and I'd agree.",
        'He is called "difficult" by them, and she is called "resistant".',
        "They left at Old Street and at Great Ormond St again.",
        "We call me and you a team.",
        "It rained, and Mum'd rather wait. Hope at the end of life is told of.",
        "It costs $100 or more! Ring now!",
    ],
)
def test_the_words_and_signs_themselves_stay(anonymiser, stays):
    assert anonymiser.mask(stays).text == stays


@pytest.mark.parametrize(
    "typed",
    [
        "PIP was refused in June. He asked for a PIP form.",
        "PIP has been awarded. PIP is ending.",
        "We said step down to CiN in May, and CIN was agreed. CiN is not closing.",
    ],
)
def test_a_benefit_or_a_plan_stays_though_a_child_is_called_so(typed):
    register = CaseRegister("H1", (Person("subject_child", "Pip Quellmoor"), Person("sibling", "Cin Quellmoor")))

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == typed


def test_but_a_child_in_capitals_is_known_by_what_people_do():
    register = CaseRegister("H1", (Person("subject_child", "Pip Quellmoor"),))

    shown = CaseAnonymiser.for_case(register, KeepWords.standard()).mask("PIP said that he was sad.").text

    assert shown == "Child H1 said that he was sad."


def test_a_day_behind_call_me_may_be_the_day():
    register = CaseRegister("H1", (Person("mother", "Sunday Okoro"),))

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask("He said: call me Sunday or so.")

    assert [masked.text[d.start : d.end] for d in masked.doubts] == ["Sunday"]


def test_a_thing_that_is_sold_by_the_name_is_asked_about(anonymiser):
    typed = "He ate a bag of Kettle Bishop with her."

    assert "Bishop" in next(typed[d.start : d.end] for d in anonymiser.mask(typed).doubts)


@pytest.mark.parametrize("home", ["Unit 9, Pinmoor Works", "Unit 4, Zelbury Business Park", "Arch 3, Zelbury Arches"])
def test_where_people_work_is_an_address_by_its_unit(anonymiser, home):
    assert home not in anonymiser.mask(f"He is a mechanic at {home}, every day.").text


def test_a_managed_move_leads_to_a_place(anonymiser):
    assert "Copper Lantern" not in anonymiser.mask("A managed move to Copper Lantern was agreed.").text
    assert anonymiser.mask("A move to Early Help was agreed.").text == "A move to Early Help was agreed."


def test_what_has_a_colour_is_a_thing_and_nobody(anonymiser):
    assert (
        anonymiser.mask("He wore a grey Ama Classic and red shoes.").text == "He wore a grey Ama Classic and red shoes."
    )
    assert "Ama" not in anonymiser.mask("Her coat is grey. Ama Boateng said so.").text
