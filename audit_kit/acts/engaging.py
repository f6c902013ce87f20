"""Children, young people, parents and carers are asked for feedback: invitations, and what came of each.

Papers name a reference and a role, never a person. Whether somebody is a younger or an older child is looked up in the
register, and the form alone shows it.

Source: Multi-Agency Case Audit Process (Sept 2017), "Multi-agency case audit process": "Children and young people /
parents / carers to be engaged as appropriate."
"""

from __future__ import annotations

from datetime import date

from audit_kit.acts.case_names import anonymiser_of, roster_kept
from audit_kit.acts.mailing import mail_draft, mail_part
from audit_kit.acts.papers import in_working_days
from audit_kit.domain import outputs
from audit_kit.domain.check_code import form_code
from audit_kit.domain.dates import read_date
from audit_kit.domain.engagement import ASK_AFTER_ALL, RESULTS, EngagementProgress, FamilyRef, engagement_of
from audit_kit.domain.feedback_form import OLDER_CHILD, OLDER_FROM, PARENT, YOUNG_CHILD, FeedbackForm
from audit_kit.domain.letters import FamilyInvitation, FeedbackPaper
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.register import ROLE_LABELS, SUBJECT_CHILD
from audit_kit.domain.scales import chosen
from audit_kit.domain.session import AuditSession
from audit_kit.domain.working_days import in_words
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit

_CHILDREN = (SUBJECT_CHILD, "sibling")
_ADULT_FROM = 18


def engagement(kit: Kit, session: AuditSession) -> dict[FamilyRef, EngagementProgress]:
    """Every decision of this session with what came of it."""
    return engagement_of(session, kit.journal.events(session.ref))


def invite(kit: Kit, session: AuditSession) -> tuple[FamilyRef, ...]:
    """Write invitation and feedback form for everybody who can be asked and was not invited yet: drafts, for who asks."""
    invited = []
    for one in engagement(kit, session).values():
        if one.invited or not one.can_be_asked:
            continue
        forms = _forms_for(kit, session, one)
        event = _event(kit, EventKind.FAMILY_INVITED, one.ref, ("forms", " ".join(form.kind for form in forms)))
        kit.carry_out(f"invite:{one.ref}", [event], _papers(kit, session, one, forms))
        invited.append(one.ref)
    return tuple(invited)


def record(kit: Kit, ref: FamilyRef, result: str, reason: str) -> str:
    """Record what came of one decision, with who said so and why. UsageProblem when it stands so already.

    Somebody who can be asked after all gets an invitation.
    """
    session = kit.session(ref.session)
    one = engagement(kit, session).get(ref)
    wanted = chosen(result, RESULTS)
    if one is None or wanted is None or not reason.strip():
        raise UsageProblem(
            f"There is no decision {ref}." if one is None else
            f"A result is one of: {', '.join(RESULTS)}." if wanted is None else "A result is recorded with a reason.",
            not_happened="Nothing was recorded.",
            next_step=f"See audit-kit engagement list {ref.session} for the decisions, and say with --reason who told you what.",
        )  # fmt: skip
    if one.result == wanted and one.result_on:
        raise UsageProblem(
            f"{ref} stands at “{wanted}” already, since {in_words(one.result_on)}, recorded by {one.by}.",
            not_happened="Nothing was recorded twice.",
            next_step="Nothing needs to be done.",
        )
    event = result_event(kit, one, wanted, reason)
    kit.carry_out(f"engagement:{ref}:{event.at.isoformat()}", [event])
    if wanted == ASK_AFTER_ALL:
        invite(kit, session)
    return f"{ref} ({one.decided.who}) stands at: {wanted}."


def result_event(kit: Kit, one: EngagementProgress, result: str, reason: str, item: str = "") -> Event:
    """The event that records a result. ``item``: the form by which it came; the reason is kept sealed."""
    return _event(
        kit, EventKind.ENGAGEMENT_RECORDED, one.ref, ("result", result), item=item, note=kit.vault.keep_note(reason)
    )


def issued_form(ref: FamilyRef, kind: str) -> str:
    """Under what name a form is kept as it went out: to tell what somebody typed from what it said."""
    return f"feedback-forms/{ref.session}/{ref.case}/F{ref.number}-{kind}"


