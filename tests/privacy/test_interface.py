"""Names of the subject child and family members are anonymised in all paperwork."""

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords, residual_names

REGISTER = CaseRegister("H3", (Person("subject_child", "Temitope Adeyemi"), Person("mother", "Folake Adeyemi")))


def test_a_registered_name_becomes_a_label():
    masked = CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask("Folake said Temitope's school had rung.")

    assert masked.text == "Mother said Child H3's school had rung."


def test_a_name_that_still_stands_is_found_with_its_place():
    residual = residual_names("Folake rang.", REGISTER, KeepWords.standard())

    assert [(r.start, r.end, r.label) for r in residual] == [(0, 6, "Mother")]
