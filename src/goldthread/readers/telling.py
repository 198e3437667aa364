"""Word of everything in one table that needed thought: notes, and the cells that were not understood.

`listed` holds notes of single cells, as a frame of notes for each column.
"""

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from goldthread.kernel.reading import NOTES_SCHEMA, UNREAD_SCHEMA
from goldthread.kernel.table import Column, Table
from goldthread.readers.cells import Seen

MOST_TOLD = 10_000
"""Up to so many cells not understood are listed for one column; the rest are counted in a note."""

MOST_NOTES = 200

MOST_OTHERWISE = 1_000
"""Up to so many cells in another form are listed for one column and one reason; one more line counts the rest."""

SAYS: dict[str, str] = {
    "blank_form": "Cells that say there is nothing were read as blank.",
    "cut_short": "The last row stops before its last cell, as where a file was cut short: rows may be lacking.",
    "lengthy": "There is more of the same in this column than is listed here; the count is of what was not listed.",
}


def make_note(kind: str, says: str, *, sheet: str = "", table: Table | None = None, **more: Any) -> dict[str, Any]:
    """One note. `sheet` is the sheet or file it is about; `more` takes any other column of the notes' schema."""
    held: dict[str, Any] = dict.fromkeys(NOTES_SCHEMA)
    if table is not None:
        held |= {"list": table.list_number, "table": table.name}
    return held | {"kind": kind, "sheet": sheet or None, "says": says, **more}


@dataclass(slots=True)
class TableTelling:
    """What is to be told about one sheet or file read as one table. `written` has the heading of each column read."""

    sheet: str
    table: Table
    written: dict[str, str]
    notes: list[dict[str, Any]] = field(default_factory=list)
    unread: list[pl.DataFrame] = field(default_factory=list)
    listed: list[pl.DataFrame] = field(default_factory=list)

    def note(self, kind: str, says: str, **more: Any) -> None:
        """Add a note; `more` takes any other column of the notes' schema."""
        self.notes.append(make_note(kind, says, sheet=self.sheet, table=self.table, **more))

    def seen(self, column: Column, seen: list[Seen], rows: pl.Series) -> None:
        """Add what was seen in a column, the places turned into the rows of the sheet."""
        heading = self.written[column.name]
        for one in seen[:MOST_NOTES]:
            self.note(
                one.kind, one.says or SAYS[one.kind], row=rows[one.first], heading=heading, column=column.name,
                written=one.written, read_as=one.read_as, cells=one.cells,
            )  # fmt: skip
        if len(seen) > MOST_NOTES:
            left = sum(one.cells for one in seen[MOST_NOTES:])
            self.note("lengthy", SAYS["lengthy"], heading=heading, column=column.name, cells=left)

    def not_understood(
        self, column: Column, mask: pl.Series, written: pl.Series, rows: pl.Series, expected: str
    ) -> None:
        """Add the cells of a column that were not understood, up to a limit, with the count of the rest."""
        heading = self.written[column.name]
        found = pl.DataFrame({"row": rows, "written": written}).filter(mask)
        if found.height > MOST_TOLD:
            left = found.height - MOST_TOLD
            self.note("lengthy", SAYS["lengthy"], heading=heading, column=column.name, cells=left)
        same = {
            "list": self.table.list_number, "table": self.table.name, "sheet": self.sheet, "heading": heading,
            "column": column.name, "expected": expected,
        }  # fmt: skip
        told = found.head(MOST_TOLD).with_columns(**{name: pl.lit(value) for name, value in same.items()})
        self.unread.append(told.select(pl.col(name).cast(dtype) for name, dtype in UNREAD_SCHEMA.items()))

    def otherwise(
        self, column: Column, mask: pl.Series, written: pl.Series, rows: pl.Series, kind: str, says: str
    ) -> None:
        """Add the cells of a column that are in another form than asked, one note each, and the count of the rest."""
        found = pl.DataFrame({"row": rows, "written": written}).filter(mask)
        same = {
            "kind": kind, "list": self.table.list_number, "table": self.table.name, "sheet": self.sheet,
            "heading": self.written[column.name], "column": column.name, "read_as": None, "cells": 1, "says": says,
        }  # fmt: skip
        told = found.head(MOST_OTHERWISE).with_columns(**{name: pl.lit(value) for name, value in same.items()})
        self.listed.append(told.select(pl.col(name).cast(dtype) for name, dtype in NOTES_SCHEMA.items()))
        left = found.height - MOST_OTHERWISE
        if left > 0:
            says = f"{left:,} more cells of this column, counted here and not listed one by one. {says}"
            self.note(kind, says, heading=same["heading"], column=column.name, cells=left)
