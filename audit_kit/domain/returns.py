"""What an agency sent back: identifying (``AuditReturn``) and not (``AnonymisedReturn``).

The difference is a type, so that analysis, report and dissemination can't be given the wrong one. Only
``stages.anonymise`` makes an ``AnonymisedReturn`` from a return; ``tests/contract`` keeps it so.

Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit_kit.domain.references import AuditRef


@dataclass(frozen=True)
class AuditReturn:
    """One completed audit tool as it was read. Identifies a child: never leaves the store.

    ``answers``: answer reference → text as typed, blank answers left out. ``formulas``: the references at
    which a formula stood, whose shown value is not an answer. ``extras``: what else the file held, by kind
    and place, never by content.
    """

    audit: AuditRef
    round: int
    answers: Mapping[str, str]
    formulas: frozenset[str] = frozenset()
    extras: tuple[tuple[str, str], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was filled in: the tool came back as it was sent."""
        return not self.formulas and not any(text.strip() for text in self.answers.values())

    def answer(self, ref: str) -> str:
        """The answer of this reference, "" if blank. ``involvement.known`` means its ``.answer``."""
        return self.answers.get(ref) or self.answers.get(f"{ref}.answer", "")


@dataclass(frozen=True)
class AnonymisedReturn:
    """A return without what identifies people; pseudonymised personal data while the register exists."""

    audit: AuditRef
    round: int
    answers: Mapping[str, str]
    replaced: int = 0  # how many stretches were replaced: counts are reported, words never

    def answer(self, ref: str) -> str:
        """The answer of this reference, "" if blank. ``involvement.known`` means its ``.answer``."""
        return self.answers.get(ref) or self.answers.get(f"{ref}.answer", "")

    def rows(self, stem: str) -> tuple[Mapping[str, str], ...]:
        """The filled rows of a table (``chronology``, ``action``), each field id → text, in order."""
        numbered: dict[int, dict[str, str]] = {}
        for ref, text in self.answers.items():
            table, _, rest = ref.partition(".")
            number, _, field = rest.partition(".")
            if table == stem and number.isdigit() and field:
                numbered.setdefault(int(number), {})[field] = text
        return tuple(numbered[number] for number in sorted(numbered))


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Somebody the agency named so that independence can be proved. Sealed beside the register."""

    agency: str
    name: str
    role: str
    part: str  # "auditor", "case holder", "line manager", "practitioner", "agency lead"
