"""Periods of care, placements and legal statuses, of the episodes of the SSDA903 return.

An episode ends whenever any of the three changes, and its reason for being new says which. A return has the episodes
of one year: where a spell began in an episode before those, the first episode of the file gives it its number, and
the day on which it began is blank.
"""

import polars as pl

from goldthread.kernel.record.mapping import Sources

NEW_PERIOD = ("S",)
NEW_PLACEMENT = ("S", "P", "T", "B", "U")
NEW_STATUS = ("S", "L", "B", "U")


def with_starts(episodes: pl.LazyFrame, _: Sources) -> pl.LazyFrame:
    """The episodes, each with the first episode's day of its period, its placement and its legal status.

    `entered`, `placed` and `held_since` are the days on which those began, blank where the file does not go back so
    far. An episode of nobody is left out, for it belongs to no period; the rules of the return report it.
    """
    first = pl.int_range(pl.len()).over("child") == 0
    # A legal status that is another than the episode before had is a new one, whatever the reason says.
    other = (pl.col("ls") != pl.col("ls").shift(1).over("child")).fill_null(value=False)

    def start(reasons: tuple[str, ...], *, known: bool = False) -> pl.Expr:
        opens = pl.col("rne").is_in(reasons).fill_null(value=False)
        if reasons == NEW_STATUS:
            opens = opens | other
        return pl.when(opens if known else first | opens).then("decom").forward_fill().over("child")

    ordered = episodes.filter(pl.col("child").is_not_null()).sort("child", "decom", "row", nulls_last=True)
    return ordered.with_columns(
        period_start=start(NEW_PERIOD),
        placement_start=start(NEW_PLACEMENT),
        status_start=start(NEW_STATUS),
        entered=start(NEW_PERIOD, known=True),
        placed=start(NEW_PLACEMENT, known=True),
        held_since=start(NEW_STATUS, known=True),
    )


def _spells(episodes: pl.LazyFrame, start: str) -> pl.LazyFrame:
    """One row for each start: its first episode, but the end and the reason for a change of its last."""
    last = ("dec", "reason_place_change")
    first = [name for name in episodes.collect_schema().names() if name not in (*last, "child", start)]
    grouped = episodes.group_by("child", start, maintain_order=True)
    return grouped.agg(*(pl.col(name).first() for name in first), *(pl.col(name).last() for name in last))


def placements(episodes: pl.LazyFrame, tables: Sources) -> pl.LazyFrame:
    """One row for each placement, of the episodes that it lasted for."""
    return _spells(with_starts(episodes, tables), "placement_start")


def statuses(episodes: pl.LazyFrame, tables: Sources) -> pl.LazyFrame:
    """One row for each legal status, of the episodes that it lasted for."""
    return _spells(with_starts(episodes, tables), "status_start")


def in_period(rows: pl.LazyFrame, tables: Sources, day: str) -> pl.LazyFrame:
    """Rows of one child and one day, each with the start of the period of care that the day falls into."""
    if "cla_episodes" not in tables:
        return rows.with_columns(period_start=pl.lit(None, dtype=pl.Date))
    periods = with_starts(tables["cla_episodes"], tables).select("child", "period_start").unique()
    begun = pl.when(pl.col("period_start") <= pl.col(day)).then("period_start").max().over("row")
    met = rows.join(periods, on="child", how="left", maintain_order="left").with_columns(period_start=begun)
    return met.unique("row", keep="first", maintain_order=True)


def reviews_in_period(rows: pl.LazyFrame, tables: Sources) -> pl.LazyFrame:
    """The reviews of care, each with its period."""
    return in_period(rows, tables, "review")


def homes(episodes: pl.LazyFrame, _: Sources) -> pl.LazyFrame:
    """The first episode of each home that a child came from: a row whenever the postcode of the home changes."""
    told = episodes.filter(pl.col("child").is_not_null() & pl.col("home_post").is_not_null())
    ordered = told.sort("child", "decom", "row", nulls_last=True)
    before = pl.col("home_post").shift(1).over("child")
    return ordered.filter(before.is_null() | (before != pl.col("home_post")))
