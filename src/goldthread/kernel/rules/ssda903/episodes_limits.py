"""Rules of how long and how often: emergency powers, short breaks, temporary placements."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.episodes_shared import RUNS_OF_PLACE, RUNS_OF_STATUS, among, end, held, run_longer
from goldthread.kernel.rules.ssda903.shared import EPISODES, SHORT_BREAKS, children_where, episodes

MOST_BREAK_DAYS = 75
LONGEST_BREAK = 17
MOST_HOLIDAYS = 2


def _status_at_most(code: str, status: str, days: int, says: str) -> Rule:
    """No unbroken run of one legal status is longer; each of its episodes is named."""
    return rule(
        code,
        EPISODES,
        "ls",
        "decom",
        "dec",
        over=RUNS_OF_STATUS,
        says=says,
        mend="Check the dates, and the legal status that followed.",
        fails=lambda _: (pl.col("ls") == status) & run_longer(days),
    )


def _placement_at_most(code: str, place: str, days: int, says: str) -> Rule:
    """No unbroken stay in one kind of temporary placement is longer, whatever else changed meanwhile."""
    return rule(
        code,
        EPISODES,
        "decom",
        "place",
        over=RUNS_OF_PLACE,
        says=says,
        mend="Check the dates; a stay that lasts longer is a placement of its own.",
        fails=lambda _: (pl.col("place") == place) & run_longer(days),
    )


def _breaks(context: Context) -> pl.LazyFrame:
    """Episodes of short breaks: row, child, from and to (the day of the end, not counted)."""
    known = pl.col("child").is_not_null() & pl.col("decom").is_not_null()
    rows = episodes(context).filter(known & (pl.col("ls") == "V3"))
    return rows.select("row", "child", pl.col("decom").alias("from"), end(context).alias("to")).drop_nulls()


def _too_many_break_days(context: Context) -> pl.LazyFrame:
    """Episodes in some twelve months that hold more than 75 days of short breaks.

    The most that any twelve months hold is held by some that begin with a break or end with one: these are asked.
    Only breaks of which each is recorded (V3) have days; V4 is an agreement, which says nothing of them.
    """
    breaks = context.once("903 short breaks", lambda: _breaks(context)).lazy()
    year = pl.concat(
        [
            breaks.select("child", first=pl.col("from"), after=pl.col("from").dt.offset_by("12mo")),
            breaks.select("child", first=pl.col("to").dt.offset_by("-12mo"), after=pl.col("to")),
        ]
    ).unique()
    within = (pl.min_horizontal("to", "after") - pl.max_horizontal("from", "first")).dt.total_days()
    held_days = year.join(breaks, on="child").with_columns(days=within).filter(pl.col("days") > 0)
    over = pl.col("days").sum().over("child", "first", "after") > MOST_BREAK_DAYS
    return held_days.filter(over).select(pl.lit(EPISODES).alias("table"), "row").unique()


def _too_many_holidays(context: Context) -> pl.LazyFrame:
    """Episodes of more than two stays during the carers' holidays that start within twelve months.

    A stay goes on over a change of legal status alone; every other new episode is a stay of its own.
    """
    goes_on = (pl.col("before_place") == "T3").fill_null(False) & (pl.col("before_dec") == pl.col("decom"))
    goes_on &= among("rne", "L") if "rne" in held(context) else pl.lit(False)
    known = pl.col("child").is_not_null() & pl.col("decom").is_not_null()
    rows = (
        episodes(context)
        .filter(known & (pl.col("place") == "T3"))
        .select("row", "child", "decom", stay=(~goes_on.fill_null(False)).cum_sum())
    )
    stays = rows.group_by("child", "stay").agg(pl.col("decom").first()).sort("child", "decom", "stay")
    # Rows of one child stand together: shifting them all and asking whose they are costs less than child by child.
    same = pl.col("child").shift(-MOST_HOLIDAYS) == pl.col("child")
    third = pl.col("decom").shift(-MOST_HOLIDAYS) < pl.col("decom").dt.offset_by("12mo")
    too_many = stays.with_columns(too_many=(same & third).fill_null(False))
    within = pl.any_horizontal(pl.col("too_many").shift(back, fill_value=False) for back in range(MOST_HOLIDAYS + 1))
    return rows.join(too_many.filter(within), on=["child", "stay"], how="semi").select(
        pl.lit(EPISODES).alias("table"), "row"
    )


def _both_kinds(context: Context) -> pl.Expr:
    each = [
        pl.col("child").is_in(children_where(context, f"with {status}", episodes(context), pl.col("ls") == status))
        for status in SHORT_BREAKS
    ]
    return pl.col("ls").is_in(SHORT_BREAKS) & pl.all_horizontal(each)


RULES = (
    _status_at_most("361", "L1", 3, "The child was under police protection for more than 72 hours."),
    _status_at_most("362", "L2", 21, "The emergency protection order lasted longer than 21 days."),
    _status_at_most("363", "L3", 7, "The child assessment order lasted longer than seven days."),
    _status_at_most("364", "J2", 21, "The child was held under the Police and Criminal Evidence Act for over 21 days."),
    rule(
        "365",
        EPISODES,
        "ls",
        "decom",
        "dec",
        says="One short break lasted longer than 17 days.",
        mend="Check the dates; longer care is no short break.",
        # V4 is an agreement, under which many breaks fall: only V3 is a single one.
        fails=lambda context: (
            (pl.col("ls") == "V3") & ((end(context) - pl.col("decom")).dt.total_days() > LONGEST_BREAK)
        ),
    ),
    rule(
        "366",
        EPISODES,
        "rne",
        says="A short break goes on from an earlier episode: there is no change of placement within one.",
        mend="Write S: each short break starts anew.",
        fails=lambda _: (pl.col("ls") == "V3") & (pl.col("rne") != "S"),
    ),
    rule(
        "367",
        EPISODES,
        "ls",
        "decom",
        "dec",
        says="The child had more than 75 days of short breaks within twelve months.",
        mend="Check the dates of the breaks; beyond 75 days the child is looked after in another way.",
        finds=_too_many_break_days,
    ),
    _placement_at_most("375", "T1", 42, "A stay in hospital as a temporary placement lasted longer than six weeks."),
    _placement_at_most("376", "T3", 21, "A placement during the carers' holiday lasted longer than three weeks."),
    rule(
        "377",
        EPISODES,
        "place",
        says="The child was placed more than twice within twelve months because the carers were on holiday.",
        mend="Check the placement types: two such placements in twelve months are the most.",
        finds=_too_many_holidays,
    ),
    _placement_at_most("379", "T4", 7, "A temporary placement of seven days at most lasted longer."),
    rule(
        "426",
        EPISODES,
        "ls",
        says="The child has short breaks of both kinds, V3 and V4, in one year.",
        mend="Choose one way of recording the child's short breaks for the whole year.",
        fails=_both_kinds,
    ),
)
