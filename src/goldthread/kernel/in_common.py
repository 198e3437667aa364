"""Whether two submissions tell of the same children: whoever had an open case in the earlier one should be in this one.

So it is of a return and that of the year before, if they are of one authority.

A change of case system gives every child another id. Every case then seems to have vanished and another to have come,
and the rules across submissions would say so thousands of times over.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from goldthread.kernel.context import Earlier
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.event_dates import CHILD_LISTS
from goldthread.kernel.reading import Reading
from goldthread.kernel.tables import TABLES

SPELLS: dict[str, tuple[str, str]] = {
    "assessments": ("started_on", "authorised_on"),
    "children_in_need": ("started_on", "closed_on"),
    "protection_plans": ("started_on", "ended_on"),
    "children_in_care": ("started_on", "ceased_on"),
}
"""Lists of what starts and ends, with the columns of both."""

SPELLS_OF_RETURNS = {
    "ssda903": ("cla_episodes", "decom", "dec", "child"),
    "cin": ("cin_details", "cin_referral_date", "cin_closure_date", "la_child_id"),
}
"""Of each return the table of what starts and ends, with the columns of both and of the child."""

APART = "Too few of the children who had an open case in the earlier submission are in this one."
"""Why the rules across submissions were not run, in short."""


def apart(now: Mapping[str, pl.LazyFrame], earlier: Earlier, settings: Mapping[str, int]) -> str:
    """Why the two cannot be held against each other, with what to do about it; empty where they can.

    Where fewer children than `few` had an open case, too little is known to say so.
    """
    opened = _open(earlier.tables, earlier.as_at)
    if len(opened) < settings["few"]:
        return ""
    stayed = len(opened & _everybody(now))
    if 100 * stayed >= settings["children_in_both_per_cent"] * len(opened):
        return ""
    are = "none is" if stayed == 0 else f"only {stayed:,} {'is' if stayed == 1 else 'are'}"
    day = earlier.as_at
    return (
        f"Of the {len(opened):,} children who had an open case in the submission of {day.day} {day:%B %Y}, {are} in "
        "this one, so the two were not compared by the rules: the ids may have changed, or one of the files may be "
        "another authority's. Check the ids of a few children in both files. If another case system gave them new "
        "ids, put the old ids into the lists, or begin anew: the submission after this one is compared with this one."
    )


def years_apart(now: Reading, before: Reading, settings: Mapping[str, int]) -> str:
    """What to say where hardly a child who was open at the end of the year before is in this year's return; else empty.

    Where fewer children than `few` were open, too little is known to say so. The rules that compare the years are run
    all the same, as they are by the Department.
    """
    if before.year is None or before.form not in SPELLS_OF_RETURNS:
        return ""
    table, start, end, child = SPELLS_OF_RETURNS[before.form]
    if table not in before.tables or not {start, end, child} <= set(before.tables[table].columns):
        return ""
    day = pl.lit(date(before.year, 3, 31))
    ran = (pl.col(start) <= day) & (pl.col(end).is_null() | (pl.col(end) > day))
    opened = set(before.tables[table].filter(ran)[child].drop_nulls())
    if len(opened) < settings["few"]:
        return ""
    there = (now.tables[name] for name in now.found)
    here = {one for held in there if child in held.columns for one in held[child].drop_nulls()}
    stayed = len(opened & here)
    if 100 * stayed >= settings["children_in_both_per_cent"] * len(opened):
        return ""
    are = "none is" if stayed == 0 else f"only {stayed:,} {'is' if stayed == 1 else 'are'}"
    return (
        f"Of the {len(opened):,} children who were still open at the end of the return of the year before, {are} in "
        "this year’s: the ids may have changed, or one of the two may be another authority’s. What the rules that "
        "compare the two years find, and do not find, says little. Check the ids of a few children in both."
    )


def _open(tables: Mapping[str, pl.LazyFrame], day: date) -> set[str]:
    """The children who had a case, plan, assessment or stay in care that ran on that day."""
    parts = []
    for name, (start, end) in SPELLS.items():
        if name in tables:
            ran = (pl.col(start) <= pl.lit(day)) & (pl.col(end).is_null() | (pl.col(end) > pl.lit(day)))
            parts.append(tables[name].filter(ran).select("child"))
    return _of(parts)


def _everybody(tables: Mapping[str, pl.LazyFrame]) -> set[str]:
    return _of([tables[name].select("child") for name in CHILD_LISTS if name in tables and "child" in _names(name)])


def _names(table: str) -> set[str]:
    return {column.name for column in TABLES[table].columns}


def _of(parts: list[pl.LazyFrame]) -> set[str]:
    return set(pl.concat(parts).drop_nulls().unique().collect(engine=IN_MEMORY)["child"]) if parts else set()
