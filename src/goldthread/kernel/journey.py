"""One child's journey: what the lists say happened, in the order in which it happened.

Every event keeps the row that it comes from. What the lists do not hold is not in the journey: Annex A has the latest
visit and the latest review only, and `latest` marks those events: what lies before them is told nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from goldthread.kernel.event_dates import PLACEHOLDERS
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.journey_events import HAPPENINGS, Happening, Lane
from goldthread.kernel.table import Column


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, or lasted from a day until another.

    `until` is None where it happened once, or has not ended; `running` tells the two apart. `doubt` says why the
    picture leaves it out: a date that stands for none, or an end before the beginning. `number` is its place in the
    journey, counted from 1. `latest` says that the list holds the latest of its kind only.
    """

    number: int
    day: date
    until: date | None
    running: bool
    lane: Lane
    says: str
    table: str
    list: int | None
    row: int
    heading: str
    doubt: str = ""
    latest: bool = False

    @property
    def source(self) -> str:
        """The list and the row, as people look them up."""
        table = TABLES_OF_ALL_FORMS[self.table]
        return f"{f'List {self.list}' if self.list else table.title}, row {self.row:,}"

    def last(self, as_at: date) -> date:
        """The last day that it covers, as far as the lists know."""
        return self.until or (max(self.day, as_at) if self.running else self.day)


@dataclass(frozen=True, slots=True)
class Journey:
    """The events of one child as at one day, the earliest first."""

    events: tuple[Event, ...]
    as_at: date

    @property
    def sound(self) -> tuple[Event, ...]:
        """The events whose dates can be drawn."""
        return tuple(event for event in self.events if not event.doubt)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes in which something happened, in the order of a child's way."""
        held = {event.lane for event in self.sound}
        return tuple(lane for lane in Lane if lane in held)


def journey(tables: Mapping[str, pl.DataFrame], child: str, as_at: date) -> Journey:
    """What the tables of a submission say happened to one child. Empty where no list names the child."""
    rows = {name: _rows(frame, child) for name, frame in tables.items() if "child" in frame.columns}
    found = [
        event
        for happening in HAPPENINGS
        for row in rows.get(happening.table, ())
        if (event := _event(happening, row, as_at)) is not None
    ]
    order = list(Lane)
    found.sort(key=lambda event: (event["day"], order.index(event["lane"]), event["says"], event["row"]))
    return Journey(tuple(Event(number, **event) for number, event in enumerate(found, 1)), as_at)


def _rows(frame: pl.DataFrame, child: str) -> list[dict[str, Any]]:
    return frame.filter(pl.col("child") == child).sort("row").to_dicts()


def _event(happening: Happening, row: Mapping[str, Any], as_at: date) -> dict[str, Any] | None:
    start: date | None = row.get(happening.start)
    end: date | None = row.get(happening.end) if happening.end else None
    if start is None and (end is None or not happening.stands_alone):
        return None
    if start is None:
        start, end, said, running = end, None, f"{happening.says} ended", False
    else:
        said, running = happening.says, happening.lasts and end is None
    table = TABLES_OF_ALL_FORMS[happening.table]
    told = [happening.end] if happening.end and row.get(happening.end) else []
    headings = [table.column(name).says for name in (happening.start, *told) if row.get(name) is not None]
    return {
        "day": start, "until": end, "running": running, "lane": happening.lane,
        "says": said + _more(happening, row), "table": table.name, "list": table.list_number, "row": row["row"],
        "heading": "; ".join(headings), "doubt": _doubt(start, end, as_at),
        "latest": happening.latest,
    }  # fmt: skip


def _more(happening: Happening, row: Mapping[str, Any]) -> str:
    """What the row says besides its dates: words of its codes, and what is true of it."""
    table = TABLES_OF_ALL_FORMS[happening.table]
    words = [_words(table.column(name), row[name], happening) for name in happening.tells if row.get(name)]
    words += [says for name, value, says in happening.when if row.get(name) == value]
    return f": {'; '.join(words)}" if words else ""


def _words(column: Column, value: object, happening: Happening) -> str:
    codes = dict(happening.codes).get(column.name, column.codes)
    return codes.label(str(value)) if codes is not None else str(value)


def _doubt(start: date | None, end: date | None, as_at: date) -> str:
    held = [day for day in (start, end) if day is not None]
    if any(day in PLACEHOLDERS for day in held):
        return "the date stands for none"
    if start is not None and end is not None and end < start:
        return "the end lies before the beginning"
    if any(day > as_at for day in held):
        return "the date lies after the day of the lists"
    return ""


def covered(events: Iterable[Event], day: date, as_at: date) -> bool:
    """Whether something that lasts was running on a day."""
    return any((event.running or event.until is not None) and event.day <= day <= event.last(as_at) for event in events)
