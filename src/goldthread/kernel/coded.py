"""The tables of a return as rules ask them: children and listed codes as numbers, which are told apart much sooner.

Hundreds of rules hold the same few codes against lists of codes, and the rows of one child against each other. As text
each comparison reads letters; as numbers with names (a categorical) it reads one number, and a rule says the same of
both. A child is a number alone: rules ask whether two rows are of one child, and nothing of how a number is written.
"""

from collections.abc import Callable

import polars as pl

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.table import Column, Kind

CHILD = "child"
"""Whose row it is, in the tables of SSDA903. The census has rules on how its numbers are written: they stay text."""


Coder = Callable[[str, pl.DataFrame], pl.DataFrame]
"""What makes the rows of the table of that name into such."""


def coder() -> Coder:
    """A coder of its own for one check: the numbers of one coder agree, so that tables and years can meet.

    Columns with a list of codes and flags become categorical, children
    numbers without names; every other column stays as it is, and so does null.
    """
    made: dict[int, tuple[pl.DataFrame, pl.DataFrame]] = {}
    names = pl.Categorical(pl.Categories.random("goldthread"))
    # The numbers of names are forgotten where nothing holds any: while columns are made, this does.
    lasting = pl.Series([], dtype=names)

    def coded(table: str, rows: pl.DataFrame) -> pl.DataFrame:
        # Two sets of rules may ask the same rows: they are kept beside what was made of them, so that none is mistaken.
        if id(rows) not in made:
            made[id(rows)] = rows, make(table, rows)
        return made[id(rows)][1]

    def make(table: str, rows: pl.DataFrame) -> pl.DataFrame:
        columns = {column.name: column for column in TABLES_OF_ALL_FORMS[table].columns}
        held = [columns[name] for name in rows.columns if name in columns]
        as_names = [_named(rows[column.name], lasting) for column in held if _listed(column)]
        return rows.with_columns(*as_names, *(_numbered(rows[c.name], names) for c in held if c.name == CHILD))

    return coded


def _named(cells: pl.Series, names: pl.Series) -> pl.Series:
    """A column as names like these. One that was parted as it was read has each of its values looked up once."""
    if not isinstance(cells.dtype, pl.Categorical):
        return cells.cast(names.dtype)
    at = cells.dtype.categories.to_series().cast(names.dtype).to_physical().gather(cells.to_physical())
    return at.alias(cells.name).cat.to(names.dtype)


_NO_NUMBER = 10**9
"""From here on stand children whose number is none, or is written with a nought in front."""

_LEAST = pl.Series([_NO_NUMBER, *(10**digits for digits in range(9)), _NO_NUMBER], dtype=pl.UInt32)
"""The least number of so many digits: what is less had noughts in front. Of ten digits on there is none."""


def _numbered(children: pl.Series, names: pl.Categorical) -> pl.Series:
    """Children as numbers: nearly all are called by one, which is read in a third of the time of looking up a name."""
    numbers = children.cast(pl.UInt32, strict=False)
    least = _LEAST.gather(children.str.len_bytes().clip(upper_bound=len(_LEAST) - 1))
    plain = ((numbers >= least) & (numbers < _NO_NUMBER)).fill_null(value=False)
    if plain.sum() == children.count():
        return numbers
    others = children.cast(names).to_physical().cast(pl.UInt32) + _NO_NUMBER
    return numbers.zip_with(plain, others)


def as_it_is(_: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as text, for rules that ask how something is written."""
    return as_text(rows)


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the columns that were parted into their values (`readers.repeated`) as text again."""
    of_values = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Categorical)]
    return frame.with_columns(pl.col(of_values).cast(pl.String)) if of_values else frame


def _listed(column: Column) -> bool:
    """Whether a column holds one code of a few. Of a code without a list (a pupil number) rules ask its letters."""
    return column.kind is Kind.FLAG or (column.kind is Kind.CODE and column.codes is not None)
