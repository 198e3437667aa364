"""Mends made in the XML of a return: in its bytes, so that everything but the mended cells stays as it was.

Only cells that the return's shape knows, where it knows them, and that hold plain text are mended. A cell that becomes
empty is taken out whole, for the schemas allow no empty date or number; where a row is nothing but that cell, or is
only there because of it, it is left. What is the census's own way to write a thing (`true`, `false`) is no untidiness.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

import polars as pl

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.mends import CHANGES_SCHEMA, no_changes
from goldthread.kernel.reading import Refused
from goldthread.readers.decoding import decode
from goldthread.readers.handed import Handed
from goldthread.readers.mends import BY_CELL, Beside
from goldthread.readers.other_forms import TRUE_FALSE
from goldthread.readers.sound_xml import sound_xml
from goldthread.readers.xml_events import plain_text
from goldthread.readers.xml_places import Element, Places, places
from goldthread.readers.xml_shape import Rows, Shape

_WRITTEN_AS = (
    (b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"", "cp1252"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
    (b"", "utf-16-le"), (b"", "utf-16-be"), (b"", "latin-1"),
)  # fmt: skip
"""A mark before the text, and how its letters are written: what the copy keeps."""

_BETWEEN = re.compile(rb">\s+<")
_BEFORE = re.compile(rb"\s*$")

Edits = dict[tuple[int, int], bytes]
"""What comes in place of the bytes from one place to another."""


def mend_document(
    file: Handed, shape: Shape, beside: Beside, codes: Sequence[str]
) -> tuple[bytes, pl.DataFrame] | None:
    """The document as it reads afterwards and what was changed in it; None where nothing is. Raises Refused."""
    beside = replace(beside, xml=True)
    text = decode(file.data).data
    mark, encoding = _written_as(file.data, text)
    found = places(text, shape)
    edits: Edits = {}
    changes = [
        change
        for rows in shape.rows
        for column in rows.cells
        if column in shape.own[rows.table]
        for change in _column(file.name, found, rows, column, beside, codes, edits)
    ]
    if "same-rows" in codes:
        changes += _once(file.name, found, shape, edits)
    told = pl.concat([no_changes(), *changes])
    if told.is_empty():
        return None
    made = _made(found.data, edits)
    sound_xml(made)
    lead = text[: len(text) - len(found.data)]
    return mark + (lead + made).decode().encode(encoding), told


def _written_as(data: bytes, text: bytes) -> tuple[bytes, str]:
    """How the file's letters are written. Raises Refused where they could not be written so again."""
    whole = text.decode()
    for mark, encoding in _WRITTEN_AS:
        try:
            if mark + whole.encode(encoding) == data:
                return mark, encoding
        except UnicodeEncodeError:
            continue
    raise Refused(
        "The letters of this XML file are in a form in which it cannot be written again as it was.",
        "Export the return from your system again, in UTF-8, and mend that file.",
        code="encoding",
    )


def _row_of(cell: Element, rows: Rows) -> int:
    """Where the element starts that is the row of a cell: the cell itself, or what is around it."""
    if rows.leaf:
        return cell.start
    around = cell.holder
    while around is not None and around.name != rows.row:
        around = around.holder
    return -1 if around is None else around.start


def _column(
    file: str, found: Places, rows: Rows, column: str, beside: Beside, codes: Sequence[str], edits: Edits
) -> list[pl.DataFrame]:
    """The changes of one column by each mend; what comes in place of its cells goes into `edits`."""
    numbers = found.rows(rows)
    cells = [cell for cell in found.cells.get(rows.cells[column], ()) if cell.plain and _row_of(cell, rows) in numbers]
    if not cells:
        return []
    declared = TABLES_OF_ALL_FORMS[rows.table].column(column)
    begun = now = pl.Series([plain_text(found.text(cell)) for cell in cells], dtype=pl.String).replace("", None)
    steps: list[tuple[str, pl.Series, pl.Series]] = []
    for code in codes:
        if code not in BY_CELL:
            continue
        becomes = BY_CELL[code](now, declared, beside)
        if rows.leaf or rows.where:
            becomes = becomes.fill_null(now)
        if beside.form == "cin":
            becomes = becomes.zip_with(~now.is_in(TRUE_FALSE).fill_null(value=False), now)
        steps.append((code, now, becomes))
        now = becomes
    for at in begun.ne_missing(now).arg_true():
        edits |= _edit(found.data, cells[at], now[at])
    told = [numbers[_row_of(cell, rows)] for cell in cells]
    return [
        _changed(code, file, rows.table, told, cells, before, after)
        for code, before, after in steps
        if before.ne_missing(after).any()
    ]


