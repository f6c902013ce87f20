"""The demo's eight cases: who the families are and what each agency answers. Written by hand, all invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from audit_kit.domain.register import ROLE_LABELS, Person

CASES = ("H1", "H2", "H3", "H4", "H5", "C1", "C2", "C3")
_TABLES = {"practitioners": "practitioner", "chronology": "chronology", "actions": "action"}


@dataclass(frozen=True)
class DemoCase:
    """One invented case. ``returns``: agency → answer reference → text."""

    ref: str
    tier: str
    mix: str
    people: tuple[Person, ...]
    engagement: tuple[Mapping[str, str], ...]
    returns: Mapping[str, Mapping[str, str]]


@cache
def demo_case(ref: str) -> DemoCase:
    """The invented case of this reference, with every agency's answers."""
    text = (files("audit_kit.demo") / "cases" / f"{ref}.yaml").read_text(encoding="utf-8")
    read = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # the C loader is ten times faster
    return DemoCase(
        ref=ref,
        tier=read["tier"],
        mix=read["mix"],
        people=tuple(_person(one) for one in read["register"]),
        engagement=tuple(read["engagement"]),
        returns={agency: _answers(one) for agency, one in read["returns"].items()},
    )


def role_word(role: str) -> str:
    """A role as the planning workbook offers it: mothers_partner → "Mother's partner"."""
    return ROLE_LABELS.get(role, role.replace("_", " ").capitalize())


def _answers(one: Mapping[str, Any]) -> dict[str, str]:
    """What one agency answers, each under its whole reference (``involvement.known.answer``)."""
    fields = ("ours", "together", "evidence", "why", "good", "improve", "blank")
    answers = {}
    for ref, text in one["answers"].items():
        whole = ref.rpartition(".")[2] in fields and ref.count(".") == 1 and ref[1:2].isdigit()
        answers[ref if whole or ref.endswith(".blank") else f"{ref}.answer"] = str(text).strip()
    for name, table in _TABLES.items():
        for number, row in enumerate(one.get(name, ()), start=1):
            answers |= {f"{table}.{number}.{field}": str(text).strip() for field, text in row.items()}
    return answers


def _person(one: Mapping[str, Any]) -> Person:
    several = ("aliases", "phones", "emails")
    lists: dict[str, Any] = {name: tuple(str(value) for value in one.get(name, ())) for name in several}
    others = tuple(str(value) for value in one.get("other_identifiers", ()))
    texts: dict[str, Any] = {
        name: str(value) for name, value in one.items() if name not in (*several, "other_identifiers")
    }
    return Person(**texts, **lists, other_identifiers=others)
