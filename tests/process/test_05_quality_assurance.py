"""On completion, the audits will be quality assured by the LSCB and returned if they are not sufficiently
robust, or comprehensive. No audit should be completed by the case holder or the line manager with casework
responsibility, in order to maintain independent scrutiny."""

import pytest
from builders import ROOT, THEME, a_desk, a_nil_return, a_return, a_tool, demo_desks
from plain_walk import takes_at_most

from audit_kit.domain.queries import Query
from audit_kit.domain.returns import AuditReturn, RosterEntry
from audit_kit.office.question_bank import read_question_bank
from audit_kit.stages.check import queries_about
from audit_kit.stages.rules_independence import same_person


def queries(answers: dict[str, str] | None = None, **desk: object) -> tuple[Query, ...]:
    return queries_about(a_desk(a_return(answers=answers), **desk))


def requests(answers: dict[str, str] | None = None, **desk: object) -> list[tuple[str, str]]:
    """What the agency is asked, with the rule that asks."""
    return [(query.rule, query.request) for query in queries(answers, **desk) if query.sends_back]


def requests_at(answers: dict[str, str]) -> list[tuple[str, str]]:
    """Where the agency is asked something, with the rule that asks."""
    return [(query.rule, query.answer_ref) for query in queries(answers) if query.sends_back]


def warnings(answers: dict[str, str] | None = None, **desk: object) -> list[tuple[str, str]]:
    """What only the reviewer sees."""
    return [(query.rule, query.request) for query in queries(answers, **desk) if not query.sends_back]


# --- comprehensive ----------------------------------------------------------------------------------------


def test_a_complete_return_is_asked_nothing():
    assert queries() == ()


def test_a_signed_nil_return_is_a_full_answer():
    assert queries_about(a_desk(a_nil_return())) == ()


def test_a_nil_return_is_signed_by_auditor_and_agency_lead():
    asked = queries_about(a_desk(a_nil_return({"auditor.name": "", "lead.name": ""})))

    assert [(query.rule, query.request) for query in asked] == [
        ("V10", "answer question 3.1 (Your name)"),
        ("V10", "answer question 3.16 (Agency lead who accepts this as the agency's return)"),
    ]


def test_no_involvement_and_events_of_the_period_cannot_both_be_right():
    assert requests({"involvement.known": "No – never known to us"}) == [
        (
            "V05",
            "choose again in question 2.1 (Did your service know this family in the review period?) – it says that you "
            "were not involved, but there are events or grades of the review period",
        )
    ]


def test_but_events_before_the_period_agree_with_known_before():
    nil = a_nil_return(
        {"involvement.known": "No – known before the review period only", "chronology.1.date": "2024-05-02"}
    )

    assert [query.rule for query in queries_about(a_desk(nil)) if query.sends_back] == []


@pytest.mark.parametrize(
    ("blank", "rule", "request_"),
    [
        (
            {"concern.any": ""},
            "V00",
            "choose an answer to question 1.1 (Does anything you read worry you today: immediate risk to a child or a "
            "vulnerable adult, or unsafe practice?); choose No only if nothing worries you",
        ),
        (
            {"involvement.known": ""},
            "V05",
            "choose an answer to question 2.1 (Did your service know this family in the review period?)",
        ),
        (
            {"involvement.records": ""},
            "V08",
            "answer question 2.8 (Which records did you read? System, type and period of each)",
        ),
        (
            {"practitioner.1.name": "", "practitioner.1.role": ""},
            "V09",
            "name the practitioners you spoke to on the Practitioners sheet, or say in question 2.10 why there was none",
        ),
        (
            {"declaration.g": ""},
            "V10",
            "choose an answer to question 3.13 (My agency keeps its own copy of this audit securely.)",
        ),
        ({"lead.date": ""}, "V10", "answer question 3.17 (Date accepted by the agency lead)"),
        ({"N7.ours": ""}, "V13", "choose one grade for our practice in question N7 (Working together)"),
        ({"N7.together": ""}, "V13", "choose one grade for working together in question N7 (Working together)"),
        ({"overall.ours": ""}, "V13", "choose an answer to question 10.1 (Overall grade: our practice)"),
        (
            {"N7.evidence": ""},
            "V14",
            "add evidence for your grade in question N7 (Working together) – it has a grade but no evidence",
        ),
        ({"N7.why": ""}, "V16", "say why you chose this grade in question N7 (Working together)"),
        (
            {"voice.child": ""},
            "V25",
            "answer question 7.1 (What does the child say or show about their life?), or give the reason if you can't",
        ),
        (
            {"action.1.what": "", "action.1.question": ""},
            "V28",
            "add an action for question N6 (Plan and drift) on the Actions sheet – you graded it Requires improvement",
        ),
    ],
)
def test_what_is_blank_is_asked_for_in_the_tools_own_words(blank, rule, request_):
    assert requests(blank) == [(rule, request_)]


