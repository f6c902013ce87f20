"""The multi-agency meeting: its form, the decision on cases and chair, invitations and the chair's brief.

Decided by the form ``SESSION_meeting.xlsx`` in the inbox or by command, as often as it is arranged anew.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Three cases are selected for deep-dive work and a
multi-agency meeting scheduled with agency leads and front-line staff"; it is "independently chaired by a member of
CHSCB".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import TYPE_CHECKING

from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.mailing import mail_draft
from audit_kit.acts.papers import asked_agency, in_working_days, letterhead
from audit_kit.acts.reporting import drawn
from audit_kit.acts.small_forms import MEETING, form_written
from audit_kit.domain import outputs
from audit_kit.domain.check_code import form_code, is_right
from audit_kit.domain.dates import read_date
from audit_kit.domain.letters import MeetingBrief, MeetingInvitation
from audit_kit.domain.meeting import Meeting
from audit_kit.domain.meeting_form import (
    CHAIR,
    CHAIR_AGENCY,
    DAY,
    MEMBER,
    NO_AGENCY,
    PLACE,
    REASON,
    START,
    chosen_ref,
    meeting_form,
)
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import is_session_ref, session_papers
from audit_kit.domain.scales import NO, YES, chosen
from audit_kit.domain.session import AuditSession
from audit_kit.domain.tool import AuditTool
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages import meetings as stage
from audit_kit.stages.words import day, enumerated, plural
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText

_SESSION, _CODE = "audit_kit_session", "audit_kit_code"
_NOT = "Nobody was invited."
_TO_ANSWER_DAYS = 5  # working days for an agency to say who comes
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


@dataclass(frozen=True)
class Arrangement:
    """What a person decided about the meeting, as it was typed."""

    cases: tuple[str, ...]
    day: str
    start: str
    place: str
    chair: str
    chair_agency: str  # code, or "None of these"
    chair_is_member: bool
    reason: str


def form_of(session: AuditSession, why: Mapping[str, str] = MappingProxyType({})) -> AuditTool:
    """The form of a session, with its cases and agencies. ``why``: the reason of each case that is proposed."""
    return meeting_form({case.ref: case.tier for case in session.cases}, [a.code for a in session.agencies], why)


def write_meeting_form(kit: Kit, session_ref: str) -> Output:
    """The form with the cases that the accepted returns propose; the day is the plan's. Written anew at each call.

    UsageProblem when no return was accepted yet: there is nothing to choose from.
    """
    from audit_kit.office.laid_out_form import FormCover

    session, why = kit.session(session_ref), _proposed(kit, session_ref)
    if not why:
        raise UsageProblem(
            f"No return of {session_ref} has been accepted yet, so no case can be proposed.",
            not_happened="No form was written.",
            next_step=f"See audit-kit status {session_ref} for what waits for the reviewer.",
        )
    code = form_code(kit.tool_secret, "meeting", session_ref)
    cover = FormCover(
        "meeting", "Multi-agency meeting", kit.config.board.name, session_ref, {_SESSION: session_ref, _CODE: code}
    )
    chosen_already = {chosen_ref(case.ref): YES if case.ref in why else NO for case in session.cases}
    answers = {DAY: day(session.dates.meeting), **chosen_already}
    words = {"cases wanted": plural(kit.config.deep_dives, "case")}
    data = form_written(kit, MEETING, form_of(session, why), cover, words, answers)
    output = Output(outputs.for_team(f"{session_ref}_meeting.xlsx"), data)
    kit.carry_out(f"meeting-form:{session_ref}:{kit.clock.now().isoformat()}", [], [output])
    return output


def arrange_meeting(kit: Kit, session_ref: str, told: Arrangement, *, item: Item | None = None) -> tuple[str, ...]:
    """Record the meeting and write its invitations and the chair's brief; sentences for the team.

    UsageProblem, with nothing written, when the number of cases is another than the configuration's, a case is
    unknown or nobody audited it, day or time can't be read, or the chair is not independent.
    """
    session = kit.session(session_ref)
    meeting = _decided(kit, session, told)
    guests = stage.invited(kit.progress(session_ref).values(), meeting.cases)
    _require_independent(session, meeting, guests, told.chair_is_member)
    before = meeting_of(kit, session_ref)
    event = kit.event(
        EventKind.MEETING_ARRANGED, session_ref, item=item.sha if item else "", note=kit.vault.keep_note(told.reason),
        codes=(("cases", " ".join(meeting.cases)), ("day", meeting.day.isoformat())),
    )  # fmt: skip
    kit.vault.put(f"meetings/{session_ref}", meeting, Meeting)
    files = [paper for code, cases in guests.items() for paper in _invitation(kit, session, meeting, code, cases)]
    files += _for_the_chair(kit, session, meeting, guests)
    closes = item.sha if item else ""
    if item is not None:
        kit.vault.file_original(item.sha, session_papers(session_ref))
    kit.carry_out(f"meeting:{session_ref}:{event.at.isoformat()}", [event], files, closes_item=closes)
    return _told(kit, session, meeting, guests, before)


def meeting_of(kit: Kit, session: str) -> Meeting | None:
    """The session's meeting as it is arranged now."""
    return kit.vault.get(f"meetings/{session}", Meeting)


