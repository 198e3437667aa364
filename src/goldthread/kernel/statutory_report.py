"""The issues of a return as those who mend it look for them: the table by its usual name, the row, the child.

Rows are counted from 0 beneath the headings, blank lines among them, as programs count them that read such files;
issues elsewhere count rows as a spreadsheet shows them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from goldthread.kernel.forms import FORMS
from goldthread.kernel.placed import Placed
from goldthread.kernel.reading import Reading
from goldthread.kernel.table_names import LAST, TABLE_NAMES

_CHILD = ("child", "la_child_id")

REPORT_SCHEMA: dict[str, type[pl.DataType]] = {
    "rule": pl.String,
    "severity": pl.String,
    "table": pl.String,
    "row": pl.Int64,
    "fields": pl.String,
    "child": pl.String,
    "message": pl.String,
}
"""One row per issue. `fields` are headings joined by '; '; row and child are null where it is about a whole file."""


def report(issues: pl.DataFrame, reading: Reading, last: Reading | None) -> pl.DataFrame:
    """The issues (rule.ISSUES_SCHEMA) in that form, in their order. One that only a row of last year has names that."""
    gone = pl.col("row").is_null() & pl.col("earlier_row").is_not_null()
    places = {name: place for place, name in enumerate(TABLE_NAMES)}
    beyond = len(places) * _FARTHEST
    of_table = pl.col("table").replace_strict(places, default=None, return_dtype=pl.Int64) * _FARTHEST
    at = pl.when(gone).then(pl.col("earlier_row") + beyond).otherwise(pl.col("row"))
    rows = pl.concat([_rows(reading, places, 0), *([] if last is None else [_rows(last, places, beyond)])])
    # One number for the table and its row: it is found much sooner than a pair of a text and a number.
    told = issues.with_columns(key=of_table + at).join(rows, on="key", how="left", maintain_order="left")
    name = pl.col("table").replace_strict(TABLE_NAMES, default=None, return_dtype=pl.String)
    called = pl.when(gone).then(name + LAST).otherwise(name).alias("table")
    message = pl.col("says").alias("message")
    return told.select("rule", "severity", called, pl.col("row_from_0").alias("row"), "fields", "child", message)


_FARTHEST = 1 << 40
"""A number that no row reaches."""


def _rows(reading: Reading, places: Mapping[str, int], beyond: int) -> pl.DataFrame:
    """Each row of the tables: its place among all (`key`), from 0 beneath the headings, and its child."""
    above = {sheet.table: sheet.heading_row or 1 for sheet in reading.sheets if sheet.table is not None}
    frames = []
    for name in reading.found:
        frame = reading.tables[name]
        child = next((column for column in _CHILD if column in frame.columns), None)
        frames.append(
            frame.select(
                (pl.col("row") + places[name] * _FARTHEST + beyond).alias("key"),
                (pl.col("row") - above.get(name, 1) - 1).alias("row_from_0"),
                (pl.lit(None, pl.String) if child is None else pl.col(child)).alias("child"),
            )
        )
    return pl.concat(frames)


Ready = Callable[[pl.DataFrame], pl.DataFrame]


def report_of(
    told: Placed, reading: Reading, *, words: Ready, texts: Ready, columns: Iterable[str] = tuple(REPORT_SCHEMA)
) -> Callable[[int, int], pl.DataFrame]:
    """What gives the report of so many issues from a place on, of a return with nothing beside it.

    `words` makes what many issues have in common ready to be written, `texts` a column of text: each is asked for the
    words, and for the children of a table, once. `columns` are those of the report, as `words` has them.
    """
    ordered = tuple(columns)
    name = pl.col("table").replace_strict(TABLE_NAMES, default=None, return_dtype=pl.String)
    common = words(
        told.words.select("rule", "severity", name.alias("table"), "fields", pl.col("says").alias("message"))
    )
    rows_of = {name: _Rows.of(name, reading, texts) for name in reading.found}

    def some(at: int, length: int) -> pl.DataFrame:
        where = told.slice(at, length).at()
        found = [_NOWHERE]
        for table, rows in _by_table(where, told.words):
            of = rows_of.get(table or "")
            found.append(_NOWHERE.clear(len(rows)) if of is None else of.told(rows))
        return pl.concat([common[where["word"]], pl.concat(found)], how="horizontal").select(ordered)

    return some


_NOWHERE = pl.DataFrame(schema={"row": pl.Int64, "child": pl.String})


def _by_table(where: pl.DataFrame, words: pl.DataFrame) -> Iterator[tuple[str | None, pl.Series]]:
    """The rows of issues that stand in order, by the table that they are of."""
    if where.is_empty():
        return
    table = words["table"][where["word"]]
    starts = [0, *table.ne_missing(table.shift(1)).arg_true().to_list(), len(table)]
    for start, end in pairwise(starts):
        if start < end:
            yield table[start], where["row"].slice(start, end - start)


class _Rows(NamedTuple):
    """The rows of a table and their children, and in which row of its file the headings stand."""

    held: pl.Series
    children: pl.Series
    headings: int

    @classmethod
    def of(cls, name: str, reading: Reading, texts: Ready) -> "_Rows":
        frame = reading.tables[name]
        child = next((column for column in _CHILD if column in frame.columns), None)
        headings = next((sheet.heading_row for sheet in reading.sheets if sheet.table == name), None) or 1
        whose = pl.lit(None, pl.String) if child is None else pl.col(child)
        return cls(frame["row"], texts(frame.select(whose.alias("child")))["child"], headings)

    def told(self, rows: pl.Series) -> pl.DataFrame:
        """Rows as the report counts them, with their children; neither of a row that was left out of the table."""
        if self.held.is_empty():
            return _NOWHERE.clear(len(rows))
        first, last = self.held[0], self.held[-1]
        rows = rows.set(~rows.is_between(first, last), None)
        whole = last - first + 1 == len(self.held)
        at = rows - first if whole else self.held.search_sorted(rows)
        if not whole:
            rows = rows.set(self.held.gather(at) != rows, None)
        at = at.cast(pl.Int64).set(rows.is_null(), None)
        return pl.DataFrame({"row": rows - (self.headings + 1), "child": self.children.gather(at)})


def lines(told: pl.DataFrame) -> pl.DataFrame:
    """The issues as JSON tells them: the columns of the report, `fields` as a list."""
    fields = pl.col("fields").str.split("; ")
    none = pl.lit([], pl.List(pl.String))
    return told.with_columns(pl.when(pl.col("fields").fill_null("") == "").then(none).otherwise(fields).alias("fields"))


def tables_named(form: str) -> Mapping[str, str]:
    """The usual names of a form's tables by ours."""
    return {name: TABLE_NAMES[name] for name in FORMS[form].by_name()}
