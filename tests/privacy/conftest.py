"""What finds names where the family itself does not matter; a module whose register does makes its own."""

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords


@pytest.fixture(scope="module")
def anonymiser():
    register = CaseRegister("H1", (Person("subject_child", "Zuhra Quenlow"),))
    return CaseAnonymiser.for_case(register, KeepWords.standard())
