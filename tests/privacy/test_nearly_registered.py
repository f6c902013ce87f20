"""Registered names that are nearly what the register says: the rest misspelt, halves of initials, syllables, cut to a word."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Melody Bell-Kirby", aliases=("Nini",)),
        Person("sibling", "Bintou Haines"),
        Person("cousin", "Corale Haines"),
        Person("mother", "Mercy Haines"),
        Person("father", "Leung Man Fai"),
        Person("uncle", "Bill Marden"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("The badge reads Mercie Hanes today.", "The badge reads Mother today."),
        ("On the list: Haines, Coral, aged six.", "On the list: Cousin, aged six."),
        ("The scan names Leung Man Far.", "The scan names Father."),
        ("It went to Bill Marten by post.", "It went to Uncle by post."),
    ],
)  # fmt: skip
def test_the_rest_of_a_name_is_known_beside_it_whatever_word_it_became(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    "typed",
    [
        "The Haines, Police said, were out.",
        "Haines, Nurse on call.",
        "Bintou Called late.",
        "Dear Mercy Hails Taxi drivers.",
    ],
)
def test_another_word_beside_it_stays(anonymiser, typed):
    stays = typed.rstrip(".").split()[-1].split(",")[0]

    assert stays in anonymiser.mask(typed).text


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("Dinh Thi Yen Le", "Le rang at six.", "Mother rang at six."),
        ("Dinh Thi Yen Le", "It names Din. Thi Yen Le only.", "It names Mother only."),
        ("Anna-May Tovey", "We saw anna may again.", "We saw Mother again."),
        ("Dale Long", "We know dale long came.", "We know Mother came."),
        ("Thankgod Obi", "Post for Thank God Obi came.", "Post for Mother came."),
        ("Happiness Obi", "Post for Happiness came.", "Post for Mother came."),
        ("Dinh Thi Yen Le", "Mo Y L Dinh rang.", "Mo Mother rang."),
        ("Leonora Stone", "They wrote leon stone on it.", "They wrote Mother on it."),
        ("Theodora Small", "The file said \"mum, T\" and no more.", "The file said \"mum, Mother\" and no more."),
        ("Ninh Hoàng Lan", "The card reads NinH HoÃ ng Lan now.", "The card reads Mother now."),
        ("Đặng Hoàng Lan", "The card reads Äang HoÃ ng Lan now.", "The card reads Mother now."),
    ],
)  # fmt: skip
def test_what_scanners_screens_and_haste_make_of_a_name_is_masked(name, typed, shown):
    register = CaseRegister("H1", (Person("mother", name),))

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown


@pytest.mark.parametrize(
    "typed",
    [
        "MB-K will write.", "M.B-K will write.", "Plan: mb-k to be asked.",
        "Ni ni will write.", "Ni-ni will write.", "He rang when Bin could talk.",
    ],
)  # fmt: skip
def test_initials_syllables_and_short_forms_are_masked(anonymiser, typed):
    assert len(anonymiser.mask(typed).replacements) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "Put it in the Bin today.",
        "Bin day is Friday.",
        "Rubbish: Bin and bag.",
        "They shouted no no no.",
        "An X-B test and co-op shop.",
    ],
)
def test_the_words_themselves_stay(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Happiness Obi", "Her happiness matters."),
        ("Thankgod Obi", "Thank God for that."),
        ("Dale Long", "It is a long dale."),
        ("Ann Eze", "We left Eze. Ann"),
    ],
)
def test_words_that_are_names_when_joined_stay_apart(name, typed):
    register = CaseRegister("H1", (Person("mother", name),))
    shown = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text

    assert shown == typed.replace("Eze. Ann", "Mother. Mother")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("Seen today: M & B.", "Seen today: Child H1 & Uncle."), ("M + B in class.", "Child H1 + Uncle in class.")],
)
def test_two_of_the_family_by_one_letter_each_are_masked(typed, shown):
    register = CaseRegister("H1", (Person("subject_child", "Melody Haines"), Person("uncle", "Bernard Marden")))

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown


def test_letters_that_mean_something_together_stay():
    register = CaseRegister(
        "H1", (Person("subject_child", "Adam Eze"), Person("uncle", "Ebo Barr"), Person("aunt", "Beth Eze"))
    )

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask("A & E by bus.").text == "A & E by bus."
