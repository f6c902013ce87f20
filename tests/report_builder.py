"""Sessions, themes and returns to write reports from: small ones by hand, and the demo's cases as they stand.

The demo's texts still hold invented names, which real input never does; they are here for their length.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from audit_kit.demo.cast import CASES as DEMO_CASES
from audit_kit.demo.cast import demo_case
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.question_bank import Kloe, Theme
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AskedAgency, AuditSession, Case, Engagement, Lead, SessionDates
from audit_kit.domain.standard_sheets import (
    ACTIONS,
    AUDITOR,
    CHRONOLOGY,
    CONCERN,
    FINDINGS,
    IDENTITY,
    INVOLVEMENT,
    OVERALL,
    PRACTITIONERS,
    VOICE,
)  # fmt: skip
from audit_kit.domain.states import AuditState
from audit_kit.domain.tool import Layout
from audit_kit.stages.analyse import analyse
from audit_kit.stages.report import report_content

SESSION = "2026-A2-NEG"
_FORMS = {
    question.ref
    for sheet in (CONCERN, INVOLVEMENT, AUDITOR, IDENTITY, VOICE, FINDINGS, OVERALL)
    if sheet.layout is Layout.FORM
    for question in sheet.questions
}
assert {sheet.layout for sheet in (ACTIONS, CHRONOLOGY, PRACTITIONERS)} == {Layout.TABLE}

_KLOES = (
    ("N1", "Recognition", "Did we see and name neglect early, including in older, disabled and unborn children?"),
    ("N2", "Child's daily life and voice", "Do we know a day in this child's life, and did it steer decisions?"),
    ("N3", "History and cumulative harm", "Was the history pulled together and used?"),
    ("N4", "Assessment", "Was it whole-family, evidence-based and shared?"),
    ("N5", "Threshold and referral", "Was help at the right level at the right time?"),
    ("N6", "Plan and drift", "Was there one plan that changed things in the child's timescale?"),
    ("N7", "Sharing and working together", "Did the right people know the right thing soon enough?"),
    ("N8", "Parents and adults' needs", "Did we work with parents and see the child behind the adult's problem?"),
    ("N9", "Health, development and education", "Were missed care and missed learning treated as warnings?"),
    ("N10", "Supervision, oversight and challenge", "Did managers keep it moving and did anyone speak up?"),
    ("N11", "Identity, equality and circumstances", "Was practice fair and curious about who this family is?"),
    ("N12", "Impact", "What is different for the child?"),
)
_GOOD = {"N6": "clear, mostly on time", "N7": "timely, recorded", "N2": "views sought and recorded at key points"}


def a_theme(kloes: int = 12) -> Theme:
    return Theme(
        "neglect", "NEG", "Neglect", "1",
        tuple(
            Kloe(ref, title, question, (), (("Good", _GOOD[ref]),) if ref in _GOOD else ())
            for ref, title, question in _KLOES[:kloes]
        ),
    )  # fmt: skip


def a_session(
    cases: Mapping[str, tuple[str, ...]], *, tiers: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None, engagement: tuple[Engagement, ...] = (), kloes: int = 12,
) -> AuditSession:  # fmt: skip
    codes = list(dict.fromkeys(code for agencies in cases.values() for code in agencies))
    return AuditSession(
        ref=SESSION, theme="neglect", theme_title="Neglect",
        why_chosen=(
            "Neglect is the commonest reason for a child protection plan in both areas, and two local reviews found that "
            "signs in older children were read as behaviour. The committee wants to know whether learning has reached practice."
        ),
        source="two local reviews, quarterly performance data and feedback from families",
        approved_by="the QA Sub Committee", approved_on=date(2026, 5, 12), minute_ref="QA 2026/05-4",
        kloes=tuple(ref for ref, _, _ in _KLOES[:kloes]),
        cases=tuple(Case(ref, (tiers or {}).get(ref, "Child in need"), "", agencies) for ref, agencies in cases.items()),
        agencies=tuple(
            AskedAgency(code, (names or {}).get(code, code), ("child",), Lead("Lead", "lead@example.org")) for code in codes
        ),
        engagement=engagement,
        dates=SessionDates(
            date(2025, 10, 1), date(2026, 9, 30), date(2026, 9, 14), date(2026, 9, 21), date(2026, 9, 28),
            date(2026, 10, 26), date(2026, 11, 17), date(2026, 12, 8), date(2027, 1, 14), date(2027, 2, 4),
        ),
    )  # fmt: skip


def a_return(case: str, agency: str, answers: Mapping[str, str], round_number: int = 1) -> AnonymisedReturn:
    """A return with these answers; ``involvement.known`` is Yes unless they say otherwise."""
    given = {"involvement.known": "Yes", **answers}
    filled = {f"{ref}.answer" if ref in _FORMS else ref: text for ref, text in given.items()}
    return AnonymisedReturn(AuditRef(SESSION, case, agency), round_number, filled)


def graded(kloe: str, ours: str, together: str = "", **fields: str) -> dict[str, str]:
    """The answers of one key line of enquiry."""
    answers = {"ours": ours, "together": together or ours, **fields}
    return {f"{kloe}.{field}": text for field, text in answers.items()}


def standing(case: str, agency: str, state: AuditState = AuditState.ACCEPTED, **more: object) -> AuditProgress:
    return AuditProgress(
        AuditRef(SESSION, case, agency), state, round=1, due=date(2026, 10, 26),
        since=datetime(2026, 10, 20, 9, tzinfo=UTC), **more,  # type: ignore[arg-type]
    )  # fmt: skip


# -- a whole report of them --------------------------------------------------------------------------------

TEMPLATE = (Path(__file__).parents[1] / "templates" / "audit_report.docx").read_bytes()
CASES = {"H1": ("CSC-H", "GP"), "H2": ("CSC-H", "GP"), "C1": ("CSC-C", "GP")}
WEAK_PLANS = graded(
    "N6",
    "Requires improvement",
    why="The plan drifted while R&D <notes> grew",
    improve="Re-set plans with {{ 7*7 }} on 14 March 2026",
)


def returned(answers):
    return tuple(a_return(case, agency, answers) for case, agencies in CASES.items() for agency in agencies)


def content(returns=None, session=None, progress=None, heard=None, **more):
    session = session or a_session(CASES)
    returns = (
        returned({**WEAK_PLANS, **graded("N2", "Good", good="Seen alone at school each week")})
        if returns is None
        else returns
    )
    progress = [standing(each.audit.case, each.audit.agency) for each in returns] if progress is None else progress
    analysis = analyse(session, a_theme(), returns, progress, 3, heard=heard)
    return report_content(
        analysis,
        session,
        a_theme(),
        board="The Board",
        written_on=date(2026, 11, 24),
        chain_head="9f3c1a77be02",
        **more,
    )


def demo_content():
    """What a report of the demo's session says, with its invented names still in it."""
    cases = {ref: demo_case(ref) for ref in sorted(DEMO_CASES)}
    returns = tuple(a_return(ref, agency, said) for ref, case in cases.items() for agency, said in case.returns.items())
    asked = {ref: tuple(case.returns) for ref, case in cases.items()}
    return content(returns, a_session(asked, tiers={ref: case.tier for ref, case in cases.items()}))