def test_somebody_involved_has_a_chronology():
    blank = {ref: "" for ref in a_return().answers if ref.startswith("chronology.")}

    assert requests(blank) == [
        ("V06", "add the events of the review period to the Chronology sheet – you were involved, but it has none")
    ]


def test_somebody_involved_grades_the_questions():
    blank = {f"{kloe.ref}.ours": "" for kloe in THEME.kloes if not kloe.agencies}

    assert requests(blank)[0] == (
        "V06",
        "grade your practice on the Questions sheet – you were involved, but no question is graded",
    )


@pytest.mark.parametrize(
    "answers",
    [
        {"involvement.records": "", "involvement.records.blank": "Our system was closed in March."},
        {"practitioner.1.name": "", "practitioner.1.role": "", "involvement.no_practitioner": "Both have left."},
        {"voice.child": "", "voice.child.blank": "Unborn."},
        {"lead.name": "", "lead.name.blank": "On leave until Monday; her deputy signs then."},
        {"N7.ours": "", "N7.together": "", "N7.evidence": "", "N7.why": "", "N7.blank": "Records are in a closed system."},
        {"N7.why": "", "N7.blank": "The manager who graded it has left."},
        {"N7.ours": "Not our role", "N7.evidence": "", "N7.why": "We hold no cases."},
        {"N6.ours": "Insufficient evidence on file", "N6.evidence": "", "action.1.question": "", "action.1.what": ""},
    ],
)  # fmt: skip
def test_a_blank_with_a_reason_is_a_valid_answer(answers):
    assert requests(answers) == []


def test_a_grade_without_evidence_but_with_a_reason_is_for_the_reviewer():
    assert warnings({"N7.evidence": "", "N7.blank": "The paper file is at the court."}) == [
        ("V14", "a grade without evidence; the agency gives a reason")
    ]


@pytest.mark.parametrize(
    ("grade", "what"),
    [("Not our role", "why this is not your role"), ("Insufficient evidence on file", "what you looked for on file")],
)
def test_no_grade_needs_a_reason_too(grade, what):
    assert requests({"N7.ours": grade, "N7.why": ""}) == [("V16", f"say {what} in question N7 (Working together)")]


@pytest.mark.parametrize("typed", ["good", " GOOD ", "requires  Improvement"])
def test_a_grade_is_read_whatever_its_case_and_spaces(typed):
    assert requests({"N6.ours": typed}) == []


@pytest.mark.parametrize("typed", ["Good/RI", "RI", "3", "Fairly good"])
def test_a_grade_between_two_grades_is_asked_about(typed):
    assert requests({"N7.ours": typed}) == [
        ("V13", "choose one grade for our practice in question N7 (Working together)")
    ]


def test_a_word_that_is_not_of_the_list_is_asked_about():
    assert requests({"identity.disability": "perhaps"}) == [
        ("V13", "choose one of the listed answers in question 4.4 (Disability or special educational needs)")
    ]


@pytest.mark.parametrize(
    "typed", ["N6", "n6", "N1, N6", "N10 & N6.", "N 6 and N7", "Question N6/N7", "N1;N6", "see N6 (plan)"]
)
def test_an_action_is_found_however_its_question_is_typed(typed):
    assert requests({"action.1.question": typed}) == []


def test_n10_does_not_answer_n1():
    asked = requests({"N1.ours": "Inadequate", "action.2.question": "N10", "action.2.what": "Read the history."})

    assert asked == [
        ("V28", "add an action for question N1 (Recognition) on the Actions sheet – you graded it Inadequate")
    ]


def test_an_action_with_a_question_but_no_words_is_none():
    assert [rule for rule, _ in requests({"action.1.what": ""})] == ["V28"]


def test_a_formula_is_no_answer():
    given = a_return()
    with_formula = AuditReturn(given.audit, 1, given.answers, frozenset({"N6.ours"}))

    assert [(q.rule, q.request) for q in queries_about(a_desk(with_formula))] == [
        ("V35", "type the answer in question N6 (Plan and drift), grade: our practice – a formula stands there")
    ]


