"""The issues that rules find: the places where each rule is broken, and the form of the issues that are made of them.

What is made of places stands in `placed`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

ISSUES_SCHEMA: dict[str, type[pl.DataType]] = {
    "rule": pl.String,
    "severity": pl.String,
    "list": pl.Int64,
    "table": pl.String,
    "row": pl.Int64,
    "earlier_row": pl.Int64,
    "fields": pl.String,
    "says": pl.String,
}
"""One row per issue. `fields` are the headings of the guidance, joined by '; '. No value of the file stands in it.

`list` is the number of the list, or in other forms the place of the table in its form. `row` is null where an issue is
about a list as a whole, and `list` and `table` are too where it is about the file.
`earlier_row` is the row of the earlier submission that an issue compares with; with `row` null, the row is gone.
"""

PLACES: dict[str, type[pl.DataType]] = {"table": pl.String, "row": pl.Int64, "earlier_row": pl.Int64, "which": pl.Int64}
"""Where a rule across tables or submissions is broken; `which` is the place of the rule among those that are run."""


class Broken(NamedTuple):
    """Where rules are broken: rows of a rule's own table by the rule's place among all, and frames of PLACES.

    A row that is null stands for the table as a whole.
    """

    rows: Sequence[tuple[int, pl.Series]] = ()
    frames: Sequence[pl.DataFrame] = ()


def no_issues() -> pl.DataFrame:
    """A frame of issues with no rows."""
    return pl.DataFrame(schema=ISSUES_SCHEMA)


def in_order(issues: pl.DataFrame) -> pl.DataFrame:
    """The issues by list, row and rule; what is about the whole list before its rows, about the file before all."""
    return issues.sort("list", "row", "rule", "fields", "earlier_row", nulls_last=False)
