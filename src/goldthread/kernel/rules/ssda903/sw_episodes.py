"""Rules of the social worker episodes, in the return since 2023-24: who worked with the child, from when to when.

Rows are taken in the order of a child's starts. The social worker reporting year is the collection year. Rules about
the edges of the year are queries: a worker who came before it, or left with the end of care, breaks them rightly.
"""

from datetime import timedelta

import polars as pl

from goldthread.kernel import return_codes
from goldthread.kernel.context import Context, NotThere
from goldthread.kernel.rule import Severity
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.episodes_shared import blank, held, short_break
from goldthread.kernel.rules.ssda903.shared import EPISODES, SW, children_where, episodes

FIRST = 2024
"""The first return with social worker episodes: 2023-24."""

_REASONS = return_codes.SOCIAL_WORKER_CHANGE.values()
_MEND_DATES = "Check the dates of the child's social worker episodes."


def in_order(context: Context) -> pl.LazyFrame:
    """Social worker episodes by child, start, end and row, each with the dates of those before and after it.

    Rows without a child or a start have no neighbour.
    """
    return context.once("903 workers", lambda: _in_order(context)).lazy()


def _in_order(context: Context) -> pl.LazyFrame:
    rows = context.table(SW)
    there = rows.collect_schema().names()
    for heading in ("CHILD", "SW_DECOM"):
        if heading.lower() not in there:
            raise NotThere(f"It needs the column {heading} of Social worker episodes, which the file lacks.")
    names = [name for name in ("sw_decom", "sw_dec") if name in there]
    whole = pl.all_horizontal(pl.col("child", "sw_decom").is_not_null())
    ordered = rows.filter(whole).sort("child", *names, "row", nulls_last=True)
    follows = (pl.col("child") == pl.col("child").shift(1)).fill_null(False)
    followed = (pl.col("child") == pl.col("child").shift(-1)).fill_null(False)
    made = ordered.with_columns(
        *(pl.when(follows).then(pl.col(name).shift(1)).alias(f"before_{name}") for name in names),
        *(pl.when(followed).then(pl.col(name).shift(-1)).alias(f"after_{name}") for name in names),
        first_of_child=~follows,
        last_of_child=~followed,
    )
    return pl.concat([made, rows.filter(~whole)], how="diagonal")


def _open_end(context: Context) -> pl.Expr:
    return blank(context, "sw_dec", SW)


def _outside(column: str, context: Context) -> pl.Expr:
    return (pl.col(column) < context.year_start) | (pl.col(column) > context.year_end)


def _care_on_last_day(context: Context) -> pl.Expr:
    """The episode, not of short breaks, was running at the end of 31 March."""
    lasts = pl.col("decom") <= context.year_end
    if "dec" in held(context):
        lasts &= blank(context, "dec") | (pl.col("dec") > context.year_end)
    return lasts & ~short_break(context)


def _not_whole_year(context: Context) -> pl.Expr:
    """Of a child in care on 31 March: nobody from 1 April, nobody for more than a night between two, or at the end.

    The child need not have been looked after all year, as the official text says; one that no worker had before care
    began is told too, to be looked at.
    """
    in_care = pl.col("child").is_in(children_where(context, "last day", episodes(context), _care_on_last_day(context)))
    late = pl.col("first_of_child") & (pl.col("sw_decom") > context.year_start)
    gap = pl.col("sw_decom") > pl.col("before_sw_dec") + timedelta(days=1)
    until = pl.col("last_of_child") & (pl.col("sw_dec") < context.year_end)
    return in_care & pl.any_horizontal(each.fill_null(False) for each in (late, gap, until))


def _nobody(context: Context) -> pl.Expr:
    """The episode of 31 March, though it be followed by one of the next year, of a child without any worker."""
    children = children_where(context, "with workers", context.table(SW), pl.lit(True))
    return _care_on_last_day(context) & pl.col("child").is_in(children).not_()


def _none_open(context: Context) -> pl.Expr:
    """No worker's episode of the child was running on 31 March: one that ended that day was."""
    runs = (pl.col("sw_decom") <= context.year_end) & (
        pl.col("sw_dec").is_null() | (pl.col("sw_dec") >= context.year_end)
    )
    known = pl.col("first_of_child").is_not_null()
    return known & ~runs.fill_null(False).any().over("child")


