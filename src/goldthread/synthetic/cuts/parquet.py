"""A table of the dataset as Parquet, with dates and numbers of their kinds."""

from pathlib import Path

import polars as pl

from goldthread.synthetic.cuts.ssd_columns import DATES, FRACTIONS, NUMBERS


def as_parquet(path: Path) -> Path:
    """Turn a CSV file into a Parquet file beside it, and take the CSV file away."""
    frame = pl.read_csv(path, infer_schema=False)
    numbers = {**dict.fromkeys(NUMBERS, pl.Int64), **dict.fromkeys(FRACTIONS, pl.Float64)}
    typed = frame.with_columns(
        *(pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name in frame.columns if name in DATES),
        *(pl.col(name).cast(numbers[name], strict=False) for name in frame.columns if name in numbers),
    )
    made = path.with_suffix(".parquet")
    typed.write_parquet(made)
    path.unlink()
    return made
