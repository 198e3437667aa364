from datetime import date, timedelta

import pytest

from goldthread.domain.calendar import (
    CalendarError,
    add_months,
    add_working_days,
    completed_years,
    is_working_day,
    working_days_between,
)

# Bank holidays of England and Wales, November 2024 to May 2025.
HOLIDAYS = frozenset(
    [
        date(2024, 12, 25),
        date(2024, 12, 26),
        date(2025, 1, 1),
        date(2025, 4, 18),
        date(2025, 4, 21),
        date(2025, 5, 5),
        date(2025, 5, 26),
    ]
)

FIXTURES = [
    (date(2024, 12, 13), 15, date(2025, 1, 8)),
    (date(2025, 4, 7), 15, date(2025, 4, 30)),
    (date(2025, 3, 3), 45, date(2025, 5, 8)),
    (date(2024, 11, 25), 45, date(2025, 1, 30)),
    (date(2024, 11, 25), 20, date(2024, 12, 23)),
]


@pytest.mark.parametrize(("start", "days", "end"), FIXTURES)
def test_the_clock_of_the_field(start: date, days: int, end: date) -> None:
    assert working_days_between(start, end, HOLIDAYS) == days
    assert add_working_days(start, days, HOLIDAYS) == end
    assert add_working_days(end, -days, HOLIDAYS) == start


def test_counting_agrees_with_walking_day_by_day() -> None:
    for length in range(60):
        for first in range(7):
            start = date(2024, 12, 16) + timedelta(days=first)
            end = start + timedelta(days=length)
            walked = sum(is_working_day(start + timedelta(days=n), HOLIDAYS) for n in range(1, length + 1))
            assert working_days_between(start, end, HOLIDAYS) == walked


def test_the_start_is_day_nought_even_when_it_is_no_working_day() -> None:
    christmas = date(2024, 12, 25)
    assert working_days_between(christmas, christmas, HOLIDAYS) == 0
    assert add_working_days(christmas, 0, HOLIDAYS) == christmas
    assert add_working_days(christmas, 1, HOLIDAYS) == date(2024, 12, 27)


def test_a_holiday_at_the_weekend_is_not_taken_off_twice() -> None:
    assert working_days_between(date(2024, 11, 29), date(2024, 12, 2), frozenset([date(2024, 11, 30)])) == 1


def test_an_end_before_the_start_is_a_fault_and_not_a_count() -> None:
    with pytest.raises(CalendarError):
        working_days_between(date(2025, 1, 2), date(2025, 1, 1), HOLIDAYS)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 8, 15), 6, date(2026, 2, 15)),
        (date(2025, 12, 1), 12, date(2026, 12, 1)),
    ],
)
def test_months_keep_the_day_or_stop_at_the_month_end(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2010, 6, 15), date(2025, 6, 14), 14),
        (date(2010, 6, 15), date(2025, 6, 15), 15),
        (date(2008, 2, 29), date(2025, 2, 28), 16),
        (date(2008, 2, 29), date(2025, 3, 1), 17),
        (date(2025, 6, 15), date(2025, 6, 15), 0),
    ],
)
def test_age_in_completed_years(born: date, on: date, years: int) -> None:
    assert completed_years(born, on) == years


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(CalendarError):
        completed_years(date(2025, 6, 15), date(2025, 6, 14))
