"""What many rules of SSDA903 ask for, each worked out once for a check and named: episodes in order, periods of care.

**Episodes in order** (`episodes`): the rows of Episodes that have a child and a start date, by child, start, end and
row; each with `before_x` and `after_x` of the child's episode before and after it (null where there is none), and what
the header says of the child. Rows without a child or a start stand in it too, with no neighbour and in no period: one
bad cell touches no other episode.

**A period of care** begins with a child's first episode in the file, with RNE S, or after an episode whose REC says
that care ended (any but X1, and not blank). Its end is the end of its last episode, null where that is open.

Whatever cannot be worked out for want of a column or a table is left out of the frame, so that a rule that asks for it
is not run (`rule.check_and_tell`).
"""

from collections.abc import Sequence

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.in_order import put_in_order
from goldthread.kernel.rules.ssda903.places import with_places

HEADER, EPISODES, REVIEWS, UASC = "cla_header", "cla_episodes", "cla_reviews", "cla_uasc"
OC2, OC3, AD1, PLACED = "cla_oc2", "cla_oc3", "cla_ad1", "cla_placed_adoption"
PREV_PERM, MISSING, SW, DOLO = "cla_previous_permanence", "cla_missing", "cla_sw_episodes", "cla_dolo"

SHORT_BREAKS = ("V3", "V4")
"""Legal statuses of short breaks."""

GOES_ON = "X1"
"""The REC of an episode that another follows at once."""

NEIGHBOURS = (
    "row", "decom", "dec", "rne", "rec", "ls", "cin", "place", "place_provider", "urn", "home_post", "pl_post",
    "reason_place_change", "pl_la", "pl_location", "pl_distance",
)  # fmt: skip
"""The columns that an episode has also of the one `before_` it and the one `after_` it."""

OF_HEADER = ("sex", "dob", "ethnic", "upn", "mother", "mc_dob", "uasc")
"""The columns that an episode has of its child's header, under their own names; from the child's first row there."""


def header(context: Context) -> pl.LazyFrame:
    """The header with `uasc`: as it is where any row has it (XML), or 1 for a child in the UASC table and else 0.

    Files as CSV have no such flag: there the child's row in UASC says so. Without either the column is not there.
    """
    return context.once("903 header", lambda: _with_uasc(context.table(HEADER), context.tables.get(UASC))).lazy()


def header_last(context: Context) -> pl.LazyFrame:
    """Last year's header, in the same way. Raises NotThere where it was not handed in."""
    return context.once(
        "903 header last", lambda: _with_uasc(context.table_last_year(HEADER), (context.last or {}).get(UASC))
    ).lazy()


def _with_uasc(rows: pl.LazyFrame, uasc: pl.LazyFrame | None) -> pl.LazyFrame:
    has_own = "uasc" in rows.collect_schema().names()
    if has_own and not rows.select(pl.col("uasc").is_null().all()).collect(engine=IN_MEMORY).item():
        return rows
    if uasc is None or "child" not in uasc.collect_schema().names():
        return rows.drop("uasc", strict=False)
    there = pl.col("child").is_in(
        uasc.select(pl.col("child").drop_nulls().unique().implode()).collect(engine=IN_MEMORY)["child"]
    )
    return rows.with_columns(pl.when(there).then(pl.lit("1")).otherwise(pl.lit("0")).alias("uasc"))


def episodes(context: Context) -> pl.LazyFrame:
    """Episodes in order, with neighbours, periods of care, places (`places.with_places`) and the child's header."""
    return context.once("903 episodes", lambda: _episodes(context, context.table(EPISODES), now=True)).lazy()


def episodes_last(context: Context) -> pl.LazyFrame:
    """Last year's episodes in the same way, without the header. Raises NotThere where they were not handed in."""
    return context.once(
        "903 episodes last", lambda: _episodes(context, context.table_last_year(EPISODES), now=False)
    ).lazy()


def _episodes(context: Context, rows: pl.LazyFrame, *, now: bool) -> pl.LazyFrame:
    rows = with_places(rows, context)
    held = rows.collect_schema().names()
    if not {"child", "decom"} <= set(held):
        # There is no order to tell: rules of single rows are asked all the same.
        return _with_header(rows, context) if now and "child" in held and HEADER in context.tables else rows
    whole = pl.col("child").is_not_null() & pl.col("decom").is_not_null()
    order = [name for name in ("child", "decom", "dec", "row") if name in held]
    sorted_rows = put_in_order(rows.filter(whole), order)
    in_order = _with_neighbours(sorted_rows, [name for name in NEIGHBOURS if name in held])
    if {"rne", "rec"} & set(held):
        in_order = _with_periods(in_order, held)
    made = pl.concat([in_order, rows.filter(~whole)], how="diagonal")
    return _with_header(made, context) if now and HEADER in context.tables else made


