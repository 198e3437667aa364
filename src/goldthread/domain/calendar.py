"""Working days, months and ages, as English children's services count them.

A working day is Monday to Friday and not a bank holiday in England and Wales
(the same days as in the Education and Inspections regulations, SI 2007/462 reg. 1).
The holidays are an argument: one-off days, such as 19 September 2022, are known to calendars and not to rules.
"""

import calendar
from collections.abc import Set
from datetime import date, timedelta


class CalendarError(ValueError):
    """Two dates that cannot stand in the order in which they were given."""


def is_working_day(day: date, holidays: Set[date]) -> bool:
    """Whether the day is Monday to Friday and not a holiday."""
    return day.weekday() < 5 and day not in holidays


def working_days_between(start: date, end: date, holidays: Set[date]) -> int:
    """Working days after the start, up to and including the end: the start is day 0, so the same day gives 0.

    The published guidance does not state how the Department counts day 0; this is the convention of the house.
    Raises CalendarError when the end is before the start: that is a fault in the data, to be listed and not counted.
    """
    if end < start:
        raise CalendarError("the end is before the start")
    weeks, rest = divmod((end - start).days, 7)
    weekdays = weeks * 5 + sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
    return weekdays - sum(start < holiday <= end and holiday.weekday() < 5 for holiday in holidays)


def add_working_days(day: date, n: int, holidays: Set[date]) -> date:
    """The nth working day after the day; before it, when n is negative; the day itself when n is 0."""
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def add_months(day: date, n: int) -> date:
    """The same day of the month n months on (or back), or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def completed_years(born: date, on: date) -> int:
    """Age in completed years on a day. A child born on 29 February is a year older on 1 March of other years.

    Raises CalendarError when the day is before the birth.
    """
    if on < born:
        raise CalendarError("the day is before the birth")
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
