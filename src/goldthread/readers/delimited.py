"""A table written as text with separators, read as cells of text: commas, semicolons or tabs, and nothing cleverer.

Polars reads a sound file in one go. Where a row has more cells than the first, the file is read again as wide as its
widest row; where quotation marks are not in pairs, the standard library reads it row by row and says where it stopped.
"""

import csv
import io
from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from goldthread.kernel.reading import Refused
from goldthread.readers.decoding import SAVE_AS_CSV

SEPARATORS = b",;\t"
FIRST_LINES = 16
NOT_PARTED: Mapping[int, pl.Categorical] = MappingProxyType({})
MOST_COLUMNS = 1_000
MOST_ROWS = 2_000_000
MOST_CELLS = 30_000_000


def separator_of(head: bytes) -> str:
    """Which of the separators a table uses: the one that stands most often in one of its first lines.

    The headings may have titles above them, and a title has hardly a comma, so more lines than the first are asked.
    """
    lines = head.split(b"\n", FIRST_LINES)[:FIRST_LINES]
    most = {mark: max(line.count(mark) for line in lines) for mark in SEPARATORS}
    best = max(SEPARATORS, key=lambda mark: most[mark])
    return chr(best) if most[best] else ","


def _check_size(data: bytes, separator: str) -> None:
    rows = data.count(b"\n") + 1
    if rows > MOST_ROWS:
        raise Refused(
            f"This file has more than {MOST_ROWS:,} rows, far more than any authority's return.",
            "Check that it is the right file and holds one authority and one year; keep only those rows, and send it.",
            code="rows",
        )
    if data[: 1 << 20].split(b"\n", 1)[0].count(separator.encode()) >= MOST_COLUMNS:
        raise _too_wide()


def _too_wide() -> Refused:
    return Refused(f"This file has more than {MOST_COLUMNS:,} columns.", SAVE_AS_CSV, code="columns")


def _too_many_cells() -> Refused:
    return Refused(
        "This file has more cells than can be read safely.",
        "Keep only the columns and the year of the return, save it, and send that file.",
        code="cells",
    )


def _as_text(data: bytes, separator: str, parted: Mapping[int, pl.Categorical] = NOT_PARTED) -> pl.DataFrame:
    types = {f"column_{at}": dtype for at, dtype in parted.items()}
    return pl.read_csv(
        data, has_header=False, infer_schema=False, separator=separator, quote_char='"', schema_overrides=types
    )


def _widest(data: bytes, separator: str) -> int:
    lines = pl.Series([data.decode()]).str.split("\n").explode(empty_as_null=True)
    counts = lines.str.count_matches(separator, literal=True)
    widest = counts.max()
    return (int(widest) if isinstance(widest, int) else 0) + 1


def _row_by_row(data: bytes, separator: str) -> pl.DataFrame:
    """The cells by the standard library, for files whose quotation marks are not as they should be."""
    text = data.decode()
    for strict in (True, False):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
        try:
            rows = list(reader)
        except csv.Error as error:
            if "end of data" in str(error) or not strict:
                raise Refused(
                    "A quotation mark in this file is opened and never closed, so that its rows run together.",
                    SAVE_AS_CSV,
                    code="quotes",
                ) from None
            continue
        width = max((len(row) for row in rows), default=0)
        if width > MOST_COLUMNS:
            raise _too_wide()
        if width * len(rows) > MOST_CELLS:
            raise _too_many_cells()
        names = [f"column_{at + 1}" for at in range(width)]
        filled = [[*row, *([None] * (width - len(row)))] for row in rows]
        return pl.DataFrame(filled, schema=dict.fromkeys(names, pl.String), orient="row")
    raise AssertionError("the second way never raises what it does not handle")


def read_cells(data: bytes, parted: Mapping[int, pl.Categorical] = NOT_PARTED) -> pl.DataFrame:
    """Every cell of the file as text, a row for each row of the file, blank ones too. Raises Refused by the limits.

    The bytes are UTF-8 with plain line ends (see `decoding`). Empty cells are null. Columns at the places of `parted`
    come as these types, by their different values (`repeated`), where the file can be read in one go.
    """
    above = 0
    # Of a file that is as it should be no copy is made.
    if data.startswith(b"\n") or not data.endswith(b"\n") or data.endswith(b"\n\n"):
        above = len(data) - len(data.lstrip(b"\n"))
        data = data.strip(b"\n") + b"\n"
    separator = separator_of(data[: 1 << 20])
    _check_size(data, separator)
    try:
        cells = _as_text(data, separator, parted)
    except pl.exceptions.PolarsError:
        cells = _read_wide(data, separator)
    if cells.width > MOST_COLUMNS:
        raise _too_wide()
    if cells.width * cells.height > MOST_CELLS:
        raise _too_many_cells()
    if above:
        blank = pl.DataFrame(schema=cells.schema).clear(above)
        cells = pl.concat([blank, cells])
    return cells


def _read_wide(data: bytes, separator: str) -> pl.DataFrame:
    width = _widest(data, separator)
    if width > MOST_COLUMNS:
        if data.count(b'"') == 0:
            raise _too_wide()
        return _row_by_row(data, separator)
    first = separator.encode() * (width - 1) + b"\n"
    try:
        return _as_text(first + data, separator).slice(1)
    except pl.exceptions.PolarsError:
        return _row_by_row(data, separator)
