"""Which columns of the lists hold the date of something that happened: every date but the birth date."""

from datetime import date

import polars as pl

from goldthread.kernel.table import Kind
from goldthread.kernel.tables import TABLES

EVENT_DATES: dict[str, tuple[str, ...]] = {
    name: tuple(column.name for column in table.columns if column.kind is Kind.DATE and column.name != "born_on")
    for name, table in TABLES.items()
}
"""Event-date columns by list. Annex A asks for no planned dates, so each should lie on or before the extract."""

CHILD_LISTS: tuple[str, ...] = tuple(name for name in TABLES if name != "adopters")
"""Lists 1 to 10, whose rows are about a child."""

PLACEHOLDERS = frozenset(
    {
        date(1900, 1, 1),
        date(1900, 1, 2),
        date(1901, 1, 1),
        date(1753, 1, 1),
        date(1970, 1, 1),
        date(2099, 12, 31),
        date(2999, 12, 31),
        date(3000, 1, 1),
        date(9999, 12, 31),
    }
)
"""Dates that systems write where none is known. They are read as they stand, and told."""


MANY_DATES = 1_000
"""From as many event dates on, one date alone is not believed to be the last."""

QUIET_WEEK = 10
"""A week with less than one in so many of the busiest week's events is no week of work, but slips of the keyboard."""


def last_day_of_work(days: pl.DataFrame) -> date | None:
    """The day that event dates describe, from `on`, its `events`, and the `lists` that they fall in; None without any.

    Everything told has happened, so it is the latest; but dates in the future are a common slip of the keyboard. With
    1,000 events or more it is the latest day on which at least three fall, in two lists or more, at the end of a week
    that has at least a tenth of what the busiest week has: so slips are passed over, however many a large authority
    makes. A date that systems write where none is known says nothing.
    """
    true = days.filter(pl.col("on").is_in(sorted(PLACEHOLDERS)).not_())
    ordered = (true if true.height else days).sort("on")
    weeks = ordered.rolling("on", period="7d").agg(pl.col("events").sum().alias("week"))
    lively = weeks["week"] * QUIET_WEEK >= (weeks["week"].max() or 0)
    busy = ordered.filter((pl.col("events") >= 3) & (pl.col("lists") >= 2) & lively)
    latest = (busy if ordered["events"].sum() >= MANY_DATES and busy.height else ordered)["on"].max()
    return latest if isinstance(latest, date) else None
