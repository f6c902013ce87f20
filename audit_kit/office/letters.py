"""The letters, notes and family papers of an audit session as Word files, from the team's own templates.

Each is one template and one model of ``domain.letters``: what a template prints is exactly the model's fields,
so a template that forgets one is at fault as much as one that asks for more (``word_templates``).

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach" and "Confidentiality and consent".
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from audit_kit.domain.feedback_form import FORMS, FeedbackForm
from audit_kit.domain.follow_up import PlanReview
from audit_kit.domain.learning import Briefing, SeminarInvitation, TrainingNote
from audit_kit.domain.letters import (
    AcceptanceReceipt,
    AgencyActions,
    EscalationNotice,
    FamilyInvitation,
    FeedbackPaper,
    IdentitySlip,
    MeetingBrief,
    MeetingInvitation,
    NotificationLetter,
    PractitionerNote,
    SendBackLetter,
    SetAsideNote,
)
from audit_kit.domain.working_days import in_words
from audit_kit.office.document import fields_of, render
from audit_kit.office.word_package import Properties

#: dates that somebody must meet: written with their weekday, so that they are read as a day at work
_TO_MEET = ("involvement_due", "due", "destroy_after", "meets_on", "answer_by")
_UNDATED = date(2000, 1, 1)  # a slip says when to destroy it, not when it was written; its file must say something
EXAMPLE_DAY = date(2026, 3, 13)


@dataclass(frozen=True)
class Letter:
    """One kind of letter: the model that fills it and how messages call it."""

    model: type
    makes: str  # "notification letter"


#: template file → what fills it
TEMPLATES: Mapping[str, Letter] = MappingProxyType(
    {
        "notification_letter.docx": Letter(NotificationLetter, "notification letter"),
        "identity_slip.docx": Letter(IdentitySlip, "identity slip"),
        "send_back_letter.docx": Letter(SendBackLetter, "send-back letter"),
        "escalation_notice.docx": Letter(EscalationNotice, "escalation notice"),
        "set_aside_note.docx": Letter(SetAsideNote, "set-aside note"),
        "acceptance_receipt.docx": Letter(AcceptanceReceipt, "acceptance receipt"),
        "agency_actions.docx": Letter(AgencyActions, "list of the agency's actions"),
        "practitioner_note.docx": Letter(PractitionerNote, "note for practitioners"),
        "meeting_invitation.docx": Letter(MeetingInvitation, "invitation to the meeting"),
        "meeting_brief.docx": Letter(MeetingBrief, "brief for the chair"),
        "briefing.docx": Letter(Briefing, "briefing"),
        "seminar_invitation.docx": Letter(SeminarInvitation, "invitation to the seminar"),
        "training_note.docx": Letter(TrainingNote, "note on training"),
        "plan_review.docx": Letter(PlanReview, "review of the action plan"),
        **dict.fromkeys((form.invitation for form in FORMS.values()), Letter(FamilyInvitation, "invitation")),
        **{form.template: Letter(FeedbackPaper, "feedback form") for form in FORMS.values()},
    }
)


def notification_letter(template: bytes, letter: NotificationLetter) -> bytes:
    """The letter that tells an agency which cases are audited and by when, without saying who the families are.

    AuditKitError when the template can't be filled in; nothing is written then. The same input gives the same
    bytes. Source: "The CHSCB Team will be responsible for notifying agencies of cases to be audited".
    """
    title = f"Notification of cases to be audited: {letter.session}"
    return _written("notification_letter.docx", template, letter, title, letter.head.board, letter.head.written_on)


def identity_slip(template: bytes, slip: IdentitySlip) -> bytes:
    """The slip that says who stands behind each case reference. It holds names: write it password-protected only.

    AuditKitError when the template can't be filled in. Source: "Names of the subject child / family members
    will be anonymised in all paperwork", so that they stand in this one file, apart from everything else.
    """
    return _written("identity_slip.docx", template, slip, f"Identity slip {slip.number}", slip.board, _UNDATED)


def send_back_letter(template: bytes, letter: SendBackLetter) -> bytes:
    """The letter that goes with an audit which is sent back: thanks, and everything that is asked, at once.

    AuditKitError when the template can't be filled in. Source: "the audits will be quality assured by the LSCB
    and returned if they are not sufficiently robust, or comprehensive".
    """
    title = f"Audit tool sent back: {letter.audit}"
    return _written("send_back_letter.docx", template, letter, title, letter.head.board, letter.head.written_on)


def escalation_notice(template: bytes, notice: EscalationNotice) -> bytes:
    """The notice of a concern, by reference only: to the head of the agency, or to the Board manager.

    AuditKitError when the template can't be filled in. Source: "this information is escalated to the respective
    agencies for a response and assurance".
    """
    title = f"URGENT: {notice.reference}"
    return _written("escalation_notice.docx", template, notice, title, notice.head.board, notice.head.written_on)


def set_aside_note(template: bytes, note: SetAsideNote) -> bytes:
    """The note to the Board's team about a received file that a person must look at.

    AuditKitError when the template can't be filled in. Source: audits are "returned if they are not sufficiently
    robust, or comprehensive"; what can't even be read is neither, and is never returned unseen.
    """
    title = f"Set aside: file {note.item}"
    return _written("set_aside_note.docx", template, note, title, note.head.board, note.head.written_on)


def acceptance_receipt(template: bytes, receipt: AcceptanceReceipt) -> bytes:
    """The receipt that an agency keeps: its audit was accepted, and what remains its own to do.

    AuditKitError when the template can't be filled in. Source: "There is an expectation that single-agency
    audits are securely stored on file for future access."
    """
    title = f"Audit accepted: {receipt.audit}"
    return _written("acceptance_receipt.docx", template, receipt, title, receipt.head.board, receipt.head.written_on)


def agency_actions(template: bytes, listed: AgencyActions) -> bytes:
    """The agency's own actions about one case, to be progressed by the agency.

    AuditKitError when the template can't be filled in. Source: "Case specific actions are progressed by single
    agencies".
    """
    title = f"Actions: {listed.audit}"
    return _written("agency_actions.docx", template, listed, title, listed.head.board, listed.head.written_on)


def practitioner_note(template: bytes, note: PractitionerNote) -> bytes:
    """What the audit learnt, for the practitioners who were involved; by reference only.

    AuditKitError when the template can't be filled in. Source: "The learning from audits will be fed back to staff
    members/clinicians with the intention of strengthening safeguarding practice."
    """
    title = f"Note for practitioners: {note.audit}"
    return _written("practitioner_note.docx", template, note, title, note.head.board, note.head.written_on)


def meeting_invitation(template: bytes, invitation: MeetingInvitation) -> bytes:
    """The invitation to the multi-agency meeting, for an agency's lead to pass on to the staff who knew the family.

    AuditKitError when the template can't be filled in. Source: "a multi-agency meeting scheduled with agency leads
    and front-line staff to review the practice and agree findings and recommendations".
    """
    title = f"Invitation to the multi-agency meeting: {invitation.session}"
    head = invitation.head
    return _written("meeting_invitation.docx", template, invitation, title, head.board, head.written_on)


def meeting_brief(template: bytes, brief: MeetingBrief) -> bytes:
    """What the chair should know of each case before the meeting. AuditKitError when the template can't be filled in.

    Source: "This meeting will be independently chaired by a member of CHSCB to ensure scrutiny, rigor and challenge".
    """
    title = f"Brief for the chair: {brief.session}"
    return _written("meeting_brief.docx", template, brief, title, brief.head.board, brief.head.written_on)


def briefing(template: bytes, said: Briefing) -> bytes:
    """The briefing for front-line staff: public, systemic findings alone. AuditKitError when it can't be filled in.

    Source: "disseminated through the CHSCB website / specific briefing newsletters".
    """
    return _written("briefing.docx", template, said, f"Briefing: {said.theme}", said.board, said.written_on)


def seminar_invitation(template: bytes, said: SeminarInvitation) -> bytes:
    """The invitation to the lunch-time seminar, for every agency to pass on. AuditKitError when it can't be filled in.

    Source: "defined lunch-time seminars as appropriate".
    """
    title = f"Invitation to the seminar: {said.theme}"
    return _written("seminar_invitation.docx", template, said, title, said.head.board, said.head.written_on)


def training_note(template: bytes, note: TrainingNote) -> bytes:
    """What training may have to take up, for whoever plans it. AuditKitError when it can't be filled in.

    Source: "Themes and learning are embedded in multi- and single agency training."
    """
    title = f"For training: {note.session}"
    return _written("training_note.docx", template, note, title, note.head.board, note.head.written_on)


def plan_review(template: bytes, review: PlanReview) -> bytes:
    """How the action plan stands, for the QA Sub Committee. AuditKitError when the template can't be filled in.

    Source: "The QA Sub Committee will monitor progress of these plans."
    """
    title = f"Review of the action plan: {review.session}"
    return _written("plan_review.docx", template, review, title, review.head.board, review.head.written_on)


def family_invitation(form: FeedbackForm, template: bytes, invitation: FamilyInvitation) -> bytes:
    """The words that go with a feedback form. AuditKitError when the template can't be filled in.

    Source: "Children and young people / parents / carers to be engaged as appropriate."
    """
    title = f"We would like to hear from you: {invitation.reference}"
    return _written(form.invitation, template, invitation, title, invitation.board, invitation.written_on)


def feedback_paper(
    form: FeedbackForm, template: bytes, paper: FeedbackPaper, marks: tuple[tuple[str, str], ...]
) -> bytes:  # fmt: skip
    """One feedback form. ``marks``: by which it is known when it comes back. AuditKitError for a faulty template."""
    title = f"Your view counts: {paper.reference}"
    return _written(form.template, template, paper, title, paper.board, _UNDATED, "feedback", marks)


def _written(
    name: str, template: bytes, letter: object, title: str, board: str, written_on: date,
    form: str = "letter", marks: tuple[tuple[str, str], ...] = (),
) -> bytes:  # fmt: skip
    context = {
        field: in_words(value) if field in _TO_MEET and isinstance(value, date) else value
        for field, value in fields_of(letter).items()
    }
    properties = Properties(title=title, author=board, written_on=written_on, form=form, marks=marks)
    return render(template, context, name=name, makes=TEMPLATES[name].makes, properties=properties)


def filled_in(name: str, template: bytes, letter: object) -> bytes:
    """One of the letters by its template's name, filled in to be looked at. AuditKitError as for each of them."""
    title = TEMPLATES[name].makes
    return _written(name, template, letter, title[:1].upper() + title[1:], "", EXAMPLE_DAY)


# -- to try and to preview a template ------------------------------------------------------------------------


def example_of(model: type) -> Any:
    """A letter with every field filled in, each text saying which field it is: to try and to preview a template."""
    values = {date: EXAMPLE_DAY, bool: True, int: 2}
    hints = typing.get_type_hints(model)
    return model(**{field.name: _example(field.name, hints[field.name], values) for field in fields(model)})


def _example(name: str, hint: Any, values: Mapping[type, Any]) -> Any:
    if typing.get_origin(hint) is tuple:
        return (_example(name, typing.get_args(hint)[0], values),) * 2
    return example_of(hint) if isinstance(hint, type) and is_dataclass(hint) else values.get(hint, f"[{name}]")
