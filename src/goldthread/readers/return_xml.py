"""The XML of a return read into its tables."""

from typing import Any

import polars as pl

from goldthread.kernel.forms import FORMS
from goldthread.kernel.reading import SheetRead
from goldthread.readers.handed import Handed
from goldthread.readers.other_forms import form_asked
from goldthread.readers.return_cells import make_table
from goldthread.readers.return_files import TableRead
from goldthread.readers.sound_xml import SoundXml
from goldthread.readers.telling import TableTelling, make_note
from goldthread.readers.xml_events import Told, take_apart
from goldthread.readers.xml_shape import Shape

ONLY_SOME_YEARS = frozenset({"cla_sw_episodes", "cla_dolo", "cin_pre_proceedings"})
"""Tables that not every year's XML has: they are missing, not empty, where the document has none of their elements."""

MOST_NAMES_TOLD = 100


def read_document(file: Handed, document: SoundXml, shape: Shape) -> tuple[list[TableRead], list[dict[str, Any]]]:
    """The tables of the document, every one that its year must have, and what it held beside them.

    Rows are numbered as though each table had been written as a CSV file, its headings in row 1.
    """
    raw, told = take_apart(document, shape)
    read: list[TableRead] = []
    for table in FORMS[shape.form].tables:
        if table.name not in raw and table.name in ONLY_SOME_YEARS:
            continue
        columns = {column.name: column.says for column in table.columns}
        telling = TableTelling(file.called, table, columns)
        held = raw.get(table.name, pl.DataFrame(schema=dict.fromkeys(columns, pl.String)))
        held = held.select(name for name in held.columns if name in columns)
        rows = pl.int_range(2, held.height + 2, eager=True, dtype=pl.Int64)
        asked = form_asked(shape.form, xml=True, columns=shape.own.get(table.name, frozenset()))
        frame = make_table(held, rows, table, telling, asked)
        sheet = SheetRead(file.called, table.name, None, None, frame.height, False, f"Read as {table.title}.")
        read.append(TableRead(frame, telling, sheet))
    return read, _notes(file, told)


def _notes(file: Handed, told: Told) -> list[dict[str, Any]]:
    notes = []
    for name, count in told.unknown.most_common(MOST_NAMES_TOLD):
        says = "The return has no such element; it was left out."
        notes.append(make_note("extra_column", says, sheet=file.called, heading=name, cells=count))
    for name, count in told.misplaced.most_common(MOST_NAMES_TOLD):
        says = "This element stands elsewhere than the return's schema says."
        notes.append(make_note("out_of_place", says, sheet=file.called, heading=name, cells=count))
    for (holder, leaf), count in told.doubled.most_common(MOST_NAMES_TOLD):
        says = f"This element stands more than once in one {holder}; the first was read."
        notes.append(make_note("double_column", says, sheet=file.called, heading=leaf, cells=count))
    if told.stray:
        says = "There is text where only elements belong; it was left out."
        notes.append(make_note("stray_text", says, sheet=file.called, cells=told.stray))
    left = max(len(told.unknown) - MOST_NAMES_TOLD, 0)
    if left:
        says = "There are more elements that the return has not than are listed here."
        notes.append(make_note("lengthy", says, sheet=file.called, cells=left))
    return notes
