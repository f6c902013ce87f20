"""One person has one label in a case, in whichever agency's return and however the name is written."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H3", (Person("subject_child", "Temitope Adeyemi"),))
FIRST = "Ms Ottoline Marsh, health visitor, saw Temitope. Mrs Quill Bright rang."


@pytest.fixture
def met():
    """The anonymiser of the same case for the next agency's return: it starts from the labels of the first."""
    first = CaseAnonymiser.for_case(REGISTER, KeepWords.standard())
    assert first.mask(FIRST).text == "Professional: health visitor, health visitor, saw Child H3. Person 1 rang."
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard(), strangers=first.strangers)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("O. Marsh agreed.", "Professional: health visitor agreed."),
        ("Ottoline Marsh agreed.", "Professional: health visitor agreed."),
        ("Quill Bright again.", "Person 1 again."),
        ("A note by QUILL BRIGHT.", "A note by Person 1."),
        ("It was Quill\nBright's turn.", "It was Person 1's turn."),
    ],
)
def test_a_stranger_met_before_keeps_the_label(met, typed, left):
    assert met.mask(typed).text == left


@pytest.mark.parametrize("typed", ["The room was Bright.", "She wrote with a quill.", "The marsh was flooded."])
def test_but_the_words_by_themselves_stay(met, typed):
    assert met.mask(typed).text == typed


def test_two_people_with_one_surname_are_two(met):
    assert met.mask("Mr Edgar Marsh came with Ottoline Marsh.").text == (
        "Person 2 came with Professional: health visitor."
    )


def test_in_another_case_the_labels_begin_anew():
    other = CaseAnonymiser.for_case(CaseRegister("H4", REGISTER.people), KeepWords.standard())

    assert other.mask("Quill Bright again, said Mrs Quill Bright.").text.endswith("said Person 1.")


def test_whoever_is_met_in_a_later_text_is_known_in_the_earlier_ones_too():
    case = CaseAnonymiser.for_case(REGISTER, KeepWords.standard())

    masked = case.mask_all(["Quill Bright again.", "Nothing new.", "Mrs Quill Bright rang."])

    assert [one.text for one in masked] == ["Person 1 again.", "Nothing new.", "Person 1 rang."]


def test_an_answer_given_again_reads_as_if_it_were_masked_by_itself():
    texts = [
        "Actions: NC to visit.",
        "Nothing new.",
        "Actions: NC to visit.",
        "Mrs Quill Bright rang.",
        "Actions: NC to visit.",
    ]
    one_by_one = CaseAnonymiser.for_case(REGISTER, KeepWords.standard())

    masked = CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask_all(texts)

    assert [(one.text, one.doubts) for one in masked] == [(one.text, one.doubts) for one in map(one_by_one.mask, texts)]
    assert [doubt.suggestion for one in masked for doubt in one.doubts] == ["Person 1", "Person 1", "Person 2"]


def test_no_surname_is_left_standing_because_a_town_is_called_so_and_the_first_name_is_a_word():
    case = CaseAnonymiser.for_case(REGISTER, KeepWords.standard())

    assert case.mask("Mr Dean Camden left. They live in Camden.").text == "Person 1 left. They live in Camden."
