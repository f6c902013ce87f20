"""A registered name that is also a word is never left standing in silence where it may be the person."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Grace Adeyemi-Mensah"),
        Person("sibling", "Precious Adeyemi-Mensah"),
        Person("sibling", "Summer Adeyemi-Mensah"),
        Person("sibling", "Hope Adeyemi-Mensah"),
        Person("sibling", "Can Adeyemi-Mensah"),
        Person("father", "Will Marsh"),
        Person("uncle", "William Adeyemi", ("Uncle Will",)),
        Person("aunt", "Ola King"),
        Person("professional", "Theresa Blount", job="practice nurse"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("He said: \"I want Precious to clap at sports day\"", "He said: \"I want Sibling 1 to clap at sports day\""),
        ("We did not ask what Summer acts out with dolls.", "We did not ask what Sibling 2 acts out with dolls."),
        ("What Grace's evenings are like is not said.", "What Child H1's evenings are like is not said."),
        ("The notes describe little Grace and record her words.", "The notes describe little Child H1 and record her words."),
        ("He is proud of the line \"I let Can check\".", "He is proud of the line \"I let Sibling 4 check\"."),
        ("At 19.15 Precious A-M rings 999.", "At 19.15 Sibling 1 rings 999."),
        ("Grace called him picky.", "Child H1 called him picky."),
        ("They asked. Suming wants to stay.", "They asked. Suming wants to stay."),
        ("It was asked. Sumer wants to stay.", "It was asked. Sibling 2 wants to stay."),
        ("Precious (DOB not given) likes maths.", "Sibling 1 (DOB not given) likes maths."),
        ("Her wish that Hope should come was noted.", "Her wish that Sibling 3 should come was noted."),
        ("The flat was empty and the Marshes came home late.", "The flat was empty and the [family name] came home late."),
        ("Third episode. Uncle Will drove round.", "Third episode. Uncle drove round."),
        ("Precious to be seen alone. Precious to ring back.", "Sibling 1 to be seen alone. Sibling 1 to ring back."),
        ("Summer was asked on her own.", "Sibling 2 was asked on her own."),
    ],
)  # fmt: skip
def test_with_a_capital_inside_a_sentence_or_doing_something_it_is_the_person(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    "typed",
    [
        "Will the plan be reviewed? Will Mum come?",
        "Will discuss with the manager.",
        "Hope this helps. Hope that it works.",
        "Mark the date. Can we meet?",
        "Summer holidays begin soon. In Summer 2017 she was well.",
        "The Grace period ended.",
        "She was seen at Hope House twice.",
        "The case was closed last Summer.",
        "The college has its Marsh Lane campus.",
        "there is no hope, grace or will to change this summer",
        "The doctor called. The entry is short.",
        "They sang the Summer of Love and the Hope of Rescue.",
        "She said the King was on the stamps. No King agreed.",
        "Precious hours were lost. Summer blue was the colour.",
    ],
)
def test_what_is_surely_the_word_stays_and_nobody_is_asked(anonymiser, typed):
    masked = anonymiser.mask(typed)

    left = [word for word in typed.split() if word not in masked.text]
    assert (left, masked.doubts) == ([], ())


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Hope at the window.", "Hope"),
        ("She now says \"Hope\" to the bump.", "Hope"),
        ("Summer next door again.", "Summer"),
        ("In the King file nothing stands.", "King"),
        ("The Grace was said before dinner.", "Grace"),
        ("Will to change was strong.", "Will"),
    ],
)  # fmt: skip
def test_where_the_neighbours_leave_it_open_a_person_is_asked(anonymiser, typed, asked):
    masked = anonymiser.mask(typed)

    assert [typed[doubt.start : doubt.end] for doubt in masked.doubts] == [asked]
