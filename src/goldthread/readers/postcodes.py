"""The ONS Postcode Directory, as the user downloads it: one large CSV, plain, compressed with gzip, or in a zip."""

import gzip
import io
import re
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

import polars as pl

from goldthread.kernel.postcodes import SCHEMA, directory_of
from goldthread.kernel.refusal import Refused

NEEDED = ("pcds", "oslaua", "oseast1m", "osnrth1m")
WANTED = (*NEEDED, "doterm", "oscty", "osward")
MOST_BYTES = 3_000_000_000
"""What a directory may unpack to: the whole of the United Kingdom is about 1.3 thousand million bytes."""

_MEND = (
    "Download the ONS Postcode Directory from the Open Geography Portal, and name its CSV, the CSV compressed with "
    "gzip, or the zip as it comes."
)
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"


def read_directory(path: Path) -> pl.DataFrame:
    """The directory in a file. Raises Refused, in a plain sentence, where it is something else, and OSError."""
    with path.open("rb") as file:
        first = file.read(4)
    if first == _ZIP:
        data = _from_zip(path)
    elif first[:2] == _GZIP:
        data = _from_gzip(path)
    else:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large()
        data = path.read_bytes()
    return _parsed(data)


def _from_gzip(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return _all_of(cast("BinaryIO", file))
    except (EOFError, gzip.BadGzipFile) as error:
        raise Refused("This compressed file is damaged or cut short.", "Download it again.", code="damaged") from error


def _from_zip(path: Path) -> bytes:
    """The one table in the zip whose headings are a directory's; the download holds documents and lookups besides."""
    try:
        with zipfile.ZipFile(path) as archive:
            tables = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")]
            for entry in sorted(tables, key=lambda each: each.file_size, reverse=True):
                if entry.file_size > MOST_BYTES:
                    raise _too_large()
                with archive.open(entry) as file:
                    headings = _headings(file.readline(100_000))
                if set(NEEDED) <= set(headings):
                    with archive.open(entry) as file:
                        return _all_of(cast("BinaryIO", file))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused("This zip is damaged, locked or cut short.", "Download it again.", code="damaged") from error
    raise Refused("This zip holds no table of postcodes.", _MEND, code="no_directory")


def _all_of(file: BinaryIO) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _too_large()
    return data


def _too_large() -> Refused:
    return Refused("This file unpacks to more than a directory of postcodes should.", _MEND, code="size")


_NEWER = (
    (re.compile(r"lad\d\dcd"), "oslaua"),
    (re.compile(r"cty\d\dcd"), "oscty"),
    (re.compile(r"wd\d\dcd"), "osward"),
    (re.compile(r"east1m"), "oseast1m"),
    (re.compile(r"north1m"), "osnrth1m"),
)
"""How editions of later years name the same columns: by the year of the boundaries."""


def _headings(line: bytes) -> list[str]:
    text = line.decode("utf-8-sig", "replace")
    return [_one_name(name.strip().strip('"').lower()) for name in text.strip().split(",")]


def _one_name(heading: str) -> str:
    return next((name for pattern, name in _NEWER if pattern.fullmatch(heading)), heading)


def _parsed(data: bytes) -> pl.DataFrame:
    headings = _headings(data[: data.find(b"\n") + 1 or 100_000][:100_000])
    lacking = [name for name in NEEDED if name not in headings]
    if lacking:
        raise Refused(
            f"This is no directory of postcodes in the ONS layout: it lacks {', '.join(lacking)}.",
            _MEND,
            code="no_directory",
        )
    places = sorted(headings.index(name) for name in WANTED if name in headings)
    try:
        rows = pl.read_csv(
            io.BytesIO(data), has_header=False, skip_rows=1, columns=places, infer_schema=False, encoding="utf8-lossy"
        )
    except pl.exceptions.NoDataError as error:
        raise Refused("This file holds headings and no postcodes.", _MEND, code="no_directory") from error
    except pl.exceptions.PolarsError as error:
        raise Refused("The rows of this table could not be read.", _MEND, code="damaged") from error
    named = rows.rename(dict(zip(rows.columns, [headings[place] for place in places], strict=True)))
    directory = directory_of(named.lazy()).collect()
    if directory["east"].null_count() == directory.height:
        raise Refused("No postcode of this file has a grid reference.", _MEND, code="no_directory")
    if dict(directory.schema) != {name: dtype() for name, dtype in SCHEMA.items()}:
        raise ValueError("the directory has other columns than it should")
    return directory
