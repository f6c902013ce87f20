"""User names of staff, as case systems and clipped notes hold them; and clipped words, which are none."""

from __future__ import annotations

import pytest
from test_places_by_name import REGISTER, left_of

from audit_kit.privacy import CaseAnonymiser, KeepWords


@pytest.fixture
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("thu 02/10/25 1640 pgreenhalgh - letter posted to landlord.", "pgreenhalgh"),
        ("The chronology was entered pgreenhalgh that evening.", "pgreenhalgh"),
        ("A weight was taken by HV tdrinkwater before lunch.", "tdrinkwater"),
        ("The case went to kvelloso3 after the panel.", "kvelloso3"),
        ("The panel was led by mfarquharson (chair) as usual.", "mfarquharson"),
        ("The plan was redrawn after SW otorvald rang.", "otorvald"),
        ("Leave was granted to r.osgood in August.", "r.osgood"),
        ("Ask reception (g.castellane) for the key.", "g.castellane"),
        ("It was uploaded by rosa.kettering on Monday.", "rosa.kettering"),
        ("Logged under d_kettering that day.", "d_kettering"),
        ("Reached the tutor (b.stonebridge3 on Teams).", "b.stonebridge3"),
        ("04/06 1500 TPASQUE Office visit, he was bright.", "TPASQUE"),
        ("11/06/25 1600 DUTY/KHANR Home visit.", "KHANR"),
        ("ring zanoushka, check the plan. mum rang. ok.", "zanoushka"),
        ("check w zpritesh in housing. mum rang. ok.", "zpritesh"),
        ("Next visit in May. zcaldecote", "zcaldecote"),
        ("Left a card. zdebbo from housing to ring.", "zdebbo"),
        ("MGreenhalgh booked the hall for May.", "MGreenhalgh"),
        ("Passed to day team. zquelvarn will visit at eleven.", "zquelvarn"),
        ("Entered in Mosaic as RGREENHALGH on Friday.", "RGREENHALGH"),
        ("A statement was taken from pc Ogunleye after the fire.", "Ogunleye"),
        ("The report came from pc 2217CN Ogunleye on Friday.", "Ogunleye"),
    ],
)
def test_a_user_name_goes(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "SW asslt reported. HV notif sent. GP assesment done. SW recieved the referral.",
        "10/03/25 0915 homevisit - seen in bdrm. 1015 strat - agreed. 1100 telcall - no reply.",
        "04/06 1500 TRIAGE Office visit. 05/06 1010 CPOMS entry. 06/06 1100 CLOSED.",
        "E.coli and c.difficile were ruled out at 4 p.m.and again later.",
        "A covid19 test in week3 of term, under section47, level2.",
        "He lives in sw London, near a gp Surgery.",
        "Mum said.then she left home.dad came.",
        "SW handwritten note. HV redbook seen. GP bloodtests done.",
    ],
)
def test_clipped_and_misspelt_words_stay(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed


def test_what_is_clear_in_one_place_goes_in_all_places_of_the_case(anonymiser):
    texts = ("Case passed to zqvelt today.", "SW zquelvar rang. Later zquelvar wrote.", "Ask zquelvar about it.")

    masked = [m.text for m in anonymiser.mask_all(texts)]

    assert "zquelvar" not in "".join(masked)
    assert masked[0] == texts[0]  # nothing says who that is


def test_a_user_name_has_the_label_of_the_person(anonymiser):
    masked = anonymiser.mask("HV Pat Greenhalgh rang. Notes typed pgreenhalgh. Later p.greenhalgh wrote.").text

    assert masked == (
        "HV Professional: health visitor rang. Notes typed Professional: health visitor. "
        "Later Professional: health visitor wrote."
    )
