"""The calendar of the demonstration's two inspections: in order, whatever day it is made on."""

from datetime import date, timedelta

from goldthread.config.demonstration_later import DECLINES_FROM, EARLIEST, PUBLISHED_AFTER, YEARS, Calendar
from goldthread.domain.calendar import add_months


def test_every_day_of_the_story_is_in_order_whenever_it_is_told() -> None:
    for number in range(1100):
        today = date(2026, 10, 20) + timedelta(days=number)
        days = Calendar.up_to(today)
        assert days.first.weekday() == days.second.weekday() == 0
        assert days.first_lists < days.first < days.first + PUBLISHED_AFTER < days.second_lists < days.second
        assert days.second + PUBLISHED_AFTER < today
        # The lists before each inspection end with the month before its call, five years apart.
        assert add_months(days.first_lists + timedelta(days=1), 12 * YEARS) == days.second_lists + timedelta(days=1)
        assert (days.first.replace(day=1), days.second.replace(day=1)) == (
            days.first_lists + timedelta(days=1), days.second_lists + timedelta(days=1),
        )  # fmt: skip
        assert days.tellable
        assert 0 < DECLINES_FROM <= 12 * YEARS


def test_a_clock_too_early_for_the_earliest_lists_is_told() -> None:
    assert not Calendar.up_to(date(2025, 6, 1)).tellable
    assert Calendar.up_to(date(2025, 6, 1)).first_lists < EARLIEST
