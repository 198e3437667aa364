"""Birthdays worked out by sums are those of the calendar."""

from datetime import date

import polars as pl
import pytest

from goldthread.kernel.rules.dates import birthday


def _by_the_calendar(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


@pytest.mark.parametrize("years", [0, 1, 4, 10, 18, 25, 26])
def test_of_every_day_from_1800_on(years: int) -> None:
    born = pl.date_range(date(1800, 1, 1), date(2210, 12, 31), eager=True)
    wanted = [_by_the_calendar(day, years) for day in born]
    told = pl.DataFrame({"dob": born}).select(birthday(years), birthday(years, pl.col("dob")).alias("again"))
    assert told["dob"].to_list() == wanted
    assert told["again"].to_list() == wanted


def test_of_the_last_days_there_are_and_of_none() -> None:
    born = pl.DataFrame({"dob": [date(9999, 12, 31), date(1, 1, 1), None]})
    assert born.select(birthday(0)).to_series().to_list() == [date(9999, 12, 31), date(1, 1, 1), None]
    assert pl.select(birthday(18, date(2008, 2, 29))).item() == date(2026, 3, 1)
