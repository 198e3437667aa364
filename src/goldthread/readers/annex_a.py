"""Ofsted's Annex A child-level lists, read from an .xlsx or .ods workbook, or from sheets however they came.

Each sheet is known by its headings (see `annex_a_headings`). The lists that are there are read, those that are not
are named as missing; regional adoption agencies, for one, often keep lists 10 and 11 elsewhere. Nothing is passed
over in silence: a cell not understood, a column not known, a row or sheet left out stands in the reading.
Source: Ofsted, "Child-level data: additional guidance and template for Annex A", August 2019, and later files.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from goldthread.kernel.reading import NOTES_SCHEMA, Reading, Refused, SheetRead, make_reading
from goldthread.readers.annex_a_headings import Headings, is_list, named_as, recognise
from goldthread.readers.annex_a_rows import Telling, read_rows
from goldthread.readers.guard import open_container, sniff
from goldthread.readers.joining import joined_ids
from goldthread.readers.several_authorities import SAYS as SEVERAL
from goldthread.readers.several_authorities import names_whose_rows, several
from goldthread.readers.telling import SAYS
from goldthread.readers.workbook import Sheet, open_workbook


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sheet read as a list, before it is known whether another sheet is the better one of the same list."""

    at: int
    sheet: str
    kind: str
    headings: Headings
    frame: pl.DataFrame
    told: Telling

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """The better of two sheets of one list has rows, then more of the list's columns, then more rows."""
        return self.frame.height > 0, len(self.headings.columns), self.frame.height, -self.at


def suits(data: bytes) -> bool:
    """Whether the bytes are a workbook of a kind that can be read. Raises Refused, saying how to mend it, if not."""
    return sniff(open_container(data)) in ("xlsx", "ods")


def read(path: Path | str) -> Reading:
    """The reading of an Annex A workbook. Raises Refused where it cannot be used, OSError where it cannot be opened."""
    return read_bytes(Path(path).read_bytes())


def read_bytes(data: bytes) -> Reading:
    """The reading of an Annex A workbook's bytes. Raises Refused where it cannot be used or has none of the lists."""
    workbook = open_workbook(data)
    return read_sheets(workbook.sheets(), from_1904=workbook.from_1904)


def read_sheets(held: Iterable[Sheet], *, from_1904: bool = False) -> Reading:
    """The reading of the lists among these sheets. Raises Refused where there is none."""
    best: dict[str, _Candidate] = {}
    sheets: dict[int, SheetRead] = {}
    notes: list[dict[str, Any]] = []
    kind = "sheet"
    for at, sheet in enumerate(held):
        kind = sheet.kind
        headings = recognise(_top(sheet))
        notes += _about_sheet(sheet, headings)
        if headings is None or not is_list(headings):
            sheets[at] = _ignored(sheet, headings)
            continue
        frame, told = read_rows(sheet, headings, from_1904=from_1904)
        one = _Candidate(at, sheet.name, sheet.kind, headings, frame, told)
        sheets[at] = _as_read(sheet, one)
        other = best.get(headings.table.name)
        if other is not None:
            one, worse = (one, other) if one.rank > other.rank else (other, one)
            notes.append(_second(one, worse))
            sheets[worse.at] = _set_aside(sheets[worse.at], one)
        best[headings.table.name] = one
    if not best:
        raise _no_lists(sheets, kind)
    return _reading(best, notes, tuple(sheets[at] for at in sorted(sheets)))


def _top(sheet: Sheet) -> list[tuple[str | None, ...]]:
    return [tuple((cell and cell.strip()) or None for cell in row) for row in sheet.cells.head(15).rows()]


def _note(kind: str, sheet: str, says: str, headings: Headings | None = None, **more: Any) -> dict[str, Any]:
    held: dict[str, Any] = dict.fromkeys(NOTES_SCHEMA)
    if headings is not None:
        held |= {"list": headings.table.number, "table": headings.table.name}
    return held | {"kind": kind, "sheet": sheet, "says": says, **more}


def _without_ending(sheet: Sheet) -> str:
    return Path(sheet.name).stem if sheet.kind == "file" else sheet.name


def _about_sheet(sheet: Sheet, headings: Headings | None) -> list[dict[str, Any]]:
    """What there is to tell about a sheet before its rows: used, hidden, with cells that say nothing."""
    read = headings if headings is not None and is_list(headings) else None
    notes = []
    if sheet.hidden:
        notes.append(_note("hidden_sheet", sheet.name, "This sheet is hidden in the workbook.", read))
    if read is None:
        says = f"This {sheet.kind} is not one of the lists and was not read."
        if headings is not None:
            lacking = ", ".join(f"'{column.says}'" for column in headings.lacking)
            says = f"This {sheet.kind} is like list {headings.table.number} but was not read; it lacks {lacking}."
        named = named_as(_without_ending(sheet)) if headings is None else None
        if sheet.cells.height and named is not None:
            says = (
                f"This {sheet.kind} is named as list {named.number}, and its first rows hold no headings that can be "
                "read."
            )
            notes.append(_note("no_headings", sheet.name, says, list=named.number, table=named.name))
        elif sheet.cells.height:
            notes.append(_note("sheet_ignored", sheet.name, says, headings))
        return notes
    if sheet.errors:
        says = "Cells that hold a spreadsheet error, such as #REF! or #N/A, were read as blank."
        notes.append(_note("error_cell", sheet.name, says, read, cells=sheet.errors))
    if sheet.without_value:
        says = "Formulas that were saved without the value they give were read as blank; open and save the workbook."
        notes.append(_note("formula", sheet.name, says, read, cells=sheet.without_value))
    merged = [one for one in sheet.merged if one.first_row > read.row + 1]
    if merged:
        says = (
            "Cells below the headings are merged; only the first of each holds its value, the rest were read as blank."
        )
        row = min(one.first_row for one in merged)
        notes.append(_note("merged", sheet.name, says, read, row=row, cells=sum(one.behind for one in merged)))
    if sheet.cut_in is not None:
        notes.append(_note("cut_short", sheet.name, SAYS["cut_short"], read, row=sheet.cut_in, cells=1))
    return notes + _about_headings(sheet, read)


