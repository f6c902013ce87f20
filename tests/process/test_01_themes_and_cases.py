"""Proposed themes for audit work will be identified by the QA Sub Committee. Each session will examine 5 cases
within Hackney and 3 cases within the City, with a focus on child in need, child protection and early help near
the threshold."""

from datetime import date

import pytest
from builders import THEME

from audit_kit.domain.plan_form import AgencyChoice, plan_form
from audit_kit.domain.queries import Query
from audit_kit.domain.register import CaseRegister, Person
from audit_kit.domain.session import AskedAgency, Case, Engagement, Lead, SessionDates
from audit_kit.stages.filled_plan import PlanRules
from audit_kit.stages.plan import Planned, read_plan

QUOTAS = (("H", "Hackney", 2), ("C", "City of London", 1))
AREAS_OF = {"CSC-H": ("H",), "CSC-C": ("C",), "MPS": ("H", "C")}
FORM = plan_form(THEME, QUOTAS, [AgencyChoice(code, code, areas) for code, areas in AREAS_OF.items()])
RULES = PlanRules(
    theme=THEME,
    agencies=tuple(AskedAgency(code, code, ("child",), Lead("Lead", f"{code}@x.example")) for code in AREAS_OF),
    areas_of=AREAS_OF,
    today=date(2026, 9, 1),
    window_months=12,
    involvement_days=5,
    response_days=20,
    report_days=40,
    standing=("2026-A1-NEG",),
)

GOOD = {
    "session.ref": "2026-A2-NEG",
    "session.window_end": "31 Aug 2026",
    "session.qa_committee": "2026-12-17",
    "session.executive": "14/01/2027",
    "session.board": "4 Feb 2027",
    "theme.name": "Neglect",
    "theme.why": "The commonest reason for a plan in both areas.",
    "theme.source": "Learning review",
    "theme.approved_by": "QA Sub Committee",
    "theme.approved_on": "12 May 2026",
    "theme.minute": "QA 2026/05-4",
    "case.H1.tier": "Child protection",
    "case.H1.mix": "Girl aged 2-4, two siblings.",
    "case.H2.tier": "Child in need",
    "case.H2.mix": "Boy aged 5-10.",
    "case.C1.tier": "Early help near child in need",
    "case.C1.mix": "Girl aged 11-15.",
    "known.H1.CSC-H": "Ask",
    "known.H1.MPS": "Ask",
    "known.H2.CSC-H": "Ask",
    "known.C1.CSC-C": "Ask",
    **{f"lead.{code}.name": f"Lead of {code}" for code in AREAS_OF},
    **{f"lead.{code}.email": f"{code}@agency.example" for code in AREAS_OF},
    "person.1.case": "H1",
    "person.1.role": "Child",
    "person.1.name": "Grace Adeyemi",
    "person.1.aliases": "Gracie; G",
    "person.2.case": "H1",
    "person.2.role": "Mother's partner",
    "person.2.name": "Patrick Fallon",
    "person.3.case": "H2",
    "person.3.role": "Unborn child",
    "person.4.case": "C1",
    "person.4.role": "Child",
    "person.4.name": "Ines Vale",
    "engagement.1.case": "H1",
    "engagement.1.who": "Child",
    "engagement.1.decision": "No",
    "engagement.1.reason": "Too young.",
    "engagement.2.case": "H2",
    "engagement.2.who": "Mother",
    "engagement.2.decision": "Yes",
    "engagement.2.reason": "Asked to be heard.",
    "engagement.3.case": "C1",
    "engagement.3.who": "Child",
    "engagement.3.decision": "Not appropriate",
    "engagement.3.reason": "In hospital.",
}


def read(changes: dict[str, str] | None = None) -> Planned | tuple[Query, ...]:
    """The good plan with these answers instead, as the team sent it."""
    answers = GOOD | (changes or {})
    return read_plan({ref if FORM.place(ref) else f"{ref}.answer": text for ref, text in answers.items()}, FORM, RULES)


def planned(changes: dict[str, str] | None = None) -> Planned:
    found = read(changes)
    assert isinstance(found, Planned), found
    return found


def to_change(changes: dict[str, str]) -> list[tuple[str, str]]:
    """Where the plan must be changed, and how."""
    found = read(changes)
    assert isinstance(found, tuple)
    return [(problem.answer_ref, problem.request) for problem in found]


# --- a plan that is right ---------------------------------------------------------------------------------


