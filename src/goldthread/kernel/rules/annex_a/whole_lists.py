"""Rules on a list as a whole: shares of rows that are not stated, and columns that are empty throughout."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.event_dates import CHILD_LISTS
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.tables import TABLES

NOT_KNOWN = ("REFU", "NOBT", "UNKNOWN")
"""Codes of ethnicity that were refused, not obtained, or not known."""


def _more_than(context: Context, hit: pl.Expr, counted: pl.Expr, per_cent: str) -> pl.Expr:
    """Whether more of the rows counted are hit than the setting allows, where there are enough to say."""
    whole = counted.fill_null(False).sum()
    part = (hit & counted).fill_null(False).sum()
    return (whole >= context.setting("some")) & (part * 100 > whole * context.setting(per_cent))


def _gender_not_stated(context: Context) -> pl.Expr:
    unborn = (pl.col("age") == -1) | (pl.col("born_on") > context.day)
    counted = unborn.fill_null(False).not_() & pl.col("gender").is_not_null()
    return _more_than(context, pl.col("gender") == "U", counted, "gender_not_stated_per_cent")


def _ethnicity_not_known(context: Context) -> pl.Expr:
    known = pl.col("ethnicity")
    return _more_than(context, known.is_in(NOT_KNOWN), known.is_not_null(), "ethnicity_not_known_per_cent")


def _empty(column: str) -> Fails:
    return lambda _: (pl.len() > 0) & pl.col(column).is_null().all()


RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code="G17",
            says="The gender of more born children is not stated than the limit; that code is for unborn children.",
            mend="Fill the gender in at the source; leave not stated for children not yet born.",
            table=table,
            fields=("gender",),
            severity=Severity.NOTE,
            settings=("gender_not_stated_per_cent", "some"),
            of_list=_gender_not_stated,
        )
        for table in CHILD_LISTS
    ),
    *(
        Rule(
            code="G18",
            says="The ethnicity of more people is refused or not obtained than the limit.",
            mend="Ask the families, and fill the ethnicity in at the source; how a service treats groups hangs on it.",
            table=table,
            fields=("ethnicity",),
            severity=Severity.NOTE,
            settings=("ethnicity_not_known_per_cent", "some"),
            of_list=_ethnicity_not_known,
        )
        for table in TABLES
    ),
    *(
        Rule(
            code="G23",
            says="The column is empty in every row, and the guidance asks for it in each.",
            mend="Look for the column in the query that made the list; fill it.",
            table=name,
            fields=(column.name,),
            of_list=_empty(column.name),
        )
        for name, table in TABLES.items()
        for column in table.columns
        if column.must_fill and not column.newer
    ),
)
