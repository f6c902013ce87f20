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
        return tuple(
            Residual(span.start, span.end, span.rule, span.label, not span.doubt)
            for span in self._anonymiser.registered_in(text)
        )


def residual_names(text: str, register: CaseRegister, keep: KeepWords) -> tuple[Residual, ...]:
    """The same for a single text. Compiles the register each time: for many texts make a ``ResidualScan``."""
    return ResidualScan(register, keep).find(text)
