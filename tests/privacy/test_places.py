"""Addresses, schools and birthdays, in the forms in which people shorten them: which home it is must not be told."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords


def masked(text, **of_the_child):
    register = CaseRegister("H3", (Person("subject_child", "Zilpah Quenneville", **of_the_child),))
    return CaseAnonymiser.for_case(register, KeepWords.standard()).mask(text)


@pytest.mark.parametrize(
    ("address", "typed", "shown"),
    [
        ("3 Heron Walk", "Seen at 3 Heron Wk today.", "Seen at [address] today."),
        ("Flat 33, Signal Point", "ATTENDED FLAT 33 SIGNAL PT ON 4 OCCASIONS", "ATTENDED [address] ON 4 OCCASIONS"),
        ("54 Larkspur Road", "She waited outside 54 Larkspur\nRd. Nobody came.", "She waited outside [address]. Nobody came."),
        ("Flat 5, 61 Amwell Parade", "Given as Flt 5 61 Amwell Pde; checked.", "Given as [address]; checked."),
        ("Room 11, Foxglove Lodge", "One room, Foxglove Lodge Rm 11, shared.", "One room, [address], shared."),
        ("Bay 3, Elm Lane Caravan Site", "PICKED UP BAY 3 ELM LN SITE, CALLED", "PICKED UP [address], CALLED"),
        ("Flat 2, 190 Lower Clapton Road", "Seen at Flat 2, 190 L. Clapton Rd today.", "Seen at [address] today."),
        ("52 Lynmouth Hill", "Before she got to 52 Lynmouth Hl. No reply.", "Before she got to [address]. No reply."),
        ("Plot 7, Palace Fields Site", "They live on plot 7 Palace Fields, still.", "They live on [address], still."),
        ("Flat A, 3 Ropemaker Alley", "Given as Flt A 3 Ropemaker Aly in it.", "Given as [address] in it."),
        ("Flat 4, 15 Glyn Terrace", "not in his room at fl 4 / 15 glyn tce last night", "not in his room at [address] last night"),
        ("Room 19, 2 Urswick Villas", "Moved to Rm 19, 2 Urswick Vls then.", "Moved to [address] then."),
        ("Flat B, 128 Chatsworth Tower", "Visit to B/128 Chatsworth Tower on Monday.", "Visit to [address] on Monday."),
    ],
)  # fmt: skip
def test_a_registered_address_is_found_however_it_is_abbreviated(address, typed, shown):
    assert masked(typed, address=address).text == shown


@pytest.mark.parametrize(
    ("school", "typed", "shown"),
    [
        ("Bluebell Nursery", "We asked everyone. Bluebell now send a note.", "We asked everyone. [school] now send a note."),
        ("Clapham Row PRU", "22/1 clapham row sent miss away", "22/1 [school] sent miss away"),
        ("Carpenters Lane Primary", "LETTER TO CARPENTERS LANE NURSE.", "LETTER TO [school] NURSE."),
        ("Bow Bridge Juniors", "He left Bow Bridge Jnrs in May.", "He left [school] in May."),
        ("Kingsland Academy", "Thanks, the DSL, Kingsland", "Thanks, the DSL, [school]"),
        ("Cardinal Wolsey High", "Passed to the school, Card. Wolsey, late.", "Passed to the school, [school], late."),
        ("Hackney Wick College", "his tutor at hackney wick coll saw him", "his tutor at [school] saw him"),
        ("Beacon Park School", "Excluded from beacon park school.", "Excluded from [school]."),
    ],
)  # fmt: skip
def test_a_registered_school_is_found_by_the_words_that_tell_it(school, typed, shown):
    assert masked(typed, school=school).text == shown


@pytest.mark.parametrize(
    ("school", "stays"),
    [
        ("Bluebell Nursery", "She drew a bluebell in the garden."),
        ("Clapham Row PRU", "The chairs stood in a row."),
        ("Kingsland Academy", "The bus to Kingsland was late."),
        ("Paragon Academy", "He is no paragon of patience."),
        ("Bow Bridge Juniors", "They met at the bridge in Bow."),
    ],
)
def test_the_same_words_stay_where_they_mean_no_school(school, stays):
    assert masked(stays, school=school).text == stays


def test_a_number_is_found_over_two_lines():
    told = masked("Should be 999 387\n9819. New number 07700 900\n682 is hers.", nhs_number="999 387 9819")
    assert told.text == "Should be [NHS number]. New number [phone number] is hers."


def test_a_birthday_whose_day_and_month_were_changed_about_is_found():
    assert "4 March" not in masked("Date of birth as 3.4.11 and once as 4 March.", dob="2011-04-03").text


def test_a_birthday_without_its_year_is_found_where_an_age_in_words_is_told():
    assert "1 December" not in masked("He turned fifteen on 1 December and asked.", dob="2010-12-01").text


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("The visit to Flat B, 7 Sorrel Passage found nobody.", "Flat B, 7 Sorrel Passage"),
        ("They are placed at Room 9, The Laurels, for now.", "Room 9, The Laurels"),
        ("The hotel, Room 214 at the Portland, was full.", "Room 214 at the Portland"),
        ("The man who lives above at Flat E complained.", "Flat E"),
        ("mac can have her, hes in 21 fallow court now", "21 fallow court"),
        ("with him in luton, 8 vine st. seen later", "8 vine st"),
    ],
)
def test_a_home_that_is_in_no_register_is_found_by_its_form(typed, gone):
    assert gone not in masked(typed).text


@pytest.mark.parametrize(
    "stays",
    [
        "Room 4 at the Annexe was booked for the meeting.",
        "He attended 2 youth court hearings and 3 family court hearings.",
        "They had 2 other house moves and 1 new street worker.",
        "Flat A&E figures were not kept.",
    ],
)
def test_rooms_courts_and_moves_are_no_homes(stays):
    assert masked(stays).text == stays


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Call from Mrs Toprak 11/08/1991, on 3/4/2026.", "Call from Person 1 [date of birth], on 3/4/2026."),
        ("Seen with Mr Toprak (3.2.88) at home.", "Seen with Person 1 ([date of birth]) at home."),
        ("Signed: Mrs Toprak 11/08/2026", "Signed: Person 1 11/08/2026"),
        ("Mrs Toprak, 11/08/26: no reply.", "Person 1, 11/08/26: no reply."),
    ],
)
def test_an_old_date_behind_a_name_is_a_date_of_birth_and_a_new_one_is_not(typed, shown):
    assert masked(typed).text == shown


@pytest.mark.parametrize(
    ("kind", "name", "typed", "shown"),
    [
        ("gp_practice", "Alderley Medical Centre", "GP is Alderley MC now.", "GP is [GP practice] now."),
        ("gp_practice", "Tanners Health Centre", "GP is Tanners HC now.", "GP is [GP practice] now."),
        ("gp_practice", "Fern Close Surgery", "Fern Cl surgery replied.", "[GP practice] replied."),
        ("nursery", "Thimble Barn Nursery", "mgr rang (thimble barn, new mgr) at ten.", "mgr rang ([nursery], new mgr) at ten."),
        ("nursery", "Thimble Barn Nursery", "Thimble Barn is near. She likes the Barn well.", "[nursery] is near. She likes [nursery] well."),
        ("nursery", "Thimble Barn Nursery", "Late again; thimble barn phoned mum.", "Late again; [nursery] phoned mum."),
        ("school", "St Fremund's Juniors", "St F's sent a form.", "[school] sent a form."),
        ("school", "Mill Top School", "He likes milltop school.", "He likes [school]."),
        ("school", "Our Lady of Pity RC Primary", "OLOP sent a form.", "[school] sent a form."),
        ("school", "Velvet Grove Academy", "VGA opened a file.", "[school] opened a file."),
        ("school", "Velvet Grove Academy", "Form from V.G.A. to us.", "Form from [school] to us."),
    ],
)  # fmt: skip
def test_a_registered_place_is_found_by_what_notes_make_of_it(kind, name, typed, shown):
    assert masked(typed, **{kind: name}).text == shown


@pytest.mark.parametrize(
    ("kind", "name", "stays"),
    [
        ("nursery", "Thimble Barn Nursery", "They kept hens in the Barn and in a barn."),
        ("nursery", "Nimble Steps Nursery", "He took nimble steps. Now nimble steps are needed."),
        ("nursery", "Thimble Barn Nursery", "A thimble and a barn were in the story."),
        ("school", "Marsh Academy for Reading", "The MAR chart was checked."),
        ("school", "Castle Primary School", "The CPS was told of it."),
    ],
)
def test_a_part_of_it_stays_where_the_place_was_not_told(kind, name, stays):
    assert masked(stays, **{kind: name}).text == stays


def test_a_mistyped_kind_of_street_goes_with_its_number_and_name_and_no_other_word_does():
    told = masked("Noise at 14 Selby Md again; back at 14 Selby Maed by six.", address="14 Selby Mead")
    assert told.text == "Noise at [address] again; back at [address] by six."
    assert masked("From 14 Selby my worker rang.", address="14 Selby Mead").text == "From [address] my worker rang."


@pytest.mark.parametrize("typed", ["9.iv.86", "09/IV/1986"])
def test_a_birthday_with_its_month_in_roman_numerals_is_found(typed):
    assert masked(f"Father ({typed}) was out.", dob="1986-04-09").text == "Father ([date of birth]) was out."


@pytest.mark.parametrize("typed", ["QUENNEVILLE, 090486, sober.", "Quenneville (090486) sober."])
def test_six_digits_behind_a_name_are_a_birthday(typed):
    assert "090486" not in masked(typed, dob="1986-04-09").text


def test_the_same_six_digits_are_no_birthday_as_a_sum():
    assert "£090486" in masked("It came to £090486 in all.", dob="1986-04-09").text


def test_a_registered_e_mail_address_is_found_with_its_at_in_words():
    told = masked("Write to z.quen11 at example.org please.", emails=("z.quen11@example.org",))
    assert told.text == "Write to [e-mail address] please."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Letters went to Thorn Road.", "Letters went to [address]."),
        ("His tutor at Bowlby rang.", "His tutor at [school] rang."),
        ("The work of Bowlby was read.", "The work of Bowlby was read."),
        ("The family moved to 19 Rowhill Mansions.", "The family moved to [address]."),
    ],
)
def test_a_slip_in_a_street_and_a_school_called_after_somebody_known_are_known_by_what_stands_around(typed, shown):
    register = CaseRegister(
        "H1", (Person("subject_child", "Royal Quarshie", address="9 Thorne Road", school="Bowlby Academy"),)
    )

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown


def test_a_place_by_one_of_its_words_typed_small_where_only_it_can_be_meant():
    register = CaseRegister(
        "H1",
        (
            Person("subject_child", "Temi Zqarin", school="Pelican Academy"),
            Person("sibling", "Ola Zqarin", nursery="Happy Badgers Nursery"),
            Person("father", "Uwa Zqarin", address="Unit 9, Tannery Works", school="Sunny Hollow Primary School"),
        ),
    )
    shown = CaseAnonymiser.for_case(register, KeepWords.standard()).mask

    assert shown("School. pelican say he is late.").text == "School. [school] say he is late."
    assert shown("He bites, says badgers nursery.").text == "He bites, says [nursery]."
    assert shown("He was seen at Unit 9, alone.").text == "He was seen at [address], alone."
    assert shown("He saw the sunny hollow first aider.").text == "He saw the [school] first aider."
    assert (
        shown("A pelican, two badgers and unit 3 of the course.").text
        == "A pelican, two badgers and unit 3 of the course."
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("It was sunny hollow nursery then.", "It was [nursery] then."),
        ("I rang sunny hollow who said he was in.", "I rang [nursery] who said he was in."),
        ("To do: tell pelican when it opens.", "To do: tell [school] when it opens."),
        ("The head of year at Abbots X rang.", "The head of year at [school] rang."),
    ],
)
def test_a_place_of_common_words_typed_small_with_its_kind_or_where_it_is_rung(typed, shown):
    register = CaseRegister(
        "H1",
        (
            Person("subject_child", "Temi Zqarin", nursery="Sunny Hollow Nursery"),
            Person("sibling", "Ola Zqarin", school="Pelican Academy"),
            Person("sibling", "Uwa Zqarin", school="Abbot's Cross School"),
        ),
    )

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Nursery Pelican will send a letter.", "Nursery [nursery] will send a letter."),
        ("He is in Upper Fen 6th.", "He is in [school]."),
        ("She is registered at the Hackney.", "She is registered at the [GP practice]."),
        ("A pelican was seen.", "A pelican was seen."),
    ],
)
def test_a_place_behind_its_kind_and_a_surgery_where_somebody_is_registered(typed, shown):
    register = CaseRegister(
        "H1",
        (
            Person("subject_child", "Temi Zqarin", nursery="Pelican Steps Nursery", gp_practice="Hackney Surgery"),
            Person("sibling", "Ola Zqarin", school="Upper Fen Sixth Form"),
        ),
    )

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Venue LANTERN POINT N4, lobby.", "Venue [address], lobby."),
        ("It was Lantern Point, N4 that night.", "It was [address] that night."),
        ("A visit to 14 B Selby Row N16 is due.", "A visit to [address] is due."),
        ("A visit to 14B selby row is due.", "A visit to [address] is due."),
        ("He was at 9 c Zelbarn Rise then.", "He was at [address] then."),
        ("He was at 9c Zelbarn Rise then.", "He was at [address] then."),
    ],
)
def test_a_home_goes_with_its_district_and_with_the_letter_of_its_door(typed, shown):
    register = CaseRegister(
        "H1",
        (
            Person("mother", "Ifeoma Zqarin", address="Apt 2, Lantern Point, Quarry Walk"),
            Person("father", "Uwa Zqarin", address="14b Selby Row"),
            Person("uncle", "Obi Zqarin", address="9 C Zelbarn Rise"),
        ),
    )

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Apologies: Minnows. Not invited: dad.", "Apologies: [nursery]. Not invited: dad."),
        ("A minnow nursery place.", "A [nursery] place."),
        ("A report from Wentlock Childrens Ctr came.", "A report from [nursery] came."),
        ("TLGP rang, and LG Practice too.", "[GP practice] rang, and [GP practice] too."),
        ("We wrote to The\nLawson Green Practice.", "We wrote to [GP practice]."),
        ("Pond: Minnows swim there.", "Pond: Minnows swim there."),
    ],
)
def test_a_place_in_a_list_by_its_letters_and_over_a_line(typed, shown):
    register = CaseRegister(
        "H1",
        (
            Person("subject_child", "Temi Zqarin", nursery="Minnows Nursery", gp_practice="The Lawson Green Practice"),
            Person("sibling", "Ola Zqarin", nursery="Wentlock Children's Centre"),
        ),
    )

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("He is at comet till three.", "He is at [nursery] till three."),
        ("He attends comet.", "He attends [nursery]."),
        ("He saw a comet, then looked at comet tails.", "He saw a comet, then looked at comet tails."),
        ("Better at Holy X. Ms Zquel says so.", "Better at [school]. Person 1 says so."),
    ],
)
def test_a_place_by_one_word_typed_small_where_somebody_stays_and_by_a_cross(typed, shown):
    register = CaseRegister(
        "H1",
        (
            Person("subject_child", "Temi Zqarin", school="Holy Cross Primary School"),
            Person("sibling", "Ola Zqarin", nursery="Comet Day Nursery"),
        ),
    )

    assert CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed).text == shown
