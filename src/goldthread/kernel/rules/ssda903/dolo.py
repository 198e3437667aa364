"""The Department's rules of deprivation of liberty orders, which came into the return with 2026-27.

An order runs from its first day up to the day before its last, as an episode does: one that ends on the day on which
another begins does not overlap it.
"""

from typing import Any

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule, Severity
from goldthread.kernel.rules.ssda903.children import beside_episodes, blank, born, fact, together
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import DOLO, EPISODES, GOES_ON

SINCE = 2027

EXPECTED = ("K2", "Z12", "Z13")
"""The placements in which a child with such an order is expected."""

BARRED = ("K1", "P1", "R5", "K3")
"""Where there can be none: secure homes, with parents, young offender institutions, supported accommodation."""

_START, _END = pl.col("dolo_start"), pl.col("dolo_end")
_FAR = pl.date(9999, 12, 31)
_DATES = "Check both dates against the order: day and month may have changed places, or the year be wrong."


def _rule(code: str, *fields: str, **more: Any) -> Rule:
    return rule(code, DOLO, *fields, since=SINCE, guide=SINCE, **more)


def _overlaps(context: Context) -> pl.Expr:
    """Whether an order began while an earlier one of the child ran, or ran when a later one began."""
    of_child = [pl.col("child"), _START.is_not_null()]
    until = pl.when(context.not_understood(DOLO, "dolo_end")).then(_START).otherwise(_END.fill_null(_FAR))
    # Of two that began on one day the one that ended first comes first: an open one is the last of them.
    order = [_START, until, pl.col("row")]
    before = until.cum_max().shift(1).over(of_child, order_by=order)
    after = _START.shift(-1).over(of_child, order_by=order)
    return pl.col("child").is_not_null() & ((before > _START).fill_null(False) | (after < until).fill_null(False))


def _not_carried(context: Context) -> pl.LazyFrame:
    """The child's first row this year beside the open row of last year; no row where the child has none this year."""
    known = ["child", "dolo_start"]
    # An end that could not be read is an end.
    still = _END.is_null() & ~context.not_understood_last(DOLO, "dolo_end")
    was_open = context.table_last_year(DOLO).filter(still).drop_nulls(known)
    now = context.table(DOLO)
    lost = was_open.join(now, on=known, how="anti").select("child", pl.col("row").alias("earlier_row"))
    first = now.sort("dolo_start", "row", nulls_last=True).unique("child", keep="first", maintain_order=True)
    return lost.join(first.select("child", "row"), on="child", how="left").select(
        pl.lit(DOLO).alias("table"), "row", "earlier_row"
    )


def _meeting(context: Context) -> pl.DataFrame:
    """Every order with every episode of the child that it overlaps: rows of both, and the placement."""

    def make() -> pl.LazyFrame:
        orders = context.table(DOLO).select("child", "dolo_start", "dolo_end", "row").filter(_START.is_not_null())
        stays = context.table(EPISODES).select("child", "decom", "dec", "place", pl.col("row").alias("episode"))
        start, end = pl.col("decom"), pl.col("dec")
        both = (end.fill_null(_FAR) > _START) & (start < _END.fill_null(_FAR))
        # What ends on no known day overlaps nothing.
        unread = context.not_understood(DOLO, "dolo_end") | context.not_understood(EPISODES, "dec", "episode")
        return orders.join(stays, on="child").filter(both & ~unread).select("row", "episode", "place")

    return context.once("903 orders and placements", make)


def _in_placements(code: str, which: pl.Expr, **more: Any) -> tuple[Rule, ...]:
    """A rule of the placements that an order runs in: told at the order and at the episode."""

    def rows(context: Context, column: str) -> pl.Series:
        return _meeting(context).filter(which)[column].unique().implode()

    return together(
        code,
        (DOLO, ("dolo_start", "dolo_end"), lambda c: pl.col("row").is_in(rows(c, "row"))),
        (EPISODES, ("place",), lambda c: pl.col("row").is_in(rows(c, "episode"))),
        since=SINCE, guide=SINCE, **more,
    )  # fmt: skip


RULES: tuple[Rule, ...] = (
    _rule(
        "700", "dolo_start",
        says="The day on which the order began is not told, or is no date.",
        mend="Write the day of the order as 31/01/2027.",
        fails=lambda _: _START.is_null(),
    ),
    _rule(
        "701", "dolo_end",
        says="The day on which the order ended is no date.",
        mend="Write the day as 31/01/2027, or leave it blank while the order runs.",
        fails=lambda c: c.not_understood(DOLO, "dolo_end"),
    ),
    _rule(
        "702", "dolo_start", "dolo_end",
        says="The order ended before it began.",
        mend=_DATES,
        # The reference's tool also tells of an order of a single day; the words say before.
        fails=lambda _: _END < _START,
    ),
    _rule(
        "703", "dolo_start",
        says="The order began after the collection year.",
        mend="Check the day; an order of next year belongs in next year's return.",
        fails=lambda c: c.year_end < _START,
    ),
    _rule(
        "704", "dolo_end",
        says="The order ended before the collection year, or after it.",
        mend="Check the day; leave it blank where the order ran on after 31 March.",
        fails=lambda c: _END.is_between(c.year_start, c.year_end).not_(),
    ),
    _rule(
        "705", "dolo_start", "dolo_end",
        says="An order began while an earlier one of the child was still open.",
        mend="Give the day on which the earlier one ended, or keep only one of the two.",
        fails=_overlaps,
    ),
    _rule(
        "706", "dolo_start", last=(DOLO,),
        says="An order that was open in last year's return is not in this one.",
        mend="Add the order with the same first day, and its end if it has ended.",
        finds=_not_carried,
    ),
    _rule(
        "707", "dolo_end", across=(EPISODES,), over=beside_episodes(DOLO),
        says="The child left care, and the order is still open.",
        mend="Give the day on which the order ended, or mend the episode.",
        fails=lambda c: blank(c, DOLO, "dolo_end") & (fact(c, "last_rec") != GOES_ON),
    ),
    _rule(
        "708", "dolo_start", "dolo_end", over=born(DOLO),
        says="The order lies before the child was born.",
        mend="Check the dates of the order, and the date of birth.",
        fails=lambda _: (pl.col("dob") > _START).fill_null(False) | (pl.col("dob") > _END),
    ),
    *_in_placements(
        "709", pl.col("place").is_in(EXPECTED).not_(), severity=Severity.QUERY,
        says="The order runs while the child is in a placement where none is expected.",
        mend="Check the placement and the dates: K2, Z12 and Z13 are the usual ones.",
    ),
    *_in_placements(
        "710", pl.col("place").is_in(BARRED),
        says="The order runs while the child is in a placement where there can be none.",
        mend="Mend the placement (K1, P1, R5 and K3 are barred) or the dates of the order.",
    ),
)  # fmt: skip
