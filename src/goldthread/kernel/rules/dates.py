"""Ages and birthdays as expressions, for rules that ask how old a child was on some day of a row."""

from datetime import date

import polars as pl

Day = pl.Expr | date | str
"""A day: an expression, a date, or the name of a column."""


def _day(day: Day) -> pl.Expr:
    return pl.col(day) if isinstance(day, str) else pl.lit(day) if isinstance(day, date) else day


def birthday(years: int, born: Day = "dob") -> pl.Expr:
    """The day on which somebody turns so many years old; 1 March in a common year for a birth on 29 February.

    As `context.age_on` has it. Null without a birth date.
    """
    of = _day(born)
    # Days are counted on: asked of every episode for a score of ages, to look the day up in the calendar costs twice.
    march = of.dt.year() - (of.dt.month() < _MARCH).cast(pl.Int32)
    return (of.cast(pl.Int32) + 365 * years + _leap_days(march + years) - _leap_days(march)).cast(pl.Date)


_MARCH = 3


def _leap_days(year: pl.Expr) -> pl.Expr:
    """How many 29 Februaries there were up to a year; of years that begin in March, each ends with its own."""
    return year // 4 - year // 100 + year // 400


def age(on: Day, born: Day = "dob") -> pl.Expr:
    """Completed years on a day, by `birthday`; less than 0 before the birth, null where either date is unknown."""
    then, of = _day(on), _day(born)
    before = (then.dt.month() < of.dt.month()) | ((then.dt.month() == of.dt.month()) & (then.dt.day() < of.dt.day()))
    return then.dt.year().cast(pl.Int32) - of.dt.year() - before.cast(pl.Int32)


def days_between(start: Day, end: Day) -> pl.Expr:
    """Days from one date to another: 0 where they are the same day."""
    return (_day(end) - _day(start)).dt.total_days()
