"""Working days by the calendar of England and Wales."""

import csv
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from holidays import country_holidays

from goldthread.domain.calendar import working_days_between
from goldthread.kernel.working_days import bank_holidays, working_days

SHARED = Path(__file__).resolve().parents[2] / "../shared/data/calendar/england_and_wales_2012_2028.csv"


def _days(start: date, end: date, first_day_counts: int = 0) -> int:
    frame = pl.DataFrame({"start": [start], "end": [end]})
    return frame.select(working_days(pl.col("start"), pl.col("end"), first_day_counts=first_day_counts)).item()


def test_the_holidays_are_those_that_the_government_publishes() -> None:
    if not SHARED.exists():
        pytest.skip("the published calendar is not beside the project")
    with SHARED.open(encoding="utf-8") as file:
        published = {date.fromisoformat(row["date"]) for row in csv.DictReader(file)}
    years = range(min(published).year, max(published).year + 1)
    weekdays = {day for day in bank_holidays() if day.year in years and day.weekday() < 5}
    assert weekdays == {day for day in published if day.weekday() < 5}


def test_the_table_is_what_the_library_says() -> None:
    calendar = country_holidays("GB", subdiv="ENG", years=range(2000, 2041))
    assert bank_holidays() == frozenset(calendar)


def test_single_holidays_are_known() -> None:
    assert {date(2022, 9, 19), date(2023, 5, 8), date(2022, 6, 3)} <= bank_holidays()


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2024, 12, 13), date(2025, 1, 8), 15),
        (date(2025, 4, 7), date(2025, 4, 30), 15),
        (date(2025, 3, 3), date(2025, 5, 8), 45),
        (date(2024, 11, 25), date(2025, 1, 30), 45),
        (date(2024, 11, 25), date(2024, 12, 23), 20),
        (date(2025, 1, 6), date(2025, 1, 6), 0),
        (date(2025, 1, 4), date(2025, 1, 5), 0),
        (date(2025, 1, 4), date(2025, 1, 6), 1),
    ],
)
def test_the_start_is_day_nought_and_the_end_counts(start: date, end: date, days: int) -> None:
    assert _days(start, end) == days


def test_an_end_before_the_start_is_negative() -> None:
    assert _days(date(2025, 1, 8), date(2025, 1, 6)) < 0


def test_the_first_day_may_be_made_to_count() -> None:
    assert _days(date(2025, 1, 6), date(2025, 1, 8), first_day_counts=1) == 3


def test_no_date_gives_no_number() -> None:
    frame = pl.DataFrame({"start": [date(2025, 1, 6)], "end": [None]}, schema={"start": pl.Date, "end": pl.Date})
    assert frame.select(working_days(pl.col("start"), pl.col("end"))).item() is None


def test_the_frame_and_the_plain_count_agree_over_two_years() -> None:
    first = date(2022, 1, 1)
    for span in (0, 1, 15, 66, 400):
        for offset in range(0, 365, 7):
            start = first + timedelta(days=offset)
            end = start + timedelta(days=span)
            assert _days(start, end) == working_days_between(start, end, bank_holidays())
