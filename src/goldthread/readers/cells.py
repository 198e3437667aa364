"""Cells of text made into dates, numbers and plain text, a whole column at a time.

Everything arrives as text: the parser writes a true date as `2024-01-12 00:00:00`, a number as its digits. The common
forms are read by Polars over the whole column; what is left is read once for each different value. Dates are read
day first and never month first. What cannot be read without doubt is left null and told as not understood.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from goldthread.kernel.event_dates import PLACEHOLDERS

ODD_SPACES = " \t\r\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u2060\ufeff"
_INNER_SPACES = f"[{ODD_SPACES[1:]}]"
_TRUE = "%Y-%m-%d 00:00:00"

_BLANK_WORDS = ("none", "n/a", "#n/a", "na", "n.a.", "null", "nan", "nat", "<na>", "not applicable", "(blank)")
_BLANK_MARKS = ("-", "--", "---", "–", "—", ".", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
BLANK_FORMS: list[str] = sorted(
    {form for word in _BLANK_WORDS for form in (word, word.upper(), word.title(), word.capitalize())}
) + list(_BLANK_MARKS)
"""Ways of writing that there is nothing in a cell, besides leaving it empty."""

DATE_EXPECTED = "A date, day first, such as 31/01/2024; leave the cell empty where there is none."
COUNT_EXPECTED = "A whole number in digits, such as 2."
AGE_EXPECTED = "The age in completed years, such as 7; 0 below the first birthday, -1 for an unborn child."

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_050  # 18 May 1927 to the end of 2099; below, a bare number may be a year
_EXCEL_DAY_0 = date(1899, 12, 30)
_TWO_DIGIT_PIVOT = 50


class Found(NamedTuple):
    """What one written value was read as: the value, and the kind of note to write, if any. `blank` is a blank form.

    `read_as` is how the note shows the value, where the value alone would say too little.
    """

    value: object = None
    note: str = ""
    says: str = ""
    blank: bool = False
    read_as: str | None = None


class Seen(NamedTuple):
    """One note about a column: its kind, what was written and read, what to say, where it was first, and how often."""

    kind: str
    written: str | None
    read_as: str | None
    says: str
    first: int
    cells: int


@dataclass(slots=True)
class Parsed:
    """A column as read: its values, which cells were not understood, and what is worth telling."""

    values: pl.Series
    unread: pl.Series | None = None
    seen: list[Seen] = field(default_factory=list)


def clean(frame: pl.DataFrame) -> pl.DataFrame:
    """Every cell stripped of spaces of every kind, and empty cells null."""
    return frame.with_columns(pl.all().str.strip_chars(ODD_SPACES).replace("", None))


def blank_in(frame: pl.DataFrame) -> set[str]:
    """The columns that hold a blank form somewhere."""
    held = frame.select(pl.all().is_in(BLANK_FORMS).any())
    return {name for name, any_there in zip(held.columns, held.row(0), strict=True) if any_there}


def blank_out(column: pl.Series) -> tuple[pl.Series, list[Seen]]:
    """The column with its blank forms made null, and a note for each form met."""
    mask = column.is_in(BLANK_FORMS)
    if not mask.any():
        return column, []
    seen = _noted(column, {form: Found(None, "blank_form", "", True) for form in column.filter(mask).unique()})
    return column.set(mask.fill_null(value=False), None), seen


def _noted(column: pl.Series, found: dict[str, Found]) -> list[Seen]:
    """A note for each written value that needs one, with the place of its first cell and the number of its cells."""
    told = {written: one for written, one in found.items() if one.note}
    if not told:
        return []
    places = (
        pl.DataFrame({"written": column})
        .with_row_index("at")
        .filter(pl.col("written").is_in(list(told)))
        .group_by("written", maintain_order=True)
        .agg(pl.col("at").first(), pl.len().alias("cells"))
    )
    return [
        Seen(one.note, written, one.read_as or (None if one.value is None else str(one.value)), one.says, at, cells)
        for written, at, cells in places.rows()
        for one in (told[written],)
    ]


def grouped(seen: list[Seen]) -> list[Seen]:
    """Notes of one kind and one sentence put together, for columns where nearly every value differs."""
    groups: dict[tuple[str, str], Seen] = {}
    for one in seen:
        held = groups.get((one.kind, one.says))
        groups[one.kind, one.says] = one if held is None else held._replace(cells=held.cells + one.cells)
    return list(groups.values())


def different_in(frame: pl.DataFrame) -> dict[str, pl.Series]:
    """Every different value of each column once, in the order of the rows, without the empty cells."""
    once = frame.select(pl.all().unique(maintain_order=True).drop_nulls().implode())
    return {name: once.get_column(name).item() for name in once.columns}


def parse_each(
    column: pl.Series, dtype: type[pl.DataType], read: Callable[[str], Found], different: pl.Series | None = None
) -> Parsed:
    """Read every different value of a column once. Cells whose value came out null, and is no blank, are unread.

    `different` is what `different_in` gives for the column, where the caller knows it already.
    """
    different = different_in(column.to_frame())[column.name] if different is None else different
    found = {written: read(written) for written in different}
    # The place of each cell's value among the different ones: half the work of replacing value by value.
    places = column.cast(pl.Enum(different)).to_physical()
    values = pl.Series(column.name, [one.value for one in found.values()], dtype=dtype())[places]
    strange = [written for written, one in found.items() if one.value is None and not one.blank]
    unread = column.is_in(strange).fill_null(value=False) if strange else None
    return Parsed(values, unread, _noted(column, found))


# Dates

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1
    )
    for name in names.split()
}  # fmt: skip
_TIME = r"(?:[T ]\s*(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?:am|pm)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}", re.IGNORECASE)
_DAY_FIRST = re.compile(
    rf"(?P<d>\d{{1,2}})\s*[-/. ]\s*(?P<m>\d{{1,2}})\s*[-/. ]\s*(?P<y>\d{{4}}|\d{{2}}),?{_TIME}", re.IGNORECASE
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)[a-z]*[,.]?\s+)?"
_WORDS = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*(?:of )?"
    rf"(?P<m>[a-z]{{3,9}})[-/., ]*(?P<y>\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_WORDS_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<m>[a-z]{{3,9}})[-/. ]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-/., ]+(?P<y>\d{{4}}){_TIME}",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?P<time>)")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MIDNIGHT = re.compile(r"(?:0?0|12):00(?::00(?:\.0+)?)?")

SAYS_TIME = "Dates with a time of day; the day was kept."
SAYS_SERIAL = "Dates left as the spreadsheet's day numbers; read as the days they stand for."
SAYS_SHORT_YEAR = "Dates with a year of two digits; 00 to 49 were read as this century."
SAYS_PLACEHOLDER = "Dates that systems write where none is known; they were read as they stand."
SAYS_ZERO = "Zeros shown as dates, which formulas leave where a cell was empty; read as blank."


def _as_date(year: int, month: int, day: int) -> date | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if _FIRST_YEAR <= year <= _LAST_YEAR or made in PLACEHOLDERS else None


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.get(written.lower(), 0)


def _from_match(match: re.Match[str]) -> Found:
    parts = match.groupdict()
    year, short = int(parts["y"]), len(parts["y"]) == 2
    if short:
        year += 2000 if year < _TWO_DIGIT_PIVOT else 1900
    made = _as_date(year, _month(parts["m"]), int(parts["d"]))
    if made is None:
        return Found()
    if made in PLACEHOLDERS:
        return Found(made, "placeholder", SAYS_PLACEHOLDER)
    if short:
        return Found(made, "form", SAYS_SHORT_YEAR)
    if parts["time"] and not _MIDNIGHT.fullmatch(parts["time"]):
        return Found(made, "form", SAYS_TIME)
    return Found(made)


def read_date(written: str, *, from_1904: bool = False) -> Found:
    """The date in a cell's text, day first. Day numbers are not read where the workbook counts them from 1904."""
    written = " ".join(written.split())
    if written.startswith(("1899-12-31 00:00", "1899-12-30 00:00")):
        return Found(None, "placeholder", SAYS_ZERO, blank=True)
    for pattern in (_ISO, _DAY_FIRST, _WORDS, _WORDS_MONTH_FIRST, _COMPACT):
        match = pattern.fullmatch(written)
        if match is not None:
            return _from_match(match)
    match = _SERIAL.fullmatch(written)
    if match is not None and not from_1904 and _FIRST_SERIAL <= int(match.group(1)) <= _LAST_SERIAL:
        return Found(_EXCEL_DAY_0 + timedelta(days=int(match.group(1))), "form", SAYS_SERIAL)
    return Found(date(1900, 1, 1), "placeholder", SAYS_PLACEHOLDER) if written == "1" else Found()


