"""Which cells the issues make doubtful, and what a measure of the record is warned of by them."""

from collections.abc import Mapping, Sequence

import polars as pl

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading
from goldthread.kernel.reading_issues import OF_FILES, OF_READING
from goldthread.kernel.rule import Severity

DOUBLED = frozenset({"G19", "K01", "K02", "K03", "K04", "K05", "K06", "D06", "D07", "H02", "R15"})
"""Rules about rows that stand twice: they touch every measure of their table."""

Cells = frozenset[tuple[str, str]]
"""Columns, each with its table."""


def touched(issues: pl.DataFrame) -> pl.DataFrame:
    """Issues that make a number doubtful, one row for each heading that they touch.

    In an error, any of its cells may be the wrong one; a query asks about the first of its headings, and the others
    only say when; a note is of practice, not of data.
    """
    fields = pl.col("fields").str.split("; ")
    error = pl.col("severity") == Severity.ERROR.value
    return (
        issues.filter(pl.col("severity") != Severity.NOTE.value)
        .with_columns(pl.when(error).then(fields).otherwise(fields.list.head(1)))
        .select("table", "row", "rule", "fields")
        .explode("fields")
    )


_ANY = ""
"""What stands for the name of a column where an issue is about the whole of a row."""


def _columns() -> pl.DataFrame:
    """Every column of every table by its heading."""
    names = [(name, column.says, column.name) for name, of in TABLES_OF_ALL_FORMS.items() for column in of.columns]
    columns = pl.DataFrame(names, schema={"table": pl.String, "fields": pl.String, "column": pl.String}, orient="row")
    return columns.unique(["table", "fields"], keep="last")


class Doubts:
    """The rows of a form that break a rule, by the columns that they touch. What the reader found is told elsewhere."""

    def __init__(self, issues: pl.DataFrame, reading: Reading) -> None:
        """Look the touched cells up once, for every measure that asks."""
        of_reader = [code for code in (OF_READING | OF_FILES) if code not in DOUBLED]
        of_rules = issues.filter(pl.col("rule").is_in(of_reader).not_() & pl.col("row").is_not_null())
        twice = pl.col("rule").is_in(DOUBLED)
        found = touched(of_rules).join(_columns(), on=["table", "fields"], how="left")
        cells = found.with_columns(pl.when(twice).then(pl.lit(_ANY)).otherwise("column").alias("column"))
        told = cells.select("table", "column", "rule", "row").drop_nulls("column").unique()
        self._rows = {
            (str(table), str(column)): frame.drop("column")
            for (table, column), frame in told.partition_by("table", "column", as_dict=True).items()
        }
        self._heights: Mapping[str, int] = reading.row_counts

    def about(self, cells: Cells) -> tuple[Sequence[str], Sequence[str]]:
        """What to say of a measure that rests on these cells, and the codes of the rules that say so."""
        tables = sorted({table for table, _ in cells})
        asked = [*cells, *((table, _ANY) for table in tables)]
        parts = [self._rows[cell] for cell in asked if cell in self._rows]
        if not parts:
            return (), ()
        broken = pl.concat(parts).unique()
        by_rule = dict(sorted(broken.group_by("rule").len().iter_rows()))
        rows = broken.select("table", "row").n_unique()
        whole = sum(self._heights.get(table, 0) for table in tables)
        part = 100 * rows / max(whole, 1)
        per_cent = "under 1%" if part < 1 else f"{part:.0f}%"
        counted = ", ".join(f"{rule} {number:,}" for rule, number in by_rule.items())
        says = (
            f"{rows:,} of the {whole:,} rows that this rests on ({per_cent}) break a rule about the same columns: "
            f"{counted}."
        )
        return (says,), tuple(by_rule)
