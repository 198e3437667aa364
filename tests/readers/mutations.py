"""A clean return of the invented authority, and single changes to it that each break a rule of the Department's.

`mutations_FORM_YEAR.csv` has a row for each rule: the child that is changed, what is changed of it, and which other
rules that must break too. `python -m tests.readers.mutation_search` looks for such changes by trial and writes the
files anew, for when the invented authority or a rule has changed; `test_mutations.py` makes each of them.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from goldthread import check
from goldthread.cli import main
from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.readers import read

HERE = Path(__file__).parent
CHILD = {"ssda903": "CHILD", "cin": "LAchildID"}
RETURNS = (("ssda903", 2027), ("ssda903", 2024), ("cin", 2026))
"""The returns that are changed; each is there for the rules that none before it has."""

MORE, GONE = "(one more)", "(gone)"
"""Instead of a heading: the child has one more row of the table, or one less."""

Row = dict[str, str]
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class Change:
    """One cell of a child: the table, which of the child's rows in it (from 0), the heading, and what it becomes."""

    table: str
    at: int
    heading: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.table} {self.at} {self.heading} = {self.becomes}"


def change_of(text: str) -> Change:
    """A change as it was written."""
    before, _, becomes = text.partition(" =")
    table, at, heading = before.split(" ", 2)
    return Change(table, int(at), heading, becomes.removeprefix(" "))


@dataclass(frozen=True)
class Mutation:
    """What breaks a rule: the child, the changes, and the other rules that they break; `round` are made together."""

    rule: str
    round: int
    child: str
    changes: tuple[Change, ...]
    also: tuple[str, ...]


def kept(form: str, year: int) -> list[Mutation]:
    """The mutations of a return, as they were found."""
    with (HERE / f"mutations_{form}_{year}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Mutation(
                row["rule"], int(row["round"]), row["child"],
                tuple(change_of(one) for one in row["changes"].split("; ")),
                tuple(row["also"].split()),
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def clean(to: Path, year: int) -> dict[str, tuple[Tables, Path]]:
    """Both returns of the invented authority of a year as tables of text, each with the return of the year before."""
    asked = ["make-authority", "--out", str(to), "--returns", "ssda903,cin", "--size", "0.15", "--defects", "off"]
    assert main([*asked, "--year", str(year), "--as-at", f"{year}-09-30"]) == 0
    returned, census = to / "ssda903", to / "cin"
    return {
        "ssda903": (_tables("ssda903", returned / str(year), year), returned / str(year - 1)),
        "cin": (_tables("cin", census / f"synthetic-cin-{year}.xml", year), census / f"synthetic-cin-{year - 1}.xml"),
    }


def _tables(form: str, path: Path, year: int) -> Tables:
    reading = read(path, form=form, year=year)
    day = "%d/%m/%Y" if form == "ssda903" else "%Y-%m-%d"
    tables: Tables = {}
    for table in FORMS[form].tables:
        if table.name not in reading.tables:
            tables[table.name] = []
            continue
        frame = reading.tables[table.name]
        columns = [c for c in table.columns if c.name in frame.columns and (not c.newer or frame[c.name].count())]
        text = frame.select(
            (pl.col(c.name).dt.strftime(day) if frame.schema[c.name] == pl.Date else pl.col(c.name).cast(pl.String))
            .fill_null("")
            .alias(c.says)
            for c in columns
        )
        tables[table.name] = text.rows(named=True)
    return tables


def broken(form: str, year: int, tables: Tables, last: Path, to: Path) -> dict[str, set[str]]:
    """By child, the rules that are told of it by the whole path from files to report; of no child, under ""."""
    to.mkdir()
    for name, rows in tables.items():
        with (to / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            written = csv.DictWriter(file, _headings(name, rows))
            written.writeheader()
            written.writerows(rows)
    told: dict[str, set[str]] = defaultdict(set)
    for issue in check(to, as_form=form, year=year, last_year=last).issues:
        told[issue.child or ""].add(issue.rule)
    return told


def changed(form: str, tables: Tables, children: Mapping[str, Iterable[Change]]) -> Tables:
    """The tables with these children changed."""
    key = CHILD[form]
    made: Tables = {}
    for name, rows in tables.items():
        held: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            held[row.get(key, "")].append(dict(row))
        for child, changes in children.items():
            for change in changes:
                if change.table == name:
                    held[child] = _with(held[child], change, {**dict.fromkeys(_headings(name, rows), ""), key: child})
        made[name] = [row for each in held.values() for row in each]
    return made


def _headings(name: str, rows: list[Row]) -> list[str]:
    return list(rows[0]) if rows else [column.says for column in TABLES_OF_ALL_FORMS[name].columns]


def _with(rows: list[Row], change: Change, blank: Row) -> list[Row]:
    if change.heading == MORE:
        return [*rows, dict(rows[-1]) if rows else blank]
    if change.heading == GONE:
        return [row for at, row in enumerate(rows) if at != change.at]
    return [row | {change.heading: change.becomes} if at == change.at else row for at, row in enumerate(rows)]
