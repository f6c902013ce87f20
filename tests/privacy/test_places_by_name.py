"""Clubs, courts, shops, firms and streets that place a family go; what only says of which kind a place is stays."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister("H1", (Person("subject_child", "Ewa Pawlak-Stone"), Person("father", "Nuno Tavares")))


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


def left_of(anonymiser, typed, gone):
    """The letters and digits of ``gone`` that are still there."""
    start = typed.index(gone)
    left = set(range(start, start + len(gone)))
    for replacement in anonymiser.mask(typed).replacements:
        left -= set(range(replacement.start, replacement.end))
    return "".join(typed[i] for i in sorted(left) if typed[i].isalnum())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("They go to Wapping Rowing Club on Sundays.", "Wapping Rowing Club"),
        ("He plays cards at the Anatolian club.", "Anatolian club"),
        ("He attends Crossbow Boxing Club on Mondays.", "Crossbow Boxing Club"),
        ("Her support worker Leyla (Horn Women's Project) rang.", "Horn Women's Project"),
        ("Mother works nights at a bar on the high road, Lotus & Pearl, and sleeps late.", "Lotus & Pearl"),
        ("Her brother is a partner at Slaughter & May these days.", "Slaughter & May"),
        ("We know that he lives at Rua das Acácias 210, Goiânia now.", "Rua das Acácias 210, Goiânia"),
        ("Her aunt is at Atatürk Caddesi No 5, Kayseri now.", "Atatürk Caddesi No 5, Kayseri"),
        ("the gp at whitford st was told. nobody rang. ok. she cried.", "whitford st"),
        ("He is held in HMP Highpoint until June.", "HMP Highpoint"),
        ("Moved to HMP Wormwood Scrubs on remand.", "HMP Wormwood Scrubs"),
        ("We met at Clissold Leisure Centre for the visit.", "Clissold Leisure Centre"),
        ("Her advocate is at the Manor Gardens Centre.", "Manor Gardens Centre"),
        ("Sentenced at Snaresbrook Crown Court in June.", "Snaresbrook Crown Court"),
        ("He is in HMP Highpoint now.", "HMP Highpoint"),
        ("Employer: G&M Cleaning Ltd.", "G&M Cleaning Ltd"),
        ('The nail bar "Lush Tips" is shut.', "Lush Tips"),
        ("Solicitors: Quellden Price.", "Quellden Price"),
        ("The form is wrong, it says Trellin Medical and not ours.", "Trellin Medical"),
        ("The form is wrong, it says Thimble Medical and not ours.", "Thimble Medical"),
        ("He has joined Quellmoor Girls Football this term.", "Quellmoor Girls Football"),
        ("He left Zelmere Youth Cricket in May.", "Zelmere Youth Cricket"),
        ("He learns Quran at Noor ul Islam every day.", "Noor ul Islam"),
        ("Visited Brook Lodge Hostel with housing.", "Brook Lodge Hostel"),
        ("She left the Corbridge Hotel by Friday.", "Corbridge Hotel"),
        ("Prescriptions go to Portman Pharmacy.", "Portman Pharmacy"),
        ("Reparation is at Hackney City Farm.", "Hackney City Farm"),
        ("He works on sites for Blagoev Construction.", "Blagoev Construction"),
        ("She works for Latham & Crewe.", "Latham & Crewe"),
        ("He drives a minicab for Zoom Cars.", "Zoom Cars"),
        ("Seen outside Costcutter with two boys.", "Costcutter"),
        ("mum is scared. he works at tayyabs. she rang. nobody came.", "tayyabs"),
        ("She goes to Harbour Women's Project on Mondays.", "Harbour Women's Project"),
        ("The family is known to Tideway Youth Trust.", "Tideway Youth Trust"),
        ("She works in Crown Nails and in Palmer's Arcade.", "Crown Nails"),
        ("Nights are at Singh's Cash & Carry.", "Singh's Cash & Carry"),
        ("It was sent to Marshgate Medical Practice and others.", "Marshgate Medical Practice"),
        ("A letter from Elmhurst Child Development Centre came.", "Elmhurst Child Development Centre"),
        ("His solicitors wrote, Thimble & Lock.", "Thimble & Lock"),
        ("The alcohol service Shifting Sands took him.", "Shifting Sands"),
        ("Staff of agency Shieldhawk were removed.", "Shieldhawk"),
        ("She joined a women's group in Larkmore Rooms.", "Larkmore Rooms"),
        ("Worked at Taj of Wapping for years.", "Taj of Wapping"),
        ("His uncle lives at 19 Gosset Arches now.", "19 Gosset Arches"),
        ("She lives off Plovermere way now.", "Plovermere way"),
        ("He has work on the cars at Piston Yard CIC.", "Piston Yard CIC"),
        ("A residential with Tidewell Trust in May.", "Tidewell Trust"),
        ("He was arrested on Homerfield Roundabout.", "Homerfield Roundabout"),
        ("Vouchers came via Mallow Pantry.", "Mallow Pantry"),
        ("On Saturdays in St Casimir's Hall with him.", "St Casimir's Hall"),
        ("He was arrested at Lucky Spin two days later.", "Lucky Spin"),
        ("He is collected from Hopping Frogs by her.", "Hopping Frogs"),
        ("She goes to Tiny Talkers on Tuesdays.", "Tiny Talkers"),
        ("His address is 44c Tavernholme now.", "44c Tavernholme"),
        ("We saw him at Beacon Court, a hostel in Kent.", "Beacon Court"),
        ("Her solicitor is at Eastlight Law.", "Eastlight Law"),
        ("He was a cub at 4th Enfield Scouts.", "4th Enfield Scouts"),
        ("The flat is over Quillon Off Licence.", "Quillon Off Licence"),
        ("He is on licence to Quillmore Approved Premises now.", "Quillmore Approved Premises"),
        ("A place was asked for at Barnet Vale High.", "Barnet Vale High"),
        ("His solicitors, Quillon and Marsh, had written twice.", "Quillon and Marsh"),
        ("Coffee is on Mondays at St Botwin's hall.", "St Botwin's hall"),
        ("Seen in a car off Jerrold's Row at night.", "Jerrold's Row"),
        ("Moved overnight to Quillwater House with nothing.", "Quillwater House"),
        ("EDT put them in Sunny Lodge rm 11 for now.", "Sunny Lodge rm 11"),
        ("The letter came back from Ferry House (temp accom).", "Ferry House"),
        ("He gave a hostel, Pelham Court, which he had left.", "Pelham Court"),
        ("seen w lawyer of quillock bray llp. she cried. ok. he did not.", "quillock bray llp"),
        ("He sings at Celestial Church of Christ.", "Celestial Church of Christ"),
        ("seen at millfield skate park. he ran. she did not. ok.", "millfield skate park"),
        ("His solicitors are Miles & Partners.", "Miles & Partners"),
        ("Mornings are at Rainbow Dry Cleaners.", "Rainbow Dry Cleaners"),
        ("She attends Our Lady and St Joseph on Sundays.", "Our Lady and St Joseph"),
        ("They stay in a flat on Kyverdale for now.", "Kyverdale"),
        ("The shop is on Wick Road.", "Wick Road"),
        ("Worship is in Clarence Road on Sundays.", "Clarence Road"),
        ("CALLER OF 89 NIGHTINGALE ROAD STATES MALES FIGHTING.", "89 NIGHTINGALE ROAD"),
        ("A card for Plain Words Literacy came.", "Plain Words Literacy"),
        ("We asked Hush and Bloom Mentoring for a man.", "Hush and Bloom Mentoring"),
        ("The plan is help through Zelhaven Family Mediation.", "Zelhaven Family Mediation"),
        ("She looks for a move with Thorn Street Housing Co-op.", "Thorn Street Housing Co-op"),
        ("Fergal from the Mill Lane Literacy Van reads with her.", "Mill Lane Literacy Van"),
        ("The Copper Scarf Sisters gave a reference.", "Copper Scarf Sisters"),
        ("He was found at work, Tuxley's launderette, at ten.", "Tuxley's launderette"),
        ("They went to a chemist, Tuxley's, who dressed the burn.", "Tuxley's"),
        ("It is run from the hall of St Botwin of Quellmoor.", "St Botwin of Quellmoor"),
        ("He lives at 12 Quellmoor House hostel now.", "12 Quellmoor House hostel"),
        ("he lives on ben jonson road. she does not. they argue. ok.", "ben jonson road"),
    ],
)
def test_a_place_or_firm_that_tells_where_somebody_is_found_is_masked(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "The Fracture Clinic, the Asthma Clinic and the Walk In Centre wrote.",
        "Breakfast Club, Chess Club and Homework Club are open.",
        "The Crown Court and the Youth Court sat in May.",
        "She was taken to Homerton Hospital and the Royal London Hospital.",
        "The case is at the Central Family Court.",
        "The Albert Road area and the High Street are busy.",
        "Dad shouted at Mum; he works for Hackney Council.",
        "He is in prison, perhaps in HMP.",
        "The Licensed Premises and the Approved Premises were named. The risk is High; Overall Grade High.",
        "Clare's Law, Family Law and the Law Society. Bear cubs and Girl Guides. The off licence.",
        "She had a place at Breakfast Club. He has a place at Homework Club in Year Three.",
        "The service User. The school Ofsted came to. The group Tuesday. The agency Manager wrote.",
        "He was there as an occupant in 2019. It was heard in the High Court.",
        "Young Carers, Peer Mentoring, Family Mediation and Adult Literacy were offered.",
        "The Help Desk and Social Housing were named.",
        "The Legal Services and the Children's Services agreed.",
    ],
)
def test_kinds_of_places_and_what_everybody_is_sent_to_stay(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("He says that a group of Cardinal Pole wait for him.", "Cardinal Pole"),
        ("The referral: Clemency Hoddle, and others.", "Clemency Hoddle"),
        ("A detox bed from new year, Quellmere Unit.", "Quellmere Unit"),
        ("It went well. Kettle E8 delivered with care.", "Kettle E8"),
        ("The tests are done at Thimble Clinic now.", "Thimble Clinic"),
        ("He was on his way to Mabley Green to play football.", "Mabley Green"),
        ("He is missing from Hollybush since May.", "Hollybush"),
        ("Gone to the dance group Los Tambores de Hackney.", "Los Tambores de Hackney"),
        ("Seen at another surgery,Quillcroft Road,under her old name.", "Quillcroft Road"),
    ],
)
def test_a_place_that_only_its_capitals_give_away_is_asked_about_and_not_masked(anonymiser, typed, asked):
    masked = anonymiser.mask(typed)

    assert ([typed[d.start : d.end] for d in masked.doubts], masked.text) == ([asked], typed)


@pytest.mark.parametrize(
    "typed",
    [
        "We met at the Core Group and at Options Evening.",
        "It was heard at the Initial Child Protection Conference and at Care Panel.",
        "He was on his way to Hackney Wick, missing from home.",
        "Referred from Early Help to Universal Services, with Signs & Symptoms and Learning & Development.",
        "A group from Youth Justice met opposite Job Centre Plus and at Town Hall, on County Lines.",
        "The Summer Sports Club and Breakfast Club were full.",
        "Both workers, Children & Families, were there.",
        "Letter of HMP Probation. The HMP was told. He is in HMP Pentonville.",
    ],
)
def test_meetings_services_and_towns_are_not_asked_about(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("He is home from football with Owls of Quennel.", "Owls of Quennel"),
        ("He plays in the team of Zelmere Rovers.", "Zelmere Rovers"),
        ("A place was found at New Quill Wharf for him.", "New Quill Wharf"),
    ],
)
def test_teams_and_a_street_that_begins_with_new_go(typed, gone):
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard())

    assert left_of(anonymiser, typed, gone) == ""


def test_the_article_of_a_place_is_asked_about_with_it():
    typed = "It was slow. The Cedar Lantern offer ten sessions. They are on New Road."
    masked = CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard()).mask(typed)

    assert [typed[doubt.start : doubt.end] for doubt in masked.doubts] == ["The Cedar Lantern"]


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("The pastor (Mountain of Dew Assembly, Pinmoor Yard) was told.", "Mountain of Dew Assembly, Pinmoor Yard"),
        ("Her pastor (Rivers of Mercy, Zelbury Lane) rang.", "Rivers of Mercy, Zelbury Lane"),
        ("The pastor of Fountain of Mercy rang.", "Fountain of Mercy"),
        ("She can't be from the Horn Women's Tea Group.", "Horn Women's Tea Group"),
        ("He came from the Thistle Fathers Canoe Group.", "Thistle Fathers Canoe Group"),
        ("It was good. Rising Bass Studio has a place.", "Rising Bass Studio"),
        ("It was slow. Merry Copper Kitchen will take him.", "Merry Copper Kitchen"),
    ],
)
def test_names_of_ordinary_words_go_where_they_are_plainly_names(typed, gone):
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard())

    assert left_of(anonymiser, typed, gone) == ""


@pytest.mark.parametrize(
    "stays",
    [
        "A worker from the Young Carers Support Group came.",
        "A letter from the Core Family Group came.",
        "She is from the Early Help Parents Group.",
        "It was good. Family Support Service has a place.",
        "He asked (in the Court of Appeal, Strand) for time.",
    ],
)
def test_groups_of_the_trade_stay(stays):
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard())

    assert anonymiser.mask(stays).text == stays
