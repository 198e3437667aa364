"""A table as text, as a person would draw it, made into a canonical frame."""

from datetime import date

import polars as pl

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.table import Kind
from goldthread.kernel.tables import TABLES
from goldthread.kernel.views.tables import VIEW_TABLES

DRAWN = {**TABLES_OF_ALL_FORMS, **VIEW_TABLES}


def table(name: str, text: str) -> pl.DataFrame:
    """The frame of a table of any form, or of a view, as drawn; columns not drawn are null, rows are numbered from 1.

    A line of dashes under the headings is passed over, and so is a line with nothing in it; a blank cell is null.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    lines = [line for line in lines if set(line) - set("-+| ")] or lines[:1]
    headings = [heading.strip() for heading in lines[0].split("|")]
    schema = DRAWN[name].schema()
    for heading in headings:
        if heading not in schema:
            raise KeyError(f"{name} has no column {heading}")
    rows = []
    for number, line in enumerate(lines[1:], 1):
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != len(headings):
            raise ValueError(f"line {number} has {len(cells)} cells, not {len(headings)}")
        drawn = {heading: _value(schema[heading], cell) for heading, cell in zip(headings, cells, strict=True)}
        rows.append({column: drawn.get(column) for column in schema} | {"row": drawn.get("row", number)})
    return pl.DataFrame(rows, schema=schema)


def _value(dtype: type[pl.DataType], cell: str) -> str | int | float | date | None:
    if cell == "":
        return None
    if dtype is pl.Date:
        return date.fromisoformat(cell)
    if dtype is pl.Float64:
        return float(cell)
    return int(cell) if dtype is pl.Int64 else cell


def filled(name: str, **cells: object) -> dict[str, object]:
    """One row of a list with every cell that must be filled holding something plausible, and the cells given."""
    row: dict[str, object] = {}
    for column in TABLES[name].columns:
        if not column.must_fill:
            row[column.name] = None
        elif column.codes is not None and column.kind is Kind.CODE:
            row[column.name] = column.codes.values()[0]
        else:
            row[column.name] = {Kind.DATE: date(2025, 1, 6), Kind.COUNT: 1}.get(column.kind, "Something")
    return row | cells
