"""Dissemination and training: briefing, slides, the seminar's invitations, the note for those who plan training.

Only after sign-off: until the committee has confirmed the lessons there are none to pass on. Everything is a draft that two
people look over before it goes out, because it is public. Done by command, or by the form that the sign-off leaves in
``outbox/team``, as often as the seminar moves.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The outcomes of each audit will be disseminated through
the CHSCB website / specific briefing newsletters and defined lunch-time seminars as appropriate. Themes and learning
are embedded in multi- and single agency training."
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.mailing import mail_draft, mail_part
from audit_kit.acts.papers import in_working_days, letterhead, theme_of
from audit_kit.acts.reasons import require_reason
from audit_kit.acts.reporting import changed_by_hand, in_outbox, kept_beside, papers_of, signed_off
from audit_kit.acts.small_forms import LEARNING, form_written
from audit_kit.domain import outputs
from audit_kit.domain.check_code import form_code, is_right
from audit_kit.domain.dates import read_date
from audit_kit.domain.deadlines import Appointment
from audit_kit.domain.learning import Briefing, SeminarInvitation, TrainingNote
from audit_kit.domain.learning_form import DAY, PLACE, REASON, START, learning_form
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import is_session_ref, session_papers
from audit_kit.domain.session import AuditSession
from audit_kit.domain.sign_off import is_signed_off
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.disseminate import briefing, still_said, training_needs
from audit_kit.stages.words import plural
from audit_kit.store.journal import Item
from audit_kit.team_templates import SLIDES

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.domain.report import ReportContent
    from audit_kit.office.safe_read import WorkbookText

_SESSION, _CODE = "audit_kit_session", "audit_kit_code"
SEMINAR_MINUTES = 60
_TO_ANSWER_DAYS = 20  # working days for a plan of training
_NOT = "Nothing was written."
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_RELEASE = "briefing: before it goes out"


@dataclass(frozen=True)
class Seminar:
    """When and where the lunch-time seminar is."""

    day: date
    start: time
    place: str

    @property
    def ends(self) -> time:
        """When it is over."""
        return (datetime.combine(self.day, self.start) + timedelta(minutes=SEMINAR_MINUTES)).time()


@dataclass(frozen=True)
class Disseminated:
    """What was written, and what a person should know about it, a sentence each."""

    files: tuple[Output, ...]
    told: tuple[str, ...]


def seminar_of(kit: Kit, on: str, at: str, place: str) -> Seminar | None:
    """The seminar as typed; None when nothing was. UsageProblem says everything that is missing, at once."""
    if not (on or at or place.strip()):
        return None
    day, found = read_date(on), _TIME.fullmatch(at.strip())
    asked = (
        (day is None, "The seminar's day is no whole date.", "Write it as 2 Nov 2026."),
        (day is not None and day < kit.clock.today(), "The seminar's day is past.", "Give a day to come."),
        (found is None, "The seminar's time can't be read.", "Write it as 12:30."),
        (not place.strip(), "The seminar's place is not given.", "Give a room, or how people join."),
    )
    if wrong := [(what, step) for holds, what, step in asked if holds]:
        raise UsageProblem(
            " ".join(what for what, _ in wrong), not_happened=_NOT, next_step=" ".join(step for _, step in wrong)
        )
    assert day is not None and found is not None
    return Seminar(day, time(int(found[1]), int(found[2])), place.strip())


def disseminate(
    kit: Kit, session_ref: str, reason: str, seminar: Seminar | None = None, *, item: Item | None = None
) -> Disseminated:
    """Write briefing, slides and training note of a signed-off session; with a seminar its invitations to every agency.

    What was changed by hand is kept beside the new one. ``item`` is the form by which it was done, if any. UsageProblem
    while the lessons are not confirmed, or without a reason.
    """
    session = kit.session(session_ref)
    sign_off = signed_off(kit, session_ref)
    if sign_off is None or not is_signed_off(kit.journal.events(session_ref)):
        raise UsageProblem(
            f"The lessons of {session_ref} are not confirmed yet.",
            not_happened=_NOT,
            next_step=f"When the QA Sub Committee has confirmed them: audit-kit sign-off {session_ref} --minute REF.",
        )
    require_reason(reason, "Passing lessons on", _NOT)
    content = sign_off.draft.content
    said = briefing(content, session, theme_of(kit, session), letterhead(kit), kit.clock.today())
    files = [*_learning(kit, session, said), *_training(kit, session, content)]
    if seminar is not None:
        files += _invitations(kit, session, said, seminar)
    aside = [kept_beside(f.path, old) for f in files if (old := changed_by_hand(kit, f.path)) is not None]
    codes = (("seminar", seminar.day.isoformat()),) if seminar else ()
    event = kit.event(
        EventKind.LEARNING_WRITTEN,
        session_ref,
        item=item.sha if item else "",
        note=kit.vault.keep_note(reason),
        codes=codes,
    )
    if item is not None:
        kit.vault.file_original(item.sha, session_papers(session_ref))
    batch = f"learning:{session_ref}:{event.at.isoformat()}"
    kit.carry_out(batch, [event], (*aside, *files), closes_item=item.sha if item else "")
    told = [f"It was changed by hand, so the earlier one lies beside it: outbox/{one.path}." for one in aside]
    return Disseminated(tuple(files), (*told, mail_part(kit, _RELEASE)))


def blank_form(kit: Kit, session: AuditSession) -> Output:
    """The form by which the lessons are passed on, for the team to fill in."""
    from audit_kit.office.laid_out_form import FormCover

    marks = {_SESSION: session.ref, _CODE: form_code(kit.tool_secret, "learning", session.ref)}
    cover = FormCover("learning", "Pass the lessons on", kit.config.board.name, session.ref, marks)
    return Output(_form_place(session.ref), form_written(kit, LEARNING, learning_form(), cover))


def take_learning(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned form: the same as the command. AuditKitError when it can't be taken; it may be dropped again."""
    from audit_kit.office.forms import mark_of

    ref = mark_of(book, _SESSION)
    if not is_session_ref(ref) or not is_right((mark_of(book, _CODE),), form_code(kit.tool_secret, "learning", ref)):
        raise AuditKitError(
            "This form for passing lessons on is none that the kit wrote.", where=place, not_happened=_NOT,
            next_step="Use the form in outbox/team.",
        )  # fmt: skip
    said = answers_of(
        book, learning_form(), "The form for passing lessons on", place, not_happened=_NOT,
        next_step=f"Do it with: audit-kit disseminate {ref} --reason WHY.", formulas_too=True,
    ).answers  # fmt: skip
    try:
        seminar = seminar_of(kit, *(said.get(name, "") for name in (DAY, START, PLACE)))
        result = disseminate(kit, ref, said.get(REASON, ""), seminar, item=item)
    except UsageProblem as problem:
        again = f"{problem.next_step} Save the form once more before you drop it again."
        raise AuditKitError(problem.what, where=place, not_happened=_NOT, next_step=again) from None
    kit.vault.unstage(item.sha)
    done.say(
        f"{ref}: {plural(len(result.files), 'draft')} for passing the lessons on: outbox/learning, outbox/agencies."
    )
    for sentence in result.told:
        done.say(sentence, for_a_person=sentence != mail_part(kit, _RELEASE))


