"""Places of ordinary words go without a question where it is plain that somebody is found there."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H1", (Person("subject_child", "Ewa Pawlak-Stone"), Person("father", "Nuno Tavares")))


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("She was once at Little Acorns on her own.", "Little Acorns"),
        ("They live behind the Fox and Anchor now.", "Fox and Anchor"),
        ("The women at the Lucky Lantern helped her.", "Lucky Lantern"),
        ("Mentor from Seven Lanterns on Saturdays.", "Seven Lanterns"),
        ("They stopped him on Chapel Steps at night.", "Chapel Steps"),
        ("She goes to Splash and Sing on Mondays.", "Splash and Sing"),
        ("Dad was referred to Silver Thread in May.", "Silver Thread"),
        ("He is known to Quiet Harbour for drink.", "Quiet Harbour"),
        ("The interpreter was booked through Bright Bridge on the day.", "Bright Bridge"),
        ("Her advocate Ladan of Broken Chains came too.", "Broken Chains"),
        ("A room was offered by Morning Dew last week.", "Morning Dew"),
        ("He has sessions with Rising Sparks on Fridays.", "Rising Sparks"),
        ("She was found in Cobbler Yard at two.", "Cobbler Yard"),
        ("A coach from Enfield Badgers rang.", "Enfield Badgers"),
        ("Her teeth are done at Enfield Grins now.", "Enfield Grins"),
        ("She joined the Bright Paths Project in May.", "Bright Paths Project"),
        ("He was at the Barnet Anchor last night.", "Barnet Anchor"),
        ("A mentor was sought through Golden Ladder E9 in June.", "Golden Ladder E9"),
        ("Her advocate (from Plain Words Enfield) read it.", "Plain Words Enfield"),
        ("A teacher from the Hazel Thicket unit joined.", "Hazel Thicket unit"),
        ("She is on a retreat at Thistle Hall.", "Thistle Hall"),
        ("He boxes with Falling Stars Boxing.", "Falling Stars Boxing"),
        ("She gave her the card and The Thimble Rooms rang.", "The Thimble Rooms"),
        ("A short break at The Thicket each month.", "The Thicket"),
        ("The hall is used by a church (Chapel of New Wine) too.", "Chapel of New Wine"),
        ("They pray with the Temple of Living Fire.", "Temple of Living Fire"),
        ("He is taught at the PRU (Sextant Lodge) for now.", "Sextant Lodge"),
        ("Employer (Copper Barrel Store) does not know.", "Copper Barrel Store"),
        ("Nan is in a care home (Meadow Lodge) now.", "Meadow Lodge"),
        ("Help came from Zelmer Plus too.", "Zelmer Plus"),
        ("She was found at the back of Quendle Bowling Hall.", "Quendle Bowling Hall"),
        ("The pastor of Mountain of Morning Rain Assembly came.", "Mountain of Morning Rain Assembly"),
        ("The women's group in Thistlemoor Community Rooms is good.", "Thistlemoor Community Rooms"),
        ("They were placed in Quendle Hollow for now.", "Quendle Hollow"),
        ("Attends the group at Enfield Lantern Project.", "Enfield Lantern Project"),
        ("A mentor from Anvil & Rise came.", "Anvil & Rise"),
        ("She was signposted to a clinic and to the Copper Thread for clothes.", "Copper Thread"),
        ("He asked for her in the Café Zelmira.", "Café Zelmira"),
        ("She has not been back to Mount Zelmira since.", "Mount Zelmira"),
        ("She was put in a refuge by Quendra House.", "Quendra House"),
        ("The school he was then at, Thimble Heights, gave him lines.", "Thimble Heights"),
        ("GP is now Quendle Health and they wrote.", "Quendle Health"),
        ("Dentist: Grinning Fox. She goes twice a year.", "Grinning Fox"),
        ("He sleeps at the Zelmar Star car wash.", "Zelmar Star car wash"),
        ("She did ten weeks of it at Foxglove Family Hub.", "Foxglove Family Hub"),
        ("The yard is at Arch 341, Thorn Street now.", "Arch 341, Thorn Street"),
        ("An advocate from Gentle Friends rang.", "Gentle Friends"),
        ("A worker from Quorvath Parents came.", "Quorvath Parents"),
        ("Seen that evening in the Thistlefield Arms with him.", "Thistlefield Arms"),
        ("The key was cut at Enfield Locks & Laces on Monday.", "Enfield Locks & Laces"),
        ("The girls' group is at The Quillhouse N16 on Mondays.", "The Quillhouse N16"),
        ("They learn at the Quendle Academy of Dance now.", "Quendle Academy of Dance"),
        ("He sleeps in the shop, Golden Needle Tailors, most nights.", "Golden Needle Tailors"),
        ("She waited in the laundrette, Sudsy Stop, till it shut.", "Sudsy Stop"),
        ("He is not at work (Thimble & Crane Weavers).", "Thimble & Crane Weavers"),
        ("A solicitor at Enfield Law Stop is helping.", "Enfield Law Stop"),
        ("The priest of St Botwin's Evening Prayer group came.", "St Botwin's Evening Prayer group"),
        ("He goes to Our Lady's Convent Hall annexe.", "Our Lady's Convent Hall annexe"),
        ("He is on the list for Breaking Out in June.", "Breaking Out"),
        ("She came to us from Holy Lambs in May.", "Holy Lambs"),
        ("Dance is at Thimble Studios Youth on Fridays.", "Thimble Studios Youth"),
        ("An elder from Fountains of Joy was there.", "Fountains of Joy"),
        ("She joined Twinkle, the club for young carers, in May.", "Twinkle"),
        ("We spoke with Blossoming, her counselling service, on Monday.", "Blossoming"),
        ("Help comes by bus via Copper Nest Plus.", "Copper Nest Plus"),
    ],
)
def test_a_place_that_is_plainly_led_to_is_masked_and_nobody_is_asked(anonymiser, typed, gone):
    masked = anonymiser.mask(typed)
    start = typed.index(gone)
    hidden = {k for r in masked.replacements for k in range(r.start, r.end)}

    assert {k for k in range(start, start + len(gone)) if typed[k].isalnum()} - hidden == set()
    assert masked.doubts == ()


@pytest.mark.parametrize(
    "typed",
    [
        "She was at the Winter Concert and came home from the Bronze Age trip.",
        "He was known to Children's Social Care and referred to Early Help and First Steps.",
        "The meeting in the Village Hall went on; she sat in the Waiting Rooms.",
        "A request from the Core Group was sent to the Review Panel.",
        "The Church of England, the Chapel of Rest and the Church of Scotland were named.",
        "The Red Cross, the Refugee Council and Op Encompass wrote. Dentist: Tuesday. Group: Core Group.",
        "GP is now on leave; the school, which he left in May, Year Five, was told.",
        "Staying Put was agreed. Early Help to visit. Core Group to meet. Mum, the club and the school met.",
        "We spoke to Early Years about it. An EPDS score of 17 was told at Parents Evening.",
        "She sang at the Lantern Festival and came home from the Copper Carnival.",
        "It was led by Young Carers with Public Health in Reception Class.",
    ],
)
def test_what_everybody_goes_to_is_never_masked(anonymiser, typed):
    assert anonymiser.mask(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("In the end Fading Dew had a room.", "Fading Dew"),
        ("He wrote about Copper Thread on the form.", "Copper Thread"),
        ("His mum runs Flavour of Quorvath on the corner.", "Flavour of Quorvath"),
        ("The school will ask Push Off Enfield if there is room.", "Push Off Enfield"),
        ("It was agreed. Gentle Palms to work with her.", "Gentle Palms"),
    ],
)
def test_where_nothing_leads_to_a_place_a_person_is_asked(anonymiser, typed, asked):
    masked = anonymiser.mask(typed)

    assert ([typed[d.start : d.end] for d in masked.doubts], masked.text) == ([asked], typed)
