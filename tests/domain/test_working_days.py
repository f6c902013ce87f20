"""Everything due is counted in working days of England and Wales."""

from datetime import date

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_kit.domain.bank_holidays import bank_holidays
from audit_kit.domain.working_days import add_working_days, in_words, is_working_day, months_before

DAYS = st.dates(date(2017, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),  # New Year
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),  # for Boxing Day, a Saturday
        date(2022, 9, 19),  # the Queen's funeral, a single bank holiday
    ],
)
def test_nobody_works_on_a_bank_holiday_of_england(day):
    assert day.weekday() < 5
    assert not is_working_day(day)


@pytest.mark.parametrize("year", range(2013, 2061))
def test_the_bank_holidays_are_those_of_the_library_that_knows_every_countrys(year):
    known = holidays.country_holidays("GB", subdiv="ENG", years=year)

    assert bank_holidays(year) == {day for day in known if day.weekday() < 5 and day.year == year}


@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2026, 3, 17), date(2026, 8, 3), date(2026, 11, 30)])
def test_a_bank_holiday_of_scotland_or_northern_ireland_is_a_working_day(day):
    assert is_working_day(day)


def test_nobody_works_at_the_weekend_or_when_the_board_is_closed():
    assert [is_working_day(date(2026, 10, day)) for day in (9, 10, 11, 12)] == [True, False, False, True]
    assert not is_working_day(date(2026, 12, 24), closed_on=(date(2026, 12, 24),))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 10, 9), 1, date(2026, 10, 12)),  # Friday to Monday
        (date(2026, 10, 9), 5, date(2026, 10, 16)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 24), 2, date(2026, 12, 30)),  # over Christmas, Boxing Day moved to Monday
        (date(2026, 10, 6), 20, date(2026, 11, 3)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
        (date(2026, 10, 12), -5, date(2026, 10, 5)),
        (date(2026, 10, 12), 0, date(2026, 10, 12)),
        (date(2026, 10, 10), 0, date(2026, 10, 12)),  # a Saturday counts as the Monday after it
        (date(2026, 10, 10), 1, date(2026, 10, 13)),
        (date(2026, 10, 10), -1, date(2026, 10, 9)),
    ],
)
def test_days_are_counted_over_weekends_and_bank_holidays(start, days, end):
    assert add_working_days(start, days) == end


def test_days_on_which_the_board_is_closed_are_left_out():
    assert add_working_days(date(2026, 12, 23), 1, (date(2026, 12, 24), date(2026, 12, 29))) == date(2026, 12, 30)


@given(DAYS, st.integers(0, 60))
def test_there_and_back_is_the_same_working_day(day, days):
    start = add_working_days(day, 0)

    assert add_working_days(add_working_days(start, days), -days) == start


@given(DAYS, st.integers(-60, 60))
def test_what_is_due_is_due_on_a_working_day(day, days):
    assert is_working_day(add_working_days(day, days)) or days == 0


@given(DAYS, st.integers(0, 40))
def test_one_more_day_is_never_earlier(day, days):
    assert add_working_days(day, days) < add_working_days(day, days + 1)


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 9, 1), 12, date(2025, 9, 1)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 7, 31), 0, date(2026, 7, 31)),
    ],
)
def test_months_are_counted_back_to_the_last_day_there_is(day, months, earlier):
    assert months_before(day, months) == earlier


def test_letters_write_a_date_in_words():
    assert in_words(date(2017, 10, 13)) == "Friday 13 October 2017"