def test_a_line_of_enquiry_for_the_police_is_asked_of_nobody_else():
    assert [kloe.ref for kloe in a_tool("HVSN").sheet("questions").questions] == ["N1", "N6", "N7", "N10"]
    assert [kloe.ref for kloe in a_tool("MPS").sheet("questions").questions] == ["N1", "N6", "N7", "N10", "N21"]


# --- robust -----------------------------------------------------------------------------------------------

_LONG = "The health visitor went to the home and found the cupboards empty and the little one in wet clothes, and said so to the mother plainly that same day"  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        ("Case note of 14 March 2026 shows it.", "is shorter than 25 words"),
        (f"{_LONG}, as the case note says.", "has no date"),
        (_LONG, "has no date and doesn't say where on file it is"),
        ("All good.", "is shorter than 25 words, has no date and doesn't say where on file it is"),
    ],
)
def test_thin_evidence_goes_back_with_everything_that_it_lacks(evidence, missing):
    assert requests({"N7.evidence": evidence}) == [
        ("V15", f"add to the evidence in question N7 (Working together) – it {missing}")
    ]


@pytest.mark.parametrize(
    "day", ["14 March 2026", "14/3/26", "3.4.2026", "12/06", "in May", "in Sept", "on the 3rd of june", "since 2025"]
)
def test_a_date_is_seen_however_it_is_written(day):
    assert requests({"N7.evidence": f"{_LONG} {day}, as the case note says."}) == []


@pytest.mark.parametrize(
    "word", ["she may", "it was decided", "was marked", "after 2.5 hours", "help 24/7", "they separated", "12-14"]
)
def test_and_an_ordinary_word_or_number_is_no_date(word):
    assert [rule for rule, _ in requests({"N7.evidence": f"{_LONG}, {word}, as the case note says."})] == ["V15"]


def test_evidence_whose_source_is_not_recognised_is_for_the_reviewer_not_the_agency():
    answers = {"N7.evidence": f"{_LONG}, 14 March 2026."}

    assert requests(answers) == []
    assert warnings(answers) == [("V15", "the evidence may not say where on file it is")]


@pytest.mark.parametrize(
    ("answers", "request_"),
    [
        ({"chronology.2.date": "January 2026"}, "give the day, month and year in row 2 of the Chronology"),
        ({"chronology.2.date": "31/02/2026"}, "give the day, month and year in row 2 of the Chronology"),
        ({"chronology.6.date": "2026-11-07"}, "correct the date: it lies in the future in row 6 of the Chronology"),
        ({"chronology.2.end": "spring"}, "give the day, month and year of the end in row 2 of the Chronology"),
        (
            {"chronology.2.end": "2026-01-11"},
            "correct the end date: it lies before the start in row 2 of the Chronology",
        ),
        (
            {"involvement.first": "last year"},
            "give the day, month and year in question 2.2 (First contact in the review period)",
        ),
        (
            {"involvement.last": "2025-10-31"},
            "correct question 2.3 (Latest contact in the review period): it lies before the first contact",
        ),
    ],
)
def test_a_date_that_cannot_be_right_is_asked_about(answers, request_):
    assert requests(answers) == [("V21", request_)]


@pytest.mark.parametrize(
    ("answers", "warning"),
    [
        ({"N7.why": "See above."}, ("V20", "the answer refers elsewhere and says nothing itself")),
        (
            {f"{kloe}.ours": "Good" for kloe in ("N1", "N6", "N7", "N10")},
            ("V18", "all questions have the same grade"),
        ),
        (
            {"N1.ours": "Not our role", "N7.ours": "Not our role"},
            ("V19", "2 of 4 questions are answered with Not our role"),
        ),
        (
            {"chronology.1.date": "2024-03-01", "chronology.1.in_window": "Yes"},
            ("V22", "the event lies outside the review period and is not marked so"),
        ),
        (
            {"chronology.5.date": "", "chronology.5.event": ""},
            ("V23", "no event for 124 days while the case was open"),
        ),
        ({"chronology.2.date": "2026-04-01"}, ("V24", "the chronology is not in the order of dates")),
        ({"involvement.subjects": "child"}, ("V26", "there are siblings, but nothing is said of them")),
        ({"strength.1": ""}, ("V27", "no good practice is named at all")),
        ({"improvement.1": ""}, ("V27", "no area for improvement is named at all")),
        ({"involvement.hours": "0.25"}, ("V33", "hardly any time was spent on this audit")),
        ({"declaration.d": "No"}, ("V10", "the auditor can't make this declaration")),
        (
            {"auditor.grade": "Other – reason given"},
            ("V12", "the auditor is no service manager or clinician, and no reason is given"),
        ),
    ],
)
def test_what_the_reviewer_should_see_is_not_asked_of_the_agency(answers, warning):
    assert warning in warnings(answers)
    assert requests(answers) == []


