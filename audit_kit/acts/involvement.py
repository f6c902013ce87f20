"""First step to the agencies: letter, identity slip, involvement form; and what the form says when it is back.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The CHSCB Team will be responsible for
notifying agencies of cases to be audited and there will be an obligation on all agencies to review their
involvement with the case within a defined time period."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from audit_kit.acts.allocating import AUDITOR, recorded
from audit_kit.acts.calendars import agency_calendar, attached
from audit_kit.acts.cross_checks import contradict_nil_answers
from audit_kit.acts.engagement_papers import keep_advice
from audit_kit.acts.engaging import invite
from audit_kit.acts.papers import in_scope, letterhead
from audit_kit.acts.passwords import password_for
from audit_kit.domain import outputs
from audit_kit.domain.involvement_form import involvement_form
from audit_kit.domain.letters import CaseLine, IdentitySlip, MailDraft, NotificationLetter, SlipCase, SlipPerson
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.references import AuditRef, area_of, is_session_ref
from audit_kit.domain.register import ROLE_LABELS, SUBJECT_CHILD, Person
from audit_kit.domain.returns import RosterEntry
from audit_kit.domain.scales import INVOLVED, INVOLVEMENT, chosen
from audit_kit.domain.session import AskedAgency, AuditSession, Case
from audit_kit.domain.states import AuditState
from audit_kit.domain.tool import AuditTool
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit, session_papers
from audit_kit.stages.words import day, sentence
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText

_SLIP_KEPT_DAYS = 90  # how long after the tools are due an agency may still need to look a family up

#: whom an agency is asked about → the roles of the register that its slip may name
_SUBJECT_ROLES = {
    "child": (SUBJECT_CHILD, "unborn"),
    "siblings": ("sibling",),
    "mother": ("mother", "stepmother"),
    "parents": (
        "mother",
        "father",
        "stepmother",
        "stepfather",
        "mothers_partner",
        "fathers_partner",
        "carer",
        "foster_carer",
    ),
}


def notify(kit: Kit, session_ref: str) -> tuple[str, ...]:
    """Write letter, slip and involvement form for every agency that was not notified yet. Gives their codes.

    With them go the invitations to those of the families who can be asked for feedback (``engaging``). An agency that was notified before is left alone: running this twice does no harm.
    """
    session = kit.session(session_ref)
    notified = {audit.agency for audit in kit.progress(session_ref)}
    written = []
    for agency in session.agencies:
        cases = tuple(case for case in session.cases if agency.code in case.agencies)
        if agency.code in notified or not cases:
            continue
        asked = [
            kit.event(
                EventKind.ASKED, session.ref, case.ref, agency.code, round=1,
                codes=(("due", session.dates.involvement_due.isoformat()),),
            )
            for case in cases
        ]  # fmt: skip
        kit.carry_out(f"notify:{session.ref}:{agency.code}", asked, _papers(kit, session, agency, cases, asked))
        written.append(agency.code)
    invite(kit, session)
    return tuple(written)


def _papers(
    kit: Kit, session: AuditSession, agency: AskedAgency, cases: tuple[Case, ...], asked: list[Event]
) -> list[Output]:
    """The letter and form with their mail draft; the slip, protected, with a mail draft of its own."""
    from audit_kit.office import letters, mail
    from audit_kit.office.form_workbook import FormCover, write_form
    from audit_kit.office.protect import protect

    stem = f"{session.ref}_{agency.code}"
    first = kit.config.calendar.involvement_check == "first"
    letter = letters.notification_letter(
        kit.template("notification_letter.docx"), _letter(kit, session, agency, cases, first)
    )
    form = form_for(session, agency.code)
    due = session.dates.involvement_due
    cover = FormCover(
        kind="involvement",
        title="Did you know these families?",
        board=kit.config.board.name,
        reference=f"{session.ref} {agency.code}",
        lines=(
            f"For {agency.name}. Please return this form by {in_words(due)}: it takes two minutes.",
            f"The review period is {in_words(session.dates.window_start)} to {in_words(session.dates.window_end)}.",
            "The identity slip, which comes separately, says who stands behind each case reference.",
            f"Save this workbook and send it to {kit.config.board.email}. Keep it as .xlsx.",
            f"If anything worries you today, ring {kit.config.board.urgent_phone} before you write.",
        ),
        marks={"audit_kit_session": session.ref, "audit_kit_agency": agency.code},
    )
    workbook = write_form(form, cover, {})
    slip = protect(
        letters.identity_slip(kit.template("identity_slip.docx"), _slip(kit, session, agency, cases)),
        password_for(kit, session.ref, agency.code),
    )
    files = ((f"{stem}_notification.docx", letter), (f"{stem}_involvement.xlsx", workbook)) if first else (
        (f"{stem}_notification.docx", letter),)  # fmt: skip
    text = (
        f"Please find attached the Board's notification of audit session {session.ref}"
        + (f" and a short form to return by {in_words(due)}" if first else "")
        + ".\n\nThe identity slip follows in a separate message; its password comes by telephone."
    )
    slip_text = (
        f"Attached is the identity slip for audit session {session.ref}. It opens with your agency's password for this "
        "session, which comes by telephone. Keep it apart from everything else, and destroy it as it says."
    )
    slip_name = f"{stem}_identity-slip.docx"
    to = (agency.lead.email,)
    calendar = agency_calendar(kit, session, agency.code, asked) if first else ()
    return [
        *calendar,
        *(Output(outputs.for_agency(agency.code, name), data) for name, data in files),
        Output(
            outputs.for_agency(agency.code, f"{stem}_notification.eml"),
            mail.draft(
                MailDraft(
                    to,
                    f"{session.ref} {agency.code} – notification of cases to be audited",
                    text,
                    (*files, *attached(calendar)),
                )
            ),
        ),
        Output(outputs.restricted_for_agency(agency.code, slip_name), slip),
        Output(
            outputs.restricted_for_agency(agency.code, f"{stem}_identity-slip.eml"),
            mail.draft(MailDraft(to, f"{session.ref} {agency.code} – separate file", slip_text, ((slip_name, slip),))),
        ),
    ]


def _letter(
    kit: Kit, session: AuditSession, agency: AskedAgency, cases: tuple[Case, ...], first: bool
) -> NotificationLetter:
    subjects = in_scope(agency) or "the family"
    return NotificationLetter(
        head=letterhead(kit),
        session=session.ref,
        theme=session.theme_title,
        why_chosen=sentence(session.why_chosen),
        agency=agency.name,
        agency_code=agency.code,
        lead=agency.lead.name,
        cases=tuple(CaseLine(case.ref, kit.config.areas[area_of(case.ref)].name, subjects) for case in cases),
        window_start=session.dates.window_start,
        window_end=session.dates.window_end,
        involvement_due=session.dates.involvement_due,
        due=session.dates.due,
        involvement_check=first,
    )


def _slip(kit: Kit, session: AuditSession, agency: AskedAgency, cases: tuple[Case, ...]) -> IdentitySlip:
    """Whom this agency looks up: only the people that its scope covers, and always the child to know the case by."""
    return IdentitySlip(
        board=kit.config.board.name,
        session=session.ref,
        agency=agency.name,
        agency_code=agency.code,
        number=f"{session.ref}/{agency.code}/1",
        destroy_after=session.dates.due + timedelta(days=_SLIP_KEPT_DAYS),
        urgent_phone=kit.config.board.urgent_phone,
        chain_head=letterhead(kit).chain_head,
        cases=tuple(
            SlipCase(
                case.ref,
                tuple(
                    _slip_person(person)
                    for person in kit.register_of(session.ref, case.ref, "identity slip").people
                    if person.role in _roles_for(agency)
                ),
            )
            for case in cases
        ),
    )


def _roles_for(agency: AskedAgency) -> frozenset[str]:
    if "household" in agency.subjects:
        return frozenset(ROLE_LABELS)
    scopes = (*_SUBJECT_ROLES["child"], *(role for scope in agency.subjects for role in _SUBJECT_ROLES.get(scope, ())))
    return frozenset(scopes)


def _slip_person(person: Person) -> SlipPerson:
    numbers = (
        f"NHS {person.nhs_number}" if person.nhs_number else "",
        f"UPN {person.upn}" if person.upn else "",
        f"NI {person.ni_number}" if person.ni_number else "",
    )
    try:
        born = day(date.fromisoformat(person.dob)) if person.dob else ""
    except ValueError:
        born = person.dob
    return SlipPerson(
        role=ROLE_LABELS.get(person.role, person.role),
        name=person.name,
        also_known_as=", ".join(person.aliases),
        born=born,
        numbers=", ".join(filter(None, numbers)),
        address=", ".join(filter(None, (person.address, person.postcode))),
        school=", ".join(filter(None, (person.school, person.nursery))),
    )


def form_for(session: AuditSession, agency: str) -> AuditTool:
    """The involvement form of an agency in a session."""
    return involvement_form(agency, tuple(case.ref for case in session.cases if agency in case.agencies))


def take_involvement(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned involvement form: who was involved, and a nil answer, which is worth as much.

    Rows left blank stay asked. Its concern, if it raises one, went out before this.
    """
    from audit_kit.office.forms import read_answers

    session, agency = _named(kit, book, place)
    cases = tuple(case.ref for case in session.cases if agency in case.agencies)
    read = read_answers(book, form_for(session, agency))
    if read.damage:
        raise AuditKitError(
            f"The involvement form of {agency} came back damaged: {'; '.join(read.damage)}.",
            where=place,
            not_happened="No answer was taken from it.",
            next_step="Ask the agency to answer on a fresh form; it takes two minutes.",
        )
    said = {case: chosen(read.answers.get(f"known.{case}.known", ""), INVOLVEMENT) for case in cases}
    for too_late in _came_too_late(kit, session, agency, said):
        done.say(too_late, for_a_person=True)
    events = _events(kit, session, agency, item, said)
    allocated, files = _allocations(kit, session, agency, read.answers, said)
    for case in cases:
        keep_advice(kit, session.ref, case, agency, read.answers.get(f"known.{case}.engagement", ""))
    kit.vault.file_original(item.sha, session_papers(session.ref))
    kit.carry_out(f"item:{item.sha}:{item.turn}", [*events, *allocated], files, closes_item=item.sha)
    kit.vault.unstage(item.sha)
    for told in contradict_nil_answers(kit, session.ref, cases):
        done.say(told, for_a_person=True)
    involved = sum(answer == INVOLVED for answer in said.values())
    blank = sum(answer is None for answer in said.values())
    left = f", {blank} not answered yet" if blank else ""
    done.say(
        f"{session.ref} {agency}: involved in {involved}, not involved in {len(said) - involved - blank} of {len(said)} cases{left}.",
        for_a_person=blank > 0,
    )


