"""People in no register, and the places that give them away, in the ways in which case notes name them."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Ewa Pawlak-Stone", ("Ewunia",)),
        Person("father", "Will Price"),
        Person("sibling", "Tobias Benedict Stone", ("Toby",)),
    ),
)


@pytest.fixture
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ('He was with "Smokey" at the time.', "Smokey"),
        ('Found with older males "Smokes" and a dog.', "Smokes"),
        ("The order was made by DJ Lockyer.", "Lockyer"),
        ("He went to Auntie Cherish after school.", "Auntie Cherish"),
        ("She sleeps at a neighbour's, Tita Baby, with her.", "Tita Baby"),
        ("The prayers of Sis Joy helped.", "Sis Joy"),
        ("Tel note / Winsome Dacosta / 3.10pm", "Winsome Dacosta"),
        ("It was heard. Poppy L who sits by him said so.", "Poppy L"),
        ("There is a previous partner, Phạm Thu Hường, with a girl.", "Phạm Thu Hường"),
        ("Her neighbour at 14b heard it.", "14b"),
        ("He is staying with her friend shaheen at home.".lower(), "shaheen"),
        ("PRESENT: TOM BRADLEY (SW), JANE FOX (HV), MUM. ALL AGREED THE PLAN.", "FOX"),
        ("Copied to Dr Bloomberg, Stamford Hill Group Practice, and to the head.", "Stamford Hill Group Practice"),
        ("She is a patient of Well Street Surgery now.", "Well Street Surgery"),
        ("They met him at Concorde Youth Centre.", "Concorde Youth Centre"),
        ("He used card 4658 9912 0034 7781 there.", "4658 9912 0034 7781"),
        ('ADU-POKU Samuel ("Sammz") ran off.', "Sammz"),
        ("It is signed as follows. Kind regards, Philippa Hennigan", "Philippa Hennigan"),
        ("Crew were T. Vasquez/Ibbotsen on that day.", "Ibbotsen"),
        ("Gjergj, a cousin in Barking, called.", "Gjergj"),
        ("He ran with BAILEY Reece and others.", "BAILEY Reece"),
        ("The officer was PC 4417NI Harding then.", "PC 4417NI Harding"),
        ("Seen by IRO Hyacinth Dacosta.", "Hyacinth Dacosta"),
        ("The form was read to Paris Okonjo today.", "Paris Okonjo"),
        ("Neighbour at Flat 42 complains.", "Flat 42"),
        ("She lives at Garden Flat, 12 Evering Mews now.", "Garden Flat, 12 Evering Mews"),
        ("Letter from Hadley Crowe LLP came.", "Hadley Crowe LLP"),
        ("His school: Our Lady of Good Counsel. He likes it.", "Our Lady of Good Counsel"),
        ("Police log CAD 4471 of 14MAY was read.", "4471 of 14MAY"),
        ("Call 07911 555 210 14:20 was missed.", "07911 555 210"),
        ("mum rang. ismail and toby fought. sw marsha aware. told toby off.", "marsha"),
        ("A boy (Tyrell Olusi, known as Titch) was seen.", "Titch"),
        ("Patience (SENCO) rang us.", "Patience"),
        ("Complaints came from the Kestertons upstairs.", "Kestertons"),
        ("Then they met the Blakemores there.", "Blakemores"),
        ("Then PC Obafemi 448CN attended.", "PC Obafemi 448CN"),
        ("Liaison officer Fenella Guthrie-Obeng came.", "Fenella Guthrie-Obeng"),
        ("The chair, Col. Bassingtide, pressed for it.", "Col. Bassingtide"),
        ("PCs Mulvaney and Obi-Hart were there.", "Mulvaney"),
        ("He says that rebbi Teitz was there.", "rebbi Teitz"),
        ("Her worker there, Shler, came along.", "Shler"),
        ("The Xbox name is NightQuill77 now.", "NightQuill77"),
        ("Her mother's new boyfriend goes by Spider.", "Spider"),
        ("The cleaner, whose name is Fortune, let them in.", "Fortune"),
        ("She has a small group and a friend called Thistle.", "Thistle"),
        ("A man whom they call Pebbles came to the flat.", "Pebbles"),
        ('seen w an older male "ghost". she ran off. ok. he did not.', "ghost"),
        ("The baby, b. 3.2.24, sleeps in her room.", "3.2.24"),
        ("He turned ten on the 3rd of May.", "3rd of May"),
        ("Her Oyster 0412 8831 2209 was used.", "0412 8831 2209"),
        ("Appropriate adult = Winsome Tull, who was late.", "Winsome Tull"),
        ("seen w police, pc ravendran 2208CE. mum ok. he was out. Then she left.", "pc ravendran"),
        ("A guard, a Mr Tesfaldet BERHANU, rang.", "Tesfaldet BERHANU"),
        ("cc: J Adeyinka", "J Adeyinka"),
        ("From: Winsome Adeyinka", "Winsome Adeyinka"),
        ("His mentor Spikes sees him weekly.", "Spikes"),
        ("The driver's name may be Quorvax.", "Quorvax"),
        ("Present were Seo-yun Bae (SW) and an interpreter.", "Seo-yun Bae"),
    ],
)
def test_a_stranger_and_what_gives_one_away_is_masked_whole(anonymiser, typed, gone):
    masked = anonymiser.mask(typed)

    start = typed.index(gone)
    left = set(range(start, start + len(gone)))
    for replacement in masked.replacements:
        left -= set(range(replacement.start, replacement.end))
    assert not {typed[i] for i in left if typed[i].isalnum()}, masked.text


@pytest.mark.parametrize(
    "typed",
    [
        "The Gibbs model and Barlow manoeuvre were taught.",
        "They are travelling to Gdynia by coach.",
        "Marlborough Family Service was asked. The Albert Road area is busy.",
        "A Child Safeguarding Practice Review was held in Autumn.",
        "She is the OIC. Crime report sent. We used video feedback (VIG) twice. No DOB NN. Neglect was seen.",
        "Mark seen on his arm. Mark noted by the nurse.",
        "He'd gone and could've been there. Positve screen done. His \"X\" is on it.",
        "It is known as Early Help. Known as a risk. Plan b. Agreed 3.2.24.",
        "School log. 11/1 late, 13/1 late. MARAC 12/12.",
        "The family prices for food are high; the will of the group is good.",
        "The social worker Visits were late; the mentor Monday was told. The ref on Monday is fine.",
        "From: Housing Options. His key worker Team met. The name may be changed. TEAM CPOMS and MASH TRAC met.",
    ],
)
def test_methods_towns_services_and_dates_stay(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


def test_somebody_met_is_known_again_by_initials(anonymiser):
    masked = anonymiser.mask("Present: Niamh Corrigan (SW). Actions: NC to visit.")

    assert masked.text.count("Professional: social worker") == 2


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ewy teacher rang.", "Child H1 teacher rang."),
        ("TBS to be seen alone.", "Sibling 1 to be seen alone."),
        ("To. Be. was late.", "Sibling 1 was late."),
        ("Stone, T consents.", "Sibling 1 consents."),
        ("MUM WILL ATTEND THE MEETING AND WAS TOLD.", "MUM WILL ATTEND THE MEETING AND WAS TOLD."),
        ("mum said so. she wants 2 live w will price now.", "mum said so. she wants 2 live w Father now."),
        ("The Stone family moved.", "The [family name] family moved."),
        ("Seen with Uncle Will Price.", "Seen with Father."),
    ],
)
def test_registered_people_in_the_forms_of_minutes_and_messages(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("She was seen at Kestrel House at night.", "Kestrel House"),
        ("Present: Amelia Strand, YB (nursery), the mother.", "YB"),
        ("The chair asked KR to follow up.", "KR"),
        ("The screen is done, ros to chase it.", "ros"),
        ("a place was offered (Crossfeld), mum says no. he cried. she did not. ok. they rang at noon.", "Crossfeld"),
        ("he has college at newvyc mon. she rang. he did not. ok.", "newvyc"),
        ("KM and TR were in the car too.", "TR"),
        ("Approved JT 12/3/24.", "JT"),
        ("Pupil QB alleged that he pushed her.", "QB"),
    ],
)
def test_what_only_a_person_can_tell_is_asked(anonymiser, typed, asked):
    assert asked in [typed[doubt.start : doubt.end] for doubt in anonymiser.mask(typed).doubts]


def test_initials_that_are_an_abbreviation_too_are_asked_about_where_they_act():
    register = CaseRegister("H1", (Person("subject_child", "Tyler Adeniran"),))
    anonymiser = CaseAnonymiser.for_case(register, KeepWords.standard())
    (doubt,) = anonymiser.mask("Since then TA failed to attend.").doubts
    assert doubt.suggestion == "Child H1"
    assert not anonymiser.mask("The TA failed to attend.").doubts


PLACES = CaseRegister(
    "H2",
    (
        Person(
            "subject_child", "Niamh Walsh", address="The Old Dairy, 3 Swan Lane", school="Our Lady's Convent High School",
            nursery="Comet Nursery", gp_practice="Lower Clapton Group Practice",
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("School is Our Lady's.", "School is [school]."),
        ("Nursery: Comet.", "Nursery: [nursery]."),
        ("GP is Lower Clapton.", "GP is [GP practice]."),
        ("The porter of The Old Dairy rang.", "The porter of [address] rang."),
        ("They saw the comet from Lower Clapton.", "They saw the comet from Lower Clapton."),
        ("An old dairy stood there.", "An old dairy stood there."),
    ],
)
def test_registered_places_in_short(typed, shown):
    assert CaseAnonymiser.for_case(PLACES, KeepWords.standard()).mask(typed).text == shown


def test_labels_come_from_the_order_of_meeting_and_link_nobody_across_cases():
    first, second = (
        CaseAnonymiser.for_case(CaseRegister(case, REGISTER.people), KeepWords.standard()) for case in ("H1", "H4")
    )
    assert first.mask("Mr Okonjo came. Ms Petrou rang.").text == "Person 1 came. Person 2 rang."
    assert second.mask("Ms Petrou rang. Mr Okonjo came.").text == "Person 1 rang. Person 2 came."
    assert "H1" not in second.mask("Ewa Pawlak-Stone was seen.").text


def test_a_word_in_quotation_marks_between_two_names_is_one():
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard())

    assert "Hammer" not in anonymiser.mask('The names he hears: Imran, "Hammer", and a Kofi Mensah.').text
    assert "Respect" in anonymiser.mask('The values are Courage, "Respect", and Kindness.').text


def test_a_name_that_no_list_has_is_one_where_somebody_is_reached_by_telephone():
    anonymiser = CaseAnonymiser.for_case(CaseRegister("H1", ()), KeepWords.standard())

    assert "Quenlowa" not in anonymiser.mask("Contact is made through Quenlowa on 020 7946 0321.").text
