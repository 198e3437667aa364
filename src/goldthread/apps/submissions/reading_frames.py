"""What is kept of a reading besides its tables: issues with whose they are, cells not understood, notes, counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.identities import child_column, identifying

if TYPE_CHECKING:
    import polars as pl

    from goldthread.apps.submissions.pseudonymise import Pseudonymised
    from goldthread.kernel.reading import Reading

WITHHELD = "withheld"
"""What stands in the place of a cell that was not understood and might tell who somebody is."""


def issue_rows(issues: pl.DataFrame, reading: Reading, tables: Mapping[str, pl.DataFrame], key: bytes) -> pl.DataFrame:
    """The issues with what a person needs to mend them: how, whose row by pseudonym, team and worker, and what was
    written there. With the inspection's key, what the rule of each query looked at is kept as a keyed hash."""
    import polars as pl

    from goldthread.kernel.forms import FORMS
    from goldthread.kernel.quality import with_mends, with_staff
    from goldthread.kernel.reading_issues import CELLS_OF_OTHER_FORM, OF_NOTES
    from goldthread.kernel.rule import in_order

    other_forms = [kind for kind, code in OF_NOTES.items() if code in CELLS_OF_OTHER_FORM]
    people = [
        frame.select(pl.lit(name).alias("table"), "row", pl.col(who).alias("child"))
        for name, frame in tables.items()
        for who in (child_column(name), "adopter")
        if who in frame.columns
    ]
    owners = pl.concat(people) if people else pl.DataFrame(
        schema={"table": pl.String, "row": pl.Int64, "child": pl.String}
    )  # fmt: skip
    says = {
        f"{table.name}.{column.name}": column.says for table in FORMS[reading.form].tables for column in table.columns
    }
    heading = pl.format("{}.{}", "table", "column").replace_strict(says, default=pl.col("heading")).alias("fields")
    otherwise = reading.notes.filter(pl.col("kind").is_in(other_forms) & pl.col("row").is_not_null())
    cells = pl.concat([
        without_written(frame).select("table", "row", heading, pl.lit(which).alias("is"), "written")
        for which, frame in (("cell", reading.unread), ("other", otherwise))
    ]).unique(["table", "row", "fields", "is"], keep="first")  # fmt: skip
    understood = pl.col("says").str.starts_with("The cell was not understood.")
    of_form = pl.col("rule").is_in(CELLS_OF_OTHER_FORM)
    with_cell = pl.when(understood).then(pl.lit("cell")).when(of_form).then(pl.lit("other")).alias("is")
    return in_order(
        with_staff(with_mends(issues, reading.form), tables)
        .with_columns(with_cell)
        .join(owners.unique(["table", "row"], keep="first"), on=["table", "row"], how="left")
        .join(cells, on=["table", "row", "fields", "is"], how="left")
        .drop("is")
        .join(hashed_cells(issues, reading, key), on=["table", "row", "fields"], how="left")
    )


def hashed_cells(issues: pl.DataFrame, reading: Reading, key: bytes) -> pl.DataFrame:
    """For each row that breaks a rule of queries, a keyed hash of the cells that the rule looks at.

    They are taken as they were handed in, before identities went to the vault: a date of birth that changes is a change
    here, though nobody sees it. Where a rule looks at nothing but who the child is, what it asks is answered for the
    return of one year: the number never changes, and would answer for ever.
    """
    import polars as pl

    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

    asked = issues.filter(
        (pl.col("severity") == "query") & pl.col("row").is_not_null() & pl.col("fields").is_not_null()
    )
    found: list[tuple[str, int, str, str]] = []
    for (table, fields), rows in asked.select("table", "fields", "row").unique().group_by("table", "fields"):
        names = {column.says: column.name for column in TABLES_OF_ALL_FORMS[str(table)].columns}
        looked_at = [names[one] for one in str(fields).split("; ") if one in names]
        year = f"{reading.year}\0" if looked_at == [child_column(str(table))] and reading.year else ""
        held = reading.tables[str(table)].select("row", *looked_at).join(rows.select("row"), on="row", how="semi")
        for row, *cells in held.iter_rows():
            said = f"{table}\0{fields}\0{year}" + "\0".join("" if one is None else str(one) for one in cells)
            found.append((str(table), row, str(fields), sealing.hashed(key, "cells", said)))
    schema = {"table": pl.String, "row": pl.Int64, "fields": pl.String, "cells": pl.String}
    return pl.DataFrame(found, schema=schema, orient="row").unique(["table", "row", "fields"])


def without_written(cells: pl.DataFrame) -> pl.DataFrame:
    """The same, where nothing is repeated that might tell who somebody is."""
    import polars as pl

    columns = cells.select("table", "column").unique().rows()
    hide = [f"{table}.{column}" for table, column in columns if not _showable(table, column)]
    key = pl.format("{}.{}", pl.col("table").fill_null("None"), pl.col("column").fill_null("None"))
    hidden = pl.col("written").is_not_null() & key.is_in(hide)
    return cells.with_columns(pl.when(hidden).then(pl.lit(WITHHELD)).otherwise(pl.col("written")).alias("written"))


def _showable(table: str | None, column: str | None) -> bool:
    return table is not None and column is not None and not identifying(table, column)


def vault_frame(hidden: Pseudonymised) -> pl.DataFrame:
    """What the vault keeps: one row for each thing that is known of somebody."""
    import polars as pl

    rows = [
        (name, column, value)
        for name, entry in hidden.vault.items()
        for column, values in entry.items()
        for value in values
    ]
    schema = {"pseudonym": pl.String, "column": pl.String, "value": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def lists(reading: Reading) -> dict[str, Any]:
    """Which tables were found, how many rows each has, and what was interpreted or left out."""
    return {
        "found": list(reading.found),
        "missing": list(reading.missing),
        "rows": {name: reading.tables[name].height for name in reading.found},
        "sheets": [
            {"table": sheet.table, "rows": sheet.rows, "hidden": sheet.hidden, "says": sheet.says}
            for sheet in reading.sheets
        ],
        "unread": reading.unread.height,
        "notes": [
            {"kind": note["kind"], "list": note["list"], "table": note["table"], "cells": note["cells"],
             "says": note["says"]}
            for note in reading.notes.group_by("kind", "list", "table", "says", maintain_order=True)
            .agg(_sum_cells())
            .head(200)
            .iter_rows(named=True)
        ],
    }  # fmt: skip


def _sum_cells() -> pl.Expr:
    import polars as pl

    return pl.col("cells").sum()


def counts(issues: pl.DataFrame, counted: pl.DataFrame, not_run: list[tuple[str, str]], ran: int = 0) -> dict[str, Any]:
    """The issues by rule and severity, the rules that could not be run and why, and how many of the Department's
    were."""
    by_rule = list(counted.iter_rows(named=True))
    severities: dict[str, int] = {}
    for row in by_rule:
        severities[row["severity"]] = severities.get(row["severity"], 0) + row["issues"]
    return {
        "total": issues.height,
        "severities": severities,
        "rules": by_rule,
        "not_run": [{"rule": rule, "why": why} for rule, why in not_run],
        "ran": ran,
    }