def _events(kit: Kit, session: AuditSession, agency: str, item: Item, said: dict[str, str | None]) -> list[Event]:
    """What the form says about each case that is still only asked; later answers come with the tool."""
    progress = kit.progress(session.ref)
    events = []
    for case, answer in said.items():
        asked = progress.get(AuditRef(session.ref, case, agency))
        if answer is None or asked is None or asked.state is not AuditState.ASKED:
            continue
        kind = EventKind.INVOLVEMENT_YES if answer == INVOLVED else EventKind.NO_INVOLVEMENT
        events.append(kit.event(kind, session.ref, case, agency, round=1, item=item.sha))
    return events


def _came_too_late(kit: Kit, session: AuditSession, agency: str, said: Mapping[str, str | None]) -> Iterator[str]:
    """What the form says otherwise than what has been decided meanwhile: it changes nothing, and a person is told."""
    progress = kit.progress(session.ref)
    for case, answer in said.items():
        asked = progress.get(AuditRef(session.ref, case, agency))
        if answer is None or asked is None or asked.state is AuditState.ASKED:
            continue
        if asked.state is AuditState.NO_INVOLVEMENT and answer == INVOLVED:
            yield (
                f"{asked.audit}: the form says that the agency was involved, after it had answered with no involvement. Nothing "
                f"was changed; to send it the tool: audit-kit reopen {asked.audit} --reason ..."
            )
        elif asked.state is not AuditState.NO_INVOLVEMENT and answer != INVOLVED:
            yield (
                f"{asked.audit}: the form says that the agency was not involved, but its tool is out. Nothing was changed; ask "
                "the agency to say so in the tool, on its sheet Involvement: that is a full answer."
            )


