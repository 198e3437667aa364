"""What a rule or measure may know besides its own row: the as-at date, the other lists, the calendar, the settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import polars as pl

from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.settings import DEFAULTS
from goldthread.kernel.working_days import bank_holidays, working_days

T = TypeVar("T")

LOOKED_UP = ("pl_la", "pl_location", "pl_distance", "home_la", "own_la")
"""Columns that no file of a return has to have: they are looked up by postcodes (`rules.ssda903.places`)."""


class NotThere(Exception):
    """Something that a rule asks for was not handed in. Its text says what, in a sentence for the result."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier submission of the same authority: the day that it describes, and the lists that it had."""

    as_at: date
    tables: Mapping[str, pl.LazyFrame]


@dataclass(frozen=True, slots=True)
class Context:
    """The world of one run. `as_at` is the day for which every question is asked: there is no clock in the kernel.

    `tables` holds the lists that the submission has; one that it lacks is absent, which is not the same as empty.
    `earlier` is the submission before this one, for rules that compare the two. `postcodes` is the directory that the
    user loaded, None where there is none; `authority` is whose children these are, by its code in that directory.
    `localities` has the locality of each postcode that the record names, None where there is nothing to tell it by.
    `year` is the collection year of a return, None where there is none or it cannot be told. `known` are the children
    whom the other forms know that were handed in besides, None where there are no others.
    `last` holds the tables of the return of the year before, None where none was handed in, and `providers` the list
    of registered providers (`kernel/providers.py`). `unread` names the cells that held something not understood, as
    columns table, column and row: in the tables they are null; `unread_last` those of `last`.
    """

    as_at: date
    tables: Mapping[str, pl.LazyFrame] = field(default_factory=dict)
    holidays: frozenset[date] = field(default_factory=bank_holidays)
    settings: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULTS))
    earlier: Earlier | None = None
    postcodes: pl.LazyFrame | None = None
    localities: pl.LazyFrame | None = None
    authority: str = ""
    year: int | None = None
    known: frozenset[str] | None = None
    last: Mapping[str, pl.LazyFrame] | None = None
    providers: pl.LazyFrame | None = None
    unread: pl.DataFrame | None = None
    unread_last: pl.DataFrame | None = None
    kept: dict[str, pl.DataFrame] = field(default_factory=dict, init=False, compare=False, repr=False)
    told: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], pl.LazyFrame]) -> pl.DataFrame:
        """What several rules ask of the tables: made for the first that asks, and kept under its name for the rest."""
        if name not in self.kept:
            self.kept[name] = make().collect(engine=IN_MEMORY)
        return self.kept[name]

    def columns(self, table: str) -> frozenset[str]:
        """The columns that a table of what was handed in has. Raises NotThere where it is not there."""
        return self.once_told(f"columns of {table}", lambda: frozenset(self.table(table).collect_schema().names()))

    def once_told(self, name: str, make: Callable[[], T]) -> T:
        """What is no frame and asked by many rules: made for the first, and kept under its name for the rest."""
        if name not in self.told:
            self.told[name] = make()
        kept: T = self.told[name]
        return kept

    def held(self, table: str, column: str) -> pl.Series:
        """Every value that a column of a table holds, once each, as one list for `is_in`."""
        name = f"{table}.{column}"
        return self.once(name, lambda: self.tables[table].select(pl.col(column).drop_nulls().unique().implode()))[
            column
        ]

    def table(self, name: str) -> pl.LazyFrame:
        """A table of what was handed in. Raises NotThere where it is not there."""
        if name not in self.tables:
            raise NotThere(f"It needs {_called(name)}, of which nothing was handed in.")
        return self.tables[name]

    def table_last_year(self, name: str) -> pl.LazyFrame:
        """A table of the return of the year before. Raises NotThere where it is not there."""
        if self.last is None:
            raise NotThere("It needs the return of the year before, which was not handed in.")
        if name not in self.last:
            raise NotThere(f"It needs last year's {_called(name)}, of which nothing was handed in.")
        return self.last[name]

    @property
    def provider_list(self) -> pl.LazyFrame:
        """The list of registered providers (`kernel/providers.py`). Raises NotThere where none was handed in."""
        if self.providers is None:
            raise NotThere("It needs the list of registered providers, which was not handed in.")
        return self.providers

    @property
    def postcode_directory(self) -> pl.LazyFrame:
        """The directory of postcodes (`kernel/postcodes.py`). Raises NotThere where none was handed in."""
        if self.postcodes is None:
            raise NotThere("It needs a directory of postcodes, which was not handed in.")
        return self.postcodes

    @property
    def collection_year(self) -> int:
        """The collection year, by the March in which it ends. Raises NotThere where it cannot be told."""
        if self.year is None:
            raise NotThere("It needs the year of the return, which cannot be told.")
        return self.year

    @property
    def year_start(self) -> date:
        """The first day of the collection year: 1 April. Raises NotThere where the year cannot be told."""
        return date(self.collection_year - 1, 4, 1)

    @property
    def year_end(self) -> date:
        """The last day of the collection year: 31 March. Raises NotThere where the year cannot be told."""
        return date(self.collection_year, 3, 31)

    def not_understood(self, table: str, column: str, row: str = "row") -> pl.Expr:
        """Whether the cell of that column held something that was not understood, as a date that is none.

        `row` is the column that holds the table's row, where rows of two tables stand beside each other. Raises
        NotThere where the file lacks the column: of what was not handed in nothing is sound.
        """
        if table in self.tables and column not in LOOKED_UP and column not in self.columns(table):
            raise NotThere(_lacking(table, column))
        if self.unread is None or self.unread.is_empty():
            return pl.lit(False)
        rows = self.once_told("unread", lambda: _rows_by_column(self.unread)).get((table, column))
        return pl.lit(False) if rows is None else pl.col(row).is_in(rows)

    def not_understood_last(self, table: str, column: str, row: str = "row") -> pl.Expr:
        """Whether the cell of last year's return held something that was not understood, in the same way."""
        if self.unread_last is None or self.unread_last.is_empty():
            return pl.lit(False)
        rows = self.once_told("unread last", lambda: _rows_by_column(self.unread_last)).get((table, column))
        return pl.lit(False) if rows is None else pl.col(row).is_in(rows)

    def setting(self, name: str) -> int:
        """The value of a setting. Raises KeyError where there is none of that name."""
        return self.settings[name]

    @property
    def day(self) -> pl.Expr:
        """The as-at date as an expression."""
        return pl.lit(self.as_at)

    def before(self, months: int) -> pl.Expr:
        """The same day of the month that many months before the as-at date, or the month's last day."""
        return pl.lit(self.as_at).dt.offset_by(f"-{months}mo")

    def working_days(self, start: pl.Expr, end: pl.Expr) -> pl.Expr:
        """Working days from one date to another, by the convention of `kernel.working_days`."""
        return working_days(start, end, self.holidays, first_day_counts=self.setting("first_day_counts"))

    def age(self) -> pl.Expr:
        """Age in completed years on the as-at date, from the birth date, or as the list gives it; -1 while unborn."""
        return pl.coalesce(age_on(self.as_at), pl.col("age"))


