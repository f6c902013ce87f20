"""Three cases are selected for deep-dive work and a multi-agency meeting scheduled with agency leads and
front-line staff to review the practice and agree findings and recommendations. The findings will reflect a
balance of good practice and areas of improvement."""

from collections import defaultdict
from itertools import product

import pytest
from report_builder import a_return, a_session, a_theme, graded, standing

from audit_kit.domain.session import Engagement
from audit_kit.domain.states import AuditState
from audit_kit.stages.analyse import analyse
from audit_kit.stages.disclosure import ages_in_bands, months_only, short_extract, small_count, small_counts

HACKNEY, CITY = ("CSC-H", "EDU-H", "GP"), ("CSC-C", "EDU-C", "GP")
TWO_AREAS = {"H1": HACKNEY, "H2": HACKNEY, "H3": HACKNEY, "C1": CITY, "C2": CITY}
GOOD, WEAK = "Good", "Requires improvement"


def analysed(returns, session=None, progress=(), deep_dives=3, **more):
    return analyse(session or a_session(TWO_AREAS), a_theme(), returns, progress, deep_dives, **more)


def everywhere(answers, cases=TWO_AREAS):
    return tuple(a_return(case, agency, answers) for case, agencies in cases.items() for agency in agencies)


# -- grades ------------------------------------------------------------------------------------------------


def test_grades_are_counted_both_ways():
    kloe = analysed([a_return("H1", "GP", graded("N6", GOOD, WEAK))]).kloes[5]

    assert (kloe.ref, kloe.ours.good, kloe.together.requires_improvement) == ("N6", 1, 1)


def test_insufficient_evidence_and_not_our_role_leave_the_denominator():
    returns = [
        a_return("H1", "GP", graded("N6", GOOD)),
        a_return("H1", "CSC-H", graded("N6", "Insufficient evidence on file")),
        a_return("H1", "EDU-H", graded("N6", "not our role ")),
    ]

    assert analysed(returns).kloes[5].ours.judged == 1


def test_two_grades_in_one_cell_are_nobodys_grade():
    ours = analysed([a_return("H1", "GP", graded("N6", "Good/RI"))]).kloes[5].ours

    assert (ours.judged, ours.unanswered) == (0, 1)


def test_only_the_newest_round_of_a_return_counts():
    returns = [a_return("H1", "GP", graded("N6", GOOD), 2), a_return("H1", "GP", graded("N6", WEAK), 1)]

    assert analysed(returns).kloes[5].ours.weak == 0


def test_a_nil_return_gives_no_grades():
    nil = a_return("H1", "GP", {"involvement.known": "No – never known to us", **graded("N6", GOOD)})

    assert analysed([nil]).kloes[5].ours.judged == 0


def test_questions_asked_of_one_agency_stand_apart():
    theme = a_theme()
    only_police = type(theme.kloes[0])("N21", "Police", "Did we?", agencies=("MPS",))
    with_police = type(theme)(theme.name, theme.code, theme.title, theme.version, (*theme.kloes, only_police))
    session = a_session({"H1": ("MPS",)})
    asked = type(session)(**{**vars(session), "kloes": (*session.kloes, "N21")})

    found = analyse(asked, with_police, [a_return("H1", "MPS", graded("N21", WEAK))], (), 3)

    assert [kloe.ref for kloe in found.add_ons] == ["N21"]
    assert "N21" not in [kloe.ref for kloe in found.kloes]


def test_the_order_in_which_returns_come_changes_nothing():
    returns = everywhere(
        graded("N6", WEAK, why="The plan drifted for a long time", improve="Re-set plans that are stuck")
    )

    assert analysed(returns) == analysed(returns[::-1])


# -- findings ----------------------------------------------------------------------------------------------


def test_what_is_weak_in_several_cases_is_an_area_for_improvement_with_its_reach():
    returns = [
        *(a_return(case, "GP", graded("N6", WEAK)) for case in ("H1", "H2", "C1")),
        *(a_return(case, "GP", graded("N6", GOOD)) for case in ("H3", "C2")),
    ]

    found = analysed(returns).improvements[0]

    assert (found.kloe, found.reach.cases, found.reach.of_cases) == ("N6", 3, 5)


def test_what_is_weak_in_one_case_is_that_cases_own():
    assert analysed([a_return("H1", "GP", graded("N6", WEAK))]).improvements == ()


def test_good_practice_and_improvement_are_both_shown():
    found = analysed(
        everywhere({**graded("N6", WEAK), **graded("N2", GOOD), **graded("N7", WEAK), **graded("N1", GOOD)})
    )

    assert [each.kloe for each in found.good_practice] == ["N1", "N2"]
    assert [each.kloe for each in found.improvements] == ["N6", "N7"]


