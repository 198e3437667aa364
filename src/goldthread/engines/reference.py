"""What measures look things up in, kept in the data folder of this machine: postcodes, and the user's localities."""

from pathlib import Path

import polars as pl

from goldthread.kernel import localities as naming
from goldthread.kernel.postcodes import SCHEMA

POSTCODES = Path("reference") / "postcodes.parquet"
"""Where the directory of postcodes lies in the data folder."""
LOCALITIES = Path("reference") / "localities.parquet"
"""Where the names that the user gave to districts and wards lie in the data folder."""
_SINCE = ("district", "ward")
"""Columns that a directory loaded by an earlier version lacks; whatever else it tells is still true."""


class Damaged(Exception):
    """The directory is there and is not what was loaded. The message is its path."""


def directory(folder: Path) -> pl.LazyFrame | None:
    """The directory that was loaded into a data folder; None where none was. Raises Damaged."""
    return _held(folder / POSTCODES, SCHEMA, _SINCE)


def localities(folder: Path) -> pl.LazyFrame | None:
    """The localities that were loaded into a data folder; None where none were. Raises Damaged."""
    return _held(folder / LOCALITIES, naming.SCHEMA)


def _held(path: Path, schema: dict[str, type[pl.DataType]], since: tuple[str, ...] = ()) -> pl.LazyFrame | None:
    if not path.is_file():
        return None
    try:
        held = pl.scan_parquet(path)
        names = held.collect_schema().names()
        added = [pl.lit(None, schema[name]).alias(name) for name in since if name not in names]
        held = held.with_columns(added).select(list(schema))
        whole = dict(held.collect_schema()) == {name: dtype() for name, dtype in schema.items()}
    except (pl.exceptions.PolarsError, OSError):
        whole = False
    if not whole:
        raise Damaged(str(path))
    return held
