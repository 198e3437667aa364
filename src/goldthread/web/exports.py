"""Tables that leave the application as files: built fresh, values only, and no text that could become a formula."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None

FORMATS: dict[str, tuple[str, str]] = {
    "xlsx": ("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("CSV file", "text/csv; charset=utf-8"),
}
"""What a table can be exported as: the format's words and its content type."""

_FORMULA_STARTS = frozenset("=+-@＝＋－＠")
_NEVER_FIRST = ("\t", "\r", "\n", "\0")
_EXCEL_TEXT = 32_767
_WIDEST = 70


@dataclass(frozen=True, slots=True)
class Table:
    """One table to export. `about` is told above it in a CSV and on a sheet of its own in a workbook."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    about: tuple[tuple[str, str], ...] = ()


def export(table: Table, form: str) -> bytes:
    """The table as a file. Raises KeyError for a format that there is not."""
    return {"xlsx": as_xlsx, "csv": as_csv}[form](table)


def safe(value: str) -> str:
    """Text for a CSV: what a spreadsheet could take for a formula gets an apostrophe in front.

    Spaces and control characters before it do not hide a formula from a spreadsheet, so they do not hide it here.
    """
    first = next((sign for sign in value if unicodedata.category(sign)[0] not in "CZ"), "")
    return f"'{value}" if first in _FORMULA_STARTS or value.startswith(_NEVER_FIRST) else value


def as_csv(table: Table) -> bytes:
    """The table as CSV that Excel opens as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(column) for column in table.columns])
    for row in table.rows:
        writer.writerow([safe(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """The table as a workbook: text in text cells, nothing calculated, linked or hidden, no author."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        if table.about:
            front = book.add_worksheet("About")
            front.set_column(0, 0, 24)
            front.set_column(1, 1, 80)
            for line, (name, says) in enumerate(table.about):
                front.write_string(line, 0, name, bold)
                front.write_string(line, 1, says[:_EXCEL_TEXT], wrap)
        sheet = book.add_worksheet(table.title[:31])
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column, bold)
            sheet.set_column(place, place, _width(table, place))
        for line, row in enumerate(table.rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, place, cell[:_EXCEL_TEXT])
                elif isinstance(cell, date):
                    sheet.write_datetime(line, place, cell, day)
                elif cell is not None:
                    sheet.write_number(line, place, cell)
    return out.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return "" if cell is None else str(cell)


def _width(table: Table, place: int) -> int:
    widest = max([len(table.columns[place]), *(len(_plain(row[place])) for row in table.rows[:500])])
    return min(_WIDEST, widest + 2)
