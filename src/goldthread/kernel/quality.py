"""What the issues of a submission say together: which rules matter most, which cells are filled, whose rows to mend.

Pure functions from frames to frames, for the command line and the pages alike. Names of teams and workers are those
of staff; they stand in the lists and are looked up here, so that nothing has to keep them a second time.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from goldthread.kernel.event_dates import PLACEHOLDERS
from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.groups import NOT_KNOWN
from goldthread.kernel.reading import UNREAD_SCHEMA
from goldthread.kernel.reading_issues import CELLS_NOT_UNDERSTOOD, MENDS_OF_FILES, OF_FILES, OF_READING
from goldthread.kernel.rule import Severity
from goldthread.kernel.rules import RULES
from goldthread.kernel.staff import staff_of
from goldthread.kernel.table import Kind

SEVERITIES = tuple(severity.value for severity in Severity)

NO_LIST = "The file"
"""What stands for the list where an issue is about the file as a whole."""

COMPLETENESS_SCHEMA: dict[str, type[pl.DataType]] = {
    "list": pl.Int64,
    "table": pl.String,
    "column": pl.String,
    "heading": pl.String,
    "rows": pl.Int64,
    "filled": pl.Int64,
    "blank": pl.Int64,
    "not_understood": pl.Int64,
    "placeholder": pl.Int64,
    "may_be_blank": pl.Boolean,
    "per_cent": pl.Float64,
}
"""One row per column of each list that is there.

Every row of the list is in one of four: `filled`, `blank`, `not_understood` (something was written that could not be
read) or `placeholder` (a date that stands for none). `may_be_blank` says whether a blank has a meaning of its own, as
in an end date while the case is open. `per_cent` is the filled share of all rows, null in an empty list.
"""


def pareto(issues: pl.DataFrame) -> pl.DataFrame:
    """The issues by rule, the most frequent first, with the share of all and the share of all down to there.

    Columns: rule, severity, lists, issues, per_cent, cumulative_per_cent, says.
    """
    whole = max(issues.height, 1)
    lists = pl.col("list").drop_nulls().unique().sort().cast(pl.String).str.join(", ").alias("lists")
    return (
        issues.group_by("rule", "severity")
        .agg(lists, pl.len().cast(pl.Int64).alias("issues"), pl.col("says").sort().first())
        .sort("issues", "rule", descending=[True, False])
        .with_columns(
            (pl.col("issues") * 100 / whole).alias("per_cent"),
            (pl.col("issues").cum_sum() * 100 / whole).alias("cumulative_per_cent"),
        )
        .select("rule", "severity", "lists", "issues", "per_cent", "cumulative_per_cent", "says")
    )


def completeness(tables: Mapping[str, pl.DataFrame], unread: pl.DataFrame | None = None) -> pl.DataFrame:
    """How each column of each list is filled (COMPLETENESS_SCHEMA). `unread` are the cells not understood.

    Tables of the other forms are numbered in the order of their form.
    """
    cells = pl.DataFrame(schema=UNREAD_SCHEMA) if unread is None else unread
    counted = {(table, column): number for table, column, number in cells.group_by("table", "column").len().iter_rows()}
    rows = [entry for name in TABLES_OF_ALL_FORMS if name in tables for entry in _of_table(name, tables[name], counted)]
    return pl.DataFrame(rows, schema=COMPLETENESS_SCHEMA, orient="row")


def _of_table(name: str, frame: pl.DataFrame, unread: Mapping[tuple[str, str], int]) -> list[dict[str, object]]:
    table, rows = TABLES_OF_ALL_FORMS[name], frame.height
    number = FORMS[table.form].numbers()[name]
    held = frame.select(pl.col(column.name).is_not_null().sum() for column in table.columns).row(0)
    stand_ins = frame.select(
        pl.col(column.name).is_in(sorted(PLACEHOLDERS)).fill_null(False).sum()
        if column.kind is Kind.DATE
        else pl.lit(0).alias(column.name)
        for column in table.columns
    ).row(0)
    return [
        {
            "list": number,
            "table": name,
            "column": column.name,
            "heading": column.says,
            "rows": rows,
            "filled": full - stand_in,
            "blank": rows - full - unread.get((name, column.name), 0),
            "not_understood": unread.get((name, column.name), 0),
            "placeholder": stand_in,
            "may_be_blank": not column.must_fill,
            "per_cent": 100 * (full - stand_in) / rows if rows else None,
        }
        for column, full, stand_in in zip(table.columns, held, stand_ins, strict=True)
    ]


def with_mends(issues: pl.DataFrame, form: str = "annex_a") -> pl.DataFrame:
    """The issues with `mend`, what to do about each."""
    of_rules = pl.DataFrame(
        [(rule.code, rule.table, rule.mend) for rule in RULES],
        schema={"rule": pl.String, "table": pl.String, "of_rule": pl.String},
        orient="row",
    ).unique(["rule", "table"], keep="first", maintain_order=True)
    # A rule that looks through every list stands in the register under one of them.
    anywhere = {rule.code: rule.mend for rule in RULES if rule.anywhere}
    of_files = {} if form == "annex_a" else MENDS_OF_FILES
    of_reading = {code: of.mend for code, of in (OF_READING | OF_FILES).items()} | of_files
    of_code = pl.col("rule").replace_strict({**of_reading, **anywhere}, default=None, return_dtype=pl.String)
    cell = pl.col("rule").is_in(CELLS_NOT_UNDERSTOOD) & pl.col("says").str.starts_with("The cell was not understood")
    return (
        issues.join(of_rules, on=["rule", "table"], how="left", maintain_order="left")
        .with_columns(pl.when(cell).then(of_code).otherwise(pl.coalesce("of_rule", of_code)).alias("mend"))
        .drop("of_rule")
    )


def asks_only(issues: pl.DataFrame, form: str = "annex_a") -> frozenset[str]:
    """The rules of these issues that want no mending of the data where it is right.

    They are notes about the work, and rules of which what to do begins by saying so.
    """
    told = issues if "mend" in issues.columns else with_mends(issues, form)
    of_reader = pl.col("rule").is_in(sorted(OF_READING | OF_FILES))
    note = (pl.col("severity") == Severity.NOTE.value) & of_reader.not_()
    says_so = pl.col("mend").str.starts_with("Nothing to mend").fill_null(value=False)
    each = told.group_by("rule").agg((note | says_so).all().alias("asks"))
    return frozenset(each.filter("asks")["rule"])


def with_staff(issues: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The issues with `team` and `worker` of the row; both null where neither is known or the issue has no row.

    The personal adviser stands for the worker of a care leaver who has none.
    """
    staff = staff_of(tables, frozenset(issues["table"].drop_nulls()))
    return issues.join(staff, on=["table", "row"], how="left", maintain_order="left")


