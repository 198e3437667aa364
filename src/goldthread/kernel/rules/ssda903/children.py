"""What the episodes say of each child, for the rules of the tables that hold a row or two of a child.

**Facts** are worked out once for a check, one row a child, and laid beside the rows of a table by `beside_episodes`.
A rule asks for one by `fact`, which says what is wanting where the file lacks a column that the fact rests on.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

import polars as pl

from goldthread.kernel.context import Context, NotThere
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.rule import Fails, Finds, Rule
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import (
    EPISODES,
    GOES_ON,
    HEADER,
    SHORT_BREAKS,
    children_where,
    episodes,
    header,
)
from goldthread.kernel.table import Kind

ADOPTED = ("E11", "E12")
"""The REC of an episode that ended with an adoption."""

FOR_ADOPTION = ("A3", "A4", "A5", "A6")
"""Placements for adoption."""

_MAY_BE_UNREAD = frozenset({Kind.DATE, Kind.COUNT})

_REC, _PLACE, _LS, _RNE = pl.col("rec"), pl.col("place"), pl.col("ls"), pl.col("rne")
_DECOM, _DEC = pl.col("decom"), pl.col("dec")


class _Fact(NamedTuple):
    """What is asked of each episode, and which of the answers is taken of a child's, the blank ones left out of `min`
    and `max`. To ask each child's episodes apart costs three times what asking all of them does."""

    rests_on: frozenset[str]
    of_each: pl.Expr
    taken: Literal["first", "last", "min", "max"]


def in_year(context: Context, column: str) -> pl.Expr:
    """Whether a day lies in the collection year, 1 April and 31 March counted."""
    return pl.col(column).is_between(context.year_start, context.year_end)


def short_break() -> pl.Expr:
    """Whether an episode is a short break; one without a legal status is not."""
    return _LS.is_in(SHORT_BREAKS).fill_null(False)


def during_year(context: Context) -> pl.Expr:
    """Whether an episode touches the collection year."""
    return (context.year_end >= _DECOM) & (_DEC.is_null() | (context.year_start <= _DEC))


def left_care() -> pl.Expr:
    """Whether an episode says that care ended with it."""
    return _DEC.is_not_null() & (_REC != GOES_ON)


def _day(which: pl.Expr, day: pl.Expr = _DECOM) -> pl.Expr:
    """A day of the episodes of which that is so."""
    return pl.when(which).then(day)


_FACTS: Mapping[str, _Fact] = {
    "first_decom": _Fact(frozenset(), _DECOM, "first"),
    "first_rne": _Fact(frozenset({"rne"}), _RNE, "first"),
    "first_long": _Fact(frozenset({"ls"}), _day(~short_break()), "min"),
    "latest_start": _Fact(frozenset({"rne"}), _day(_RNE == "S"), "max"),
    "last_place": _Fact(frozenset({"place"}), _PLACE, "last"),
    "last_rec": _Fact(frozenset({"rec"}), _REC, "last"),
    "left_on": _Fact(frozenset({"dec", "rec"}), _day(left_care(), _DEC), "last"),
    "placed_from": _Fact(frozenset({"place"}), _day(_PLACE.is_in(FOR_ADOPTION)), "min"),
    "order_from": _Fact(frozenset({"ls"}), _day(_LS == "E1"), "min"),
    "freed_from": _Fact(frozenset({"ls"}), _day(_LS == "D1"), "min"),
    "adopted_from": _Fact(frozenset({"rec"}), _day(_REC.is_in(ADOPTED)), "min"),
    "adopted_on": _Fact(frozenset({"rec", "dec"}), _day(_REC.is_in(ADOPTED), _DEC), "max"),
}
"""What can be known of a child: the columns that it rests on besides CHILD and DECOM, and how it is told."""


