"""Involvement reconciled: what one agency's chronology says of contact with another.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": all agencies "review their involvement with the
case"; agencies audit "if they have had involvement within the last 12 months".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audit_kit.domain.dates import read_date
from audit_kit.domain.queries import Level, Query
from audit_kit.domain.scales import KNOWN_BEFORE_WINDOW, NEVER_KNOWN
from audit_kit.stages.rules import Desk
from audit_kit.stages.words import enumerated

_LONGEST = 4000  # characters of an event that are read
_CONTACT = re.compile(
    r"\b(?:told|informed|notified|rang|phoned|telephoned|called|spoke|met|joint|jointly|attended|visited|wrote|e-?mailed|"
    r"referr(?:ed|al)|shared|letter|message|heard|strategy|conference|core group|reported|contacted|notification)\b",
    re.I,
)
_NO_CONTACT = re.compile(
    r"\b(?:no|not|never|without|declined|refused|consider(?:ed|ing)?|would|should|could|might|suggest(?:ed)?|advised to|nor|"
    r"wasn't|weren't|didn't|hadn't|instead of|unknown to|closed to)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ContactTold:
    """One agency's chronology says that it was in contact with another in the review period."""

    by: str
    agency: str
    events: int


def contacts_told(desk: Desk, called: Mapping[str, Iterable[str]]) -> tuple[ContactTold, ...]:
    """What this return's chronology says of contact with other agencies in the review period.

    ``called``: the agencies asked about the case → how people call them. A word that means two of them
    ("police", where two forces are asked) says nothing about either.
    """
    own = desk.audit_return.audit.agency
    words = _unmistakable(called)
    if not words:
        return ()
    longest_first = sorted(words, key=len, reverse=True)  # "adult mental health" is not "mental health"
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})(?:s|'s)?\b", re.I)
    counted: dict[str, int] = {}
    for _, row in desk.rows("chronology"):
        day = read_date(row["date"])
        if day is None or not desk.window_start <= day <= desk.window_end:
            continue
        named = {words[found.casefold()] for part in _of_contact(row) for found in pattern.findall(part)}
        for agency in named - {own, ""}:
            counted[agency] = counted.get(agency, 0) + 1
    return tuple(ContactTold(own, agency, events) for agency, events in sorted(counted.items()))


def nil_but_contact_told(desk: Desk) -> Iterator[Query]:
    """V07: no involvement, though another agency's chronology tells of contact in the review period."""
    if desk.contact_told_by and desk.choice("involvement.known") in (KNOWN_BEFORE_WINDOW, NEVER_KNOWN):
        yield desk.query(
            "V07", Level.WARNING, "involvement.known",
            f"no involvement, but the chronology of {enumerated(desk.contact_told_by)} tells of contact in the review period",
        )  # fmt: skip


def _unmistakable(called: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Word in small letters → the one agency it means, "" when it means several."""
    words: dict[str, str] = {}
    for agency, names in called.items():
        for name in names:
            key = name.casefold()
            words[key] = agency if words.get(key, agency) == agency else ""
    return words


def _of_contact(row: Mapping[str, str]) -> Iterator[str]:
    """The parts of a row that tell of contact: who was told and who told; sentences that say so."""
    for field in ("shared_with", "received_from"):
        yield from (part for part in re.split(r"[;.]", row[field][:_LONGEST]) if not _NO_CONTACT.search(part))
    for field in ("event", "response", "shared_how"):
        for sentence in re.split(r"[.;!?]\s|\n", row[field][:_LONGEST]):
            if _CONTACT.search(sentence) and not _NO_CONTACT.search(sentence):
                yield sentence