def by_staff(issues: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Issues with staff (see `with_staff`), counted by team, or by team and worker, the most errors first.

    Columns: those asked for, rows, issues, and the issues of each severity. Issues without a row belong to no team.
    """
    known = issues.filter(pl.col("row").is_not_null()).with_columns(pl.col(columns).fill_null(NOT_KNOWN))
    counts = [(pl.col("severity") == severity).sum().cast(pl.Int64).alias(severity) for severity in SEVERITIES]
    return (
        known.group_by(columns)
        .agg(
            pl.struct("table", "row").n_unique().cast(pl.Int64).alias("rows"),
            pl.len().cast(pl.Int64).alias("issues"),
            *counts,
        )
        .sort("error", "issues", *columns, descending=[True, True, *(False for _ in columns)])
    )


def by_field(issues: pl.DataFrame) -> pl.DataFrame:
    """The issues by list and heading: an issue of two cells counts under both. Columns list, field, issues."""
    cells = issues.with_columns(pl.col("fields").str.split("; ").alias("field")).explode("field")
    named = cells.filter(pl.col("field") != "")
    counted = named.group_by("list", "field").agg(pl.len().cast(pl.Int64).alias("issues"))
    return counted.sort("issues", "list", "field", descending=[True, False, False])


def by_list(issues: pl.DataFrame) -> pl.DataFrame:
    """The issues by list, the file as a whole first. Columns list, title, issues, and each severity."""
    titles = {name: table.title for name, table in TABLES_OF_ALL_FORMS.items()}
    counts = [(pl.col("severity") == severity).sum().cast(pl.Int64).alias(severity) for severity in SEVERITIES]
    counted = (
        issues.group_by("list")
        .agg(pl.col("table").first(), pl.len().cast(pl.Int64).alias("issues"), *counts)
        .sort("list")
    )
    title = pl.col("table").replace_strict(titles, default=NO_LIST, return_dtype=pl.String)
    return counted.select("list", title.alias("title"), "issues", *SEVERITIES)


def of_staff(issues: pl.DataFrame, *, team: str | None = None, worker: str | None = None) -> pl.DataFrame:
    """The work list of a team or worker, in any case of letters: their issues by worker, list and row."""
    for column, wanted in (("team", team), ("worker", worker)):
        if wanted is not None:
            issues = issues.filter(pl.col(column).str.to_lowercase() == wanted.strip().lower())
    return issues.sort("worker", "list", "row", "rule", nulls_last=True)


def staff_names(tables: Mapping[str, pl.DataFrame], column: str) -> Sequence[str]:
    """Every team of the lists, or every worker."""
    names = set(staff_of(tables)[column].drop_nulls())
    if column == "worker":
        names.update(
            name for frame in tables.values() if "adviser" in frame.columns for name in frame["adviser"].drop_nulls()
        )
    return sorted(names)
