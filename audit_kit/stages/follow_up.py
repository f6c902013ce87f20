"""From the plan's workbook as it stands to the review for the QA Sub Committee and what each agency is asked.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The QA Sub Committee will monitor progress of these
plans."
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from audit_kit.domain.follow_up import AMBER, DONE, NOT_STARTED, RED, Followed, PlanReview, ReviewLine
from audit_kit.domain.letters import Letterhead
from audit_kit.domain.report import Row
from audit_kit.domain.session import AskedAgency, AuditSession
from audit_kit.stages.words import day, month, months_after

#: months after the committee confirmed the plan: its first and second review, and the question asked again
REVIEWS = (3, 6, 12)


def review(session: AuditSession, actions: Sequence[Followed], head: Letterhead, today: date) -> PlanReview:
    """How the plan stands today. Actions about one case are counted and not listed."""
    told = [each for each in actions if not each.is_of_one_case]
    overdue = [each for each in told if each.is_overdue(today)]
    return PlanReview(
        head=head,
        session=session.ref,
        theme=session.theme_title,
        counts=_counts(actions, today),
        overdue=_lines(overdue),
        at_risk=_lines(
            [each for each in told if each.rag in (AMBER, RED) and not each.is_done and each not in overdue]
        ),
        to_close=_lines([each for each in told if each.rag == DONE and not each.closed_by]),
        undated=", ".join(each.ref for each in told if each.due is None and not each.is_done),
        next_review=next_review(session, today),
    )


def next_review(session: AuditSession, today: date) -> str:
    """The month of the next review, "" after the last."""
    days = (months_after(session.dates.qa_committee, months) for months in REVIEWS)
    return next((month(each) for each in days if each > today), "")


def open_of(agency: AskedAgency, actions: Sequence[Followed]) -> tuple[Followed, ...]:
    """What this agency still has to do, about cases too: they are its own."""
    return tuple(each for each in actions if not each.is_done and each.owner.startswith(f"{agency.name}:"))


def _counts(actions: Sequence[Followed], today: date) -> tuple[Row, ...]:
    done = sum(each.is_done for each in actions)
    late = sum(each.is_overdue(today) for each in actions)
    fresh = sum(each.rag == NOT_STARTED and not each.is_done for each in actions)
    shown = sum(bool(each.impact) and not each.impact.startswith("None") for each in actions)
    of_cases = [each for each in actions if each.is_of_one_case]
    return (
        Row("Actions on the plan", str(len(actions))),
        Row("Done and evidenced, or closed", str(done)),
        Row("Past their day and not done", str(late)),
        Row("Not started", str(fresh)),
        Row("With a difference for children that was seen", str(shown)),
        Row("About one case, with its agency (done)", f"{len(of_cases)} ({sum(each.is_done for each in of_cases)})"),
    )


def _lines(actions: Sequence[Followed]) -> tuple[ReviewLine, ...]:
    return tuple(
        ReviewLine(
            each.ref,
            each.action,
            each.owner or "nobody yet",
            day(each.due) if each.due else "no day",
            each.rag or "not said",
        )
        for each in actions
    )
