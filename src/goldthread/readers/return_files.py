"""The files of a return as CSV: each looked at, known by its headings, and read into its table."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from goldthread.kernel.forms import FORMS
from goldthread.kernel.reading import Refused, SheetRead
from goldthread.readers.columnar import cells_of, headings_of, is_parquet
from goldthread.readers.cut_short import notes_of_cut
from goldthread.readers.decoding import Text, decode, plain_lines
from goldthread.readers.delimited import NOT_PARTED, read_cells, separator_of
from goldthread.readers.handed import Handed
from goldthread.readers.other_forms import form_asked
from goldthread.readers.repeated import WORTH_PARTING, as_text, parted
from goldthread.readers.return_cells import make_table
from goldthread.readers.return_headings import MOST_ROWS_ABOVE, FileHeadings, recognise
from goldthread.readers.telling import TableTelling, make_note

_TOP = 200_000


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table read from one file, with all there is to tell about it."""

    frame: pl.DataFrame
    told: TableTelling
    sheet: SheetRead


def top_rows(text: Text) -> list[list[str | None]]:
    """The cells of the first rows, for headings to be looked for."""
    head = plain_lines(text.data[:_TOP]).decode(errors="ignore").lstrip("\n")
    lines = head.split("\n")[:MOST_ROWS_ABOVE]
    separator = separator_of("\n".join(lines).encode())
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)
    found: list[list[str | None]] = []
    try:
        found.extend([cell.strip() or None for cell in row] for row in rows)
    except csv.Error:
        return found
    return found


def recognise_file(file: Handed) -> FileHeadings | None:
    """Which table of which form a file is; None where it is none, or no text at all."""
    if is_parquet(file):
        return recognise([headings_of(file)], name=file.name)
    try:
        text = decode(file.data)
    except Refused:
        return None
    return None if text.data.lstrip().startswith((b"{", b"[")) else recognise(top_rows(text), name=file.name)


def refuse_damaged(file: Handed) -> None:
    """Raise Refused where a file that is no sound text has a return's headings: to leave it out would lose a table."""
    try:
        decode(file.data)
    except Refused as refused:
        if recognise(top_rows(Text(file.data[:_TOP].replace(b"\x00", b"")))) is not None:
            raise _naming(file, refused) from None


def _naming(file: Handed, refused: Refused) -> Refused:
    """The refusal with the name of the file, for a return has many."""
    return Refused(f"The file {file.called} cannot be read. {refused.reason}", refused.mend, code=refused.code)


def looks_like(file: Handed) -> str:
    """What else a file looks like, in words that go on from its name; empty where it looks like nothing known."""
    if file.data.startswith(b"PK\x03\x04"):
        return "is a workbook or a zip"
    if is_parquet(file):
        return "is a Parquet file of some other table"
    if not file.data.strip():
        return "is empty"
    try:
        top = top_rows(decode(file.data))
    except Refused:
        return "is no text that can be read"
    from goldthread.readers import annex_a_headings

    headings = annex_a_headings.recognise([tuple(row) for row in top])
    if top and top[0] and (top[0][0] or "").startswith(("{", "[")):
        return "is JSON, not a table"
    if headings is not None and annex_a_headings.is_list(headings):
        return f"looks like list {headings.table.number} of Annex A"
    return ""


def _cells(file: Handed, seen: FileHeadings | None) -> tuple[pl.DataFrame, str]:
    """Every cell of the file as text, and what is to be told of how its text was written."""
    if is_parquet(file):
        return cells_of(file), ""
    text = decode(file.data)
    by_values = NOT_PARTED
    if seen is not None and form_asked(seen.table.form) is not None and len(text.data) >= WORTH_PARTING:
        by_values = parted(seen.columns, seen.table.columns)
    return read_cells(plain_lines(text.data), by_values), text.says


