"""The review workbook of a case: every phrase in doubt, decided once, for all returns of the case.

It must show words that may be names, so it is one of the three restricted kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit_kit.domain.masked import Decision
from audit_kit.domain.scales import chosen
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

REPLACE, KEEP, KEEP_EVERYWHERE = "Replace", "Keep", "Keep everywhere"
ACTIONS = (REPLACE, KEEP, KEEP_EVERYWHERE)
_PARTS = ("phrase", "action", "label")


def review_form(case: str, rows: int, labels: tuple[str, ...]) -> AuditTool:
    """One row a phrase. ``labels``: as whom a phrase can be replaced."""
    sheet = Sheet(
        "doubts", "Words in doubt",
        "Each phrase may name somebody. Replace it if it does, as whom it names; keep it if it is an ordinary word here; "
        "keep it everywhere if it names nobody in any case, such as a service.",
        Layout.TABLE,
        tuple(Question(f"doubt.{number}", str(number)) for number in range(1, rows + 1)),
        (
            Field("phrase", "Phrase", width=30),
            Field("context", "Where it stands", Kind.LONG, width=80),
            Field("why", "Why it is doubted", width=40),
            Field("action", "Your decision", Kind.CHOICE, ACTIONS, width=20),
            Field("label", "Replace as whom", Kind.CHOICE, labels, hint="Only where you replace: choose the role.", width=34),
        ),
    )  # fmt: skip
    return AuditTool("review", "", case, (sheet,))


@dataclass(frozen=True)
class Marks:
    """What a returned review workbook decides, and how much of it could not be taken."""

    decided: tuple[Decision, ...]
    contradictory: int  # phrases that stand twice, decided in two ways
    unknown: int  # rows about phrases that were never in doubt
    unclear: int = 0  # rows begun and not finished: a decision that isn't offered, or a replacement without "as whom"


def read_marks(answers: Mapping[str, str], rows: int, known: Iterable[str]) -> Marks:
    """The decisions of a workbook's rows (answer reference → text). A replacement without a label decides nothing."""
    expected = {phrase.casefold(): phrase for phrase in known}
    found: dict[str, set[Decision]] = {}
    unknown = unclear = 0
    for number in range(1, rows + 1):
        phrase, typed, label = (answers.get(f"doubt.{number}.{name}", "").strip() for name in _PARTS)
        action = chosen(typed, ACTIONS)
        if not phrase or not action or (action == REPLACE and not label):
            unclear += bool(typed)  # not the label alone: that is proposed
            continue
        if phrase.casefold() not in expected:
            unknown += 1
            continue
        decision = Decision(expected[phrase.casefold()], action.casefold(), label if action == REPLACE else "")
        found.setdefault(phrase.casefold(), set()).add(decision)
    agreed = tuple(next(iter(each)) for each in found.values() if len(each) == 1)
    return Marks(agreed, len(found) - len(agreed), unknown, unclear)
