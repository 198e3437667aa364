"""What measures and rules look things up in, kept in the data folder of this machine: postcodes, the user's
localities, and Ofsted's lists of providers."""

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import polars as pl

from goldthread.kernel import localities as naming
from goldthread.kernel.postcodes import SCHEMA
from goldthread.kernel.providers import SCHEMA as PROVIDERS_SCHEMA

POSTCODES = Path("reference") / "postcodes.parquet"
"""Where the directory of postcodes lies in the data folder."""
LOCALITIES = Path("reference") / "localities.parquet"
"""Where the names that the user gave to districts and wards lie in the data folder."""
PROVIDERS = Path("reference") / "providers.parquet"
"""Where the lists of providers lie in the data folder, as one."""
_SINCE = ("district", "ward")
"""Columns that a directory loaded by an earlier version lacks; whatever else it tells is still true."""


class Damaged(Exception):
    """The directory is there and is not what was loaded. The message is its path."""


def directory(folder: Path) -> pl.LazyFrame | None:
    """The directory that was loaded into a data folder; None where none was. Raises Damaged."""
    return _held(folder / POSTCODES, SCHEMA, _SINCE)


def index_of(path: Path, read: Callable[[Path], pl.DataFrame], cache: Path) -> pl.LazyFrame:
    """The directory in a large file of the user's: parsed the first time, and from an index in the cache afterwards.

    The index is known by the file's place, size and time, so that another file is another index. What `read` raises
    goes on; an index that cannot be kept or is damaged costs only time.
    """
    seen = path.stat()
    named = f"{path.resolve()}\n{seen.st_size}\n{seen.st_mtime_ns}"
    kept = cache / f"postcodes-{hashlib.sha256(named.encode()).hexdigest()[:20]}.parquet"
    with suppress(Damaged):
        held = _held(kept, SCHEMA, _SINCE)
        if held is not None:
            return held
    made = read(path)
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_name(f".{kept.name}.{os.getpid()}")
        made.write_parquet(unfinished, compression="zstd")
        unfinished.replace(kept)
    return made.lazy()


def localities(folder: Path) -> pl.LazyFrame | None:
    """The localities that were loaded into a data folder; None where none were. Raises Damaged."""
    return _held(folder / LOCALITIES, naming.SCHEMA)


def providers(folder: Path) -> pl.LazyFrame | None:
    """The providers that were loaded into a data folder; None where none were. Raises Damaged."""
    return _held(folder / PROVIDERS, PROVIDERS_SCHEMA)


def _held(
    path: Path, schema: Mapping[str, type[pl.DataType] | pl.DataType], since: tuple[str, ...] = ()
) -> pl.LazyFrame | None:  # fmt: skip
    if not path.is_file():
        return None
    try:
        held = pl.scan_parquet(path)
        names = held.collect_schema().names()
        added = [pl.lit(None, schema[name]).alias(name) for name in since if name not in names]
        held = held.with_columns(added).select(list(schema))
        wanted = {name: dtype if isinstance(dtype, pl.DataType) else dtype() for name, dtype in schema.items()}
        whole = dict(held.collect_schema()) == wanted
    except (pl.exceptions.PolarsError, OSError):
        whole = False
    if not whole:
        raise Damaged(str(path))
    return held
