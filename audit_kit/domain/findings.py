"""What an audit session found: values that the report, the action plan and the briefing are written from.

Everything here rests on anonymised returns. A ``Source`` says which return a finding rests on, so that each
number in the report can be traced to it; reports themselves show agency types, never who said what of whom.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The findings will reflect a balance of good
practice and areas of improvement."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from audit_kit.domain import scales
from audit_kit.domain.references import AuditRef

GOOD_PRACTICE = "good practice"
IMPROVEMENT = "area for improvement"

#: stem of an agency's code → the type it is shown as where its own name would point at a family
_TYPES = {
    "CSC": "Children's social care",
    "EH": "Early help",
    "EDU": "Education",
    "HVSN": "Health",
    "HOM": "Health",
    "GP": "Health",
    "CAMHS": "Health",
    "AMH": "Adult services",
    "SMS": "Adult services",
    "ASC": "Adult services",
    "MPS": "Police",
    "COLP": "Police",
    "PROB": "Probation and youth justice",
    "YOT": "Probation and youth justice",
    "HOU": "Housing",
}
OTHER_TYPE = "Other services"
AGENCY_TYPES = (*dict.fromkeys(_TYPES.values()), OTHER_TYPE)


def agency_type(code: str) -> str:
    """The type of agency behind a code: ``Health`` of ``GP``, ``Early help`` of ``EH-C``.

    In a small place the agency is the address: one practice, one school. Reports therefore speak of types.
    """
    return _TYPES.get(code.partition("-")[0], OTHER_TYPE)


@dataclass(frozen=True)
class Source:
    """One return that something rests on."""

    audit: AuditRef
    round: int

    def in_words(self) -> str:
        """As the provenance shows it: ``H3/MPS r2``."""
        return f"{self.audit.case}/{self.audit.agency} r{self.round}"


@dataclass(frozen=True)
class GradeCounts:
    """How often each grade was given. The last three leave the denominator."""

    outstanding: int = 0
    good: int = 0
    requires_improvement: int = 0
    inadequate: int = 0
    insufficient_evidence: int = 0
    not_our_role: int = 0
    unanswered: int = 0

    @classmethod
    def of(cls, grades: Iterable[str | None]) -> GradeCounts:
        """The counts of these grades; None and words that are no grade count as unanswered."""
        found = Counter(grade if grade in scales.GRADES else None for grade in grades)
        return cls(*(found[grade] for grade in (*scales.GRADES, None)))

    @property
    def judged(self) -> int:
        """How many grades count when scores are compared."""
        return self.outstanding + self.good + self.requires_improvement + self.inadequate

    @property
    def strong(self) -> int:
        """Outstanding and Good."""
        return self.outstanding + self.good

    @property
    def weak(self) -> int:
        """Requires improvement and Inadequate."""
        return self.requires_improvement + self.inadequate


@dataclass(frozen=True)
class AgencyReturns:
    """How one agency answered across the cases it was asked about."""

    code: str
    name: str
    type: str
    asked: int
    returned: int  # accepted or with the reviewer
    no_involvement: int
    sent_back: int  # awaited again now
    set_aside: int
    awaited: int
    sent_back_times: int  # over the whole session, whatever came of it
    contradicted: int = 0  # of those without involvement: another agency's chronology tells of contact


@dataclass(frozen=True)
class KloeGrades:
    """The grades of one key line of enquiry, both ways, and the cases in which it was weak or strong.

    A case is weak when the middle of all its grades, ours and together, is below Good; otherwise strong.
    """

    ref: str
    title: str
    question: str
    ours: GradeCounts
    together: GradeCounts
    cases: int  # in which anybody judged it
    weak_cases: tuple[str, ...]
    strong_cases: tuple[str, ...]
    good_looks_like: str = ""  # the bank's words for Good


@dataclass(frozen=True)
class GroupGrades:
    """All grades of own practice and of working together within one group of agencies or one area."""

    name: str
    returns: int
    ours: GradeCounts
    together: GradeCounts


@dataclass(frozen=True)
class Reach:
    """How widely something holds. Cases, never percentages: the numbers are small."""

    cases: int
    of_cases: int
    returns: int
    types: tuple[str, ...]


@dataclass(frozen=True)
class Extract:
    """A short piece of a return, without names, exact dates and exact ages, for the author to choose from."""

    text: str
    type: str  # of agency
    kloe: str  # "" when it came from no single question
    source: Source


@dataclass(frozen=True)
class Finding:
    """One thing that the audit found about one key line of enquiry."""

    ref: str  # "G1", "I2"
    kind: str  # GOOD_PRACTICE or IMPROVEMENT
    kloe: str
    title: str
    question: str
    reach: Reach
    ours: GradeCounts
    together: GradeCounts
    good_looks_like: str
    causes: tuple[tuple[str, int], ...]  # (name of the cause, returns that point to it), most first
    extracts: tuple[Extract, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Disagreement:
    """An agency's grade of its own practice lies two grades or more from its partners' of working together."""

    case: str
    kloe: str
    title: str
    type: str
    ours: str
    together: str  # the partners' middle grade
    own_is_higher: bool


@dataclass(frozen=True)
class Voice:
    """What was known of what children and families say, counted in cases."""

    cases_heard: int  # in which a return says what the child says or shows
    cases_changed: int  # in which a return says what changed because of it
    cases_family: int
    events: int  # chronology rows that say whether the child was seen
    seen_alone: int
    not_seen: int
    children: tuple[Extract, ...]
    families: tuple[Extract, ...]


@dataclass(frozen=True)
class Equality:
    """What was recorded of who the children are, counted in cases and pooled over the areas."""

    recorded: tuple[tuple[str, int], ...]  # (what, cases in which any agency recorded it)
    factors: tuple[tuple[str, int], ...]  # (what, cases in which any agency answered Yes)
    sources: tuple[Source, ...]  # where more is said: too close to the families to be shown


@dataclass(frozen=True)
class Children:
    """Who the children are: bands wide enough not to point at one of them."""

    age_bands: tuple[tuple[str, int], ...]
    tiers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Practitioners:
    """Who was spoken to."""

    spoken_to: int
    returns_with: int
    returns_without: int


@dataclass(frozen=True)
class DeepDive:
    """One case proposed for the multi-agency meeting, and why."""

    case: str
    score: int
    reasons: tuple[str, ...]
    strong: bool


@dataclass(frozen=True)
class Recommendation:
    """An assurance to be asked of agencies because of a finding over several cases; a proposal."""

    ref: str  # "R1"
    finding: str
    kloe: str
    title: str
    cause: str
    question: str
    good_looks_like: str
    types: tuple[str, ...]  # those whose returns gave most of the weak grades
    reach: Reach


@dataclass(frozen=True)
class Thin:
    """A place where the data are thin: so many of the returns gave no grade of their own practice."""

    kloe: str
    title: str
    unanswered: int  # left blank, or no grade
    no_evidence: int  # insufficient evidence on file
    returns: int  # in which it was asked, and is the agency's role
    sources: tuple[Source, ...]  # those without a grade

    @property
    def without(self) -> int:
        """How many gave none."""
        return self.unanswered + self.no_evidence


@dataclass(frozen=True)
class OwnAction:
    """One line of an agency's Actions sheet, as anonymised."""

    agency: str
    source: Source
    question: str
    what: str
    owner: str
    due: str
    measure: str
    outcome: str


