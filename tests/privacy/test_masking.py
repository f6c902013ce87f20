"""Names of the subject child and family members are anonymised in all paperwork: what stands there instead."""

from __future__ import annotations

import pytest

from audit_kit.domain.masked import Decision
from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords, Strangers, residual_names

REGISTER = CaseRegister(
    "H3",
    (
        Person("subject_child", "Temitope Adeyemi", ("TJ",), "2014-05-17", "943 476 5919", address="14 Amhurst Road", school="St Monica's Primary School"),
        Person("mother", "Folake Adeyemi", phones=("07700 900417",)),
        Person("sibling", "Hope Adeyemi"),
        Person("father", "Will Price"),
        Person("professional", "Jane Smith", job="health visitor"),
    ),
)  # fmt: skip


def masked(text, decisions=(), strangers=None, keep=()):
    return CaseAnonymiser.for_case(
        REGISTER, KeepWords.standard(keep), tuple(decisions), strangers or Strangers.none()
    ).mask(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Temi's school rang.", "Child H3's school rang."),
        ("ADEYEMI, Folake rang.", "Mother rang."),
        ("Mrs Adeyemi rang.", "Mother rang."),
        ("the Adeyemis moved", "the [family name] moved"),
        ("TJ was seen.", "Child H3 was seen."),
        ("T's attendance fell.", "Child H3's attendance fell."),
        ("Hope told the nurse.", "Sibling 1 told the nurse."),
        ("Will was there. Will the plan be reviewed?", "Father was there. Will the plan be reviewed?"),
        ("HV Jane Smith visited; Ms Smith wrote.", "HV Professional: health visitor visited; Professional: health visitor wrote."),
        ("DOB 17.05.14, 17 May 2014, 2014-05-17", "DOB [date of birth], [date of birth], [date of birth]"),
        ("NHS 9434765919", "NHS [NHS number]"),
        ("rang +44 (0)7700 900417", "rang [phone number]"),
        ("seen at 14 amhurst rd", "seen at [address]"),
        ("St. Monicas rang", "[school] rang"),
    ],
)  # fmt: skip
def test_what_is_registered_becomes_its_label(typed, shown):
    assert masked(typed).text == shown


@pytest.mark.parametrize(
    "typed",
    [
        "The plan will be reviewed in May 2017 under Section 47.",
        "The grace period ended. There is no hope of change.",
        "Signs of Safety and the Gillick test were used at Hope House.",
        "Child H3, Mother, Sibling 1 and Person 4 live at [address].",
        "The audit is 2026-A2-NEG/H3/MPS.",
        "MARAC, DASH, CIN and LADO were considered by Homerton Hospital.",
    ],
)
def test_what_names_nobody_stays(typed):
    result = masked(typed)

    assert (result.text, result.doubts) == (typed, ())


def test_a_name_that_may_be_a_word_goes_to_a_person():
    result = masked("Hope at the window.")

    assert result.replacements == ()
    assert [(d.start, d.end, d.suggestion) for d in result.doubts] == [(0, 4, "Sibling 1")]
    assert result.with_doubts_hidden() == "[role?] at the window."


@pytest.mark.parametrize(
    ("action", "shown"),
    [("replace", "Sibling 1 at the window."), ("keep", "Hope at the window.")],
)
def test_a_decided_doubt_is_one_no_more(action, shown):
    result = masked("Hope at the window.", [Decision("Hope", action, "Sibling 1")])

    assert (result.text, result.doubts) == (shown, ())


def test_a_phrase_decided_to_be_somebody_is_an_alias_from_then_on():
    result = masked("the one they call zimbo rang", [Decision("Zimbo", "replace", "Father")])

    assert result.text == "the one they call Father rang"


def test_a_stranger_keeps_one_label_over_all_returns():
    first = CaseAnonymiser.for_case(REGISTER, KeepWords.standard())
    first.mask("Midwife Ngozi Eze visited.")

    later = CaseAnonymiser.for_case(REGISTER, KeepWords.standard(), strangers=first.strangers)

    assert later.mask("Ms Eze wrote to Tom Ashdown.").text == "Professional: midwife wrote to Person 1."


