"""A day or a month is no person, although somebody of the family is called so, unless the sentence says it."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Sunday Adeyemi"),
        Person("mother", "Monday Okoro"),
        Person("sibling", "April Adeyemi"),
        Person("sibling", "June Adeyemi"),
        Person("aunt", "May Okoro"),
        Person("sibling", "Summer Adeyemi"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    "typed",
    [
        "On Sunday they met. The visit on Monday was missed.",
        "It was agreed at the end of April. Before April he was well. From May she attends.",
        "By May he had moved away. A place was booked for June.",
        "Contact was moved from Monday to Friday, and the visit put back to Monday.",
        "The first Sunday is free, and every second Monday. A Monday visit was missed.",
        "Open Monday to Friday, Sunday - by appointment, closed until Monday.",
        "She was seen last Sunday, no later than Monday, since June and throughout April.",
        "Sunday morning was quiet. Monday 14:00: no reply. Seen 3 April and in May 2017.",
        "A review is booked for June, the meeting for May and June.",
        "between April and June; by May or June; April 2017",
        "ON SUNDAY THEY MET. on sunday they met. mon to friday.",
    ],
)
def test_beside_a_number_a_preposition_of_time_or_another_month_it_is_the_time(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Sunday said no.", "Child H1 said no."),
        ("I spoke to Sunday. Contact with Sunday was good.", "I spoke to Child H1. Contact with Child H1 was good."),
        ("On Sunday's behalf; for Sunday's birthday.", "On Child H1's behalf; for Child H1's birthday."),
        ("She is calm since Sunday moved out on Monday.", "She is calm since Child H1 moved out on Monday."),
        ("Mrs Monday Okoro rang. Mum Monday rang.", "Mother rang. Mother rang."),
        ("April told the nurse in May.", "Sibling 1 told the nurse in May."),
        ("April (4) was seen alone. June was told.", "Sibling 1 (4) was seen alone. Sibling 2 was told."),
        ("May is her sister's name at work.", "Aunt is her sister's name at work."),
        ("He said it of Child H1. April said so too.", "He said it of Child H1. Sibling 1 said so too."),
        ("SHE SAID APRIL HIT HER.", "SHE SAID Sibling 1 HIT HER."),
        ("If Sunday cries, nobody comes.", "If Child H1 cries, nobody comes."),
    ],
)
def test_by_a_title_a_relation_or_what_only_people_do_it_is_the_person(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Monday was missed.", ["Monday"]),
        ("Monday's visit was missed.", ["Monday"]),
        ("Sunday has been missing since Monday.", ["Sunday"]),
        ("She told her in June that April was absent.", ["April"]),
        ("He confided in April, had a letter from June and was hit by May.", ["April", "June", "May"]),
        ("They are worried for June and it was the fault of April.", ["June", "April"]),
        ("April and June were seen.", ["April", "June"]),
        ("A letter about the plan for April was sent. A place was found for June.", ["April", "June"]),
        ("Mum was told Monday that he left. Rang Mum Monday.", ["Monday", "Mum Monday"]),
        ("Social worker to see Sunday on Monday.", ["Sunday"]),
    ],
)
def test_where_it_may_be_either_a_person_is_asked(anonymiser, typed, asked):
    masked = anonymiser.mask(typed)

    assert masked.replacements == ()
    assert [typed[doubt.start : doubt.end] for doubt in masked.doubts] == asked


def test_nobody_is_called_may_for_being_called_mary():
    register = CaseRegister("H1", (Person("mother", "Mary Okoro"), Person("grandmother", "Marie Okoro")))

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask("May said so. With May. In May.")

    assert {replacement.label for replacement in masked.replacements} <= {"Person 1"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Nobody slept. Sunday calls 101.", "Nobody slept. Child H1 calls 101."),
        ("All is calm. Jun been ill since.", "All is calm. Sibling 2 been ill since."),
        ("He came. Jun said no.", "He came. Sibling 2 said no."),
    ],
)
def test_a_month_cut_short_and_a_day_that_rings_are_somebody(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    "typed", ["Jun visits 3 of 8 done. Apr: none. In Jun he moved.", "Seen in late Jun; Jun - nothing."]
)
def test_a_month_cut_short_is_the_month_elsewhere(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


def test_a_month_that_is_visited_or_reported_on_is_no_time():
    register = CaseRegister("H1", (Person("subject_child", "June Zqarin"), Person("mother", "Farida Zqarin")))
    typed = "Visit to June at the flat. Report on June due soon. Is it June or Farida? In June or July he left."

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed)

    assert masked.text == typed.replace("Visit to June", "Visit to Child H1").replace(
        "June or Farida", "Child H1 or Mother"
    )
    assert [typed[doubt.start - 3 : doubt.end] for doubt in masked.doubts] == ["on June"]


OWNERS = CaseRegister(
    "H1", (Person("father", "Owen May"), Person("mother", "Zelda Ward"), Person("aunt", "June Brook"))
)


@pytest.mark.parametrize(
    ("typed", "shown", "asked"),
    [
        ("May's voice was hoarse. May's mood dipped.", "Father's voice was hoarse. Father's mood dipped.", []),
        (
            "He spoke. May's phone rang, and Ward's coat was wet.",
            "He spoke. Father's phone rang, and Mother's coat was wet.",
            [],
        ),
        ("We sat in June's room; June's breath smelt.", "We sat in Aunt's room; Aunt's breath smelt.", []),
        ("May's rota changed.", "May's rota changed.", ["May"]),
        ("The rota of last May's visits. May report sent. Ward round notes.", None, []),
    ],
)
def test_what_no_month_and_no_ward_owns_is_somebodys(typed, shown, asked):
    masked = CaseAnonymiser.for_case(OWNERS, KeepWords.standard()).mask(typed)

    assert (masked.text, [typed[d.start : d.end] for d in masked.doubts]) == (shown or typed, asked)
