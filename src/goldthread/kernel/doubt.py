"""Which cells the issues make doubtful, and what a measure of the record is warned of by them."""

from collections.abc import Mapping, Sequence

import polars as pl

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading
from goldthread.kernel.reading_issues import OF_FILES, OF_READING
from goldthread.kernel.rule import Severity

DOUBLED = frozenset({"G19", "K01", "K02", "K03", "K04", "K05", "K06", "D06", "D07", "H02", "R15"})
"""Rules about rows that stand twice: they touch every measure of their table."""

Cells = frozenset[tuple[str, str]]
"""Columns, each with its table."""


def touched(issues: pl.DataFrame) -> pl.DataFrame:
    """Issues that make a number doubtful, one row for each heading that they touch.

    In an error, any of its cells may be the wrong one; a query asks about the first of its headings, and the others
    only say when; a note is of practice, not of data.
    """
    fields = pl.col("fields").str.split("; ")
    error = pl.col("severity") == Severity.ERROR.value
    return (
        issues.filter(pl.col("severity") != Severity.NOTE.value)
        .with_columns(pl.when(error).then(fields).otherwise(fields.list.head(1)))
        .select("table", "row", "rule", "fields")
        .explode("fields")
    )


class Doubts:
    """The rows of a form that break a rule, by the columns that they touch. What the reader found is told elsewhere."""

    def __init__(self, issues: pl.DataFrame, reading: Reading) -> None:
        """Look the touched cells up once, for every measure that asks."""
        of_reader = [code for code in (OF_READING | OF_FILES) if code not in DOUBLED]
        of_rules = issues.filter(pl.col("rule").is_in(of_reader).not_() & pl.col("row").is_not_null())
        self._rows: dict[tuple[str, str], set[tuple[str, int]]] = {}
        self._twice: dict[str, set[tuple[str, int]]] = {}
        columns = {
            (name, column.says): column.name for name, table in TABLES_OF_ALL_FORMS.items() for column in table.columns
        }
        for table, row, rule, heading in touched(of_rules).iter_rows():
            if rule in DOUBLED:
                self._twice.setdefault(table, set()).add((rule, row))
            elif (table, heading) in columns:
                self._rows.setdefault((table, columns[table, heading]), set()).add((rule, row))
        self._heights: Mapping[str, int] = reading.row_counts

    def about(self, cells: Cells) -> tuple[Sequence[str], Sequence[str]]:
        """What to say of a measure that rests on these cells, and the codes of the rules that say so."""
        tables = sorted({table for table, _ in cells})
        broken = {(table, rule, row) for table, name in cells for rule, row in self._rows.get((table, name), ())}
        broken |= {(table, rule, row) for table in tables for rule, row in self._twice.get(table, ())}
        if not broken:
            return (), ()
        by_rule: dict[str, int] = {}
        for _, rule, _ in sorted(broken):
            by_rule[rule] = by_rule.get(rule, 0) + 1
        rows = len({(table, row) for table, _, row in broken})
        whole = sum(self._heights.get(table, 0) for table in tables)
        part = 100 * rows / max(whole, 1)
        per_cent = "under 1%" if part < 1 else f"{part:.0f}%"
        counted = ", ".join(f"{rule} {number:,}" for rule, number in sorted(by_rule.items()))
        says = (
            f"{rows:,} of the {whole:,} rows that this rests on ({per_cent}) break a rule about the same columns: "
            f"{counted}."
        )
        return (says,), tuple(sorted(by_rule))
