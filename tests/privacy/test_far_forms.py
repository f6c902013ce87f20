"""Registered people in other scripts, in other languages' forms of their name, letter by letter, and misread."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords


def _mentions():
    """Registered name, text, and where the mention stands."""
    lines = (Path(__file__).parent / "far_forms.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            name, _, marked = line.partition(" | ")
            before, _, rest = marked.partition("[[")
            mention, _, after = rest.partition("]]")
            yield name, before + mention + after, (len(before), len(before) + len(mention))


def _is_seen(name, text, at):
    masked = CaseAnonymiser.for_case(CaseRegister("H1", (Person("mother", name),)), KeepWords.standard()).mask(text)
    left = {i for i in range(*at) if text[i].isalnum()}
    for found in (*masked.replacements, *masked.doubts):
        left -= set(range(found.start, found.end))
    return not left


def test_there_are_sixty_far_forms():
    assert len(list(_mentions())) >= 60


def test_nine_of_ten_far_forms_are_masked_or_asked_about():
    missed = [(name, text) for name, text, at in _mentions() if not _is_seen(name, text, at)]

    assert 1 - len(missed) / len(list(_mentions())) >= 0.9, missed


def test_a_name_of_nobody_registered_in_another_script_is_asked_about():
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", (Person("mother", "Ayan Noor"),)), KeepWords.standard())

    masked = anonymiser.mask("Upstairs lives somebody who signs 李 小龙 on the parcels.")

    assert [doubt.why for doubt in masked.doubts] == ["may be a name in another script"]


def test_a_symbol_and_a_text_in_another_language_are_not_asked_about():
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", (Person("mother", "Ayan Noor"),)), KeepWords.standard())

    assert [anonymiser.mask(t).doubts for t in ("The α and µ values were fine.", "妈妈说孩子今天没有去学校")] == [
        (),
        (),
    ]


@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        ("Ilyas Zqarin", "Elijah"),
        ("Jędrzej Zqarin", "Andrew"),
        ("Cumar Zqarin", "Omer"),
        ("Gjergj Zqarin", "George"),
        ("Bekir Zqarin", "Abubakar"),
        ("Sadhbh Zqarin", "Sive"),
        ("Yasemin Zqarin", "Jasmine"),
        ("Ioan Zqarin", "Eoin"),
        ("Avril Zqarin", "Abril"),
        ("Can Zqarin", "Jan"),
    ],
)
def test_the_same_name_in_another_language_is_the_same_person(registered, typed):
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", (Person("mother", registered),)), KeepWords.standard())

    assert anonymiser.mask(f"She wrote to {typed} about it.").text == "She wrote to Mother about it."


@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        ("Natsnet Zqarin", "Natsi"),
        ("Kuba Kowalski", "Kubcia"),
        ("Wieńczysława Zqarin", "Wieńcia"),
        ("Milat Zqarin", "Milie"),
    ],
)
def test_a_name_cut_down_with_a_fond_ending_is_the_same_person(registered, typed):
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", (Person("mother", registered),)), KeepWords.standard())

    assert anonymiser.mask(f"He walks {typed} to school.").text == "He walks Mother to school."


def test_a_fond_ending_that_makes_a_word_is_no_name():
    register = CaseRegister("H1", (Person("subject_child", "Sorrel Zqarin", ("Sorrie",)),))
    typed = "He says sorry for it. Sorry to ask."

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


MISREAD = CaseRegister("H1", (Person("mother", "Gökçe Zqarin"), Person("father", "Sławomir Zqarin")))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("G=C3=B6k=C3=A7e", "Mother"),
        ("G%C3%B6k%C3%A7e", "Mother"),
        ("G\\u00f6k\\u00e7e", "Mother"),
        ("GÃƒÂ¶kÃƒÂ§e", "Mother"),
        ("S³awomir", "Father"),
        ("G÷k‡e", "Mother"),
        ("S ł a w o m r  Z q a r i m", "Father"),
    ],
)
def test_a_name_that_a_program_misread_or_somebody_spelt_out_with_a_slip(typed, shown):
    anonymiser = CaseAnonymiser.for_case(MISREAD, KeepWords.standard())

    assert anonymiser.mask(f"It says {typed} there.").text == f"It says {shown} there."
    assert anonymiser.mask("It is 4 m³, ½ of it; why? because 100% was = C3.").replacements == ()


@pytest.mark.parametrize("typed", ["DÆ°á»ng", "DÆ°á»ng Zqarin", "Äáº·ng", "ÄÃ¬nh"])
def test_vietnamese_that_was_misread_and_lost_its_control_characters(typed):
    register = CaseRegister("H1", (Person("mother", "Dương Đặng Đình"), Person("aunt", "Dường Zqarin")))

    shown = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(f"It says {typed} there.").text

    assert shown in ("It says Mother there.", "It says Aunt there.")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("It sounds like Djo-kai to me.", "It sounds like Child H1 to me."),
        ("Then Ms O'R rang.", "Then Mother rang."),
        ("An X-ray, a Co-op and the Mid-week group.", "An X-ray, a Co-op and the Mid-week group."),
    ],
)
def test_a_name_in_syllables_or_cut_behind_its_apostrophe(typed, shown):
    register = CaseRegister("H1", (Person("subject_child", "Djokaj Zqarin"), Person("mother", "Niamh O'Rourke")))

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown


def test_a_name_in_syllables_that_are_no_short_form_is_asked_about():
    register = CaseRegister("H1", (Person("subject_child", "Oyindamola Zqarin"),))

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask("She says Oh-yin-da-mola slowly.")

    assert [doubt.why for doubt in masked.doubts] == ["may be the name of Child H1, as it sounds"]


@pytest.mark.parametrize("name", ["Gökçe Zqarin", "Đoàn Thị Hạnh", "Łukasz Wójcik", "Şükran Öz", "Ọlá Ṣùpọ̀"])
def test_a_name_that_a_macintosh_misread_is_masked_whole(name):
    misread = name.encode().decode("mac_roman")
    text = f"The form of the clinic has {misread} in its place."
    masked = CaseAnonymiser.for_case(CaseRegister("H1", (Person("mother", name),)), KeepWords.standard()).mask(text)

    assert masked.text == "The form of the clinic has Mother in its place."


def test_signs_of_mathematics_are_left_as_they_are():
    text = "His height is ≈ 1 m, √2 was on the board, and he went to school · then home."
    masked = CaseAnonymiser.for_case(CaseRegister("H1", (Person("mother", "Gökçe"),)), KeepWords.standard()).mask(text)

    assert (masked.text, masked.doubts) == (text, ())
