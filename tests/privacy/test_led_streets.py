"""Streets by ordinary words and without a number, after what people do there; doors and rooms beside a neighbour."""

from __future__ import annotations

import pytest
from test_places_by_name import left_of


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("Stopped 03/10 on Cooper Walk with two others.", "Cooper Walk"),
        ("He was arrested on Cordwain Rents.", "Cordwain Rents"),
        ("She was found off Tallow Rise at night.", "Tallow Rise"),
        ("Her aunt lives down Tannery Row.", "Tannery Row"),
        ("Seen at the corner of Thimble Hill by her teacher.", "Thimble Hill"),
        ("They fought at the junction of Nettle Yard and the canal.", "Nettle Yard"),
        ("There was a fight along Old Lantern Sidings.", "Old Lantern Sidings"),
        ("The corner of Malt Row & Pinmoor Lane is theirs.", "Malt Row"),
        ("The corner of Malt Row & Pinmoor Lane is theirs.", "Pinmoor Lane"),
        ("The address on Glass House Yard was empty.", "Glass House Yard"),
        ("The lady at 12b rang.", "12b"),
        ("The man in bedsit 6 came.", "bedsit 6"),
        ("Intel on Unit 7, Lantern Sidings.", "Unit 7, Lantern Sidings"),
        ("They came from Plot 3, Thistle Rents.", "Plot 3, Thistle Rents"),
        ("He kicked next door's (6b, the pink one) bin.", "6b"),
        ("The neighbour's (no. 31) dog barked.", "no. 31"),
        ("The neighbour in Room 8 complained of the noise.", "Room 8"),
        ("Residents of Flat 3 and 4 heard it.", "Flat 3 and 4"),
    ],
)
def test_where_somebody_does_something_goes(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "stays",
    [
        "Feedback on Sponsored Walk was good.",
        "They met on Charity Walk with the class.",
        "She was seen up Muswell Hill with her mum.",
        "He lives in Mill Hill.",
        "He is on Pay Rise from May.",
        "Next door's bin (see no. 4 below) was full.",
        "The man of 40 and the family at 4 had dinner; the woman in 2020 had none.",
        "The resident in need of room was seen.",
    ],
)
def test_what_is_no_street_and_no_door_stays(anonymiser, stays):
    assert anonymiser.mask(stays).text == stays
