"""How a command shows what it found: a table on a terminal, or JSON, CSV or an Excel workbook.

One writer for every command, because text that came from a file must never become a formula in someone's
spreadsheet or an escape sequence in someone's terminal.
"""

import argparse
import csv
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from goldthread.cli.refusal import Refused
from goldthread.kernel.sheet_text import csv_text as csv_text
from goldthread.kernel.sheet_text import safe_for_csv

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

T = TypeVar("T")

FORMATS = ("table", "json", "csv", "xlsx")

Cell = str | int | float | bool | date | None

_EXCEL_ROWS = 1_048_576
_EXCEL_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Table:
    """What one table of a command's answer holds. The first table of an answer is the main one."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def add_arguments(parser: argparse.ArgumentParser, formats: Sequence[str] = FORMATS) -> None:
    """Give a command the shared options `--format` and `--output`."""
    parser.add_argument(
        "--format", choices=formats, default="table", help="how to write the answer (csv holds the main table only)"
    )
    parser.add_argument("--output", "--out", type=Path, metavar="FILE", help="write to this file, not the terminal")


def write(tables: Sequence[Table], args: argparse.Namespace, data: object = None) -> None:
    """Write an answer as `args.format` to `args.output` or standard output.

    `data` is what `--format json` writes; without it, each table becomes a list of objects under its title.
    Raises Refused when the file cannot be written, or a workbook is asked for without a file to hold it.
    """
    output: Path | None = args.output
    if args.format == "xlsx":
        if output is None:
            raise Refused("an Excel workbook needs a file to go to: add --output FILE.xlsx.")
        replace(output, as_xlsx(tables))
        return
    if args.format == "table" and output is None:
        print_tables(tables)
        return
    match args.format:
        case "json":
            text = as_json(tables, data)
        case "csv":
            text = as_csv(tables[0])
        case _:
            text = as_text(tables)
    if output is None:
        sys.stdout.write(text)
    else:
        # Excel takes a CSV without a byte-order mark for Windows-1252, and spoils names and dashes.
        replace(output, text.encode("utf-8-sig" if args.format == "csv" else "utf-8", "replace"))


def write_lines(entries: Sequence[Mapping[str, object]], args: argparse.Namespace) -> None:
    """Write an answer as JSON, one object a line. Raises Refused when the file cannot be written."""
    _write("".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in entries), args)


def write_frame_lines(frame: "pl.DataFrame", last: Mapping[str, object], args: argparse.Namespace) -> None:
    """Write a frame as JSON, one object a line, and one more object after them.

    Raises Refused when the file cannot be written.
    """
    _write(f"{frame.write_ndjson()}{json.dumps(last, ensure_ascii=False)}\n", args)


def write_csv(frame: "pl.DataFrame", args: argparse.Namespace) -> None:
    """Write a frame as the CSV that `write` makes of a table, without a Python object for every cell.

    Raises Refused when the file cannot be written.
    """
    if args.output is None:
        sys.stdout.write(frame_as_csv(frame))
    else:
        replace_with_csv(args.output, frame)


def replace_with_csv(path: Path, frame: "pl.DataFrame") -> None:
    """Write a frame to a file as `frame_as_csv` makes it, for Excel, and never hold the text of it all.

    Raises Refused when the file cannot be written.
    """
    ready = safe_for_csv(frame)
    _replaced(path, lambda file: ready.write_csv(file, line_terminator="\r\n", include_bom=True))


def _write(text: str, args: argparse.Namespace) -> None:
    if args.output is None:
        sys.stdout.write(text)
    else:
        replace(args.output, text.encode("utf-8", "replace"))


def frame_as_csv(frame: "pl.DataFrame") -> str:
    """A frame of texts and whole numbers as CSV with a heading line: what `as_csv` makes of the same table."""
    return safe_for_csv(frame).write_csv(line_terminator="\r\n")


def plain(value: Cell) -> str:
    """A cell as a person reads it: dates as 2025-03-31, yes and no in words, nothing where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def as_csv(table: Table) -> str:
    """One table as CSV with a heading line. Numbers stay numbers; text is made safe by `csv_text`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([csv_text(column) for column in table.columns])
    for row in table.rows:
        writer.writerow([csv_text(cell) if isinstance(cell, str) else plain(cell) for cell in row])
    return out.getvalue()


def as_json(tables: Sequence[Table], data: object = None) -> str:
    """The answer as JSON: `data` as it is, or each table as a list of objects under its title; an entry a line."""
    if data is None:
        data = {table.title: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in tables}
    if not isinstance(data, dict):
        return _one_line(data) + "\n"
    return "{\n" + ",\n".join(f"  {_one_line(name)}: {_lines(entry)}" for name, entry in data.items()) + "\n}\n"


def _lines(value: object) -> str:
    """A list an entry a line, everything else on one: what indents every value takes as long as the rules do."""
    if not isinstance(value, list) or not value:
        return _one_line(value)
    return "[\n    " + ",\n    ".join(map(_one_line, value)) + "\n  ]"


def _one_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_json_value, allow_nan=False)


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """Every table on a sheet of its own, as the bytes of an Excel workbook. Text is always a text cell.

    Raises Refused when a table has more rows than a sheet can hold.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, table in enumerate(tables, 1):
            if len(table.rows) >= _EXCEL_ROWS:
                raise Refused(f"“{table.title}” has {len(table.rows):,} rows, more than an Excel sheet holds; use csv.")
            sheet = book.add_worksheet(_sheet_name(table.title, number))
            sheet.freeze_panes(1, 0)
            if table.rows:
                sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
            for place, column in enumerate(table.columns):
                sheet.write_string(0, place, _excel_text(column), bold)
                sheet.set_column(place, place, _width(table, place))
            for line, row in enumerate(table.rows, 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, bool | str):
                        sheet.write_string(line, place, _excel_text(plain(cell)))
                    elif isinstance(cell, date):
                        sheet.write_datetime(line, place, cell, day)
                    elif cell is not None:
                        sheet.write_number(line, place, cell)
    return out.getvalue()


def as_text(tables: Sequence[Table], width: int = 120) -> str:
    """The tables as plain text, without colour, for a file or a pipe. Nothing is cut off."""
    from rich.console import Console

    out = io.StringIO()
    _draw(Console(file=out, width=width, force_terminal=False, color_system=None), tables)
    return out.getvalue()


def print_tables(tables: Sequence[Table]) -> None:
    """Write the tables to standard output, drawn to the width of the terminal where it is one."""
    if not sys.stdout.isatty():
        sys.stdout.write(as_text(tables))
        return
    from rich.console import Console

    _draw(Console(), tables)


def _draw(console: "Console", tables: Sequence[Table]) -> None:
    from rich.table import Table as RichTable
    from rich.text import Text

    for table in tables:
        drawn = RichTable(title=Text(_visible(table.title)), title_justify="left", show_lines=False)
        for place, column in enumerate(table.columns):
            number = any(type(row[place]) in (int, float) for row in table.rows)
            drawn.add_column(Text(_visible(column)), overflow="fold", justify="right" if number else "left")
        for row in table.rows:
            drawn.add_row(*(Text(_visible(plain(cell))) for cell in row))
        console.print(drawn)


def _visible(value: str) -> str:
    """Text without control characters, which could otherwise move a terminal's cursor or change its title."""
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in value)


def _width(table: Table, place: int) -> int:
    longest = max((len(plain(row[place])) for row in table.rows[:500]), default=0)
    # The arrow of the filter takes up room beside the heading.
    return min(60, max(8, longest, len(table.columns[place]) + 2) + 2)


def _sheet_name(title: str, number: int) -> str:
    """A name that Excel accepts: no more than 31 characters, none of its seven forbidden ones, never twice the same."""
    name = "".join(" " if character in "[]:*?/\\'" else character for character in title)[:27].strip()
    return f"{number} {name}".strip()


def _excel_text(value: str) -> str:
    safe = value.encode("utf-8", "replace").decode("utf-8")
    return safe if len(safe) <= _EXCEL_TEXT else safe[: _EXCEL_TEXT - 1] + "…"


def _json_value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def replace(path: Path, content: bytes) -> None:
    """Write the whole file or leave what was there: a full disk must not leave half an answer."""
    _replaced(path, lambda file: file.write_bytes(content))


def replace_with(path: Path, write: Callable[[IO[bytes]], T]) -> T:
    """Write the whole file piece by piece, or leave what was there; what `write` gives, which writes to the open file.

    Raises Refused when the file cannot be written; what `write` raises goes on.
    """

    def opened(file: Path) -> T:
        with file.open("wb") as held:
            return write(held)

    return _replaced(path, opened)


def _new_beside(path: Path) -> Path:
    """A new empty file in the same folder, for its owner alone, under a name that nobody foresees."""
    name = path.parent / f".{path.name}.{os.urandom(8).hex()}"
    os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    return name


def _replaced(path: Path, write: Callable[[Path], T]) -> T:
    try:
        temporary = _new_beside(path)
        try:
            given = write(temporary)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return given
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror or error}.") from error
