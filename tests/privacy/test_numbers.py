"""Numbers of strangers and of cases, in the groups and beside the dates in which notes hold them."""

from __future__ import annotations

import pytest
from test_places_by_name import REGISTER, left_of

from audit_kit.privacy import CaseAnonymiser, KeepWords


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("She rang at 1430 07700 900123 and left word.", "07700 900123"),
        ("On 14/3 07700 900123 rang twice.", "07700 900123"),
        ("14/03/2025 07700 900 123 - no reply.", "07700 900 123"),
        ("Appendix 2 (612 447 9081) was sent to the clinic.", "612 447 9081"),
        ("They merged Mosaic no. 812 5504 with it.", "812 5504"),
        ("See their ref LEG 22/3017 for it.", "LEG 22/3017"),
        ("PC Rutherglen (shoulder 617GD) came.", "617GD"),
        ("His phone number ends in 4471 now.", "4471"),
        ("her ref hsgq 88213 is old.", "hsgq 88213"),
        ("Her ref NRPF-C 61183 is old.", "NRPF-C 61183"),
        ("RiO no 4055 7813 was opened.", "4055 7813"),
        ("Case number ZC 24 C 00381 was listed.", "ZC 24 C 00381"),
        ("Tenancy no TN 44918 ended.", "TN 44918"),
        ("Passport 533 118 204 was seen.", "533 118 204"),
        ("An ambulance was sent under CAD 771 of 2/2/25 that night.", "771 of 2/2/25"),
        ("Police log 0345 of 14.3.25 was read.", "0345 of 14.3.25"),
        ("Ring the office on ext 4471 please.", "4471"),
        ("She holds SystmOne ID 77 310 884 there.", "77 310 884"),
        ("A tenancy letter (TEN 55120) came.", "TEN 55120"),
        ("A white Golf, part plate LK70, left.", "LK70"),
        ("He drives the van \u2018B16 DAD\u2019 there.", "B16 DAD"),
        ("A black car (K4 RLY) left.", "K4 RLY"),
        ("Interpreter on the line, pin 61120.", "61120"),
        ("Rent a/c 40 1188 2093 is in arrears.", "40 1188 2093"),
        ("The file has E8 4KC for her.", "E8 4KC"),
        ("The ref given over the phone 2024-18133.", "2024-18133"),
        ("The ref for our invoice LCS 774555.", "LCS 774555"),
        ("The letter had gone to no 46 by mistake.", "46"),
        ("I asked the neighbour, Mrs Quellmoor at 23b.", "23b"),
        ("The neighbours at 31 and 35 heard it.", "31 and 35"),
        ("She slept at the neighbour's, Zelda, no. 27.", "no. 27"),
        ("The phone is exhibit ref KP/02 and is with police.", "KP/02"),
        ("Exhibits: KP/04 was bagged.", "KP/04"),
        ("His gran rang from 0090 532 411 22 33 today.", "0090 532 411 22 33"),
        ("She rang from +880 1822 604 117 at six.", "+880 1822 604 117"),
        ("She rang from (+880) 1822-604117 at six.", "+880) 1822-604117"),
        ("She rang from +8801822604117 14/03/2025.", "+8801822604117"),
        ("Ring + 234 803 118 2204, please.", "+ 234 803 118 2204"),
        ("Her WhatsApp: 880 1822 604 117 since May.", "880 1822 604 117"),
        ("Grandad uses 234-803-118-2204 only.", "234-803-118-2204"),
        ("Ring +90 532 118 22 04 on 12/03/2024.", "+90 532 118 22 04"),
        ("He rang +252 61 518 2204 12 times.", "+252 61 518 2204"),
        ("He rang 00880 1822 604 117 14 times.", "00880 1822 604 117"),
        ("Ring +49 (0)151 2218 3340 first.", "+49 (0)151 2218 3340"),
        ("It was +999 123 456 789 012 he said.", "+999 123 456 789 012"),
        ("Rent went to sort code 20-45-45 each week.", "20-45-45"),
        ("He drives a BMW, K17 BOS, to work.", "K17 BOS"),
        ("A grey Fiesta K7 RLY left.", "K7 RLY"),
        ("Hospital no H882 1121 is hers.", "H882 1121"),
        ("His Oyster zip 0612 3344 1290 was found.", "0612 3344 1290"),
        ("Her payroll no 88121 is known.", "88121"),
        ("Write to zel_tee (at) quellmail . com please.", "zel_tee (at) quellmail . com"),
        ("On Discord he is shadowzel#2211 now.", "shadowzel#2211"),
        ("Her insta is zella.bee and she posts.", "zella.bee"),
        ("They moved to 4 Zelbury Road, block C, no 12 in May.", "4 Zelbury Road, block C, no 12"),
        ("The IBAN is GB29 NWBK 6016 1331 9268 19 as said.", "GB29 NWBK 6016 1331 9268 19"),
        ("The baby was born at 31/40 on 09/02/25 and is well.", "09/02/25"),
        ("The twin, born by section on 9/2/25, is well.", "9/2/25"),
    ],
)
def test_a_number_goes(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "CAD 12 of 15 was read to the meeting.",
        "Contact was at 0915 1030 and 1145 in the week.",
        "In the car the 2 boys slept, and in a car 'the 10 o'clock one'.",
        "Attendance was 449 of 553 sessions in 2023 2024.",
        "A budget of 450 000 pounds for 3 000 families.",
        "Page 3 (12 of 40) says so..",
        "Bailed to the PS 14/12/24. GBP 15000 was lost. ISO 27001 is met.",
        "The number of calls ended 2017. The year ends 0331. ref is 12.",
        "The number is there.CPS will say.",
        "Focus group 3 met in Polo 12 aside. A Clio 5 door. She goes by the school.and left.",
        "Exhibit A was shown. They sort 20 30 40 bags. She was born early, and on 3/4/24 we met.",
        "03.2025 10.30 11.45 are the times of the visits.",
    ],
)
def test_other_figures_stay(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed


def test_a_word_typed_right_behind_a_number_stays(anonymiser):
    assert anonymiser.mask("Crime ref 4611208/23.Victim told.").text == "Crime ref [reference number].Victim told."


def test_the_brackets_around_a_number_stay():
    anonymiser = CaseAnonymiser.for_case(REGISTER, KeepWords.standard())

    assert anonymiser.mask("Ring (07700 900 905) now.").text == "Ring ([phone number]) now."


def test_the_sentence_behind_a_number_stays(anonymiser):
    shown = anonymiser.mask("She is known (NHS 612 447 9081). 4 people came.").text

    assert shown == "She is known (NHS [NHS number]). 4 people came."


def test_others_beside_a_door_are_counted(anonymiser):
    assert anonymiser.mask("The neighbour at 31 and 3 others came.").text.endswith(" and 3 others came.")


def test_the_end_of_a_postcode_is_no_title(anonymiser):
    assert anonymiser.mask("Home E9 5DR Found at four.").text == "Home [postcode] Found at four."


def test_a_number_right_behind_another_is_found_too(anonymiser):
    masked = anonymiser.mask("On the SIM: +48 601 218 334 07700 900123, (020 7946 0000). 1430 07700 900456.")

    assert masked.text == "On the SIM: [phone number] [phone number], ([phone number]). 1430 [phone number]."