def _about_headings(sheet: Sheet, headings: Headings) -> list[dict[str, Any]]:
    notes = []
    row = headings.row + 1
    if headings.form:
        says = f"This {sheet.kind} has the {headings.form} form of list {headings.table.number}."
        notes.append(_note("form_of_list", sheet.name, says, headings, row=row))
    for column in headings.lacking:
        says = f"The list should have this column, and the {sheet.kind} lacks it; it was read as blank."
        notes.append(
            _note("missing_column", sheet.name, says, headings, row=row, heading=column.says, column=column.name)
        )
    for at, heading in headings.extra:
        if names_whose_rows(heading) and several(sheet.cells.get_column(str(at)).slice(row)):
            notes.append(_note("several_authorities", sheet.name, SEVERAL, headings, row=row, heading=heading))
            continue
        says, kind = "The list has no such column; it was left out.", "extra_column"
        if heading in headings.ambiguous:
            says, kind = (
                "This heading could mean more than one column of the list; it was not read.",
                "ambiguous_heading",
            )
        notes.append(_note(kind, sheet.name, says, headings, row=row, heading=heading))
    for heading in headings.doubled:
        says = "This heading stands there twice; the first was read."
        notes.append(_note("double_column", sheet.name, says, headings, row=row, heading=heading))
    for heading in headings.forgiven:
        says = "This heading was read in spite of a slip of spelling."
        notes.append(_note("spelling", sheet.name, says, headings, row=row, heading=heading))
    return notes


def _ignored(sheet: Sheet, headings: Headings | None) -> SheetRead:
    says = "Not one of the lists; not read."
    if headings is not None:
        says = f"Like list {headings.table.number}, but too many of its headings are lacking; not read."
    return SheetRead(sheet.name, None, None, None, 0, sheet.hidden, says)


def _as_read(sheet: Sheet, one: _Candidate) -> SheetRead:
    table = one.headings.table
    says = f"Read as list {table.number}, {table.title}."
    return SheetRead(sheet.name, table.name, table.number, one.headings.row + 1, one.frame.height, sheet.hidden, says)


def _set_aside(sheet: SheetRead, better: _Candidate) -> SheetRead:
    number = better.headings.table.number
    says = f"Looks like list {number} too, which was read from the {better.kind} '{better.sheet}'; not read."
    return SheetRead(sheet.name, None, None, sheet.heading_row, 0, sheet.hidden, says)


def _second(better: _Candidate, worse: _Candidate) -> dict[str, Any]:
    says = (
        f"Two {better.kind}s look like list {better.headings.table.number}: '{better.sheet}' was read, "
        f"'{worse.sheet}' was not, with its {worse.frame.height} rows. Keep one of them if this is not what you meant."
    )
    return _note("second_sheet", worse.sheet, says, worse.headings, cells=worse.frame.height)


def _joined(one: _Candidate, rows: pl.DataFrame) -> dict[str, Any]:
    says = "IDs that stand with other zeros in front in other lists; they were read as the same child's."
    more = {"row": rows["row"][0], "written": rows["written"][0], "cells": rows.height, "column": "child"}
    return _note("joined_id", one.sheet, says, one.headings, **more)


def _no_lists(sheets: dict[int, SheetRead], kind: str) -> Refused:
    if not sheets:
        return Refused("This workbook has no cells.", "Check that it was saved, and send it again.", code="empty")
    like = sorted({sheet.says.split(",")[0] for sheet in sheets.values() if sheet.says.startswith("Like list")})
    near = f" Nearest: {'; '.join(like).lower()}, with too many headings lacking." if like else ""
    return Refused(
        f"No {kind} of {'this workbook' if kind == 'sheet' else 'these'} has the headings of an Annex A list.{near}",
        f"Put the headings of Ofsted's template above each list, within the first 15 rows of its {kind}.",
        code="no-lists",
    )


def _reading(best: dict[str, _Candidate], notes: list[dict[str, Any]], sheets: tuple[SheetRead, ...]) -> Reading:
    in_order = sorted(best.values(), key=lambda one: one.headings.table.number)
    unread = [frame for one in in_order for frame in one.told.unread]
    tables, joined = joined_ids({one.headings.table.name: one.frame for one in in_order})
    notes = notes + [note for one in in_order for note in one.told.notes]
    notes += [_joined(best[name], rows) for name, rows in joined.items()]
    return make_reading(
        tables,
        unread=pl.concat(unread).sort("list", "row", maintain_order=True) if unread else None,
        notes=pl.DataFrame(notes, schema=NOTES_SCHEMA, orient="row") if notes else None,
        sheets=sheets,
    )