def _facts(context: Context) -> pl.LazyFrame:
    # The shared episodes stand in order, and groups keep it.
    held = context.columns(EPISODES)
    asked = {name: of for name, of in _FACTS.items() if of.rests_on <= held}
    known = episodes(context).filter(pl.col("child").is_not_null(), _DECOM.is_not_null())
    each = known.select("child", *(of.of_each.alias(name) for name, of in asked.items()))
    return each.group_by("child").agg(getattr(pl.col(name), of.taken)() for name, of in asked.items())


@cache
def beside_episodes(table: str) -> Finds:
    """The rows of a table, each with what the episodes say of its child."""

    def over(context: Context) -> pl.LazyFrame:
        facts = context.once("903 facts of children", lambda: _facts(context)).lazy()
        return context.table(table).join(facts, on="child", how="left", maintain_order="left")

    return over


def fact(context: Context, name: str) -> pl.Expr:
    """What the episodes say of the row's child. Raises NotThere where they lack a column that it rests on."""
    lacking = sorted(_FACTS[name].rests_on - context.columns(EPISODES))
    if lacking:
        raise NotThere(f"It needs the column {lacking[0].upper()} of Episodes, which the file lacks.")
    return pl.col(name)


def filled(*columns: str) -> pl.Expr:
    """Whether anything is written in any of the columns."""
    return pl.any_horizontal(pl.col(column).is_not_null() for column in columns)


def blank(context: Context, table: str, column: str) -> pl.Expr:
    """Whether nothing is written in a column of a table; something not understood is for the rule on that."""
    empty = pl.col(column).is_null()
    if TABLES_OF_ALL_FORMS[table].column(column).kind not in _MAY_BE_UNREAD:
        return empty
    return empty & context.not_understood(table, column).not_()


def lacking(context: Context, table: str, *columns: str) -> pl.Expr:
    """Whether any of the columns of a table is blank."""
    return pl.any_horizontal(blank(context, table, column) for column in columns)


def of_children(context: Context, table: str, *columns: str) -> pl.Expr:
    """Whether the row's child has a row in another table with anything written in any of the columns."""
    name = f"of {table} with {' or '.join(columns)}"
    return pl.col("child").is_in(children_where(context, name, context.table(table), filled(*columns)))


def looked_after_in_year(context: Context) -> pl.Expr:
    """Whether the row's child has an episode that touches the collection year."""
    return pl.col("child").is_in(
        children_where(context, "looked after in the year", context.table(EPISODES), during_year(context))
    )


@cache
def born(table: str) -> Finds:
    """The rows of a table, a blank birth date filled from the child's header where that was handed in."""

    def over(context: Context) -> pl.LazyFrame:
        rows = context.table(table)
        if HEADER not in context.tables:
            return rows
        who = header(context)
        if not {"child", "dob"} <= set(who.collect_schema().names()):
            return rows
        of_header = who.filter(pl.col("child").is_not_null()).unique("child", keep="first", maintain_order=True)
        beside = rows.join(
            of_header.select("child", pl.col("dob").alias("header_dob")),
            on="child", how="left", maintain_order="left",
        )  # fmt: skip
        own = [pl.col("dob")] if "dob" in rows.collect_schema().names() else []
        return beside.with_columns(pl.coalesce(*own, "header_dob").alias("dob"))

    return over


Part = tuple[str, tuple[str, ...], Fails]
"""One table that a rule points into: its name, the fields there, and the test of its rows."""


def together(code: str, *parts: Part, across: tuple[str, ...] = (), **more: Any) -> tuple[Rule, ...]:
    """A rule that is broken by rows of several tables together: declared for each, so that each is pointed at.

    Each looks into the tables of the others; `across` are the tables that it looks into besides.
    """
    tables = [table for table, _, _ in parts]
    return tuple(
        rule(
            code, table, *fields, fails=fails,
            across=tuple(dict.fromkeys(name for name in (*tables, *across) if name != table)), **more,
        )
        for table, fields, fails in parts
    )  # fmt: skip
