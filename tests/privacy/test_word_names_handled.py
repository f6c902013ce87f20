"""Names that are words, typed small, by what is done to them and by where they stand in lists."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Archer Imade"),
        Person("sibling", "Joy Imade"),
        Person("mother", "Rose Imade"),
        Person("aunt", "Osasu Imade"),
    ),
)


@pytest.fixture(scope="module")
def masked():
    anonymiser = CaseAnonymiser.for_case(REGISTER, KeepWords.standard())
    return lambda text: anonymiser.mask(f"{text} The plan stays as it is.").text.removesuffix(
        " The plan stays as it is."
    )


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("The nurse weighed joy at the clinic.", "The nurse weighed Sibling 1 at the clinic."),
        ("He asked joy about the mark.", "He asked Sibling 1 about the mark."),
        ("Nan picked archer up at three.", "Nan picked Child H1 up at three."),
        ("The worker took archer to school.", "The worker took Child H1 to school."),
        ("Police found rose in the park.", "Police found Mother in the park."),
        ("A call from joy at nine.", "A call from Sibling 1 at nine."),
        ("They spoke to joy, who was calm.", "They spoke to Sibling 1, who was calm."),
        ("Dad shouted at joy in the shop.", "Dad shouted at Sibling 1 in the shop."),
        ("Not seen: joy.", "Not seen: Sibling 1."),
        ("Not seen: Joy.", "Not seen: Sibling 1."),
        ("The baby and joy were asleep.", "The baby and Sibling 1 were asleep."),
        ("Mum, joy and the baby were in.", "Mum, Sibling 1 and the baby were in."),
        ("Joy and mum came in.", "Sibling 1 and mum came in."),
        ("Rose & mum were in.", "Mother & mum were in."),
        ("Archer with nan since May.", "Child H1 with nan since May."),
        ("Archer again missed school.", "Child H1 again missed school."),
        ("Archer - bruise to the arm.", "Child H1 - bruise to the arm."),
        ("Archer too was quiet.", "Child H1 too was quiet."),
        ("It was cold and archer was late.", "It was cold and Child H1 was late."),
        ("Later archer went home.", "Later Child H1 went home."),
        ("Nobody saw archer and osasu there.", "Nobody saw Child H1 and Aunt there."),
        ("Joy to be seen by the GP.", "Sibling 1 to be seen by the GP."),
    ],
)
def test_what_is_done_to_people_masks_the_name(masked, typed, left):
    assert masked(typed) == left


@pytest.mark.parametrize(
    "typed",
    [
        "There is joy in this house.",
        "He spoke with joy of his new bike.",
        "A rose was left on the step.",
        "She found joy in the group, and it gave her joy.",
        "The archer on the badge was red.",
        "They took the rose to school and found a rose in the park.",
        "His joy and care helped.",
        "I joy in nothing, she wrote.",
    ],
)
def test_the_word_stays(masked, typed):
    assert masked(typed) == typed


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Joy - bruise to the arm.", "Joy"),
        ("Later joy looked thin.", "joy"),
        ("It was because of rose.", "rose"),
    ],
)
def test_what_is_open_is_asked_about(typed, asked):
    masked = CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask(f"{typed} The plan stays as it is.")

    assert [masked.text[d.start : d.end] for d in masked.doubts_in_result] == [asked]


BARE = CaseRegister(
    "H1",
    (
        Person("subject_child", "Wren Zqarin"),
        Person("sibling", "Hunter Zqarin"),
        Person("mother", "Farida Zqarin"),
        Person("aunt", "June Zqarin"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("The call was about wren.", "The call was about Child H1."),
        ("Gran wants hunter back by Friday.", "Gran wants Sibling 1 back by Friday."),
        ("Does wren have a coat?", "Does Child H1 have a coat?"),
        ("It rained. hunter has settled with them.", "It rained. Sibling 1 has settled with them."),
        ("When asked, wren shrugged.", "When asked, Child H1 shrugged."),
        ("Nan thinks hunter lies.", "Nan thinks Sibling 1 lies."),
        ("A worker came to pack wren's toys.", "A worker came to pack Child H1's toys."),
        ("It rained. wren, Farida and the baby slept.", "It rained. Child H1, Mother and the baby slept."),
        ("It was late. hunter & Farida seen.", "It was late. Sibling 1 & Mother seen."),
        ("It rained. Wren bites others.", "It rained. Child H1 bites others."),
        ("Seen at home: hunter.", "Seen at home: Sibling 1."),
        ("They came, June, Farida and the baby.", "They came, Aunt, Mother and the baby."),
        ("It rained. Hunter not told yet.", "It rained. Sibling 1 not told yet."),
    ],
)
def test_a_counted_thing_without_its_article_is_somebody(typed, shown):
    assert CaseAnonymiser.for_case(BARE, KeepWords.standard()).mask(typed).text == shown


@pytest.mark.parametrize(
    "typed",
    [
        "He saw a wren. The hunter shot it. Every wren has a nest, and no hunter wants it.",
        "She drew the wren's nest. A hunter and a wren; the brown wren bites nobody.",
        "They stay in June and July; by June he was back.",
    ],
)
def test_but_with_an_article_it_is_the_thing(typed):
    masked = CaseAnonymiser.for_case(BARE, KeepWords.standard()).mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


def test_a_month_beside_somebody_is_asked_about_where_a_time_is_told():
    masked = CaseAnonymiser.for_case(BARE, KeepWords.standard()).mask("The room is for June and Farida.")

    assert len(masked.doubts) == 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("POLICE TOOK WREN TO HOSPITAL.", "POLICE TOOK Child H1 TO HOSPITAL."),
        ("A NURSE EXAMINED HUNTER THAT DAY.", "A NURSE EXAMINED Sibling 1 THAT DAY."),
        ("GRAN WANTS WREN BACK TODAY.", "GRAN WANTS Child H1 BACK TODAY."),
        ("THE CALL WAS ABOUT HUNTER.", "THE CALL WAS ABOUT Sibling 1."),
        ("WREN COLOURED PAINT. THE WREN HOUSE.", "WREN COLOURED PAINT. THE WREN HOUSE."),
    ],
)
def test_the_same_in_capitals(typed, shown):
    assert CaseAnonymiser.for_case(BARE, KeepWords.standard()).mask(typed).text == shown


def test_in_capitals_an_auxiliary_is_nobody_but_where_none_can_stand():
    register = CaseRegister("H1", (Person("uncle", "Will Zqarin"),))
    typed = "SHE THINKS SHE WILL NEED A BED. THE POLICE WILL NEED TO RING. WE TOLD WILL TO SIT."

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed)

    assert (masked.text, masked.doubts) == (typed.replace("TOLD WILL", "TOLD Uncle"), ())


SAID = CaseRegister(
    "H1",
    (
        Person("subject_child", "Wren Zqarin"),
        Person("sibling", "Patience Zqarin"),
        Person("sibling", "Bright Zqarin"),
        Person("uncle", "Mark Zqarin"),
        Person("aunt", "Can Zqarin"),
        Person("mother", "Farida Zqarin"),
        Person("grandmother", "Summer Zqarin"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("The log says well done wren!", "The log says well done Child H1!"),
        ("Everyone calls him wren.", "Everyone calls him Child H1."),
        ("How is wren doing?", "How is Child H1 doing?"),
        ("Neither wren nor Farida had eaten.", "Neither Child H1 nor Mother had eaten."),
        ("He had thrown wren against the wall.", "He had thrown Child H1 against the wall."),
        ("To do: ask wren what she wants.", "To do: ask Child H1 what she wants."),
        ("The medical: wren underweight.", "The medical: Child H1 underweight."),
        ("The bed was summer's.", "The bed was Grandmother's."),
        ("I met can (9) at home.", "I met Aunt (9) at home."),
        ("It's wren, she rings from a box.", "It's Child H1, she rings from a box."),
        ("We told her wren could stay.", "We told her Child H1 could stay."),
        ("Mum and mark came to the office.", "Mum and Uncle came to the office."),
        ("It rained. wren born 2012.", "It rained. Child H1 born 2012."),
        ("It rained. wren late x3.", "It rained. Child H1 late x3."),
        ("Mum and can came to the office.", "Mum and Aunt came to the office."),
        ("Marks teacher is worried.", "Uncle's teacher is worried."),
    ],
)
def test_who_is_asked_called_or_thrown_is_somebody(typed, shown):
    assert CaseAnonymiser.for_case(SAID, KeepWords.standard()).mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Why was mark not told?", "mark"),
        ("Could mark stay with them?", "mark"),
        ("She looks like patience.", "patience"),
        ("He goes by patience now.", "patience"),
        ("It was told by patience that he fell.", "patience"),
        ("A worker will speak to can, then ring.", "can"),
        ("The meeting is re can at two.", "can"),
        ("It rained. bright in care since March.", "bright"),
        ("It was told by mark that he fell.", "mark"),
        ("He blames mark for everything.", "mark"),
        ("It's patience, she rings from a box.", "patience"),
        ("The report on wren due Friday.", "wren"),
        ("The family (bright and mum) moved.", "bright"),
    ],
)
def test_and_where_either_may_be_meant_a_person_is_asked(typed, asked):
    masked = CaseAnonymiser.for_case(SAID, KeepWords.standard()).mask(typed)

    assert [typed[doubt.start : doubt.end] for doubt in masked.doubts] == [asked]


@pytest.mark.parametrize(
    "typed",
    [
        "How is a wren fed? Well done all! It came by post. He acted with patience. It looks like rain.",
        "We mark that as done; can you mark it? What can be done? All we can is to mark it. Is bright light safe?",
        "She marks work. Mum and they mark it. We told her a wren could stay. Summer born children; a report on summer.",
        "It was a bright summer's day. They ask what patience means. Thank you for coming.",
    ],
)
def test_the_words_themselves_stay(typed):
    masked = CaseAnonymiser.for_case(SAID, KeepWords.standard()).mask(typed)

    assert masked.text == typed


def test_may_who_found_something_is_no_question_and_goodness_that_is_thanked_nobody():
    register = CaseRegister(
        "H1",
        (
            Person("subject_child", "May Zqarin"),
            Person("sibling", "Goodness Zqarin"),
            Person("sibling", "Long Zqarin"),
            Person("mother", "Farida Zqarin"),
        ),
    )
    typed = "May found it first. Thank goodness, said the tutor. Seen: the aunt, long and Farida."

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed)

    assert masked.text == typed.replace("long and Farida", "Sibling 2 and Mother")
    assert [typed[doubt.start : doubt.end] for doubt in masked.doubts] == ["May"]


WRITTEN_TO = CaseRegister(
    "H1",
    (
        Person("subject_child", "Cherry Zqarin", aliases=("Cherie",)),
        Person("father", "Miles Zqarin"),
        Person("uncle", "Bishop Zqarin"),
        Person("sibling", "Testament Zqarin"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Cherry found her on the stairs.", "Child H1 found her on the stairs."),
        ("Cherry drove him home.", "Child H1 drove him home."),
        ("Nobody has written to bishop since.", "Nobody has written to Uncle since."),
        ("They are kind to bishop and he knows.", "They are kind to Uncle and he knows."),
        (
            "She wants to be called Testament and not Test.",
            "She wants to be called Sibling 1 and not Sibling 1.",
        ),
    ],
)
def test_who_is_written_to_and_who_finds_somebody(typed, left):
    assert CaseAnonymiser.for_case(WRITTEN_TO, KeepWords.standard()).mask(typed).text == left


@pytest.mark.parametrize(
    "typed",
    [
        "She lives miles away and it is miles from the bus.",
        "He is called in and not tested. It was not Test week.",
        "It was good to a point, and written to a bishop.",
    ],
)
def test_a_distance_and_the_words_themselves_stay(typed):
    masked = CaseAnonymiser.for_case(WRITTEN_TO, KeepWords.standard()).mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())