USUAL_FROM, USUAL_TO = date(1970, 1, 2), date(2098, 12, 31)
"""Between these days no date stands for none, and none is beyond what is read."""


def parse_dates(column: pl.Series, quick: pl.Series, *, from_1904: bool = False) -> Parsed:
    """A column of dates. `quick` holds the true dates, read all at once (see `quickly`); the rest is read by value."""
    first, last = quick.min(), quick.max()
    usual = first is None or (first >= USUAL_FROM and last <= USUAL_TO)  # type: ignore[operator]
    if usual and quick.null_count() == column.null_count():
        return Parsed(quick)
    sure = ((quick >= USUAL_FROM) & (quick <= USUAL_TO)).fill_null(value=False)
    parsed = parse_each(column.set(sure, None), pl.Date, lambda written: read_date(written, from_1904=from_1904))
    return Parsed(quick.zip_with(sure, parsed.values), parsed.unread, grouped(parsed.seen))


# Whole numbers and ages

_WHOLE = re.compile(r"[+]?(-?\d{1,3}(?:,\d{3})+|-?\d{1,15})(?:\.0*)?")
_NUMBER_SHOWN_AS_DATE = re.compile(r"(1899-12-3[01]|1900-\d{2}-\d{2}) 00:00:00")
SAYS_SHOWN_AS_DATE = "Numbers that the workbook shows as dates of 1900; read as the numbers they are."


