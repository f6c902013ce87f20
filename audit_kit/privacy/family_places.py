"""Where the people of one register live, learn and are treated, compiled for both finders of places."""

from __future__ import annotations

from typing import NamedTuple, Self

from audit_kit.domain.register import CaseRegister
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.near_places import NearPlaces
from audit_kit.privacy.places import RegisteredPlaces


class FamilyPlaces(NamedTuple):
    """Finders of a register's places. They hang on nobody who has none, such as the people whom agencies name."""

    registered: RegisteredPlaces
    near: NearPlaces

    @classmethod
    def of(cls, register: CaseRegister, keep: KeepWords) -> Self:
        """Compile the places of this register."""
        return cls(RegisteredPlaces(register, keep), NearPlaces(register, keep))
