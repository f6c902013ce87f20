"""On completion, the audits will be quality assured and returned if they are not sufficiently robust.

Each rule with a return that it finds, and near misses that it must leave alone.
"""

from dataclasses import replace
from datetime import date

import pytest
from builders import ROOT, SESSION, TODAY, a_desk, a_nil_return, a_return, a_tool, demo_desks, good_answers
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_walk import takes_at_most

from audit_kit.domain.queries import Query
from audit_kit.domain.returns import AuditReturn
from audit_kit.domain.rulebook import entry_of
from audit_kit.office.question_bank import read_question_bank
from audit_kit.stages.check import queries_about
from audit_kit.stages.likeness import alike, candidates, sketches_of
from audit_kit.stages.reconcile import contacts_told
from audit_kit.stages.rules import LikeText
from audit_kit.stages.rules_robustness import name_replaced

GOOD = good_answers()
FAULTS = (
    "No plan for months, two visits missed and not recorded, the review was late, supervision absent, the risk unclear"
)
SOUND = "Case note of 14 March 2026 and minutes of the conference: named early, shared promptly, followed up each time, and it changed"


def found(rule: str, answers: dict[str, str] | None = None, **desk: object) -> list[tuple[str, str]]:
    queries = queries_about(a_desk(a_return(answers=answers), **desk))
    return [(query.answer_ref, query.request) for query in queries if query.rule == rule]


# --- V00 words of risk outside the concern sheet -------------------------------------------------------------


def test_words_of_risk_in_another_sheet_are_read_first():
    assert found("V00", {"voice.how": "He is in danger tonight."}) == [
        ("voice.how.answer", "words of immediate risk may stand in question 7.2 (How do we know?): read it first")
    ]


# --- V17 grade against words --------------------------------------------------------------------------------


def test_good_in_words_of_fault_alone_is_pointed_out():
    answers = {"N7.evidence": f"{FAULTS} (case notes, May 2026).", "N7.why": "Drift."}

    assert found("V17", answers) == [("N7.ours", "the words in question N7 may not fit the grade Good")]


def test_inadequate_without_a_word_of_fault_is_pointed_out():
    answers = {"N7.ours": "Inadequate", "N7.evidence": f"{SOUND} the week.", "N7.why": "Strong and timely."}

    assert found("V17", answers) == [("N7.ours", "the words in question N7 may not fit the grade Inadequate")]


@pytest.mark.parametrize(
    "answers",
    [
        {"N7.evidence": f"{FAULTS} (case notes, May 2026).", "N7.ours": "Requires improvement"},
        {"N7.evidence": f"{FAULTS} (case notes, May 2026).", "N7.ours": "Inadequate"},
        {"N7.evidence": "No visit was missed, no delay, nothing lost, never late: six missing episodes, each followed up."},
        {"N7.why": "One visit was missed and one record unclear, but all else was prompt and well shared."},
        {"N7.ours": "Inadequate", "N7.evidence": f"{SOUND} the week.", "N7.improve": "See the child alone."},
    ],
)  # fmt: skip
def test_words_that_fit_the_grade_are_not(answers):
    assert found("V17", answers) == []


# --- V37 what the tool came filled in with --------------------------------------------------------------------


def test_what_the_agency_says_is_wrong_on_file_is_told_to_the_reviewer_with_what_to_do():
    ((ref, request),) = found("V37", {"involvement.facts": "The lead left in May; it is child protection now."})

    assert ref == "involvement.facts.answer"
    assert "agency lead right in config.yaml" in request and "changed tier" in request


def test_nor_is_a_question_mark_there_passed_over():
    assert len(found("V37", {"involvement.facts": "?"})) == 1


@pytest.mark.parametrize("text", ["", "No", "None.", "Nothing to report", "n/a", "-"])
def test_an_agency_that_finds_nothing_wrong_on_file_is_not_pointed_out(text):
    assert found("V37", {"involvement.facts": text}) == []


# --- V20 placeholders and copied text -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["As above", "see file.", "N/A", "n/a", "See case notes", "Please see chronology", "same as N6", "ditto", "TBC", "on file", "?"]
)  # fmt: skip
def test_a_placeholder_is_pointed_out(text):
    assert found("V20", {"N7.why": text}) == [("N7.why", "the answer refers elsewhere and says nothing itself")]


@pytest.mark.parametrize(
    "text", ["As above, but the review in May asked why.", "See file note of 3 May: she was seen alone."]
)
def test_a_text_that_says_something_besides_is_not(text):
    assert found("V20", {"N7.why": text}) == []


def test_nearly_the_same_words_under_two_questions_are_pointed_out():
    copied = GOOD["N6.evidence"].replace("outcomes", "aims")

    assert found("V20", {"N7.evidence": copied}) == [
        ("N7.evidence", "nearly the same words stand in question N6 (Plan and drift), evidence")
    ]