@dataclass(frozen=True)
class Heard:
    """What came of asking children, parents and carers: counts over the whole session, never by case or area."""

    invited: int = 0
    children: int = 0  # children and young people who gave feedback
    adults: int = 0  # parents, carers and other adults who did
    declined: int = 0
    not_reached: int = 0
    listened: tuple[tuple[str, int], ...] = ()  # (Yes, Sometimes or No; people), whether services listened

    @property
    def answered(self) -> int:
        """How many gave feedback."""
        return self.children + self.adults


@dataclass(frozen=True)
class Analysis:
    """Everything that the report, the action plan and the briefing are written from."""

    session: str
    cases: int
    returns: tuple[Source, ...]  # with involvement, newest round of each
    agencies: tuple[AgencyReturns, ...]
    children: Children
    kloes: tuple[KloeGrades, ...]  # asked of everyone
    add_ons: tuple[KloeGrades, ...]  # asked of some agencies only
    by_type: tuple[GroupGrades, ...]
    by_area: tuple[GroupGrades, ...]  # empty when an area is too small to be shown
    good_practice: tuple[Finding, ...]
    improvements: tuple[Finding, ...]
    disagreements: tuple[Disagreement, ...]
    voice: Voice
    equality: Equality
    practitioners: Practitioners
    engagement: tuple[tuple[str, int], ...]  # (decision, children and family members)
    heard: Heard
    deep_dives: tuple[DeepDive, ...]
    recommendations: tuple[Recommendation, ...]
    thin: tuple[Thin, ...]
    actions: tuple[OwnAction, ...]
    training: tuple[Extract, ...]
    policy: tuple[Extract, ...]
    learning: tuple[Extract, ...]  # what other agencies should learn
    still_warned: tuple[
        tuple[Source, tuple[str, ...]], ...
    ]  # returns about which rules still said something, and which
    last_time: tuple[tuple[str, int], ...]  # what became of actions of earlier audits, and how many