def _rows_by_column(cells: pl.DataFrame | None) -> dict[tuple[str, str], pl.Series]:
    """The rows of the cells that were not understood, by table and column, each as one list for `is_in`."""
    if cells is None:
        return {}
    of_columns = cells.group_by("table", "column").agg(pl.col("row").unique()).iter_rows()
    return {(table, column): pl.Series([rows], dtype=pl.List(pl.Int64)) for table, column, rows in of_columns}


def _called(table: str) -> str:
    """The title of a table for a sentence."""
    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

    return f"{TABLES_OF_ALL_FORMS[table].title} ({table})"


def age_on(day: date, column: str = "born_on") -> pl.Expr:
    """Completed years from a date of birth to that day; -1 where the birth is still to come, null without a birth date.

    A child born on 29 February is a year older on 1 March in a common year.
    """
    born = pl.col(column)
    had_birthday = (born.dt.month() < day.month) | ((born.dt.month() == day.month) & (born.dt.day() <= day.day))
    years = day.year - born.dt.year() - pl.when(had_birthday).then(0).otherwise(1)
    return pl.when(born > day).then(-1).otherwise(years).cast(pl.Int64)


def after(column: str, months: int) -> pl.Expr:
    """The same day of the month that many months after a date, or the month's last day where it has no such day."""
    return pl.col(column).dt.offset_by(f"{months}mo")


def open_on(context: Context, start: str, end: str) -> pl.Expr:
    """Whether something with a start and an end was running at the end of the as-at date; a missing start is no bar."""
    started = pl.col(start).is_null() | (pl.col(start) <= context.day)
    return started & (pl.col(end).is_null() | (pl.col(end) > context.day))


def _lacking(table: str, column: str) -> str:
    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

    of = TABLES_OF_ALL_FORMS[table]
    return f"It needs the column {of.column(column).says} of {of.title}, which the file lacks."
