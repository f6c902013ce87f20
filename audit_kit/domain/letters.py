"""What each letter and form says: one model a template, whose placeholders are exactly these fields.

Dates are ``date`` values; letters write them in words. No field of any of these holds a family's name, but
for ``IdentitySlip``, which is always written password-protected.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach" and "Confidentiality and consent".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Letterhead:
    """Who writes: the same on every letter."""

    board: str  # "City & Hackney Safeguarding Children Board"
    board_short: str
    board_email: str
    urgent_phone: str
    manager: str  # the Board manager
    legal_basis: str
    written_on: date
    chain_head: str  # first 12 characters of the journal's newest hash: shows a cut journal


@dataclass(frozen=True)
class CaseLine:
    """One case as an agency's letter lists it: reference and what the agency is asked about."""

    ref: str
    area: str  # "Hackney"
    subjects: str  # "the child and siblings"


@dataclass(frozen=True)
class NotificationLetter:
    """notification_letter.docx: which cases, which theme, by when; without identity."""

    head: Letterhead
    session: str
    theme: str
    why_chosen: str
    agency: str
    agency_code: str
    lead: str
    cases: tuple[CaseLine, ...]
    window_start: date
    window_end: date
    involvement_due: date
    due: date
    involvement_check: bool  # False: the tool comes with this letter


@dataclass(frozen=True)
class SlipPerson:
    """One person on an identity slip."""

    role: str
    name: str
    also_known_as: str
    born: str
    numbers: str
    address: str
    school: str


@dataclass(frozen=True)
class SlipCase:
    """One case on an identity slip."""

    ref: str
    people: tuple[SlipPerson, ...]


@dataclass(frozen=True)
class IdentitySlip:
    """identity_slip.docx: whom to look up. Restricted: written with the agency's password alone."""

    board: str
    session: str
    agency: str
    agency_code: str
    number: str  # of this copy: "2026-A2-NEG/MPS/1"
    destroy_after: date
    urgent_phone: str
    chain_head: str  # as on every letter
    cases: tuple[SlipCase, ...]


@dataclass(frozen=True)
class RequestLine:
    """One thing an agency is asked to put right."""

    request: str  # "add evidence for your grade in question N6 ..."
    reason: str


@dataclass(frozen=True)
class SendBackLetter:
    """send_back_letter.docx: thanks for what is strong and everything that is asked, at once."""

    head: Letterhead
    audit: str  # "2026-A2-NEG/H3/MPS"
    case: str
    agency: str
    lead: str
    strong: tuple[str, ...]  # sheets with nothing to ask: "Chronology", "Voice"
    requests: tuple[RequestLine, ...]
    next_round: int
    due: date
    names_stood_in_it: bool  # a reminder to use roles, without quoting
    also_said: str = ""  # what the reviewer wrote, anonymised


@dataclass(frozen=True)
class EscalationNotice:
    """escalation_notice.docx: to the agency's head and the Board manager; by reference only, no narrative."""

    head: Letterhead
    reference: str  # "2026-A2-NEG/H3/MPS", or "not known"
    case: str
    agency: str
    addressed_to: str  # role of the reader: "Head of agency", "Board manager"
    kind: str
    urgency: str
    received: str  # date and time in words
    child_safe_now: str  # Yes, No, Not known, Not stated
    situation: str  # "A completed audit tool raises a concern", "The risk question is unanswered", ...
    acknowledge_by: str


@dataclass(frozen=True)
class SetAsideNote:
    """set_aside_note.docx: to the team; what happened, where, what has not happened, what to do next."""

    head: Letterhead
    reference: str  # the audit, or "not known"
    item: str  # first 8 characters of its hash: how the kit calls the file
    received: str
    what: str
    not_happened: str
    next_step: str
    passive: tuple[str, ...] = ()  # "comments on sheet 3": kinds and places, never content


@dataclass(frozen=True)
class AcceptanceReceipt:
    """acceptance_receipt.docx: to the agency; its return was accepted, what to keep."""

    head: Letterhead
    audit: str
    case: str
    agency: str
    lead: str
    round: int
    accepted_on: date
    item: str  # SHA-256 of what they sent, to be kept with their own copy
    kept: str  # how long the Board keeps it: "until Sunday 11 March 2029"


@dataclass(frozen=True)
class AgencyActionLine:
    """One action that an agency set itself, in its own words after anonymising."""

    number: int
    what: str
    outcome: str
    owner: str
    due: str
    measure: str


@dataclass(frozen=True)
class AgencyActions:
    """agency_actions.docx: the agency's own actions about one case, which it progresses itself."""

    head: Letterhead
    audit: str
    case: str
    agency: str
    lead: str
    accepted_on: date
    actions: tuple[AgencyActionLine, ...]


@dataclass(frozen=True)
class PractitionerNote:
    """practitioner_note.docx: what the audit learnt, for those who were involved; their own agency's words alone."""

    head: Letterhead
    audit: str
    case: str
    agency: str
    lead: str
    theme: str
    strengths: tuple[str, ...]
    improvements: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class FamilyInvitation:
    """invitation_child.docx, invitation_parent.docx: to a member of a family, who may say no. No name and no theme.

    Neither says what the audit is about, since a family may read it as a judgement of itself.
    """

    board: str
    board_short: str
    board_email: str
    reference: str  # "2026-A2-NEG/H3/F1"
    asked_by: str  # a role: who brings it, and can help
    due: date
    written_on: date


@dataclass(frozen=True)
class FeedbackPaper:
    """feedback_young_child.docx, feedback_older_child.docx, feedback_parent.docx: what families are asked.

    The boxes to write in and to tick are the template's own, each known by its tag: ``domain.feedback_form``.
    """

    board: str
    board_email: str
    reference: str
    due: date


@dataclass(frozen=True)
class MeetingSlot:
    """When one case is talked about: only those who knew the family are in the room."""

    case: str
    begins: str  # "10:00"
    ends: str


@dataclass(frozen=True)
class MeetingInvitation:
    """meeting_invitation.docx: to an agency that audited one of the chosen cases, about its own cases alone."""

    head: Letterhead
    session: str
    theme: str
    agency: str
    lead: str
    meets_on: date
    place: str
    chair: str  # a role
    slots: tuple[MeetingSlot, ...]
    answer_by: date


@dataclass(frozen=True)
class BriefCase:
    """One case as the chair is told of it."""

    case: str
    begins: str
    ends: str
    why: str  # why it was chosen
    invited: str  # the agencies, by name
    differs: tuple[str, ...]  # where an agency's grade lies far from its partners'


@dataclass(frozen=True)
class MeetingBrief:
    """meeting_brief.docx: to the independent chair alone, by case reference."""

    head: Letterhead
    session: str
    theme: str
    meets_on: date
    place: str
    chair: str
    cases: tuple[BriefCase, ...]


@dataclass(frozen=True)
class MailDraft:
    """A mail to look over and send: the kit sends nothing itself."""

    to: tuple[str, ...]
    subject: str  # references only
    text: str
    attachments: tuple[tuple[str, bytes], ...] = ()  # (file name, content)
