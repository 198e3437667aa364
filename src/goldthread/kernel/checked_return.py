"""A return that was checked against the Department's rules, as a report in pieces: first what was run, then the issues.

The report of a large return is longer than the return. So it is made a piece at a time, by whoever has the issues, for
whoever writes them down, and the whole of it is held nowhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO

import polars as pl

from goldthread.kernel.checked import Results, check_reading, find
from goldthread.kernel.fitting_day import check_year
from goldthread.kernel.outcome import Outcome
from goldthread.kernel.placed import Placed
from goldthread.kernel.reading import Reading
from goldthread.kernel.sheet_text import quoted_for_csv
from goldthread.kernel.statutory import Beside
from goldthread.kernel.statutory_report import REPORT_SCHEMA, lines, report, report_of

Piece = Callable[[IO[bytes]], object]
"""What writes one piece of a report into a file. It is not made before: the data frames write without a copy of it."""

PIECE = 40_000
"""So many issues are written at once, some five million letters."""

ODD = (
    "other_year", "file_ignored", "encoding", "cut_short", "several_authorities", "missing_column", "extra_column",
    "spelling", "no_heading",
)  # fmt: skip
"""The kinds of note that say what is odd about the files as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a return is checked and told of: the day (None: 31 March of its year), limits that are changed, the codes of
    the rules (None: all), `today` to know a year that has not begun, and how the issues are `written` (csv, json).
    """

    today: date
    written: str
    as_at: date | None = None
    settings: Mapping[str, int] | None = None
    only: frozenset[str] | None = None


def results_of(
    reading: Reading,
    beside: Beside,
    as_at: date,
    *,
    settings: Mapping[str, int] | None = None,
    only: frozenset[str] | None = None,
) -> tuple[Results, pl.DataFrame]:
    """What the rules say of a return that was read, and its issues in the form of `statutory_report.REPORT_SCHEMA`.

    `only` are the codes of the rules to run, of any set; nothing else is told of then.
    """
    results = check_reading(reading, as_at=as_at, settings=settings, beside=beside, only=only)
    issues = results.issues if only is None else results.issues.filter(results.issues["rule"].is_in(sorted(only)))
    return results, report(issues, reading, beside.last)


def outcome_of(reading: Reading, wanted: Wanted) -> tuple[Outcome, Iterator[Piece]]:
    """What is told of a return with nothing beside it, and its issues in pieces. Raises Refused by its year."""
    if reading.year is None:
        return Outcome(form=reading.form, year=None, rows=reading.rows), iter(())
    check_year(reading, wanted.today)
    as_at = wanted.as_at or date(reading.year, 3, 31)
    found = find(reading, as_at=as_at, settings=wanted.settings, beside=Beside(), only=wanted.only)
    told = found.placed if wanted.only is None else found.placed.of_rules(wanted.only)
    outcome = Outcome(
        form=reading.form, year=reading.year, rows=reading.rows, issues=told.height, severe=severe(told.used),
        ran=found.ran, not_run=tuple((one.rule, one.why) for one in found.not_run), odd=odd_about(reading),
    )  # fmt: skip
    return outcome, _pieces(told, reading, wanted.written)


def severe(told: pl.DataFrame) -> bool:
    """Whether any issue is graver than a note."""
    return bool(told["severity"].is_in(["error", "query"]).any())


def odd_about(reading: Reading) -> tuple[tuple[str | None, str | None, str], ...]:
    """What is odd about the files as a whole: each file, heading and sentence once."""
    said = reading.notes.filter(pl.col("kind").is_in(ODD)).select("sheet", "heading", "says")
    return tuple(dict.fromkeys(said.iter_rows()))


def _pieces(told: Placed, reading: Reading, written: str) -> Iterator[Piece]:
    """The issues as text, some at a time; CSV begins with its headings."""
    if written == "csv":
        yield lambda file: file.write(",".join(REPORT_SCHEMA).encode() + _END)
        laid_out = report_of(told, reading, words=_cells, texts=quoted_for_csv, columns=_CELLS)
    else:
        laid_out = report_of(told, reading, words=lines, texts=pl.DataFrame.clone)
    for at in range(0, told.height, PIECE):
        part = laid_out(at, PIECE)
        yield partial(_as_csv, part) if written == "csv" else part.write_ndjson


_CELLS = ("before", "row", "fields", "child", "message")
"""The columns of the report as CSV, with those that stand before the row as one."""


def _cells(common: pl.DataFrame) -> pl.DataFrame:
    """What issues have in common as cells of CSV: what stands before the row is joined once, not once an issue."""
    ready = quoted_for_csv(common)
    before = pl.concat_str(pl.col("rule", "severity", "table").fill_null(""), separator=",")
    return ready.select(before.alias("before"), "fields", "message")


def _as_csv(part: pl.DataFrame, file: IO[bytes]) -> None:
    part.write_csv(file, line_terminator=_END.decode(), include_header=False, quote_style="never", batch_size=_AT_ONCE)


_END = b"\r\n"


_AT_ONCE = 4_096
"""So many issues are made into text between two writings: half a million letters."""
