"""Take the names out of a return. The only place that makes an ``AnonymisedReturn``.

Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent": "Names of the subject
child / family members will be anonymised in all paperwork."
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_kit.domain.dates import read_date
from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.masked import Decision, Explained, Masked, explained
from audit_kit.domain.register import CaseRegister, Person
from audit_kit.domain.returns import AnonymisedReturn, AuditReturn, RosterEntry
from audit_kit.domain.scales import chosen
from audit_kit.domain.tool import AuditTool, Kind, Place
from audit_kit.privacy import CaseAnonymiser, KeepWords, Strangers
from audit_kit.privacy.family_places import FamilyPlaces
from audit_kit.privacy.model_votes import Voter

_CONTEXT = 60  # characters on either side of a doubtful phrase

#: where the tool asks for a name: answer reference → the part that the named person has
_NAMED = {
    "auditor.name.answer": "auditor",
    "case_holder.name.answer": "case holder",
    "line_manager.name.answer": "line manager",
    "lead.name.answer": "agency lead",
}


@dataclass(frozen=True)
class WithoutNames:
    """A return without names, and what is in doubt. In the return, doubtful words read "[role?]"."""

    anonymised: AnonymisedReturn
    doubts: tuple[DoubtfulPhrase, ...]
    strangers: Strangers
    unanswered: int = 0  # texts on which the name models gave no answer, and more is asked for it
    explained: tuple[Explained, ...] = ()  # why each stretch was replaced


def roster_of(audit_return: AuditReturn, tool: AuditTool) -> tuple[RosterEntry, ...]:
    """Everyone that the agency named where the tool asks for a name: sealed, and roles in all else."""
    agency = audit_return.audit.agency
    roles = {"auditor": "auditor.role"}
    named = [
        RosterEntry(agency, audit_return.answer(ref).strip(), audit_return.answer(roles.get(part, "")).strip(), part)
        for ref, part in _NAMED.items()
    ]
    for question in tool.sheet("practitioners").questions:
        name = audit_return.answer(f"{question.ref}.name").strip()
        named.append(RosterEntry(agency, name, audit_return.answer(f"{question.ref}.role").strip(), "practitioner"))
    return tuple(entry for entry in named if entry.name)


def with_roster(register: CaseRegister, roster: tuple[RosterEntry, ...]) -> CaseRegister:
    """The register with the people that agencies named: they are roles in everything else, too."""
    # sorted, so that a label does not depend on whose return came first
    named = {(entry.name, entry.part): entry for entry in sorted(roster, key=lambda e: (e.agency, e.part, e.name))}
    staff = tuple(Person("professional", name=entry.name, job=_job(entry)) for entry in named.values())
    return CaseRegister(register.case, (*register.people, *staff))


def anonymiser_for(
    register: CaseRegister,
    roster: tuple[RosterEntry, ...],
    keep: KeepWords,
    decisions: tuple[Decision, ...] = (),
    strangers: Strangers | None = None,
    voters: tuple[Voter, ...] = (),
    on: date | None = None,
    places: FamilyPlaces | None = None,
) -> CaseAnonymiser:
    """What finds the names of one case: register, roster, what a reviewer decided, labels already given, models.

    ``on``: the day on which the ages are counted that dates of birth become. ``places``: the register's, where they are
    compiled already; nobody on the roster has any.
    """
    return CaseAnonymiser.for_case(with_roster(register, roster), keep, decisions, strangers, voters, on, places)


def without_names(audit_return: AuditReturn, tool: AuditTool, anonymiser: CaseAnonymiser) -> WithoutNames:
    """The return as it may be read by others.

    Answers that were asked for as names become the part the person has; words of a list, numbers and whole
    dates stay, dates exact; every other text is anonymised. Text is changed nowhere else.
    """
    answers: dict[str, str] = {}
    told: dict[str, tuple[str, str]] = {}  # answer reference → the place in words, the text to be anonymised
    for ref, text in audit_return.answers.items():
        place = tool.place(ref)
        if place is None or not text.strip():
            continue
        plain = _needs_no_anonymising(ref, text, place)
        answers[ref] = plain or ""
        if plain is None:
            told[ref] = (place.in_words(), text)
    doubts: list[DoubtfulPhrase] = []
    why: list[Explained] = []
    for (ref, (where, text)), masked in zip(
        told.items(), anonymiser.mask_all([text for _, text in told.values()]), strict=True
    ):
        answers[ref] = masked.with_doubts_hidden()
        why += explained(where, masked)
        doubts += doubts_in(text, ref, where, masked)
    anonymised = AnonymisedReturn(audit_return.audit, audit_return.round, answers, len(why))
    return WithoutNames(anonymised, tuple(doubts), anonymiser.strangers, anonymiser.unanswered, tuple(why))


def _needs_no_anonymising(ref: str, text: str, place: Place) -> str | None:
    """The answer as it goes on when it can name nobody: a part, a word of the list, a date, a number."""
    if place.kind is Kind.NAME:
        return f"[{_NAMED.get(ref, 'practitioner')}: name sealed]"
    if place.kind is Kind.CHOICE:
        return chosen(text, place.choices)
    if place.kind is Kind.DATE:
        day = read_date(text)
        return day.isoformat() if day else None
    if place.kind is Kind.NUMBER:
        return text.strip() if text.strip().replace(".", "", 1).isdigit() and len(text.strip()) < 5 else None
    return None


def doubts_in(text: str, ref: str, place: str, masked: Masked) -> list[DoubtfulPhrase]:
    """What a person must decide in this text, each with the words around it. ``place``: in the reader's words."""
    return [
        DoubtfulPhrase(
            ref,
            place,
            text[doubt.start : doubt.end],
            text[max(0, doubt.start - _CONTEXT) : doubt.end + _CONTEXT],
            doubt.why,
            doubt.suggestion,
        )
        for doubt in masked.doubts
    ]


def _job(entry: RosterEntry) -> str:
    """What a named professional is called: the role that was given, else the part they had."""
    return entry.role.casefold() if entry.part == "practitioner" and entry.role else entry.part
