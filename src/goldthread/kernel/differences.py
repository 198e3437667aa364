"""What changed between two submissions: who came to a list and who left it, which rows are new or gone, which cells say
something else.

A row is the same in both where the columns of its list's key say the same; several rows under one key are paired in
their order. So a start date that moved makes one row gone and one new: whether it is the same case is a question that
the rules across submissions ask. Works on tables under pseudonyms as well as on those in clear.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from goldthread.kernel.table import Column, Kind, Privacy, Table
from goldthread.kernel.tables import TABLES

MOVES_WITH_THE_DAY = frozenset({"age"})
"""Columns that change by themselves as days go by; a birthday is no news."""

STANDS: Mapping[str, str] = {
    "children_in_need": "closed_on",
    "protection_plans": "ended_on",
    "children_in_care": "ceased_on",
    "care_leavers": "",
}
"""The lists that tell how things stand, and the column that says that it is over."""

HAPPENS = frozenset({"contacts", "early_help", "referrals", "assessments", "section_47"})
"""The lists of what happened in the six months before the day of a submission: each covers its own."""

DETAIL_SCHEMA: dict[str, type[pl.DataType]] = {
    "kind": pl.String,
    "list": pl.Int64,
    "person": pl.String,
    "row_then": pl.Int64,
    "row_now": pl.Int64,
    "field": pl.String,
    "then": pl.String,
    "now": pl.String,
}
"""One row for each row that is new or gone, and for each cell that changed. `field` is the heading of the cell."""


class Change(StrEnum):
    """What became of somebody, or of a row: in order of news."""

    CAME = "came"
    LEFT = "left"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


SAYS: Mapping[Change, str] = {
    Change.CAME: "Came to the list",
    Change.LEFT: "Left the list",
    Change.ADDED: "Another row of somebody who was there",
    Change.REMOVED: "A row gone of somebody who still is there",
    Change.CHANGED: "A cell that says something else",
}


@dataclass(frozen=True, slots=True)
class ListChange:
    """One list in both submissions. Where one of them lacks it, `lacking` says which, and nothing is counted."""

    table: str
    number: int
    title: str
    key: tuple[str, ...]
    rows_then: int
    rows_now: int
    lacking: str = ""
    came: int = 0
    left: int = 0
    stayed: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    fields: tuple[tuple[str, int], ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the list tells how things stand on a day."""
        return self.table in STANDS

    @property
    def happens(self) -> bool:
        """Whether the list tells what happened in its own six months."""
        return self.table in HAPPENS


@dataclass(frozen=True, slots=True)
class Standing:
    """Children with something open, or on the list of care leavers: who was not there before, who is not any more, and
    how many who stayed stand on other lists of these. `lists` are the numbers of those that both submissions have."""

    lists: tuple[int, ...]
    came: int
    left: int
    stayed: int
    moved: int


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that changed. `came`, `left` and `stayed` count children over all lists that both submissions have;
    `changed` counts those who stayed and of whom a row is new, gone or changed."""

    lists: tuple[ListChange, ...]
    came: int
    left: int
    stayed: int
    changed: int
    detail: pl.DataFrame
    standing: Standing


def differences(then: Mapping[str, pl.DataFrame], now: Mapping[str, pl.DataFrame]) -> Differences:
    """What changed from the tables of one submission to those of a later one."""
    lists: list[ListChange] = []
    details = [pl.DataFrame(schema=DETAIL_SCHEMA)]
    for name, table in TABLES.items():
        if name in then and name in now:
            found, detail = _of_list(table, then[name], now[name])
            lists.append(found)
            details.append(detail)
        elif name in then or name in now:
            lists.append(_lacking(table, then.get(name), now.get(name)))
    detail = pl.concat(details)
    before, after = (_children(one, {*then} & {*now}) for one in (then, now))
    touched = set(detail["person"].drop_nulls())
    stayed = before & after
    return Differences(
        tuple(lists), len(after - before), len(before - after), len(stayed), len(stayed & touched), detail,
        _standing(then, now),
    )  # fmt: skip


def _standing(then: Mapping[str, pl.DataFrame], now: Mapping[str, pl.DataFrame]) -> Standing:
    names = [name for name in STANDS if name in then and name in now]
    before, after = (_open(tables, names) for tables in (then, now))
    stayed = before.keys() & after.keys()
    return Standing(
        tuple(TABLES[name].number for name in names), len(after.keys() - stayed), len(before.keys() - stayed),
        len(stayed), sum(before[child] != after[child] for child in stayed),
    )  # fmt: skip


def _open(tables: Mapping[str, pl.DataFrame], names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Every child with something open, and on which lists."""
    found: dict[str, set[str]] = {}
    for name in names:
        frame, over = tables[name], STANDS[name]
        held = frame.filter(pl.col(over).is_null()) if over else frame
        for child in held["child"].drop_nulls().unique():
            found.setdefault(child, set()).add(name)
    return {child: frozenset(lists) for child, lists in found.items()}


