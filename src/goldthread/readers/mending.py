"""The files of a return with mends made in them: what each mend changes, and the files as they read afterwards.

CSV files that are known by their headings are mended, and in them only the columns of the return: what stands above
the headings, under headings of no column, or in files of no table stays as it is. XML is mended in `mending_xml`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import polars as pl

from goldthread.kernel.mends import CHANGES_SCHEMA, FORMS, NAMELESS, OddStructure, Suggested, no_changes
from goldthread.kernel.reading import Refused
from goldthread.kernel.table import Table
from goldthread.readers.columnar import is_parquet
from goldthread.readers.decoding import decode, plain_lines
from goldthread.readers.delimited import read_cells, separator_of
from goldthread.readers.handed import Handed, unpack
from goldthread.readers.mending_xml import mend_document
from goldthread.readers.mends import BY_CELL, Beside
from goldthread.readers.return_files import recognise_file
from goldthread.readers.return_headings import FileHeadings, recognise
from goldthread.readers.returns import shape_of
from goldthread.readers.xml_places import places
from goldthread.readers.xml_structure import odd_structure

_CHILD = ("child", "la_child_id")
_ORDER = "number"


def mend_files(
    files: Sequence[Handed], form: str, year: int | None, codes: Sequence[str], most: int, *, copy: bool = False
) -> Suggested:
    """What these mends change in the files, and with `copy` every file as it reads then.

    Raises Refused where there is neither a CSV file of the return among them nor its XML.
    """
    whole: dict[str, bytes] = {}
    changes: list[pl.DataFrame] = []
    known = 0
    structure: tuple[OddStructure, ...] = ()
    for file in _apart(unpack(tuple(files), most)):
        whole[file.name] = file.data
        suits, made = _mend_one(file, Beside(form, year), codes)
        known += suits
        if made is not None:
            whole[file.name], told = made
            changes.append(told)
        shape = shape_of(file)
        if shape is not None and shape.form == form:
            now = whole[file.name] if copy else file.data
            structure += odd_structure(places(decode(now).data, shape), shape)
    if not known:
        raise Refused(
            "There is neither a CSV file of this return here nor its XML.",
            "Hand in the folder of CSV files of the return, or the XML document.",
            code="no-return",
        )
    return Suggested(form, pl.concat([no_changes(), *changes]), whole if copy else {}, structure)


def answer(
    files: Sequence[Handed], form: str | None, year: int | None, codes: Sequence[str], most: int, *, copy: bool
) -> bytes:
    """What the sandbox's child says of the files: `mend_files` as bytes."""
    from goldthread.kernel.mends import to_bytes

    if form not in FORMS:
        raise Refused("Only SSDA903 and the CIN census can be mended.", "Say which of them it is.", code="form")
    return to_bytes(mend_files(files, form, year, codes, most, copy=copy))


def _apart(files: Sequence[Handed]) -> list[Handed]:
    """The files under names without folders, each name once."""
    taken: set[str] = set()
    apart = []
    for file in files:
        name = PurePosixPath(file.name.replace("\\", "/")).name or NAMELESS
        place = 1
        while name.casefold() in taken:
            place += 1
            name = f"{place}-{PurePosixPath(file.name).name}"
        taken.add(name.casefold())
        apart.append(Handed(name, file.data))
    return apart


@dataclass(frozen=True, slots=True)
class _Place:
    """Where changes are: the file, its table, and the rows of its cells as people count them."""

    file: str
    table: Table
    rows: pl.Series

    def changed(self, code: str, heading: str, written: pl.Series, becomes: pl.Series, at: pl.Series) -> pl.DataFrame:
        """The changes of one column by one mend, at these rows."""
        return pl.DataFrame(
            {"row": self.rows.filter(at), "written": written.filter(at), "becomes": becomes.filter(at)}
        ).select(
            pl.lit(code).alias("mend"), pl.lit(self.file).alias("file"), pl.lit(self.table.name).alias("table"),
            "row", pl.lit(heading).alias("heading"), "written", "becomes",
        ).cast(CHANGES_SCHEMA)  # type: ignore[arg-type]  # fmt: skip


def _mend_one(file: Handed, beside: Beside, codes: Sequence[str]) -> tuple[bool, tuple[bytes, pl.DataFrame] | None]:
    """Whether the file is one of the return's, and what mends make of it: None where they change nothing."""
    if is_parquet(file):
        return False, None
    shape = shape_of(file)
    if shape is not None:
        return shape.form == beside.form, (
            mend_document(file, shape, beside, codes) if shape.form == beside.form else None
        )
    headings = recognise_file(file)
    if headings is None or headings.table.form != beside.form:
        return False, None
    return True, _mend(file, headings.table, beside, codes)


def _mend(file: Handed, table: Table, beside: Beside, codes: Sequence[str]) -> tuple[bytes, pl.DataFrame] | None:
    """The file as it reads afterwards and what was changed in it; None where nothing is."""
    text = plain_lines(decode(file.data).data)
    cells = read_cells(text)
    top = [tuple((cell and cell.strip()) or None for cell in row) for row in cells.head(16).rows()]
    headings = recognise(top, name=file.name)
    if headings is None:
        return None
    below = cells.slice(headings.row + 1)
    first = headings.row + 2
    place = _Place(file.name, table, pl.int_range(first, first + below.height, eager=True, dtype=pl.Int64))
    mended, changes = _in_cells(below, headings, place, beside, codes)
    if "same-rows" in codes and any(name in headings.columns for name in _CHILD):
        mended, left_out = _once(mended, place)
        changes.append(left_out)
    told = pl.concat([no_changes(), *changes])
    if told.is_empty():
        return None
    whole = pl.concat([cells.head(headings.row + 1), mended])
    line_end = "\r\n" if b"\r\n" in file.data[:100_000] else "\n"
    separator = separator_of(text.strip(b"\n")[: 1 << 20])
    return whole.write_csv(include_header=False, separator=separator, line_terminator=line_end).encode(), told


def _in_cells(
    below: pl.DataFrame, headings: FileHeadings, place: _Place, beside: Beside, codes: Sequence[str]
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """The rows with the mends of cells made, column by column, and the changes."""
    changes = []
    first = below.columns[headings.columns[next(iter(headings.columns))]]
    repeated = below[first].str.strip_chars() == headings.written[next(iter(headings.columns))]
    kept = repeated.fill_null(value=False)
    for name, at in headings.columns.items():
        called = below.columns[at]
        column = place.table.column(name)
        for code in codes:
            if code not in BY_CELL:
                continue
            written = below[called]
            becomes = written.zip_with(kept, BY_CELL[code](written, column, beside))
            differs = written.ne_missing(becomes)
            if differs.any():
                changes.append(place.changed(code, headings.written[name], written, becomes, differs))
                below = below.with_columns(becomes.alias(called))
    return below, changes


def _once(rows: pl.DataFrame, place: _Place) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows without those that say again what an earlier one says; blank rows are no repeats."""
    nothing = rows.select(pl.all_horizontal(pl.all().is_null())).to_series()
    again = ~rows.select(pl.struct(pl.all()).is_first_distinct()).to_series() & ~nothing
    none = pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
    return rows.filter(~again), place.changed("same-rows", "", none, none, again)
