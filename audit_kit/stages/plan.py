"""From a filled-in planning workbook to a session and its register, or everything that stands in the way.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Each session will examine 5 cases within
Hackney and 3 cases within the City"; "Proposed themes for audit work will be identified by the QA Sub
Committee"; the focus is "child in need, child protection and early help near the threshold".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from audit_kit.domain.dates import read_date
from audit_kit.domain.plan_form import ASK
from audit_kit.domain.queries import Level, Query
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.references import SESSION_FORM, is_session_ref
from audit_kit.domain.register import ROLE_LABELS, SUBJECT_CHILD, CaseRegister, Person
from audit_kit.domain.scales import ENGAGEMENT, NO, TIERS, chosen
from audit_kit.domain.session import AskedAgency, AuditSession, Case, Engagement, Lead, SessionDates
from audit_kit.domain.tool import AuditTool, Kind
from audit_kit.domain.working_days import add_working_days, is_working_day, months_before

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}")


@dataclass(frozen=True)
class PlanRules:
    """What a plan is checked against: the configuration's quotas and calendar, the bank's theme, today."""

    theme: Theme
    agencies: tuple[AskedAgency, ...]
    areas_of: Mapping[str, tuple[str, ...]]  # agency code → areas
    today: date
    window_months: int
    involvement_days: int
    response_days: int
    report_days: int
    closed_on: tuple[date, ...] = ()
    standing: tuple[str, ...] = ()  # sessions that stand already


@dataclass(frozen=True)
class Planned:
    """A plan with nothing wrong: the session, and who stands behind each of its cases."""

    session: AuditSession
    registers: tuple[CaseRegister, ...]


@dataclass(frozen=True)
class Plan:
    """A planning workbook on the desk."""

    answers: Mapping[str, str]
    form: AuditTool
    rules: PlanRules

    def text(self, ref: str) -> str:
        """The answer of this reference, "" if blank; a question's own reference means its answer."""
        return (self.answers.get(ref) or self.answers.get(f"{ref}.answer", "")).strip()

    def day(self, ref: str) -> date | None:
        """The answer as a date, None when blank or not one date."""
        return read_date(self.text(ref))

    def rows(self, sheet_id: str) -> Iterator[tuple[str, dict[str, str]]]:
        """The filled rows of a table: row reference, and field id → text, or the word of the list that was meant."""
        sheet = self.form.sheet(sheet_id)
        for question in sheet.questions:
            row = {}
            for field in sheet.fields:
                text = self.text(f"{question.ref}.{field.id}")
                row[field.id] = chosen(text, field.choices) or text
            if any(row.values()):
                yield question.ref, row

    @property
    def cases(self) -> tuple[str, ...]:
        """The references of the cases that the plan must fill."""
        return tuple(question.number for question in self.form.sheet("cases").questions)

    def problem(self, ref: str, request: str) -> Query:
        """Something to change in the plan, at the cell of this reference."""
        full = ref if self.form.place(ref) else f"{ref}.answer"
        place = self.form.place(full)
        return Query("PLAN", Level.RETURN, full, place.in_words() if place else "the plan", request)


def read_plan(answers: Mapping[str, str], form: AuditTool, rules: PlanRules) -> Planned | tuple[Query, ...]:
    """The session that this plan makes; or everything that must be changed first, in the order of its sheets."""
    plan = Plan(answers, form, rules)
    problems = [problem for check in CHECKS for problem in check(plan)]
    if problems:
        order = {ref: number for number, ref in enumerate(form.answer_refs)}
        return tuple(sorted(problems, key=lambda problem: order.get(problem.answer_ref, -1)))
    return Planned(_session(plan), _registers(plan))


# --- what must be right -----------------------------------------------------------------------------------


