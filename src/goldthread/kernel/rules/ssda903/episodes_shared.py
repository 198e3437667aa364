"""What the rules of Episodes have in common: lists of codes by year, blank and end, and frames beside episodes.

The official text of these rules says nothing of severity, and the lists of codes come from the return's code tables;
where a list changed with a collection year, a function of the year gives it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.in_order import first_of, last_of, latest_so_far
from goldthread.kernel.rule import Finds, Rule
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import (
    EPISODES,
    HEADER,
    SHORT_BREAKS,
    UASC,
    children_where,
    episodes,
    episodes_last,
)

OwnTest = Callable[[Context], pl.Expr]

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
FOR_ADOPTION = ("A3", "A4", "A5", "A6")
ADOPTED = ("E11", "E12")
GUARDIANSHIP = ("E45", "E46", "E47", "E48")
WITH_FORMER_CARER = ("E45", "E46")

_SPLIT_OTHERS = 2026
_SUPPORTED = 2024
_LAST_OF_OLD = 2024


def others(year: int) -> tuple[str, ...]:
    """The codes of other placements: Z1, from 2025-26 Z11 to Z14 in its place."""
    return ("Z1",) if year < _SPLIT_OTHERS else ("Z11", "Z12", "Z13", "Z14")


def placements(year: int) -> tuple[str, ...]:
    """Every placement code of a year. H5 and P2 ended with 2023-24, K3 came in with that year: both hold in it."""
    old = ("H5", "P2") if year <= _LAST_OF_OLD else ()
    supported = ("K3",) if year >= _SUPPORTED else ()
    lasting = ("K1", "K2", "P1", "P3", "R1", "R2", "R3", "R5", "S1")
    return (*FOR_ADOPTION, *FOSTER, *lasting, *old, *supported, *TEMPORARY, *others(year))


def without_urn(year: int) -> tuple[str, ...]:
    """Placements that no provider registered with Ofsted gives."""
    old = ("H5", "P2") if year <= _LAST_OF_OLD else ()
    return (*old, "P1", "P3", "R1", "R2", "R5", *TEMPORARY, *others(year))


def without_provider(year: int) -> tuple[str, ...]:
    """Placements whose provider is not asked."""
    return (*TEMPORARY, *others(year))


RECODED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("H5", ("K3",)),
    ("P2", ("K3",)),
    ("Z1", ("Z11", "Z12", "Z13", "Z14")),
)
"""Codes that another took the place of, so that one placement bears two codes in two years."""


def recoded(was: pl.Expr, now: pl.Expr) -> pl.Expr:
    """Whether the second of two codes took the place of the first, so that both may be those of one placement."""
    return pl.any_horizontal(((was == old) & now.is_in(new)).fill_null(False) for old, new in RECODED)


def same_authority(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two codes are of one authority; null where one is the Department's number and the other is not."""
    number = "^[0-9]{3}$"
    return pl.when(one.str.contains(number) == other.str.contains(number)).then(one == other)


def held(context: Context) -> frozenset[str]:
    """The columns that episodes have, for what a rule asks only where it is there."""
    return context.once_told("903 columns", lambda: frozenset(episodes(context).collect_schema().names()))


def among(column: str, *codes: str) -> pl.Expr:
    """Whether the code is one of these; a blank one is none of them."""
    return pl.col(column).is_in(codes).fill_null(False)


def no_code(column: str, codes: tuple[str, ...]) -> pl.Expr:
    """Whether something is written, and it is none of these codes."""
    return pl.col(column).is_in(codes).not_()


def short_break(context: Context) -> pl.Expr:
    """Whether the episode is one of short breaks (V3, V4). Where no legal status is given, none is."""
    return among("ls", *SHORT_BREAKS) if "ls" in held(context) else pl.lit(False)


def blank(context: Context, column: str, table: str = EPISODES) -> pl.Expr:
    """Whether nothing is written there. What was written and not understood is no blank."""
    return pl.col(column).is_null() & context.not_understood(table, column).not_()


def end(context: Context) -> pl.Expr:
    """The day on which the episode ended, or 31 March where it is open; null where the date was not understood."""
    return pl.when(blank(context, "dec")).then(pl.lit(context.year_end)).otherwise(pl.col("dec"))


def was_uasc(context: Context, *, must_know: bool = False) -> pl.Expr:
    """Whether the child is or was an unaccompanied asylum seeker, by this year's and last year's header and UASC.

    Where none of the four says, no child is: the Department's rules then report some who were. Where `must_know`, that
    raises NotThere.
    """
    told = context.once_told(
        "903 told of uasc", lambda: [rows for tables in (context.tables, context.last or {}) for rows in _uasc(tables)]
    )
    if not told and must_know:
        context.table(UASC)
    if not told:
        return pl.lit(False)
    children = context.once(
        "903 ever uasc", lambda: pl.concat(told).select(pl.col("child").drop_nulls().unique().implode())
    )
    return pl.col("child").is_in(children["child"]).fill_null(False)


