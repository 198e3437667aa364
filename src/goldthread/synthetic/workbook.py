"""Writes an invented authority as an Annex A workbook in the official shape, marked synthetic throughout.

Row 1 of a list is a merged title, row 2 the headings, data from row 3; dates are true date cells shown DD/MM/YYYY;
codes stand as the template prints them. `messy` writes the same rows as real files often look.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

import polars as pl
import xlsxwriter

from goldthread.kernel.codes import CODE_LISTS
from goldthread.kernel.table import Column, Kind, Table
from goldthread.kernel.tables import TABLES
from goldthread.synthetic.authority import Authority
from goldthread.synthetic.defects import FIRST_ROW, Defect
from goldthread.synthetic.dice import Dice
from goldthread.synthetic.headings import TITLES, columns_of, heading
from goldthread.synthetic.messy import Mess
from goldthread.synthetic.printed_codes import PRINTED

Form = Literal["new", "old"]

MARK = "SYNTHETIC: everything in this workbook is invented. No row is about a real child, family or worker."

_EPOCH = date(1899, 12, 30).toordinal()


def write(authority: Authority, path: Path, *, list_9: Form = "new", messy: bool = False) -> tuple[Defect, ...]:
    """Write the workbook. Gives the planted defects with sheet and row as they stand in this file.

    `list_9` chooses the older or newer form of the care leavers' list. Raises OSError where the file cannot be
    written, and overwrites one that is there.
    """
    # A workbook half written must not look like a whole one: it gets its name when it is done.
    part = path.with_name(f".{path.name}.part")
    try:
        with xlsxwriter.Workbook(part, {"strings_to_numbers": False, "strings_to_urls": False}) as book:
            _sign(book, authority)
            _front(book, authority)
            _codes(book)
            mess = Mess(Dice(authority.spec.seed, "mess")) if messy else None
            places = {name: _list(book, authority, table, list_9, mess) for name, table in TABLES.items()}
        part.replace(path)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return located(authority.truth, places, list_9)


def located(truth: Sequence[Defect], places: dict[str, tuple[str, dict[int, int]]], list_9: Form) -> tuple[Defect, ...]:
    """The defects at their place in a file. Those in a column that the form lacks are left out."""
    kept = [each for each in truth if TABLES[each.table].column(each.column) in columns_of(TABLES[each.table], list_9)]
    return tuple(
        replace(
            each,
            sheet=places[each.table][0],
            row=places[each.table][1][each.row],
            touches=tuple((name, places[name][1][row]) for name, row in each.touches),
        )
        for each in kept
    )


def _sign(book: Any, authority: Authority) -> None:
    """Say in the document's properties what it is. The time is fixed, so that the same seed makes the same file."""
    book.set_properties(
        {
            "title": f"SYNTHETIC Annex A of {authority.spec.name}",
            "subject": "Invented child-level lists for testing and demonstration",
            "author": "Goldthread",
            "keywords": "synthetic",
            "comments": MARK,
            "created": datetime.combine(authority.spec.as_at, time(9), tzinfo=UTC).replace(tzinfo=None),
        }
    )
    book.set_custom_property("Synthetic", True)


def _front(book: Any, authority: Authority) -> None:
    spec = authority.spec
    bold = book.add_format({"bold": True, "font_size": 14})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    pages = {
        "Front_Sheet": (
            "SYNTHETIC DATA",
            MARK,
            f"Annex A - child-level data, lists 1 - 11: {spec.name}, an invented authority",
            f"Lists cut on {spec.as_at:%d/%m/%Y}. Made by Goldthread's make-authority, seed {spec.seed}.",
            "Identifiers begin with SYN, postcodes lie in ZZ99, and no team, worker or neighbouring authority exists.",
        ),
        "Guidance": (
            "SYNTHETIC DATA: how these lists were made",
            "Lists 1 to 9 cover six months back from the day of the lists, lists 10 and 11 twelve.",
            "The shape is that of Ofsted's Annex A template of August 2019. Its guidance is not repeated here.",
            "Local practice: an invented front door, invented teams, and faults planted on purpose unless left out.",
        ),
    }
    for name, lines in pages.items():
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 0, 110)
        sheet.write_string(0, 0, lines[0], bold)
        for row, line in enumerate(lines[1:], start=2):
            sheet.write_string(row, 0, line, wrap)


def _codes(book: Any) -> None:
    sheet = book.add_worksheet("Codes_used")
    sheet.set_column(0, 2, 40)
    for column, word in enumerate(("Code list", "Preferred code", "Detail")):
        sheet.write_string(0, column, word, book.add_format({"bold": True}))
    row = 0
    for name, listed in CODE_LISTS.items():
        for code in listed.codes:
            row += 1
            for column, word in enumerate((name, PRINTED[name, code.code], code.label)):
                sheet.write_string(row, column, word)


def _list(book: Any, authority: Authority, table: Table, list_9: Form, mess: Mess | None) -> tuple[str, dict[int, int]]:
    """Write one list. Gives the name of its sheet, and where each row went."""
    frame = authority.tables[table.name]
    columns = columns_of(table, list_9)
    if mess:
        return mess.write(book, table, columns, frame, authority.written)
    sheet = book.add_worksheet(f"List_{table.number}")
    sheet.merge_range(0, 0, 0, len(columns) - 1, TITLES[table.number], book.add_format({"bold": True}))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#D9E1F2"})
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 16)
        sheet.write_string(1, place, heading(table, column), head)
        _column(sheet, place, column, frame[column.name], dated)
    for (name, row, written), text in authority.written.items():
        if name == table.name and written in [column.name for column in columns]:
            place = [column.name for column in columns].index(written)
            sheet.write_string(row - 1, place, text)
    return sheet.name, {row: row for row in frame["row"]}


def _column(sheet: Any, place: int, column: Column, values: pl.Series, dated: Any) -> None:
    first = FIRST_ROW - 1
    if column.kind is Kind.DATE:
        for row, day in enumerate(values, start=first):
            if day is not None:
                sheet.write_number(row, place, serial(day), dated)
    elif column.kind is Kind.COUNT:
        for row, number in enumerate(values, start=first):
            if number is not None:
                sheet.write_number(row, place, number)
    else:
        for row, text in enumerate(values, start=first):
            if text is not None:
                sheet.write_string(row, place, PRINTED[column.codes.name, text] if column.codes else text)


def serial(day: date) -> int:
    """The number that a spreadsheet keeps for a date."""
    return day.toordinal() - _EPOCH
