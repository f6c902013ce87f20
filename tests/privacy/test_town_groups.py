"""Groups and firms by a town and ordinary words; streets by ordinary words behind "in" and "on"; churches abroad."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("The cot was brought by Hackney Baby Larder last week.", "Hackney Baby Larder"),
        ("She came with a friend (Islington Travellers' Kettle).", "Travellers' Kettle"),
        ("She cleans offices at night, Enfield Sparkle Services, and is tired.", "Enfield Sparkle Services"),
        ("They met at a car wash in Bell Yard.", "Bell Yard"),
        ("They met on Market Row again.", "Market Row"),
        ("She lives above the shop on Henley Court.", "Henley Court"),
        ("Seen down Mill Passage.", "Mill Passage"),
        ("He gave Bay 3, Bramble Field as his address.", "Bay 3, Bramble Field"),
        ("They go to Igreja do Monte Zelmo on Sundays.", "Igreja do Monte Zelmo"),
        ("The pastor of Eglise de la Paix Nouvelle came.", "Eglise de la Paix Nouvelle"),
        ("The card says Our Lady & St Zelmira's, and no more.", "Our Lady & St Zelmira's"),
        ("Her solicitor, Ms Quellmoor at Lamp & Hoxton, wrote.", "Lamp & Hoxton"),
        ("He is on respite at Zelside AP; all well.", "Zelside AP"),
    ],
)
def test_places_that_ordinary_words_name_are_masked(anonymiser, typed, gone):
    masked = anonymiser.mask(typed)

    assert gone not in masked.text and not any(word in masked.text for word in gone.split() if len(word) > 4)


@pytest.mark.parametrize(
    "stays",
    [
        "The letter, Hackney Local Plan, was sent (London Spring Marathon).",
        "She knows Essex Social Care, and (Hackney Youth Justice) too.",
        "It was heard in Family Court. The bench in Crown Court was full.",
        "He sat in Second Row.",
        "Seen at the church, and the field was wet. In the yard.",
    ],
)
def test_what_a_council_or_a_court_calls_its_own_stays(anonymiser, stays):
    assert anonymiser.mask(stays).text == stays