def _uasc(tables: Mapping[str, pl.LazyFrame]) -> list[pl.LazyFrame]:
    """The children of whom one year's tables say it: by the header's flag where it has one (XML), else by UASC.

    In XML every child has the fields of UASC.
    """
    if HEADER in tables and {"child", "uasc"} <= set(tables[HEADER].collect_schema().names()):
        flags = tables[HEADER].select("child", "uasc").filter(pl.col("uasc").is_not_null()).collect(engine=IN_MEMORY)
        if flags.height:
            return [flags.lazy().filter(pl.col("uasc") == "1").select("child")]
    if UASC in tables and "child" in tables[UASC].collect_schema().names():
        return [tables[UASC].select("child")]
    return []


def looked_after(context: Context) -> pl.Expr:
    """Whether the row's child has an episode this year that is not one of short breaks."""
    return pl.col("child").is_in(
        children_where(context, "looked after", context.table(EPISODES), ~_short_where(context.table(EPISODES)))
    )


def _short_where(rows: pl.LazyFrame) -> pl.Expr:
    there = "ls" in rows.collect_schema().names()
    return among("ls", *SHORT_BREAKS) if there else pl.lit(False)


def of_both(
    code: str, of_episode: tuple[str, ...], of_header: tuple[str, ...], *, fails: OwnTest, **more: Any
) -> tuple[Rule, Rule]:
    """A rule that an episode and its child's header break together: once for each of the two tables."""
    return (
        rule(code, EPISODES, *of_episode, across=(HEADER,), fails=fails, **more),
        rule(
            code,
            HEADER,
            *of_header,
            across=(EPISODES,),
            fails=lambda context: pl.col("child").is_in(
                children_where(context, code, episodes(context), fails(context))
            ),
            **more,
        ),
    )


def beside_last(context: Context) -> pl.LazyFrame:
    """Each child's first episode of this year, with `was_x` of the child's last episode of last year.

    Children who have none last year are left out. Raises NotThere where last year's episodes were not handed in.
    """
    then = episodes_last(context)
    names = [name for name in then.collect_schema().names() if not name.startswith(("before_", "after_"))]
    last = then.filter(pl.col("last_of_child")).select("child", pl.col(names).exclude("child").name.prefix("was_"))
    return episodes(context).filter(pl.col("first_of_child")).join(last, on="child", how="inner")


def earlier_place(context: Context) -> pl.LazyFrame:
    """Episodes with `earlier_place`: that of the episode before, of last year's last where it is the first of this."""
    rows = episodes(context)
    if context.last is None or EPISODES not in context.last:
        return rows.with_columns(earlier_place=pl.col("before_place"))
    then = episodes_last(context).filter(pl.col("last_of_child")).select("child", was_decom="decom", was_place="place")
    of_last = pl.when(pl.col("first_of_child") & (pl.col("was_decom") < pl.col("decom"))).then("was_place")
    joined = rows.join(then, on="child", how="left", maintain_order="left")
    return joined.with_columns(earlier_place=pl.coalesce("before_place", of_last))


def beside_providers(context: Context) -> pl.LazyFrame:
    """Episodes with `of_x` of the provider that their URN names, and `listed`, whether the list has it."""
    return context.once("903 episodes by provider", lambda: _by_provider(context)).lazy()


def _by_provider(context: Context) -> pl.LazyFrame:
    of = ("place_codes", "provider_codes", "postcode", "closed_on")
    known = context.provider_list.select("urn", *(pl.col(name).alias(f"of_{name}") for name in of), listed=True)
    return episodes(context).join(known, on="urn", how="left", maintain_order="left")


def in_runs(column: str, breaks: OwnTest | None = None) -> Finds:
    """A frame of episodes with the unbroken run of one code that each is part of: `run_start`, `run_end`, `run`.

    A run goes on where the child's episode before has the same code and did not end before this one starts, and this
    one does not open with S. `breaks` tells of more that a run does not outlast. An open run ends on 31 March.
    """

    def runs(context: Context) -> pl.LazyFrame:
        return context.once(f"903 runs of {column} {breaks is not None}", lambda: made(context)).lazy()

    def made(context: Context) -> pl.LazyFrame:
        same = (pl.col(f"before_{column}") == pl.col(column)).fill_null(False)
        gap = (pl.col("before_dec") < pl.col("decom")).fill_null(False)
        starts = among("rne", "S") if "rne" in held(context) else pl.lit(False)
        more = breaks(context) if breaks is not None else pl.lit(False)
        begins = (~same | gap | starts | more).alias("begins")
        numbered = episodes(context).with_columns(begins, begins.cum_sum().alias("run"))
        # Episodes stand in order of their starts, so that the first of a run is that of its first row.
        return numbered.with_columns(
            run_start=first_of(pl.col("decom"), pl.col("begins")),
            run_end=last_of(latest_so_far(end(context), pl.col("begins")), pl.col("begins")),
        ).drop("begins")

    return runs


RUNS_OF_STATUS = in_runs("ls")
RUNS_OF_PLACE = in_runs("place")


def run_longer(days: int) -> pl.Expr:
    """Whether the run lasted longer than so many days: those between its start and its end."""
    return (pl.col("run_end") - pl.col("run_start")).dt.total_days() > days
