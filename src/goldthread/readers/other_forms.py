"""Cells of a return that are written in another form than the return's, and were read all the same.

What a cell can only mean is read: a date in another form, a code in small letters, a number with a point zero, a word
for nothing. Nobody learns from the value that the Department's system would refuse how it is written, so each such cell
is told. Whole columns are looked at at once, beside what was made of them.

The forms: SSDA903's guide has dates as dd/mm/yyyy, in CSV files and XML; the CIN census's schema as yyyy-mm-dd. For the
census as CSV files nothing is laid down, and either is taken. Codes are in capitals, yes and no are 1 and 0
(true and false in the census's XML, whose guidance has both), and nothing stands before or behind them.
"""

from dataclasses import dataclass, field

import polars as pl

from goldthread.kernel.table import Column, Kind
from goldthread.readers.telling import TableTelling

DAY_FIRST, YEAR_FIRST = "%d/%m/%Y", "%Y-%m-%d"
_SHOWN = {DAY_FIRST: "31/01/2026", YEAR_FIRST: "2026-01-31"}
_WHOLE_DATE = 10
_CODES_PARTED = r"[^A-Za-z0-9.]+"
_RETURNS = ("ssda903", "cin")

TRUE_FALSE = ("true", "false")
"""How the census's XML may write yes and no besides 1 and 0."""

READ_SO = "it was read as what it can only mean."


@dataclass(frozen=True, slots=True)
class FormAsked:
    """The form that a return's cells should have: its `dates`, and the `columns` to tell of (None: all of them).

    In XML one cell may be a column of several tables, and is told with the first that has it.
    """

    form: str
    dates: tuple[str, ...]
    xml: bool = False
    columns: frozenset[str] | None = None

    def tells(self, column: Column) -> bool:
        """Whether the cells of a column are told here."""
        return self.columns is None or column.name in self.columns


def form_asked(form: str, *, xml: bool = False, columns: frozenset[str] | None = None) -> FormAsked | None:
    """The form that the cells of a return should have; None for what is none of the Department's returns."""
    if form not in _RETURNS:
        return None
    if form == "ssda903":
        return FormAsked(form, (DAY_FIRST,), xml, columns)
    return FormAsked(form, (YEAR_FIRST,) if xml else (DAY_FIRST, YEAR_FIRST), xml, columns)


def in_forms(written: pl.Series, forms: tuple[str, ...]) -> pl.Series:
    """The dates of the cells that are in one of these forms, read all at once; the rest null."""
    read = written.str.to_date(forms[0], strict=False)
    for form in forms[1:]:
        if read.null_count() == written.null_count():
            break
        read = read.fill_null(written.str.to_date(form, strict=False))
    return read


def other_dates(cleaned: pl.Series, asked: FormAsked, sound: pl.Series | None = None) -> pl.Series:
    """Which cells of a column of dates are in none of the forms asked, blank ones left out.

    `sound` says which could be read in one of them, where the caller knows; a single digit for a day is no such form.
    """
    sound = in_forms(cleaned, asked.dates).is_not_null() if sound is None else sound
    return cleaned.is_not_null() & ~(sound & whole_dates(cleaned))


def whole_dates(written: pl.Series) -> pl.Series:
    """Which cells have as many letters as a date with every digit of its day and month."""
    return written.str.len_bytes() == _WHOLE_DATE


def _compared(cleaned: pl.Series, made: pl.Series, column: Column, asked: FormAsked) -> pl.Series:
    """Which cells hold something else than what was made of them."""
    if column.kind is Kind.CODES and not asked.xml:
        # How several codes of one cell are parted is laid down for XML alone, where each is an element.
        cleaned = cleaned.str.replace_all(_CODES_PARTED, ",").str.strip_chars(",").replace("", None)
    if column.kind is Kind.PART_DATE:
        return cleaned.str.to_lowercase().ne_missing(made)
    if column.kind is Kind.COUNT:
        return cleaned.str.contains(r"^\d+$").not_().fill_null(value=False)
    if column.kind is Kind.NUMBER:
        return made.is_null() & False
    differs = cleaned.ne_missing(made)
    if column.kind is Kind.FLAG and asked.xml and asked.form == "cin":
        return differs & ~cleaned.is_in(TRUE_FALSE).fill_null(value=False)
    return differs


def with_spaces(uncleaned: pl.DataFrame, cleaned: pl.DataFrame) -> frozenset[str]:
    """The columns in which some cell has spaces around what it holds, or nothing but spaces."""
    if not cleaned.width:
        return frozenset()
    both = [frame.select(pl.all().str.len_bytes().sum()).row(0) for frame in (uncleaned, cleaned)]
    return frozenset(name for name, before, after in zip(cleaned.columns, *both, strict=True) if before != after)


@dataclass(slots=True)
class Seen:
    """One column on its way: as it was handed in, without spaces around, and what was made of it.

    `spaced` says that some cell has spaces around it, `unread` which cells were not understood, and `sound` which dates
    could be read in the form asked.
    """

    column: Column
    uncleaned: pl.Series
    cleaned: pl.Series
    spaced: bool
    made: pl.Series = field(default_factory=pl.Series)
    unread: pl.Series | None = None
    sound: pl.Series | None = None


def tell_other_forms(seen: Seen, rows: pl.Series, told: TableTelling, asked: FormAsked) -> None:
    """Tell every cell of the column that is understood, and is not in the form that the return asks."""
    column, dated = seen.column, seen.column.kind is Kind.DATE
    other = other_dates(seen.cleaned, asked, seen.sound) if dated else _compared(seen.cleaned, seen.made, column, asked)
    spaces = (seen.uncleaned != seen.cleaned.fill_null("")).fill_null(value=False) if seen.spaced else None
    if spaces is None and not other.any():
        return
    if seen.unread is not None:
        other = other & ~seen.unread
        spaces = None if spaces is None else spaces & ~seen.unread
    nothing = seen.cleaned.is_not_null() & seen.made.is_null() & other
    other = other & ~nothing
    if spaces is not None:
        blank = spaces & seen.cleaned.is_null()
        nothing, spaces = nothing | blank, spaces & ~nothing & ~other & ~blank
    shown = " or ".join(_SHOWN[form] for form in asked.dates)
    said = (
        ("said_blank", nothing, "The cell says that there is nothing, and should be empty; it was read as blank."),
        ("other_date", other if dated else None,
         f"The date is written in another form than the return's, {shown}; it was read as the day that it says."),
        ("other_form", None if dated else other, f"The cell is not written as the return writes it; {READ_SO}"),
        ("other_form", spaces, "The cell has spaces around what it holds; it was read without them."),
    )  # fmt: skip
    for kind, mask, says in said:
        if mask is not None and mask.any():
            told.otherwise(column, mask, seen.uncleaned, rows, "schema_form" if asked.xml else kind, says)
