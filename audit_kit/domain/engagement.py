"""Who in a family is asked for feedback, and what came of it: decided at selection, followed to a result.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "agency leads will be asked to identify, where
appropriate, which of the children, young people, parents or carers can be engaged for feedback."
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.references import is_case_ref, is_session_ref
from audit_kit.domain.scales import YES
from audit_kit.domain.session import AuditSession, Engagement

AGREED, ANSWERED, DECLINED, NOT_REACHED, NOT_NOW, ASK_AFTER_ALL = (
    "Agreed", "Gave feedback", "Declined", "Not reached", "No longer appropriate", "Can be asked after all",
)  # fmt: skip
#: what a person can record, in the order in which it is offered
RESULTS = (AGREED, ANSWERED, DECLINED, NOT_REACHED, NOT_NOW, ASK_AFTER_ALL)
_REF = re.compile(r"(?P<session>[^/]+)/(?P<case>[^/]+)/F(?P<number>[1-9][0-9]?)")


@dataclass(frozen=True, order=True)
class FamilyRef:
    """One member of a family who was decided about: ``2026-A2-NEG/H3/F1``. A number, never a name."""

    session: str
    case: str
    number: int

    def __str__(self) -> str:
        return f"{self.session}/{self.case}/F{self.number}"

    @property
    def file_stem(self) -> str:
        """How the names of its papers begin: ``2026-A2-NEG_H3_F1``."""
        return f"{self.session}_{self.case}_F{self.number}"

    @classmethod
    def parse(cls, text: str) -> FamilyRef | None:
        """The reference that a person typed, or None. Case and spaces are forgiven."""
        match = _REF.fullmatch(text.strip().upper())
        if match is None or not is_session_ref(match["session"]) or not is_case_ref(match["case"]):
            return None
        return cls(match["session"], match["case"], int(match["number"]))


@dataclass(frozen=True)
class EngagementProgress:
    """One decision with what came of it. ``result`` is "" until something was recorded."""

    ref: FamilyRef
    decided: Engagement
    invited: bool = False
    result: str = ""
    result_on: date | None = None
    by: str = ""  # the account that recorded it
    forms: int = 0  # feedback forms that came back

    @property
    def can_be_asked(self) -> bool:
        """Whether an invitation may go out."""
        if self.result in (DECLINED, NOT_NOW):
            return False
        return self.decided.decision == YES or self.result == ASK_AFTER_ALL

    @property
    def stands_at(self) -> str:
        """Where it stands, in words."""
        if self.result:
            return self.result
        return "Invitation written" if self.invited else "To be invited" if self.can_be_asked else "Not asked"


def engagement_of(session: AuditSession, events: Iterable[Event]) -> dict[FamilyRef, EngagementProgress]:
    """Every decision of a session with what came of it, in the order of cases; numbered within each case."""
    numbers: dict[str, int] = {}
    found: dict[FamilyRef, EngagementProgress] = {}
    for decided in sorted(session.engagement, key=lambda one: [case.ref for case in session.cases].index(one.case)):
        numbers[decided.case] = numbers.get(decided.case, 0) + 1
        ref = FamilyRef(session.ref, decided.case, numbers[decided.case])
        found[ref] = EngagementProgress(ref, decided)
    for event in events:
        ref = FamilyRef(event.session, event.case, int(event.code("family") or 0))
        if ref in found:
            found[ref] = _after(found[ref], event)
    return found


def _after(before: EngagementProgress, event: Event) -> EngagementProgress:
    day = event.at.astimezone().date()
    if event.kind is EventKind.FAMILY_INVITED:
        return replace(before, invited=True)
    if event.kind is EventKind.ENGAGEMENT_RECORDED:
        return replace(before, result=event.code("result"), result_on=day, by=event.by)
    if event.kind is EventKind.FEEDBACK_RECEIVED:
        return replace(before, result=ANSWERED, result_on=day, by=event.by, forms=before.forms + 1)
    return before