def test_a_finding_is_traced_to_the_returns_behind_it():
    returns = [a_return("H1", "GP", graded("N6", WEAK), 2), a_return("H2", "EDU-H", graded("N6", WEAK))]

    sources = analysed(returns).improvements[0].sources

    assert [source.in_words() for source in sources] == ["H1/GP r2", "H2/EDU-H r1"]


def test_extracts_come_from_as_many_cases_and_types_of_agency_as_there_are():
    text = "The plan was a list of tasks for {}"
    returns = [
        a_return(case, agency, graded("N6", WEAK, improve=text.format(case + agency)))
        for case, agencies in TWO_AREAS.items()
        for agency in agencies
    ]

    extracts = analysed(returns).improvements[0].extracts

    assert len({each.source.audit.case for each in extracts}) == 4
    assert {each.type for each in extracts} == {"Children's social care", "Education", "Health"}


def test_causes_are_read_from_what_agencies_wrote():
    returns = everywhere(graded("N6", WEAK, why="Supervision was missed for months", improve="Book supervision ahead"))

    assert analysed(returns).improvements[0].causes == (("management oversight", 15),)


def test_each_finding_over_several_cases_becomes_an_assurance_asked_of_those_most_concerned():
    returns = everywhere(graded("N6", WEAK, improve="Supervision should be booked ahead of leave"))

    asked = analysed(returns).recommendations[0]

    assert (asked.finding, asked.cause, asked.types) == (
        "I1",
        "management oversight",
        ("Children's social care", "Education", "Health"),
    )


# -- disclosure --------------------------------------------------------------------------------------------


def test_an_area_with_fewer_than_five_cases_is_never_shown_alone():
    assert analysed(everywhere(graded("N6", GOOD))).by_area == ()


def test_areas_are_shown_when_each_has_five_cases():
    cases = {f"{area}{number}": ("GP",) for area in "HC" for number in range(1, 6)}

    found = analysed(everywhere(graded("N6", GOOD), cases), a_session(cases))

    assert [(group.name, group.ours.good) for group in found.by_area] == [("C", 5), ("H", 5)]


def test_ages_are_in_two_wide_bands():
    returns = [a_return("H1", "GP", {"identity.age_band": "2-4"}), a_return("C1", "GP", {"identity.age_band": "16-17"})]

    assert analysed(returns).children.age_bands == (("Under 11", 1), ("11 to 17", 1), ("Not recorded", 3))


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, "fewer than 3"), (2, "fewer than 3"), (3, "3")])
def test_a_count_that_could_point_at_a_child_is_not_shown(count, shown):
    assert small_count(count) == shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((5, 3), ("5", "3")),
        ((6, 2), ("3 or more", "fewer than 3")),
        ((3, 3, 2, 0), ("3 or more", "3 or more", "fewer than 3", "0")),
        ((5, 2, 1), ("5", "fewer than 3", "fewer than 3")),
        ((2, 2, 2), ("not shown", "not shown", "not shown")),
        ((3, 1), ("not shown", "not shown")),
    ],
)
def test_nor_is_a_count_from_which_it_could_be_worked_out(counts, shown):
    assert small_counts(counts) == shown


@pytest.mark.parametrize("cases", range(1, 13))
@pytest.mark.parametrize("groups", range(1, 5))
def test_whoever_knows_all_cases_and_the_rule_cannot_work_a_small_count_out(cases, groups):
    meant = defaultdict(list)
    for counts in product(range(cases + 1), repeat=groups):
        if sum(counts) == cases:
            meant[small_counts(counts)].append(counts)

    told = [
        (shown, each) for shown, each in meant.items()
        for at in range(groups) if 0 < each[0][at] < 3 and len({counts[at] for counts in each}) == 1
    ]  # fmt: skip
    assert [(shown, each) for shown, each in told if set(shown) != {"not shown"}] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("seen on 14 March 2026 at home", "seen in March 2026 at home"),
        ("On Monday 14th of March 2026", "In March 2026"),
        ("14/03/2026, 14.3.26 and 2026-03-14", "March 2026, March 2026 and March 2026"),
        ("visits of 3, 5 and 14 March", "visits of March"),
        ("between 3 and 14 March 2026", "between March 2026"),
        ("March 14, 2026", "March 2026"),
        ("in May 2026 she may 1 day return", "in May 2026 she may 1 day return"),
        ("12 months, 3 visits, section 47", "12 months, 3 visits, section 47"),
    ],
)
def test_exact_dates_become_month_and_year(typed, shown):
    assert months_only(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a girl aged 3", "a girl aged 2-4"),
        ("a 14-year-old boy", "a 11-15-year-old boy"),
        ("a girl of thirteen and a nine-year-old", "a girl of 11-15 and a 5-10-year-old"),
        ("one of three children, a team of four", "one of three children, a team of four"),
        ("Aged 16 at the time", "Aged 16-17 at the time"),
        ("his mother, aged 34", "his mother, aged 34"),
        ("every child aged 11 or over", "every child aged 11 or over"),
        ("aged 2 weeks", "aged 2 weeks"),
    ],
)
def test_a_childs_exact_age_becomes_a_band(typed, shown):
    assert ages_in_bands(typed) == shown


