"""The issues of a return as those who mend it look for them: the table by its usual name, the row, the child.

Rows are counted from 0 beneath the headings, blank lines among them, as programs count them that read such files;
issues elsewhere count rows as a spreadsheet shows them.
"""

from collections.abc import Mapping

import polars as pl

from goldthread.kernel.forms import FORMS
from goldthread.kernel.reading import Reading
from goldthread.kernel.table_names import LAST, TABLE_NAMES

_CHILD = ("child", "la_child_id")

REPORT_SCHEMA: dict[str, type[pl.DataType]] = {
    "rule": pl.String,
    "severity": pl.String,
    "table": pl.String,
    "row": pl.Int64,
    "fields": pl.String,
    "child": pl.String,
    "message": pl.String,
}
"""One row per issue. `fields` are headings joined by '; '; row and child are null where it is about a whole file."""


def report(issues: pl.DataFrame, reading: Reading, last: Reading | None) -> pl.DataFrame:
    """The issues (rule.ISSUES_SCHEMA) in that form, in their order. One that only a row of last year has names that."""
    gone = pl.col("row").is_null() & pl.col("earlier_row").is_not_null()
    placed = issues.with_columns(
        gone.alias("gone"), pl.when(gone).then(pl.col("earlier_row")).otherwise(pl.col("row")).alias("at")
    ).with_columns(pl.when("gone").then(pl.col("table") + LAST).otherwise(pl.col("table")).alias("key"))
    rows = pl.concat([_rows(reading, ""), *([] if last is None else [_rows(last, LAST)])])
    told = placed.join(rows, left_on=["key", "at"], right_on=["key", "written"], how="left", maintain_order="left")
    names = TABLE_NAMES | {name + LAST: called + LAST for name, called in TABLE_NAMES.items()}
    called = pl.col("key").replace_strict(names, default=None, return_dtype=pl.String).alias("table")
    return told.select(
        "rule", "severity", called, "row_from_0", "fields", "child", pl.col("says").alias("message")
    ).rename({"row_from_0": "row"})  # fmt: skip


def _rows(reading: Reading, behind: str) -> pl.DataFrame:
    """Each row of the tables: as a spreadsheet counts it (`written`), from 0 beneath the headings, and its child."""
    above = {sheet.table: sheet.heading_row or 1 for sheet in reading.sheets if sheet.table is not None}
    frames = []
    for name in reading.found:
        frame = reading.tables[name]
        child = next((column for column in _CHILD if column in frame.columns), None)
        frames.append(
            frame.select(
                pl.lit(name + behind).alias("key"),
                pl.col("row").alias("written"),
                (pl.col("row") - above.get(name, 1) - 1).alias("row_from_0"),
                (pl.lit(None, pl.String) if child is None else pl.col(child)).alias("child"),
            )
        )
    return pl.concat(frames)


def lines(told: pl.DataFrame) -> pl.DataFrame:
    """The issues as JSON tells them: the columns of the report, `fields` as a list."""
    fields = pl.col("fields").str.split("; ")
    none = pl.lit([], pl.List(pl.String))
    return told.with_columns(pl.when(pl.col("fields").fill_null("") == "").then(none).otherwise(fields).alias("fields"))


def tables_named(form: str) -> Mapping[str, str]:
    """The usual names of a form's tables by ours."""
    return {name: TABLE_NAMES[name] for name in FORMS[form].by_name()}
