"""The case register: who stands behind a case reference. Identified, restricted, sealed in the store.

The register is the only place where a reference such as ``H3`` meets a child's name. It travels to
nobody but through the identity slip, and nothing but ``privacy`` reads it.

Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent": "Names of the subject
child / family members will be anonymised in all paperwork."
"""

from __future__ import annotations

from dataclasses import dataclass, field

SUBJECT_CHILD = "subject_child"

#: role in the register → what readers see instead of the name
ROLE_LABELS = {
    SUBJECT_CHILD: "Child",
    "unborn": "Unborn child",
    "sibling": "Sibling",
    "mother": "Mother",
    "father": "Father",
    "stepmother": "Stepmother",
    "stepfather": "Stepfather",
    "mothers_partner": "Mother's partner",
    "fathers_partner": "Father's partner",
    "grandmother": "Grandmother",
    "grandfather": "Grandfather",
    "grandparent": "Grandparent",
    "aunt": "Aunt",
    "uncle": "Uncle",
    "cousin": "Cousin",
    "carer": "Carer",
    "foster_carer": "Foster carer",
    "friend": "Friend",
    "neighbour": "Neighbour",
    "professional": "Professional",
    "other": "Person",
}


@dataclass(frozen=True)
class Person:
    """One registered person and everything that would give them away. Blank means "not known"."""

    role: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    dob: str = ""  # ISO, 2014-05-17; any other form is matched as it stands
    nhs_number: str = ""
    upn: str = ""
    ni_number: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str = ""
    postcode: str = ""
    school: str = ""
    nursery: str = ""
    gp_practice: str = ""
    job: str = ""  # of a professional: "health visitor"
    other_identifiers: tuple[str, ...] = ()  # case numbers, vehicle plates, social handles ...

    def __hash__(self) -> int:
        """Of what tells most people apart: what is worked out of somebody is kept and asked for by each return."""
        return hash((self.role, self.name, self.dob))


@dataclass(frozen=True)
class CaseRegister:
    """Everybody who is registered for one case, the subject child among them."""

    case: str  # "H3"
    people: tuple[Person, ...] = field(default=())

    def labelled(self) -> tuple[tuple[str, Person], ...]:
        """Each person with the one label that stands for them in every document of the case.

        The subject child carries the case reference ("Child H3"). Other people are numbered only when
        their role occurs twice ("Sibling 1", "Sibling 2"), in the order of the register, so a label never
        changes while the register does not.
        """
        counts: dict[str, int] = {}
        for person in self.people:
            counts[_label_stem(person)] = counts.get(_label_stem(person), 0) + 1
        seen: dict[str, int] = {}
        labelled = []
        for person in self.people:
            stem = _label_stem(person)
            seen[stem] = seen.get(stem, 0) + 1
            if person.role == SUBJECT_CHILD:
                label = f"Child {self.case}" if seen[stem] == 1 else f"Child {self.case} ({seen[stem]})"
            elif counts[stem] > 1 or person.role == "sibling":
                label = f"{stem} {seen[stem]}"
            else:
                label = stem
            labelled.append((label, person))
        return tuple(labelled)


def _label_stem(person: Person) -> str:
    """The label without its number: "Mother", "Professional: health visitor"."""
    stem = ROLE_LABELS.get(person.role) or person.role.replace("_", " ").strip().capitalize() or "Person"
    return f"{stem}: {person.job}" if person.role == "professional" and person.job else stem
