"""From the report and the action plan to the page for the Executive and the Board.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The findings will also be reported through to the
Executive and Board."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit_kit.domain.actions import OWNER_TO_NAME
from audit_kit.domain.report import ActionLine, RecommendationText, ReportContent
from audit_kit.domain.session import SessionDates
from audit_kit.domain.summary import BoardSummary, RiskLine
from audit_kit.stages.report_people import NO_CONCERN
from audit_kit.stages.words import enumerated, lower_first, month, months_after, plural

_MOST_MESSAGES, _MOST_FINDINGS, _MOST_ACTIONS = 5, 3, 4  # what a page has room for
_REVIEW_MONTHS = 3


def board_summary(
    content: ReportContent,
    dates: SessionDates,
    *,
    messages: Sequence[str] = (),
    actions: Sequence[ActionLine] = (),
    status: str = "",
    confirmed: str = "",
) -> BoardSummary:
    """The page as the report says it. ``messages`` and ``actions``: as people have put them since, if they have."""
    actions = tuple(actions) or content.actions
    more = len(actions) - _MOST_ACTIONS
    return BoardSummary(
        board=content.board,
        session=content.session,
        theme=content.theme,
        title=content.title,
        status=status,
        confirmed=confirmed,
        written_on=content.written_on,
        chain_head=content.chain_head,
        executive_on=dates.executive,
        board_on=dates.board,
        looked_at=f"{content.method[0]} {content.why_chosen}",
        key_messages=(tuple(messages) or content.key_messages)[:_MOST_MESSAGES],
        risks=tuple(_risks(content, actions)),
        actions=actions[:_MOST_ACTIONS],
        actions_more=f"{plural(more, 'more action').capitalize()} of this kind {'is' if more == 1 else 'are'} in the action plan."
        if more > 0
        else "",
        review_on=month(months_after(dates.qa_committee, _REVIEW_MONTHS)),
    )


def _risks(content: ReportContent, actions: Sequence[ActionLine]) -> Iterator[RiskLine]:
    """What must be decided: assurances first, then what stands in the way of the plan and of this picture."""
    statements = {f"{found.ref} {found.title}": found.statement for found in content.improvements}
    for asked in content.recommendations[:_MOST_FINDINGS]:
        yield _assurance(asked, statements.get(asked.finding, ""))
    if (more := len(content.recommendations) - _MOST_FINDINGS) > 0:
        areas = plural(more, "further area").capitalize()
        yield RiskLine(f"{areas} for improvement", "Ask for the assurances that the report names for them.")
    if unowned := [line.ref for line in actions if line.owner in ("", OWNER_TO_NAME)]:
        yield RiskLine(
            f"Nobody owns {enumerated(unowned)} yet",
            f"Name one owner by role for {'it' if len(unowned) == 1 else 'each'}.",
        )
    if content.concerns != NO_CONCERN:
        yield RiskLine(content.concerns.rstrip("."), "Ask for assurance about each that has none yet.")
    if content.returns_total.awaited.isdecimal():
        missing = plural(int(content.returns_total.awaited), "audit")
        yield RiskLine(
            f"{missing.capitalize()} of {content.returns_total.asked} had not come in",
            "Ask the agencies for them, or accept a partial picture.",
        )


def _assurance(asked: RecommendationText, statement: str) -> RiskLine:
    title = asked.finding.partition(" ")[2]
    where = lower_first(statement.partition(". ")[0].rstrip("."))
    return RiskLine(
        f"{title}: {where}" if where else title,
        f"Ask {lower_first(asked.asked_of)} to assure you by {asked.by} {lower_first(asked.assurance)}",
    )