def test_one_auditor_for_many_cases_is_pointed_out():
    assert warnings(audits_by_this_auditor=4) == [("V12", "the same auditor completed 4 audits")]
    assert warnings(audits_by_this_auditor=3) == []


@pytest.mark.parametrize("number", ["²", "two", "2.5", "-2", "٣"])
def test_an_odd_number_stops_no_rule(number):
    assert requests({"involvement.siblings": number, "involvement.hours": number}) == []


@pytest.mark.parametrize("text", ["x" + " " * 32_000 + "y", "-" * 32_000 + "!", "a" * 32_000, ". " * 16_000 + "?"])
def test_a_text_of_32000_characters_is_checked_in_no_time(text):
    desk = a_desk(
        a_return(answers={"N7.evidence": text, "N7.why": text, "auditor.role": text, "chronology.1.date": text})
    )

    assert takes_at_most(32, lambda: queries_about(desk))


# --- everything at once -----------------------------------------------------------------------------------


def test_everything_wrong_is_asked_at_once_in_the_order_of_the_tool():
    asked = requests_at(
        {
            "overall.ours": "",
            "N7.evidence": "",
            "N6.why": "",
            "chronology.2.date": "January",
            "auditor.name": "Kezia Lowther",
            "involvement.records": "",
            "concern.any": "",
        }
    )

    assert asked == [
        ("V00", "concern.any.answer"),
        ("V08", "involvement.records.answer"),
        ("V11", "auditor.name.answer"),
        ("V21", "chronology.2.date"),
        ("V16", "N6.why"),
        ("V14", "N7.evidence"),
        ("V13", "overall.ours.answer"),
    ]


def test_a_return_that_only_leaves_involvement_blank_is_asked_the_rest_as_well():
    asked = requests({"involvement.known": "", "N7.evidence": "", "involvement.records": ""})

    assert [rule for rule, _ in asked] == ["V05", "V08", "V14"]


def test_an_empty_tool_is_answered_with_one_sentence():
    given = a_return()
    empty = AuditReturn(given.audit, 1, {})

    (asked,) = queries_about(a_desk(empty))
    assert asked.request == "fill in the tool – nothing has been filled in"


def test_a_tool_that_was_hardly_begun_is_asked_who_they_are_and_whether_they_knew_the_family():
    given = a_return()
    begun = AuditReturn(given.audit, 1, {"auditor.role.answer": "Service manager"})

    assert [query.rule for query in queries_about(a_desk(begun))] == ["V00", "V05", "V10", "V10"]


def test_every_query_names_a_place_of_the_tool_and_quotes_no_answer():
    secret = "Zephyrine Quux"
    tool = a_tool()
    given = a_return()
    spoilt = AuditReturn(given.audit, 1, dict.fromkeys(tool.answer_refs, secret), frozenset({"N6.ours"}))

    asked = queries_about(a_desk(spoilt))

    assert len(asked) > 100
    assert [query for query in asked if tool.place(query.answer_ref) is None] == []
    assert [query for query in asked if "Zephyrine" in f"{query.place}{query.request}{query.reason}"] == []


# --- independent ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "who"),
    [
        ({"auditor.name": "Kezia Lowther"}, "the case holder"),
        ({"auditor.name": "Marcus Oduya"}, "the line manager of the case"),
        ({"auditor.name": "Comfort Asante"}, "a practitioner who was spoken to about the case"),
        (
            {"auditor.name": "Kezia Lowther", "line_manager.name": "Mrs K. Lowther"},
            "the case holder and the line manager of the case",
        ),
    ],
)
def test_an_audit_by_somebody_with_a_part_in_the_case_is_sent_back(answers, who):
    assert requests(answers) == [
        (
            "V11",
            "ask somebody else to complete the audit, or say in question 3.15 if this is another person of the same name – the "
            f"auditor is also named as {who}",
        )
    ]


def test_so_is_one_by_the_case_holder_of_another_agency():
    roster = (RosterEntry("CSC-H", "Dr Rosalind Thorne", "Social worker", "case holder"),)

    assert [request.rpartition(" – ")[2] for _, request in requests(roster=roster)] == [
        "the auditor is also named as case holder in another agency's return for this case"
    ]