def _number_under_date(written: str) -> int | None:
    """A small number in a cell formatted as a date, which the parser writes as a day of 1900. Day 60 was never."""
    match = _NUMBER_SHOWN_AS_DATE.fullmatch(written)
    if match is None:
        return None
    days = (date.fromisoformat(match.group(1)) - date(1899, 12, 31)).days
    return days if 0 <= days < 59 else None


def read_count(written: str) -> Found:
    """A whole number; thousands may be parted by commas and a `.0` may follow."""
    match = _WHOLE.fullmatch(written)
    if match is not None:
        return Found(int(match.group(1).replace(",", "")))
    days = _number_under_date(written)
    return Found() if days is None else Found(days, "form", SAYS_SHOWN_AS_DATE)


_DECIMAL = re.compile(r"-?\d{1,3}\.\d+")
_UNITS = re.compile(
    r"(?:(?P<years>\d{1,3})\s*(?:years?|yrs?|y)\.?)?[ ,]*(?:and )?"
    r"(?:(?P<months>\d{1,3})\s*(?:months?|mths?|mnths?|mos?|m)\.?)?[ ,]*(?:and )?"
    r"(?:(?P<weeks>\d{1,2})\s*(?:weeks?|wks?|w)\.?)?[ ,]*(?:and )?"
    r"(?:(?P<days>\d{1,3})\s*(?:days?|d)\.?)?(?: old)?"
)
SAYS_AGE = "Ages written in other ways than whole years; the completed years were kept."
_MONTHS_IN_YEAR, _WEEKS_IN_YEAR, _DAYS_IN_YEAR = 12, 52, 365


def _age_in_units(written: str) -> int | None:
    match = _UNITS.fullmatch(written)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    if weeks >= _WEEKS_IN_YEAR or days >= _DAYS_IN_YEAR or (years and months >= _MONTHS_IN_YEAR):
        return None
    return years + months // _MONTHS_IN_YEAR


def read_age(written: str) -> Found:
    """An age in completed years; an unborn child is -1. '8 months' and '<1' are 0, 6.138 is 6."""
    low = written.lower()
    if low in ("unborn", "unborn child", "not yet born", "not born", "-1.0"):
        return Found(-1, "age", SAYS_AGE)
    if low.replace(" ", "") in ("<1", "under1", "<1year", "lessthan1", "under1year", "lessthan1year", "under1yr"):
        return Found(0, "age", SAYS_AGE)
    whole = read_count(written)
    if whole.value is not None:
        return whole
    if _DECIMAL.fullmatch(low):
        value = float(low)
        return Found(int(value // 1), "age", SAYS_AGE) if value > -1 else Found()
    years = _age_in_units(low)
    return Found() if years is None else Found(years, "age", SAYS_AGE)


def parse_whole(column: pl.Series, quick: pl.Series, read: Callable[[str], Found]) -> Parsed:
    """A column of whole numbers. `quick` holds plain digits, read all at once; the rest is read by `read`, by value."""
    if quick.null_count() == column.null_count():
        return Parsed(quick)
    parsed = parse_each(column.set(quick.is_not_null(), None), pl.Int64, read)
    return Parsed(quick.fill_null(parsed.values), parsed.unread, grouped(parsed.seen))


# Text

_POINT_ZERO = r"^(\d+)\.0+$"
_TRUE_DATE = r"^\d{4}-\d{2}-\d{2} 00:00:00$"
SAYS_ID_AS_DATE = "Identifiers that the workbook shows as dates; read as the numbers they are."


def parse_identifiers(quick: pl.Series) -> Parsed:
    """Identifiers as text, exactly as written, but for spaces around and a `.0` that a spreadsheet put behind."""
    dated = quick.str.contains(_TRUE_DATE).fill_null(value=False)
    if not dated.any():
        return Parsed(quick)
    days = quick.str.head(10).str.to_date("%Y-%m-%d", strict=False) - pl.lit(_EXCEL_DAY_0)
    numbers = pl.select(days.dt.total_days().cast(pl.String)).to_series()
    told = Seen("form", None, None, SAYS_ID_AS_DATE, dated.arg_true()[0], int(dated.sum()))
    return Parsed(quick.zip_with(~dated, numbers), None, [told])


def quickly(name: str, kind: str) -> pl.Expr:
    """The column of that name with all that needs no thought read at once; null where it takes thought.

    `kind` is 'date', 'count', 'identifier' or 'text'. A list is read in one go: a call for each column costs more.
    """
    if kind == "date":
        return pl.col(name).str.strptime(pl.Datetime("ms"), _TRUE, strict=False).cast(pl.Date)
    if kind == "count":
        return pl.col(name).cast(pl.Int64, strict=False)
    if kind == "identifier":
        return pl.col(name).str.replace(_POINT_ZERO, "$1")
    return pl.col(name).str.replace_all(_INNER_SPACES, " ")