def test_a_plan_with_nothing_wrong_makes_a_session():
    session = planned().session

    assert session.ref == "2026-A2-NEG"
    assert session.approved_on == date(2026, 5, 12)
    assert session.kloes == ("N1", "N6", "N7", "N10", "N21")
    assert session.cases == (
        Case("H1", "Child protection", "Girl aged 2-4, two siblings.", ("CSC-H", "MPS")),
        Case("H2", "Child in need", "Boy aged 5-10.", ("CSC-H",)),
        Case("C1", "Early help near child in need", "Girl aged 11-15.", ("CSC-C",)),
    )
    assert session.engagement[0] == Engagement("H1", "Child", "No", "Too young.", "")


def test_the_dates_are_worked_back_on_working_days_from_the_qa_sub_committee():
    # 40 working days before 17 December lie in October: no bank holiday is among them
    assert planned().session.dates == SessionDates(
        window_start=date(2025, 9, 1),
        window_end=date(2026, 8, 31),
        notified=date(2026, 9, 17),
        involvement_due=date(2026, 9, 24),
        issued=date(2026, 9, 24),
        due=date(2026, 10, 22),
        meeting=date(2026, 11, 19),
        qa_committee=date(2026, 12, 17),
        executive=date(2027, 1, 14),
        board=date(2027, 2, 4),
    )


def test_a_date_that_the_team_gave_stays_and_the_others_are_worked_back_from_it():
    dates = planned({"session.due": "2026-10-30"}).session.dates

    assert (dates.notified, dates.issued, dates.due) == (date(2026, 9, 25), date(2026, 10, 2), date(2026, 10, 30))


def test_who_stands_behind_a_case_is_in_its_register_and_nowhere_in_the_session():
    found = planned()

    assert found.registers[0] == CaseRegister(
        "H1",
        (
            Person("subject_child", "Grace Adeyemi", aliases=("Gracie", "G")),
            Person("mothers_partner", "Patrick Fallon"),
        ),
    )
    assert "Adeyemi" not in repr(found.session)
    assert "Fallon" not in repr(found.session)


def test_a_line_of_enquiry_is_left_out_only_when_somebody_says_so():
    assert planned({"kloe.N7.ask": "No", "kloe.N6.ask": "Yes"}).session.kloes == ("N1", "N6", "N10", "N21")


def test_words_of_a_list_are_read_whatever_their_case_and_spaces():
    typed = {
        "person.1.case": "h1 ",
        "person.1.role": "child",
        "person.2.role": "mother's  PARTNER",
        "engagement.1.case": "h1",
        "engagement.1.decision": "no",
        "case.H1.tier": "child Protection",
        "known.H1.MPS": "ask",
    }

    assert planned(typed) == planned()


def test_an_agency_that_is_asked_about_no_case_is_not_in_the_session():
    assert [agency.code for agency in planned({"known.H1.MPS": ""}).session.agencies] == ["CSC-H", "CSC-C"]


def test_whoever_is_told_of_a_concern_is_as_the_plan_says():
    session = planned({"lead.MPS.head_name": "The Commander", "lead.MPS.head_email": "head@police.example"}).session

    assert session.agency("MPS").head == Lead("The Commander", "head@police.example")
    assert session.agency("MPS").lead == Lead("Lead of MPS", "MPS@agency.example")