def _allocations(
    kit: Kit, session: AuditSession, agency: str, answers: Mapping[str, str], said: Mapping[str, str | None]
) -> tuple[list[Event], list[Output]]:
    """Seal the names of those to whom the audits were given, before any return names them."""
    progress = kit.progress(session.ref)
    events: list[Event] = []
    files: list[Output] = []
    for case, answer in said.items():
        name = answers.get(f"known.{case}.auditor", "").strip()
        asked = progress.get(AuditRef(session.ref, case, agency))
        if name and asked is not None and answer == INVOLVED:
            role = answers.get(f"known.{case}.auditor_role", "").strip()
            more_events, more_files = recorded(kit, asked, RosterEntry(agency, name, role, AUDITOR))
            events += more_events
            files += more_files
    return events, files


def _named(kit: Kit, book: WorkbookText, place: str) -> tuple[AuditSession, str]:
    """The session and agency that the form names, in its properties or in its defined names."""
    from audit_kit.office.forms import mark_of

    ref, agency = mark_of(book, "audit_kit_session"), mark_of(book, "audit_kit_agency")
    session = kit.session(ref) if is_session_ref(ref) else None
    if session is None or session.agency(agency) is None:
        raise AuditKitError(
            "The involvement form names no agency or session that was asked.",
            where=place,
            not_happened="No answer was taken from it.",
            next_step="Ask the sender to answer on the form that came with their letter.",
        )
    return session, agency
