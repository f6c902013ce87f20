"""The second look: registered names and numbers that still stand in a finished text."""

from __future__ import annotations

from dataclasses import dataclass

from audit_kit.domain.register import CaseRegister
from audit_kit.privacy.anonymiser import CaseAnonymiser
from audit_kit.privacy.keep import KeepWords


@dataclass(frozen=True, slots=True)
class Residual:
    """A registered name or number that still stands in a text. Never holds the words themselves."""

    start: int
    end: int
    rule: str
    label: str  # whom it names
    certain: bool  # False: may also be an ordinary word


class ResidualScan:
    """One register compiled for the second look: make one per case, ask it about every part of every file."""

    def __init__(self, register: CaseRegister, keep: KeepWords) -> None:
        self._anonymiser = CaseAnonymiser.for_case(register, keep)

    def find(self, text: str) -> tuple[Residual, ...]:
        """Which registered names and numbers still stand in a text, with the place of each.

        A certain one should hold a file back; an uncertain one may be an ordinary word ("Hope at last").
        """
        masked = self._anonymiser.mask(text)
        found = [
            Residual(r.start, r.end, r.rule, r.label, True)
            for r in masked.replacements
            if r.rule.startswith("register:")
        ]
        found += [
            Residual(d.start, d.end, "register:name that is a word", d.suggestion, False)
            for d in masked.doubts
            if d.why.startswith("may be the name of")
        ]
        return tuple(sorted(found, key=lambda r: r.start))


def residual_names(text: str, register: CaseRegister, keep: KeepWords) -> tuple[Residual, ...]:
    """The same for a single text. Compiles the register each time: for many texts make a ``ResidualScan``."""
    return ResidualScan(register, keep).find(text)
