"""The issues that rules find: from the places where each rule is broken to words, in order, each told once.

Places are numbers until the end: of a rule, of a table, of a row. They are put in order as one number each, since half
a million issues are sorted by text many times more slowly.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from goldthread.kernel.forms import FORMS

if TYPE_CHECKING:
    from goldthread.kernel.rule import Rule

ISSUES_SCHEMA: dict[str, type[pl.DataType]] = {
    "rule": pl.String,
    "severity": pl.String,
    "list": pl.Int64,
    "table": pl.String,
    "row": pl.Int64,
    "earlier_row": pl.Int64,
    "fields": pl.String,
    "says": pl.String,
}
"""One row per issue. `fields` are the headings of the guidance, joined by '; '. No value of the file stands in it.

`list` is the number of the list, or in other forms the place of the table in its form. `row` is null where an issue is
about a list as a whole, and `list` and `table` are too where it is about the file.
`earlier_row` is the row of the earlier submission that an issue compares with; with `row` null, the row is gone.
"""

PLACES: dict[str, type[pl.DataType]] = {"table": pl.String, "row": pl.Int64, "earlier_row": pl.Int64, "which": pl.Int64}
"""Where a rule across tables or submissions is broken; `which` is the place of the rule among those that are run."""


class Broken(NamedTuple):
    """Where rules are broken: rows of a rule's own table by the rule's place among all, and frames of PLACES.

    A row that is null stands for the table as a whole.
    """

    rows: Sequence[tuple[int, pl.Series]] = ()
    frames: Sequence[pl.DataFrame] = ()


def no_issues() -> pl.DataFrame:
    """A frame of issues with no rows."""
    return pl.DataFrame(schema=ISSUES_SCHEMA)


def in_order(issues: pl.DataFrame) -> pl.DataFrame:
    """The issues by list, row and rule; what is about the whole list before its rows, about the file before all."""
    return issues.sort("list", "row", "rule", "fields", "earlier_row", nulls_last=False)


def issues_of(rules: "Sequence[Rule]", broken: Sequence[Broken]) -> pl.DataFrame:
    """The issues of every rule in order (`in_order`); a place that a rule names twice is told once."""
    rows = [each for of in broken for each in of.rows]
    frames = [frame for of in broken for frame in of.frames if frame.height]
    if not rows and not frames:
        return no_issues()
    numbers = {name: number for form in FORMS.values() for name, number in form.numbers().items()}
    tables = list(numbers)
    told = _in_order(_places(rules, tables, rows, frames), rules, list(numbers.values()))
    of_table = pl.DataFrame({"list": numbers.values(), "table": tables})[told["at"]]
    issues = pl.concat([told.select("row", "earlier_row"), _words(rules)[told["which"]], of_table], how="horizontal")
    return issues.select(*ISSUES_SCHEMA)


def _places(
    rules: "Sequence[Rule]",
    tables: Sequence[str],
    rows: Sequence[tuple[int, pl.Series]],
    frames: Sequence[pl.DataFrame],
) -> pl.DataFrame:
    """Every place as numbers: `at` is that of the table among all tables."""
    places = {name: place for place, name in enumerate(tables)}
    of_rule = pl.Series([places[rule.table] for rule in rules], dtype=pl.Int64)
    found = pl.DataFrame(schema={"row": pl.Int64, "earlier_row": pl.Int64, "which": pl.Int64, "at": pl.Int64})
    parts = [found]
    if rows:
        which = pl.DataFrame({"which": [place for place, _ in rows], "times": [len(of) for _, of in rows]})
        which = which.select(pl.col("which").repeat_by("times").explode(empty_as_null=False))
        within = pl.DataFrame({"row": pl.concat([of for _, of in rows]), "which": which["which"]})
        nowhere = pl.lit(None, pl.Int64).alias("earlier_row")
        parts.append(within.select("row", nowhere, "which", at=of_rule[within["which"]]))
    at = pl.col("table").replace_strict(places, return_dtype=pl.Int64).alias("at")
    parts += [frame.select("row", "earlier_row", "which", at).cast(found.schema) for frame in frames]
    return pl.concat(parts)


def _in_order(places: pl.DataFrame, rules: "Sequence[Rule]", numbers: Sequence[int]) -> pl.DataFrame:
    """The places in the order of their issues, each once. Of rules alike in code and fields the first comes first."""
    alike = sorted({(rule.code, rule.headings) for rule in rules})
    of_words = {words: rank for rank, words in enumerate(alike)}
    ranks = pl.Series([of_words[rule.code, rule.headings] for rule in rules], dtype=pl.Int64)
    number = pl.Series(numbers, dtype=pl.Int64)[places["at"]]
    row = (places["row"] + 1).fill_null(0)
    beyond = int(row.max() or 0) + 1  # type: ignore[arg-type]
    key = (number * beyond + row) * len(alike) + ranks[places["which"]]
    by = ["key", "which"] if places["earlier_row"].null_count() == places.height else ["key", "earlier_row", "which"]
    ordered = places.with_columns(key=key).sort(by, nulls_last=False)
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in ("earlier_row", "which", "key"))
    return ordered.filter((same & (pl.int_range(pl.len()) > 0)).not_())


def _words(rules: "Sequence[Rule]") -> pl.DataFrame:
    """What each rule says of a place, by its place among all."""
    return pl.DataFrame(
        [(rule.code, rule.severity.value, rule.headings, rule.says) for rule in rules],
        schema={"rule": pl.String, "severity": pl.String, "fields": pl.String, "says": pl.String},
        orient="row",
    )