# --- what must be changed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "where", "how"),
    [
        ({"theme.approved_by": ""}, "theme.approved_by.answer", "fill in 2.4 Approved by"),
        ({"theme.approved_on": ""}, "theme.approved_on.answer", "fill in 2.5 Approved on"),
        (
            {"theme.approved_on": "2 Sep 2026"},
            "theme.approved_on.answer",
            "correct the date of approval: it lies in the future",
        ),
        (
            {"session.ref": "2026-2"},
            "session.ref.answer",
            "write the reference as year, A and number, theme: 2026-A2-NEG",
        ),
        ({"session.ref": "2026-A2-CSE"}, "session.ref.answer", "end the reference with the theme's code, NEG"),
        (
            {"session.ref": "2026-A1-NEG"},
            "session.ref.answer",
            "choose another reference: a session of this one stands already",
        ),
        ({"case.H2.tier": ""}, "case.H2.tier", "choose the tier of case H2"),
        ({"case.H2.mix": ""}, "case.H2.mix", "describe case H2 in a line, without names"),
        (
            {"case.H2.tier": "Child protection"},
            "case.H1.tier",
            "choose cases of every tier: Child in need has none",
        ),
        (
            {"case.H2.tier": "Child protection", "case.C1.tier": "Step-down"},
            "case.H1.tier",
            "choose cases of every tier: Early help near child in need and Child in need have none",
        ),
        ({"known.H2.CSC-H": ""}, "known.H2.CSC-H", "choose the agencies to ask about case H2"),
        (
            {"known.C1.CSC-H": "Ask"},
            "known.C1.CSC-H",
            "leave out CSC-H for case C1: it doesn't work in that area",
        ),
        ({"lead.MPS.name": ""}, "lead.MPS.name", "name the lead of MPS"),
        ({"lead.MPS.email": "by telephone"}, "lead.MPS.email", "give the e-mail address of the lead of MPS"),
        ({"lead.MPS.email": "a@b"}, "lead.MPS.email", "give the e-mail address of the lead of MPS"),
        (
            {"lead.MPS.head_name": "The Commander"},
            "lead.MPS.head_email",
            "give the e-mail address of whoever is told of an immediate concern in MPS",
        ),
        ({"person.1.name": ""}, "person.1.name", "give the name of this person"),
        ({"person.2.role": ""}, "person.2.role", "give the role of this person"),
        ({"person.2.case": ""}, "person.2.case", "give the case of this person"),
        ({"person.4.role": "Mother"}, "person.5.case", "add the subject child of case C1"),
        (
            {"person.2.role": "Child"},
            "person.2.role",
            "choose another role: case H1 has its subject child already",
        ),
        ({"engagement.3.case": "H2"}, "engagement.4.case", "add a decision about engagement for case C1"),
        ({"engagement.3.reason": ""}, "engagement.3.reason", "say why"),
        (
            {"session.qa_committee": "2026-11-12"},
            "session.qa_committee.answer",
            "choose a later QA Sub Committee: worked back from it, letters would have gone out on 12 Aug 2026",
        ),
        (
            {"session.notified": "2026-08-28"},
            "session.notified.answer",
            "choose a later day for letters and slips: this one has passed",
        ),
        (
            {"session.window_end": "2026-09-02"},
            "session.window_end.answer",
            "end the 12 months under review on a day that has passed",
        ),
        (
            {"session.board": "2027-01-04"},
            "session.board.answer",
            "move the Board behind the Executive",
        ),
        ({"session.executive": "2027-01-16"}, "session.executive.answer", "choose a working day for the Executive"),
        ({"session.due": "2026-10-25"}, "session.due.answer", "choose a working day for the return of audit tools"),
        (
            {"session.meeting": "12 November"},
            "session.meeting.answer",
            "give one whole date in question 1.10 (Multi-agency meeting), such as 14 Mar 2026",
        ),
        (
            {"engagement.3.decision": "perhaps"},
            "engagement.3.decision",
            "choose one of the listed words in Engagement, row 3, can be engaged?",
        ),
    ],
)
def test_what_stands_in_the_way_is_told_with_its_cell(changes, where, how):
    assert to_change(changes) == [(where, how)]


def test_a_christmas_date_is_no_working_day():
    assert ("session.meeting.answer", "choose a working day for the multi-agency meeting") in to_change(
        {"session.meeting": "2026-12-25", "session.qa_committee": "2027-01-06"}
    )


def test_a_session_asks_something_of_everybody():
    assert to_change({f"kloe.{ref}.ask": "No" for ref in ("N1", "N6", "N7", "N10")}) == [
        ("kloe.N1.ask", "choose at least one line of enquiry")
    ]


def test_everything_is_told_at_once_in_the_order_of_the_sheets():
    found = to_change(
        {
            "engagement.1.reason": "",
            "person.1.name": "",
            "lead.MPS.email": "",
            "known.H2.CSC-H": "",
            "case.H1.mix": "",
            "theme.minute": "",
            "session.board": "",
        }
    )

    assert [where for where, _ in found] == [
        "session.board.answer",
        "theme.minute.answer",
        "case.H1.mix",
        "known.H2.CSC-H",
        "lead.MPS.email",
        "person.1.name",
        "engagement.1.reason",
    ]


def test_an_empty_plan_asks_for_everything_and_stops_at_nothing():
    found = read_plan({}, FORM, RULES)

    assert len(found) == 26
    assert [problem for problem in found if FORM.place(problem.answer_ref) is None] == []


def test_no_problem_quotes_what_stands_in_the_plan():
    found = read(dict.fromkeys(GOOD, "Zephyrine Quux"))

    assert [problem for problem in found if "Zephyrine" in f"{problem.place}{problem.request}{problem.reason}"] == []
