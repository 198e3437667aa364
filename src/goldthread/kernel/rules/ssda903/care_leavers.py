"""What the episodes of two years say of care leavers, laid beside the rows of OC3, for rules 1001, 1007 and 1016.

Short breaks (V3, V4) are left out everywhere: a child who only has them is not looked after in the sense of the law on
leaving care (Children Act 1989, schedule 2, paragraph 19B; Care Leavers (England) Regulations 2010, regulation 3).
"""

from datetime import date, timedelta

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rules.dates import age, birthday, days_between
from goldthread.kernel.rules.ssda903.children import blank, born, left_care, short_break
from goldthread.kernel.rules.ssda903.shared import EPISODES, OC3

WEEKS_IN_CARE = 13
"""Weeks of care since the fourteenth birthday that make a child an eligible one."""

_DECOM, _DEC = pl.col("decom"), pl.col("dec")


def _stays(rows: pl.LazyFrame, children: pl.Series, while_open: date) -> pl.LazyFrame:
    """Episodes of these children that are no short breaks, an open one up to a day.

    One that is doubled counts once, up to its latest day.
    """
    known = pl.col("child").is_in(children) & _DECOM.is_not_null()
    return rows.filter(known, ~short_break()).group_by("child", "decom").agg(_DEC.fill_null(while_open).max())


def with_care_in_youth(context: Context) -> pl.LazyFrame:
    """OC3 with `days_since_14`, days of care after the fourteenth birthday, and `cared_for_at_16`.

    Both are of this year's episodes and last year's, null where the child has none or no birth date. An episode counts
    from its first day up to the day before its last, an open one up to 31 March with that day; one that was open last
    year and is not in this year's return counts up to the end of last year.
    """
    return context.once("903 care in youth", lambda: _with_care_in_youth(context)).lazy()


def _with_care_in_youth(context: Context) -> pl.LazyFrame:
    leavers = context.held(OC3, "child")
    this_year = _stays(context.table(EPISODES), leavers, context.year_end + timedelta(days=1))
    last_year = _stays(context.table_last_year(EPISODES), leavers, context.year_start)
    # An episode that goes on over the new year is in both returns; this year's knows when it ended.
    stays = pl.concat([this_year, last_year]).unique(["child", "decom"], keep="first", maintain_order=True)
    rows = born(OC3)(context)
    counted = (
        rows.select("row", "child", "dob")
        .filter(pl.col("dob").is_not_null())
        .join(stays, on="child")
        .with_columns(since=pl.max_horizontal(_DECOM, birthday(14)))
        .group_by("row")
        .agg(
            days_since_14=days_between("since", "dec").clip(lower_bound=0).sum(),
            cared_for_at_16=(birthday(16) < _DEC).any(),
        )
    )
    return rows.join(counted, on="row", how="left", maintain_order="left")


def with_birthday(context: Context) -> pl.LazyFrame:
    """OC3 with `cared_for_on_birthday` and `left_after_birthday`, of those who turned 17 or 18 in the year; else null.

    Care on the birthday: an episode that began by then and had not ended by its evening. Who left on the day itself
    was not cared for on it, nor left after it.
    """
    return context.once("903 care around the birthday", lambda: _with_birthday(context)).lazy()


def _with_birthday(context: Context) -> pl.LazyFrame:
    turned = age(context.year_end)
    day = pl.when(turned == 17).then(birthday(17)).when(turned == 18).then(birthday(18))
    rows = born(OC3)(context)
    known = context.table(EPISODES).filter(pl.col("child").is_not_null(), _DECOM.is_not_null(), ~short_break())
    # An end that could not be read keeps no episode open.
    over = pl.col("open") | (pl.col("day") < _DEC)
    told = (
        rows.select("row", "child", day.alias("day"))
        .filter(pl.col("day").is_not_null())
        .join(known.select("child", "decom", "dec", "rec", open=blank(context, EPISODES, "dec")), on="child")
        .group_by("row")
        .agg(
            cared_for_on_birthday=((pl.col("day") >= _DECOM) & over).any(),
            left_after_birthday=(left_care() & (pl.col("day") < _DEC) & (context.year_end >= _DEC)).any(),
        )
    )
    return rows.join(told, on="row", how="left", maintain_order="left")
