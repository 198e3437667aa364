"""Ages and birthdays as expressions, for rules that ask how old a child was on some day of a row."""

from datetime import date
from functools import cache

import polars as pl

Day = pl.Expr | date | str
"""A day: an expression, a date, or the name of a column."""


def _day(day: Day) -> pl.Expr:
    return pl.col(day) if isinstance(day, str) else pl.lit(day) if isinstance(day, date) else day


def birthday(years: int, born: Day = "dob") -> pl.Expr:
    """The day on which somebody turns so many years old; 1 March in a common year for a birth on 29 February.

    As `context.age_on` has it. Null without a birth date.
    """
    march, march_days, of = _of_column(born) if isinstance(born, str) else _march(_day(born))
    then = _days_before(march + years)
    return (of - march_days + then).cast(pl.Date)


_LAST_YEAR = 10_050
"""The year of the last date that there is, and half a century for those who turn so many years old."""


@cache
def _days_before_each() -> pl.Expr:
    """The days before each year, of years that begin in March: each ends with its own 29 February, where it has one."""
    years = pl.int_range(_LAST_YEAR + 1, dtype=pl.Int32)
    return pl.lit(pl.select(365 * years + years // 4 - years // 100 + years // 400).to_series())


def _days_before(year: pl.Expr) -> pl.Expr:
    # A table of all years: the sum itself would name the year three times, and each time it would be worked out anew.
    return _days_before_each().gather(year)


def _march(of: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """The year of a day, of years that begin in March; the days before that year; and the day as a number.

    Asked of every episode for a score of ages: to look days up in the calendar costs three times what these sums do.
    They are those of Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms".
    """
    days = of.cast(pl.Int32)
    quarters = (days + _DAYS_TO_1970) * 4 + 3
    century = quarters // _DAYS_OF_400_YEARS
    year = (quarters - century * _DAYS_OF_400_YEARS) // 4 * 4 + 3
    march = century * 100 + year // _DAYS_OF_4_YEARS
    return march, _days_before(march), days


_DAYS_TO_1970 = 719_468
"""Days from 1 March of the year 0 to 1 January 1970, from which dates are counted."""

_DAYS_OF_400_YEARS, _DAYS_OF_4_YEARS = 146_097, 1_461

_of_column = cache(lambda name: _march(pl.col(name)))


def age(on: Day, born: Day = "dob") -> pl.Expr:
    """Completed years on a day, by `birthday`; less than 0 before the birth, null where either date is unknown."""
    then, of = _day(on), _day(born)
    before = (then.dt.month() < of.dt.month()) | ((then.dt.month() == of.dt.month()) & (then.dt.day() < of.dt.day()))
    return then.dt.year().cast(pl.Int32) - of.dt.year() - before.cast(pl.Int32)


def days_between(start: Day, end: Day) -> pl.Expr:
    """Days from one date to another: 0 where they are the same day."""
    return (_day(end) - _day(start)).dt.total_days()
