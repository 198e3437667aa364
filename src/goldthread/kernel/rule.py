"""What a validation rule is, and `check()`.

A rule says what is wrong with a row, and how to put it right. There is no official set of rules for Annex A: ours are
drawn from the guidance to its columns and from practice timescales, and must not be shown as Ofsted's or the
Department's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.event_dates import CHILD_LISTS
from goldthread.kernel.tables import TABLES

ISSUES_SCHEMA: dict[str, type[pl.DataType]] = {
    "rule": pl.String,
    "severity": pl.String,
    "list": pl.Int64,
    "table": pl.String,
    "row": pl.Int64,
    "fields": pl.String,
    "says": pl.String,
}
"""One row per issue. `fields` are the headings of the guidance, joined by '; '. No value of the file stands in it."""


class Severity(StrEnum):
    """How grave an issue is: against the guidance or itself; plausible but to be looked at; a matter of practice."""

    ERROR = "error"
    QUERY = "query"
    INFO = "info"


Fails = Callable[[Context], pl.Expr]
Finds = Callable[[Context], pl.LazyFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule for one list. A rule for many lists is declared once and stands here once for each (`for_each`).

    Exactly one of two is given. `fails`: an expression over the list, true where a row breaks the rule; null never
    reports, so a rule about absence says `is_null()`. `finds`: a frame of `table` and `row`, for a rule across lists;
    it is not run when the submission lacks the rule's own list or one in `across`. A rule that is `anywhere` looks
    through whatever lists of children there are, and its `fields` are the same in each.
    """

    code: str
    says: str
    mend: str
    table: str
    fields: tuple[str, ...]
    severity: Severity = Severity.ERROR
    across: tuple[str, ...] = ()
    anywhere: bool = False
    settings: tuple[str, ...] = ()
    source: str = "Column guidance, Annex A, August 2019"
    fails: Fails | None = None
    finds: Finds | None = None

    def __post_init__(self) -> None:
        if (self.fails is None) == (self.finds is None):
            raise ValueError(f"rule {self.code} must give either fails or finds")
        for name in self.fields:
            TABLES[self.table].column(name)
        for name in self.across:
            TABLES[name]

    @property
    def headings(self) -> str:
        """The headings that the rule looks at, as the guidance writes them."""
        table = TABLES[self.table]
        return "; ".join(table.column(name).says for name in self.fields)


def no_issues() -> pl.DataFrame:
    """A frame of issues with no rows."""
    return pl.DataFrame(schema=ISSUES_SCHEMA)


def can_run(rule: Rule, tables: Mapping[str, object]) -> bool:
    """Whether the submission has every list that the rule needs. An expression rule needs its own list only."""
    if rule.anywhere:
        return any(name in tables for name in CHILD_LISTS)
    return rule.table in tables and all(name in tables for name in rule.across)


def check(tables: Mapping[str, pl.LazyFrame], rules: Iterable[Rule], context: Context) -> pl.DataFrame:
    """Every issue in the tables: one row for each rule and row (ISSUES_SCHEMA), by list, row, and rule.

    All expression rules of a list run in one pass over it. A row that a rule across lists names twice is told once.
    """
    runnable = [rule for rule in rules if can_run(rule, tables)]
    by_table: dict[str, list[Rule]] = {}
    for rule in runnable:
        if rule.fails is not None:
            by_table.setdefault(rule.table, []).append(rule)
    across = [rule for rule in runnable if rule.finds is not None]
    frames = [_one_pass(tables[name], of_table, context) for name, of_table in by_table.items()]
    frames += [rule.finds(context).select("table", "row") for rule in across if rule.finds is not None]
    collected = pl.collect_all(frames)

    parts = [no_issues()]
    for (_, of_table), frame in zip(by_table.items(), collected, strict=False):
        for place, rule in enumerate(of_table):
            broken = frame["row"].filter(frame[str(place)])
            if broken.len():
                parts.append(_issues(rule, pl.DataFrame({"row": broken, "table": [rule.table] * broken.len()})))
    for rule, frame in zip(across, collected[len(by_table) :], strict=True):
        if frame.height:
            parts.append(_issues(rule, frame.filter(pl.col("row").is_not_null()).unique()))
    return pl.concat(parts).sort("list", "row", "rule", "fields")


def _one_pass(frame: pl.LazyFrame, rules: Sequence[Rule], context: Context) -> pl.LazyFrame:
    answers = [
        rule.fails(context).fill_null(False).alias(str(place))
        for place, rule in enumerate(rules)
        if rule.fails is not None
    ]
    return frame.select("row", *answers)


def _issues(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    numbers = {name: table.number for name, table in TABLES.items()}
    return rows.select(
        pl.lit(rule.code).alias("rule"),
        pl.lit(rule.severity.value).alias("severity"),
        pl.col("table").replace_strict(numbers, return_dtype=pl.Int64).alias("list"),
        pl.col("table"),
        pl.col("row").cast(pl.Int64),
        pl.lit(rule.headings).alias("fields"),
        pl.lit(rule.says).alias("says"),
    )