def test_but_not_by_somebody_who_audits_the_case_for_another_agency():
    roster = (RosterEntry("CSC-H", "Rosalind Thorne", "Named Nurse", "auditor"),)

    assert requests(roster=roster) == []


@pytest.mark.parametrize(
    "role", ["Allocated social worker", "Case holder", "Lead worker", "Line manager of the worker", "Supervisor of this case"]
)  # fmt: skip
def test_a_role_in_the_casework_is_asked_about(role):
    assert requests({"auditor.role": role}) == [
        ("V11", "confirm that the auditor had no part in the casework – the role given suggests it")
    ]


@pytest.mark.parametrize("role", ["Service Manager", "Named Nurse and Safeguarding Supervisor", "Head of Supervision and Quality"])  # fmt: skip
def test_but_a_supervisor_of_something_else_is_not(role):
    assert requests({"auditor.role": role}) == []


@pytest.mark.parametrize("letter", ["a", "b", "c"])
def test_who_cannot_declare_independence_says_what_the_conflict_is(letter):
    assert requests({f"declaration.{letter}": "No"}) == [
        (
            "V11",
            "ask somebody independent to complete the audit, or say in question 3.15 what the conflict is and how you "
            "limited it – not all of 3.7, 3.8 and 3.9 are declared",
        )
    ]


def test_a_declared_conflict_is_for_the_board_manager():
    declared = {"declaration.b": "No", "conflict.what": "I line-managed the worker until May; my deputy read the file."}

    assert requests(declared) == []
    assert warnings(declared) == [("V11", "the auditor declares a conflict; the Board manager decides")]


@pytest.mark.parametrize("ref", ["auditor.name", "declaration.a"])
def test_no_reason_excuses_a_blank_that_independence_is_proved_from(ref):
    assert [rule for rule, _ in requests({ref: "", f"{ref}.blank": "See covering e-mail."})] == ["V10"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kezia Lowther", "kezia  LOWTHER"),
        ("Dr Kezia Lowther", "Ms Kezia Lowther"),
        ("PC Kezia Lowther", "Kezia Lowther"),
        ("Lowther, Kezia", "Kezia Lowther"),
        ("K. Lowther", "Kezia Lowther"),
        ("Lowther, K", "Kezia Lowther"),
        ("Kezia Amara Lowther", "Kezia Lowther"),
        ("Kezia Lowter", "Kezia Lowther"),
        ("Keiza Lowther", "Kezia Lowther"),
        ("Mrs Lowther", "Kezia Lowther"),
        ("Liz Marchbanks", "Elizabeth Marchbanks"),
        ("Marchbanks, Beth", "Dr Elizabeth Marchbanks"),
        ("Rosalind Achebe-Thorne", "Rosalind Thorne"),
        ("Sinéad O’Brien", "Sinead OBrien"),
        ("Trần Ngọc Linh", "Linh Tran Ngoc"),
    ],
)
def test_one_person_in_two_spellings_is_one_person(one, other):
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", ""),
        ("Dr", "Kezia Lowther"),
        ("John Smith", "Joan Smith"),
        ("Jane Okafor", "Jane Okoro"),
        ("Mohammed Ali", "Mohammed Aziz"),
        ("J. Okafor", "Mary Okafor"),
        ("J. O.", "Jane Okafor"),
        ("Grace Williams", "Will Grace"),
        ("Sarah Jones", "Sarah James"),
        ("Ann Marsh", "Anna March"),
        ("Kezia", "Kezia Lowther"),
        ("Liz Marchbanks", "Elizabeth Harrow"),
        ("Liz", "Elizabeth Marchbanks"),
    ],
)
def test_and_two_people_with_like_names_are_two(one, other):
    assert not same_person(one, other)
    assert not same_person(other, one)


# --- the demo's own returns -------------------------------------------------------------------------------


def test_no_return_that_a_service_manager_wrote_with_care_is_sent_back():
    theme = read_question_bank((ROOT / "templates" / "question_bank.xlsx").read_bytes()).theme("neglect")
    desks = list(demo_desks(theme))

    sent_back = [
        (str(desk.audit_return.audit), query.rule, query.answer_ref)
        for desk in desks
        for query in queries_about(desk)
        if query.sends_back
    ]

    assert len(desks) >= 80
    assert sent_back == []
