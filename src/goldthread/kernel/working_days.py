"""Working days: Monday to Friday, less the bank holidays of England and Wales.

The count follows one convention everywhere: the start is day 0, and a working day counts when it falls strictly after
the start and on or before the end. A form that begins and ends on one day took 0 working days; an end before its start
gives a negative number, which a rule reports and a measure leaves out. The national bands (assessments 0-10 … 46+,
conferences 0-10, 11-15, 16-20, 21+) fit it, but how the Department counts day 0 was not found in print: check against
the published guidance. The setting `first_day_counts` = 1 counts the start itself as day 1.
"""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

_TABLE = Path(__file__).with_name("bank_holidays.csv")


@cache
def bank_holidays() -> frozenset[date]:
    """The bank holidays of England and Wales from 2000 to 2040, single ones such as 19 September 2022 among them.

    Source: the `holidays` library, printed by `tools/print_bank_holidays.py` and compared with it by a test.
    """
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(file))


def working_days(
    start: pl.Expr, end: pl.Expr, holidays: Iterable[date] | None = None, *, first_day_counts: int = 0
) -> pl.Expr:
    """Working days after `start` up to and including `end`; null where either is null, negative if crossed."""
    days = pl.business_day_count(
        start + pl.duration(days=1),
        end + pl.duration(days=1),
        holidays=sorted(bank_holidays() if holidays is None else holidays),
    )
    return days + first_day_counts if first_day_counts else days
