"""Where a session stands, as people read it: tracker, status page and ``audit-kit status`` show nothing else.

Values alone; ``stages.overview`` works them out. Cases by reference, agencies by name, nobody's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from audit_kit.domain.ladder import Chased
from audit_kit.domain.references import AuditRef, area_of
from audit_kit.domain.states import AuditState, ConcernState

NOT_ASKED = "not asked yet"  # planned, but no letter went out: the journal does not know the audit yet


class Actor(StrEnum):
    """Who must act next."""

    AGENCY = "the agency"
    REVIEWER = "the reviewer"
    TEAM = "the Board's team"
    NOBODY = "nobody"


class Tone(StrEnum):
    """How much a line asks for attention. Shown as a colour beside its words, never instead of them."""

    URGENT = "urgent"
    LATE = "late"
    OURS = "ours"  # the Board's team or the reviewer must act
    BACK = "back"  # with the agency for a further round
    WAITING = "waiting"
    DONE = "done"
    QUIET = "quiet"


#: the words beside each colour, in the order of a key
TONE_WORDS = (
    (Tone.URGENT, "A concern is open"),
    (Tone.LATE, "Late: the agency owes an answer"),
    (Tone.OURS, "The Board's team or the reviewer must act"),
    (Tone.BACK, "Sent back, not yet due"),
    (Tone.WAITING, "Awaited, not yet due"),
    (Tone.DONE, "Accepted"),
    (Tone.QUIET, "Not involved, or not asked yet"),
)

#: what each state means to somebody who is new to the process
STATE_WORDS = {
    NOT_ASKED: "Planned; no letter went out yet",
    AuditState.ASKED.value: "Letter, identity slip and involvement form went out",
    AuditState.AWAITED.value: "The audit tool went out and is awaited",
    AuditState.SENT_BACK.value: "The agency puts something right in a further round",
    AuditState.SET_ASIDE.value: "The Board's team must look, for instance at words that may be names",
    AuditState.WITH_REVIEWER.value: "Complete; the reviewer reads it",
    AuditState.ACCEPTED.value: "Quality assured, and on file",
    AuditState.NO_INVOLVEMENT.value: "The agency was not involved in the review period",
}


@dataclass(frozen=True)
class NextStep:
    """What happens next, by whom, and the exact command where there is one."""

    who: Actor
    what: str
    command: str = ""

    def by(self, agency: str) -> str:
        """Who must act, by name where it is an agency: ``Metropolitan Police``, ``The reviewer``."""
        return _who(self.who, agency)


@dataclass(frozen=True)
class AuditLine:
    """One single-agency audit."""

    audit: AuditRef
    agency: str  # its name
    state: AuditState | None  # None: not asked yet
    words: str  # the state in words, with what is special about it: "Sent back twice, late by 3 working days"
    tone: Tone
    next: NextStep
    round: int = 0
    due: date | None = None
    late: bool = False
    late_days: int = 0  # working days; 0 too when it fell due and no working day has passed since
    waiting_days: int = 0  # working days since the state began
    sent_back_times: int = 0
    rules: tuple[str, ...] = ()  # of the queries of the newest return
    flags: tuple[str, ...] = ()  # rules that warn the reviewer
    open_doubts: int = 0
    received_on: date | None = None
    concern_open: bool = False
    chased: tuple[Chased, ...] = ()  # reminders, oldest first
    allocated: bool = False  # the agency has said who does it

    @property
    def state_name(self) -> str:
        """The state as the journal knows it, or ``not asked yet``."""
        return self.state.value if self.state else NOT_ASKED

    @property
    def area(self) -> str:
        """The area's letter."""
        return area_of(self.audit.case)

    @property
    def is_in(self) -> bool:
        """Whether the agency has answered: a nil return counts as much as a full one, one sent back doesn't."""
        waiting = (None, AuditState.ASKED, AuditState.AWAITED, AuditState.SENT_BACK)
        return self.state not in waiting

    @property
    def is_done(self) -> bool:
        """Whether nobody need do anything more."""
        return self.state in (AuditState.ACCEPTED, AuditState.NO_INVOLVEMENT)


@dataclass(frozen=True)
class ConcernLine:
    """One escalated concern. ``short_key`` is what commands and file names call it."""

    key: str
    short_key: str
    case: str  # "" when it is not known whose it is
    agency_code: str
    agency: str
    state: ConcernState
    kind: str
    urgency: str
    raised: datetime  # UTC
    days_open: int  # calendar days: a child's risk keeps no office hours
    next: NextStep

    @property
    def is_open(self) -> bool:
        """Whether assurance is still awaited."""
        return self.state is not ConcernState.ASSURED

    @property
    def about(self) -> str:
        """What it is about, by reference: ``H3, Metropolitan Police``."""
        return ", ".join(part for part in (self.case, self.agency) if part) or "An unknown case"


