"""How a form becomes the record, said as data: which source column goes into which column of the record, and why.

Everything that reads the mappings reads these declarations: the engine that makes the frames, and the page that shows
for every column where it goes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.record.tables import RECORD


class How(StrEnum):
    """In which way a value came into the record."""

    SAME = "same"
    CODES = "code map"
    LATEST = "latest only"
    DERIVED = "derived"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Take:
    """Where one column of the record comes from: the source columns it reads, and the expression over them."""

    how: How
    reads: tuple[str, ...]
    expression: pl.Expr
    why: str = ""
    map: tuple[tuple[str, str | None], ...] = ()


Sources = Mapping[str, pl.LazyFrame]
Prepare = Callable[[pl.LazyFrame, Sources], pl.LazyFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """Rows of one table of the record, made of the rows of one source table.

    `only` keeps some of the rows, those of which `rows` says what they are. `prepare` makes other rows of them first,
    such as a placement of the episodes that it lasted for; it keeps the source's columns and may add some.
    """

    into: str
    source: str
    takes: Mapping[str, Take]
    rows: str = "every row"
    only: pl.Expr | None = None
    prepare: Prepare | None = None

    def __post_init__(self) -> None:
        for name in self.takes:
            RECORD[self.into].column(name)
        for take in self.takes.values():
            for name in take.reads:
                TABLES_OF_ALL_FORMS[self.source].column(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMapping:
    """How one form becomes the record. `nowhere` says of each column that goes nowhere, as table.column, why.

    In the tables of `merged`, rows with one key are one row: of each column the first value that is not blank, in the
    order of the fills, for several lists tell of one person.
    """

    form: str
    fills: tuple[Fill, ...]
    nowhere: Mapping[str, str] = field(default_factory=dict)
    merged: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        read = {f"{fill.source}.{name}" for fill in self.fills for take in fill.takes.values() for name in take.reads}
        for name in self.nowhere:
            table, column = name.split(".")
            TABLES_OF_ALL_FORMS[table].column(column)
            if name in read:
                raise ValueError(f"{name} goes into the record and nowhere")


def same(name: str, why: str = "") -> Take:
    """The value as it is."""
    return Take(How.SAME, (name,), pl.col(name), why)


def latest(name: str, why: str) -> Take:
    """The value as it is, of which the source holds only the latest."""
    return Take(How.LATEST, (name,), pl.col(name), why)


def codes(name: str, to: Mapping[str, str | None], why: str = "") -> Take:
    """The value with its code put into the record's; a code that is not in the map stays as it was written."""
    return Take(How.CODES, (name,), pl.col(name).replace(dict(to)), why, tuple(to.items()))


def derived(reads: tuple[str, ...], expression: pl.Expr, why: str) -> Take:
    """A value worked out from others."""
    return Take(How.DERIVED, reads, expression, why)


def given(value: str, why: str) -> Take:
    """A value that the source does not write, because all of its rows have it."""
    return Take(How.GIVEN, (), pl.lit(value), why)


def key(mark: str, *reads: str) -> Take:
    """A number for a row whose source has none: a mark for the kind of row, and what tells the rows apart.

    Two sources that say the same of a row give it one number. It is blank where any part of it is.
    """
    parts = [pl.col(name).cast(pl.String) for name in reads]
    return derived(reads, pl.concat_str([pl.lit(mark), *parts], separator="/"), KEY)


KEY = "the source has no number for its rows; this one is made of what tells them apart"
YES_NO = {"1": "Y", "0": "N"}
