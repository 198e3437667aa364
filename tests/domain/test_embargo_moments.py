"""Moments of an embargo: told in words, in the time of England, and counted in working days."""

from datetime import date, time, timedelta

import pytest
from tests.accuracy_story import wexcombe as wexcombe

from goldthread.domain.embargo import EmbargoError, in_words, moment_of, told_in_days
from goldthread.kernel.working_days import bank_holidays


def test_moments_are_told_in_words_and_in_the_time_of_england() -> None:
    assert in_words(moment_of(date(2026, 12, 3), time(9, 30))) == "9:30am on Thursday 3 December 2026"
    assert in_words(moment_of(date(2026, 7, 3), time(12, 0))) == "midday on Friday 3 July 2026"
    assert in_words(moment_of(date(2026, 7, 3), time(0, 0))) == "midnight at the start of the day on Friday 3 July 2026"
    assert moment_of(date(2026, 7, 3), time(9, 0)).utcoffset() == timedelta(hours=1)
    assert in_words(moment_of(date(2026, 7, 3), time(14, 0))) == "2pm on Friday 3 July 2026"


@pytest.mark.parametrize(
    ("day", "says"), [(date(2027, 3, 28), "go forward"), (date(2026, 10, 25), "go back")], ids=["spring", "autumn"]
)
def test_a_time_that_the_clocks_skip_or_tell_twice_is_no_moment(day: date, says: str) -> None:
    with pytest.raises(EmbargoError, match=says):
        moment_of(day, time(1, 30))
    assert moment_of(day, time(2, 0)) > moment_of(day, time(0, 59))


def test_how_far_off_a_moment_is_is_told_in_working_days_and_a_day_off_is_said() -> None:
    days = bank_holidays()
    assert (
        told_in_days(moment_of(date(2026, 12, 3), time(9)), date(2026, 11, 30), days)
        == "That is 3 working days after today."
    )
    assert "a Saturday, which is not a working day" in told_in_days(
        moment_of(date(2026, 12, 5), time(9)), date(2026, 11, 30), days
    )
    assert "a bank holiday" in told_in_days(moment_of(date(2026, 12, 25), time(9)), date(2026, 12, 1), days)
    assert told_in_days(moment_of(date(2026, 12, 3), time(9)), date(2026, 12, 3), days) == "That is today."
