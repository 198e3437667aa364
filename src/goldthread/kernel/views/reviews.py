"""Whether reviews were in time: of a year, each against the one before, and the next that is due."""

from collections.abc import Callable

import polars as pl

from goldthread.kernel.context import Context

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
    since = pl.lit(context.as_at).dt.offset_by("-12mo")
    begun_in_year = (pl.col("begun_on") > since).fill_null(False)
    no_predecessor = pl.col("on") > since.dt.offset_by(f"{later_months}mo")
    held = (
        reviews.join(things, on="key")
        .filter((pl.col("on") <= pl.col("until")) & ~(pl.col("on") < pl.col("begun_on")).fill_null(False))
        .unique(["key", "on"])
        .sort("key", "on")
        .with_columns(before=pl.col("on").shift(1).over("key"), number=pl.col("on").cum_count().over("key"))
    )
    months = pl.when(begun_in_year & (pl.col("number") == 2)).then(second_months).otherwise(later_months)
    gap_late = pl.col("on") > pl.col("before").dt.offset_by(pl.format("{}mo", months))
    late = (
        pl.when(pl.col("before").is_not_null())
        .then(gap_late)
        .when(begun_in_year)
        .then(first_late(pl.col("begun_on"), pl.col("on")))
        .otherwise(no_predecessor)
    )
    in_year = pl.col("on") > since
    of_key = held.group_by("key").agg(
        reviews_held=in_year.sum(), late=(late & in_year).sum(), last=pl.col("on").max(), number=pl.len()
    )
    told = things.join(of_key, on="key", how="left")
    next_months = pl.when(begun_in_year & (pl.col("number") == 1)).then(second_months).otherwise(later_months)
    overdue = (
        pl.when(pl.col("last").is_not_null())
        .then(pl.col("until") > pl.col("last").dt.offset_by(pl.format("{}mo", next_months)))
        .when(begun_in_year)
        .then(first_late(pl.col("begun_on"), pl.col("until")))
        .otherwise(pl.col("until") > since.dt.offset_by(f"{later_months}mo"))
    )
    return told.select(
        "key",
        reviews_held=pl.col("reviews_held").fill_null(0),
        reviews_late=pl.col("late").fill_null(0) + overdue.fill_null(False).cast(pl.Int64),
    )
