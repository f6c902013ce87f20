"""Following up a signed-off action plan: a review for the QA Sub Committee, and what each agency is asked.

The team keeps progress in the plan's workbook, in ``outbox/reports``; a copy may be dropped into the inbox instead. Either
way what it says is kept, so that the newest counts.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The QA Sub Committee will monitor progress of these
plans."
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_kit.acts.mailing import mail_draft, mail_part
from audit_kit.acts.papers import in_working_days, letterhead
from audit_kit.acts.reporting import in_outbox, papers_of
from audit_kit.domain import outputs
from audit_kit.domain.follow_up import Followed, PlanReview
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import is_session_ref, session_papers
from audit_kit.domain.session import AskedAgency, AuditSession
from audit_kit.domain.sign_off import is_signed_off
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.follow_up import open_of, review
from audit_kit.stages.words import day, plural
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText

_NOT = "No review was written."
_TO_ANSWER_DAYS = 10  # working days for an agency to say how its actions go on


@dataclass(frozen=True)
class FollowedUp:
    """What was written, and how the plan stands, a sentence each."""

    files: tuple[Output, ...]
    told: tuple[str, ...]


def follow_up(kit: Kit, session_ref: str, reason: str = "") -> FollowedUp:
    """Read the plan's workbook in ``outbox/reports``, and write the review and a draft to each agency that owes actions.

    ``reason``: for which review, or why now, if it is said. UsageProblem while the plan is not signed off; AuditKitError when its workbook is away or can't be read.
    """
    from audit_kit.office.action_plan_reading import read_progress
    from audit_kit.office.safe_read import Refused, read_safely

    session = _signed_off(kit, session_ref)
    place = papers_of(session_ref)[2].final
    data = in_outbox(kit, place)
    try:
        book = read_safely(data) if data is not None else None
    except Refused:
        book = None
    if book is None:
        raise AuditKitError(
            "The plan's workbook is not in its place, or will not open.", where=f"outbox/{place}", not_happened=_NOT,
            next_step="Put it back, or close it in Excel, and run the command again.",
        )  # fmt: skip
    return _written(kit, session, read_progress(book), None, reason)


def take_actions(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A copy of the plan's workbook that was dropped: the same as the command. AuditKitError when it can't be taken."""
    from audit_kit.office.action_plan_reading import read_progress
    from audit_kit.office.forms import mark_of

    ref = mark_of(book, "audit_kit_session")
    if not is_session_ref(ref):
        raise AuditKitError(
            "This action plan names no session.", where=place, not_happened=_NOT,
            next_step="Use the workbook in outbox/reports.",
        )  # fmt: skip
    try:
        result = _written(kit, _signed_off(kit, ref), read_progress(book), item)
    except UsageProblem as problem:
        raise AuditKitError(problem.what, where=place, not_happened=_NOT, next_step=problem.next_step) from None
    kit.vault.unstage(item.sha)
    for sentence in result.told:
        done.say(sentence)


def _signed_off(kit: Kit, session: str) -> AuditSession:
    found = kit.session(session)
    if not is_signed_off(kit.journal.events(session)):
        raise UsageProblem(
            f"The action plan of {session} is not signed off: there is nothing to follow up yet.", not_happened=_NOT,
            next_step=f"When the QA Sub Committee has confirmed it: audit-kit sign-off {session} --minute REF.",
        )  # fmt: skip
    return found


def _written(
    kit: Kit, session: AuditSession, actions: tuple[Followed, ...], item: Item | None, reason: str = ""
) -> FollowedUp:
    from audit_kit.office import letters

    today = kit.clock.today()
    paper = review(session, actions, letterhead(kit), today)
    files = [
        Output(
            outputs.report(f"{session.ref}_action-plan-review_{today.isoformat()}.docx"),
            letters.plan_review(kit.template("plan_review.docx"), paper),
        )
    ]
    files += [draft for agency in session.agencies for draft in _asked(kit, session, agency, actions)]
    event = kit.event(
        EventKind.PLAN_REVIEWED, session.ref, item=item.sha if item else "", note=kit.vault.keep_note(reason),
        codes=tuple((row.label.split(",")[0].lower(), row.value) for row in paper.counts[:3]),
    )  # fmt: skip
    if item is not None:
        kit.vault.file_original(item.sha, session_papers(session.ref))
    batch = f"plan-review:{session.ref}:{event.at.isoformat()}"
    kit.carry_out(batch, [event], files, closes_item=item.sha if item else "")
    return FollowedUp(tuple(files), _told(session, paper, len(files) - 1))


def _asked(kit: Kit, session: AuditSession, agency: AskedAgency, actions: tuple[Followed, ...]) -> list[Output]:
    """The draft that asks one agency how its own open actions go on; nothing when it has none."""
    mine = open_of(agency, actions)
    if not mine:
        return []
    by = in_working_days(kit, _TO_ANSWER_DAYS)
    listed = "\n".join(_line(kit, one) for one in mine)
    draft = mail_draft(
        kit, "action plan: how it goes on", (agency.lead.email,), session=session.ref, code=agency.code, actions=listed,
        due=in_words(by),
    )  # fmt: skip
    return [Output(outputs.for_agency(agency.code, f"{session.ref}_{agency.code}_actions-review.eml"), draft)]


def _line(kit: Kit, one: Followed) -> str:
    """An open action as the draft lists it."""
    if one.due is None:
        return mail_part(kit, "action plan: open, no day", ref=one.ref, action=one.action)
    return mail_part(kit, "action plan: open", ref=one.ref, due=day(one.due), action=one.action)


def _told(session: AuditSession, paper: PlanReview, drafts: int) -> tuple[str, ...]:
    counts = {row.label: row.value for row in paper.counts}
    stands = "; ".join(f"{label.lower()}: {value}" for label, value in list(counts.items())[:3])
    return (
        f"The action plan of {session.ref} stands so: {stands}. The review for the committee is in outbox/reports; "
        f"{plural(drafts, 'draft')} to agencies that owe actions, in outbox/agencies.",
    )