def test_what_somebody_said_word_for_word_is_left_out_until_the_author_decides():
    assert short_extract("She said “nobody came when I rang”. The “drift” began then.") == (
        "She said [their words]. The “drift” began then."
    )


@pytest.mark.parametrize(
    ("anonymised", "shown"),
    [
        ("Child C2 leads. Told by Child C2 (2).", "The child leads. Told by the child."),
        ("professional: case holder 10's form", "case holder's form"),
        ("a call to professional: health visitor", "a call to health visitor"),
        ("said Person 2 of Sibling 1", "said somebody of Sibling 1"),
    ],
)
def test_labels_that_lead_from_one_text_to_the_next_are_not_carried_into_the_report(anonymised, shown):
    assert short_extract(anonymised) == shown


def test_a_long_narrative_becomes_its_first_sentences():
    extract = short_extract("One sentence that matters here. " * 20)

    assert len(extract) < 260
    assert extract.endswith("here. …")


@pytest.mark.parametrize("piece", ['"', "“", "‘", "1", ". ", "a", "-", "/", "14 March, ", "aged 1 "])
def test_no_text_is_long_enough_to_hold_the_report_up(piece):
    assert short_extract(piece * (32_767 // len(piece)))


# -- who returned, voice -----------------------------------------------------------------------------------


def test_every_agency_that_was_asked_has_a_line_whatever_it_did():
    progress = [
        standing("H1", "GP"),
        standing("H2", "GP", AuditState.SENT_BACK, sent_back_times=2),
        standing("H3", "GP", AuditState.NO_INVOLVEMENT),
        standing("C1", "GP", AuditState.AWAITED),
    ]

    gp = next(line for line in analysed([], progress=progress).agencies if line.code == "GP")

    assert (gp.asked, gp.returned, gp.sent_back, gp.no_involvement, gp.awaited, gp.sent_back_times) == (
        5,
        1,
        1,
        1,
        2,
        2,
    )


def test_the_voice_of_children_is_counted_in_cases():
    returns = [
        a_return("H1", "GP", {"voice.child": "Says that home is cold", "voice.changed": "Heating was repaired"}),
        a_return("H1", "CSC-H", {"voice.child": "Draws a cold house"}),
        a_return("C1", "GP", {"voice.child": "Wants to see her aunt"}),
    ]

    voice = analysed(returns).voice

    assert (voice.cases_heard, voice.cases_changed, voice.cases_family) == (2, 1, 0)


def test_an_agency_that_sees_itself_otherwise_than_its_partners_do_is_found():
    returns = [
        a_return("H1", "CSC-H", graded("N6", "Outstanding", GOOD)),
        a_return("H1", "EDU-H", graded("N6", GOOD, WEAK)),
        a_return("H1", "GP", graded("N6", GOOD, WEAK)),
    ]

    apart = analysed(returns).disagreements

    assert [(each.case, each.type, each.own_is_higher) for each in apart] == [("H1", "Children's social care", True)]


# -- deep dives --------------------------------------------------------------------------------------------


def test_as_many_deep_dives_are_proposed_as_the_board_wants():
    assert [len(analysed(everywhere(graded("N6", WEAK)), deep_dives=many).deep_dives) for many in (0, 2, 3, 9)] == [
        0,
        2,
        3,
        5,
    ]


def test_at_least_one_proposed_case_is_a_strong_one():
    returns = [
        a_return(case, agency, graded("N6", GOOD if case == "C2" else "Inadequate"))
        for case, agencies in TWO_AREAS.items()
        for agency in agencies
    ]

    assert [each.case for each in analysed(returns).deep_dives if each.strong] == ["C2"]


def test_each_proposal_gives_its_reasons():
    engaged = (Engagement("H2", "mother", "Yes", "", "school nurse"),)
    returns = [a_return("H1", "GP", graded("N6", WEAK)), a_return("H2", "GP", graded("N6", "Inadequate"))]

    first = analysed(returns, a_session(TWO_AREAS, engagement=engaged), earlier_kloes=["N6"]).deep_dives[0]

    assert (first.case, first.score) == ("H2", 7)
    assert first.reasons == (
        "graded Inadequate twice",
        "repeats a finding of the last session (N6)",
        "the child or family may be asked for feedback",
    )


def test_two_agencies_that_date_one_meeting_differently_are_a_reason():
    meeting = {"chronology.1.type": "Conference", "chronology.1.date": "12 Mar 2026"}
    returns = [a_return("H1", "GP", meeting), a_return("H1", "EDU-H", {**meeting, "chronology.1.date": "2026-03-14"})]

    assert analysed(returns).deep_dives[0].reasons == ("agencies date the same meeting differently",)
