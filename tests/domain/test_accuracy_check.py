"""The check of facts: how many working days, which last day, and what counts as an exception."""

from datetime import date

import pytest

from goldthread.domain import frameworks
from goldthread.domain.accuracy_check import (
    DayError,
    Place,
    days_allowed,
    exception_of,
    last_day,
    place_of,
    require_last_day,
)

CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})


@pytest.mark.parametrize(
    ("slug", "days"), [("sif-2013", 10), ("ilacs-2018", 5), ("ilacs-2023", 5), ("ilacs-2026", 5), ("own-audit", 5)]
)
def test_the_framework_says_how_many_working_days_there_are(slug: str, days: int) -> None:
    assert days_allowed(frameworks.load(slug).phases) == (days, False)


def test_the_last_day_is_counted_in_working_days_naively_too() -> None:
    for day in range(1, 29):
        released, told = date(2026, 12, day), date(2026, 12, day)
        left = 5
        while left:
            told = date.fromordinal(told.toordinal() + 1)
            left -= told.weekday() < 5 and told not in CHRISTMAS
        assert last_day(released, 5, CHRISTMAS) == told


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 12, 1), "after today"),
        (date(2026, 12, 25), "no working day"),
        (date(2026, 12, 26), "no working day"),
    ],
)
def test_a_last_day_that_cannot_be_is_refused(day: date, says: str) -> None:
    with pytest.raises(DayError, match=says):
        require_last_day(day, date(2026, 12, 1), CHRISTMAS)


def test_the_last_day_itself_is_in_time_and_the_day_after_is_late() -> None:
    until = date(2026, 12, 8)
    assert exception_of(until, until, sent_before=False) is None
    assert exception_of(until, until, sent_before=True) == "again"
    assert exception_of(date(2026, 12, 9), until, sent_before=True) == "late"


def test_a_place_can_be_written_and_read_again() -> None:
    held = Place("help-and-protection", 3)
    assert place_of(str(held)) == held
    assert [place_of(one) for one in ("", "3", ".3", "a.", "a.x", "a.²", "a.99999")] == [None] * 7
