"""From one line of a set of cases to a register, whatever shape the line has: lists, strings, blanks, unknown fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from audit_kit.domain.register import CaseRegister, Person

_ROLES = {
    "child": "subject_child",
    "subject": "subject_child",
    "index_child": "subject_child",
    "young_person": "subject_child",
    "unborn_child": "unborn",
    "unborn_baby": "unborn",
    "mum": "mother",
    "dad": "father",
    "step_mother": "stepmother",
    "step_father": "stepfather",
    "mother's_partner": "mothers_partner",
    "father's_partner": "fathers_partner",
}
_SINGLE = {
    "name": "name",
    "full_name": "name",
    "dob": "dob",
    "date_of_birth": "dob",
    "nhs_number": "nhs_number",
    "nhs": "nhs_number",
    "nhs_no": "nhs_number",
    "upn": "upn",
    "ni_number": "ni_number",
    "nino": "ni_number",
    "ni": "ni_number",
    "postcode": "postcode",
    "job": "job",
}
_PLACES = {
    "address": "address",
    "addresses": "address",
    "school": "school",
    "schools": "school",
    "college": "school",
    "nursery": "nursery",
    "preschool": "nursery",
    "gp": "gp_practice",
    "gp_practice": "gp_practice",
    "gp_surgery": "gp_practice",
    "surgery": "gp_practice",
}
#: what nobody is known by
_NOT_IDENTIFYING = frozenset(
    [
        "sex",
        "gender",
        "ethnicity",
        "religion",
        "faith",
        "language",
        "relationship",
        "notes",
        "note",
        "age",
        "legal_status",
        "disability",
        "nationality",
        "status",
        "lives_with",
        "household",
        "comment",
        "id",
        "title",
        "label",
    ]
)
_E_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


def lines_of(path: Path) -> list[dict[str, object]]:
    """The cases of a file: one JSON object a line, or one list of them."""
    text = path.read_text(encoding="utf-8-sig")
    if text.lstrip().startswith("["):
        lines = json.loads(text)
    else:
        # not splitlines: a text may hold line ends of its own, such as U+2028
        lines = [json.loads(line) for line in text.split("\n") if line.strip()]
    return [{"id": str(number), **line, "text": str(line.get("text") or "")} for number, line in enumerate(lines, 1)]


def register_from(line: Mapping[str, object]) -> CaseRegister:
    """The register of one line; people as a list, or under their roles."""
    given = line.get("register") or ()
    if isinstance(given, Mapping):
        given = given.get("people") or [
            {"role": role, **entry}
            for role, entries in given.items()
            for entry in (entries if isinstance(entries, list) else [entries])
            if isinstance(entry, Mapping)
        ]
    people = tuple(person_from(entry) for entry in given if isinstance(entry, Mapping))  # type: ignore[attr-defined]
    return CaseRegister(str(line.get("case") or "H1"), people)


def person_from(entry: Mapping[str, object]) -> Person:
    """A registered person from one entry; fields may be missing, blank, single or lists."""
    single: dict[str, str] = {}
    several: dict[str, list[str]] = {"aliases": [], "phones": [], "emails": [], "other_identifiers": []}
    role = re.sub(r"[ -]+", "_", str(entry.get("role") or "other").strip().lower())
    for given, value in entry.items():
        key = re.sub(r"[ -]+", "_", given.strip().lower())
        if key == "role" or key in _NOT_IDENTIFYING:
            continue
        for text in _texts(value, split="alias" in key or "nick" in key):
            _put(key, text, single, several)
    return Person(role=_ROLES.get(role, role), **single, **{k: tuple(v) for k, v in several.items()})  # type: ignore[arg-type]


def _texts(value: object, *, split: bool) -> Iterator[str]:
    """The words in a value: a string of several nicknames, a list, the lines of an address."""
    if isinstance(value, Mapping):
        yield ", ".join(text for part in value.values() for text in _texts(part, split=False))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part, split=False)
    elif value not in (None, "") and not isinstance(value, bool):
        pieces = re.split(r"[,;/|]", str(value)) if split else [str(value)]
        yield from (piece.strip() for piece in pieces if piece.strip())


def _put(key: str, text: str, single: dict[str, str], several: dict[str, list[str]]) -> None:
    if key in _PLACES:
        field = _PLACES[key]
        single[field] = f"{single[field]} ; {text}" if field in single else text
    elif key in _SINGLE and _SINGLE[key] not in single:
        single[_SINGLE[key]] = text
    elif _E_MAIL.fullmatch(text):
        several["emails"].append(text)
    elif "phone" in key or "mobile" in key or key in ("tel", "telephone", "landline"):
        several["phones"].append(text)
    elif any(part in key for part in ("alias", "nick", "name", "known_as", "aka", "also")) and "user" not in key:
        several["aliases"].append(text)
    elif "address" in key or "street" in key:
        single["address"] = f"{single['address']} ; {text}" if "address" in single else text
    else:
        several["other_identifiers"].append(text)
