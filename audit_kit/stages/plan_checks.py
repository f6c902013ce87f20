"""What must be right about a plan before its session stands. Each check gives what is to be changed, at its cell.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Each session will examine 5 cases within
Hackney and 3 cases within the City"; the focus is "child in need, child protection and early help near the threshold".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit_kit.domain.dates import read_date
from audit_kit.domain.queries import Query
from audit_kit.domain.references import SESSION_FORM, is_session_ref
from audit_kit.domain.register import SUBJECT_CHILD
from audit_kit.domain.scales import TIERS, chosen
from audit_kit.domain.tool import Kind
from audit_kit.domain.working_days import is_working_day
from audit_kit.stages.filled_plan import Plan, role_in

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}")


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
    if not any(kloe.is_for_all and kloe.ref in plan.kloes for kloe in plan.rules.theme.kloes):
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
        asked = plan.asked(case)
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
            if not row[field] and not (field == "name" and role_in(row) == "unborn"):
                yield plan.problem(f"{ref}.{field}", f"give the {words} of this person")
    for case in plan.cases:
        children = [ref for ref, row in rows if row["case"] == case and role_in(row) in (SUBJECT_CHILD, "unborn")]
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
    asked = {code for case in plan.cases for code in plan.asked(case)}
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
    dates = plan.dates()
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


def _free_row(rows: Sequence[tuple[str, dict[str, str]]]) -> int:
    used = {ref for ref, _ in rows}
    return next(number for number in range(1, 1000) if f"person.{number}" not in used)
