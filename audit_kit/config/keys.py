"""The keys of config.yaml: what each means, what it may hold, and what holds where it is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from audit_kit.domain.ladder import STANDARD, Rung
from audit_kit.domain.references import is_agency_code, names_a_device
from audit_kit.domain.session import AskedAgency
from audit_kit.domain.session import Lead as AgencyLead
from audit_kit.domain.step_days import StepDays
from audit_kit.domain.thresholds import Thresholds

Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}$", max_length=254)]
AreaLetter = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
DaysCount = Annotated[int, Field(ge=0, le=250)]


class _Strict(BaseModel):
    """No unknown keys, no changes, and no value repeated in a message of pydantic's own."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True, allow_inf_nan=False)


class Contact(_Strict):
    """A working contact of the Board or of an agency."""

    name: Line = Field(description="As letters address them")
    email: Email = Field(description="Where mail to them goes, such as lead@agency.example.org")
    role: str = Field(default="", description="What they do, such as Named Nurse")
    phone: str = Field(default="", description="Where to ring them")


class Board(_Strict):
    """Whose audits these are, and what its letters say about itself."""

    name: Line = Field(description="As printed at the head of letters and reports")
    short_name: Line = Field(description="As used inside sentences, such as CHSCB")
    email: Email = Field(description="The team's mailbox: returns and questions go there")
    urgent_phone: Line = Field(description="The number to ring about an immediate concern")
    manager: Contact = Field(description="Signs off and releases; is told of every immediate concern")
    legal_basis: Line = Field(description="Why agencies must answer, as quoted in the notification letter")
    executive: Contact | None = Field(default=None, description="To whom an urgent concern is passed up first")
    independent_chair: Contact | None = Field(default=None, description="To whom it is passed up last")


class Area(_Strict):
    """One area: how many cases a session examines there, and the words its audit tool uses."""

    name: Line = Field(description="As printed, such as Hackney")
    cases: int = Field(ge=1, le=50, description="Source: 5 cases in Hackney and 3 in the City")
    tool: Line = Field(description="Which variant of the audit tool is agreed for use here")
    threshold_document: Line = Field(description="Fills {threshold document} in the question bank")
    note: str = Field(default="", description="A sentence for the front sheet of its tools, such as care with details")