def blanks(plan: Plan) -> Iterator[Query]:
    """Everything that is required is there, and what is chosen is a word of its list."""
    for ref in plan.form.answer_refs:
        place = plan.form.place(ref)
        if place is None:
            continue
        text = plan.text(ref)
        if place.sheet.id in ("session", "theme") and place.question.required and not text:
            yield plan.problem(ref, f"fill in {place.question.number} {place.question.wording}")
        elif text and place.choices and chosen(text, place.choices) is None:
            yield plan.problem(ref, f"choose one of the listed words in {place.in_words()}")
        elif text and place.kind is Kind.DATE and read_date(text) is None:
            yield plan.problem(ref, f"give one whole date in {place.in_words()}, such as 14 Mar 2026")


def session_reference(plan: Plan) -> Iterator[Query]:
    """The session has a reference of its own, for this theme."""
    ref = plan.text("session.ref")
    if not ref:
        return
    if not is_session_ref(ref):
        yield plan.problem("session.ref", "write the reference as year, A and number, theme: 2026-A2-NEG")
    elif SESSION_FORM.fullmatch(ref)["theme"] != plan.rules.theme.code:  # type: ignore[index]
        yield plan.problem("session.ref", f"end the reference with the theme's code, {plan.rules.theme.code}")
    elif ref in plan.rules.standing:
        yield plan.problem("session.ref", "choose another reference: a session of this one stands already")


def theme_approved(plan: Plan) -> Iterator[Query]:
    """A theme is approved before anything is issued, so not in the future."""
    approved = plan.day("theme.approved_on")
    if approved and approved > plan.rules.today:
        yield plan.problem("theme.approved_on", "correct the date of approval: it lies in the future")


def some_kloe(plan: Plan) -> Iterator[Query]:
    """A session asks at least one question of everybody."""
    if not any(kloe.is_for_all and kloe.ref in _kloes(plan) for kloe in plan.rules.theme.kloes):
        yield plan.problem(f"kloe.{plan.rules.theme.kloes[0].ref}.ask", "choose at least one line of enquiry")


def each_case_described(plan: Plan) -> Iterator[Query]:
    """Each area's quota of cases, each with its tier and a line that names nobody."""
    for case in plan.cases:
        if not plan.text(f"case.{case}.tier"):
            yield plan.problem(f"case.{case}.tier", f"choose the tier of case {case}")
        if not plan.text(f"case.{case}.mix"):
            yield plan.problem(f"case.{case}.mix", f"describe case {case} in a line, without names")


def mix_of_tiers(plan: Plan) -> Iterator[Query]:
    """The focus is on three tiers: each is there at least once."""
    tiers = {chosen(plan.text(f"case.{case}.tier"), TIERS) for case in plan.cases}
    missing = [tier for tier in TIERS[:3] if tier not in tiers]
    if missing and None not in tiers:
        yield plan.problem(
            f"case.{plan.cases[0]}.tier",
            f"choose cases of every tier: {' and '.join(missing)} {'has' if len(missing) == 1 else 'have'} none",
        )


def each_case_has_agencies(plan: Plan) -> Iterator[Query]:
    """Somebody is asked about every case, and only agencies that work in its area."""
    for case in plan.cases:
        asked = _asked(plan, case)
        if not asked:
            yield plan.problem(
                f"known.{case}.{plan.rules.agencies[0].code}", f"choose the agencies to ask about case {case}"
            )
        for code in asked:
            if case[0] not in plan.rules.areas_of.get(code, ()):
                yield plan.problem(
                    f"known.{case}.{code}", f"leave out {code} for case {case}: it doesn't work in that area"
                )


def each_case_has_people(plan: Plan) -> Iterator[Query]:
    """Exactly one subject child stands behind every case; every person has a case, a role and a name.

    An unborn child has no name yet.
    """
    rows = list(plan.rows("people"))
    for ref, row in rows:
        for field, words in (("case", "case"), ("role", "role"), ("name", "name")):
            if not row[field] and not (field == "name" and _role(row) == "unborn"):
                yield plan.problem(f"{ref}.{field}", f"give the {words} of this person")
    for case in plan.cases:
        children = [ref for ref, row in rows if row["case"] == case and _role(row) in (SUBJECT_CHILD, "unborn")]
        if not children:
            yield plan.problem(f"person.{_free_row(rows)}.case", f"add the subject child of case {case}")
        for ref in children[1:]:
            yield plan.problem(f"{ref}.role", f"choose another role: case {case} has its subject child already")


