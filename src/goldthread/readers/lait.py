"""Published figures in: the Department's Local Authority Interactive Tool, neighbours, authorities, inspections.

The user loads the Department's own files, as a tidy CSV (packed or not) or Parquet. A symbol in the place of a figure
(`c z x k u`, or a dash) is kept as a symbol and never read as nought; so are the negative numbers that the
Department's dashboard puts in the place of its symbols.
"""

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import polars as pl

from goldthread.domain.benchmarks import Authority
from goldthread.kernel.benchmarks import (
    AUTHORITY,
    DEFINITIONS_SCHEMA,
    NATIONAL,
    NEIGHBOURS_SCHEMA,
    OUTCOMES_SCHEMA,
    REGIONAL,
    SYMBOLS,
    VALUES_SCHEMA,
    Benchmarks,
    Neighbours,
    Outcomes,
)
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.reading import Refused
from goldthread.readers import csv_guard

A_LAIT = "a download of the Local Authority Interactive Tool"
INVENTED = "Every figure in this file is invented: it says so itself."

_COLUMNS: dict[str, tuple[str, ...]] = {
    "measure": ("lait_short", "measure_short", "measure short"),
    "title": ("measure",),
    "topic": ("topic",),
    "better": ("polarity",),
    "year_type": ("year_type", "year type"),
    "period": ("period", "years"),
    "level": ("level", "geographic_level"),
    "place": ("geography", "la and regions"),
    "code": ("old_la_code", "la number"),
    "value": ("value", "values"),
}
_BETTER = {"high": "high", "low": "low"}
_LEVELS = {"national": NATIONAL, "regional": REGIONAL, "local authority": AUTHORITY}
_DASHBOARD = {"-100": "c", "-200": "k", "-250": "u", "-300": "x", "-400": "z"}
_ABSENT = {"", "-", ":", ".", "..", "n/a", "na", "null"}
_MOST_PARQUET = 5_000_000
_YEARS = re.compile(r"(\d{4})(?:\s*[-/–]\s*(\d{4}|\d{2})(?!\d))?")


def read_lait(path: Path | str) -> Benchmarks:
    """The published figures in a file. Raises Refused where it is no such file, OSError where it cannot be opened."""
    return read_lait_bytes(_bytes(path), Path(path).name)


def read_lait_bytes(data: bytes, name: str) -> Benchmarks:
    """The same from bytes. `name` is what the source is called, with the beginning of its hash."""
    found = csv_guard.select(_table(data), _COLUMNS, A_LAIT)
    values = {cell: value_of(cell) for cell in found["value"].unique()}
    years = {cell: year_of(cell) for cell in found["period"].unique()}
    frame = found.with_columns(
        _mapped("better", lambda cell: _BETTER.get(cell, "context"), found),
        _mapped("level", lambda cell: _LEVELS.get(cell, ""), found),
        pl.col("period").replace_strict(years, return_dtype=pl.Int64).alias("year"),
        pl.col("value").replace_strict({cell: held for cell, (_, held) in values.items()}, return_dtype=pl.String)
        .alias("symbol"),
        pl.col("value").replace_strict({cell: held for cell, (held, _) in values.items()}, return_dtype=pl.Float64),
    ).select(*VALUES_SCHEMA)  # fmt: skip
    odd: Counter[str] = Counter()
    odd["figures that were not understood and count as not available"] = int((frame["symbol"] == "?").sum())
    frame = frame.with_columns(pl.col("symbol").replace("?", "x"))
    known = frame.filter(pl.col("level") != "", pl.col("year").is_not_null())
    odd["rows without a level or a year that is known, left out"] = frame.height - known.height
    if known.is_empty():
        raise Refused(f"This is not {A_LAIT}: no row of it has a level and a year.", csv_guard.FETCH, code="rows")
    known, twice = _once(known)
    odd["figures that appear twice, of which the first is used"] = twice
    notes = tuple(f"{count:,} {what}." for what, count in odd.items() if count)
    made = Benchmarks(known, f"{name} (SHA-256 {sha256(data).hexdigest()[:12]})", notes)
    return replace(made, notes=(INVENTED, *notes)) if made.synthetic else made


def _mapped(column: str, say: Callable[[str], str], found: pl.DataFrame) -> pl.Expr:
    words = {cell: say(cell.casefold()) for cell in found[column].unique()}
    return pl.col(column).replace_strict(words, return_dtype=pl.String)


