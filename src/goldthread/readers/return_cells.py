"""The cells of a return's table made into its columns, whether they came from a CSV file or from XML.

Codes stay what they are, in capitals, whether or not a list knows them; only dates and numbers can be not understood.
"""

import re
from collections.abc import Sequence

import polars as pl

from goldthread.kernel.table import Column, Kind, Privacy, Table
from goldthread.readers import cells
from goldthread.readers.cells import Found, Parsed, grouped
from goldthread.readers.other_forms import (
    DAY_FIRST,
    YEAR_FIRST,
    FormAsked,
    Seen,
    in_forms,
    tell_other_forms,
    with_spaces,
)
from goldthread.readers.repeated import as_text, as_they_should_be
from goldthread.readers.telling import TableTelling

PART_DATE_EXPECTED = "A date, day first, such as 31/01/2024; write zz for the parts not known, such as zz/zz/2014."

_POINT_ZERO = r"^(-?\d+)\.0+$"
_NUMBER_WITH_POINT = r"\b(\d+)\.0+\b"
_NOT_A_CODE = r"[^A-Z0-9.]+"
_MIDNIGHT = r"[T ]00:00(:00(\.0+)?)?Z?$"
_PART_DATE = re.compile(r"(zz|xx|\d{1,2})[/. -](zz|xx|\d{1,2})[/. -](zzzz|xxxx|\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d+)?")
NUMBER_EXPECTED = "A number, such as 12.5."
_USUAL = (DAY_FIRST, YEAR_FIRST)
_READ_BY_VALUE = frozenset({Kind.DATE, Kind.COUNT, Kind.NUMBER, Kind.PART_DATE})


def _quick_dates(column: pl.Series, forms: tuple[str, ...]) -> tuple[pl.Series, pl.Series]:
    """The dates of the two usual forms, read all at once, the rest null; and which are in one of these forms."""
    best = in_forms(column, forms)
    sound = best.is_not_null()
    if best.null_count() > column.null_count():
        best = best.fill_null(in_forms(column.str.replace(_MIDNIGHT, ""), _USUAL))
    return best, sound


def read_part_date(written: str) -> Found:
    """A date whose parts may be unknown, as text: dd/mm/yyyy with zz for what is not known."""
    match = _PART_DATE.fullmatch(written)
    if match is not None and not all(part.isdigit() for part in match.groups()):
        day, month, year = (part.zfill(2) if part.isdigit() else "z" * len(part) for part in match.groups())
        possible = (not day.isdigit() or 1 <= int(day) <= 31) and (not month.isdigit() or 1 <= int(month) <= 12)
        return Found(f"{day}/{month}/{year}") if possible else Found()
    whole = cells.read_date(written)
    if whole.value is None:
        return whole
    return whole._replace(value=f"{whole.value:%d/%m/%Y}")


def read_number(written: str) -> Found:
    """A number that may have a fraction."""
    return Found(float(written)) if _NUMBER.fullmatch(written) else Found()


def _expected(column: Column) -> str:
    if column.kind is Kind.NUMBER:
        return NUMBER_EXPECTED
    if column.kind is Kind.DATE:
        return cells.DATE_EXPECTED
    return PART_DATE_EXPECTED if column.kind is Kind.PART_DATE else cells.COUNT_EXPECTED


_SEARCHED = {Kind.POSTCODE: r"\s\s|[^\S ]"}
"""What must stand somewhere in a column for its cells to need more than capitals: of every other kind, a point zero."""


def _odd(raw: pl.DataFrame, columns: Sequence[Column]) -> frozenset[str]:
    """The columns with a cell that holds a point zero, or a postcode with other spaces than one in a place.

    To look for it costs a fifth of replacing it, and few files hold any.
    """
    sought = {
        column.name: pl.col(column.name).str.contains(
            _SEARCHED.get(column.kind, ".0"), literal=column.kind not in _SEARCHED
        )
        for column in columns
    }
    told = raw.select(found.any().alias(name) for name, found in sought.items())
    return frozenset(name for name in told.columns if told[name].item())


def _in_capitals(column: Column, *, odd: bool) -> pl.Expr:
    """Codes, flags and postcodes: capitals, single spaces, and no point zero that a spreadsheet put behind."""
    made = pl.col(column.name).str.to_uppercase()
    if column.kind is Kind.POSTCODE:
        return made.str.replace_all(r"\s+", " ") if odd else made
    if column.kind is Kind.CODES:
        listed = made.str.replace_all(_NUMBER_WITH_POINT, "$1").str.replace_all(_NOT_A_CODE, ",").str.strip_chars(",")
        return listed.replace("", None)
    made = made.str.replace(_POINT_ZERO, "$1") if odd else made
    return made.replace({"TRUE": "1", "FALSE": "0"}) if column.kind is Kind.FLAG else made


