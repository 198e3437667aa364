"""Whether the day that somebody says a file describes can be meant, asked while the file is handed in.

What the file holds is not known then: it is read later, and apart. Known are today and what the file is called.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from goldthread.domain.calendar import add_months

FAR_MONTHS = 13
"""A day longer ago than so many months is questioned where the name of no file speaks of it: lists are of the last six
or twelve months, and a return is handed in within some weeks of its year's end."""

NEAR_DAYS = 45
"""How far a day may lie from the month that a file's name speaks of: lists of October are often taken in November."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = "(" + "|".join(_MONTHS) + ")[a-z]*"
_YEAR = r"(20\d\d)"
_SHAPES = (
    (re.compile(rf"(?<![a-z]){_NAMED}[\s_.,-]*{_YEAR}(?!\d)", re.IGNORECASE), (2, 1)),
    (re.compile(rf"(?<!\d){_YEAR}[\s_.-]*{_NAMED}(?![a-z])", re.IGNORECASE), (1, 2)),
    (re.compile(rf"(?<!\d){_YEAR}[_.-](0[1-9]|1[0-2])(?!\d)"), (1, 2)),
    (re.compile(rf"(?<!\d){_YEAR}(0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"), (1, 2)),
    (re.compile(rf"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[_.-](0?[1-9]|1[0-2])[_.-]{_YEAR}(?!\d)"), (2, 1)),
)


def months_named(name: str) -> set[date]:
    """The months that the name of a file speaks of, each by its first day: “October 2026”, “2026-10”, “31.10.2026”."""
    return {date(int(found[year]), _month(found[month]), 1)
            for shape, (year, month) in _SHAPES for found in shape.finditer(name)}  # fmt: skip


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written[:3].lower()) + 1


def odd(day: date, *, today: date, names: Iterable[str]) -> str:
    """Why the day that is given for files of these names is questioned, in one sentence; empty where it is not."""
    named = sorted({month for name in names for month in months_named(name)})
    if any(_near(day, month) for month in named):
        return ""
    if named:
        told = " and ".join(f"{month:%B %Y}" for month in named)
        return f"The day given is {day.day} {day:%B %Y}, and the name of the file speaks of {told}."
    if day < add_months(today, -FAR_MONTHS):
        return f"The day given, {day.day} {day:%B %Y}, is more than {FAR_MONTHS} months ago."
    return ""


def _near(day: date, month: date) -> bool:
    margin = timedelta(days=NEAR_DAYS)
    return month - margin <= day < add_months(month, 1) + margin
