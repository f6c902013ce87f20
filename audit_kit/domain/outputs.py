"""What leaves: one file of the outbox, and where each kind of file belongs in it.

    outbox/
      status.html, tracker.xlsx     the session at a glance
      agencies/CODE/                what goes to one agency
      urgent/                       escalation notices
      team/                         for the Board's team
      on-file/CASE/                 pseudonymised copies of what was accepted
      reports/                      Word drafts, action plan
      learning/                     briefing, slides, training note

Files that must show a name, or words that may be one, lie in a folder ``restricted/`` and are always
password-protected: the identity slip, the review workbook, the marked plan. There are no others.
"""

from __future__ import annotations

from dataclasses import dataclass

RESTRICTED = "restricted"
_URGENT = "urgent/"


@dataclass(frozen=True)
class Output:
    """One file to write: its path below the outbox, with forward slashes, and its whole content."""

    path: str
    data: bytes

    @property
    def is_restricted(self) -> bool:
        """Whether this is one of the three kinds that may show a name, and so is encrypted."""
        return f"/{RESTRICTED}/" in f"/{self.path}"

    @property
    def is_urgent(self) -> bool:
        """Whether this is a notice of immediate risk, which nothing holds back and nothing makes wait."""
        return self.path.startswith(_URGENT)


def for_agency(agency: str, name: str) -> str:
    """Where a file for one agency goes."""
    return f"agencies/{agency}/{name}"


def restricted_for_agency(agency: str, name: str) -> str:
    """Where an agency's identity slip goes."""
    return f"agencies/{agency}/{RESTRICTED}/{name}"


def urgent(name: str) -> str:
    """Where an escalation notice goes."""
    return f"{_URGENT}{name}"


def for_team(name: str) -> str:
    """Where a file for the Board's team goes."""
    return f"team/{name}"


def restricted_for_team(name: str) -> str:
    """Where a review workbook or a marked plan goes."""
    return f"team/{RESTRICTED}/{name}"


def on_file(case: str, name: str) -> str:
    """Where the pseudonymised copy of an accepted return goes."""
    return f"on-file/{case}/{name}"


def learning(name: str) -> str:
    """Where a briefing, slides or a note to those who plan training goes."""
    return f"learning/{name}"


def report(name: str) -> str:
    """Where a report or an action plan goes."""
    return f"reports/{name}"
