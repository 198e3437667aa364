"""The rows of one list, from a sheet's cells to a canonical frame, and word of every cell that needed thought."""

import polars as pl

from goldthread.kernel.codes import LA_SPECIALS
from goldthread.kernel.table import Column, Kind, Privacy
from goldthread.readers import cells
from goldthread.readers.annex_a_headings import Headings
from goldthread.readers.cells import Parsed, Seen
from goldthread.readers.code_matching import matcher
from goldthread.readers.telling import MOST_NOTES, TableTelling
from goldthread.readers.workbook import Sheet

MOST_SPELT = 500
"""A code column with more different values than this is not forgiven its spelling: it is not a code column."""

_FOOTER = (
    r"(?i)^((grand|sub|overall)[ -]?)?totals?\b|^applied filters?\b|^filters? applied|^end of (list|report|data)"
    r"|^report (run|date|created|generated|produced)|^(row|record) count|^count of |^(data )?source:|^notes?:"
    r"|^(date|data) (extracted|run)|^extracted (on|at|by)|^printed (on|at|by)|^page \d+|^no filters applied"
)

SAYS: dict[str, str] = {
    "footer": "A row of totals, filters or remarks below the list was left out.",
    "headings_again": "A row that repeats the headings was left out.",
    "outside": "Rows with nothing in the list's own columns were left out.",
    "postcode": "Postcodes that give the district only; kept as they stand.",
}

POSTCODE_EXPECTED = "A full postcode, such as AB1 2CD."
_FULL_POSTCODE = r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"
_DISTRICT = r"^[A-Z]{1,2}[0-9][A-Z0-9]?$"


class Telling(TableTelling):
    """What is to be told about one sheet read as one list, whose headings were recognised."""

    def __init__(self, sheet: str, headings: Headings) -> None:
        super().__init__(sheet, headings.table, headings.written)
        self.headings = headings


def expected(column: Column) -> str:
    """What a column takes, in a sentence for the person who filled it."""
    if column.kind is Kind.DATE:
        return cells.DATE_EXPECTED
    if column.kind is Kind.POSTCODE:
        return POSTCODE_EXPECTED
    if column.codes is not None:
        return matcher(column.codes.name).expected
    return cells.AGE_EXPECTED if column.name == "age" else cells.COUNT_EXPECTED


def _parse_codes(written: pl.Series, different: pl.Series, column: Column) -> Parsed:
    if column.codes is None:
        raise ValueError(f"the column {column.name} holds codes of no list")
    match = matcher(column.codes.name)
    read = match.read if len(different) <= MOST_SPELT else match.read_strictly
    return cells.parse_each(written, pl.String, read, different)


def _parse_postcodes(written: pl.Series) -> Parsed:
    tight = written.str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    full = tight.str.contains(_FULL_POSTCODE).fill_null(value=False)
    district = tight.str.contains(_DISTRICT).fill_null(value=False) & ~full
    values = pl.select(
        pl.when(full).then(tight.str.head(-3) + " " + tight.str.tail(3)).when(district).then(tight)
    ).to_series()
    seen = []
    if district.any():
        seen.append(Seen("form", None, None, SAYS["postcode"], int(district.arg_true()[0]), int(district.sum())))
    unread = written.is_not_null() & values.is_null()
    return Parsed(values, unread if unread.any() else None, seen)


def _way(column: Column) -> str:
    """Which of the quick ways of `cells.quickly` a column takes."""
    if column.kind in (Kind.DATE, Kind.COUNT):
        return str(column.kind)
    identifies = column.kind is Kind.TEXT and (column.privacy is Privacy.IDENTIFIER or column.name == "urn")
    return "identifier" if identifies else "text"


def parse_column(written: pl.Series, quick: pl.Series, column: Column, *, from_1904: bool) -> Parsed:
    """A column read by its kind. Blank forms must be gone already.

    `quick` is what was quickly read of `written`; of a column of codes, its different values.
    """
    if column.kind is Kind.DATE:
        return cells.parse_dates(written, quick, from_1904=from_1904)
    if column.kind is Kind.CODE:
        return _parse_codes(written, quick, column)
    if column.kind is Kind.COUNT:
        return cells.parse_whole(written, quick, cells.read_age if column.name == "age" else cells.read_count)
    if column.kind is Kind.POSTCODE:
        return _parse_postcodes(written)
    if column.name == "placement_authority":
        return _parse_names(quick, LA_SPECIALS.name)
    return cells.parse_identifiers(quick) if _way(column) == "identifier" else Parsed(quick)


