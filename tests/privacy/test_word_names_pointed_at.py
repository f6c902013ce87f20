"""Registered names that are words, where a sign, a label, an errand or a neighbour points at the person."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Grace Quenlow"),
        Person("mother", "Dawn Hardy", ("Maman Dawn",)),
        Person("father", "He Jianzu"),
        Person("sibling", "Ola Quenlow", ("Nick",)),
        Person("sibling", "Folake Quenlow"),
        Person("aunt", "May Zelmer"),
        Person("cousin", "Summer Zelmer"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Weekend cover = Dawn. Next visit 4/6.", "Weekend cover = Mother. Next visit 4/6."),
        ("Agreed: no drinking; Dawn to ring each night.", "Agreed: no drinking; Mother to ring each night."),
        ("Grace to collect the keys.", "Child H1 to collect the keys."),
        ("Inner ring: Grace. He put it back.", "Inner ring: Child H1. He put it back."),
        ("Safety network: Dawn, Grace.", "Safety network: Mother, Child H1."),
        ("It ended there but May only told us later.", "It ended there but Aunt only told us later."),
        ("He left, and May also said that.", "He left, and Aunt also said that."),
        ("Checks for May and her older son. No trace.", "Checks for Aunt and her older son. No trace."),
        ("School: Summer in 3 days of 5.", "School: Cousin in 3 days of 5."),
        ("Summer absent 4 sessions out of 10 again.", "Cousin absent 4 sessions out of 10 again."),
        ("wed 21.10: Dawn you never ring me back", "wed 21.10: Mother you never ring me back"),
        ('Folake said "nick punched the wall".', 'Sibling 2 said "Sibling 1 punched the wall".'),
        ("can u have grace n folake tonight", "can u have Child H1 n Sibling 2 tonight"),
        ("The night was long. Grace soiling again.", "The night was long. Child H1 soiling again."),
        ("A letter to Mr He and to He Jianzu.", "A letter to Father and to Father."),
    ],
)
def test_a_name_that_is_a_word_is_masked_where_something_points_at_the_person(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    "stays",
    [
        "He came late. He's at work, and she isn't. HE WAS VAGUE.",
        "She said that maman hit her.",
        "Booked for May and her son will come.",
        "It is set for May and her sister.",
        "Review in May only.",
        "In summer 3 days of rain fell.",
        "The dawn smashed the calm, and the nick pushed the police.",
        "Colleague 20.10: Hope you are well.",
    ],
)
def test_the_words_themselves_stay(anonymiser, stays):
    assert anonymiser.mask(stays).text == stays


@pytest.mark.parametrize("asked", ["Key: 4 = Grace.", "Phase two = Summer.", "Grace to share.", "Dawn to dusk."])
def test_what_points_at_nobody_is_asked_about_as_before(anonymiser, asked):
    masked = anonymiser.mask(asked)

    assert masked.text == asked and masked.doubts
