"""From the report that the committee confirmed to what front-line staff and those who train them are told.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The outcomes of each audit will be disseminated through
the CHSCB website / specific briefing newsletters and defined lunch-time seminars as appropriate. Themes and learning
are embedded in multi- and single agency training."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from audit_kit.domain import scales
from audit_kit.domain.learning import BoardAction, Briefing, LearningPoint, Strength, TrainingNeed
from audit_kit.domain.letters import Letterhead
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.report import ExtractText, FindingText, ReportContent
from audit_kit.domain.session import AuditSession
from audit_kit.stages.words import plural

#: of each side: a briefing that says more is not read
MOST_POINTS = 3
#: a cause may be two words joined by "and" itself, so that "and" can't join causes
_COUNTED = re.compile(r" \(\d+(?: returns?)?\)(?:, | and |$)")


def briefing(
    content: ReportContent, session: AuditSession, theme: Theme, head: Letterhead, written_on: date
) -> Briefing:
    """What staff are told of a confirmed report: titles, what good looks like, questions; no number and no extract."""
    return Briefing(
        board=head.board,
        board_short=head.board_short,
        board_email=head.board_email,
        urgent_phone=head.urgent_phone,
        theme=session.theme_title,
        cases=plural(len(session.cases), "case"),
        period=content.period,
        why_chosen=content.why_chosen,
        strengths=tuple(Strength(each.title, _good(each.kloe, theme)) for each in content.good_practice[:MOST_POINTS]),
        improvements=points(content.improvements, theme),
        actions=tuple(BoardAction(each.action, each.due) for each in content.actions),
        written_on=written_on,
    )


def points(findings: Sequence[FindingText], theme: Theme) -> tuple[LearningPoint, ...]:
    """The first few of what must change, as staff can use them."""
    return tuple(
        LearningPoint(each.title, _good(each.kloe, theme), without_counts(each.causes), each.question)
        for each in findings[:MOST_POINTS]
    )


def training_needs(content: ReportContent, theme: Theme) -> tuple[TrainingNeed, ...]:
    """Every area for improvement, with whom it concerns: whoever plans training decides what training can do about it."""
    asked = {each.finding.partition(" ")[0]: each.asked_of for each in content.recommendations}
    return tuple(
        TrainingNeed(
            each.ref,
            each.title,
            without_counts(each.causes),
            asked.get(each.ref, "All agencies"),
            _good(each.kloe, theme),
        )
        for each in content.improvements
    )


def still_said(extracts: Sequence[ExtractText], final_text: str) -> tuple[ExtractText, ...]:
    """The extracts that the final report still shows: what its author struck out is struck out here too."""
    whole = " ".join(final_text.split())
    return tuple(each for each in extracts if " ".join(each.text.split()) in whole)


def without_counts(causes: str) -> str:
    """Causes in words, without how many returns point to each: "chronology and history; recording"."""
    return _COUNTED.sub("; ", causes).removesuffix("; ")


def _good(kloe: str, theme: Theme) -> str:
    found = next((each for each in theme.kloes if each.ref == kloe), None)
    return dict(found.descriptors).get(scales.GOOD, "") if found else ""
