"""From a filled-in planning workbook to a session and its register, or everything that stands in the way.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Each session will examine 5 cases within
Hackney and 3 cases within the City"; "Proposed themes for audit work will be identified by the QA Sub
Committee"; the focus is "child in need, child protection and early help near the threshold".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit_kit.domain.queries import Query
from audit_kit.domain.register import CaseRegister, Person
from audit_kit.domain.scales import ENGAGEMENT, TIERS, chosen
from audit_kit.domain.session import AskedAgency, AuditSession, Case, Engagement, Lead
from audit_kit.domain.tool import AuditTool
from audit_kit.stages.filled_plan import Plan, PlanRules, role_in
from audit_kit.stages.plan_checks import CHECKS


@dataclass(frozen=True)
class Planned:
    """A plan with nothing wrong: the session, and who stands behind each of its cases."""

    session: AuditSession
    registers: tuple[CaseRegister, ...]


def read_plan(answers: Mapping[str, str], form: AuditTool, rules: PlanRules) -> Planned | tuple[Query, ...]:
    """The session that this plan makes; or everything that must be changed first, in the order of its sheets."""
    plan = Plan(answers, form, rules)
    problems = [problem for check in CHECKS for problem in check(plan)]
    if problems:
        order = {ref: number for number, ref in enumerate(form.answer_refs)}
        return tuple(sorted(problems, key=lambda problem: order.get(problem.answer_ref, -1)))
    return Planned(_session(plan), _registers(plan))


def _session(plan: Plan) -> AuditSession:
    asked = {code for case in plan.cases for code in plan.asked(case)}
    theme = plan.rules.theme
    return AuditSession(
        ref=plan.text("session.ref"),
        theme=theme.name,
        theme_title=theme.title,
        why_chosen=plan.text("theme.why"),
        source=plan.text("theme.source"),
        approved_by=plan.text("theme.approved_by"),
        approved_on=plan.known_day("theme.approved_on"),
        minute_ref=plan.text("theme.minute"),
        kloes=plan.kloes,
        cases=tuple(
            Case(
                case,
                chosen(plan.text(f"case.{case}.tier"), TIERS) or "",
                plan.text(f"case.{case}.mix"),
                plan.asked(case),
            )
            for case in plan.cases
        ),
        agencies=tuple(_with_lead(plan, agency) for agency in plan.rules.agencies if agency.code in asked),
        engagement=tuple(
            Engagement(
                row["case"], row["who"], chosen(row["decision"], ENGAGEMENT) or "", row["reason"], row["asked_by"]
            )
            for _, row in plan.rows("engagement")
        ),
        dates=plan.dates(),
    )


def _registers(plan: Plan) -> tuple[CaseRegister, ...]:
    rows = [row for _, row in plan.rows("people")]
    return tuple(CaseRegister(case, tuple(_person(row) for row in rows if row["case"] == case)) for case in plan.cases)


def _person(row: Mapping[str, str]) -> Person:
    return Person(
        role=role_in(row),
        name=row["name"],
        aliases=_several(row["aliases"]),
        dob=row["dob"],
        nhs_number=row["nhs_number"],
        upn=row["upn"],
        ni_number=row["ni_number"],
        phones=_several(row["phones"]),
        emails=_several(row["emails"]),
        address=row["address"],
        postcode=row["postcode"],
        school=row["school"],
        nursery=row["nursery"],
        gp_practice=row["gp_practice"],
        other_identifiers=_several(row["others"]),
    )


def _with_lead(plan: Plan, agency: AskedAgency) -> AskedAgency:
    lead = {
        field: plan.text(f"lead.{agency.code}.{field}")
        for field in ("name", "email", "role", "head_name", "head_email")
    }
    head = Lead(lead["head_name"], lead["head_email"]) if lead["head_email"] else agency.head
    return AskedAgency(agency.code, agency.name, agency.subjects, Lead(lead["name"], lead["email"], lead["role"]), head)


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", ";").split(";") if part.strip())
