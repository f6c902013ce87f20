"""The places of a case's register are compiled once for all its returns, whoever an agency names in one of them."""

from datetime import date

import pytest

from audit_kit.demo.cast import CASES, demo_case
from audit_kit.domain.register import CaseRegister
from audit_kit.domain.returns import RosterEntry
from audit_kit.privacy import KeepWords
from audit_kit.privacy.family_places import FamilyPlaces
from audit_kit.stages.anonymise import anonymiser_for

KEEP = KeepWords.standard()
ROSTERS = (
    (RosterEntry("MPS", "Imogen Tarrant", "Detective constable", "practitioner"),),
    (RosterEntry("GP", "Dr Ola Brackenridge", "GP", "auditor"), RosterEntry("GP", "Tess Holloway", "Nurse", "practitioner")),
)  # fmt: skip
SLIPPED = "Seen at {place} on Monday. The nurse from {place} rang Imogen Tarrant; {first} street was dark."


def told(person) -> list[str]:
    """Sentences about each place of a person."""
    places = [place for place in (person.address, person.school, person.nursery, person.gp_practice) if place]
    return [SLIPPED.format(place=place, first=place.split(",")[0]) for place in places]


@pytest.mark.parametrize("case", [str(case) for case in CASES])
def test_each_return_of_a_case_reads_the_same_with_places_that_were_compiled_for_another(case):
    register = CaseRegister(case, demo_case(case).people)
    texts = [*demo_case(case).returns[next(iter(demo_case(case).returns))].values()]
    texts += [text for person in register.people for text in told(person)]
    places = FamilyPlaces.of(register, KEEP)

    for roster in ROSTERS:
        by_itself = anonymiser_for(register, roster, KEEP, on=date(2026, 9, 30)).mask_all(texts)
        assert anonymiser_for(register, roster, KEEP, on=date(2026, 9, 30), places=places).mask_all(texts) == by_itself
