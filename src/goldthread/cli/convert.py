"""`goldthread convert`: a return or the Annex A lists read into plain tables, a file each, and what was found told."""

import argparse
import io
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import output
from goldthread.cli.output import Table
from goldthread.cli.refusal import OK, Refused
from goldthread.cli.submission import read_corrections

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.reading import Reading
    from goldthread.kernel.table import Table as FormTable

FORMATS = ("parquet", "csv")
NOTE_COLUMNS = ("sheet", "kind", "heading", "row", "cells", "says")
DAY_FIRST = "%d/%m/%Y"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread convert`."""
    parser.add_argument(
        "input",
        type=Path,
        metavar="INPUT",
        help="a workbook, a return's XML, or a folder or zip of CSV or Parquet files",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the tables go")
    parser.add_argument("--format", choices=FORMATS, default="parquet", help="how to write the tables")
    parser.add_argument(
        "--as", choices=("annex_a", "ssda903", "cin", "ssd", "practice"), dest="form", help="refuse anything else"
    )
    parser.add_argument(
        "--year", type=int, metavar="YEAR", help="the collection year, named by its March: 2026 for 2025-26"
    )
    parser.add_argument(
        "--most-mb", type=int, default=100, metavar="N", help="refuse files of more than N million bytes (100)"
    )
    parser.add_argument(
        "--corrections", type=Path, metavar="CSV", help="a CSV file with the columns field, value and code, asked first"
    )
    parser.add_argument("--force", action="store_true", help="write over tables that stand in the folder already")
    parser.epilog = (
        "Writes each table that was handed in, unread.csv (cells that were not understood) and notes.csv (what was "
        "interpreted or left out). csv tables have the return's own headings; parquet tables have the names of "
        "Goldthread and the row of each record in its file. Exit code: 0 converted, 2 the input cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Read the input and write its tables. Raises Refused when it cannot be used, or the folder not be written to."""
    from goldthread.engines.sandbox import Asked, limits_for, read_safely
    from goldthread.kernel.refusal import Refused as ReadingRefused
    from goldthread.readers.naming import check_name

    path: Path = args.input
    corrections = read_corrections(args.corrections)
    try:
        check_name(path.name, path)
        reading = read_safely(
            path,
            limits=limits_for(args.most_mb * 1_000_000),
            asked=Asked(form=args.form, year=args.year),
            corrections=corrections,
        )
    except ReadingRefused as refusal:
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}") from refusal
    except OSError as error:
        raise Refused(f"{path} cannot be opened: {error.strerror or error}.") from error
    _refuse_overwriting(args, reading)
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        _write_tables(reading, args.out, args.format)
        _write_csv(_safe(reading.unread), args.out / "unread.csv")
        _write_csv(_safe(reading.notes), args.out / "notes.csv")
    except OSError as error:
        raise Refused(f"{args.out} cannot be written to: {error.strerror or error}.") from error
    output.print_tables(_told(path, reading))
    return OK


def _refuse_overwriting(args: argparse.Namespace, reading: "Reading") -> None:
    names = [*(f"{name}.{args.format}" for name in reading.found), "unread.csv", "notes.csv"]
    there = [name for name in names if (args.out / name).exists()]
    if there and not args.force:
        shown = ", ".join(there[:3]) + (f" and {len(there) - 3} more" if len(there) > 3 else "")
        raise Refused(f"{args.out} holds {shown} already; name another folder, or add --force to write over them.")


def _write_tables(reading: "Reading", folder: Path, how: str) -> None:
    from goldthread.kernel.forms import FORMS

    tables = FORMS[reading.form].by_name()
    for name in reading.found:
        frame = reading.tables[name]
        if how == "parquet":
            held = io.BytesIO()
            frame.write_parquet(held)
            (folder / f"{name}.parquet").write_bytes(held.getvalue())
        else:
            _write_csv(as_handed_in(frame, tables[name]), folder / f"{name}.csv")


def as_handed_in(frame: "pl.DataFrame", table: "FormTable") -> "pl.DataFrame":
    """A table with the form's own headings, dates as the form writes them, and text that no spreadsheet runs."""
    import polars as pl

    day = DAY_FIRST if table.form in ("annex_a", "ssda903") else "%Y-%m-%d"
    dates = [column.name for column in table.columns if column.dtype is pl.Date]
    headings = {column.name: column.says for column in table.columns}
    return _safe(frame.drop("row").with_columns(pl.col(dates).dt.strftime(day)).rename(headings))


def _safe(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Text that came from a file, made safe for a spreadsheet. Only different values are looked at, once each."""
    import polars as pl

    for name in [name for name, dtype in frame.schema.items() if dtype == pl.String]:
        column = frame.get_column(name)
        risky = column.filter(~column.str.contains(r"^[A-Za-z0-9]")).unique()
        if len(risky):
            safe = pl.Series([output.csv_text(value) for value in risky], dtype=pl.String)
            frame = frame.with_columns(column.replace(risky, safe))
    return frame


def _write_csv(frame: "pl.DataFrame", path: Path) -> None:
    path.write_bytes(frame.write_csv().encode())


def _told(path: Path, reading: "Reading") -> list[Table]:
    """What was found: the tables, the cells not understood by column, and the notes."""
    from goldthread.kernel.forms import FORMS

    form = FORMS[reading.form]
    year = f", {reading.year - 1}-{reading.year % 100:02}" if reading.year is not None else ""
    rows = [
        (table.title, "yes" if table.name in reading.found else "not handed in", reading.tables[table.name].height)
        for table in form.tables
    ]
    found = Table(f"{path.name}: {form.title}{year}, {reading.rows:,} rows", ("table", "found", "rows"), rows)
    by_column = reading.unread.group_by("table", "heading", "expected", maintain_order=True).len("cells")
    unread = Table(
        f"{reading.unread.height:,} cells not understood (unread.csv has each)",
        ("table", "heading", "cells", "expected"),
        by_column.select("table", "heading", "cells", "expected").rows(),
    )
    notes = Table("Notes", NOTE_COLUMNS, reading.notes.select(NOTE_COLUMNS).rows())
    return [found, *([unread] if unread.rows else []), *([notes] if notes.rows else [])]
