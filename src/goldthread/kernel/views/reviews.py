"""Whether reviews were in time: of a year, each against the one before, and the next that is due."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.in_order import before

Late = Callable[[pl.Expr, pl.Expr], pl.Expr]


def late_reviews(
    things: pl.LazyFrame,
    reviews: pl.LazyFrame,
    context: Context,
    *,
    first_late: Late,
    second_months: int,
    later_months: int,
) -> pl.LazyFrame:
    """For each `key` of the things: reviews held in the 12 months, and how many were late or are overdue.

    `things` has key, `begun_on` and `until`; `reviews` has key and `on`. The first and the second review have limits
    of their own, and are told only where the thing began in those months, for a return holds the reviews of its year.
    A review whose predecessor is out of sight is late only if no predecessor could have made it timely.
    """
    limits = _Limits(context, first_late, second_months, later_months)
    held = (
        reviews.join(things, on="key")
        .filter((pl.col("on") <= pl.col("until")) & ~(pl.col("on") < pl.col("begun_on")).fill_null(False))
        .unique(["key", "on"])
        .sort("key", "on")
        .with_columns(before=before(pl.col("on"), "key"), number=pl.col("on").cum_count().over("key"))
    )
    in_year = pl.col("on") > limits.since
    of_key = held.group_by("key").agg(
        reviews_held=in_year.sum(),
        late=(limits.is_late(pl.col("before"), pl.col("number"), pl.col("on")) & in_year).sum(),
        last=pl.col("on").max(),
        number=pl.len(),
    )
    told = things.join(of_key, on="key", how="left")
    overdue = limits.is_late(pl.col("last"), pl.col("number") + 1, pl.col("until"))
    return told.select(
        "key",
        reviews_held=pl.col("reviews_held").fill_null(0),
        reviews_late=pl.col("late").fill_null(0) + overdue.fill_null(False).cast(pl.Int64),
    )


@dataclass(frozen=True, slots=True)
class _Limits:
    """How long there may be between reviews."""

    context: Context
    first_late: Late
    second_months: int
    later_months: int

    @property
    def since(self) -> pl.Expr:
        """The day before the 12 months."""
        return pl.lit(self.context.as_at).dt.offset_by("-12mo")

    def is_late(self, before: pl.Expr, number: pl.Expr, on: pl.Expr) -> pl.Expr:
        """Whether a review of that number on that day is later than the one before allows."""
        begun_in_year = (pl.col("begun_on") > self.since).fill_null(False)
        months = pl.when(begun_in_year & (number == 2)).then(self.second_months).otherwise(self.later_months)
        return (
            pl.when(before.is_not_null())
            .then(on > before.dt.offset_by(pl.format("{}mo", months)))
            .when(begun_in_year)
            .then(self.first_late(pl.col("begun_on"), on))
            .otherwise(on > self.since.dt.offset_by(f"{self.later_months}mo"))
        )
