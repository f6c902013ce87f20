"""No name of the family outside the sheet People: what else the plan says goes into letters and reports.

Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent": "Names of the subject child /
family members will be anonymised in all paperwork."
"""

from __future__ import annotations

from collections.abc import Mapping

from audit_kit.acts.kept_words import keep_words
from audit_kit.acts.name_search import NameSearch
from audit_kit.domain.queries import Level, Query
from audit_kit.domain.register import CaseRegister
from audit_kit.domain.tool import AuditTool, Kind
from audit_kit.kit import Kit

_NAMES_BELONG = ("people", "leads")  # leads are working contacts, who may share a family's name


def names_elsewhere(
    kit: Kit, registers: tuple[CaseRegister, ...], answers: Mapping[str, str], form: AuditTool
) -> tuple[Query, ...]:
    """The answers of a plan in which somebody of its own sheet People is named, in the order of the plan."""
    search = NameSearch(registers, keep_words(kit))
    cases = frozenset(register.case for register in registers)
    found = []
    for ref in form.answer_refs:
        place, text = form.place(ref), answers.get(ref, "")
        if (
            place is None
            or place.sheet.id in _NAMES_BELONG
            or place.kind in (Kind.CHOICE, Kind.DATE)
            or not text.strip()
        ):
            continue
        if search.in_file("plan.txt", text.encode(), cases):
            request = (
                f"write {place.in_words()} without names and numbers of the family: it goes into letters and reports"
            )
            found.append(Query("PLAN", Level.RETURN, ref, place.in_words(), request))
    return tuple(found)