def each_case_has_engagement(plan: Plan) -> Iterator[Query]:
    """Whether child, parents or carers can be engaged is decided for every case, with a reason."""
    rows = list(plan.rows("engagement"))
    for ref, row in rows:
        for field, words in (("case", "choose the case"), ("who", "choose who it is"), ("decision", "choose the decision"),
                             ("reason", "say why")):  # fmt: skip
            if not row[field]:
                yield plan.problem(f"{ref}.{field}", words)
    for case in plan.cases:
        if not any(row["case"] == case for _, row in rows):
            free = next((n for n in range(1, 1000) if f"engagement.{n}" not in dict(rows)), 1)
            yield plan.problem(f"engagement.{free}.case", f"add a decision about engagement for case {case}")


def leads_can_be_reached(plan: Plan) -> Iterator[Query]:
    """Every agency that is asked has a lead with an address."""
    asked = {code for case in plan.cases for code in _asked(plan, case)}
    for code in sorted(asked):
        if not plan.text(f"lead.{code}.name"):
            yield plan.problem(f"lead.{code}.name", f"name the lead of {code}")
        if not _EMAIL.fullmatch(plan.text(f"lead.{code}.email")):
            yield plan.problem(f"lead.{code}.email", f"give the e-mail address of the lead of {code}")
        # an address that is missing or wrong here would be found out by the first immediate concern
        head = plan.text(f"lead.{code}.head_name"), plan.text(f"lead.{code}.head_email")
        if any(head) and not _EMAIL.fullmatch(head[1]):
            yield plan.problem(
                f"lead.{code}.head_email",
                f"give the e-mail address of whoever is told of an immediate concern in {code}",
            )


def dates_possible(plan: Plan) -> Iterator[Query]:
    """The dates follow one another, fall on working days, and there is time for the first of them."""
    if not plan.day("session.qa_committee") or not plan.day("session.window_end"):
        return
    dates = _dates(plan)
    steps = (
        ("notified", "letters and slips"), ("involvement_due", "the return of involvement forms"), ("issued", "the issue of audit tools"),
        ("due", "the return of audit tools"), ("meeting", "the multi-agency meeting"), ("qa_committee", "the QA Sub Committee"),
        ("executive", "the Executive"), ("board", "the Board"),
    )  # fmt: skip
    for (earlier, first), (later, second) in pairwise(steps):
        if getattr(dates, later) < getattr(dates, earlier):
            yield plan.problem(f"session.{later}", f"move {second} behind {first}")
    if dates.notified < plan.rules.today and plan.day("session.notified"):
        yield plan.problem("session.notified", "choose a later day for letters and slips: this one has passed")
    elif dates.notified < plan.rules.today:
        yield plan.problem(
            "session.qa_committee",
            f"choose a later QA Sub Committee: worked back from it, letters would have gone out on {dates.notified:%d %b %Y}",
        )
    if dates.window_end > plan.rules.today:
        yield plan.problem("session.window_end", "end the 12 months under review on a day that has passed")
    for name, words in steps:
        if not is_working_day(getattr(dates, name), plan.rules.closed_on):
            yield plan.problem(f"session.{name}", f"choose a working day for {words}")


CHECKS = (
    blanks,
    session_reference,
    theme_approved,
    some_kloe,
    each_case_described,
    mix_of_tiers,
    each_case_has_agencies,
    leads_can_be_reached,
    each_case_has_people,
    each_case_has_engagement,
    dates_possible,
)


# --- what the plan makes ------------------------------------------------------------------------------------


