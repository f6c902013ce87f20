"""The form on which the team says what came of each decision about engagement: asked, agreed, declined, not reached.

Source: Multi-Agency Case Audit Process (Sept 2017), "Multi-agency case audit process": "Children and young people /
parents / carers to be engaged as appropriate."
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audit_kit.domain.dates import read_date
from audit_kit.domain.engagement import RESULTS
from audit_kit.domain.scales import chosen
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet


@dataclass(frozen=True)
class EngagementRow:
    """One decision as the form shows it. ``key``: case and number, ``H3.F1``."""

    key: str
    who: str
    standing: str  # the decision, who asks, and where it stands


def engagement_form(rows: Sequence[EngagementRow]) -> AuditTool:
    """One row a decision, in the order of the cases."""
    sheet = Sheet(
        "results", "Engagement",
        "What came of each decision. Leave a row blank while there is nothing new. \"Can be asked after all\" writes an "
        "invitation; a feedback form that comes back is recorded by itself. Roles, not names.",
        Layout.GRID,
        tuple(Question(row.key, row.key.replace(".", " "), row.who, hint=row.standing) for row in rows),
        (
            Field("result", "What came of it", Kind.CHOICE, RESULTS, width=28),
            Field("when", "On which day?", Kind.DATE, hint="A date such as 14 Mar 2026.", width=18),
            Field("who", "Who says so? (role)", hint="A role such as health visitor, never a name.", width=26),
            Field("why", "In a few words", Kind.LONG, hint="Roles, not names. It is kept sealed.", width=46),
        ),
    )  # fmt: skip
    return AuditTool("engagement", "", "", (sheet,))


@dataclass(frozen=True)
class RowRead:
    """One row that was filled in. While anything is ``asked``, nothing is recorded from it. ``asked``: field → what."""

    key: str
    result: str
    said: str  # day, role and words: sealed
    asked: Mapping[str, str]


def read_rows(answers: Mapping[str, str], rows: Sequence[EngagementRow], today: date) -> tuple[RowRead, ...]:
    """The rows that somebody filled in, in their order; a row with a blank result and nothing else is none."""
    found = []
    for one in rows:
        row = {name: answers.get(f"{one.key}.{name}", "").strip() for name in ("result", "when", "who", "why")}
        if any(row.values()):
            day = read_date(row["when"]) or today
            found.append(
                RowRead(
                    one.key,
                    chosen(row["result"], RESULTS) or "",
                    f"{day:%d %b %Y}, {row['who']}: {row['why']}",
                    _asked(row, today),
                )
            )
    return tuple(found)


def _asked(row: Mapping[str, str], today: date) -> dict[str, str]:
    asked: dict[str, str] = {}
    if not chosen(row["result"], RESULTS):
        asked["result"] = "choose from the list what came of it, or empty the whole row"
    day = read_date(row["when"])
    if row["when"] and (day is None or day > today):
        asked["when"] = "write one whole date that has come, such as 14 Mar 2026"
    if not row["who"]:
        asked["who"] = "say in which role the person speaks who said so"
    if not row["why"]:
        asked["why"] = "say in a few words how it was"
    return asked
