"""Towns by which people are called, too: "sent to Preston" tells of a town, "gave it to Preston" of somebody."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H1", (Person("subject_child", "Ewa Pawlak-Stone", dob="2018-03-17"),))


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    "typed",
    [
        "The papers were sent to Preston in May.",
        "They moved to Lincoln, and his aunt in Bolton has a room.",
        "Her cousins came from Derry with her.",
        "He was placed near Stafford for a week.",
    ],
)
def test_a_town_stays(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


@pytest.mark.parametrize(
    "typed", ["We gave it to Preston again.", "A call from Preston came.", "Preston said he was fine."]
)
def test_somebody_of_that_name_does_not(anonymiser, typed):
    assert "Preston" not in anonymiser.mask(typed).text


def test_somebody_lives_in_a_district_and_on_a_street(anonymiser):
    typed = "She lives in Wood Green now."

    assert anonymiser.mask(typed).text == typed
    assert "Stamford Hill" not in anonymiser.mask("She lives on Stamford Hill now.").text
    assert "Mare Street" not in anonymiser.mask("She lives in Mare Street now.").text