def _parse_names(quick: pl.Series, code_list: str) -> Parsed:
    """Names, among which a few codes may stand: 'WAL - Child placed in Wales' is the code, 'Wexcombe' stays a name."""
    names, match = quick.drop_nulls().unique(), matcher(code_list)
    found = {name: match.read_strictly(name).value for name in names}
    return Parsed(quick.replace({name: code for name, code in found.items() if code is not None}))


def _kept(frame: pl.DataFrame, sheet: Sheet, told: Telling) -> pl.DataFrame:
    """The rows that are rows of the list. Empty rows go without a word, footers and repeated headings with one."""
    headings = told.headings
    names = sorted(headings.columns, key=lambda name: headings.columns[name])
    lead = frame.get_column(names[0])
    if lead.null_count():
        lead = frame.select(pl.coalesce(pl.col(names))).to_series()
    marks = frame.select(
        again=pl.all_horizontal(pl.col(name) == pl.lit(headings.written[name]) for name in names[:2]).fill_null(
            value=False
        ),
        footer=pl.lit(lead).str.contains(_FOOTER).fill_null(value=False),
    )
    again, filled = marks.get_column("again"), lead.is_not_null()
    footer = marks.get_column("footer") & ~again
    if lead.null_count() == 0 and not again.any() and not footer.any():
        return frame
    for at in footer.arg_true().head(MOST_NOTES):
        told.note("footer", SAYS["footer"], row=frame["row"][at], written=lead[at], cells=1)
    if again.any():
        told.note("footer", SAYS["headings_again"], row=frame["row"][again.arg_true()[0]], cells=int(again.sum()))
    _tell_outside(frame, filled, sheet, told)
    return frame.filter(filled & ~footer & ~again)


def _tell_outside(frame: pl.DataFrame, filled: pl.Series, sheet: Sheet, told: Telling) -> None:
    """A note on rows where only other columns than the list's hold something."""
    others = [str(at) for at, _ in told.headings.extra]
    if not others or filled.all():
        return
    below = sheet.cells.slice(told.headings.row + 1).select(pl.col(others).str.strip_chars())
    stray = below.select(pl.any_horizontal(pl.all().is_not_null() & (pl.all() != ""))).to_series() & ~filled
    if stray.any():
        told.note("footer", SAYS["outside"], row=frame["row"][stray.arg_true()[0]], cells=int(stray.sum()))


def read_rows(sheet: Sheet, headings: Headings, *, from_1904: bool) -> tuple[pl.DataFrame, Telling]:
    """The canonical frame of a sheet recognised as a list, and what is to be told about it."""
    told = Telling(sheet.name, headings)
    below = sheet.cells.slice(headings.row + 1)
    chosen = below.select(pl.col(str(at)).alias(name) for name, at in headings.columns.items())
    numbers = pl.int_range(headings.row + 2, headings.row + 2 + below.height, eager=True, dtype=pl.Int64)
    frame = _kept(cells.clean(chosen).with_columns(numbers.alias("row")), sheet, told)
    rows = frame.get_column("row")
    columns = [column for column in headings.table.columns if column.name in headings.columns]
    frame = _blanked(frame.drop("row"), columns, told, rows)
    said_nothing = frame.select(pl.all_horizontal(pl.all().is_null())).to_series()
    if said_nothing.any():
        frame, rows = frame.filter(~said_nothing), rows.filter(~said_nothing)
    quick = frame.select(cells.quickly(column.name, _way(column)) for column in columns if column.kind is not Kind.CODE)
    different = cells.different_in(frame.select(column.name for column in columns if column.kind is Kind.CODE))
    made = {"row": rows}
    for column in columns:
        written = frame.get_column(column.name)
        read_already = different[column.name] if column.kind is Kind.CODE else quick.get_column(column.name)
        parsed = parse_column(written, read_already, column, from_1904=from_1904)
        told.seen(column, parsed.seen, rows)
        if parsed.unread is not None:
            told.not_understood(column, parsed.unread, written, rows, expected(column))
        made[column.name] = parsed.values.alias(column.name)
    for column in headings.table.columns:
        if column.name not in made:
            made[column.name] = pl.Series(column.name, [None], dtype=column.dtype()).new_from_index(0, len(rows))
    return pl.DataFrame({name: made[name] for name in headings.table.schema()}), told


def _blanked(frame: pl.DataFrame, columns: list[Column], told: Telling, rows: pl.Series) -> pl.DataFrame:
    """The cells with those that only say there is nothing made null, and a note for each way of saying it."""
    blank = cells.blank_in(frame)
    for column in columns:
        if column.name in blank:
            written, seen = cells.blank_out(frame.get_column(column.name))
            told.seen(column, seen, rows)
            frame = frame.with_columns(written)
    return frame