def _edit(data: bytes, cell: Element, becomes: str | None) -> Edits:
    """A cell's new text; an element that holds nothing any more goes, with the line that it stood on."""
    if becomes is not None:
        return {(cell.inner, cell.close): escape(becomes).encode()}
    return {_whole(data, cell): b""}


def _whole(data: bytes, element: Element) -> tuple[int, int]:
    blank = _BEFORE.search(data[max(element.start - 200, 0) : element.start])
    return element.start - len(blank.group() if blank else b""), element.end


def _changed(
    code: str, file: str, table: str, rows: list[int], cells: list[Element], before: pl.Series, after: pl.Series
) -> pl.DataFrame:
    names = [cell.written for cell in cells]
    frame = pl.DataFrame({"row": rows, "heading": names, "written": before, "becomes": after})
    return frame.filter(before.ne_missing(after)).select(
        pl.lit(code).alias("mend"), pl.lit(file).alias("file"), pl.lit(table).alias("table"),
        "row", "heading", "written", "becomes",
    ).cast(CHANGES_SCHEMA)  # type: ignore[arg-type]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Again:
    """An element that says again what an earlier one beside it says, and its row."""

    element: Element
    table: str
    row: int


def _once(file: str, found: Places, shape: Shape, edits: Edits) -> list[pl.DataFrame]:
    """The rows that say again, in every cell, what an earlier one beside them in the same element says."""
    again = [one for rows in shape.rows if not rows.where for one in _repeats(found, shape, rows, edits)]
    for one in again:
        start, end = _whole(found.data, one.element)
        for place in [place for place in edits if start <= place[0] < end]:
            del edits[place]
        edits[start, end] = b""
    return [
        pl.DataFrame([("same-rows", file, one.table, one.row, "", None, None)], schema=CHANGES_SCHEMA, orient="row")
        for one in again
    ]


def _repeats(found: Places, shape: Shape, rows: Rows, edits: Edits) -> list[_Again]:
    """The rows of one table that stand beside another which says the same of everything."""
    elements = found.cells.get((rows.row, rows.leaf), []) if rows.leaf else found.holders.get(rows.row, [])
    beside = Counter(element.holder.start for element in elements if element.holder is not None)
    numbers, starts = found.rows(rows), sorted(edits)
    seen: set[tuple[int, bytes]] = set()
    again = []
    for element in elements:
        if element.holder is None or beside[element.holder.start] < 2:
            continue
        if _holds_rows(element, shape) or (not rows.leaf and not element.children):
            continue
        key = (element.holder.start, _content(found.data, element, edits, starts))
        if key in seen:
            again.append(_Again(element, rows.table, numbers[element.start]))
        seen.add(key)
    return again


def _holds_rows(element: Element, shape: Shape) -> bool:
    """Whether rows of other tables stand in it: they would go with it, and nobody took a mend of them."""
    rows = {rows.row for rows in shape.rows}
    return any(child.name in rows or _holds_rows(child, shape) for child in element.children)


def _content(data: bytes, element: Element, edits: Edits, starts: Sequence[tuple[int, int]]) -> bytes:
    """What an element says once the mends of cells are made; how its lines are set out says nothing."""
    first, last = (bisect_left(starts, (place, 0)) for place in (element.inner - 1, element.close))
    inside = {(start - element.start, end - element.start): edits[start, end] for start, end in starts[first:last]}
    return _BETWEEN.sub(b"><", _made(data[element.start : element.end], inside)).strip()


def _made(data: bytes, edits: Edits) -> bytes:
    """The bytes with every edit made."""
    parts, at = [], 0
    for (start, end), new in sorted(edits.items()):
        parts += [data[at:start], new]
        at = end
    return b"".join([*parts, data[at:]])
