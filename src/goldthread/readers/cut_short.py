"""A file of text that stops within a row, as one does that was cut short on its way: where, if it does."""

import csv
import re
from collections.abc import Iterator
from typing import Any

from goldthread.kernel.table import Table
from goldthread.readers.columnar import is_parquet
from goldthread.readers.decoding import decode, plain_lines
from goldthread.readers.delimited import separator_of
from goldthread.readers.handed import Handed
from goldthread.readers.telling import SAYS, make_note

_FOOT = re.compile(
    r"\s*(?:(?:grand |sub)?total|count|sum|applied filter|filter|end of|report|\(|\*|note)|\s*$", re.IGNORECASE
)
_LINE_ENDS = (b"\n", b"\r", b"\n\x00", b"\r\x00")
"""How the last line of a sound file ends; two of them as UTF-16 writes them."""


def cut_in_row(data: bytes) -> int | None:
    """The row in which a file stops without an end of line and before its last cell; its line ends are plain ones.

    Rows count from 1. None where the file ends as a file does: with its line ended, with a last row as wide as the one
    before it, or with a total or remark of a reporting tool, which need not be as wide as a row.
    """
    if not data.strip(b"\n") or data.endswith(b"\n"):
        return None
    *_, before, last = [b"", *data.rsplit(b"\n", 2)]
    separator = separator_of(data[: 1 << 20])
    try:
        wide, cells = [next(csv.reader([line.decode()], delimiter=separator), []) for line in (before, last)]
    except csv.Error:
        return None
    foot = any(_FOOT.match(cell) for cell in cells[:1])
    return data.count(b"\n") + 1 if len(wide) > 1 and len(cells) < len(wide) and not foot else None


def notes_of_cut(file: Handed, table: Table) -> Iterator[dict[str, Any]]:
    """A note where a file of a table stops within a row; one that ends as it should is not looked through."""
    if is_parquet(file) or file.data.endswith(_LINE_ENDS):
        return
    row = cut_in_row(plain_lines(decode(file.data).data))
    if row is not None:
        yield make_note("cut_short", SAYS["cut_short"], sheet=file.called, table=table, row=row, cells=1)
