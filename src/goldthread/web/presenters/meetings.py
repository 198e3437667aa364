"""The team's meetings as pages show them: day by day, and what is still to be looked at."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from goldthread.apps.fieldwork import queries as fieldwork
from goldthread.apps.meetings import queries
from goldthread.domain.timetable.words import day_words
from goldthread.web.exports import Cell, Table

AFTER = timedelta(days=14)
"""For how long after fieldwork a day is offered: the team meets on to judge."""


def days(inspection: Any, held: Sequence[Any], looks: Iterable[Any], today: date) -> list[dict[str, Any]]:
    """Each day of fieldwork that has come, and each other that has a record, the latest first."""
    by_day = {one.day: one for one in held}
    counted: dict[Any, tuple[int, int]] = {}
    for one in looks:
        all_, done = counted.get(one.meeting_id, (0, 0))
        counted[one.meeting_id] = (all_ + 1, done + (one.done_at is not None))
    come = {day for day in fieldwork.days_of(inspection) if day <= today}
    rows = []
    for day in sorted(come | set(by_day), reverse=True):
        meeting = by_day.get(day)
        all_, done = counted.get(meeting.pk, (0, 0)) if meeting else (0, 0)
        rows.append({
            "day": day, "words": day_words(day), "meeting": meeting, "looks": all_, "done": done,
            "there": len(meeting.attended) if meeting else 0,
        })  # fmt: skip
    return rows


def days_to_write(inspection: Any, written: set[date], today: date) -> list[date]:
    """The days from the call on, working days only, of which there is no record yet; none to come."""
    last = min(today, inspection.fieldwork_to + AFTER)
    count = (last - inspection.call_day).days + 1
    every = (inspection.call_day + timedelta(days=n) for n in range(max(0, count)))
    return [day for day in every if day.weekday() < 5 and day not in written]


def table(inspection: Any, held: Iterable[Any], looks: Iterable[Any], *, by: str, at: datetime) -> Table:
    """The record of every meeting as a file: a row for what emerges, what was decided, and each thing to look at."""
    of_meeting: dict[Any, list[Any]] = {}
    for look in looks:
        of_meeting.setdefault(look.meeting_id, []).append(look)
    rows: list[tuple[Cell, ...]] = []
    for meeting in sorted(held, key=lambda one: one.day):
        there = ", ".join(one.name for one in queries.there(meeting))
        said = queries.said_of(meeting)
        parts = (("What emerges", said["lines"]), ("What was decided", said["decisions"]))
        rows += [(meeting.day, there, part, words, "", None, None) for part, words in parts if words]
        rows += [
            (meeting.day, there, "To look at", queries.text_of(one), one.owner.name, one.due,
             timezone.localtime(one.done_at).date() if one.done_at else None)
            for one in of_meeting.get(meeting.pk, [])
        ]  # fmt: skip
    about = (
        ("Inspection", inspection.title), ("Taken out by", by), ("At", f"{at:%d/%m/%Y %H:%M}"),
        ("Who may read it", "The inspecting team"),
        *((("Synthetic", "All data in it is invented"),) if inspection.synthetic else ()),
    )  # fmt: skip
    columns = ("Day", "Who was there", "Part", "What the record says", "Who looks", "By", "Done")
    return Table("Meetings", columns, rows, about)


def looks(rows: Iterable[Any], today: date) -> list[dict[str, Any]]:
    """What is to be looked at, opened, with whether its day is over."""
    return [{"look": one, "says": queries.text_of(one), "late": one.late(today)} for one in rows]
