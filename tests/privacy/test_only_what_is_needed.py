"""A case is ready at once, and a text is searched only for what it can hold. Nothing is lost by it."""

from __future__ import annotations

import re

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords
from audit_kit.privacy.labels import any_label

REGISTER = CaseRegister(
    "H3",
    (
        Person(
            "subject_child", "Temitope Adeyemi", address="Bay 7, 12 Mabley Street", upn="H204123409012",
            postcode="E9 5RH", school="Kingsmead Primary School", gp_practice="St John & St James Surgery",
        ),
        Person("mother", "J Adeyemi", emails=("j.adeyemi@mailbox.example",)),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def mask():
    return lambda text: CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask(text).text


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Moved to Garden Flat, 12 Mabley Street, London E9.", "Moved to [address]."),
        ("Moved to garden flat, 12 mabley st.", "Moved to [address]."),
        ("Lives in bay 7 Mabley Street.", "Lives in [address]."),
        ("Flat 3, 99 MABLEY STR was empty.", "[address] was empty."),
        ("Seen on Mabley Street, E9 5RH.", "Seen on [address]."),
        ("Their neighbour in Flat B, Ashgrove Road came too.", "Their neighbour in [address] came too."),
        ("Moved to Flat C on Monday", "Moved to [address] on Monday"),
        ("Attends Kingsmead.", "Attends [school]."),
        ("attends kingsmead primary school now", "attends [school] now"),
        ("Saint John and St. James's Health Centre rang.", "[GP practice] rang."),
        ("UPN H-2041-2340-9012 and e 9 5 r h", "UPN [UPN] and [postcode]"),
        ("Mail j.adeyemi @ mailbox.example", "Mail [e-mail address]"),
        ("Born on 4thMay 2012 in Hackney", "Born on [date of birth] in Hackney"),
        ("F o l u k e, and T e m i t o p e", "F o l u k e, and Child H3"),
        ("Reg X12 CDE, call sign NJ41 came", "Reg [vehicle registration], call sign [reference number] came"),
        ("Y7 at Marsh Vale now, and a neighbour at 14b", "Y7 at [school] now, and a neighbour at [address]"),
        ("jadeyemi was there, and AdeyemiTemitope", "Mother was there, and Child H3"),
    ],
)
def test_what_is_registered_is_found_with_all_that_belongs_to_it(mask, typed, left):
    assert mask(typed) == left


def test_for_a_text_that_names_none_of_them_no_pattern_of_the_register_is_compiled(monkeypatch):
    compiled = []
    register = CaseRegister(
        "H4", (Person("mother", "Ozlem Kaptan", address="91 Fletching Road", school="Ravensworth"),)
    )
    ready = CaseAnonymiser.for_case(register, KeepWords.standard())
    any_label(jobs=False, bracketed=False)
    monkeypatch.setattr(re, "compile", lambda *given: compiled.append(given))

    ready.mask("She was seen at home on 4 May and said that nothing had changed.")

    assert compiled == []


@pytest.mark.parametrize(
    "label", ["[school]", "[date of birth: age 4 to 6]", "Professional: health visitor 2", "Mother"]
)
def test_a_label_that_stands_there_stays_whole(mask, label):
    assert mask(f"Told by {label} on Monday.") == f"Told by {label} on Monday."