def _lacking(table: Table, then: pl.DataFrame | None, now: pl.DataFrame | None) -> ListChange:
    before, after = (0 if one is None else one.height for one in (then, now))
    return ListChange(
        table.name, table.number, table.title, _key_words(table), before, after, "then" if then is None else "now"
    )


def _children(tables: Mapping[str, pl.DataFrame], both: set[str]) -> set[str]:
    return {one for name in both if "child" in tables[name].columns for one in tables[name]["child"].drop_nulls()}


def _key_words(table: Table) -> tuple[str, ...]:
    return tuple(table.column(name).says for name in table.key)


def _of_list(table: Table, then: pl.DataFrame, now: pl.DataFrame) -> tuple[ListChange, pl.DataFrame]:
    who, on = table.key[0], [*table.key, "nth"]
    before, after = _numbered(table, then), _numbered(table, now)
    both = before.join(after, on=on, how="inner", suffix="_now", nulls_equal=True)
    gone = before.join(after, on=on, how="anti", nulls_equal=True)
    new = after.join(before, on=on, how="anti", nulls_equal=True)
    people_then, people_now = set(before[who]), set(after[who])
    cells = _changed_cells(table, both)
    detail = pl.concat([_rows(table, new, Change.CAME, Change.ADDED, people_then, "row_now"),
                        _rows(table, gone, Change.LEFT, Change.REMOVED, people_now, "row_then"), cells])  # fmt: skip
    counted = cells.group_by("field").len().sort("len", "field", descending=[True, False])
    rows = dict(detail.group_by("kind").len().iter_rows())
    found = ListChange(
        table.name, table.number, table.title, _key_words(table), then.height, now.height,
        came=len(people_now - people_then), left=len(people_then - people_now), stayed=len(people_then & people_now),
        added=rows.get(Change.ADDED, 0), removed=rows.get(Change.REMOVED, 0),
        changed=cells.select("row_then", "row_now").n_unique() if cells.height else 0,
        fields=tuple((field, count) for field, count in counted.iter_rows()),
    )  # fmt: skip
    order = {kind.value: place for place, kind in enumerate(Change)}
    news = pl.col("kind").replace_strict(order, return_dtype=pl.Int64)
    return found, detail.sort(news, "person", "row_now", "row_then", "field", nulls_last=True)


def _numbered(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that say whose they are, those of one key numbered in their order."""
    known = frame.filter(pl.col(table.key[0]).is_not_null()).sort("row")
    return known.with_columns(pl.int_range(pl.len()).over(list(table.key)).alias("nth"))


def _rows(
    table: Table, rows: pl.DataFrame, stranger: Change, known: Change, others: set[str], column: str
) -> pl.DataFrame:
    who = pl.col(table.key[0])
    kind = pl.when(who.is_in(sorted(others))).then(pl.lit(known.value)).otherwise(pl.lit(stranger.value))
    held = rows.select(kind.alias("kind"), pl.lit(table.number).alias("list"), who.alias("person"),
                       pl.col("row").alias(column))  # fmt: skip
    return held.select(
        pl.col(name).cast(kind_of) if name in held.columns else pl.lit(None, dtype=kind_of).alias(name)
        for name, kind_of in DETAIL_SCHEMA.items()
    )


def _as_people_write(column: Column, name: str) -> pl.Expr:
    """A cell as text: a date with its day first, anything else as it is."""
    return pl.col(name).dt.strftime("%d/%m/%Y") if column.kind is Kind.DATE else pl.col(name).cast(pl.String)


def _changed_cells(table: Table, both: pl.DataFrame) -> pl.DataFrame:
    parts = [pl.DataFrame(schema=DETAIL_SCHEMA)]
    for column in table.columns:
        telling = column.privacy in (Privacy.IDENTIFIER, Privacy.SEALED)
        if column.name in table.key or column.name in MOVES_WITH_THE_DAY or telling:
            continue
        other = both.filter(pl.col(column.name).ne_missing(pl.col(f"{column.name}_now")))
        parts.append(
            other.select(
                pl.lit(Change.CHANGED.value).alias("kind"), pl.lit(table.number).cast(pl.Int64).alias("list"),
                pl.col(table.key[0]).alias("person"), pl.col("row").alias("row_then"),
                pl.col("row_now"), pl.lit(column.says).alias("field"),
                _as_people_write(column, column.name).alias("then"),
                _as_people_write(column, f"{column.name}_now").alias("now"),
            )
        )  # fmt: skip
    return pl.concat(parts)