def read_file(file: Handed, seen: FileHeadings | None = None) -> TableRead:
    """The table in a file that was recognised, by the headings `seen` in it. Raises Refused beyond a limit."""
    try:
        cells, encoding = _cells(file, seen)
    except Refused as refused:
        raise _naming(file, refused) from None
    top = [tuple((cell and cell.strip()) or None for cell in row) for row in cells.head(MOST_ROWS_ABOVE).rows()]
    headings = recognise(top, name=file.name)
    if headings is None:
        raise Refused(
            f"The headings of the file {file.called} cannot be found.",
            "Put the headings of its table in its first row, save it, and send it again.",
            code="headings",
        )
    table = headings.table
    told = TableTelling(file.called, table, headings.written)
    if encoding:
        told.note("encoding", encoding)
    told.notes += [*notes_of_cut(file, table), *_about_headings(file, headings, cells)]
    below = cells.slice(headings.row + 1)
    rows = pl.int_range(headings.row + 2, headings.row + 2 + below.height, eager=True, dtype=pl.Int64)
    told.notes += _without_heading(file, headings, top[headings.row], below)
    raw = below.select(pl.col(cells.columns[at]).alias(name) for name, at in headings.columns.items())
    raw, rows = _without_repeats(raw, rows, headings, told)
    frame = make_table(raw, rows, table, told, form_asked(table.form))
    says = f"Read as {table.title}."
    lacking = tuple(column.name for column in table.columns if column.name not in headings.columns)
    sheet = SheetRead(file.called, table.name, None, headings.row + 1, frame.height, False, says, lacking)
    return TableRead(frame, told, sheet)


def _without_repeats(
    raw: pl.DataFrame, rows: pl.Series, headings: FileHeadings, told: TableTelling
) -> tuple[pl.DataFrame, pl.Series]:
    """The rows without those that repeat the headings, as files put together from several have them."""
    first = raw.columns[0]
    if not as_text(raw.select(first)).to_series().str.contains(headings.written[first], literal=True).any():
        return raw, rows
    again = raw.select(
        pl.all_horizontal(
            pl.col(name).cast(pl.String).str.strip_chars() == pl.lit(headings.written[name]) for name in raw.columns
        )
    ).to_series()
    again = again.fill_null(value=False)
    if not again.any():
        return raw, rows
    says = "A row that repeats the headings was left out."
    told.note("footer", says, row=rows[again.arg_true()[0]], cells=int(again.sum()))
    return raw.filter(~again), rows.filter(~again)


def _about_headings(file: Handed, headings: FileHeadings, cells: pl.DataFrame) -> Iterator[dict[str, Any]]:
    row = headings.row + 1
    table = headings.table
    for column in headings.lacking:
        says = "The file should have this column and lacks it; it was read as blank."
        yield make_note(
            "missing_column", says, sheet=file.called, table=table, row=row, heading=column.says, column=column.name
        )
    for at, heading in headings.extra:
        # Fetched here: the names of authorities are wanted by few files, and cost as much to load as small files.
        from goldthread.readers import several_authorities as several

        if several.names_whose_rows(heading) and several.several(cells.to_series(at).slice(row)):
            yield make_note(
                "several_authorities", several.SAYS, sheet=file.called, table=table, row=row, heading=heading[:100]
            )
            continue
        says = f"The {FORMS[table.form].called} has no such column; it was left out."
        yield make_note("extra_column", says, sheet=file.called, table=table, row=row, heading=heading[:100])
    for heading in headings.doubled:
        says = "This heading stands there twice; the first was read."
        yield make_note("double_column", says, sheet=file.called, table=table, row=row, heading=heading[:100])
    for heading in headings.forgiven:
        says = "This heading was read in spite of a slip of spelling."
        yield make_note("spelling", says, sheet=file.called, table=table, row=row, heading=heading[:100])


def _without_heading(
    file: Handed, headings: FileHeadings, top: tuple[str | None, ...], below: pl.DataFrame
) -> Iterator[dict[str, Any]]:
    """A note where cells stand under no heading: their rows are longer than the headings are."""
    bare = [name for name, cell in zip(below.columns, top, strict=True) if cell is None]
    if not bare or below.is_empty():
        return
    held = below.select((pl.col(name).str.strip_chars().str.len_bytes() > 0).fill_null(value=False) for name in bare)
    any_there = held.select(pl.any_horizontal(pl.all())).to_series()
    if any_there.any():
        count = int(held.select(pl.sum_horizontal(pl.all().cast(pl.Int64).sum())).item())
        says = "Cells stand under no heading, which may mean that the cells of their rows are out of step."
        row = headings.row + 2 + int(any_there.arg_true()[0])
        yield make_note("no_heading", says, sheet=file.called, table=headings.table, row=row, cells=count)
