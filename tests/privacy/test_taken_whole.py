"""An e-mail address, a firm, a surgery go as a whole: no scrap is left beside them, and no space is lost."""

from __future__ import annotations

import pytest

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Yusuf Warsame", school="Gayhurst Community School"),
        Person("mother", "Hannah Shire", emails=("h.shire@gmail.com",), phones=("07700 900417",)),
        Person("sibling", "Jan Kowalski"),
    ),
)


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("mail me at j.smith [at] hackney.gov.uk", "mail me at [e-mail address]"),
        ("She is reached at m.jones (at) nhs.net today.", "She is reached at [e-mail address] today."),
        ("met at j.bloggs at hackney dot gov dot uk", "met at [e-mail address]"),
        ("write to j dot smith at hackney dot gov dot uk", "write to [e-mail address]"),
        ("j.smith[at]hackney[dot]gov[dot]uk", "[e-mail address]"),
        ("mail at h.shire (at) gmail.com", "mail at [e-mail address]"),
        ("mail h.shire at gmail.com or ring", "mail [e-mail address] or ring"),
    ],
)
def test_an_e_mail_address_in_words_is_found_wherever_it_begins(anonymiser, typed, shown):
    assert anonymiser.mask(typed).text == shown


@pytest.mark.parametrize(
    "typed",
    ["Seen at hackney.gov.uk. Dot at school dot said no.", "He met us at e.g. home, or at b.c. at home."],
)
def test_an_at_in_a_sentence_is_no_address(anonymiser, typed):
    assert "[e-mail address]" not in anonymiser.mask(typed).text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("y.warsame15@gayhurst.hackney.sch.uk", "[e-mail address]"),
        ("07700900417@sms.example.com", "[e-mail address]"),
        ("see https://www.gayhurst.hackney.sch.uk/term", "see [web address]"),
        ("see gayhurst.hackney.sch.uk for the dates", "see [web address] for the dates"),
        ("Kowalski Solicitors wrote.", "[organisation] wrote."),
        ("He used Kowalski & Sons Ltd.", "He used [organisation]."),
        ("Dr. Patel's surgery rang. At Dr Patel's surgery.", "[GP practice] rang. At [GP practice]."),
        ("Mrs. Ellicott's nursery rang.", "[nursery] rang."),
        ("Hannah Chambers rang.", "Mother [organisation] rang."),
    ],
)
def test_it_goes_as_a_whole(anonymiser, typed, shown):
    masked = anonymiser.mask(typed).text

    assert (masked, anonymiser.mask(masked).text) == (shown, shown)
