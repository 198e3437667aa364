"""Annex A as a folder or zip of CSV files, a list a file, as some systems export it.

A file is known by its headings, as a sheet of a workbook is; its name only tells which file is meant. What is not one
of the lists is told and left. Cells are read as those of a workbook are, so that the two forms give the same tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from goldthread.kernel.reading import NOTES_SCHEMA, Reading, Refused
from goldthread.readers.annex_a import read_sheets
from goldthread.readers.annex_a_headings import MOST_ROWS_ABOVE, Headings, is_list, recognise
from goldthread.readers.cut_short import cut_in_row
from goldthread.readers.decoding import Text, decode, plain_lines
from goldthread.readers.delimited import read_cells
from goldthread.readers.handed import Handed
from goldthread.readers.return_files import top_rows
from goldthread.readers.telling import make_note
from goldthread.readers.workbook import Sheet

_GLANCE = 200_000


def suits_files(files: Sequence[Handed]) -> bool:
    """Whether any of the files has the headings of a list. Raises Refused where one has them and is no sound text."""
    return any(_looks_like_a_list(file) for file in files)


def read_files(files: Sequence[Handed], *, year: int | None = None) -> Reading:
    """The reading of the lists. `year` says nothing about Annex A. Raises Refused where a file cannot be used."""
    texts = {file.called: _text(file) for file in files}
    reading = read_sheets(_sheets(texts))
    told = [make_note("encoding", text.says, sheet=name) for name, text in texts.items() if text and text.says]
    told += [
        make_note("file_ignored", "This file is no text with separators; it was not read.", sheet=name)
        for name, text in texts.items()
        if text is None
    ]
    if not told:
        return reading
    return replace(reading, notes=pl.concat([reading.notes, pl.DataFrame(told, schema=NOTES_SCHEMA, orient="row")]))


def _sheets(texts: dict[str, Text | None]) -> Iterator[Sheet]:
    for name, text in texts.items():
        if text is None:
            continue
        data = plain_lines(text.data)
        cells = read_cells(data)
        cells.columns = [str(at) for at in range(cells.width)]
        yield Sheet(name, False, cells, kind="file", cut_in=cut_in_row(data))


def _text(file: Handed) -> Text | None:
    """The text of a file; None for what was never meant to be one, such as a picture beside the lists."""
    try:
        return decode(file.data)
    except Refused:
        if _headings(file.data.replace(b"\x00", b"")) is None:
            return None
        raise


def _looks_like_a_list(file: Handed) -> bool:
    if file.data.startswith((b"PK\x03\x04", b"PAR1", b"%PDF")):
        return False
    try:
        text = decode(file.data[:_GLANCE])
    except Refused:
        try:  # a piece may end within a letter; only the whole file can tell
            text = decode(file.data)
        except Refused:
            return _headings(file.data.replace(b"\x00", b"")) is not None
    return _headings(text.data) is not None


def _headings(data: bytes) -> Headings | None:
    """The list whose headings stand in the first rows of a text; None where they are no list's."""
    if data.lstrip().startswith(b"<"):
        return None
    top = top_rows(Text(data[:_GLANCE]))[:MOST_ROWS_ABOVE]
    found = recognise([tuple(row) for row in top])
    return found if found is not None and is_list(found) else None
