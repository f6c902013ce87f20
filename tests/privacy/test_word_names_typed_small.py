"""A registered name that is a word, typed small: masked when the grammar says so, asked about unless it is surely the word."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Rose Carter-Obeng"),
        Person("sibling", "Chance Carter-Obeng"),
        Person("sibling", "Sky Carter-Obeng"),
        Person("mother", "Mercy Obeng"),
        Person("father", "Bill Carter"),
        Person("grandmother", "Faith Obeng"),
        Person("uncle", "Will Obeng"),
        Person("sibling", "Ever Obeng", ("Oats",)),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("It was noted that chance, his twin brother, had no coat.", "It was noted that Sibling 1, his twin brother, had no coat."),
        ("Collected by faith (PGM) on Mondays.", "Collected by Grandmother (PGM) on Mondays."),
        ("At home time rose was still in the hall.", "At home time Child H1 was still in the hall."),
        ("He said \"sky won't eat\" and left.", "He said \"Sibling 2 won't eat\" and left."),
        ("Mum said bill is back at the flat.", "Mum said Father is back at the flat."),
        ("A stepbro chance yr 9 collects them.", "A stepbro Sibling 1 yr 9 collects them."),
        ("Duty wrote: mercy tearful on the phone.", "Duty wrote: Mother tearful on the phone."),
        ("His dad bill is at work.", "His Father is at work."),
        ("Mum and rose went to the park.", "Mum and Child H1 went to the park."),
        ("Mother told rose to wait outside.", "Mother told Child H1 to wait outside."),
        ("His father, bill, was not seen.", "His father, Father, was not seen."),
        ("Duty heard that will was at home.", "Duty heard that Uncle was at home."),
        ("Actions: faith to ring duty.", "Actions: Grandmother to ring duty."),
        ("CYP rose seen alone.", "CYP Child H1 seen alone."),
        ("The worker told will to sit.", "The worker told Uncle to sit."),
        ("The call came in skys bedroom.", "The call came in Sibling 2's bedroom."),
        ("It was in rose's room all along.", "It was in Child H1's room all along."),
        ("The worker rang the carter family twice.", "The worker rang the [family name] family twice."),
    ],
)  # fmt: skip
def test_what_only_somebody_is_or_does_masks_the_name(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("At night mercy looked thin.", "mercy"),
        ("Gran told me all of mercy's plans.", "mercy"),
        ("A worker came to pack mercy's rabbit.", "mercy"),
        ("What does mercy want?", "mercy"),
        ("The worker will see sky on Monday.", "sky"),
        ("He was seen with sky again.", "sky"),
        ("Pick up the phone, mercy.", "mercy"),
        ("He was seen with will at the gate.", "will"),
        ("We hold a statement of bill on file.", "bill"),
        ("At night faith paints a wall.", "faith"),
    ],
)
def test_where_nothing_shows_that_it_is_the_word_a_person_is_asked(anonymiser, typed, asked):
    masked = anonymiser.mask(typed)

    assert [typed[doubt.start : doubt.end] for doubt in masked.doubts] == [asked]


@pytest.mark.parametrize(
    "typed",
    [
        "He bought a rose for his mother. Prices rose in May.",
        "She asked if he had ever seen the GP. There were porridge oats on the floor.",
        "Attendance rose to 90 per cent. She rose early.",
        "By chance the officer met him. She has no chance of seeing him.",
        "They had a chance to speak. He took a second chance.",
        "We showed mercy in the end. They were at the mercy of others.",
        "The phone bill was paid. An electricity bill was seen.",
        "Faith school places are few; she acted in good faith.",
        "The plan will go on. Against her will she was moved; we hope that they will and may come.",
        "The sky-blue box, a pre-rose day and a promised rose; he signed the agreed bill.",
        "Two chances were missed. The bills school sends are late.",
        "A faith leader spoke of faith and culture.",
        "It needs care and mercy. He is the account carter of the firm.",
        "Blue sky thinking is needed under an open sky.",
    ],
)
def test_the_word_stays_and_nobody_is_asked(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Rose + Sky went home.", "Child H1 + Sibling 2 went home."),
        ("All came. Faith (PGM) brought the notes.", "All came. Grandmother (PGM) brought the notes."),
        ("It was slow. Mercy was promised a call.", "It was slow. Mother was promised a call."),
        ("The bell rang. Rose in tears by the gate.", "The bell rang. Child H1 in tears by the gate."),
        ("Called twice. Sky not seen for a week.", "Called twice. Sibling 2 not seen for a week."),
    ],
)
def test_the_same_tells_the_name_at_the_start_of_a_sentence(anonymiser, typed, shown):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (shown, ())


OTHERS = CaseRegister(
    "H1",
    (
        Person("subject_child", "Ho Mei Kit", ("Kit Ho",)),
        Person("sibling", "Promise Moss"),
        Person("mother", "Divine Marsh"),
        Person("aunt", "Chance Fry"),
        Person("grandmother", "Robin Moss"),
        Person("uncle", "Hang Bury"),
    ),
)


@pytest.fixture(scope="module")
def others():
    return CaseAnonymiser.for_case(OTHERS, KeepWords.standard())


@pytest.mark.parametrize(
    "typed",
    [
        "Nobody can promise a date. We cannot promise a flat.",
        "We were told to hang the keys up. They should not bury the dog. He tried to bury a ball.",
        "Nothing here is left to chance. It is down to chance.",
        "They sang at a divine meeting. He lost his new PE kit.",
        "Moss walls would be damp.",
        "Promise based groups met.",
    ],
)
def test_what_somebody_can_or_should_do_is_a_word(others, typed):
    masked = others.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("The club knows ho mei kit well.", "The club knows Child H1 well."),
        ("Mum. Seen twice.\nRobin. Her own plan.", "Mum. Seen twice.\nGrandmother. Her own plan."),
    ],
)
def test_a_whole_name_and_a_heading_among_kin_are_somebody(others, typed, shown):
    assert others.mask(typed).text == shown


MORE = CaseRegister(
    "H1",
    (
        Person("subject_child", "Bright Asante"),
        Person("sibling", "Can Asante"),
        Person("sibling", "Autumn Asante"),
        Person("sibling", "Patience Asante"),
        Person("mother", "Era Asante"),
        Person("father", "Kwabena Asante"),
    ),
)


@pytest.fixture(scope="module")
def more():
    return CaseAnonymiser.for_case(MORE, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("We read can's file twice.", "We read Sibling 1's file twice."),
        ("The tutor heard that can would stay.", "The tutor heard that Sibling 1 would stay."),
        ("We heard that can knows where it is.", "We heard that Sibling 1 knows where it is."),
        ("When asked, can shrugged.", "When asked, Sibling 1 shrugged."),
        ("The worker went with era and the baby.", "The worker went with Mother and the baby."),
        ("Kwabena loves era very much.", "Father loves Mother very much."),
        ("Home visit: era upstairs, would not come.", "Home visit: Mother upstairs, would not come."),
        ("Before this era had told nobody.", "Before this Mother had told nobody."),
        ("The letter is in bright's bag.", "The letter is in Child H1's bag."),
        ("Carer reports patience wets the bed.", "Carer reports Sibling 3 wets the bed."),
        ("He calls era a liar.", "He calls Mother a liar."),
        ('He calls era "the boss" at home.', 'He calls Mother "the boss" at home.'),
    ],
)
def test_what_no_such_word_does_masks_the_name(more, typed, shown):
    assert more.mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("She waved to us and bright would not.", "bright"),
        ("The meeting is about bright at present.", "bright"),
        ("Seen at tea: bright, Kwabena and the cat.", "bright"),
        ("A place was found for can.", "can"),
        ("They took can to the dentist.", "can"),
        ("Does can have a coat?", "can"),
        ("The clinic took autumn off the list.", "autumn"),
        ("A worker came to pack autumn's toys.", "autumn"),
        ("Dad swore at autumn twice.", "autumn"),
        ("Nobody has gone out since autumn left.", "autumn"),
        ("Police took patience to hospital.", "patience"),
        ("Gran has patience sleeping on a sofa.", "patience"),
        ("They found patience in the bath.", "patience"),
        ("The worker went with patience and the baby.", "patience"),
        ("Kwabena loves patience very much.", "patience"),
        ("Home visit: patience upstairs, would not come.", "patience"),
    ],
)
def test_where_it_may_be_the_rare_name_a_person_is_asked(more, typed, asked):
    masked = more.mask(typed)

    assert [typed[doubt.start : doubt.end] for doubt in masked.doubts] == [asked]


@pytest.mark.parametrize(
    "typed",
    [
        "A bright child. She is bright and keen, looks bright, and bright colours calm her.",
        "The plan we asked for will change. He took what he can at the gate. They can and will come.",
        "He fell ill in autumn; by autumn or since autumn he was well. An autumn day, autumn's end.",
        "He found patience in prayer and has patience with her. She took patience to be weakness.",
        "In this era had anyone asked? The era of the phone. The police station calls log was read.",
    ],
)
def test_the_rare_names_stay_where_they_are_words(more, typed):
    masked = more.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


KIN = CaseRegister(
    "H1",
    (
        Person("subject_child", "Wisdom Adzika"),
        Person("sibling", "Royal Boon-Akers"),
        Person("mother", "Harmony Adzika"),
        Person("father", "Kit Chow Tin-Lok"),
        Person("aunt", "April Quarshie"),
        Person("grandmother", "Jade Quarshie"),
        Person("uncle", "Farouk Quarshie"),
    ),
)


@pytest.fixture(scope="module")
def kin():
    return CaseAnonymiser.for_case(KIN, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("We want wisdom assessed before June.", "We want Child H1 assessed before June."),
        ("Farouk was asleep, harmony was out.", "Uncle was asleep, Mother was out."),
        ("Since May wisdom hasn't been missing.", "Since May Child H1 hasn't been missing."),
        ("In the hall wisdom (4 June 2013) was told.", "In the hall Child H1 (4 June 2013) was told."),
        ("In the plan royal b-a is left out.", "In the plan Sibling 1 is left out."),
        ("Yesterday saw april at clinic.", "Yesterday saw Aunt at clinic."),
        ("There were Farouk, jade on screen from abroad.", "There were Uncle, Grandmother on screen from abroad."),
        ("In June wisdom (adzika, wisdom, seen) was noted.", "In June Child H1, seen) was noted."),
        ("Aprils UPN was wrong.", "Aunt's UPN was wrong."),
    ],
)
def test_what_is_no_idea_and_no_thing_masks_the_small_name(kin, typed, shown):
    assert kin.mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("It is noted. Jade behind with jabs.", "It is noted. Grandmother behind with jabs."),
        ("It is noted. Jade nine weeks without a drink.", "It is noted. Grandmother nine weeks without a drink."),
        ('The file has "Kit" as his first name.', 'The file has "Father" as his first name.'),
    ],
)
def test_a_thing_without_its_article_is_somebody(kin, typed, shown):
    assert kin.mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "shown", "asked"),
    [
        ("It was ray noble.", "It was Father.", []),
        ("The police came and long was placed with her.", "The police came and long was placed with her.", ["long"]),
        ("It read: endurance is a virtue.", "It read: endurance is a virtue.", ["endurance"]),
        ("Before long he was placed. How long is it?", "Before long he was placed. How long is it?", []),
    ],
)
def test_a_whole_name_typed_small_and_what_is_done_to_people_alone(typed, shown, asked):
    register = CaseRegister(
        "H1",
        (Person("father", "Ray Noble"), Person("subject_child", "Long Zqarin"), Person("mother", "Endurance Zqarin")),
    )

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed)

    assert (masked.text, [typed[doubt.start : doubt.end] for doubt in masked.doubts]) == (shown, asked)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("They gave jade headphones, worth £80.", ["jade"]),
        ("The cousins bought wisdom sweets.", ["wisdom"]),
        ("The boys sent jade pictures.", ["jade"]),
        ("She was given jade earrings. Her jade earrings were sent.", []),
        ("They gave her jade earrings and a jade ring.", []),
    ],
)
def test_whom_something_is_given_to_is_asked_about(kin, typed, asked):
    masked = kin.mask(typed)

    assert (masked.text, [typed[doubt.start : doubt.end] for doubt in masked.doubts]) == (typed, asked)
