"""Ordinary words with a capital where none is due are asked about: no list holds every name that is a word."""

from __future__ import annotations

import pytest
from test_places_by_name import REGISTER

from audit_kit.privacy import CaseAnonymiser, KeepWords


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


def asked_in(anonymiser, typed):
    masked = anonymiser.mask(typed)
    return [typed[d.start : d.end] for d in masked.doubts]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("The charm hung on Thimble, as she said.", "Thimble"),
        ("Dad drinks at the Anchor every night.", "Anchor"),
        ("The tenancy stands under Kettle, which nobody knew.", "Kettle"),
        ("She plays with Rafferty and Clover next door.", "Clover"),
        ("He spoke of the Barnet Anchor last night.", "Barnet Anchor"),
        ("She was supervised by staff of Bridgeways there.", "Bridgeways"),
        ("Contact is at the Paddocks fortnightly.", "Paddocks"),
        ("The artist (Honey) heard her say it.", "Honey"),
        ("Excluded from Harbour in May, he said.", "Harbour"),
        ("The list: N Ford, his father.", "N Ford"),
        ("The file of P. Lamb was there.", "P. Lamb"),
        ("We met R Ford on Monday.", "R Ford"),
        ("The minutes went to K Brown.", "K Brown"),
        ("T Green (SW) took the notes.", "T Green"),
        ("Nursery: Acorns. He likes it.", "Acorns"),
        ("they live off tower st now. he was out. she cried. ok.", "tower st"),
        ("It went well. Dot in the kitchen gave him a bun.", "Dot"),
        ("It went well. Hazel from the hub came with her.", "Hazel"),
        ("It went well. Comfort collected him on Tuesday.", "Comfort"),
        ("She spoke of Mountain of Mercy Assembly there.", "Mountain of Mercy Assembly"),
        ("He has a bed at Equinox, by the road.", "Equinox"),
        ("There were three moves, and now Lavender Cottage.", "Lavender Cottage"),
        ("He runs Fight for Peace there.", "Fight for Peace"),
        ("The family lives on the Nightingale estate now.", "Nightingale estate"),
        ("She was found in the stairwell of Fellows Court.", "Fellows Court"),
        ("We went to see Enfield Falcons on Sunday.", "Enfield Falcons"),
        ("Then they told us, Barnet Heights, was told.", "Barnet Heights"),
        ("A referral came from Copper Lantern Youth last week.", "Copper Lantern Youth"),
        ("She rang Up Your Street and they will write.", "Up Your Street"),
        ("She goes to Rainbow Tots on Mondays.", "Rainbow Tots"),
        ("A mentor from Second Corner will come.", "Second Corner"),
        ("It is the car wash by Quellmoor Corner now.", "Quellmoor Corner"),
        ("We met an alcohol worker (Copper Yard) there.", "Copper Yard"),
        ("The list: P Holloway, IRO, was there.", "P Holloway"),
        ("The family said so to all of us too. Have a nice weekend, M", "M"),
        ("The family said so to all of us too.\n\nW", "W"),
        ("The family said so, ring me back.\nK", "K"),
        ("He went to the door past Miss Quell at 63.", "63"),
        ("IFA: Bright Horizons Fostering. She is content.", "Bright Horizons Fostering"),
        ("Weight was good and she was seen at home. PG HV.", "PG"),
        ("It was a good visit. KT (HV) rang.", "KT"),
        ("This was discussed with AD TM on Friday.", "AD"),
    ],
)
def test_a_capital_where_none_is_due_is_asked_about(anonymiser, typed, asked):
    assert asked_in(anonymiser, typed) == [asked]


@pytest.mark.parametrize(
    "typed",
    [
        "The Chair raised an Alert and the Panel agreed. He likes Drama, Art and Rock climbing.",
        "He was seen in B Wing and E Block, with K Ward and Band D (lower).",
        "Contact is on Fridays. He is seen at the Library by the Deputy.",
        "I said that I've read it; it was NFA'd in March.",
        "The Whooley questions were not asked. A Grade 2 murmur was heard.",
        "Freedom from Torture wrote. The Tree of Life cards were used.",
        "Outcome: Requires Improvement. Key Stage Two, Part Three.",
        "Max in the picture. Rose from the table. Will in the end? Summer in the park. Hope in the face of it.",
        "School: Informed. Nursery: Good. GP: Yes. Hepatitis B. Rose garden. Plan B. Long talk. Vitamin D. Price list.",
        "Put it in the Bin today. There is Hope in the plan.",
        "The plan was read to all of them and they agreed it. Option B\nPlan C",
        "The SW HV visit. EH SW came, CP SW rang, and the TA SENCO agreed.",
        "She saw the nurse (Band Six), and a worker (Early Help). Referred to Universal Plus.",
        "the social worker saw nobody. he was out. she rang Tuesday. ok.",
    ],
)
def test_what_the_trade_writes_with_a_capital_is_not(anonymiser, typed):
    assert asked_in(anonymiser, typed) == []


def test_somebody_who_gives_every_thing_a_capital_is_asked_about_nothing(anonymiser):
    typed = "The boy had a Kettle near Ladders, by Saucepans. It hung under Ribbons with Candles, near Curtains, behind Thimbles."

    assert asked_in(anonymiser, typed) == []