def test_a_text_copied_three_times_is_told_once_for_each_copy():
    copied = {f"{kloe}.evidence": GOOD["N6.evidence"] for kloe in ("N1", "N6", "N7")}

    assert [ref for ref, _ in found("V20", copied)] == ["N6.evidence", "N7.evidence"]


def test_words_copied_from_another_agencys_return_are_pointed_out():
    like = (("N7.evidence", LikeText("H1", "GP", GOOD["N7.evidence"].upper())),)

    assert found("V20", like_texts=like) == [
        ("N7.evidence", "nearly the same words stand in the return of GP about case H1")
    ]


def test_but_not_words_that_only_begin_alike():
    other = "Core group minutes of 20 May 2026 list school, surgery and housing, who each answered by telephone after three reminders."

    assert found("V20", like_texts=(("N7.evidence", LikeText("H1", "GP", other)),)) == []


def test_two_short_texts_are_alike_by_chance():
    assert not alike("Seen at home, twice alone.", "Seen at home, twice alone.", 90)


def test_copies_are_found_among_hundreds_of_returns_in_no_time():
    texts = {
        f"N{n}.evidence": f"{n} {GOOD['N1.evidence']} It was the {n}. entry of {n * 7} in all that year."
        for n in range(16)
    }
    others = [
        sketch
        for number in range(300)
        for sketch in sketches_of(
            "H1",
            f"A{number}",
            {ref: " ".join(f"{word}{number}" for word in text.split()) for ref, text in texts.items()},
        )
    ]
    mine = sketches_of("H2", "GP", {"N7.evidence": GOOD["N7.evidence"], "N6.evidence": GOOD["N6.evidence"]})
    planted = sketches_of("H3", "MPS", {"N7.evidence": GOOD["N7.evidence"].replace("two days", "a week")})

    pairs = list(candidates(mine, (*others, *planted)))

    assert [(one.ref, other.agency) for one, other in pairs] == [("N7.evidence", "MPS")]
    assert takes_at_most(16, lambda: list(candidates(mine, (*others, *planted))))


# --- V29 actions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"what": "Consider more training."}, "begins with no verb of doing"),
        ({"what": "Remind staff of thresholds."}, "begins with no verb of doing"),
        ({"what": "E-mail all staff about thresholds."}, "only sends a message"),
        ({"owner": ""}, "has no owner"),
        ({"owner": "Head of Service / Team managers"}, "has several owners"),
        ({"due": ""}, "has no day"),
        ({"due": "soon"}, "has no day"),
        ({"due": "2027-05-07"}, "is due later than in 6 months"),
        ({"measure": ""}, "does not say how it will be known"),
        ({"outcome": "Better compliance"}, "does not say what will be different for children"),
        (
            {"owner": "", "due": "", "measure": "audit"},
            "has no owner, has no day and does not say how it will be known",
        ),
    ],
)
def test_an_action_that_cannot_be_followed_up_is_pointed_out(change, lacks):
    answers = {f"action.1.{field}": text for field, text in change.items()}

    assert found("V29", answers) == [("action.1.what", f"the action {lacks}")]


@pytest.mark.parametrize(
    "change",
    [
        {"due": "2027-05-06"},
        {"owner": "Head of Safeguarding and Quality Assurance"},
        {"what": "E-mail a summary of the new pathway to each surgery, then check in March that all forty use its code for children not brought."},
        {"outcome": "Babies are weighed on time"},
    ],
)  # fmt: skip
def test_one_that_can_is_not(change):
    assert found("V29", {f"action.1.{field}": text for field, text in change.items()}) == []


# --- V30, V32, V34 ------------------------------------------------------------------------------------------


def test_a_name_that_was_replaced_is_counted_and_never_quoted():
    desk = a_desk(a_return())

    assert [query.request for query in name_replaced(desk, 3)] == [
        "names or other identifiers stood in it 3 times; they were replaced"
    ]
    assert list(name_replaced(desk, 0)) == []


def test_a_late_return_is_pointed_out_from_the_first_day():
    due = date(2026, 11, 5)

    assert found("V32", due=due, received=TODAY) == [("", "it came 1 day after it was due")]
    assert found("V32", due=due, received=due) == []
    assert found("V32", received=TODAY) == []


@pytest.mark.parametrize(
    ("ours", "together", "is_found"),
    [
        ("Outstanding", "Requires improvement", True),
        ("Inadequate", "Good", True),
        ("Good", "Requires improvement", False),
        ("Outstanding", "Not our role", False),
    ],
)
def test_grades_two_apart_are_pointed_out(ours, together, is_found):
    answers = {"N7.ours": ours, "N7.together": together, "action.2.question": "N7", "action.2.what": "Set a date."}

    assert bool(found("V34", answers)) == is_found


# --- explanations given once --------------------------------------------------------------------------------


def test_thin_evidence_that_was_explained_is_not_asked_for_again():
    answers = {"N7.evidence": "All good.", "N7.blank": "The paper file is at the court until January."}
    queries = [query for query in queries_about(a_desk(a_return(answers=answers))) if query.rule == "V15"]

    assert [(query.sends_back, query.request.rpartition("; ")[2]) for query in queries] == [
        (False, "the agency gives a reason")
    ]