class Named(_Strict):
    """A name with the dates between which it is right. Agencies are renamed; references stay."""

    name: Line = Field(description="The agency's name in that time")
    from_: date | None = Field(default=None, alias="from", description="The first day on which it bears this name")
    to: date | None = Field(default=None, description="The last day on which it bears this name")

    def holds_on(self, day: date) -> bool:
        """Whether this is the name on that day. Both dates count as within."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Agency(_Strict):
    """One partner agency."""

    code: Line = Field(description="As in references: capitals, digits and hyphens, such as CSC-H")
    names: tuple[Named, ...] = Field(
        min_length=1, description="Its names, each with the dates between which it is right"
    )
    areas: tuple[AreaLetter, ...] = Field(min_length=1, description="The letters of the areas in which it works")
    subjects: tuple[Literal["child", "siblings", "mother", "parents", "household"], ...] = Field(
        min_length=1, description="About whom it is asked: adult services about parents and carers"
    )
    lead: Contact = Field(description="Who allocates the audit")
    head: Contact | None = Field(default=None, description="Told of an immediate concern; else the lead")
    known_as: tuple[Line, ...] = Field(
        default=(), description="How other agencies call it in a chronology, such as housing or the surgery"
    )
    default: bool = Field(default=True, description="Whether a new plan proposes it for each case of its areas")

    def name_on(self, day: date) -> str:
        """The name it bears on that day; the last one listed when no period fits."""
        return next((named.name for named in self.names if named.holds_on(day)), self.names[-1].name)

    def asked_on(self, day: date) -> AskedAgency:
        """The agency as a session of that day asks it."""
        return AskedAgency(
            self.code,
            self.name_on(day),
            self.subjects,
            _lead(self.lead),
            _lead(self.head) if self.head else None,
        )


class Reminder(_Strict):
    """One rung of the ladder of reminders."""

    days: int = Field(ge=-60, le=60, description="Working days from the due date; negative: before it")
    to: Literal["auditor", "lead", "head", "executive", "chair"] = Field(
        description="auditor: through the lead; head: of the agency; executive, chair: of the Board"
    )


class Calendar(_Strict):
    """How long each step may take. Days are working days in England and Wales unless said otherwise."""

    involvement_check: Literal["first", "none"] = Field(
        default="first", description="first: the tool goes only to those who say they were involved"
    )
    involvement_days: DaysCount = Field(default=5, description="To answer the involvement form")
    response_days: DaysCount = Field(default=20, description="To complete the audit tool")
    send_back_days: DaysCount = Field(default=5, description="To answer a tool that was sent back")
    report_days: DaysCount = Field(default=40, description="From the day returns are due to the QA Sub Committee")
    review_days: DaysCount = Field(default=3, description="From a return to the Board's answer")
    invitation_days: DaysCount = Field(default=15, description="From the invitation to the multi-agency meeting")
    draft_days: DaysCount = Field(default=10, description="From the meeting to the report's draft")
    factual_check_days: DaysCount = Field(default=5, description="For agencies to check the draft")
    closed_on: tuple[date, ...] = Field(default=(), description="Further days on which nobody works")
    reminders: tuple[Reminder, ...] = Field(
        default=tuple(Reminder(days=rung.days, to=rung.to) for rung in STANDARD),  # type: ignore[arg-type]
        description="Who is reminded when, around each due date",
    )

    def step_days(self) -> StepDays:
        """How long each step takes, for what is worked out from the calendar."""
        return StepDays(
            self.involvement_days, self.response_days, self.review_days, self.send_back_days, self.invitation_days,
            self.draft_days, self.factual_check_days, self.closed_on,
        )  # fmt: skip

    def ladder(self) -> tuple[Rung, ...]:
        """The ladder of reminders, lowest rung first."""
        return tuple(sorted((Rung(one.days, one.to) for one in self.reminders), key=lambda rung: rung.days))


class Concerns(_Strict):
    """How long each step of an urgent concern may take before its next one is chased."""

    now_hours: int = Field(default=1, ge=1, le=24, description="Urgency now: hours")
    same_day_until: time = Field(default=time(17, 0), description="Urgency same day: until when")
    working_days: int = Field(default=3, ge=1, le=20, description="The lowest urgency: working days")


class Quality(_Strict):
    """Thresholds of the checks."""

    accept_without_reviewer: bool = Field(
        default=False, description="Whether a return without a query is accepted unseen"
    )
    evidence_words: int = Field(
        default=25, ge=0, le=500, description="The least number of words of evidence for a grade"
    )
    chronology_gap_days: int = Field(
        default=90, ge=1, description="A longer gap in the chronology of an open case is pointed out"
    )
    not_our_role_share: float = Field(
        default=0.4, ge=0, le=1, description="A larger share of Not our role is pointed out"
    )
    least_hours: float = Field(default=0.5, ge=0, description="Fewer hours spent on an audit are pointed out")
    audits_per_auditor: int = Field(default=3, ge=1, description="More audits by one auditor are pointed out")
    sessions_per_auditor: int = Field(default=4, ge=1, description="More sessions with one auditor are pointed out")
    contrary_words: int = Field(
        default=4, ge=1, description="So many words that contradict the grade, and hardly any for it, are pointed out"
    )
    alike_percent: int = Field(
        default=90, ge=50, le=100, description="Two texts that are alike to this percentage are pointed out"
    )
    action_months: int = Field(default=6, ge=1, description="An action due later than in so many months is pointed out")
    grades_apart: int = Field(
        default=2, ge=1, le=3, description="Own grade and working together so many steps apart are pointed out"
    )

    def thresholds(self) -> Thresholds:
        """What the checks are given."""
        return Thresholds(
            self.evidence_words,
            self.chronology_gap_days,
            self.not_our_role_share,
            self.least_hours,
            self.audits_per_auditor,
            self.sessions_per_auditor,
            self.contrary_words,
            self.alike_percent,
            self.action_months,
            self.grades_apart,
        )


class Folders(_Strict):
    """Where forms come in, where papers go out, where templates are. Relative to this file."""

    inbox: Line = Field(default="inbox", description="Where returned forms are dropped")
    outbox: Line = Field(default="outbox", description="Where everything leaves")
    templates: Line = Field(default="templates", description="The Board's own templates, edited in Excel and Word")


class Store(_Strict):
    """Where the sealed store is. Blank: the user's own application data folder."""

    folder: str = Field(default="", description="Blank: the user's own application data folder")
    board_key: str = Field(default="", description="The Board's public age key, age1...")
    escrow_key: str = Field(default="", description="The escrow's public age key, age1...")
    service_key: Literal["file", "keyring"] = Field(
        default="file", description="Where the service key is: in a file, or in the operating system's own key store"
    )
    service_key_file: str = Field(
        default="", description="Owner-only file with the service key; blank: a file beside the store"
    )
    journal_url: str = Field(
        default="",
        description="A PostgreSQL database for the journal, as URL without a password; blank: a file in the store",
    )


