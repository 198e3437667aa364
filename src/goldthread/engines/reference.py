"""What measures look things up in, kept in the data folder of this machine: the directory of postcodes."""

from pathlib import Path

import polars as pl

from goldthread.kernel.postcodes import SCHEMA

POSTCODES = Path("reference") / "postcodes.parquet"
"""Where the directory of postcodes lies in the data folder."""


class Damaged(Exception):
    """The directory is there and is not what was loaded. The message is its path."""


def directory(folder: Path) -> pl.LazyFrame | None:
    """The directory that was loaded into a data folder; None where none was. Raises Damaged."""
    path = folder / POSTCODES
    if not path.is_file():
        return None
    try:
        held = pl.scan_parquet(path)
        whole = dict(held.collect_schema()) == {name: dtype() for name, dtype in SCHEMA.items()}
    except (pl.exceptions.PolarsError, OSError):
        whole = False
    if not whole:
        raise Damaged(str(path))
    return held
