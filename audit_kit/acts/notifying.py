"""First step to the agencies: letter, identity slip, involvement form, each with its mail draft.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The CHSCB Team will be responsible for
notifying agencies of cases to be audited and there will be an obligation on all agencies to review their
involvement with the case within a defined time period."
"""

from __future__ import annotations

from datetime import date, timedelta

from audit_kit.acts.calendars import agency_calendar, attached
from audit_kit.acts.engaging import invite
from audit_kit.acts.involvement import form_for
from audit_kit.acts.mailing import mail_draft, mail_part
from audit_kit.acts.papers import in_scope, letterhead
from audit_kit.acts.passwords import password_for
from audit_kit.acts.small_forms import INVOLVEMENT, form_written
from audit_kit.domain import outputs
from audit_kit.domain.letters import CaseLine, IdentitySlip, NotificationLetter, SlipCase, SlipPerson
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.references import area_of
from audit_kit.domain.register import ROLE_LABELS, SUBJECT_CHILD, Person
from audit_kit.domain.session import AskedAgency, AuditSession, Case
from audit_kit.domain.working_days import in_words
from audit_kit.kit import Kit
from audit_kit.stages.words import day, sentence

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
    from audit_kit.office import letters

    stem = f"{session.ref}_{agency.code}"
    with_form = kit.config.calendar.involvement_check == "first"
    letter = letters.notification_letter(
        kit.template("notification_letter.docx"), _letter(kit, session, agency, cases, with_form)
    )
    files = [(f"{stem}_notification.docx", letter)]
    if with_form:
        files.append((f"{stem}_involvement.xlsx", _involvement_form(kit, session, agency)))
    calendar = agency_calendar(kit, session, agency.code, asked) if with_form else ()
    return [
        *calendar,
        *(Output(outputs.for_agency(agency.code, name), data) for name, data in files),
        Output(
            outputs.for_agency(agency.code, f"{stem}_notification.eml"),
            _covering_mail(kit, session, agency, with_form, (*files, *attached(calendar))),
        ),
        *_protected_slip(kit, session, agency, cases),
    ]


def _involvement_form(kit: Kit, session: AuditSession, agency: AskedAgency) -> bytes:
    from audit_kit.office.laid_out_form import FormCover

    cover = FormCover(
        kind="involvement",
        title="Did you know these families?",
        board=kit.config.board.name,
        reference=f"{session.ref} {agency.code}",
        marks={"audit_kit_session": session.ref, "audit_kit_agency": agency.code},
    )
    dates = session.dates
    words = {
        "agency": agency.name,
        "due": in_words(dates.involvement_due),
        "from": in_words(dates.window_start),
        "to": in_words(dates.window_end),
    }
    return form_written(kit, INVOLVEMENT, form_for(session, agency.code), cover, words)


def _covering_mail(
    kit: Kit, session: AuditSession, agency: AskedAgency, with_form: bool, attachments: tuple[tuple[str, bytes], ...]
) -> bytes:
    due = in_words(session.dates.involvement_due)
    form = mail_part(kit, "notification: form", due=due) if with_form else ""
    return mail_draft(
        kit,
        "notification",
        (agency.lead.email,),
        attachments,
        session=session.ref,
        code=agency.code,
        form_to_return=form,
    )


def _protected_slip(
    kit: Kit, session: AuditSession, agency: AskedAgency, cases: tuple[Case, ...]
) -> tuple[Output, Output]:
    """The identity slip under the agency's password, and the mail draft that carries it alone."""
    from audit_kit.office import letters
    from audit_kit.office.protect import protect

    slip = protect(
        letters.identity_slip(kit.template("identity_slip.docx"), _slip(kit, session, agency, cases)),
        password_for(kit, session.ref, agency.code),
    )
    name = f"{session.ref}_{agency.code}_identity-slip"
    letter = mail_draft(
        kit, "identity slip", (agency.lead.email,), ((f"{name}.docx", slip),), session=session.ref, code=agency.code
    )
    return (
        Output(outputs.restricted_for_agency(agency.code, f"{name}.docx"), slip),
        Output(outputs.restricted_for_agency(agency.code, f"{name}.eml"), letter),
    )


def _letter(
    kit: Kit, session: AuditSession, agency: AskedAgency, cases: tuple[Case, ...], with_form: bool
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
        involvement_check=with_form,
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