def test_a_stranger_with_the_childs_first_name_is_not_the_child():
    assert masked("Temi Okonkwo, midwife, rang.").text == "Professional: midwife, midwife, rang."


def test_the_boards_own_agencies_stay():
    assert (
        masked("Referred to Zephyr Nwosu Project.", keep=("Zephyr Nwosu Project",)).text
        == "Referred to Zephyr Nwosu Project."
    )


@pytest.mark.parametrize(("name", "pet"), [("Rosa", "Rosita"), ("Pedro", "Pedrinho")])
def test_a_name_made_small_the_spanish_or_portuguese_way_is_known(name, pet):
    register = CaseRegister("H3", (Person("subject_child", f"{name} Quispe"),))
    said = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(f"Later {pet} went home.")

    assert [r.label for r in said.replacements] == ["Child H3"]


def test_every_replacement_is_explained():
    result = masked("Temi lives near E8 2LL.")

    assert [(r.label, r.rule) for r in result.replacements] == [
        ("Child H3", "register:nickname"),
        ("[postcode]", "recogniser:postcode"),
    ]


def test_what_still_stands_is_reported_without_its_words():
    residual = residual_names("Rang Folake on 07700900417.", REGISTER, KeepWords.standard())

    assert [(r.rule, r.label, r.certain) for r in residual] == [
        ("register:name", "Mother", True),
        ("register:phone", "[phone number]", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The school nurse, Charmaine Ellicott, rang. Ellicott offered to see him.",
        'An older lad he would only call "Spyder" was there.',
        'Believed to be Kareem "Blacks" Dacosta.',
        "Contact takes place at Ferncliff Family Centre.",
        "Her passport (538112904) was taken.",
        "Supervision with Liz Harcourt took place.",
    ],
)
def test_a_stranger_is_known_again_and_by_what_he_is_called(text):
    masked = CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard()).mask(text)

    left = [
        word
        for word in ("Ellicott", "Spyder", "Kareem", "Blacks", "Dacosta", "Ferncliff", "538112904", "Harcourt")
        if word in masked.text
    ]
    assert left == []


def test_a_word_that_nobody_knows_is_asked_about_where_its_capital_says_nothing():
    masked = CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard()).mask(
        "Plovdrin. The plan was agreed."
    )

    assert [doubt.why for doubt in masked.doubts] == ["may be somebody's name: a word that nobody knows"]


def test_a_rank_and_a_department_are_nobodys_name():
    text = "Detective Inspector, Public Protection"

    assert CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard()).mask(text).text == text


def test_a_job_is_no_relative_with_the_same_initials():
    register = CaseRegister("H1", (Person("subject_child", "Sadia Wele"), Person("sibling", "Tano Bekoe")))
    anonymiser = CaseAnonymiser.for_case(register, KeepWords.standard())

    masked = anonymiser.mask("Action: SW to speak to the uncle.")

    assert (masked.text, len(masked.doubts)) == ("Action: SW to speak to the uncle.", 1)
    assert anonymiser.mask("Action: TB to speak to the uncle.").text == "Action: Sibling 1 to speak to the uncle."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("She will take K and Noemi with her.", "She will take Child H1 and Sibling 1 with her."),
        ("Mum said V. came on Sunday.", "Mum said Father came on Sunday."),
        ("Gran has K sleeping on a sofa.", "Gran has Child H1 sleeping on a sofa."),
        ("I could not find Noemi S's check.", "I could not find Sibling 1's check."),
        ("It was R. Zqarin at the door.", "It was [family name] at the door."),
        ("Sister: Noemi Sh. sees a counsellor.", "Sister: Sibling 1 sees a counsellor."),
    ],
)
def test_a_letter_that_stands_for_one_of_the_family(typed, shown):
    register = CaseRegister(
        "H1",
        (
            Person("subject_child", "Klevis Zqarin"),
            Person("sibling", "Noemi Shqarin"),
            Person("father", "Viorel Zqarin"),
        ),
    )

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown
