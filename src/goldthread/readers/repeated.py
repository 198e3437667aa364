"""Columns by their different values: a hundred thousand cells of a return hold a few codes, days and places.

A column is parted into its values while its file is parsed, each value once, and a number for each cell. Where every
value is written as the return writes it, nothing is to be told of any cell, and the column is made of its values alone.
Where one is not, the column is read cell by cell like any other: what is told of it is told in one place only.
"""

from collections.abc import Callable, Iterable, Mapping

import polars as pl

from goldthread.kernel.coded import as_text as as_text
from goldthread.kernel.table import Column, Kind
from goldthread.readers.cells import ODD_SPACES, USUAL_FROM, USUAL_TO
from goldthread.readers.other_forms import FormAsked, in_forms, whole_dates

WORTH_PARTING = 300_000
"""From so many bytes on a file is parted so. In a small one there is little to save, and each column costs a little."""

_HARDLY_EVER = 2
"""Values that are not as they should be and stand in no row: the heading, and a title above it."""


def parted(columns: Mapping[str, int], of_table: Iterable[Column]) -> dict[int, pl.Categorical]:
    """The types of the columns of a file that are parted as it is parsed, by their places in it."""
    return {
        columns[column.name]: pl.Categorical(pl.Categories.random("goldthread"))
        for column in of_table
        if column.name in columns and _few(column)
    }


def _few(column: Column) -> bool:
    """Whether a column holds few different values for its cells: a code of a list, a flag, a day.

    A pupil's number, a provider's or a postcode may stand once: to part such a column costs more than it saves.
    """
    return column.kind in (Kind.DATE, Kind.FLAG) or (column.kind is Kind.CODE and column.codes is not None)


_LEFT_AS_THEY_ARE = frozenset({Kind.CODE, Kind.POSTCODE, Kind.TEXT})
_PLAIN = "^[A-Z0-9]+( [A-Z0-9]+)*$"
"""Capitals and digits with single spaces between: nothing of these kinds that is written so is read as anything else.

One look of this kind costs a third of stripping, raising and comparing every cell."""


def as_they_should_be(
    raw: pl.DataFrame, columns: Iterable[Column], asked: FormAsked, plain: Callable[[Column], pl.Expr]
) -> dict[str, pl.Series]:
    """The columns made of their values, of those whose every value is in the form asked; and of those that were not
    parted, the ones that need nothing made of them. Codes stay parted.

    `plain` is what is made of a column of text where something may be odd about it: a value that it leaves as it is, is
    written as it should be.
    """
    made: dict[str, pl.Series] = {}
    for column in columns:
        cells = raw[column.name]
        if not asked.tells(column):
            continue
        if not isinstance(cells.dtype, pl.Categorical):
            if column.kind in _LEFT_AS_THEY_ARE and cells.str.contains(_PLAIN).all():
                made[column.name] = cells
            continue
        at = cells.to_physical()
        values = cells.dtype.categories.to_series().alias(column.name)
        if column.kind is Kind.DATE:
            new = in_forms(values, asked.dates)
            sound = whole_dates(values) & new.is_between(USUAL_FROM, USUAL_TO)
        else:
            new = values.to_frame().select(plain(column)).to_series()
            sound = (new == values) & (values.str.strip_chars(ODD_SPACES) == values) & (values != "")
        if _none_other(~sound.fill_null(value=False), at):
            made[column.name] = new.gather(at) if column.kind is Kind.DATE else cells
    return made


def _none_other(strange: pl.Series, at: pl.Series) -> bool:
    """Whether no cell holds any of these values."""
    which = strange.arg_true()
    return which.is_empty() or (len(which) <= _HARDLY_EVER and not at.is_in(which.implode()).any())
