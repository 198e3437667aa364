"""Small workbooks for the readers' tests: xlsx by XlsxWriter, ods by a few lines of XML. Every value is made up."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

import xlsxwriter

from goldthread.kernel.table import Column, Kind, Table
from goldthread.kernel.tables import TABLES

Rows = Sequence[Sequence[Any]]


def xlsx(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), **options: Any) -> bytes:
    """An .xlsx workbook with these sheets; dates become true dates, text stays text.

    Text that begins with `==` is a formula saved without its value, with `=!` one whose value is an error; `=^` is
    merged with the cell above.
    """
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, **options})
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    as_time = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for at, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(at, place, value, as_time)
                elif isinstance(value, date):
                    sheet.write_datetime(at, place, value, as_date)
                elif value == "=^":
                    top = max(up for up in range(at) if place < len(rows[up]) and rows[up][place] != "=^")
                    if at + 1 == len(rows) or rows[at + 1][place] != "=^":
                        sheet.merge_range(top, place, at, place, rows[top][place])
                elif isinstance(value, str) and value.startswith("=="):
                    sheet.write_formula(at, place, value[1:], as_date, "")
                elif isinstance(value, str) and value.startswith("=!"):
                    sheet.write_formula(at, place, f"={value[2:]}", None, "#DIV/0!")
                elif isinstance(value, str):
                    sheet.write_string(at, place, value)
                elif value is not None:
                    sheet.write(at, place, value)
    book.close()
    return held.getvalue()


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_FOOT = "</office:spreadsheet></office:body></office:document-content>"


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        said = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        said = f'office:value-type="float" office:value="{value}"'
    elif isinstance(value, date):
        said = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    else:
        said = 'office:value-type="string"'
    return f"<table:table-cell {said}><text:p>{escape(str(value), quote=False)}</text:p></table:table-cell>"


def ods_with(content: str, **more: bytes) -> bytes:
    """An .ods workbook with this XML between the spreadsheet's tags, and any more parts."""
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (_ODS_HEAD + content + _ODS_FOOT).encode(),
            "META-INF/manifest.xml": b'<?xml version="1.0" encoding="UTF-8"?>'
            b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            **more,
        }
    )


def ods_table(name: str, rows: Rows, tail: str = "") -> str:
    """One sheet of an .ods workbook; `tail` is more rows as XML."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{escape(name)}">{body}{tail}</table:table>'


def ods(sheets: Mapping[str, Rows], tail: str = "") -> bytes:
    """An .ods workbook with these sheets."""
    return ods_with("".join(ods_table(name, rows, tail) for name, rows in sheets.items()))


def zipped(parts: Mapping[str, bytes], *, deflated: bool = True) -> bytes:
    """A zip container with these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip container."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def headings(name: str) -> list[str]:
    """The headings of a list, as the guidance prints them."""
    return [column.says for column in TABLES[name].columns]


def value(column: Column, at: int) -> Any:
    """A made-up value for a column, as a person would write it; `at` makes rows differ."""
    if column.kind is Kind.DATE:
        return date(2024, 1 + at % 12, 1 + at % 28)
    if column.kind is Kind.COUNT:
        return at % 18
    if column.codes is not None:
        code = column.codes.codes[at % len(column.codes.codes)]
        return f"{code.letter}) {code.label}" if code.letter else f"{code.code} - {code.label}"
    if column.kind is Kind.POSTCODE:
        return f"ZZ{1 + at % 9} {at % 9}AA"
    return f"{column.name} {at}"


def canonical(column: Column, at: int) -> Any:
    """What `value` must be read as."""
    if column.codes is not None:
        return column.codes.codes[at % len(column.codes.codes)].code
    return value(column, at)


def list_rows(table: Table, count: int = 3, *, title: bool = True) -> list[list[Any]]:
    """The rows of a sheet that holds a list: its title, its headings, and so many made-up rows."""
    rows: list[list[Any]] = [[f"List {table.number}: {table.title}"]] if title else []
    return [*rows, headings(table.name), *([value(column, at) for column in table.columns] for at in range(count))]


def all_lists(count: int = 3) -> dict[str, Rows]:
    """All eleven lists, on sheets named as the template names them."""
    return {f"List_{table.number}": list_rows(table, count) for table in TABLES.values()}


def one_list(name: str, **cells: Any) -> dict[str, Rows]:
    """One list with one row per value given: each keyword is a column, its value a list of what is written there."""
    table = TABLES[name]
    count = max(len(given) for given in cells.values())
    rows = [
        [cells[column.name][at] if column.name in cells else value(column, at) for column in table.columns]
        for at in range(count)
    ]
    return {f"List_{table.number}": [[f"List {table.number}"], headings(name), *rows]}