def _form_place(session: str) -> str:
    return outputs.for_team(f"{session}_learning.xlsx")


def _learning(kit: Kit, session: AuditSession, said: Briefing) -> list[Output]:
    """Briefing and slides, and the mail by which the Board manager is asked to release them."""
    from audit_kit.office import letters
    from audit_kit.office.slides import write_slides

    slides = write_slides(
        kit.template(SLIDES), said, SLIDES, f"Seminar: {said.theme}", said.board, said.written_on
    )  # fmt: skip
    files = (
        (f"{session.ref}_briefing.docx", letters.briefing(kit.template("briefing.docx"), said)),
        (f"{session.ref}_seminar-slides.pptx", slides),
    )
    to = (kit.config.board.manager.email,)
    draft = mail_draft(
        kit, "briefing to release", to, files, session=session.ref, theme=said.theme, release=mail_part(kit, _RELEASE)
    )
    return [Output(outputs.learning(n), data) for n, data in (*files, (f"{session.ref}_briefing.eml", draft))]


def _training(kit: Kit, session: AuditSession, content: ReportContent) -> list[Output]:
    """The note on training with its mail draft; to whom it goes is for the team to fill in."""
    from audit_kit.office import letters
    from audit_kit.office.document import text_of
    from audit_kit.office.word_package import opened

    report = in_outbox(kit, papers_of(session.ref)[0].final)
    final = text_of(opened(report).element) if report else ""
    by = in_working_days(kit, _TO_ANSWER_DAYS)
    note = TrainingNote(
        letterhead(kit), session.ref, session.theme_title, training_needs(content, theme_of(kit, session)),
        still_said(content.training, final), by,
    )  # fmt: skip
    name = f"{session.ref}_training"
    paper = (f"{name}.docx", letters.training_note(kit.template("training_note.docx"), note))
    draft = mail_draft(kit, "training", (), (paper,), session=session.ref, due=in_words(by))
    return [Output(outputs.learning(n), data) for n, data in (paper, (f"{name}.eml", draft))]


def _invitations(kit: Kit, session: AuditSession, said: Briefing, seminar: Seminar) -> list[Output]:
    """One invitation for everybody, and a mail draft of it for each agency of the session."""
    from audit_kit.office import letters
    from audit_kit.office.calendar_file import write_appointments

    before = [e for e in kit.journal.events(session.ref) if e.kind is EventKind.LEARNING_WRITTEN and e.code("seminar")]
    entry = Appointment(
        f"{session.ref}/seminar", len(before), datetime.combine(seminar.day, seminar.start),
        datetime.combine(seminar.day, seminar.ends), f"{said.board_short} seminar: {said.theme}", seminar.place,
    )  # fmt: skip
    paper = letters.seminar_invitation(
        kit.template("seminar_invitation.docx"),
        SeminarInvitation(
            letterhead(kit), said.theme, seminar.day, f"{seminar.start:%H:%M}", f"{seminar.ends:%H:%M}", seminar.place,
            tuple(point.title for point in said.strengths), tuple(point.title for point in said.improvements),
        ),
    )  # fmt: skip
    calendar = write_appointments([entry], f"{session.ref} seminar", kit.config.board.email, kit.clock.now())
    name = f"{session.ref}_seminar"
    files = ((f"{name}.docx", paper), (f"{name}.ics", calendar))
    words = {"theme": said.theme, "day": in_words(seminar.day), "time": f"{seminar.start:%H:%M}"}
    drafts = [
        Output(
            outputs.for_agency(agency.code, f"{session.ref}_{agency.code}_seminar.eml"),
            mail_draft(kit, "seminar", (agency.lead.email,), files, **words),
        )
        for agency in session.agencies
    ]
    return [*(Output(outputs.learning(n), data) for n, data in files), *drafts]