def test_a_namesake_is_explained_once_and_goes_to_the_board_manager():
    answers = {
        "auditor.name": "Kezia Lowther",
        "conflict.what": "Another person of the same name, in the finance team.",
    }
    queries = [query for query in queries_about(a_desk(a_return(answers=answers))) if query.rule == "V11"]

    assert [(query.sends_back, query.request) for query in queries] == [
        (False, "the auditor is also named as the case holder, and the agency says why: the Board manager decides")
    ]


def test_a_worker_named_by_role_alone_may_be_the_auditor():
    worker = {
        "practitioner.1.name": "",
        "practitioner.1.role": "Named nurse",
        "practitioner.1.part": "Supervisor of this case",
    }

    assert found("V11", worker) == [
        ("auditor.role.answer", "a worker of the case who is not named has the auditor's role")
    ]
    assert found("V11", {**worker, "practitioner.1.part": "Saw the child at home"}) == []


# --- V07 ----------------------------------------------------------------------------------------------------

CALLED = {"HOU-H": ("Hackney Housing", "housing"), "MPS": ("police",), "COLP": ("police", "City police"), "HVSN": ("health visitor",),
          "AMH": ("adult mental health", "mental health"), "CAMHS": ("child mental health", "CAMHS")}  # fmt: skip


def contact(**row: str) -> list[str]:
    answers = {f"chronology.2.{field}": text for field, text in row.items()}
    return [told.agency for told in contacts_told(a_desk(a_return(answers=answers)), CALLED)]


@pytest.mark.parametrize(
    ("row", "agencies"),
    [
        ({"shared_with": "School, Housing"}, ["HOU-H"]),
        ({"received_from": "City police"}, ["COLP"]),
        ({"event": "Joint visit with housing after the leak."}, ["HOU-H"]),
        ({"response": "Referral to CAMHS sent the same day."}, ["CAMHS"]),
        ({"shared_with": "adult mental health; child mental health"}, ["AMH", "CAMHS"]),
    ],
)
def test_contact_with_an_agency_is_read_from_the_chronology(row, agencies):
    assert contact(**row) == agencies


@pytest.mark.parametrize(
    "row",
    [
        {"shared_with": "police"},  # two forces are asked
        {"shared_with": "Not shared with housing"},
        {"event": "Mother asked whether housing is damp in winter."},
        {"event": "A referral to CAMHS was considered."},
        {"shared_with": "Health visitor"},  # the return's own agency
        {"shared_with": "Housing", "date": "2025-09-30"},  # the day before the review period
        {"shared_with": "warehousing"},
    ],
)
def test_and_what_is_no_contact_is_not(row):
    assert contact(**row) == []


def test_a_nil_return_of_which_others_tell_contact_is_for_the_reviewer():
    nil = a_desk(a_nil_return(), contact_told_by=("CSC-H", "MPS"))

    assert [(query.rule, query.sends_back, query.request) for query in queries_about(nil)] == [
        ("V07", False, "no involvement, but the chronology of CSC-H and MPS tells of contact in the review period")
    ]
    assert found("V07", contact_told_by=("CSC-H",)) == []


# --- no false alarms, and whatever is typed -----------------------------------------------------------------


def test_what_is_pointed_out_in_the_demos_good_returns_is_there():
    theme = read_question_bank((ROOT / "templates" / "question_bank.xlsx").read_bytes()).theme("neglect")
    desks = list(demo_desks(theme))

    pointed_out = [
        (desk.audit_return.audit.case, desk.audit_return.audit.agency, query.rule, query.answer_ref)
        for desk in desks
        for query in queries_about(desk)
    ]

    # both agencies grade themselves Outstanding and working together Requires improvement
    assert pointed_out == [("C2", "VCS", "V34", "overall.ours.answer"), ("C3", "EDU-C", "V34", "N10.ours")]


TOOL = a_tool()
TEXTS = st.one_of(
    st.sampled_from(["", "Yes", "No", "Good", "Inadequate", "Not our role", "as above", "31/02/2026", "2026-05-01", "4", "=1+1", "N6"]),
    st.text(max_size=40),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(st.sampled_from(TOOL.answer_refs), TEXTS, max_size=30))
def test_whatever_is_typed_each_query_names_a_question_that_exists_and_a_rule_of_the_book(typed):
    good = a_return()
    answers = {ref: text for ref, text in {**good.answers, **typed}.items() if text}
    desk = a_desk(AuditReturn(good.audit, 1, answers, frozenset(typed)), due=TODAY, received=TODAY)

    queries: tuple[Query, ...] = queries_about(replace(desk, contact_told_by=("GP",)))

    assert [query for query in queries if query.answer_ref and TOOL.place(query.answer_ref) is None] == []
    assert [query for query in queries if query.level not in entry_of(query.rule).levels] == []
    assert SESSION in str(good.audit)
