"""The tests that rules of every form are made of: stands twice, ends before it starts, is no code, lies ahead.

Each gives an expression over one table, so that all rules of a table run in one pass over it.
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.event_dates import PLACEHOLDERS
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.rule import Fails
from goldthread.kernel.table import Column, Kind, Table

YES_OR_NO = ("Y", "N", "1", "0")

_FAR = pl.date(9999, 12, 31)


def tables_of(form: str) -> tuple[Table, ...]:
    """The tables of a form, in its order."""
    return tuple(table for table in TABLES_OF_ALL_FORMS.values() if table.form == form)


def columns_of(form: str, kind: Kind | None = None) -> tuple[tuple[Table, Column], ...]:
    """Every column of a form with its table, or those of one kind."""
    return tuple(
        (table, column) for table in tables_of(form) for column in table.columns if kind in (None, column.kind)
    )


def copy_of_earlier(table: Table) -> Fails:
    """The row says what an earlier row says, cell for cell."""
    return lambda _: pl.struct(column.name for column in table.columns).is_first_distinct().not_()


def same_but_different(table: Table, *key: str) -> Fails:
    """Another row has the same key, and says something else: both are told."""
    filled = pl.all_horizontal(pl.col(column).is_not_null() for column in key)
    whole = pl.struct(column.name for column in table.columns)
    return lambda _: filled & pl.struct(key).is_duplicated() & whole.is_unique()


def ends_before_start(start: str, end: str) -> Fails:
    """The end lies before the start."""
    return lambda _: pl.col(end) < pl.col(start)


def not_a_code(column: Column, *also: str) -> Fails:
    """Something is written, and it is none of the codes of the column's list."""
    if column.codes is None:
        raise ValueError(f"{column.name} has no list of codes")
    allowed = (*column.codes.values(), *also)
    return lambda _: pl.col(column.name).is_in(allowed).not_()


def neither_yes_nor_no(column: str, *also: str) -> Fails:
    """Something is written, and it is neither yes nor no."""
    return lambda _: pl.col(column).is_in((*YES_OR_NO, *also)).not_()


def blank(*columns: str) -> Fails:
    """Nothing is written in any of the columns."""
    return lambda _: pl.all_horizontal(pl.col(column).is_null() for column in columns)


def lies_ahead(column: str) -> Fails:
    """The date lies after the as-at date."""
    # A date that stands for none is told as that, and not also as one that lies ahead.
    return lambda context: (pl.col(column) > context.day) & pl.col(column).is_in(sorted(PLACEHOLDERS)).not_()


def placeholder(column: str) -> Fails:
    """The date is one that systems write where none is known."""
    return lambda _: pl.col(column).is_in(sorted(PLACEHOLDERS))


def unknown_to(column: str, table: str, known: str) -> Fails:
    """Something is written, and no row of another table holds it."""
    return lambda context: pl.col(column).is_in(context.held(table, known)).not_()


def begins_before_last_ended(of: tuple[str, ...], start: str, end: str) -> Fails:
    """The row begins before another that began earlier, of the same person, has ended."""
    ends = pl.col(end).fill_null(_FAR)
    before = ends.cum_max().shift(1).over(of, order_by=[start, end, "row"])
    known = pl.all_horizontal(pl.col(column).is_not_null() for column in (*of, start))
    return lambda _: known & (pl.col(start) < before)


def running(context: Context, start: str, end: str) -> pl.Expr:
    """Whether it has begun by the as-at date and not ended."""
    return (pl.col(start) <= context.day) & (pl.col(end).is_null() | (pl.col(end) > context.day))
