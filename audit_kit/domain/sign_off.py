"""Sign-off: the QA Sub Committee confirmed the lessons and actions of a session, and what its report rested on.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": a report is made available "for the QA Sub
Committee to consider further and confirm the lessons and actions required".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from audit_kit.domain.actions import ActionPlan
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.report import ReportContent

#: letters, digits and the marks of a reference: "QASC 14/01/2027, item 6". It is printed in the final report
_MINUTE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 ./,:()–-]{0,59}")
_MOST_NAMED = 6  # returns that one sentence names


@dataclass(frozen=True)
class WrittenReport:
    """The newest draft as the kit wrote it: what a change is told by, and what its final version is made from."""

    content: ReportContent
    plan: ActionPlan
    returns: tuple[str, ...]  # "H3/MPS r1": those that it counts
    around: str  # digest of the kit's text in the file, outside the author's sections

    @property
    def mark(self) -> str:
        """What the sign-off form of this draft is known by, and the journal calls it."""
        return draft_mark(self.content)

    def says_the_same_as(self, content: ReportContent) -> bool:
        """Whether a report of now would say what this one says, whatever day each was written on."""
        return _undated(self.content) == _undated(content)


@dataclass(frozen=True)
class SignOff:
    """The committee's confirmation of one draft."""

    minute: str
    signed_on: date
    draft: WrittenReport

    def in_words(self) -> str:
        """As the final report prints it."""
        return f"Confirmed by the QA Sub Committee, minute {self.minute}"


def minute_ref(typed: str) -> str:
    """The reference of a minute as it was typed, spaces put right; "" when it is none."""
    text = " ".join(typed.split())
    return text if _MINUTE.fullmatch(text) else ""


def draft_mark(content: ReportContent) -> str:
    """A digest of what a report says, whatever day it was written on: the same for each draft of the same data."""
    return hashlib.sha256(repr(_undated(content)).encode()).hexdigest()[:16]


def _undated(content: ReportContent) -> ReportContent:
    return replace(content, written_on=date.min, status="", confirmed="", chain_head="")


def is_signed_off(events: Iterable[Event]) -> bool:
    """Whether the newest thing that happened to the session's report is that it was signed off."""
    told = [event.kind for event in events if event.kind in (EventKind.REPORT_WRITTEN, EventKind.SIGNED_OFF)]
    return bool(told) and told[-1] is EventKind.SIGNED_OFF


def change_in_words(before: Iterable[str], now: Iterable[str]) -> str:
    """How the returns that are counted differ, such as "Now counted: H3/VCS r1.", as one or two sentences.

    The same returns give a sentence too: then it was something else that the report tells of.
    """
    earlier, later = tuple(before), tuple(now)
    more, fewer = [ref for ref in later if ref not in earlier], [ref for ref in earlier if ref not in later]
    said = [f"{what}: {_named(refs)}." for what, refs in (("Now counted", more), ("No longer counted", fewer)) if refs]
    return (
        " ".join(said) or "The same returns are counted; what changed is the plan, a concern or an audit still awaited."
    )


def _named(refs: list[str]) -> str:
    more = len(refs) - _MOST_NAMED
    return ", ".join(refs[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