def _event(kit: Kit, kind: EventKind, ref: FamilyRef, *codes: tuple[str, str], item: str = "", note: str = "") -> Event:
    return kit.event(
        kind, ref.session, ref.case, item=item, codes=(("family", str(ref.number)), *codes), note=note
    )  # fmt: skip


def _forms_for(kit: Kit, session: AuditSession, one: EngagementProgress) -> tuple[FeedbackForm, ...]:
    """The form for this person's age; both forms for children when the register leaves the age open."""
    role = next((role for role, label in ROLE_LABELS.items() if label == one.decided.who), "")
    if role not in _CHILDREN:
        return (PARENT,)
    people = [
        person
        for person in kit.register_of(session.ref, one.ref.case, "age for a feedback form").people
        if person.role == role
    ]
    days = [read_date(person.dob) for person in people]
    if not days or None in days:
        return (YOUNG_CHILD, OLDER_CHILD)
    ages = [_age(day, kit.clock.today()) for day in days if day]
    wanted = [form for form, fits in (
        (YOUNG_CHILD, any(age < OLDER_FROM for age in ages)),
        (OLDER_CHILD, any(OLDER_FROM <= age < _ADULT_FROM for age in ages)),
        (PARENT, any(age >= _ADULT_FROM for age in ages)),
    ) if fits]  # fmt: skip
    return tuple(wanted)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _papers(kit: Kit, session: AuditSession, one: EngagementProgress, forms: tuple[FeedbackForm, ...]) -> list[Output]:
    """The invitation, the form and a mail draft to whoever asks; no address, since a role has none."""
    from audit_kit.office import letters

    ref, board, due = one.ref, kit.config.board, _due(kit, session)
    asked_by = _asked_by(kit, one)
    files: list[tuple[str, bytes]] = []
    for form in forms:
        invitation = letters.family_invitation(
            form, kit.template(form.invitation),
            FamilyInvitation(board.name, board.short_name, board.email, str(ref), asked_by, due, kit.clock.today()),
        )  # fmt: skip
        paper = letters.feedback_paper(
            form,
            kit.template(form.template),
            FeedbackPaper(board.name, board.email, str(ref), due),
            _marks(kit, ref, form),
        )
        kit.vault.put_bytes(issued_form(ref, form.kind), paper)
        files.append((f"{ref.file_stem}_invitation_{_audience(form)}.docx", invitation))
        files.append((f"{ref.file_stem}_feedback_{form.kind}.docx", paper))
    files = list(dict(files).items())  # two forms for children share one invitation
    draft = mail_draft(
        kit, "feedback", (), files, audit=str(ref), case=ref.case, asked_by=asked_by, who=one.decided.who, due=in_words(due),
        which_form=mail_part(kit, "feedback: several forms") if len(forms) > 1 else "",
    )  # fmt: skip
    written = [(name, data) for name, data in files] + [(f"{ref.file_stem}_invitation.eml", draft)]
    return [Output(outputs.for_team(f"engagement/{name}"), data) for name, data in written]


def _audience(form: FeedbackForm) -> str:
    return form.invitation.removeprefix("invitation_").removesuffix(".docx")


def _due(kit: Kit, session: AuditSession) -> date:
    """The day on which the tools are due, or so long from now as an agency has, if that has passed."""
    today = kit.clock.today()
    return session.dates.due if session.dates.due > today else in_working_days(kit, kit.config.calendar.response_days)


def _asked_by(kit: Kit, one: EngagementProgress) -> str:
    """Who asks, as a role; the plan is typed by hand, so a name that stands in it is taken out."""
    typed = one.decided.asked_by.strip() or "person who gave you this"
    ref = one.ref
    anonymiser = anonymiser_of(kit, ref.session, ref.case, "invitation", roster_kept(kit, ref.session, ref.case))
    return anonymiser.mask(typed).with_doubts_hidden()


def _marks(kit: Kit, ref: FamilyRef, form: FeedbackForm) -> tuple[tuple[str, str], ...]:
    bound = (ref.session, ref.case, str(ref.number), form.kind)
    names = ("audit_kit_session", "audit_kit_case", "audit_kit_family", "audit_kit_feedback")
    return (*zip(names, bound, strict=True), ("audit_kit_code", form_code(kit.tool_secret, "feedback", *bound)))
