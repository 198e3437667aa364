"""How a rule of the Department's is declared for the CIN census: as every rule is, with its source and severity.

A rule across two tables is declared for each of them, so that an issue names the fields of the table that it points at.
"""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Fails, Finds, Rule, Severity
from goldthread.kernel.rules.cin.shared import DETAILS, EPISODE, Pair, beside_episode

FIRST_YEAR = 2023
"""The first collection year of which the rules are held: 2022-23."""

Words = dict[str, Any]
"""What a rule says and how to mend it, for those that are declared more than once."""


def rule(code: str, table: str, *fields: str, guide: int = FIRST_YEAR, **more: Any) -> Rule:
    """A rule of the Department's for the census: a query where its code ends in Q, an error otherwise.

    `guide` is the collection year of the guide that its words are of. `more` takes everything else that a `Rule` has:
    `says`, `mend` and one test at least.
    """
    more.setdefault("since", FIRST_YEAR)
    more.setdefault("severity", Severity.QUERY if code.endswith("Q") else Severity.ERROR)
    source = f"Department for Education, CIN census validation rule {code}, guide of {guide - 1}-{guide % 100:02}"
    return Rule(code=code, table=table, fields=fields, source=source, **more)


def of_pair(
    code: str, pair: Pair, left: tuple[str, ...], right: tuple[str, ...], *, breaks: Fails, **more: Any
) -> tuple[Rule, Rule]:
    """A rule that two rows break together: one declaration for each table, with the fields of that table.

    `breaks` is an expression over `pair.rows`, where a column of the right table that the left one has too ends in
    `_right`.
    """

    return (
        rule(code, pair.left, *left, across=(pair.right,), over=pair.rows, fails=breaks, **more),
        rule(code, pair.right, *right, across=(pair.left,), over=pair.rows_of_right, fails=breaks, **more),
    )


def of_activity(
    code: str,
    fields: tuple[str, ...],
    activity: Mapping[str, tuple[str, ...]],
    *,
    breaks: Mapping[str, Fails],
    conference: Fails | None = None,
    **more: Any,
) -> tuple[Rule, ...]:
    """A rule on what an episode of need holds: the episode is told once, and each row of activity in its own table.

    `activity` has the fields of each table, `breaks` the expression over the episode beside its rows. `conference` is
    asked of the episode alone, which may hold the day of a conference itself. Each table is asked as far as it is
    there, and where one is not, that part of the rule is not run.
    """

    def episodes(context: Context) -> pl.LazyFrame:
        there = [table for table in activity if table in context.tables]
        pairs = {table: beside_episode(table).rows(context) for table in there or activity}
        parts = [rows.filter(breaks[table](context)).select("row") for table, rows in pairs.items()]
        rows = context.table(DETAILS)
        # Files made by hand often lack this column, and the rows beside the episode can be asked without it.
        if conference is not None and "date_of_initial_cpc" in rows.collect_schema().names():
            parts.append(rows.filter(conference(context)).select("row"))
        return pl.concat(parts).select(pl.lit(DETAILS).alias("table"), "row")

    def rows_of(table: str) -> Rule:
        over = beside_episode(table).rows_of_right
        return rule(code, table, *activity[table], across=(DETAILS,), over=over, fails=breaks[table], **more)

    return (rule(code, DETAILS, *fields, finds=episodes, **more), *(rows_of(table) for table in activity))


def without(table: str, condition: Fails) -> Finds:
    """The episodes of need that meet a condition and have no row in another table; those not numbered are left out."""

    def episodes(context: Context) -> pl.LazyFrame:
        numbered = pl.all_horizontal(pl.col(name).is_not_null() for name in EPISODE)
        others = context.table(table).select(EPISODE)
        asked = context.table(DETAILS).filter(condition(context) & numbered)
        return asked.join(others, on=list(EPISODE), how="anti").select(pl.lit(DETAILS).alias("table"), "row")

    return episodes


def at(table: str, rows: Callable[[Context], pl.LazyFrame], row: str = "row") -> Finds:
    """The places in a table that a frame names, by its column `row` or another."""
    return lambda context: rows(context).select(pl.lit(table).alias("table"), pl.col(row).alias("row"))
