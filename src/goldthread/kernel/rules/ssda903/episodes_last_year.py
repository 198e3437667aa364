"""Rules of Episodes against the return of the year before: an episode that lasts over 31 March is the same in both.

Each compares a child's first episode of this year with the last that last year's return had. What is blank on either
side agrees with everything.
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.episodes_shared import beside_last, looked_after, recoded, same_authority
from goldthread.kernel.rules.ssda903.shared import EPISODES, HEADER, children_where, episodes, header_last

NEAR = 0.2
"""From how many miles on two distances are different: both are rounded, and a directory's grid moves a little."""

_MEND = "Check both years' episodes, and correct the one that is wrong."


def _was_open(context: Context) -> pl.Expr:
    # An end that could not be read is an end.
    return pl.col("was_dec").is_null() & context.not_understood_last(EPISODES, "dec", "was_row").not_()


def _goes_over() -> pl.Expr:
    """Whether the first episode lasted over 31 March, so that last year's return has it too: else both may differ."""
    return pl.col("decom") == pl.col("was_decom")


def _other_distance() -> pl.Expr:
    # Tenths of miles are no exact numbers: 10.2 less 10.0 is a little under 0.2.
    return (pl.col("pl_distance") - pl.col("was_pl_distance")).abs().round(6) >= NEAR


def _carried(code: str, column: str, differs: pl.Expr | None = None, **more: int) -> Rule:
    """The first episode, where last year ended with an open one, has the same in this column."""
    other = pl.col(column) != pl.col(f"was_{column}") if differs is None else differs
    return rule(
        code,
        EPISODES,
        column,
        last=(EPISODES,),
        over=beside_last,
        says=f"{_CALLED[column]} of the first episode is another than that of last year's open episode.",
        mend=_MEND,
        fails=lambda context: _was_open(context) & other,
        **more,
    )


_CALLED = {
    "rne": "The reason for the new episode",
    "ls": "The legal status",
    "cin": "The category of need",
    "place": "The placement type",
    "place_provider": "The provider",
    "urn": "The provider's number",
    "pl_distance": "The distance from home",
    "pl_la": "The authority of the placement",
    "pl_location": "The location in the authority or out of it",
}


def _not_last_year(context: Context) -> pl.LazyFrame:
    """Episodes that began before the year and that last year's return lacks: no episode of the child starts then."""
    then = context.table_last_year(EPISODES).select("child", "decom").drop_nulls().unique()
    began = episodes(context).filter(pl.col("child").is_not_null() & (pl.col("decom") < context.year_start))
    return began.join(then, on=["child", "decom"], how="anti").select(pl.lit(EPISODES).alias("table"), "row")


RULES = (
    rule(
        "452",
        EPISODES,
        "pl_la",
        last=(EPISODES,),
        over=beside_last,
        says="The authority of the placement is another than last year's return had for the same episode.",
        mend=_MEND,
        fails=lambda _: _goes_over() & ~same_authority(pl.col("pl_la"), pl.col("was_pl_la")),
    ),
    rule(
        "453",
        EPISODES,
        "pl_distance",
        last=(EPISODES,),
        over=beside_last,
        says="The distance of the placement is another than last year's return had for the same episode.",
        mend=_MEND,
        fails=lambda _: _goes_over() & _other_distance(),
    ),
    rule(
        "502",
        EPISODES,
        "decom",
        last=(EPISODES,),
        over=beside_last,
        says="Last year's return ended with an open episode, and the first of this year starts on another day.",
        mend="Give the open episode again as the first of this year, with the start that it had.",
        fails=lambda context: _was_open(context) & (pl.col("decom") != pl.col("was_decom")),
    ),
    _carried("503A", "rne"),
    _carried("503B", "ls"),
    _carried("503C", "cin"),
    _carried(
        "503D",
        "place",
        (pl.col("place") != pl.col("was_place")) & ~recoded(pl.col("was_place"), pl.col("place")),
        guide=2026,
    ),
    _carried("503E", "place_provider"),
    _carried("503F", "urn"),
    _carried("503G", "pl_distance", _other_distance()),
    _carried("503H", "pl_la", ~same_authority(pl.col("pl_la"), pl.col("was_pl_la"))),
    _carried("503J", "pl_location"),
    rule(
        "562",
        EPISODES,
        "decom",
        last=(EPISODES,),
        says="The episode began before this year, and last year's return does not have it.",
        mend="Check the start; if it is right, last year's return has to be mended too.",
        finds=_not_last_year,
    ),
    rule(
        "207",
        HEADER,
        "mother",
        across=(EPISODES,),
        last=(HEADER,),
        says="The child was a mother in last year's return, and is none in this one.",
        mend="Check both years: who is a mother stays one in the return.",
        # To become a mother within the year is no contradiction; a blank is told by 393 and 607.
        fails=lambda context: (
            pl.col("child").is_in(
                children_where(context, "mothers last year", header_last(context), pl.col("mother") == "1")
            )
            & (pl.col("mother") != "1")
            & looked_after(context)
        ),
    ),
)
