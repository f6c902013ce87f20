"""Dates as people type them are read when they have one meaning, and asked about when they have none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_kit.domain.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "3/4/26", "03/04/2026", "3.4.2026", "3-4-26", "2026-04-03", "2026-4-3", "2026-04-03 00:00:00", "2026-04-03T09:15",
        "3 April 2026", "3 Apr 26", "3rd April 2026", "03-Apr-2026", "3 apr. 2026", "Friday 3 April 2026",
        "Fri, 3 April, 2026", "  3   APRIL  2026 ", "3\u00a0April 2026",
    ],
)  # fmt: skip
def test_every_usual_way_of_writing_3_april_2026_is_read(text):
    assert read_date(text) == date(2026, 4, 3)


def test_the_day_stands_before_the_month():
    assert read_date("5/6/2026") == date(2026, 6, 5)


@pytest.mark.parametrize(
    "text",
    ["", " ", "April 2026", "2026", "3 April", "about 3 April 2026", "before 3 April 2026", "until 3 Apr 26", "3/4", "12/25/2026", "31/04/2026", "29 Feb 2026",
     "0/4/2026", "3/0/2026", "3/4/026", "3 Aprile 2026", "next Friday", "46115", "3/4/2026 or 4/4/2026", "n/a"],
)  # fmt: skip
def test_what_is_not_one_whole_date_is_asked_about(text):
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["5 decline 2026", "3 marital 2026", "1 junk 26", "4 seperate 2026"])
def test_a_word_that_only_begins_like_a_month_is_no_month(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [("1 Sept 2026", 9), ("1 sep 2026", 9), ("1 June 2026", 6), ("1 Dec 2026", 12), ("1 may 2026", 5)],
)
def test_a_month_may_be_cut_short(text, month):
    assert read_date(text) == date(2026, month, 1)


def test_the_29th_of_february_is_read_in_a_leap_year():
    assert read_date("29/2/28") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "form",
    ["{0:%d/%m/%Y}", "{0.day}.{0.month}.{0.year}", "{0:%d/%m/%y}", "{0:%Y-%m-%d}", "{0:%d %B %Y}", "{0:%d %b %y}", "{0:%A %d %B %Y}"],
)  # fmt: skip
@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_day_of_this_century_is_read_in_every_form(form, day):
    assert read_date(form.format(day)) == day


@given(st.text(max_size=40))
def test_whatever_was_typed_is_a_date_or_none(text):
    assert read_date(text) is None or isinstance(read_date(text), date)
