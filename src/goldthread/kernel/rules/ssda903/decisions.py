"""What the decisions to place a child for adoption say of it, this year and last, for the rules of adoption.

A decision has a day. It stands until the day on which it was reversed; one without such a day stands still.
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rules.ssda903.children import beside_episodes, blank
from goldthread.kernel.rules.ssda903.shared import AD1, EPISODES, PLACED, children_where, episodes

DAY, REVERSED = pl.col("date_placed"), pl.col("date_placed_ceased")


def stands(context: Context) -> pl.Expr:
    """Whether a decision was made and not reversed."""
    return DAY.is_not_null() & blank(context, PLACED, "date_placed_ceased")


def given_up(context: Context) -> pl.Expr:
    """Whether a decision about the row's child was reversed, and none stands.

    A child may be adopted upon a new decision though an old one was reversed; the two are rows of their own.
    """
    rows = context.table(PLACED)
    gone = pl.col("child").is_in(children_where(context, "with a decision reversed", rows, REVERSED.is_not_null()))
    return (
        gone & pl.col("child").is_in(children_where(context, "with a decision standing", rows, stands(context))).not_()
    )


def decided(context: Context) -> pl.Expr:
    """Whether the row's child has a decision with a day, be it one that was not understood."""
    return pl.col("child").is_in(
        children_where(context, "with a decision", context.table(PLACED), blank(context, PLACED, "date_placed").not_())
    )


def placed_with_first(context: Context) -> pl.LazyFrame:
    """The decisions beside the facts of the episodes, with `first_decided`, the first day of the child's decisions."""
    return beside_episodes(PLACED)(context).join(_firsts(context), on="child", how="left", maintain_order="left")


def episodes_with_first(context: Context) -> pl.LazyFrame:
    """Episodes in order, with `first_decided`."""
    return episodes(context).join(_firsts(context), on="child", how="left", maintain_order="left")


def _firsts(context: Context) -> pl.LazyFrame:
    rows = context.table(PLACED).filter(pl.col("child").is_not_null())
    return context.once("903 first decisions", lambda: rows.group_by("child").agg(first_decided=DAY.min())).lazy()


def beside_last_year(context: Context) -> pl.LazyFrame:
    """The decisions, each with the days of those that last year's return had of the child.

    `last_standing` are those that had not been reversed, `last_reversed` those that had; null for a child without any.
    """
    rows = context.table_last_year(PLACED).filter(pl.col("child").is_not_null(), DAY.is_not_null())
    # A day that could not be read is one of a reversal all the same.
    gone = REVERSED.is_not_null() | context.not_understood_last(PLACED, "date_placed_ceased")
    last = context.once(
        "903 decisions last year",
        lambda: rows.group_by("child").agg(last_standing=DAY.filter(~gone), last_reversed=DAY.filter(gone)),
    ).lazy()
    return context.table(PLACED).join(last, on="child", how="left", maintain_order="left")


def apart_from_best_interest(context: Context) -> pl.Expr:
    """Whether none of the decisions about the row's child was made on the day that AD1 gives."""
    return pl.col("child").is_in(context.once("903 decisions apart", lambda: _apart(context))["child"])


def _apart(context: Context) -> pl.LazyFrame:
    of_ad1 = context.table(AD1).select("child", "date_int").drop_nulls()
    of_placed = context.table(PLACED).select("child", "date_placed").drop_nulls()
    pairs = of_ad1.join(of_placed, on="child").group_by("child").agg((pl.col("date_int") == DAY).any().alias("same"))
    return pairs.filter(~pl.col("same")).select(pl.col("child").implode())


def episodes_where(context: Context, name: str, condition: pl.Expr) -> pl.Expr:
    """Whether the row's child has an episode that meets a condition."""
    return pl.col("child").is_in(children_where(context, name, context.table(EPISODES), condition))
