"""Places and groups that stand beside the word that says what they are; and what stands there and is no place."""

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
        ("They wash at a launderette (Zusu Bubbles) on Sundays.", "Zusu Bubbles"),
        ("A cafe called Sugar Rush is where they meet.", "Sugar Rush"),
        ("They moved to a refuge called Safe Harbour.", "Safe Harbour"),
        ("The pub is called the Old Anchor.", "Old Anchor"),
        ("A trophy from Oakmere ABC stands on his shelf.", "Oakmere ABC"),
        ("They eat at Olive Tree Kitchen on Fridays.", "Olive Tree Kitchen"),
        ("She spent the voucher in Emerald Kebab Palace on her birthday.", "Emerald Kebab Palace"),
        ("His gloves came from Brindle Boxing in June.", "Brindle Boxing"),
        ("Post for him is sent to Silver Birches probation hostel.", "Silver Birches probation hostel"),
        ("She attends the Anatolian Mothers' Circle.", "Anatolian Mothers' Circle"),
        ("He sold it to Fast Freddie's Cycles.", "Fast Freddie's Cycles"),
        ("She was seen at Bluebell day nursery.", "Bluebell day nursery"),
        ("A cousin goes to Tiny Steps nursery.", "Tiny Steps nursery"),
        ("He cleans a gym (Iron Den) at night.", "Iron Den"),
        ("The barber's, Sharp Cuts, is downstairs.", "Sharp Cuts"),
        ("The taxi was from Swift Cars.", "Swift Cars"),
    ],
)
def test_a_place_beside_its_kind_goes(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("The barber's, Sharp Standard, is downstairs.", "Sharp Standard"),
        ("He was placed with Horizon Fostering in Kent.", "Horizon Fostering"),
    ],
)
def test_one_of_ordinary_words_is_asked_about(anonymiser, typed, asked):
    assert [typed[d.start : d.end] for d in anonymiser.mask(typed).doubts] == [asked]


def test_two_words_that_may_be_a_name_are_one_question(anonymiser):
    typed = "Quendle Zorvath\n\nNothing then. Quendle Zorvath Then all went home."

    assert {typed[d.start : d.end] for d in anonymiser.mask(typed).doubts} == {"Quendle Zorvath"}


@pytest.mark.parametrize(
    "typed",
    [
        "The school called Social Care. The nursery called Mum at noon.",
        "The nursery (Good) was inspected. The clinic (Tuesday mornings) is full.",
        "A referral from the school (Designated Safeguarding Lead) came.",
        "The gym, Monday, was shut. The school, Mum said, was kind.",
        "The hospital (Ward 4) rang. The school (Hackney) rang. The church (Roman Catholic) is near.",
        "The Whole Family Project is new. An Edge of Care Programme. Kinship Fostering was discussed.",
        "She made food in the Kitchen. He is in the Garage. Thai Boxing at the gym.",
        "She was offered the Mental Health clinic and the Sexual Health centre.",
        "An ABC book. A Parent Support Network. The staff nursery. Private nursery fees.",
    ],
)
def test_what_is_no_name_stays_and_nobody_is_asked(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("Mum does nights at the Larkfield Care Home.", "Larkfield Care Home"),
        ("Sister on Otter Ward wrote it down.", "Otter Ward"),
        ("His mentor at Turning Leaf, a charity in Hoxton, spoke.", "Turning Leaf"),
        ("Intelligence about the Zelford Park boys was not shared.", "Zelford Park"),
        ("He lives on Zelbridge estate with his aunt.", "Zelbridge estate"),
        ("Her brother is on roll at Orchard this year.", "Orchard"),
        ("He was a volunteer at Kids Corner.", "Kids Corner"),
        ("Handed over to Fernmount Road HC in May.", "Fernmount Road HC"),
        ("He plays for Lower Clapton Badgers on Sundays.", "Lower Clapton Badgers"),
        ("She met Miss Dunmore at Zelside PRU twice.", "Zelside PRU"),
        ("Father Tolan of St Zita's read it to him.", "St Zita's"),
        ("He was hurt outside Baz's Chicken at night.", "Baz's Chicken"),
        ("She stays at The Old Mill, Pinmoor Lane with her aunt.", "The Old Mill, Pinmoor Lane"),
        ("He is somewhere off zelharrow lane and must not know.", "zelharrow lane"),
        ("MALE STOPPED ZELTORY RD WITH ANOTHER MALE AND SEARCHED.", "ZELTORY RD"),
        ("Father learns in Kollel Zichron Velvel there.", "Kollel Zichron Velvel"),
        ("Neighbour at 73A, who rang twice.", "73A"),
        ("Met Rudi @ Crane Arches about mentoring.", "Crane Arches"),
        ("St Zbigniew excluded him before that.", "St Zbigniew"),
        ("The nurse met him at Fennel Rd Youth Hub.", "Fennel Rd Youth Hub"),
        ("She is at City of London Academy Zelditch Park now.", "City of London Academy Zelditch Park"),
        ("His tutor at New City College sees panic.", "New City College"),
        ("The nail shop, Gloss & Glitter in the market, was shut.", "Gloss & Glitter"),
        ("Placed through Zelstone Foster Care in May.", "Zelstone Foster Care"),
        ("Registered with Sunny Smiles Dental since May.", "Sunny Smiles Dental"),
        ("nan lives 22 zelbert and is well.", "22 zelbert"),
        ("Redwing Contact Centre\nSupervised contact notes", "Redwing Contact Centre"),
        ("dad was seen at the bookies (zenplay on well st). mum left. ok. he ran.", "zenplay"),
    ],
)
def test_a_place_goes_by_who_belongs_there(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "Seen on the Labour Ward and the Children's Ward. She went home. He works at home.",
        "He is staying at Hostel accommodation. A placement at risk. Sessions at Early Help.",
        "He plays for fun, trains with Dad and runs with the ball. St Albans is far. She likes chicken.",
        "It was the feast of San Juan. A busy road, off the main road.",
        "Foster Care is hard. He needs Day Care. Any Hackney school. lives 22 years here. moved 4 times.",
        "The HC was on the 50th centile. A children's home was sought. The care home shut.",
    ],
)
def test_kinds_of_wards_and_homes_stay(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed
