"""References: how a session, a case, an agency and a single-agency audit are named without naming anyone."""

from __future__ import annotations

import re
from dataclasses import dataclass

SESSION_FORM = re.compile(r"(?P<year>20[0-9]{2})-A(?P<number>[1-9])-(?P<theme>[A-Z]{2,6})")
CASE_FORM = re.compile(r"(?P<area>[A-Z])(?P<number>[1-9][0-9]?)")
_FILE_STEM = re.compile(r"(?<![A-Z0-9])(20[0-9]{2}-A[1-9]-[A-Z]{2,6})_([A-Z][0-9]{1,2})_([A-Z0-9-]{1,12})_R[0-9]")
AGENCY_FORM = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")
_DEVICE = re.compile(r"CON|PRN|AUX|NUL|(COM|LPT)[0-9]")


def is_session_ref(text: str) -> bool:
    """Whether this reads as an audit session such as ``2026-A2-NEG``."""
    return SESSION_FORM.fullmatch(text) is not None


def is_case_ref(text: str) -> bool:
    """Whether this reads as a case such as ``H3``: area letter and number, restarting each session."""
    return CASE_FORM.fullmatch(text) is not None


def is_agency_code(text: str) -> bool:
    """Whether this reads as an agency's code such as ``MPS`` or ``CSC-H``."""
    return AGENCY_FORM.fullmatch(text) is not None and len(text) <= 12


def names_a_device(code: str) -> bool:
    """Whether Windows keeps this word for a device (``CON``, ``COM1``), so that no folder there can bear it.

    Source: Microsoft, "Naming Files, Paths, and Namespaces".
    """
    return _DEVICE.fullmatch(code) is not None


def area_of(case: str) -> str:
    """The area letter of a case: ``H`` of ``H3``."""
    return case[:1]


@dataclass(frozen=True, order=True, slots=True)
class AuditRef:
    """One single-agency audit, shown as ``2026-A2-NEG/H3/MPS``."""

    session: str
    case: str
    agency: str

    def __str__(self) -> str:
        return f"{self.session}/{self.case}/{self.agency}"

    def file_stem(self, round_number: int) -> str:
        """The name of its files, without ending: ``2026-A2-NEG_H3_MPS_r1``."""
        return f"{self.session}_{self.case}_{self.agency}_r{round_number}"

    @classmethod
    def in_file_name(cls, name: str) -> AuditRef | None:
        """The audit that a file's name speaks of, as the kit names files: "Copy of 2026-A2-NEG_H3_MPS_r1 (2).pdf"."""
        found = _FILE_STEM.search(name.upper())
        return cls.parse("/".join(found.groups())) if found else None

    @classmethod
    def parse(cls, text: str) -> AuditRef | None:
        """The reference a person typed, or None when it does not read as one. Case and spaces are forgiven."""
        parts = text.strip().upper().split("/")
        if len(parts) != 3:
            return None
        session, case, agency = parts
        known = is_session_ref(session) and is_case_ref(case) and is_agency_code(agency)
        return cls(session, case, agency) if known else None


def session_papers(session: str) -> str:
    """The name of the key to what was received about several cases of a session: its plan, its forms."""
    return f"{session}/papers"