@dataclass(frozen=True)
class DateLine:
    """One date of the session."""

    what: str
    day: date
    days_ahead: int  # working days; negative when it has passed
    is_next: bool = False
    came: str = ""  # what came of it so far: "arranged for 3 December 2026, cases H1, H2, C1"

    @property
    def when(self) -> str:
        """``Today``, ``In 3 working days``, ``Passed``; with what came of it: ``Passed; lessons and actions confirmed``."""
        return f"{self._away}; {self.came}" if self.came else self._away

    @property
    def _away(self) -> str:
        if self.days_ahead <= 0:
            return "Passed" if self.days_ahead else "Today"
        return f"In {self.days_ahead} working day{'' if self.days_ahead == 1 else 's'}"


@dataclass(frozen=True)
class Tally:
    """Counts of the audits of one agency, one case or the whole session. Late ones are counted elsewhere too."""

    ref: str  # "MPS", "H3", "" for the whole session
    name: str
    audits: int
    is_in: int
    ours: int  # with the reviewer or set aside
    sent_back: int
    late: int
    done: int


@dataclass(frozen=True)
class ToDo:
    """Something that waits for somebody; like things are put together."""

    who: Actor
    name: str  # which agency, "" for the Board's own
    what: str
    about: str  # references: "H3, C1"
    tone: Tone
    command: str = ""
    since_days: int = 0  # the longest that one of them waits or is late: working days; of a concern, calendar days
    due: date | None = None

    @property
    def by(self) -> str:
        """Who must act, by name where it is an agency."""
        return _who(self.who, self.name)


@dataclass(frozen=True)
class Overview:
    """A session at a glance."""

    session: str
    theme: str
    today: date
    summary: str
    whole: Tally
    states: tuple[tuple[str, int], ...]  # every state in the order of the process, also those that none is in
    agencies: tuple[Tally, ...]
    cases: tuple[Tally, ...]
    audits: tuple[AuditLine, ...]
    concerns: tuple[ConcernLine, ...]  # open ones first, most urgent first
    dates: tuple[DateLine, ...]
    to_do: tuple[ToDo, ...]  # most urgent first
    stage: str = ""  # where the session as a whole stands: "Audit tools awaited (3 of 93)"
    warnings: tuple[str, ...] = ()  # steps that can't be done in time

    @property
    def late(self) -> tuple[AuditLine, ...]:
        """What is overdue, latest first."""
        return tuple(
            sorted((line for line in self.audits if line.late), key=lambda line: (-line.late_days, line.audit))
        )

    @property
    def open_concerns(self) -> tuple[ConcernLine, ...]:
        """Concerns that still wait for assurance."""
        return tuple(concern for concern in self.concerns if concern.is_open)

    @property
    def is_finished(self) -> bool:
        """Whether every audit is done, no concern is open, and the last of its dates has passed."""
        return all(line.is_done for line in self.audits) and not self.open_concerns and self.next_date is None

    @property
    def next_date(self) -> DateLine | None:
        """The date that comes next, None when all have passed."""
        return next((line for line in self.dates if line.is_next), None)

    def line(self, case: str, agency: str) -> AuditLine | None:
        """The audit of this case by this agency, None when it was never planned."""
        return self._lines.get((case, agency))

    @cached_property
    def _lines(self) -> Mapping[tuple[str, str], AuditLine]:
        return {(one.audit.case, one.audit.agency): one for one in self.audits}


@dataclass(frozen=True)
class Year:
    """The sessions of one year, in their order. Source: "Two audit sessions will take place each year"."""

    year: str
    sessions: tuple[Overview, ...]
    expected: int

    @property
    def words(self) -> str:
        """``2026: one of two sessions planned``, in figures."""
        return f"{self.year}: {len(self.sessions)} of {self.expected} sessions planned"


def by_year(overviews: Iterable[Overview], expected: int) -> tuple[Year, ...]:
    """The sessions year by year, the newest year first. ``expected``: how many sessions a year has."""
    found: dict[str, list[Overview]] = {}
    for one in sorted(overviews, key=lambda one: one.session):
        found.setdefault(one.session.partition("-")[0], []).append(one)
    return tuple(Year(year, tuple(sessions), expected) for year, sessions in sorted(found.items(), reverse=True))


def _who(who: Actor, agency: str) -> str:
    return agency if who is Actor.AGENCY and agency else who.value[:1].upper() + who.value[1:]
