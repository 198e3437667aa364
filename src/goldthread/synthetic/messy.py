"""The same rows as real files often look: what the workbooks of many authorities have in common is that they differ.

Quirks seen in published samples and open tools: sheets named by topic, headings with other case, quotes and spaces,
columns in another order, extra columns, dates as text, ISO or bare serial numbers, codes bare or in words, blanks
written as a dash, empty rows, and a footer left by a reporting tool.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from goldthread.kernel.table import Column, Kind, Table
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.headings import TITLES, heading
from goldthread.synthetic.printed_codes import PRINTED

_EPOCH = date(1899, 12, 30).toordinal()
_TOPICS = {1: "Contacts", 2: "Early Help", 3: "Referrals", 4: "Assessments", 5: "Sec47 and ICPC", 6: "Children in Need"}
_EXTRA = ("Team Manager", "Comments", "Month", "LA")
_BLANKS = Weights({"": 6.0, "-": 1.0, "N/A": 1.0})
# Lists whose words alone tell which code is meant.
_CLEAR_WORDS = frozenset({"gender", "yes_no", "yes_no_unknown", "case_status", "abuse", "suitability", "eligibility"})

_DATES: dict[str, Callable[[date], str | int]] = {
    "cell": lambda day: day.toordinal() - _EPOCH,
    "serial": lambda day: day.toordinal() - _EPOCH,
    "day first": lambda day: f"{day:%d/%m/%Y}",
    "iso": lambda day: day.isoformat(),
    "with a time": lambda day: f"{day.isoformat()} 00:00:00",
}
_DATE_STYLES = Weights({"cell": 4.0, "serial": 1.0, "day first": 2.0, "iso": 1.0, "with a time": 1.0})


def _apart(text: str) -> str:
    """'N1 - Abuse or neglect' as 'N1 Abuse or neglect'."""
    return text.replace(" - ", " ", 1)


_CODES: dict[str, Callable[[str, str, str], str]] = {
    "printed": lambda printed, _code, _label: printed,
    "spaced": lambda printed, _code, _label: f" {printed}  ",
    "loud": lambda printed, _code, _label: printed.upper(),
    "apart": lambda printed, _code, _label: _apart(printed),
    "bare": lambda _printed, code, _label: code,
    "words": lambda _printed, _code, label: label,
}
_CODE_STYLES = Weights({"printed": 3.0, "spaced": 1.0, "loud": 1.0, "apart": 1.0, "bare": 2.0})
_WORD_STYLES = Weights({"printed": 2.0, "spaced": 1.0, "loud": 1.0, "words": 3.0})


class Mess:
    """Writes lists in disorder, repeatably."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice

    def write(
        self,
        book: Any,
        table: Table,
        columns: list[Column],
        frame: pl.DataFrame,
        written: Mapping[tuple[str, int, str], str],
    ) -> tuple[str, dict[int, int]]:
        """Write one list. Gives the name of its sheet, and the sheet row that each of the frame's rows went to."""
        name = self._dice.one_of((f"List_{table.number}", f"List {table.number}", _TOPICS.get(table.number, "")))
        sheet = book.add_worksheet(name or f"List {table.number}")
        heads = self._dice.one_of((0, 1, 1, 2))
        if heads:
            sheet.write_string(0, 0, TITLES[table.number])
        places = self._rows(frame, heads)
        order = self._dice.shuffled(range(len(columns) + self._dice.number(0, 2)))
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        for place, which in enumerate(order):
            if which >= len(columns):
                sheet.write_string(heads, place, _EXTRA[which - len(columns)])
                continue
            column = columns[which]
            sheet.write_string(heads, place, self._heading(heading(table, column)))
            form = self._form(column)
            for row, value in frame.select("row", column.name).iter_rows():
                raw = written.get((table.name, row, column.name))
                self._cell(
                    sheet, places[row] - 1, place, raw or form(value), dated if column.kind is Kind.DATE else None
                )
        self._footer(sheet, frame, places)
        return sheet.name, places

    def _rows(self, frame: pl.DataFrame, heads: int) -> dict[int, int]:
        """Where each row goes: below the headings, with an empty row now and then."""
        places: dict[int, int] = {}
        at = heads + 1
        for row in frame["row"]:
            at += 2 if self._dice.chance(0.004) else 1
            places[row] = at
        return places

    def _heading(self, text: str) -> str:
        return self._dice.one_of(
            (text, text, text.strip(), f"{text} ", text.replace("’", "'").replace("‘", "'"), text.title(), text.upper())
        )

    def _form(self, column: Column) -> Callable[[Any], str | int | None]:
        """How one column of one sheet is written throughout."""
        dice = self._dice
        blank = dice.pick(_BLANKS) or None
        if column.kind is Kind.DATE:
            style = dice.pick(_DATE_STYLES)
            return lambda day: blank if day is None else _DATES[style](day)
        if column.codes:
            listed = column.codes
            clear = listed.name in _CLEAR_WORDS
            as_code = _CODES[dice.pick(_WORD_STYLES if clear else _CODE_STYLES)]
            forms = {
                code.code: as_code(PRINTED[listed.name, code.code], code.code, code.label) for code in listed.codes
            }
            return lambda code: blank if code is None else forms[code]
        if column.kind is Kind.COUNT:
            as_text = dice.chance(0.3)
            return lambda number: str(number) if as_text and number is not None else number
        spaces = dice.one_of(("", "", " "))
        return lambda text: text if text is None else f"{text}{spaces}"

    @staticmethod
    def _cell(sheet: Any, row: int, place: int, value: str | int | None, dated: Any) -> None:
        if isinstance(value, int):
            sheet.write_number(row, place, value, dated)
        elif value is not None:
            sheet.write_string(row, place, value)

    def _footer(self, sheet: Any, frame: pl.DataFrame, places: dict[int, int]) -> None:
        """What a reporting tool leaves under the last row."""
        last = max(places.values(), default=3)
        if self._dice.chance(0.6):
            sheet.write_string(last + 1, 0, "Applied filters: Period is last six months")
        elif self._dice.chance(0.5):
            sheet.write_string(last, 0, f"Total: {frame.height}")