RULES = (
    rule(
        "SW01aSTG1",
        SW,
        "sw_decom",
        "sw_id",
        guide=2025,
        since=2025,
        says="The social worker episode lacks the worker's number or the start.",
        mend="Write both.",
        fails=lambda context: blank(context, "sw_decom", SW) | pl.col("sw_id").is_null(),
    ),
    rule(
        "SW01bSTG1",
        SW,
        "sw_decom",
        "sw_id",
        "sw_reason",
        guide=2025,
        since=2025,
        says="The social worker episode lacks the worker's number, the start, or the reason for the change.",
        mend="Write all three.",
        fails=lambda context: (
            blank(context, "sw_decom", SW) | pl.col("sw_id").is_null() | pl.col("sw_reason").is_null()
        ),
    ),
    rule(
        "SW02STG1",
        SW,
        "sw_id",
        guide=FIRST,
        since=FIRST,
        says="The worker's number does not begin with SW or XX.",
        mend="Write the number with Social Work England; begin it with XX where the worker has none.",
        fails=lambda _: pl.col("sw_id").str.to_uppercase().str.contains("^(SW|XX)").not_(),
    ),
    rule(
        "SW04STG1",
        SW,
        "sw_decom",
        guide=FIRST,
        since=FIRST,
        says="The start of the social worker episode is written as something that is no date.",
        mend="Write a day that exists, as day, month and year.",
        fails=lambda context: context.not_understood(SW, "sw_decom"),
    ),
    rule(
        "SW05STG1",
        SW,
        "sw_dec",
        guide=FIRST,
        since=FIRST,
        says="The end of the social worker episode is written as something that is no date.",
        mend="Write a day that exists, as day, month and year; leave it blank while the worker stays.",
        fails=lambda context: context.not_understood(SW, "sw_dec"),
    ),
    rule(
        "SW06STG2",
        SW,
        "sw_decom",
        guide=FIRST,
        since=FIRST,
        severity=Severity.QUERY,
        says="The social worker episode starts outside of the reporting year.",
        mend=_MEND_DATES,
        fails=lambda context: _outside("sw_decom", context),
    ),
    rule(
        "SW07STG2",
        SW,
        "sw_dec",
        guide=2025,
        since=FIRST,
        says="The social worker episode ends before the reporting year or after it.",
        mend=_MEND_DATES,
        fails=lambda context: _outside("sw_dec", context),
    ),
    rule(
        "SW08STG2",
        SW,
        "sw_dec",
        guide=FIRST,
        since=FIRST,
        over=in_order,
        says="A later social worker episode of the child has begun, and this one has no end.",
        mend="Close it with the day on which the next worker began.",
        fails=lambda context: pl.col("last_of_child").not_() & _open_end(context),
    ),
    rule(
        "SW09STG2",
        SW,
        "sw_decom",
        "sw_dec",
        guide=FIRST,
        since=FIRST,
        severity=Severity.QUERY,
        says="The social worker episode ends on the day on which it starts.",
        mend=_MEND_DATES,
        fails=lambda _: pl.col("sw_decom") == pl.col("sw_dec"),
    ),
    rule(
        "SW10STG2",
        SW,
        "sw_decom",
        guide=2025,
        since=FIRST,
        over=in_order,
        says="The social worker episode starts before the child's one before it has ended.",
        mend=_MEND_DATES,
        fails=lambda _: pl.col("sw_decom") < pl.col("before_sw_dec"),
    ),
    rule(
        "SW11bSTG2",
        SW,
        "sw_dec",
        guide=FIRST,
        since=FIRST,
        over=in_order,
        severity=Severity.QUERY,
        says="The child's last social worker episode ended before 31 March, and none follows.",
        mend="Add the worker who came after, or take out the end.",
        fails=lambda context: pl.col("last_of_child") & (pl.col("sw_dec") < context.year_end),
    ),
    rule(
        "SW12STG2",
        SW,
        "sw_decom",
        across=(EPISODES,),
        guide=2025,
        since=FIRST,
        over=in_order,
        severity=Severity.QUERY,
        says="The child is in care on 31 March, and the social worker episodes do not cover the whole year.",
        mend="Add the workers of the time before and between, whether or not the child was in care then.",
        fails=_not_whole_year,
    ),
    rule(
        "SW12STG2",
        EPISODES,
        "child",
        across=(SW,),
        guide=2025,
        since=FIRST,
        severity=Severity.QUERY,
        says="The child is in care on 31 March, and has no social worker episode.",
        mend="Add the child's social worker episodes of the whole year.",
        fails=_nobody,
    ),
    rule(
        "SW13STG1",
        SW,
        "sw_reason",
        guide=2025,
        since=FIRST,
        says="The reason for the change of social worker is missing, or is none of the return's codes.",
        mend="Write the code of why this worker came.",
        fails=lambda _: pl.col("sw_reason").is_null() | pl.col("sw_reason").is_in(_REASONS).not_(),
    ),
    rule(
        "SW17STG2",
        SW,
        "sw_dec",
        "sw_decom",
        guide=2026,
        since=2026,
        over=in_order,
        severity=Severity.QUERY,
        says="No social worker episode of the child is open on 31 March.",
        mend="Add the worker whom the child had on 31 March, or take out a wrong end.",
        # Every episode of the child is named, for none of them alone is wrong.
        fails=_none_open,
    ),
)