class Retention(_Strict):
    """How long what is sealed is kept, in months after the session's Board meeting. The Board decides; 0: not yet."""

    case_months: int = Field(
        default=0, ge=0, le=600, description="Originals, identities and everything else about a case; 0: not decided"
    )


class Watch(_Strict):
    """How the folder-watching service waits, in seconds, and how many processes help it."""

    look_every_seconds: float = Field(default=5.0, gt=0, le=600, description="Look into the inbox at least this often")
    settle_seconds: float = Field(
        default=2.0, ge=0, le=600, description="A file has arrived when nothing about it changed for this long"
    )
    workers: int = Field(
        default=0, ge=0, le=64, description="How many processes help when many files come at once; 0: one a core"
    )


class Config(_Strict):
    """The whole of config.yaml."""

    board: Board = Field(description="Whose audits these are, and what its letters say about itself")
    areas: Mapping[AreaLetter, Area] = Field(
        min_length=1, description="The areas, each under the letter that its case references begin with"
    )
    agencies: tuple[Agency, ...] = Field(min_length=1, description="The partner agencies")
    review_window_months: int = Field(default=12, ge=1, le=60, description="Source: 'within the last 12 months'")
    sessions_a_year: int = Field(default=2, ge=1, le=12, description="Source: 'Two audit sessions will take place'")
    deep_dives: int = Field(default=3, ge=0, description="Source: 'Three cases are selected for deep-dive work'")
    page_numbers: bool = Field(
        default=True, description="Page numbers in the report's contents, where LibreOffice is there to lay it out"
    )
    calendar: Calendar = Field(default=Calendar(), description="How long each step may take, in working days")
    concerns: Concerns = Field(default=Concerns(), description="How long each step of an urgent concern may take")
    quality: Quality = Field(default=Quality(), description="Thresholds of the checks")
    folders: Folders = Field(default=Folders(), description="Relative to this file, none inside another")
    store: Store = Field(default=Store(), description="The sealed store and the keys to it")
    retention: Retention = Field(default=Retention(), description="How long what is sealed is kept")
    watch: Watch = Field(default=Watch(), description="How the folder-watching service waits")

    @model_validator(mode="after")
    def _agencies_fit(self) -> Config:
        faults = disagreements(
            [agency.code for agency in self.agencies], [agency.areas for agency in self.agencies], tuple(self.areas)
        )
        if faults:
            raise KeysDisagree(faults)
        return self

    def agency(self, code: str) -> Agency | None:
        """The agency of this code, if there is one."""
        return next((agency for agency in self.agencies if agency.code == code), None)


Loc = tuple[str | int, ...]


def disagreements(
    codes: Sequence[str], areas_of: Sequence[Sequence[str]], areas: Sequence[str]
) -> tuple[tuple[Loc, str], ...]:
    """What agencies' codes and areas get wrong together: the key to point at, and what is expected there."""
    faults: list[tuple[Loc, str]] = []
    for position, code in enumerate(codes):
        where: Loc = ("agencies", position, "code")
        if not is_agency_code(code):
            faults.append((where, "expected capitals, digits and hyphens such as CSC-H"))
        if names_a_device(code):  # its papers lie in a folder of this name
            faults.append((where, "expected a code that Windows does not keep for a device"))
        if codes.index(code) != position:
            faults.append((where, "expected a code that no other agency has"))
        faults += [
            (("agencies", position, "areas", number), f"expected one of {', '.join(areas)}")
            for number, area in enumerate(areas_of[position])
            if area not in areas
        ]
    return tuple(faults)


class KeysDisagree(ValueError):
    """Faults that several keys make together, each with the key to point at and what is expected there."""

    def __init__(self, faults: tuple[tuple[Loc, str], ...]) -> None:
        self.faults = faults
        super().__init__("keys disagree")


def _lead(contact: Contact) -> AgencyLead:
    return AgencyLead(contact.name, contact.email, contact.role)