def _at_once(column: Column, *, odd: bool) -> pl.Expr:
    if column.kind is not Kind.TEXT:
        return _in_capitals(column, odd=odd)
    named = pl.col(column.name)
    numbered = column.privacy is Privacy.IDENTIFIER or column.name.endswith("_id")
    return named.str.replace(_POINT_ZERO, "$1") if numbered and odd else named


def _by_value(written: pl.Series, column: Column) -> Parsed:
    if column.kind is Kind.COUNT:
        return cells.parse_whole(written, written.cast(pl.Int64, strict=False), cells.read_count)
    if column.kind is Kind.NUMBER:
        return cells.parse_each(written, pl.Float64, read_number)
    parsed = cells.parse_each(written, pl.String, read_part_date)
    if parsed.unread is not None:
        parsed.values = parsed.values.zip_with(~parsed.unread, written)
    return Parsed(parsed.values, parsed.unread, grouped(parsed.seen))


def _read_by_value(of: Seen, rows: pl.Series, told: TableTelling, asked: FormAsked | None) -> None:
    """Make the values of one column of dates or numbers, and tell what is worth telling of it."""
    written, seen = cells.blank_out(of.cleaned)
    told.seen(of.column, seen, rows)
    if of.column.kind is Kind.DATE:
        quick, of.sound = _quick_dates(written, _USUAL if asked is None else asked.dates)
        parsed = cells.parse_dates(written, quick)
    else:
        parsed = _by_value(written, of.column)
    told.seen(of.column, parsed.seen, rows)
    if parsed.unread is not None:
        told.not_understood(of.column, parsed.unread, of.cleaned, rows, _expected(of.column))
    of.made, of.unread = parsed.values, parsed.unread


def _made_of_values(
    raw: pl.DataFrame, table: Table, asked: FormAsked | None
) -> tuple[dict[str, pl.Series], pl.DataFrame]:
    """The columns that could be made of their different values, and the others as text."""
    if asked is None:
        return {}, as_text(raw)
    columns = [column for column in table.columns if column.name in raw.columns]
    made = as_they_should_be(raw, columns, asked, lambda column: _at_once(column, odd=True))
    return made, as_text(raw.drop(made))


def _nothing_in(raw: pl.DataFrame, made: dict[str, pl.Series]) -> pl.Series:
    """The rows with nothing in them."""
    both = pl.DataFrame([*raw.get_columns(), *made.values()])
    if not all(column.null_count() for column in both.iter_columns()):
        return pl.repeat(value=False, n=both.height, dtype=pl.Boolean, eager=True)
    return both.select(pl.all_horizontal(pl.all().is_null())).to_series()


def make_table(
    raw: pl.DataFrame, rows: pl.Series, table: Table, told: TableTelling, asked: FormAsked | None = None
) -> pl.DataFrame:
    """The table of a form from its cells as text. `raw` has the columns that were handed in, under their names here.

    `rows` are the numbers of the rows, as people count them. Rows with nothing in them go without a word. Columns that
    were not handed in are null. `asked` is the form in which the cells should be: those in another are told.
    """
    made, raw = _made_of_values(raw, table, asked)
    uncleaned, raw = raw, cells.clean(raw)
    nothing = _nothing_in(raw, made)
    if nothing.any():
        uncleaned, raw, rows = uncleaned.filter(~nothing), raw.filter(~nothing), rows.filter(~nothing)
        made = {name: column.filter(~nothing) for name, column in made.items()}
    columns = [column for column in table.columns if column.name in raw.columns]
    at_once = [column for column in columns if column.kind not in _READ_BY_VALUE]
    odd, spaced = _odd(raw, at_once), with_spaces(uncleaned, raw)
    made |= raw.select(_at_once(column, odd=column.name in odd) for column in at_once).to_dict()
    for column in columns:
        of = Seen(column, uncleaned[column.name], raw[column.name], column.name in spaced)
        if column.kind in _READ_BY_VALUE:
            _read_by_value(of, rows, told, asked)
        else:
            of.made = made[column.name]
        if asked is not None and asked.tells(column):
            tell_other_forms(of, rows, told, asked)
        made[column.name] = of.made.alias(column.name)
    made["row"] = rows.cast(pl.Int64).alias("row")
    for column in table.columns:
        if column.name not in made:
            made[column.name] = pl.Series(column.name, [None], dtype=column.dtype()).new_from_index(0, len(rows))
    return pl.DataFrame({name: made[name] for name in table.schema()})
