"""Registered names as fingers type them: a first letter lost, a short name misspelt, a word or digits stuck to it."""

from __future__ import annotations

import pytest
from test_places_by_name import left_of

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Nurayn Olabode"),
        Person("mother", "Zehra Tilbrook", aliases=("Zee-Zee",)),
        Person("sibling", "Poppy Ward", aliases=("Ike",)),
        Person("aunt", "Dilys Marwood-Kessie"),
        Person("uncle", "Leland Grant"),
        Person("cousin", "Aoife O'Hollan-Young"),
        Person("grandmother", "Nora O'Hollan"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("The worker met Urayn at noon.", "Urayn"),
        ("The worker met Yilbrook at noon.", "Yilbrook"),
        ("the nurse saw lnurayn today", "nurayn"),
        ("the school rang zerha about it", "zerha"),
        ("the school told zhera about it", "zhera"),
        ("the school rang as unrayn was late", "unrayn"),
        ("a coat was bought nuraynfor the trip", "nuraynfor"),
        ("we saw nuraynand the baby", "nuraynand"),
        ("we saw mumzehra at home", "mumzehra"),
        ("nurayns bag was wet", "nurayn"),
        ("ikes mum was out", "ike"),
        ("It was in Poppys' room.", "Poppy"),
        ("The messages of zehra07 were read.", "zehra07"),
        ("Dilys Marwood-K came.", "Dilys Marwood-K"),
        ("Little poppy w. was in bed at ten.", "poppy w."),
        ("A message from poppy.ward came.", "poppy.ward"),
        ("aoife o hollan young not brought to clinic", "aoife o hollan young"),
        ("Leland grant was told at noon.", "Leland grant"),
        ("Note: Poppy\u2013seen at home.", "Poppy"),
        ("We spoke to Poppy-mum at home.", "Poppy"),
        ("It was agreed with Ward that it stays.", "Ward"),
        ("Nobody had told the Ward family.", "Ward"),
        ("The note says \u201cJan Olabode\u201d there.", "Jan Olabode"),
    ],
)
def test_a_name_goes(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


def test_the_label_is_that_of_the_name(anonymiser):
    assert anonymiser.mask("the worker met urayn and yilbrook there").text == "the worker met Child H1 and Mother there"
    assert anonymiser.mask("nurayns bag was wet").text == "Child H1's bag was wet"


def test_the_small_word_that_was_stuck_to_a_name_stays(anonymiser):
    assert anonymiser.mask("a coat was bought nuraynfor the trip").text == "a coat was bought Child H1 for the trip"
    assert anonymiser.mask("we saw mumzehra at home").text == "we saw mum Mother at home"


def test_a_short_word_that_is_nearly_a_name_is_asked_about_where_nothing_tells(anonymiser):
    masked = anonymiser.mask("the margin: zehar, twice")

    assert [masked.text[d.start : d.end] for d in masked.doubts_in_result] == ["zehar"]


@pytest.mark.parametrize(
    "typed",
    [
        "Seen on Ward 5 today, and on ward 4.",
        "Ward round notes: low in mood.",
        "A poppy-red coat and a grant application.",
        "They moved in Jan and in the ward.",
        "thier frnd cld not cme, dont knw why.",
        "Section 47 was opened.",
    ],
)
def test_other_words_stay(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed


FAMILY = CaseRegister(
    "H1",
    (
        Person("subject_child", "Ermias Gidey", school="Beis Naftoli Kerem School"),
        Person("father", "Gidey Woldu", phones=("07700 900 583",)),
        Person("mother", "Nuala Kearns"),
        Person("sibling", "Sabela Gidey"),
        Person("aunt", "Happy Gidey"),
        Person("uncle", "Phan Quang Long"),
        Person("cousin", "Clever Marsh"),
    ),
)


@pytest.fixture(scope="module")
def family():
    return CaseAnonymiser.for_case(FAMILY, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("On the form: E. Gidey, S. Gidey, both seen.", "E. Gidey, S. Gidey"),
        ("They wrote to Ermais Woldu there.", "Ermais Woldu"),
        ("The file has Nuala Nic Dhonnchadh in it.", "Nuala Nic Dhonnchadh"),
        ("The file has Nuala Nic Kearns in it.", "Nuala Nic Kearns"),
        ("Quang long showed me his drawing.", "Quang long"),
        ("Off roll at BN Kerem since May.", "BN Kerem"),
        ("A text from 0583 came at ten.", "0583"),
        ("Mum's text (0583) came at ten.", "0583"),
        ("Try clever on 07700 900 583 please.", "clever"),
        ("Door open. Clever just back from work.", "Clever"),
        ("Door open. Marsh senior was out.", "Marsh"),
    ],
)
def test_a_name_goes_by_what_stands_beside_it(family, typed, gone):
    assert left_of(family, typed, gone) == ""


def test_the_label_is_that_of_the_first_name(family):
    assert family.mask("The file has Nuala Ni Dhonnchadh in it.").text == "The file has Mother in it."
    known = CaseAnonymiser.for_case(
        CaseRegister("H1", (Person("subject_child", "Million Gidey"), Person("father", "Gidey Woldu"))),
        KeepWords.standard(),
    )
    assert known.mask("They wrote to Milion Woldu there.").text == "They wrote to Child H1 there."


@pytest.mark.parametrize("typed", ["Mum happy to come to it.", "The worker is happy with the plan."])
def test_a_mood_stays_where_somebody_is_called_so(family, typed):
    assert family.mask(typed).text == typed


def test_initials_that_are_an_abbreviation_too_are_asked_about_where_people_stand():
    known = CaseAnonymiser.for_case(CaseRegister("H1", (Person("subject_child", "Tebo Banda"),)), KeepWords.standard())

    assert known.mask("They use the initials TB only.").text == "They use the initials Child H1 only."
    assert len(known.mask("It was agreed with TB.").doubts) == 1
    assert known.mask("He had TB as a baby; a TB test was done.").doubts == ()
