"""What rules of several modules use: what the files are called, and codes in one form over the years."""

import polars as pl

from goldthread.kernel.forms.ssda903 import SSDA903_TABLES

TITLES = {table.name: table.title for table in SSDA903_TABLES}
"""What each file is called."""

FEMALE, MALE = ("F", "2"), ("M", "1")
"""The codes of a sex over the years: figures until 2023-24, letters since."""


def plain_sex(sex: pl.Expr) -> pl.Expr:
    """The sex in letters, so that the year in which figures became letters shows no change."""
    return sex.replace({"1": "M", "2": "F"})


def given(*columns: str) -> pl.Expr:
    """Whether anything is written in any of the columns."""
    return pl.any_horizontal(pl.col(name).is_not_null() for name in columns)
