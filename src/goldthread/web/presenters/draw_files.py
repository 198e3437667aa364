"""The record of a draw as a file: JSON to repeat it by machine, CSV and Excel to read. Pseudonyms only."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

Row = Sequence[Any]

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The forms that are offered, and what a browser is told of each."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_HEADS = ("Case", "Pseudonym", "Stratum", "Stands for", "Why drawn", "In reserve", "Came in for case",
          "Instrument", "Another than the draw's")  # fmt: skip


def as_file(record: dict[str, Any], form: str) -> bytes:
    """The record in one of TYPES. Raises KeyError for another form."""
    return {"json": _json, "csv": _csv, "xlsx": _xlsx}[form](record)


def _json(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()


def _csv(record: dict[str, Any]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADS)
    writer.writerows([_safe(cell) for cell in row] for row in _cases(record))
    # The mark that tells Excel this is UTF-8.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(record: dict[str, Any]) -> bytes:
    import xlsxwriter

    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        bold = book.add_format({"bold": True})
        sheets: list[tuple[str, Sequence[str], Iterable[Row]]] = [
            ("Cases", _HEADS, _cases(record)),
            ("Strata", ("Stratum", "In the frame", "Drawn", "Each stands for"), _strata(record)),
            ("Left out", ("Reason", "Rows"), [(one["reason"], one["rows"]) for one in record["excluded"]]),
            ("Record", ("", "Value"), _facts(record)),
        ]
        for name, heads, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, heads, bold)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, row)
            sheet.autofit()
    return held.getvalue()


def _cases(record: dict[str, Any]) -> list[Row]:
    return [
        (
            one["case"], one["pseudonym"], one["stratum"],
            "" if one["stands_for"] is None else round(one["stands_for"], 2), one["reason"],
            "yes" if one["in_reserve"] else "no", one["came_in_for"] or "",
            one["instrument"], "yes" if one["another_instrument"] else "no",
        )
        for one in record["cases"]
    ]  # fmt: skip


def _strata(record: dict[str, Any]) -> list[Row]:
    return [
        (one["name"], one["in_frame"], one["drawn"], "" if one["weight"] is None else round(one["weight"], 2))
        for one in record["strata"]
    ]


def _facts(record: dict[str, Any]) -> list[Row]:
    facts = {name: value for name, value in record.items() if name not in ("cases", "strata", "excluded", "proof")}
    return [
        (name.replace("_", " "), ", ".join(value) if isinstance(value, list) else "" if value is None else value)
        for name, value in facts.items()
    ]


def _safe(cell: Any) -> Any:
    """Text that a spreadsheet cannot take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA_STARTS) else cell
