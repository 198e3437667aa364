"""CSV from outside: read whole within limits, or refused with a way to mend it.

A text file can be as hostile as a workbook: one endless line, a thousand thousand columns, a few bytes that inflate
to many. So the size, every line and every row are counted before a value is looked at.
"""

import csv
import io
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from goldthread.kernel.reading import Refused

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class TextLimits:
    """How big a text file may be, packed and unpacked, its lines, its rows and columns."""

    file_bytes: int = 100 * MEGABYTE
    inflated_bytes: int = 250 * MEGABYTE
    ratio: int = 250
    line_bytes: int = 1 * MEGABYTE
    columns: int = 1_000
    rows: int = 3_000_000


LIMITS = TextLimits()
_SAVE = "Save it afresh as “CSV UTF-8” and try again."


def inflate(data: bytes, limits: TextLimits = LIMITS) -> bytes:
    """The bytes inside a gzip file, or the bytes themselves if it is none. Raises Refused for a bomb or damage."""
    if len(data) > limits.file_bytes:
        raise Refused("This file is too big to be opened safely.", "Send fewer years or fewer measures.", code="file")
    if not data.startswith(b"\x1f\x8b"):
        return data
    inflater = zlib.decompressobj(31)
    most = min(limits.inflated_bytes, max(MEGABYTE, limits.ratio * len(data)))
    try:
        whole = inflater.decompress(data, most + 1)
    except zlib.error:
        raise Refused("This file is damaged, so it cannot be read.", "Fetch it again.", code="damaged") from None
    if len(whole) > most:
        raise Refused("This file is too big to be opened safely.", "Unpack it, and check what it holds.", code="ratio")
    if not inflater.eof or inflater.unused_data.strip(b"\x00"):
        raise Refused("This file is damaged or was cut short.", "Fetch it again.", code="damaged")
    return whole


def decode(data: bytes, limits: TextLimits = LIMITS) -> str:
    """The text of a file: UTF-8 with or without its mark, or Windows' own. Raises Refused for what is no text."""
    if b"\x00" in data:
        raise Refused("This is not a text file.", _SAVE, code="nul")
    if not data.strip():
        raise Refused("This file is empty.", "Check that it was saved, and try again.", code="empty")
    longest = max(map(len, data.split(b"\n")))
    if longest > limits.line_bytes:
        raise Refused("This file has a line of more than a million characters.", _SAVE, code="line")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def table(data: bytes, limits: TextLimits = LIMITS) -> pl.DataFrame:
    """A CSV file, packed or not, as columns of text with the spaces around it taken off; blank rows are left out.

    Columns are named by their headings in small letters; of two alike the first is kept. The delimiter is the comma,
    semicolon or tab that the first line holds most of. Raises Refused for anything that is no table.
    """
    text = decode(inflate(data, limits), limits)
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    kept: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(row) > limits.columns:
                raise Refused("This file has more than 1,000 columns.", _SAVE, code="columns")
            kept.append(row)
            if len(kept) > limits.rows:
                raise Refused("This file has too many rows.", "Send fewer years or measures.", code="rows")
    except csv.Error:
        raise Refused("This file is not a sound CSV: its quotation marks do not match.", _SAVE, code="csv") from None
    return _frame(kept)


def _frame(rows: list[list[str]]) -> pl.DataFrame:
    headings, *body = rows
    width = len(headings)
    whole = [row if len(row) == width else (row + [""] * width)[:width] for row in body]
    columns: dict[str, list[str] | tuple[str, ...]] = {}
    for heading, cells in zip(headings, zip(*whole, strict=True) if whole else [()] * width, strict=True):
        columns.setdefault(heading.strip().casefold(), cells)
    return tidy(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))


def tidy(frame: pl.DataFrame) -> pl.DataFrame:
    """The same without the spaces around values, and without blank rows."""
    return frame.with_columns(pl.all().str.strip_chars()).filter(pl.any_horizontal(pl.all() != ""))


def select(frame: pl.DataFrame, wanted: Mapping[str, Iterable[str]], what: str) -> pl.DataFrame:
    """The wanted columns under our names, each found under any of its headings.

    Raises Refused, naming what is lacking, where a column is not there.
    """
    places = {}
    for name, spellings in wanted.items():
        place = next((heading for heading in spellings if heading in frame.columns), None)
        if place is None:
            raise Refused(f"This is not {what}: it has no column “{next(iter(spellings))}”.", FETCH, code="columns")
        places[name] = pl.col(place).alias(name)
    return frame.select(*places.values())


FETCH = "Check that it is the right file, and that its headings are in the first row."
