"""Children in a submission, under their pseudonyms: where each stands, what one row says, what happened to one child.

A child is addressed by a place, a list and a row, and never by the pseudonym: addresses end up in logs and histories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.journal.events import Events
from goldthread.apps.journal.queries import entries
from goldthread.apps.submissions.identities import child_column
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.queries import may_read_rows, tables_of, visible_to
from goldthread.domain import lifecycle

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.journey import Journey
    from goldthread.kernel.journey_gaps import Gap, Untold

NOT_SHOWN = ("identifier", "sealed")
"""Columns that never leave the vault."""

_STANDS_FOR = re.compile(r"[CAFN]-[0-9A-HJKMNP-TV-Z]{7,12}")

SOME = 12
"""How many places of one child a line of many children shows: in the dataset a child may have hundreds."""

EARLIER = 6
"""How many earlier hand-ins are looked through for the same child."""

STAYS_OPEN = timedelta(minutes=30)
"""How long a journey may be looked at again after the look was written in the journal."""


class NoSuchPlace(Submission.DoesNotExist):
    """There is no such list or row in the submission, or no child in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a child stands: the table of a list, and the row of its sheet."""

    table: str
    row: int

    def __str__(self) -> str:
        return f"{self.table}-{self.row}"

    @classmethod
    def read(cls, written: str) -> Place:
        """The place as it stands in an address. Raises NoSuchPlace."""
        table, _, row = written.rpartition("-")
        if not table or not row.isascii() or not row.isdigit() or len(row) > 9:
            raise NoSuchPlace
        return cls(table, int(row))

    @property
    def names_child(self) -> bool:
        """Whether a child may stand there, so that there may be a journey."""
        return child_column(self.table) is not None

    @property
    def says(self) -> str:
        """The list and the row in words."""
        table = _known(self.table)
        return f"{f'List {table.number}' if table.number else table.title}, row {self.row:,}"


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row of one list: what each column is called, and what stands in it."""

    place: Place
    title: str
    says: str
    child: str | None
    values: tuple[tuple[str, str | date | int | float], ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildRead:
    """A child of the submission: the pseudonym, and every place at which it stands."""

    pseudonym: str
    places: tuple[Place, ...]

    @property
    def first(self) -> Place:
        """The place by which the child is addressed."""
        return self.places[0]

    @property
    def some(self) -> tuple[Place, ...]:
        """As many places as a line has room for."""
        return self.places[:SOME]

    @property
    def others(self) -> int:
        """How many more there are."""
        return max(0, len(self.places) - SOME)


def _known(name: str) -> Any:
    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

    if name not in TABLES_OF_ALL_FORMS:
        raise NoSuchPlace
    return TABLES_OF_ALL_FORMS[name]


def _row(tables: Mapping[str, pl.DataFrame], place: Place) -> dict[str, Any]:
    import polars as pl

    if place.table not in tables:
        raise NoSuchPlace
    found = tables[place.table].filter(pl.col("row") == place.row).head(1).to_dicts()
    if not found:
        raise NoSuchPlace
    return found[0]


def row(submission: Submission, place: Place) -> RowRead:
    """One row of a list as people read it, without what lies in the vault. Raises NoSuchPlace."""
    table, held = _known(place.table), _row(tables_of(submission), place)
    who = child_column(place.table)
    shown: list[tuple[str, str | date | int | float]] = []
    hidden = []
    for column in table.columns:
        value = held.get(column.name)
        if column.privacy.value in NOT_SHOWN and (column.name == who or not _stands_for(value)):
            hidden.append(column.says)
        elif value is not None and value != "":
            label = column.codes.label(value) if column.codes and isinstance(value, str) else value
            shown.append((column.says, label))
    title = f"List {table.number}: {table.title}" if table.number else table.title
    shown += _worked_out(held, {column.name for column in table.columns})
    return RowRead(place, title, table.says, held.get(who) if who else None, tuple(shown), tuple(hidden))


def _stands_for(value: Any) -> bool:
    """Whether a cell holds a pseudonym, or the stand-in of a number."""
    return isinstance(value, str) and _STANDS_FOR.fullmatch(value) is not None


def _worked_out(held: Mapping[str, Any], columns: set[str]) -> list[tuple[str, str | date | int | float]]:
    """What was worked out before the row lost its dates of birth and postcodes."""
    from goldthread.kernel.views.distance import WHERE_KNOWN

    told: list[tuple[str, str | date | int | float]] = []
    if "age" not in columns and held.get("age") is not None:
        told.append(("Age on the day of the data", held["age"]))
    if held.get("home_miles") is not None:
        told.append(("Miles from home", held["home_miles"]))
    if how := held.get("home_where_known"):
        told.append(("How that is known" if held.get("home_miles") is not None else "Distance from home",
                     WHERE_KNOWN.get(how, how).capitalize()))  # fmt: skip
    if lies := {"IN": "Yes", "OUT": "No"}.get(str(held.get("home_in_or_out"))):
        told.append(("Within the authority", lies))
    return told


def places_held(submission: Submission, places: Iterable[Place]) -> frozenset[Place]:
    """Which of the places have a row in what is kept: lists and tables that were left out have none."""
    import polars as pl

    from goldthread.apps.submissions.queries import table

    rows: dict[str, list[int]] = {}
    for place in places:
        rows.setdefault(place.table, []).append(place.row)
    held = set()
    for name, numbers in rows.items():
        try:
            frame = table(submission, name)
        except KeyError:
            continue
        held |= {Place(name, row) for row in frame.filter(pl.col("row").is_in(numbers))["row"]}
    return frozenset(held)


def child_at(submission: Submission, place: Place) -> ChildRead:
    """The child of a row, with every place at which it stands. Raises NoSuchPlace where the row names nobody."""
    tables = tables_of(submission)
    who = child_column(place.table)
    name = _row(tables, place).get(who) if who else None
    if not name:
        raise NoSuchPlace
    return ChildRead(name, _places(tables, name))


def _places(tables: Mapping[str, pl.DataFrame], name: str) -> tuple[Place, ...]:
    import polars as pl

    return _in_order(
        Place(table, number)
        for table, frame in tables.items()
        if (who := child_column(table)) in frame.columns
        for number in frame.filter(pl.col(str(who)) == name)["row"]
    )


def _in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    """In the order of the form's tables, then by row."""
    return tuple(sorted(places, key=lambda place: (_number(place.table), place.row)))


def _number(table: str) -> int:
    """The place of a table in its form."""
    from goldthread.kernel.forms import FORMS

    return FORMS[_known(table).form].numbers()[table]


def find(submission: Submission, pseudonym: str) -> ChildRead | None:
    """The child of that pseudonym; None where no list of the submission names it."""
    wanted = pseudonym.strip().upper()
    places = _places(tables_of(submission), wanted)
    return ChildRead(wanted, places) if places else None


def names_children(table: str) -> bool:
    """Whether the rows of a table are about children, each named."""
    return child_column(table) is not None


def everybody(submission: Submission, table: str = "") -> list[ChildRead]:
    """Every child of the submission, or of one of its lists, by pseudonym; with the places at which each stands."""
    import polars as pl

    tables = tables_of(submission)
    frames = [
        frame.select(pl.col(str(who)).alias("child"), pl.lit(name).alias("table"), "row")
        for name, frame in sorted(tables.items(), key=lambda held: _number(held[0]))
        if (who := child_column(name)) in frame.columns
    ]
    if not frames:
        return []
    rows = pl.concat(frames).drop_nulls("child")
    if table:
        rows = rows.filter(pl.col("child").is_in(rows.filter(pl.col("table") == table)["child"].unique().implode()))
    # The tables lie in the order of the form, and each has its rows in order: so have the places of every child.
    gathered = rows.group_by("child", maintain_order=True).agg("table", "row").sort("child")
    return [
        ChildRead(name, tuple(Place(*place) for place in zip(of, numbers, strict=True)))
        for name, of, numbers in gathered.iter_rows()
    ]


def journey(submission: Submission, child: ChildRead) -> tuple[Journey, tuple[Gap, ...]]:
    """What happened to one child, and the gaps."""
    from goldthread.kernel.journey import journey as of
    from goldthread.kernel.journey_gaps import gaps

    tables = tables_of(submission)
    day = submission.as_at or timezone.localdate()
    told = of(tables, child.pseudonym, day)
    return told, gaps(told, tables, child.pseudonym)


def untold(told: Journey) -> tuple[Untold, ...]:
    """Long stretches of a journey that its lists could not have told of."""
    from goldthread.kernel.journey_gaps import untold as of

    return of(told)


def in_earlier(
    actor: Actor, submission: Submission, child: ChildRead, stretches: Sequence[Untold]
) -> list[tuple[Submission, ChildRead]]:
    """The child in earlier hand-ins that may tell of such stretches, the latest first: of those the actor may read."""
    if not stretches or submission.as_at is None:
        return []
    rows = visible_to(actor).filter(
        inspection=submission.inspection, form=submission.form, status=lifecycle.Submission.READ,
        as_at__gt=min(one.start for one in stretches), as_at__lt=submission.as_at,
    ).exclude(hand_over=lifecycle.HandOver.WITHDRAWN)  # fmt: skip
    by_day: dict[date | None, Submission] = {}
    for row in rows.order_by("-as_at", "-created_at"):
        if row.as_at not in by_day and may_read_rows(actor, row):
            by_day[row.as_at] = row
    found = [(row, find(row, child.pseudonym)) for row in list(by_day.values())[:EARLIER]]
    return [(row, there) for row, there in found if there is not None]


def opened_lately(submission: Submission, child: ChildRead, actor: Actor) -> bool:
    """Whether the journal says that this person opened this child's journey within the last half hour."""
    since = timezone.now() - STAYS_OPEN
    looks = entries(submission.inspection_id, by_id=str(actor.id)).filter(
        event=Events.JOURNEY_OPENED.code, about_id=str(submission.pk), at__gte=since
    )
    return any(look.detail.get("place") == str(child.first) for look in looks)
