"""A feast is nobody, of whatever people, unless somebody of the family is called so."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords


@pytest.mark.parametrize(
    "typed",
    [
        "We asked about Newroz, and the class kept Nowruz and Sizdah Bedar.",
        "They were away for Shavuos, Simchas Torah and Lag BaOmer.",
        "After Eid ul-Adha, Mawlid and Shab-e-Barat he was well.",
        "She danced at Navratri, at Durga Puja and on Vaisakhi.",
        "For Pohela Boishakh, T\u1ebft, Timkat and Wigilia they cook.",
        "At Kurban Bayram\u0131 the uncle came.",
    ],
)
def test_feasts_stay(typed):
    masked = CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard()).mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


def test_but_a_child_called_so_is_the_child():
    register = CaseRegister("H1", (Person("subject_child", "Newroz Aydin"),))

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask("Newroz said no.").text == "Child H1 said no."