def take_meeting(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned form: the same as the command. AuditKitError when it can't be taken; it may be dropped again."""
    from audit_kit.office.forms import mark_of

    ref, code = mark_of(book, _SESSION), mark_of(book, _CODE)
    if not is_session_ref(ref) or not is_right((code,), form_code(kit.tool_secret, "meeting", ref)):
        raise AuditKitError(
            "This meeting form is none that the kit wrote.", where=place, not_happened=_NOT,
            next_step="Use the form in outbox/team.",
        )  # fmt: skip
    session = kit.session(ref)
    said = answers_of(
        book,
        form_of(session),
        "The meeting form",
        place,
        not_happened=_NOT,
        next_step=f"Fill in a fresh one: audit-kit meeting {ref} writes it.",
        formulas_too=True,
    ).answers
    told = Arrangement(
        cases=tuple(c.ref for c in session.cases if chosen(said.get(chosen_ref(c.ref), ""), (YES,))),
        day=said.get(DAY, ""), start=said.get(START, ""), place=said.get(PLACE, ""), chair=said.get(CHAIR, ""),
        chair_agency=said.get(CHAIR_AGENCY, ""), chair_is_member=chosen(said.get(MEMBER, ""), (YES,)) is not None,
        reason=said.get(REASON, ""),
    )  # fmt: skip
    try:
        sentences = arrange_meeting(kit, ref, told, item=item)
    except UsageProblem as problem:
        again = f"{problem.next_step} Save the form once more before you drop it again.".strip()
        raise AuditKitError(problem.what, where=place, not_happened=_NOT, next_step=again) from None
    kit.vault.unstage(item.sha)
    for sentence in sentences:
        done.say(sentence)


def _proposed(kit: Kit, session: str) -> Mapping[str, str]:
    new = drawn(kit, kit.session(session))
    return stage.reasons(new.proposed) if new.returns else {}


def _decided(kit: Kit, session: AuditSession, told: Arrangement) -> Meeting:
    """The meeting in values. UsageProblem says everything that is missing or can't be read, at once."""
    cases, wanted = tuple(dict.fromkeys(told.cases)), kit.config.deep_dives
    on, at = read_date(told.day), _TIME.fullmatch(told.start.strip())
    known = {case.ref for case in session.cases}
    unaudited = [c for c in cases if not stage.invited(kit.progress(session.ref).values(), (c,))]
    agencies = {NO_AGENCY.casefold(): "", **{agency.code.casefold(): agency.code for agency in session.agencies}}
    chair_agency = agencies.get(told.chair_agency.strip().casefold())
    asked = (
        (
            len(cases) != min(wanted, len(known)),
            f"{plural(len(cases), 'case').capitalize()} chosen.",
            f"Choose {wanted}.",
        ),
        (not set(cases) <= known, "One of the cases is none of this session.", "Choose from the plan's cases."),
        (bool(unaudited), f"Nobody audited {enumerated(unaudited)}.", "Choose cases that were audited."),
        (on is None, "The day is no whole date.", "Write it as 2 Nov 2026."),
        (on is not None and on < kit.clock.today(), "The day is past.", "Give a day to come."),
        (at is None, "The time can't be read.", "Write it as 10:00."),
        (not told.place.strip(), "The place is not given.", "Give a room, or how people join."),
        (not told.chair.strip(), "The chair is not given.", "Give the role, such as lay member of the Board."),
        (chair_agency is None, "The chair's agency is none of this session.", f"Give a code, or {NO_AGENCY}."),
        (not told.reason.strip(), "A choice of cases and chair has a reason.", "Say why, in a sentence."),
    )
    if found := [(what, next_step) for wrong, what, next_step in asked if wrong]:
        raise UsageProblem(
            " ".join(what for what, _ in found), not_happened=_NOT, next_step=" ".join(step for _, step in found)
        )
    assert on is not None and at is not None and chair_agency is not None
    before = meeting_of(kit, session.ref)
    return Meeting(
        session.ref, on, time(int(at[1]), int(at[2])), told.place.strip(), cases, told.chair.strip(), chair_agency,
        before.moves + 1 if before else 0,
    )  # fmt: skip


def _require_independent(
    session: AuditSession, meeting: Meeting, guests: Mapping[str, tuple[str, ...]], is_member: bool
) -> None:
    if not is_member:
        raise UsageProblem(
            "The chair is not a member of the Board.", not_happened=_NOT,
            next_step="Ask a member of the Board to chair the meeting.",
        )  # fmt: skip
    if meeting.chair_agency in guests:
        raise UsageProblem(
            f"The chair's agency, {meeting.chair_agency}, audited {enumerated(guests[meeting.chair_agency])}: it would judge "
            "its own practice.",
            not_happened=_NOT,
            next_step="Ask a member of the Board from an agency that knew none of these families.",
        )


def _invitation(
    kit: Kit, session: AuditSession, meeting: Meeting, code: str, cases: tuple[str, ...]
) -> tuple[Output, ...]:
    """Letter, calendar entries and mail draft for one agency: about its own cases and nobody else's."""
    from audit_kit.office import letters
    from audit_kit.office.calendar_file import write_appointments

    agency, stem = asked_agency(session, code), f"{session.ref}_{code}_meeting"
    by = in_working_days(kit, _TO_ANSWER_DAYS)
    letter = letters.meeting_invitation(
        kit.template("meeting_invitation.docx"),
        MeetingInvitation(
            head=letterhead(kit), session=session.ref, theme=session.theme_title, agency=agency.name, lead=agency.lead.name,
            meets_on=meeting.day, place=meeting.place, chair=meeting.chair, slots=stage.own_slots(meeting, cases),
            answer_by=min(by, meeting.day),
        ),
    )  # fmt: skip
    calendar = write_appointments(
        stage.appointments(meeting, cases), f"{session.ref} {code}", kit.config.board.email, kit.clock.now()
    )
    files = ((f"{stem}.docx", letter), (f"{stem}.ics", calendar))
    draft = mail_draft(
        kit, "meeting: invitation", (agency.lead.email,), files, session=session.ref, code=code, cases=enumerated(cases),
        day=in_words(meeting.day), due=in_words(min(by, meeting.day)),
    )  # fmt: skip
    return tuple(Output(outputs.for_agency(code, name), data) for name, data in (*files, (f"{stem}.eml", draft)))


def _for_the_chair(
    kit: Kit, session: AuditSession, meeting: Meeting, guests: Mapping[str, tuple[str, ...]]
) -> tuple[Output, ...]:
    from audit_kit.office import letters
    from audit_kit.office.calendar_file import write_appointments

    new, stem = drawn(kit, session), f"{session.ref}_meeting_chair"
    brief = letters.meeting_brief(
        kit.template("meeting_brief.docx"),
        MeetingBrief(
            head=letterhead(kit), session=session.ref, theme=session.theme_title, meets_on=meeting.day, place=meeting.place,
            chair=meeting.chair,
            cases=stage.brief_cases(meeting, session, guests, stage.reasons(new.proposed), new.apart),
        ),
    )  # fmt: skip
    calendar = write_appointments(
        stage.appointments(meeting, meeting.cases), f"{session.ref} meeting", kit.config.board.email, kit.clock.now()
    )
    files = ((f"{stem}.docx", brief), (f"{stem}.ics", calendar))
    draft = mail_draft(kit, "meeting: chair", (), files, session=session.ref, day=in_words(meeting.day))
    return tuple(Output(outputs.for_team(name), data) for name, data in (*files, (f"{stem}.eml", draft)))


def _told(
    kit: Kit, session: AuditSession, meeting: Meeting, guests: Mapping[str, tuple[str, ...]], before: Meeting | None
) -> tuple[str, ...]:
    said = [
        f"The multi-agency meeting of {session.ref} is on {in_words(meeting.day)} about {enumerated(meeting.cases)}. Invitations "
        f"for {plural(len(guests), 'agency', 'agencies')} lie in outbox/agencies, the chair's brief in outbox/team, as drafts."
    ]
    if before is not None:
        earlier = stage.invited(kit.progress(session.ref).values(), before.cases)
        gone = [code for code, cases in earlier.items() if set(cases) - set(guests.get(code, ()))]
        if gone:
            said.append(f"Not invited any more, wholly or for a case: {enumerated(gone)}. Tell them yourself.")
    return tuple(said)