def _once(frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    kept = frame.unique(["measure", "period", "level", "place", "code"], keep="first", maintain_order=True)
    return kept, frame.height - kept.height


def _bytes(path: Path | str) -> bytes:
    path = Path(path)
    if path.stat().st_size > csv_guard.LIMITS.file_bytes:
        raise Refused("This file is too big to be opened safely.", "Send fewer years or fewer measures.", code="file")
    return path.read_bytes()


def _table(data: bytes) -> pl.DataFrame:
    """A CSV or Parquet file as columns of text."""
    if not data.startswith(b"PAR1"):
        return csv_guard.table(data)
    try:
        # The footer says how much there is before any of it is unpacked.
        count = pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect(engine=IN_MEMORY).item()
        if count > _MOST_PARQUET:
            raise Refused("This file has too many rows.", "Send fewer years or measures.", code="rows")
        frame = pl.read_parquet(io.BytesIO(data)).select(pl.all().cast(pl.String).fill_null(""))
    except (pl.exceptions.PolarsError, OSError, ValueError):
        raise Refused(
            "This Parquet file is damaged, so it cannot be read.", "Fetch it again.", code="damaged"
        ) from None
    return csv_guard.tidy(frame.rename(str.casefold))


def value_of(cell: str) -> tuple[float | None, str | None]:
    """A figure, or the symbol in its place; `?` for what is neither."""
    plain = cell.strip().casefold()
    if plain in SYMBOLS:
        return None, plain
    if plain in _ABSENT:
        return None, "x"
    text = plain.replace(",", "").removesuffix("%")
    symbol = _DASHBOARD.get(text.removesuffix(".0"))
    if symbol is not None:
        return None, symbol
    try:
        value = float(text)
    except ValueError:
        return None, "?"
    return (value, None) if abs(value) < float("inf") else (None, "?")


def year_of(period: str) -> int | None:
    """The year in which a period ends: 2025 for “2025”, “2024-25”, “2024-25 (OT)” and “2023-2025”."""
    found = _YEARS.search(period)
    if not found:
        return None
    first, last = found[1], found[2]
    if last is None:
        return int(first)
    return int(last) if len(last) == 4 else int(first[:2] + last) + (100 if int(last) < int(first[2:]) else 0)


def read_neighbours(path: Path | str) -> Neighbours:
    """Statistical neighbours with the version of the model. Raises Refused where it is no such file."""
    return read_neighbours_bytes(_bytes(path), Path(path).name)


def read_neighbours_bytes(data: bytes, name: str) -> Neighbours:
    """The same from bytes. `name` is what the source is called, with the beginning of its hash."""
    found = csv_guard.select(
        _table(data),
        {
            "model": ("model", "model_version"),
            "code": ("old_la_code", "la number"),
            "name": ("la_name", "la"),
            "order": ("sn_rank", "rank"),
            "neighbour": ("sn_old_la_code", "sn la number"),
            "neighbour_name": ("sn_la_name", "sn"),
            "closeness": ("closeness",),
        },
        "a table of statistical neighbours",
    )
    frame = (
        found.with_columns(pl.col("order").cast(pl.Int64, strict=False))
        .filter(pl.col("order").is_not_null(), pl.col("model") != "")
        .select(*NEIGHBOURS_SCHEMA)
    )
    if frame.is_empty():
        raise Refused("This table of statistical neighbours has no rows.", "Fetch it again.", code="rows")
    return Neighbours(frame, f"{name} (SHA-256 {sha256(data).hexdigest()[:12]})")


def read_authorities(path: Path | str) -> tuple[Authority, ...]:
    """A list of authorities with old and new codes, for one newer than the list that ships with the project."""
    found = csv_guard.select(
        _table(_bytes(path)),
        {
            "code": ("old_la_code",),
            "gss": ("new_la_code",),
            "name": ("la_name",),
            "region": ("region_name",),
            "now": ("in_2025", "in_force"),
        },
        "a list of authorities",
    )
    held: dict[str, Authority] = {}
    for code, gss, name, region, now in found.iter_rows():
        earlier = held.get(code)
        codes = (*(earlier.gss if earlier else ()), gss)
        held[code] = Authority(code, codes, name, region, None if now.casefold() in {"true", "1", "yes"} else 0)
    return tuple(held.values())


def read_definitions(path: Path | str) -> pl.DataFrame:
    """The definitions of the published measures, as printed (see `DEFINITIONS_SCHEMA`)."""
    found = csv_guard.select(
        _table(_bytes(path)),
        {
            "measure": ("measure_short",),
            "title": ("measure",),
            "topic": ("topic",),
            "better": ("polarity",),
            "year_type": ("year_type",),
            "description": ("description",),
            "method": ("methodology",),
        },
        "a list of the tool's measures",
    )
    return found.with_columns(_mapped("better", lambda cell: _BETTER.get(cell, "context"), found)).select(
        *DEFINITIONS_SCHEMA
    )


def read_outcomes(path: Path | str) -> Outcomes:
    """Ofsted's published outcomes, one row for each judgement. Raises Refused where it is no such file."""
    return read_outcomes_bytes(_bytes(path), Path(path).name)


def read_outcomes_bytes(data: bytes, name: str) -> Outcomes:
    """The same from bytes. `name` is what the source is called, with the beginning of its hash."""
    table = _table(data)
    fixed = {
        "gss": ("local authority area code",),
        "name": ("local authority name",),
        "inspected_on": ("inspection date",),
        "published_on": ("publication date",),
        "overall": ("overall effectiveness",),
    }
    found = csv_guard.select(table, fixed, "a table of Ofsted's outcomes")
    known = {name for names in fixed.values() for name in names} | {"web link", "ofsted region"}
    parts = []
    for judgement in (heading for heading in table.columns if heading not in known):
        parts.append(
            found.with_columns(pl.lit(judgement.capitalize()).alias("judgement"), table[judgement].alias("grade"))
        )
    if not parts:
        raise Refused("This table of Ofsted's outcomes has no judgements.", csv_guard.FETCH, code="columns")
    days = (pl.col("inspected_on", "published_on").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),)
    frame = pl.concat(parts).with_columns(*days).select(*OUTCOMES_SCHEMA)
    return Outcomes(frame, f"{name} (SHA-256 {sha256(data).hexdigest()[:12]})")
