"""Kinship before a name is neither lost nor said twice: nobody knows whose sister "her sister Kemi" is."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Kemi Adeyemi"),
        Person("mother", "Hodan Adeyemi"),
        Person("father", "Mark Price"),
        Person("sibling", "Tunde Adeyemi"),
        Person("half_brother", "Yusuf Warsame"),
        Person("grandmother", "Ruth Adeyemi"),
        Person("aunt", "Bea Stone"),
        Person("friend", "Zara Quendle"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("her sister Kemi came", "her sister Child H1 came"),
        ("Her Sister Kemi came.", "Her Sister Child H1 came."),
        ("Mum's sister Bea rang.", "Mum's sister Aunt rang."),
        ("her mother Ruth rang.", "her mother Grandmother rang."),
        ("his younger brother Tunde Adeyemi", "his younger brother Sibling 1"),
        ("our aunt Zara", "our aunt Friend"),
    ],
)
def test_what_the_label_does_not_say_stays_as_typed(anonymiser, typed, shown):
    masked = anonymiser.mask(typed).text

    assert (masked, anonymiser.mask(masked).text) == (shown, shown)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("her father Mark rang", "her Father rang"),
        ("his mother Hodan's phone", "his Mother's phone"),
        ("Kemi's mum Hodan came.", "Child H1's Mother came."),
        ("their gran Ruth and their aunt Bea", "their Grandmother and their Aunt"),
        ("his half brother Yusuf", "his Half brother"),
        ("Dad Mark Price rang.", "Father rang."),
    ],
)
def test_what_both_say_is_said_once(anonymiser, typed, shown):
    masked = anonymiser.mask(typed).text

    assert (masked, anonymiser.mask(masked).text) == (shown, shown)


@pytest.mark.parametrize(("typed", "shown"), [("Auntie Zara rang.", "Friend rang."), ("Met Aunt Bea.", "Met Aunt.")])
def test_kinship_with_a_capital_is_part_of_the_name(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


def test_a_grandmother_in_her_own_language_is_nobody_else():
    register = CaseRegister(
        "H1", (Person("subject_child", "Lipa Quellmoor"), Person("grandmother", "Szamet Quellmoor"))
    )
    anonymiser = CaseAnonymiser.for_case(register, KeepWords.standard())

    assert anonymiser.mask("He was told. Bobby (Szamet) was not.").text == "He was told. Bobby (Grandmother) was not."
    assert "Bobby" not in anonymiser.mask("He was told. Bobby (16) was not.").text
