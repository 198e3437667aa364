"""What the lists say about the child of a case, under the pseudonym and in readable form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.models import Case
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.queries import tables_of

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.child_facts import Fact
    from goldthread.kernel.table import Column, Table

NOT_SHOWN = ("identifier", "sealed")
"""Columns that never leave the vault."""


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A day on which something happened, in the words of the list that says so."""

    day: date
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """One row of one list about the child: the row of the sheet, and each thing it says."""

    row: int
    values: tuple[tuple[str, str | date | int], ...]


@dataclass(frozen=True, slots=True)
class ListTold:
    """One list, and its rows about the child."""

    number: int
    title: str
    says: str
    rows: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What the submission knows of the child, as at its own date: days in their order, then list by list."""

    dates: tuple[KeyDate, ...]
    lists: tuple[ListTold, ...]


def story(case: Case, actor: Actor) -> Story | None:
    """What the lists say about the child; None where the actor may not read its rows: not handed over, or a file that
    was given to somebody else."""
    from goldthread.kernel.tables import TABLES

    if not may_read_rows(case, actor):
        return None
    held = tables_of(case.draw.submission)
    lists = [found for name, table in TABLES.items() if name in held and (found := _told(table, held[name], case))]
    dates = [
        KeyDate(value, says, one.title)
        for one in lists
        for row in one.rows
        for says, value in row.values
        if isinstance(value, date)
    ]
    return Story(tuple(sorted(set(dates), key=lambda one: (one.day, one.source, one.says))), tuple(lists))


def facts(case: Case, actor: Actor, names: Iterable[str]) -> dict[str, Fact]:
    """The named facts that the lists hold about the child; none where the actor may not read its rows."""
    from goldthread.kernel.child_facts import child_facts

    wanted = tuple(dict.fromkeys(names))
    if not wanted or not may_read_rows(case, actor):
        return {}
    return child_facts(tables_of(case.draw.submission), case.pseudonym, wanted)


def rows_about(case: Case, actor: Actor, table: str) -> list[dict[str, Any]]:
    """The rows of one list about the child, as they are stored; none where the actor may not read them."""
    import polars as pl

    if not may_read_rows(case, actor):
        return []
    frame = list_of(case.draw.submission, table)
    if frame is None or "child" not in frame.columns:
        return []
    return list(frame.filter(pl.col("child") == case.pseudonym).to_dicts())


def list_of(submission: Submission, table: str) -> pl.DataFrame | None:
    """One list of a submission, as it is stored; None where it was not handed in."""
    return tables_of(submission).get(table)


def may_read_rows(case: Case, actor: Actor) -> bool:
    """Whether an actor may read what the lists say of the child of a case."""
    rows = replace(case.draw.submission.target(), owners=frozenset(case.owners()))
    return policy.decide(actor, Permission.LISTS_READ, rows, timezone.now()).allowed


def _told(table: Table, frame: Any, case: Case) -> ListTold | None:
    import polars as pl

    if "child" not in frame.columns:
        return None
    rows = frame.filter(pl.col("child") == case.pseudonym).sort("row").to_dicts()
    if not rows:
        return None
    told = tuple(Told(row["row"], tuple(_values(table.columns, row))) for row in rows)
    return ListTold(table.number, table.title, table.says, told)


def _values(columns: tuple[Column, ...], row: Mapping[str, Any]) -> list[tuple[str, str | date | int]]:
    found: list[tuple[str, str | date | int]] = []
    for column in columns:
        value = row.get(column.name)
        if value is None or value == "" or column.privacy.value in NOT_SHOWN:
            continue
        found.append((column.says, column.codes.label(value) if column.codes and isinstance(value, str) else value))
    return found
