"""What each mend of `kernel.mends` does to a column of cells as they are written.

A mend gets the column's text and gives it again, changed where it applies. None of them knows another column, a child,
or another file.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from goldthread.kernel.code_years import CODE_YEARS
from goldthread.kernel.event_dates import PLACEHOLDERS
from goldthread.kernel.table import Column, Kind, Privacy
from goldthread.readers import cells
from goldthread.readers.other_forms import DAY_FIRST, YEAR_FIRST, form_asked, other_dates
from goldthread.readers.return_cells import read_part_date

_SPACES = cells.ODD_SPACES
_FULL = r"(?i)^([A-Z]{1,2}[0-9][A-Z0-9]?|GIR)([0-9][A-Z]{2})$"
_POINT_ZERO = r"^(-?\d+)\.0+$"
_SHORT_YEAR = re.compile(r"\d{1,2}\D+\d{1,2}\D+\d{2}(\D.*)?|.*[a-z]\D*\d{2}", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\d{1,5}(\.\d+)?")
_TWO_NUMBERS = r"^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+\d{4}\b"
_MONTHS = 12
_CODED = frozenset({Kind.CODE, Kind.CODES, Kind.FLAG, Kind.POSTCODE})
_BY_VALUE = frozenset({Kind.DATE, Kind.COUNT, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class Beside:
    """What a mend may ask besides the cells: the return, its year where that is known, and whether it is XML."""

    form: str
    year: int | None
    xml: bool = False


Becomes = Callable[[pl.Series, Column, Beside], pl.Series]


def _spaces(written: pl.Series, column: Column, beside: Beside) -> pl.Series:
    return written.str.strip_chars(_SPACES).replace("", None)


def _point_zero(written: pl.Series, column: Column, beside: Beside) -> pl.Series:
    numbered = column.privacy is Privacy.IDENTIFIER or column.name.endswith("_id")
    if column.kind in (Kind.CODE, Kind.FLAG, Kind.COUNT) or (column.kind is Kind.TEXT and numbered):
        return written.str.replace(_POINT_ZERO, "$1")
    return written


def _true_false(written: pl.Series, column: Column, beside: Beside) -> pl.Series:
    if column.kind is not Kind.FLAG:
        return written
    small = written.str.to_lowercase()
    said = small.replace_strict({"true": "1", "false": "0"}, default=None, return_dtype=pl.String)
    return said.fill_null(written)


def _case(written: pl.Series, column: Column, beside: Beside) -> pl.Series:
    # Whether a flag's true is 1 is another mend's matter: in capitals it would be no better.
    if column.kind not in _CODED:
        return written
    kept = written.str.to_lowercase().is_in(["true", "false"]).fill_null(value=False)
    return written.zip_with(kept, written.str.to_uppercase())


def _blanks(written: pl.Series, column: Column, beside: Beside) -> pl.Series:
    return written if column.kind not in _BY_VALUE else cells.blank_out(written)[0]


def _dates(written: pl.Series, column: Column, beside: Beside) -> pl.Series:
    if column.kind not in (Kind.DATE, Kind.PART_DATE):
        return written
    asked = form_asked(beside.form, xml=beside.xml)
    if asked is None:
        return written
    different = written.filter(other_dates(written, asked)).unique()
    if different.is_empty():
        return written
    month_first = _month_first(written)
    form = DAY_FIRST if beside.form == "ssda903" else YEAR_FIRST
    found = {cell: made for cell in different if (made := _date(cell, column, form, month_first=month_first))}
    return written.replace(found) if found else written


def _month_first(written: pl.Series) -> bool:
    """Whether some cell of the column can only be meant month first: then no date of two numbers is sure in it."""
    second = written.str.extract(_TWO_NUMBERS, 2).cast(pl.Int64, strict=False)
    return bool((second > _MONTHS).any())


def _date(written: str, column: Column, form: str, *, month_first: bool) -> str | None:
    """The cell in the form of the return; None where it is no date, or could be meant otherwise."""
    if _SHORT_YEAR.fullmatch(written) or _BARE_NUMBER.fullmatch(written):
        return None
    if month_first and re.match(_TWO_NUMBERS, written):
        return None
    if column.kind is Kind.PART_DATE and re.search("zz|xx", written, re.IGNORECASE):
        part = read_part_date(written).value
        return part if isinstance(part, str) else None
    made = cells.read_date(written).value
    return None if made is None or made in PLACEHOLDERS else f"{made:{form}}"


def _postcodes(written: pl.Series, column: Column, beside: Beside) -> pl.Series:
    if column.kind is not Kind.POSTCODE:
        return written
    bare = written.str.replace_all(f"[{_SPACES}]", "")
    whole = bare.str.contains(_FULL).fill_null(value=False)
    return written.zip_with(~whole, bare.str.replace(_FULL, "$1 $2"))


_SURE = ("sex",)
"""The lists whose older codes have one successor that says the same of a child, whatever else is known."""


def _older_codes(written: pl.Series, column: Column, beside: Beside) -> pl.Series:
    if column.codes is None or column.codes.name not in _SURE or beside.year is None:
        return written
    instead = {
        one.code: one.instead[0]
        for one in CODE_YEARS
        if one.codes == column.codes.name and one.sure and len(one.instead) == 1
        and (one.until or beside.year) < beside.year
    }  # fmt: skip
    return written.replace(instead) if instead else written


BY_CELL: Mapping[str, Becomes] = {
    "spaces": _spaces,
    "point-zero": _point_zero,
    "true-false": _true_false,
    "case": _case,
    "blanks": _blanks,
    "dates": _dates,
    "postcodes": _postcodes,
    "older-codes": _older_codes,
}
"""What a mend makes of a column, by its code. `same-rows` is about rows, and stands with the files."""
