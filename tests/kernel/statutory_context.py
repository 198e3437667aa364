"""The world of a spec of the Department's rules: its drawn tables as the kernel has them."""

from collections.abc import Mapping
from datetime import date

import polars as pl
from tests.kernel.statutory_specs import StatutorySpec
from tests.tables import table

from goldthread.kernel import postcodes, providers
from goldthread.kernel.context import Context


def context_of(spec: StatutorySpec) -> Context:
    """The context that a spec draws."""
    return Context(
        date(spec.year, 3, 31),
        {name: table(name, text).lazy() for name, text in spec.tables.items()},
        year=spec.year,
        last=None if spec.last is None else {name: table(name, text).lazy() for name, text in spec.last.items()},
        providers=None if spec.providers is None else drawn(spec.providers, providers.SCHEMA).lazy(),
        postcodes=None if spec.postcodes is None else drawn(spec.postcodes, pl.Schema(postcodes.SCHEMA)).lazy(),
        authority=spec.authority,
        unread=_cells(spec.unread),
        unread_last=_cells(spec.unread_last),
    )


def _cells(unread: Mapping[str, list[int]]) -> pl.DataFrame:
    cells = [(*of.split("."), row) for of, rows in unread.items() for row in rows]
    return pl.DataFrame(cells, schema={"table": pl.String, "column": pl.String, "row": pl.Int64}, orient="row")


def drawn(text: str, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """A frame with these columns from drawn text; what is not drawn is null."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    made = pl.DataFrame(
        [{name: row.get(name) or None for name in schema} for row in rows], dict.fromkeys(schema, pl.String)
    )
    return made.select(_typed(name, dtype) for name, dtype in schema.items())


def _typed(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if dtype == pl.List(pl.String):
        return column.str.split(",")
    if dtype == pl.Date:
        return column.str.to_date("%Y-%m-%d")
    return column == "yes" if dtype == pl.Boolean else column.cast(dtype)
