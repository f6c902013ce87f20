"""Families by their plural, aunts by their name, brothers of a congregation, and who is called by two letters."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H1", (Person("subject_child", "Zuhra Quenlow"),))


@pytest.fixture
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("A window of Plot 9 (the Connorses) broke.", "A window of [address] (Person 1) broke."),
        ("It was heard by the Joneses upstairs.", "It was heard by Person 1 upstairs."),
        ("It was the Marxes who rang.", "It was Person 1 who rang."),
        ("Next door (9a, the Wengoughtys) heard it.", "Next door ([address], Person 1) heard it."),
        ("They rang the Kowalczyks twice.", "They rang Person 1 twice."),
        ("She'll ring me, Auntie Zelhainesh, or 101.", "She'll ring me, Person 1, or 101."),
        ("The last call was via Ciocia Quorvka.", "The last call was via Person 1."),
        ("A letter came from Bro. Alphonso Zench.", "A letter came from Person 1."),
        ("It was saved to file by Winsome Quachter.", "It was saved to file by Person 1."),
        ("They saw the family of Zozan Quemirka there.", "They saw the family of Person 1 there."),
    ],
)
def test_the_whole_name_goes(anonymiser, typed, masked):
    found = anonymiser.mask(typed)
    assert (found.text, found.doubts) == (masked, ())


@pytest.mark.parametrize(
    "stays",
    [
        "He is in the Foxes class, and not with the Churches of the area.",
        "The addresses (the Businesses, the Buses) were checked.",
        "It was run by Winsome ways of working.",
        "The voice of children was heard.",
    ],
)
def test_plurals_of_words_stay(anonymiser, stays):
    assert anonymiser.mask(stays).text == stays


def test_an_aunt_of_somebodys_stays_before_the_label(anonymiser):
    assert anonymiser.mask("Her Auntie Zelhainesh came.").text == "Her Auntie Person 1 came."


def test_who_is_told_of_is_known_by_two_letters(anonymiser):
    first = anonymiser.mask('The stabbing of his friend Jerome "TQ" Zulloch.')
    then = anonymiser.mask("It is a year since TQ died, or since JJ.. sorry, Jerome. CC the head.")

    assert "Zulloch" not in first.text
    assert then.text == "It is a year since Person 1 died, or since Person 1.. sorry, Person 1. CC the head."


@pytest.mark.parametrize("stays", ["The CC and the DD are to be stopped.", "She was at AA, and SS rang."])
def test_doubled_letters_of_the_trade_stay(anonymiser, stays):
    anonymiser.mask("Danielle Zulloch and Carla Quench and Ada Quench and Sara Zench came.")
    assert anonymiser.mask(stays).text == stays
