"""The engine that makes the record of a form's tables, by its mapping: lazy in, lazy out."""

from collections.abc import Collection, Mapping

import polars as pl

from goldthread.kernel.record.mapping import Fill, FormMapping
from goldthread.kernel.record.tables import RECORD
from goldthread.kernel.table import Table

SOURCE = {"source": pl.String, "row": pl.Int64}
"""Where each row of the record comes from: the table of the form, and the row in it as people count them."""


def schema_of(table: Table) -> dict[str, type[pl.DataType]]:
    """The columns of a table of the record: where the row comes from, then the table's own."""
    return {**SOURCE, **{column.name: column.dtype for column in table.columns}}


def make_record(mapping: FormMapping, tables: Mapping[str, pl.LazyFrame]) -> dict[str, pl.LazyFrame]:
    """Every table of the record, of the form's tables that there are; those of which nothing is known have no rows.

    A row that several source rows tell of names the first of them.
    """
    made: dict[str, list[pl.LazyFrame]] = {name: [] for name in RECORD}
    for fill in mapping.fills:
        if fill.source in tables:
            made[fill.into].append(_filled(fill, tables))
    record = {}
    for name, frames in made.items():
        table = RECORD[name]
        if not frames:
            record[name] = pl.LazyFrame(schema=schema_of(table))
            continue
        frame = pl.concat(frames)
        told = {column for fill in mapping.fills if fill.into == name for column in fill.takes}
        record[name] = _merged(frame, table, told) if name in mapping.merged else frame
    return record


def _filled(fill: Fill, tables: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    frame = tables[fill.source]
    if fill.prepare is not None:
        frame = fill.prepare(frame, tables)
    if fill.only is not None:
        frame = frame.filter(fill.only)
    columns = [pl.lit(fill.source).alias("source"), pl.col("row").cast(pl.Int64)]
    for column in RECORD[fill.into].columns:
        take = fill.takes.get(column.name)
        value = pl.lit(None) if take is None else take.expression
        columns.append(value.cast(column.dtype).alias(column.name))
    return frame.select(columns)


def _merged(frame: pl.LazyFrame, table: Table, told: Collection[str]) -> pl.LazyFrame:
    """One row for each key, and none for a blank one: of each column the first value that is not blank.

    Only what some list tells is looked for; the other columns are blank, and need no looking.
    """
    (name,) = table.key
    schema = schema_of(table)
    first = frame.filter(pl.col(name).is_not_null()).group_by(name, maintain_order=True)
    made = first.agg(pl.col(column).first(ignore_nulls=True) for column in (*SOURCE, *sorted(told)) if column != name)
    return made.select(
        pl.col(column) if column == name or column in told or column in SOURCE else pl.lit(None, dtype).alias(column)
        for column, dtype in schema.items()
    )
