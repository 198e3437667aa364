"""A table handed in as Parquet, turned into cells of text with its headings above, as though it had been CSV.

A few bytes of Parquet may stand for any number of rows, so its own count of them is looked at first.
"""

import io

import polars as pl

from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.reading import Refused
from goldthread.readers.delimited import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from goldthread.readers.handed import PARQUET, Handed

AS_CSV = "Write the table again as CSV or as Parquet with one plain value in each cell, and send that."


def is_parquet(file: Handed) -> bool:
    """Whether the file is Parquet, by its first bytes."""
    return file.data.startswith(PARQUET)


def headings_of(file: Handed) -> list[str | None]:
    """The names of the columns. Raises Refused where the file is damaged or goes beyond a limit."""
    try:
        names = list(pl.read_parquet_schema(io.BytesIO(file.data)))
    except (pl.exceptions.PolarsError, OSError):
        raise _damaged(file) from None
    if len(names) > MOST_COLUMNS:
        raise Refused(f"The file {file.called} has more than {MOST_COLUMNS:,} columns.", AS_CSV, code="columns")
    return [name.strip() or None for name in names]


def cells_of(file: Handed) -> pl.DataFrame:
    """Every cell as text, the headings as the first row. Raises Refused where the file cannot be used."""
    headings = headings_of(file)
    names = [f"column_{at + 1}" for at in range(len(headings))]
    try:
        count = pl.scan_parquet(io.BytesIO(file.data)).select(pl.len()).collect(engine=IN_MEMORY).item()
        if count > MOST_ROWS or count * len(headings) > MOST_CELLS:
            raise Refused(
                f"The file {file.called} has {count:,} rows, more than can be read safely.",
                "Check that it is the right file and holds one authority; keep only those rows, and send it.",
                code="rows",
            )
        held = pl.read_parquet(io.BytesIO(file.data))
    except (pl.exceptions.PolarsError, OSError):
        raise _damaged(file) from None
    held.columns = names
    for name, heading in zip(names, headings, strict=True):
        if held.schema[name].is_nested() or held.schema[name] in (pl.Binary, pl.Object):
            raise Refused(
                f"The column {(heading or '')[:60]} of the file {file.called} holds more than one value in a cell, or "
                "no text.",
                AS_CSV,
                code="nested",
            )
    above = pl.DataFrame([headings], schema=dict.fromkeys(names, pl.String), orient="row")
    return pl.concat([above, held.select(pl.all().cast(pl.String))])


def _damaged(file: Handed) -> Refused:
    return Refused(f"The Parquet file {file.called} is damaged or cut short.", AS_CSV, code="parquet")
