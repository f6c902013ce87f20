"""The planning workbook: what the team is asked before a session can stand, as sheets of questions.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": themes are proposed by the QA Sub Committee,
key lines of enquiry agreed by the Board, cases selected in both areas, and agency leads asked who can be
engaged for feedback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_kit.domain import scales
from audit_kit.domain.question_bank import Kloe, Theme
from audit_kit.domain.register import ROLE_LABELS
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

PEOPLE_ROWS = 90  # eight cases with up to eleven people each
ENGAGEMENT_ROWS = 40
ASK = "Ask"
SOURCES = (
    "Learning review", "Performance data", "Staff feedback", "Views of children and families", "Quality assurance work", "Other",
)  # fmt: skip
_ROLES = tuple(label for role, label in ROLE_LABELS.items() if role not in ("professional",))


@dataclass(frozen=True)
class AgencyChoice:
    """One agency as the plan offers it."""

    code: str
    name: str
    areas: tuple[str, ...]


def plan_form(theme: Theme, quotas: Sequence[tuple[str, str, int]], agencies: Sequence[AgencyChoice]) -> AuditTool:
    """The sheets of the planning workbook. ``quotas``: area letter, name and number of cases, in order."""
    cases = tuple(f"{letter}{number}" for letter, _, count in quotas for number in range(1, count + 1))
    counts = " and ".join(f"{count} in {name}" for _, name, count in quotas)
    sheets = (
        _session_sheet(), _theme_sheet(), _kloe_sheet(theme), _case_sheet(cases, counts), _known_sheet(cases, agencies),
        _lead_sheet(agencies), _people_sheet(cases), _engagement_sheet(cases),
    )  # fmt: skip
    return AuditTool(theme.name, "", "", sheets)


_ANSWER = (Field("answer", "Your answer", width=70),)


def _session_sheet() -> Sheet:
    return Sheet(
        "session", "Session and dates",
        "Everything is worked back from the QA Sub Committee. Leave 1.6 to 1.10 blank to have these dates worked out for you.",
        Layout.FORM,
        (
            Question("session.ref", "1.1", "Reference of the session", Kind.TEXT, hint="For example 2026-A2-NEG.", required=True),
            Question("session.window_end", "1.2", "Last day of the 12 months under review", Kind.DATE, required=True),
            Question("session.qa_committee", "1.3", "QA Sub Committee that receives the report", Kind.DATE, required=True),
            Question("session.executive", "1.4", "Executive after that", Kind.DATE, required=True),
            Question("session.board", "1.5", "Board after that", Kind.DATE, required=True),
            Question("session.notified", "1.6", "Letters and identity slips go out on", Kind.DATE),
            Question("session.involvement_due", "1.7", "Involvement forms are due on", Kind.DATE),
            Question("session.issued", "1.8", "Audit tools go out on", Kind.DATE),
            Question("session.due", "1.9", "Audit tools are due on", Kind.DATE),
            Question("session.meeting", "1.10", "Multi-agency meeting", Kind.DATE),
        ),
        _ANSWER,
    )  # fmt: skip


def _theme_sheet() -> Sheet:
    return Sheet(
        "theme", "Theme",
        "Why this theme, and who approved it. Nothing is issued before an approval is recorded.",
        Layout.FORM,
        (
            Question("theme.name", "2.1", "Theme", Kind.TEXT, required=True),
            Question("theme.why", "2.2", "Why was it chosen? As agencies and the committee will read it", Kind.LONG, required=True),
            Question("theme.source", "2.3", "What led to it?", Kind.CHOICE, SOURCES, required=True),
            Question("theme.approved_by", "2.4", "Approved by", Kind.TEXT, hint="For example QA Sub Committee.", required=True),
            Question("theme.approved_on", "2.5", "Approved on", Kind.DATE, required=True),
            Question("theme.minute", "2.6", "Minute reference", Kind.TEXT, required=True),
        ),
        _ANSWER,
    )  # fmt: skip


def _kloe_sheet(theme: Theme) -> Sheet:
    return Sheet(
        "kloes", "Lines of enquiry",
        "Key lines of enquiry from the question bank. Choose No for those that this session leaves out.",
        Layout.GRID,
        tuple(
            Question(
                f"kloe.{kloe.ref}", kloe.ref, kloe.title,
                hint=kloe.question + _asked_of(kloe), required=True,
            )
            for kloe in theme.kloes
        ),
        (Field("ask", "Ask in this session?", Kind.CHOICE, (scales.YES, scales.NO), width=22),),
    )  # fmt: skip


def _asked_of(kloe: Kloe) -> str:
    only = (*kloe.agencies, *(f"the {tool} tool" for tool in kloe.tools))
    return f" (asked of {', '.join(only)} only)" if only else ""


def _case_sheet(cases: tuple[str, ...], counts: str) -> Sheet:
    return Sheet(
        "cases", "Cases",
        f"The cases under their references: {counts}. A mix of early help near child in need, child in need and child "
        "protection. No names, no dates of birth: write age bands.",
        Layout.GRID,
        tuple(Question(f"case.{case}", case, f"Case {case}", required=True) for case in cases),
        (
            Field("tier", "Tier at selection", Kind.CHOICE, scales.TIERS, width=34),
            Field("mix", "The case in a line", width=70, hint="For example: Girl aged 2-4, two siblings, child protection plan for neglect."),
            Field("why", "Why this case", Kind.LONG, width=60),
        ),
    )  # fmt: skip


def _known_sheet(cases: tuple[str, ...], agencies: Sequence[AgencyChoice]) -> Sheet:
    names = "; ".join(f"{agency.code} {agency.name}" for agency in agencies)
    return Sheet(
        "known", "Who knows each case",
        f"Choose {ASK} where an agency is to be asked about a case. {names}.",
        Layout.GRID,
        tuple(Question(f"known.{case}", case, f"Case {case}", required=True) for case in cases),
        tuple(Field(agency.code, agency.code, Kind.CHOICE, (ASK,), hint=agency.name[:255], width=9) for agency in agencies),
    )  # fmt: skip


def _lead_sheet(agencies: Sequence[AgencyChoice]) -> Sheet:
    return Sheet(
        "leads", "Agency leads",
        "Who allocates the audit in each agency, and who is told of an immediate concern. Filled in from config.yaml: "
        "change what is different for this session.",
        Layout.GRID,
        tuple(Question(f"lead.{agency.code}", agency.code, agency.name) for agency in agencies),
        (
            Field("name", "Lead", width=34),
            Field("email", "E-mail", width=44),
            Field("role", "Role", width=40),
            Field("head_name", "Told of an immediate concern", width=34, hint="Leave blank if it is the lead."),
            Field("head_email", "Their e-mail", width=44),
        ),
    )  # fmt: skip


def _people_sheet(cases: tuple[str, ...]) -> Sheet:
    return Sheet(
        "people", "People",
        "Who stands behind each reference: the subject child, siblings, parents, carers and everyone else whose name "
        "may appear. This goes into the encrypted register and nowhere else. The more is known here, the better names are found.",
        Layout.TABLE,
        tuple(Question(f"person.{number}", str(number)) for number in range(1, PEOPLE_ROWS + 1)),
        (
            Field("case", "Case", Kind.CHOICE, cases, width=10),
            Field("role", "Role", Kind.CHOICE, _ROLES, width=24),
            Field("name", "Full name", width=34),
            Field("aliases", "Also known as", width=34, hint="Nicknames and other names, separated by semicolons."),
            Field("dob", "Date of birth", Kind.DATE, width=18),
            Field("nhs_number", "NHS number", width=18),
            Field("upn", "Pupil number (UPN)", width=20),
            Field("ni_number", "National Insurance number", width=20),
            Field("phones", "Telephone", width=26, hint="Several: separated by semicolons."),
            Field("emails", "E-mail", width=34, hint="Several: separated by semicolons."),
            Field("address", "Address", width=44),
            Field("postcode", "Postcode", width=14),
            Field("school", "School or college", width=34),
            Field("nursery", "Nursery", width=34),
            Field("gp_practice", "GP practice", width=34),
            Field("others", "Other identifiers", width=40, hint="Case numbers, vehicle plates, user names; separated by semicolons."),
        ),
    )  # fmt: skip


def _engagement_sheet(cases: tuple[str, ...]) -> Sheet:
    return Sheet(
        "engagement", "Engagement",
        "Who in each family can be asked for feedback, as agency leads advise. A decision for every case.",
        Layout.TABLE,
        tuple(Question(f"engagement.{number}", str(number)) for number in range(1, ENGAGEMENT_ROWS + 1)),
        (
            Field("case", "Case", Kind.CHOICE, cases, width=10),
            Field("who", "Who (role)", Kind.CHOICE, _ROLES, width=26),
            Field("decision", "Can be engaged?", Kind.CHOICE, scales.ENGAGEMENT, width=22),
            Field("reason", "Why", Kind.LONG, width=70),
            Field("asked_by", "Who would ask them (role)", width=34),
        ),
    )  # fmt: skip
