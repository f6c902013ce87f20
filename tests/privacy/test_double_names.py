"""Double names with a slip in a half, by the letters of their halves, and as people sign in; initials that are abbreviations."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Keisha Whitcombe-Hall"),
        Person("sibling", "Ella-Mae Ajayi-Cole"),
        Person("mother", "Nelly Abara"),
        Person("father", "Dele Zcutt"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Then Ajayi-ole was seen.", "Then Sibling 1 was seen."),
        ("Then Hitcombe-hall was seen.", "Then Child H1 was seen."),
        ("It was in whitcombe-halls room.", "It was in Child H1 room."),
        ("Allocated to kwhitcombe-hall today.", "Allocated to Child H1 today."),
        ("Allocated to nabara today.", "Allocated to Mother today."),
        ("The W-Hs now see a therapist.", "The [family name] now see a therapist."),
        ("The W-H family now see a therapist.", "The Child H1 family now see a therapist."),
        ("The X-Ray and A-Cs of it.", "The X-Ray and [family name] of it."),
    ],
)
def test_a_double_name_with_a_slip_or_by_its_letters(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("home visit done, nelly a in bed, mum tearful", "home visit done, Mother in bed, mum tearful"),
        ("rang as keisha w was late, no answer", "rang as Child H1 was late, no answer"),
        ("saw keisha w mum, nelly a bit low", "saw Child H1 w mum, Mother a bit low"),
    ],
)
def test_a_small_letter_behind_a_name_is_an_initial_where_no_article_stands(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("On the visit NA was seen in the kitchen.", ["NA"]),
        ("It was agreed with NA that the plan stays.", ["NA"]),
        ("The NA was seen in the kitchen.", []),
        ("The form says NA throughout, NA means none.", []),
    ],
)
def test_initials_that_are_an_abbreviation_are_asked_about_where_only_people_stand(anonymiser, typed, asked):
    assert [typed[doubt.start : doubt.end] for doubt in anonymiser.mask(typed).doubts] == asked


IN_A_WORD = CaseRegister(
    "H1",
    (
        Person("subject_child", "Nnamdi Ngoc"),
        Person("sibling", "Eze Moody"),
        Person("mother", "Pearl Ole"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Nnamd1 was there.", "Child H1 was there."),
        ("Nnamdi1 was there.", "Child H11 was there."),
        ("A post with #justiceforngoc was found.", "A post with Child H1 was found."),
        ("A post with #JusticeForEze was found.", "A post with Sibling 1 was found."),
        ("See ezereport.docx on the drive.", "See Sibling 1.docx on the drive."),
        ("Messages from user moody07 were found.", "Messages from user Sibling 1 were found."),
        ("See console.pdf and a moody 07 on the drive.", "See console.pdf and a moody 07 on the drive."),
    ],
)
def test_a_short_name_in_a_tag_a_file_or_with_a_digit(typed, shown):
    assert CaseAnonymiser.for_case(IN_A_WORD, KeepWords.standard()).mask(typed).text == shown


def test_a_short_name_that_is_a_word_is_asked_about_in_a_tag():
    register = CaseRegister("H1", (Person("subject_child", "Star Zqarin"),))

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask("A post with #teamstar was found.")

    assert [doubt.why for doubt in masked.doubts] == ["may be the name of Child H1 in a longer word"]


def test_somebody_is_called_by_a_short_form_and_owns_what_an_idea_does_not():
    register = CaseRegister(
        "H1",
        (
            Person("subject_child", "Bintou Zqarin"),
            Person("sibling", "Wisdom Zqarin"),
        ),
    )
    shown = CaseAnonymiser.for_case(register, KeepWords.standard()).mask

    assert shown("They call him Bin, which is short.").text == "They call him Child H1, which is short."
    assert shown("She calls her Bin.").text == "She calls her Child H1."
    assert shown("It has wisdom's jabs on it.").text == "It has Sibling 1's jabs on it."
    assert shown("It has wisdom in it. Her bin was full.").text == "It has wisdom in it. Her bin was full."


WHOLE = CaseRegister(
    "H1",
    (
        Person("subject_child", "Rich Berry"),
        Person("mother", "Grace Hall"),
        Person("father", "Frank Zqarin"),
        Person("sibling", "Adunni Begum"),
        Person("uncle", "Yaw Storm"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Mum has rich berry at home now.", ["rich berry"]),
        ("A report on rich berry for the Panel.", ["rich berry"]),
        ("Mum (frank) and Dad came.", ["frank"]),
        ("Mum, frank, and Dad came.", ["frank"]),
        ("He was frank, and the rich berry crop was good.", []),
        ("The Panel met. aduni in bed.", ["aduni"]),
    ],
)
def test_a_whole_name_of_two_words_typed_small_never_passes_without_a_question(typed, asked):
    masked = CaseAnonymiser.for_case(WHOLE, KeepWords.standard()).mask(typed)

    assert [typed[doubt.start : doubt.end] for doubt in masked.doubts] == asked


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("rich berry did not attend School.", "Child H1 did not attend School."),
        ("The Nurse saw begoom at the Clinic.", "The Nurse saw Sibling 1 at the Clinic."),
        ("A bag was bought yawfor last week.", "A bag was bought Uncle for last week."),
        ("Messages from yaw_07 were found.", "Messages from Uncle were found."),
        ("Fr4nk was there, and St00rm.", "Father was there, and St00rm."),
        ("St0rm was there.", "Uncle was there."),
    ],
)
def test_a_first_name_goes_with_its_family_name_and_a_slip_typed_small_where_people_stand(typed, shown):
    assert CaseAnonymiser.for_case(WHOLE, KeepWords.standard()).mask(typed).text == shown


def test_initials_of_an_alias_a_task_and_the_name_of_an_e_mail_address():
    register = CaseRegister(
        "H1",
        (
            Person("subject_child", "Precious Zfashola", aliases=("Ade",)),
            Person("sibling", "Kelvin Nquel", emails=("kel.nq@zmail.com",)),
        ),
    )
    shown = CaseAnonymiser.for_case(register, KeepWords.standard()).mask

    assert shown("AZ said no.").text == "Child H1 said no."
    assert shown("Plan: kelvin n to see the nurse.").text == "Plan: Sibling 1 to see the nurse."
    assert shown("He goes by kel.nq there.").text == "He goes by [e-mail address] there."


def test_initials_with_a_weight_are_asked_about_and_a_halved_name_behind_an_article_is_none():
    masked = CaseAnonymiser.for_case(
        CaseRegister("H1", (Person("subject_child", "Timi Adebanjo"), Person("mother", "Aaliyah Marsh-Kowal"))),
        KeepWords.standard(),
    ).mask("A good eater: TA 17kg. A M-K wants a phone. The TA 1 post.")

    assert [masked.text[d.start : d.end] for d in masked.doubts_in_result] == ["TA"]
    assert masked.text == "A good eater: TA 17kg. Mother wants a phone. The TA 1 post."


BESIDE = CaseRegister(
    "H1",
    (
        Person("subject_child", "Jubel Miah", nursery="Comet Nursery"),
        Person("uncle", "Kieran O'Callaghan"),
        Person("uncle", "Reece Page"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Then jubel mia was on bail.", "Then Child H1 was on bail."),
        ("Then K O'C came.", "Then Uncle 1 came."),
        ("They took him to comet.", "They took him to [nursery]."),
        ("He reads at page 4 now; page 5 is torn.", "He reads at page 4 now; page 5 is torn."),
        ("he reads at page 4. it is torn", "he reads at page 4. it is torn"),
        ("They told page that it was late.", "They told Uncle 2 that it was late."),
    ],
)
def test_what_a_name_typed_small_stands_beside(typed, shown):
    assert CaseAnonymiser.for_case(BESIDE, KeepWords.standard()).mask(typed).text == shown
