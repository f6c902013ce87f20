"""Words as notes clip them are nobody's names, also with a capital and where people stand."""

from __future__ import annotations

import pytest
from test_places_by_name import REGISTER, left_of

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    "typed",
    [
        "Fa left, Husb and Cust were noted. Spoke to Fa. Told Fa.",
        "Seen by HV. Fa rang. TM to update. GM and MGM told HV.",
        "Fa and Mo seen. A. Mo said no. Subj left. NFA'd by the team. Mommy said so.",
        "Dr haematologist. SN physiotherapist. GP amoxicillin given. HV bronchiolitis seen.",
        "Told abt it. Met wkly. Saw evidance of it. Asked agn. With assesment done. Rang recieption.",
        "IO to attend. YP said no. CYP told us. SOCO attended. HT asked for it.",
        "Disch home. Preg test neg. Wit stmt taken. Sibs seen. Sch rang. Notif sent.",
        "Assmt done by SW. Appt made with Paed. Accom found with Hsg. Told Supt.",
    ],
)
def test_a_clipped_word_stays_and_nobody_is_asked(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


def test_but_somebody_of_that_name_goes():
    register = CaseRegister("H1", (Person("subject_child", "Cust Holloway"), Person("father", "Fa Mensah")))

    left = CaseAnonymiser.for_case(register, KeepWords.standard()).mask("Cust told Fa. Later Fa rang.").text

    assert left == "Child H1 told Father. Later Father rang."


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("Yocasta Quell refused the loan.", "Yocasta Quell"),
        ("Brunild Tarn walked out. It was noted.", "Brunild Tarn"),
        ("Yocasta Camden countersigned it.", "Yocasta Camden"),
        ("Kamils teacher rang at noon.", "Kamils"),
        ("We saw Kamils bedroom.", "Kamils"),
        ("mum rang. kamils mum was out. ok. he went home.", "kamils"),
        ("mum rang. okonjo's sister was out. ok. he went home.", "okonjo"),
        ("A parcel went to Mrs Ottway, no. 31, by mistake.", "no. 31"),
        ("The man upstairs, at number 6, heard it.", "number 6"),
    ],
)
def test_a_stranger_goes(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "Pupil Premium used. Depo injection discussed. Ferrous tablets prescribed.",
        "Jesus mother and child were painted. Texts sent home.",
        "The action, number 4, was closed.",
    ],
)
def test_what_only_looks_so_stays(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed
