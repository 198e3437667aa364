"""What a reader makes of a file: the canonical tables, and everything it could not understand or had to interpret.

A reading crosses from the child process that parses untrusted bytes to the process that asked for it, so it knows
how to become bytes and back: plain JSON for what was found, Arrow for the frames, and no pickle.
"""

import io
import json
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.refusal import Refused as Refused

UNREAD_SCHEMA: dict[str, type[pl.DataType]] = {
    "list": pl.Int64,
    "table": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "heading": pl.String,
    "column": pl.String,
    "expected": pl.String,
    "written": pl.String,
}
"""One row per cell that was not understood. `expected` is a sentence for the person who filled the cell.

`list` is null in forms whose tables have no numbers; `sheet` is the sheet of a workbook, or the file of a folder.
"""

NOTES_SCHEMA: dict[str, type[pl.DataType]] = {
    "kind": pl.String,
    "list": pl.Int64,
    "table": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "heading": pl.String,
    "column": pl.String,
    "written": pl.String,
    "read_as": pl.String,
    "cells": pl.Int64,
    "says": pl.String,
}
"""One row per thing worth telling that lost nothing. `row` is the first row it was seen at, `cells` how many cells.

`says` never repeats a cell of the file; what was written stands in `written` only, so that a log may take `says`.
"""

NOTE_KINDS: dict[str, str] = {
    "form": "A value written in a form other than the guidance's, and read without doubt.",
    "corrected": "A value read as somebody of the authority corrected it before.",
    "spelling": "A value with a slip of spelling that can only mean one thing.",
    "joined_id": "IDs that other lists write with other zeros in front, read as the same child's.",
    "placeholder": "A date that usually stands for 'not known', such as 1 January 1900.",
    "age": "An age that was not a whole number of completed years, and was taken to be one.",
    "extra_column": "A column that the list does not have; it was left out.",
    "double_column": "A heading that appears twice in a sheet; the first was read.",
    "missing_column": "A column that the list should have, and the sheet lacks.",
    "ambiguous_heading": "A heading that could mean more than one column of the list; it was left out.",
    "no_headings": "A sheet that is named as a list and has no headings that could be read.",
    "footer": "A row of totals or filters, left out.",
    "sheet_ignored": "A sheet that is not one of the lists.",
    "second_sheet": "A second sheet that looks like a list already read from another.",
    "hidden_sheet": "A sheet that was hidden in the workbook.",
    "form_of_list": "Which form of the list the sheet is.",
    "error_cell": "Cells that hold a spreadsheet error such as #REF!, read as blank.",
    "formula": "Formulas saved without the value they give, read as blank.",
    "several_authorities": "A column that names more than one authority, in a file that should be of one.",
    "cut_short": "A file of text whose last row stops before its last cell, without an end of line.",
    "merged": "Cells below the headings that are merged: all but the first of each were read as blank.",
    "blank_form": "A cell that says there is nothing, such as 'N/A' or a dash, read as blank.",
    "encoding": "Text in another form than UTF-8.",
    "no_heading": "Cells under no heading; they were left out.",
    "file_ignored": "A file of the folder that is not one of the return's.",
    "other_year": "The return seems to be of another year than was asked for.",
    "out_of_place": "Elements of XML that stand elsewhere than the schema says; cells among them were left out.",
    "stray_text": "Text in XML where only elements belong; it was left out.",
    "other_date": "A date of a return in another form than the return's, read as the day that it says.",
    "other_form": "A cell of a return with spaces around it, in small letters or with a point zero, read without them.",
    "said_blank": "A cell of a return that says in words or signs that there is nothing, read as blank.",
    "schema_form": "One of these three in XML, where the form is laid down in the return's schema.",
    "lengthy": "More of the same than is worth telling; the rest were counted and not listed.",
}
"""Every kind of note a reader may write, with what it means."""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One sheet of the workbook or file of the folder, and what became of it. `table` is None where it was not read.

    `heading_row` counts as people do (the first row of a sheet is 1); `rows` is how many rows were kept. `lacking` are
    the columns of a return's table that its CSV file has no heading for, those that only some years have among them:
    they stand in the table, and are blank.
    """

    name: str
    table: str | None
    number: int | None
    heading_row: int | None
    rows: int
    hidden: bool
    says: str
    lacking: tuple[str, ...] = ()


def no_unread() -> pl.DataFrame:
    """An empty frame of cells not understood."""
    return pl.DataFrame(schema=UNREAD_SCHEMA)


def no_notes() -> pl.DataFrame:
    """An empty frame of notes."""
    return pl.DataFrame(schema=NOTES_SCHEMA)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one file, or of one folder of files.

    `tables` holds every table of its form, those not handed in as empty frames; `found` and `missing` say which is
    which, in the order of the form. `unread` has one row per cell not understood (UNREAD_SCHEMA), `notes` one row
    per thing interpreted or left out (NOTES_SCHEMA). Nothing is dropped without standing in one of the two.
    `form` names what was handed in (see `kernel/forms`), `year` its collection year (2026 for 2025-26) where known.
    """

    tables: dict[str, pl.DataFrame]
    unread: pl.DataFrame = field(default_factory=no_unread)
    notes: pl.DataFrame = field(default_factory=no_notes)
    sheets: tuple[SheetRead, ...] = ()
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    form: str = "annex_a"
    year: int | None = None

    @property
    def row_counts(self) -> dict[str, int]:
        """Rows kept of each table."""
        return {name: frame.height for name, frame in self.tables.items()}

    @property
    def rows(self) -> int:
        """Rows kept of all tables together."""
        return sum(frame.height for frame in self.tables.values())


def make_reading(
    tables: dict[str, pl.DataFrame],
    *,
    unread: pl.DataFrame | None = None,
    notes: pl.DataFrame | None = None,
    sheets: tuple[SheetRead, ...] = (),
    form: str = "annex_a",
    year: int | None = None,
) -> Reading:
    """A reading of the tables found, the other tables empty and named as missing. Raises KeyError on a strange one."""
    of_form = FORMS[form].by_name()
    for name in tables:
        if name not in of_form:
            raise KeyError(f"there is no table {name} in the form {form}")
    return Reading(
        tables={name: tables[name] if name in tables else table.empty() for name, table in of_form.items()},
        unread=no_unread() if unread is None else unread,
        notes=no_notes() if notes is None else notes,
        sheets=sheets,
        found=tuple(name for name in of_form if name in tables),
        missing=tuple(name for name in of_form if name not in tables),
        form=form,
        year=year,
    )


_MAGIC = b"goldthread-reading-2\n"
_LENGTH = 8


def _ipc(frame: pl.DataFrame) -> bytes:
    held = io.BytesIO()
    frame.write_ipc(held, compression="uncompressed")
    return held.getvalue()


def to_bytes(reading: Reading) -> bytes:
    """The reading as bytes: a mark, the length of a JSON heading, the heading, then the frames as Arrow IPC."""
    frames = {"unread": reading.unread, "notes": reading.notes}
    frames |= {f"table:{name}": reading.tables[name] for name in reading.found}
    parts = {name: _ipc(frame) for name, frame in frames.items()}
    heading = json.dumps(
        {
            "form": reading.form,
            "year": reading.year,
            "sheets": [asdict(sheet) for sheet in reading.sheets],
            "parts": [[name, len(part)] for name, part in parts.items()],
        }
    ).encode()
    return b"".join((_MAGIC, len(heading).to_bytes(_LENGTH, "big"), heading, *parts.values()))


def _checked(frame: pl.DataFrame, schema: dict[str, type[pl.DataType]], name: str) -> pl.DataFrame:
    if dict(frame.schema) != {column: dtype() for column, dtype in schema.items()}:
        raise ValueError(f"the frame {name} of the reading has other columns than it should")
    return frame


def from_bytes(data: bytes) -> Reading:
    """The reading that `to_bytes` wrote. Raises ValueError where the bytes are not one, are cut short, or go on."""
    start = len(_MAGIC) + _LENGTH
    if data[: len(_MAGIC)] != _MAGIC:
        raise ValueError("these bytes are not a reading")
    end = start + int.from_bytes(data[len(_MAGIC) : start], "big")
    heading: dict[str, Any] = json.loads(data[start:end])
    frames: dict[str, pl.DataFrame] = {}
    for name, length in heading["parts"]:
        if end + length > len(data):
            raise ValueError("the reading is cut short")
        frames[name] = pl.read_ipc(io.BytesIO(data[end : end + length]))
        end += length
    if end != len(data):
        raise ValueError("there is more after the reading")
    tables = {name.removeprefix("table:"): frame for name, frame in frames.items() if name.startswith("table:")}
    return make_reading(
        {name: _checked(frame, TABLES_OF_ALL_FORMS[name].schema(), name) for name, frame in tables.items()},
        unread=_checked(frames["unread"], UNREAD_SCHEMA, "unread"),
        notes=_checked(frames["notes"], NOTES_SCHEMA, "notes"),
        sheets=tuple(SheetRead(**sheet | {"lacking": tuple(sheet["lacking"])}) for sheet in heading["sheets"]),
        form=heading["form"],
        year=heading["year"],
    )