def _with_neighbours(rows: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    follows = (pl.col("child") == pl.col("child").shift(1)).fill_null(False)
    goes_on = (pl.col("child") == pl.col("child").shift(-1)).fill_null(False)
    return rows.with_columns(
        *(pl.when(follows).then(pl.col(name).shift(1)).alias(f"before_{name}") for name in names),
        *(pl.when(goes_on).then(pl.col(name).shift(-1)).alias(f"after_{name}") for name in names),
        first_of_child=~follows,
        last_of_child=~goes_on,
    )


def _with_periods(rows: pl.LazyFrame, held: Sequence[str]) -> pl.LazyFrame:
    """`period` numbers the periods of care of the whole file; the rest is of the episode's own period.

    Where the file has only one of RNE and REC, that one tells the periods.
    """
    ended = (pl.col("before_rec") != GOES_ON).fill_null(False) if "rec" in held else pl.lit(False)
    starts = (pl.col("rne") == "S").fill_null(False) if "rne" in held else pl.lit(False)
    begins = pl.col("first_of_child") | starts | ended
    numbered = rows.with_columns(begins.alias("first_of_period"), begins.cum_sum().alias("period"))
    last = pl.col("period").shift(-1).ne_missing(pl.col("period"))
    # The rows of a period stand together, so that its first and last are found without asking each row of all others.
    at = pl.int_range(pl.len())
    of_period = numbered.with_columns(last_of_period=last).with_columns(
        begun_at=pl.when("first_of_period").then(at).forward_fill(),
        over_at=pl.when("last_of_period").then(at).backward_fill(),
    )
    told = {
        "period_start": ("decom", "begun_at"), "period_rne": ("rne", "begun_at"),
        "period_end": ("dec", "over_at"), "period_rec": ("rec", "over_at"),
    }  # fmt: skip
    of = (pl.col(column).gather(pl.col(at)).alias(name) for name, (column, at) in told.items() if column in held)
    return of_period.with_columns(*of).drop("begun_at", "over_at")


def _with_header(rows: pl.LazyFrame, context: Context) -> pl.LazyFrame:
    who = header(context)
    held = who.collect_schema().names()
    if "child" not in held:
        return rows
    one = who.select("child", *(name for name in OF_HEADER if name in held)).filter(pl.col("child").is_not_null())
    one = one.unique("child", keep="first", maintain_order=True)
    # Only the child is joined: a join writes every column of its left side anew, and there are more than fifty.
    made = rows.collect(engine=IN_MEMORY).lazy()
    beside = made.select("child").join(one, on="child", how="left", maintain_order="left").drop("child")
    return pl.concat([made, beside], how="horizontal")


def children_where(context: Context, name: str, rows: pl.LazyFrame, condition: pl.Expr) -> pl.Series:
    """The children of the rows that meet a condition, once each, as one list for `is_in`; kept under the name."""
    return context.once(
        f"903 children {name}",
        lambda: rows.select(pl.col("child").filter(condition).drop_nulls().unique().implode()),
    )["child"]


def has_episodes(context: Context) -> pl.Expr:
    """Whether the row's child has an episode this year."""
    return pl.col("child").is_in(children_where(context, "with episodes", context.table(EPISODES), pl.lit(True)))


def is_uasc(context: Context) -> pl.Expr:
    """Whether the header says of the row's child that it was an unaccompanied asylum-seeking child in the year."""
    return pl.col("child").is_in(children_where(context, "uasc", header(context), pl.col("uasc") == "1"))


def continuous(context: Context) -> pl.Expr:
    """Whether the row's child was looked after on 31 March and had been for the whole year before.

    That is: the last period of care that began by 31 March began on 1 April or before, is open or ended after
    31 March, and had no short break (V3, V4) in the year. "For at least 12 months at 31 March" is taken to count
    1 April as the first day of the twelve months, for they are whole with it. Periods, not single reasons, are asked:
    an end and a new start within the year always begin a new period.
    """
    return pl.col("child").is_in(context.once("903 continuous", lambda: _continuous(context))["child"])


def _continuous(context: Context) -> pl.LazyFrame:
    start, end = pl.lit(context.year_start), pl.lit(context.year_end)
    begun = episodes(context).filter(pl.col("decom") <= end)
    last = begun.group_by("child").agg(
        pl.col("period").last(), pl.col("period_start").last(), pl.col("dec").last().alias("left")
    )
    in_year = pl.col("dec").is_null() | (pl.col("dec") >= start)
    breaks = begun.filter(pl.col("ls").is_in(SHORT_BREAKS) & in_year).select("child").unique()
    stays = (pl.col("period_start") <= start) & (pl.col("left").is_null() | (pl.col("left") > end))
    return last.filter(stays).join(breaks, on="child", how="anti").select(pl.col("child").implode())