def _session(plan: Plan) -> AuditSession:
    asked = {code for case in plan.cases for code in _asked(plan, case)}
    theme = plan.rules.theme
    return AuditSession(
        ref=plan.text("session.ref"),
        theme=theme.name,
        theme_title=theme.title,
        why_chosen=plan.text("theme.why"),
        source=plan.text("theme.source"),
        approved_by=plan.text("theme.approved_by"),
        approved_on=_certain(plan.day("theme.approved_on")),
        minute_ref=plan.text("theme.minute"),
        kloes=_kloes(plan),
        cases=tuple(
            Case(
                case,
                chosen(plan.text(f"case.{case}.tier"), TIERS) or "",
                plan.text(f"case.{case}.mix"),
                _asked(plan, case),
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
        dates=_dates(plan),
    )


def _registers(plan: Plan) -> tuple[CaseRegister, ...]:
    rows = [row for _, row in plan.rows("people")]
    return tuple(CaseRegister(case, tuple(_person(row) for row in rows if row["case"] == case)) for case in plan.cases)


def _person(row: Mapping[str, str]) -> Person:
    return Person(
        role=_role(row),
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


def _dates(plan: Plan) -> SessionDates:
    """The calendar worked back from the QA Sub Committee; dates that the team gave stay as given."""
    closed = plan.rules.closed_on
    window_end, qa_committee = _certain(plan.day("session.window_end")), _certain(plan.day("session.qa_committee"))
    due = plan.day("session.due") or add_working_days(qa_committee, -plan.rules.report_days, closed)
    issued = plan.day("session.issued") or add_working_days(due, -plan.rules.response_days, closed)
    involvement_due = plan.day("session.involvement_due") or issued
    notified = plan.day("session.notified") or add_working_days(involvement_due, -plan.rules.involvement_days, closed)
    return SessionDates(
        window_start=months_before(window_end, plan.rules.window_months) + timedelta(days=1),
        window_end=window_end,
        notified=notified,
        involvement_due=involvement_due,
        issued=issued,
        due=due,
        meeting=plan.day("session.meeting") or add_working_days(qa_committee, -plan.rules.report_days // 2, closed),
        qa_committee=qa_committee,
        executive=plan.day("session.executive") or qa_committee,
        board=plan.day("session.board") or plan.day("session.executive") or qa_committee,
    )


def _with_lead(plan: Plan, agency: AskedAgency) -> AskedAgency:
    lead = {
        field: plan.text(f"lead.{agency.code}.{field}")
        for field in ("name", "email", "role", "head_name", "head_email")
    }
    head = Lead(lead["head_name"], lead["head_email"]) if lead["head_email"] else agency.head
    return AskedAgency(agency.code, agency.name, agency.subjects, Lead(lead["name"], lead["email"], lead["role"]), head)


def _asked(plan: Plan, case: str) -> tuple[str, ...]:
    codes = (agency.code for agency in plan.rules.agencies)
    return tuple(code for code in codes if chosen(plan.text(f"known.{case}.{code}"), (ASK,)))


def _kloes(plan: Plan) -> tuple[str, ...]:
    """What this session asks. Blank means Yes: a line of enquiry is left out only when somebody says so."""
    refs = (kloe.ref for kloe in plan.rules.theme.kloes)
    return tuple(ref for ref in refs if chosen(plan.text(f"kloe.{ref}.ask"), (NO,)) is None)


def _role(row: Mapping[str, str]) -> str:
    """The register's role for the word that was chosen: "Mother's partner" → mothers_partner."""
    words = {label.casefold(): role for role, label in ROLE_LABELS.items()}
    return words.get(row["role"].casefold(), row["role"].casefold().replace(" ", "_"))


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", ";").split(";") if part.strip())


def _free_row(rows: Sequence[tuple[str, dict[str, str]]]) -> int:
    used = {ref for ref, _ in rows}
    return next(number for number in range(1, 1000) if f"person.{number}" not in used)


def _certain(day: date | None) -> date:
    """A date that the checks have seen to be there."""
    assert day is not None
    return day
